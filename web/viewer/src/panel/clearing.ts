/** Keeps what is looked at in the middle of the part of the screen that nothing covers. */

import type { App } from "../contract.ts";

/** Seconds that the picture takes to make room. */
const SECONDS = 0.35;

/** Shifts the camera's picture by half of what `covers` says is covered at an edge; watches `root` for changes. */
export function makeClearing(app: App, root: HTMLElement): void {
  const { stage } = app;
  let [x, y, toX, toY] = [0, 0, 0, 0];
  let undo: (() => void) | undefined;
  let rest: (() => void) | undefined;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  function aim(): void {
    [toX, toY] = covered(root);
    if (calm.matches) return settle(toX, toY);
    if (undo || (x === toX && y === toY)) return;
    rest = stage.keepDrawing();
    undo = stage.onFrame((seconds) => {
      const share = 1 - Math.exp((-4 * seconds) / SECONDS);
      const near = Math.hypot(toX - x, toY - y) < 0.002;
      settle(near ? toX : x + (toX - x) * share, near ? toY : y + (toY - y) * share);
      if (!near) return;
      undo?.();
      rest?.();
      undo = rest = undefined;
    });
  }
  function settle(nowX: number, nowY: number): void {
    [x, y] = [nowX, nowY];
    const { camera } = stage;
    // Of a picture of 1 × 1; three takes these as shares of it.
    if (x === 0 && y === 0) camera.clearViewOffset();
    else camera.setViewOffset(camera.aspect, 1, x * camera.aspect, y, camera.aspect, 1);
    stage.invalidate();
  }
  new ResizeObserver(aim).observe(root);
  addEventListener("resize", aim);
  app.on("mode", () => app.immersion.mode === "screen" ? aim() : settle(0, 0));
}

/** By how much the middle moves, as shares of width and height: to the right and down. */
function covered(root: HTMLElement): [number, number] {
  if (root.hidden || root.offsetParent === null && getComputedStyle(root).position !== "fixed") return [0, 0];
  const box = root.getBoundingClientRect();
  if (box.width === 0 || box.height === 0) return [0, 0];
  const wide = box.width > innerWidth * 0.8;
  if (wide) return [0, Math.min(0.5, Math.max(0, innerHeight - box.top) / innerHeight) / 2];
  const atRight = box.left + box.width / 2 > innerWidth / 2;
  return [((atRight ? 1 : -1) * box.width) / innerWidth / 2, 0];
}
