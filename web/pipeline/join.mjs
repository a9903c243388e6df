// Fewer meshes: what stands still to each other and looks alike becomes one. For levels of detail, whose parts nobody asks for by name.
import { Primitive, PropertyType } from "@gltf-transform/core";
import { compactPrimitive, dequantizePrimitive, joinPrimitives, prune, transformPrimitive } from "@gltf-transform/functions";

import { isPaint, paletteOf, point } from "./paints.mjs";

/** Paints of a document below which pictures of them cost more than they save. */
const FEWEST_PAINTS = 4;
/** Vertices that may be written again so that a mesh shown more than once can be joined. */
const MOST_COPIED = 200;
/** What is seen through shows in which order its parts are drawn. */
const SEEN_THROUGH = ["KHR_materials_transmission", "KHR_materials_volume", "KHR_materials_diffuse_transmission"];
const IDENTITY = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];
const FLAT = 1e-12;

/**
 * Join the primitives that one moving node carries, and those that nothing moves. What has a skin, morph targets, variants of its
 * material or extras stays as it is, and so do the nodes that are moved, with their names. Nodes that lose all they had go.
 */
export async function join(document) {
  const root = document.getRoot();
  const channels = root.listAnimations().flatMap((animation) => animation.listChannels());
  const skins = root.listSkins().flatMap((skin) => [...skin.listJoints(), skin.getSkeleton()]);
  const moving = new Set([...channels.map((channel) => channel.getTargetNode()), ...skins]);
  if (root.listScenes().length !== 1) return;
  const units = unitsIn(root.listScenes()[0], moving);
  const looks = await looksOf(document, units);
  const emptied = units.flatMap((unit) => joinUnit(document, unit, looks));
  for (const node of new Set(emptied)) dropEmpty(node, moving);
  await document.transform(prune({ keepAttributes: true, keepExtras: true, keepLeaves: true, keepSolidTextures: true }));
}

/**
 * What may become one: lists of parts, {mesh, primitive, node, matrix}, where `matrix` leads to the space of the unit. That is a
 * node or the scene, `carrier`, or else a mesh, `within`, which stands in several places and is written once.
 */
function unitsIn(scene, moving) {
  const units = new Map();
  const unitOf = (owner, about) => units.get(owner) ?? units.set(owner, { ...about, parts: [] }).get(owner);
  const visit = (node, above, matrixAbove) => {
    const stays = moving.has(node) || node.listExtensions().length > 0;
    const carrier = stays ? node : above;
    const matrix = stays ? IDENTITY : times(matrixAbove, node.getMatrix());
    const mesh = node.getMesh();
    if (mesh && !node.getSkin() && !node.listExtensions().length && mesh.listExtensions().length === 0 && !hasExtras(mesh)) {
      const unit = isWrittenOnce(mesh) ? unitOf(mesh, { within: mesh }) : unitOf(carrier, { carrier });
      const isKnown = unit.within && unit.parts.length > 0;
      const at = unit.within ? IDENTITY : matrix;
      const parts = isKnown || isFlat(at) ? [] : mesh.listPrimitives().filter(mayJoin);
      unit.parts.push(...parts.map((primitive) => ({ mesh, primitive, node, matrix: at })));
    }
    for (const child of node.listChildren()) visit(child, carrier, matrix);
  };
  for (const node of scene.listChildren()) visit(node, scene, IDENTITY);
  return [...units.values()];
}

/** Whether a mesh stands in several places and is too large, or too special, to be written once for each of them. */
function isWrittenOnce(mesh) {
  const places = nodesOf(mesh).length;
  const vertices = mesh.listPrimitives().reduce((sum, primitive) => sum + primitive.getAttribute("POSITION").getCount(), 0);
  return places > 1 && ((places - 1) * vertices > MOST_COPIED || !mesh.listPrimitives().every(mayJoin));
}

function nodesOf(mesh) {
  return mesh.listParents().filter((parent) => parent.propertyType === PropertyType.NODE);
}

function mayJoin(primitive) {
  const material = primitive.getMaterial();
  return primitive.getMode() === Primitive.Mode.TRIANGLES && primitive.listTargets().length === 0 &&
    primitive.listExtensions().length === 0 && !hasExtras(primitive) && Boolean(primitive.getAttribute("POSITION")) &&
    !(primitive.getAttribute("TANGENT") && !isPaint(material)) &&
    material?.getAlphaMode() !== "BLEND" && !SEEN_THROUGH.some((name) => material?.getExtension(name));
}

