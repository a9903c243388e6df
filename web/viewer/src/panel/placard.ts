/** The words of one placard: what the thing is, what was achieved, by whom, and all that belongs to it. */

import type { Exhibit, LanguageMap, Placard } from "exhibit-client";
import type { OpenHall } from "../contract.ts";
import { type Child, element } from "./element.ts";
import { factsOf } from "./facts.ts";
import { addressOf, byId, named, pictureOf, placardsOf } from "./lookup.ts";
import { achievementCard, awardList, personCard, studioCard } from "./people.ts";
import { selectionCard } from "./selections.ts";
import { mediaOf } from "./sounds.ts";
import { languageName, type Tongue } from "./tongue.ts";

/** What is looked into: an exhibit, a board, or both. */
export interface Looked {
  exhibit?: Exhibit;
  placard?: Placard;
}

/** All that the placard says. `actions` stand below its title, `failed` where the exhibit's model could not be had. */
export function placardArticle(
  hall: OpenHall,
  looked: Looked,
  tongue: Tongue,
  actions: Child,
  failed: boolean,
): HTMLElement {
  const { manifest } = hall;
  const exhibit = looked.exhibit ?? manifest.exhibits.find((one) => one.id === looked.placard?.exhibit);
  const boards = [...new Set([looked.placard ?? [], exhibit ? placardsOf(manifest, exhibit) : []].flat())];
  const about = gather(hall, boards, exhibit);
  const label = exhibit?.label ?? boards[0]?.label;
  const summary = tongue.plain(exhibit?.summary);
  const bodies = boards.map((board) => board.body).filter((body) => exhibit || !madeOf(body, about, tongue));
  const toldBelow = textsOf(about, tongue);
  const toldAbove = bodies.map((body) => tongue.plain(body)).join("\n");
  const organisation = byId(manifest.organisations).get(exhibit?.organisation ?? "");
  const picture = failed && exhibit ? addressOf(hall, pictureOf(exhibit, 1024)) : undefined;

  return element(
    "article",
    { class: "placard" },
    kicker([tongue.text("span", organisation?.label), exhibit?.year]),
    tongue.text("h2", label, { tabindex: "-1", class: "placard-title" }),
    otherTitle(label, manifest.languages, tongue),
    fallenBack(label, tongue),
    actions,
    failed && element("p", { class: "note" }, tongue.say("placard.failed")),
    picture &&
      element("img", { class: "picture", src: picture, alt: tongue.plain(exhibit?.alt) }),
    element(
      "div",
      { class: "placard-text" },
      summary && !toldAbove.includes(summary) ? tongue.lines(exhibit?.summary) : undefined,
      bodies.map((body) => tongue.lines(body, (line) => !toldBelow.some((text) => line.includes(text)))),
    ),
    about.achievements.map((one) => achievementCard(hall, one, tongue)),
    chapter(
      tongue.say("placard.people"),
      about.people.map((one) => personCard(hall, one, tongue, about.people.length <= 2)),
    ),
    chapter(tongue.say("placard.awards"), awardList(hall, about.awards, tongue)),
    about.studios.map((one) => studioCard(hall, one, tongue)),
    about.selections.map((one) => selectionCard(hall, one, tongue)),
    mediaOf(hall, boards.flatMap((board) => board.media), exhibit?.audio ?? [], tongue),
    exhibit && factsOf(hall, exhibit, tongue),
  );
}

/** A part of the placard under its heading; nothing where it is empty. */
export function chapter(title: string, children: Child[] | Child): HTMLElement | undefined {
  const there = Array.isArray(children) ? children.length > 0 : Boolean(children);
  return there ? element("section", { class: "chapter" }, element("h3", {}, title), children) : undefined;
}

function gather(hall: OpenHall, boards: Placard[], exhibit: Exhibit | undefined) {
  const { manifest } = hall;
  const achievements = named(manifest.achievements, [
    ...boards.flatMap((board) => board.achievement ?? []),
    ...exhibit?.achievements ?? [],
  ]);
  const peopleIds = [...boards.flatMap((board) => board.people), ...achievements.flatMap((one) => one.people)];
  const awardIds = [...boards.flatMap((board) => board.awards), ...achievements.flatMap((one) => one.awards)];
  return {
    achievements,
    people: named(manifest.people, peopleIds),
    awards: named(manifest.awards, awardIds),
    studios: named(manifest.studios, [
      ...boards.flatMap((board) => board.studio ?? []),
      ...achievements.flatMap((one) => one.studio ?? []),
    ]),
    selections: named(manifest.selections, boards.flatMap((board) => board.selection ?? [])),
  };
}

/** What the cards say, so that the body above does not say it as well. */
function textsOf(about: ReturnType<typeof gather>, tongue: Tongue): string[] {
  const maps: (LanguageMap | undefined)[] = [
    ...about.achievements.flatMap((one) => [one.effect]),
    ...about.people.flatMap((one) => [one.title, one.summary, ...one.story.map((step) => step.text)]),
    ...about.studios.map((one) => one.summary),
    ...about.selections.map((one) => one.summary),
  ];
  return maps.map((map) => tongue.plain(map)).filter((text) => text.length > 3);
}

/** Whether the text was put together from what the cards say: then they say it better. */
function madeOf(body: LanguageMap | undefined, about: ReturnType<typeof gather>, tongue: Tongue): boolean {
  const text = tongue.plain(body);
  return [...about.people, ...about.studios, ...about.selections].some((one) =>
    one.summary !== undefined && text.includes(tongue.plain(one.summary))
  );
}

function kicker(words: Child[]): HTMLElement | undefined {
  const there = words.filter(Boolean);
  return there.length > 0
    ? element("p", { class: "kicker" }, there.map((one, index) => index === 0 ? one : [" · ", one]))
    : undefined;
}

/** The title in the hall's other language, small, as museums do. */
function otherTitle(label: LanguageMap | undefined, languages: string[], tongue: Tongue): HTMLElement | undefined {
  const mine = tongue.told(label)?.lang;
  const other = languages.find((language) => language !== mine && label?.[language]);
  return other && label && mine
    ? element("p", { class: "placard-other", lang: other, dir: "auto" }, label[other])
    : undefined;
}

/** Says so where the text is not in the visitor's language. */
function fallenBack(label: LanguageMap | undefined, tongue: Tongue): HTMLElement | undefined {
  const lang = tongue.told(label)?.lang;
  const primary = (tag: string) => tag.split("-")[0].toLowerCase();
  if (!lang || primary(lang) === primary(tongue.language)) return undefined;
  return element(
    "p",
    { class: "note" },
    tongue.say("placard.tongue", { language: languageName(lang, tongue.language) }),
  );
}
