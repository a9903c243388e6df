/** Looking and going with mouse, pen and fingers on the canvas: drag looks, wheel and pinch go forward and back, a tap points. */

/** What pointing can ask for. Radians, metres, pixels of the page. */
export interface Pointed {
  look(yaw: number, pitch: number): void;
  dolly(metres: number): void;
  tap(x: number, y: number, twice: boolean): void;
  /** The mouse rests over the place; undefined: it left. */
  hover(place: { x: number; y: number } | undefined): void;
}

/** A pointer that moved farther than this was dragged, not clicked. Pixels. */
const DRAG = { mouse: 5, pen: 8, touch: 12 } as const;
/** A longer press is no tap. Milliseconds. */
const LONG = 600;
const TWICE = 350;
const METRES_PER_WHEEL_PIXEL = 0.005;
const METRES_PER_DOUBLED_PINCH = 2.5;
/** Pixels of a line and of a page, for mice that count in those. */
const LINES = [1, 16, 400];

interface Finger {
  x: number;
  y: number;
  startX: number;
  startY: number;
  since: number;
  dragged: boolean;
}

/** Listens to the canvas. `radiansPerPixel`: so that what is under the pointer stays under it. */
export function listenToPointers(
  canvas: HTMLCanvasElement,
  pointed: Pointed,
  radiansPerPixel: () => number,
  takesWheel: () => boolean,
): { clear(): void; dispose(): void } {
  const fingers = new Map<number, Finger>();
  let lastTap = { x: 0, y: 0, when: -Infinity };
  const listening = new AbortController();
  const { signal } = listening;
  canvas.style.touchAction = "none";

  canvas.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" && event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    const { clientX: x, clientY: y } = event;
    fingers.set(event.pointerId, { x, y, startX: x, startY: y, since: event.timeStamp, dragged: false });
    // Two fingers never tap.
    if (fingers.size > 1) { for (const finger of fingers.values()) finger.dragged = true; }
  }, { signal });

  canvas.addEventListener("pointermove", (event) => {
    const finger = fingers.get(event.pointerId);
    if (!finger) {
      return event.pointerType === "mouse" ? pointed.hover({ x: event.clientX, y: event.clientY }) : undefined;
    }
    const spread = spreadOf(fingers);
    const dx = event.clientX - finger.x, dy = event.clientY - finger.y;
    finger.x = event.clientX;
    finger.y = event.clientY;
    const far = Math.hypot(finger.x - finger.startX, finger.y - finger.startY);
    if (!finger.dragged && far <= dragOf(event.pointerType)) return;
    if (fingers.size === 1) {
      // What was kept back until this was a drag comes with its first step.
      const [byX, byY] = finger.dragged ? [dx, dy] : [finger.x - finger.startX, finger.y - finger.startY];
      pointed.look(byX * radiansPerPixel(), byY * radiansPerPixel());
    } else if (fingers.size === 2 && spread > 0) {
      const now = spreadOf(fingers);
      if (now > 0) pointed.dolly(Math.log2(now / spread) * METRES_PER_DOUBLED_PINCH);
    }
    finger.dragged = true;
  }, { signal });

  canvas.addEventListener("pointerup", (event) => {
    const finger = fingers.get(event.pointerId);
    fingers.delete(event.pointerId);
    if (!finger || finger.dragged || event.timeStamp - finger.since > LONG) return;
    const near = Math.hypot(event.clientX - lastTap.x, event.clientY - lastTap.y) < 30;
    const twice = near && event.timeStamp - lastTap.when < TWICE;
    lastTap = { x: event.clientX, y: event.clientY, when: twice ? -Infinity : event.timeStamp };
    pointed.tap(event.clientX, event.clientY, twice);
  }, { signal });
  for (const name of ["pointercancel", "lostpointercapture"] as const) {
    canvas.addEventListener(name, (event) => void fingers.delete(event.pointerId), { signal });
  }
  canvas.addEventListener("pointerleave", () => pointed.hover(undefined), { signal });

  canvas.addEventListener("wheel", (event) => {
    // With Ctrl it is the browser's own zoom.
    if (event.ctrlKey || !takesWheel()) return;
    event.preventDefault();
    const pixels = event.deltaY * LINES[event.deltaMode]!;
    pointed.dolly(-Math.max(-400, Math.min(400, pixels)) * METRES_PER_WHEEL_PIXEL);
  }, { signal, passive: false });

  return { clear: () => fingers.clear(), dispose: () => listening.abort() };
}

function dragOf(type: string): number {
  return type === "touch" || type === "pen" ? DRAG[type] : DRAG.mouse;
}

/** Between the first two fingers, pixels. */
function spreadOf(fingers: ReadonlyMap<number, Finger>): number {
  const [a, b] = [...fingers.values()];
  return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : 0;
}
