"""QR codes as SVG, drawn in the page itself, so that a print has them."""

from functools import lru_cache

import segno
from markupsafe import Markup

QUIET = 4
"""Modules of white around the symbol, as ISO/IEC 18004 wants."""

MASK = 3
"""One mask for all: choosing the best of eight takes five times as long, and readers take any."""

LEVEL = "m"


@lru_cache(maxsize=2048)
def code(text: str, millimetres: float | None = None) -> Markup:
    """The QR code that says `text`. With `millimetres` it is so wide on paper, its quiet margin not counted."""
    symbol = segno.make(text, micro=False, error=LEVEL, boost_error=False, mask=MASK)
    rows = [bytes(row) for row in symbol.matrix]
    side = len(rows) + 2 * QUIET
    path = "".join(_runs(row, y + QUIET) for y, row in enumerate(rows))
    size = ""
    if millimetres is not None:
        whole = f"{millimetres * side / len(rows):.2f}mm"
        size = f' width="{whole}" height="{whole}"'
    return Markup(  # noqa: S704 - numbers alone
        f'<svg class="code" viewBox="0 0 {side} {side}"{size} aria-hidden="true" focusable="false">'
        f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/><path fill="#000" d="{path}"/></svg>'
    )


def _runs(row: bytes, y: int) -> str:
    """The dark modules of a row, runs of them as one rectangle each."""
    found, x = [], 0
    while (start := row.find(1, x)) >= 0:
        end = row.find(0, start)
        x = end if end >= 0 else len(row)
        found.append(f"M{start + QUIET} {y}h{x - start}v1H{start + QUIET}z")
    return "".join(found)
