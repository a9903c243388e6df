/** Where a ray meets the hall's walls, by the manifest's data alone: openings let it through. */

import type { HallManifest } from "../contract.ts";

type Point = { x: number; y: number; z: number };

/**
 * Metres along the ray (its direction has length 1) to the first wall, at most `reach`; undefined where no wall is met.
 * Origin and direction are in the hall's space.
 */
export function distanceToWall(
  space: HallManifest["space"],
  origin: Point,
  direction: Point,
  reach: number,
): number | undefined {
  let nearest: number | undefined;
  for (const wall of space.walls) {
    const [ax, az] = wall.start;
    const [ex, ez] = [wall.end[0] - ax, wall.end[1] - az];
    const across = direction.x * ez - direction.z * ex;
    if (Math.abs(across) < 1e-9) continue;
    const along = ((ax - origin.x) * ez - (az - origin.z) * ex) / across;
    const part = ((ax - origin.x) * direction.z - (az - origin.z) * direction.x) / across;
    if (along <= 0 || along > (nearest ?? reach) || part < 0 || part > 1) continue;
    const height = origin.y + along * direction.y;
    if (height < 0 || height > (wall.height ?? space.height)) continue;
    const metres = part * Math.hypot(ex, ez);
    const open = wall.openings?.some((one) =>
      metres > one.start && metres < one.end && height < (one.height ?? space.height)
    );
    if (!open) nearest = along;
  }
  return nearest;
}
