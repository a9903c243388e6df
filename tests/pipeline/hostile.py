"""Files that mean harm and are well-formed GLBs, by the gate that tells on them."""

import base64
import struct
import zlib
from collections.abc import Callable
from typing import Any

import orjson

from tests.gltf.amplified import instanced, zeros
from tests.gltf.building import (
    Json,
    Model,
    box_model,
    chain_model,
    chunk,
    flat_model,
    glb,
    png,
    png_chunk,
    png_header,
    triangle,
    triangle_model,
)
from tests.gltf.hostile import put

NAME = "<script>alert(1)</script><img src=x onerror=\"alert('2')\">&amp;\u202e{name}%s${x}"
MARKUP = b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>"


def png_bomb(side: int) -> bytes:
    """A whole PNG of one bit a pixel, all black: side² / 8 bytes that take a thousandth of it."""
    rows = zlib.compressobj(1)
    row = bytes(1 + side // 8)
    data = b"".join(rows.compress(row * 1000) for _ in range(side // 1000)) + rows.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", header) + png_chunk(b"IDAT", data) + png_chunk(b"IEND", b"")


def profile_bomb(size: int) -> bytes:
    """A small PNG whose colour profile unpacks to so many bytes."""
    profile = png_chunk(b"iCCP", b"profile\0\0" + zlib.compress(bytes(size)))
    rest = png(8, 8).removeprefix(png_header(8, 8))
    return png_header(8, 8) + profile + rest


def pictured(uri: str) -> Callable[[], bytes]:
    """A triangle whose picture is at an address."""

    def build() -> bytes:
        json, data = triangle_model(png())
        json["images"] = [{"uri": uri}]
        return glb(json, data)

    return build


def data_uri(media_type: str, data: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"


def with_floats(*values: float) -> bytes:
    """A box whose first corner is at these numbers, which its min and max do not tell."""
    json, data = box_model()
    return glb(json, struct.pack(f"<{len(values)}f", *values) + data[4 * len(values) :])


def with_indices(value: int) -> bytes:
    json, data = box_model()
    offset = json["bufferViews"][2]["byteOffset"]
    return glb(json, data[:offset] + struct.pack("<H", value) + data[offset + 2 :])


def sparse(at: int) -> bytes:
    """A box, one corner of which is replaced: that of a number which it may not have."""
    json, data = box_model()
    json["accessors"][0]["sparse"] = {
        "count": 1,
        "indices": {"bufferView": 3, "componentType": 5125},
        "values": {"bufferView": 4},
    }
    views = [{"buffer": 0, "byteOffset": len(data), "byteLength": 4}]
    views += [{"buffer": 0, "byteOffset": len(data) + 4, "byteLength": 12}]
    json["bufferViews"] += views
    data += struct.pack("<I3f", at, 0.5, 1.0, 0.5)
    json["buffers"] = [{"byteLength": len(data)}]
    return glb(json, data)


def heavy_instances() -> Model:
    """60 instances of a million corners, in two kilobytes."""
    json, data = instanced(60)
    json["meshes"][0]["primitives"] = [{"attributes": {"POSITION": zeros(json, "VEC3", 999_999)}}]
    return json, data


def many_draws() -> Model:
    """21 nodes that show a mesh of 1,000 parts."""
    json, data = flat_model(21)
    json["meshes"][0]["primitives"] *= 1_000
    return json, data


def named(json: Json) -> Json:
    """Every name and remark in it says the same, which a page would run as a program."""
    for kind in ("nodes", "meshes", "materials", "animations", "scenes"):
        for entry in json.get(kind, []):
            entry |= {"name": NAME, "extras": {"note": NAME}}
    return json


def with_names() -> bytes:
    json, data = box_model(seconds=1.0)
    return glb(named(json), data)


def odd_keys() -> bytes:
    json, data = box_model()
    json["nodes"][0]["extras"] = {"__proto__": {"a": 1}, "constructor": {"prototype": {"b": 2}}, "toString": 3}
    return glb(json, data)


def white_space(size: int) -> bytes:
    json, data = box_model()
    return glb(orjson.dumps(json) + b" " * size, data)


def deep_extras(levels: int) -> bytes:
    json, data = box_model()
    deep = b"[" * levels + b"1" + b"]" * levels
    return glb(orjson.dumps(json | {"extras": {"deep": 0.5}}).replace(b"0.5}", deep + b"}", 1), data)


def lying() -> Model:
    json, data = box_model()
    json["accessors"][0]["min"] = [0, 0, 0]
    return json, data


def twice() -> bytes:
    json, data = box_model()
    whole = glb(json, data) + chunk(b"BIN\0", data, b"\0")
    return whole[:8] + struct.pack("<I", len(whole)) + whole[12:]


def hundred_megabytes() -> bytes:
    """A GLB whose JSON chunk is white space."""
    size = 100 << 20
    return struct.pack("<4sII", b"glTF", 2, size + 20) + struct.pack("<I4s", size, b"JSON") + b" " * size


def of(build: Callable[..., Model], *args: Any) -> Callable[[], bytes]:
    return lambda: glb(*build(*args))


# Told by the preflight: the model is kept with a finding that forbids to publish it.
FINDINGS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a PNG of 30,000 x 30,000": (lambda: triangle(png_bomb(30_000)), "IMAGE_TOO_LARGE"),
    "65 pictures of 8,192 x 8,192": (lambda: triangle(*[png_header(8_192, 8_192)] * 65), "TOO_MANY_PIXELS"),
    "a page for a picture": (pictured(data_uri("text/html", b"<script>alert(1)</script>")), "IMAGE_UNREADABLE"),
    "an SVG that reads files": (lambda: triangle(MARKUP), "IMAGE_UNREADABLE"),
    "an SVG in an address": (pictured(data_uri("image/png", MARKUP)), "IMAGE_UNREADABLE"),
    "a picture of plain text": (pictured("data:image/png,%89PNG"), "IMAGE_UNREADABLE"),
    "a picture of no base64": (pictured("data:image/png;base64,!!!!"), "IMAGE_UNREADABLE"),
    "instances x corners": (of(heavy_instances), "TOO_MANY_VERTICES"),
    "21,000 draws": (of(many_draws), "TOO_MANY_DRAW_CALLS"),
}

# Told by the validator.
ERRORS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a min that lies": (put("accessors", 0, "min", [-9, 0, -9]), "ACCESSOR_MIN_MISMATCH"),
    "a max that lies": (put("accessors", 0, "max", [0.1, 1, 0.1], model=lying), "ACCESSOR_MAX_MISMATCH"),
    "NaN in a corner": (lambda: with_floats(float("nan"), 0.0, 0.0), "ACCESSOR_INVALID_FLOAT"),
    "infinity in a corner": (lambda: with_floats(float("inf"), 0.0, 0.0), "ACCESSOR_INVALID_FLOAT"),
    "a corner that is not there": (lambda: with_indices(60_000), "ACCESSOR_INDEX_OOB"),
    "a sparse corner that is not there": (lambda: sparse(2**31), "ACCESSOR_SPARSE_INDEX_OOB"),
    "a JPEG that is a PNG": (lambda: triangle(png(), mime_type="image/jpeg"), "IMAGE_MIME_TYPE_INVALID"),
    "half a PNG": (lambda: triangle(png_header(64, 64)[:-2]), "IMAGE_UNEXPECTED_EOS"),
    "a buffer that is a page": (
        put("buffers", 0, "uri", data_uri("text/html", bytes(648))),
        "BUFFER_DATA_URI_MIME_TYPE_INVALID",
    ),
    "a buffer of no base64": (put("buffers", 0, "uri", "data:application/octet-stream;base64,!"), "INVALID_URI"),
    "two BIN chunks": (twice, "GLB_DUPLICATE_CHUNK"),
    "an undeclared extension": (put("nodes", 0, "extensions", {NAME: {"a": 1}}), "UNDECLARED_EXTENSION"),
}

# Whole, and made as others are.
WHOLE: dict[str, Callable[[], bytes]] = {
    "names of HTML": with_names,
    "keys of JavaScript": odd_keys,
    "16 MB of white space": lambda: white_space(16 << 20),
    "900 arrays in extras": lambda: deep_extras(900),
    "a chain of 512": of(chain_model, 512),
    "a profile of 16 MB": lambda: triangle(profile_bomb(16 << 20)),
}
