"""A .gltf with its files beside it becomes one GLB that holds the same bytes, or is refused in words."""

import base64
import contextlib
import copy
import io
import re
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import quote

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exhibit_api.errors import BadModel, NotFound
from exhibit_api.gltf.container import MOST_JSON, Glb, read_glb
from exhibit_api.gltf.pack import pack
from exhibit_api.gltf.report import inspect
from exhibit_api.pipeline.gate import verdicts
from tests.gltf.building import Json, box_model, document, ktx2_header, png, triangle_model

ROOM = Path(__file__).parents[3] / "shared" / "corpus" / "models" / "cube-room"
PLENTY = 1 << 30  # bytes
WOOD, STONE = png(2, 2), png(4, 4)
PICTURES = {
    "image/png": WOOD,
    "image/jpeg": b"\xff\xd8\xff\xe0" + bytes(20),
    "image/webp": b"RIFF\x10\0\0\0WEBPVP8 " + bytes(20),
    "image/avif": b"\0\0\0\x1cftypavif\0\0\0\0avifmif1" + bytes(20),
    "image/ktx2": ktx2_header(4, 4, basis_lz=True),
}


class Shelf:
    """Files in memory, which counts what is read of them at once."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.names = frozenset(files)
        self.most_read = 0

    def size(self, name: str) -> int:
        if name not in self.files:
            raise NotFound(f"no {name}")
        return len(self.files[name])

    def open(self, name: str) -> BinaryIO:
        shelf = self

        class Watched(io.BytesIO):
            def read(self, size: int | None = -1, /) -> bytes:
                found = super().read(size)
                shelf.most_read = max(shelf.most_read, len(found))
                return found

        return Watched(self.files[name])


def packed(json: Json, files: dict[str, bytes] | None = None, folder: str = "") -> bytes:
    out = io.BytesIO()
    pack(orjson.dumps(json), Shelf(files or {}), folder, out, most_bytes=PLENTY)
    return out.getvalue()


def opened(data: bytes) -> Glb:
    return read_glb(io.BytesIO(data), len(data))


def bytes_of(data: bytes, view: int) -> bytes:
    """The bytes of a bufferView of a GLB."""
    glb = opened(data)
    found: Json = glb.json["bufferViews"][view]  # type: ignore[index]
    assert found["buffer"] == 0
    start = glb.bin_offset + found["byteOffset"]
    return data[start : start + found["byteLength"]]


def refused(json: Json | bytes, files: dict[str, bytes] | None = None, folder: str = "", most: int = PLENTY) -> str:
    text = json if isinstance(json, bytes) else orjson.dumps(json)
    out = io.BytesIO()
    with pytest.raises(BadModel) as caught:
        pack(text, Shelf(files or {}), folder, out, most_bytes=most)
    assert out.getvalue() == b""
    return caught.value.detail


def box_outside(uri: Any = "box.bin") -> tuple[Json, bytes]:
    """A box whose buffer has that URI, and the bytes of the buffer."""
    json, data = box_model()
    json["buffers"][0]["uri"] = uri
    return json, data


def pictured(*uris: str) -> tuple[Json, dict[str, bytes]]:
    """A triangle with an image of each URI, and its buffer as the file "triangle.bin"."""
    json, data = triangle_model()
    json["buffers"][0]["uri"] = "triangle.bin"
    json["images"] = [{"uri": uri} for uri in uris]
    json["textures"] = [{"source": at} for at in range(len(uris))]
    return json, {"triangle.bin": data}


def test_a_box_and_its_buffer_become_one_glb_that_is_taken() -> None:
    json, data = box_outside()
    glb = packed(json, {"box.bin": data})
    assert inspect(io.BytesIO(glb), len(glb)).publishable
    assert [bytes_of(glb, view) for view in range(3)] == [
        data[view["byteOffset"] :][: view["byteLength"]] for view in json["bufferViews"]
    ]


def test_equal_models_become_equal_bytes() -> None:
    json, files = pictured("wood.png")
    assert packed(json, {**files, "wood.png": WOOD}) == packed(copy.deepcopy(json), {"wood.png": WOOD, **files})


def test_a_text_that_needs_no_file_is_packed_too() -> None:
    glb = packed(document(scenes=[{}]))
    assert (opened(glb).json, opened(glb).bin_length) == (document(scenes=[{}]), 0)


def test_a_byte_order_mark_is_borne() -> None:
    out = io.BytesIO()
    pack(b"\xef\xbb\xbf" + orjson.dumps(document()), Shelf({}), "", out, most_bytes=PLENTY)
    assert opened(out.getvalue()).json == document()


@pytest.mark.parametrize(("media_type", "data"), PICTURES.items(), ids=PICTURES)
def test_a_picture_is_known_by_its_first_bytes_and_not_by_its_ending(media_type: str, data: bytes) -> None:
    json, files = pictured("wood.xyz")
    json["images"][0] |= {"mimeType": "image/gif", "name": "wood"}
    glb = packed(json, files | {"wood.xyz": data})
    assert opened(glb).json["images"] == [{"bufferView": 3, "mimeType": media_type, "name": "wood"}]
    assert bytes_of(glb, 3) == data


def test_a_picture_that_is_used_twice_is_stored_once() -> None:
    inline = "data:image/png;base64," + base64.b64encode(STONE).decode()
    json, files = pictured("wood.png", "./wood.png", inline, inline)
    glb = packed(json, files | {"wood.png": WOOD})
    assert [image["bufferView"] for image in opened(glb).json["images"]] == [3, 3, 4, 4]  # type: ignore[attr-defined]
    assert glb.count(WOOD) == glb.count(STONE) == 1


@pytest.mark.parametrize(
    "uri",
    [
        "data:application/octet-stream;base64,{base64}",
        "DATA:;BASE64,{base64}",
        "data:application/gltf-buffer;base64,{unfilled}",
        "data:;base64,{lines}",
        "data:application/octet-stream,{percent}",
    ],
)
def test_bytes_in_a_data_uri_are_packed(uri: str) -> None:
    json, data = box_outside()
    text = base64.b64encode(data).decode()
    lines = "\n".join(re.findall(".{1,76}", text))
    json["buffers"][0]["uri"] = uri.format(base64=text, unfilled=text.rstrip("="), lines=lines, percent=quote(data))
    assert bytes_of(packed(json), 0) == data[: json["bufferViews"][0]["byteLength"]]


@pytest.mark.parametrize(
    ("uri", "folder", "file"),
    [
        ("box.bin", "models", "models/box.bin"),
        ("../shared/box.bin", "models", "shared/box.bin"),
        ("./a//b/../box.bin", "", "a/box.bin"),
        ("a%20box.bin", "", "a box.bin"),
        ("%E7%84%8A%E6%8E%A5.bin", "机器人", "机器人/焊接.bin"),
        ("焊接.bin", "", "焊接.bin"),
        ("cafe\u0301.bin", "", "café.bin"),
        ("100%.bin", "", "100%.bin"),
        ("50%25.bin", "", "50%25.bin"),  # an exporter that escapes nothing
    ],
)
def test_files_are_found_as_relative_references(uri: str, folder: str, file: str) -> None:
    json, data = box_outside(uri)
    assert data in packed(json, {file: data}, folder)


OUTSIDE = {
    "another site": ("https://example.org/box.bin", "not beside the model: put the file there"),
    "a file address": ("file:///etc/passwd", "not beside the model"),
    "a drive": ("C:/box.bin", "not beside the model"),
    "a host": ("//example.org/box.bin", "an absolute path: put the file beside the model"),
    "an absolute path": ("/etc/passwd", "an absolute path"),
    "an absolute path, escaped": ("%2Fetc/passwd", "an absolute path"),
    "a way out": ("../../box.bin", "leaves the folder that was given: put the file into it"),
    "a way out, escaped": ("%2e%2e/%2E%2E/box.bin", "leaves the folder that was given"),
    "a backslash": ("textures\\box.bin", "holds a backslash; folders are parted by /"),
    "a NUL": ("box%00.bin", "holds a NUL character"),
    "nothing": ("", "is empty; the name of a file or a data: URI is due"),
    "other escapes": ("%C4%E3.bin", "whose percent-escapes are no UTF-8"),
    "a long one": ("a" * 5000, "has 5000 characters; at most 4096 are taken"),
    "a number": (7, "is 7; the name of a file or a data: URI is due"),
    "data without a comma": ("data:;base64", "is a data: URI without a comma"),
    "data of other letters": ("data:;base64,a_b-", "is a data: URI that is not of base64"),
    "endless escapes": ("data:," + "%41" * 100_001, "has 100001 percent-escapes; at most 100000 are taken"),
}


@pytest.mark.parametrize(("uri", "sentence"), OUTSIDE.values(), ids=OUTSIDE)
def test_what_is_not_beside_the_model_is_refused(uri: Any, sentence: str) -> None:
    json, data = box_outside(uri)
    detail = refused(json, {"models/box.bin": data}, "models")
    assert detail.startswith("/buffers/0/uri ")
    assert sentence in detail


@pytest.mark.parametrize(
    ("uri", "there", "meant"),
    [
        ("Textures/wood.png", "textures/Wood.PNG", "textures/Wood.PNG"),
        ("wood.png", "textures/wood.png", "textures/wood.png"),
        ("wood.png", "wood.jpg", "wood.jpg"),
        ("wodo.png", "wood.png", "wood.png"),
    ],
)
def test_the_file_that_was_probably_meant_is_named(uri: str, there: str, meant: str) -> None:
    json, files = pictured(uri)
    detail = refused(json, files | {there: WOOD})
    assert detail == f'/images/0/uri is "{uri}", a file that is not there: "{meant}" is there; is it meant?'


def test_a_file_that_is_not_there_at_all_is_asked_for() -> None:
    json, _ = box_outside("box%20%231.bin")
    assert refused(json, {"box #1.gltf": b""}) == (
        '/buffers/0/uri is "box%20%231.bin", a file ("box #1.bin") that is not there: '
        "put it beside the model, or export a GLB"
    )


def test_a_buffer_shorter_than_it_says_is_refused() -> None:
    json, data = box_outside()
    detail = refused(json, {"box.bin": data[:-4]})
    assert detail == f'/buffers/0/byteLength is {len(data)}, but "box.bin" has {len(data) - 4} bytes: is it whole?'


def test_bytes_behind_a_buffer_are_left_behind() -> None:
    json, data = box_outside()
    assert b"tail" not in packed(json, {"box.bin": data + b"tail"})


def test_a_view_that_would_reach_into_the_next_buffer_is_refused() -> None:
    json, data = box_outside()
    json["buffers"].append({"byteLength": 64, "uri": "other.bin"})
    json["bufferViews"][2]["byteLength"] += 8
    detail = refused(json, {"box.bin": data, "other.bin": bytes(64)})
    assert re.fullmatch(r"/bufferViews/2/byteLength ends at byte \d+; buffer 0 has \d+ bytes", detail)


def test_a_model_larger_than_may_be_is_refused_before_a_byte_is_read() -> None:
    json, _ = pictured("wood.png")
    json["buffers"][0]["byteLength"] = 10_000
    shelf = Shelf({"triangle.bin": bytes(10_000), "wood.png": WOOD})
    with pytest.raises(BadModel, match=r"the model has \d{5} bytes with all that it names; at most 10000 are taken"):
        pack(orjson.dumps(json), shelf, "", io.BytesIO(), most_bytes=10_000)
    assert shelf.most_read == 0


def test_a_model_larger_than_a_glb_can_be_is_refused() -> None:
    class Vast(Shelf):
        def size(self, name: str) -> int:
            return 2**32

    json, _ = box_outside()
    json["buffers"][0]["byteLength"] = 2**32
    with pytest.raises(BadModel, match="at most 4294967295 are taken"):
        pack(orjson.dumps(json), Vast({"box.bin": b""}), "", io.BytesIO(), most_bytes=2**40)


def test_a_large_file_is_copied_in_pieces() -> None:
    json = document(buffers=[{"byteLength": 2_000_000, "uri": "noise.bin"}])
    shelf = Shelf({"noise.bin": bytes(2_000_000)})
    out = io.BytesIO()
    pack(orjson.dumps(json), shelf, "", out, most_bytes=PLENTY)
    assert shelf.most_read <= 256 << 10
    assert opened(out.getvalue()).bin_length == 2_000_000


def test_a_file_that_shrinks_while_it_is_copied_is_named() -> None:
    class Shrinking(Shelf):
        def open(self, name: str) -> BinaryIO:
            return io.BytesIO(self.files[name][:100])

    json, data = box_outside()
    with pytest.raises(BadModel, match=r'^/buffers/0/uri is "box.bin", which cannot be read: it ends \d+ bytes before'):
        pack(orjson.dumps(json), Shrinking({"box.bin": data}), "", io.BytesIO(), most_bytes=PLENTY)


def test_a_file_that_cannot_be_read_is_named() -> None:
    class Failing(Shelf):
        def open(self, name: str) -> BinaryIO:
            class Broken(io.BytesIO):
                def read(self, size: int | None = -1, /) -> bytes:
                    raise OSError(5, "Input/output error")

            return Broken()

    json, data = box_outside()
    with pytest.raises(BadModel, match=r'"box\.bin", which cannot be read: Input/output error'):
        pack(orjson.dumps(json), Failing({"box.bin": data}), "", io.BytesIO(), most_bytes=PLENTY)


def test_a_picture_of_another_kind_is_refused() -> None:
    json, files = pictured("wood.tga")
    assert refused(json, files | {"wood.tga": b"\0\0\2" + bytes(40)}).startswith(
        '/images/0/uri is "wood.tga", which is no PNG, JPEG, WebP, AVIF or KTX2: export it'
    )


def test_an_image_that_is_in_two_places_is_refused() -> None:
    json, files = pictured("wood.png")
    json["images"][0]["bufferView"] = 0
    assert refused(json, files | {"wood.png": WOOD}).startswith("/images/0/uri stands beside a bufferView")


def test_a_buffer_that_is_nowhere_is_refused() -> None:
    json, _ = box_model()
    assert refused(json).startswith("/buffers/0/uri is missing: the bytes of this buffer are nowhere")


@pytest.mark.parametrize("place", ["extensions", "extras"])
def test_other_files_that_a_model_names_are_refused_by_their_place(place: str) -> None:
    json, data = box_outside()
    json[place] = {"KHR_audio": {"audio": [{"uri": "hum.mp3"}]}}
    detail = refused(json, {"box.bin": data, "hum.mp3": b"hum"})
    assert detail.startswith(f'/{place}/KHR_audio/audio/0/uri points outside the file, to "hum.mp3"; only the files of')


TEXTS = {
    "nothing": (b"", "the .gltf is empty: 0 bytes"),
    "a GLB": (b"glTF\2\0\0\0", "this is no .gltf but a GLB, by its first bytes: name it .glb"),
    "a page": (b"<!doctype html><p>404", "this is no .gltf: it looks like a web page (HTML)"),
    "half a text": (b'{"asset":', "the .gltf cannot be read: unexpected end of data"),
    "version 1": (b'{"asset":{"version":"1.0"}}', '/asset/version is "1.0"; glTF 2.x is taken'),
    "depth": (b'{"asset":{"version":"2.0"},"extras":' + b"[" * 400 + b"]" * 400 + b"}", "lie too deep in one another"),
    "buffers that are none": (b'{"asset":{"version":"2.0"},"buffers":{}}', "/buffers is an object; an array is due"),
    "a great text": (b" " * (MOST_JSON + 1), f"the .gltf has {MOST_JSON + 1} bytes; at most {MOST_JSON} are taken"),
    "endless objects": (b'{"extras":[' + b"[],[" * 300_000, "the .gltf has 600002 objects and arrays"),
}


@pytest.mark.parametrize(("text", "sentence"), TEXTS.values(), ids=TEXTS)
def test_what_is_no_gltf_text_is_refused(text: bytes, sentence: str) -> None:
    assert sentence in refused(text)


def compressed(name: str) -> Json:
    """A model whose view 0 is unpacked from "data.bin" into a fall-back that stands before it, and view 1 is plain."""
    packed_view = {"buffer": 1, "byteOffset": 16, "byteLength": 32, "byteStride": 256, "count": 1, "mode": "ATTRIBUTES"}
    return document(
        buffers=[
            {"byteLength": 256, "extensions": {name: {"fallback": True}}},
            {"byteLength": 20, "uri": "first.bin"},
            {"byteLength": 64, "uri": "data.bin"},
        ],
        bufferViews=[
            {"buffer": 0, "byteLength": 256, "extensions": {name: {**packed_view, "buffer": 2}, "X_kept": {"a": 1}}},
            {"buffer": 1, "byteOffset": 4, "byteLength": 16},
        ],
        extensionsUsed=[name],
        extensionsRequired=[name],
    )


@pytest.mark.parametrize("name", ["EXT_meshopt_compression", "KHR_meshopt_compression"])
def test_compressed_views_and_their_fall_back_are_moved(name: str) -> None:
    files = {"first.bin": bytes(range(20)), "data.bin": bytes(range(100, 164))}
    glb = packed(compressed(name), files)
    json: Json = opened(glb).json
    assert json["buffers"] == [{"byteLength": 88}, {"byteLength": 256, "extensions": {name: {"fallback": True}}}]
    view, plain = json["bufferViews"]
    assert (view["buffer"], view["byteOffset"], view["byteLength"]) == (1, 0, 256)
    assert (view["extensions"][name]["buffer"], view["extensions"][name]["byteOffset"]) == (0, 24 + 16)
    assert view["extensions"]["X_kept"] == {"a": 1}
    assert (plain["buffer"], plain["byteOffset"]) == (0, 4)
    assert inspect(io.BytesIO(glb), len(glb))


def test_compressed_views_that_have_nothing_to_unpack_are_refused() -> None:
    name = "EXT_meshopt_compression"
    files = {"first.bin": bytes(20), "data.bin": bytes(64)}
    from_nothing, into_nothing, too_far = (compressed(name) for _ in range(3))
    from_nothing["bufferViews"][0]["extensions"][name]["buffer"] = 0
    assert f"/extensions/{name}/buffer names a buffer that has no bytes to unpack" in refused(from_nothing, files)
    del into_nothing["bufferViews"][0]["extensions"][name]
    assert refused(into_nothing, files).startswith(
        "/bufferViews/0/buffer names a buffer that has no bytes, and nothing"
    )
    too_far["bufferViews"][0]["extensions"][name]["byteOffset"] = 40
    assert f"/extensions/{name}/byteLength ends at byte 72; buffer 2 has 64 bytes" in refused(too_far, files)
    alone = document(buffers=[{"byteLength": 8, "extensions": {name: {"fallback": True}}}])
    assert "there is nothing to unpack into this buffer" in refused(alone)


def test_an_unknown_extension_that_names_a_buffer_which_moves_is_refused() -> None:
    json, data = box_outside()
    json["extensions"] = {"X_cloud": {"points": [{"buffer": 0}]}}
    assert data in packed(json, {"box.bin": data})  # it stays where it was
    json["buffers"].insert(0, {"byteLength": 8, "uri": "first.bin"})
    for view in json["bufferViews"]:
        view["buffer"] = 1
    json["extensions"]["X_cloud"]["points"][0]["buffer"] = 1
    json["extras"] = {"buffer": 1}  # the author's own words
    detail = refused(json, {"box.bin": data, "first.bin": bytes(8)})
    assert detail.startswith("/extensions/X_cloud/points/0/buffer names buffer 1, which moves when it is packed")


def test_an_unknown_extension_of_a_buffer_is_refused() -> None:
    json, data = box_outside()
    json["buffers"][0]["extensions"] = {"MPEG_buffer_circular": {"count": 2}}
    assert refused(json, {"box.bin": data}).startswith("/buffers/0/extensions/MPEG_buffer_circular is of a buffer")


def test_the_buffer_keeps_its_name() -> None:
    json, data = box_outside()
    json["buffers"][0] |= {"name": "box", "extras": {"made": "by hand"}}
    assert opened(packed(json, {"box.bin": data})).json["buffers"] == [
        {"byteLength": len(data), "name": "box", "extras": {"made": "by hand"}}
    ]


@st.composite
def scattered(draw: st.DrawFn) -> tuple[Json, dict[str, bytes], list[bytes]]:
    """A triangle with pictures whose views lie in several buffers, in files and data: URIs, with gaps before them."""
    json, data = triangle_model(WOOD, STONE)
    views = [data[view["byteOffset"] :][: view["byteLength"]] for view in json["bufferViews"]]
    count = draw(st.integers(1, 4))
    buffers = [bytearray() for _ in range(count)]
    for view, content in zip(json["bufferViews"], views, strict=True):
        at = draw(st.integers(0, count - 1))
        buffers[at] += bytes(4 * draw(st.integers(0, 2)) + (-len(buffers[at]) % 4))
        view |= {"buffer": at, "byteOffset": len(buffers[at])}
        buffers[at] += content + bytes(draw(st.integers(0, 5)))
    files: dict[str, bytes] = {}
    json["buffers"] = [
        {"byteLength": max(len(buffer), 1), "uri": draw(put(files, bytes(buffer) or b"\0"))} for buffer in buffers
    ]
    for at, content in enumerate((WOOD, STONE)):
        if draw(st.booleans()):
            json["images"][at] = {"uri": draw(put(files, content))}
    return json, files, views


def put(files: dict[str, bytes], content: bytes) -> st.SearchStrategy[str]:
    """Where these bytes may be: a URI of a file, which is added to the files, or of data."""

    def beside(folder: str) -> str:
        name = f"{folder}part {len(files)}.bin"
        files[name] = content
        return quote(name)

    inline = st.just("data:;base64," + base64.b64encode(content).decode())
    return st.one_of(st.sampled_from(["", "a/", "机/b/"]).map(beside), inline)


@settings(deadline=None)
@given(scattered())
def test_however_a_model_is_scattered_the_glb_reads_the_same_bytes(
    model: tuple[Json, dict[str, bytes], list[bytes]],
) -> None:
    json, files, views = model
    glb = packed(json, files)
    assert inspect(io.BytesIO(glb), len(glb)).publishable
    assert [bytes_of(glb, at) for at in range(len(views))] == views
    found: Json = opened(glb).json
    assert all(view["byteOffset"] % 4 == 0 for view in found["bufferViews"])
    assert [bytes_of(glb, image["bufferView"]) for image in found["images"]] == [WOOD, STONE]
    assert "uri" not in str(found)


ODD = st.one_of(
    st.none(), st.booleans(), st.integers(-2, 2**53), st.sampled_from(["", "data:,", "a.bin", [], {}, [{}]])
)


@settings(deadline=None)
@given(
    place=st.sampled_from(["buffers", "bufferViews", "images"]),
    key=st.sampled_from(["uri", "byteLength", "byteOffset", "buffer", "bufferView", "extensions"]),
    value=ODD,
)
def test_odd_values_raise_nothing_but_bad_model(place: str, key: str, value: Any) -> None:
    json, files = pictured("wood.png")
    json[place][0][key] = value
    with contextlib.suppress(BadModel):
        packed(json, files | {"wood.png": WOOD})


@pytest.mark.skipif(not ROOM.exists(), reason="the corpus of real models is not beside the checkout")
def test_the_room_of_the_corpus_is_packed_and_the_validator_finds_no_error(tmp_path: Path) -> None:
    files = {path.name: path.read_bytes() for path in ROOM.iterdir()}
    json = orjson.loads(files["cube-room.gltf"])
    path = tmp_path / "cube-room.glb"
    path.write_bytes(packed(json, files))
    with path.open("rb") as file:
        assert inspect(file, path.stat().st_size).publishable
    assert files["CubeRoom_BakedDiffuse_2048.png"] in path.read_bytes()
    (found,) = verdicts([path], tmp_path)
    assert found.report is not None
    assert found.report["issues"]["numErrors"] == 0
    assert "uri" not in str(opened(path.read_bytes()).json)
