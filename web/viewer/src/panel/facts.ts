/** What there is to know of a model beside the point: its size, its cost, its licence. */

import type { Exhibit, Variant } from "exhibit-client";
import type { OpenHall } from "../contract.ts";
import { type Child, element } from "./element.ts";
import { bytesWords, numberWords } from "./figures.ts";
import type { Tongue } from "./tongue.ts";

/** Folded facts of an exhibit. */
export function factsOf(hall: OpenHall, exhibit: Exhibit, tongue: Tongue): HTMLElement {
  const variant = variantOf(hall, exhibit);
  const rights = exhibit.rights ?? hall.manifest.rights;
  const row = (name: string, value: Child) => value && [element("dt", {}, name), element("dd", {}, value)];
  return element(
    "details",
    { class: "facts", "data-kept": "facts" },
    element("summary", {}, tongue.say("placard.model")),
    element(
      "dl",
      { class: "pairs" },
      row(tongue.say("placard.look"), tongue.text("span", exhibit.alt)),
      row(tongue.say("placard.size"), sizeWords(exhibit, tongue)),
      row(tongue.say("placard.triangles"), variant && numberWords(variant.triangles, tongue.language)),
      row(tongue.say("placard.bytes"), variant && bytesWords(variant.bytes, tongue.language)),
      row(tongue.say("placard.rights"), rights && licence(rights)),
    ),
  );
}

/** The file that this device shows; undefined where the manifest names none. */
function variantOf(hall: OpenHall, exhibit: Exhibit): Variant | undefined {
  try {
    return hall.loader.variantOf(exhibit);
  } catch {
    return undefined;
  }
}

function sizeWords(exhibit: Exhibit, tongue: Tongue): string | undefined {
  if (!exhibit.bounds) return undefined;
  const { min, max } = exhibit.bounds;
  const [w, h, d] = max.map((value, axis) => numberWords(value - min[axis], tongue.language, 2));
  return tongue.say("placard.metres", { w, h, d });
}

/** A licence by its short name, linked where its address is one of the web. */
export function licence(uri: string): HTMLElement {
  const [, kind, version] = /creativecommons\.org\/(?:licenses|publicdomain)\/([a-z-]+)\/([\d.]+)/.exec(uri) ?? [];
  const name = kind === "zero" ? `CC0 ${version}` : kind ? `CC ${kind.toUpperCase()} ${version}` : uri;
  if (!/^https?:\/\//i.test(uri)) return element("span", {}, name);
  return element("a", { href: uri, rel: "license noopener", target: "_blank" }, name);
}
