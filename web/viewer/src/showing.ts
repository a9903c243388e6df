/** Shows the hall of a page: makes the stage, the interface and the app, and opens it. */

import type { Device, Hall } from "exhibit-client";
import { makeApp } from "./app.ts";
import type { App } from "./contract.ts";
import { fetchRest } from "./offline/whole_hall.ts";
import { makePanel } from "./panel/panel.ts";
import type { Page } from "./places.ts";
import { NoWebGl } from "./stage/no_webgl.ts";
import { makeStage } from "./stage/stage.ts";

declare global {
  interface Window {
    /** The running app, for tests and the curious. */
    exhibit?: App;
  }
}

/** Show the hall of `page`, whose manifest is `read` already. */
export async function show(page: Page, machine: Device, read: Promise<Hall>): Promise<void> {
  const canvas = document.querySelector<HTMLCanvasElement>("#stage");
  const host = document.querySelector<HTMLElement>("#interface");
  if (!canvas || !host) throw new Error("the page has no #stage or no #interface");
  let stage;
  try {
    stage = makeStage(canvas, machine);
  } catch (error) {
    if (!(error instanceof NoWebGl)) throw error;
    // Whoever cannot draw can read: the same hall as a page.
    location.replace(page.places.catalogue(page.hall) + location.search + "#part/no-3d");
    return;
  }
  const app = makeApp(page, stage);
  window.exhibit = app;
  makePanel(app, host);
  fetchRest(app);
  await app.open(page.hall, { history: "none", read });
}
