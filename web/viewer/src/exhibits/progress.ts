/** How much of what is wanted is here, in bytes, so that a progress bar can be true. Pure. */

import type { Rung } from "./ladder.ts";

/** What is wanted of an exhibit, by index among its forms, and which form is shown. */
interface Wanting {
  readonly rungs: readonly Rung[];
  readonly wanted: number;
  readonly rung: Rung | undefined;
}

/** Bytes and files of all models that are wanted, each file once; pictures are not counted. */
export function progressOf(all: readonly Wanting[]): { loaded: number; total: number; files: number; of: number } {
  const here = new Set<string>();
  const wanted = new Map<string, number>();
  for (const { rungs, wanted: at, rung } of all) {
    const target = rungs[Math.min(at, rungs.length - 1)];
    if (!target || target.form === "poster") continue;
    wanted.set(target.file.sha256, target.file.bytes);
    if (rung && rungs.indexOf(rung) >= rungs.indexOf(target)) here.add(target.file.sha256);
  }
  let loaded = 0;
  let total = 0;
  for (const [sha256, bytes] of wanted) {
    total += bytes;
    if (here.has(sha256)) loaded += bytes;
  }
  return { loaded, total, files: here.size, of: wanted.size };
}
