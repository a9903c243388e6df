/** From what the visitor wants to how the feet move: soft beginnings and ends, the same at every frame rate. Pure. */

import type { Wish } from "./wish.ts";

/** Metres a second. */
const WALK = 1.6;
const HURRY = 3;
/** Radians a second. */
const TURN = 1.9;
const NOD = 1.2;
/** Seconds in which two thirds of a change of speed are done. */
const SOFTNESS = 0.09;
/** Below this nobody sees a movement. Metres or radians a second. */
const STILL = 0.004;

/** Speeds in the visitor's own frame: metres and radians a second. */
export interface Motion {
  forward: number;
  right: number;
  turn: number;
  nod: number;
}

export const AT_REST: Motion = { forward: 0, right: 0, turn: 0, nod: 0 };

/** The motion `seconds` later, and how far one came meanwhile in each of its directions. */
export function moved(motion: Motion, wish: Wish, seconds: number): { motion: Motion; by: Motion } {
  const speed = wish.fast ? HURRY : WALK;
  const wanted: Motion = {
    forward: wish.forward * speed,
    right: wish.right * speed,
    turn: wish.turn * TURN,
    nod: wish.nod * NOD,
  };
  const left = Math.exp(-seconds / SOFTNESS);
  const next = { ...AT_REST }, by = { ...AT_REST };
  for (const way of ["forward", "right", "turn", "nod"] as const) {
    const behind = motion[way] - wanted[way];
    next[way] = wanted[way] + behind * left;
    by[way] = wanted[way] * seconds + behind * SOFTNESS * (1 - left);
    if (wanted[way] === 0 && Math.abs(next[way]) < STILL) next[way] = 0;
  }
  return { motion: next, by };
}

export function isAtRest({ forward, right, turn, nod }: Motion): boolean {
  return forward === 0 && right === 0 && turn === 0 && nod === 0;
}
