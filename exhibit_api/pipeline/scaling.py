"""The child that opens a curator's picture: `python -I -m exhibit_api.pipeline.scaling SOURCE SIZE…` in the job's folder."""

import io
import json
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

MOST_SIDE = 8192  # pixels
MOST_PIXELS = 50_000_000
BOUNDS = f"at most {MOST_SIDE} pixels a side, and {MOST_PIXELS // 1_000_000} million in all, are taken"
FORMATS = ("JPEG", "PNG", "WEBP")
QUALITY = 85
SMOOTH = ("L", "RGB", "CMYK", "YCbCr", "LA", "RGBA")
"""Modes whose neighbouring pixels can be mixed; in others they are numbers of colours."""


def scaled(source: Path, sizes: list[int]) -> Iterator[dict[str, Any]]:
    """Write the picture in each size of its longer side; a picture is never made larger."""
    picture = opened(source, max(sizes))
    for size in sizes:
        smaller = picture.copy()
        smaller.thumbnail((size, size), Image.Resampling.LANCZOS)
        name = f"picture-{size}"
        smaller.save(f"{name}.webp", quality=QUALITY, method=4, icc_profile=None, exif=b"", xmp=b"")
        width, height = smaller.size
        yield {"made": name, "width": width, "height": height, "transparent": smaller.mode == "RGBA"}


def opened(source: Path, most: int) -> Image.Image:
    """The picture upright, in sRGB's modes, its longer side `most` pixels or less. Raises ValueError with the reason, for its sender.

    It is made small before all else: a JPEG while it is read, others at once, so that little is kept in full size.
    """
    Image.MAX_IMAGE_PIXELS = MOST_SIDE * MOST_SIDE
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(source, formats=FORMATS) as found:
            if max(found.size) > MOST_SIDE or found.width * found.height > MOST_PIXELS:
                raise ValueError(f"the picture has {found.width} x {found.height} pixels; {BOUNDS}")
            mode = "RGBA" if found.has_transparency_data else "RGB"
            picture = found if found.mode in SMOOTH and "transparency" not in found.info else found.convert(mode)
            picture.thumbnail((most, most), Image.Resampling.LANCZOS)
            return in_srgb(ImageOps.exif_transpose(picture).convert(mode))
    except UnidentifiedImageError as error:
        raise ValueError("this is no JPEG, PNG or WebP picture") from error
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise ValueError(f"the picture is too large: {BOUNDS}") from error
    except (OSError, SyntaxError) as error:
        raise ValueError(f"the picture is broken: {error}") from error


def in_srgb(picture: Image.Image) -> Image.Image:
    """The picture in sRGB, which is what its pixels mean once its colour profile is gone."""
    if (profile := picture.info.get("icc_profile")) is None:
        return picture
    try:
        converted = ImageCms.profileToProfile(picture, io.BytesIO(profile), ImageCms.createProfile("sRGB"))
    except ImageCms.PyCMSError:  # a profile of another colour space, or a broken one
        return picture
    assert converted is not None, "it is not done in place"
    return converted


if __name__ == "__main__":
    records: Iterator[dict[str, Any]] = scaled(Path(sys.argv[1]), [int(size) for size in sys.argv[2:]])
    try:
        for record in records:
            sys.stdout.write(f"\x1e{json.dumps(record)}\n")
    except ValueError as refused:
        sys.stdout.write(f"\x1e{json.dumps({'refused': str(refused)})}\n")
