/** The real surfaces that are pointed at: by hit test where the device has it, else a floor at the height of the feet. */

import { Matrix4, Quaternion, Vector3 } from "three";
import type { Stage } from "../contract.ts";
import type { FoundPlane } from "./anchoring.ts";
import type { Pointers } from "./pointers.ts";
import { headOf } from "./body.ts";

/** A spot on a surface, in the world. Its rotation's Y axis is the surface's normal. */
export interface Surface {
  position: Vector3;
  rotation: Quaternion;
  vertical: boolean;
}

export interface Surfaces {
  /** What is pointed at: by a controller or hand, else by the middle of the view. */
  at(frame: XRFrame): Surface | undefined;
  /** All planes that the device has found; undefined where it does not tell. */
  planes(frame: XRFrame): FoundPlane[] | undefined;
  dispose(): void;
}

/** Metres: a floor farther away is not pointed at. */
const REACH = 12;

/** Look for surfaces in a session. */
export function makeSurfaces(stage: Stage, session: XRSession, pointers: Pointers): Surfaces {
  const tests = new Map<XRInputSource | "viewer", XRHitTestSource | "asked">();

  function ask(key: XRInputSource | "viewer", space: XRSpace): void {
    if (tests.has(key) || !session.requestHitTestSource) return;
    tests.set(key, "asked");
    session.requestHitTestSource({ space })?.then(
      (test) => tests.set(key, test),
      () => {
        // Without the feature, the floor is where the feet are.
      },
    );
  }

  session.requestReferenceSpace("viewer").then((space) => ask("viewer", space), () => {});

  function hit(key: XRInputSource | "viewer", frame: XRFrame): Surface | undefined {
    const test = tests.get(key);
    const space = stage.renderer.xr.getReferenceSpace();
    if (!test || test === "asked" || !space) return undefined;
    let results: readonly XRHitTestResult[];
    try {
      results = frame.getHitTestResults(test);
    } catch {
      // It was made after this frame began.
      return undefined;
    }
    for (const result of results) {
      const pose = result.getPose(space);
      if (!pose) continue;
      const matrix = new Matrix4().fromArray(pose.transform.matrix).premultiply(stage.rig.matrixWorld);
      const position = new Vector3();
      const rotation = new Quaternion();
      matrix.decompose(position, rotation, new Vector3());
      const up = new Vector3(0, 1, 0).applyQuaternion(rotation).y;
      // Nothing stands on a ceiling.
      if (up > -0.5) return { position, rotation, vertical: up < 0.5 };
    }
    return undefined;
  }

  function floorAlong(origin: Vector3, direction: Vector3): Surface | undefined {
    const way = -origin.y / direction.y;
    if (!(way > 0 && way < REACH)) return undefined;
    return { position: origin.clone().addScaledVector(direction, way), rotation: new Quaternion(), vertical: false };
  }

  return {
    at(frame) {
      const tracked = [...pointers.all.values()].filter((one) => !one.onScreen);
      tracked.sort((one) => one.source.handedness === "right" ? -1 : 1);
      for (const pointer of tracked) ask(pointer.source, pointer.source.targetRaySpace);
      const hits = session.enabledFeatures?.includes("hit-test") ?? [...tests.values()].some((one) => one !== "asked");
      if (hits) {
        for (const { source } of tracked) {
          const found = hit(source, frame);
          if (found) return found;
        }
        return tracked.length === 0 ? hit("viewer", frame) : undefined;
      }
      for (const pointer of tracked) {
        const found = floorAlong(pointer.origin, pointer.direction);
        if (found) return found;
      }
      const head = headOf(stage, frame);
      return head && floorAlong(head.position, new Vector3(0, 0, -1).applyQuaternion(head.quaternion));
    },
    planes(frame) {
      if (!session.enabledFeatures?.includes("plane-detection")) return undefined;
      return [...(frame.detectedPlanes ?? [])].map((plane) => {
        const [x, z] = [plane.polygon.map((point) => point.x), plane.polygon.map((point) => point.z)];
        return {
          vertical: plane.orientation === "vertical",
          width: Math.max(...x) - Math.min(...x),
          depth: Math.max(...z) - Math.min(...z),
        };
      });
    },
    dispose() {
      for (const test of tests.values()) {
        if (test === "asked") continue;
        try {
          test.cancel();
        } catch {
          // The session took it along.
        }
      }
      tests.clear();
    },
  };
}
