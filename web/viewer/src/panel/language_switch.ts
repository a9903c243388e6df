/** The switch of language: buttons for few, a list for many. Each is named in itself. */

import type { App } from "../contract.ts";
import { element } from "./element.ts";
import { languageName, type Tongue } from "./tongue.ts";

/** As many languages stand side by side. */
const BUTTONS = 3;
const SHORT: Record<string, string> = { "zh-Hans": "中文", zh: "中文", "zh-Hant": "繁體", en: "EN" };

/** The switch for the languages of the open hall; it marks the one that is spoken. */
export function makeLanguageSwitch(app: App, tongue: Tongue): HTMLElement {
  const root = element("div", { class: "languages", role: "group", "data-label": "bar.language" });
  let made = "";
  function show(): void {
    const languages = app.hall?.manifest.languages ?? [];
    const now = spokenOf(languages, tongue.language);
    if (made !== languages.join()) root.replaceChildren(...make(languages));
    made = languages.join();
    for (const choice of root.querySelectorAll<HTMLElement>("[data-language]")) {
      choice.setAttribute("aria-pressed", String(choice.dataset.language === now));
    }
    const list = root.querySelector("select");
    if (list) list.value = now ?? "";
  }
  function make(languages: string[]): HTMLElement[] {
    if (languages.length < 2) return [];
    if (languages.length <= BUTTONS) {
      return languages.map((tag) =>
        element("button", {
          type: "button",
          class: "language",
          lang: tag,
          "data-language": tag,
          title: languageName(tag),
          onclick: () => app.speak(tag),
        }, SHORT[tag] ?? languageName(tag))
      );
    }
    const options = languages.map((tag) => element("option", { value: tag, lang: tag }, languageName(tag)));
    const list = element("select", { class: "field", "data-label": "bar.language" }, options);
    list.addEventListener("change", () => app.speak(list.value));
    return [list];
  }
  app.on("hall", show);
  app.on("language", show);
  return root;
}

/** Which of the hall's languages the visitor reads: the one itself, else one of the same primary language. */
function spokenOf(languages: string[], language: string): string | undefined {
  const primary = (tag: string) => tag.split("-")[0].toLowerCase();
  return languages.find((tag) => tag.toLowerCase() === language.toLowerCase()) ??
    languages.find((tag) => primary(tag) === primary(language));
}
