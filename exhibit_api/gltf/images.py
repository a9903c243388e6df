"""Width and height of pictures from their headers, by hand: PNG, JPEG, WebP, AVIF, KTX2.

Pillow is not asked: for WebP and AVIF its plugins decode the whole file to tell the size, and its limit against
decompression bombs is one global number. A header is a few bytes, and reading it cannot be made expensive.
"""

import binascii
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from exhibit_api.gltf.outline import Image, Outline

HEAD = 64 << 10  # bytes of a picture that hold its header
MOST_SEGMENTS = 256  # of a JPEG before its size: 16 MiB of metadata
MOST_PROPERTIES = 32  # of an AVIF's items: a grid of tiles has two sizes
LARGEST_CLAIM = 65_535  # pixels a side: no picture has more, save in a lie
MOST_PICTURES = 2_000

KTX2 = b"\xabKTX 20\xbb\r\n\x1a\n"
BASIS_LZ = 1
START_OF_FRAME = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
STANDALONE = frozenset((0x01, *range(0xD0, 0xD9)))  # JPEG markers without a length

ReadAt = Callable[[int, int], bytes]  # offset and count in a picture; fewer bytes come at its end


class Unreadable(Exception):
    """A picture whose size cannot be told, with the reason."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Width and height in pixels, and the bits of a pixel on the GPU."""

    width: int
    height: int
    bits: int

    @property
    def gpu_bytes(self) -> int:
        """Bytes on the GPU with its mipmaps, which add a third."""
        return -(-self.width * self.height * self.bits * 4 // 24)


Pictures = tuple["Picture | Unreadable", ...]


def read_pictures(outline: Outline, file: BinaryIO) -> Pictures:
    """The size of each image of the model, or why it cannot be told; of the first `MOST_PICTURES` alone."""
    known: dict[object, Picture | Unreadable] = {}
    found = []
    for image in outline.images[:MOST_PICTURES]:
        key = image.view if image.uri is None else image.uri
        if key not in known:
            known[key] = read_picture(outline, image, file)
        found.append(known[key])
    return tuple(found)


def read_picture(outline: Outline, image: Image, file: BinaryIO) -> Picture | Unreadable:
    try:
        read_at = reader(outline, image, file)
        return picture(read_at(0, HEAD), read_at)
    except Unreadable as reason:
        return reason.with_traceback(None)
    except struct.error:
        return Unreadable("its header is cut off")


def reader(outline: Outline, image: Image, file: BinaryIO) -> ReadAt:
    """Reads within the bytes of one image."""
    if image.uri is not None:
        data = data_of(image.uri)
        return lambda offset, count: data[offset : offset + count]
    if image.view is None:
        raise Unreadable("it has neither bufferView nor uri")
    view = outline.views[image.view]
    if not outline.buffers[view.buffer].in_bin:
        raise Unreadable(f"it lies in buffer {view.buffer}, outside the BIN chunk")
    start = outline.bin_offset + view.offset

    def read_at(offset: int, count: int) -> bytes:
        file.seek(start + offset)
        return file.read(max(0, min(count, view.length - offset)))

    return read_at


def data_of(uri: str) -> bytes:
    """The bytes in a base64 data URI."""
    head, comma, text = uri.partition(",")
    if not comma or not head.endswith(";base64"):
        raise Unreadable("its data: URI is not of base64")
    try:
        return binascii.a2b_base64(text)
    except ValueError as error:
        raise Unreadable("its data: URI is not of base64") from error


def picture(head: bytes, read_at: ReadAt) -> Picture:
    """The size that the first bytes of a picture tell."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        found = png(head)
    elif head.startswith(b"\xff\xd8\xff"):
        found = jpeg(read_at)
    elif head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        found = webp(head)
    elif head[4:8] == b"ftyp":
        found = avif(head)
    elif head.startswith(KTX2):
        found = ktx2(head)
    else:
        raise Unreadable("it is no PNG, JPEG, WebP, AVIF or KTX2")
    if not (0 < found.width <= LARGEST_CLAIM and 0 < found.height <= LARGEST_CLAIM):
        raise Unreadable(f"its header says {found.width} x {found.height} pixels")
    return found


def media_type(head: bytes) -> str | None:
    """The media type of a picture by its first 64 bytes; None where it is none that is read here."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp" and b"avif" in head[8:]:  # HEIC is of the same family (ISO/IEC 14496-12, 4.3)
        return "image/avif"
    return "image/ktx2" if head.startswith(KTX2) else None


def png(head: bytes) -> Picture:
    """ISO/IEC 15948, 11.2.2: the IHDR chunk comes first."""
    if head[12:16] != b"IHDR":
        raise Unreadable("its PNG header is missing")
    width, height = struct.unpack_from(">II", head, 16)
    return Picture(width, height, bits=32)


def jpeg(read_at: ReadAt) -> Picture:
    """ITU-T T.81, B.2.2: the frame header comes after segments of any length, which are skipped."""
    offset = 2
    for _ in range(MOST_SEGMENTS):
        sync, marker = struct.unpack(">BB", read_at(offset, 2))
        if sync != 0xFF:
            raise Unreadable("its JPEG segments are broken")
        if marker == 0xFF:
            offset += 1
        elif marker in STANDALONE:
            offset += 2
        elif marker in START_OF_FRAME:
            height, width = struct.unpack(">HH", read_at(offset + 5, 4))
            return Picture(width, height, bits=32)
        else:
            offset += 2 + struct.unpack(">H", read_at(offset + 2, 2))[0]
    raise Unreadable(f"its JPEG header has more than {MOST_SEGMENTS} segments")


def webp(head: bytes) -> Picture:
    """RFC 9649: the canvas of an extended file, or the frame of a simple one."""
    kind = head[12:16]
    if kind == b"VP8X":
        low_width, high_width, low_height, high_height = struct.unpack_from("<HBHB", head, 24)
        return Picture((high_width << 16 | low_width) + 1, (high_height << 16 | low_height) + 1, bits=32)
    if kind == b"VP8L":
        packed = struct.unpack_from("<I", head, 21)[0]
        return Picture((packed & 0x3FFF) + 1, (packed >> 14 & 0x3FFF) + 1, bits=32)
    if kind == b"VP8 ":
        width, height = struct.unpack_from("<HH", head, 26)
        return Picture(width & 0x3FFF, height & 0x3FFF, bits=32)
    raise Unreadable("its WebP header is missing")


def avif(head: bytes) -> Picture:
    """ISO/IEC 23008-12, 6.5.3: the largest of the `ispe` properties, since a grid's tiles have theirs too."""
    largest = Picture(0, 0, bits=32)
    at = 0
    for _ in range(MOST_PROPERTIES):
        at = head.find(b"ispe", at)
        if at < 0:
            break
        width, height = struct.unpack_from(">II", head, at + 8)
        largest = max(largest, Picture(width, height, bits=32), key=lambda found: found.width * found.height)
        at += 4
    return largest


def ktx2(head: bytes) -> Picture:
    """KTX 2.0, section 3: BasisLZ is unpacked to 4 bits a pixel, UASTC to 8."""
    width, height = struct.unpack_from("<II", head, 20)
    scheme = struct.unpack_from("<I", head, 44)[0]
    return Picture(width, max(height, 1), bits=4 if scheme == BASIS_LZ else 8)
