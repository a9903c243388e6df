"""The files beside a spreadsheet, in a folder or a zip: those that are meant are found, and no other is ever opened."""

import contextlib
import io
import os
import socket
import stat
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile, ZipInfo

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exhibit_api.errors import NotFound, Rejected
from exhibit_api.gltf.beside import Beside, nearest
from exhibit_api.gltf.pack import pack
from exhibit_api.gltf.report import inspect
from exhibit_api.importing.archive import Archive
from exhibit_api.importing.folder import Folder
from tests.gltf.building import box, box_model

ROBOT = box()
PLENTY = 1 << 30  # bytes


def zipped(*entries: tuple[str | ZipInfo, bytes], method: int = ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", method) as found:
        for name, data in entries:
            found.writestr(name, data)
    return file.getvalue()


def archive(data: bytes, *, most_bytes: int = PLENTY, most_files: int = 100) -> Archive:
    return Archive(io.BytesIO(data), most_bytes=most_bytes, most_files=most_files)


def refused(data: bytes, *, most_bytes: int = PLENTY, most_files: int = 100) -> str:
    with pytest.raises(Rejected) as caught:
        archive(data, most_bytes=most_bytes, most_files=most_files)
    return caught.value.detail


def content(beside: Beside, name: str) -> bytes:
    with beside.open(name) as file:
        return file.read()


def folder_of(path: Path, files: dict[str, bytes]) -> Beside:
    for name, data in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)
    return Folder(path)


def zip_of(path: Path, files: dict[str, bytes]) -> Beside:
    return archive(zipped(*files.items()))


both = pytest.mark.parametrize("laid", [folder_of, zip_of])
Laid = Callable[[Path, dict[str, bytes]], Beside]


@both
def test_models_beside_a_spreadsheet_are_found_and_read(laid: Laid, tmp_path: Path) -> None:
    beside = laid(tmp_path, {"models/robot.glb": ROBOT, "焊接/机器人.glb": b"two", "list.csv": b""})
    assert beside.names == {"models/robot.glb", "焊接/机器人.glb", "list.csv"}
    assert beside.size("models/robot.glb") == len(ROBOT)
    assert content(beside, "models/robot.glb") == ROBOT
    assert content(beside, "焊接/机器人.glb") == b"two"
    assert content(beside, "list.csv") == b""


@both
def test_what_machines_leave_behind_is_passed_over(laid: Laid, tmp_path: Path) -> None:
    litter = (".DS_Store", "__MACOSX/._robot.glb", "models/Thumbs.db", "~$list.xlsx", ".git/config", "desktop.ini")
    assert laid(tmp_path, dict.fromkeys(litter, b"x") | {"robot.glb": ROBOT, "b/c.glb": ROBOT}).names == {
        "robot.glb",
        "b/c.glb",
    }


@both
def test_names_are_compared_in_one_form_of_unicode(laid: Laid, tmp_path: Path) -> None:
    beside = laid(tmp_path, {"cafe\u0301.glb": ROBOT, "other.glb": b""})
    assert "caf\u00e9.glb" in beside.names
    assert content(beside, "cafe\u0301.glb") == content(beside, "caf\u00e9.glb") == ROBOT


@both
@pytest.mark.parametrize("ask", [Beside.size, Beside.open])
def test_a_file_that_is_not_there_is_told_with_the_one_that_is(
    laid: Laid, ask: Callable[[Beside, str], object], tmp_path: Path
) -> None:
    beside = laid(tmp_path, {"models/Robot.glb": ROBOT, "list.csv": b""})
    with pytest.raises(
        NotFound, match=r'^"robot\.gltf" is not in the .*: "models/Robot\.glb" is there; is it meant\?$'
    ):
        getattr(beside, ask.__name__)("robot.gltf")
    with pytest.raises(NotFound, match="put it there; 2 other files are"):
        beside.size("窗.png")


