/** The first model goes before all else: a visitor who sees one exhibit waits gladly for the others. */

import { nextTask, orAfter } from "../turns.ts";

/** It has the line for itself, but no longer than this, in milliseconds. */
const ALONE = 1000;
/** What gives way to it waits no longer than this for it, in milliseconds. */
const GIVES_WAY = 3000;

export interface First {
  /** When it stands, or cannot be shown. */
  readonly over: Promise<void>;
  /** Whether other models should not be asked for yet. */
  readonly isAlone: boolean;
  /** Its bytes are here: others may be asked for, but its parsing goes before other work. */
  arrived(): void;
  end(): void;
  /** Resolves in a later task: after the first model, if its bytes are here. */
  giveWay(): Promise<void>;
}

/** `share` is called when others may be asked for. */
export function makeFirst(share: () => void): First {
  let isAlone = true;
  let isHere = false;
  let sayOver = () => {};
  const over = new Promise<void>((resolve) => sayOver = resolve);
  const patience = setTimeout(letOthers, ALONE);

  function letOthers(): void {
    if (!isAlone) return;
    isAlone = false;
    clearTimeout(patience);
    share();
  }

  return {
    over,
    get isAlone() {
      return isAlone;
    },
    arrived() {
      isHere = true;
      letOthers();
    },
    end() {
      sayOver();
      letOthers();
    },
    async giveWay() {
      await nextTask();
      if (isHere) await orAfter(GIVES_WAY, over);
    },
  };
}
