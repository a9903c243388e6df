// Repair: read the model, drop what hangs nowhere, and write it anew. Offsets, bounds, chunk lengths and the like come out right.
import { unpartition } from "@gltf-transform/functions";

import { readModel, writeModel } from "./document.mjs";
import { tidy } from "./tidy.mjs";

export async function repair(input, output) {
  const document = await readModel(input);
  await document.transform(...tidy(), unpartition());
  await writeModel(document, output);
  return {};
}
