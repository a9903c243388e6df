/** The ring that shows where something would be placed, and its footprint to scale. */

import {
  BufferGeometry,
  Group,
  LineBasicMaterial,
  LineLoop,
  Mesh,
  MeshBasicMaterial,
  RingGeometry,
  Vector3,
} from "three";
import type { Stage } from "../contract.ts";
import type { Surface } from "./surfaces.ts";

export interface Reticle {
  readonly root: Group;
  show(surface: Surface): void;
  hide(): void;
  dispose(): void;
}

/** Make it, hidden. */
export function makeReticle(stage: Stage): Reticle {
  const ring = new RingGeometry(0.075, 0.09, 48).rotateX(-Math.PI / 2);
  const dot = new RingGeometry(0, 0.012, 24).rotateX(-Math.PI / 2);
  const cross = new BufferGeometry().setFromPoints([new Vector3(0, 0, -0.13), new Vector3(0, 0, -0.095)]);
  const material = new MeshBasicMaterial({ color: 0xffffff, transparent: true, opacity: 0.95, depthWrite: false });
  const line = new LineBasicMaterial({ color: 0xb3341e });
  const root = new Group();
  root.name = "xr-reticle";
  root.visible = false;
  root.add(new Mesh(ring, material), new Mesh(dot, material), new LineLoop(cross, line));
  stage.scene.add(root);
  return {
    root,
    show(surface) {
      root.position.copy(surface.position);
      root.quaternion.copy(surface.rotation);
      root.visible = true;
    },
    hide() {
      root.visible = false;
    },
    dispose() {
      root.removeFromParent();
      for (const resource of [ring, dot, cross, material, line]) resource.dispose();
    },
  };
}
