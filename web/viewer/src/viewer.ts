/** The viewer's page: makes the stage, the interface and the app, and opens the hall that the page names. */

import { device } from "exhibit-client";
import { makeApp } from "./app.ts";
import type { App } from "./contract.ts";
import { keepForOffline } from "./offline/register.ts";
import { fetchRest } from "./offline/whole_hall.ts";
import { readHall } from "./opening.ts";
import { makePanel } from "./panel/panel.ts";
import { readPage } from "./places.ts";
import { NoWebGl } from "./stage/no_webgl.ts";
import { makeStage } from "./stage/stage.ts";

declare global {
  interface Window {
    /** The running app, for tests and the curious. */
    exhibit?: App;
  }
}

async function main(): Promise<void> {
  const page = readPage(document);
  keepForOffline(page.places.entrance());
  const canvas = document.querySelector<HTMLCanvasElement>("#stage");
  const host = document.querySelector<HTMLElement>("#interface");
  if (!canvas || !host) throw new Error("the page has no #stage or no #interface");
  const machine = await device();
  // Asked for now, it comes while the stage is made.
  const read = readHall(page.places, page.hall, machine);
  read.catch(() => {}); // whoever opens it is told
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

void main();
