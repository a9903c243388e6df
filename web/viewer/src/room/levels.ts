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
  Texture,
  Vector2,
} from "three";
import type { HallManifest } from "../contract.ts";
import type { Level } from "./level_light.ts";
import { picturePaint } from "./paints.ts";

export type LevelMesh = Mesh<BufferGeometry, ShaderMaterial>;

/** A level of `manifest` with a texture that repeats every `repeat` metres. It is dark until it is lit. */
export function makeLevel(manifest: HallManifest, level: Level, texture: Texture, repeat: number): LevelMesh {
  return new Mesh(flat(manifest, level, repeat), picturePaint(texture, new Texture()));
}

/** Give a level another texture, in place of the one it has. */
export function paintLevel({ material }: LevelMesh, texture: Texture): void {
  material.uniforms.paint.value.dispose();
  material.uniforms.paint.value = texture;
}

/** Give a level its light: `bytes` of a picture of `side` pixels squared, as `bakeLevel` makes them. */
export function lightLevel({ material }: LevelMesh, bytes: Uint8Array<ArrayBuffer>, side: number): void {
  const light = new DataTexture(bytes, side, side, RGBAFormat);
  light.magFilter = light.minFilter = LinearFilter;
  light.needsUpdate = true;
  material.uniforms.light.value.dispose();
  material.uniforms.light.value = light;
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
