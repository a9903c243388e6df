/** The light on exhibits: the environment of a mood, and the manifest's lamps. The room has its light baked. */

import {
  Color,
  DirectionalLight,
  Group,
  Light,
  PointLight,
  type Scene,
  SpotLight,
  type Texture,
  type Vector3,
  type WebGLRenderer,
} from "three";
import type { HallManifest, Quality } from "../contract.ts";
import { type Lamp, lampsOf } from "./lamps.ts";
import { type Mood, moodNamed } from "./moods.ts";
import { surroundingsOf } from "./surroundings.ts";

/** More lamps than these cost more than they show; the strongest are taken. */
const MOST_LAMPS = 6;
/** From this level of quality on exhibits are lit by single lamps; below, by the surroundings and the sun. */
const LAMPS_FROM = 0.5;
/** Factor on the surroundings where they light alone. */
const UNLIT = 1.25;
/** Side of the picture that shadows are read from, in pixels. */
const SHADOW_PIXELS = 2048;

export interface Lighting {
  light(manifest: HallManifest): void;
  /** Leave out what this quality has no time for. */
  adapt(quality: Quality): void;
  /** The context was lost and is back: shadows are to be drawn again. */
  restore(): void;
}

/** The lighting of `scene`; lamps hang in a group named "lamps". */
export function makeLighting(renderer: WebGLRenderer, scene: Scene): Lighting {
  const group = new Group();
  group.name = "lamps";
  scene.add(group);
  let mood: Mood | undefined;
  let environment: Texture | undefined;

  function surround(next: Mood): void {
    if (next === mood && environment) return;
    environment?.dispose();
    mood = next;
    environment = surroundingsOf(next);
    scene.environment = environment;
    scene.background = new Color(next.background);
  }

  return {
    light(manifest) {
      surround(moodNamed(manifest.lighting.environment));
      renderer.toneMappingExposure = exposureOf(manifest);
      for (const part of group.children) if (part instanceof Light) part.dispose();
      group.clear();
      const lamps = lampsOf(manifest, moodNamed(manifest.lighting.environment).lamps);
      const { min, max } = manifest.space.bounds;
      for (const lamp of strongest(lamps)) {
        const light = lightOf(lamp, min, max);
        group.add(light, ...("target" in light ? [light.target] : []));
      }
      for (const part of group.children) {
        part.updateMatrix();
        part.matrixAutoUpdate = false;
      }
      renderer.shadowMap.needsUpdate = true;
    },
    adapt(quality) {
      const lit = quality.level >= LAMPS_FROM;
      scene.environmentIntensity = (mood?.environment ?? 1) * (lit ? 1 : UNLIT);
      for (const light of group.children) {
        if (light instanceof DirectionalLight) light.castShadow = quality.shadows;
        else if (light instanceof SpotLight || light instanceof PointLight) light.visible = lit;
      }
      renderer.shadowMap.needsUpdate = true;
    },
    restore() {
      renderer.shadowMap.needsUpdate = true;
    },
  };
}

/** The exposure of a hall, within what can be looked at. */
export function exposureOf({ lighting }: HallManifest): number {
  return Math.min(4, Math.max(0.25, lighting.exposure));
}

function strongest(lamps: Lamp[]): Lamp[] {
  const sun = lamps.filter(({ light }) => light.type === "directional").slice(0, 1);
  const others = lamps.filter(({ light }) => light.type !== "directional");
  return [...sun, ...others.toSorted((a, b) => b.strength - a.strength).slice(0, MOST_LAMPS)];
}

/** A lamp as three.js has it. Lambert divides by π, which `strength` leaves out. */
function lightOf(
  { light, at, direction, strength }: Lamp,
  min: Corner,
  max: Corner,
): DirectionalLight | SpotLight | PointLight {
  const color = new Color().setRGB(...light.color);
  if (light.type === "point") {
    const point = new PointLight(color, strength * Math.PI, light.range ?? 0, 2);
    point.position.copy(at);
    return point;
  }
  if (light.type === "spot") {
    const outer = Math.min(1.5, light.spot?.outerConeAngle ?? Math.PI / 4);
    const spot = new SpotLight(color, strength * Math.PI, light.range ?? 0, outer, 0.8, 2);
    aim(spot, at, direction);
    return spot;
  }
  const sun = new DirectionalLight(color, strength * Math.PI);
  const radius = 0.5 * Math.hypot(max[0] - min[0], max[1] - min[1], max[2] - min[2]);
  sun.position.set((min[0] + max[0]) / 2, 0, (min[2] + max[2]) / 2).addScaledVector(direction, -2 * radius);
  aim(sun, sun.position, direction);
  sun.shadow.mapSize.set(SHADOW_PIXELS, SHADOW_PIXELS);
  Object.assign(sun.shadow.camera, {
    left: -radius,
    right: radius,
    top: radius,
    bottom: -radius,
    near: 0.1,
    far: 4 * radius,
  });
  sun.shadow.normalBias = 0.02;
  sun.shadow.bias = -0.0004;
  sun.shadow.radius = 3;
  return sun;
}

type Corner = readonly number[];

function aim(light: DirectionalLight | SpotLight, at: Vector3, direction: Vector3): void {
  light.position.copy(at);
  light.target.position.copy(at).add(direction);
}
