/** How to walk: by keys, mouse, touch, gamepad. */

import type { App } from "../contract.ts";
import type { WordKey } from "../words.ts";
import { openDialog } from "./dialog.ts";
import { element } from "./element.ts";
import type { Tongue } from "./tongue.ts";

type Row = readonly [what: WordKey, how: WordKey | "Shift" | "Esc"];

const WAYS: readonly { title: WordKey; rows: readonly Row[] }[] = [
  {
    title: "help.keys",
    rows: [
      ["help.walk", "help.walkKeys"],
      ["help.turn", "help.turnKeys"],
      ["help.faster", "Shift"],
      ["help.close", "Esc"],
    ],
  },
  { title: "help.mouse", rows: [["help.look", "help.drag"], ["help.go", "help.floor"], ["help.read", "help.exhibit"]] },
  {
    title: "help.touch",
    rows: [["help.look", "help.drag"], ["help.go", "help.floorTap"], ["help.read", "help.exhibitTap"]],
  },
  { title: "help.gamepad", rows: [["help.walk", "help.sticks"], ["help.read", "help.buttons"]] },
];

/** Open the dialog. */
export function openHelp(app: App, tongue: Tongue, host: HTMLElement): void {
  const how = (key: Row[1]) => key === "Shift" || key === "Esc" ? element("kbd", {}, key) : tongue.say(key);
  openDialog(app, tongue, host, "tool.help", () => [
    element("p", {}, tongue.say("help.list")),
    ...WAYS.map(({ title, rows }) =>
      element(
        "section",
        { class: "way" },
        element("h3", {}, tongue.say(title)),
        element(
          "dl",
          { class: "pairs" },
          rows.map(([what, key]) => [element("dt", {}, tongue.say(what)), element("dd", {}, how(key))]),
        ),
      )
    ),
  ]);
}
