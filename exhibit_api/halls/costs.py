"""What a hall costs each profile of devices, step by step of its load plan, and how that stands to the limits. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from exhibit_api.gltf.budget import Measure, Totals, summed
from exhibit_api.halls.draft import Standing
from exhibit_api.halls.loading import FIRST_VIEW, Step, steps
from exhibit_api.halls.portrayal import cost_of, shown_by
from exhibit_api.halls.space import Space
from exhibit_api.profiles import PROFILES, Limits, Profile


@dataclass(frozen=True)
class Share:
    """What one exhibit costs: `alone`, and what it `adds` to those before it. A file that stands twice is loaded and held once."""

    standing: Standing
    alone: Totals
    adds: Totals


@dataclass(frozen=True)
class Part:
    """What stands in one step of the load plan."""

    name: str
    shares: tuple[Share, ...]

    @cached_property
    def totals(self) -> Totals:
        """What the step adds to those before it."""
        return summed(share.adds for share in self.shares)


@dataclass(frozen=True)
class Cost:
    """What the hall costs one profile."""

    parts: tuple[Part, ...]

    @cached_property
    def totals(self) -> Totals:
        """What the whole hall costs: the sum of its parts."""
        return summed(part.totals for part in self.parts)

    @cached_property
    def shares(self) -> tuple[Share, ...]:
        """All exhibits in the order of loading."""
        return tuple(share for part in self.parts for share in part.shares)


@dataclass(frozen=True)
class Use:
    """How much of one limit is used. `part` is a step of the load plan; None where the whole hall or one exhibit is meant."""

    limit: str
    measure: Measure
    most: int
    value: int
    shares: tuple[Share, ...]
    part: str | None = None


def costs(standing: Sequence[Standing], space: Space) -> dict[Profile, Cost]:
    """The cost for every profile. Exhibits without a model cost nothing."""
    order = steps(standing, space)
    return {profile: _cost(order, profile) for profile in PROFILES}


def uses(cost: Cost, limits: Limits) -> Iterator[Use]:
    """How much of each limit that there is the hall uses, wherever the limit holds."""
    for share in cost.shares:
        yield from _use(limits, "exhibit_bytes", "bytes", (share,), share.alone)
    for part in cost.parts:
        loaded = "first_view_bytes" if part.name == FIRST_VIEW else "zone_bytes"
        yield from _use(limits, loaded, "bytes", part.shares, part.totals, part.name)
        yield from _use(limits, "visible_triangles", "triangles", part.shares, part.totals, part.name)
        yield from _use(limits, "visible_draw_calls", "draw_calls", part.shares, part.totals, part.name)
    yield from _use(limits, "hall_bytes", "bytes", cost.shares, cost.totals)
    yield from _use(limits, "hall_texture_bytes", "texture_bytes", cost.shares, cost.totals)


def within(cost: Cost, limits: Limits) -> bool:
    """Whether no limit is exceeded."""
    return all(use.value <= use.most for use in uses(cost, limits))


def waiting(shares: Sequence[Share]) -> int:
    """How many different models of these are still being made light, so that their masters are counted."""
    return len({model.sha256 for share in shares if (model := share.standing.model) and model.is_awaited})


def given_up(shares: Sequence[Share]) -> dict[str, Standing]:
    """The models of these (SHA-256) that could not be made light, so that their masters are counted; each with its first exhibit."""
    hopeless = [one for share in shares if (one := share.standing).model and one.model.given_up]
    return {one.model.sha256: one for one in reversed(hopeless) if one.model and not one.model.is_light}


def _cost(order: Sequence[Step], profile: Profile) -> Cost:
    loaded: set[str] = set()
    return Cost(tuple(Part(name, tuple(_shares(items, profile, loaded))) for name, items in order))


def _shares(items: Sequence[Standing], profile: Profile, loaded: set[str]) -> Iterator[Share]:
    for one in items:
        file = shown_by(one, profile)
        if file is None:
            continue
        alone = cost_of(file)
        again = Totals(0, alone.triangles, alone.draw_calls, 0)
        yield Share(one, alone, again if file.sha256 in loaded else alone)
        loaded.add(file.sha256)


def _use(
    limits: Limits, limit: str, measure: Measure, shares: tuple[Share, ...], totals: Totals, part: str | None = None
) -> Iterator[Use]:
    most: int | None = getattr(limits, limit)
    if most is not None:
        yield Use(limit, measure, most, totals.of(measure), shares, part)
