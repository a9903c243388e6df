/** What the visitor's hands want of the walk now, whatever they hold: keys, a stick, a gamepad. Pure. */

export interface Wish {
  /** −1 to 1; forward and to the right are positive. */
  forward: number;
  right: number;
  /** −1 to 1; to the left and upwards are positive. */
  turn: number;
  nod: number;
  fast: boolean;
}

export const NOTHING: Wish = { forward: 0, right: 0, turn: 0, nod: 0, fast: false };

/** All wishes as one; no hand walks faster than another. */
export function together(wishes: readonly Wish[]): Wish {
  const sum = wishes.reduce((all, one) => ({
    forward: all.forward + one.forward,
    right: all.right + one.right,
    turn: all.turn + one.turn,
    nod: all.nod + one.nod,
    fast: all.fast || one.fast,
  }), NOTHING);
  const length = Math.max(1, Math.hypot(sum.forward, sum.right));
  return {
    ...sum,
    forward: sum.forward / length,
    right: sum.right / length,
    turn: clamp(sum.turn),
    nod: clamp(sum.nod),
  };
}

export function wantsNothing({ forward, right, turn, nod }: Wish): boolean {
  return forward === 0 && right === 0 && turn === 0 && nod === 0;
}

function clamp(value: number): number {
  return Math.max(-1, Math.min(1, value));
}
