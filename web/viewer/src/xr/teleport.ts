/** Teleporting: a thrown arc that lands on the floor, and a ring where it lands. */

import {
  BufferAttribute,
  BufferGeometry,
  Group,
  Line,
  LineBasicMaterial,
  Mesh,
  MeshBasicMaterial,
  RingGeometry,
  Vector3,
} from "three";
import type { OpenHall, Stage, Walker } from "../contract.ts";
import { distanceToWall } from "./walls.ts";

/** Metres a second, metres a second squared: a throw of some eight metres at the most. */
const SPEED = 7.5;
const GRAVITY = 9.81;
const STEPS = 40;
const STEP = 0.05;

const FREE = 0x2f7d4f;
const TAKEN = 0xb3341e;

/** Where a throw ends. */
export interface Landing {
  /** From the hand on. */
  readonly path: Vector3[];
  /** The last of the path: on the floor, or at the wall that stopped it. */
  readonly point: Vector3;
  /** One may stand there. */
  readonly free: boolean;
}

/** Throw from `origin` along `direction` (length 1), both in the hall's space; the floor is at y = 0. */
export function throwTo(
  origin: Vector3,
  direction: Vector3,
  hall: Pick<OpenHall, "manifest">,
  walker: Pick<Walker, "isFree">,
): Landing {
  const { space } = hall.manifest;
  const path = [origin.clone()];
  const velocity = direction.clone().multiplyScalar(SPEED);
  for (let step = 0; step < STEPS; step++) {
    const from = path[path.length - 1];
    const to = from.clone().addScaledVector(velocity, STEP);
    velocity.y -= GRAVITY * STEP;
    if (to.y < 0 && from.y > 0) to.lerp(from, to.y / (to.y - from.y));
    const way = to.clone().sub(from);
    const length = way.length();
    const met = length > 0 ? distanceToWall(space, from, way.divideScalar(length), length) : undefined;
    if (met !== undefined) {
      const point = from.clone().addScaledVector(way, met);
      path.push(point);
      return { path, point, free: false };
    }
    path.push(to);
    if (to.y <= 1e-6) return { path, point: to.setY(0), free: walker.isFree(to.x, to.z) };
  }
  return { path, point: path[path.length - 1], free: false };
}

export interface TeleportMark {
  readonly root: Group;
  show(landing: Landing): void;
  hide(): void;
  dispose(): void;
}

/** The arc and the ring, green where one may stand, red elsewhere. */
export function markTeleport(stage: Stage): TeleportMark {
  const root = new Group();
  root.name = "xr-teleport";
  root.visible = false;
  const points = new BufferAttribute(new Float32Array((STEPS + 2) * 3), 3);
  const geometry = new BufferGeometry().setAttribute("position", points);
  const lineMaterial = new LineBasicMaterial({ transparent: true, opacity: 0.8 });
  const line = new Line(geometry, lineMaterial);
  line.frustumCulled = false;
  const ringGeometry = new RingGeometry(0.22, 0.28, 40).rotateX(-Math.PI / 2);
  const ringMaterial = new MeshBasicMaterial({ transparent: true, opacity: 0.9, depthWrite: false });
  const ring = new Mesh(ringGeometry, ringMaterial);
  root.add(line, ring);
  stage.scene.add(root);
  return {
    root,
    show(landing) {
      landing.path.forEach((point, index) => points.setXYZ(index, point.x, point.y, point.z));
      points.needsUpdate = true;
      geometry.setDrawRange(0, landing.path.length);
      ring.position.copy(landing.point).y += 0.012;
      const color = landing.free ? FREE : TAKEN;
      lineMaterial.color.setHex(color);
      ringMaterial.color.setHex(color);
      root.visible = true;
      root.userData = { free: landing.free, point: landing.point.toArray() };
    },
    hide() {
      root.visible = false;
    },
    dispose() {
      root.removeFromParent();
      for (const resource of [geometry, lineMaterial, ringGeometry, ringMaterial]) resource.dispose();
    },
  };
}
