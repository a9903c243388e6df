/** The frame budget: watches how long frames take and says how much the machine may be asked to do. Pure. */

/** Frames longer than this are too few a second: milliseconds, about 46 frames a second. */
const TOO_LONG = 21.7;
/** Frames no longer than this may leave room for more. */
const SHORT_ENOUGH = 20.2;
/** Frames that follow a change are not judged: buffers are made and shaders built in them. */
const UNJUDGED = 6;
/** A judgement needs so many frames, or so many milliseconds. */
const FRAMES = 24;
const MILLISECONDS = 900;
/** How long all must be well before more is tried, in milliseconds; it grows each time that more was too much. */
const PATIENCE = 3000;
const LONGEST_PATIENCE = 120_000;

/** The levels there are: 0 the least, 1 all there is. */
export const LEVELS = [0, 0.25, 0.5, 0.75, 1] as const;

export interface Budget {
  /** One of LEVELS. */
  readonly level: number;
  /** Tell the time between two frames that followed each other, in milliseconds. True if the level has changed. */
  frame(milliseconds: number): boolean;
  /** Keep to one level from now on, or with undefined find it again. True if the level has changed. */
  hold(level: number | undefined): boolean;
}

/** A budget that begins at the level nearest to `start`. */
export function makeBudget(start: number): Budget {
  let step = Math.round(Math.min(1, Math.max(0, start)) * (LEVELS.length - 1));
  let held = false;
  let unjudged = UNJUDGED;
  let times: number[] = [];
  let well = 0;
  let patience = PATIENCE;
  let sinceRaise = Infinity;

  function moveTo(next: number): boolean {
    const bounded = Math.min(LEVELS.length - 1, Math.max(0, next));
    if (bounded === step) return false;
    step = bounded;
    unjudged = UNJUDGED;
    times = [];
    well = 0;
    return true;
  }

  function judge(): boolean {
    const spent = times.reduce((sum, time) => sum + time, 0);
    const median = times.toSorted((a, b) => a - b)[times.length >> 1];
    times = [];
    sinceRaise += spent;
    if (median > TOO_LONG) {
      if (sinceRaise < 2 * PATIENCE) patience = Math.min(LONGEST_PATIENCE, 2.5 * patience);
      sinceRaise = Infinity;
      well = 0;
      return moveTo(step - (median > 2 * TOO_LONG ? 2 : 1));
    }
    well = median <= SHORT_ENOUGH ? well + spent : 0;
    if (well < patience || !moveTo(step + 1)) return false;
    sinceRaise = 0;
    return true;
  }

  return {
    get level() {
      return LEVELS[step];
    },
    frame(milliseconds) {
      if (held) return false;
      if (unjudged > 0) {
        unjudged -= 1;
        return false;
      }
      times.push(milliseconds);
      const enough = times.length >= FRAMES || times.reduce((sum, time) => sum + time, 0) >= MILLISECONDS;
      return enough && times.length >= 3 && judge();
    },
    hold(level) {
      held = level !== undefined;
      patience = PATIENCE;
      return level === undefined ? false : moveTo(LEVELS.findIndex((one) => one >= level));
    },
  };
}
