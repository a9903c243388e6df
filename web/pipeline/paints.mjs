// Paints: materials of factors alone become one that reads small pictures of all their colours, so that their meshes can be joined.
import { ColorUtils, TextureInfo } from "@gltf-transform/core";

import { fromPixels, resultOf } from "./images.mjs";

const WIDEST = 256;  // texels: texture coordinates of 12 bits still meet the middle of each
const PNG = { compressionLevel: 9, adaptiveFiltering: false };
const { NEAREST } = TextureInfo.MagFilter;
const { CLAMP_TO_EDGE } = TextureInfo.WrapMode;

/** Whether a material is an opaque paint: factors, and neither textures nor extensions. */
export function isPaint(material) {
  return material?.getAlphaMode() === "OPAQUE" && material.listExtensions().length === 0 &&
    !Object.keys(material.getExtras()).length &&
    !material.getBaseColorTexture() && !material.getMetallicRoughnessTexture() && !material.getEmissiveTexture() &&
    !material.getNormalTexture() && !material.getOcclusionTexture();
}

/** What a paint looks like, as bytes: of its picture of colour, of surface, of glow. */
function lookOf(paint) {
  const [red, green, blue] = paint.getBaseColorFactor();
  return {
    colour: bytes(ColorUtils.convertLinearToSRGB([red, green, blue], [])),
    surface: bytes([0, paint.getRoughnessFactor(), paint.getMetallicFactor()]),
    glow: bytes(ColorUtils.convertLinearToSRGB(paint.getEmissiveFactor(), [])),
  };
}

function bytes(values) {
  return values.map((value) => Math.round(255 * Math.min(1, Math.max(0, value))));
}

/**
 * One material for `paints` of the same sidedness, and where each of them lies in its pictures: {material, places}. What they have in
 * common stays a factor. Pictures are PNG, and read without a filter: their bytes are the colours.
 */
export async function paletteOf(document, paints) {
  const looks = new Map(paints.map((paint) => [paint, lookOf(paint)]));
  const columns = new Map();  // equal looks have one place
  for (const look of looks.values()) {
    const key = JSON.stringify(look);
    if (!columns.has(key)) columns.set(key, columns.size);
  }
  const width = Math.min(WIDEST, powerOfTwo(columns.size));
  const height = powerOfTwo(Math.ceil(columns.size / width));
  const material = document.createMaterial("palette").setDoubleSided(paints[0].getDoubleSided());

  /** A texture of one kind of bytes; null where all paints have the same. */
  const picture = async (kind) => {
    const distinct = [...columns.keys()].map((key) => JSON.parse(key)[kind]);
    if (distinct.every((texel) => texel.every((value, at) => value === distinct[0][at]))) return null;
    const data = new Uint8Array(width * height * 4);
    for (let at = 0; at < width * height; at++) data.set([...(distinct[at] ?? distinct[0]), 255], at * 4);
    const image = await resultOf(fromPixels({ data, width, height }).removeAlpha().png(PNG));
    return document.createTexture().setImage(image).setMimeType("image/png");
  };
  const [colour, surface, glow] = [await picture("colour"), await picture("surface"), await picture("glow")];
  const [first] = paints;
  if (colour) material.setBaseColorTexture(colour);
  else material.setBaseColorFactor(first.getBaseColorFactor());
  if (surface) material.setMetallicRoughnessTexture(surface).setRoughnessFactor(1).setMetallicFactor(1);
  else material.setRoughnessFactor(first.getRoughnessFactor()).setMetallicFactor(first.getMetallicFactor());
  if (glow) material.setEmissiveTexture(glow).setEmissiveFactor([1, 1, 1]);
  else material.setEmissiveFactor(first.getEmissiveFactor());
  const infos = [material.getBaseColorTextureInfo(), material.getMetallicRoughnessTextureInfo(), material.getEmissiveTextureInfo()];
  for (const info of infos.filter(Boolean)) {
    info.setMagFilter(NEAREST).setMinFilter(NEAREST).setWrapS(CLAMP_TO_EDGE).setWrapT(CLAMP_TO_EDGE);
  }
  const places = new Map([...looks].map(([paint, look]) => {
    const column = columns.get(JSON.stringify(look));
    return [paint, [(column % width + 0.5) / width, (Math.floor(column / width) + 0.5) / height]];
  }));
  return { material, places };
}

/** Let all vertices of a primitive read the same place of the pictures, and nothing else. */
export function point(document, primitive, place) {
  for (const semantic of primitive.listSemantics()) {
    if (/^(TEXCOORD_\d+|TANGENT)$/.test(semantic)) primitive.setAttribute(semantic, null);
  }
  const positions = primitive.getAttribute("POSITION");
  const array = new Float32Array(positions.getCount() * 2);
  for (let at = 0; at < array.length; at++) array[at] = place[at % 2];
  primitive.setAttribute("TEXCOORD_0", document.createAccessor().setType("VEC2").setArray(array).setBuffer(positions.getBuffer()));
}

function powerOfTwo(least) {
  return 2 ** Math.ceil(Math.log2(least));
}
