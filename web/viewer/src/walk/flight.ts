/** A flight: an eased glide from one gaze to another. Pure. */

import type { Gaze } from "../contract.ts";
import { turnBetween } from "./gazes.ts";

const LEAST_SECONDS = 0.7;
const MOST_SECONDS = 4;
/** Metres a second, on average. */
const SPEED = 3.2;
/** Radians a second, on average. */
const TURNING = 1.6;

export interface Flight {
  readonly seconds: number;
  /** Where one is after so many seconds. */
  at(seconds: number): Gaze;
}

/** A flight; without `seconds`, as long as it is comfortable. */
export function flightBetween(from: Gaze, to: Gaze, seconds?: number): Flight {
  const turn = turnBetween(from.yaw, to.yaw);
  const comfortable = Math.max(from.position.distanceTo(to.position) / SPEED, Math.abs(turn) / TURNING);
  const lasting = seconds ?? Math.min(MOST_SECONDS, Math.max(LEAST_SECONDS, comfortable));
  return {
    seconds: lasting,
    at(now) {
      const share = eased(lasting > 0 ? Math.min(1, now / lasting) : 1);
      return {
        position: from.position.clone().lerp(to.position, share),
        yaw: from.yaw + turn * share,
        pitch: from.pitch + (to.pitch - from.pitch) * share,
      };
    },
  };
}

/** Slow, quick, slow: no jerk at either end. */
function eased(share: number): number {
  return share * share * share * (share * (6 * share - 15) + 10);
}
