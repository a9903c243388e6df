// Variant: one model for one profile. Fewer triangles, smaller textures, and the compression that its clients read.
import { draco, meshopt, resample, unpartition, weld } from "@gltf-transform/functions";
import { MeshoptEncoder } from "meshoptimizer";

import { Refusal } from "./answer.mjs";
import { readModel, writeModel } from "./document.mjs";
import { join } from "./join.mjs";
import { toKtx2 } from "./ktx2.mjs";
import { toPlain, toWebp } from "./raster.mjs";
import { simplify } from "./simplify.mjs";
import { tidy } from "./tidy.mjs";
import { trianglesDrawn } from "./triangles.mjs";

const GEOMETRY = {
  plain: () => [],
  meshopt: () => [meshopt({ encoder: MeshoptEncoder, level: "high" })],
  draco: () => [draco()],
};
const TEXTURES = { plain: toPlain, webp: toWebp, ktx2: toKtx2 };

export async function variant(input, output, options) {
  const { geometry = "plain", textures = "plain", maxTexture = 2048 } = options;
  if (!Object.hasOwn(GEOMETRY, geometry) || !Object.hasOwn(TEXTURES, textures)) {
    throw new Refusal("UNKNOWN_OPTION", `there is no ${JSON.stringify(geometry)} geometry with ${JSON.stringify(textures)} textures`);
  }
  const document = await readModel(input);
  await document.transform(...tidy());
  dropUnread(document);
  await document.transform(weld({ overwrite: false }), resample());
  await simplify(document, options);
  await TEXTURES[textures](document, maxTexture);
  if (options.join) await join(document);  // after the coders of textures: they would blur a palette
  const triangles = trianglesDrawn(document);
  await document.transform(...GEOMETRY[geometry](), unpartition());
  await writeModel(document, output);
  return { detail: { triangles } };
}

/** Without textures nobody reads where they would lie. Where there are some, another material may still come to read them. */
function dropUnread(document) {
  if (document.getRoot().listTextures().length) return;
  for (const primitive of document.getRoot().listMeshes().flatMap((mesh) => mesh.listPrimitives())) {
    for (const semantic of primitive.listSemantics().filter((name) => /^(TEXCOORD_\d+|TANGENT)$/.test(name))) {
      for (const part of [primitive, ...primitive.listTargets()]) part.setAttribute(semantic, null);
    }
  }
}
