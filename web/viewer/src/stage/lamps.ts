/** The lamps of a hall by the manifest, measured: how strong each is made so that any author's figures look well exposed. */

import { Quaternion, Vector3 } from "three";
import type { HallManifest } from "../contract.ts";

type Light = HallManifest["lighting"]["lights"][number];

/** A lamp with its strength in the viewer's measure. */
export interface Lamp {
  light: Light;
  at: Vector3;
  /** Where it shines, of length 1. */
  direction: Vector3;
  /**
   * Candela or lux times a factor. A surface that it strikes straight from its usual distance is as bright as `lamps` of the
   * mood tells times its paint.
   */
  strength: number;
}

/** How far below the ceiling lamps are judged: at the height of what stands on plinths, in metres. */
const JUDGED_AT = 1;

/**
 * Lamps of the manifest. Authors write candela for a camera of theirs: 3, 300 or 30,000. The lamp in the middle of all spots and
 * points is made to brighten what lies under it by `brightness`, the others in proportion; sunlight by itself likewise.
 */
export function lampsOf(manifest: HallManifest, brightness: number): Lamp[] {
  const lamps = manifest.lighting.lights.map((light) => ({
    light,
    at: new Vector3(...light.translation),
    direction: new Vector3(0, 0, -1).applyQuaternion(new Quaternion(...light.rotation)).normalize(),
    strength: light.intensity,
  }));
  const near = lamps.filter(({ light }) => light.type !== "directional");
  const sun = lamps.filter(({ light }) => light.type === "directional");
  const reached = near.map(({ at, strength }) => strength / Math.max(1, at.y - JUDGED_AT) ** 2);
  scale(near, reached, 0.8 * brightness);
  scale(sun, sun.map(({ strength }) => strength), 0.55 * brightness);
  return lamps;
}

const to = new Vector3();

/** How much a lamp brightens a surface at `point` with `normal`: 0 nothing, 1 as much as its paint is bright. */
export function brightnessAt(lamp: Lamp, point: Vector3, normal: Vector3): number {
  if (lamp.light.type === "directional") return lamp.strength * Math.max(0, -lamp.direction.dot(normal));
  to.subVectors(lamp.at, point);
  const distance = Math.max(0.5, to.length());
  to.divideScalar(distance);
  const facing = Math.max(0, to.dot(normal));
  return lamp.strength * facing * coneAt(lamp.light, -to.dot(lamp.direction)) / (distance * distance);
}

/** How much of a spot's light goes along an angle to its axis, by the cosine: KHR_lights_punctual, but softer at the edge. */
function coneAt(light: Light, cosine: number): number {
  if (light.type !== "spot") return 1;
  const outer = Math.cos(light.spot?.outerConeAngle ?? Math.PI / 4);
  const inner = Math.cos(Math.min(light.spot?.innerConeAngle ?? 0, 0.3 * (light.spot?.outerConeAngle ?? Math.PI / 4)));
  const t = Math.min(1, Math.max(0, (cosine - outer) / Math.max(1e-4, inner - outer)));
  return t * t * (3 - 2 * t);
}

function scale(lamps: Lamp[], reached: number[], aim: number): void {
  const median = reached.toSorted((a, b) => a - b)[reached.length >> 1] ?? 0;
  if (median <= 0) return;
  for (const lamp of lamps) lamp.strength *= aim / median;
}
