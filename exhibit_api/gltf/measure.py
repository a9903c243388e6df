"""Measures a model from its JSON and the headers of its pictures: what it costs a device, what room it takes."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from exhibit_api.gltf.container import Glb
from exhibit_api.gltf.fields import refusal
from exhibit_api.gltf.graph import Node
from exhibit_api.gltf.images import Picture, Pictures, read_pictures
from exhibit_api.gltf.instancing import Ranges, instances_bounds, read_ranges
from exhibit_api.gltf.outline import TRIANGLES, Outline, Primitive, read_outline
from exhibit_api.gltf.transforms import IDENTITY, Bounds, Matrix, multiply, union, world_bounds


@dataclass(frozen=True, slots=True)
class Clip:
    """An animation: its name in the file ("" without one) and its length in seconds."""

    name: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Measures:
    """What a model is made of.

    Triangles, vertices and draw calls are those of one frame of the scene: a mesh that three nodes show counts three
    times, and so do three instances of EXT_mesh_gpu_instancing, save that they are one draw. `texture_bytes` is memory
    on the GPU with mipmaps, `geometry_bytes` that of vertices and indices. `bounds` are in metres in the scene at rest,
    morph targets left out; None where nothing is shown or its size is not declared.
    """

    triangles: int
    vertices: int
    draw_calls: int
    materials: int
    textures: int
    max_texture_size: int
    texture_bytes: int
    geometry_bytes: int
    nodes: int
    animations: tuple[Clip, ...]
    skins: int
    extensions_used: tuple[str, ...]
    extensions_required: tuple[str, ...]
    bounds: Bounds | None


@dataclass(frozen=True, slots=True)
class MeshMeasures:
    triangles: int
    vertices: int
    draw_calls: int
    bounds: Bounds | None


def measure(glb: Glb, file: BinaryIO) -> Measures:
    """The measures of a model; BadModel where its structure is broken."""
    outline = read_outline(glb)
    return measure_outline(outline, read_pictures(outline, file), file)


def measure_outline(outline: Outline, pictures: Pictures, file: BinaryIO) -> Measures:
    meshes = [measure_mesh(outline, primitives) for primitives in outline.meshes]
    ranges = read_ranges(outline, file)
    triangles = vertices = draw_calls = 0
    boxes: list[Bounds] = []
    for at, node, matrix in placed_meshes(outline):
        mesh = meshes[node.mesh]  # type: ignore[index]
        instances = instance_count(outline, node)
        triangles += mesh.triangles * instances
        vertices += mesh.vertices * instances
        draw_calls += mesh.draw_calls
        box = mesh.bounds and finite(placed_bounds(node, mesh.bounds, matrix, ranges), at)
        if box:
            boxes.append(box)
    shown = shown_pictures(outline, pictures)
    return Measures(
        triangles=triangles,
        vertices=vertices,
        draw_calls=draw_calls,
        materials=outline.materials,
        textures=len(outline.textures),
        max_texture_size=max((max(picture.width, picture.height) for picture in shown), default=0),
        texture_bytes=sum(picture.gpu_bytes for picture in shown),
        geometry_bytes=geometry_bytes(outline),
        nodes=len(outline.graph.nodes),
        animations=tuple(Clip(clip.name, seconds(outline, clip.inputs)) for clip in outline.animations),
        skins=outline.skins,
        extensions_used=outline.extensions_used,
        extensions_required=outline.extensions_required,
        bounds=union(boxes),
    )


def measure_mesh(outline: Outline, primitives: tuple[Primitive, ...]) -> MeshMeasures:
    boxes = (primitive_bounds(outline, primitive) for primitive in primitives)
    return MeshMeasures(
        triangles=sum(triangle_count(outline, primitive) for primitive in primitives),
        vertices=sum(vertex_count(outline, primitive) for primitive in primitives),
        draw_calls=len(primitives),
        bounds=union(box for box in boxes if box),
    )


def primitive_bounds(outline: Outline, primitive: Primitive) -> Bounds | None:
    position = primitive.attributes.get("POSITION")
    return None if position is None else outline.accessors[position].bounds()


def vertex_count(outline: Outline, primitive: Primitive) -> int:
    position = primitive.attributes.get("POSITION")
    return 0 if position is None else outline.accessors[position].count


def triangle_count(outline: Outline, primitive: Primitive) -> int:
    """Triangles of a list, a strip or a fan; none of points and lines."""
    corners = vertex_count(outline, primitive)
    if primitive.indices is not None:
        corners = outline.accessors[primitive.indices].count
    if primitive.mode < TRIANGLES:
        return 0
    return corners // 3 if primitive.mode == TRIANGLES else max(0, corners - 2)


def placed_meshes(outline: Outline) -> Iterator[tuple[int, Node, Matrix]]:
    """The nodes of the scene that show a mesh: index, node, and matrix into the world."""
    nodes = outline.graph.nodes
    pending = [(root, IDENTITY) for root in outline.graph.roots or ()]
    while pending:
        at, outer = pending.pop()
        node = nodes[at]
        matrix = multiply(outer, node.matrix)
        if node.mesh is not None:
            yield at, node, matrix
        pending += [(child, matrix) for child in node.children]


def instance_count(outline: Outline, node: Node) -> int:
    for index in node.instancing.values():
        return outline.accessors[index].count
    return 1


def placed_bounds(node: Node, box: Bounds, matrix: Matrix, ranges: Ranges) -> Bounds | None:
    """The box of a node's mesh in the world. Where it has a skin, the node's own matrix is void (glTF 2.0, 3.7.3.3)."""
    if node.skinned:
        return box
    if node.instancing:
        spread = instances_bounds(node.instancing, box, ranges)
        return spread and world_bounds(spread, matrix)
    return world_bounds(box, matrix)


def finite(box: Bounds | None, node: int) -> Bounds | None:
    if box and not math.isfinite(sum(box[0]) + sum(box[1])):
        raise refusal(("nodes", node), "is moved or scaled beyond every number")
    return box


def geometry_bytes(outline: Outline) -> int:
    """Bytes of every accessor that a mesh uses, each once."""
    used: set[int] = set()
    for primitives in outline.meshes:
        for primitive in primitives:
            used.update(primitive.attributes.values(), primitive.targets)
            if primitive.indices is not None:
                used.add(primitive.indices)
    return sum(outline.accessors[index].decoded_bytes for index in used)


def shown_pictures(outline: Outline, pictures: Pictures) -> list[Picture]:
    """The readable pictures that textures use, each once."""
    used = {image for image in outline.textures if image is not None and image < len(pictures)}
    return [found for image in sorted(used) if isinstance(found := pictures[image], Picture)]


def seconds(outline: Outline, inputs: tuple[int, ...]) -> float:
    """The last moment of an animation: the greatest `max` of its samplers' times."""
    last = [found[0] for index in set(inputs) if (found := outline.accessors[index].maximum)]
    return max(0.0, *last) if last else 0.0
