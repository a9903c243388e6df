/** The ways out of the screen: AR, VR, and the device's own viewer. One at a time, entered by a click. */

import { slugOf } from "../places.ts";
import type { App, Immersion, Mode, OpenHall } from "../contract.ts";
import { orAfter } from "../turns.ts";
import { offerOf, support, whyNotBegun } from "./offers.ts";
import { say } from "./say.ts";
import { hasEnded } from "./session.ts";
import { systemLink, systemViewer } from "./system_viewer.ts";

/** What is known of the session, for tests and the curious. */
export type XrFacts = Readonly<Record<string, unknown>>;

/** A visit in AR or VR: ends when its session does. */
export interface Visit {
  readonly session: XRSession;
  facts(): XrFacts;
  /** Puts everything back as it was. Called once, after the session has ended. */
  end(): void;
}

/** Browsers forget after some seconds that the visitor asked for a session. Milliseconds. */
const WAITS_FOR_ROOM = 1000;

/** Whether the hall's room stands, or does so soon: what is hidden or moved in a session must be there. */
async function isBuilt({ room }: OpenHall): Promise<boolean> {
  let built = false;
  room.built.then(() => built = true, () => {});
  await orAfter(WAITS_FOR_ROOM, room.built);
  return built;
}

/** Offers AR and VR. The code for them is fetched when the device turns out to have them. */
export function makeImmersion(app: App): Immersion & { facts(): XrFacts } {
  let mode: Mode = "screen";
  let visit: Visit | undefined;
  let starting = false;
  let arWorks = false;

  navigator.xr?.addEventListener("devicechange", () => app.tell("offers", undefined));

  async function enter(wanted: "ar" | "vr", begin: () => Promise<Visit>): Promise<void> {
    if (starting || visit) throw new Error(say("xr.busy", app.language));
    if (!app.hall) throw new Error(say("xr.noHall", app.language));
    const found = await support(`immersive-${wanted}`);
    if (found !== "yes") throw new Error(offerOf(found, `immersive-${wanted}`, app.language).why);
    if (!await isBuilt(app.hall)) throw new Error(say("xr.noHall", app.language));
    if (starting || visit) throw new Error(say("xr.busy", app.language));
    starting = true;
    try {
      app.guide.end();
      visit = await begin();
    } catch (error) {
      // A session that began, and for which the rest failed, would have no way out.
      app.stage.renderer.xr.getSession()?.end().catch(() => {});
      throw new Error(whyNotBegun(error, app.language), { cause: error });
    } finally {
      starting = false;
    }
    mode = wanted;
    app.tell("mode", mode);
    if (hasEnded(visit.session)) ended();
    else visit.session.addEventListener("end", ended, { once: true });
  }

  function ended(): void {
    const past = visit;
    visit = undefined;
    mode = "screen";
    try {
      past?.end();
    } finally {
      app.tell("mode", mode);
      app.stage.invalidate();
    }
  }

  return {
    get mode() {
      return mode;
    },
    async offers() {
      const [ar, vr] = await Promise.all([support("immersive-ar"), support("immersive-vr")]);
      arWorks = ar === "yes";
      // A click's permission to start is short: what it needs is fetched before.
      if (arWorks) void import("./ar.ts").then(({ prepare }) => prepare(app));
      if (vr === "yes") void import("./vr.ts");
      return {
        ar: offerOf(ar, "immersive-ar", app.language),
        vr: offerOf(vr, "immersive-vr", app.language),
        system: systemViewer(arWorks),
      };
    },
    enterAr: (exhibit) => enter("ar", async () => (await import("./ar.ts")).visitAr(app, exhibit)),
    enterVr: () => enter("vr", async () => (await import("./vr.ts")).visitVr(app)),
    systemLink(exhibit) {
      if (!app.hall) return undefined;
      const page = app.places.view(app.hall.slug, slugOf(exhibit.id));
      return systemLink(systemViewer(arWorks), app.hall, exhibit, app.language, page);
    },
    async leave() {
      await visit?.session.end();
    },
    facts: () => ({ mode, ...visit?.facts() }),
  };
}
