/** Speaking to the visitor: words of the interface and texts of the hall, in the language of the moment. */

import { inLanguage } from "exhibit-client";
import type { LanguageMap } from "exhibit-client";
import type { App } from "../contract.ts";
import { say, spokenFor, type WordKey } from "../words.ts";
import { type Attributes, type Child, element } from "./element.ts";
import { type Icon, icon } from "./icons.ts";

export interface Told {
  text: string;
  lang: string;
  dir: "ltr" | "rtl";
}

export interface Tongue {
  readonly language: string;
  /** Words of the interface. */
  say(key: WordKey, values?: Record<string, string | number>): string;
  /** A text of the hall, with the language that it is really in; undefined where there is none. */
  told(map: LanguageMap | undefined): Told | undefined;
  /** The bare text, for attributes and titles; empty where there is none. */
  plain(map: LanguageMap | undefined): string;
  /** A text of the hall in an element that says its language. */
  text(
    name: keyof HTMLElementTagNameMap,
    map: LanguageMap | undefined,
    attributes?: Attributes,
  ): HTMLElement | undefined;
  /** The same, a paragraph for each line of it. `keep` may leave lines out. */
  lines(map: LanguageMap | undefined, keep?: (line: string) => boolean): HTMLElement[];
}

/** The app's tongue: it always speaks the language of the moment. */
export function makeTongue(app: App): Tongue {
  const told = (map: LanguageMap | undefined) => inLanguage(map, app.language, app.hall?.manifest.languages);
  return {
    get language() {
      return app.language;
    },
    say: (key, values) => say(key, app.language, values),
    told,
    plain: (map) => told(map)?.text ?? "",
    text(name, map, attributes = {}) {
      const found = told(map);
      return found && element(name, { ...attributes, lang: found.lang, dir: found.dir }, found.text);
    },
    lines(map, keep = () => true) {
      const found = told(map);
      const lines = found?.text.split(/\n+/).map((line) => line.trim()).filter((line) => line && keep(line)) ?? [];
      return lines.map((line) => element("p", { lang: found?.lang, dir: found?.dir }, line));
    },
  };
}

/** An element that says a word of the interface, and says it anew when `relabel` is called. */
export function word(name: keyof HTMLElementTagNameMap, key: WordKey, attributes: Attributes = {}): HTMLElement {
  return element(name, { ...attributes, "data-word": key });
}

/** A button; its word is seen, or is only its name where `quiet`. `relabel` gives it words. */
export function button(
  key: WordKey,
  run: (event: Event) => void,
  options: { icon?: Icon; quiet?: boolean; class?: string } & Attributes = {},
): HTMLButtonElement {
  const { icon: picture, quiet, class: name = "", ...attributes } = options;
  const children: Child[] = [picture && icon(picture), !quiet && word("span", key)];
  const named = quiet ? { "data-label": key } : {};
  return element(
    "button",
    { type: "button", class: `button ${name}`.trim(), onclick: run, ...named, ...attributes as Attributes },
    ...children,
  );
}

/** Say all words of the interface below `root` in the language of the moment. */
export function relabel(root: HTMLElement, tongue: Tongue): void {
  for (const spoken of root.querySelectorAll<HTMLElement>("[data-word]")) {
    spoken.textContent = tongue.say(spoken.dataset.word as WordKey);
    if (spoken.lang) spoken.lang = interfaceLanguage(tongue);
  }
  for (const named of root.querySelectorAll<HTMLElement>("[data-label]")) {
    const name = tongue.say(named.dataset.label as WordKey);
    named.setAttribute("aria-label", name);
    if (named.tagName === "BUTTON") named.title = name;
  }
}

/** The language that the interface itself is in. */
export const interfaceLanguage = (tongue: Tongue): string => spokenFor(tongue.language);

/** The name of a language in itself: "zh-Hans" → "简体中文". The tag where nobody knows it. */
export function languageName(tag: string, inTongue = tag): string {
  try {
    return new Intl.DisplayNames([inTongue], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}
