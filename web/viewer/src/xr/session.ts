/** A session's begin and end: what it asks of the device, and putting everything back as it was. */

import type { App, Stage, Undo } from "../contract.ts";

/** Without a floor nobody knows where to stand. */
const REQUIRED = ["local-floor"];
const OPTIONAL = {
  "immersive-ar": ["hit-test", "anchors", "plane-detection", "light-estimation", "dom-overlay", "hand-tracking"],
  "immersive-vr": ["bounded-floor", "hand-tracking"],
} as const;

/** WebXR's image tracking, which is not in every browser and not yet in the types. */
export interface TrackedImage {
  image: ImageBitmap;
  widthInMeters: number;
}

const ended = new WeakSet<XRSession>();

/** Begin a session on the stage. Call it in a click. Rejects with the browser's own error. */
export async function beginSession(
  stage: Stage,
  mode: "immersive-ar" | "immersive-vr",
  options: { overlay?: HTMLElement; images?: TrackedImage[] } = {},
): Promise<XRSession> {
  if (!navigator.xr) throw new DOMException("there is no WebXR", "NotSupportedError");
  const optional: string[] = [...OPTIONAL[mode]];
  const init: XRSessionInit & { trackedImages?: TrackedImage[] } = {
    requiredFeatures: REQUIRED,
    optionalFeatures: optional,
  };
  if (options.overlay) init.domOverlay = { root: options.overlay };
  if (options.images?.length) {
    optional.push("image-tracking");
    init.trackedImages = options.images;
  }
  const session = await navigator.xr.requestSession(mode, init);
  session.addEventListener("end", () => ended.add(session), { once: true });
  const { xr } = stage.renderer;
  xr.enabled = true;
  xr.setReferenceSpaceType("local-floor");
  xr.setFramebufferScaleFactor(stage.quality.level < 0.4 ? 0.7 : stage.quality.level < 0.8 ? 0.85 : 1);
  xr.setFoveation(1 - stage.quality.level / 2);
  try {
    await xr.setSession(session);
  } catch (error) {
    await session.end().catch(() => {});
    throw error;
  }
  return session;
}

/** Whether a session that began here has ended since. */
export function hasEnded(session: XRSession): boolean {
  return ended.has(session);
}

/** Take the visitor from the walker. Undoing gives the camera back as it was; where to stand is the caller's matter. */
export function takeCamera(app: App): Undo {
  const { camera } = app.stage;
  const position = camera.position.clone();
  const quaternion = camera.quaternion.clone();
  const { fov, near, far, zoom } = camera;
  const enabled = app.walker.enabled;
  app.walker.enabled = false;
  return () => {
    camera.position.copy(position);
    camera.quaternion.copy(quaternion);
    Object.assign(camera, { fov, near, far, zoom });
    camera.updateProjectionMatrix();
    app.walker.enabled = enabled;
  };
}
