/** A grid over the floor: which blocks are near a point, at the cost of one look-up however many there are. */

import type { Block } from "./block.ts";

/** Cells along the longer side, at most. */
const MOST_CELLS = 128;
const NONE: readonly Block[] = [];

/** Every block within `reach` metres of a point (and some more). */
export function gridOf(blocks: readonly Block[], reach: number): (x: number, z: number) => readonly Block[] {
  const boxes = blocks.map((block) => boxOf(block, reach));
  const left = least(boxes.map((box) => box.left)), top = least(boxes.map((box) => box.top));
  const width = -least(boxes.map((box) => -box.right)) - left;
  const depth = -least(boxes.map((box) => -box.bottom)) - top;
  const cell = Math.max(1, Math.max(width, depth) / MOST_CELLS);
  const columns = blocks.length ? Math.floor(width / cell) + 1 : 0;
  const rows = blocks.length ? Math.floor(depth / cell) + 1 : 0;
  const cells = new Map<number, Block[]>();
  boxes.forEach((box, index) => {
    const block = blocks[index]!;
    for (let row = Math.floor((box.top - top) / cell); row <= Math.floor((box.bottom - top) / cell); row++) {
      for (
        let column = Math.floor((box.left - left) / cell);
        column <= Math.floor((box.right - left) / cell);
        column++
      ) {
        const here = cells.get(row * columns + column);
        here ? here.push(block) : cells.set(row * columns + column, [block]);
      }
    }
  });
  return (x, z) => {
    const column = Math.floor((x - left) / cell), row = Math.floor((z - top) / cell);
    if (!(column >= 0 && column < columns && row >= 0 && row < rows)) return NONE;
    return cells.get(row * columns + column) ?? NONE;
  };
}

function boxOf({ x, z, ux, uz, halfLength, halfDepth }: Block, reach: number) {
  const halfWidth = Math.abs(ux) * halfLength + Math.abs(uz) * halfDepth + reach;
  const halfHeight = Math.abs(uz) * halfLength + Math.abs(ux) * halfDepth + reach;
  return { left: x - halfWidth, right: x + halfWidth, top: z - halfHeight, bottom: z + halfHeight };
}

function least(values: number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity);
}
