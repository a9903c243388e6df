/** The buttons of AR: over the camera's picture where the device lays the page there, else on a board in the scene. */

import type { App, Undo } from "../contract.ts";
import { type Board, makeBoard } from "./board.ts";
import { makeOverlay } from "./overlay.ts";
import { say } from "./say.ts";
import { nextLanguageName, speakNext, tellOn } from "./told.ts";

/** What the visitor can ask for, and how things are. */
export interface ArState {
  placed: boolean;
  /** A surface is pointed at. */
  found: boolean;
  life: boolean;
  /** The exhibit that is shown alone. */
  exhibit?: string;
  placeAgain(): void;
  resize(): void;
  leave(): void;
}

export interface ArControls {
  /** How things are has changed. */
  rewrite(): void;
  /** The board in the scene, where there is one. */
  readonly board?: Board;
  press(key: string): void;
  undo: Undo;
}

/** `root`: the overlay's root where the session has one. `stand` puts the board where it can be read. */
export function makeControls(
  app: App,
  state: ArState,
  root: HTMLElement | undefined,
  stand: (board: Board) => void,
): ArControls {
  function actions(): { key: string; label: string; run: () => void }[] {
    const { language } = app;
    const size = state.exhibit ? "xr.trueSize" : state.life ? "xr.model" : "xr.life";
    const all = [];
    if (state.placed) all.push({ key: "again", label: say("xr.placeAgain", language), run: state.placeAgain });
    if (state.placed || !state.exhibit) all.push({ key: "size", label: say(size, language), run: state.resize });
    if (state.exhibit) {
      all.push({ key: "placard", label: say("xr.placard", language), run: () => app.select(state.exhibit) });
    }
    return all;
  }
  const hint = () => say(state.placed ? "xr.gestures" : state.found ? "xr.tap" : "xr.search", app.language);
  const leaving = () => ({ key: "leave", label: say("xr.leave", app.language), run: state.leave });

  if (root) {
    const overlay = makeOverlay(app, root);
    const rewrite = () => {
      const language = { key: "language", label: nextLanguageName(app), run: () => speakNext(app) };
      overlay.write(hint(), [...actions(), language, leaving()]);
    };
    const unhear = app.on("language", rewrite);
    rewrite();
    return {
      rewrite,
      press() {},
      undo() {
        unhear();
        overlay.undo();
      },
    };
  }

  const board = makeBoard(app.stage);
  const told = tellOn(
    app,
    board,
    () => stand(board),
    () => [...actions(), leaving()].map(({ key, label, run }) => ({ button: { key, label }, run })),
    hint,
  );
  return {
    rewrite: told.rewrite,
    board,
    press: told.press,
    undo() {
      told.undo();
      board.dispose();
    },
  };
}
