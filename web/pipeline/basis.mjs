// Basis Universal in WASM: pixels ↔ KTX2.
import BASIS from "./node_modules/ktx2-encoder/dist/basis/basis_encoder.js";
import { encodeWithModule } from "./node_modules/ktx2-encoder/dist/encodeCore.js";

const RGBA32 = 13;

let ready = null;

/** The module, made once, when first asked for. What it prints of its progress goes nowhere. */
function module() {
  ready ??= BASIS({ print: () => {}, printErr: () => {} }).then((basis) => {
    basis.initializeBasis();
    return basis;
  });
  return ready;
}

/** The KTX2 file of an image {data (RGBA), width, height}, by the options of ktx2-encoder. */
export async function encoded(image, options) {
  return encodeWithModule(await module(), image.data, { ...options, imageDecoder: () => image });
}

/** The first level of a KTX2 file: {width, height, data (RGBA), hasAlpha}. */
export async function decoded(bytes) {
  const file = new (await module()).KTX2File(bytes);
  try {
    if (!file.isValid() || !file.startTranscoding()) throw new Error("it is no KTX2 file of Basis Universal, or is broken");
    const data = new Uint8Array(file.getImageTranscodedSizeInBytes(0, 0, 0, RGBA32));
    if (!file.transcodeImage(data, 0, 0, 0, RGBA32, 0, -1, -1)) throw new Error("its first level is broken");
    return { width: file.getWidth(), height: file.getHeight(), data, hasAlpha: Boolean(file.getHasAlpha()) };
  } finally {
    file.close();
    file.delete();
  }
}
