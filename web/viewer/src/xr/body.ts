/** The visitor's body in a headset: where the head is, standing it somewhere, turning it about itself. */

import { Euler, Matrix4, Quaternion, Vector3 } from "three";
import type { Gaze, Stage } from "../contract.ts";

const UP = new Vector3(0, 1, 0);

/** The head in the world, if the device knows it in this frame. `yaw` as in Gaze. */
export function headOf(
  stage: Stage,
  frame: XRFrame,
): { position: Vector3; quaternion: Quaternion; yaw: number } | undefined {
  const space = stage.renderer.xr.getReferenceSpace();
  const pose = space && frame.getViewerPose(space);
  if (!pose) return undefined;
  stage.rig.updateMatrixWorld();
  const matrix = new Matrix4().fromArray(pose.transform.matrix).premultiply(stage.rig.matrixWorld);
  const position = new Vector3();
  const quaternion = new Quaternion();
  matrix.decompose(position, quaternion, new Vector3());
  return { position, quaternion, yaw: yawOf(quaternion) };
}

/** The turn about +Y of a rotation, as one sees it from above. */
export function yawOf(rotation: Quaternion): number {
  return new Euler().setFromQuaternion(rotation, "YXZ").y;
}

/** Move the rig so that the head is above `to` and looks its way. */
export function seat(stage: Stage, frame: XRFrame, to: Pick<Gaze, "position" | "yaw">): void {
  const head = headOf(stage, frame);
  if (!head) return;
  turn(stage, head.position, to.yaw - head.yaw);
  moveHead(stage, head.position, to.position);
}

/** Move the rig so that the head, now at `head`, is above `to`. */
export function moveHead(stage: Stage, head: Vector3, to: Vector3): void {
  stage.rig.position.x += to.x - head.x;
  stage.rig.position.z += to.z - head.z;
  stage.rig.position.y = to.y;
  stage.rig.updateMatrixWorld(true);
}

/** Turn the rig about the head by `angle` radians, counter-clockwise seen from above. */
export function turn(stage: Stage, head: Vector3, angle: number): void {
  const { rig } = stage;
  const height = rig.position.y;
  rig.position.sub(head).applyAxisAngle(UP, angle).add(head).setY(height);
  rig.rotation.set(0, yawOf(rig.quaternion) + angle, 0);
  rig.updateMatrixWorld(true);
}
