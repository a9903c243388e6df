"""Where the vertices of models stand: their true box, which boxes of turned parts are wider than."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from exhibit_api.gltf.container import read_glb
from tests.pipeline.converting import converted

Array = npt.NDArray[np.float64]

KINDS = {5120: "<i1", 5121: "<u1", 5122: "<i2", 5123: "<u2", 5126: "<f4"}
"""Of positions, with KHR_mesh_quantization."""


def extents(models: Sequence[Path], folder: Path) -> list[Array]:
    """The least and greatest corner of what each GLB in `folder` shows at rest, bones and morphs left out, whatever it is compressed by."""
    options = {"geometry": "plain", "textures": "plain", "maxTexture": 4}
    copies = [folder / f"{at}.plain.glb" for at in range(len(models))]
    steps = [
        {"name": model.stem, "do": "variant", "input": str(model), "output": str(copy), "options": options}
        for model, copy in zip(models, copies, strict=True)
    ]
    for record in converted(steps, folder):
        assert record["state"] == "made", record
    return [extent(copy) for copy in copies]


def extent(path: Path) -> Array:
    with path.open("rb") as file:
        glb = read_glb(file, path.stat().st_size)
        file.seek(glb.bin_offset)
        data = file.read(glb.bin_length)
    points = np.concatenate(list(standing(glb.json, data)))
    return np.array([points.min(axis=0), points.max(axis=0)])


def standing(json: Any, data: bytes) -> Iterator[Array]:
    """The positions of all primitives, in the space of the scene."""
    nodes = json["nodes"]
    waiting = [(at, np.eye(4)) for at in json["scenes"][json.get("scene", 0)]["nodes"]]
    while waiting:
        at, above = waiting.pop()
        matrix = above @ matrix_of(nodes[at])
        waiting += [(child, matrix) for child in nodes[at].get("children", [])]
        if "mesh" in nodes[at]:
            placed = (
                np.eye(4) if "skin" in nodes[at] else matrix
            )  # glTF 2.0, 3.7.3.3: bones alone place what has a skin
            for primitive in json["meshes"][nodes[at]["mesh"]]["primitives"]:
                yield positions(json, data, primitive["attributes"]["POSITION"]) @ placed[:3, :3].T + placed[:3, 3]


def matrix_of(node: Any) -> Array:
    if "matrix" in node:
        return np.array(node["matrix"], dtype=np.float64).reshape(4, 4).T
    x, y, z, w = node.get("rotation", (0, 0, 0, 1))
    rotation = [
        [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
        [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
        [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
    ]
    matrix = np.eye(4)
    matrix[:3, :3] = np.array(rotation) * np.array(node.get("scale", (1, 1, 1)))
    matrix[:3, 3] = node.get("translation", (0, 0, 0))
    return matrix


def positions(json: Any, data: bytes, at: int) -> Array:
    accessor = json["accessors"][at]
    view = json["bufferViews"][accessor["bufferView"]]
    start = view.get("byteOffset", 0) + accessor.get("byteOffset", 0)
    kind = np.dtype(KINDS[accessor["componentType"]])
    stride = view.get("byteStride", 3 * kind.itemsize)
    found = np.ndarray((accessor["count"], 3), kind, data, start, (stride, kind.itemsize)).astype(np.float64)
    return np.maximum(found / np.iinfo(kind).max, -1) if accessor.get("normalized") else found
