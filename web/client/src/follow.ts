/** Looks for a new edition from time to time, while someone looks at the page. */

export interface Following {
  readonly seconds: number;
  readonly signal: AbortSignal;
  /** True once there is nothing more to look for. Never rejects. */
  readonly look: () => Promise<boolean>;
}

/** Call `look` every `seconds` while the page is visible, and at once when it comes to sight again after longer. */
export function follow({ seconds, signal, look }: Following): void {
  let last = Date.now();
  let timer = 0;
  let looking = false;
  const over = new AbortController();
  const plan = () => {
    clearTimeout(timer);
    timer = setTimeout(tick, Math.max(0, last + seconds * 1000 - Date.now()));
  };
  const tick = async () => {
    if (looking || globalThis.document?.visibilityState === "hidden") return;
    looking = true;
    const done = await look();
    looking = false;
    last = Date.now();
    if (signal.aborted) return;
    if (done) over.abort();
    else plan();
  };
  signal.addEventListener("abort", () => {
    clearTimeout(timer);
    over.abort();
  }, { once: true, signal: over.signal });
  globalThis.document?.addEventListener("visibilitychange", plan, { signal: over.signal });
  globalThis.addEventListener?.("online", plan, { signal: over.signal });
  plan();
}
