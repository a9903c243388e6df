/** What hangs above: luminous panels by the mood, and the housings of the hall's spots. */

import { Color, Vector3 } from "three";
import type { HallManifest } from "../contract.ts";
import { contains, distanceTo, type Point } from "./outline.ts";
import type { Paint, Patches } from "./patches.ts";

/** A field of panels: size and distance of them in metres, and their light (1 is paper). */
interface Field {
  size: [number, number];
  every: [number, number];
  light: Color;
}

const FIELDS: Record<string, Field> = {
  gallery: { size: [0.22, 2.6], every: [2.4, 3.2], light: new Color(1.6, 1.52, 1.4) },
  studio: { size: [2.4, 0.14], every: [2.9, 1.9], light: new Color(1.7, 1.7, 1.72) },
  daylight: { size: [1.9, 1.9], every: [2.5, 2.5], light: new Color(1.25, 1.42, 1.6) },
  evening: { size: [0.34, 0.34], every: [1.9, 1.9], light: new Color(1.8, 1.5, 1.1) },
};
const RIM: Paint = (_point, _normal, color) => color.set("#b9b4ab");
const IRON: Paint = (_point, _normal, color) => color.set("#33302d");
/** Panels along a side of the hall, at most: beyond, they hang farther apart. */
const MOST_IN_A_ROW = 48;
/** How far a panel hangs below the ceiling. */
const DROP = 0.05;
/** A lamp lower than this below the ceiling has no housing: it is a glow, not a thing. */
const LONGEST_STEM = 2.2;

/** Add what hangs above the visitors' heads. */
export function addOverhead(patches: Patches, manifest: HallManifest): void {
  const { height } = manifest.space;
  const field = FIELDS[manifest.lighting.environment];
  if (field) addPanels(patches, manifest, field);
  for (const { type, translation: [x, y, z] } of manifest.lighting.lights) {
    if (type !== "spot" || y >= height || height - y > LONGEST_STEM || !contains(manifest.space.floor, x, z)) continue;
    patches.box(new Vector3(x, y, z), 0.13, 0.24, 0.13, 0.4, IRON, 1);
    patches.rectangle(new Vector3(x - 0.065, y, z - 0.065), new Vector3(0.13, 0, 0), new Vector3(0, 0, 0.13), IRON, 1);
    if (height - y > 0.3) patches.box(new Vector3(x, y + 0.2, z), 0.02, height - y - 0.2, 0.02, 0, IRON, 9);
  }
}

function addPanels(patches: Patches, manifest: HallManifest, { size: [wide, deep], every, light }: Field): void {
  const { bounds: { min, max }, floor, height } = manifest.space;
  const glow: Paint = (_point, _normal, color) => color.copy(light);
  const places = (from: number, to: number, step: number) => {
    const apart = Math.max(step, (to - from) / MOST_IN_A_ROW);
    const count = Math.max(1, Math.floor((to - from) / apart));
    return Array.from({ length: count }, (_, at) => (from + to) / 2 + (at - (count - 1) / 2) * apart);
  };
  for (const x of places(min[0], max[0], every[0])) {
    for (const z of places(min[2], max[2], every[1])) {
      if (!clear(floor, x, z, wide / 2, deep / 2)) continue;
      const corner = new Vector3(x - wide / 2, height - DROP, z - deep / 2);
      patches.rectangle(corner, new Vector3(wide, 0, 0), new Vector3(0, 0, deep), glow, 9);
      patches.box(new Vector3(x, height - DROP, z), wide, DROP, deep, 0, RIM, 9);
    }
  }
}

/** Whether a panel hangs wholly inside, a little off the walls. */
function clear(floor: readonly Point[], x: number, z: number, halfWide: number, halfDeep: number): boolean {
  const corners: Point[] = [[x - halfWide, z - halfDeep], [x + halfWide, z - halfDeep], [x + halfWide, z + halfDeep], [
    x - halfWide,
    z + halfDeep,
  ]];
  return corners.every(([cx, cz]) =>
    contains(floor, cx, cz) &&
    floor.every((corner, at) => distanceTo(cx, cz, corner, floor[(at + 1) % floor.length]) > 0.35)
  );
}
