"""Moves what points into the buffers of a .gltf to where their bytes lie in a GLB.

A GLB has one buffer of bytes, its BIN chunk (glTF 2.0, 3.6.1.1). Further ones may be there without any bytes: those that
meshopt compression unpacks into, where its reader is at work, and that are marked as its fall-back
(EXT_meshopt_compression, "Fallback buffers").
"""

from dataclasses import dataclass

from exhibit_api.errors import BadModel
from exhibit_api.gltf.fields import Fields, refusal
from exhibit_api.gltf.uris import Trail, path_of

MESHOPT = ("EXT_meshopt_compression", "KHR_meshopt_compression")
EXPORT = "export the model as a GLB"


@dataclass(frozen=True, slots=True)
class Home:
    """Where one buffer went: its new index, the bytes before it in that buffer, its length in bytes.

    `hollow` is a fall-back without bytes.
    """

    buffer: int
    shift: int
    length: int
    hollow: bool


def is_hollow(buffer: Fields) -> bool:
    """Whether a buffer is a fall-back that has no bytes."""
    marks = [buffer.child("extensions", name) for name in MESHOPT]
    return "uri" not in buffer and any(mark.flag("fallback") for mark in marks if mark is not None)


def rebased(view: Fields, homes: tuple[Home, ...]) -> dict[str, object]:
    """A bufferView as it is in the GLB."""
    home, place = moved(view, homes)
    inner = {name: child for name in MESHOPT if (child := view.child("extensions", name)) is not None}
    if home.hollow and not inner:
        raise view.refuse("buffer", f"names a buffer that has no bytes, and nothing is to be unpacked: {EXPORT}")
    compressed: dict[str, object] = {}
    for name, child in inner.items():
        source, source_place = moved(child, homes)
        if source.hollow:
            raise child.refuse("buffer", f"names a buffer that has no bytes to unpack: {EXPORT}")
        compressed[name] = {**child.values, **source_place}
    found = {**view.values, **place}
    if compressed:
        found["extensions"] = {**Fields(found["extensions"]).values, **compressed}
    return found


def moved(fields: Fields, homes: tuple[Home, ...]) -> tuple[Home, dict[str, object]]:
    """The home of the buffer that is named, and `buffer` and `byteOffset` there. BadModel where the bytes overrun it."""
    index = fields.index("buffer", len(homes), "buffers")
    if index is None:
        raise fields.refuse("buffer", "is missing; the index of a buffer is due")
    home = homes[index]
    offset, length = fields.integer("byteOffset", 0), fields.required("byteLength", least=1)
    if offset + length > home.length:
        # Its end would be another buffer's beginning after the move.
        raise fields.refuse("byteLength", f"ends at byte {offset + length}; buffer {index} has {home.length} bytes")
    return home, {"buffer": home.buffer, "byteOffset": home.shift + offset}


def refuse_unknown_pointers(json: dict[str, object], homes: tuple[Home, ...]) -> None:
    """BadModel where an extension that we do not know names a buffer that does not stay where it was."""
    pending: list[tuple[object, Trail, bool]] = [(json, None, False)]
    while pending:
        value, trail, unknown = pending.pop()
        if isinstance(value, dict):
            if unknown and type(index := value.get("buffer")) is int and not stays(index, homes):
                raise unknown_pointer((trail, "buffer"), index)
            extensions = trail is not None and trail[1] == "extensions"
            pending += [
                (inner, (trail, key), unknown or (extensions and key not in MESHOPT))
                for key, inner in value.items()
                if key != "extras" and isinstance(inner, (dict, list))
            ]
        elif isinstance(value, list):
            pending += [
                (inner, (trail, at), unknown) for at, inner in enumerate(value) if isinstance(inner, (dict, list))
            ]


def stays(index: int, homes: tuple[Home, ...]) -> bool:
    return 0 <= index < len(homes) and homes[index].buffer == index and homes[index].shift == 0


def unknown_pointer(trail: Trail, index: int) -> BadModel:
    what = f"names buffer {index}, which moves when it is packed, in an extension that is not known here: {EXPORT}"
    return refusal(path_of(trail), what)
