/** The viewer's page: asks for the hall that it names, and for what shows it. */

import { device } from "exhibit-client";
import { keepForOffline } from "./offline/register.ts";
import { readPage } from "./places.ts";
import { readHall } from "./read_hall.ts";

/** All that draws is large. While it comes and is read, so is the hall. */
async function main(): Promise<void> {
  const drawing = import("./showing.ts");
  const page = readPage(document);
  keepForOffline(page.places.entrance());
  const machine = await device();
  const read = readHall(page.places, page.hall, machine);
  read.catch(() => {}); // whoever opens it is told
  const { show } = await drawing;
  await show(page, machine, read);
}

void main();
