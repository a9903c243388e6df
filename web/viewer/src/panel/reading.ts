/** Reading a placard: its text in the sheet, the ways to the exhibits beside it, and what one can do with it. */

import type { Exhibit } from "exhibit-client";
import type { App } from "../contract.ts";
import { slugOf } from "../places.ts";
import { element } from "./element.ts";
import { icon } from "./icons.ts";
import { addressOf, pictureOf, walkOrder } from "./lookup.ts";
import { type Looked, placardArticle } from "./placard.ts";
import { openShare } from "./share.ts";
import { makeSheet } from "./sheet.ts";
import { silence } from "./sounds.ts";
import { button, relabel, type Tongue, word } from "./tongue.ts";

/** Where the sheet comes from below. As in the style. */
const BELOW = "(max-width: 47.99rem) and (min-height: 30.01rem), (max-width: 35.99rem)";

export interface Reading {
  readonly root: HTMLElement;
  readonly isOpen: boolean;
  /** Show what is selected where the sheet was held back during a tour. */
  read(): void;
  close(): void;
}

/** The placard's sheet; it opens when something is selected. */
export function makeReading(app: App, tongue: Tongue, host: HTMLElement): Reading {
  const sheet = makeSheet(app, tongue, () => app.select(undefined));
  const step = (side: 0 | 1) => () => app.select(beside[side], { fly: true });
  const previous = button("placard.previous", step(0), { icon: "previous", quiet: true });
  const place = element("p", { class: "quiet" });
  const next = button("placard.next", step(1), { icon: "next", quiet: true });
  const close = button("close", () => app.select(undefined), { icon: "close", quiet: true, class: "sheet-close" });
  sheet.head.append(previous, place, next, close);
  let beside: string[] = [];
  let looked: Looked | undefined;
  let shown = "";

  function show(): void {
    const hall = app.hall;
    if (!hall || !looked) return;
    const { exhibit } = looked;
    const now = exhibit?.id ?? looked.placard?.id ?? "";
    const open = now === shown ? openDetails(sheet.body) : undefined;
    const scrolled = now === shown ? sheet.body.scrollTop : 0;
    const titleHad = document.activeElement?.classList.contains("placard-title") &&
      sheet.body.contains(document.activeElement);
    const failed = exhibit !== undefined && hall.exhibits.all.get(exhibit.id)?.state === "failed";
    arrangeHead(exhibit);
    sheet.body.replaceChildren(placardArticle(hall, looked, tongue, actionsOf(exhibit), failed));
    if (open) {
      for (const details of sheet.body.querySelectorAll("details")) details.open = open.has(details.dataset.kept ?? "");
    }
    sheet.body.scrollTop = scrolled;
    if (titleHad) sheet.body.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
    shown = now;
    relabel(sheet.root, tongue);
  }

  /** The buttons stay the same elements, so that whoever presses one can press it again. */
  function arrangeHead(exhibit: Exhibit | undefined): void {
    const order = app.hall ? walkOrder(app.hall.manifest) : [];
    const at = order.findIndex((one) => one.id === exhibit?.id);
    beside = at < 0 || order.length < 2 ? [] : [-1, 1].map((by) => order[(at + by + order.length) % order.length].id);
    for (const part of [previous, place, next]) part.hidden = beside.length === 0;
    place.textContent = tongue.say("placard.place", { n: at + 1, of: order.length });
  }

  function actionsOf(exhibit: Exhibit | undefined): HTMLElement | undefined {
    const slug = app.hall?.slug;
    if (!slug) return undefined;
    const share = button("tool.share", () => openShare(app, tongue, host, exhibit), { icon: "qr", class: "small" });
    const catalogue = element(
      "a",
      { class: "button small", href: app.places.catalogue(slug, exhibit && slugOf(exhibit.id)) },
      icon("catalogue"),
      word("span", "tool.catalogue"),
    );
    const room = element("span", { class: "room-view" });
    if (exhibit) void offerRoom(room, exhibit);
    return element("div", { class: "actions" }, room, share, catalogue);
  }

  /** The way to see one exhibit at home: by WebXR, else by the device's own viewer, else the reason why not. */
  async function offerRoom(place: HTMLElement, exhibit: Exhibit): Promise<void> {
    const offers = await app.immersion.offers().catch(() => undefined);
    const link = app.immersion.systemLink(exhibit);
    if (offers?.ar.works || !link) {
      const enter = () => {
        if (!offers?.ar.works) return tell(offers?.ar.why ?? tongue.say("immersion.no"));
        app.immersion.enterAr(exhibit.id).catch((error: Error) => tell(error.message));
      };
      const press = button("placard.ar", enter, { icon: "ar", class: "strong small" });
      if (!offers?.ar.works) {
        press.setAttribute("aria-disabled", "true");
        press.title = offers?.ar.why ?? tongue.say("immersion.no");
      }
      place.replaceChildren(press);
    } else {
      // Quick Look starts only from a link whose one child is a picture.
      const picture = pictureOf(exhibit, 200);
      const src = (app.hall && addressOf(app.hall, picture)) ?? app.places.file("icon.svg");
      const words = element("span", { "data-word": "placard.ar", "aria-hidden": "true" });
      const image = element("img", { src, alt: tongue.say("placard.ar") });
      place.replaceChildren(element("a", { class: "ar-link", href: link.href, rel: link.rel }, image), words);
    }
    relabel(place, tongue);
  }
  const tell = (text: string) => app.tell("notice", { severity: "hint", text });

  app.on("select", (now) => {
    looked = now;
    silence();
    if (!now) return sheet.close();
    show();
    sheet.body.scrollTop = 0;
    const touring = app.guide.state !== undefined;
    // On a phone a tour needs the room, and its bar leads here.
    if (touring && matchMedia(BELOW).matches) sheet.close();
    else sheet.open({ focus: !touring });
  });
  app.on("language", show);
  app.on("offers", show);
  app.on("shown", (one) => {
    if (one.state === "failed" && one.id === looked?.exhibit?.id) show();
  });
  app.on("leaving", () => {
    looked = undefined;
    silence();
    sheet.close();
  });
  return {
    root: sheet.root,
    get isOpen() {
      return sheet.isOpen;
    },
    read() {
      const stop = app.guide.state?.tour.stops[app.guide.state.stop];
      if (looked) sheet.open({ focus: true });
      else app.select(stop?.exhibit ?? stop?.placard);
      if (looked) sheet.open({ focus: true });
    },
    close: () => app.select(undefined),
  };
}

function openDetails(body: HTMLElement): Set<string> {
  return new Set([...body.querySelectorAll("details")].filter((one) => one.open).map((one) => one.dataset.kept ?? ""));
}
