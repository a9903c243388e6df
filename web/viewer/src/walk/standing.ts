/** Where to stand to look at an exhibit or a placard: as its curator says, else a free place in front of it. */

import { Box3, Vector3 } from "three";
import type { Exhibit, Gaze, HallManifest, Placard } from "../contract.ts";
import { gazeOf, lookingAt } from "./gazes.ts";
import type { Point } from "./polygon.ts";

/** How much of the view what is looked at fills. */
const SHARE = 0.6;
/** Directions that are tried around it. */
const DIRECTIONS = 16;
const CLOSEST = 0.9;
const FARTHEST = 14;

export interface Sought {
  exhibit?: Exhibit;
  placard?: Placard;
}

/** What a place to stand depends on beside the manifest. */
export interface Surroundings {
  /** The exhibit's box in the hall, once anything knows it. */
  bounds?: Box3;
  /** The visitor's feet now. */
  from: Vector3;
  /** Radians, upright and across. */
  field: { upright: number; across: number };
  /** The free place nearest to a point. */
  free(x: number, z: number): Point;
  /** Where one comes to who walks so far from a free place. */
  walkBy(from: Point, dx: number, dz: number): Point;
}

/** Where to stand and where to look. The place is free. */
export function placeFor(manifest: HallManifest, sought: Sought, around: Surroundings): Gaze | undefined {
  const { exhibit, placard } = sought;
  const box = around.bounds && !around.bounds.isEmpty() ? around.bounds : exhibit && boxOf(exhibit);
  const target = box?.getCenter(new Vector3());
  const given = placard?.view ? gazeOf(placard.view, "eyes") : waypointFor(manifest, exhibit, placard);
  if (given) {
    const free = around.free(given.position.x, given.position.z);
    const [x, z] = box && target ? stepBack(box, target, free, around) : free;
    const moved = Math.hypot(x - given.position.x, z - given.position.z) > 0.05;
    const stand = given.position.clone().setX(x).setZ(z);
    const look = target ?? (placard && boardMiddle(placard));
    return look && (target || moved || placard?.view) ? lookingAt(stand, look) : { ...given, position: stand };
  }
  if (placard && !exhibit) return inFrontOf(placard, around);
  return box && target ? beside(box, target, around) : undefined;
}

/** The waypoint of a tour's stop that names it. */
function waypointFor(manifest: HallManifest, exhibit?: Exhibit, placard?: Placard): Gaze | undefined {
  const names = (id: string | undefined, slug: string | undefined) =>
    id !== undefined && slug !== undefined && (id === slug || id.endsWith(`/${slug}`));
  for (const stop of manifest.space.tours.flatMap((tour) => tour.stops)) {
    if (!names(exhibit?.id, stop.exhibit) && !names(placard?.id, stop.placard)) continue;
    const waypoint = manifest.space.waypoints.find((one) => one.id === stop.waypoint);
    if (waypoint) return gazeOf(waypoint);
  }
  return undefined;
}

function boxOf(exhibit: Exhibit): Box3 | undefined {
  if (!exhibit.bounds) {
    const [x, y, z] = exhibit.pose.translation ?? [0, 0, 0];
    return new Box3(new Vector3(x - 0.4, y, z - 0.4), new Vector3(x + 0.4, y + 0.8, z + 0.4));
  }
  return new Box3(new Vector3(...exhibit.bounds.min), new Vector3(...exhibit.bounds.max));
}

function boardMiddle(placard: Placard): Vector3 {
  return new Vector3(...(placard.pose.translation ?? [0, 0, 0]));
}

function inFrontOf(placard: Placard, around: Surroundings): Gaze {
  const middle = boardMiddle(placard);
  const [qx, qy, qz, qw] = placard.pose.rotation ?? [0, 0, 0, 1];
  const front = new Vector3(2 * (qx * qz + qy * qw), 0, 1 - 2 * (qx * qx + qy * qy)).normalize();
  const away = awayFor(placard.size[0] / 2, placard.size[1] / 2, around);
  const [x, z] = around.free(middle.x + front.x * away, middle.z + front.z * away);
  return lookingAt(new Vector3(x, 0, z), middle);
}

/** From there backwards, as far as one can, until all of it is in view. */
function stepBack(box: Box3, target: Vector3, [x, z]: Point, around: Surroundings): Point {
  const size = box.getSize(new Vector3());
  const half = Math.max(size.x, size.z) / 2;
  const away = Math.hypot(x - target.x, z - target.z);
  const missing = awayFor(half, size.y / 2, around) - away;
  if (missing <= 0 || away < 0.1) return [x, z];
  return around.walkBy([x, z], ((x - target.x) / away) * missing, ((z - target.z) / away) * missing);
}

/** At the right distance, on the side that is nearest to the visitor among those whose place is free. */
function beside(box: Box3, target: Vector3, around: Surroundings): Gaze {
  const size = box.getSize(new Vector3());
  const half = Math.hypot(size.x, size.z) / 2;
  const away = half + awayFor(half, size.y / 2, around);
  const towards = Math.atan2(around.from.z - target.z, around.from.x - target.x);
  let best: { x: number; z: number; cost: number } | undefined;
  for (let index = 0; index < DIRECTIONS; index++) {
    const angle = towards + (index * 2 * Math.PI) / DIRECTIONS;
    const wantX = target.x + Math.cos(angle) * away, wantZ = target.z + Math.sin(angle) * away;
    const [x, z] = around.free(wantX, wantZ);
    // A place that had to be moved is worse than one that is a little farther to go.
    const cost = 4 * Math.hypot(x - wantX, z - wantZ) + Math.hypot(x - around.from.x, z - around.from.z);
    if (!best || cost < best.cost) best = { x, z, cost };
  }
  return lookingAt(new Vector3(best!.x, 0, best!.z), target);
}

/** From how far something of that half width and height fills its share of the view. */
function awayFor(halfWidth: number, halfHeight: number, { field }: Surroundings): number {
  const across = halfWidth / (SHARE * Math.tan(field.across / 2));
  const upright = halfHeight / (SHARE * Math.tan(field.upright / 2));
  return Math.min(FARTHEST, Math.max(CLOSEST, across, upright));
}
