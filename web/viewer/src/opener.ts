/** One hall at a time: opening the next in place of the one that is open, without a new page, and newer editions of it. */

import type { Hall } from "exhibit-client";
import { readTarget, type Target } from "./address.ts";
import type { App, OpenHall } from "./contract.ts";
import { buildHall } from "./opening.ts";
import { readHall } from "./read_hall.ts";
import { whyNot } from "./refusals.ts";
import { arrivalAt } from "./walk/portals.ts";

export interface Opener {
  readonly hall: OpenHall | undefined;
  open(slug: string, options?: Parameters<App["open"]>[1]): Promise<void>;
  /** The open hall is wanted after all: give up another that the browser's history asked for. */
  stay(): void;
  /** Show another edition of the open hall; the visitor stays where they are. */
  replace(loader: Hall): Promise<void>;
}

interface Steps {
  /** Called before a hall goes. */
  leave(): void;
  /** Called when a hall stands, with what the address asks for. */
  arrive(target: Target): void;
  sayWhereWeAre(): void;
  /** Id of what the visitor looks into. */
  looksInto(): string | undefined;
}

/** Open halls for the app. Only the last of several wishes comes true. */
export function makeOpener(app: App, steps: Steps): Opener {
  let open: OpenHall | undefined;
  let wish: AbortController | undefined;
  let fromHistory = false;

  async function openHall(slug: string, options: Parameters<App["open"]>[1] = {}): Promise<void> {
    wish?.abort();
    const mine = wish = new AbortController();
    fromHistory = options.history === "none";
    let loader: Hall;
    try {
      loader = await (options.read ?? readHall(app.places, slug, app.stage.device, mine.signal));
    } catch (error) {
      if (mine.signal.aborted) return;
      app.tell("notice", {
        severity: open ? "warning" : "end",
        text: whyNot(error, app.language),
        action: whyNot.retry(error, app.language, () => void openHall(slug, { ...options, read: undefined })),
      });
      if (open && options.history === "none") history.replaceState({}, "", app.places.view(open.slug));
      return;
    }
    if (mine.signal.aborted) return loader.abort();
    const target: Target = options.exhibit
      ? { exhibit: options.exhibit }
      : open && options.history !== "none"
      ? {}
      : readTarget(location.hash);
    const from = options.from ?? open?.slug;
    try {
      const next = await buildHall(app, loader, arrivalAt(loader.manifest, from), target.exhibit);
      if (mine.signal.aborted) return next.dispose();
      wish = undefined; // from now on the hall ends when another stands in its place, not when another is wished for
      stand(next);
    } catch (error) {
      if (mine.signal.aborted) return;
      app.tell("notice", { severity: open ? "warning" : "end", text: whyNot(error, app.language) });
      if (open && options.history === "none") history.replaceState({}, "", app.places.view(open.slug));
      throw error;
    }
    const address = app.places.view(slug, options.exhibit);
    if (options.history === "replace") history.replaceState({}, "", address);
    else if (options.history !== "none") history.pushState({}, "", address);
    app.walker.arrive(from);
    steps.sayWhereWeAre();
    app.tell("hall", open!);
    steps.arrive(target);
    try {
      await open!.room.built;
    } catch (error) {
      app.tell("notice", { severity: "warning", text: whyNot(error, app.language) });
      throw error;
    }
  }

  /** Put what is seen of a hall into the scene, in place of what was. */
  function stand(next: OpenHall): void {
    if (open) {
      steps.leave();
      app.tell("leaving", open);
      open.dispose();
    }
    open = next;
    app.stage.scene.add(next.root);
    next.lightUp();
    app.stage.reveal();
    app.stage.invalidate();
  }

  return {
    get hall() {
      return open;
    },
    open: openHall,
    stay() {
      if (fromHistory) wish?.abort();
    },
    async replace(loader) {
      const before = open;
      const next = await buildHall(app, loader, app.walker.gaze());
      if (open !== before) return next.dispose();
      const gaze = app.walker.gaze();
      const tour = app.guide.state;
      const looked = steps.looksInto();
      stand(next);
      app.walker.stand(gaze);
      steps.sayWhereWeAre();
      app.tell("hall", open!);
      app.select(looked);
      if (tour?.playing) app.guide.start(tour.tour.id, tour.stop);
      app.tell("edition", loader.manifest.edition.number);
    },
  };
}

/** When the open hall has a newer edition, show that. */
export function followEditions(app: App, opener: Opener): void {
  let undo: (() => void) | undefined;
  app.on("hall", ({ loader }) => {
    undo?.();
    undo = loader.on("edition", ({ hall }) => void opener.replace(hall).catch(reportError));
  });
}
