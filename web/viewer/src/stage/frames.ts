/** The clock of the stage: frames when they are asked for, the screen's or a headset's, and none where nothing moves. */

import type { WebGLRenderer } from "three";
import type { Undo } from "../contract.ts";

/** A frame knows the seconds since the one before (at most this), even after a pause. */
const LONGEST = 0.1;
/** So long after the last frame the picture stands still, in milliseconds. */
const STILL_AFTER = 450;

export interface Frames {
  onFrame(work: (seconds: number, frame?: XRFrame) => void): Undo;
  invalidate(): void;
  keepDrawing(): Undo;
  expectMore(): Undo;
}

/** What the clock calls. */
export interface Drawing {
  /** After all work of a frame; `milliseconds` since the frame before where one followed the other, else undefined. */
  draw(milliseconds: number | undefined): void;
  /** Once, some time after the last frame: nothing moves any more, and nothing new is about to be seen. */
  rest(): void;
}

/** The clock for `renderer`. In a WebXR session its frames come from the session. */
export function makeFrames(renderer: WebGLRenderer, drawing: Drawing): Frames {
  const works = new Set<(seconds: number, frame?: XRFrame) => void>();
  let keepers = 0;
  let expected = 0;
  let handle: number | undefined;
  let still: ReturnType<typeof setTimeout> | undefined;
  let before: number | undefined;

  function frame(now: number, xrFrame?: XRFrame): void {
    const milliseconds = before === undefined ? undefined : now - before;
    before = now;
    const seconds = Math.min(LONGEST, Math.max(0, (milliseconds ?? 16) / 1000));
    for (const work of [...works]) work(seconds, xrFrame);
    drawing.draw(milliseconds);
  }

  function tick(now: number): void {
    handle = undefined;
    if (renderer.xr.isPresenting) return;
    if (keepers > 0) invalidate();
    frame(now);
    if (handle !== undefined) return;
    before = undefined;
    restSoon();
  }

  function restSoon(): void {
    clearTimeout(still);
    if (expected === 0) still = setTimeout(drawing.rest, STILL_AFTER);
  }

  function invalidate(): void {
    if (handle !== undefined || renderer.xr.isPresenting) return;
    clearTimeout(still);
    handle = requestAnimationFrame(tick);
  }

  renderer.xr.addEventListener("sessionstart", () => {
    if (handle !== undefined) cancelAnimationFrame(handle);
    handle = undefined;
    clearTimeout(still);
    before = undefined;
    renderer.xr.setAnimationLoop(frame);
  });
  renderer.xr.addEventListener("sessionend", () => {
    renderer.setAnimationLoop(null);
    before = undefined;
    queueMicrotask(invalidate);
  });

  return {
    onFrame(work) {
      works.add(work);
      return () => void works.delete(work);
    },
    invalidate,
    keepDrawing() {
      keepers += 1;
      invalidate();
      let kept = true;
      return () => {
        if (kept) keepers -= 1;
        kept = false;
      };
    },
    expectMore() {
      expected += 1;
      clearTimeout(still);
      let waits = true;
      return () => {
        if (waits) expected -= 1;
        waits = false;
        if (handle === undefined && !renderer.xr.isPresenting) restSoon();
      };
    },
  };
}
