/** Animations of exhibits: they run near the visitor and in view, and stand still otherwise. */

import { type AnimationClip, AnimationMixer, type Object3D } from "three";
import type { Stage, Undo } from "../contract.ts";
import { wantsLessMotion } from "../less_motion.ts";

/** How far one sees them run, in metres, times the detail of the moment. */
const NEAR = 6.5;
/** At the best quality so many run at a time. */
const MOST = 12;

/** Something that can move, and how it is seen. */
export interface Mover {
  mixer: AnimationMixer;
  distance: number;
  inView: boolean;
}

export interface Motion {
  /** Of what is shown now: nearest first run, the others rest. */
  choose(movers: readonly Mover[]): void;
  dispose(): void;
}

/** A mixer for a copy of a model, all its clips playing; undefined where there are none. */
export function mixerOf(root: Object3D, clips: readonly AnimationClip[]): AnimationMixer | undefined {
  if (clips.length === 0) return undefined;
  const mixer = new AnimationMixer(root);
  for (const clip of clips) mixer.clipAction(clip).play();
  return mixer;
}

/** Runs what was chosen with the frames of the stage. */
export function makeMotion(stage: Stage): Motion {
  let running: readonly Mover[] = [];
  let undoDrawing: Undo | undefined;
  const undoFrames = stage.onFrame((seconds) => {
    for (const { mixer } of running) mixer.update(seconds);
  });

  function run(chosen: readonly Mover[]): void {
    running = chosen;
    if (chosen.length > 0) undoDrawing ??= stage.keepDrawing();
    else {
      undoDrawing?.();
      undoDrawing = undefined;
    }
  }

  return {
    choose(movers) {
      const { level, detail } = stage.quality;
      const seen = movers.filter(({ inView, distance }) => inView && distance < NEAR * detail);
      const most = Math.max(1, Math.round(MOST * level));
      run(wantsLessMotion() ? [] : seen.sort((a, b) => a.distance - b.distance).slice(0, most));
    },
    dispose() {
      run([]);
      undoFrames();
    },
  };
}
