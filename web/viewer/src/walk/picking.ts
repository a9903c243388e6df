/** What somebody points at: an exhibit, a board, a portal, a place on the floor. Walls hide what is behind them. */

import { type PerspectiveCamera, Raycaster, Vector2, Vector3 } from "three";
import type { Exhibit, OpenHall, Placard } from "../contract.ts";
import { contains, middle } from "./polygon.ts";
import { portalMeant } from "./portals.ts";

export type Picked =
  | { what: "exhibit"; exhibit: Exhibit }
  | { what: "placard"; placard: Placard }
  | { what: "floor"; point: Vector3 }
  /** A wall or a ceiling: the place in front of it. */
  | { what: "wall"; point: Vector3 };

/** A board hangs on its wall, an exhibit stands on its plinth: nearer than this they win. Metres. */
const CLOSE = 0.12;

/** What the ray through a point of the canvas (−1 to 1, upwards) meets first. */
export function pick(hall: OpenHall, camera: PerspectiveCamera, x: number, y: number): Picked | undefined {
  const caster = new Raycaster();
  camera.updateWorldMatrix(true, false);
  caster.setFromCamera(new Vector2(x, y), camera);
  const { origin, direction } = caster.ray;
  const solid = caster.intersectObject(hall.room.root, true).find((hit) => isSeen(hit.object));
  const exhibit = hall.exhibits.at(origin, direction);
  const board = hall.boards.at(origin, direction);
  const reach = (solid?.distance ?? Infinity) + CLOSE;
  if (board && board.distance <= reach && board.distance <= (exhibit?.distance ?? Infinity)) {
    return { what: "placard", placard: board.placard };
  }
  if (exhibit && exhibit.distance <= reach) return { what: "exhibit", exhibit: exhibit.exhibit.exhibit };
  const point = solid?.point ?? onTheFloor(origin, direction);
  if (!point) return undefined;
  const local = hall.root.worldToLocal(point.clone());
  const { manifest } = hall;
  if (local.y < 0.05 && contains(manifest.space.floor, local.x, local.z)) return { what: "floor", point: local };
  const portal = portalMeant(manifest, local.x, local.z);
  if (portal) {
    const [toX, toZ] = middle(portal.floor);
    return { what: "floor", point: new Vector3(toX, 0, toZ) };
  }
  const stands = standingOn(hall, local);
  return stands ? { what: "exhibit", exhibit: stands } : { what: "wall", point: local };
}

/** Through a door one sees no floor: the plane goes on. */
function onTheFloor(origin: Vector3, direction: Vector3): Vector3 | undefined {
  const along = -origin.y / direction.y;
  return along > 0 && along < 30 ? origin.clone().addScaledVector(direction, along) : undefined;
}

/** The exhibit on whose plinth the point is. */
function standingOn(hall: OpenHall, point: Vector3): Exhibit | undefined {
  for (const { exhibit, bounds } of hall.exhibits.all.values()) {
    const { plinth = 0 } = exhibit;
    if (plinth <= 0 || point.y > plinth + 0.05 || bounds.isEmpty()) continue;
    const wide = 0.25;
    if (
      point.x > bounds.min.x - wide && point.x < bounds.max.x + wide && point.z > bounds.min.z - wide &&
      point.z < bounds.max.z + wide
    ) {
      return exhibit;
    }
  }
  return undefined;
}

function isSeen(object: { visible: boolean; parent: unknown }): boolean {
  for (let at: { visible: boolean; parent: unknown } | null = object; at; at = at.parent as typeof at) {
    if (!at.visible) return false;
  }
  return true;
}
