/** The buttons over the camera's picture on a phone: a small bar in the page's own language. */

import type { App, Undo } from "../contract.ts";

/** One button; `key` tells tests and styles which. */
export interface OverlayButton {
  key: string;
  label: string;
  run: () => void;
}

export interface Overlay {
  /** Write the bar anew. */
  write(hint: string, buttons: readonly OverlayButton[]): void;
  undo: Undo;
}

/** Where the visitor's interface lives in the page: the root of the overlay, so that placards are seen in AR too. */
export function overlayRoot(): HTMLElement {
  return document.querySelector<HTMLElement>("#interface") ?? document.body;
}

/** Lay the bar over `root`. A tap on the interface is never a tap into the room. */
export function makeOverlay(app: App, root: HTMLElement): Overlay {
  const bar = document.createElement("div");
  bar.className = "xr-bar";
  bar.setAttribute("role", "toolbar");
  Object.assign(bar.style, {
    position: "fixed",
    insetInline: "0",
    bottom: "0",
    zIndex: "1000",
    display: "flex",
    flexWrap: "wrap",
    gap: "8px",
    justifyContent: "center",
    padding: "12px 12px calc(12px + env(safe-area-inset-bottom))",
    pointerEvents: "none",
  });
  const hintLine = document.createElement("p");
  hintLine.setAttribute("role", "status");
  Object.assign(hintLine.style, {
    flexBasis: "100%",
    margin: "0",
    textAlign: "center",
    color: "#fff",
    font: "500 16px/1.5 system-ui, sans-serif",
    textShadow: "0 1px 4px rgba(0, 0, 0, 0.8)",
  });
  bar.append(hintLine);
  root.append(bar);
  const keep = (event: Event) => {
    if (event.target !== root && event.target !== document.body) event.preventDefault();
  };
  root.addEventListener("beforexrselect", keep);
  return {
    write(hint, buttons) {
      bar.lang = app.language;
      hintLine.textContent = hint;
      const focused = bar.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset.key : "";
      bar.replaceChildren(hintLine, ...buttons.map(buttonOf));
      if (focused) bar.querySelector<HTMLElement>(`[data-key="${focused}"]`)?.focus();
    },
    undo() {
      root.removeEventListener("beforexrselect", keep);
      bar.remove();
    },
  };
}

function buttonOf({ key, label, run }: OverlayButton): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.key = key;
  button.textContent = label;
  button.addEventListener("click", run);
  Object.assign(button.style, {
    pointerEvents: "auto",
    minHeight: "44px",
    minWidth: "44px",
    padding: "8px 16px",
    border: "0",
    borderRadius: "22px",
    background: "rgba(250, 247, 241, 0.92)",
    color: "#211d19",
    font: "500 16px/1.4 system-ui, sans-serif",
  });
  return button;
}
