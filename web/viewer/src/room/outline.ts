/** Plane geometry of floors: polygons of corners [x, z]. Pure. */

export type Point = readonly [number, number];

/** Whether a point is inside. */
export function contains(polygon: readonly Point[], x: number, z: number): boolean {
  let inside = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [ax, az] = polygon[i];
    const [bx, bz] = polygon[j];
    if (az > z !== bz > z && x < (bx - ax) * (z - az) / (bz - az) + ax) inside = !inside;
  }
  return inside;
}

/** Distance from a point to a stretch between two points, in metres. */
export function distanceTo(x: number, z: number, [ax, az]: Point, [bx, bz]: Point): number {
  const dx = bx - ax;
  const dz = bz - az;
  const length = dx * dx + dz * dz;
  const t = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - ax) * dx + (z - az) * dz) / length));
  return Math.hypot(x - ax - t * dx, z - az - t * dz);
}

/** Middle of its corners. */
export function middleOf(polygon: readonly Point[]): Point {
  const sum = polygon.reduce<[number, number]>(([x, z], [px, pz]) => [x + px, z + pz], [0, 0]);
  return [sum[0] / polygon.length, sum[1] / polygon.length];
}
