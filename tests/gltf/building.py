"""Makes small GLBs byte by byte, for tests: whole ones, and such that are broken in one place.

A model is a pair of its JSON and its BIN chunk, so that a test can change one value and pack the rest as it was.
"""

import struct
import zlib
from typing import Any

import orjson

Json = dict[str, Any]
Model = tuple[Json, bytes]

FLOAT, UNSIGNED_SHORT = 5126, 5123


def glb(json: Json | bytes, bin: bytes = b"") -> bytes:  # noqa: A002 - the chunk's name
    """A GLB of a JSON (or of bytes that stand in for it) and a BIN chunk, which is left out when it is empty."""
    text = json if isinstance(json, bytes) else orjson.dumps(json)
    chunks = chunk(b"JSON", text, b" ")
    if bin:
        chunks += chunk(b"BIN\0", bin, b"\0")
    return struct.pack("<4sII", b"glTF", 2, 12 + len(chunks)) + chunks


def chunk(kind: bytes, data: bytes, filler: bytes) -> bytes:
    data += filler * (-len(data) % 4)
    return struct.pack("<I4s", len(data), kind) + data


def document(**parts: Any) -> Json:
    """A JSON with the asset's version and the parts given."""
    return {"asset": {"version": "2.0"}, **parts}


class Bin:
    """Collects a BIN chunk, and the buffer, views and accessors that point into it."""

    def __init__(self) -> None:
        self.data = b""
        self.views: list[Json] = []
        self.accessors: list[Json] = []

    def view(self, data: bytes) -> int:
        """The index of a new view of these bytes."""
        self.views.append({"buffer": 0, "byteOffset": len(self.data), "byteLength": len(data)})
        self.data += data + b"\0" * (-len(data) % 4)
        return len(self.views) - 1

    def floats(self, kind: str, rows: list[tuple[float, ...]], *, bounded: bool = True) -> int:
        """The index of a new accessor of floats, with its min and max."""
        data = b"".join(struct.pack(f"<{len(row)}f", *row) for row in rows)
        accessor: Json = {"bufferView": self.view(data), "componentType": FLOAT, "count": len(rows), "type": kind}
        if bounded:
            accessor |= {"min": [min(column) for column in zip(*rows, strict=True)]}
            accessor |= {"max": [max(column) for column in zip(*rows, strict=True)]}
        self.accessors.append(accessor)
        return len(self.accessors) - 1

    def shorts(self, values: list[int]) -> int:
        """The index of a new accessor of indices."""
        view = self.view(struct.pack(f"<{len(values)}H", *values))
        self.accessors.append(
            {"bufferView": view, "componentType": UNSIGNED_SHORT, "count": len(values), "type": "SCALAR"}
        )
        return len(self.accessors) - 1

    def model(self, **parts: Any) -> Model:
        """The model of these bytes and the other parts of its JSON."""
        arrays = {"buffers": [{"byteLength": len(self.data)}], "bufferViews": self.views, "accessors": self.accessors}
        return document(**arrays, **parts), self.data


def box_model(
    size: tuple[float, float, float] = (1.0, 1.0, 1.0),
    *,
    name: str = "box",
    node: Json | None = None,
    seconds: float | None = None,
    instances: list[tuple[float, float, float]] | None = None,
) -> Model:
    """A box of a size in metres that stands on the floor over the origin: 12 triangles, 24 vertices, one node.

    `node` adds to the node (a pose, children); `seconds` turns it once around in that time; `instances` repeats it at
    these places by EXT_mesh_gpu_instancing.
    """
    bin_ = Bin()
    primitive = box_primitive(bin_, size)
    parts: Json = {
        "scene": 0,
        "scenes": [{"nodes": [0]}],
        "nodes": [{"name": name, "mesh": 0, **(node or {})}],
        "meshes": [{"name": name, "primitives": [primitive]}],
        "materials": [{"name": "plain", "pbrMetallicRoughness": {"metallicFactor": 0.0}}],
    }
    if seconds is not None:
        parts["animations"] = [turn(bin_, seconds)]
    if instances is not None:
        places = bin_.floats("VEC3", list(instances), bounded=False)
        parts["nodes"][0]["extensions"] = {"EXT_mesh_gpu_instancing": {"attributes": {"TRANSLATION": places}}}
        parts |= {"extensionsUsed": ["EXT_mesh_gpu_instancing"], "extensionsRequired": ["EXT_mesh_gpu_instancing"]}
    return bin_.model(**parts)


def box(size: tuple[float, float, float] = (1.0, 1.0, 1.0), **options: Any) -> bytes:
    """The GLB of `box_model`, which has the options."""
    return glb(*box_model(size, **options))


