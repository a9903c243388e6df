"""Packs a .gltf and the files beside it into one GLB: buffers and pictures one after another in the BIN chunk.

First everything is looked up and gets its place, then the GLB is written from its beginning to its end. Of a file no more
than a piece is in memory at a time. What data: URIs hold is in memory, and is bounded by the bound of the JSON.
"""

import struct
from typing import Protocol

import orjson

from exhibit_api.errors import BadModel
from exhibit_api.gltf.beside import Beside
from exhibit_api.gltf.container import BIN_CHUNK, CHUNK_HEADER, HEADER, JSON_CHUNK, MOST_JSON, check_version, parse
from exhibit_api.gltf.fields import Fields
from exhibit_api.gltf.lookalikes import advice
from exhibit_api.gltf.outline import MOST_ENTRIES
from exhibit_api.gltf.rebase import EXPORT, MESHOPT, Home, rebased, refuse_unknown_pointers
from exhibit_api.gltf.references import Source
from exhibit_api.gltf.shares import Place, Share, buffer_share, image_share, laid_out, media_type_of, pieces
from exhibit_api.gltf.uris import refuse_outside_uris

LARGEST = 2**32 - 1  # bytes: what the header of a GLB can say (glTF 2.0, 4.4.2)
WAY_OUT = "only the files of buffers and images are packed: take it out, or put it in as a data: URI"


class Sink(Protocol):
    """Takes bytes one after the other."""

    def write(self, chunk: bytes, /) -> object:
        """Append."""


def pack(text: bytes, beside: Beside, folder: str, out: Sink, *, most_bytes: int) -> None:
    """Write the GLB of a .gltf of this text, which lies in that folder of what is beside it ("" for the top).

    The same input gives the same bytes. Raises BadModel naming the place where it cannot be packed or would have more
    than `most_bytes`, and what `beside` raises. If a file breaks while it is copied, half a GLB is in `out`.
    """
    root = read_text(text)
    buffers = [buffer_share(fields, beside, folder) for fields in root.children("buffers", MOST_ENTRIES)]
    images = [image_share(fields, beside, folder) for fields in root.children("images", MOST_ENTRIES)]
    places = laid_out((*buffers, *images))
    length = max((place.end for place in places.values()), default=0)
    refuse_large(HEADER + CHUNK_HEADER + length, most_bytes)
    chunk = json_chunk(packed(root, buffers, images, places, beside))
    size = HEADER + CHUNK_HEADER + len(chunk) + (CHUNK_HEADER + filled(length) if length else 0)
    refuse_large(size, most_bytes)
    out.write(struct.pack("<4sIIII", b"glTF", 2, size, len(chunk), JSON_CHUNK))
    out.write(chunk)
    if length:
        out.write(struct.pack("<II", filled(length), BIN_CHUNK))
        write_bin(places, beside, out)


def read_text(text: bytes) -> Fields:
    """The JSON of a .gltf."""
    if len(text) > MOST_JSON:
        raise BadModel(f"the .gltf has {len(text)} bytes; at most {MOST_JSON} are taken: keep its buffers in files")
    if not text:
        raise BadModel("the .gltf is empty: 0 bytes; export the model anew")
    if text.startswith(b"glTF"):
        raise BadModel("this is no .gltf but a GLB, by its first bytes: name it .glb and send it as it is")
    text = text.removeprefix(b"\xef\xbb\xbf")  # RFC 8259, 8.1: a reader may ignore it
    if not text.lstrip().startswith(b"{"):
        raise BadModel(f"this is no .gltf: {advice(text, len(text))}")
    root = Fields(parse(text, "the .gltf"))
    check_version(root)
    return root