@both
def test_a_gltf_is_packed_from_where_it_lies(laid: Laid, tmp_path: Path) -> None:
    json, data = box_model()
    json["buffers"][0]["uri"] = "../shared/box.bin"
    beside = laid(tmp_path, {"models/box.gltf": orjson.dumps(json), "shared/box.bin": data})
    out = io.BytesIO()
    pack(content(beside, "models/box.gltf"), beside, "models", out, most_bytes=PLENTY)
    assert inspect(out, len(out.getvalue())).publishable


@pytest.mark.parametrize(
    ("name", "names", "meant"),
    [
        ("Models/ROBOT.glb", {"models/robot.glb", "models/robot2.glb"}, "models/robot.glb"),
        ("robot.glb", {"b/robot.glb", "a/b/robot.glb"}, "b/robot.glb"),
        ("robot.glb", {"models/robot.gltf"}, "models/robot.gltf"),
        ("models/robot.glb", {"a/robot.gltf", "models/robot.gltf"}, "models/robot.gltf"),
        ("robot", {"models/robot.glb", "robots.csv"}, "models/robot.glb"),
        ("wood.jpg", {"wood.JPEG"}, "wood.JPEG"),
        ("welding robot.glb", {"welding_robot.glb", "painting_robot.glb"}, "welding_robot.glb"),
        ("ｒｏｂｏｔ.glb", {"robot.glb"}, "robot.glb"),
        ("焊接机器入.glb", {"焊接机器人.glb", "桥.glb"}, "焊接机器人.glb"),
        ("robot.gbl", {"robot.glb"}, "robot.glb"),
        ("robot.png", {"robot.glb"}, None),
        ("robot.glb", {"bridge.glb"}, None),
        ("robot.glb", set(), None),
        ("", {"robot.glb"}, None),
        ("r" * 10_000, {"robot.glb"}, None),
    ],
)
def test_the_name_that_was_probably_meant(name: str, names: set[str], meant: str | None) -> None:
    assert nearest(name, names) == meant


def test_a_link_in_a_folder_is_never_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "key.pem").write_bytes(b"secret")
    (tmp_path / "hall").mkdir()
    (tmp_path / "hall" / "robot.glb").symlink_to(tmp_path / "secret" / "key.pem")
    (tmp_path / "hall" / "models").symlink_to(tmp_path / "secret")
    folder = Folder(tmp_path / "hall")
    assert folder.names == frozenset()
    for name, link in (("robot.glb", "robot.glb"), ("models/key.pem", "models")):
        with pytest.raises(Rejected, match=f'^"{link}" is a symbolic link: put the file itself there$'):
            folder.open(name)


@pytest.mark.parametrize("at", ["models/robot.glb", "models"])
def test_a_link_that_takes_the_place_of_a_file_is_not_followed(at: str, tmp_path: Path) -> None:
    for name in ("hall/models", "secret"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "robot.glb").write_bytes(name.encode())
    folder = Folder(tmp_path / "hall")
    (tmp_path / "hall" / at).rename(tmp_path / "gone")
    (tmp_path / "hall" / at).symlink_to(tmp_path / "secret" / at.removeprefix("models").removeprefix("/"))
    with pytest.raises(Rejected, match=r"cannot be read|was replaced after the folder was looked at"):
        folder.open("models/robot.glb")


def test_what_is_no_file_is_refused_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.glb")
    monkeypatch.chdir(tmp_path)  # the name of a socket may not be long
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.glb")
        folder = Folder(tmp_path)
    for name, kind in (("pipe.glb", "a pipe, no file"), ("socket.glb", "a socket, no file")):
        with pytest.raises(Rejected, match=f'"{name}" is {kind}'):
            folder.size(name)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "robot.glb").write_bytes(ROBOT)
    (tmp_path / "robot.glb").chmod(0)
    with pytest.raises(Rejected, match=r'"robot\.glb" cannot be read: Permission denied'):
        Folder(tmp_path).open("robot.glb")


def test_what_lies_too_deep_to_be_read_is_told_when_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = "d" * 250
    monkeypatch.chdir(tmp_path)
    for _ in range(17):
        Path("x" * 255).write_bytes(b"")
        Path(step).mkdir()
        os.chdir(step)
    folder = Folder(tmp_path)
    below = next(name for name, what in folder.refused.items() if "a folder that cannot be read" in what)
    with pytest.raises(Rejected, match="is a folder that cannot be read: File name too long"):
        folder.open(f"{below}/robot.glb")
    beside = below.rpartition("/")[0] + "/" + "x" * 255
    with pytest.raises(Rejected, match="is not to be read: File name too long"):
        folder.open(beside)


