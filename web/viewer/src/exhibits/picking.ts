/** Which exhibit a ray hits: boxes first, then the geometry of those that are hit. */

import { Box3, Matrix4, type Object3D, Ray, Raycaster, Vector3 } from "three";
import type { ShownExhibit } from "../contract.ts";

/** The first hit of a ray in world space; where only boxes are hit, the nearest box. */
export function hit<Shown extends ShownExhibit>(
  hall: Object3D,
  exhibits: Iterable<Shown>,
  origin: Vector3,
  direction: Vector3,
): { exhibit: Shown; distance: number } | undefined {
  hall.updateWorldMatrix(true, false);
  const inward = new Matrix4().copy(hall.matrixWorld).invert();
  const ray = new Ray(origin.clone(), direction.clone().normalize()).applyMatrix4(inward);
  const point = new Vector3();
  const boxed = [...exhibits].flatMap((exhibit) => {
    const box = new Box3().copy(exhibit.bounds).expandByScalar(0.02);
    if (!ray.intersectBox(box, point)) return [];
    return [{ exhibit, distance: point.clone().applyMatrix4(hall.matrixWorld).distanceTo(origin) }];
  }).sort((a, b) => a.distance - b.distance);

  const raycaster = new Raycaster(origin, direction.clone().normalize());
  let nearest: { exhibit: Shown; distance: number } | undefined;
  for (const { exhibit, distance } of boxed) {
    if (nearest && distance > nearest.distance) break;
    const [first] = raycaster.intersectObject(exhibit.root, true);
    if (first && (!nearest || first.distance < nearest.distance)) nearest = { exhibit, distance: first.distance };
  }
  return nearest ?? boxed[0];
}
