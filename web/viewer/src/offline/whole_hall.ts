/** The rest of a hall, fetched when nothing else is wanted, so that it can be seen whole off-line. */

import type { App } from "../contract.ts";

/** How long nothing may have been wanted, in milliseconds. */
const QUIET = 10_000;
/** A visitor's device is not filled with more than so many bytes that nobody looked at. */
const MOST = 64 << 20;

/** Fetch what a visitor has not seen of the open hall, where pages stay for the next visit and the visitor does not spare data. */
export function fetchRest(app: App): void {
  let later: ReturnType<typeof setTimeout> | undefined;

  function rest(): void {
    const { hall, stage: { device } } = app;
    const spares = device.savesData || (device.connection !== undefined && device.connection !== "4g");
    if (!hall || spares || !navigator.serviceWorker?.controller || hall.loader.progress.total > MOST) return;
    hall.loader.begin();
  }

  app.on("progress", ({ loaded, total }) => {
    clearTimeout(later);
    if (total > 0 && loaded === total) later = setTimeout(rest, QUIET);
  });
  app.on("leaving", () => clearTimeout(later));
}
