/** Cards of people, achievements, awards and studios. */

import type { Achievement, Award, Person, Studio } from "exhibit-client";
import type { OpenHall } from "../contract.ts";
import { element } from "./element.ts";
import { dateWords } from "./figures.ts";
import { byId, named } from "./lookup.ts";
import type { Tongue } from "./tongue.ts";

/** What was achieved, in which year, and what it brought. */
export function achievementCard(hall: OpenHall, achievement: Achievement, tongue: Tongue): HTMLElement {
  const organisation = byId(hall.manifest.organisations).get(achievement.organisation);
  return element(
    "section",
    { class: "achievement" },
    element("p", { class: "kicker" }, tongue.say("placard.achievement"), ` · ${achievement.year}`),
    tongue.text("h3", achievement.label),
    tongue.lines(achievement.summary),
    achievement.effect && element(
      "div",
      { class: "effect" },
      element("h4", {}, tongue.say("placard.effect")),
      tongue.lines(achievement.effect),
    ),
    tongue.text("p", organisation?.label, { class: "quiet" }),
  );
}

/** A person with title and growth story; the story is unfolded where `open`. */
export function personCard(hall: OpenHall, person: Person, tongue: Tongue, open: boolean): HTMLElement {
  return element(
    "section",
    { class: "person", "data-person": person.id },
    tongue.text("h4", person.label),
    tongue.text("p", person.title, { class: "person-title" }),
    person.invented && element("p", { class: "invented" }, tongue.say("placard.invented")),
    tongue.lines(person.summary),
    awardList(hall, named(hall.manifest.awards, person.awards), tongue),
    person.story.length > 0 && element(
      "details",
      { open, "data-kept": `story ${person.id}` },
      element("summary", {}, tongue.say("placard.story")),
      element("ol", { class: "story" }, person.story.map((step) => storyStep(step, tongue))),
    ),
  );
}

function storyStep(step: Person["story"][number], tongue: Tongue): HTMLElement {
  return element(
    "li",
    {},
    element("time", { datetime: step.date }, dateWords(step.date, tongue.language)),
    tongue.text("h5", step.label),
    tongue.lines(step.text),
  );
}

/** Awards with who gives them; nothing where there are none. */
export function awardList(hall: OpenHall, awards: Award[], tongue: Tongue): HTMLElement | undefined {
  if (awards.length === 0) return undefined;
  const organisations = byId(hall.manifest.organisations);
  const line = (award: Award) =>
    element(
      "li",
      {},
      tongue.text("span", award.label, { class: "award" }),
      award.year && ` · ${award.year}`,
      tongue.text("span", organisations.get(award.organisation)?.label, { class: "quiet giver" }),
    );
  return element("ul", { class: "awards" }, awards.map(line));
}

/** A workshop, who leads it and who works in it. */
export function studioCard(hall: OpenHall, studio: Studio, tongue: Tongue): HTMLElement {
  const { people } = hall.manifest;
  const leader = named(people, studio.leader ? [studio.leader] : []);
  const members = named(people, studio.members);
  const row = (name: string, who: Person[]) =>
    who.length > 0 && [
      element("dt", {}, name),
      element("dd", {}, who.map((one) => tongue.text("span", one.label, { class: "name" }))),
    ];
  return element(
    "section",
    { class: "chapter studio" },
    element("p", { class: "kicker" }, tongue.say("placard.studio")),
    tongue.text("h3", studio.label),
    tongue.lines(studio.summary),
    studio.year && element("p", { class: "quiet" }, tongue.say("placard.since", { year: studio.year })),
    element(
      "dl",
      { class: "pairs" },
      row(tongue.say("placard.leader"), leader),
      row(tongue.say("placard.members"), members),
    ),
  );
}
