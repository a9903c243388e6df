"""Sines and cosines of degrees, rounded so that every machine's libm gives the same model."""

import math

DIGITS = 12  # far below a micrometre, far above the last bit in which libms differ


def cosine(degrees: float) -> float:
    """The cosine; exact at multiples of 60° and 90°."""
    return round(math.cos(math.radians(degrees)), DIGITS)


def sine(degrees: float) -> float:
    """The sine; exact at multiples of 30° and 90°."""
    return round(math.sin(math.radians(degrees)), DIGITS)


def bearing(x: float, y: float) -> float:
    """The angle of (x, y) from the x axis, in degrees within ±180."""
    return round(math.degrees(math.atan2(y, x)), DIGITS)
