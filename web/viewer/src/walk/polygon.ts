/** Polygons on the floor: lists of corners [x, z] in metres; the last joins the first. */

export type Point = readonly [x: number, z: number];

/** Whether the point is within the polygon (even-odd rule). */
export function contains(polygon: readonly Point[], x: number, z: number): boolean {
  let inside = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [ax, az] = polygon[i]!;
    const [bx, bz] = polygon[j]!;
    if (az > z !== bz > z && x < ((bx - ax) * (z - az)) / (bz - az) + ax) inside = !inside;
  }
  return inside;
}

/** The mean of the corners. */
export function middle(polygon: readonly Point[]): Point {
  let x = 0, z = 0;
  for (const corner of polygon) {
    x += corner[0] / polygon.length;
    z += corner[1] / polygon.length;
  }
  return [x, z];
}

/** How far the point is from the polygon's area, in metres; 0 within. */
export function distanceTo(polygon: readonly Point[], x: number, z: number): number {
  if (contains(polygon, x, z)) return 0;
  let least = Infinity;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [ax, az] = polygon[j]!;
    const [bx, bz] = polygon[i]!;
    const squared = (bx - ax) ** 2 + (bz - az) ** 2;
    const along = squared === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (z - az) * (bz - az)) / squared));
    least = Math.min(least, Math.hypot(x - ax - along * (bx - ax), z - az - along * (bz - az)));
  }
  return least;
}
