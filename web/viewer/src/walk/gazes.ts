/** Gazes: where a visitor stands and looks, from the manifest's viewpoints and towards places. Metres, radians. */

import { Vector3 } from "three";
import type { Gaze, Viewpoint } from "../contract.ts";

/** Height of a visitor's eyes above the feet, metres. */
export const EYES = 1.6;
/** As far as one nods, radians. */
export const STEEPEST = 1.35;

/** Whether a viewpoint says where the feet are (spawn, waypoints, portals) or the eyes (a placard's `view`). */
export type Measured = "feet" | "eyes";

/** The gaze of a viewpoint. Eyes are brought to the visitor's own height, over the floor. */
export function gazeOf(viewpoint: Viewpoint | undefined, measured: Measured = "feet"): Gaze {
  const [x, y, z] = viewpoint?.translation ?? [0, 0, 0];
  const [qx, qy, qz, qw] = viewpoint?.rotation ?? [0, 0, 0, 1];
  // Where −Z of its frame goes.
  const forward = new Vector3(-2 * (qx * qz + qy * qw), -2 * (qy * qz - qx * qw), -1 + 2 * (qx * qx + qy * qy));
  const { yaw, pitch } = directionOf(forward);
  return { position: new Vector3(x, measured === "feet" ? y : 0, z), yaw, pitch };
}

/** Stand at `position` and look at `target`. */
export function lookingAt(position: Vector3, target: Vector3): Gaze {
  const { yaw, pitch } = directionOf(target.clone().sub(position).setY(target.y - position.y - EYES));
  return { position: position.clone(), yaw, pitch };
}

/** Yaw and pitch of a direction; straight up or down looks north. */
export function directionOf(forward: Vector3): { yaw: number; pitch: number } {
  const level = Math.hypot(forward.x, forward.z);
  return {
    yaw: level > 1e-9 ? Math.atan2(-forward.x, -forward.z) : 0,
    pitch: clampPitch(Math.atan2(forward.y, level)),
  };
}

export function clampPitch(pitch: number): number {
  return Math.max(-STEEPEST, Math.min(STEEPEST, pitch));
}

/** The shorter way from one yaw to another, radians from −π to π. */
export function turnBetween(from: number, to: number): number {
  const turn = (to - from) % (2 * Math.PI);
  return turn > Math.PI ? turn - 2 * Math.PI : turn < -Math.PI ? turn + 2 * Math.PI : turn;
}
