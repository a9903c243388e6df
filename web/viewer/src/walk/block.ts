/** A block: an upright box over a turned rectangle of the floor, that feet cannot stand in. Metres. */

import type { Point } from "./polygon.ts";

export interface Block {
  /** Its middle. */
  readonly x: number;
  readonly z: number;
  /** Unit vector along its length. */
  readonly ux: number;
  readonly uz: number;
  readonly halfLength: number;
  readonly halfDepth: number;
}

/** The way out of a block: a unit vector, and how far the point is from its side (negative inside). */
export interface WayOut {
  readonly x: number;
  readonly z: number;
  readonly distance: number;
}

/** A block over the line between two points. */
export function blockBetween(start: Point, end: Point, depth: number): Block {
  const length = Math.hypot(end[0] - start[0], end[1] - start[1]);
  return {
    x: (start[0] + end[0]) / 2,
    z: (start[1] + end[1]) / 2,
    ux: length > 0 ? (end[0] - start[0]) / length : 1,
    uz: length > 0 ? (end[1] - start[1]) / length : 0,
    halfLength: length / 2,
    halfDepth: depth / 2,
  };
}

/** From the block to the point, the shortest way. */
export function wayOut(block: Block, x: number, z: number): WayOut {
  const along = (x - block.x) * block.ux + (z - block.z) * block.uz;
  const across = (z - block.z) * block.ux - (x - block.x) * block.uz;
  const beyond = Math.abs(along) - block.halfLength;
  const beside = Math.abs(across) - block.halfDepth;
  const outX = Math.max(beyond, 0) * Math.sign(along);
  const outZ = Math.max(beside, 0) * Math.sign(across);
  const distance = Math.hypot(outX, outZ);
  if (distance > 0) return turned(block, outX / distance, outZ / distance, distance);
  return beyond > beside ? turned(block, along < 0 ? -1 : 1, 0, beyond) : turned(block, 0, across < 0 ? -1 : 1, beside);
}

function turned(block: Block, along: number, across: number, distance: number): WayOut {
  return { x: along * block.ux - across * block.uz, z: along * block.uz + across * block.ux, distance };
}
