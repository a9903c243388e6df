/** What the interface says, in Simplified Chinese and English. Another language falls back to English. */

import { PANEL_WORDS } from "./panel/panel_words.ts";
import { WALK_WORDS } from "./words_walk.ts";
import { XR_WORDS } from "./words_xr.ts";

/** Languages that the interface itself speaks. */
export type Spoken = "zh-Hans" | "en";
export type Word = Readonly<Record<Spoken, string>>;

const WORDS = { ...PANEL_WORDS, ...WALK_WORDS, ...XR_WORDS };

/** Names of what can be said. */
export type WordKey = keyof typeof WORDS;

/** Which of its languages the interface speaks to who reads `language` (a BCP 47 tag). */
export function spokenFor(language: string): Spoken {
  return /^zh\b/i.test(language) ? "zh-Hans" : "en";
}

/** The words named `key`; `{name}` in them is replaced by the value of that name. */
export function say(key: WordKey, language: string, values: Record<string, string | number> = {}): string {
  const word: Word = WORDS[key];
  return word[spokenFor(language)].replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}
