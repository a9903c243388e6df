"""From a mesh and a material to what a GLB stores: corners welded, rounded to the micrometre, in small numbers."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from exhibit_api.demo.modelling.drawing import Colour
from exhibit_api.demo.modelling.materials import Material
from exhibit_api.demo.modelling.mesh import Floats, Mesh, unit
from exhibit_api.demo.modelling.textures import Texture
from exhibit_api.gltf.document import Document, Primitive, Surface

MICROMETRES, NORMAL_STEPS, UV_STEPS = 1e6, 1e4, 1e4


@dataclass(frozen=True, eq=False)
class Packed:
    """Vertex arrays of float32 and indices of uint16, or uint32 beyond 65,535 vertices."""

    positions: NDArray[np.float32]
    normals: NDArray[np.float32]
    uvs: NDArray[np.float32] | None
    tangents: NDArray[np.float32] | None
    indices: NDArray[Any]


def packed(mesh: Mesh, material: Material) -> Packed:
    """The mesh as the material needs it: uvs only for textures, in repeats of its tile."""
    corners = np.rint(mesh.points[mesh.triangles] * MICROMETRES)
    columns = [corners, np.rint(mesh.normals * NORMAL_STEPS)]
    if material.textured:
        columns.append(np.rint(mesh.uvs / (material.tile or 1.0) * UV_STEPS))
    a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
    sound = ~((a == b).all(axis=1) | (b == c).all(axis=1) | (c == a).all(axis=1))
    rows = np.concatenate([column[sound].reshape(-1, column.shape[2]) for column in columns], axis=1).astype(np.int64)
    unique, first, which = np.unique(rows, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(first)  # vertices in the order of their first use
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    vertices = unique[order].astype(np.float64)
    indices = place[which.reshape(-1)]
    normals = unit(vertices[:, 3:6] / NORMAL_STEPS)
    tangents = None
    if material.normal_texture is not None:
        tangents = _tangents(vertices[:, :3], normals, vertices[:, 6:], indices).astype(np.float32)
    return Packed(
        positions=(vertices[:, :3] / MICROMETRES).astype(np.float32),
        normals=normals.astype(np.float32),
        uvs=(vertices[:, 6:] / UV_STEPS).astype(np.float32) if material.textured else None,
        tangents=tangents,
        indices=indices.astype(np.uint16 if len(vertices) <= 65535 else np.uint32),
    )


def _tangents(points: Floats, normals: Floats, uvs: Floats, indices: NDArray[np.int64]) -> Floats:
    """The direction of u at each vertex, (n, 4): unit, square to the normal, the last part the side on which v lies."""
    a, b, c = indices[0::3], indices[1::3], indices[2::3]
    e, f = points[b] - points[a], points[c] - points[a]
    (du, dv), (eu, ev) = (uvs[b] - uvs[a]).T, (uvs[c] - uvs[a]).T
    side = np.where(du * ev - eu * dv < 0, -1.0, 1.0)
    along = unit((e * ev[:, None] - f * dv[:, None]) * side[:, None])
    count = len(points)
    where, each = indices, np.repeat(along, 3, axis=0)
    total = np.stack([np.bincount(where, each[:, axis], count) for axis in range(3)], axis=1)
    hand = np.where(np.bincount(where, np.repeat(side, 3), count) < 0, -1.0, 1.0)
    # glTF's v runs down the picture and its bitangent up it, hence the turned sign.
    lean = total[:, 0] * normals[:, 0] + total[:, 1] * normals[:, 1] + total[:, 2] * normals[:, 2]
    flat = np.rint(unit(total - normals * lean[:, None]) * NORMAL_STEPS) / NORMAL_STEPS
    return np.concatenate([unit(flat), -hand[:, None]], axis=1)


def add_packed(document: Document, piece: Packed, material: int) -> Primitive:
    """Store the arrays; the primitive over them."""
    return Primitive(
        position=document.accessor(piece.positions, "vertices"),
        normal=document.accessor(piece.normals, "vertices"),
        texcoord=None if piece.uvs is None else document.accessor(piece.uvs, "vertices"),
        tangent=None if piece.tangents is None else document.accessor(piece.tangents, "vertices"),
        indices=document.accessor(piece.indices, "indices"),
        material=material,
    )


def add_material(document: Document, material: Material) -> int:
    """Store a material and the textures that it uses."""

    def stored(texture: Texture | None) -> int | None:
        return None if texture is None else document.texture(texture.name, texture.data)

    red, green, blue = linear(material.colour)
    return document.material(
        Surface(
            name=material.name,
            base_colour=(red, green, blue, material.alpha),
            metallic=material.metallic,
            roughness=material.roughness,
            emissive=linear(material.emissive),
            base_texture=stored(material.colour_texture),
            metal_rough_texture=stored(material.metal_rough_texture),
            normal_texture=stored(material.normal_texture),
            emissive_texture=stored(material.emissive_texture),
            blend=material.alpha < 1,
            double_sided=material.double_sided,
        )
    )


@cache
def linear(colour: Colour) -> tuple[float, float, float]:
    """sRGB bytes as linear light, by IEC 61966-2-1, to four digits."""

    def light(byte: int) -> float:
        share = byte / 255
        return round(share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4), 4)

    return (light(colour[0]), light(colour[1]), light(colour[2]))