def test_a_folder_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_bytes(b"")
    with pytest.raises(NotFound, match='there is no folder "halls"'):
        Folder(tmp_path / "halls")
    with pytest.raises(Rejected, match=r'"list\.csv" is no folder'):
        Folder(tmp_path / "list.csv")
    with pytest.raises(Rejected, match="cannot be read: File name too long"):
        Folder(tmp_path / ("long" * 100))


def test_a_folder_of_too_many_files_is_refused(tmp_path: Path) -> None:
    for at in range(6):
        (tmp_path / f"{at}.glb").write_bytes(b"")
    assert len(Folder(tmp_path, most_files=6).names) == 6
    with pytest.raises(Rejected, match="has more than 5 files and folders: divide it"):
        Folder(tmp_path, most_files=5)


def test_a_name_on_disk_that_chinese_windows_wrote_is_read(tmp_path: Path) -> None:
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + "焊接.glb".encode("gb18030")))).write_bytes(ROBOT)
    assert content(Folder(tmp_path), "焊接.glb") == ROBOT


def test_two_names_on_disk_that_look_the_same_are_refused(tmp_path: Path) -> None:
    for name in ("cafe\u0301.glb", "caf\u00e9.glb"):
        (tmp_path / name).write_bytes(b"")
    with pytest.raises(Rejected, match="is there twice, in different forms of Unicode"):
        Folder(tmp_path)


def test_the_folder_that_was_zipped_is_taken_off_and_may_be_named(tmp_path: Path) -> None:
    found = archive(zipped(("展/robot.glb", ROBOT), ("展/a/b.bin", b"b"), ("__MACOSX/x", b"")))
    assert found.names == {"robot.glb", "a/b.bin"}
    assert content(found, "展/robot.glb") == content(found, "robot.glb") == ROBOT


def test_backslashes_of_windows_part_folders() -> None:
    assert archive(zipped(("models\\robot.glb", ROBOT), ("list.csv", b""))).names == {"models/robot.glb", "list.csv"}


def raw_named(raw: bytes, extra: bytes = b"") -> bytes:
    """A zip whose entry has a name of these bytes, and no word on their alphabet; and an entry "list.csv"."""
    info = ZipInfo("x" * len(raw))
    info.extra = extra
    return zipped((info, ROBOT), ("list.csv", b"")).replace(b"x" * len(raw), raw)


def unicode_path(raw: bytes, name: str) -> bytes:
    text = name.encode()
    return struct.pack("<HHBI", 0x7075, 5 + len(text), 1, zlib.crc32(raw)) + text


@pytest.mark.parametrize(
    ("raw", "extra", "name"),
    [
        ("焊接机器人.glb".encode("gb18030"), b"", "焊接机器人.glb"),
        ("展品\\桥.glb".encode("gb18030"), b"", "展品/桥.glb"),
        ("焊接.glb".encode(), b"", "焊接.glb"),  # macOS
        ("Müller.glb".encode("cp437"), b"", "Müller.glb"),
        ("Café.glb".encode("cp437"), b"", "Café.glb"),
        (b"\xff\xff.glb", b"", "\u00a0\u00a0.glb"),
        (b"_____.glb", unicode_path(b"_____.glb", "Šárka.glb"), "Šárka.glb"),  # WinRAR
        (b"_____.glb", unicode_path(b"another.glb", "Šárka.glb"), "_____.glb"),
        (b"_____.glb", struct.pack("<HHB", 0x7075, 1, 1), "_____.glb"),
    ],
)
def test_names_in_the_alphabets_that_zips_have(raw: bytes, extra: bytes, name: str) -> None:
    assert archive(raw_named(raw, extra)).names == {name, "list.csv"}


