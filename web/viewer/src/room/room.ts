/** Builds the room of a hall from its data: floor, walls, ceiling, plinths, doors, in few draw calls and with its light baked. */

import { Color, Group, type Material, Mesh, type Object3D, Texture } from "three";
import type { Hall, HallManifest, Room, Stage } from "../contract.ts";
import { exposureOf } from "../stage/lighting.ts";
import { bakeLight } from "./bake.ts";
import { addDoor, addWay, doorsOf } from "./doors.ts";
import { bakeLevel } from "./level_light.ts";
import { type LevelMesh, lightLevel, makeLevel, paintLevel } from "./levels.ts";
import { addOverhead } from "./overhead.ts";
import { cornerPaint } from "./paints.ts";
import { Patches } from "./patches.ts";
import { plinthsOf } from "./plinth_places.ts";
import { addPlinths } from "./plinths.ts";
import { showShell } from "./shell.ts";
import { makeSigns } from "./signs.ts";
import { FLOOR_REPEAT, floorColor, floorTexture, plainTexture } from "./textures.ts";
import { compiled } from "../stage/compiling.ts";
import { nextTask } from "../turns.ts";
import { addWalls } from "./walls.ts";

/** Side of the pictures of light, in pixels. */
const FLOOR_LIGHT = 192;
const CEILING_LIGHT = 64;

/**
 * The room of `manifest`. Below its root: "floor", "walls", "ceiling", "plinths", "signs", so that AR can hide some. Where the hall
 * has a model of its room and a loader is given, that takes the place of walls and ceiling as soon as it is here. The floor lies there
 * at once, in plain paint; all else is built part by part, each after `turn`, and appears as a whole.
 */
export function buildRoom(
  manifest: HallManifest,
  stage: Stage,
  loader?: Hall,
  turn: () => Promise<void> = nextTask,
): Room {
  const root = new Group();
  root.name = "room";
  const floor = named("floor", plainFloor(manifest));
  root.add(floor);
  let gone = false;
  let abandonShell = () => {};

  async function build(): Promise<void> {
    const parts = new Group();
    const fitOut = partsOf(manifest, stage, floor);
    for (let made = fitOut.next(); !made.done; made = fitOut.next()) {
      if (made.value) parts.add(made.value);
      await turn();
      if (gone) return parts.traverse(release);
    }
    await compiled(parts, stage);
    if (gone) return parts.traverse(release);
    root.add(...parts.children);
    if (manifest.space.shell && loader) abandonShell = showShell(manifest.space.shell, loader, root, stage);
    stage.invalidate();
  }

  return {
    root,
    floor,
    built: turn().then(build),
    dispose() {
      gone = true;
      abandonShell();
      root.removeFromParent();
      root.traverse(release);
      stage.invalidate();
    },
  };
}

/** Builds the room around `floor`; each step makes a part of it, or something for one. */
function* partsOf(manifest: HallManifest, stage: Stage, floor: LevelMesh): Generator<Object3D | undefined, void> {
  const { height } = manifest.space;
  const mood = manifest.lighting.environment;
  const bake = bakeLight(manifest);
  const standing = plinthsOf(manifest);
  const doors = doorsOf(manifest);
  const paint = cornerPaint();
  const exposure = exposureOf(manifest);
  yield;
  const walls = patched(paint, exposure, (patches) => {
    addWalls(patches, manifest, bake);
    for (const door of doors) addDoor(patches, door);
    for (const { portal } of doors) addWay(patches, portal, bake);
  });
  yield named("walls", walls);
  const ceiling = makeLevel(
    manifest,
    { y: height, faces: "down" },
    plainTexture(mood === "evening" ? "#9a948c" : "#f6f3ee"),
    FLOOR_REPEAT,
  );
  lightLevel(ceiling, bakeLevel(manifest, bake, { y: height, faces: "down" }, CEILING_LIGHT, []), CEILING_LIGHT);
  yield;
  ceiling.add(patched(paint, exposure, (patches) => addOverhead(patches, manifest)));
  yield named("ceiling", ceiling);
  yield named("plinths", patched(paint, exposure, (patches) => addPlinths(patches, manifest, standing, bake)));
  yield named("signs", makeSigns(doors, manifest.languages, new Color("#2b2723")));
  const texture = sharpened(floorTexture(mood, manifest.hall.slug), stage);
  yield;
  const light = bakeLevel(manifest, bake, { y: 0, faces: "up" }, FLOOR_LIGHT, standing);
  paintLevel(floor, texture);
  lightLevel(floor, light, FLOOR_LIGHT);
}

/** The floor before it has its pattern and its light. */
function plainFloor(manifest: HallManifest): LevelMesh {
  const color = plainTexture(floorColor(manifest.lighting.environment));
  const floor = makeLevel(manifest, { y: 0, faces: "up" }, color, FLOOR_REPEAT);
  const even = new Color().setScalar(Math.min(1, 0.5 * exposureOf(manifest))).convertLinearToSRGB();
  lightLevel(floor, Uint8Array.of(...even.toArray().map((part) => Math.round(255 * part)), 255), 1);
  return floor;
}

function named<Part extends Object3D>(name: string, part: Part): Part {
  part.name = name;
  part.traverse(freeze);
  return part;
}

function patched(material: Material, exposure: number, add: (patches: Patches) => void): Mesh {
  const patches = new Patches(exposure);
  add(patches);
  return new Mesh(patches.geometry(), material);
}

/** Floors are seen at a slant. Sharp there costs a processor too much. */
function sharpened(texture: Texture, { quality }: Stage): Texture {
  texture.anisotropy = quality.level >= 0.5 ? 8 : 1;
  return texture;
}

function freeze(part: Object3D): void {
  part.updateMatrix();
  part.matrixAutoUpdate = false;
}

function release(part: Object3D): void {
  if (!(part instanceof Mesh)) return;
  part.geometry.dispose();
  const material = part.material as Material & { uniforms?: Record<string, { value: unknown }>; map?: unknown };
  const held = [material.map, ...Object.values(material.uniforms ?? {}).map(({ value }) => value)];
  for (const one of held) if (one instanceof Texture) one.dispose();
  material.dispose();
}
