/** The first model goes before all else: a visitor who sees one exhibit waits gladly for the others. */

import { nextTask, orAfter } from "../turns.ts";

/** It has the line for itself, but no longer than this, in milliseconds. */
const ALONE = 1000;
/** What gives way to it waits no longer than this for it, in milliseconds. */
const GIVES_WAY = 3000;

export interface First {
  /** When it stands. One that cannot be shown never does. */
  readonly stood: Promise<void>;
  /** When nobody need wait for it: it stands, cannot be shown, or is not wanted any more. */
  readonly over: Promise<void>;
  /** Whether other models should not be asked for yet. */
  readonly isAlone: boolean;
  /** Its bytes are here: others may be asked for, but its parsing goes before other work. */
  arrived(): void;
  /** It stands. */
  stand(): void;
  end(): void;
  /** Resolves in a later task: after the first model, if its bytes are here. */
  giveWay(): Promise<void>;
}

/** `share` is called when others may be asked for. */
export function makeFirst(share: () => void): First {
  let isAlone = true;
  /** From its arrival on: when others have waited for it long enough. */
  let patiently: Promise<void> | undefined;
  let sayOver = () => {};
  const over = new Promise<void>((resolve) => sayOver = resolve);
  let sayStood = () => {};
  const stood = new Promise<void>((resolve) => sayStood = resolve);
  const patience = setTimeout(letOthers, ALONE);

  function letOthers(): void {
    if (!isAlone) return;
    isAlone = false;
    clearTimeout(patience);
    share();
  }

  return {
    stood,
    over,
    get isAlone() {
      return isAlone;
    },
    arrived() {
      patiently ??= orAfter(GIVES_WAY, over);
      letOthers();
    },
    stand() {
      sayStood();
    },
    end() {
      sayOver();
      letOthers();
    },
    async giveWay() {
      await nextTask();
      await patiently;
    },
  };
}