def entry(name: str, *, mode: int = 0, system: int = 3) -> ZipInfo:
    info = ZipInfo(name)
    info.create_system, info.external_attr = system, mode << 16
    return info


def patched(data: bytes, local: int, listed: int, value: bytes) -> bytes:
    """The zip with a field of its first entry set in both headers, at these offsets."""
    at = data.index(b"PK\1\2")
    data = data[:local] + value + data[local + len(value) :]
    return data[: at + listed] + value + data[at + listed + len(value) :]


ONE = zipped(("robot.glb", ROBOT))
NAMES = {
    "absolute": ("/etc/passwd", '"/etc/passwd" is an absolute path; make the zip again with relative ones'),
    "absolute by backslash": ("\\etc\\passwd", "is an absolute path"),
    "a drive": ("C:\\robot.glb", "is an absolute path"),
    "a way out": ("models/../../robot.glb", '"models/../../robot.glb" leads out of the zip ("..")'),
    "a way out by backslash": ("..\\robot.glb", "leads out of the zip"),
    "a way out of litter": ("__MACOSX/../../robot.glb", "leads out of the zip"),
    "long": ("r" * 300, "has a name of 300 characters; at most 299 are taken"),
    "control characters": ("robot\n.glb", "holds control characters in its name"),
}


@pytest.mark.parametrize(("name", "sentence"), NAMES.values(), ids=NAMES)
def test_names_that_lead_elsewhere_are_refused(name: str, sentence: str) -> None:
    assert sentence in refused(zipped(("list.csv", b""), (name, b"x")))


def test_a_name_with_a_nul_is_refused() -> None:
    assert refused(raw_named(b"robot.glb\0.exe")).startswith('"robot.glb�.exe" holds control characters')


