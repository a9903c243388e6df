"""What is made of every model: a product is one line here. A change of any line is a new RECIPE_VERSION."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from exhibit_api.gltf.measure import Measures
from exhibit_api.gltf.preflight import COMMON_EXTENSIONS
from exhibit_api.pipeline.outcome import GLB, USDZ

RECIPE_VERSION = 2

Bound = Literal["extensions", "texture", "triangles", "bytes"]

# Neither needs a decoder: old and small loaders read them, or look right enough without.
PLAIN_EXTENSIONS = frozenset(("KHR_materials_unlit", "KHR_texture_transform"))


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the clients of a profile bear: the longer side of a texture in pixels, triangles, bytes of the file, and the
    extensions that a file may require."""

    texture: int
    triangles: int
    extensions: frozenset[str] = COMMON_EXTENSIONS
    bytes: int | None = None

    def broken_by(self, measures: Measures, size: int) -> Bound | None:
        """The first of these bounds that a file of `size` bytes breaks."""
        if not self.extensions.issuperset(measures.extensions_required):
            return "extensions"
        if measures.max_texture_size > self.texture:
            return "texture"
        if measures.triangles > self.triangles:
            return "triangles"
        return "bytes" if self.bytes is not None and size > self.bytes else None


@dataclass(frozen=True, slots=True)
class Recipe:
    """A step of the toolbox. `source` is "master" or the name of an earlier recipe.

    With `bounds` the master serves in its place where it keeps them and is no larger. A level of detail names the
    `finer` ones, the next of them first: it must have clearly fewer triangles. What is not `published` is only there to
    make others from.
    """

    name: str
    source: str
    do: Literal["normalise", "variant", "usdz", "repair"]
    options: Mapping[str, Any]
    bounds: Bounds | None = None
    finer: tuple[str, ...] = ()
    published: bool = True
    instead_of: str | None = None
    media_type: str = GLB

    def is_worth_trying(self, master: Measures) -> bool:
        """Whether it may come to something. Compressed textures take long to make: small ones and great many are not worth it."""
        is_worth = master.texture_bytes >= WORTH_COMPRESSING and master.textures <= MOST_COMPRESSED
        return self.instead_of is None or is_worth


WORTH_COMPRESSING = 4 << 20  # bytes of textures on the GPU
MOST_COMPRESSED = 6  # textures: each takes seconds
MOST_GROWN = 2.0  # times the bytes to download, for a quarter to an eighth of the memory


def spares(usual: tuple[int, Measures], other: tuple[int, Measures]) -> bool:
    """Whether the other form of a product, each given by its bytes and measures, is the better one for a phone."""
    half = usual[1].texture_bytes / 2
    return other[1].texture_bytes < half and other[0] <= MOST_GROWN * usual[0]


HIGH = Bounds(texture=2048, triangles=1_000_000)
MOBILE = Bounds(texture=1024, triangles=100_000)
SCENE_VIEWER = Bounds(1024, 100_000, PLAIN_EXTENSIONS | {"KHR_draco_mesh_compression"}, bytes=10_000_000)
MINI_PROGRAM = Bounds(1024, 50_000, PLAIN_EXTENSIONS)


def shaped(geometry: str, textures: str, bounds: Bounds) -> dict[str, Any]:
    """The options of a variant within bounds."""
    sizes = {"maxTexture": bounds.texture, "maxTriangles": bounds.triangles}
    return {"geometry": geometry, "textures": textures, **sizes}


def lod(ratio: float, texture: int) -> dict[str, Any]:
    """The options of a level of detail with this part of the triangles, in few meshes."""
    return {"geometry": "meshopt", "textures": "webp", "maxTexture": texture, "ratio": ratio, "join": True}


# "light" is what all small files are made from, so that their cost does not grow with the master.
RECIPES = (
    Recipe("plain", "master", "normalise", {"maxTexture": 4096, "maxTriangles": HIGH.triangles}, published=False),
    Recipe("light", "plain", "variant", shaped("plain", "plain", MOBILE), published=False),
    Recipe("webxr-mobile", "light", "variant", shaped("meshopt", "webp", MOBILE), MOBILE),
    Recipe(
        "webxr-mobile-ktx2",
        "light",
        "variant",
        shaped("meshopt", "ktx2", MOBILE),
        MOBILE,
        published=False,
        instead_of="webxr-mobile",
    ),
    Recipe("webxr-high", "plain", "variant", shaped("meshopt", "webp", HIGH), HIGH),
    Recipe("scene-viewer", "light", "variant", shaped("plain", "plain", SCENE_VIEWER), SCENE_VIEWER),
    Recipe("mini-program", "light", "variant", shaped("plain", "plain", MINI_PROGRAM), MINI_PROGRAM),
    Recipe("lod1", "light", "variant", lod(0.25, 1024), finer=("webxr-mobile",)),
    Recipe("lod2", "light", "variant", lod(0.05, 512), finer=("lod1", "webxr-mobile")),
    Recipe("quick-look", "light", "usdz", {"maxTexture": 1024}, media_type=USDZ),
)
CLEARLY_LIGHTER = 0.8  # of the triangles of the finer level

POSTER_SIZES = (1024, 512)  # pixels a side; each transparent, and on a ground
