/** Fewer draw calls: meshes of a model that move together and look alike become one. Done once, when a model was parsed. */

import {
  type AnimationClip,
  BufferAttribute,
  BufferGeometry,
  Group,
  InterleavedBufferAttribute,
  type Material,
  MathUtils,
  Matrix4,
  Mesh,
  type Object3D,
  PropertyBinding,
  SkinnedMesh,
} from "three";
import { mergeGeometries } from "three/addons/utils/BufferGeometryUtils.js";
import { isPaint, paletteOf, pointAt } from "./palette.ts";

/** Merge what stands still to each other below `scene`; parts that `clips` move stay apart. Nodes keep their names. */
export function mergeModel(scene: Object3D, clips: readonly AnimationClip[]): void {
  scene.updateMatrixWorld(true);
  const moving = movingParts(scene, clips);
  const meshes: Mesh[] = [];
  scene.traverse((part) => {
    if (part instanceof Mesh && canMerge(part, moving)) meshes.push(part);
  });
  if (meshes.length < 2) return;

  const dropped = new Set<Material>();
  const replaced = new Set<BufferGeometry>();
  const bySide = Map.groupBy(new Set(meshes.map((mesh) => mesh.material as Material)), ({ side }) => side);
  const palettes = [...bySide.values()].flatMap((materials) => paletteOf(materials.filter(isPaint)) ?? []);
  const groups = new Map<string, { carrier: Object3D; material: Material; geometries: BufferGeometry[] }>();
  for (const mesh of meshes) {
    const carrier = carrierOf(mesh, scene, moving);
    const palette = palettes.find(({ column }) => column.has(mesh.material as Material));
    const geometry = plainGeometry(mesh, carrier);
    if (palette) {
      pointAt(geometry, palette.column.get(mesh.material as Material)!);
      dropped.add(mesh.material as Material);
    }
    const material = palette?.material ?? mesh.material as Material;
    const shape = Object.entries(geometry.attributes).map(([name, { itemSize }]) => `${name} ${itemSize}`);
    const key = [carrier.uuid, material.uuid, ...shape.toSorted()].join();
    const group = groups.get(key) ?? { carrier, material, geometries: [] };
    group.geometries.push(geometry);
    groups.set(key, group);
    replaced.add(mesh.geometry);
  }
  for (const mesh of meshes) withdraw(mesh);
  for (const { carrier, material, geometries } of groups.values()) {
    carrier.add(new Mesh(geometries.length > 1 ? mergeGeometries(geometries) : geometries[0], material));
    if (geometries.length > 1) { for (const geometry of geometries) geometry.dispose(); }
  }
  for (const one of [...dropped, ...replaced]) one.dispose();
  prune(scene, moving);
}

/** The parts that animations move, and those that carry bones. */
export function movingParts(scene: Object3D, clips: readonly AnimationClip[]): Set<Object3D> {
  const names = new Set(
    clips.flatMap(({ tracks }) => tracks.map(({ name }) => PropertyBinding.parseTrackName(name).nodeName)),
  );
  const moving = new Set<Object3D>();
  scene.traverse((part) => {
    if (names.has(part.name) || names.has(part.uuid) || "isBone" in part) moving.add(part);
  });
  return moving;
}

function canMerge(mesh: Mesh, moving: ReadonlySet<Object3D>): boolean {
  if (mesh instanceof SkinnedMesh || "isInstancedMesh" in mesh || Array.isArray(mesh.material)) return false;
  const { attributes, morphAttributes, index, drawRange } = mesh.geometry;
  if (Object.keys(morphAttributes).length > 0 || !attributes.position || !attributes.normal || !index) return false;
  if (drawRange.start !== 0 || drawRange.count !== Infinity) return false;
  return mesh.visible && !(moving.has(mesh) && mesh.morphTargetInfluences !== undefined);
}

