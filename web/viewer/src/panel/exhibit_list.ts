/** The list of exhibits zone by zone, and the search over exhibits, people and achievements. */

import type { Achievement, Exhibit, Person } from "exhibit-client";
import type { App, OpenHall } from "../contract.ts";
import { type Child, element } from "./element.ts";
import { icon } from "./icons.ts";
import { addressOf, byId, parts, pictureOf } from "./lookup.ts";
import { makeSearch, whereToldOf } from "./search.ts";
import type { Tongue } from "./tongue.ts";

/** As many results of one kind are shown. */
const SHOWN = 40;
let asked = "";

/** The list with its search; `chosen` is called when the visitor went to something. */
export function exhibitList(app: App, hall: OpenHall, tongue: Tongue, chosen: () => void): HTMLElement {
  const search = makeSearch(hall.manifest);
  const go = (id: string | undefined) => {
    if (id === undefined) return;
    app.select(id, { fly: true });
    chosen();
  };
  const list = element("div", { class: "found" });
  const status = element("p", { class: "quiet", role: "status" });
  const field = element("input", {
    type: "search",
    id: "search",
    class: "field",
    placeholder: tongue.say("search.label"),
    "aria-label": tongue.say("search.label"),
    autocomplete: "off",
    maxlength: 200,
    enterkeyhint: "search",
    oninput: () => show(field.value),
  });
  function show(query: string) {
    asked = query;
    if (query.trim() === "") {
      status.textContent = tongue.say(hall.manifest.exhibits.length === 1 ? "exhibits.one" : "exhibits.count", {
        n: hall.manifest.exhibits.length,
      });
      list.replaceChildren(
        ...parts(hall.manifest).map(({ zone, exhibits }) =>
          group(
            zone ? tongue.text("h3", zone.label) : element("h3", {}, tongue.say("exhibits.rest")),
            exhibits.map((one) => exhibitLine(hall, one, tongue, () => go(one.id))),
          )
        ),
      );
      return;
    }
    const { exhibits, people, achievements } = search(query);
    const n = exhibits.length + people.length + achievements.length;
    status.textContent = n > 0 ? tongue.say("search.found", { n }) : tongue.say("search.none", { query: query.trim() });
    const head = (words: string) => element("h3", {}, words);
    list.replaceChildren(...[
      results(
        head(tongue.say("tool.exhibits")),
        exhibits,
        (one) => exhibitLine(hall, one, tongue, () => go(one.id)),
        tongue,
      ),
      results(head(tongue.say("search.people")), people, (one) => subjectLine(hall, one, tongue, go), tongue),
      results(
        head(tongue.say("search.achievements")),
        achievements,
        (one) => subjectLine(hall, one, tongue, go),
        tongue,
      ),
    ].filter((one) => one !== undefined));
  }
  field.value = asked;
  show(asked);
  return element(
    "div",
    { class: "exhibits" },
    element("div", { class: "search" }, icon("search"), field),
    status,
    list,
  );
}

/** Forget what was asked for: another hall is open. */
export function forgetSearch(): void {
  asked = "";
}

function results<Thing>(head: HTMLElement, things: Thing[], line: (thing: Thing) => HTMLElement, tongue: Tongue) {
  if (things.length === 0) return undefined;
  const rest = things.length - SHOWN;
  return group(
    head,
    things.slice(0, SHOWN).map(line),
    rest > 0 && element("p", { class: "quiet" }, tongue.say("search.more", { n: rest })),
  );
}

function group(head: Child, lines: HTMLElement[], rest?: Child): HTMLElement {
  return element("section", { class: "group" }, head, element("ul", { class: "lines" }, lines), rest);
}

function exhibitLine(hall: OpenHall, exhibit: Exhibit, tongue: Tongue, run: () => void): HTMLElement {
  const picture = addressOf(hall, pictureOf(exhibit, 200));
  const seen = picture ? element("img", { src: picture, alt: "", loading: "lazy", decoding: "async" }) : icon("ar");
  const organisation = byId(hall.manifest.organisations).get(exhibit.organisation);
  return element(
    "li",
    {},
    element(
      "button",
      { type: "button", class: "line", onclick: run, "data-exhibit": exhibit.id },
      element("span", { class: "thumb" }, seen),
      element(
        "span",
        { class: "line-words" },
        tongue.text("strong", exhibit.label),
        tongue.text("span", organisation?.label, { class: "quiet" }),
      ),
    ),
  );
}

function subjectLine(
  hall: OpenHall,
  one: Person | Achievement,
  tongue: Tongue,
  go: (id?: string) => void,
): HTMLElement {
  const place = whereToldOf(hall.manifest, one);
  const said = "story" in one ? one.title : one.summary;
  return element(
    "li",
    {},
    element(
      "button",
      {
        type: "button",
        class: "line",
        disabled: place === undefined,
        onclick: () => go(place),
        "data-subject": one.id,
      },
      element(
        "span",
        { class: "line-words" },
        tongue.text("strong", one.label),
        tongue.text("span", said, { class: "quiet" }),
      ),
    ),
  );
}
