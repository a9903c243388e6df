/** Who listens to what. */

export class Listeners<Events> {
  readonly #lists = new Map<keyof Events, Set<(detail: never) => void>>();

  /** Call `listener` until the answer is called. */
  on<Name extends keyof Events>(name: Name, listener: (detail: Events[Name]) => void): () => void {
    const list = this.#lists.get(name) ?? new Set();
    this.#lists.set(name, list.add(listener));
    return () => list.delete(listener);
  }

  has(name: keyof Events): boolean {
    return (this.#lists.get(name)?.size ?? 0) > 0;
  }

  /** A listener that throws is the page's error; loading goes on. */
  tell<Name extends keyof Events>(name: Name, detail: Events[Name]): void {
    for (const listener of [...this.#lists.get(name) ?? []]) {
      attempt(() => (listener as (detail: Events[Name]) => void)(detail), undefined);
    }
  }
}

/** What `work` gives; if it throws, the error is reported as the page's own, and `otherwise` holds. */
export function attempt<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch (error) {
    reportError(error);
    return otherwise;
  }
}
