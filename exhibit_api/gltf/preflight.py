"""Says what a visitor or a curator would trip over in a model that is whole: too heavy, too large, nothing to show.

What endangers a program that reads the file is refused as BadModel. What only endangers the visitor's device is an issue of
severity "error": the model is kept, and cannot be published.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO, Literal

from exhibit_api.gltf.container import Glb
from exhibit_api.gltf.fields import pointer
from exhibit_api.gltf.images import MOST_PICTURES, Pictures, Unreadable, read_pictures
from exhibit_api.gltf.measure import Measures, instance_count, measure_outline, placed_meshes, primitive_bounds
from exhibit_api.gltf.outline import TRIANGLES, Outline, read_outline
from exhibit_api.gltf.room import room_findings

MOST_VERTICES = 50_000_000
MOST_DRAW_CALLS = 20_000
MOST_SIDE = 8_192  # pixels: what phones' GPUs take
LARGE_SIDE = 2_048  # pixels: what phones show well
COMMON_EXTENSIONS = frozenset(
    (
        "EXT_mesh_gpu_instancing",
        "EXT_meshopt_compression",
        "EXT_texture_avif",
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
)  # what three.js, Babylon.js and Unity's glTFast read


Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Issue:
    """Something to know about a model: a stable code, a sentence with the numbers, and a JSON Pointer to the place."""

    code: str
    severity: Severity
    message: str
    pointer: str = ""
