"""Compressed models, and copies of them with some bytes of their streams flipped. The same seed gives the same copies."""

import random
import struct
import zlib
from pathlib import Path

from exhibit_api.gltf.container import CHUNK_HEADER, HEADER
from tests.gltf.building import Bin, glb, png_chunk, png_header, triangle
from tests.pipeline.converting import converted, step

SIDE = 24  # vertices a side of the sheet
PIXELS = 64

KINDS = {
    "meshopt": ("sheet", {"geometry": "meshopt"}),
    "draco": ("sheet", {"geometry": "draco"}),
    "webp": ("picture", {"textures": "webp"}),
    "ktx2": ("picture", {"textures": "ktx2"}),
}


def sheet(dice: random.Random) -> bytes:
    """A bumpy sheet of triangles: streams with something in them."""
    bin_ = Bin()
    rows = range(SIDE)
    positions = [(x / SIDE, dice.random() / 9, z / SIDE) for z in rows for x in rows]
    attributes = {
        "POSITION": bin_.floats("VEC3", positions),
        "NORMAL": bin_.floats("VEC3", [(0.0, 1.0, 0.0)] * len(positions), bounded=False),
    }
    corners = [z * SIDE + x for z in rows[1:] for x in rows[1:]]
    indices = [at for c in corners for at in (c, c - 1, c - SIDE - 1, c, c - SIDE - 1, c - SIDE)]
    primitive = {"attributes": attributes, "indices": bin_.shorts(indices)}
    return glb(*bin_.model(scenes=[{"nodes": [0]}], nodes=[{"mesh": 0}], meshes=[{"primitives": [primitive]}]))


def picture(dice: random.Random) -> bytes:
    """A triangle with a noisy picture on it."""
    rows = zlib.compress(b"".join(b"\0" + dice.randbytes(PIXELS) for _ in range(PIXELS)))
    return triangle(png_header(PIXELS, PIXELS) + png_chunk(b"IDAT", rows) + png_chunk(b"IEND", b""))


def compressed(folder: Path, dice: random.Random) -> dict[str, bytes]:
    """A valid GLB of each kind of stream, made by the toolbox."""
    models = {"sheet": sheet(dice), "picture": picture(dice)}
    steps = []
    for kind, (model, options) in KINDS.items():
        (folder / f"{kind}.glb").write_bytes(models[model])
        steps.append(step(folder / f"{kind}.glb", "variant", **options))
    ends = converted(steps, folder)
    assert [end["errors"] for end in ends] == [[]] * len(KINDS), ends
    return {kind: Path(end["output"]).read_bytes() for kind, end in zip(KINDS, ends, strict=True)}


def flipped(data: bytes, dice: random.Random, *, early: bool) -> bytes:
    """A copy with some bits of the BIN chunk flipped: anywhere, or (`early`) in the first bytes, where sizes stand."""
    json_length = struct.unpack_from("<I", data, HEADER)[0]
    start = HEADER + CHUNK_HEADER + json_length + CHUNK_HEADER
    end = min(start + 64, len(data)) if early else len(data)
    changed = bytearray(data)
    for _ in range(dice.randint(1, 8)):
        changed[dice.randrange(start, end)] ^= 1 << dice.randrange(8)
    return bytes(changed)
