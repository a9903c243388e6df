/** One board's leaf: the canvas that its words are drawn on, and the mesh that shows it. */

import { CanvasTexture, Mesh, MeshBasicMaterial, PlaneGeometry, SRGBColorSpace } from "three";
import type { Placard } from "exhibit-client";
import type { BoardWords } from "./content.ts";
import { drawBoard } from "./drawing.ts";
import { LEAF, placeOf, SHADE } from "./mounting.ts";

const SHAPE = new PlaneGeometry(1, 1);

export interface Leaf {
  readonly mesh: Mesh;
  readonly placard: Placard;
  /** In which language and how sharply it is drawn now. */
  readonly drawn: { readonly language: string; readonly pixels: number } | undefined;
  /** Draw it with so many pixels on its longer side. `anisotropy`: so that it is sharp from aside. */
  draw(words: BoardWords, language: string, pixels: number, anisotropy: number): void;
  /** Let its memory go: an empty leaf of the mounting is seen in its place. */
  clear(): void;
  /** The hall goes. */
  dispose(): void;
}

/** A leaf with nothing on it. What was drawn is told in `mesh.userData`: placard, language, pixels, lines. */
export function makeLeaf(placard: Placard): Leaf {
  // Lit by itself: words must be read in a dim hall, and not burn out under a spot light.
  const material = new MeshBasicMaterial({ color: SHADE, toneMapped: false });
  const mesh = new Mesh(SHAPE, material);
  const [width, height] = placard.size;
  mesh.matrix.copy(placeOf(placard));
  mesh.matrix.multiply(mesh.matrix.clone().makeTranslation(0, 0, LEAF));
  mesh.matrix.scale(mesh.position.clone().set(width, height, 1));
  mesh.matrixAutoUpdate = false;
  mesh.name = placard.id;
  mesh.visible = false;
  mesh.userData = { placard: placard.id };
  let drawn: Leaf["drawn"];

  function clear(): void {
    material.map?.dispose();
    material.map = null;
    mesh.visible = false;
    mesh.userData = { placard: placard.id };
    drawn = undefined;
  }

  return {
    mesh,
    placard,
    get drawn() {
      return drawn;
    },
    draw(words, language, pixels, anisotropy) {
      const canvas = document.createElement("canvas");
      const scale = pixels / Math.max(width, height);
      canvas.width = Math.max(8, Math.round(width * scale));
      canvas.height = Math.max(8, Math.round(height * scale));
      const lines = drawBoard(canvas, words);
      const texture = new CanvasTexture(canvas);
      texture.colorSpace = SRGBColorSpace;
      texture.anisotropy = anisotropy;
      const first = material.map === null;
      material.map?.dispose();
      material.map = texture;
      if (first) material.needsUpdate = true;
      mesh.visible = true;
      drawn = { language, pixels };
      mesh.userData = { placard: placard.id, language, pixels, lines, dir: words.title.dir };
    },
    clear() {
      if (drawn) clear();
    },
    dispose() {
      clear();
      material.dispose();
    },
  };
}
