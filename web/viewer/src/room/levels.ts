/** Floor and ceiling: the polygon of the hall, with its light as a picture. */

import {
  BufferAttribute,
  type BufferGeometry,
  DataTexture,
  LinearFilter,
  Mesh,
  RGBAFormat,
  type ShaderMaterial,
  Shape,
  ShapeGeometry,
  type Texture,
  Vector2,
} from "three";
import type { HallManifest } from "../contract.ts";
import type { Bake } from "./bake.ts";
import { bakeLevel, type Level } from "./level_light.ts";
import { picturePaint } from "./paints.ts";
import type { Plinth } from "./plinth_places.ts";

/** A level of `manifest` with a texture that repeats every `repeat` metres. */
export function makeLevel(
  manifest: HallManifest,
  bake: Bake,
  level: Level,
  look: { texture: Texture; repeat: number; pixels: number; plinths: readonly Plinth[] },
): Mesh<BufferGeometry, ShaderMaterial> {
  const light = new DataTexture(
    bakeLevel(manifest, bake, level, look.pixels, look.plinths),
    look.pixels,
    look.pixels,
    RGBAFormat,
  );
  light.magFilter = light.minFilter = LinearFilter;
  light.needsUpdate = true;
  return new Mesh(flat(manifest, level, look.repeat), picturePaint(look.texture, light));
}

function flat(manifest: HallManifest, { y, faces }: Level, repeat: number): BufferGeometry {
  const { floor, bounds: { min, max } } = manifest.space;
  const geometry = new ShapeGeometry(new Shape(floor.map(([x, z]) => new Vector2(x, -z))));
  geometry.rotateX(-Math.PI / 2).translate(0, y, 0);
  const positions = geometry.getAttribute("position");
  const [uv, light] = [new Float32Array(2 * positions.count), new Float32Array(2 * positions.count)];
  for (let i = 0; i < positions.count; i++) {
    const [x, z] = [positions.getX(i), positions.getZ(i)];
    uv.set([x / repeat, z / repeat], 2 * i);
    light.set([(x - min[0]) / (max[0] - min[0]), (z - min[2]) / (max[2] - min[2])], 2 * i);
  }
  geometry.setAttribute("uv", new BufferAttribute(uv, 2));
  geometry.setAttribute("uv1", new BufferAttribute(light, 2));
  geometry.deleteAttribute("normal");
  if (faces === "down") geometry.index?.array.reverse();
  geometry.computeBoundingSphere();
  return geometry;
}