KINDS = {
    "empty": (b"", "the file is empty: 0 bytes; a zip is due"),
    "a RAR": (b"Rar!\x1a\7\1\0", "this is no zip, but a RAR archive: unpack it and make a zip of the files"),
    "a 7z": (b"7z\xbc\xaf\x27\x1c\0\4", "this is no zip, but a 7z archive"),
    "a tar": (bytes(257) + b"ustar\x0000", "this is no zip, but a tar archive"),
    "a gzip": (b"\x1f\x8b\x08", "this is no zip, but a gzip archive"),
    "a program": (b"MZ\x90\0", "this is no zip, but a program"),
    "a model": (ROBOT, "this is no zip, but a GLB"),
    "noise": (b"name,model\n", "this is no zip: it starts with b'name'"),
    "a part": (b"PK\7\x08PK\3\4", "this is one part of a zip in several parts"),
    "the last part": (ONE[:-18] + b"\1\0" + ONE[-16:], "this is part 2 of a zip in several parts"),
    "half": (ONE[: len(ONE) // 2], f"the zip is truncated: it has {len(ONE) // 2} bytes, and the list of contents"),
    "its end alone": (b"PK\5\6" + ONE[-18:], "the zip is truncated: its list of contents has 55 bytes, 0 are there"),
    "a broken list": (ONE.replace(b"PK\1\2", b"PK\1\3"), "is broken after 0 entries"),
    "other extracts": (
        patched(ONE, 4, 6, b"\xff\0"),
        "the list of contents of the zip cannot be read (zip file version",
    ),
    "no file": (zipped(), "the zip holds no files"),
    "litter alone": (zipped((".DS_Store", b"")), "the zip holds no files"),
    "a spreadsheet": (zipped(("[Content_Types].xml", b""), ("xl/workbook.xml", b"")), "this is a document of Office"),
    "encrypted": (patched(ONE, 6, 8, b"\1\0"), '"robot.glb" is encrypted in the zip: make it again without a password'),
    "Deflate64": (patched(ONE, 8, 10, b"\x09\0"), "is packed by method 9 (Deflate64, as Windows does"),
    "bzip2": (zipped(("a.glb", ROBOT), method=ZIP_BZIP2), '"a.glb" is packed by method 12 (bzip2), which is not taken'),
    "LZMA": (zipped(("a.glb", ROBOT), method=ZIP_LZMA), "is packed by method 14 (LZMA)"),
    "a link": (zipped((entry("a.glb", mode=stat.S_IFLNK | 0o777), b"/etc/passwd")), '"a.glb" is a symbolic link'),
    "a device": (zipped((entry("a.glb", mode=stat.S_IFCHR | 0o666), b"")), '"a.glb" is no file in the zip'),
    "other letter case": (zipped(("a.glb", b"1"), ("A.glb", b"2")), '"A.glb" is in the zip twice, also as "a.glb"'),
    "another form": (zipped(("cafe\u0301.glb", b""), ("caf\u00e9.glb", b"")), "is in the zip twice"),
    "both slashes": (zipped(("a\\b.glb", b""), ("a/b.glb", b"")), '"a/b.glb" is in the zip twice: keep one'),
    "elsewhere": (ONE[:-35] + b"\7" + ONE[-34:], '"robot.glb" is not where the zip says'),
}


@pytest.mark.parametrize(("data", "sentence"), KINDS.values(), ids=KINDS)
def test_what_is_no_zip_of_plain_files_is_refused(data: bytes, sentence: str) -> None:
    assert sentence in refused(data)


def test_a_zip_that_says_a_hundred_gigabytes_is_refused_at_once() -> None:
    said = struct.pack("<I", 0xFFFF_FFF0)
    data = patched(zipped(("a.glb", ROBOT), method=ZIP_STORED), 22, 24, said)
    assert "as in a zip bomb" in refused(data, most_bytes=2**40)
    with_others = zipped(("a.glb", bytes(3000)), ("b.glb", ROBOT))
    detail = refused(with_others, most_bytes=1000)
    total = 3000 + len(ROBOT)
    assert detail.startswith(f"the zip unpacks to {total} bytes; at most 1000 are taken (the largest is ")


def test_bombs_by_their_ratio_are_refused_and_small_ones_are_let_be() -> None:
    assert refused(zipped(("a.bin", bytes(20 << 20)))).endswith("take it out, or store it without compression")
    crumbs = zipped(*((f"{at}.bin", bytes(1 << 20)) for at in range(9)))
    assert "more than 1000 to 1, as a zip bomb does" in refused(crumbs)
    assert archive(zipped(("a.bin", bytes(4 << 20)))).size("a.bin") == 4 << 20


def test_entries_that_share_their_bytes_are_refused() -> None:
    data = zipped(("a.glb", ROBOT), ("b.glb", ROBOT))
    first = data.index(b"PK\1\2")
    second = data.index(b"PK\1\2", first + 1)
    same = data[: second + 42] + struct.pack("<I", 0) + data[second + 46 :]
    assert refused(same).startswith('"a.glb" and "b.glb" share bytes in the zip, as in a zip bomb')
    long = data[: first + 20] + struct.pack("<I", len(ROBOT)) + data[first + 24 :]
    assert "share bytes" in refused(long)
    last = data[: second + 20] + struct.pack("<I", 10_000) + data[second + 24 :]
    assert '"b.glb" reaches into the list of contents' in refused(last)


def test_entries_whose_own_headers_quote_the_next_are_refused() -> None:
    data = zipped(("a.glb", ROBOT), ("b.glb", ROBOT))
    assert "share bytes" in refused(data[:28] + struct.pack("<H", 200) + data[30:])  # its extra field


def test_too_many_entries_are_refused_whatever_the_zip_tells_of_their_number() -> None:
    data = zipped(*((f"{at}.glb", b"") for at in range(101)))
    assert refused(data) == "the zip has more than 100 entries: divide it"
    assert refused(data[:-14] + b"\1\0\1\0" + data[-10:]) == "the zip has more than 100 entries: divide it"


def test_a_list_of_contents_that_is_vast_is_refused() -> None:
    info = ZipInfo("a.glb")
    info.comment = b"c" * 60_000
    assert "the list of contents of the zip has 60051 bytes; at most 11264 are taken" in refused(
        zipped((info, b"")), most_files=10
    )


def test_a_zip_within_a_zip_is_a_file_like_any_other() -> None:
    assert content(archive(zipped(("inner.zip", ONE), ("a.glb", b""))), "inner.zip") == ONE


def test_a_zip64_is_read() -> None:
    file = io.BytesIO()
    with ZipFile(file, "w") as found, found.open("robot.glb", "w", force_zip64=True) as inner:
        inner.write(ROBOT)
    data = file.getvalue()
    start, end = data.index(b"PK\1\2"), data.rindex(b"PK\5\6")
    record = struct.pack("<4sQ2H2I4Q", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, end - start, start)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, end, 1)
    marked = data[end : end + 8] + b"\xff" * 12 + b"\0\0"
    assert content(archive(data[:end] + record + locator + marked), "robot.glb") == ROBOT
    assert "is broken" in refused(data[:end] + bytes(56) + locator + marked)


@pytest.mark.parametrize("method", [ZIP_STORED, ZIP_DEFLATED])
@pytest.mark.parametrize("change", [-100, 100])
def test_never_more_is_read_than_the_zip_says_and_a_lie_is_told(method: int, change: int) -> None:
    data = zipped(("robot.glb", ROBOT), ("list.csv", b""), method=method)
    found = archive(patched(data, 22, 24, struct.pack("<I", len(ROBOT) + change)))
    out = io.BytesIO()
    with pytest.raises(Rejected, match=r'^"robot\.glb" (is broken in|has \d+ bytes in) the zip'):
        copy(found, "robot.glb", out)
    assert len(out.getvalue()) <= found.size("robot.glb")


def test_fewer_bytes_than_the_zip_says_are_told_even_if_their_checksum_is_right() -> None:
    found = archive(patched(zipped(("a.glb", ROBOT), ("b", b"")), 22, 24, struct.pack("<I", 5000)))
    with pytest.raises(Rejected, match=f'"a.glb" has {len(ROBOT)} bytes in the zip, which says 5000'):
        content(found, "a.glb")


def test_broken_bytes_are_told_while_they_are_read() -> None:
    data = zipped(("robot.glb", ROBOT), method=ZIP_STORED)
    at = data.index(ROBOT) + 50
    with pytest.raises(Rejected, match=r'"robot\.glb" is broken in the zip \(Bad CRC-32'):
        content(archive(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]), "robot.glb")
    deflated = zipped(("robot.glb", ROBOT))
    with pytest.raises(Rejected, match=r'"robot\.glb" is broken in the zip \(Error -3'):
        content(archive(deflated[:40] + b"\xff" * 20 + deflated[60:]), "robot.glb")
    renamed = ONE.replace(b"robot.glb", b"other.glb", 1)
    with pytest.raises(Rejected, match=r'"robot\.glb" is broken in the zip \(File name in directory'):
        content(archive(renamed), "robot.glb")


