"""Which kind of sound a file is, told by its bytes and never by its name."""

from collections.abc import Iterator
from typing import BinaryIO

from exhibit_api.errors import Rejected

MP3, M4A, AAC, OGG, FLAC, WAV = "audio/mpeg", "audio/mp4", "audio/aac", "audio/ogg", "audio/flac", "audio/wav"
VTT = "text/vtt"
ENDINGS = {MP3: "mp3", M4A: "m4a", AAC: "aac", OGG: "ogg", FLAC: "flac", WAV: "wav", VTT: "vtt"}
SOUNDS = (MP3, M4A, AAC, OGG, FLAC, WAV)
TAKEN = "send MP3, M4A or AAC, Ogg (Opus, Vorbis or FLAC), FLAC, or WAV"

HEAD = 512
"""Bytes from the beginning in which a kind shows itself."""
MOST_PARTS = 10_000
"""Chunks of a WAV or boxes of an M4A that are looked at: real files have a few dozen."""
PADDING = 1 << 16
"""Bytes between an ID3 tag and the first frame that are looked through; taggers leave some."""

_WAVE_CODINGS = frozenset({1, 3, 0xFFFE})
"""PCM, floating point, and the extensible form of both."""
_OGG_CODECS = (b"OpusHead", b"\x01vorbis", b"\x7fFLAC")
_M4A_BRANDS = frozenset({b"M4A ", b"M4B "})

Part = tuple[bytes, int, int]
"""Name of a part of a file, where its content begins, and how many bytes that has."""


def recognised(file: BinaryIO, size: int) -> str:
    """The media type of the sound in the file of `size` bytes. Raises Rejected where it is none that we take, or is cut off.

    Containers that tell their length (WAV, M4A) are found out when they are cut; MP3, AAC, Ogg and FLAC play up to the cut.
    """
    head = _read(file, 0, HEAD)
    if not head:
        raise Rejected("the body is empty; " + TAKEN)
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        _require_wave(file, size)
        return WAV
    if head[4:8] == b"ftyp":
        _require_m4a(file, size)
        return M4A
    if head[:4] == b"OggS" and len(head) > 27 and head[27 + head[26] :].startswith(_OGG_CODECS):
        return OGG
    if head[:4] == b"fLaC" and head[4:5] in (b"\x00", b"\x80") and head[5:8] == b"\x00\x00\x22" and len(head) >= 42:
        return FLAC
    if _is_mpeg_layer_3(head) or _has_frame_behind_tag(file, head):
        return MP3
    if _is_adts(head):
        return AAC
    raise Rejected(f"the file is no sound that we take: it begins with {head[:8].hex(' ')}; {TAKEN}")


def _require_wave(file: BinaryIO, size: int) -> None:
    """Raise Rejected unless there is a format that browsers play, and sound, whole."""
    coding = 0
    for name, start, length in _wave_parts(file, size):
        if name == b"fmt ":
            coding = int.from_bytes(_read(file, start, 2), "little")
        if name == b"data":
            if start + length > size:
                raise Rejected(f"the WAV is cut off: its sound has {length} bytes, and {size - start} are there")
            if coding not in _WAVE_CODINGS:
                raise Rejected(f"the WAV has coding {coding}, which browsers do not play; send PCM, or MP3")
            if length:
                return
    raise Rejected("the WAV is cut off before its sound, or has none")


def _wave_parts(file: BinaryIO, size: int) -> Iterator[Part]:
    at = 12
    for _ in range(MOST_PARTS):
        if at + 8 > size:
            return
        head = _read(file, at, 8)
        length = int.from_bytes(head[4:], "little")
        yield head[:4], at + 8, length
        at += 8 + length + length % 2


def _require_m4a(file: BinaryIO, size: int) -> None:
    """Raise Rejected unless it says that it is sound alone, has an index, and is whole."""
    names = set()
    for name, start, length in _m4a_parts(file, size):
        if start + length > size:
            raise Rejected(f"the M4A is cut off: a part of it has {length} bytes, and {size - start} are there")
        if name == b"ftyp":
            content = _read(file, start, min(length, HEAD))
            brands = {content[:4], *(content[i : i + 4] for i in range(8, len(content), 4))}
            if not brands & _M4A_BRANDS:
                raise Rejected("the MP4 does not say that it is sound alone (brand M4A); save it as .m4a, or send MP3")
        names.add(name)
    if b"moov" not in names:
        raise Rejected("the M4A is cut off: it has no index (moov) of what is in it")


def _m4a_parts(file: BinaryIO, size: int) -> Iterator[Part]:
    at = 0
    for _ in range(MOST_PARTS):
        if at + 8 > size:
            return
        head = _read(file, at, 16)
        length, skip = int.from_bytes(head[:4]), 8
        if length == 1:
            length, skip = int.from_bytes(head[8:16]), 16
        if length == 0:
            length = size - at
        if length < skip:
            raise Rejected(f"the M4A has a part of {length} bytes, which cannot be")
        yield head[4:8], at + skip, length - skip
        at += length


def _has_frame_behind_tag(file: BinaryIO, head: bytes) -> bool:
    """Whether an ID3v2 tag, whose length is four times seven bits, is followed by a frame of MPEG layer III."""
    if head[:3] != b"ID3" or len(head) < 10 or any(byte & 0x80 for byte in head[6:10]):
        return False
    length = sum(byte << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
    behind = _read(file, 10 + length, PADDING)
    at = behind.find(b"\xff")
    while at >= 0:
        if _is_mpeg_layer_3(behind[at : at + 4]):
            return True
        at = behind.find(b"\xff", at + 1)
    return False


def _is_mpeg_layer_3(head: bytes) -> bool:
    """The four bytes of a frame's header: sync, a version, layer III, a bit rate, a sampling rate."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    version, layer, rate, sampling = head[1] >> 3 & 3, head[1] >> 1 & 3, head[2] >> 4, head[2] >> 2 & 3
    return version != 1 and layer == 1 and rate not in (0, 15) and sampling != 3


def _is_adts(head: bytes) -> bool:
    """AAC in frames of its own: sync, layer 0, a sampling rate, a frame longer than its header."""
    if len(head) < 7 or head[0] != 0xFF or head[1] & 0xF6 != 0xF0:
        return False
    length = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    return (head[2] >> 2 & 15) < 13 and length > 7


def _read(file: BinaryIO, at: int, count: int) -> bytes:
    file.seek(at)
    return file.read(count)
