"""Tells what a file is that is no GLB, so that a curator knows what to send instead."""

import re
import struct

HEAD = 1024  # bytes that are looked at

STARTS: tuple[tuple[bytes, str], ...] = (
    (b"Kaydara FBX", "an FBX file"),
    (b"; FBX", "an FBX file"),
    (b"BLENDER", "a Blender file"),
    (b"ply\n", "a PLY file"),
    (b"ply\r", "a PLY file"),
    (b"solid", "an STL file"),
    (b"#usda", "a USD file"),
    (b"PXR-USDC", "a USD file"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
)
HTML = re.compile(rb"<!doctype html|<html", re.IGNORECASE)
OBJ_LINE = re.compile(rb"^(?:mtllib \S|usemtl \S|o \S|v -?[\d.]+ -?[\d.]+ -?[\d.]+)", re.MULTILINE)
EXPORT = "export it as GLB (binary glTF 2.0) and send that"


def advice(head: bytes, size: int) -> str:
    """One sentence on what a file looks like, by its first `HEAD` bytes and its size in bytes, and what to send."""
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"{"):
        return (
            "it looks like a .gltf file (JSON text): pack it with its buffers and pictures into one GLB and send that"
        )
    if head.startswith(b"PK\x03\x04"):
        if b".usd" in head:
            return f"it looks like a USDZ file: {EXPORT}; USDZ is made from it for iPhones"
        return "it looks like a ZIP archive: unpack it and send the GLB alone"
    if HTML.search(text):
        return "it looks like a web page (HTML): the download may have failed; send the GLB itself"
    if text.startswith(b"<"):
        return f"it looks like XML (COLLADA or X3D?): {EXPORT}"
    for start, kind in STARTS:
        if head.startswith(start):
            return f"it looks like {kind}: {EXPORT}"
    if len(head) >= 84 and struct.unpack_from("<I", head, 80)[0] * 50 + 84 == size:
        return f"it looks like an STL file: {EXPORT}"
    if OBJ_LINE.search(head):
        return f"it looks like an OBJ file: {EXPORT}"
    return f'it starts with {head[:4]!r} where "glTF" is due: send a GLB (binary glTF 2.0)'
