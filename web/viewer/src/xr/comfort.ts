/** What keeps stomachs calm: nothing glides unless the visitor wants it, and then the edge of the view darkens. */

import { Mesh, MeshBasicMaterial, RingGeometry } from "three";
import type { Stage } from "../contract.ts";

const KEPT = "exhibit-smooth-walking";

export interface Comfort {
  /** Smooth walking with the left stick; kept for the next visit. */
  smooth: boolean;
  /** Darken the edge while that is true. */
  moving(now: boolean): void;
  dispose(): void;
}

/** The visitor's choices, and the dark edge. */
export function makeComfort(stage: Stage): Comfort {
  const geometry = new RingGeometry(0.16, 1.2, 48);
  const material = new MeshBasicMaterial({ color: 0, transparent: true, opacity: 0.85, depthTest: false });
  const edge = new Mesh(geometry, material);
  edge.name = "xr-vignette";
  edge.position.z = -0.25;
  edge.renderOrder = 1000;
  edge.visible = false;
  stage.camera.add(edge);
  let smooth = kept();
  return {
    get smooth() {
      return smooth;
    },
    set smooth(wanted) {
      smooth = wanted;
      try {
        localStorage.setItem(KEPT, wanted ? "yes" : "no");
      } catch {
        // Storage may be forbidden: then the choice holds for this visit.
      }
    },
    moving(now) {
      edge.visible = now;
    },
    dispose() {
      edge.removeFromParent();
      geometry.dispose();
      material.dispose();
    },
  };
}

function kept(): boolean {
  try {
    return localStorage.getItem(KEPT) === "yes";
  } catch {
    return false;
  }
}
