// One image at a time, through sharp's WASM build. Colour profiles are passed over, as glTF asks.
import sharp from "sharp";

const MAX_PIXELS = 16384 * 16384;

sharp.cache(false);
sharp.concurrency(1);
// Of the many formats that libvips reads (SVG opens other files), those that glTF and its extensions have.
sharp.block({ operation: ["VipsForeignLoad"] });
sharp.unblock({
  operation: ["VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp", "VipsForeignLoadHeif"],
});

/** A sharp pipeline over an encoded image: 8 bits a channel, as it is stored. */
export function opened(bytes) {
  return sharp(bytes, { limitInputPixels: MAX_PIXELS, ignoreIcc: true, failOn: "error" }).toColourspace("srgb");
}

/** A sharp pipeline over raw RGBA pixels. */
export function fromPixels({ data, width, height }) {
  return sharp(data, { raw: { width, height, channels: 4 } });
}

/** The largest size within `limit` of the same proportions; at least one pixel a side. */
export function within({ width, height }, limit) {
  const scale = Math.min(1, limit / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** What a pipeline gives, copied: WASM memory is shared, and much of what takes these bytes next refuses shared memory. */
export async function resultOf(pipeline) {
  return Uint8Array.from(await pipeline.toBuffer());
}
