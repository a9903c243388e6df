"""Files that were made to hurt whoever reads them, each with the sentence that it is refused with."""

from collections.abc import Callable
from typing import Any

from tests.gltf.amplified import AMPLIFIED
from tests.gltf.building import Json, Model, box_model, chain_model, document, glb, png, triangle_model

HUGE = 2**64 - 1


def put(*path_and_value: Any, model: Callable[[], Model] = box_model) -> Callable[[], bytes]:
    """Builds a model with one value changed: the steps to it, then the value."""
    *path, last, value = path_and_value

    def build() -> bytes:
        json, data = model()
        place: Any = json
        for step in path:
            place = place[step]
        place[last] = value
        return glb(json, data)

    return build


def made(json: Callable[[], Json]) -> Callable[[], bytes]:
    return lambda: glb(json())


def animated() -> Model:
    return box_model(seconds=1.0)


def instanced() -> Model:
    return box_model(instances=[(0, 0, 0), (1, 0, 0)])


def pictured() -> Model:
    return triangle_model(png())


def nodes(*children: list[int]) -> Callable[[], bytes]:
    """A graph given by each node's children, all of which the scene would show."""
    return made(
        lambda: document(nodes=[{"children": each} if each else {} for each in children], scenes=[{"nodes": [0]}])
    )


def nested(key: bytes, value: bytes) -> Callable[[], bytes]:
    """A JSON with a value under 900 arrays, which is more than Python's own recursion bears."""
    deep = b"[" * 900 + value + b"]" * 900
    return lambda: glb(b'{"asset": {"version": "2.0"}, "nodes": [{}], "' + key + b'": ' + deep + b"}")


# Spellings by which a reader might be led out of the file.
ODD_ADDRESSES = (
    "/etc/passwd",
    "FILE:///etc/passwd",
    "file:\\\\etc\\passwd",
    "//server/share.png",
    "\\\\server\\share.png",
    "https://10.0.0.1/a.png",
    "ftp://10.0.0.1/a.png",
    "javascript:alert(1)",
    "blob:null/1",
    "a.png?x=data:",
    "%64ata:image/png;base64,AAAA",
    " data:image/png;base64,AAAA",
    "\tdata:image/png;base64,AAAA",
    "da\nta:image/png;base64,AAAA",
    "\u200bdata:image/png;base64,AAAA",
    "\uff44ata:image/png;base64,AAAA",
    "..\uff0f..\uff0fetc\uff0fpasswd",
    "\u2024\u2024/\u2024\u2024/etc/passwd",
    "..;/..;/etc/passwd",
    "%252e%252e%252fetc",
)

PRIMITIVE = ("meshes", 0, "primitives", 0)
ACCESSOR = ("accessors", 0)
CHANNEL = ("animations", 0, "channels", 0)

HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    # arrays and objects where they are due
    "nodes are an object": (put("nodes", {}), "/nodes is an object; an array is due"),
    "nodes are null": (put("nodes", None), "/nodes is null; an array is due"),
    "meshes are a text": (put("meshes", "many"), '/meshes is the text "many"; an array is due'),
    "a node is a number": (put("nodes", 0, 3), "/nodes/0 is 3; an object is due"),
    "a node is an array": (put("nodes", 0, []), "/nodes/0 is an array of 0; an object is due"),
    "attributes are an array": (
        put(*PRIMITIVE, "attributes", []),
        "/meshes/0/primitives/0/attributes is an array of 0",
    ),
    "extensions are null": (put("nodes", 0, "extensions", None), "/nodes/0/extensions is null; an object is due"),
    "a deep array": (nested(b"scenes", b"1"), "/scenes/0 is an array of 1; an object is due"),
    "a deep number": (nested(b"scene", b"1"), "/scene is an array of 1; the index of one of the file's"),
    "no primitives": (put("meshes", 0, "primitives", []), "/meshes/0/primitives is empty; a mesh has one at least"),
    "targets of numbers": (put(*PRIMITIVE, "targets", [1]), "/meshes/0/primitives/0/targets/0 is 1; an object is due"),
    # numbers
    "a negative index": (put("nodes", 0, "mesh", -1), "/nodes/0/mesh is -1; the index of one of the file's 1 meshes"),
    "an index too high": (put("nodes", 0, "mesh", 1), "/nodes/0/mesh is 1; the index of one of the file's 1 meshes"),
    "an index of 64 bits": (put("nodes", 0, "mesh", HUGE), "/nodes/0/mesh is 18446744073709551615; the index of one"),
    "true as index": (
        put("nodes", 0, "mesh", False),
        "/nodes/0/mesh is false; the index of one of the file's 1 meshes",
    ),
    "a fraction as index": (put("nodes", 0, "mesh", 0.0), "/nodes/0/mesh is 0.0; the index of one of the file's 1"),
    "a text as index": (put("nodes", 0, "mesh", "0"), '/nodes/0/mesh is the text "0"; the index of one'),
    "a scene too high": (put("scene", 4), "/scene is 4; the index of one of the file's 1 scenes is due"),
    "a child too high": (
        put("nodes", 0, "children", [9]),
        "/nodes/0/children/0 is 9; the index of one of the file's 1",
    ),
    "a root too high": (
        put("scenes", 0, "nodes", [5]),
        "/scenes/0/nodes/0 is 5; the index of one of the file's 1 nodes",
    ),
    "a skin too high": (
        put("nodes", 0, "skin", 0),
        "/nodes/0/skin is 0; the index of one of the file's 0 skins is due",
    ),
    "a joint too high": (
        put("skins", [{"joints": [3]}]),
        "/skins/0/joints/0 is 3; the index of one of the file's 1 nodes",
    ),
    "a material too high": (put(*PRIMITIVE, "material", 1), "/meshes/0/primitives/0/material is 1; the index of one"),
    "an attribute too high": (
        put(*PRIMITIVE, "attributes", "a/b~c", 99),
        "/meshes/0/primitives/0/attributes/a~1b~0c is 99; the index of one",
    ),
    "an image too high": (
        put("textures", [{"source": 0}]),
        "/textures/0/source is 0; the index of one of the file's 0",
    ),
    "an image of an extension too high": (
        put("textures", [{"extensions": {"KHR_texture_basisu": {"source": 8}}}]),
        "/textures/0/extensions/KHR_texture_basisu/source is 8",
    ),
    "a mode of 7": (put(*PRIMITIVE, "mode", 7), "/meshes/0/primitives/0/mode is 7; a whole number from 0 to 6 is due"),
    "a matrix of 15": (put("nodes", 0, "matrix", [1.0] * 15), "/nodes/0/matrix has 15 numbers; 16 are due"),
    "a matrix of texts": (put("nodes", 0, "matrix", ["1"] * 16), '/nodes/0/matrix/0 is the text "1"; a number is due'),
    "a scale of booleans": (put("nodes", 0, "scale", [True] * 3), "/nodes/0/scale/0 is true; a number is due"),
    "a scale beyond numbers": (
        lambda: glb(
            document(
                nodes=[{"scale": [1e308] * 3, "children": [1]}, {"scale": [1e308] * 3, "mesh": 0}],
                scenes=[{"nodes": [0]}],
                **{key: box_model()[0][key] for key in ("meshes", "materials", "accessors", "bufferViews", "buffers")},
            ),
            box_model()[1],
        ),
        "/nodes/1 is moved or scaled beyond every number",
    ),
    # accessors, views, buffers
    "an unknown type": (put(*ACCESSOR, "type", "VEC5"), "/accessors/0/type is no type of accessor; one of SCALAR"),
    "a type that is no text": (put(*ACCESSOR, "type", []), "/accessors/0/type is an array of 0; a text is due"),
    "an unknown component": (put(*ACCESSOR, "componentType", 5124), "/accessors/0/componentType is 5124; one of 5120"),
    "no elements": (put(*ACCESSOR, "count", 0), "/accessors/0/count is 0; a whole number from 1 to"),
    "countless elements": (put(*ACCESSOR, "count", HUGE), "/accessors/0/count is 18446744073709551615; a whole number"),
    "elements beyond the view": (
        put(*ACCESSOR, "count", 25),
        "/accessors/0/count reaches byte 300; bufferView 0 has 288",
    ),
    "min of two": (put(*ACCESSOR, "min", [0, 0]), "/accessors/0/min has 2 numbers; 3 are due"),
    "min above max": (put(*ACCESSOR, "min", [9, 0, 0]), "/accessors/0/min has 9 where max has 0.5"),
    "normalized is 1": (put(*ACCESSOR, "normalized", 1), "/accessors/0/normalized is 1; true or false is due"),
    "sparse beyond count": (
        put(*ACCESSOR, "sparse", {"count": 2**31}),
        "/accessors/0/sparse/count is 2147483648; a whole number from 1 to 24",
    ),
    "sparse without views": (put(*ACCESSOR, "sparse", {"count": 1}), "/accessors/0/sparse/indices names no bufferView"),
    "a view beyond the buffer": (
        put("bufferViews", 0, "byteOffset", 10**6),
        "/bufferViews/0/byteLength ends at byte 1000288; buffer 0 has 648 bytes",
    ),
    "a view of no buffer": (
        put("bufferViews", 0, {}),
        "/bufferViews/0/buffer is missing; the index of a buffer is due",
    ),
    "a stride of 1,000": (
        put("bufferViews", 0, "byteStride", 1000),
        "/bufferViews/0/byteStride is 1000; a whole number",
    ),
    "a buffer beyond BIN": (
        put("buffers", 0, "byteLength", 9999),
        "/buffers/0/byteLength is 9999; the BIN chunk has 648",
    ),
    "a buffer without BIN": (
        made(lambda: document(buffers=[{"byteLength": 4}])),
        "/buffers/0/byteLength is 4, but the file has no BIN chunk",
    ),
    # texts
    "a long name": (put("nodes", 0, "name", "x" * 1025), "/nodes/0/name has 1025 bytes; at most 1024 are taken"),
    "a long Chinese name": (
        put("meshes", 0, "name", "焊" * 400),
        "/meshes/0/name has 1200 bytes; at most 1024 are taken",
    ),
    "NUL in a name": (put("nodes", 0, "name", "a\0b"), "/nodes/0/name holds a NUL character"),
    "a name that is a number": (put("materials", 0, "name", 1), "/materials/0/name is 1; a text is due"),
    "extensions without end": (put("extensionsUsed", ["A"] * 1001), "/extensionsUsed has 1001 entries; at most 1000"),
    "extensions of numbers": (put("extensionsRequired", [1]), "/extensionsRequired/0 is 1; a text is due"),
    # the graph
    "a node in itself": (nodes([0]), "/nodes/0 is its own ancestor: the nodes form a cycle"),
    "a cycle of two": (nodes([], [2], [1]), "/nodes/1 is its own ancestor: the nodes form a cycle"),
    "a cycle with a tail": (nodes([], [2, 3], [1], []), "/nodes/1 is its own ancestor: the nodes form a cycle"),
    "two parents": (nodes([2], [2], []), "/nodes/1/children/0 is node 2, which is used twice: it is a child of node 0"),
    "a child twice": (nodes([1, 1], []), "/nodes/0/children/1 is node 1, which is used twice"),
    "a root twice": (put("scenes", 0, "nodes", [0, 0]), "/scenes/0/nodes/1 is node 0, which is used twice"),
    "a chain of 600": (lambda: glb(*chain_model(600)), "/nodes/512 lies 513 levels deep; at most 512 are taken"),
    # animations
    "a missing node moves": (
        put(*CHANNEL, "target", {"node": 7, "path": "scale"}, model=animated),
        "/animations/0/channels/0/target/node is 7; the index of one of the file's 1 nodes",
    ),
    "a missing sampler": (
        put(*CHANNEL, "sampler", 1, model=animated),
        "/animations/0/channels/0/sampler is 1; the index of one of the file's 1 samplers of this animation",
    ),
    "no sampler": (put(*CHANNEL, {}, model=animated), "/animations/0/channels/0/sampler is missing"),
    "no target": (put(*CHANNEL, {"sampler": 0}, model=animated), "/animations/0/channels/0/target is missing"),
    "no input": (
        put("animations", 0, "samplers", [{"output": 0}], model=animated),
        "/animations/0/samplers/0/input is missing",
    ),
    # instances
    "instances of two numbers": (
        put("nodes", 0, "extensions", "EXT_mesh_gpu_instancing", "attributes", "SCALE", 0, model=instanced),
        "/nodes/0/extensions/EXT_mesh_gpu_instancing/attributes have 2 to 24 instances",
    ),
    # URIs
    "a buffer of the server": (
        put("buffers", 0, "uri", "../../etc/passwd"),
        '/buffers/0/uri points outside the file, to "../../etc/passwd"; pack all into the GLB',
    ),
    "a file": (put("images", 0, "uri", "file:///etc/passwd", model=pictured), "/images/0/uri points outside the file"),
    "a web address": (put("images", 0, "uri", "http://10.0.0.1/", model=pictured), "/images/0/uri points outside"),
    "a percent-encoded path": (put("images", 0, "uri", "%2e%2e%2fa", model=pictured), "/images/0/uri points outside"),
    "a backslash": (put("images", 0, "uri", "..\\..\\a.png", model=pictured), "/images/0/uri points outside the file"),
    "an empty address": (put("images", 0, "uri", "", model=pictured), "/images/0/uri points outside the file"),
    **{
        f"the address {uri}": (put("images", 0, "uri", uri, model=pictured), "/images/0/uri points outside the file")
        for uri in ODD_ADDRESSES
    },
    "a number as address": (put("images", 0, "uri", 4, model=pictured), "/images/0/uri is 4; a data: URI is due"),
    "an address in an extension": (
        put("extensions", {"X_audio": {"clips": [{}, {"uri": "a.mp3"}]}}),
        "/extensions/X_audio/clips/1/uri points outside",
    ),
    "an address in the depth": (nested(b"extras", b'{"uri": "a.png"}'), "/extras/0/0/0/0"),
    **AMPLIFIED,
}
