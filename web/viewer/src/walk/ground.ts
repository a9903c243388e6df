/** The ground of the hall that is open now, made again when the hall or the size of an exhibit changes. */

import type { Bounds } from "exhibit-client";
import type { App, OpenHall, Undo } from "../contract.ts";
import { isFree, nearestFree, walkBy } from "./collisions.ts";
import { type Ground, groundOf } from "./obstacles.ts";
import type { Point } from "./polygon.ts";

export interface OpenGround {
  isFree(x: number, z: number): boolean;
  /** The free place nearest to the point; the point itself where there is none. */
  free(x: number, z: number): Point;
  walkBy(from: Point, dx: number, dz: number): Point;
  dispose: Undo;
}

/** The ground under the visitor of `app`. Without a hall, everything is free. */
export function openGround(app: App): OpenGround {
  let of: OpenHall | undefined;
  let ground: Ground | undefined;

  function here(): Ground | undefined {
    if (app.hall !== of || (app.hall && !ground)) {
      of = app.hall;
      ground = of && groundOf(of.manifest, boundsToldByModels(of));
    }
    return ground;
  }

  const undo = app.on("shown", ({ exhibit, state }) => {
    if (!exhibit.bounds && state !== "poster") ground = undefined;
  });

  return {
    isFree: (x, z) => !here() || isFree(here()!, x, z),
    free: (x, z) => (here() && nearestFree(here()!, x, z)) ?? [x, z],
    walkBy: (from, dx, dz) => (here() ? walkBy(here()!, from, dx, dz) : [from[0] + dx, from[1] + dz]),
    dispose: undo,
  };
}

function boundsToldByModels(hall: OpenHall): Map<string, Bounds> {
  const told = new Map<string, Bounds>();
  for (const { id, exhibit, bounds, state } of hall.exhibits.all.values()) {
    if (exhibit.bounds || bounds.isEmpty() || (state !== "lod" && state !== "full")) continue;
    told.set(id, { min: bounds.min.toArray(), max: bounds.max.toArray() });
  }
  return told;
}
