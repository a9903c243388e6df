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
const RAYS = [1, 6, 16, 48, 2];
/** Half the room's size, and where the eye is above its middle, in metres. */
const HALF = [5, 2.5, 5];
const EYE = [0, 1.4 - 2.5, 0];

type Direction = [number, number, number];

const ONE = DataUtils.toHalfFloat(1);

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

/** Directions about +Z with their weights (x, y, z, weight and so on), spread as a surface of this roughness mirrors (GGX, looked at straight). */
function rays(roughness: number, count: number): Float64Array {
  const alpha = Math.max(0.012, roughness * roughness) ** 2;
  const spread = Array.from({ length: count }, (_, at) => {
    const u = (at + 0.5) / count;
    const around = at * Math.PI * (3 - Math.sqrt(5));
    const z = (1 - u - alpha * u) / (1 - u + alpha * u);
    const across = Math.sqrt(Math.max(0, 1 - z * z));
    return [across * Math.cos(around), across * Math.sin(around), z, Math.max(0, z)];
  });
  return Float64Array.from(spread.filter(([, , , weight]) => weight > 0).flat());
}

/** Adds what is seen from the eye in a direction, `weight` times, to red, green, blue and weight. */
type Look = (x: number, y: number, z: number, weight: number, sum: Float64Array) => void;

/** The six faces at one level. */
function faces(side: number, spread: Float64Array, look: Look): DataTexture[] {
  const sum = new Float64Array(4);
  return Array.from({ length: 6 }, (_, face) => {
    const pixels = new Uint16Array(4 * side * side);
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        gather(directionOf(face, 2 * (column + 0.5) / side - 1, 2 * (row + 0.5) / side - 1), spread, look, sum.fill(0));
        const at = 4 * (row * side + column);
        for (let channel = 0; channel < 3; channel++) {
          pixels[at + channel] = DataUtils.toHalfFloat(sum[channel] / sum[3]);
        }
        pixels[at + 3] = ONE;
      }
    }
    return new DataTexture(pixels, side, side, RGBAFormat, HalfFloatType);
  });
}

/** Sums red, green, blue and weight of all rays about a direction. */
function gather([nx, ny, nz]: Direction, spread: Float64Array, look: Look, sum: Float64Array): void {
  const flat = Math.sqrt(nx * nx + nz * nz);
  const upright = flat < 1e-4;
  const tx = upright ? 1 : nz / flat, tz = upright ? 0 : -nx / flat;
  const bx = ny * tz, by = nz * tx - nx * tz, bz = -ny * tx;
  for (let at = 0; at < spread.length; at += 4) {
    const x = spread[at], y = spread[at + 1], z = spread[at + 2], weight = spread[at + 3];
    look(tx * x + bx * y + nx * z, by * y + ny * z, tz * x + bz * y + nz * z, weight, sum);
  }
}

/** Of a cube map's pixel: the faces of OpenGL, with x turned, as three.js looks into cubes that it did not draw. */
function directionOf(face: number, u: number, v: number): Direction {
  const length = 1 / Math.sqrt(1 + u * u + v * v);
  u *= length;
  v *= length;
  switch (face) {
    case 0:
      return [-length, -v, -u];
    case 1:
      return [length, -v, u];
    case 2:
      return [-u, length, v];
    case 3:
      return [-u, -length, -v];
    case 4:
      return [-u, -v, length];
    default:
      return [u, -v, -length];
  }
}

/** A lamp of the small room seen from the eye, with the light it gives. */
interface Glow {
  readonly min: readonly number[];
  readonly max: readonly number[];
  readonly light: readonly number[];
}

/** Hundreds of thousands of rays are looked along while a visitor waits: none of them makes anything that must be cleared away. */
function lookInto(mood: Mood): Look {
  const paint = (color: string, brightness = 1) => new Color(color).multiplyScalar(brightness).toArray();
  const [walls, ceiling, ground] = [paint(mood.walls), paint(mood.ceiling), paint(mood.ground)];
  const lamps: Glow[] = mood.glow.map(({ at: [x, y, z], size, color, brightness }) => ({
    min: [x - size[0] / 2 - EYE[0], y - 2.5 - size[1] / 2 - EYE[1], z - size[2] / 2 - EYE[2]],
    max: [x + size[0] / 2 - EYE[0], y - 2.5 + size[1] / 2 - EYE[1], z + size[2] / 2 - EYE[2]],
    light: paint(color, brightness),
  }));
  const [wide, deep] = [HALF[0], HALF[2]];
  const [above, below] = [HALF[1] - EYE[1], HALF[1] + EYE[1]];
  return (x, y, z, weight, sum) => {
    const ix = 1 / x, iy = 1 / y, iz = 1 / z;
    // As far as the ceiling or the floor, and no farther than any wall.
    const upright = y > 0 ? above * iy : -below * iy;
    const level = upright < wide * Math.abs(ix) && upright <= deep * Math.abs(iz);
    let light: readonly number[] = level ? (y > 0 ? ceiling : ground) : walls;
    for (let i = 0; i < lamps.length; i++) if (meets(lamps[i], ix, iy, iz)) light = lamps[i].light;
    sum[0] += weight * light[0];
    sum[1] += weight * light[1];
    sum[2] += weight * light[2];
    sum[3] += weight;
  };
}

/** Whether a ray from the eye meets a box; of its direction one over each part is told. */
function meets({ min, max }: Glow, ix: number, iy: number, iz: number): boolean {
  const ax = min[0] * ix, bx = max[0] * ix;
  let near = Math.max(0, Math.min(ax, bx)), far = Math.max(ax, bx);
  const ay = min[1] * iy, by = max[1] * iy;
  near = Math.max(near, Math.min(ay, by));
  far = Math.min(far, Math.max(ay, by));
  const az = min[2] * iz, bz = max[2] * iz;
  near = Math.max(near, Math.min(az, bz));
  return near <= Math.min(far, Math.max(az, bz));
}
