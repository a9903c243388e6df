/** Dialogs in front of everything: they hold the keyboard until they are closed, and give it back. */

import type { App } from "../contract.ts";
import type { WordKey } from "../words.ts";
import { element } from "./element.ts";
import { button, relabel, type Tongue, word } from "./tongue.ts";

/** Open one; `render` makes its content, again when the language changes. Nothing walks meanwhile. */
export function openDialog(app: App, tongue: Tongue, host: HTMLElement, title: WordKey, render: () => Node[]): void {
  const heading = word("h2", title, { id: "dialog-title" });
  const body = element("div", { class: "dialog-body" });
  const head = element(
    "div",
    { class: "dialog-head" },
    heading,
    button("close", () => dialog.close(), { icon: "close", quiet: true }),
  );
  const dialog = element("dialog", { class: "dialog", "aria-labelledby": heading.id }, head, body);
  const walked = app.walker.enabled;
  const show = () => {
    body.replaceChildren(...render());
    relabel(dialog, tongue);
  };
  const undo = app.on("language", show);
  dialog.addEventListener("keydown", (event) => event.stopPropagation());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => {
    undo();
    dialog.remove();
    app.walker.enabled = walked;
  });
  host.append(dialog);
  show();
  app.walker.enabled = false;
  dialog.showModal();
}
