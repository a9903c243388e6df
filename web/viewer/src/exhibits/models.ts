/** Models by their digest: each parsed once, shared by all exhibits that show it, freed when none does and memory is short. */

import { type AnimationClip, type BufferAttribute, Mesh, type Object3D, SkinnedMesh, type Texture } from "three";
import { clone as cloneSkinned } from "three/addons/utils/SkeletonUtils.js";
import type { Stage } from "../contract.ts";
import { mergeModel, movingParts } from "./merging.ts";
import { disposeModel, type FileNamed, materialsOf, parseModel, texturesOf } from "./parsing.ts";
import { compiled } from "../stage/compiling.ts";
import { inTurn, nextTask } from "../turns.ts";

/** What a file of a model tells of itself. */
export interface ModelFile {
  sha256: string;
  extensionsRequired: readonly string[];
}

export interface Model {
  readonly sha256: string;
  readonly clips: readonly AnimationClip[];
  /** About so many on the GPU. */
  readonly bytes: number;
  /** One to stand in the scene; shares everything that is large. */
  copy(): Object3D;
}

export interface Models {
  /** The model of a file, parsed now if it is not here; `bytes` is asked for them then. Give it back. */
  take(file: ModelFile, bytes: () => Promise<Blob>): Promise<Model>;
  giveBack(model: Model): void;
  /** Whether it is here already. */
  has(sha256: string): boolean;
  /** Bytes of all that are here. */
  readonly bytes: number;
  /** Free unused ones until at most `bytes` are left. */
  shrink(bytes: number): void;
  dispose(): void;
}

/** While one waits for its pictures to be decoded, another is read. */
const PARSED_AT_A_TIME = 2;

interface Kept {
  model: Promise<Model>;
  made?: Model;
  scene?: Object3D;
  users: number;
}

/** The models of one hall. Their shaders wait until it is `lit`: they are built for its lamps. */
export function makeModels(stage: Stage, file: FileNamed, lit: Promise<void>): Models {
  const kept = new Map<string, Kept>();
  const parseInTurn = inTurn(PARSED_AT_A_TIME);
  let gone = false;

  async function make(about: ModelFile, blob: Blob, entry: Kept): Promise<Model> {
    const more = stage.expectMore();
    try {
      return await makeNow(about, blob, entry);
    } finally {
      more();
    }
  }

  async function makeNow(about: ModelFile, blob: Blob, entry: Kept): Promise<Model> {
    const { scene, clips } = await parseModel(blob, stage.renderer, about.extensionsRequired, file);
    await nextTask();
    mergeModel(scene, clips);
    settle(scene, clips);
    await lit;
    await nextTask();
    if (!gone) await prepare(scene, stage);
    if (gone) {
      disposeModel(scene);
      throw new DOMException("the hall was left", "AbortError");
    }
    entry.scene = scene;
    const skinned = hasBones(scene);
    entry.made = {
      sha256: about.sha256,
      clips,
      bytes: bytesOf(scene),
      copy: () => skinned ? cloneSkinned(scene) : scene.clone(),
    };
    return entry.made;
  }

  function free(sha256: string, entry: Kept): void {
    kept.delete(sha256);
    if (entry.scene) disposeModel(entry.scene);
  }

  function all(): number {
    return [...kept.values()].reduce((sum, { made }) => sum + (made?.bytes ?? 0), 0);
  }

  return {
    async take(about, bytes) {
      let entry = kept.get(about.sha256);
      if (!entry) {
        const made: Kept = {
          users: 0,
          model: Promise.resolve().then(bytes).then((blob) => parseInTurn(() => make(about, blob, made))),
        };
        made.model.catch(() => kept.delete(about.sha256));
        kept.set(about.sha256, entry = made);
      }
      entry.users += 1;
      return await entry.model;
    },
    giveBack({ sha256 }) {
      const entry = kept.get(sha256);
      if (entry) entry.users -= 1;
    },
    has: (sha256) => kept.get(sha256)?.made !== undefined,
    get bytes() {
      return all();
    },
    shrink(bytes) {
      for (const [sha256, entry] of [...kept]) {
        if (all() <= bytes) return;
        if (entry.users <= 0 && entry.made) free(sha256, entry);
      }
    },
    dispose() {
      gone = true;
      for (const [sha256, entry] of [...kept]) free(sha256, entry);
    },
  };
}

/** What does not move is not reckoned each frame; all of it throws and takes shadows. */
function settle(scene: Object3D, clips: readonly AnimationClip[]): void {
  const moving = movingParts(scene, clips);
  scene.traverse((part) => {
    part.updateMatrix();
    part.matrixAutoUpdate = moving.has(part);
    if (!(part instanceof Mesh)) return;
    part.castShadow = part.receiveShadow = !materialsOf(part).some(({ transparent }) => transparent);
    part.geometry.computeBoundingSphere();
    for (const texture of materialsOf(part).flatMap(texturesOf)) texture.anisotropy = 4;
  });
}

/** Shaders and textures before the first frame that needs them, so that it is not held up. */
async function prepare(scene: Object3D, stage: Stage): Promise<void> {
  const { renderer } = stage;
  if (renderer.getContext().isContextLost()) return;
  await compiled(scene, stage);
  const textures = new Set<Texture>();
  scene.traverse((part) => {
    if (part instanceof Mesh) { for (const texture of materialsOf(part).flatMap(texturesOf)) textures.add(texture); }
  });
  for (const texture of textures) {
    renderer.initTexture(texture);
    await nextTask();
  }
}

function hasBones(scene: Object3D): boolean {
  let bones = false;
  scene.traverse((part) => bones ||= part instanceof SkinnedMesh);
  return bones;
}

function bytesOf(scene: Object3D): number {
  const textures = new Set<Texture>();
  let bytes = 0;
  scene.traverse((part) => {
    if (!(part instanceof Mesh)) return;
    const { attributes, index } = part.geometry;
    for (const attribute of [...Object.values(attributes), index]) {
      bytes += (attribute as BufferAttribute | null)?.array?.byteLength ?? 0;
    }
    for (const texture of materialsOf(part).flatMap(texturesOf)) textures.add(texture);
  });
  for (const { image } of textures) {
    const { width = 0, height = 0 } = (image ?? {}) as { width?: number; height?: number };
    bytes += width * height * 4 * 4 / 3;
  }
  return bytes;
}
