/** What a level of the frame budget means, and where a device begins. */

import type { Quality } from "../contract.ts";

/** The most pixels of the screen that one pixel of the page may have: more is not seen. */
const FINEST = 2;

/** The quality at `level` of 0 to 1, on a screen of `devicePixelRatio`. */
export function qualityAt(level: number, devicePixelRatio: number): Quality {
  const finest = Math.min(FINEST, devicePixelRatio);
  return {
    level,
    pixelRatio: Math.min(finest, [0.6, 0.8, 1, 1.5, FINEST][Math.round(level * 4)]),
    shadows: level >= 0.5,
    detail: 0.4 + 0.6 * level,
  };
}

/** The ratio for a picture that stands still: one frame of it can cost more. Without smoothed edges, finer than the screen. */
export function finestRatio(devicePixelRatio: number, smooth: boolean): number {
  return Math.min(FINEST, Math.max(devicePixelRatio, smooth ? 0 : 1.5 * Math.min(1, devicePixelRatio)));
}

/** Where the frame budget begins: by what draws, and what kind of device it is. */
export function firstLevel(software: boolean, browser: Navigator): number {
  if (software) return 0.25;
  return isHandheld(browser) ? 0.5 : 1;
}

/** Whether it is a phone or a tablet, or has the memory of one. */
export function isHandheld(browser: Navigator): boolean {
  const memory = (browser as { deviceMemory?: number }).deviceMemory;
  return (memory !== undefined && memory <= 4) || matchMedia("(pointer: coarse)").matches;
}
