"""Opens a GLB: header, JSON chunk and the place of the BIN chunk, by glTF 2.0 section 4 ("GLB File Format")."""

import re
import struct
from dataclasses import dataclass
from typing import BinaryIO

import orjson

from exhibit_api.errors import BadModel, Fault
from exhibit_api.gltf.fields import Fields, refusal, shown
from exhibit_api.gltf.lookalikes import HEAD, advice

HEADER = 12
CHUNK_HEADER = 8
JSON_CHUNK = 0x4E4F534A  # "JSON"
BIN_CHUNK = 0x004E4942  # "BIN", NUL
MOST_JSON = 32 << 20  # bytes
MOST_CONTAINERS = 500_000  # objects and arrays: what a JSON text costs in memory is in these, not in its bytes
MOST_VALUES = 4_000_000
MOST_CHUNKS = 64

VERSION = re.compile(r"(\d{1,9})\.(\d{1,9})")
NOT_A_NUMBER = re.compile(rb"[\[,:\s]\s*-?(NaN|Infinity)")


@dataclass(frozen=True)
class Glb:
    """A GLB opened: its JSON, and where its BIN chunk lies in the file (both 0 without one), in bytes."""

    json: dict[str, object]
    bin_offset: int
    bin_length: int
    size: int


def read_glb(file: BinaryIO, size: int) -> Glb:
    """The GLB in a seekable file of `size` bytes, or BadModel. The header and the JSON chunk alone are read."""
    length = read_header(file, size)
    json_length = read_json_chunk_header(file, length)
    json = parse(read_at(file, HEADER + CHUNK_HEADER, json_length))
    check_version(Fields(json))
    bin_offset, bin_length = find_bin(file, HEADER + CHUNK_HEADER + json_length, length)
    return Glb(json, bin_offset, bin_length, size)


def read_header(file: BinaryIO, size: int) -> int:
    """The length that the header gives, which is the file's size."""
    if size == 0:
        raise BadModel("the file is empty: 0 bytes; send a GLB (binary glTF 2.0)")
    head = read_at(file, 0, min(size, HEAD))
    if not head.startswith(b"glTF"):
        raise BadModel(f"this is not a GLB: {advice(head, size)}")
    if size < HEADER:
        raise BadModel(f"the file is truncated: it has {size} bytes, the header of a GLB alone has {HEADER}")
    version: int
    length: int
    version, length = struct.unpack_from("<II", head, 4)
    if version != 2:
        raise BadModel(f"this is a GLB of version {version}; version 2 (glTF 2.0) is taken: export it anew")
    if size < length:
        raise BadModel(f"the file is truncated: it has {size} bytes, its header says {length}")
    if size > length:
        raise BadModel(f"the file has {size} bytes, its header says {length}: {size - length} bytes too many")
    return length


def read_json_chunk_header(file: BinaryIO, length: int) -> int:
    """The length of the JSON chunk in bytes."""
    if length < HEADER + CHUNK_HEADER:
        raise BadModel(f"the file has {length} bytes: no room for the JSON chunk that a GLB starts with")
    json_length: int
    json_length, kind = struct.unpack("<II", read_at(file, HEADER, CHUNK_HEADER))
    if kind != JSON_CHUNK:
        raise BadModel(f"the first chunk is of type 0x{kind:08X}; JSON (0x{JSON_CHUNK:08X}) is due")
    room = length - HEADER - CHUNK_HEADER
    if json_length > room:
        raise BadModel(f"the JSON chunk says {json_length} bytes and overruns the file, which has {room} left for it")
    if json_length > MOST_JSON:
        raise BadModel(f"the JSON chunk has {json_length} bytes; at most {MOST_JSON} are taken")
    return json_length


def parse(text: bytes, what: str = "the JSON chunk") -> dict[str, object]:
    """The JSON object in the chunk, or in `what` else. What it would cost in memory is bounded before it is parsed."""
    containers = text.count(b"{") + text.count(b"[")
    if containers > MOST_CONTAINERS:
        raise BadModel(f"{what} has {containers} objects and arrays; at most {MOST_CONTAINERS} are taken")
    if (values := text.count(b",")) > MOST_VALUES:
        raise BadModel(f"{what} has {values} values; at most {MOST_VALUES} are taken")
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        reason = f"{error.msg} (line {error.lineno}, column {error.colno})"
        if match := NOT_A_NUMBER.search(text):
            reason = f"it holds {match[1].decode()}, which is no JSON number"
        raise BadModel(f"{what} cannot be read: {reason}", faults=(Fault("", reason),)) from error
    return Fields(found).values


def check_version(root: Fields) -> None:
    """`asset.version` is 2.x, and `asset.minVersion` asks no more than 2.0."""
    asset = root.child("asset")
    if asset is None:
        raise refusal(("asset",), 'is missing; an object with "version": "2.0" is due')
    if "version" not in asset:
        raise asset.refuse("version", 'is missing; "2.0" is due')
    version = asset.text("version")
    match = VERSION.fullmatch(version)
    if match is None or int(match[1]) != 2:
        raise asset.refuse("version", f'is "{shown(version)}"; glTF 2.x is taken')
    least = asset.text("minVersion", "2.0")
    match = VERSION.fullmatch(least)
    if match is None or (int(match[1]), int(match[2])) > (2, 0):
        raise asset.refuse("minVersion", f'is "{shown(least)}"; readers of glTF 2.0 show it here')


def find_bin(file: BinaryIO, offset: int, length: int) -> tuple[int, int]:
    """Offset and length of the BIN chunk, which is the second or none. Chunks of other kinds are skipped, but whole."""
    found = (0, 0)
    for number in range(2, MOST_CHUNKS + 2):
        if offset == length:
            return found
        if length - offset < CHUNK_HEADER:
            raise BadModel(f"chunk {number} overruns the file: {length - offset} bytes are left, its header has 8")
        size, kind = struct.unpack("<II", read_at(file, offset, CHUNK_HEADER))
        offset += CHUNK_HEADER
        if size > length - offset:
            raise BadModel(f"chunk {number} says {size} bytes and overruns the file, which has {length - offset} left")
        if number == 2 and kind == BIN_CHUNK:
            found = (offset, size)
        offset += size
    raise BadModel(f"the file has more than {MOST_CHUNKS} chunks")


def read_at(file: BinaryIO, offset: int, count: int) -> bytes:
    """Exactly `count` bytes from `offset`; BadModel where the file ends before."""
    file.seek(offset)
    found = file.read(count)
    if len(found) != count:
        raise BadModel(f"the file is truncated: {count} bytes are due at {offset}, {len(found)} are there")
    return found
