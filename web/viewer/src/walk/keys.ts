/** Walking with keys: WASD and arrows by their place on the keyboard, Q and E or left and right to turn, Shift to hurry. */

import { NOTHING, type Wish } from "./wish.ts";

type Way = Partial<Record<"forward" | "right" | "turn", number>>;

const WAYS: Record<string, Way> = {
  KeyW: { forward: 1 },
  KeyS: { forward: -1 },
  KeyA: { right: -1 },
  KeyD: { right: 1 },
  KeyQ: { turn: 1 },
  KeyE: { turn: -1 },
  ArrowUp: { forward: 1 },
  ArrowDown: { forward: -1 },
  ArrowLeft: { turn: 1 },
  ArrowRight: { turn: -1 },
};

/** Where letters are typed, or where all keys belong to a dialog. */
const TYPED = "input, textarea, select, [contenteditable]:not([contenteditable=false]), dialog, [role=dialog]";
/** Where arrows already have a meaning. */
const STEERED =
  "audio, video, summary, iframe, [role=menu], [role=menubar], [role=listbox], [role=tablist], [role=radiogroup], " +
  "[role=slider], [role=grid], [role=tree], [role=combobox], [role=toolbar]";

export interface Keys {
  wish(): Wish;
  /** As if all keys were let go. */
  clear(): void;
  dispose(): void;
}

/** Listens to the window; `stir` is called when a key begins to mean walking. */
export function listenToKeys(stir: () => void): Keys {
  const down = new Set<string>();
  let fast = false;
  const listening = new AbortController();
  const { signal } = listening;

  addEventListener("keydown", (event) => {
    fast = event.shiftKey;
    if (event.ctrlKey || event.altKey || event.metaKey) return down.clear();
    if (!(event.code in WAYS) || event.isComposing || event.defaultPrevented || !walks(event)) return;
    if (event.code.startsWith("Arrow")) event.preventDefault();
    down.add(event.code);
    stir();
  }, { signal });
  addEventListener("keyup", (event) => {
    fast = event.shiftKey;
    down.delete(event.code);
  }, { signal });

  return {
    wish() {
      const wish = { ...NOTHING, fast };
      for (const code of down) {
        for (const [way, amount] of Object.entries(WAYS[code]!)) wish[way as "forward" | "right" | "turn"] += amount;
      }
      return wish;
    },
    clear() {
      down.clear();
      fast = false;
    },
    dispose: () => listening.abort(),
  };
}

function walks(event: KeyboardEvent): boolean {
  const at = event.target;
  if (!(at instanceof Element) || at === document.body) return true;
  if (at.closest(TYPED)) return false;
  if (event.code === "ArrowUp" || event.code === "ArrowDown") return !at.closest(STEERED) && !scrolls(at);
  return !event.code.startsWith("Arrow") || !at.closest(STEERED);
}

/** Whether it stands in something long, which up and down move. */
function scrolls(at: Element): boolean {
  for (let part: Element | null = at; part && part !== document.body; part = part.parentElement) {
    if (part.scrollHeight > part.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(part).overflowY)) return true;
  }
  return false;
}
