/** About the hall: what must be said of it, who keeps it, its licence and edition. */

import type { App } from "../contract.ts";
import { openDialog } from "./dialog.ts";
import { type Child, element } from "./element.ts";
import { licence } from "./facts.ts";
import { dateWords } from "./figures.ts";
import type { Tongue } from "./tongue.ts";

/** Open the dialog. */
export function openAbout(app: App, tongue: Tongue, host: HTMLElement): void {
  openDialog(app, tongue, host, "tool.about", () => {
    const manifest = app.hall?.manifest;
    if (!manifest) return [];
    const { hall, exhibition, edition, requiredStatement, rights, organisations } = manifest;
    const row = (name: string, value: Child) => value && [element("dt", {}, name), element("dd", {}, value)];
    const day = (date: string) => dateWords(date, tongue.language);
    return [
      tongue.text("h3", hall.label, { class: "shared" }) ?? "",
      ...tongue.lines(hall.summary),
      requiredStatement
        ? element(
          "section",
          { class: "statement" },
          element("h4", {}, tongue.say("about.statement")),
          tongue.lines(requiredStatement),
        )
        : "",
      element(
        "dl",
        { class: "pairs" },
        row(tongue.say("about.exhibition"), tongue.text("span", exhibition.label)),
        row(
          tongue.say("about.open"),
          openDays(exhibition.opens && day(exhibition.opens), exhibition.closes && day(exhibition.closes), tongue),
        ),
        row(tongue.say("about.organisations"), organisations.map((one) => tongue.text("p", one.label))),
        row(
          tongue.say("about.edition"),
          tongue.say("about.editionOf", { n: edition.number, date: day(edition.publishedAt.slice(0, 10)) }),
        ),
        row(tongue.say("about.rights"), rights && licence(rights)),
      ),
    ].filter((part) => part instanceof Node);
  });
}

function openDays(from: string | undefined, to: string | undefined, tongue: Tongue): string | undefined {
  if (!from) return undefined;
  return to ? tongue.say("about.fromTo", { from, to }) : tongue.say("about.from", { from });
}