def packed(
    root: Fields, buffers: list[Share | None], images: list[Share | None], places: dict[Source, Place], beside: Beside
) -> dict[str, object]:
    """The JSON of the GLB."""
    homes = new_homes(root, buffers, places)
    refuse_unknown_pointers(root.values, homes)
    views: list[object] = [rebased(view, homes) for view in root.children("bufferViews", MOST_ENTRIES)]
    fresh = {
        "buffers": new_buffers(root, buffers, places),
        "images": new_images(root, images, places, views, beside),
        "bufferViews": views,  # which the images added to
    }
    json = {key: value for key, value in root.values.items() if key not in fresh}
    json |= {key: value for key, value in fresh.items() if value}  # glTF has no empty arrays
    refuse_outside_uris(json, WAY_OUT)
    return json


def new_homes(root: Fields, buffers: list[Share | None], places: dict[Source, Place]) -> tuple[Home, ...]:
    """Where each buffer went: into the BIN chunk, or behind it in the row if it has no bytes."""
    homes: list[Home] = []
    hollow = 0
    for fields, share in zip(root.children("buffers"), buffers, strict=True):
        length = fields.required("byteLength", least=1)
        if share is not None:
            homes.append(Home(0, places[share.source].offset, length, hollow=False))
            continue
        if not places:
            raise fields.refuse("uri", f"is missing, and there is nothing to unpack into this buffer; {EXPORT}")
        hollow += 1
        homes.append(Home(hollow, 0, length, hollow=True))
    return tuple(homes)


def new_buffers(root: Fields, buffers: list[Share | None], places: dict[Source, Place]) -> list[object]:
    """The BIN chunk's buffer, which keeps the name and extras of a single one, then those that have no bytes."""
    if not places:
        return []
    both = list(zip(root.children("buffers"), buffers, strict=True))
    brought = [fields for fields, share in both if share is not None]
    for fields in brought:
        extensions = fields.child("extensions")
        if extensions is not None and (unknown := extensions.values.keys() - set(MESHOPT)):
            raise extensions.refuse(min(unknown), f"is of a buffer, and not known here: {EXPORT}")
    kept = brought[0].values if len(brought) == 1 else {}
    length = max(place.end for place in places.values())
    first = {key: value for key, value in kept.items() if key not in ("uri", "extensions")} | {"byteLength": length}
    return [first, *(fields.values for fields, share in both if share is None)]


def new_images(
    root: Fields, images: list[Share | None], places: dict[Source, Place], views: list[object], beside: Beside
) -> list[object]:
    """The images, in views that are added to `views`: one for each picture, however many name it."""
    known: dict[Source, dict[str, object]] = {}
    found: list[object] = []
    for fields, share in zip(root.children("images"), images, strict=True):
        if share is None:
            found.append(fields.values)
            continue
        if share.source not in known:
            known[share.source] = {"bufferView": len(views), "mimeType": media_type_of(share, beside)}
            offset = places[share.source].offset
            views.append({"buffer": 0, "byteOffset": offset, "byteLength": share.length})
        found.append({key: value for key, value in fields.values.items() if key != "uri"} | known[share.source])
    return found


def json_chunk(json: dict[str, object]) -> bytes:
    """The JSON in bytes, with spaces up to a multiple of four (glTF 2.0, 4.4.3.2)."""
    try:
        text = orjson.dumps(json)
    except orjson.JSONEncodeError as error:  # it writes less deep than it reads
        raise BadModel(
            "the .gltf cannot be written anew: its objects and arrays lie too deep in one another"
        ) from error
    if len(text) > MOST_JSON:
        raise BadModel(f"the .gltf has {len(text)} bytes when it is packed; at most {MOST_JSON} are taken")
    return text.ljust(filled(len(text)))


def write_bin(places: dict[Source, Place], beside: Beside, out: Sink) -> None:
    """The bytes of the BIN chunk, with zeros between the shares and up to a multiple of four."""
    written = 0
    for place in places.values():
        out.write(bytes(place.offset - written))
        for piece in pieces(place.share, beside):
            out.write(piece)
        written = place.end
    out.write(bytes(filled(written) - written))


def refuse_large(size: int, most_bytes: int) -> None:
    most = min(most_bytes, LARGEST)
    if size > most:
        raise BadModel(f"the model has {size} bytes with all that it names; at most {most} are taken")


def filled(length: int) -> int:
    """The next multiple of four."""
    return -(-length // 4) * 4
