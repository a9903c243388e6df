/** How far loading has come: a thin bar and true bytes. */

import type { App } from "../contract.ts";
import { element } from "./element.ts";
import { bytesWords } from "./figures.ts";
import type { Tongue } from "./tongue.ts";

/** The bar; it goes when all is loaded. `opening`, what the page said before any script ran, stays until a hall stands. */
export function makeLoading(app: App, tongue: Tongue, opening: Element | null): HTMLElement {
  const bar = element("div", { class: "loading-bar" });
  const track = element("div", {
    class: "loading-track",
    role: "progressbar",
    "data-label": "loading.label",
    hidden: true,
  }, bar);
  const words = element("p", { class: "loading-words", "aria-hidden": "true", hidden: true });
  let last = { loaded: 0, total: 0 };
  function show(): void {
    const { loaded, total } = last;
    const under = total > 0 && loaded < total;
    track.hidden = words.hidden = !under;
    words.textContent = "";
    if (!under) return;
    const share = loaded / total;
    bar.style.transform = `scaleX(${share})`;
    track.setAttribute("aria-valuenow", String(Math.floor(share * 100)));
    const said = [loaded, total].map((bytes) => bytesWords(bytes, tongue.language));
    words.textContent = tongue.say("loading.bytes", { loaded: said[0], total: said[1] });
    track.setAttribute("aria-valuetext", words.textContent);
  }
  app.on("progress", (progress) => {
    last = progress;
    show();
  });
  app.on("hall", () => {
    opening?.remove();
    last = { loaded: 0, total: 0 };
    show();
  });
  app.on("notice", ({ severity }) => severity === "end" && opening?.remove());
  app.on("language", show);
  return element("section", { class: "loading", "data-label": "loading.label" }, track, words, opening);
}
