/** The sticks of controllers: forward aims a throw and letting go goes there; sideways turns by steps; or smooth walking. */

import type { Pointer } from "./pointers.ts";

const PUSHED = 0.7;
const LET_GO = 0.3;
const DEAD = 0.15;

export interface Sticks {
  /** Read them. Hands and phones have none. */
  update(pointers: Iterable<Pointer>): void;
  readonly aiming: Pointer | undefined;
}

export interface StickWishes {
  /** The stick that aimed was let go. */
  go(pointer: Pointer): void;
  /** 1 to the left, −1 to the right. */
  step(side: 1 | -1): void;
  /** Each frame in which the left stick is pushed and walking is smooth: −1…1 to the right and forward. */
  walk(right: number, forward: number): void;
}

/** `smooth` is asked each frame: whether the left stick walks. */
export function makeSticks(wishes: StickWishes, smooth: () => boolean): Sticks {
  const turned = new WeakSet<XRInputSource>();
  let aiming: Pointer | undefined;
  return {
    get aiming() {
      return aiming;
    },
    update(pointers) {
      const present = new Set<Pointer>();
      for (const pointer of pointers) {
        const { axes } = pointer.source.gamepad ?? { axes: [] };
        if (axes.length < 2) continue;
        present.add(pointer);
        // xr-standard: a touchpad first, then the stick.
        const [x, y] = axes.length >= 4 ? [axes[2], axes[3]] : [axes[0], axes[1]];
        if (smooth() && pointer.source.handedness === "left") {
          if (Math.hypot(x, y) > DEAD) wishes.walk(x, -y);
          continue;
        }
        if (aiming === undefined && y < -PUSHED) aiming = pointer;
        else if (aiming === pointer && y > -LET_GO) {
          aiming = undefined;
          wishes.go(pointer);
        }
        if (aiming === pointer) continue;
        if (Math.abs(x) < LET_GO) turned.delete(pointer.source);
        else if (Math.abs(x) > PUSHED && !turned.has(pointer.source)) {
          turned.add(pointer.source);
          wishes.step(x < 0 ? 1 : -1);
        }
      }
      if (aiming && !present.has(aiming)) aiming = undefined;
    },
  };
}
