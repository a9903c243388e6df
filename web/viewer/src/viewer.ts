/** The viewer's page: asks for the hall that it names, and for what shows it. */

import { device } from "exhibit-client";
import { keepForOffline } from "./offline/register.ts";
import { readPage } from "./places.ts";
import { readHall } from "./read_hall.ts";
import { nextTask } from "./turns.ts";

/** All that draws is large. While it comes and is read, so is the hall. */
async function main(): Promise<void> {
  const drawing = import("./showing.ts");
  const page = readPage(document);
  // To find out what the machine can do takes it a while: the hall is asked for before.
  const machine = nextTask().then(device);
  const read = readHall(page.places, page.hall, machine);
  read.catch(() => {}); // whoever opens it is told
  try {
    const { show } = await drawing;
    await show(page, await machine, read);
  } catch (error) {
    document.querySelector(".opening-fails")?.classList.add("opening-fails-now");
    throw error;
  } finally {
    keepForOffline(page.places.entrance()); // not before: it fetches much, over the same line
  }
}

void main();
