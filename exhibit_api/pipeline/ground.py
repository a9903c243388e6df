"""Stands a drawn model on a light ground: a studio's sweep, and the soft shadow where the model is near the floor."""

from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter

Corners = tuple[tuple[float, float], ...]

TOP, BOTTOM = (247, 247, 248), (214, 216, 219)  # sRGB: the sweep, from far to near
SHADOW = (38, 40, 46)
# Each shadow: how far it is blurred, as a part of the footprint's side, and how dark it is.
SHADOWS = ((0.008, 0.42), (0.03, 0.30), (0.09, 0.26))


@dataclass(frozen=True)
class Footprint:
    """The model seen from straight above, as its alpha, and where the corners of that square lie in the picture.

    Corners in pixels from the top left of the picture: those of the square's far left, far right, near right, near left.
    """

    alpha: Image.Image
    corners: Corners


def grounded(model: Image.Image, footprint: Footprint | None) -> Image.Image:
    """The transparent picture of a model, on the ground; opaque."""
    picture = sweep(model.size)
    if footprint:
        picture.paste(Image.new("RGB", model.size, SHADOW), mask=shadow(footprint, model.size))
    picture.paste(model, mask=model.getchannel("A"))
    return picture


def sweep(size: tuple[int, int]) -> Image.Image:
    """The background: light behind, a little darker in front."""
    ramp = Image.linear_gradient("L").resize(size, Image.Resampling.BICUBIC)
    return Image.composite(Image.new("RGB", size, BOTTOM), Image.new("RGB", size, TOP), ramp)


def shadow(footprint: Footprint, size: tuple[int, int]) -> Image.Image:
    """How dark the ground is, in the picture: 0 to 255."""
    alpha, dark = footprint.alpha, Image.new("L", footprint.alpha.size)
    for spread, strength in SHADOWS:
        blurred = alpha.filter(ImageFilter.GaussianBlur(spread * alpha.width))
        dark = ImageChops.screen(dark, blurred.point([round(value * strength) for value in range(256)]))
    coefficients = homography(footprint.corners, alpha.size)
    return dark.transform(size, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BILINEAR)


def homography(corners: Corners, size: tuple[int, int]) -> list[float]:
    """The eight numbers by which Pillow finds, for a pixel of the picture, its place in the square."""
    import numpy as np

    width, height = size
    places = ((0, 0), (width, 0), (width, height), (0, height))
    rows, right = [], []
    for (x, y), (u, v) in zip(corners, places, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        right += [u, v]
    found: list[float] = np.linalg.solve(np.array(rows), np.array(right)).tolist()
    return found
