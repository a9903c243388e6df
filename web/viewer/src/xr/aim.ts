/** What a ray points at in the hall: a button, an exhibit, a placard, or a place to stand. */

import type { App, OpenHall } from "../contract.ts";
import type { Board } from "./board.ts";
import type { Pointer } from "./pointers.ts";
import { type Landing, throwTo } from "./teleport.ts";
import { distanceToWall } from "./walls.ts";

/** Metres: what is farther away is not pointed at. */
const REACH = 30;

export type Aim =
  | { kind: "board"; distance: number; button?: string }
  | { kind: "exhibit" | "placard"; distance: number; id: string }
  | { kind: "floor"; distance: number; landing: Landing };

/** The hall is in its own space here: nothing has moved or scaled it. */
export function aimOf(app: App, hall: OpenHall, board: Board, pointer: Pointer): Aim {
  const { origin, direction } = pointer;
  const wall = distanceToWall(hall.manifest.space, origin, direction, REACH) ?? REACH;
  const onBoard = board.at(origin, direction);
  const exhibit = hall.exhibits.at(origin, direction);
  const placard = hall.boards.at(origin, direction);
  // A placard hangs on its wall: a hand's breadth behind the plain of the wall still counts.
  const near: Aim[] = [];
  if (onBoard) near.push({ kind: "board", ...onBoard });
  if (exhibit && exhibit.distance < wall) {
    near.push({ kind: "exhibit", distance: exhibit.distance, id: exhibit.exhibit.id });
  }
  if (placard && placard.distance < wall + 0.2) {
    near.push({ kind: "placard", distance: placard.distance, id: placard.placard.id });
  }
  near.sort((one, other) => one.distance - other.distance);
  if (near.length > 0) return near[0];
  return floorAim(app, hall, pointer, Math.min(wall, REACH));
}

/** Where a throw from here ends, whatever else the ray meets. */
export function floorAim(app: App, hall: OpenHall, pointer: Pointer, distance = 0.5): Aim & { kind: "floor" } {
  return { kind: "floor", distance, landing: throwTo(pointer.origin, pointer.direction, hall, app.walker) };
}
