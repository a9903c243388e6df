/**
 * What polished things mirror: the small room of a mood, filtered for all roughnesses on the processor. three.js would do it on the
 * graphics chip with loops that take seconds to build where software draws; for boxes and lamps sums are quick.
 */

import {
  Color,
  CubeReflectionMapping,
  CubeTexture,
  DataTexture,
  DataUtils,
  HalfFloatType,
  LinearFilter,
  LinearMipmapLinearFilter,
  RGBAFormat,
} from "three";
import type { Mood } from "./moods.ts";

/** Pixels along a side of each level; the levels stand for roughnesses as three.js reads them; of the last it reads nothing but must find numbers. */
const SIDES = [64, 32, 16, 8, 4];
const LAST = SIDES.length - 2;
/** Rays for one pixel of each level. */
const RAYS = [1, 12, 32, 96, 96];
/** Half the room's size, and where the eye is, in metres. */
const HALF = [5, 2.5, 5];
const EYE = [0, 1.4 - 2.5, 0];

type Direction = [number, number, number];

/** The surroundings of a mood, for `scene.environment`. Dispose it as a texture. */
export function surroundingsOf(mood: Mood): CubeTexture {
  const look = lookInto(mood);
  const levels = SIDES.map((side, level) => faces(side, rays(roughnessOf(Math.min(level, LAST)), RAYS[level]), look));
  const texture = new CubeTexture(levels[0], CubeReflectionMapping);
  texture.mipmaps = levels.slice(1).map((image) => new CubeTexture(image)) as unknown as CubeTexture["mipmaps"];
  texture.format = RGBAFormat;
  texture.type = HalfFloatType;
  texture.magFilter = LinearFilter;
  texture.minFilter = LinearMipmapLinearFilter;
  texture.generateMipmaps = false;
  texture.isPMREMTexture = true;
  texture.needsUpdate = true;
  return texture;
}

/** As three.js' shaders read levels: level = last · r · (2 − r). */
function roughnessOf(level: number): number {
  return 1 - Math.sqrt(1 - level / LAST);
}

/** Directions about +Z with their weights, spread as a surface of this roughness mirrors (GGX, looked at straight). */
function rays(roughness: number, count: number): { x: number; y: number; z: number; weight: number }[] {
  const alpha = Math.max(0.012, roughness * roughness) ** 2;
  return Array.from({ length: count }, (_, at) => {
    const u = (at + 0.5) / count;
    const around = at * Math.PI * (3 - Math.sqrt(5));
    const z = (1 - u - alpha * u) / (1 - u + alpha * u);
    const across = Math.sqrt(Math.max(0, 1 - z * z));
    return { x: across * Math.cos(around), y: across * Math.sin(around), z, weight: Math.max(0, z) };
  }).filter(({ weight }) => weight > 0);
}

/** The six faces at one level. */
function faces(
  side: number,
  spread: ReturnType<typeof rays>,
  look: (direction: Direction, sum: number[], weight: number) => void,
): DataTexture[] {
  return Array.from({ length: 6 }, (_, face) => {
    const pixels = new Uint16Array(4 * side * side);
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        const middle = directionOf(face, 2 * (column + 0.5) / side - 1, 2 * (row + 0.5) / side - 1);
        const sum = gather(middle, spread, look);
        const at = 4 * (row * side + column);
        for (let channel = 0; channel < 3; channel++) {
          pixels[at + channel] = DataUtils.toHalfFloat(sum[channel] / sum[3]);
        }
        pixels[at + 3] = DataUtils.toHalfFloat(1);
      }
    }
    return new DataTexture(pixels, side, side, RGBAFormat, HalfFloatType);
  });
}

/** Sums red, green, blue and weight of all rays about a direction. */
function gather(
  [nx, ny, nz]: Direction,
  spread: ReturnType<typeof rays>,
  look: (direction: Direction, sum: number[], weight: number) => void,
): number[] {
  const flat = Math.hypot(nx, nz) || 1;
  const upright = Math.hypot(nx, nz) < 1e-4;
  const [tx, ty, tz] = upright ? [1, 0, 0] : [nz / flat, 0, -nx / flat];
  const [bx, by, bz] = [ny * tz - nz * ty, nz * tx - nx * tz, nx * ty - ny * tx];
  const sum = [0, 0, 0, 0];
  for (const { x, y, z, weight } of spread) {
    look([tx * x + bx * y + nx * z, ty * x + by * y + ny * z, tz * x + bz * y + nz * z], sum, weight);
  }
  return sum;
}

/** Of a cube map's pixel: the faces of OpenGL, with x turned, as three.js looks into cubes that it did not draw. */
function directionOf(face: number, u: number, v: number): Direction {
  const direction: Direction[] = [[1, -v, -u], [-1, -v, u], [u, 1, v], [u, -1, -v], [u, -v, 1], [-u, -v, -1]];
  const [x, y, z] = direction[face];
  const length = Math.hypot(x, y, z);
  return [-x / length, y / length, z / length];
}

/** Adds what is seen from the eye in a direction. */
function lookInto(mood: Mood): (direction: Direction, sum: number[], weight: number) => void {
  const paint = (color: string, brightness = 1) => new Color(color).multiplyScalar(brightness).toArray();
  const [walls, ceiling, ground] = [paint(mood.walls), paint(mood.ceiling), paint(mood.ground)];
  const lamps = mood.glow.map(({ at: [x, y, z], size, color, brightness }) => ({
    min: [x - size[0] / 2 - EYE[0], y - 2.5 - size[1] / 2 - EYE[1], z - size[2] / 2 - EYE[2]],
    max: [x + size[0] / 2 - EYE[0], y - 2.5 + size[1] / 2 - EYE[1], z + size[2] / 2 - EYE[2]],
    light: paint(color, brightness),
  }));
  return (direction, sum, weight) => {
    let light: number[] | undefined;
    for (const lamp of lamps) if (meets(direction, lamp.min, lamp.max)) light = lamp.light;
    light ??= [walls, direction[1] > 0 ? ceiling : ground, walls][wallAt(direction)];
    for (let channel = 0; channel < 3; channel++) sum[channel] += weight * light[channel];
    sum[3] += weight;
  };
}

/** Axis of the wall that a ray from the eye meets. */
function wallAt(direction: Direction): number {
  let [nearest, wall] = [Infinity, 0];
  for (let axis = 0; axis < 3; axis++) {
    const part = direction[axis];
    const far = ((part > 0 ? HALF[axis] : -HALF[axis]) - EYE[axis]) / part;
    if (far < nearest) [nearest, wall] = [far, axis];
  }
  return wall;
}

function meets(direction: Direction, min: number[], max: number[]): boolean {
  let [near, far] = [0, Infinity];
  for (let axis = 0; axis < 3; axis++) {
    const inverse = 1 / direction[axis];
    const [a, b] = [min[axis] * inverse, max[axis] * inverse];
    near = Math.max(near, Math.min(a, b));
    far = Math.min(far, Math.max(a, b));
  }
  return near <= far;
}
