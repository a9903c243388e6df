/** The placards that hang in the hall: drawn when they are near and in sight, in the language of the moment. */

import { Frustum, Group, Matrix4, type PerspectiveCamera, Ray, Sphere, Vector3 } from "three";
import type { App, Boards, HallManifest, Stage, Undo } from "../contract.ts";
import { wordsOf } from "./content.ts";
import { type Leaf, makeLeaf } from "./leaf.ts";
import { mount, placeOf } from "./mounting.ts";
import { mostDrawn, sharpnessFor } from "./sharpness.ts";

/** Whoever turns round finds the boards nearer than this drawn already. Metres. */
const AROUND = 4;

/** Boards wait for a quiet moment no longer than this, in milliseconds. */
const PATIENCE = 1200;

interface Hung {
  readonly leaf: Leaf;
  readonly middle: Vector3;
  readonly front: Vector3;
  readonly longer: number;
  /** From the hall into the board's own frame, whose front is +Z. */
  readonly into: Matrix4;
}

/** Hang the boards of a hall. They draw themselves after frames, one at a time, when the browser has nothing more urgent to do. */
export function hangBoards(app: App, manifest: HallManifest, stage: Stage): Boards {
  const root = new Group();
  root.name = "boards";
  const mounting = mount(manifest.placards, manifest.space.walls);
  const hung = manifest.placards.map(hang);
  root.add(mounting.root, ...hung.map(({ leaf }) => leaf.mesh));
  const anisotropy = Math.min(8, stage.renderer.capabilities.getMaxAnisotropy());

  /** Which boards are to be drawn how sharply, the largest on the screen first. */
  function wanted(): { leaf: Leaf; pixels: number }[] {
    const { camera, quality, canvas } = stage;
    const into = root.matrixWorld.clone().invert();
    const eyes = camera.getWorldPosition(new Vector3()).applyMatrix4(into);
    const sight = sightOf(camera, root.matrixWorld);
    const high = canvas.clientHeight * quality.pixelRatio / (2 * Math.tan((camera.fov * Math.PI) / 360));
    const list = hung.flatMap(({ leaf, middle, front, longer }) => {
      const away = eyes.distanceTo(middle);
      const before = eyes.clone().sub(middle).dot(front);
      if (before <= 0 || (away > AROUND && !sight.intersectsSphere(new Sphere(middle, longer * 0.6)))) return [];
      const pixels = sharpnessFor((longer * high) / Math.max(away, 0.3), quality);
      return pixels > 0 ? [{ leaf, pixels, away: away / longer }] : [];
    });
    return list.sort((a, b) => a.away - b.away).slice(0, mostDrawn(quality));
  }

  function drawNext(): void {
    if (!root.parent?.parent) return; // the hall does not stand yet
    const list = wanted();
    const stale = ({ leaf, pixels }: { leaf: Leaf; pixels: number }) =>
      leaf.drawn?.language !== app.language || leaf.drawn.pixels < pixels;
    const next = list.find(stale);
    if (!next) return;
    const { leaf, pixels } = next;
    forget(new Set(list.map((one) => one.leaf)), leaf.drawn === undefined);
    leaf.draw(wordsOf(manifest, leaf.placard, app.language), app.language, pixels, anisotropy);
    stage.invalidate();
  }

  /** Make room for one more: first those that nobody looks at, then those in another language. */
  function forget(looked: ReadonlySet<Leaf>, oneMore: boolean): void {
    const held = hung.map(({ leaf }) => leaf).filter((leaf) => leaf.drawn);
    const idle = held.filter((leaf) => !looked.has(leaf));
    for (const leaf of idle) if (leaf.drawn?.language !== app.language) leaf.clear();
    let many = held.filter((leaf) => leaf.drawn).length + (oneMore ? 1 : 0) - mostDrawn(stage.quality);
    for (const leaf of idle) {
      if (many <= 0) return;
      if (!leaf.drawn) continue;
      leaf.clear();
      many--;
    }
  }

  const undos = [whenIdle(stage, drawNext), app.on("language", () => stage.invalidate())];

  return {
    root,
    at(origin, direction) {
      if (!root.parent) return undefined; // they do not hang yet
      const into = root.matrixWorld.clone().invert();
      const ray = new Ray(origin.clone(), direction.clone()).applyMatrix4(into);
      let best: { placard: Leaf["placard"]; distance: number } | undefined;
      for (const { leaf, into: inward } of hung) {
        const hit = hitOf(ray, leaf, inward);
        const distance = hit?.applyMatrix4(root.matrixWorld).distanceTo(origin);
        if (distance !== undefined && distance < (best?.distance ?? Infinity)) {
          best = { placard: leaf.placard, distance };
        }
      }
      return best;
    },
    dispose() {
      for (const undo of undos) undo();
      for (const { leaf } of hung) leaf.dispose();
      mounting.dispose();
      root.removeFromParent();
    },
  };
}

/** Do `work` some time after each frame: exhibits that come and hands that move go first. */
function whenIdle(stage: Stage, work: () => void): Undo {
  const idle = globalThis.requestIdleCallback ?? ((work) => setTimeout(work, 60));
  const forget = globalThis.cancelIdleCallback ?? clearTimeout;
  let asked: number | undefined;
  const undo = stage.onFrame(() => {
    if (stage.renderer.xr.isPresenting) return work(); // a headset's page may never be idle
    asked ??= idle(() => {
      asked = undefined;
      work();
    }, { timeout: PATIENCE });
  });
  return () => {
    undo();
    if (asked !== undefined) forget(asked);
  };
}

function hang(placard: Leaf["placard"]): Hung {
  const place = placeOf(placard);
  const middle = new Vector3().setFromMatrixPosition(place);
  const front = new Vector3().setFromMatrixColumn(place, 2);
  return { leaf: makeLeaf(placard), middle, front, longer: Math.max(...placard.size), into: place.invert() };
}

/** Where a ray in the hall meets the front of a board, in the hall. */
function hitOf(ray: Ray, leaf: Leaf, into: Matrix4): Vector3 | undefined {
  const [width, height] = leaf.placard.size;
  const origin = ray.origin.clone().applyMatrix4(into);
  const direction = ray.direction.clone().transformDirection(into);
  const along = -origin.z / direction.z;
  if (!(origin.z > 0 && along > 0)) return undefined;
  const x = origin.x + direction.x * along, y = origin.y + direction.y * along;
  if (Math.abs(x) > width / 2 || Math.abs(y) > height / 2) return undefined;
  return new Vector3(x, y, 0).applyMatrix4(into.clone().invert());
}

/** What the camera sees, in the space of `world`. */
function sightOf(camera: PerspectiveCamera, world: Matrix4): Frustum {
  const seen = camera.projectionMatrix.clone().multiply(camera.matrixWorldInverse).multiply(world);
  return new Frustum().setFromProjectionMatrix(seen);
}
