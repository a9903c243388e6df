// Fewer triangles: meshoptimizer's edge collapse, within an error.
import { compactPrimitive, convertPrimitiveToTriangles, dequantizePrimitive, weld } from "@gltf-transform/functions";
import { Primitive, PropertyType } from "@gltf-transform/core";
import { MeshoptSimplifier } from "meshoptimizer";

import { release } from "./memory.mjs";
import { touching } from "./touching.mjs";
import { trianglesDrawn, trianglesOf } from "./triangles.mjs";

const FEWEST = 2000;
const FEWEST_OF_A_PIECE = 12;
/** A part of a piece's extent. */
const ERROR = 0.01;
/** What is tried where a bound was not met: the look gives way. The last more than once: some pieces give what others cannot. */
const HARDEST = { error: 1, flags: ["Prune", "Permissive"] };
const HARDER = [{ error: 0.05, flags: ["Prune"] }, HARDEST, HARDEST, HARDEST, HARDEST];
/** Triangles that are simplified in one go; of more, each primitive is, with its borders locked: memory stays bounded. */
const MOST_AT_ONCE = 2_000_000;

/**
 * Bring a document to `ratio` of its triangles (never below 2,000), as far as `error` (a part of each piece's extent) lets it; and
 * to at most `maxTriangles`, whatever the error, unless it has very many pieces. Points and lines stay as they are.
 */
export async function simplify(document, { maxTriangles = null, ratio = 1, error = ERROR }) {
  const most = maxTriangles ?? Infinity;
  const drawn = trianglesDrawn(document);
  const goal = Math.min(most, Math.max(Math.floor(drawn * ratio), FEWEST));
  if (drawn <= goal) return;
  await MeshoptSimplifier.ready;
  const primitives = document.getRoot().listMeshes().flatMap((mesh) => mesh.listPrimitives()).filter(trianglesOf);
  for (const primitive of primitives) prepare(primitive);
  await document.transform(weld());
  release();
  const pieces = piecesOf(document, primitives);
  collapse(document, pieces, goal, { error, flags: [] });
  for (const harder of HARDER) {
    if (trianglesDrawn(document) > most) collapse(document, pieces, most, harder);
  }
  release();
}

/** Make a primitive what the simplifier takes: a list of triangles, float positions, vertices of its own. */
function prepare(primitive) {
  if (primitive.getMode() !== Primitive.Mode.TRIANGLES) convertPrimitiveToTriangles(primitive);
  const positions = primitive.getAttribute("POSITION");
  const users = positions.listParents().filter((parent) => parent.propertyType === PropertyType.PRIMITIVE);
  if (users.length > 1) compactPrimitive(primitive);
  if (!(positions.getArray() instanceof Float32Array)) dequantizePrimitive(primitive, { pattern: /^POSITION$/ });
}

/** Lists of primitives to simplify as one: those that meet stay together, lest their borders come apart; the others are alone. */
function piecesOf(document, primitives) {
  const places = new Map();  // mesh → where it stands: primitives can only meet if their meshes stand alike
  for (const node of document.getRoot().listNodes()) {
    const mesh = node.getMesh();
    if (mesh) places.set(mesh, `${places.get(mesh) ?? ""} ${node.getWorldMatrix()}`);
  }
  const placeOf = (primitive) => places.get(primitive.listParents().find((parent) => places.has(parent)));
  return [...Map.groupBy(primitives, placeOf).values()].flatMap((neighbours) => {
    const meeting = touching(neighbours);
    const alone = neighbours.filter((primitive) => !meeting.has(primitive)).map((primitive) => [primitive]);
    return meeting.size ? [[...meeting], ...alone] : alone;
  });
}

/** Simplify each piece by the same ratio, so that the document draws about `goal` triangles. */
function collapse(document, pieces, goal, how) {
  const ratio = goal / trianglesDrawn(document);
  for (const piece of pieces) {
    const triangles = piece.reduce((sum, primitive) => sum + trianglesOf(primitive), 0);
    if (piece.length === 1 || triangles <= MOST_AT_ONCE) collapseOne(piece, ratio, how);
    else for (const primitive of piece) collapseOne([primitive], ratio, { ...how, flags: [...how.flags, "LockBorder"] });
  }
}

/** Simplify the primitives of a piece as one mesh. One that would vanish stays as it is. */
function collapseOne(piece, ratio, { error, flags }) {
  const starts = [0];
  for (const primitive of piece) starts.push(starts.at(-1) + primitive.getAttribute("POSITION").getCount());
  const positions = new Float32Array(starts.at(-1) * 3);
  const indices = new Uint32Array(piece.reduce((sum, primitive) => sum + primitive.getIndices().getCount(), 0));
  let filled = 0;
  piece.forEach((primitive, place) => {
    positions.set(primitive.getAttribute("POSITION").getArray(), starts[place] * 3);
    for (const index of primitive.getIndices().getArray()) indices[filled++] = starts[place] + index;
  });
  const wanted = Math.max(Math.floor((indices.length / 3) * ratio), FEWEST_OF_A_PIECE) * 3;
  if (wanted >= indices.length) return;
  const [kept] = MeshoptSimplifier.simplify(indices, positions, 3, wanted, error, flags);
  let from = 0;  // the triangles that are kept stand in their old order: those of each primitive follow each other
  piece.forEach((primitive, place) => {
    let to = from;
    while (to < kept.length && kept[to] < starts[place + 1]) to += 3;
    if (to > from) keep(primitive, kept.slice(from, to).map((index) => index - starts[place]));
    from = to;
  });
}

function keep(primitive, indices) {
  const before = primitive.getIndices();
  primitive.setIndices(before.clone().setArray(indices));
  if (before.listParents().every((parent) => parent.propertyType === PropertyType.ROOT)) before.dispose();
  compactPrimitive(primitive);
}
