/** Light on the surfaces of the room, reckoned once: even light, pools of the lamps, shade towards floor and ceiling. */

import { Color, type Vector3 } from "three";
import type { HallManifest } from "../contract.ts";
import { brightnessAt, lampsOf } from "../stage/lamps.ts";
import { moodNamed } from "../stage/moods.ts";

export interface Bake {
  /** Light at a point of a surface: 1 shows its paint as it is. Writes into `light`. */
  at(point: Vector3, normal: Vector3, light: Color): Color;
}

/** How much darker walls are at floor and ceiling, and how far that reaches in metres. */
const CORNER = 0.3;
const REACH = 0.45;
/** Walls are lit from above: how much, and brightest at which part of their height. */
const WASH = 0.16;
const WASHED = 0.66;
/** What a lamp adds at most, and which part of its light: the rest is what the eye gets used to. */
const MOST = 0.95;
const OF_LAMPS = 0.75;
const OF_SUN = 0.35;

/** The light of a hall. */
export function bakeLight(manifest: HallManifest): Bake {
  const { height } = manifest.space;
  const mood = moodNamed(manifest.lighting.environment);
  const ambient = new Color().setRGB(...mood.ambient);
  const lamps = lampsOf(manifest, mood.lamps).map((lamp) => ({
    lamp,
    part: lamp.light.type === "directional" ? OF_SUN : OF_LAMPS,
    color: new Color().setRGB(...lamp.light.color),
  }));
  return {
    at(point, normal, light) {
      // Even light comes more from above than from below.
      light.copy(ambient).multiplyScalar(0.94 + 0.06 * normal.y);
      for (const { lamp, part, color } of lamps) {
        const bright = Math.min(MOST, part * brightnessAt(lamp, point, normal));
        light.r += bright * color.r;
        light.g += bright * color.g;
        light.b += bright * color.b;
      }
      if (Math.abs(normal.y) > 0.7) return light;
      const low = 1 - CORNER * Math.exp(-point.y / REACH);
      const high = 1 - 0.5 * CORNER * Math.exp(-Math.max(0, height - point.y) / REACH);
      const wash = WASH * Math.exp(-(((point.y / height - WASHED) / 0.3) ** 2));
      return light.multiplyScalar(low * high * (1 - WASH / 2 + wash));
    },
  };
}
