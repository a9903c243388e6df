"""Says what a visitor or a curator would trip over in a model: too heavy, too large, nothing to show.

What endangers a program that reads the file is refused (BadModel, by `read_outline`). What only endangers the visitor's
device is an issue of severity "error": the model is kept, and cannot be published.
"""

from collections.abc import Iterator
from typing import BinaryIO

from exhibit_api.gltf.container import Glb
from exhibit_api.gltf.fields import pointer
from exhibit_api.gltf.graph import shown_meshes
from exhibit_api.gltf.images import MOST_PICTURES, Picture, Pictures, Unreadable, read_pictures
from exhibit_api.gltf.issues import Code, Issue
from exhibit_api.gltf.measure import Measures, measure_outline, primitive_bounds
from exhibit_api.gltf.outline import TRIANGLES, Outline, read_outline
from exhibit_api.gltf.room import room_issues

MOST_VERTICES = 50_000_000
MOST_DRAW_CALLS = 20_000
MOST_SIDE = 8_192  # pixels: what GPUs of phones take
MOST_PIXELS = 1 << 32  # of all images: 256 of 4096 a side
LARGE_SIDE = 2_048  # pixels: what phones show well

# What three.js, Babylon.js and Unity's glTFast read.
COMMON_EXTENSIONS = frozenset(
    (
        "EXT_mesh_gpu_instancing",
        "EXT_meshopt_compression",
        "EXT_texture_webp",
        "KHR_draco_mesh_compression",
        "KHR_lights_punctual",
        "KHR_materials_anisotropy",
        "KHR_materials_clearcoat",
        "KHR_materials_dispersion",
        "KHR_materials_emissive_strength",
        "KHR_materials_ior",
        "KHR_materials_iridescence",
        "KHR_materials_sheen",
        "KHR_materials_specular",
        "KHR_materials_transmission",
        "KHR_materials_unlit",
        "KHR_materials_volume",
        "KHR_mesh_quantization",
        "KHR_texture_basisu",
        "KHR_texture_transform",
    )
)


def preflight(glb: Glb, file: BinaryIO) -> tuple[Issue, ...]:
    """The findings about a model; BadModel where its structure is broken."""
    outline = read_outline(glb)
    pictures = read_pictures(outline, file)
    return issues_of(outline, pictures, measure_outline(outline, pictures, file))


def issues_of(outline: Outline, pictures: Pictures, measures: Measures) -> tuple[Issue, ...]:
    """The findings about a model that was read and measured."""
    return (
        *scene_issues(outline, measures),
        *image_issues(outline, pictures),
        *extension_issues(outline),
        *geometry_issues(outline),
        *(room_issues(measures.bounds) if measures.bounds else ()),
    )


def scene_issues(outline: Outline, measures: Measures) -> Iterator[Issue]:
    """Whether there is something to show, and not too much of it."""
    if outline.graph.roots is None:
        yield Issue(Code.NO_SCENE, "error", "the model has no scene: nothing would be shown", "/scenes")
    elif measures.draw_calls == 0:
        yield Issue(Code.NOTHING_SHOWN, "error", "the scene shows no mesh", "/scenes")
    if measures.vertices > MOST_VERTICES:
        message = f"the scene shows {measures.vertices} vertices; devices bear at most {MOST_VERTICES}"
        yield Issue(Code.TOO_MANY_VERTICES, "error", message, "/nodes")
    if measures.draw_calls > MOST_DRAW_CALLS:
        message = f"the scene takes {measures.draw_calls} draw calls; devices bear at most {MOST_DRAW_CALLS}"
        yield Issue(Code.TOO_MANY_DRAW_CALLS, "error", message, "/nodes")


def image_issues(outline: Outline, pictures: Pictures) -> Iterator[Issue]:
    """Pictures that cannot be read, or are larger than devices bear."""
    if len(outline.images) > MOST_PICTURES:
        message = f"the model has {len(outline.images)} images; at most {MOST_PICTURES} are taken"
        yield Issue(Code.TOO_MANY_IMAGES, "error", message, "/images")
    for at, (image, found) in enumerate(zip(outline.images, pictures, strict=False)):
        place = pointer(image.path)
        if isinstance(found, Unreadable):
            yield Issue(Code.IMAGE_UNREADABLE, "error", f"image {at} cannot be read: {found}", place)
            continue
        size = f"image {at} has {found.width} x {found.height} pixels"
        if max(found.width, found.height) > MOST_SIDE:
            yield Issue(Code.IMAGE_TOO_LARGE, "error", f"{size}; devices bear at most {MOST_SIDE} a side", place)
        elif max(found.width, found.height) > LARGE_SIDE:
            yield Issue(Code.IMAGE_LARGE, "warning", f"{size}; phones do well with {LARGE_SIDE} a side", place)

    pixels = sum(found.width * found.height for found in pictures if isinstance(found, Picture))
    if pixels > MOST_PIXELS:
        message = f"the images have {pixels} pixels in all; devices bear at most {MOST_PIXELS}"
        yield Issue(Code.TOO_MANY_PIXELS, "error", message, "/images")


def extension_issues(outline: Outline) -> Iterator[Issue]:
    for at, name in enumerate(outline.extensions_required):
        if name not in COMMON_EXTENSIONS:
            message = (
                f"the model requires the extension {name}, which common clients do not know: they would not show it"
            )
            yield Issue(Code.EXTENSION_UNCOMMON, "warning", message, pointer(("extensionsRequired", at)))


def geometry_issues(outline: Outline) -> Iterator[Issue]:
    """Meshes in the scene whose size is not declared, and such that have no normals."""
    meshes = sorted(shown_meshes(outline.graph))
    primitives = [(mesh, at, part) for mesh in meshes for at, part in enumerate(outline.meshes[mesh])]
    unknown = [(mesh, at) for mesh, at, part in primitives if primitive_bounds(outline, part) is None]
    if unknown:
        mesh, at = unknown[0]
        message = (
            f"{len(unknown)} of {len(primitives)} primitives do not declare min and max of POSITION: "
            f"their size is not known; the first is primitive {at} of mesh {mesh}"
        )
        yield Issue(Code.BOUNDS_UNKNOWN, "warning", message, pointer(("meshes", mesh, "primitives", at)))
    flat = [(mesh, at) for mesh, at, part in primitives if part.mode >= TRIANGLES and "NORMAL" not in part.attributes]
    if flat:
        mesh, at = flat[0]
        message = f"{len(flat)} of {len(primitives)} primitives have no normals: clients shade them flat"
        yield Issue(Code.NORMALS_MISSING, "info", message, pointer(("meshes", mesh, "primitives", at)))
