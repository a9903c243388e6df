/** Paints of one colour become one material that reads a small picture of all their colours, so that their meshes can be merged. */

import {
  BufferAttribute,
  type BufferGeometry,
  Color,
  DataTexture,
  type Material,
  MeshStandardMaterial,
  NearestFilter,
  RGBAFormat,
  SRGBColorSpace,
} from "three";

/** A material for many paints, and which column of its pictures is whose. */
export interface Palette {
  material: MeshStandardMaterial;
  column: ReadonlyMap<Material, number>;
}

/** Whether a material is a plain opaque paint: factors alone. */
export function isPaint(material: Material): material is MeshStandardMaterial {
  return material instanceof MeshStandardMaterial && material.type === "MeshStandardMaterial" &&
    !material.transparent &&
    material.alphaTest === 0 && !material.vertexColors && !material.flatShading && material.emissiveIntensity <= 1 &&
    [
      material.map,
      material.normalMap,
      material.roughnessMap,
      material.metalnessMap,
      material.aoMap,
      material.emissiveMap,
    ]
      .every((map) => map === null);
}

/** One palette for all `paints` (of the same sidedness); undefined for fewer than two. */
export function paletteOf(paints: readonly MeshStandardMaterial[]): Palette | undefined {
  if (paints.length < 2) return undefined;
  const width = 2 ** Math.ceil(Math.log2(paints.length));
  const [base, surface, glow] = [new Uint8Array(4 * width), new Uint8Array(4 * width), new Uint8Array(4 * width)];
  const color = new Color();
  paints.forEach((paint, at) => {
    base.set(bytesOf(color.copy(paint.color)), 4 * at);
    surface.set([255, Math.round(255 * paint.roughness), Math.round(255 * paint.metalness), 255], 4 * at);
    glow.set(bytesOf(color.copy(paint.emissive).multiplyScalar(paint.emissiveIntensity)), 4 * at);
  });
  const material = new MeshStandardMaterial({ name: "palette", side: paints[0].side, roughness: 1, metalness: 1 });
  material.map = picture(base, width, true);
  material.roughnessMap = material.metalnessMap = picture(surface, width, false);
  if (paints.some(({ emissive }) => emissive.getHex() !== 0)) {
    material.emissive.set("#ffffff");
    material.emissiveMap = picture(glow, width, true);
  }
  return { material, column: new Map(paints.map((paint, at) => [paint, (at + 0.5) / width])) };
}

/** Point all corners of a geometry at a column of the palette. */
export function pointAt(geometry: BufferGeometry, column: number): void {
  const uv = new Float32Array(2 * geometry.getAttribute("position").count).fill(0.5);
  for (let i = 0; i < uv.length; i += 2) uv[i] = column;
  geometry.setAttribute("uv", new BufferAttribute(uv, 2));
}

function bytesOf(color: Color): number[] {
  const { r, g, b } = color.convertLinearToSRGB();
  return [r, g, b, 1].map((value) => Math.round(255 * Math.min(1, value)));
}

function picture(bytes: Uint8Array, width: number, colors: boolean): DataTexture {
  const texture = new DataTexture(bytes, width, 1, RGBAFormat);
  if (colors) texture.colorSpace = SRGBColorSpace;
  texture.magFilter = texture.minFilter = NearestFilter;
  texture.needsUpdate = true;
  return texture;
}
