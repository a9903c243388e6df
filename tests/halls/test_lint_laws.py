"""Laws of lint: what may change about a hall without a change of what is told."""

import dataclasses
import random
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exhibit_api.halls.draft import Standing
from exhibit_api.halls.findings import ERRORS, Finding
from exhibit_api.halls.space import Space
from tests.halls.building import hall, placard, space, standing, turned, wall
from tests.halls.linting import found

quarters = st.integers(-16, 16).map(lambda n: n / 4)
heights = st.sampled_from([0.0, 0.0, 0.5, 2.5])
places = st.tuples(quarters, heights, quarters)
turns = st.sampled_from([0.0, 30.0, 45.0, 90.0])
crowds = st.lists(st.tuples(places, turns), min_size=1, max_size=6)
boards = st.lists(st.tuples(quarters, st.sampled_from([0.5, 1.5]), quarters, turns), max_size=3)

ROOM = space().plain()
DIVIDED = {**ROOM, "walls": [*ROOM["walls"], wall((-5, 0), (5, 0), {"start": 1.0, "end": 2.5})]}


def things(crowd: Any, hung: Any, dx: float = 0.0, dz: float = 0.0) -> list[Any]:
    standings = [
        standing(f"thing-{i}", (x + dx, y, z + dz), rotation=turned(turn)) for i, ((x, y, z), turn) in enumerate(crowd)
    ]
    placards = [
        placard(f"board-{i}", (x + dx, y, z + dz), rotation=turned(turn)) for i, (x, y, z, turn) in enumerate(hung)
    ]
    return [*standings, *placards]


def moved_room(dx: float, dz: float) -> Space:
    walls = [
        {**one, "start": (one["start"][0] + dx, one["start"][1] + dz), "end": (one["end"][0] + dx, one["end"][1] + dz)}
        for one in DIVIDED["walls"]
    ]
    x, y, z = DIVIDED["spawn"]["translation"]
    corners = [(fx + dx, fz + dz) for fx, fz in DIVIDED["floor"]]
    return Space.model_validate(
        {**DIVIDED, "floor": corners, "walls": walls, "spawn": {"translation": (x + dx, y, z + dz)}}
    )


NUMBER = re.compile(r"-?\d+\.\d+")


def told(findings: tuple[Finding, ...]) -> list[tuple[Any, ...]]:
    """What is told, with neither places nor figures."""
    wordings = (re.sub(r"; the way there .*", "", finding.message) for finding in findings)
    return [
        (f.code, f.severity, f.subjects, f.pointer, NUMBER.sub("#", wording))
        for f, wording in zip(findings, wordings, strict=True)
    ]


def figures(findings: tuple[Finding, ...]) -> list[float]:
    return [float(n) for f in findings for n in NUMBER.findall(re.sub(r"; the way there .*", "", f.message))]


@settings(deadline=None, max_examples=60)
@given(crowds, boards, st.integers(-200, 200), st.integers(-200, 200))
def test_moving_a_whole_hall_changes_nothing_but_places(crowd: Any, hung: Any, dx: int, dz: int) -> None:
    here = found(hall(*things(crowd, hung), room=moved_room(0, 0)))
    there = found(hall(*things(crowd, hung, dx, dz), room=moved_room(dx, dz)))
    assert told(there) == told(here)
    assert figures(there) == pytest.approx(figures(here), abs=0.011)
    for one, other in zip(here, there, strict=True):
        if one.place and other.place:
            x, y, z = one.place
            assert other.place == pytest.approx((x + dx, y, z + dz), abs=0.002)


@settings(deadline=None, max_examples=60)
@given(crowds, boards, st.randoms(use_true_random=False))
def test_the_order_of_what_stands_and_hangs_does_not_matter(crowd: Any, hung: Any, chance: random.Random) -> None:
    draft = hall(*things(crowd, hung), room=moved_room(0, 0))
    standings, placards = list(draft.standing), list(draft.placards)
    chance.shuffle(standings)
    chance.shuffle(placards)
    assert found(dataclasses.replace(draft, standing=tuple(standings), placards=tuple(placards))) == found(draft)


@settings(deadline=None, max_examples=60)
@given(places, places, turns, turns)
def test_exhibits_whose_middles_are_far_apart_never_overlap(one: Any, other: Any, turn: float, turn_too: float) -> None:
    def at(slug: str, place: Any, degrees: float) -> Standing:
        return standing(slug, place, rotation=turned(degrees))

    codes = [f.code for f in found(hall(at("loom", one, turn), at("lathe", other, turn_too)))]
    apart = max(abs(a - b) for a, b in zip((one[0], one[2]), (other[0], other[2]), strict=True))
    if apart >= 1.5:  # more than the diagonal of a metre square
        assert "EXHIBITS_OVERLAP" not in codes
    if one == other:
        assert "EXHIBITS_OVERLAP" in codes


@settings(deadline=None, max_examples=40)
@given(crowds, boards)
def test_errors_come_first_and_exactly_they_forbid_publication(crowd: Any, hung: Any) -> None:
    draft = hall(*things(crowd, hung), room=moved_room(0, 0), label={"en": "Untranslated"})
    severities = [f.severity for f in found(draft)]
    assert severities == sorted(severities)
    assert severities[0] == "error"
    assert all((f.severity == "error") == (f.code in ERRORS) for f in found(draft))
