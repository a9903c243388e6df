"""Which upright boxes cut each other, without telling half a million pairs where all stand in one heap."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from exhibit_api.gltf.transforms import Bounds

CROWD = 10
"""A box that cuts more than so many others is told once, not once for each."""


@dataclass(frozen=True)
class Cuts:
    """Pairs of indices that cut each other, the lower first; and index → how many it cuts, for those in a crowd."""

    pairs: tuple[tuple[int, int], ...]
    crowded: dict[int, int]


def cuts_among(boxes: Sequence[Bounds], least: float) -> Cuts:
    """Which boxes cut each other by more than `least` metres along each axis. Pairs hold none that is in a crowd."""
    if not boxes:
        return Cuts((), {})
    corners = np.array(boxes, np.float64)
    low, high = corners[:, 0], corners[:, 1]
    outlines = shapely.box(low[:, 0], low[:, 2], high[:, 0], high[:, 2])
    one, other = shapely.STRtree(outlines).query(outlines)
    one, other = one[one < other], other[one < other]
    depths = np.minimum(high[one], high[other]) - np.maximum(low[one], low[other])
    cutting = (depths > least).all(axis=1)
    one, other = one[cutting], other[cutting]
    times = np.bincount(np.concatenate([one, other]), minlength=len(boxes))
    alone = (times[one] <= CROWD) & (times[other] <= CROWD)
    pairs = sorted(zip(one[alone].tolist(), other[alone].tolist(), strict=True))
    return Cuts(tuple(pairs), {int(i): int(times[i]) for i in np.flatnonzero(times > CROWD)})
