/** What people are to know: short notes that go by themselves, and the end, which fills the page and shows the way out. */

import type { App, Events } from "../contract.ts";
import { element } from "./element.ts";
import { icon } from "./icons.ts";
import { remember, remembered } from "./remembered.ts";
import { button, interfaceLanguage, relabel, type Tongue, word } from "./tongue.ts";

type Notice = Events["notice"];

/** Milliseconds that a note stays, for each letter and at least; nobody reads faster. */
const STAYS = { letter: 60, least: 5000, most: 20_000 };
const AT_ONCE = 3;

/** Where notes appear. It listens by itself. */
export function makeNotices(app: App, tongue: Tongue): HTMLElement {
  const list = element("div", { class: "notes", role: "status", "aria-live": "polite" });
  const root = element("div", { class: "notices" }, list);
  app.on("notice", (notice) => {
    if (notice.severity === "end") root.replaceChildren(list, endOf(app, tongue, notice));
    else note(list, tongue, notice);
  });
  app.on("edition", (n) => note(list, tongue, { severity: "hint", text: tongue.say("notice.edition", { n }) }));
  app.on("hall", () => {
    root.replaceChildren(list);
    hintOnce(app, list, tongue);
  });
  app.on("language", () => relabel(root, tongue));
  return root;
}

/** The first visit is told how to walk. */
function hintOnce(app: App, list: HTMLElement, tongue: Tongue): void {
  if (remembered("hinted") || app.embedded) return;
  remember("hinted", "yes");
  const touch = matchMedia("(pointer: coarse)").matches;
  const key = touch ? "hint.touch" : "hint.mouse";
  const card = note(list, tongue, { severity: "hint", text: tongue.say(key) });
  card.querySelector("p")?.setAttribute("data-word", key);
  // Whoever does something knows how.
  for (const done of ["pointerup", "keyup"]) addEventListener(done, () => card.remove(), { once: true });
}

function note(list: HTMLElement, tongue: Tongue, { severity, text, action }: Notice): HTMLElement {
  for (const same of [...list.children]) if (same.getAttribute("data-text") === text) same.remove();
  while (list.children.length >= AT_ONCE) list.firstElementChild?.remove();
  const made = element(
    "div",
    { class: `note-card ${severity}`, "data-text": text },
    severity === "warning" && icon("warning"),
    element("p", { lang: interfaceLanguage(tongue), dir: "auto" }, text),
    action && element("button", {
      type: "button",
      class: "button strong",
      onclick() {
        made.remove();
        action.run();
      },
    }, action.label),
    button("notice.dismiss", () => made.remove(), { icon: "close", quiet: true }),
  );
  list.append(made);
  relabel(made, tongue);
  if (!action) goLater(made, Math.min(STAYS.most, STAYS.least + text.length * STAYS.letter));
  return made;
}

/** Takes a note away when it was there long enough, and nobody is at it. */
function goLater(made: HTMLElement, milliseconds: number): void {
  setTimeout(() => {
    if (made.matches(":hover, :focus-within")) goLater(made, STAYS.least);
    else made.remove();
  }, milliseconds);
}

function endOf(app: App, tongue: Tongue, { text, action }: Notice): HTMLElement {
  const again = action
    ? element("button", { type: "button", class: "button strong", onclick: action.run }, action.label)
    : button("end.again", () => location.reload(), { class: "strong" });
  const slug = app.hall?.slug ?? document.documentElement.dataset.hall ?? "";
  const made = element(
    "section",
    { class: "end", role: "alert" },
    word("h2", "end.title"),
    element("p", { lang: interfaceLanguage(tongue), dir: "auto" }, text),
    element(
      "p",
      { class: "end-ways" },
      again,
      element("a", { class: "button", href: app.places.catalogue(slug) }, word("span", "end.catalogue")),
      element("a", { class: "button", href: app.places.entrance() }, word("span", "tool.entrance")),
    ),
  );
  relabel(made, tongue);
  return made;
}
