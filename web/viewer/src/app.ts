/** The app: what all parts share, and what holds them together: the open hall, the language, what the visitor looks into. */

import { inLanguage } from "exhibit-client";
import { readTarget, type Target, writeTarget } from "./address.ts";
import type { App, Exhibit, OpenHall, Placard, Stage } from "./contract.ts";
import { makeHappenings } from "./happenings.ts";
import { chosenLanguage, keepLanguage } from "./language.ts";
import { followEditions, makeOpener } from "./opener.ts";
import { type Page, slugOf } from "./places.ts";
import { makeGuide } from "./walk/guide.ts";
import { makeWalker } from "./walk/walker.ts";
import { makeImmersion } from "./xr/immersion.ts";

/** What stands in the browser's history beside an address: whether the visitor looks into something that Back closes. */
interface Remembered {
  looking?: boolean;
}

/** The app of this page, with no hall open yet. */
export function makeApp(page: Page, stage: Stage): App {
  const happenings = makeHappenings();
  let language = chosenLanguage(document.documentElement.lang || "zh-Hans");
  let selected: { exhibit?: Exhibit; placard?: Placard } | undefined;

  const app = {
    stage,
    places: page.places,
    embedded: page.embedded,
    ...happenings,
    get hall(): OpenHall | undefined {
      return opener.hall;
    },
    get language(): string {
      return language;
    },
    speak(wanted: string): void {
      if (wanted === language) return;
      language = wanted;
      keepLanguage(wanted);
      sayWhereWeAre();
      happenings.tell("language", wanted);
      stage.invalidate();
    },
    select(id: string | undefined, options: { fly?: boolean } = {}): void {
      const found = id === undefined ? undefined : lookUp(opener.hall, id);
      if (found === undefined && selected === undefined) return;
      if (found && selected && found.exhibit === selected.exhibit && found.placard === selected.placard) {
        if (options.fly) void app.walker.visit(found);
        return;
      }
      const before = selected;
      selected = found;
      remember(before !== undefined, found);
      opener.hall?.exhibits.mark(found?.exhibit?.id);
      happenings.tell("select", found);
      if (found && options.fly) void app.walker.visit(found);
      stage.invalidate();
    },
    open(slug, options): Promise<void> {
      return opener.open(slug, options);
    },
  } as App & { walker: App["walker"]; guide: App["guide"]; immersion: App["immersion"] };

  const opener = makeOpener(app, {
    leave() {
      selected = undefined;
      happenings.tell("select", undefined);
    },
    arrive: applyTarget,
    sayWhereWeAre,
    looksInto: () => selected?.exhibit?.id ?? selected?.placard?.id,
  });
  Object.assign(app, { walker: makeWalker(app), guide: makeGuide(app), immersion: makeImmersion(app) });
  followEditions(app, opener);
  addEventListener("popstate", () => void goBack());
  addEventListener("hashchange", () => applyTarget(readTarget(location.hash)));

  /** Selecting from nothing makes a step that Back undoes; from one thing to another is the same step. */
  function remember(wasLooking: boolean, now: { exhibit?: Exhibit; placard?: Placard } | undefined): void {
    const target: Target = now?.exhibit
      ? { exhibit: slugOf(now.exhibit.id) }
      : now?.placard
      ? { placard: slugOf(now.placard.id) }
      : {};
    const address = location.pathname + location.search + writeTarget(target);
    const looking = (history.state as Remembered | null)?.looking === true;
    // By a link into something (a tour writes no address of its own): Back must not lead to that link again.
    const isHere = Object.keys(readTarget(location.hash)).length > 0;
    if (now && !wasLooking && !looking && !isHere) {
      history.pushState({ looking: true } satisfies Remembered, "", address);
    } else if (now) history.replaceState({ looking } satisfies Remembered, "", address);
    else if (looking && readTarget(location.hash).tour === undefined && location.hash !== "") history.back();
    else history.replaceState({}, "", address);
  }

  async function goBack(): Promise<void> {
    const slug = decodeURIComponent(location.pathname.replace(/\/(index\.html)?$/, "").split("/").pop() ?? "");
    const target = readTarget(location.hash);
    if (slug !== opener.hall?.slug) await opener.open(slug, { history: "none" });
    else {
      opener.stay();
      applyTarget(target);
    }
  }

  /** Do what the address asks for. */
  function applyTarget(target: Target): void {
    if (target.tour) app.guide.start(target.tour, (target.stop ?? 1) - 1);
    const wanted = target.exhibit ?? target.placard;
    if (wanted) {
      if (!isSelected(wanted)) app.select(wanted, { fly: true });
    } else if (selected && !target.tour) {
      selected = undefined;
      opener.hall?.exhibits.mark(undefined);
      happenings.tell("select", undefined);
      stage.invalidate();
    }
  }

  function isSelected(slug: string): boolean {
    return [selected?.exhibit?.id, selected?.placard?.id].some((id) => id !== undefined && slugOf(id) === slug);
  }

  /** The page's title and language are those of what is seen. */
  function sayWhereWeAre(): void {
    document.documentElement.lang = language;
    const manifest = opener.hall?.manifest;
    const label = manifest && inLanguage(manifest.hall.label, language, manifest.languages);
    if (label) document.title = label.text;
  }

  return app;
}

/** The exhibit with its first placard, or the placard with its exhibit; by id or by slug. */
function lookUp(hall: OpenHall | undefined, id: string): { exhibit?: Exhibit; placard?: Placard } | undefined {
  if (!hall) return undefined;
  const { exhibits, placards } = hall.manifest;
  const exhibit = exhibits.find((one) => one.id === id) ?? exhibits.find((one) => slugOf(one.id) === id);
  if (exhibit) return { exhibit, placard: placards.find((one) => one.id === exhibit.placards[0]) };
  const placard = placards.find((one) => one.id === id) ?? placards.find((one) => slugOf(one.id) === id);
  if (placard) return { exhibit: exhibits.find((one) => one.id === placard.exhibit), placard };
  return undefined;
}