function hasExtras(property) {
  return Object.keys(property.getExtras()).length > 0;
}

/** A palette for each part whose paint shares one: part → {material, place}. Those that stand alone in their unit keep their paint. */
async function looksOf(document, units) {
  const looks = new Map();
  for (const isDoubleSided of [false, true]) {
    const painted = units.map(({ parts }) =>
      parts.filter(({ primitive }) => isPaint(primitive.getMaterial()) && primitive.getMaterial().getDoubleSided() === isDoubleSided)
    ).filter((parts) => new Set(parts.map(({ primitive }) => primitive.getMaterial())).size > 1).flat();
    const paints = new Set(painted.map(({ primitive }) => primitive.getMaterial()));
    if (paints.size < FEWEST_PAINTS) continue;
    const { material, places } = await paletteOf(document, [...paints]);
    for (const part of painted) looks.set(part, { material, place: places.get(part.primitive.getMaterial()) });
  }
  return looks;
}

/** Put joined primitives in the place of a unit's parts; the nodes that lost their mesh. */
function joinUnit(document, { carrier, within, parts }, looks) {
  const alike = [...Map.groupBy(parts, (part) => kindOf(document, part, looks.get(part))).values()];
  if (alike.length === parts.length) return [];
  const joined = alike.map((some) => joinPrimitives(some.map((part) => moved(document, part, looks.get(part)))));
  const copied = new Set(parts.filter(({ mesh }) => nodesOf(mesh).length > 1).map(({ mesh }) => mesh));
  for (const { mesh, primitive, node } of parts) {
    if (within || !copied.has(mesh)) mesh.removePrimitive(primitive);
    if (!within && (copied.has(mesh) || mesh.listPrimitives().length === 0)) node.setMesh(null);
  }
  const mesh = within ?? document.createMesh();
  for (const primitive of joined) mesh.addPrimitive(primitive);
  if (carrier) carrier.addChild(document.createNode().setMesh(mesh));
  return within ? [] : parts.map(({ node }) => node).filter((node) => !node.getMesh());
}

/** What two primitives must have in common to be joined. */
function kindOf(document, { primitive }, look) {
  const material = document.getRoot().listMaterials().indexOf(look?.material ?? primitive.getMaterial());
  const semantics = primitive.listSemantics().filter((semantic) => !look || !/^(TEXCOORD_\d+|TANGENT)$/.test(semantic)).toSorted();
  const forms = semantics.map((semantic) => {
    const attribute = primitive.getAttribute(semantic);
    // Positions and normals become floats.
    const form = /^(POSITION|NORMAL)$/.test(semantic) ? [] : [attribute.getComponentType(), attribute.getNormalized()];
    return [semantic, attribute.getType(), ...form].join();
  });
  return [material, Boolean(look), ...forms].join(" ");
}

/** A primitive with vertices of its own, in the space of its unit, with the look that it will have. */
function moved(document, { primitive, matrix }, look) {
  const copy = compactPrimitive(primitive.clone());
  if (look) point(document, copy.setMaterial(look.material), look.place);
  dequantizePrimitive(copy, { pattern: /^(POSITION|NORMAL)$/ });
  transformPrimitive(copy, matrix);
  return copy;
}

/** Remove a node that has nothing left, and those above it that have nothing else. */
function dropEmpty(node, moving) {
  if (node.isDisposed()) return;
  const parent = node.getParentNode();
  const isHeld = moving.has(node) || node.getMesh() || node.getCamera() || node.getSkin() || node.listChildren().length > 0;
  if (isHeld || hasExtras(node) || node.listExtensions().length > 0) return;
  node.dispose();
  if (parent) dropEmpty(parent, moving);
}

/** The product of two matrices, in the order of columns. */
function times(left, right) {
  return left.map((_, at) => [0, 4, 8, 12].reduce((sum, step, row) => sum + left[(at % 4) + step] * right[at - at % 4 + row], 0));
}

/** Whether a matrix leaves no room: normals cannot be led through it. */
function isFlat([a, b, c, , d, e, f, , g, h, i]) {
  return Math.abs(a * (e * i - f * h) - d * (b * i - c * h) + g * (b * f - c * e)) < FLAT;
}
