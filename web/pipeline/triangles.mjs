// Counting: what a model draws.
import { Primitive } from "@gltf-transform/core";

const { TRIANGLES, TRIANGLE_STRIP, TRIANGLE_FAN } = Primitive.Mode;

/** Triangles of one primitive; 0 of points and lines. */
export function trianglesOf(primitive) {
  const drawn = (primitive.getIndices() ?? primitive.getAttribute("POSITION"))?.getCount() ?? 0;
  if (primitive.getMode() === TRIANGLES) return Math.floor(drawn / 3);
  return [TRIANGLE_STRIP, TRIANGLE_FAN].includes(primitive.getMode()) ? Math.max(0, drawn - 2) : 0;
}

/** Triangles that a document draws: a mesh counts as often as nodes show it. */
export function trianglesDrawn(document) {
  const shown = document.getRoot().listNodes().map((node) => node.getMesh()).filter(Boolean);
  return shown.flatMap((mesh) => mesh.listPrimitives()).reduce((sum, primitive) => sum + trianglesOf(primitive), 0);
}
