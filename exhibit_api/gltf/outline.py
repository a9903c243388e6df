"""What this package wants to know of a model's JSON, every field of it checked before it is used.

Whoever holds an `Outline` needs no further checks: indices point at things that are there, numbers are finite, the
nodes are a forest, and the work of looking at it all is bounded.
"""

from dataclasses import dataclass
from itertools import chain

from exhibit_api.gltf.accessors import (
    Accessor,
    Buffer,
    View,
    known_accessor,
    read_accessors,
    read_buffers,
    read_views,
)
from exhibit_api.gltf.container import Glb
from exhibit_api.gltf.fields import Fields, Path, refusal
from exhibit_api.gltf.graph import Graph, read_graph
from exhibit_api.gltf.uris import refuse_outside_uris

MOST_ENTRIES = 50_000  # of each array at the top of the JSON
MOST_PRIMITIVES = 50_000
MOST_CHANNELS = 50_000
MOST_SKINS = 2_000  # tools compare each with each
MOST_EXTENSIONS = 1_000
MOST_USED = 8 << 30  # bytes of accessors, counted as often as they are named: who checks them reads them so often
POINTS, TRIANGLES, TRIANGLE_FAN = 0, 4, 6
IMAGE_EXTENSIONS = ("KHR_texture_basisu", "EXT_texture_webp", "EXT_texture_avif")  # preferred to the plain source
NAMED_ONLY = ("cameras", "materials", "samplers")  # arrays that are counted, but not read
ARRAYS = (
    "accessors",
    "animations",
    "buffers",
    "bufferViews",
    "images",
    "meshes",
    "nodes",
    "scenes",
    "skins",
    "textures",
    *NAMED_ONLY,
)


@dataclass(frozen=True, slots=True)
class Primitive:
    """One draw. `attributes` has accessors by their attribute's name; `targets` are those of its morph targets."""

    attributes: dict[str, int]
    indices: int | None
    targets: tuple[int, ...]
    mode: int


@dataclass(frozen=True, slots=True)
class Animation:
    """`inputs` are the accessors of its samplers' times, `outputs` those of their values."""

    name: str
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A picture: in a view, or in a data URI, or, for pictures that an extension brings, nowhere that we know."""

    view: int | None
    uri: str | None
    path: Path


@dataclass(frozen=True, slots=True)
class Outline:
    """The checked parts of a model. `textures` holds each texture's image, as a client picks it, or None."""

    bin_offset: int
    buffers: tuple[Buffer, ...]
    views: tuple[View, ...]
    accessors: tuple[Accessor, ...]
    meshes: tuple[tuple[Primitive, ...], ...]
    skins: int
    graph: Graph
    animations: tuple[Animation, ...]
    images: tuple[Image, ...]
    textures: tuple[int | None, ...]
    materials: int
    extensions_used: tuple[str, ...]
    extensions_required: tuple[str, ...]


def read_outline(glb: Glb) -> Outline:
    """The outline of a model, or BadModel with the place and the reason."""
    root = Fields(glb.json)
    for kind in ARRAYS:  # counted before any work is done
        root.array(kind, MOST_ENTRIES)
    refuse_outside_uris(glb.json)
    counts = {kind: count_named(root, kind) for kind in NAMED_ONLY}
    buffers = read_buffers(root, glb)
    views = read_views(root, buffers)
    accessors = read_accessors(root, views)
    meshes = read_meshes(root, accessors, counts["materials"])
    skins = root.children("skins", MOST_SKINS)
    graph = read_graph(root, len(meshes), len(skins), accessors)
    bound = [read_skin(skin, graph, accessors) for skin in skins]
    animations = read_animations(root, accessors, len(graph.nodes))
    check_uses(accessors, meshes, animations, bound)
    images = tuple(read_image(fields, views) for fields in root.children("images"))
    return Outline(
        bin_offset=glb.bin_offset,
        buffers=buffers,
        views=views,
        accessors=accessors,
        meshes=meshes,
        skins=len(skins),
        graph=graph,
        animations=animations,
        images=images,
        textures=tuple(read_texture(fields, len(images)) for fields in root.children("textures")),
        materials=counts["materials"],
        extensions_used=root.texts("extensionsUsed", MOST_EXTENSIONS),
        extensions_required=root.texts("extensionsRequired", MOST_EXTENSIONS),
    )


def count_named(root: Fields, kind: str) -> int:
    children = root.children(kind)
    for fields in children:
        fields.text("name")
    return len(children)


