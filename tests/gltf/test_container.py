"""What a GLB is, and the sentence for each thing that is none."""

import io
import struct

import pytest

from exhibit_api.errors import BadModel
from exhibit_api.gltf import container
from exhibit_api.gltf.container import read_glb
from tests.gltf.building import box, box_model, chunk, document, glb

BOX = box()


def opened(data: bytes) -> container.Glb:
    return read_glb(io.BytesIO(data), len(data))


def refused(data: bytes) -> str:
    with pytest.raises(BadModel) as caught:
        opened(data)
    return caught.value.detail


def test_the_json_and_the_place_of_the_bin_chunk_are_found() -> None:
    json, data = box_model()
    found = opened(BOX)
    assert found.json == json
    assert found.size == len(BOX)
    assert BOX[found.bin_offset : found.bin_offset + found.bin_length] == data


def test_a_glb_without_bin_chunk_is_one() -> None:
    found = opened(glb(document()))
    assert (found.bin_offset, found.bin_length) == (0, 0)


def test_the_bin_chunk_is_not_read() -> None:
    class Watched(io.BytesIO):
        total = 0

        def read(self, size: int | None = -1, /) -> bytes:
            found = super().read(size)
            self.total += len(found)
            return found

    data = glb(document(), bytes(1 << 20))
    file = Watched(data)
    read_glb(file, len(data))
    assert file.total < 4096


def test_chunks_of_other_kinds_are_skipped() -> None:
    chunks = BOX[12:] + chunk(b"TEST", b"something else", b"\0")
    data = struct.pack("<4sII", b"glTF", 2, 12 + len(chunks)) + chunks
    assert opened(data).json == box_model()[0]


LOOKALIKES = {
    "a gltf text": (
        b'{"asset": {"version": "2.0"}}',
        "it looks like a .gltf file (JSON text): pack it with its buffers",
    ),
    "a gltf text with BOM": (b'\xef\xbb\xbf {"asset": {}}', "it looks like a .gltf file"),
    "a usdz": (b"PK\x03\x04" + bytes(26) + b"model.usdc", "it looks like a USDZ file: export it as GLB"),
    "a zip": (b"PK\x03\x04" + bytes(26) + b"scene.gltf", "it looks like a ZIP archive: unpack it"),
    "an obj": (b"# made by hand\nmtllib a.mtl\nv 1 2 3\n", "it looks like an OBJ file: export it as GLB"),
    "a text stl": (b"solid cube\nfacet normal 0 0 1\n", "it looks like an STL file: export it as GLB"),
    "a binary stl": (bytes(80) + struct.pack("<I", 1) + bytes(50), "it looks like an STL file: export it as GLB"),
    "an fbx": (b"Kaydara FBX Binary  \0", "it looks like an FBX file: export it as GLB"),
    "a page": (b"\n<!DOCTYPE html><html><body>404", "it looks like a web page (HTML)"),
    "a collada file": (b"<?xml version='1.0'?><COLLADA>", "it looks like XML (COLLADA or X3D?)"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "it looks like a PNG picture"),
    "noise": (b"\x01\x02\x03\x04", "it starts with b'\\x01\\x02\\x03\\x04' where \"glTF\" is due"),
}


@pytest.mark.parametrize(("data", "sentence"), LOOKALIKES.values(), ids=LOOKALIKES)
def test_other_files_are_recognised(data: bytes, sentence: str) -> None:
    assert refused(data).startswith(f"this is not a GLB: {sentence}")


def text(json: bytes) -> bytes:
    """A GLB whose JSON chunk is this text."""
    return glb(json)


def with_length(data: bytes, length: int) -> bytes:
    return data[:8] + struct.pack("<I", length) + data[12:]


