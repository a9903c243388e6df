/** What a visitor may choose: appearance, quality of the picture, reading aloud. */

import type { App } from "../contract.ts";
import type { WordKey } from "../words.ts";
import { openDialog } from "./dialog.ts";
import { element } from "./element.ts";
import { type Choice, remember, remembered } from "./remembered.ts";
import type { Tongue } from "./tongue.ts";

interface Setting {
  choice: Choice;
  label: WordKey;
  /** The first one holds until another is chosen. */
  values: readonly { value: string; label: WordKey }[];
}

const SETTINGS: readonly Setting[] = [
  {
    choice: "theme",
    label: "settings.theme",
    values: [
      { value: "auto", label: "settings.auto" },
      { value: "light", label: "settings.light" },
      { value: "dark", label: "settings.dark" },
    ],
  },
  {
    choice: "quality",
    label: "settings.quality",
    values: [
      { value: "auto", label: "settings.auto" },
      { value: "high", label: "settings.high" },
      { value: "low", label: "settings.low" },
    ],
  },
  {
    choice: "aloud",
    label: "settings.sound",
    values: [{ value: "off", label: "settings.off" }, { value: "on", label: "settings.on" }],
  },
];

/** Do what was chosen, now or before. */
export function applySettings(app: App): void {
  const chosen = (choice: Choice) =>
    remembered(choice) ?? SETTINGS.find((one) => one.choice === choice)?.values[0].value;
  document.documentElement.dataset.theme = chosen("theme");
  const quality = chosen("quality");
  if (quality === "auto" || quality === "high" || quality === "low") app.stage.prefer?.(quality);
  app.guide.aloud = chosen("aloud") === "on";
}

/** Open the dialog. Each choice holds at once. */
export function openSettings(app: App, tongue: Tongue, host: HTMLElement): void {
  openDialog(app, tongue, host, "tool.settings", () => SETTINGS.map((setting) => choose(app, setting, tongue)));
}

function choose(app: App, setting: Setting, tongue: Tongue): HTMLElement {
  const now = remembered(setting.choice) ?? setting.values[0].value;
  const one = ({ value, label }: Setting["values"][number]) =>
    element(
      "label",
      { class: "choice" },
      element("input", {
        type: "radio",
        name: setting.choice,
        value,
        checked: value === now,
        onchange() {
          remember(setting.choice, value);
          applySettings(app);
        },
      }),
      element("span", {}, tongue.say(label)),
    );
  return element(
    "fieldset",
    { class: "choices" },
    element("legend", {}, tongue.say(setting.label)),
    element("div", { class: "segments" }, setting.values.map(one)),
  );
}
