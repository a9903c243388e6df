/** The tools of a visit: exhibits, plan, tours, AR and VR, and all else. Beside the hall, or below it on a phone. */

import type { App, Offer } from "../contract.ts";
import type { Drawer, View } from "./drawer.ts";
import { element } from "./element.ts";
import type { Icon } from "./icons.ts";
import { button, type Tongue } from "./tongue.ts";

const VIEWS: readonly { view: View; icon: Icon }[] = [
  { view: "exhibits", icon: "list" },
  { view: "plan", icon: "plan" },
  { view: "tours", icon: "tour" },
];

export interface Tools {
  readonly root: HTMLElement;
  /** Show which view of the drawer is open. */
  mark(view: View | undefined): void;
}

/** The tools, as buttons. */
export function makeTools(app: App, tongue: Tongue, drawer: () => Drawer): Tools {
  const opener = (view: View, icon: Icon) =>
    button(`tool.${view}`, () => drawer().toggle(view), {
      icon,
      class: "tool",
      "aria-expanded": "false",
      "aria-controls": "drawer",
      "data-view": view,
    });
  const root = element(
    "nav",
    { class: "tools", "data-label": "bar.tools" },
    VIEWS.map(({ view, icon }) => opener(view, icon)),
    immersiveButton(app, tongue, "ar", () => app.immersion.enterAr()),
    immersiveButton(app, tongue, "vr", () => app.immersion.enterVr()),
    opener("more", "more"),
  );
  return {
    root,
    mark(view) {
      for (const tool of root.querySelectorAll<HTMLElement>("[data-view]")) {
        tool.setAttribute("aria-expanded", String(tool.dataset.view === view));
      }
    },
  };
}

/** A button into AR or VR. Where that does not work it stays reachable, and says why when it is looked at or pressed. */
export function immersiveButton(app: App, tongue: Tongue, way: "ar" | "vr", enter: () => Promise<void>): HTMLElement {
  let offer: Offer | undefined;
  const why = element("span", { class: "why", role: "tooltip", id: `why-${way}` });
  const reason = () => offer?.why ?? tongue.say(offer ? "immersion.no" : "immersion.unknown");
  const press = () => {
    if (!offer?.works) return app.tell("notice", { severity: "hint", text: reason() });
    enter().catch((error: Error) => app.tell("notice", { severity: "warning", text: error.message }));
  };
  const made = button(`tool.${way}`, press, { icon: way, class: "tool", "data-way": way, "aria-describedby": why.id });
  const show = () => {
    if (offer?.works) made.removeAttribute("aria-disabled");
    else made.setAttribute("aria-disabled", "true");
    why.textContent = offer?.works ? "" : reason();
    why.hidden = why.textContent === "";
  };
  const ask = async () => {
    try {
      offer = (await app.immersion.offers())[way];
    } catch {
      offer = { works: false };
    }
    show();
  };
  show();
  app.on("offers", () => void ask());
  app.on("language", () => void ask());
  app.on("hall", () => void ask());
  return element("span", { class: "tool-place" }, made, why);
}