def read_meshes(root: Fields, accessors: tuple[Accessor, ...], materials: int) -> tuple[tuple[Primitive, ...], ...]:
    children = root.children("meshes")
    primitives = sum(len(fields.array("primitives")) for fields in children)
    if primitives > MOST_PRIMITIVES:
        raise root.refuse("meshes", f"have {primitives} primitives; at most {MOST_PRIMITIVES} are taken")
    return tuple(read_mesh(fields, accessors, materials) for fields in children)


def read_mesh(fields: Fields, accessors: tuple[Accessor, ...], materials: int) -> tuple[Primitive, ...]:
    fields.text("name")
    primitives = tuple(read_primitive(child, accessors, materials) for child in fields.children("primitives"))
    if not primitives:
        raise fields.refuse("primitives", "is empty; a mesh has one at least")
    return primitives


def read_primitive(fields: Fields, accessors: tuple[Accessor, ...], materials: int) -> Primitive:
    fields.index("material", materials, "materials")
    targets = [target.all_indices(len(accessors), "accessors") for target in fields.children("targets")]
    return Primitive(
        attributes=fields.named_indices("attributes", len(accessors), "accessors"),
        indices=fields.index("indices", len(accessors), "accessors"),
        targets=tuple(index for target in targets for index in target.values()),
        mode=fields.integer("mode", TRIANGLES, least=POINTS, most=TRIANGLE_FAN),
    )


def read_skin(fields: Fields, graph: Graph, accessors: tuple[Accessor, ...]) -> int | None:
    """The accessor of its matrices."""
    fields.text("name")
    fields.indices("joints", len(graph.nodes), "nodes")
    fields.index("skeleton", len(graph.nodes), "nodes")
    return fields.index("inverseBindMatrices", len(accessors), "accessors")


def read_animations(root: Fields, accessors: tuple[Accessor, ...], nodes: int) -> tuple[Animation, ...]:
    children = root.children("animations")
    for part in ("channels", "samplers"):
        count = sum(len(fields.array(part)) for fields in children)
        if count > MOST_CHANNELS:
            raise root.refuse("animations", f"have {count} {part}; at most {MOST_CHANNELS} are taken")
    return tuple(read_animation(fields, accessors, nodes) for fields in children)


def read_animation(fields: Fields, accessors: tuple[Accessor, ...], nodes: int) -> Animation:
    inputs, outputs = [], []
    for sampler in fields.children("samplers"):
        known_accessor(sampler, "output", accessors)
        known_accessor(sampler, "input", accessors)
        inputs.append(sampler.required("input"))
        outputs.append(sampler.required("output"))
    for channel in fields.children("channels"):
        if channel.index("sampler", len(inputs), "samplers of this animation") is None:
            raise channel.refuse("sampler", "is missing; the index of a sampler is due")
        target = channel.child("target")
        if target is None:
            raise channel.refuse("target", "is missing; an object is due")
        target.index("node", nodes, "nodes")
    return Animation(fields.text("name"), tuple(inputs), tuple(outputs))


def check_uses(
    accessors: tuple[Accessor, ...],
    meshes: tuple[tuple[Primitive, ...], ...],
    animations: tuple[Animation, ...],
    skins: list[int | None],
) -> None:
    """BadModel where few bytes stand for very many, since meshes and animations name them again and again."""
    named = [index for index in skins if index is not None]
    for animation in animations:
        named += animation.inputs + animation.outputs
    for primitive in chain.from_iterable(meshes):
        named += (*primitive.attributes.values(), *primitive.targets)
        if primitive.indices is not None:
            named.append(primitive.indices)
    used = sum(accessors[index].decoded_bytes for index in named)
    if used > MOST_USED:
        what = f"are named {len(named)} times, which makes {used} bytes of them; at most {MOST_USED} are taken"
        raise refusal(("accessors",), what)


def read_image(fields: Fields, views: tuple[View, ...]) -> Image:
    fields.text("name")
    fields.text("mimeType")
    uri = fields.values.get("uri")
    return Image(
        fields.index("bufferView", len(views), "bufferViews"), uri if isinstance(uri, str) else None, fields.path
    )


def read_texture(fields: Fields, images: int) -> int | None:
    """The index of the texture's image: an extension's where it has one, as clients that know it do."""
    fields.text("name")
    source = fields.index("source", images, "images")
    for name in IMAGE_EXTENSIONS:
        extension = fields.child("extensions", name)
        if extension is not None:
            preferred = extension.index("source", images, "images")
            source = source if preferred is None else preferred
    return source
