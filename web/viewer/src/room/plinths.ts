/** Plinths: plain blocks with the shade of what stands on them. */

import { Color, Vector3 } from "three";
import type { HallManifest } from "../contract.ts";
import type { Bake } from "./bake.ts";
import type { Paint, Patches } from "./patches.ts";
import type { Plinth } from "./plinth_places.ts";

const PAINT = new Color("#f4f1ea");
const PAINT_EVENING = new Color("#d9d2c6");
/** A thousand plinths are painted coarser than nine, in metres a cell. */
const FINE = 0.12;
const COARSE = 0.5;

/** Add a block for each exhibit that has a plinth. */
export function addPlinths(patches: Patches, manifest: HallManifest, plinths: readonly Plinth[], bake: Bake): void {
  const color = manifest.lighting.environment === "evening" ? PAINT_EVENING : PAINT;
  const cell = plinths.length > 120 ? COARSE : FINE;
  for (const plinth of plinths) {
    if (plinth.height <= 0) continue;
    const middle = new Vector3(plinth.x, 0, plinth.z);
    const paint: Paint = (point, normal, out) => {
      bake.at(point, normal, out).multiply(color);
      out.multiplyScalar(normal.y > 0.7 ? underneath(point, plinth) : 0.9 + 0.1 * point.y / plinth.height);
    };
    patches.box(middle, plinth.width, plinth.height, plinth.depth, plinth.yaw, paint, cell);
  }
}

/** The shade on top of a plinth: deep in its middle, none at the edge. */
function underneath(point: Vector3, { x, z, width, depth, yaw }: Plinth): number {
  const dx = point.x - x;
  const dz = point.z - z;
  const across = Math.abs(dx * Math.cos(yaw) - dz * Math.sin(yaw)) / (width / 2);
  const along = Math.abs(dx * Math.sin(yaw) + dz * Math.cos(yaw)) / (depth / 2);
  const edge = Math.max(0, 1 - Math.max(across, along));
  return 1 - 0.32 * Math.min(1, 2.2 * edge);
}
