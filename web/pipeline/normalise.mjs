// Normalise: the plain GLB that all else is made from. Float attributes, JPEG and PNG images, nothing that a reader must know.
import { dequantize, uninstance, unpartition } from "@gltf-transform/functions";

import { readModel, writeModel } from "./document.mjs";
import { toSource } from "./raster.mjs";
import { simplify } from "./simplify.mjs";
import { tidy } from "./tidy.mjs";
import { trianglesDrawn } from "./triangles.mjs";

const QUANTISATION = "KHR_mesh_quantization";

/** `maxTriangles` bounds the cost of all that is made from it: a scan of millions is collapsed once, and not for each variant. */
export async function normalise(input, output, { maxTexture = 2048, maxTriangles = null }) {
  const document = await readModel(input);
  await document.transform(uninstance(), dequantize());
  document.disposeExtension(QUANTISATION);
  await document.transform(...tidy());
  await simplify(document, { maxTriangles });
  await toSource(document, maxTexture);
  await document.transform(unpartition());
  for (const extension of document.getRoot().listExtensionsUsed()) extension.setRequired(false);
  const triangles = trianglesDrawn(document);
  await writeModel(document, output);
  return { detail: { triangles } };
}
