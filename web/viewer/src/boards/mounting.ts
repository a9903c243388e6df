/** What holds the boards: thin frames with a leaf of paper, and posts for those that hang on no wall. Three draw calls. */

import {
  BoxGeometry,
  type BufferGeometry,
  Color,
  Group,
  InstancedMesh,
  type Material,
  Matrix4,
  MeshBasicMaterial,
  MeshStandardMaterial,
  PlaneGeometry,
  Quaternion,
  Vector3,
} from "three";
import type { Placard, Wall } from "exhibit-client";
import { PAPER } from "./drawing.ts";
import { wallBlocks } from "../walk/obstacles.ts";
import { wayOut } from "../walk/block.ts";

/** How far the leaf lies before the middle of the board; the frame's thickness; how far it stands out. Metres. */
export const LEAF = 0.004;
/** Paper is never as bright as a lamp. */
export const SHADE = 0xf0f0f0;
const THICKNESS = 0.016;
const RIM = 0.012;
const POST = 0.035;
const FOOT = 0.26;
/** A wall nearer than this holds the board. Metres. */
const HELD = 0.3;

export interface Mounting {
  readonly root: Group;
  dispose(): void;
}

/** Where a board hangs, in the hall. */
export function placeOf(placard: Placard): Matrix4 {
  const [x, y, z] = placard.pose.translation ?? [0, 0, 0];
  const rotation = new Quaternion(...(placard.pose.rotation ?? [0, 0, 0, 1])).normalize();
  return new Matrix4().compose(new Vector3(x, y, z), rotation, new Vector3(1, 1, 1));
}

/** Frames and posts of all boards. */
export function mount(placards: readonly Placard[], walls: readonly Wall[]): Mounting {
  const root = new Group();
  const wood = new MeshStandardMaterial({ color: 0x6d5a47, roughness: 0.7 });
  const paper = new MeshBasicMaterial({ color: new Color(PAPER).multiply(new Color(SHADE)), toneMapped: false });
  const box = new BoxGeometry(1, 1, 1);
  const leaf = new PlaneGeometry(1, 1);
  const frames = placards.map((placard) =>
    placeOf(placard).multiply(new Matrix4().makeTranslation(0, 0, -THICKNESS / 2))
      .scale(new Vector3(placard.size[0] + 2 * RIM, placard.size[1] + 2 * RIM, THICKNESS))
  );
  const leaves = placards.map((placard) =>
    placeOf(placard).multiply(new Matrix4().makeTranslation(0, 0, LEAF / 2))
      .scale(new Vector3(placard.size[0], placard.size[1], 1))
  );
  const blocks = walls.flatMap(wallBlocks);
  const posts = placards.filter((placard) => {
    const [x, y, z] = placard.pose.translation ?? [0, 0, 0];
    return y > 0.2 && y < 3 && !blocks.some((block) => wayOut(block, x, z).distance < HELD);
  }).flatMap(postOf);

  const meshes = [
    instances(box, wood, frames, "frames"),
    instances(leaf, paper, leaves, "leaves"),
    instances(box, wood, posts, "posts"),
  ];
  root.add(...meshes);
  return {
    root,
    dispose() {
      for (const mesh of meshes) mesh.dispose();
      for (const part of [wood, paper, box, leaf]) part.dispose();
    },
  };
}

/** A post below the middle of the board, and its foot. */
function postOf(placard: Placard): Matrix4[] {
  const [x, y, z] = placard.pose.translation ?? [0, 0, 0];
  const turned = new Quaternion(...(placard.pose.rotation ?? [0, 0, 0, 1])).normalize();
  const front = new Vector3(0, 0, 1).applyQuaternion(turned);
  const yaw = new Quaternion().setFromAxisAngle(new Vector3(0, 1, 0), Math.atan2(front.x, front.z));
  const behind = new Vector3(x, 0, z).addScaledVector(front.clone().setY(0).normalize(), -0.02);
  const tall = y - 0.015;
  return [
    new Matrix4().compose(behind.clone().setY(tall / 2), yaw, new Vector3(POST, tall, POST)),
    new Matrix4().compose(behind.clone().setY(0.008), yaw, new Vector3(FOOT, 0.016, FOOT * 0.8)),
  ];
}

function instances(
  geometry: BufferGeometry,
  material: Material,
  places: Matrix4[],
  name: string,
): InstancedMesh {
  const mesh = new InstancedMesh(geometry, material, places.length);
  places.forEach((place, index) => mesh.setMatrixAt(index, place));
  mesh.name = name;
  mesh.castShadow = mesh.receiveShadow = name !== "leaves";
  mesh.computeBoundingSphere();
  mesh.visible = places.length > 0;
  return mesh;
}
