/** What can be found at the entrance, read from the exhibitions' own documents: on the service and on a static copy alike. */

import { slugOf } from "./places.ts";
import type { ExhibitionDocument, HallManifest, LanguageMap } from "exhibit-client";

export interface Entry {
  readonly kind: "exhibit" | "person" | "achievement";
  readonly hall: HallManifest;
  readonly id: string;
  readonly label: LanguageMap;
  /** Where in the hall's catalogue it stands. */
  readonly anchor: string;
  readonly names: string;
  readonly words: string;
}

const MOST_FOUND = 60;

/** All entries of the exhibitions, which are named by their slugs. A hall that cannot be read is left out. */
export async function readIndex(root: string, exhibitions: readonly string[]): Promise<Entry[]> {
  const lists = await Promise.all(exhibitions.map(async (slug) => {
    const address = new URL(`public/exhibitions/${slug}.json`, root).href;
    const list = await readJson<ExhibitionDocument>(address);
    return (list?.halls ?? []).map((hall) => new URL(hall.manifest.url, address).href);
  }));
  const manifests = await Promise.all([...new Set(lists.flat())].map((address) => readJson<HallManifest>(address)));
  return manifests.flatMap((manifest) => manifest ? entriesOf(manifest) : []);
}

/** What has all words of the question; what is called so comes first, and everything once. */
export function search(entries: readonly Entry[], question: string): Entry[] {
  const terms = folded(question.slice(0, 100)).split(/\s+/).filter(Boolean);
  if (terms.length === 0) return [];
  const named = entries.filter((entry) => terms.every((term) => entry.names.includes(term)));
  const told = entries.filter((entry) => terms.every((term) => entry.words.includes(term)));
  const found = new Map<string, Entry>();
  for (const entry of [...named, ...told]) {
    if (!found.has(entry.id)) found.set(entry.id, entry);
  }
  return [...found.values()].slice(0, MOST_FOUND);
}

/** The text without what nobody types: capitals, accents, the width of letters. */
export function folded(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function entriesOf(hall: HallManifest): Entry[] {
  const people = new Map(hall.people.map((person) => [person.id, person]));
  const achievements = new Map(hall.achievements.map((one) => [one.id, one]));
  const found: Entry[] = [];
  const add = (
    kind: Entry["kind"],
    id: string,
    label: LanguageMap,
    anchor: string,
    texts: (LanguageMap | undefined)[],
  ) => {
    const names = folded(wordsOf(label));
    found.push({
      kind,
      hall,
      id,
      label,
      anchor,
      names,
      words: [names, ...texts.map((t) => folded(wordsOf(t)))].join("\n"),
    });
  };
  const shownWith = new Map<string, string>();
  for (const exhibit of hall.exhibits) {
    const slug = slugOf(exhibit.id);
    const told = exhibit.achievements.map((id) => achievements.get(id));
    for (const id of exhibit.achievements) if (!shownWith.has(id)) shownWith.set(id, slug);
    const named = told.flatMap((one) => (one?.people ?? []).map((id) => people.get(id)?.label));
    add("exhibit", exhibit.id, exhibit.label, slug, [
      exhibit.summary,
      exhibit.alt,
      ...told.map((one) => one?.label),
      ...named,
    ]);
  }
  for (const person of hall.people) {
    const story = person.story.flatMap((step) => [step.label, step.text]);
    add("person", person.id, person.label, person.id, [person.summary, person.title, ...story]);
  }
  for (const one of hall.achievements) {
    const exhibit = shownWith.get(one.id);
    const named = one.people.map((id) => people.get(id)?.label);
    add("achievement", one.id, one.label, exhibit ? `${exhibit}/${one.id}` : one.id, [
      one.summary,
      one.effect,
      ...named,
    ]);
  }
  return found;
}

function wordsOf(text: LanguageMap | undefined): string {
  return text ? Object.values(text).join("\n") : "";
}

async function readJson<Document>(address: string): Promise<Document | undefined> {
  try {
    const answer = await fetch(address);
    return answer.ok ? await answer.json() as Document : undefined;
  } catch {
    return undefined;
  }
}
