/** Which of a text's languages to show. */

import type { LanguageMap } from "./manifest.ts";

export interface Spoken {
  readonly text: string;
  /** What it is written in; set it as `lang`. */
  readonly lang: string;
  /** Set it as `dir`. */
  readonly dir: "ltr" | "rtl";
}

const RIGHT_TO_LEFT = new Set(["Adlm", "Arab", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"]);

/**
 * The text of `map` for a reader of `language` (a BCP 47 tag): the language itself, then another form of it in the same script
 * (zh-CN reads zh-Hans), then in any, then the `languages` of the hall in their order, then English, then any.
 */
export function inLanguage(
  map: LanguageMap | undefined,
  language: string,
  languages: readonly string[] = [],
): Spoken | undefined {
  const tags = Object.keys(map ?? {}).filter((tag) => typeof map?.[tag] === "string" && map[tag] !== "");
  const wanted = [language, ...languages, "en"];
  const lang = wanted.map((tag) => best(tags, tag)).find((tag) => tag !== undefined) ?? tags[0];
  if (map === undefined || lang === undefined) return undefined;
  return { text: map[lang], lang, dir: directionOf(lang) };
}

/** The way a language is written. */
export function directionOf(language: string): "ltr" | "rtl" {
  return RIGHT_TO_LEFT.has(likely(language)?.script ?? "") ? "rtl" : "ltr";
}

function best(tags: readonly string[], wanted: string): string | undefined {
  const same = tags.find((tag) => tag.toLowerCase() === wanted.toLowerCase());
  if (same !== undefined) return same;
  const reader = likely(wanted);
  const kin = reader === undefined ? [] : tags.filter((tag) => likely(tag)?.language === reader.language);
  return kin.find((tag) => likely(tag)?.script === reader?.script) ?? kin[0];
}

/** The tag with what it leaves unsaid: zh-TW is written in Hant. Undefined where it is no tag. */
function likely(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag).maximize();
  } catch {
    return undefined;
  }
}
