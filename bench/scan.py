"""Makes a synthetic scan: a bumpy figure in five pieces, with 4K textures of colour, normals and roughness. For benches.

python bench/scan.py OUT.glb [--size small|large]     small: 100 MB, 1.6 M triangles; large: 300 MB, 5.7 M triangles
"""

import argparse
import io
import json
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

SEED = 20261122
PIXELS = 4096
SLOTS = ("colour", "normal", "roughness")


@dataclass(frozen=True)
class Size:
    """`pieces` patches of `rows` × `columns` vertices; `textures` images in all; `quality` of their JPEG."""

    pieces: int
    rows: int
    columns: int
    textures: int
    quality: int


SIZES = {"small": Size(5, 401, 399, 6, 96), "large": Size(5, 757, 755, 15, 96)}


@dataclass
class Glb:
    """A GLB in the making: its JSON, and the parts of its binary chunk."""

    json: dict[str, Any]
    parts: list[bytes] = field(default_factory=list)

    def view(self, data: bytes, **more: int) -> int:
        """Add a buffer view; its index."""
        views = self.json["bufferViews"]
        offset = views[-1]["byteOffset"] + -(-views[-1]["byteLength"] // 4) * 4 if views else 0
        views.append({"buffer": 0, "byteOffset": offset, "byteLength": len(data), **more})
        self.parts.append(data + b"\0" * (-len(data) % 4))
        return len(views) - 1

    def accessor(self, array: np.ndarray[Any, Any], kind: str, target: int, **more: Any) -> int:
        """Add an accessor over its own view; its index."""
        component = {"float32": 5126, "uint32": 5125}[str(array.dtype)]
        view = self.view(array.tobytes(), target=target)
        count = array.size // {"SCALAR": 1, "VEC2": 2, "VEC3": 3}[kind]
        self.json["accessors"].append(
            {"bufferView": view, "componentType": component, "count": count, "type": kind, **more}
        )
        return len(self.json["accessors"]) - 1

    def write(self, path: Path) -> int:
        """Write the file; its bytes."""
        self.json["buffers"] = [{"byteLength": sum(map(len, self.parts))}]
        text = json.dumps(self.json).encode()
        text += b" " * (-len(text) % 4)
        total = 28 + len(text) + self.json["buffers"][0]["byteLength"]
        with path.open("wb") as out:
            out.write(struct.pack("<III", 0x46546C67, 2, total) + struct.pack("<II", len(text), 0x4E4F534A) + text)
            out.write(struct.pack("<II", self.json["buffers"][0]["byteLength"], 0x004E4942))
            out.writelines(self.parts)
        return total


def relief(u: np.ndarray[Any, Any], v: np.ndarray[Any, Any], random: np.random.Generator) -> np.ndarray[Any, Any]:
    """Bumps of many sizes, in metres, periodic in u (a turn around the figure)."""
    height = np.zeros_like(u)
    for octave in range(1, 9):
        for _ in range(3):
            around, along = random.integers(1, 2**octave + 1), random.uniform(0.5, 2**octave)
            height += 0.05 / 2**octave * np.sin(around * u + 2 * np.pi * along * v + random.uniform(0, 6.3))
    return height


def patch(size: Size, piece: int) -> tuple[np.ndarray[Any, Any], ...]:
    """Positions, normals, texture coordinates and indices of one piece of the figure: a fifth of the way around."""
    random = np.random.default_rng(SEED)  # the same relief for all pieces: they meet at their borders
    columns = size.columns + piece  # no two pieces are alike
    turn = np.linspace(piece, piece + 1, columns) * 2 * np.pi / size.pieces
    u, v = np.meshgrid(turn, np.linspace(0, 1, size.rows))
    radius = 0.3 + 0.15 * np.sin(3 * v) + relief(u, v, random)
    points = np.stack([radius * np.cos(u), 1.8 * v, radius * np.sin(u)], -1)
    normals = np.cross(np.gradient(points, axis=0), np.gradient(points, axis=1))
    normals /= np.linalg.norm(normals, axis=-1, keepdims=True)
    coordinates = np.stack([(u - u.min()) / np.ptp(u), v], -1)
    corners = np.arange(size.rows * columns, dtype=np.uint32).reshape(size.rows, columns)
    a, b, c, d = corners[:-1, :-1], corners[:-1, 1:], corners[1:, :-1], corners[1:, 1:]
    indices = np.stack([a, c, b, b, c, d], -1)
    flat = [np.ascontiguousarray(array, dtype=np.float32) for array in (points, normals, coordinates)]
    return (*flat, np.ascontiguousarray(indices.ravel()))


def picture(slot: str, number: int, quality: int) -> bytes:
    """A 4K JPEG as a camera would give it: large shapes, fine grain."""
    random = np.random.default_rng([SEED, number])
    base = {"colour": (150, 110, 80), "normal": (128, 128, 250), "roughness": (255, 170, 10)}[slot]
    spread = {"colour": 60, "normal": 12, "roughness": 25}[slot]
    coarse = np.stack([random.normal(0, spread, (64, 64)) for _ in range(3)], -1).clip(-127, 127) + 128
    large = Image.fromarray(coarse.astype(np.uint8)).resize((PIXELS, PIXELS), Image.Resampling.BICUBIC)
    grain = random.normal(0, spread / 5, (PIXELS, PIXELS, 1)).astype(np.float32)
    pixels = np.asarray(large, dtype=np.float32) - 128 + grain + np.array(base, dtype=np.float32)
    out = io.BytesIO()
    Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(out, "JPEG", quality=quality, subsampling=0)
    return out.getvalue()


def make(path: Path, size: Size) -> int:
    """Write the scan to `path`; its bytes."""
    lists = {name: [] for name in ("accessors", "bufferViews", "images", "textures", "materials", "meshes", "nodes")}
    glb = Glb(
        {"asset": {"version": "2.0", "generator": "a synthetic scan"}, "scene": 0, "scenes": [{"nodes": []}], **lists}
    )
    for number in range(size.textures):
        view = glb.view(picture(SLOTS[number % 3], number, size.quality))
        glb.json["images"].append(
            {"bufferView": view, "mimeType": "image/jpeg", "name": f"{SLOTS[number % 3]} {number // 3}"}
        )
        glb.json["textures"].append({"source": number})
    for piece in range(size.pieces):
        points, normals, coordinates, indices = patch(size, piece)
        bounds = {"min": points.min((0, 1)).tolist(), "max": points.max((0, 1)).tolist()}
        attributes = {
            "POSITION": glb.accessor(points, "VEC3", 34962, **bounds),
            "NORMAL": glb.accessor(normals, "VEC3", 34962),
            "TEXCOORD_0": glb.accessor(coordinates, "VEC2", 34962),
        }
        first = piece % (size.textures // 3) * 3
        orm = {"index": first + 2}
        surface = {"baseColorTexture": {"index": first}, "metallicRoughnessTexture": orm}
        glb.json["materials"].append(
            {
                "name": f"surface {piece}",
                "pbrMetallicRoughness": surface,
                "normalTexture": {"index": first + 1},
                "occlusionTexture": orm,
            }
        )
        primitive = {"attributes": attributes, "indices": glb.accessor(indices, "SCALAR", 34963), "material": piece}
        glb.json["meshes"].append({"name": f"piece {piece}", "primitives": [primitive]})
        glb.json["nodes"].append({"name": f"piece {piece}", "mesh": piece})
        glb.json["scenes"][0]["nodes"].append(piece)
    return glb.write(path)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--size", choices=sorted(SIZES), default="large")
    asked = parser.parse_args()
    size = SIZES[asked.size]
    triangles = sum((size.rows - 1) * (size.columns + piece - 1) * 2 for piece in range(size.pieces))
    print(
        f"{asked.out}: {make(asked.out, size) / 1e6:.1f} MB, {triangles / 1e6:.2f} M triangles, {size.textures} textures of 4K"
    )


if __name__ == "__main__":
    main()
