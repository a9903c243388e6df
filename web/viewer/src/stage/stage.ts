/** The stage: the canvas, what draws on it, its light, its clock and its frame budget. */

import {
  Color,
  Group,
  NeutralToneMapping,
  PCFShadowMap,
  PerspectiveCamera,
  Scene,
  SRGBColorSpace,
  WebGLRenderer,
} from "three";
import type { Device } from "exhibit-client";
import type { Quality, Stage } from "../contract.ts";
import { EYES } from "../walk/gazes.ts";
import { makeBudget } from "./budget.ts";
import { makeFrames } from "./frames.ts";
import { makeLighting } from "./lighting.ts";
import { NoWebGl } from "./no_webgl.ts";
import { finestRatio, firstLevel, qualityAt } from "./quality.ts";

/** Upright angle of view on a wide screen and on one that stands on end, in degrees. */
const WIDE = 55;
const TALL = 70;

/** Make the stage on `canvas`, which page and style give its size. Throws NoWebGl where the browser has no WebGL 2. */
export function makeStage(canvas: HTMLCanvasElement, device: Device): Stage {
  const { software } = device;
  const renderer = makeRenderer(canvas, software);
  const scene = new Scene();
  scene.background = new Color("#e9e5de");
  const camera = new PerspectiveCamera(WIDE, 1, 0.05, 150);
  camera.position.y = EYES;
  const rig = new Group();
  rig.name = "visitor";
  rig.add(camera);
  scene.add(rig);

  const lighting = makeLighting(renderer, scene);
  const budget = makeBudget(firstLevel(software, navigator));
  let quality: Quality = qualityAt(budget.level, devicePixelRatio);
  let lost = false;
  let dark = true;
  let drawn = 0;
  let frameMilliseconds = 0;

  const frames = makeFrames(renderer, {
    draw(milliseconds) {
      if (lost || dark) return;
      if (milliseconds !== undefined) judge(milliseconds);
      resizeTo(quality.pixelRatio);
      renderer.render(scene, camera);
      drawn += 1;
    },
    rest() {
      const finest = finestRatio(devicePixelRatio, !software);
      if (lost || dark || renderer.xr.isPresenting || renderer.getPixelRatio() >= finest) return;
      resizeTo(finest);
      renderer.render(scene, camera);
      drawn += 1;
    },
  });

  function judge(milliseconds: number): void {
    frameMilliseconds += (milliseconds - frameMilliseconds) * 0.1;
    if (budget.frame(milliseconds)) settle();
  }

  function settle(): void {
    quality = qualityAt(budget.level, devicePixelRatio);
    lighting.adapt(quality);
  }

  function resizeTo(ratio: number): void {
    if (renderer.xr.isPresenting) return;
    const width = Math.max(1, canvas.clientWidth);
    const height = Math.max(1, canvas.clientHeight);
    if (renderer.getPixelRatio() !== ratio) renderer.setPixelRatio(ratio);
    const aspect = width / height;
    const right = canvas.width === Math.floor(width * ratio) && canvas.height === Math.floor(height * ratio);
    if (!right) renderer.setSize(width, height, false);
    if (right && camera.aspect === aspect) return;
    camera.aspect = aspect;
    camera.fov = aspect >= 1 ? WIDE : Math.min(TALL, WIDE / Math.sqrt(aspect));
    camera.updateProjectionMatrix();
  }

  new ResizeObserver(() => {
    quality = qualityAt(budget.level, devicePixelRatio);
    frames.invalidate();
  }).observe(canvas);
  canvas.addEventListener("webglcontextlost", () => lost = true);
  canvas.addEventListener("webglcontextrestored", () => {
    lost = false;
    lighting.restore();
    frames.invalidate();
  });
  lighting.adapt(quality);
  resizeTo(quality.pixelRatio); // what is in view is asked for before the first frame

  return {
    canvas,
    device,
    renderer,
    scene,
    camera,
    rig,
    get quality() {
      return quality;
    },
    ...frames,
    reveal() {
      dark = false;
      frames.invalidate();
    },
    light(manifest) {
      lighting.light(manifest);
      lighting.adapt(quality);
      frames.invalidate();
    },
    prefer(wish) {
      budget.hold(wish === "auto" ? undefined : wish === "high" ? 1 : 0);
      settle();
      frames.invalidate();
    },
    stats() {
      const { calls, triangles } = renderer.info.render;
      return { frames: drawn, frameMilliseconds, drawCalls: calls, triangles, quality: quality.level };
    },
  };
}

function makeRenderer(canvas: HTMLCanvasElement, software: boolean): WebGLRenderer {
  // Smooth edges cost a processor four times the pixels.
  const attributes = {
    antialias: !software,
    alpha: false,
    stencil: false,
    powerPreference: "high-performance",
  } as const;
  const context = canvas.getContext("webgl2", { ...attributes, xrCompatible: "xr" in navigator });
  if (!context || context.isContextLost()) throw new NoWebGl("this browser draws nothing in three dimensions");
  const renderer = new WebGLRenderer({ canvas, context, ...attributes });
  renderer.outputColorSpace = SRGBColorSpace;
  renderer.toneMapping = NeutralToneMapping;
  renderer.shadowMap.enabled = true;
  renderer.shadowMap.type = PCFShadowMap;
  renderer.shadowMap.autoUpdate = false;
  renderer.xr.enabled = true;
  return renderer;
}
