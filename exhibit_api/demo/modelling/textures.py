"""Textures that tile: how steel, iron, wood, yarn and concrete vary in colour, roughness and relief.

Each is made once (they are cached) from seeded noise, in few shades, so that its PNG stays at a few kilobytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np

from exhibit_api.demo.modelling.drawing import Colour, sheet
from exhibit_api.demo.modelling.noise import Field, cloudy, smooth, stretched, white
from exhibit_api.demo.modelling.png import Picture, png

SIZE = 128


@dataclass(frozen=True)
class Texture:
    """A named PNG."""

    name: str
    data: bytes = field(repr=False)


def pictured(name: str, picture: Picture) -> Texture:
    """A picture as a texture."""
    return Texture(name, png(picture))


@cache
def brushed_roughness(least: float, most: float, metallic: float = 1.0) -> Texture:
    """Metallic-roughness with fine streaks along u."""
    streaks = stretched(smooth(SIZE, SIZE, 3, 11) * 0.55 + smooth(SIZE, SIZE // 3, 2, 12) * 0.45)
    return _metal_rough(f"brushed-roughness-{round(least * 100)}", least, most, streaks, metallic)


@cache
def brushed_colour(dark: Colour, light: Colour) -> Texture:
    """Base colour with faint streaks along u."""
    streaks = stretched(smooth(SIZE, SIZE, 4, 13) * 0.6 + smooth(SIZE, SIZE // 4, 2, 14) * 0.4)
    return pictured("brushed-colour-" + _hex(light), ramp(streaks, (dark, light), 8))


@cache
def mottled_roughness(least: float, most: float, metallic: float, cells: int = 6) -> Texture:
    """Metallic-roughness in soft patches: handled metal, orange-peel paint."""
    name = f"mottled-roughness-{round(least * 100)}-{round(most * 100)}"
    return _metal_rough(name, least, most, cloudy(SIZE, cells, 21, 3), metallic)


@cache
def speckled_colour(dark: Colour, light: Colour, cells: int = 16) -> Texture:
    """Base colour with grain: cast iron, stone, concrete."""
    grain = stretched(cloudy(SIZE, cells, 31, 3) * 0.75 + white(SIZE, SIZE, 32) * 0.25)
    return pictured("speckled-colour-" + _hex(light), ramp(grain, (dark, light), 12))


@cache
def grain_relief(strength: float, cells: int = 16) -> Texture:
    """A normal map of a cast or sprayed surface."""
    return relief(f"grain-relief-{round(strength * 100)}", cloudy(SIZE, cells, 41, 2), strength)


@cache
def woven_relief(strength: float = 2.2, threads: int = 8) -> Texture:
    """A normal map of a plain weave, `threads` each way in the tile."""
    return relief("woven-relief", _weave(threads), strength)


@cache
def woven_colour(dark: Colour, light: Colour, threads: int = 8) -> Texture:
    """Base colour of a plain weave: light on the threads, dark between them."""
    shade = stretched(_weave(threads) * 0.8 + white(SIZE, SIZE, 52) * 0.2)
    return pictured("woven-colour-" + _hex(light), ramp(shade, (dark, light), 10))


@cache
def wood_colour(tones: tuple[Colour, ...]) -> Texture:
    """Base colour of planed wood, its grain along u."""
    bend = smooth(256, 4, 2, 61) * 0.20 + smooth(256, 8, 3, 62) * 0.06
    rings = (bend + np.arange(256)[:, None] / 256) * 9 % 1.0
    rings = np.where(rings < 0.82, rings / 0.82, (1 - rings) / 0.18)
    pores = smooth(256, 256, 10, 63)
    tone = stretched(rings * 0.55 + pores * 0.3 + smooth(256, 64, 3, 64) * 0.3)
    return pictured("wood-colour-" + _hex(tones[-1]), ramp(tone, tones, 14))


@cache
def carbon_colour() -> Texture:
    """Base colour of a twill of carbon fibre."""
    y, x = np.meshgrid(np.arange(SIZE), np.arange(SIZE), indexing="ij")
    over = ((x // 16 + y // 16) % 4) < 2
    across = np.where(over, y % 16, x % 16) / 15.0
    return pictured(
        "carbon-colour", ramp(4 * across * (1 - across) * np.where(over, 1.0, 0.6), ((9, 10, 12), (52, 54, 58)), 8)
    )


@cache
def hazard_colour(dark: Colour = (24, 24, 26), light: Colour = (246, 190, 18)) -> Texture:
    """Slanted warning stripes."""
    y, x = np.meshgrid(np.arange(SIZE), np.arange(SIZE), indexing="ij")
    picture = sheet(SIZE, SIZE, light)
    picture[(x + y) % 64 < 32] = dark
    return pictured("hazard-colour", picture)


def ramp(values: Field, tones: Sequence[Colour], shades: int) -> Picture:
    """Values 0..1 as colours between the tones, in a few shades."""
    level = np.minimum(np.floor(values * shades), shades - 1) / (shades - 1) * (len(tones) - 1)
    low = np.minimum(np.floor(level), len(tones) - 2).astype(np.int64)
    table = np.array(tones, dtype=np.float64)
    mix = (level - low)[..., None]
    return np.asarray(np.floor(table[low] * (1 - mix) + table[low + 1] * mix + 0.5).astype(np.uint8))


def relief(name: str, height: Field, strength: float) -> Texture:
    """A tangent-space normal map of a height field that tiles, in 15 × 15 slopes."""
    dx = (np.roll(height, -1, axis=1) - np.roll(height, 1, axis=1)) * strength
    dy = (np.roll(height, 1, axis=0) - np.roll(height, -1, axis=0)) * strength
    x, y = (np.clip(np.floor(slope * 14 + 0.5), -7, 7) / 14 for slope in (-dx, -dy))
    z = np.sqrt(1 - x * x - y * y)
    picture = np.stack([x, y, z], axis=2) * 127 + 128
    return pictured(name, np.floor(picture + 0.5).astype(np.uint8))


def _weave(threads: int) -> Field:
    step = SIZE // threads
    y, x = np.meshgrid(np.arange(SIZE), np.arange(SIZE), indexing="ij")
    over = (x // step + y // step) % 2 == 0
    u, v = (x % step + 0.5) / step * 2 - 1, (y % step + 0.5) / step * 2 - 1
    warp, weft = (1 - u * u) * (1 - 0.5 * v * v), (1 - v * v) * (1 - 0.5 * u * u)
    return np.asarray(np.where(over, warp, weft), dtype=np.float64)


def _metal_rough(name: str, least: float, most: float, values: Field, metallic: float) -> Texture:
    low, high, metal = round(least * 255), round(most * 255), round(metallic * 255)
    return pictured(f"{name}-{metal}", ramp(values, ((0, low, metal), (0, high, metal)), 8))


def _hex(colour: Colour) -> str:
    return "".join(f"{part:02x}" for part in colour)
