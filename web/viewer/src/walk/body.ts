/** The visitor's body in the scene: the rig's place and turn, the camera's height and nod. Outside a headset it is ours alone. */

import { Vector3 } from "three";
import type { Gaze, Stage } from "../contract.ts";
import { clampPitch, directionOf, EYES } from "./gazes.ts";

export interface Body {
  gaze(): Gaze;
  /** Put it there at once. */
  put(gaze: Gaze): void;
  /** Turn and nod by radians. */
  look(yaw: number, pitch: number): void;
  /** The eyes, in the world. */
  eyes(): { origin: Vector3; direction: Vector3 };
}

/** The body that the stage's camera is in. */
export function makeBody(stage: Stage): Body {
  const { rig, camera, renderer } = stage;
  let pitch = 0;

  function apply(): void {
    if (!renderer.xr.isPresenting) {
      camera.position.set(0, EYES, 0);
      camera.rotation.set(pitch, 0, 0);
    }
    rig.updateMatrixWorld();
    stage.invalidate();
  }

  return {
    gaze() {
      if (!renderer.xr.isPresenting) return { position: rig.position.clone(), yaw: rig.rotation.y, pitch };
      const direction = camera.getWorldDirection(new Vector3());
      return { position: camera.getWorldPosition(new Vector3()).setY(rig.position.y), ...directionOf(direction) };
    },
    put(gaze) {
      rig.position.copy(gaze.position);
      rig.rotation.set(0, gaze.yaw, 0);
      pitch = clampPitch(gaze.pitch);
      apply();
    },
    look(yaw, by) {
      rig.rotation.y += yaw;
      pitch = clampPitch(pitch + by);
      apply();
    },
    eyes() {
      camera.updateWorldMatrix(true, false);
      return { origin: camera.getWorldPosition(new Vector3()), direction: camera.getWorldDirection(new Vector3()) };
    },
  };
}
