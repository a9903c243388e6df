/** Where a placard is read: beside the hall on a wide screen, a sheet that is drawn up from below on a phone. */

import type { App } from "../contract.ts";
import { element } from "./element.ts";
import { button, relabel, type Tongue } from "./tongue.ts";

export type Size = "peek" | "half" | "full";

export interface Sheet {
  readonly root: HTMLElement;
  /** Buttons above the text. */
  readonly head: HTMLElement;
  /** What scrolls. */
  readonly body: HTMLElement;
  readonly isOpen: boolean;
  /** Show it. With `focus` the title has the keyboard, and closing gives it back to who had it. */
  open(options: { focus: boolean; size?: Size }): void;
  close(): void;
}

const KEPT_KEYS = new Set([
  "ArrowUp",
  "ArrowDown",
  "ArrowLeft",
  "ArrowRight",
  "PageUp",
  "PageDown",
  "Home",
  "End",
  " ",
  "Enter",
]);

/** A closed sheet. `closed` is called when the visitor closes it. */
export function makeSheet(app: App, tongue: Tongue, closed: () => void): Sheet {
  const grip = button("placard.larger", () => resize(nextSize()), {
    quiet: true,
    class: "grip",
    "aria-expanded": "false",
  });
  const head = element("div", { class: "sheet-head" });
  const body = element("div", { class: "sheet-body", tabindex: "0" });
  const root = element("section", { class: "sheet", "data-label": "placard.label", hidden: true }, grip, head, body);
  let before: HTMLElement | undefined;
  let size: Size = "half";

  const nextSize = (): Size => size === "full" ? "half" : "full";
  function resize(to: Size) {
    size = to;
    root.dataset.size = to;
    root.style.removeProperty("--drawn");
    grip.setAttribute("aria-expanded", String(to === "full"));
    grip.dataset.label = to === "full" ? "placard.smaller" : "placard.larger";
    relabel(root, tongue);
  }
  draggable(root, [grip, head], (height) => {
    const share = height / innerHeight;
    if (share < 0.12) closed();
    else resize(share < 0.28 ? "peek" : share < 0.66 ? "half" : "full");
  });
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape") closed();
    if (event.key === "Escape" || KEPT_KEYS.has(event.key)) event.stopPropagation();
  });

  return {
    root,
    head,
    body,
    get isOpen() {
      return !root.hidden;
    },
    open({ focus, size: wanted }) {
      const had = document.activeElement;
      if (root.hidden) before = had instanceof HTMLElement && had !== document.body ? had : app.stage.canvas;
      if (root.hidden || wanted) resize(wanted ?? "half");
      root.hidden = false;
      if (focus && !root.contains(had)) body.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
    },
    close() {
      const had = root.contains(document.activeElement);
      root.hidden = true;
      if (had) {
        (before?.isConnected && before.offsetParent !== null ? before : app.stage.canvas).focus({
          preventScroll: true,
        });
      }
    },
  };
}

/** Let the pointer draw `root` up and down by its handles; `dropped` is told the height in pixels where it was let go. */
function draggable(root: HTMLElement, handles: HTMLElement[], dropped: (height: number) => void): void {
  for (const handle of handles) {
    handle.addEventListener("pointerdown", (down) => {
      if (getComputedStyle(root).getPropertyValue("--drawable").trim() !== "1") return;
      const from = root.getBoundingClientRect().height;
      let height = from;
      const move = (event: PointerEvent) => {
        height = Math.max(0, from + down.clientY - event.clientY);
        if (Math.abs(height - from) > 6) root.style.setProperty("--drawn", `${height}px`);
      };
      const up = () => {
        removeEventListener("pointermove", move);
        if (Math.abs(height - from) > 6) dropped(height);
      };
      addEventListener("pointermove", move);
      addEventListener("pointerup", up, { once: true });
      addEventListener("pointercancel", up, { once: true });
    });
  }
}
