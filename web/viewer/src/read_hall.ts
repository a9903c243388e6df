/** What a hall is: its manifest, and what loads it. */

import { type Device, type Hall, loadHall } from "exhibit-client";
import type { App } from "./contract.ts";

/** Read a hall. Throws LoadError where there is none, or none that we can read. */
export function readHall(
  places: App["places"],
  slug: string,
  device: Device | Promise<Device>,
  signal?: AbortSignal,
): Promise<Hall> {
  return loadHall(places.pointer(slug), { begin: false, signal, device });
}
