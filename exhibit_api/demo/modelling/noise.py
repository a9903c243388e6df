"""Seeded noise that tiles: arrays (size, size) of 0..1, by integer hashes and polynomials alone."""

import numpy as np
from numpy.typing import NDArray

Field = NDArray[np.float64]


def white(rows: int, columns: int, seed: int) -> Field:
    """Independent values of 0..1 at every place."""
    y, x = np.meshgrid(np.arange(rows, dtype=np.uint64), np.arange(columns, dtype=np.uint64), indexing="ij")
    state = x * np.uint64(0x9E3779B97F4A7C15) + y * np.uint64(0xC2B2AE3D27D4EB4F)
    state += np.uint64((seed * 0x165667B19E3779F9 + 0x27D4EB2F165667C5) % (1 << 64))
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        state = (state ^ (state >> np.uint64(shift))) * np.uint64(factor)
    state = state ^ (state >> np.uint64(31))
    return np.asarray((state >> np.uint64(40)).astype(np.float64) / float(1 << 24))


def smooth(size: int, rows: int, columns: int, seed: int) -> Field:
    """Soft noise with `rows` × `columns` hills over the tile; unequal numbers give streaks."""
    lattice = white(rows, columns, seed)
    y, x = np.arange(size) * rows / size, np.arange(size) * columns / size
    top, left = y.astype(np.int64), x.astype(np.int64)
    v, u = _eased(y - top)[:, None], _eased(x - left)[None, :]
    below, right = (top + 1) % rows, (left + 1) % columns
    upper = lattice[np.ix_(top, left)] * (1 - u) + lattice[np.ix_(top, right)] * u
    lower = lattice[np.ix_(below, left)] * (1 - u) + lattice[np.ix_(below, right)] * u
    return upper * (1 - v) + lower * v


def cloudy(size: int, cells: int, seed: int, octaves: int = 4) -> Field:
    """Fractal noise, stretched to fill 0..1."""
    total = np.zeros((size, size))
    for octave in range(octaves):
        total = total + smooth(size, cells << octave, cells << octave, seed + octave) / float(1 << octave)
    return stretched(total)


def stretched(field: Field) -> Field:
    """The field moved and scaled to reach from 0 to 1."""
    low, high = float(field.min()), float(field.max())
    return (field - low) / (high - low)


def _eased(t: Field) -> Field:
    return t * t * (3 - 2 * t)
