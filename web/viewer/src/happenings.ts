/** Telling what happens, and hearing of it. */

import type { App, Events, Undo } from "./contract.ts";

type Listeners = { [Name in keyof Events]?: Set<(detail: Events[Name]) => void> };

/** `on` and `tell` of the app. A listener that fails is reported and keeps nobody else from hearing. */
export function makeHappenings(): Pick<App, "on" | "tell"> {
  const listeners: Listeners = {};
  return {
    on<Name extends keyof Events>(name: Name, listener: (detail: Events[Name]) => void): Undo {
      const heard = (listeners[name] ??= new Set() as Listeners[Name])!;
      heard.add(listener);
      return () => void heard.delete(listener);
    },
    tell<Name extends keyof Events>(name: Name, detail: Events[Name]): void {
      for (const listener of [...(listeners[name] ?? [])]) {
        try {
          listener(detail);
        } catch (error) {
          reportError(error);
        }
      }
    },
  };
}
