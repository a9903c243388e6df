/** The tours of the hall, to be started. */

import type { App, OpenHall } from "../contract.ts";
import { element } from "./element.ts";
import { button, type Tongue } from "./tongue.ts";

/** The list; `chosen` is called when one was started. */
export function tourList(app: App, hall: OpenHall, tongue: Tongue, chosen: () => void): HTMLElement {
  const { tours } = hall.manifest.space;
  if (tours.length === 0) return element("p", { class: "quiet" }, tongue.say("tours.none"));
  const start = (id: string) => {
    chosen();
    app.guide.start(id);
  };
  return element(
    "ul",
    { class: "tours" },
    tours.map((tour) =>
      element(
        "li",
        { class: "tour" },
        tongue.text("h3", tour.label),
        tongue.lines(tour.summary),
        element("p", { class: "quiet" }, tongue.say("tours.stops", { n: tour.stops.length })),
        button("tours.start", () => start(tour.id), { icon: "play", class: "strong", "data-tour": tour.id }),
      )
    ),
  );
}