/** The nearest part above (or the mesh itself) that moves by itself: what hangs on it moves as one. */
function carrierOf(mesh: Object3D, scene: Object3D, moving: ReadonlySet<Object3D>): Object3D {
  for (let part: Object3D | null = mesh; part && part !== scene; part = part.parent) {
    if (moving.has(part)) return part instanceof Mesh ? stem(part, moving as Set<Object3D>) : part;
  }
  return scene;
}

const stems = new WeakMap<Object3D, Object3D>();

/** A mesh that moves by itself leaves a group of its name in its place, which then moves. */
function stem(mesh: Mesh, moving: Set<Object3D>): Object3D {
  const known = stems.get(mesh);
  if (known) return known;
  const group = new Group();
  group.name = mesh.name;
  group.userData = mesh.userData;
  group.position.copy(mesh.position);
  group.quaternion.copy(mesh.quaternion);
  group.scale.copy(mesh.scale);
  mesh.parent?.add(group);
  group.updateMatrixWorld(true);
  stems.set(mesh, group);
  moving.add(group);
  return group;
}

/** The geometry in the space of `carrier`, as floats: quantised corners could not be moved. */
function plainGeometry(mesh: Mesh, carrier: Object3D): BufferGeometry {
  const geometry = new BufferGeometry().setIndex(mesh.geometry.index);
  for (const [name, attribute] of Object.entries(mesh.geometry.attributes)) {
    geometry.setAttribute(name, new BufferAttribute(floatsOf(attribute), attribute.itemSize));
  }
  const matrix = new Matrix4().copy(carrier.matrixWorld).invert().multiply(mesh.matrixWorld);
  geometry.applyMatrix4(matrix);
  if (matrix.determinant() < 0) turnInsideOut(geometry);
  return geometry;
}

/** The numbers of an attribute, one after the other. */
function floatsOf(attribute: BufferAttribute | InterleavedBufferAttribute): Float32Array<ArrayBuffer> {
  const { count, itemSize, normalized } = attribute;
  const [array, stride, offset] = attribute instanceof InterleavedBufferAttribute
    ? [attribute.data.array, attribute.data.stride, attribute.offset]
    : [attribute.array, itemSize, 0];
  const floats = new Float32Array(count * itemSize);
  for (let i = 0, to = 0; i < count; i++) {
    for (let axis = 0; axis < itemSize; axis++) floats[to++] = array[i * stride + offset + axis];
  }
  if (!normalized) return floats;
  const share = MathUtils.denormalize(1, array as Int16Array);
  for (let at = 0; at < floats.length; at++) floats[at] = Math.max(-1, floats[at] * share);
  return floats;
}

function turnInsideOut(geometry: BufferGeometry): void {
  const index = geometry.index!.clone();
  for (let i = 0; i + 2 < index.count; i += 3) {
    const [b, c] = [index.getX(i + 1), index.getX(i + 2)];
    index.setX(i + 1, c).setX(i + 2, b);
  }
  geometry.setIndex(index);
}

/** Take a mesh out of the tree, leaving what hung below it. */
function withdraw(mesh: Mesh): void {
  const parent = stems.get(mesh) ?? mesh.parent;
  if (!parent) return;
  if (mesh.children.length > 0) {
    const group = stems.get(mesh) ?? new Group();
    if (!stems.has(mesh)) {
      group.name = mesh.name;
      mesh.parent?.add(group);
      group.applyMatrix4(mesh.matrix);
    }
    group.add(...mesh.children);
  }
  mesh.removeFromParent();
}

/** Remove empty parts that nothing moves, and lamps: a hall has its own. */
function prune(root: Object3D, moving: ReadonlySet<Object3D>): void {
  for (const child of [...root.children]) {
    prune(child, moving);
    const isDrawn = "isMesh" in child || "isLine" in child || "isPoints" in child;
    if (child.children.length === 0 && !isDrawn && !moving.has(child)) child.removeFromParent();
  }
}
