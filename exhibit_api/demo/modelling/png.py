"""Pictures as PNG files: a palette of 2, 4, 16 or 256 colours where that is enough, else true colour."""

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

from exhibit_api.demo.modelling.deflate import compressed

Picture = NDArray[np.uint8]


def png(picture: Picture) -> bytes:
    """The PNG bytes of a picture (height, width, 3), the same on every machine."""
    height, width, _ = picture.shape
    wide = picture.astype(np.int64)
    keys = (wide[..., 0] << 16) | (wide[..., 1] << 8) | wide[..., 2]
    colours, places = np.unique(keys, return_inverse=True)
    places = places.reshape(height, width)
    if len(colours) > 256:
        return _file(width, height, 8, 2, b"", b"".join(_filtered(row) for row in _with_upper(wide)))
    depth = next(depth for depth in (1, 2, 4, 8) if len(colours) <= 1 << depth)
    palette = b"".join(struct.pack(">I", int(colour))[1:] for colour in colours)
    rows = b"".join(b"\0" + _packed(row, depth) for row in places)
    return _file(width, height, depth, 3, palette, rows)


def _file(width: int, height: int, depth: int, kind: int, palette: bytes, rows: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)
    chunks = [_chunk(b"IHDR", header)]
    if palette:
        chunks.append(_chunk(b"PLTE", palette))
    return b"\x89PNG\r\n\x1a\n" + b"".join([*chunks, _chunk(b"IDAT", compressed(rows)), _chunk(b"IEND", b"")])


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _packed(row: NDArray[np.int64], depth: int) -> bytes:
    each = 8 // depth
    padded = np.concatenate([row, np.zeros(-len(row) % each, dtype=np.int64)]).reshape(-1, each)
    total = np.zeros(len(padded), dtype=np.int64)
    for index in range(each):
        total = (total << depth) | padded[:, index]
    return total.astype(np.uint8).tobytes()


def _with_upper(picture: NDArray[np.int64]) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    upper = np.concatenate([np.zeros_like(picture[:1]), picture[:-1]])
    return list(zip(picture, upper, strict=True))


def _filtered(rows: tuple[NDArray[np.int64], NDArray[np.int64]]) -> bytes:
    """The row by whichever of the filters None, Sub and Up leaves the least, the first of equals."""
    row, above = rows
    left = np.concatenate([np.zeros_like(row[:1]), row[:-1]])
    tries = [(row - other) & 255 for other in (np.zeros_like(row), left, above)]
    costs = [int(np.minimum(one, 256 - one).sum()) for one in tries]
    best = costs.index(min(costs))
    return bytes([best]) + tries[best].astype(np.uint8).tobytes()
