/** Portals: a lit passage behind the opening in the wall, a frame around it, and the way in the floor. */

import { Color, Vector3 } from "three";
import type { HallManifest } from "../contract.ts";
import type { Bake } from "./bake.ts";
import { distanceTo, middleOf, type Point } from "./outline.ts";
import type { Paint, Patches } from "./patches.ts";

type Portal = HallManifest["space"]["portals"][number];

/** Where one goes through: an upright rectangle in the face of the wall. */
export interface Door {
  portal: Portal;
  /** In the middle of the threshold, on the floor, in the wall's middle. */
  at: Vector3;
  /** Into the hall, of length 1. */
  inward: Vector3;
  width: number;
  height: number;
  thickness: number;
}

const BRONZE = new Color("#3a332c");
/** The one accent, vermilion. */
const ACCENT = new Color("#b3341e");
/** How deep the passage is, in metres, before its light. */
const DEEP = 1.1;
/** Width of a frame, and how far it stands out. */
const FRAME = 0.07;
const STANDS_OUT = 0.03;

/** The doors of a hall: each portal with the opening that is nearest to it, or a free-standing frame where none is near. */
export function doorsOf(manifest: HallManifest): Door[] {
  return manifest.space.portals.map((portal) => {
    const [x, z] = middleOf(portal.floor);
    const openings = manifest.space.walls.flatMap(({ start, end, thickness, openings }) =>
      openings.map((opening) => {
        const length = Math.hypot(end[0] - start[0], end[1] - start[1]);
        const along = (
          u: number,
        ): Point => [start[0] + (end[0] - start[0]) * u / length, start[1] + (end[1] - start[1]) * u / length];
        const [from, to] = [along(opening.start), along(opening.end)];
        return { from, to, thickness, height: opening.height, distance: distanceTo(x, z, from, to) };
      })
    );
    const nearest = openings.toSorted((a, b) => a.distance - b.distance)[0];
    return nearest && nearest.distance < 1.2 ? inWall(portal, nearest, x, z) : freeStanding(portal, x, z);
  });
}

function inWall(
  portal: Portal,
  opening: { from: Point; to: Point; thickness: number; height: number },
  x: number,
  z: number,
): Door {
  const { from, to, thickness, height } = opening;
  const at = new Vector3((from[0] + to[0]) / 2, 0, (from[1] + to[1]) / 2);
  const inward = new Vector3(from[1] - to[1], 0, to[0] - from[0]).normalize();
  if (inward.dot(new Vector3(x, 0, z).sub(at)) < 0) inward.negate();
  return { portal, at, inward, width: Math.hypot(to[0] - from[0], to[1] - from[1]), height, thickness };
}

function freeStanding(portal: Portal, x: number, z: number): Door {
  const at = new Vector3(x, 0, z);
  const inward = new Vector3(...portal.pose.translation).setY(0).sub(at);
  if (inward.length() < 0.01) inward.set(0, 0, 1);
  return { portal, at, inward: inward.normalize(), width: 1.6, height: 2.4, thickness: 0.2 };
}

/** Add frame and passage of a door. */
export function addDoor(patches: Patches, door: Door): void {
  const { at, inward, width, height, thickness } = door;
  const right = new Vector3(inward.z, 0, -inward.x);
  const place = (across: number, y: number, into: number) =>
    at.clone().addScaledVector(right, across).addScaledVector(inward, into).setY(y);
  const iron: Paint = (_point, normal, color) => color.copy(BRONZE).multiplyScalar(0.9 + 0.3 * Math.max(0, normal.y));
  const yaw = Math.atan2(inward.x, inward.z);
  const reach = thickness + 2 * STANDS_OUT;
  for (const side of [-1, 1]) {
    patches.box(place(side * (width / 2 + FRAME / 2), 0, 0), FRAME, height + FRAME, reach, yaw, iron, 9);
  }
  patches.box(place(0, height, 0), width, FRAME, reach, yaw, iron, 9);
  patches.rectangle(
    place(-width / 2, height, -reach / 2),
    right.clone().multiplyScalar(width),
    inward.clone().multiplyScalar(reach),
    iron,
    9,
  );

  const back = -thickness / 2 - DEEP;
  const glow: Paint = (point, _normal, color) => {
    const depth = Math.min(1, Math.max(0, -point.clone().sub(at).dot(inward) / (thickness / 2 + DEEP)));
    const bright = 0.55 + 0.85 * depth * (0.75 + 0.25 * point.y / height);
    color.setRGB(bright, 0.97 * bright, 0.91 * bright);
  };
  const up = new Vector3(0, height, 0);
  const out = inward.clone().multiplyScalar(-DEEP - thickness / 2);
  patches.rectangle(place(-width / 2, 0, back), right.clone().multiplyScalar(width), up, glow);
  patches.rectangle(place(-width / 2, 0, 0), out, up, glow);
  patches.rectangle(place(width / 2, 0, back), out.clone().negate(), up, glow);
  patches.rectangle(place(-width / 2, 0.002, 0), right.clone().multiplyScalar(width), out, glow);
  patches.rectangle(place(-width / 2, height, back), right.clone().multiplyScalar(width), out.clone().negate(), glow);
}

/** Add the line in the floor around the way to a door, a little above the floor. */
export function addWay(patches: Patches, { floor }: Portal, bake: Bake): void {
  const paint: Paint = (point, normal, color) => bake.at(point, normal, color).multiply(ACCENT);
  const [mx, mz] = middleOf(floor);
  const inner = floor.map(([x, z]): Point => [mx + (x - mx) * 0.9, mz + (z - mz) * 0.9]);
  inner.forEach(([ax, az], index) => {
    const [bx, bz] = inner[(index + 1) % inner.length];
    const along = new Vector3(bx - ax, 0, bz - az);
    const across = new Vector3(along.z, 0, -along.x).normalize().multiplyScalar(0.02);
    patches.rectangle(new Vector3(ax, 0.004, az).sub(across), along, across.clone().multiplyScalar(2), paint, 1);
  });
}
