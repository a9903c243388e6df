/** Above the hall: its name, which opens the list of halls, and the switch of language. */

import type { App } from "../contract.ts";
import { linkTo } from "./share.ts";
import type { Drawer } from "./drawer.ts";
import { element } from "./element.ts";
import { icon } from "./icons.ts";
import { makeLanguageSwitch } from "./language_switch.ts";
import { type Tongue, word } from "./tongue.ts";

/** The bar. In another page's frame it has no list of halls, but leads to the full page. */
export function makeTopBar(app: App, tongue: Tongue, drawer: Drawer): HTMLElement {
  const name = element("span", { class: "hall-name" });
  const exhibition = element("span", { class: "hall-exhibition" });
  const halls = element(
    "button",
    {
      type: "button",
      class: "halls-button",
      "aria-expanded": "false",
      "aria-controls": "drawer",
      onclick: () => drawer.toggle("halls"),
    },
    name,
    icon("up"),
  );
  const full = element(
    "a",
    { class: "button open-full", target: "_blank", rel: "noopener" },
    icon("full"),
    word("span", "bar.full"),
  );
  const root = element(
    "header",
    { class: "top-bar" },
    element("div", { class: "hall-title" }, element("h1", {}, app.embedded ? name : halls), exhibition),
    makeLanguageSwitch(app, tongue),
    app.embedded && full,
  );
  function show(): void {
    const manifest = app.hall?.manifest;
    if (!manifest) return;
    name.replaceChildren(tongue.text("bdi", manifest.hall.label) ?? "");
    exhibition.replaceChildren(tongue.text("bdi", manifest.exhibition.label) ?? "");
    full.href = linkTo(app);
    app.stage.canvas.setAttribute("role", "application");
    app.stage.canvas.setAttribute("aria-label", tongue.say("stage.label", { hall: tongue.plain(manifest.hall.label) }));
  }
  app.on("hall", show);
  app.on("language", show);
  app.on("select", (looked) => full.href = linkTo(app, looked?.exhibit));
  return root;
}
