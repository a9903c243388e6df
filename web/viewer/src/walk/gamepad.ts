/** Walking with a gamepad of the standard layout: left stick or cross walks, right stick looks, A chooses, B closes. */

import { NOTHING, type Wish } from "./wish.ts";

/** A stick at rest is never quite at zero. */
const DEAD = 0.18;
const A = 0, B = 1, LEFT_SHOULDER = 4, RIGHT_SHOULDER = 5, UP = 12, DOWN = 13, LEFT = 14, RIGHT = 15;

export interface Pad {
  wish(): Wish;
  dispose(): void;
}

/** Looks at the gamepads once a frame while there is one. `stir`: a stick was moved. */
export function listenToGamepads(stir: () => void, press: { choose(): void; close(): void }): Pad {
  let wish = NOTHING;
  let asked = 0;
  let held = new Set<number>();
  const listening = new AbortController();

  function look(): void {
    const pads = connected();
    asked = pads.length > 0 ? requestAnimationFrame(look) : 0;
    const pad = pads.find((one) => one.mapping === "standard") ?? pads[0];
    wish = pad ? wishOf(pad) : NOTHING;
    if (wish !== NOTHING) stir();
    const now = new Set(pad ? [A, B].filter((button) => pad.buttons[button]?.pressed) : []);
    if (now.has(A) && !held.has(A)) press.choose();
    if (now.has(B) && !held.has(B)) press.close();
    held = now;
  }

  addEventListener("gamepadconnected", () => {
    if (!asked) look();
  }, { signal: listening.signal });
  look();

  return {
    wish: () => wish,
    dispose() {
      listening.abort();
      cancelAnimationFrame(asked);
    },
  };
}

/** None where the page may not ask: over plain http, or in a frame that is not allowed to. */
function connected(): Gamepad[] {
  try {
    return navigator.getGamepads().flatMap((pad) => pad?.connected ? [pad] : []);
  } catch {
    return [];
  }
}

function wishOf(pad: Gamepad): Wish {
  const [walkX, walkY] = alive(pad.axes[0] ?? 0, pad.axes[1] ?? 0);
  const [lookX, lookY] = alive(pad.axes[2] ?? 0, pad.axes[3] ?? 0);
  const down = (button: number) => (pad.buttons[button]?.pressed ? 1 : 0);
  const wish = {
    forward: -walkY + down(UP) - down(DOWN),
    right: walkX + down(RIGHT) - down(LEFT),
    turn: -lookX,
    nod: -lookY,
    fast: down(LEFT_SHOULDER) + down(RIGHT_SHOULDER) > 0,
  };
  return wish.forward || wish.right || wish.turn || wish.nod ? wish : NOTHING;
}

/** A stick's place with its dead zone taken out, so that it begins softly beyond. */
function alive(x: number, y: number): [number, number] {
  const far = Math.hypot(x, y);
  if (!(far > DEAD)) return [0, 0];
  const scale = Math.min(1, (far - DEAD) / (1 - DEAD)) / far;
  return [x * scale, y * scale];
}
