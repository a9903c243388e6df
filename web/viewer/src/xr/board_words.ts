/** What an in-scene board tells of an exhibit or a placard, in one language. */

import { inLanguage } from "exhibit-client";
import type { Exhibit, HallManifest, Placard } from "../contract.ts";
import { say } from "./say.ts";

/** A heading stands above its text. */
export interface Paragraph {
  heading?: string;
  text: string;
}

export interface BoardWords {
  title: string;
  lang: string;
  dir: "ltr" | "rtl";
  paragraphs: Paragraph[];
}

/** Title, summary, the placard's body, what was achieved, people, awards. */
export function wordsOf(
  manifest: HallManifest,
  told: { exhibit?: Exhibit; placard?: Placard },
  language: string,
): BoardWords {
  const spoken = (map: Parameters<typeof inLanguage>[0]) => inLanguage(map, language, manifest.languages);
  const text = (map: Parameters<typeof inLanguage>[0]) => spoken(map)?.text ?? "";
  const { exhibit, placard } = told;
  const title = spoken(exhibit?.label ?? placard?.label);
  const ids = new Set([placard?.achievement, ...(exhibit?.achievements ?? [])]);
  const achievements = manifest.achievements.filter((one) => ids.has(one.id));
  const named = new Set([...(placard?.people ?? []), ...achievements.flatMap((one) => one.people)]);
  const people = manifest.people.filter((one) => named.has(one.id));
  const won = new Set([...(placard?.awards ?? []), ...achievements.flatMap((one) => one.awards)]);
  const awards = manifest.awards.filter((one) => won.has(one.id));
  const paragraphs: Paragraph[] = [
    { text: text(exhibit?.summary) },
    { text: text(placard?.body) },
    ...achievements.map((one) => ({ heading: text(one.label), text: text(one.effect ?? one.summary) })),
    {
      heading: say("xr.people", language),
      text: people.map((one) => [text(one.label), text(one.title)].filter(Boolean).join(" · ")).join("\n"),
    },
    { heading: say("xr.awards", language), text: awards.map((one) => text(one.label)).join("\n") },
  ];
  return {
    title: title?.text ?? "",
    lang: title?.lang ?? language,
    dir: title?.dir ?? "ltr",
    paragraphs: paragraphs.filter((one) => one.text !== ""),
  };
}
