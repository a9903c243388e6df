/** GLB bytes to objects of three.js; decoders that are not needed are not loaded. */

import {
  type AnimationClip,
  type BufferGeometry,
  type Material,
  Mesh,
  type Object3D,
  SkinnedMesh,
  Texture,
  type WebGLRenderer,
} from "three";
import { GLTFLoader } from "three/addons/loaders/GLTFLoader.js";
import { MeshoptDecoder } from "three/addons/libs/meshopt_decoder.module.js";
import type { DRACOLoader } from "three/addons/loaders/DRACOLoader.js";
import type { KTX2Loader } from "three/addons/loaders/KTX2Loader.js";
import { decodePictures } from "./pictures.ts";

/** Gives the address of a file of the viewer's, by its name. */
export type FileNamed = (name: string) => string;

export interface Parsed {
  scene: Object3D;
  clips: AnimationClip[];
}

/** The decoders lie beside the viewer's script. */
const besideUs: FileNamed = (name) => new URL(name, import.meta.url).href;

let draco: Promise<DRACOLoader> | undefined;
let ktx2: Promise<KTX2Loader> | undefined;

/** Parse a GLB whose variant needs `extensions`. Rejects where the bytes are no GLB or need what we do not know. */
export async function parseModel(
  blob: Blob,
  renderer: WebGLRenderer,
  extensions: readonly string[],
  file: FileNamed = besideUs,
): Promise<Parsed> {
  const loader = new GLTFLoader();
  decodePictures(loader);
  if (extensions.some((name) => name.endsWith("_meshopt_compression"))) loader.setMeshoptDecoder(MeshoptDecoder);
  if (extensions.includes("KHR_draco_mesh_compression")) {
    // Where the line was down, the next model tries again.
    draco ??= makeDraco(file).catch((error) => {
      draco = undefined;
      throw error;
    });
    loader.setDRACOLoader(await draco);
  }
  if (extensions.includes("KHR_texture_basisu")) {
    ktx2 ??= makeKtx2(renderer, file).catch((error) => {
      ktx2 = undefined;
      throw error;
    });
    loader.setKTX2Loader(await ktx2);
  }
  const gltf = await loader.parseAsync(await blob.arrayBuffer(), "");
  return { scene: gltf.scene, clips: gltf.animations };
}

async function makeDraco(file: FileNamed): Promise<DRACOLoader> {
  const { DRACOLoader } = await import("three/addons/loaders/DRACOLoader.js");
  return new DRACOLoader().setDecoderPath(file("decoders/")).setWorkerLimit(2);
}

async function makeKtx2(renderer: WebGLRenderer, file: FileNamed): Promise<KTX2Loader> {
  const { KTX2Loader } = await import("three/addons/loaders/KTX2Loader.js");
  return new KTX2Loader().setTranscoderPath(file("decoders/")).setWorkerLimit(2).detectSupport(renderer);
}

/** Materials of a mesh, as a list. */
export function materialsOf(mesh: Mesh): Material[] {
  return Array.isArray(mesh.material) ? mesh.material : [mesh.material];
}

/** Textures of a material. */
export function texturesOf(material: Material): Texture[] {
  return Object.values(material).filter((value) => value instanceof Texture);
}

/** Free all that a model holds: geometries, materials, textures and their pictures, bones. */
export function disposeModel(root: Object3D): void {
  const [geometries, materials] = [new Set<BufferGeometry>(), new Set<Material>()];
  root.traverse((part) => {
    if (part instanceof SkinnedMesh) part.skeleton.dispose();
    if (!(part instanceof Mesh)) return;
    geometries.add(part.geometry);
    for (const material of materialsOf(part)) materials.add(material);
  });
  const textures = new Set([...materials].flatMap(texturesOf));
  for (const texture of textures) {
    texture.dispose();
    if (texture.image instanceof ImageBitmap) texture.image.close();
  }
  for (const one of [...geometries, ...materials]) one.dispose();
}
