/** A selection: how it went, and who was chosen. */

import type { HallManifest, LanguageMap, Selection } from "exhibit-client";
import type { OpenHall } from "../contract.ts";
import { PANEL_WORDS } from "./panel_words.ts";
import { element } from "./element.ts";
import { dateWords } from "./figures.ts";
import { byId } from "./lookup.ts";
import type { Tongue } from "./tongue.ts";

/** The selection with its stages by date and its results, the highest stage first. */
export function selectionCard(hall: OpenHall, selection: Selection, tongue: Tongue): HTMLElement {
  const labels = labelsOf(hall.manifest);
  const stages = [...selection.stages].reverse().map((one) => one.stage);
  const shown = stages.filter((stage) => selection.results.some((result) => result.stage === stage));
  return element(
    "section",
    { class: "chapter selection" },
    element("p", { class: "kicker" }, tongue.say("placard.selection"), ` · ${selection.year}`),
    tongue.text("h3", selection.label),
    tongue.lines(selection.summary),
    element("h4", {}, tongue.say("placard.stages")),
    element("ol", { class: "stages" }, selection.stages.map((stage) => stageLine(stage, tongue))),
    shown.length > 0 && element("h4", {}, tongue.say("placard.results")),
    shown.map((stage, index) =>
      element(
        "details",
        { open: index === 0, "data-kept": `results ${selection.id} ${stage}` },
        element("summary", {}, stageName(stage, tongue)),
        results(selection, stage, labels, tongue),
      )
    ),
  );
}

function stageLine(stage: Selection["stages"][number], tongue: Tongue): HTMLElement {
  const day = (date: string) => element("time", { datetime: date }, dateWords(date, tongue.language));
  return element(
    "li",
    {},
    element("strong", {}, stageName(stage.stage, tongue)),
    day(stage.begins),
    " – ",
    day(stage.ends),
  );
}

function stageName(stage: string, tongue: Tongue): string {
  const key = `stage.${stage}`;
  return key in PANEL_WORDS ? tongue.say(key as "stage.awarded") : stage;
}

/** Who reached the stage, under the award that was given. Whoever is not in the manifest is passed over. */
function results(selection: Selection, stage: string, labels: Map<string, LanguageMap>, tongue: Tongue): HTMLElement[] {
  const byAward = new Map<string, HTMLElement[]>();
  for (const result of selection.results) {
    const subject = tongue.text("li", labels.get(result.subject));
    if (result.stage !== stage || !subject) continue;
    const award = result.award ?? "";
    byAward.set(award, [...byAward.get(award) ?? [], subject]);
  }
  return [...byAward].map(([award, subjects]) =>
    element("div", { class: "results" }, tongue.text("h5", labels.get(award)), element("ul", {}, subjects))
  );
}

function labelsOf(manifest: HallManifest): Map<string, LanguageMap> {
  const { people, achievements, studios, awards } = manifest;
  const all = [...people, ...achievements, ...studios, ...awards];
  return new Map([...byId<{ id: string; label: LanguageMap }>(all)].map(([id, thing]) => [id, thing.label]));
}
