// USDZ for AR Quick Look, by three.js. It takes a plain GLB: it knows neither compression nor quantised positions.

import { standIn } from "./browser.mjs";
import { headOf } from "./document.mjs";

standIn();
const { GLTFLoader } = await import("three/examples/jsm/loaders/GLTFLoader.js");
const { USDZExporter } = await import("three/examples/jsm/exporters/USDZExporter.js");

/** What the ZIP says of when its files were made: the earliest that it can, so that equal models give equal bytes. */
const EPOCH = Date.UTC(1980, 0, 2);

/** Notes: STATIC_POSE where a skin or morph targets stand still in the result. Animation of nodes goes in. */
export async function usdz(input, output, { maxTexture = 1024 }) {
  const glb = Deno.readFileSync(input);
  const notes = standsStill(headOf(glb)) ? ["STATIC_POSE"] : [];
  const { scene, animations } = await new GLTFLoader().parseAsync(glb.buffer, "");
  const bytes = await timeless(() =>
    new USDZExporter().parseAsync(scene, {
      animations,
      includeAnchoringProperties: true,
      maxTextureSize: maxTexture,
      onlyVisible: true,
      quickLookCompatible: true,
    })
  );
  Deno.writeFileSync(output, bytes);
  return { notes };
}

/** The result of `work`, for which the clock stands still. */
async function timeless(work) {
  const Moving = Date;
  globalThis.Date = class extends Moving {
    constructor(...given) {
      super(...(given.length ? given : [EPOCH]));
    }
    static now() {
      return EPOCH;
    }
  };
  try {
    return await work();
  } finally {
    globalThis.Date = Moving;
  }
}

function standsStill({ meshes = [], skins = [] }) {
  return skins.length > 0 || meshes.some(({ primitives }) => primitives.some(({ targets }) => targets?.length));
}
