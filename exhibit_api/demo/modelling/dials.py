"""Pictures for panels: gauge faces, type plates, screens and scales, drawn by code."""

from functools import cache

from exhibit_api.demo.modelling.angles import cosine, sine
from exhibit_api.demo.modelling.drawing import Colour, box, disc, ring, sheet, strokes, text
from exhibit_api.demo.modelling.textures import Texture, pictured

INK, PAPER, RED, GREEN = (28, 30, 34), (240, 238, 228), (196, 42, 32), (52, 140, 70)


@cache
def gauge_face(
    least: int = 0,
    most: int = 10,
    unit: str = "BAR",
    *,
    value: float | None = None,
    red_from: float = 0.8,
    size: int = 256,
) -> Texture:
    """A round gauge over 270° for a `disc`; with `value` (0..1) its needle is drawn too (else model one that turns)."""
    picture = sheet(size, size, PAPER)
    middle = (size / 2, size / 2)
    ring(picture, middle, size * 0.485, size * 0.03, INK)
    ring(picture, middle, size * 0.40, size * 0.03, RED, (-135 + 270 * red_from, 135))
    for tick in range(51):
        angle, long = -135 + 5.4 * tick, tick % 5 == 0
        inner = size * (0.36 if long else 0.39)
        ends = [(middle[0] + r * sine(angle), middle[1] - r * cosine(angle)) for r in (inner, size * 0.43)]
        strokes(picture, [ends], size * (0.012 if long else 0.006), INK)
        if tick % 10 == 0:
            figure = f"{least + (most - least) * tick // 50}"
            place = (middle[0] + size * 0.285 * sine(angle), middle[1] - size * 0.285 * cosine(angle))
            text(picture, figure, place, size * 0.062, INK)
    text(picture, unit, (middle[0], size * 0.68), size * 0.055, INK)
    if value is not None:
        angle = -135 + 270 * value
        tip = (middle[0] + size * 0.37 * sine(angle), middle[1] - size * 0.37 * cosine(angle))
        tail = (middle[0] - size * 0.09 * sine(angle), middle[1] + size * 0.09 * cosine(angle))
        strokes(picture, [[tail, tip]], size * 0.018, RED)
        disc(picture, middle, size * 0.04, INK)
    return pictured(f"gauge-{unit}-{most}-{value}".lower(), picture)


@cache
def type_plate(title: str, *lines: str, width: int = 256, height: int = 128, colour: Colour = (32, 58, 84)) -> Texture:
    """A maker's plate for a `panel` of the same proportions: a coloured title bar and lines of capitals below."""
    picture = sheet(width, height, (206, 208, 206))
    edge = height * 0.05
    box(picture, edge, edge, width - edge, height - edge, (228, 229, 225))
    box(picture, edge, edge, width - edge, height * 0.34, colour)
    letter = min(height * 0.15, width * 0.9 / (len(title) + 1))
    text(picture, title, (width / 2, height * 0.2), letter, (244, 244, 240))
    for index, line in enumerate(lines):
        step = height * 0.58 / max(len(lines), 1)
        letter = min(step * 0.5, width * 0.86 / (len(line) + 1))
        text(picture, line, (width / 2, height * 0.37 + step * (index + 0.5)), letter, INK)
    return pictured("plate-" + "-".join((title, *lines)).lower().replace(" ", "-"), picture)


@cache
def screen_picture(
    title: str, *values: str, colour: Colour = (92, 220, 236), width: int = 256, height: int = 128
) -> Texture:
    """A machine's display: a title, a curve, bars and readings. Use it with `materials.screen`."""
    picture = sheet(width, height, (8, 18, 26))
    dim = (colour[0] // 4, colour[1] // 4, colour[2] // 4)
    box(picture, 0, 0, width, height * 0.15, dim)
    text(picture, title, (width / 2, height * 0.076), min(height * 0.08, width * 0.8 / (len(title) + 1)), colour)
    left, right, top, bottom = width * 0.05, width * 0.62, height * 0.25, height * 0.68
    for k in range(5):
        y = top + (bottom - top) * k / 4
        strokes(picture, [[(left, y), (right, y)]], 1.0, dim)
    curve = [
        (left + (right - left) * k / 36, (top + bottom) / 2 - (bottom - top) * 0.4 * sine(k * 31) * (0.4 + k / 60))
        for k in range(37)
    ]
    strokes(picture, [curve], height * 0.016, colour)
    for k, share in enumerate((0.5, 0.8, 0.62, 0.92, 0.4)):
        x = width * (0.68 + 0.055 * k)
        box(
            picture, x, bottom - (bottom - top) * share, x + width * 0.035, bottom, (240, 166, 40) if k == 3 else colour
        )
    for index, value in enumerate(values):
        text(
            picture,
            value,
            (width * (index + 0.5) / len(values), height * 0.86),
            min(height * 0.1, width * 0.85 / len(values) / (len(value) + 0.5)),
            colour,
        )
    return pictured("screen-" + "-".join((title, *values)).lower().replace(" ", "-"), picture)


@cache
def scale_strip(units: int, per_unit: int = 10, width: int = 512, height: int = 48) -> Texture:
    """A rule's graduation from 0 to `units` for a long `panel`."""
    picture = sheet(width, height, (216, 218, 220))
    count = units * per_unit
    for tick in range(count + 1):
        x = width * 0.02 + width * 0.96 * tick / count
        long = tick % per_unit == 0
        strokes(picture, [[(x, 0), (x, height * (0.5 if long else 0.3))]], 1.6 if long else 1.0, INK)
        if long:
            text(picture, str(tick // per_unit), (x, height * 0.74), height * 0.28, INK)
    return pictured(f"scale-{units}-{per_unit}", picture)
