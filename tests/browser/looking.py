"""Looking into screenshots: what a person would notice at once, in numbers."""

import io

import numpy as np
from PIL import Image
from playwright.sync_api import Locator, Page

Pixels = np.ndarray


def screenshot(shown: Page | Locator, **options: object) -> Pixels:
    """What is seen, as rows of pixels of three bytes."""
    return np.asarray(Image.open(io.BytesIO(shown.screenshot(**options))).convert("RGB"))  # type: ignore[arg-type]


def brightness(pixels: Pixels) -> float:
    """The mean of all, from 0 (black) to 255 (white)."""
    return float(pixels.mean())


def share_of_black(pixels: Pixels) -> float:
    """How much of the picture is as good as black."""
    return float((pixels.max(axis=-1) < 12).mean())


def colours(pixels: Pixels) -> int:
    """How many colours there are, in steps of 16."""
    return len(np.unique((pixels // 16).reshape(-1, 3), axis=0))


def difference(one: Pixels, other: Pixels) -> float:
    """The share of pixels that differ visibly."""
    return float((np.abs(one.astype(int) - other.astype(int)).max(axis=-1) > 24).mean())
