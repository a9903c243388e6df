/** The stick on the screen, left below, for thumbs. It shows itself once the screen is touched. */

import { NOTHING, type Wish } from "./wish.ts";

/** Pixels. */
const SIZE = 116;
const KNOB = 52;
const REACH = (SIZE - KNOB) / 2;

export interface Stick {
  readonly element: HTMLElement;
  wish(): Wish;
  /** Let go, and hidden while the visitor cannot walk. */
  clear(): void;
  show(shown: boolean): void;
  dispose(): void;
}

/** A stick beside the canvas. For screen readers it is not there: they have the list of exhibits, and keys. */
export function makeStick(canvas: HTMLCanvasElement, stir: () => void): Stick {
  const element = document.createElement("div");
  const knob = document.createElement("div");
  element.className = "walk-stick";
  element.setAttribute("aria-hidden", "true");
  element.append(knob);
  Object.assign(element.style, {
    position: "fixed",
    left: "calc(env(safe-area-inset-left, 0px) + 20px)",
    bottom: "calc(env(safe-area-inset-bottom, 0px) + 28px)",
    width: `${SIZE}px`,
    height: `${SIZE}px`,
    borderRadius: "50%",
    background: "rgb(255 255 255 / 0.35)",
    border: "1px solid rgb(60 50 40 / 0.35)",
    touchAction: "none",
    userSelect: "none",
    display: "none",
  });
  Object.assign(knob.style, {
    position: "absolute",
    left: `${REACH}px`,
    top: `${REACH}px`,
    width: `${KNOB}px`,
    height: `${KNOB}px`,
    borderRadius: "50%",
    background: "rgb(255 255 255 / 0.85)",
    boxShadow: "0 1px 6px rgb(40 30 20 / 0.35)",
    pointerEvents: "none",
  });
  canvas.after(element);

  let held: number | undefined;
  let x = 0, y = 0;
  let touched = matchMedia("(any-pointer: coarse)").matches;
  let allowed = true;
  const listening = new AbortController();
  const { signal } = listening;
  const appear = () => void (element.style.display = touched && allowed ? "block" : "none");

  function put(toX: number, toY: number): void {
    const far = Math.max(1, Math.hypot(toX, toY));
    x = toX / far;
    y = toY / far;
    knob.style.transform = `translate(${x * REACH}px, ${y * REACH}px)`;
  }

  function follow(event: PointerEvent): void {
    const { left, top, width, height } = element.getBoundingClientRect();
    put((event.clientX - left - width / 2) / REACH, (event.clientY - top - height / 2) / REACH);
    stir();
  }

  function letGo(): void {
    held = undefined;
    put(0, 0);
  }

  element.addEventListener("pointerdown", (event) => {
    if (held !== undefined) return;
    held = event.pointerId;
    element.setPointerCapture(held);
    follow(event);
  }, { signal });
  element.addEventListener("pointermove", (event) => event.pointerId === held && follow(event), { signal });
  for (const name of ["pointerup", "pointercancel", "lostpointercapture"] as const) {
    element.addEventListener(name, (event) => event.pointerId === held && letGo(), { signal });
  }
  addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "touch" || touched) return;
    touched = true;
    appear();
  }, { signal, capture: true });
  appear();

  return {
    element,
    wish: () => (x === 0 && y === 0 ? NOTHING : { ...NOTHING, forward: -y, right: x }),
    clear: letGo,
    show(shown) {
      allowed = shown;
      if (!shown) letGo();
      appear();
    },
    dispose() {
      listening.abort();
      element.remove();
    },
  };
}
