/** Walking on the ground of a hall: sliding along what is in the way, never through it. Pure. */

import { wayOut } from "./block.ts";
import { type Ground, RADIUS } from "./obstacles.ts";
import { contains, type Point } from "./polygon.ts";

/** Less than anyone sees, more than sums of floats are wrong by. */
const SLACK = 1e-6;
const STRIDE = RADIUS / 2;
const PUSHES = 4;

/** Whether a visitor may stand there. */
export function isFree(ground: Ground, x: number, z: number): boolean {
  if (!contains(ground.floor, x, z)) return false;
  for (const block of ground.near(x, z)) {
    if (wayOut(block, x, z).distance < RADIUS - SLACK) return false;
  }
  return true;
}

/** The free place nearest to the point (within a tenth of the way there); undefined where the whole floor is full. */
export function nearestFree(ground: Ground, x: number, z: number): Point | undefined {
  if (isFree(ground, x, z)) return [x, z];
  const farthest = ground.floor.reduce((far, [cx, cz]) => Math.max(far, Math.hypot(cx - x, cz - z)), 0);
  for (let radius = 0.05; radius <= farthest; radius += Math.max(0.05, radius * 0.06)) {
    const places = Math.max(8, Math.min(96, Math.ceil((2 * Math.PI * radius) / 0.1)));
    for (let place = 0; place < places; place++) {
      const angle = (2 * Math.PI * place) / places;
      const there: Point = [x + radius * Math.cos(angle), z + radius * Math.sin(angle)];
      if (isFree(ground, ...there)) return there;
    }
  }
  return undefined;
}

/** Where one comes to who goes from a place by (dx, dz) metres. From a free place one always comes to a free place. */
export function walkBy(ground: Ground, from: Point, dx: number, dz: number): Point {
  const steps = Math.ceil(Math.hypot(dx, dz) / STRIDE);
  let here = nearestFree(ground, ...from);
  if (!here) return [from[0] + dx, from[1] + dz];
  for (let step = 0; step < steps; step++) {
    const there = pushed(ground, here[0] + dx / steps, here[1] + dz / steps);
    if (!isFree(ground, ...there)) break;
    here = there;
  }
  return here;
}

/** A place moved out of all that it touches. */
function pushed(ground: Ground, x: number, z: number): Point {
  for (let push = 0; push < PUSHES; push++) {
    let moved = false;
    for (const block of ground.near(x, z)) {
      const out = wayOut(block, x, z);
      if (out.distance >= RADIUS - SLACK) continue;
      x += out.x * (RADIUS - out.distance);
      z += out.z * (RADIUS - out.distance);
      moved = true;
    }
    if (!moved) break;
  }
  return [x, z];
}
