/** Builds the room of a hall from its data: floor, walls, ceiling, plinths, doors, in few draw calls and with its light baked. */

import { Color, Group, type Material, Mesh, type Object3D, Texture } from "three";
import type { Hall, HallManifest, Room, Stage } from "../contract.ts";
import { exposureOf } from "../stage/lighting.ts";
import { bakeLight } from "./bake.ts";
import { addDoor, addWay, doorsOf } from "./doors.ts";
import { makeLevel } from "./levels.ts";
import { addOverhead } from "./overhead.ts";
import { cornerPaint } from "./paints.ts";
import { Patches } from "./patches.ts";
import { plinthsOf } from "./plinth_places.ts";
import { addPlinths } from "./plinths.ts";
import { showShell } from "./shell.ts";
import { makeSigns } from "./signs.ts";
import { FLOOR_REPEAT, floorTexture, plainTexture } from "./textures.ts";
import { nextTask } from "../turns.ts";
import { addWalls } from "./walls.ts";

/** Side of the pictures of light, in pixels. */
const FLOOR_LIGHT = 192;
const CEILING_LIGHT = 64;

/**
 * The room of `manifest`. Below its root: "floor", "walls", "ceiling", "plinths", "signs", so that AR can hide some. Where the hall
 * has a model of its room and a loader is given, that takes the place of walls and ceiling as soon as it is here. It is built part
 * by part: what comes over the line is taken in between.
 */
export async function buildRoom(manifest: HallManifest, stage: Stage, loader?: Hall): Promise<Room> {
  const { height } = manifest.space;
  const mood = manifest.lighting.environment;
  const root = new Group();
  root.name = "room";
  const bake = bakeLight(manifest);
  await nextTask();
  const standing = plinthsOf(manifest);
  const doors = doorsOf(manifest);

  const floor = makeLevel(manifest, bake, { y: 0, faces: "up" }, {
    texture: sharpened(floorTexture(mood, manifest.hall.slug), stage),
    repeat: FLOOR_REPEAT,
    pixels: FLOOR_LIGHT,
    plinths: standing,
  });
  await nextTask();
  const ceiling = makeLevel(manifest, bake, { y: height, faces: "down" }, {
    texture: plainTexture(mood === "evening" ? "#9a948c" : "#f6f3ee"),
    repeat: FLOOR_REPEAT,
    pixels: CEILING_LIGHT,
    plinths: [],
  });
  await nextTask();
  const paint = cornerPaint();
  const exposure = exposureOf(manifest);
  const overhead = patched(paint, exposure, (patches) => addOverhead(patches, manifest));
  await nextTask();
  const walls = patched(paint, exposure, (patches) => {
    addWalls(patches, manifest, bake);
    for (const door of doors) addDoor(patches, door);
    for (const { portal } of doors) addWay(patches, portal, bake);
  });
  await nextTask();
  const plinths = patched(paint, exposure, (patches) => addPlinths(patches, manifest, standing, bake));
  const signs = makeSigns(doors, manifest.languages, new Color("#2b2723"));
  ceiling.add(overhead);
  const named: [string, Object3D][] = [["floor", floor], ["walls", walls], ["ceiling", ceiling], ["plinths", plinths], [
    "signs",
    signs,
  ]];
  for (const [name, part] of named) {
    part.name = name;
    root.add(part);
  }
  root.traverse(freeze);
  const abandonShell = manifest.space.shell && loader ? showShell(manifest.space.shell, loader, root, stage) : () => {};
  stage.invalidate();

  return {
    root,
    floor,
    dispose() {
      abandonShell();
      root.removeFromParent();
      root.traverse(release);
      stage.invalidate();
    },
  };
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
