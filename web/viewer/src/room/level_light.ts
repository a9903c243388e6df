/** Light on floor and ceiling as a picture: pools of the lamps, shade along walls and around what stands there. */

import { Color, Vector3 } from "three";
import type { HallManifest } from "../contract.ts";
import { exposureOf } from "../stage/lighting.ts";
import type { Bake } from "./bake.ts";
import { distanceTo } from "./outline.ts";
import type { Plinth } from "./plinth_places.ts";

/** Of a level surface over the bounds of the hall: how high it is, and whether it is looked at from above or from below. */
export interface Level {
  y: number;
  faces: "up" | "down";
}

/** Beyond this nothing is shaded, in metres. */
const FARTHEST = 1.6;
/** Light changes slowly: it is reckoned for one pixel of so many in a row. */
const COARSE = 8;

/**
 * Light on a level as `side` pixels squared: red, green, blue, alpha bytes, rows along +Z from the corner `min` of the bounds; sRGB of
 * half the light, so that white is twice the paint. Plinths shade it where they stand.
 */
export function bakeLevel(
  manifest: HallManifest,
  bake: Bake,
  level: Level,
  side: number,
  plinths: readonly Plinth[],
): Uint8Array<ArrayBuffer> {
  const shade = shadeOf(manifest, level, side, plinths);
  const cells = side / COARSE;
  const light = coarseLight(manifest, bake, level, cells);
  const bytes = new Uint8Array(4 * side * side);
  const exposure = 0.5 * exposureOf(manifest);
  for (let row = 0; row < side; row++) {
    const [v, fv] = [Math.floor(row / COARSE), (row % COARSE) / COARSE];
    for (let column = 0; column < side; column++) {
      const [u, fu] = [Math.floor(column / COARSE), (column % COARSE) / COARSE];
      const at = (v * (cells + 1) + u) * 3;
      const below = at + 3 * (cells + 1);
      const half = exposure * shade[row * side + column];
      const pixel = 4 * (row * side + column);
      for (let channel = 0; channel < 3; channel++) {
        const mixed = (light[at + channel] * (1 - fu) + light[at + 3 + channel] * fu) * (1 - fv) +
          (light[below + channel] * (1 - fu) + light[below + 3 + channel] * fu) * fv;
        bytes[pixel + channel] = screen[Math.min(STEPS, Math.round(STEPS * mixed * half))];
      }
      bytes[pixel + 3] = 255;
    }
  }
  return bytes;
}

/** So many steps of linear light have a byte of the screen each: the darkest are finer than one. */
const STEPS = 4095;
const screen = Uint8Array.from(
  { length: STEPS + 1 },
  (_, step) => 255 * new Color().setScalar(step / STEPS).convertLinearToSRGB().r,
);

/** Light at the corners of `cells` squared cells: red, green, blue. */
function coarseLight(manifest: HallManifest, bake: Bake, { y, faces }: Level, cells: number): Float32Array {
  const { min, max } = manifest.space.bounds;
  const light = new Float32Array(3 * (cells + 1) ** 2);
  const point = new Vector3();
  const normal = new Vector3(0, faces === "up" ? 1 : -1, 0);
  const color = new Color();
  for (let row = 0; row <= cells; row++) {
    for (let column = 0; column <= cells; column++) {
      point.set(min[0] + (max[0] - min[0]) * column / cells, y, min[2] + (max[2] - min[2]) * row / cells);
      bake.at(point, normal, color).toArray(light, 3 * (row * (cells + 1) + column));
    }
  }
  return light;
}

/** Something that shades the level around it. */
interface Caster {
  x: number;
  z: number;
  /** From its middle to its farthest corner. */
  radius: number;
  distance(x: number, z: number): number;
  shade(distance: number): number;
}

/** Factors on the light, stamped caster by caster: a thousand cost no more than their own ground. */
function shadeOf(manifest: HallManifest, { y, faces }: Level, side: number, plinths: readonly Plinth[]): Float32Array {
  const { min, max } = manifest.space.bounds;
  const [sx, sz] = [(max[0] - min[0]) / side, (max[2] - min[2]) / side];
  const shade = new Float32Array(side * side).fill(1);
  const walls = manifest.space.walls.filter(({ height }) => faces === "up" || (height ?? y) >= y - 0.01);
  for (const caster of [...walls.map(wallCaster), ...plinths.map(plinthCaster)]) {
    const reach = FARTHEST + caster.radius;
    const first = (middle: number, from: number, size: number) =>
      Math.max(0, Math.floor((middle - reach - from) / size));
    const last = (middle: number, from: number, size: number) =>
      Math.min(side - 1, Math.ceil((middle + reach - from) / size));
    for (let row = first(caster.z, min[2], sz); row <= last(caster.z, min[2], sz); row++) {
      for (let column = first(caster.x, min[0], sx); column <= last(caster.x, min[0], sx); column++) {
        const distance = caster.distance(min[0] + (column + 0.5) * sx, min[2] + (row + 0.5) * sz);
        if (distance < FARTHEST) shade[row * side + column] *= caster.shade(distance);
      }
    }
  }
  return shade;
}

function wallCaster({ start, end, height, thickness }: HallManifest["space"]["walls"][number]): Caster {
  const deep = 0.3 * Math.min(1, height ?? 1);
  return {
    x: (start[0] + end[0]) / 2,
    z: (start[1] + end[1]) / 2,
    radius: Math.hypot(end[0] - start[0], end[1] - start[1]) / 2,
    distance: (x, z) => Math.max(0, distanceTo(x, z, start, end) - thickness / 2),
    shade: (distance) => 1 - deep * Math.exp(-distance / 0.45),
  };
}

/** The floor is darker close to a plinth, and a little around it. */
function plinthCaster({ x, z, width, depth, yaw }: Plinth): Caster {
  const [cos, sin] = [Math.cos(yaw), Math.sin(yaw)];
  return {
    x,
    z,
    radius: Math.hypot(width, depth) / 2,
    distance(px, pz) {
      const across = Math.abs((px - x) * cos - (pz - z) * sin) - width / 2;
      const along = Math.abs((px - x) * sin + (pz - z) * cos) - depth / 2;
      return Math.hypot(Math.max(0, across), Math.max(0, along));
    },
    shade: (distance) => 1 - 0.36 * Math.exp(-distance / 0.14) - 0.26 * Math.exp(-distance / 0.6),
  };
}
