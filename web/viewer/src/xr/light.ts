/** Light in AR: the device's estimate of the room where it offers one and the hall asks for it, else a calm light of ours. */

import { DirectionalLight, Group, HemisphereLight, type Object3D } from "three";
import { XREstimatedLight } from "three/addons/webxr/XREstimatedLight.js";
import type { Stage, Undo } from "../contract.ts";

export interface RoomLight {
  /** Whether the device's light is used by now. */
  estimated(): boolean;
  /** The stage was lit for another hall: that light is kept for afterwards. */
  relit(): void;
  undo: Undo;
}

/** Light the stage for AR. */
export function lightRoom(stage: Stage, estimate: XREstimatedLight | undefined): RoomLight {
  const { scene } = stage;
  let { background, environment } = scene;
  scene.background = null;
  // The hall's own lamps are made for its size: a table-top model would burn under them. The frame budget shows and hides them
  // one by one, so their group goes.
  const lamps = scene.getObjectByName("lamps");
  const hidden: Object3D[] = lamps ? [lamps] : [];
  scene.traverse((object: Object3D) => {
    if ("isLight" in object && object.visible && object.parent !== lamps) hidden.push(object);
  });
  for (const one of hidden) one.visible = false;
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
    relit() {
      if (scene.background === null) return;
      ({ background, environment } = scene);
      scene.background = null;
      if (estimated && estimate?.environment) scene.environment = estimate.environment;
    },
    undo() {
      estimate?.removeEventListener("estimationstart", begin);
      estimate?.removeFromParent();
      ours.removeFromParent();
      for (const one of hidden) one.visible = true;
      Object.assign(scene, { background, environment });
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
