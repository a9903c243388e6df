"""The light of the catalogue's pictures: a photographer's studio as a small Radiance HDR, which f3d lights a model with.

Small, because f3d works an environment through before it draws with it: half a second for this one, half a minute of a
processor for its own.
"""

from pathlib import Path

import numpy as np
import numpy.typing as npt

WIDTH, HEIGHT = 256, 128
SOFT = 8.0  # degrees in which a lamp's edge fades

# Azimuth (0 is the front, 90 the right), elevation, half width and half height in degrees, and radiance.
LAMPS = (
    (-32.0, 42.0, 26.0, 20.0, 3.2),  # the key, left of the camera
    (95.0, 25.0, 12.0, 34.0, 1.7),  # the fill, a strip on the right
    (200.0, 30.0, 34.0, 14.0, 2.2),  # the rim, from behind
)
CEILING, WALLS, FLOOR = 0.6, 0.34, 0.26

Array = npt.NDArray[np.float64]


def write_studio(path: Path) -> None:
    """Write the studio as Radiance RGBE, equirectangular."""
    radiance = studio()
    mantissa, exponent = np.frexp(radiance)
    grey = (mantissa * 256).astype(np.uint8)
    pixels = np.stack([grey, grey, grey, (exponent + 128).astype(np.uint8)], axis=-1)
    head = f"#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y {HEIGHT} +X {WIDTH}\n"
    path.write_bytes(head.encode() + pixels.tobytes())


def studio() -> Array:
    """The radiance from each direction; row 0 is the zenith, and the front lies at three quarters of a row."""
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    elevation = 90 - (rows + 0.5) * 180 / HEIGHT
    azimuth = 270 - (columns + 0.5) * 360 / WIDTH
    upwards = np.clip(elevation / 90, 0, 1)
    room = np.where(elevation > 0, WALLS + (CEILING - WALLS) * upwards, FLOOR)
    for at, above, half_width, half_height, strength in LAMPS:
        aside = (azimuth - at + 180) % 360 - 180
        room = room + strength * edge(aside, half_width) * edge(elevation - above, half_height)
    return room


def edge(distance: Array, half: float) -> Array:
    """1 within a lamp, fading to 0 at its edge."""
    return np.clip((half - np.abs(distance)) / SOFT + 0.5, 0, 1)
