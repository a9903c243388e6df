/** The board that follows what the visitor looks into: its words, its buttons, and what these do. What went wrong is told there too. */

import type { App, Undo } from "../contract.ts";
import type { Board, BoardButton } from "./board.ts";
import { wordsOf } from "./board_words.ts";
import { say } from "./say.ts";

export interface Told {
  /** Do what the button says, if it is one of ours. */
  press(key: string): void;
  /** Write it again: the language or a button has changed. */
  rewrite(): void;
  readonly undo: Undo;
}

/**
 * Show what is selected on `board`; `stand` puts it where it can be read. `more` are further buttons, and what they do.
 * `idle`: what the board says, above its buttons, when nothing is selected; without it, it goes.
 */
export function tellOn(
  app: App,
  board: Board,
  stand: () => void,
  more: () => { button: BoardButton; run: () => void }[],
  idle?: () => string,
): Told {
  let selected: Parameters<typeof wordsOf>[1] | undefined;
  let notice: string | undefined;

  function buttons(): { button: BoardButton; run: () => void }[] {
    const { language } = app;
    const made = (key: string, label: string, run: () => void) => ({ button: { key, label }, run });
    const reading = selected
      ? [
        made("previous", say("xr.previous", language), () => step(-1)),
        made("next", say("xr.next", language), () => step(1)),
        made("close", say("xr.close", language), () => app.select(undefined)),
      ]
      : notice
      ? [made("close", say("xr.close", language), () => tell(undefined))]
      : [];
    const paging = board.pages > 1 ? [made("more", say("xr.more", language), () => write(board.page + 1))] : [];
    return [...reading, ...paging, made("language", nextLanguageName(app), () => speakNext(app)), ...more()];
  }

  function write(page = 0): void {
    if (!app.hall || (!selected && !notice && !idle)) return board.hide();
    const words = selected ? wordsOf(app.hall.manifest, selected, app.language) : {
      title: notice ? "" : idle?.() ?? "",
      lang: app.language,
      dir: "ltr" as const,
      paragraphs: notice ? [{ text: notice }] : [],
    };
    const before = board.pages;
    board.write(words, buttons().map((one) => one.button), page);
    // Whether there is more to read is known once it is set.
    if (board.pages !== before) board.write(words, buttons().map((one) => one.button), page);
  }

  function tell(text: string | undefined): void {
    notice = text;
    write(selected ? board.page : 0);
    if (text !== undefined && !selected) stand();
  }

  function step(by: number): void {
    const exhibits = app.hall?.manifest.exhibits ?? [];
    if (exhibits.length === 0) return;
    const now = exhibits.findIndex((one) => one.id === selected?.exhibit?.id);
    app.select(exhibits[(now + by + exhibits.length) % exhibits.length].id);
  }

  const undo = [
    app.on("select", (now) => {
      const closed = selected === undefined;
      selected = now;
      if (now && closed) notice = undefined; // it was read; one that came while something was read is told now
      write();
      if (now ? closed : notice) stand();
    }),
    app.on("notice", ({ severity, text }) => severity !== "hint" && tell(text)),
    app.on("hall", () => notice = undefined),
    app.on("language", () => write(board.page)),
  ];
  write();
  return {
    press(key) {
      buttons().find((one) => one.button.key === key)?.run();
    },
    rewrite: () => write(board.page),
    undo() {
      for (const one of undo) one();
    },
  };
}

/** Speak the hall's next language. */
export function speakNext(app: App): void {
  const languages = app.hall?.manifest.languages ?? [];
  if (languages.length === 0) return;
  app.speak(languages[(languages.indexOf(app.language) + 1) % languages.length]);
}

/** Its name, in itself. */
export function nextLanguageName(app: App): string {
  const languages = app.hall?.manifest.languages ?? [];
  const next = languages[(languages.indexOf(app.language) + 1) % Math.max(1, languages.length)] ?? app.language;
  if (next.toLowerCase().startsWith("zh")) return "中文";
  return new Intl.DisplayNames([next], { type: "language" }).of(next) ?? next;
}
