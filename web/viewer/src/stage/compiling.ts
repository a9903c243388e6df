/** Shaders before the first frame that needs them. */

import type { Object3D } from "three";
import type { Stage } from "../contract.ts";
import { orAfter } from "../turns.ts";

/** No frame waits longer than this for shaders that are built beside other work, in milliseconds. */
const LONGEST = 2000;

/** When the shaders of `part` are built, as the light of the stage is now. Other work goes on meanwhile where the browser can do that. */
export async function compiled(part: Object3D, { renderer, camera, scene }: Stage): Promise<void> {
  if (renderer.getContext().isContextLost()) return;
  // Where shaders are not built beside other work, waiting for them would only tell the console so.
  if (renderer.extensions.has("KHR_parallel_shader_compile")) {
    await orAfter(LONGEST, renderer.compileAsync(part, camera, scene));
  } else renderer.compile(part, camera, scene);
}