HEADER_ONLY = struct.pack("<4sII", b"glTF", 2, 12)
BROKEN = {
    "empty": (b"", "the file is empty: 0 bytes; send a GLB (binary glTF 2.0)"),
    "half a header": (b"glTF\x02\0", "the file is truncated: it has 6 bytes, the header of a GLB alone has 12"),
    "half a file": (BOX[:600], f"the file is truncated: it has 600 bytes, its header says {len(BOX)}"),
    "version 1": (b"glTF" + struct.pack("<II", 1, 12), "this is a GLB of version 1; version 2 (glTF 2.0) is taken"),
    "bytes after the end": (BOX + b"tail", f"the file has {len(BOX) + 4} bytes, its header says {len(BOX)}: 4 bytes"),
    "a header alone": (HEADER_ONLY, "the file has 12 bytes: no room for the JSON chunk"),
    "BIN first": (
        with_length(HEADER_ONLY + chunk(b"BIN\0", bytes(4), b""), 24),
        "the first chunk is of type 0x004E4942; JSON (0x4E4F534A) is due",
    ),
    "a JSON chunk too long": (
        with_length(HEADER_ONLY + struct.pack("<I4s", 100, b"JSON"), 20),
        "the JSON chunk says 100 bytes and overruns the file, which has 0 left for it",
    ),
    "a BIN chunk too long": (
        with_length(glb(document()) + struct.pack("<I4s", 9, b"BIN\0"), len(glb(document())) + 8),
        "chunk 2 says 9 bytes and overruns the file, which has 0 left",
    ),
    "half a chunk header": (
        with_length(glb(document()) + b"\0\0", len(glb(document())) + 2),
        "chunk 2 overruns the file: 2 bytes are left, its header has 8",
    ),
    "endless chunks": (
        with_length(glb(document()) + bytes(8000), len(glb(document())) + 8000),
        "the file has more than 64 chunks",
    ),
    "no JSON": (text(b""), "the JSON chunk cannot be read: Input is a zero-length, empty document"),
    "half a JSON": (text(b'{"asset": {'), "the JSON chunk cannot be read: unexpected end of data"),
    "NaN": (
        text(b'{"asset": {"version": NaN}}'),
        "the JSON chunk cannot be read: it holds NaN, which is no JSON number",
    ),
    "Infinity": (
        text(b'{"a": [-Infinity]}'),
        "the JSON chunk cannot be read: it holds Infinity, which is no JSON number",
    ),
    "a number without end": (text(b'{"a": 1e999}'), "the JSON chunk cannot be read: number is infinity"),
    "bad UTF-8": (text(b'{"a": "\xff"}'), "the JSON chunk cannot be read: str is not valid UTF-8"),
    "a BOM": (text(b"\xef\xbb\xbf{}"), "the JSON chunk cannot be read: UTF-8 byte order mark"),
    "100,000 arrays": (text(b"[" * 100_000), "the JSON chunk cannot be read: depth limit exceeded"),
    "two million arrays": (text(b"[" * 2_000_000), "the JSON chunk has 2000000 objects and arrays; at most 500000"),
    "nine million zeros": (text(b"0," * 9_000_000), "the JSON chunk has 9000000 values; at most 4000000 are taken"),
    "40 MiB of JSON": (text(b" " * (40 << 20)), "the JSON chunk has 41943040 bytes; at most 33554432 are taken"),
    "an array": (text(b"[]"), "the JSON is an array of 0; an object is due"),
    "a number": (text(b"3"), "the JSON is 3; an object is due"),
    "no asset": (glb({}), '/asset is missing; an object with "version": "2.0" is due'),
    "no version": (glb({"asset": {}}), '/asset/version is missing; "2.0" is due'),
    "version 3": (glb({"asset": {"version": "3.0"}}), '/asset/version is "3.0"; glTF 2.x is taken'),
    "version 2 without dot": (glb({"asset": {"version": "2"}}), '/asset/version is "2"; glTF 2.x is taken'),
    "a version as number": (glb({"asset": {"version": 2.0}}), "/asset/version is 2.0; a text is due"),
    "minVersion 2.1": (
        glb({"asset": {"version": "2.1", "minVersion": "2.1"}}),
        '/asset/minVersion is "2.1"; readers of glTF 2.0 show it here',
    ),
}


@pytest.mark.parametrize(("data", "sentence"), BROKEN.values(), ids=BROKEN)
def test_a_broken_container_is_refused_with_its_reason(data: bytes, sentence: str) -> None:
    assert refused(data).startswith(sentence)


def test_a_file_shorter_than_its_size_is_truncated() -> None:
    with pytest.raises(BadModel, match=r"truncated: 1024 bytes are due at 0, 100 are there"):
        read_glb(io.BytesIO(BOX[:100]), len(BOX))


def test_a_later_minor_version_is_taken_where_2_0_readers_may() -> None:
    assert opened(glb({"asset": {"version": "2.1", "minVersion": "2.0"}})).json["asset"]
