// Textures as image files: WebP, or JPEG and PNG, which every client reads.
import { createHash } from "node:crypto";
import { EXTTextureAVIF, EXTTextureWebP, KHRTextureBasisu } from "@gltf-transform/extensions";

import { resultOf } from "./images.mjs";
import { recodeEach } from "./textures.mjs";

const WEBP = { quality: 80 };
const PNG = { compressionLevel: 6 };
const QUALITY = 85;
const HARDLY_CHANGED = 92;
const PLAIN = new Set(["image/jpeg", "image/png"]);

/** What was coded as WebP: a model and its first level of detail have the same textures. */
const coded = new Map();

/** WebP, the longer side at most `maxTexture` pixels. */
export async function toWebp(document, maxTexture) {
  await recodeEach(document, maxTexture, async (source) => {
    if (source.mimeType === "image/webp" && !source.resized) return null;
    const { bytes, size, alpha, pixels } = source;
    const key = `${createHash("sha256").update(bytes).digest("hex")} ${size.width} ${size.height} ${alpha}`;
    if (!coded.has(key)) coded.set(key, await resultOf(pixels(size).webp(WEBP)));
    return { bytes: coded.get(key), mimeType: "image/webp" };
  });
  declareFormats(document);
}

/** JPEG, or PNG where alpha is used. What already is so, and small enough, is not coded again: each time costs quality. */
export async function toPlain(document, maxTexture) {
  await recodeEach(document, maxTexture, async (source) => {
    const mimeType = source.alpha ? "image/png" : "image/jpeg";
    if (source.mimeType === mimeType && !source.resized) return { bytes: source.bytes, mimeType };
    const pixels = source.pixels(source.size);
    const bytes = await resultOf(source.alpha ? pixels.png(PNG) : pixels.jpeg(jpeg(source, QUALITY)));
    const keep = PLAIN.has(source.mimeType) && !source.resized && source.bytes.length <= bytes.length;
    return keep ? { bytes: source.bytes, mimeType: source.mimeType } : { bytes, mimeType };
  });
  declareFormats(document);
}

/**
 * JPEG and PNG stay as they are unless they are too large; all else becomes one of them, hardly changed: others code it further.
 * What stays is decoded once all the same: a broken picture goes no further, to variants or to a decoder outside of this sandbox.
 */
export async function toSource(document, maxTexture) {
  await recodeEach(document, maxTexture, async (source) => {
    if (PLAIN.has(source.mimeType) && !source.resized) {
      await source.decode();
      return { bytes: source.bytes, mimeType: source.mimeType };
    }
    const pixels = source.pixels(source.size);
    if (source.alpha) return { bytes: await resultOf(pixels.png(PNG)), mimeType: "image/png" };
    return { bytes: await resultOf(pixels.jpeg(jpeg(source, HARDLY_CHANGED))), mimeType: "image/jpeg" };
  });
  declareFormats(document);
}

/** Data that is not colour keeps the full resolution of each channel, and more of it. */
function jpeg({ colour }, quality) {
  return colour ? { quality } : { quality: HARDLY_CHANGED, chromaSubsampling: "4:4:4" };
}

/** Name the extension that the images need, and no other. */
function declareFormats(document) {
  for (const { EXTENSION_NAME } of [EXTTextureAVIF, EXTTextureWebP, KHRTextureBasisu]) document.disposeExtension(EXTENSION_NAME);
  if (document.getRoot().listTextures().some((texture) => texture.getMimeType() === "image/webp")) {
    document.createExtension(EXTTextureWebP).setRequired(true);
  }
}
