"""Drawing by code: strokes, discs, boxes and stroke lettering with soft edges. Places in pixels, y down."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from exhibit_api.demo.modelling.angles import cosine, sine
from exhibit_api.demo.modelling.png import Picture

Colour = tuple[int, int, int]
Point = tuple[float, float]
SHADES = 4  # steps of a soft edge: few colours keep the palette and the file small

# Strokes on a grid of 4 × 6, digits of x and y in pairs: "04-40" is a line from (0, 4) to (4, 0).
GLYPHS = {
    "0": "10-30-41-45-36-16-05-01-10", "1": "11-20-26 16-36", "2": "01-10-30-41-42-06-46",
    "3": "00-40-22-32-43-45-36-16-05", "4": "36-30-04-44", "5": "40-00-02-32-43-45-36-06",
    "6": "30-10-01-05-16-36-45-44-33-03", "7": "00-40-16", "8": "10-30-41-42-33-13-02-01-10 13-04-05-16-36-45-44-33",
    "9": "43-13-02-01-10-30-41-45-36-16", "A": "06-20-46 14-34", "B": "00-06-36-45-44-33-03 33-42-41-30-00",
    "C": "41-30-10-01-05-16-36-45", "D": "00-06-26-44-42-20-00", "E": "40-00-06-46 03-33", "F": "40-00-06 03-33",
    "G": "41-30-10-01-05-16-36-45-43-23", "H": "00-06 40-46 03-43", "I": "10-30 20-26 16-36",
    "J": "20-40-45-36-16-05", "K": "00-06 40-03-46", "L": "00-06-46", "M": "06-00-23-40-46", "N": "06-00-46-40",
    "O": "10-30-41-45-36-16-05-01-10", "P": "06-00-30-41-42-33-03", "Q": "10-30-41-45-36-16-05-01-10 24-46",
    "R": "06-00-30-41-42-33-03 23-46", "S": "41-30-10-01-02-13-33-44-45-36-16-05", "T": "00-40 20-26",
    "U": "00-05-16-36-45-40", "V": "00-26-40", "W": "00-16-22-36-40", "X": "00-46 40-06", "Y": "00-23-40 23-26",
    "Z": "00-40-06-46", "-": "13-33", ".": "26-26", "/": "06-40", "%": "06-40 00-11 35-46", ":": "21-21 25-25",
    "+": "21-25 03-43", "°": "10-20-21-11-10",
}  # fmt: skip


def sheet(width: int, height: int, colour: Colour) -> Picture:
    """A picture of one colour."""
    return np.broadcast_to(np.array(colour, dtype=np.uint8), (height, width, 3)).copy()


def box(picture: Picture, left: float, top: float, right: float, bottom: float, colour: Colour) -> None:
    """A filled box."""
    picture[round(top) : round(bottom), round(left) : round(right)] = colour


def disc(picture: Picture, centre: Point, radius: float, colour: Colour) -> None:
    """A filled disc with a soft edge."""
    x, y = _grid(picture)
    away = np.sqrt((x - centre[0]) * (x - centre[0]) + (y - centre[1]) * (y - centre[1]))
    _lay(picture, radius - away, colour)


def ring(
    picture: Picture, centre: Point, radius: float, width: float, colour: Colour, sweep: tuple[float, float] = (0, 360)
) -> None:
    """A circle's line, or its part between two angles (degrees, clockwise from the top)."""
    first, last = sweep
    steps = max(8, round((last - first) / 4))
    angles = [first + (last - first) * k / steps for k in range(steps + 1)]
    strokes(picture, [[(centre[0] + radius * sine(a), centre[1] - radius * cosine(a)) for a in angles]], width, colour)


def strokes(picture: Picture, lines: Sequence[Sequence[Point]], width: float, colour: Colour) -> None:
    """Polylines with round ends, `width` pixels wide."""
    reach = width / 2 + 1
    rows, columns = picture.shape[:2]
    for line in lines:
        for a, b in pairwise(line):
            left, right = max(0, int(min(a[0], b[0]) - reach)), min(columns, int(max(a[0], b[0]) + reach) + 2)
            top, bottom = max(0, int(min(a[1], b[1]) - reach)), min(rows, int(max(a[1], b[1]) + reach) + 2)
            if left < right and top < bottom:
                part = picture[top:bottom, left:right]
                _lay(part, width / 2 - _away(part, (a[0] - left, a[1] - top), (b[0] - left, b[1] - top)), colour)


def text(picture: Picture, words: str, centre: Point, height: float, colour: Colour, weight: float = 0.14) -> None:
    """Capitals and figures round a centre; `height` of a letter in pixels, `weight` the stroke's share of it."""
    unit = height / 6
    advance = 6 * unit
    left = centre[0] - (len(words) * advance - 2 * unit) / 2
    for place, letter in enumerate(words):
        for part in GLYPHS.get(letter, "").split():
            line = [
                (left + place * advance + int(p[0]) * unit, centre[1] + (int(p[1]) - 3) * unit) for p in part.split("-")
            ]
            strokes(picture, [line if len(line) > 1 else line * 2], height * weight, colour)


def _grid(picture: Picture) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    rows, columns = picture.shape[:2]
    return np.arange(columns, dtype=np.float64)[None, :] + 0.5, np.arange(rows, dtype=np.float64)[:, None] + 0.5


def _away(picture: Picture, a: Point, b: Point) -> NDArray[np.float64]:
    """How far each pixel's middle is from the line between two points."""
    x, y = _grid(picture)
    dx, dy = b[0] - a[0], b[1] - a[1]
    square = dx * dx + dy * dy
    along = np.clip(((x - a[0]) * dx + (y - a[1]) * dy) / (square or 1.0), 0.0, 1.0)
    fx, fy = x - a[0] - along * dx, y - a[1] - along * dy
    return np.asarray(np.sqrt(fx * fx + fy * fy))


def _lay(picture: Picture, inside: NDArray[np.float64], colour: Colour) -> None:
    """Mix the colour in by how far (pixels) each place is inside the shape."""
    share = np.floor(np.clip(inside + 0.5, 0.0, 1.0) * SHADES + 0.5)[..., None] / SHADES
    mixed = picture * (1 - share) + np.array(colour, dtype=np.float64) * share
    picture[...] = np.floor(mixed + 0.5).astype(np.uint8)
