/** The guide: leads through a tour, stop by stop, and tells its narration for as long as people need for it. */

import { inLanguage } from "exhibit-client";
import type { App, Guide, Tour, TourState } from "../contract.ts";
import { readingSeconds } from "./reading_time.ts";
import { gazeAt, seenAt, stopFrom, tourNamed } from "./stops.ts";
import { readAloud, voiceOf } from "./voice.ts";

/** After the last spoken word, seconds. */
const BREATH = 1.5;

/** The guide of `app`. Any choice or step of the visitor's own pauses the tour; `resume` goes on with the same stop. */
export function makeGuide(app: App): Guide {
  let state: TourState | undefined;
  let aloud = false;
  /** Ends what the guide is at: a flight it waits for, a narration, a voice. */
  let task = new AbortController();
  /** The choice that the guide makes is not the visitor's. */
  let choosing = false;

  function become(next: TourState | undefined): void {
    task.abort();
    task = new AbortController();
    state = next;
    app.tell("tour", next);
  }

  /** To the stop, or the next one in that direction where there is something to see; past the last one the tour ends. */
  function go(tour: Tour, stop: number, step: 1 | -1): void {
    const { hall } = app;
    const found = hall && stopFrom(hall.manifest, tour, stop, step);
    if (found === undefined) {
      if (step === 1) end();
      return;
    }
    become({ tour, stop: found, playing: true });
    void lead(tour, found, task.signal);
  }

  async function lead(tour: Tour, stop: number, signal: AbortSignal): Promise<void> {
    const { hall } = app;
    if (!hall) return;
    const seen = seenAt(hall.manifest, tour, stop) ?? {};
    const gaze = gazeAt(hall.manifest, tour, stop);
    const flight = app.immersion.mode === "ar"
      ? Promise.resolve(true)
      : gaze
      ? app.walker.fly(gaze)
      : app.walker.visit(seen);
    choose((seen.exhibit ?? seen.placard)?.id);
    const arrived = await flight;
    if (signal.aborted) return;
    if (arrived) await narrate(tour, stop, signal);
    else pause();
  }

  function choose(id: string | undefined): void {
    choosing = true;
    try {
      app.select(id);
    } finally {
      choosing = false;
    }
  }

  /** Tell the stop's narration, and go on when it is told. */
  async function narrate(tour: Tour, stop: number, signal: AbortSignal): Promise<void> {
    const told = inLanguage(tour.stops[stop]?.narration, app.language, app.hall?.manifest.languages);
    const text = told?.text ?? "";
    const voice = aloud && told ? voiceOf(told.lang) : undefined;
    if (voice && await readAloud(text, told!.lang, voice, signal)) await wait(BREATH, signal);
    else if (!signal.aborted) await wait(readingSeconds(text), signal);
    if (!signal.aborted) go(tour, stop + 1, 1);
  }

  /** Tell it anew from its beginning: in another language, or with another voice. */
  function retell(): void {
    if (!state?.playing) return;
    task.abort();
    task = new AbortController();
    void lead(state.tour, state.stop, task.signal);
  }

  function pause(): void {
    if (state?.playing) become({ ...state, playing: false });
  }

  function end(): void {
    if (state) become(undefined);
  }

  app.on("leaving", end);
  app.on("language", retell);
  app.on("select", (chosen) => {
    if (!choosing && chosen) pause();
  });
  if ("speechSynthesis" in globalThis) {
    // Not an EventTarget in every browser.
    speechSynthesis.addEventListener?.("voiceschanged", () => app.tell("offers", undefined));
  }

  return {
    get state() {
      return state;
    },
    get aloud() {
      return aloud;
    },
    set aloud(wanted: boolean) {
      if (wanted === aloud) return;
      aloud = wanted;
      retell();
    },
    canReadAloud: () => voiceOf(app.language) !== undefined,
    start(id, stop = 0) {
      const tour = app.hall && tourNamed(app.hall.manifest, id);
      if (!tour) return;
      const { playing, stop: at } = state?.tour === tour ? state : { playing: false, stop: -1 };
      if (playing && at === stop) return;
      go(tour, Math.max(0, Math.min(tour.stops.length - 1, stop)), 1);
    },
    next: () => state && go(state.tour, state.stop + 1, 1),
    previous: () => state && go(state.tour, state.stop - 1, -1),
    pause,
    resume: () => state && !state.playing && go(state.tour, state.stop, 1),
    end,
  };
}

/** So many seconds, or until it is stopped. */
function wait(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}
