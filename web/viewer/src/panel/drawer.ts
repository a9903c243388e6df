/** The drawer beside the hall: exhibits, halls, plan, tours, and all else, one at a time. */

import type { App } from "../contract.ts";
import type { WordKey } from "../words.ts";
import { element } from "./element.ts";
import { button, relabel, type Tongue, word } from "./tongue.ts";

export type View = "exhibits" | "halls" | "plan" | "tours" | "more";

const TITLES: Record<View, WordKey> = {
  exhibits: "tool.exhibits",
  halls: "tool.halls",
  plan: "tool.plan",
  tours: "tool.tours",
  more: "tool.more",
};

export interface Drawer {
  readonly root: HTMLElement;
  readonly view: View | undefined;
  /** Open a view, or close the one that is open if it is the same. */
  toggle(view: View): void;
  /** Close it; the keyboard goes back to who opened it. */
  close(): void;
  /** Draw the open view anew. */
  refresh(): void;
}

/** A closed drawer. `render` makes the content of a view, `changed` is told which one is open. */
export function makeDrawer(
  app: App,
  tongue: Tongue,
  render: (view: View) => Node | undefined,
  changed: (view: View | undefined) => void,
): Drawer {
  const title = element("h2", { tabindex: "-1", id: "drawer-title" });
  const content = element("div", { class: "drawer-body", tabindex: "0" });
  const head = element(
    "div",
    { class: "drawer-head" },
    title,
    button("close", () => close(), { icon: "close", quiet: true }),
  );
  const root = element(
    "section",
    { class: "drawer", id: "drawer", "aria-labelledby": title.id, hidden: true },
    head,
    content,
  );
  let view: View | undefined;
  let before: HTMLElement | undefined;

  function refresh() {
    if (!view) return;
    const had = content.contains(document.activeElement) ? document.activeElement?.id : undefined;
    const scrolled = content.scrollTop;
    title.replaceChildren(word("span", TITLES[view]));
    const made = render(view);
    content.replaceChildren(...made ? [made] : []);
    relabel(root, tongue);
    content.scrollTop = scrolled;
    if (had) content.querySelector<HTMLElement>(`#${CSS.escape(had)}`)?.focus();
  }
  function close() {
    if (!view) return;
    const had = root.contains(document.activeElement);
    view = undefined;
    root.hidden = true;
    changed(undefined);
    if (had) {
      (before?.isConnected && before.offsetParent !== null ? before : app.stage.canvas).focus({ preventScroll: true });
    }
  }
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    event.stopPropagation();
  });
  return {
    root,
    get view() {
      return view;
    },
    toggle(wanted) {
      if (view === wanted) return close();
      const had = document.activeElement;
      if (had instanceof HTMLElement && !root.contains(had)) before = had;
      view = wanted;
      root.hidden = false;
      root.dataset.view = wanted;
      content.scrollTop = 0;
      changed(wanted);
      refresh();
      title.focus({ preventScroll: true });
    },
    close,
    refresh,
  };
}
