/** Where plinths stand, and what shades the floor: reckoned from the bounds of exhibits. Pure. */

import type { HallManifest } from "../contract.ts";

/** An upright box on the floor. Height 0: something stands on the floor itself. */
export interface Plinth {
  x: number;
  z: number;
  width: number;
  depth: number;
  height: number;
  /** About +Y, in radians. */
  yaw: number;
  exhibit: string;
}

/** How far a plinth stands out from what it carries, on each side, in metres. */
const MARGIN = 0.09;
/** An exhibit whose model does not tell its size gets a plinth of this side. */
const UNKNOWN = 0.6;

/** One for each exhibit. */
export function plinthsOf(manifest: HallManifest): Plinth[] {
  return manifest.exhibits.map((exhibit) => {
    const [px, , pz] = exhibit.pose.translation;
    const height = exhibit.plinth ?? 0;
    const margin = height > 0 ? MARGIN : 0;
    if (!exhibit.bounds) return { x: px, z: pz, width: UNKNOWN, depth: UNKNOWN, height, yaw: 0, exhibit: exhibit.id };
    const { min, max } = exhibit.bounds;
    const extents = [max[0] - min[0], max[2] - min[2]] as const;
    const turned = turnedFootprint(extents, exhibit.pose.rotation);
    return {
      x: (min[0] + max[0]) / 2,
      z: (min[2] + max[2]) / 2,
      width: turned.width + 2 * margin,
      depth: turned.depth + 2 * margin,
      height,
      yaw: turned.yaw,
      exhibit: exhibit.id,
    };
  });
}

/**
 * The rectangle that, turned as the exhibit is, fills extents along x and z. Where that cannot be told (turned by about 45°, or
 * nodding) the extents themselves.
 */
function turnedFootprint([x, z]: readonly [number, number], rotation: readonly number[]) {
  const [qx, qy, qz, qw] = rotation;
  const straight = { width: x, depth: z, yaw: 0 };
  if (Math.abs(qx) > 0.02 || Math.abs(qz) > 0.02) return straight;
  const yaw = 2 * Math.atan2(qy, qw);
  const cos = Math.abs(Math.cos(yaw));
  const sin = Math.abs(Math.sin(yaw));
  const across = cos * cos - sin * sin;
  if (Math.abs(across) < 0.2) return straight;
  const width = (x * cos - z * sin) / across;
  const depth = (z * cos - x * sin) / across;
  return width > 0.05 && depth > 0.05 ? { width, depth, yaw } : straight;
}
