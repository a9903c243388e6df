/** What a board says in a language: the placard's title, the beginning of its text, and whom it honours. Pure. */

import { type HallManifest, inLanguage, type LanguageMap, type Placard } from "exhibit-client";

/** A piece of text with what a canvas must know of it. */
export interface Said {
  readonly text: string;
  readonly lang: string;
  readonly dir: "ltr" | "rtl";
}

export interface BoardWords {
  readonly title: Said;
  /** The title in the hall's next language, small below. */
  readonly echo?: Said;
  readonly body?: Said;
  /** People and awards in one line. */
  readonly names?: Said;
}

/** Longer texts are never drawn whole: measuring them would be in vain. Characters. */
const MOST = 3000;

/** The words of a placard in `language`, else in another of the hall's. */
export function wordsOf(manifest: HallManifest, placard: Placard, language: string): BoardWords {
  const { languages } = manifest;
  const say = (map: LanguageMap | undefined, tag = language): Said | undefined => {
    const said = inLanguage(map, tag, languages);
    return said && { text: said.text.slice(0, MOST), lang: said.lang, dir: said.dir };
  };
  const title = say(placard.label) ?? { text: "", lang: language, dir: "ltr" };
  const other = Object.keys(placard.label).find((tag) => tag !== title.lang && languages.includes(tag));
  const people = namesOf(manifest.people, placard.people);
  const awards = namesOf(manifest.awards, placard.awards);
  const names = [...people, ...awards].map((map) => say(map)?.text).filter((name) => name !== undefined);
  const chinese = title.lang.startsWith("zh") || title.lang.startsWith("ja");
  return {
    title,
    echo: other === undefined ? undefined : say(placard.label, other),
    body: say(placard.body),
    names: names.length > 0 ? { ...title, text: names.join(chinese ? "　" : " · ") } : undefined,
  };
}

function namesOf(parts: readonly { id: string; label: LanguageMap }[], ids: readonly string[]): LanguageMap[] {
  const found = ids.map((id) => parts.find((part) => part.id === id)?.label);
  return found.filter((label) => label !== undefined);
}
