"""What a hall costs each kind of device: limits, what weighs most, and what is still being made light."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibit_api.gltf.budget import Measure
from exhibit_api.halls.draft import HallDraft, Standing
from exhibit_api.halls.findings import Finding
from exhibit_api.halls.lint.budgets import UNITS, amount
from exhibit_api.profiles import DEFAULT_BUDGETS, Budgets
from tests.halls.building import CUBE, digest, floor, hall, measured, portrayed, space, standing, variant, words
from tests.halls.linting import found

MEGABYTE = 1_000_000
WEST = space(zones=({"id": "west", "label": words("West"), "floor": floor(2, 8, at=(-3, 0))},))
AHEAD, BEHIND, IN_THE_WEST = (0, 0, -2), (2, 0, 3), (-3, 0, 3)
FREE = Budgets.model_validate({"webxr-mobile": None, "scene-viewer": None})


def heavy(slug: str, megabytes: float, at: Any = AHEAD, **counts: int) -> Standing:
    """An exhibit whose mobile variant weighs so much, and whose other files weigh little."""
    light = variant("scene-viewer", digest(f"{slug} light"))
    mobile = variant("webxr-mobile", digest(f"{slug} mobile"), round(megabytes * MEGABYTE), **counts)
    return portrayed(standing(slug, at), mobile, light)


def told(draft: HallDraft, budgets: Budgets = DEFAULT_BUDGETS) -> list[Finding]:
    return [finding for finding in found(draft, budgets=budgets) if finding.code.value.startswith("BUDGET")]


def messages(draft: HallDraft, budgets: Budgets = DEFAULT_BUDGETS) -> list[str]:
    return [finding.message for finding in told(draft, budgets)]


def test_a_first_view_that_is_too_heavy_names_the_number_the_limit_and_the_heaviest() -> None:
    things = [heavy("turbofan", 4.1), heavy("crane", 2.2), heavy("loom", 1.94), heavy("pin", 0.2)]
    (finding,) = told(hall(*things))
    assert (finding.code, finding.severity) == ("BUDGET_EXCEEDED", "error")
    assert finding.message == (
        "for webxr-mobile the first view takes 8.4 MB, more than the limit of 5 MB;"
        " 'turbofan' 4.1 MB, 'crane' 2.2 MB and 'loom' 1.9 MB weigh most"
    )
    assert finding.subjects == ("halls/shanghai", "placements/turbofan", "placements/crane", "placements/loom")
    assert finding.pointer == "/space/spawn"


@pytest.mark.parametrize(
    ("megabytes", "code"),
    [(3.99, None), (4, "BUDGET_NEAR"), (5, "BUDGET_NEAR"), (5.000_001, "BUDGET_EXCEEDED")],
)
def test_a_limit_is_near_from_80_per_cent_and_exceeded_by_one_byte(megabytes: float, code: str | None) -> None:
    assert [finding.code for finding in told(hall(heavy("loom", megabytes)))] == ([code] if code else [])


def test_little_room_is_advice() -> None:
    (finding,) = told(hall(heavy("loom", 4.2)))
    assert finding.severity == "warning"
    assert finding.message == (
        "for webxr-mobile the first view takes 4.2 MB, 84 % of the limit of 5 MB; 'loom' 4.2 MB weighs most"
    )


def test_a_number_that_is_hardly_over_its_limit_is_told_in_more_digits() -> None:
    (message,) = messages(hall(heavy("loom", 5.000_1)))
    assert message.startswith(
        "for webxr-mobile the first view takes 5.0001 MB, more than the limit of 5 MB; 'loom' 5.0001 MB"
    )


def test_a_zone_and_what_stands_in_none_have_limits_of_their_own() -> None:
    draft = hall(heavy("loom", 16, IN_THE_WEST), heavy("pump", 17, BEHIND), room=WEST)
    zone, rest = told(draft)
    assert zone.message.startswith("for webxr-mobile the zone 'west' takes 16 MB, more than the limit of 15 MB")
    assert zone.pointer == "/space/zones/0"
    assert rest.message.startswith("for webxr-mobile what stands in no zone takes 17 MB, more than the limit of 15 MB")
    assert rest.pointer is None


def test_a_hall_can_be_too_heavy_though_each_of_its_parts_is_not() -> None:
    budgets = Budgets.model_validate({"webxr-mobile": {"hallBytes": 7 * MEGABYTE}})
    draft = hall(heavy("loom", 3), heavy("pump", 4.5, BEHIND), room=WEST)
    assert messages(draft, budgets) == [
        "for webxr-mobile the whole hall takes 7.5 MB, more than the limit of 7 MB; 'pump' 4.5 MB and 'loom' 3 MB weigh most"
    ]


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        (
            {"triangles": 420_000},
            "for webxr-mobile the first view takes 420,000 triangles, more than the limit of 300,000; 'loom' 420,000 weighs most",
        ),
        (
            {"draw_calls": 201},
            "for webxr-mobile the first view takes 201 draw calls, more than the limit of 200; 'loom' 201 weighs most",
        ),
        (
            {"texture_bytes": 200 << 20},
            "for webxr-mobile the whole hall takes 200 MiB of texture memory, more than the limit of 192 MiB;"
            " 'loom' 200 MiB weighs most",
        ),
    ],
)
def test_triangles_draw_calls_and_texture_memory_are_limited_too(counts: dict[str, int], said: str) -> None:
    assert messages(hall(heavy("loom", 1, **counts))) == [said]


def test_what_is_visible_is_counted_step_by_step() -> None:
    here, there = heavy("loom", 1, triangles=200_000), heavy("pump", 1, IN_THE_WEST, triangles=200_000)
    assert told(hall(here, there, room=WEST)) == []


def test_scene_viewer_opens_one_exhibit_at_a_time() -> None:
    things = [
        portrayed(standing(slug), variant("scene-viewer", digest(slug + "light"), 6 * MEGABYTE)) for slug in "abc"
    ]
    fat = portrayed(standing("loom"), variant("scene-viewer", digest("fat"), 12_400_000), bytes=1)
    (finding,) = [one for one in told(hall(*things, fat)) if "scene-viewer" in one.message]
    assert finding.message == "for scene-viewer 'loom' takes 12.4 MB, more than the limit of 10 MB"
    assert finding.subjects == ("placements/loom", "exhibits/loom")


def test_a_model_that_is_not_light_yet_is_counted_as_its_master_and_told() -> None:
    master = portrayed(standing("loom"), bytes=11 * MEGABYTE)
    done = heavy("pump", 1)
    first, viewer = sorted(messages(hall(master, done)), reverse=True)
    assert first == (
        "for webxr-mobile the first view takes 12 MB, more than the limit of 5 MB; 'loom' 11 MB and 'pump' 1 MB weigh most;"
        " 1 of its 2 models is still being made light"
    )
    assert viewer == (
        "for scene-viewer 'loom' takes 11 MB, more than the limit of 10 MB; its model is still being made light"
    )


def test_a_model_that_could_not_be_made_light_is_told_apart_from_those_that_are_worked_on() -> None:
    failed, waits = (
        portrayed(standing(slug), bytes=6 * MEGABYTE, given_up=slug == "loom") for slug in ("loom", "pump")
    )
    why = f"could not be made light: GET /v1/assets/{digest('loom')[:12]}… says why"
    (alone,) = messages(hall(failed))
    assert alone.endswith(f"'loom' 6 MB weighs most; 1 of its 1 models {why}")
    first, viewer = sorted(messages(hall(replace(failed, model=replace(failed.model, bytes=11 * MEGABYTE)), waits)))[
        ::-1
    ]
    assert first.endswith(f"; 1 of its 2 models is still being made light; 1 of its 2 models {why}")
    assert viewer == f"for scene-viewer 'loom' takes 11 MB, more than the limit of 10 MB; its model {why}"


def test_a_model_of_which_nothing_can_be_made_is_not_waited_for() -> None:
    alone = portrayed(standing("loom"), bytes=6 * MEGABYTE, recipe=1)
    assert messages(hall(alone)) == [
        "for webxr-mobile the first view takes 6 MB, more than the limit of 5 MB; 'loom' 6 MB weighs most"
    ]


def test_a_model_that_stands_twice_is_downloaded_once_and_drawn_twice() -> None:
    parts: dict[str, Any] = {"sha256": digest("shared"), "bytes": 4_500_000, "recipe": 1}
    parts["measures"] = measured(CUBE, triangles=160_000, texture_bytes=100 << 20)
    twins = [portrayed(standing(slug, (x, 0, -2)), **parts) for slug, x in (("left", -1), ("right", 1))]
    near, over = sorted(told(hall(*twins)), key=lambda finding: finding.severity, reverse=True)
    assert near.message == (
        "for webxr-mobile the first view takes 4.5 MB, 90 % of the limit of 5 MB; 'left' 4.5 MB weighs most"
    )
    assert over.message.startswith("for webxr-mobile the first view takes 320,000 triangles")


def test_profiles_without_limits_and_exhibits_without_models_are_passed_over() -> None:
    giant = portrayed(standing("loom"), bytes=900 * MEGABYTE)
    assert told(hall(giant), FREE) == []
    assert told(hall(standing("pump", has_model=False))) == []


def test_any_profile_can_be_limited() -> None:
    budgets = Budgets.model_validate(
        {"webxr-mobile": None, "scene-viewer": None, "master": {"hallBytes": 10}, "fallback-2d": {"hallBytes": 500}}
    )
    draft = hall(portrayed(standing("loom"), bytes=11))
    assert messages(draft, budgets) == [
        "for master the whole hall takes 0.000011 MB, more than the limit of 0.00001 MB; 'loom' 0.000011 MB weighs most"
    ]


@given(st.integers(0, 1 << 50), st.sampled_from(sorted(UNITS)))
def test_an_amount_is_written_truly(number: int, measure: Measure) -> None:
    size, unit, _ = UNITS[measure]
    read = float(amount(number, measure).removesuffix(unit).replace(",", ""))
    assert read == pytest.approx(number / size, rel=0.06, abs=0)
