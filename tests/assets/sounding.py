"""Builds small sound files of every kind, so that a test changes the one thing it is about."""

import struct

TIMES = "00:00.000 --> 00:01.500"
CAPTIONS = f"WEBVTT\n\n{TIMES}\n[a low hum]\n"


def chunk(name: bytes, content: bytes) -> bytes:
    """A part of a WAV."""
    return name + struct.pack("<I", len(content)) + content


def wav(samples: int = 800, coding: int = 1, *before: bytes, loud: int = 0) -> bytes:
    """Mono, 16 bits, 8 kHz; `before` stands before the sound, `loud` tells one file from another."""
    layout = struct.pack("<HHIIHH", coding, 1, 8000, 16000, 2, 16)
    parts = [chunk(b"fmt ", layout), *before, chunk(b"data", struct.pack("<h", loud) * samples)]
    return riff(*parts)


def riff(*parts: bytes) -> bytes:
    """A WAV of these parts."""
    body = b"WAVE" + b"".join(parts)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def mp4_box(name: bytes, content: bytes) -> bytes:
    """A part of an M4A."""
    return struct.pack(">I", 8 + len(content)) + name + content


def m4a(major: bytes = b"M4A ", *others: bytes) -> bytes:
    """A beginning, an index, and sound."""
    brands = major + struct.pack(">I", 0) + b"".join(others)
    return mp4_box(b"ftyp", brands) + mp4_box(b"moov", bytes(40)) + mp4_box(b"mdat", bytes(200))


FRAME = b"\xff\xfb\x90\x64" + bytes(413)
"""Of MPEG-1 layer III, 128 kbit/s at 44.1 kHz."""


def mp3(tag: int | None = None) -> bytes:
    """Three frames, behind an ID3 tag of so many bytes if asked."""
    size = bytes((tag or 0) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return (b"" if tag is None else b"ID3\x04\x00\x00" + size + bytes(tag)) + FRAME * 3


def aac() -> bytes:
    """Two ADTS frames of 40 bytes."""
    return (b"\xff\xf1\x50\x80" + bytes([40 >> 3, (40 & 7) << 5 | 0x1F, 0xFC]) + bytes(33)) * 2


def ogg(codec: bytes = b"OpusHead") -> bytes:
    """The first page of a stream, with the codec's own header."""
    packet = codec + bytes(20)
    return b"OggS\x00\x02" + bytes(20) + b"\x01" + bytes([len(packet)]) + packet


def flac() -> bytes:
    """The mark and the stream's description."""
    return b"fLaC\x80\x00\x00\x22" + bytes(34) + b"\xff\xf8" + bytes(20)
