/** Moving what stands: one finger or ray drags and twists it, two turn and scale it. */

import { Quaternion, Vector3 } from "three";
import type { Pointer } from "./pointers.ts";
import { type Limits, onLevel, pairChange, scaleWithin, type Standing, type Touch, twist } from "./standing.ts";

/** Metres on the surface, radians of a hand: less is a tap. */
const STILL = 0.03;
const STILL_HAND = 0.12;

export interface Gestures {
  press(pointer: Pointer, head: Quaternion): void;
  release(pointer: Pointer): void;
  /** Follow the pointers; true while something changes. */
  update(standing: Standing, limits: Limits, head: Quaternion): boolean;
  /** Whether the press that just ended, or goes on, was more than a tap. */
  readonly moved: boolean;
}

interface One {
  pointer: Pointer;
  rotation: Quaternion;
  point?: Vector3;
  from?: { position: Vector3; yaw: number };
}

/** Gestures on one thing. */
export function makeGestures(): Gestures {
  const pressed: One[] = [];
  let pair: { touches: [Touch, Touch]; yaw: number; scale: number } | undefined;
  let moved = false;

  function restart(): void {
    pair = undefined;
    for (const one of pressed) {
      one.point = one.from = undefined;
      one.rotation.copy(one.pointer.rotation);
    }
  }

  return {
    get moved() {
      return moved;
    },
    press(pointer) {
      if (pressed.length === 0) moved = false;
      if (pressed.length < 2 && !pressed.some((one) => one.pointer === pointer)) {
        pressed.push({ pointer, rotation: pointer.rotation.clone() });
      }
      restart();
    },
    release(pointer) {
      const index = pressed.findIndex((one) => one.pointer === pointer);
      if (index >= 0) pressed.splice(index, 1);
      restart();
    },
    update(standing, limits, head) {
      if (pressed.length === 2) {
        const touches = pressed.map((one) => touchOf(one.pointer, head)) as [Touch, Touch];
        pair ??= { touches, yaw: standing.yaw, scale: standing.scale };
        const { factor, turn } = pairChange(pair.touches, touches);
        standing.scale = scaleWithin(pair.scale * factor, limits);
        standing.yaw = pair.yaw + turn;
        moved = true;
        return true;
      }
      const [one] = pressed;
      if (!one) return false;
      const point = onLevel(one.pointer.origin, one.pointer.direction, standing.position.y);
      if (!point) return moved;
      if (!one.point || !one.from) {
        one.point = point;
        one.from = { position: standing.position.clone(), yaw: standing.yaw };
        return false;
      }
      const turned = one.pointer.onScreen ? 0 : twist(one.rotation, one.pointer.rotation);
      if (point.distanceTo(one.point) > STILL || Math.abs(turned) > STILL_HAND) moved = true;
      if (!moved) return false;
      standing.position.copy(one.from.position).add(point).sub(one.point);
      standing.yaw = one.from.yaw + turned;
      return true;
    },
  };
}

/** A finger where it is on the screen, a hand as seen from above. */
function touchOf(pointer: Pointer, head: Quaternion): Touch {
  if (!pointer.onScreen) return { x: pointer.origin.x, y: -pointer.origin.z };
  const seen = pointer.direction.clone().applyQuaternion(head.clone().invert());
  return { x: -seen.x / seen.z, y: -seen.y / seen.z };
}
