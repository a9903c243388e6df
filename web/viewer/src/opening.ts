/** Opening a hall: all that is seen of it, below one root. */

import { Group, type PerspectiveCamera } from "three";
import type { Hall } from "exhibit-client";
import { hangBoards } from "./boards/boards.ts";
import type { App, Gaze, OpenHall, Stage } from "./contract.ts";
import { showExhibits } from "./exhibits/exhibits.ts";
import { buildRoom } from "./room/room.ts";
import { slugOf } from "./places.ts";
import { nextTask } from "./turns.ts";
import { EYES } from "./walk/gazes.ts";

/**
 * Build what is seen of a hall that was read; nothing of it is in the scene yet. Exhibits that are seen from `gaze` are asked for
 * before the rest is built, and before them the one of the slug `target`, which the visitor came for: their bytes come meanwhile.
 * Where another hall is looked at, this one is ready when its room is; a visitor who sees nothing yet need not wait for walls: then it
 * is ready with its first exhibit, and the room is built around that.
 */
export async function buildHall(app: App, loader: Hall, gaze: Gaze, target?: string): Promise<OpenHall> {
  const { stage } = app;
  const manifest = loader.manifest;
  const isFirst = app.hall === undefined;
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
  try {
    const exhibits = keep(showExhibits(app, manifest, loader, stage, lit));
    exhibits.mark(manifest.exhibits.find(({ id }) => slugOf(id) === target)?.id);
    exhibits.look(eyesAt(stage, gaze));
    await nextTask();
    if (isFirst) lightUp(); // nobody looks at another hall
    await nextTask();
    const room = keep(buildRoom(manifest, stage, loader, isFirst ? exhibits.giveWay : nextTask));
    root.add(room.root, exhibits.root);
    await (isFirst ? Promise.race([exhibits.first, room.built]) : room.built);
    const boards = keep(hangBoards(app, manifest, stage));
    const hang = () => {
      root.add(boards.root);
      stage.renderer.shadowMap.needsUpdate = true;
      stage.invalidate();
    };
    room.built.then(hang, hang); // they hang on its walls, and without walls they can be read all the same
    return { slug: manifest.hall.slug, manifest, loader, root, room, exhibits, boards, lightUp, dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

/** The camera of a visitor who stands there, while another hall may still be looked at. */
function eyesAt({ camera }: Stage, { position, yaw, pitch }: Gaze): PerspectiveCamera {
  const eyes = camera.clone();
  eyes.position.copy(position).y += EYES;
  eyes.rotation.set(pitch, yaw, 0, "YXZ");
  eyes.updateMatrixWorld();
  return eyes;
}
