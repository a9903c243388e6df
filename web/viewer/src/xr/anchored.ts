/** Keeping what stands where it stands: an anchor of the device, whose corrections the thing follows. */

import { Matrix4, Quaternion, Vector3 } from "three";
import { yawOf } from "./body.ts";
import type { Standing } from "./standing.ts";

export interface Anchored {
  /** Hold there from now on, in place of where it was held. Without anchors in the session nothing happens. */
  hold(standing: Standing, frame: XRFrame, space: XRReferenceSpace): void;
  /** Move `standing` as the device corrects itself; true if it did. */
  follow(standing: Standing, frame: XRFrame, space: XRReferenceSpace): boolean;
  readonly held: boolean;
  drop(): void;
}

/** For one thing in one session. */
export function makeAnchored(session: XRSession): Anchored {
  let anchor: XRAnchor | undefined;
  let last: { position: Vector3; yaw: number } | undefined;
  let wish = 0;

  function drop(): void {
    wish += 1;
    try {
      anchor?.delete();
    } catch {
      // The session took it along.
    }
    anchor = last = undefined;
  }

  return {
    get held() {
      return anchor !== undefined;
    },
    drop,
    hold(standing, frame, space) {
      drop();
      const mine = wish;
      if (session.enabledFeatures && !session.enabledFeatures.includes("anchors")) return;
      const { x, y, z } = standing.position;
      frame.createAnchor?.(new XRRigidTransform({ x, y, z }), space)?.then((given) => {
        if (mine === wish) anchor = given;
        else given.delete();
      }, () => {
        // Then it stands by the device's tracking alone.
      });
    },
    follow(standing, frame, space) {
      if (!anchor) return false;
      const pose = frame.getPose(anchor.anchorSpace, space);
      if (!pose) return false;
      const matrix = new Matrix4().fromArray(pose.transform.matrix);
      const position = new Vector3();
      const rotation = new Quaternion();
      matrix.decompose(position, rotation, new Vector3());
      const yaw = yawOf(rotation);
      const before = last;
      last = { position, yaw };
      if (!before || (before.position.distanceTo(position) < 1e-4 && Math.abs(before.yaw - yaw) < 1e-4)) return false;
      standing.position.add(position).sub(before.position);
      standing.yaw += yaw - before.yaw;
      return true;
    },
  };
}
