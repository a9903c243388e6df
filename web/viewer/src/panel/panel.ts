/** The whole interface around the hall, made of its parts. It listens to what happens, and asks the app for what is wished. */

import { Vector3 } from "three";
import type { App, OpenHall } from "../contract.ts";
import { makeClearing } from "./clearing.ts";
import { type Drawer, makeDrawer, type View } from "./drawer.ts";
import { element } from "./element.ts";
import { exhibitList, forgetSearch } from "./exhibit_list.ts";
import { hallList } from "./hall_list.ts";
import { makeLoading } from "./loading.ts";
import { moreList } from "./more.ts";
import { makeNotices } from "./notices.ts";
import { drawPlan, type Plan } from "./plan.ts";
import { makeReading } from "./reading.ts";
import { applySettings } from "./settings.ts";
import { interfaceLanguage, makeTongue, relabel } from "./tongue.ts";
import { makeTools } from "./tools.ts";
import { makeTopBar } from "./top_bar.ts";
import { makeTourBar } from "./tour_bar.ts";
import { tourList } from "./tour_list.ts";

/** Where there is room for drawer and placard at once. */
const ROOMY = "(min-width: 75rem)";
/** Where the drawer lies over the hall, and goes when something was chosen. */
const NARROW = "(max-width: 47.99rem)";

/** Make the interface in `host`, in place of what was there. */
export function makePanel(app: App, host: HTMLElement): void {
  const tongue = makeTongue(app);
  let plan: Plan | undefined;
  const leaveNarrow = () => matchMedia(NARROW).matches && drawer.close();

  const render = (view: View): Node | undefined => {
    const { hall } = app;
    plan = undefined;
    if (!hall) return undefined;
    if (view === "exhibits") return exhibitList(app, hall, tongue, leaveNarrow);
    if (view === "halls") return hallList(app, hall, tongue, () => drawer.close());
    if (view === "tours") return tourList(app, hall, tongue, () => drawer.close());
    if (view === "more") return moreList(app, tongue, host, drawer);
    plan = planOf(hall);
    follow();
    return element("div", {}, plan.root, element("p", { class: "quiet" }, tongue.say("plan.how")));
  };
  const planOf = (hall: OpenHall): Plan =>
    drawPlan(hall.manifest, tongue, {
      exhibit(exhibit) {
        app.select(exhibit.id, { fly: true });
        leaveNarrow();
      },
      door(to) {
        drawer.close();
        void app.open(to, { from: hall.slug });
      },
      floor(x, z) {
        const { position, yaw } = app.walker.gaze();
        if (!app.walker.isFree(x, z)) return app.tell("notice", { severity: "hint", text: tongue.say("plan.taken") });
        void app.walker.fly({ position: new Vector3(x, position.y, z), yaw, pitch: 0 });
        leaveNarrow();
      },
    });
  function follow(): void {
    if (!plan) return;
    const { position, yaw } = app.walker.gaze();
    plan.stand(position.x, position.z, yaw);
  }

  const tools = makeTools(app, tongue, () => drawer);
  const drawer: Drawer = makeDrawer(app, tongue, render, (view) => {
    tools.mark(view);
    const halls = host.querySelector(".halls-button");
    halls?.setAttribute("aria-expanded", String(view === "halls"));
    if (view && !matchMedia(ROOMY).matches) reading.close();
  });
  const reading = makeReading(app, tongue, host);

  const parts = [
    makeTopBar(app, tongue, drawer),
    !app.embedded && tools.root,
    !app.embedded && drawer.root,
    element("div", { class: "content" }, makeTourBar(app, tongue, () => reading.read()), reading.root),
    makeLoading(app, tongue, host.querySelector(".opening")),
    makeNotices(app, tongue),
  ];
  host.replaceChildren(...parts.filter((part) => part !== false));
  host.classList.toggle("embedded", app.embedded);
  app.stage.canvas.tabIndex = 0;
  speak();
  applySettings(app);
  makeClearing(app, reading.root);

  function speak(): void {
    host.lang = interfaceLanguage(tongue);
    host.dir = "ltr";
    relabel(host, tongue);
    drawer.refresh();
  }
  app.on("language", speak);
  app.on("hall", () => {
    forgetSearch();
    drawer.refresh();
  });
  app.on("leaving", () => drawer.close());
  app.on("select", (looked) => {
    plan?.mark(looked?.exhibit?.id);
    if (looked && !matchMedia(ROOMY).matches) drawer.close();
  });
  app.on("mode", (mode) => host.dataset.mode = mode);
  app.stage.onFrame(follow);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (reading.isOpen) app.select(undefined);
    else drawer.close();
  });
}
