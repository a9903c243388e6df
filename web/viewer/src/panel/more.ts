/** All else that one can do: share, settings, help, other pages, full screen. */

import type { App } from "../contract.ts";
import { openAbout } from "./about.ts";
import type { Drawer } from "./drawer.ts";
import { element } from "./element.ts";
import { openHelp } from "./help.ts";
import { type Icon, icon } from "./icons.ts";
import { openSettings } from "./settings.ts";
import { openShare } from "./share.ts";
import { button, type Tongue, word } from "./tongue.ts";
import type { WordKey } from "../words.ts";

/** The list of them. */
export function moreList(app: App, tongue: Tongue, host: HTMLElement, drawer: Drawer): HTMLElement {
  const page = (key: WordKey, picture: Icon, href: string) =>
    element("a", { class: "button", href }, icon(picture), word("span", key));
  const places = app.places;
  return element(
    "ul",
    { class: "more" },
    [
      button("tool.halls", () => drawer.toggle("halls"), { icon: "door" }),
      button("tool.share", () => openShare(app, tongue, host), { icon: "share" }),
      button("tool.settings", () => openSettings(app, tongue, host), { icon: "settings" }),
      button("tool.help", () => openHelp(app, tongue, host), { icon: "help" }),
      button("tool.about", () => openAbout(app, tongue, host), { icon: "about" }),
      page("tool.catalogue", "catalogue", places.catalogue(app.hall?.slug ?? "")),
      page("tool.entrance", "entrance", places.entrance()),
      document.fullscreenEnabled && button(
        document.fullscreenElement ? "tool.leaveFullScreen" : "tool.fullScreen",
        () => void turnFullScreen(drawer),
        { icon: "full" },
      ),
    ].map((one) => one && element("li", {}, one)),
  );
}

async function turnFullScreen(drawer: Drawer): Promise<void> {
  try {
    await (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen());
  } catch {
    // The browser said no; the page stays as it is.
  }
  drawer.refresh();
}
