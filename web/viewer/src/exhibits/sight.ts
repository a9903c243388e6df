/** How a visitor sees what stands in the hall: how large on the screen, how far, and whether at all. */

import { type Box3, Frustum, Matrix4, type Object3D, type PerspectiveCamera, Vector3 } from "three";

export interface Seen {
  /** Height on the screen as a part of the view's height, wherever one looks. */
  size: number;
  /** To its nearest side, in metres of the hall. */
  distance: number;
  inView: boolean;
  /** Whether its middle is in view, not merely an edge. */
  ahead: boolean;
}

/** Looks from `camera` at boxes in the space of `hall`. One look costs little; make a new sight for each round. */
export function sightOf(camera: PerspectiveCamera, hall: Object3D): (box: Box3) => Seen {
  camera.updateWorldMatrix(true, false);
  hall.updateWorldMatrix(true, false);
  const toCamera = new Matrix4().copy(camera.matrixWorld).invert().multiply(hall.matrixWorld);
  const frustum = new Frustum().setFromProjectionMatrix(
    new Matrix4().multiplyMatrices(camera.projectionMatrix, toCamera),
  );
  const eye = new Vector3().setFromMatrixPosition(camera.matrixWorld).applyMatrix4(
    new Matrix4().copy(hall.matrixWorld).invert(),
  );
  // In a headset the projection need not be symmetric; its second row still tells the height of the view.
  const height = 2 / Math.abs(camera.projectionMatrix.elements[5] || 1);
  const [middle, size] = [new Vector3(), new Vector3()];
  return (box) => {
    const distance = box.distanceToPoint(eye);
    const far = Math.max(0.3, box.getCenter(middle).distanceTo(eye));
    return {
      size: box.getSize(size).length() * 0.8 / (far * height),
      distance,
      inView: frustum.intersectsBox(box),
      ahead: frustum.containsPoint(middle),
    };
  };
}
