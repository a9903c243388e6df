"""Laws of what halls cost: the parts add up, bytes are true, each exhibit is loaded in one step, a file is loaded once."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exhibit_api.gltf.budget import summed
from exhibit_api.halls.costs import costs, uses, waiting, within
from exhibit_api.halls.draft import Standing
from exhibit_api.halls.portrayal import cost_of, shown_by
from exhibit_api.profiles import PROFILES, Limits
from tests.halls.building import digest, floor, measured, picture, portrayed, space, standing, variant, words

NAMES = ("webxr-high", "webxr-mobile", "scene-viewer", "mini-program", "quick-look")
COUNTS = ("triangles", "draw_calls", "texture_bytes")
ROOM = space(
    zones=tuple(
        {"id": name, "label": words(name), "floor": floor(2, 8, at=(x, 0))} for name, x in (("west", -3), ("east", 3))
    )
)


@st.composite
def exhibits(draw: st.DrawFn) -> tuple[Standing, ...]:
    """Exhibits anywhere in the hall; some share a model, some share a file with another's model, some have nothing made yet."""
    standings = []
    for at in range(draw(st.integers(0, 12))):
        place = (draw(st.floats(-4.9, 4.9)), 0.0, draw(st.floats(-3.9, 3.9)))
        which = draw(st.integers(0, 5))
        made = [name for name in NAMES if (which + len(name)) % 3] if which else []
        files: list[Any] = [
            variant(name, digest(f"{which % 4} {name}"), 50 + which % 4, **_counts(which % 4)) for name in made
        ]
        if which % 2:
            files.append(picture("poster-1024-ground", digest(f"poster {which}"), 1024))
        one = standing(f"exhibit-{at}", place)
        model = {"sha256": digest(f"master {which}"), "bytes": 1000 + which, "measures": measured(**_counts(which))}
        standings.append(portrayed(one, *files, **model))
    return tuple(standings)


def _counts(seed: int) -> dict[str, int]:
    return {name: (seed + 1) * 10**power for power, name in enumerate(COUNTS)}


LAWS = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)


@LAWS
@given(exhibits())
def test_every_exhibit_is_loaded_in_one_step_and_in_the_same_order_by_every_profile(
    standings: tuple[Standing, ...],
) -> None:
    found = costs(standings, ROOM)
    orders = {
        tuple((part.name, tuple(share.standing.id for share in part.shares)) for part in cost.parts)
        for cost in found.values()
    }
    assert tuple(found) == PROFILES
    assert len(orders) == 1
    ids = [one for _, items in orders.pop() for one in items]
    assert sorted(ids) == sorted(one.id for one in standings)


@LAWS
@given(exhibits())
def test_the_bytes_and_textures_are_those_of_the_different_files_and_all_that_stands_is_drawn(
    standings: tuple[Standing, ...],
) -> None:
    for profile, cost in costs(standings, ROOM).items():
        files = [file for one in standings if (file := shown_by(one, profile))]
        once = {file.sha256: file for file in files}.values()
        assert cost.totals.bytes == sum(file.bytes for file in once)
        assert cost.totals.texture_bytes == sum(cost_of(file).texture_bytes for file in once)
        assert cost.totals.triangles == sum(cost_of(file).triangles for file in files)
        assert cost.totals.draw_calls == sum(cost_of(file).draw_calls for file in files)


@LAWS
@given(exhibits())
def test_the_parts_add_up_to_the_whole_and_each_counts_what_no_earlier_one_has(standings: tuple[Standing, ...]) -> None:
    for profile, cost in costs(standings, ROOM).items():
        assert summed(part.totals for part in cost.parts) == cost.totals
        seen: set[str] = set()
        for part in cost.parts:
            files = {file.sha256: file for share in part.shares if (file := shown_by(share.standing, profile))}
            assert part.totals.bytes == sum(file.bytes for sha256, file in files.items() if sha256 not in seen)
            seen |= files.keys()


@LAWS
@given(exhibits(), st.sampled_from(list(Limits.model_fields)), st.integers(1, 5000))
def test_a_hall_is_within_a_limit_as_long_as_the_most_it_uses_is(
    standings: tuple[Standing, ...], limit: str, most: int
) -> None:
    limits = Limits.model_validate({limit: most})
    for cost in costs(standings, ROOM).values():
        used = [use.value for use in uses(cost, limits)]
        assert within(cost, limits) == (max(used, default=0) <= most)
        assert all(use.limit == limit and use.most == most for use in uses(cost, limits))
        if limit.startswith("hall"):
            assert len(used) == 1
        if limit == "exhibit_bytes":
            assert len(used) == len(standings)
        if limit.startswith("visible"):
            assert len(used) == len(cost.parts)


@LAWS
@given(exhibits(), st.permutations(range(12)))
def test_the_order_of_what_was_read_does_not_matter(standings: tuple[Standing, ...], order: list[int]) -> None:
    shuffled = [standings[i] for i in order if i < len(standings)]
    assert costs(shuffled, ROOM) == costs(standings, ROOM)


def test_models_of_which_nothing_was_made_are_waited_for_once_each() -> None:
    raw = [
        portrayed(standing(slug), sha256=digest(sha256)) for slug, sha256 in (("a", "one"), ("b", "one"), ("c", "two"))
    ]
    done = [portrayed(standing("d"), recipe=1), portrayed(standing("e"), variant("webxr-mobile", digest("e mobile")))]
    assert waiting(costs([*raw, *done], ROOM)["webxr-mobile"].shares) == 2
