"""A curator's own picture: upright, in two sizes, without what the camera noted; and no bomb."""

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms

from exhibit_api.errors import Rejected
from exhibit_api.pipeline.outcome import WEBP, Product
from exhibit_api.pipeline.pictures import redraw
from tests.gltf.building import png, png_chunk, png_header

ORIENTATION, GPS, MAKE = 0x0112, 0x8825, 0x010F


def redrawn(data: bytes, folder: Path) -> dict[str, Product]:
    source = folder / "sent"
    source.write_bytes(data)
    return {product.name: product for product in redraw(source, folder)}


def saved(picture: Image.Image, form: str, **options: Any) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, form, **options)
    return buffer.getvalue()


def red_left_green_right(width: int, height: int) -> Image.Image:
    picture = Image.new("RGB", (width, height), (220, 20, 20))
    picture.paste((20, 160, 20), (width // 2, 0, width, height))
    return picture


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_becomes_webp_in_two_sizes(form: str, tmp_path: Path) -> None:
    products = redrawn(saved(red_left_green_right(3000, 1500), form), tmp_path)
    sizes = {name: (product.width, product.height) for name, product in products.items()}
    assert sizes == {"picture-1024": (1024, 512), "picture-512": (512, 256)}
    for product in products.values():
        with Image.open(product.path) as found:
            assert (found.format, found.size) == ("WEBP", (product.width, product.height))
            red, green, _ = found.convert("RGB").getpixel((10, 10))  # type: ignore[misc]
        assert red > 3 * green
        assert (product.media_type, product.bytes) == (WEBP, product.path.stat().st_size)


def test_a_picture_from_a_turned_camera_stands_upright_and_tells_nothing_of_its_maker(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6  # to be turned right by a quarter
    exif[MAKE] = "Secret Camera Works"
    exif.get_ifd(GPS)[2] = (31.0, 14.0, 0.0)
    products = redrawn(saved(red_left_green_right(1200, 600), "JPEG", exif=exif), tmp_path)
    large = products["picture-1024"]
    assert (large.width, large.height) == (512, 1024)
    with Image.open(large.path) as found:
        assert not found.getexif()
        assert "icc_profile" not in found.info
        red, green, _ = found.convert("RGB").getpixel((256, 20))  # type: ignore[misc]
    assert red > green  # left became top
    assert b"Secret" not in large.path.read_bytes()


def test_a_small_picture_is_not_made_larger(tmp_path: Path) -> None:
    products = redrawn(png(300, 200), tmp_path)
    assert {(product.width, product.height) for product in products.values()} == {(300, 200)}


def test_what_is_transparent_stays_so(tmp_path: Path) -> None:
    picture = Image.new("RGBA", (600, 600), (0, 0, 0, 0))
    picture.paste((10, 200, 10, 255), (200, 200, 400, 400))
    products = redrawn(saved(picture, "PNG"), tmp_path)
    assert all(product.transparent for product in products.values())
    with Image.open(products["picture-512"].path) as found:
        assert found.convert("RGBA").getpixel((5, 5))[3] == 0  # type: ignore[index]


def test_colours_mean_the_same_once_their_profile_is_gone(tmp_path: Path) -> None:
    """A profile in which red and green are exchanged would turn the picture around, if it were only dropped."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = lab.replace(b"rXYZ", b"tmp?").replace(b"gXYZ", b"rXYZ").replace(b"tmp?", b"gXYZ")
    products = redrawn(saved(Image.new("RGB", (64, 64), (220, 20, 20)), "PNG", icc_profile=swapped), tmp_path)
    with Image.open(products["picture-512"].path) as found:
        red, green, _ = found.convert("RGB").getpixel((32, 32))  # type: ignore[misc]
    assert green > 3 * red


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_pictures_of_every_mode_are_made_small(mode: str, tmp_path: Path) -> None:
    picture = Image.new("RGB", (2000, 1000), (255, 255, 255)).convert("L" if mode == "I;16" else mode).convert(mode)
    products = redrawn(saved(picture, "PNG"), tmp_path)
    assert products["picture-1024"].transparent is (mode in ("LA", "RGBA"))
    with Image.open(products["picture-1024"].path) as found:
        assert found.size == (1024, 512)


def test_a_colour_that_stands_for_transparency_does_not_bleed(tmp_path: Path) -> None:
    picture = Image.new("RGB", (2000, 1000), (255, 0, 255))
    picture.paste((20, 160, 20), (0, 0, 1000, 1000))
    products = redrawn(saved(picture, "PNG", transparency=(255, 0, 255)), tmp_path)
    with Image.open(products["picture-1024"].path) as found:
        assert found.mode == "RGBA"
        assert found.getpixel((900, 256))[3] == 0  # type: ignore[index]
        assert found.getpixel((100, 256))[3] == 255  # type: ignore[index]


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few kB whose rows would fill any memory."""
    rows = zlib.compress(bytes(20_000_000))
    return png_header(width, height) + png_chunk(b"IDAT", rows) + png_chunk(b"IEND", b"")


def wrong_length() -> bytes:
    whole = bytearray(png(64, 64))
    struct.pack_into(">I", whole, 33, 0x7FFFFFFF)
    return bytes(whole)


@pytest.mark.parametrize(
    ("build", "why"),
    [
        (lambda: b"", "no JPEG, PNG or WebP"),
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no JPEG, PNG or WebP"),
        (lambda: saved(Image.new("RGB", (8, 8)), "GIF"), "no JPEG, PNG or WebP"),
        (lambda: saved(Image.new("RGB", (8, 8)), "TIFF"), "no JPEG, PNG or WebP"),
        (lambda: saved(red_left_green_right(900, 900), "JPEG")[:3000], "broken"),
        (lambda: bomb(30_000, 30_000), "at most 8192"),
        (lambda: bomb(60_000, 8), "at most 8192"),
        (lambda: png(8192, 8192), "8192 x 8192 pixels; at most 8192 pixels a side, and 50 million in all"),
        (wrong_length, "broken"),
    ],
    ids=["empty", "svg", "gif", "tiff", "cut off", "bomb", "long strip", "too many pixels", "wrong length"],
)
def test_what_is_no_picture_is_refused_in_words(build: Callable[[], bytes], why: str, tmp_path: Path) -> None:
    with pytest.raises(Rejected) as refused:
        redrawn(build(), tmp_path)
    assert why in refused.value.detail
    assert not list(tmp_path.glob("*.webp"))


def test_a_picture_that_costs_too_much_to_open_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from exhibit_api.pipeline import pictures

    monkeypatch.setattr(pictures, "CAPS", pictures.Caps(wall=60, cpu=60, memory=100 << 20))
    with pytest.raises(Rejected, match="costs too much"):
        redrawn(saved(Image.new("RGBA", (7000, 7000), (1, 2, 3, 4)), "PNG"), tmp_path)
