/** Finding exhibits, people and achievements by what is said of them, in every language of the hall. */

import type { Achievement, Exhibit, HallManifest, LanguageMap, Person } from "exhibit-client";

export interface Found {
  exhibits: Exhibit[];
  people: Person[];
  achievements: Achievement[];
}

interface Entry<Thing> {
  thing: Thing;
  names: string;
  words: string;
}

/** Letters as they are compared: half and full width alike, without case, without marks above letters. */
export function folded(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase();
}

/** Read a manifest once; the answer finds what holds all words of a query, names before other texts. */
export function makeSearch(manifest: HallManifest): (query: string) => Found {
  const exhibits = manifest.exhibits.map((one) => entry(one, [one.label], [one.summary, one.alt]));
  const people = manifest.people.map((one) =>
    entry(one, [one.label], [one.title, one.summary, ...one.story.flatMap((step) => [step.label, step.text])])
  );
  const achievements = manifest.achievements.map((one) => entry(one, [one.label], [one.summary, one.effect]));
  return (query) => {
    const words = folded(query).split(/\s+/).filter(Boolean);
    if (words.length === 0) return { exhibits: [], people: [], achievements: [] };
    return { exhibits: pick(exhibits, words), people: pick(people, words), achievements: pick(achievements, words) };
  };
}

function entry<Thing>(
  thing: Thing,
  names: (LanguageMap | undefined)[],
  words: (LanguageMap | undefined)[],
): Entry<Thing> {
  return { thing, names: together(names), words: together([...names, ...words]) };
}

function together(maps: (LanguageMap | undefined)[]): string {
  return folded(maps.flatMap((map) => Object.values(map ?? {})).join("\n"));
}

function pick<Thing>(entries: Entry<Thing>[], words: string[]): Thing[] {
  const found = entries.filter((one) => words.every((word) => one.words.includes(word)));
  const byName = (one: Entry<Thing>) => words.every((word) => one.names.includes(word));
  return [...found.filter(byName), ...found.filter((one) => !byName(one))].map((one) => one.thing);
}

/** The exhibit or placard that tells of a person or an achievement: its id, to be selected. */
export function whereToldOf(manifest: HallManifest, subject: Person | Achievement): string | undefined {
  const boards = manifest.placards.filter((placard) =>
    placard.people.includes(subject.id) || placard.achievement === subject.id
  );
  const board = boards.find((placard) => placard.exhibit) ?? boards[0];
  if (board) return board.exhibit ?? board.id;
  const achievements = manifest.achievements.filter((one) => one.people.includes(subject.id)).map((one) => one.id);
  const wanted = [subject.id, ...achievements];
  return manifest.exhibits.find((exhibit) => exhibit.achievements.some((id) => wanted.includes(id)))?.id;
}
