"""The catalogue's pictures show the model, whole and in the middle, alone or on a ground; or say why there are none."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from exhibit_api.gltf.report import examine
from exhibit_api.pipeline import posters
from exhibit_api.pipeline.child import never
from exhibit_api.pipeline.ground import Footprint, grounded
from exhibit_api.pipeline.light import HEIGHT, WIDTH, studio, write_studio
from exhibit_api.pipeline.make import make
from exhibit_api.pipeline.outcome import Product, Reason, ReasonCode
from exhibit_api.pipeline.recipes import POSTER_SIZES
from tests.gltf.building import Json, box, box_model, glb
from tests.pipeline.drawing import require_graphics

Pixels = npt.NDArray[np.uint8]


@pytest.fixture(autouse=True)
def _fresh_probe() -> Iterator[None]:
    """What a test finds out about a machine is not true of the next one's."""
    yield
    posters.lacking.cache_clear()


def drawn(data: bytes, folder: Path, sizes: tuple[int, ...] = (512,)) -> dict[str, Product]:
    """The pictures of a model. Large ones take a software renderer four times as long."""
    require_graphics()
    path = folder / "model.glb"
    path.write_bytes(data)
    pictures = posters.draw(path, folder, stopping=never, sizes=sizes)
    assert not isinstance(pictures, Reason), pictures
    return {picture.name: picture for picture in pictures}


def pixels(product: Product) -> Pixels:
    return np.asarray(Image.open(product.path))


def coloured(size: tuple[float, float, float], colour: tuple[float, float, float]) -> bytes:
    json, data = box_model(size)
    material: Json = {"pbrMetallicRoughness": {"baseColorFactor": [*colour, 1.0], "metallicFactor": 0.0}}
    json["materials"] = [material]
    return glb(json, data)


def test_a_model_gets_four_pictures_two_of_them_on_a_ground(tmp_path: Path) -> None:
    pictures = drawn(coloured((1, 1, 1), (0.8, 0.05, 0.05)), tmp_path, POSTER_SIZES)
    assert set(pictures) == {"poster-512", "poster-512-ground", "poster-1024", "poster-1024-ground"}
    for name, picture in pictures.items():
        found = pixels(picture)
        side = 1024 if "1024" in name else 512
        assert found.shape == (side, side, 3 if name.endswith("ground") else 4)
        assert (picture.width, picture.height, picture.transparent) == (side, side, not name.endswith("ground"))
        assert picture.bytes == picture.path.stat().st_size < 100_000


@pytest.mark.parametrize(
    "size",
    [(1, 1, 1), (0.02, 2, 0.02), (40, 0.5, 3), (0.1, 0.1, 8), (0.001, 0.001, 0.001), (2000, 900, 1500)],
    ids=["cube", "pole", "plate", "train", "millimetre", "kilometre"],
)
def test_the_model_fills_the_picture_and_stands_in_its_middle(size: tuple[float, float, float], tmp_path: Path) -> None:
    alpha = pixels(drawn(coloured(size, (0.2, 0.4, 0.9)), tmp_path)["poster-512"])[..., 3] > 127
    rows, columns = np.flatnonzero(alpha.any(axis=1)), np.flatnonzero(alpha.any(axis=0))
    height, width = rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1
    assert 0.78 < max(width, height) / 512 < 0.94
    assert abs(int(rows[0] + rows[-1]) - 511) < 40
    assert abs(int(columns[0] + columns[-1]) - 511) < 40
    assert not alpha[[0, 0, -1, -1], [0, -1, 0, -1]].any()


def test_colours_are_those_of_the_model_and_neither_burnt_nor_drowned(tmp_path: Path) -> None:
    found = pixels(drawn(coloured((1, 1, 1), (0.8, 0.05, 0.05)), tmp_path)["poster-512"])
    shown = found[found[..., 3] == 255][..., :3].astype(float)
    red, green, blue = shown.mean(axis=0)
    assert red > 2 * max(green, blue)
    assert 60 < shown.max(axis=1).mean() < 240


def test_white_stays_lighter_than_grey_and_has_shape(tmp_path: Path) -> None:
    """The sides of a white box differ: else it would be a white spot."""
    found = pixels(drawn(coloured((1, 1, 1), (0.95, 0.95, 0.95)), tmp_path)["poster-512"])
    shown = found[found[..., 3] == 255][..., :3].astype(float).mean(axis=1)
    assert shown.mean() > 150
    assert np.percentile(shown, 98) - np.percentile(shown, 2) > 20


