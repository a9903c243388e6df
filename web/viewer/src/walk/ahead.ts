/** The exhibit that is straight ahead, or nearly: what a gamepad's button chooses. */

import { Vector3 } from "three";
import type { OpenHall, ShownExhibit } from "../contract.ts";

/** As far as one reaches, metres. */
const REACH = 7;
/** Half of the cone that counts as ahead, radians. */
const CONE = 0.35;

/** What the eyes look at, else the exhibit nearest to the middle of the view. */
export function exhibitAhead(hall: OpenHall, origin: Vector3, direction: Vector3): ShownExhibit | undefined {
  const hit = hall.exhibits.at(origin, direction);
  if (hit && hit.distance < REACH) return hit.exhibit;
  let best: { exhibit: ShownExhibit; angle: number } | undefined;
  const away = new Vector3();
  for (const exhibit of hall.exhibits.all.values()) {
    if (exhibit.bounds.isEmpty() || exhibit.bounds.distanceToPoint(origin) > REACH) continue;
    const angle = exhibit.bounds.getCenter(away).sub(origin).angleTo(direction);
    if (angle < CONE && angle < (best?.angle ?? Infinity)) best = { exhibit, angle };
  }
  return best?.exhibit;
}