def test_a_zip_that_cannot_be_read_is_told_and_its_file_is_closed(tmp_path: Path) -> None:
    with pytest.raises(Rejected, match=r'"none\.zip" cannot be read: No such file'):
        Archive(tmp_path / "none.zip", most_bytes=PLENTY, most_files=1)
    (tmp_path / "a.zip").write_bytes(ONE)
    with Archive(tmp_path / "a.zip", most_bytes=PLENTY, most_files=1) as found:
        assert content(found, "robot.glb") == ROBOT
    assert found.own is not None
    assert found.own.closed


def copy(beside: Beside, name: str, out: io.BytesIO) -> None:
    with beside.open(name) as file:
        while piece := file.read(64):
            out.write(piece)


SAMPLE = zipped(("展品/机器人.glb", ROBOT), ("a.bin", bytes(100)), ("b\\c.txt", b"c"))


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255)), max_size=12), st.integers(0, 9))
def test_odd_bytes_anywhere_in_a_zip_raise_nothing_but_our_errors(changes: list[tuple[int, int]], cut: int) -> None:
    data = bytearray(SAMPLE)
    for at, value in changes:
        data[at] = value
    try:
        found = archive(bytes(data[: len(data) - max(0, cut - 6)]))
    except Rejected:
        return
    for name in found.names:
        out = io.BytesIO()
        with contextlib.suppress(Rejected):
            copy(found, name, out)
        assert len(out.getvalue()) <= found.size(name)
