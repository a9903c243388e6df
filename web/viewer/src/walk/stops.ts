/** The stops of a tour, in the hall as it is: where each stands, and which are there at all. Pure. */

import { Box3, Vector3 } from "three";
import type { Exhibit, Gaze, HallManifest, Placard, Tour } from "../contract.ts";
import { gazeOf, lookingAt, turnBetween } from "./gazes.ts";

/** What is to be seen at a stop. */
export interface Seen {
  exhibit?: Exhibit;
  placard?: Placard;
}

/** A waypoint that looks elsewhere on purpose is left as it is. Radians. */
const ASIDE = 1.2;

/** The tour of that id. */
export function tourNamed(manifest: HallManifest, id: string): Tour | undefined {
  return manifest.space.tours.find((tour) => tour.id === id);
}

/** What the stop shows; undefined where it names an exhibit that is not in the hall, or nothing that is there. */
export function seenAt(manifest: HallManifest, tour: Tour, stop: number): Seen | undefined {
  const { exhibit, placard, waypoint } = tour.stops[stop] ?? {};
  const seen = { exhibit: named(manifest.exhibits, exhibit), placard: named(manifest.placards, placard) };
  if (exhibit !== undefined && !seen.exhibit) return undefined;
  const stands = manifest.space.waypoints.some((one) => one.id === waypoint);
  return stands || seen.exhibit || seen.placard ? seen : undefined;
}

/** The first stop from `stop` on, by steps of 1 or −1, at which there is something to see. */
export function stopFrom(manifest: HallManifest, tour: Tour, stop: number, step: 1 | -1): number | undefined {
  for (let at = stop; at >= 0 && at < tour.stops.length; at += step) if (seenAt(manifest, tour, at)) return at;
  return undefined;
}

/** Where the stop stands: at its waypoint, turned to what is seen from there. Undefined: where that is looked at best. */
export function gazeAt(manifest: HallManifest, tour: Tour, stop: number): Gaze | undefined {
  const waypoint = manifest.space.waypoints.find((one) => one.id === tour.stops[stop]?.waypoint);
  if (!waypoint) return undefined;
  const gaze = gazeOf(waypoint);
  const target = middleOf(seenAt(manifest, tour, stop));
  if (!target || Math.hypot(target.x - gaze.position.x, target.z - gaze.position.z) < 0.3) return gaze;
  const looking = lookingAt(gaze.position, target);
  return Math.abs(turnBetween(gaze.yaw, looking.yaw)) < ASIDE ? looking : gaze;
}

function middleOf(seen: Seen | undefined): Vector3 | undefined {
  const bounds = seen?.exhibit?.bounds;
  if (bounds) return new Box3(new Vector3(...bounds.min), new Vector3(...bounds.max)).getCenter(new Vector3());
  const at = seen?.exhibit?.pose.translation ?? seen?.placard?.pose.translation;
  return at && new Vector3(...at);
}

function named<Part extends { id: string }>(parts: readonly Part[], slug: string | undefined): Part | undefined {
  return slug === undefined ? undefined : parts.find((part) => part.id === slug || part.id.endsWith(`/${slug}`));
}
