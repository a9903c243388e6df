/** Opening a hall: its manifest, what loads it, and all that is seen of it, below one root. */

import { Group, type PerspectiveCamera } from "three";
import { type Device, type Hall, loadHall } from "exhibit-client";
import { hangBoards } from "./boards/boards.ts";
import type { App, Gaze, OpenHall, Stage } from "./contract.ts";
import { showExhibits } from "./exhibits/exhibits.ts";
import { buildRoom } from "./room/room.ts";
import { compiled } from "./stage/compiling.ts";
import { nextTask } from "./turns.ts";
import { EYES } from "./walk/gazes.ts";

/** Read a hall. Throws LoadError where there is none, or none that we can read. */
export function readHall(places: App["places"], slug: string, device: Device, signal?: AbortSignal): Promise<Hall> {
  return loadHall(places.pointer(slug), { begin: false, signal, device });
}

/**
 * Build what is seen of a hall that was read; nothing of it is in the scene yet. Exhibits that are seen from `gaze` are asked for
 * before the rest is built: their bytes come meanwhile.
 */
export async function buildHall(app: App, loader: Hall, gaze: Gaze): Promise<OpenHall> {
  const { stage } = app;
  const manifest = loader.manifest;
  const root = new Group();
  root.name = manifest.id;
  let sayLit = () => {};
  const lit = new Promise<void>((resolve) => sayLit = resolve);
  const lightUp = () => {
    stage.light(manifest);
    sayLit();
  };
  const made: { dispose(): void }[] = [];
  const keep = <Part extends { dispose(): void }>(part: Part) => (made.push(part), part);
  const dispose = () => {
    loader.abort();
    root.removeFromParent();
    for (const part of made) part.dispose();
    sayLit(); // models that waited for it end
  };
  const exhibits = keep(showExhibits(app, manifest, loader, stage, lit));
  root.add(exhibits.root);
  let room, boards;
  try {
    exhibits.look(eyesAt(stage, gaze));
    await nextTask();
    if (!app.hall) lightUp(); // nobody looks at another hall
    room = keep(await buildRoom(manifest, stage, loader));
    await nextTask();
    boards = keep(hangBoards(app, manifest, stage));
    root.add(room.root, boards.root);
    await compiled(room.root, stage);
  } catch (error) {
    dispose();
    throw error;
  }
  return {
    slug: manifest.hall.slug,
    manifest,
    loader,
    root,
    room,
    exhibits,
    boards,
    lightUp,
    dispose,
  };
}

/** The camera of a visitor who stands there, while another hall may still be looked at. */
function eyesAt({ camera }: Stage, { position, yaw, pitch }: Gaze): PerspectiveCamera {
  const eyes = camera.clone();
  eyes.position.copy(position).y += EYES;
  eyes.rotation.set(pitch, yaw, 0, "YXZ");
  eyes.updateMatrixWorld();
  return eyes;
}
