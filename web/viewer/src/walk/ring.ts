/** The ring on the floor that says where a glide goes. */

import { Mesh, MeshBasicMaterial, type Object3D, RingGeometry } from "three";

export interface Ring {
  readonly object: Object3D;
  put(x: number, y: number, z: number): void;
  hide(): void;
  dispose(): void;
}

/** A ring, hidden until it is put somewhere. */
export function makeRing(): Ring {
  const geometry = new RingGeometry(0.2, 0.26, 40).rotateX(-Math.PI / 2);
  const material = new MeshBasicMaterial({ color: 0xb3341e, transparent: true, opacity: 0.75, depthWrite: false });
  const object = new Mesh(geometry, material);
  object.name = "ring";
  object.visible = false;
  object.raycast = () => {};
  return {
    object,
    put(x, y, z) {
      object.position.set(x, y + 0.012, z);
      object.visible = true;
    },
    hide: () => void (object.visible = false),
    dispose() {
      object.removeFromParent();
      geometry.dispose();
      material.dispose();
    },
  };
}
