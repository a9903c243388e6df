"""What models cost a visitor's device, added up over a hall."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Measure = Literal["bytes", "triangles", "draw_calls", "texture_bytes"]


@dataclass(frozen=True, slots=True)
class Totals:
    """Bytes to download, triangles and draw calls in a frame, and bytes of textures on the GPU."""

    bytes: int = 0
    triangles: int = 0
    draw_calls: int = 0
    texture_bytes: int = 0

    def __add__(self, other: Totals) -> Totals:
        return Totals(
            bytes=self.bytes + other.bytes,
            triangles=self.triangles + other.triangles,
            draw_calls=self.draw_calls + other.draw_calls,
            texture_bytes=self.texture_bytes + other.texture_bytes,
        )

    def of(self, measure: Measure) -> int:
        """One of the four."""
        value: int = getattr(self, measure)
        return value


def summed(totals: Iterable[Totals]) -> Totals:
    """The sum of all."""
    return sum(totals, Totals())
