// The textures of a document: what is in them, what they are used for, and their way through a coder.
import { TextureChannel } from "@gltf-transform/core";
import { getTextureChannelMask, getTextureColorSpace } from "@gltf-transform/functions";

import { Refusal } from "./answer.mjs";
import { decoded } from "./basis.mjs";
import { fromPixels, opened, within } from "./images.mjs";

const LANES = 2;

/**
 * Give every texture with an image to `coded(source)`, and put what it answers, {bytes, mimeType}, in its place; null leaves the
 * texture as it is. Few at a time: sharp works beside this thread, but each open image costs memory.
 */
export async function recodeEach(document, maxTexture, coded) {
  const waiting = document.getRoot().listTextures().filter((texture) => texture.getImage());
  const lane = async () => {
    for (let texture = waiting.shift(); texture; texture = waiting.shift()) {
      const answer = await recoded(texture, maxTexture, coded);
      if (answer) texture.setImage(answer.bytes).setMimeType(answer.mimeType).setURI("");
    }
  };
  try {
    await Promise.all(Array.from({ length: LANES }, lane));
  } finally {
    waiting.length = 0;  // where one lane failed, the other does not go on
  }
}

async function recoded(texture, maxTexture, coded) {
  try {
    return await coded(await sourceOf(texture, maxTexture));
  } catch (error) {
    throw new Refusal("IMAGE_UNREADABLE", `the image ${JSON.stringify(texture.getName())} cannot be coded anew: ${error.message}`);
  }
}

/**
 * A texture as a coder sees it. `size` is what it shall have, `resized` whether that is another than its own; `colour` whether it
 * is colour and not data; `pixels({width, height})` is a sharp pipeline of that size, without alpha where none is used;
 * `decode()` reads all of it, and throws where that cannot be done.
 */
async function sourceOf(texture, maxTexture) {
  const { own, mimeType, hasAlpha, bytes, start } = await imageOf(texture);
  const size = within(own, maxTexture);
  const resized = size.width !== own.width || size.height !== own.height;
  const alpha = hasAlpha && readsAlpha(texture) && !(await start().stats()).isOpaque;
  const pixels = ({ width, height }) => {
    const opaque = alpha ? start() : start().removeAlpha();  // before it is resized, lest it darkens the colours
    return width === own.width && height === own.height ? opaque : opaque.resize(width, height, { fit: "fill" });
  };
  return { bytes, mimeType, size, resized, alpha, colour: isColour(texture), pixels, decode: () => start().stats() };
}

async function imageOf(texture) {
  const bytes = texture.getImage();
  if (texture.getMimeType() === "image/ktx2") {
    const image = await decoded(bytes);
    return { own: image, mimeType: "image/ktx2", hasAlpha: image.hasAlpha, bytes, start: () => fromPixels(image) };
  }
  const { width, height, format, hasAlpha } = await opened(bytes).metadata();
  // The format that was found: some models lie about it.
  return { own: { width, height }, mimeType: `image/${format}`, hasAlpha, bytes, start: () => opened(bytes) };
}

/** Whether a texture holds colour (sRGB), and not normals or other data. */
export function isColour(texture) {
  return getTextureColorSpace(texture) === "srgb";
}

function readsAlpha(texture) {
  return Boolean(getTextureChannelMask(texture) & TextureChannel.A);
}
