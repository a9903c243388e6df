/** What stands in an exhibit's place at once: a faint block of its size. */

import { type Box3, BoxGeometry, CanvasTexture, Group, Mesh, MeshBasicMaterial, SRGBColorSpace, Vector3 } from "three";

export interface Placeholders {
  readonly root: Group;
  /** Show the block of an exhibit in these bounds, or none. */
  show(id: string, bounds: Box3 | undefined): void;
  dispose(): void;
}

/** No block is seen at first. */
export function makePlaceholders(): Placeholders {
  const root = new Group();
  root.name = "placeholders";
  const geometry = new BoxGeometry();
  // With a picture it is drawn by the same shader as posters and signs, which is one less to build.
  const map = new CanvasTexture(pixel());
  map.colorSpace = SRGBColorSpace;
  const material = new MeshBasicMaterial({
    map,
    transparent: true,
    opacity: 0.3,
    depthWrite: false,
    toneMapped: false,
  });
  const blocks = new Map<string, Mesh>();
  return {
    root,
    show(id, bounds) {
      blocks.get(id)?.removeFromParent();
      blocks.delete(id);
      if (!bounds) return;
      const block = new Mesh(geometry, material);
      bounds.getCenter(block.position);
      bounds.getSize(block.scale).max(new Vector3(1e-3, 1e-3, 1e-3));
      block.updateMatrix();
      block.matrixAutoUpdate = false;
      blocks.set(id, block);
      root.add(block);
    },
    dispose() {
      root.removeFromParent();
      for (const resource of [geometry, material, map]) resource.dispose();
    },
  };
}

function pixel(): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext("2d");
  if (pen) {
    pen.fillStyle = "#cfc8bb";
    pen.fillRect(0, 0, 1, 1);
  }
  return canvas;
}
