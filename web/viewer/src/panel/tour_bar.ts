/** A tour under way: what is told, where it is, and what the visitor may do with it. */

import type { App } from "../contract.ts";
import { element } from "./element.ts";
import { applySettings } from "./settings.ts";
import { remember, remembered } from "./remembered.ts";
import { button, relabel, type Tongue } from "./tongue.ts";

/** The bar; it is there while a tour is. `read` opens the placard of the stop. The keyboard goes to it when a tour begins. */
export function makeTourBar(app: App, tongue: Tongue, read: () => void): HTMLElement {
  const { guide } = app;
  const name = element("p", { class: "kicker" });
  const caption = element("div", { class: "tour-caption", role: "status", tabindex: "0" });
  const place = element("p", { class: "quiet tour-place" });
  const play = button("tour.pause", () => guide.state?.playing ? guide.pause() : guide.resume(), {
    icon: "pause",
    quiet: true,
    class: "strong",
  });
  const resume = button("tour.play", () => guide.resume(), { icon: "play", quiet: true, class: "strong" });
  const aloud = button("tour.aloud", () => {
    remember("aloud", remembered("aloud") === "on" ? "off" : "on");
    applySettings(app);
    show();
  }, { icon: "aloud", quiet: true });
  const root = element(
    "section",
    { class: "tour-bar", hidden: true },
    element("div", { class: "tour-words" }, element("div", { class: "tour-head" }, name, place), caption),
    element(
      "div",
      { class: "tour-controls" },
      button("tour.previous", () => guide.previous(), { icon: "previous", quiet: true }),
      play,
      resume,
      button("tour.next", () => guide.next(), { icon: "next", quiet: true }),
      element("span", { class: "tour-space" }),
      button("tour.read", read, { icon: "catalogue", quiet: true, class: "tour-read" }),
      aloud,
      button("tour.end", () => guide.end(), { icon: "close", quiet: true }),
    ),
  );
  let told = "";
  function show(): void {
    const state = guide.state;
    const began = state !== undefined && root.hidden;
    const had = root.contains(document.activeElement);
    root.hidden = state === undefined;
    document.documentElement.classList.toggle("touring", state !== undefined);
    if (!state) {
      told = "";
      if (had) app.stage.canvas.focus({ preventScroll: true });
      return;
    }
    const { tour, stop, playing } = state;
    const of = tour.stops.length;
    const playHad = document.activeElement === play || document.activeElement === resume;
    play.hidden = !playing;
    resume.hidden = playing;
    if (playHad) (playing ? play : resume).focus();
    aloud.hidden = guide.canReadAloud?.() === false;
    aloud.setAttribute("aria-pressed", String(remembered("aloud") === "on"));
    name.replaceChildren(tongue.text("span", tour.label) ?? "");
    root.setAttribute("aria-label", tongue.say("tour.label", { tour: tongue.plain(tour.label) }));
    place.textContent = tongue.say("tour.place", { n: stop + 1, of });
    const now = `${tour.id} ${stop} ${tongue.language}`;
    if (now !== told) caption.replaceChildren(...narration());
    told = now;
    relabel(root, tongue);
    if (began) (playing ? play : resume).focus({ preventScroll: true });
  }
  function narration(): HTMLElement[] {
    const stop = guide.state?.tour.stops[guide.state.stop];
    const manifest = app.hall?.manifest;
    const exhibit = manifest?.exhibits.find((one) => one.id.endsWith(`/${stop?.exhibit}`));
    const lines = tongue.lines(stop?.narration);
    return lines.length > 0 ? lines : tongue.lines(exhibit?.summary ?? exhibit?.label);
  }
  app.on("tour", show);
  app.on("offers", show);
  app.on("language", show);
  return root;
}
