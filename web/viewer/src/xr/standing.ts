/** How something stands in the real room: where, turned how, how large; and the gestures that change it. */

import { type Object3D, Quaternion, Vector3 } from "three";

const UP = new Vector3(0, 1, 0);
/** Within this part of a favoured scale, a gesture snaps to it. */
const SNAP = 0.08;

/** How far scaling goes, and where it snaps: 1 is true size. */
export interface Limits {
  min: number;
  max: number;
  snaps: readonly number[];
}

/** What stands. */
export interface Standing {
  /** Of the pivot, in the world. */
  position: Vector3;
  /** Radians about +Y. */
  yaw: number;
  scale: number;
  /** The point of the thing, in its own space, that stands at `position`. */
  pivot: Vector3;
}

/** Put the object as it is to stand. */
export function apply(standing: Standing, object: Object3D): void {
  object.quaternion.setFromAxisAngle(UP, standing.yaw);
  object.scale.setScalar(standing.scale);
  const pivot = standing.pivot.clone().multiplyScalar(standing.scale).applyAxisAngle(UP, standing.yaw);
  object.position.copy(standing.position).sub(pivot);
  object.updateMatrix();
  object.updateMatrixWorld(true);
}

/** The scale that a gesture means: within the limits, snapped where it is near to a favoured one. */
export function scaleWithin(scale: number, limits: Limits): number {
  const favoured = limits.snaps.find((one) => Math.abs(scale / one - 1) < SNAP);
  return Math.min(limits.max, Math.max(limits.min, favoured ?? scale));
}

/** Where a ray meets the level plane at `height`; undefined where it does not, or too far away. Metres. */
export function onLevel(origin: Vector3, direction: Vector3, height: number, reach = 30): Vector3 | undefined {
  const way = (height - origin.y) / direction.y;
  return way > 0 && way < reach ? origin.clone().addScaledVector(direction, way) : undefined;
}

/** The turn about the ray's own axis since `before`, counter-clockwise as the one who points sees it. Radians. */
export function twist(before: Quaternion, now: Quaternion): number {
  const change = before.clone().invert().multiply(now);
  const angle = 2 * Math.atan2(change.z, change.w);
  return Math.atan2(Math.sin(angle), Math.cos(angle));
}

/** A point of a pair, on a plane: on a screen x to the right and y up; for hands as seen from above. */
export type Touch = { x: number; y: number };

/** What two fingers or hands did: the factor of their distance, and the turn, counter-clockwise. */
export function pairChange(before: [Touch, Touch], now: [Touch, Touch]): { factor: number; turn: number } {
  const [a, b] = [before[1].x - before[0].x, before[1].y - before[0].y];
  const [c, d] = [now[1].x - now[0].x, now[1].y - now[0].y];
  const factor = Math.hypot(c, d) / Math.max(Math.hypot(a, b), 1e-6);
  return { factor, turn: Math.atan2(a * d - b * c, a * c + b * d) };
}
