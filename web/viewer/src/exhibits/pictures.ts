/** Pictures inside of a GLB are decoded where they lie. */

import { Texture } from "three";
import type { GLTFLoader, GLTFParser } from "three/addons/loaders/GLTFLoader.js";

/** What GLTFLoader has and its types keep to themselves. */
interface Images {
  json: { images: { bufferView?: number; mimeType: string; name?: string }[] };
  textureLoader: { isImageBitmapLoader?: boolean };
  sourceCache: Record<number, Promise<Texture>>;
  loadImageSource(source: number, loader: unknown): Promise<Texture>;
}

/**
 * Have pictures decoded from their own bytes. GLTFLoader gives each an address and fetches that: a model has five, a hall has many
 * models, and each way through the browser's network costs a slow processor milliseconds.
 */
export function decodePictures(loader: GLTFLoader): void {
  loader.register((parser) => {
    const images = parser as unknown as Images;
    const load = images.loadImageSource.bind(parser);
    images.loadImageSource = (source, by) => {
      const { bufferView } = images.json.images[source];
      // Where bitmaps are not to be trusted GLTFLoader takes image elements; other loaders have kinds of their own.
      const ours = bufferView !== undefined && by === images.textureLoader && images.textureLoader.isImageBitmapLoader;
      if (!ours || source in images.sourceCache) return load(source, by);
      return images.sourceCache[source] = decoded(parser, source, bufferView);
    };
    return { name: "pictures" };
  });
}

async function decoded(parser: GLTFParser, source: number, bufferView: number): Promise<Texture> {
  const { mimeType, name = "" } = (parser as unknown as Images).json.images[source];
  const bytes: ArrayBuffer = await parser.getDependency("bufferView", bufferView);
  const picture = new Blob([bytes], { type: mimeType });
  const bitmap = await createImageBitmap(picture, { premultiplyAlpha: "none", colorSpaceConversion: "none" });
  const texture = new Texture(bitmap);
  texture.name = name;
  texture.userData.mimeType = mimeType;
  texture.needsUpdate = true;
  return texture;
}
