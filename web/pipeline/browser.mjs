// The little of a browser that three.js' loader and exporter ask for: bitmaps and a canvas, drawn by sharp.
import { opened, resultOf } from "./images.mjs";

const JPEG_QUALITY = 88;

class Bitmap {
  constructor(bytes, width, height) {
    Object.assign(this, { bytes, width, height });
  }
  close() {}
}

/** A canvas that one image is drawn on, whole, perhaps upside down. */
class Canvas {
  width = 0;
  height = 0;
  #image = null;
  #flipped = false;

  getContext() {
    return {
      translate: () => {},
      scale: (_x, y) => {
        this.#flipped ||= y < 0;
      },
      drawImage: (image) => {
        this.#image = image;
      },
    };
  }

  toBlob(done, type) {
    let drawn = opened(this.#image.bytes).resize(Math.round(this.width), Math.round(this.height), { fit: "fill" });
    if (this.#flipped) drawn = drawn.flip();
    resultOf(type === "image/jpeg" ? drawn.jpeg({ quality: JPEG_QUALITY }) : drawn.png())
      .then((bytes) => done(new Blob([bytes], { type })));
  }
}

/** Give three.js its browser. To be called before it is imported. */
export function standIn() {
  console.warn = () => {};  // the exporter prints whole materials
  globalThis.self = globalThis;
  globalThis.ImageBitmap = Bitmap;
  globalThis.createImageBitmap = async (blob) => {
    const bytes = new Uint8Array(await blob.arrayBuffer());
    const { width, height } = await opened(bytes).metadata();
    return new Bitmap(bytes, width, height);
  };
  globalThis.document = { createElement: () => new Canvas() };
}
