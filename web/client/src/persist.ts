/** Trying again: what passes is tried until it brings nothing new too often. */

import { aborted, LoadError } from "./load_error.ts";

const FIRST_PAUSE = 0.5;
const LONGEST_PAUSE = 30;
const OFFLINE_PAUSE = 15;

export interface Patience {
  /** Tries after one that brought nothing new. */
  readonly retries: number;
  readonly url: URL;
  readonly signal: AbortSignal;
  /** While the browser says that it is off-line, wait for the line instead of giving up. */
  readonly waitsForLine: boolean;
  /** How far it got at best; a try that got farther gives courage for all retries again. */
  readonly reached: () => number;
}

/** Call `work` until it succeeds. Rejects with the last `LoadError` when patience ends, or at once with one that will not pass. */
export async function persist<T>(work: () => Promise<T>, patience: Patience): Promise<T> {
  let failures = 0;
  for (;;) {
    const before = patience.reached();
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof LoadError)) throw error;
      const offline = patience.waitsForLine && globalThis.navigator?.onLine === false && isOfLine(error);
      failures = patience.reached() > before ? 1 : failures + 1;
      if (!offline && failures > triesLeft(error, patience.retries)) {
        throw error;
      }
      const seconds = offline ? OFFLINE_PAUSE : pauseAfter(error, failures);
      await pause(seconds, patience);
    }
  }
}

/** Nobody answered, or no longer. */
function isOfLine({ code, status }: LoadError): boolean {
  return status === undefined && (code === "network" || code === "stalled");
}

/** Wrong bytes may come from a stale cache on the way: they are asked for once more. What the server refuses stays refused. */
function triesLeft(error: LoadError, retries: number): number {
  if (error.code === "corrupt") return Math.min(1, retries);
  if (error.code === "stalled") return retries;
  if (error.code !== "network") return 0;
  const { status = 0 } = error;
  return status < 400 || status >= 500 || status === 408 || status === 416 || status === 429 ? retries : 0;
}

/** Seconds, doubling, scattered so that the visitors of one hall do not all come back in the same moment. */
function pauseAfter(error: LoadError, failures: number): number {
  if (error.code === "corrupt") return 0;
  const longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (failures - 1));
  return Math.max(longest * (0.5 + Math.random() / 2), Math.min(error.retryAfter ?? 0, 2 * LONGEST_PAUSE));
}

/** Until the time is over or the line is back, whichever comes first. */
function pause(seconds: number, { url, signal }: Patience): Promise<void> {
  return new Promise((resolve, reject) => {
    const over = new AbortController();
    const timer = setTimeout(() => settle(resolve), seconds * 1000);
    const settle = (answer: () => void) => {
      clearTimeout(timer);
      over.abort();
      answer();
    };
    const once = { once: true, signal: over.signal };
    globalThis.addEventListener?.("online", () => settle(resolve), once);
    signal.addEventListener("abort", () => settle(() => reject(aborted(url, signal.reason))), once);
    if (signal.aborted) settle(() => reject(aborted(url, signal.reason)));
  });
}
