/** How sharply each board is drawn: by how large it is seen, within what the machine can hold. Pure. */

import type { Quality } from "../contract.ts";

/** Pixels of the longer side. */
const SHARPNESS = [320, 768, 1280, 1920] as const;
/** Smaller than this on the screen it is a leaf of paper. Pixels. */
const LEAST_SEEN = 44;

/** Pixels of the longer side for a board that is seen so large (in pixels of the screen); 0: not worth drawing. */
export function sharpnessFor(seen: number, quality: Quality): number {
  if (seen < LEAST_SEEN) return 0;
  const most = quality.level < 0.4 ? SHARPNESS[1] : quality.level < 0.8 ? SHARPNESS[2] : SHARPNESS[3];
  return Math.min(most, SHARPNESS.find((pixels) => pixels >= seen * 0.95) ?? SHARPNESS[3]);
}

/** How many boards are held drawn at once. */
export function mostDrawn(quality: Quality): number {
  return quality.level < 0.4 ? 10 : 24;
}
