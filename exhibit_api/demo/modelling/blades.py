"""Blades of turbines, propellers, fans and impellers: aerofoil sections lofted with taper and twist."""

from collections.abc import Sequence

import numpy as np

from exhibit_api.demo.modelling.angles import cosine, sine
from exhibit_api.demo.modelling.mesh import Mesh, Vec2, Vec3
from exhibit_api.demo.modelling.sweeps import loft


def aerofoil(chord: float, thickness: float = 0.12, camber: float = 0.04, points: int = 9) -> list[Vec2]:
    """A NACA-like section, counter-clockwise, nose toward -x, its quarter chord at the origin; ratios of the chord."""
    upper, lower = [], []
    for k in range(points + 1):
        x = (1 - cosine(180 * k / points)) / 2
        half = 5 * thickness * (0.2969 * float(np.sqrt(x)) + x * (-0.126 + x * (-0.3516 + x * (0.2843 - 0.1036 * x))))
        bow = camber * (0.8 * x - x * x) / 0.16 if x < 0.4 else camber * (0.2 + 0.8 * x - x * x) / 0.36
        upper.append(((x - 0.25) * chord, (bow + half) * chord))
        lower.append(((x - 0.25) * chord, (bow - half) * chord))
    return [*lower, *upper[::-1][:-1]]


def blade(
    span: float,
    chords: Sequence[float],
    twists: Sequence[float],
    *,
    thicknesses: Sequence[float] = (0.14, 0.07),
    camber: float = 0.04,
    bow: Sequence[float] = (0.0,),
    stations: int = 8,
    points: int = 9,
) -> Mesh:
    """A blade from y = 0 to y = span, its chord along x at twist 0, the nose toward -x.

    Chords (metres), twists (degrees about y), thicknesses (of the chord) and bow (metres along x) are given root to tip
    at even distances and interpolated. As a rotor on the z axis: `blade(…).moved(y=hub).ringed(count, "z")`.
    """
    sections: list[list[Vec3]] = []
    for k in range(stations + 1):
        share = k / stations
        shape = aerofoil(_along(chords, share), _along(thicknesses, share), camber, points)
        turn = _along(twists, share)
        c, s = cosine(turn), sine(turn)
        shift = _along(bow, share)
        sections.append([(x * c - y * s + shift, span * share, -x * s - y * c) for x, y in shape])
    return loft(sections, crease=70)


def _along(values: Sequence[float], share: float) -> float:
    """A value between the given ones, straight from one to the next."""
    if len(values) == 1:
        return values[0]
    place = share * (len(values) - 1)
    index = min(int(place), len(values) - 2)
    return values[index] + (values[index + 1] - values[index]) * (place - index)
