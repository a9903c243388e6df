/** From a spot in the room to how the thing stands there: turned to the visitor, on its pivot. */

import { Vector3 } from "three";
import { TABLE } from "./anchoring.ts";
import type { Placed } from "./in_room.ts";
import type { Standing } from "./standing.ts";
import type { Surface } from "./surfaces.ts";

/** Radians about +Y of a look along (x, z). */
function yawAlong(x: number, z: number): number {
  return Math.atan2(-x, -z);
}

/** Stand it on a level surface, its front to the eyes at `eye`. */
export function standOn(placed: Placed, surface: Surface, eye: Vector3, scale: number): Standing {
  const look = yawAlong(surface.position.x - eye.x, surface.position.z - eye.z);
  return { position: surface.position.clone(), yaw: look - placed.facing, scale, pivot: placed.pivot(scale) };
}

/** Stand its front at the foot of a wall: one looks through the wall into it. */
export function standAtWall(placed: Placed, surface: Surface, scale: number): Standing {
  const normal = new Vector3(0, 1, 0).applyQuaternion(surface.rotation);
  const look = yawAlong(-normal.x, -normal.z);
  return { position: surface.position.clone().setY(0), yaw: look - placed.facing, scale, pivot: placed.front() };
}

/** Stand it at a printed marker: life-size where that lies on the floor or hangs on a wall, a model where it lies on a table. */
export function standAtImage(placed: Placed, surface: Surface, model: number): Standing {
  if (surface.vertical) return standAtWall(placed, surface, 1);
  const up = new Vector3(0, 0, -1).applyQuaternion(surface.rotation);
  const scale = surface.position.y > TABLE ? model : 1;
  const yaw = yawAlong(up.x, up.z) - placed.facing;
  return { position: surface.position.clone(), yaw, scale, pivot: placed.pivot(scale) };
}

/** Stand it life-size around the visitor: where one enters it, there the feet are. */
export function standAround(placed: Placed, eye: Vector3, yaw: number): Standing {
  return { position: eye.clone().setY(0), yaw: yaw - placed.facing, scale: 1, pivot: placed.pivot(1) };
}
