/** The halls of the exhibition, the open one marked; read once from the exhibition's document. */

import type { ExhibitionDocument } from "exhibit-client";
import type { App, OpenHall } from "../contract.ts";
import { element } from "./element.ts";
import { icon } from "./icons.ts";
import type { Tongue } from "./tongue.ts";

const documents = new Map<string, Promise<ExhibitionDocument>>();

/** The list; it is filled when the document is there. */
export function hallList(app: App, hall: OpenHall, tongue: Tongue, chosen: () => void): HTMLElement {
  const list = element("ul", { class: "lines" });
  const fault = element("p", { class: "note", hidden: true }, tongue.say("halls.away"));
  const address = new URL(hall.manifest.links.exhibition, hall.loader.address).href;
  readOnce(address).then(
    (exhibition) => list.replaceChildren(...exhibition.halls.map((entry) => line(entry))),
    () => fault.hidden = false,
  );
  function line(entry: ExhibitionDocument["halls"][number]): HTMLElement {
    const here = entry.slug === hall.slug;
    const go = (event: Event) => {
      event.preventDefault();
      chosen();
      if (!here) void app.open(entry.slug);
    };
    return element(
      "li",
      {},
      element(
        "a",
        { class: "line", href: app.places.view(entry.slug), "aria-current": here ? "page" : undefined, onclick: go },
        icon(here ? "here" : "door"),
        element(
          "span",
          { class: "line-words" },
          tongue.text("strong", entry.label),
          here
            ? element("span", { class: "quiet" }, tongue.say("halls.here"))
            : tongue.text("span", entry.summary, { class: "quiet clamp" }),
        ),
      ),
    );
  }
  return element("div", {}, tongue.text("p", hall.manifest.exhibition.label, { class: "kicker" }), fault, list);
}

function readOnce(address: string): Promise<ExhibitionDocument> {
  const known = documents.get(address) ?? read(address);
  documents.set(address, known);
  known.catch(() => documents.delete(address));
  return known;
}

async function read(address: string): Promise<ExhibitionDocument> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const said: ExhibitionDocument = await answer.json();
  if (!Array.isArray(said.halls)) throw new Error(`${address} lists no halls`);
  return said;
}
