"""What stands out about the room that a model takes: its scale, and where it stands to its origin, in metres."""

import math
from collections.abc import Iterator

from exhibit_api.gltf.issues import Code, Issue
from exhibit_api.gltf.transforms import Bounds

LARGEST_EXTENT = 50.0
SMALLEST_EXTENT = 0.01
NOTICED = 0.01  # a centimetre, and this part of the extent: what is less is no finding
OFF_CENTRE = 0.1  # of the extent

SIDES = ("wide", "tall", "deep")
UNITS = {0.01: "centimetres", 0.001: "millimetres"}


def room_issues(bounds: Bounds) -> Iterator[Issue]:
    """Findings about the world bounds of a model."""
    low, high = bounds
    extents = [most - least for least, most in zip(low, high, strict=True)]
    extent = max(extents)
    side = SIDES[extents.index(extent)]
    if extent > LARGEST_EXTENT or extent < SMALLEST_EXTENT:
        yield Issue(Code.SCALE_SUSPECT, "warning", scale_message(extent, side))
    noticed = max(NOTICED, NOTICED * extent)
    if low[1] < -noticed:
        part = "all of it" if high[1] <= 0 else "its lowest point"
        yield Issue(
            Code.BELOW_FLOOR,
            "info",
            f"{part} is below the floor (y = 0), {length(-low[1])} at the lowest: raise it by {length(-low[1])}",
        )
    away = math.hypot((low[0] + high[0]) / 2, (low[2] + high[2]) / 2)
    if away > max(NOTICED, OFF_CENTRE * extent):
        yield Issue(
            Code.OFF_CENTRE,
            "info",
            f"its middle is {length(away)} beside its origin, around which it is placed and turned",
        )


def scale_message(extent: float, side: str) -> str:
    """What is odd about an extent, and the scale that would help."""
    if extent == 0.0:
        return "the model has no extent at all: it is a single point"
    factor = helpful_scale(extent)
    unit = f"authored in {UNITS[factor]}? " if factor in UNITS else ""
    bound = (
        f"larger than {LARGEST_EXTENT:g} m" if extent > LARGEST_EXTENT else f"smaller than {SMALLEST_EXTENT * 100:g} cm"
    )
    return f"the model is {length(extent)} {side}, {bound}: {unit}place it with scale {factor:g}"


def helpful_scale(extent: float) -> float:
    """A power of ten that gives an exhibit some tenths of a metre to some dozens: first those of the common units."""
    if LARGEST_EXTENT < extent < 1_000:
        return 0.01
    if 1_000 <= extent < 50_000:
        return 0.001
    return float(f"1e{-math.floor(math.log10(extent))}")


def length(metres: float) -> str:
    """A length for people, of whole metres or of three digits: "2118 m", "0.52 m"."""
    return f"{math.floor(metres)} m" if 100 <= metres < 1e15 else f"{metres:.3g} m"
