/** The hall, or one exhibit, as it is shown in the visitor's own room: what of it is seen at which size. */

import { type Group, type Object3D, Quaternion, Vector3 } from "three";
import type { OpenHall, Stage, Undo } from "../contract.ts";
import { modelScale } from "./anchoring.ts";
import { yawOf } from "./body.ts";
import type { Limits } from "./standing.ts";

/** Metres of the hall: the walls of a table-top model are cut down to it, so that one looks in. */
const LOW_WALL = 1.1;

/** What AR places. */
export interface Placed {
  /** What is moved, turned and scaled. */
  readonly object: Object3D;
  /** Which way one looks at it from the front; radians. */
  readonly facing: number;
  readonly limits: Limits;
  /** The point that stands where the visitor taps. */
  pivot(scale: number): Vector3;
  /** The point that stands at the foot of a wall. */
  front(): Vector3;
  /** Show what belongs to that scale. */
  dress(scale: number): void;
  readonly undo: Undo;
}

/** The hall itself: life-size without its walls, or a model with low ones. */
export function hallInRoom(hall: OpenHall): Placed {
  const { space } = hall.manifest;
  const spawn = new Vector3(...space.spawn.translation ?? [0, 0, 0]);
  const facing = yawOf(new Quaternion(...space.spawn.rotation ?? [0, 0, 0, 1]));
  const middle = new Vector3(
    (space.bounds.min[0] + space.bounds.max[0]) / 2,
    0,
    (space.bounds.min[2] + space.bounds.max[2]) / 2,
  );
  const part = (name: string) => hall.room.root.getObjectByName(name);
  const walls = part("walls");
  const height = walls?.scale.y ?? 1;
  const show = (name: string, visible: boolean) => {
    const found = part(name);
    if (found) found.visible = visible;
  };

  function wallsAt(scale: number): void {
    if (!walls) return;
    walls.scale.y = scale;
    walls.updateMatrix();
    walls.updateMatrixWorld(true);
  }

  return {
    object: hall.root,
    facing,
    limits: { min: 0.005, max: 1, snaps: [1, modelScale(hall.manifest)] },
    pivot: (scale) => (scale >= 1 ? spawn : middle).clone(),
    front() {
      const back = new Vector3(0, 0, 1).applyAxisAngle(new Vector3(0, 1, 0), facing);
      const half = [space.bounds.max[0] - middle.x, space.bounds.max[2] - middle.z];
      return middle.clone().addScaledVector(back, Math.abs(back.x) * half[0] + Math.abs(back.z) * half[1]);
    },
    dress(scale) {
      const life = scale >= 1;
      for (const name of ["floor", "walls", "signs"]) show(name, !life);
      // The hall's own model of its room has no low walls: ours stand for it.
      for (const name of ["ceiling", "shell"]) show(name, false);
      wallsAt(life ? height : height * Math.min(1, LOW_WALL / space.height));
    },
    undo() {
      for (const name of ["floor", "signs", "shell"]) show(name, true);
      for (const name of ["walls", "ceiling"]) show(name, part("shell") === undefined);
      wallsAt(height);
      hall.root.visible = true;
      hall.root.position.set(0, 0, 0);
      hall.root.quaternion.identity();
      hall.root.scale.setScalar(1);
      hall.root.updateMatrix();
      hall.root.updateMatrixWorld(true);
    },
  };
}

/** One exhibit alone; `copy` stands on its own origin at its true size. The hall is not seen. */
export function exhibitInRoom(stage: Stage, hall: OpenHall, copy: Group): Placed {
  stage.scene.add(copy);
  return {
    object: copy,
    facing: 0,
    limits: { min: 0.05, max: 20, snaps: [1] },
    pivot: () => new Vector3(),
    front: () => new Vector3(),
    dress() {},
    undo() {
      copy.removeFromParent();
      hall.root.visible = true;
    },
  };
}
