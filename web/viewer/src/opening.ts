/** Opening a hall: its manifest, what loads it, and all that is seen of it, below one root. */

import { Group } from "three";
import { type Hall, loadHall } from "exhibit-client";
import { hangBoards } from "./boards/boards.ts";
import type { App, OpenHall } from "./contract.ts";
import { showExhibits } from "./exhibits/exhibits.ts";
import { buildRoom } from "./room/room.ts";

/** Read a hall. Throws LoadError where there is none, or none that we can read. */
export function readHall(app: App, slug: string, signal: AbortSignal): Promise<Hall> {
  return loadHall(app.places.pointer(slug), { begin: false, signal });
}

/** Build what is seen of a hall that was read. Nothing of it is in the scene yet. */
export function buildHall(app: App, loader: Hall): OpenHall {
  const { stage } = app;
  const manifest = loader.manifest;
  const root = new Group();
  root.name = manifest.id;
  const room = buildRoom(manifest, stage, loader);
  const exhibits = showExhibits(app, manifest, loader, stage);
  const boards = hangBoards(app, manifest, stage);
  root.add(room.root, exhibits.root, boards.root);
  return {
    slug: manifest.hall.slug,
    manifest,
    loader,
    root,
    room,
    exhibits,
    boards,
    dispose() {
      loader.abort();
      root.removeFromParent();
      exhibits.dispose();
      boards.dispose();
      room.dispose();
    },
  };
}
