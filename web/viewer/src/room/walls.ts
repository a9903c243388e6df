/** Walls with openings, thickness and a shadow gap at the floor, as patches. */

import { Color, Vector3 } from "three";
import type { HallManifest } from "../contract.ts";
import type { Bake } from "./bake.ts";
import type { Paint, Patches } from "./patches.ts";

type Wall = HallManifest["space"]["walls"][number];

/** Warm off-white. */
const PAINT = new Color("#f3efe7");
/** In the evening, a darker one: lamps tell more on it. */
const PAINT_EVENING = new Color("#e6dccf");
/** The joint between wall and floor: height in metres. */
const GAP = 0.045;
const GAP_PAINT = new Color("#857d72");

/** Add all walls of a hall. */
export function addWalls(patches: Patches, manifest: HallManifest, bake: Bake): void {
  const { walls, height } = manifest.space;
  const paint = painted(manifest.lighting.environment === "evening" ? PAINT_EVENING : PAINT, bake);
  const joint = painted(GAP_PAINT, bake);
  for (const wall of walls) addWall(patches, wall, wall.height ?? height, height, paint, joint, walls);
}

/** Paint of one colour under the baked light. */
export function painted(color: Color, bake: Bake): Paint {
  return (point, normal, out) => bake.at(point, normal, out).multiply(color);
}

function addWall(
  patches: Patches,
  wall: Wall,
  height: number,
  room: number,
  paint: Paint,
  joint: Paint,
  walls: readonly Wall[],
): void {
  const start = new Vector3(wall.start[0], 0, wall.start[1]);
  const along = new Vector3(wall.end[0], 0, wall.end[1]).sub(start);
  const length = along.length();
  if (length < 0.01 || height <= 0) return;
  along.divideScalar(length);
  const across = new Vector3(-along.z, 0, along.x).multiplyScalar(wall.thickness / 2);
  // Where another wall begins or ends the two overlap, so that no corner is open.
  const [before, after] = [wall.start, wall.end].map((corner) => meets(walls, wall, corner) ? wall.thickness / 2 : 0);
  const at = (u: number, y: number, side: number) =>
    start.clone().addScaledVector(along, u).addScaledVector(across, side).setY(y);
  const openings = wall.openings
    .map(({ start, end, height: top }) => ({
      from: Math.max(0, start),
      to: Math.min(length, end),
      top: Math.min(height, top),
    }))
    .filter(({ from, to, top }) => to > from && top > 0);

  const stops = [-before, length + after, ...openings.flatMap(({ from, to }) => [from, to])].toSorted((a, b) => a - b);
  for (let i = 0; i + 1 < stops.length; i++) {
    const [from, to] = [stops[i], stops[i + 1]];
    if (to - from < 1e-4) continue;
    const over = openings.filter((opening) => opening.from < (from + to) / 2 && opening.to > (from + to) / 2);
    const bottom = Math.max(0, ...over.map(({ top }) => top));
    if (bottom >= height) continue;
    for (const side of [1, -1]) {
      const [a, b] = side > 0 ? [from, to] : [to, from];
      const right = along.clone().multiplyScalar(b - a);
      if (bottom === 0) patches.rectangle(at(a, 0, side), right, new Vector3(0, GAP, 0), joint);
      const low = bottom === 0 ? GAP : bottom;
      patches.rectangle(at(a, low, side), right, new Vector3(0, height - low, 0), paint);
    }
    if (bottom > 0) {
      patches.rectangle(
        at(from, bottom, -1),
        along.clone().multiplyScalar(to - from),
        across.clone().multiplyScalar(2),
        paint,
      );
    }
  }
  for (const { from, to, top } of openings) {
    const up = new Vector3(0, top, 0);
    patches.rectangle(at(from, 0, 1), across.clone().multiplyScalar(-2), up, paint);
    patches.rectangle(at(to, 0, -1), across.clone().multiplyScalar(2), up, paint);
  }
  if (height < room - 0.01) {
    const full = along.clone().multiplyScalar(length + before + after);
    patches.rectangle(at(-before, height, 1), full, across.clone().multiplyScalar(-2), paint);
  }
  const up = new Vector3(0, height, 0);
  if (before === 0) patches.rectangle(at(0, 0, -1), across.clone().multiplyScalar(2), up, paint);
  if (after === 0) patches.rectangle(at(length, 0, 1), across.clone().multiplyScalar(-2), up, paint);
}

function meets(walls: readonly Wall[], wall: Wall, [x, z]: readonly [number, number]): boolean {
  return walls.some((other) =>
    other !== wall && [other.start, other.end].some(([ox, oz]) => Math.hypot(ox - x, oz - z) < 0.02)
  );
}
