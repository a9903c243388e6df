/** Plane geometry of floors, beside what walking knows of it: stretches between corners [x, z]. Pure. */

import type { Point } from "../walk/polygon.ts";

export { contains, middle as middleOf, type Point } from "../walk/polygon.ts";

/** Distance from a point to a stretch between two points, in metres. */
export function distanceTo(x: number, z: number, [ax, az]: Point, [bx, bz]: Point): number {
  const dx = bx - ax;
  const dz = bz - az;
  const length = dx * dx + dz * dz;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (z - az) * dz) / length));
  return Math.hypot(x - ax - t * dx, z - az - t * dz);
}
