/** Light in AR: the device's estimate of the room where it offers one and the hall asks for it, else a calm light of ours. */

import { DirectionalLight, Group, HemisphereLight, type Light, type Object3D } from "three";
import { XREstimatedLight } from "three/addons/webxr/XREstimatedLight.js";
import type { Stage, Undo } from "../contract.ts";

/** Light the stage for AR. `estimated` tells whether the device's light is used by now. */
export function lightRoom(stage: Stage, estimate: XREstimatedLight | undefined): { estimated(): boolean; undo: Undo } {
  const { scene } = stage;
  const { background, fog, environment } = scene;
  scene.background = null;
  scene.fog = null;
  // The hall's own lamps are made for its size: a table-top model would burn under them.
  const hidden: Light[] = [];
  scene.traverse((object: Object3D) => {
    if ("isLight" in object && object.visible) {
      object.visible = false;
      hidden.push(object as Light);
    }
  });
  const ours = new Group();
  ours.name = "xr-light";
  const sun = new DirectionalLight(0xfff4e6, 1.6);
  sun.position.set(0.6, 1.6, 0.8);
  ours.add(new HemisphereLight(0xffffff, 0xb8ada0, 0.6), sun);
  scene.add(ours);
  let estimated = false;
  const begin = () => {
    if (!estimate) return;
    estimated = true;
    ours.removeFromParent();
    scene.add(estimate);
    if (estimate.environment) scene.environment = estimate.environment;
  };
  estimate?.addEventListener("estimationstart", begin);
  return {
    estimated: () => estimated,
    undo() {
      estimate?.removeEventListener("estimationstart", begin);
      estimate?.removeFromParent();
      ours.removeFromParent();
      for (const light of hidden) light.visible = true;
      Object.assign(scene, { background, fog, environment });
    },
  };
}

const estimates = new WeakMap<Stage, XREstimatedLight>();

/** The stage's estimator, made once: it listens to the renderer's sessions from then on. Make it before a session begins. */
export function estimateOf(stage: Stage): XREstimatedLight {
  let estimate = estimates.get(stage);
  if (!estimate) estimates.set(stage, estimate = new XREstimatedLight(stage.renderer));
  return estimate;
}
