"""Where a GLB keeps its numbers: buffers, views and accessors, checked to lie one inside the other (glTF 2.0, 3.6)."""

from dataclasses import dataclass

from exhibit_api.gltf.container import Glb
from exhibit_api.gltf.fields import Fields
from exhibit_api.gltf.transforms import Bounds

MOST_DECODED = 512 << 20  # bytes of all accessors when they are unpacked

FLOAT = 5126
COMPONENT_BYTES = {5120: 1, 5121: 1, 5122: 2, 5123: 2, 5125: 4, FLOAT: 4}
COMPONENT_LIMITS = {5120: 127.0, 5121: 255.0, 5122: 32767.0, 5123: 65535.0, 5125: 4294967295.0, FLOAT: 1.0}
WIDTHS = {"SCALAR": 1, "VEC2": 2, "VEC3": 3, "VEC4": 4, "MAT2": 4, "MAT3": 9, "MAT4": 16}


@dataclass(frozen=True, slots=True)
class Buffer:
    """`in_bin` where its bytes are the BIN chunk's; else they are in a data URI, or nowhere (meshopt's fall-back)."""

    length: int
    in_bin: bool


@dataclass(frozen=True, slots=True)
class View:
    """Bytes of a buffer: offset and length in bytes; `stride` is 0 where elements lie side by side."""

    buffer: int
    offset: int
    length: int
    stride: int


@dataclass(frozen=True, slots=True)
class Accessor:
    """`count` elements of `width` components. `minimum` and `maximum` are as written, or None."""

    count: int
    kind: str
    component: int
    normalized: bool
    minimum: tuple[float, ...] | None
    maximum: tuple[float, ...] | None
    view: int | None
    offset: int
    sparse: bool

    @property
    def element_bytes(self) -> int:
        return WIDTHS[self.kind] * COMPONENT_BYTES[self.component]

    @property
    def decoded_bytes(self) -> int:
        return self.count * self.element_bytes

    def bounds(self) -> Bounds | None:
        """The box of a VEC3 accessor from its `min` and `max`, which are scaled to -1…1 where it is normalised."""
        if self.kind != "VEC3" or self.minimum is None or self.maximum is None:
            return None
        low = [self.decoded(value) for value in self.minimum]
        high = [self.decoded(value) for value in self.maximum]
        return (low[0], low[1], low[2]), (high[0], high[1], high[2])

    def decoded(self, value: float) -> float:
        return max(value / COMPONENT_LIMITS[self.component], -1.0) if self.normalized else value


def read_buffers(root: Fields, glb: Glb) -> tuple[Buffer, ...]:
    return tuple(read_buffer(fields, at, glb) for at, fields in enumerate(root.children("buffers")))


def read_buffer(fields: Fields, at: int, glb: Glb) -> Buffer:
    length = fields.required("byteLength", least=1)
    in_bin = at == 0 and "uri" not in fields
    if in_bin and glb.bin_offset == 0:
        raise fields.refuse("byteLength", f"is {length}, but the file has no BIN chunk")
    if in_bin and length > glb.bin_length:
        raise fields.refuse("byteLength", f"is {length}; the BIN chunk has {glb.bin_length} bytes")
    return Buffer(length, in_bin)


def read_views(root: Fields, buffers: tuple[Buffer, ...]) -> tuple[View, ...]:
    return tuple(read_view(fields, buffers) for fields in root.children("bufferViews"))


def read_view(fields: Fields, buffers: tuple[Buffer, ...]) -> View:
    buffer = fields.index("buffer", len(buffers), "buffers")
    if buffer is None:
        raise fields.refuse("buffer", "is missing; the index of a buffer is due")
    offset = fields.integer("byteOffset", 0)
    length = fields.required("byteLength", least=1)
    if offset + length > buffers[buffer].length:
        end = offset + length
        raise fields.refuse("byteLength", f"ends at byte {end}; buffer {buffer} has {buffers[buffer].length} bytes")
    return View(buffer, offset, length, fields.integer("byteStride", 0, least=1, most=252))


def read_accessors(root: Fields, views: tuple[View, ...]) -> tuple[Accessor, ...]:
    """The accessors, which together unpack to at most `MOST_DECODED` bytes."""
    children = root.children("accessors")
    accessors = tuple(read_accessor(fields, views) for fields in children)
    decoded = sum(accessor.decoded_bytes for accessor in accessors)
    if decoded > MOST_DECODED:
        raise root.refuse("accessors", f"unpack to {decoded} bytes; at most {MOST_DECODED} are taken")
    return accessors


def read_accessor(fields: Fields, views: tuple[View, ...]) -> Accessor:
    kind = fields.text("type")
    if kind not in WIDTHS:
        raise fields.refuse("type", f"is no type of accessor; one of {', '.join(WIDTHS)} is due")
    component = fields.required("componentType")
    if component not in COMPONENT_BYTES:
        known = ", ".join(map(str, COMPONENT_BYTES))
        raise fields.refuse("componentType", f"is {component}; one of {known} is due")
    accessor = Accessor(
        count=fields.required("count", least=1),
        kind=kind,
        component=component,
        normalized=fields.flag("normalized"),
        minimum=fields.numbers("min", WIDTHS[kind]),
        maximum=fields.numbers("max", WIDTHS[kind]),
        view=fields.index("bufferView", len(views), "bufferViews"),
        offset=fields.integer("byteOffset", 0),
        sparse="sparse" in fields,
    )
    check_range(fields, accessor)
    check_inside(fields, accessor, views)
    check_sparse(fields, accessor, views)
    return accessor


def check_range(fields: Fields, accessor: Accessor) -> None:
    if accessor.minimum is None or accessor.maximum is None:
        return
    for least, most in zip(accessor.minimum, accessor.maximum, strict=True):
        if least > most:
            raise fields.refuse("min", f"has {least:g} where max has {most:g}")


def check_inside(fields: Fields, accessor: Accessor, views: tuple[View, ...]) -> None:
    if accessor.view is None:
        return
    view = views[accessor.view]
    stride = view.stride or accessor.element_bytes
    end = accessor.offset + stride * (accessor.count - 1) + accessor.element_bytes
    if end > view.length:
        raise fields.refuse("count", f"reaches byte {end}; bufferView {accessor.view} has {view.length} bytes")


def check_sparse(fields: Fields, accessor: Accessor, views: tuple[View, ...]) -> None:
    sparse = fields.child("sparse")
    if sparse is None:
        return
    sparse.required("count", least=1, most=accessor.count)
    for part in ("indices", "values"):
        place = sparse.child(part)
        if place is None or place.index("bufferView", len(views), "bufferViews") is None:
            raise sparse.refuse(part, "names no bufferView")


def known_accessor(fields: Fields, key: str, accessors: tuple[Accessor, ...]) -> Accessor:
    """The accessor under a key that has to be there."""
    index = fields.index(key, len(accessors), "accessors")
    if index is None:
        raise fields.refuse(key, "is missing; the index of an accessor is due")
    return accessors[index]
