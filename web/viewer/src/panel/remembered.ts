/** What a visitor chose, kept by the browser if it keeps anything. */

export type Choice = "theme" | "quality" | "aloud" | "hinted";

/** What was chosen before; undefined where nothing was, or where the browser keeps nothing. */
export function remembered(choice: Choice): string | undefined {
  try {
    return localStorage.getItem(`exhibit-${choice}`) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keep a choice. */
export function remember(choice: Choice, value: string): void {
  try {
    localStorage.setItem(`exhibit-${choice}`, value);
  } catch {
    // A private window, or a full one: the choice holds for this visit.
  }
}