def box_primitive(bin_: Bin, size: tuple[float, float, float]) -> Json:
    width, height, depth = size
    positions: list[tuple[float, ...]] = []
    normals: list[tuple[float, ...]] = []
    indices: list[int] = []
    for axis in range(3):
        for sign in (-1.0, 1.0):
            normal = tuple(sign if at == axis else 0.0 for at in range(3))
            first = len(positions)
            for u, v in ((-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)):
                corner = [0.0, 0.0, 0.0]
                corner[axis], corner[(axis + 1) % 3], corner[(axis + 2) % 3] = sign, u, v
                positions.append((corner[0] * width / 2, (corner[1] + 1.0) * height / 2, corner[2] * depth / 2))
                normals.append(normal)
            turn_ = (0, 1, 2, 0, 2, 3) if sign > 0 else (0, 2, 1, 0, 3, 2)
            indices += [first + at for at in turn_]
    attributes = {"POSITION": bin_.floats("VEC3", positions), "NORMAL": bin_.floats("VEC3", normals, bounded=False)}
    return {"attributes": attributes, "indices": bin_.shorts(indices), "material": 0}


def turn(bin_: Bin, seconds: float) -> Json:
    """An animation that turns node 0 around +Y."""
    half = 0.5**0.5
    rotations: list[tuple[float, ...]] = [
        (0, 0, 0, 1),
        (0, half, 0, half),
        (0, 1, 0, 0),
        (0, half, 0, -half),
        (0, 0, 0, -1),
    ]
    times = bin_.floats("SCALAR", [(seconds * at / 4,) for at in range(5)])
    sampler = {"input": times, "output": bin_.floats("VEC4", rotations, bounded=False)}
    return {
        "name": "turn",
        "channels": [{"sampler": 0, "target": {"node": 0, "path": "rotation"}}],
        "samplers": [sampler],
    }


def triangle_model(*images: bytes, mime_type: str = "image/png") -> Model:
    """A triangle one metre wide and high, with a texture of each of the images in the BIN chunk."""
    bin_ = Bin()
    corners: list[tuple[float, ...]] = [(-0.5, 0.0, 0.0), (0.5, 0.0, 0.0), (0.0, 1.0, 0.0)]
    attributes = {
        "POSITION": bin_.floats("VEC3", corners),
        "NORMAL": bin_.floats("VEC3", [(0.0, 0.0, 1.0)] * 3, bounded=False),
        "TEXCOORD_0": bin_.floats("VEC2", [(0.0, 1.0), (1.0, 1.0), (0.5, 0.0)], bounded=False),
    }
    parts: Json = {"materials": [{}]}
    if images:  # glTF has no empty arrays
        parts = {
            "images": [{"bufferView": bin_.view(image), "mimeType": mime_type} for image in images],
            "textures": [{"source": at} for at in range(len(images))],
            "materials": [{"pbrMetallicRoughness": {"baseColorTexture": {"index": at}}} for at in range(len(images))],
        }
    return bin_.model(
        scene=0,
        scenes=[{"nodes": [0]}],
        nodes=[{"name": "triangle", "mesh": 0}],
        meshes=[{"primitives": [{"attributes": attributes, "material": 0}]}],
        **parts,
    )


def triangle(*images: bytes, mime_type: str = "image/png") -> bytes:
    """The GLB of `triangle_model`."""
    return glb(*triangle_model(*images, mime_type=mime_type))


def png(width: int = 1, height: int = 1) -> bytes:
    """A grey PNG, as small as its size allows."""
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    return png_header(width, height) + png_chunk(b"IDAT", rows) + png_chunk(b"IEND", b"")


def png_header(width: int, height: int) -> bytes:
    """The beginning of a PNG, which claims any size."""
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def ktx2_header(width: int, height: int, *, basis_lz: bool) -> bytes:
    """The beginning of a KTX2 picture of Basis Universal: ETC1S (BasisLZ) or UASTC."""
    sizes = struct.pack("<9I", 0, 1, width, height, 0, 0, 1, 1, 1 if basis_lz else 2)
    return b"\xabKTX 20\xbb\r\n\x1a\n" + sizes + bytes(32)


def chain_model(length: int) -> Model:
    """A box at the end of a chain of so many nodes, each 1 mm beside its parent."""
    json, data = box_model()
    links = [{"translation": [0.001, 0, 0], "children": [at]} for at in range(1, length)]
    json["nodes"] = [*links, {"mesh": 0}]
    return json, data


def flat_model(nodes: int) -> Model:
    """So many nodes side by side, 1 mm apart, that all show the same box."""
    json, data = box_model()
    json["nodes"] = [{"name": f"box {at}", "mesh": 0, "translation": [at / 1000, 0, 0]} for at in range(nodes)]
    json["scenes"] = [{"nodes": list(range(nodes))}]
    return json, data
