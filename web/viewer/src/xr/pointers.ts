/** What the visitor points with: controllers, hands, fingers on a screen. As rays in the world, frame by frame. */

import {
  BufferGeometry,
  Group,
  Line,
  LineBasicMaterial,
  Matrix4,
  Mesh,
  MeshBasicMaterial,
  Quaternion,
  SphereGeometry,
  Vector3,
} from "three";
import type { Stage } from "../contract.ts";

/** One ray. */
export interface Pointer {
  readonly source: XRInputSource;
  /** A finger on a phone's screen: it is there while it touches. */
  readonly onScreen: boolean;
  readonly origin: Vector3;
  readonly direction: Vector3;
  readonly rotation: Quaternion;
  /** Of the ray: it begins at the origin of this frame and goes along its −Z. */
  readonly matrix: Matrix4;
  /** Between selectstart and selectend. */
  pressed: boolean;
}

export type PointerEvent = "select" | "selectstart" | "selectend" | "squeezestart" | "squeezeend";
const EVENTS: readonly PointerEvent[] = ["select", "selectstart", "selectend", "squeezestart", "squeezeend"];

export interface Pointers {
  readonly all: ReadonlyMap<XRInputSource, Pointer>;
  /** Read where they are. */
  update(frame: XRFrame): void;
  /** Show the ray as long as that; none of those on a screen. */
  draw(pointer: Pointer, length: number): void;
  dispose(): void;
}

/** Follow the session's pointers, in the world of the stage's rig. `happened` hears what they do, after an update. */
export function makePointers(
  stage: Stage,
  session: XRSession,
  happened: (event: PointerEvent, pointer: Pointer, frame: XRFrame) => void,
): Pointers {
  const all = new Map<XRInputSource, Pointer>();
  const shown = new Map<XRInputSource, Group>();
  const beam = new BufferGeometry().setFromPoints([new Vector3(), new Vector3(0, 0, -1)]);
  const tip = new SphereGeometry(0.008, 12, 8);
  const light = new LineBasicMaterial({ color: 0xffffff, transparent: true, opacity: 0.7 });
  const bright = new MeshBasicMaterial({ color: 0xffffff });
  const scale = new Vector3();

  function read(source: XRInputSource, frame: XRFrame): Pointer | undefined {
    const space = stage.renderer.xr.getReferenceSpace();
    const pose = space && frame.getPose(source.targetRaySpace, space);
    if (!space || !pose) return all.get(source);
    let pointer = all.get(source);
    if (!pointer) {
      pointer = {
        source,
        onScreen: source.targetRayMode === "screen",
        origin: new Vector3(),
        direction: new Vector3(),
        rotation: new Quaternion(),
        matrix: new Matrix4(),
        pressed: false,
      };
      all.set(source, pointer);
    }
    stage.rig.updateMatrixWorld();
    pointer.matrix.fromArray(pose.transform.matrix).premultiply(stage.rig.matrixWorld);
    pointer.matrix.decompose(pointer.origin, pointer.rotation, scale);
    pointer.direction.set(0, 0, -1).applyQuaternion(pointer.rotation);
    return pointer;
  }

  function hear(event: XRInputSourceEvent): void {
    const pointer = read(event.inputSource, event.frame);
    if (!pointer) return;
    if (event.type === "selectstart") pointer.pressed = true;
    if (event.type === "selectend") pointer.pressed = false;
    happened(event.type as PointerEvent, pointer, event.frame);
  }

  function forget(source: XRInputSource): void {
    all.delete(source);
    shown.get(source)?.removeFromParent();
    shown.delete(source);
  }

  const changed = (event: XRInputSourcesChangeEvent) => event.removed.forEach(forget);
  for (const name of EVENTS) session.addEventListener(name, hear);
  session.addEventListener("inputsourceschange", changed);

  return {
    all,
    update(frame) {
      for (const source of session.inputSources) if (source.targetRayMode !== "gaze") read(source, frame);
    },
    draw(pointer, length) {
      if (pointer.onScreen) return;
      let ray = shown.get(pointer.source);
      if (!ray) {
        ray = new Group();
        ray.name = "xr-ray";
        ray.add(new Line(beam, light), new Mesh(tip, bright));
        stage.scene.add(ray);
        shown.set(pointer.source, ray);
      }
      ray.position.copy(pointer.origin);
      ray.quaternion.copy(pointer.rotation);
      ray.children[0].scale.z = length;
      ray.children[1].position.z = -length;
    },
    dispose() {
      for (const name of EVENTS) session.removeEventListener(name, hear);
      session.removeEventListener("inputsourceschange", changed);
      for (const source of [...all.keys()]) forget(source);
      for (const resource of [beam, tip, light, bright]) resource.dispose();
    },
  };
}
