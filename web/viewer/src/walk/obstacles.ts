/** What stands in a visitor's way in a hall: walls without their doors, the floor's edge, plinths, exhibits, boards. Pure. */

import type { Bounds, HallManifest, Placard, Wall } from "exhibit-client";
import { type Block, blockBetween } from "./block.ts";
import { gridOf } from "./grid.ts";
import type { Point } from "./polygon.ts";

/** Half a visitor's shoulders, metres. */
export const RADIUS = 0.28;
/** What hangs higher than this does not stop a visitor; a door lower than this does. Metres. */
const HEAD = 1.9;
/** What is lower than this is stepped over: a carpet, a mark on the floor. Metres. */
const STEP = 0.1;
const BOARD_DEPTH = 0.06;

/** Where feet can stand: on the floor, clear of the blocks. */
export interface Ground {
  readonly floor: readonly Point[];
  readonly blocks: readonly Block[];
  /** All blocks that a visitor at the point could touch. */
  near(x: number, z: number): readonly Block[];
}

/** The ground of a hall. `bounds` are those of exhibits whose size only their models told. */
export function groundOf(manifest: HallManifest, bounds: ReadonlyMap<string, Bounds> = new Map()): Ground {
  const { floor, walls = [] } = manifest.space;
  const edges = floor.map((corner, index) => blockBetween(corner, floor[(index + 1) % floor.length]!, 0));
  const boxes = manifest.exhibits.flatMap((exhibit) =>
    exhibitBlock(exhibit.bounds ?? bounds.get(exhibit.id), exhibit.plinth)
  );
  const blocks = [...edges, ...walls.flatMap(wallBlocks), ...boxes, ...manifest.placards.flatMap(boardBlock)];
  return { floor, blocks, near: gridOf(blocks, 2 * RADIUS) };
}

/** What is left of a wall beside those openings that a visitor can walk through upright. */
export function wallBlocks(wall: Wall): Block[] {
  const { start, end, thickness = 0.2, openings = [] } = wall;
  if (wall.height !== undefined && wall.height < STEP) return [];
  const length = Math.hypot(end[0] - start[0], end[1] - start[1]);
  const doors = openings.filter((opening) => (opening.height ?? 2.4) >= HEAD).toSorted((a, b) => a.start - b.start);
  const at = (metres: number): Point => {
    const share = length > 0 ? metres / length : 0;
    return [start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share];
  };
  const blocks: Block[] = [];
  let solid = 0;
  for (const door of doors) {
    if (door.start > solid) blocks.push(blockBetween(at(solid), at(Math.min(door.start, length)), thickness));
    solid = Math.max(solid, door.end);
  }
  if (solid < length || length === 0) blocks.push(blockBetween(at(Math.min(solid, length)), end, thickness));
  return blocks;
}

function exhibitBlock(bounds: Bounds | undefined, plinth = 0): Block[] {
  if (!bounds || (plinth < STEP && (bounds.min[1] >= HEAD || bounds.max[1] < STEP))) return [];
  const z = (bounds.min[2] + bounds.max[2]) / 2;
  return [blockBetween([bounds.min[0], z], [bounds.max[0], z], bounds.max[2] - bounds.min[2])];
}

/** A board stands in the way with its width, and its depth where it lies back like a lectern's. */
function boardBlock(placard: Placard): Block[] {
  const [x = 0, y = 0, z = 0] = placard.pose.translation ?? [];
  const [qx, qy, qz, qw] = placard.pose.rotation ?? [0, 0, 0, 1];
  const [width, height] = placard.size;
  const rightX = 1 - 2 * (qy * qy + qz * qz), rightZ = 2 * (qx * qz - qy * qw);
  const upX = 2 * (qx * qy - qz * qw), upY = 1 - 2 * (qx * qx + qz * qz), upZ = 2 * (qy * qz + qx * qw);
  const long = Math.hypot(rightX, rightZ);
  if (y - (Math.abs(upY) * height) / 2 >= HEAD || long < 0.1) return [];
  const half = (width * long) / 2, ux = rightX / long, uz = rightZ / long;
  const depth = Math.max(BOARD_DEPTH, height * Math.abs(upZ * ux - upX * uz));
  return [blockBetween([x - ux * half, z - uz * half], [x + ux * half, z + uz * half], depth)];
}