def test_the_ground_is_opaque_light_and_dark_only_where_the_model_stands(tmp_path: Path) -> None:
    pictures = drawn(coloured((1, 1, 1), (0.95, 0.95, 0.95)), tmp_path)
    ground = pixels(pictures["poster-512-ground"]).astype(float).mean(axis=2)
    model = pixels(pictures["poster-512"])[..., 3] > 0
    assert ground[:40, :].min() > 230  # nothing behind it
    beside = ~model
    bottom = np.flatnonzero(model.any(axis=1))[-1]
    near = ground[bottom - 60 : bottom + 12][beside[bottom - 60 : bottom + 12]]
    assert near.min() < 170  # its shadow
    assert ground[-1].min() > 195  # which ends


def test_a_shadow_lies_where_the_footprint_is() -> None:
    alpha = Image.new("L", (100, 100))
    alpha.paste(255, (40, 40, 60, 60))
    model = Image.new("RGBA", (200, 200))
    corners = ((50.0, 50.0), (150.0, 50.0), (200.0, 150.0), (0.0, 150.0))
    found = np.asarray(grounded(model, Footprint(alpha, corners))).astype(float).mean(axis=2)
    empty = np.asarray(grounded(model, None)).astype(float).mean(axis=2)
    darker = empty - found
    row, column = np.unravel_index(np.argmax(darker), darker.shape)
    assert (80 < row < 105, 90 < column < 110) == (True, True)
    assert darker[20, 20] == 0


def test_the_studio_is_a_picture_that_renderers_read(tmp_path: Path) -> None:
    write_studio(tmp_path / "studio.hdr")
    data = (tmp_path / "studio.hdr").read_bytes()
    head, _, raw = data.partition(f"-Y {HEIGHT} +X {WIDTH}\n".encode())
    assert head.startswith(b"#?RADIANCE\n")
    grey, exponent = np.frombuffer(raw, np.uint8).reshape(HEIGHT, WIDTH, 4)[..., ::3].astype(float).transpose(2, 0, 1)
    assert np.allclose(grey / 256 * 2.0 ** (exponent - 128), studio(), rtol=0.01)


def test_a_model_of_which_nothing_is_seen_has_no_picture_and_says_why(tmp_path: Path) -> None:
    require_graphics()
    json, data = box_model()
    json["nodes"][0]["scale"] = [1.0, 0.0, 0.0]
    path = tmp_path / "flat.glb"
    path.write_bytes(glb(json, data))
    found = posters.draw(path, tmp_path, stopping=never)
    assert isinstance(found, Reason)
    assert (found.name, found.code) == ("poster", ReasonCode.TOOL_FAILED)
    assert "nothing to be seen" in found.words["en"]


def test_a_picture_that_takes_too_much_memory_is_not_drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    require_graphics()
    monkeypatch.setattr(posters, "CAPS", replace(posters.CAPS, memory=200 << 20))
    path = tmp_path / "model.glb"
    path.write_bytes(box())
    found = posters.draw(path, tmp_path, stopping=never)
    assert isinstance(found, Reason)
    assert found.code in (ReasonCode.TOOL_STOPPED, ReasonCode.TOOL_FAILED)


def test_a_machine_without_graphics_says_so_once_and_on_the_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A Python that has none of our packages stands in for a machine without them."""
    monkeypatch.setattr(sys, "executable", sys._base_executable)  # type: ignore[attr-defined]
    posters.lacking.cache_clear()
    assert posters.graphics() is not None
    master = tmp_path / "master.glb"
    master.write_bytes(box())
    outcome = make(master, tmp_path, report=lambda *_: None, stopping=never)
    (reason,) = (reason for reason in outcome.reasons if reason.name == "poster")
    assert reason.code is ReasonCode.NO_GRAPHICS
    assert posters.graphics() in reason.words["en"]  # type: ignore[operator]
    assert {product.name for product in outcome.products} > {"webxr-mobile", "quick-look"}


def test_pictures_are_drawn_of_the_light_model_with_the_rest(tmp_path: Path) -> None:
    require_graphics()
    master = tmp_path / "master.glb"
    master.write_bytes(box())
    told: list[tuple[str, int, int]] = []
    outcome = make(master, tmp_path, report=lambda *step: told.append(step), stopping=never)
    assert {product.name for product in outcome.products} > {"poster-512", "poster-1024-ground", "webxr-mobile"}
    assert told[-1][1] == told[-1][2]
    assert [step[1] for step in told] == sorted(step[1] for step in told)


def test_a_model_that_the_tools_would_harm_still_gets_its_picture(tmp_path: Path) -> None:
    require_graphics()
    master = tmp_path / "master.glb"
    master.write_bytes(box())
    outcome = make(master, tmp_path, unknown_extensions=("VENDOR_smell",), report=lambda *_: None, stopping=never)
    assert {product.name for product in outcome.products} >= {"poster-512", "poster-1024-ground"}
    with master.open("rb") as file:
        assert examine(file, master.stat().st_size).publishable
