"""From a draft to a manifest: the same bytes for the same hall, nobody without consent, sums that are true."""

import datetime
import re
from dataclasses import replace
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from exhibit_api.assets.tables import GLB
from exhibit_api.editions.compose import Composition, compose
from exhibit_api.editions.manifest import EditionStamp, HallManifest
from exhibit_api.editions.schema import schema_of, schema_resource
from exhibit_api.halls.draft import HallDraft, Model, Standing
from exhibit_api.profiles import PROFILES
from tests.halls.building import floor, hall, model, placard, record, space, standing, words
from tests.looking import resources

TODAY = datetime.date(2026, 5, 1)
STAMP = EditionStamp(number=3, published_at=datetime.datetime(2026, 5, 1, 8, tzinfo=datetime.UTC), previous=2, note="x")
MANIFEST = Draft202012Validator(schema_of("hall-manifest"), format_checker=Draft202012Validator.FORMAT_CHECKER)


def composed(draft: HallDraft, today: datetime.date = TODAY) -> Composition:
    return compose(draft, STAMP, schema_resource("hall-manifest"), today)


def manifest_of(draft: HallDraft, today: datetime.date = TODAY) -> dict[str, Any]:
    document: dict[str, Any] = orjson.loads(composed(draft, today).to_bytes())
    return document


def stands(slug: str, digit: str, **options: Any) -> Standing:
    """An exhibit with a model of its own (or the same as another of this digit)."""
    size = 1000 + int(digit, 16)
    one = standing(slug, **options)
    return replace(one, model=Model(digit * 64, size, GLB, model().state, model().measures))


def zones(*places: tuple[str, float]) -> tuple[dict[str, Any], ...]:
    return tuple({"id": name, "label": words(name), "floor": floor(2, 8, at=(x, 0))} for name, x in places)


PEOPLE = {
    "people/invented": record("people", invented=True),
    "people/agreed": record("people", consent={"given": "2026-01-01", "expires": "2027-01-01"}),
    "people/silent": record("people", story=({"date": "2001", "label": words("Secret step")},)),
    "people/expired": record("people", consent={"given": "2020-01-01", "expires": "2026-05-01"}),
    "people/withdrawn": record("people", consent={"given": "2020-01-01", "withdrawn": "2026-04-30"}),
    "people/later": record("people", consent={"given": "2026-05-02"}),
}
SLUGS = tuple(name.removeprefix("people/") for name in PEOPLE)
RECORDS = PEOPLE | {
    "achievements/seam": record("achievements", year=2024, people=SLUGS, studio="welders", awards=("medal",)),
    "awards/medal": record("awards", year=2024),
    "studios/welders": record("studios", leader="silent", members=SLUGS),
    "studios/turners": record("studios", leader="agreed"),
    "selections/2024": record(
        "selections",
        year=2024,
        stages=({"stage": "publicised", "begins": "2024-01-01", "ends": "2024-02-01"},),
        results=(
            *({"stage": "publicised", "person": slug, "award": "medal"} for slug in SLUGS),
            {"stage": "publicised", "studio": "welders"},
            {"stage": "publicised", "achievement": "seam"},
        ),
    ),
}


def furnished() -> HallDraft:
    """A hall with all kinds of things in it."""
    room = space(
        zones=zones(("west", -3), ("east", 3)),
        waypoints=({"id": "door", "translation": (0, 0, 3)},),
        tours=({"id": "tour", "label": words("Tour"), "stops": ({"waypoint": "door", "exhibit": "loom"},)},),
        portals=({"to": "anhui", "floor": floor(1, 1, at=(4, -3))},),
    )
    return hall(
        stands("loom", "a", at=(-3, 0, -2)),
        stands("pump", "b", at=(3, 0, -2), achievements=("seam",)),
        stands("twin", "a", at=(0, 0, -2), scale=0.5, plinth=0.4),
        placard("about-people", people=SLUGS, studio="welders", selection="2024", achievement="seam"),
        placard("about-loom", exhibit="loom", awards=("medal",), body=words("Body")),
        room=room,
        records=RECORDS,
        lighting={"lights": ({"type": "spot", "spot": {}},)},
        anchors=({"type": "geo", "latitude": 31, "longitude": 121, "priority": 2}, {"type": "floor", "priority": 1}),
        summary=words("Summary"),
        requiredStatement=words("Statement"),
    )


def test_a_furnished_hall_is_composed_whole() -> None:
    manifest = manifest_of(furnished())
    assert [one["id"] for one in manifest["exhibits"]] == ["exhibits/loom", "exhibits/pump", "exhibits/twin"]
    assert manifest["exhibits"][0]["placards"] == ["halls/shanghai/placards/about-loom"]
    assert [one["zone"] for one in manifest["exhibits"][:2]] == ["west", "east"]
    assert "zone" not in manifest["exhibits"][2]
    assert [anchor["type"] for anchor in manifest["anchors"]] == ["floor", "geo"]
    assert manifest["space"]["bounds"] == {"min": [-5, 0, -4], "max": [5, 4, 4]}
    assert manifest["exhibits"][2]["bounds"] == {"min": [-0.25, 0, -2.25], "max": [0.25, 0.5, -1.75]}
    assert manifest["edition"] == {"number": 3, "publishedAt": "2026-05-01T08:00:00Z", "previous": 2, "note": "x"}


def test_a_manifest_fits_its_schema_and_its_own_model() -> None:
    composition = composed(furnished())
    assert not list(MANIFEST.iter_errors(orjson.loads(composition.to_bytes())))
    again = HallManifest.model_validate_json(composition.to_bytes())
    assert Composition(again, composition.blobs).to_bytes() == composition.to_bytes()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("edition", "publishedAt"), "yesterday"),
        (("edition", "number"), 0),
        (("exhibits", 0, "model", "variants", 0, "sha256"), "AB"),
        (("exhibits", 0, "pose", "rotation"), [0, 0, 1]),
        (("hall", "label"), "Shanghai"),
        (("type",), "Manifest"),
        (("exhibition", "opens"), "2026-13-40"),
    ],
)
def test_the_schema_finds_what_is_wrong(path: tuple[Any, ...], value: Any) -> None:
    manifest = manifest_of(furnished())
    place: Any = manifest
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert list(MANIFEST.iter_errors(manifest))


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=25)
@given(st.randoms(use_true_random=False))
def test_the_order_of_what_was_read_does_not_matter(random: Any) -> None:
    draft = furnished()
    standings, placards, records = list(draft.standing), list(draft.placards), list(draft.records.items())
    for parts in (standings, placards, records):
        random.shuffle(parts)
    shuffled = replace(draft, standing=tuple(standings), placards=tuple(placards), records=dict(records))
    assert composed(shuffled).to_bytes() == composed(draft).to_bytes()
    assert composed(shuffled).content() == composed(draft).content()


def test_the_content_is_that_of_the_hall_and_not_of_its_stamp() -> None:
    draft, other = furnished(), STAMP.model_copy(update={"number": 9})
    again = compose(draft, other, schema_resource("hall-manifest"), TODAY)
    assert again.content() == composed(draft).content()
    assert again.to_bytes() != composed(draft).to_bytes()
    moved = replace(draft, standing=draft.standing[:2])
    assert composed(moved).content() != composed(draft).content()


def test_people_without_consent_are_left_out_everywhere() -> None:
    manifest = manifest_of(furnished())
    shown, hidden = {"people/invented", "people/agreed"}, {"silent", "expired", "withdrawn", "later"}
    assert {one["id"] for one in manifest["people"]} == shown
    text = orjson.dumps(manifest).decode()
    assert set(re.findall(r"people/[a-z]+", text)) == shown
    assert not [slug for slug in hidden if f"/{slug}" in text]
    assert "Secret step" not in text
    welders = next(one for one in manifest["studios"] if one["id"] == "studios/welders")
    assert "leader" not in welders
    assert set(welders["members"]) == shown
    subjects = [result["subject"] for result in manifest["selections"][0]["results"]]
    assert set(subjects) == shown | {"studios/welders", "achievements/seam"}


def test_consent_holds_from_its_first_day_to_the_day_before_it_ends() -> None:
    def shown(day: datetime.date) -> set[str]:
        return {one["id"].removeprefix("people/") for one in manifest_of(furnished(), day)["people"]}

    assert shown(datetime.date(2026, 4, 29)) == {"invented", "agreed", "expired", "withdrawn"}
    assert shown(datetime.date(2026, 4, 30)) == {"invented", "agreed", "expired"}
    assert shown(datetime.date(2026, 5, 2)) == {"invented", "agreed", "later"}
    assert shown(datetime.date(2027, 1, 1)) == {"invented", "later"}


def ids(value: Any) -> list[str]:
    found = [value["id"]] if isinstance(value, dict) and "id" in value else []
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return found + [one for part in parts for one in ids(part)]


def test_everything_that_is_named_is_there_once() -> None:
    manifest = manifest_of(furnished())
    manifest_without_room = {name: part for name, part in manifest.items() if name not in ("space", "hall")}
    named = ids(manifest_without_room)
    assert len(named) == len(set(named))
    text = orjson.dumps(manifest).decode()
    kinds = "people|awards|achievements|studios|selections|organisations|exhibits"
    assert set(re.findall(rf'"((?:{kinds})/[a-z0-9-]+)"', text)) <= set(named)


def test_ids_end_in_the_slug() -> None:
    manifest = manifest_of(furnished())
    assert (manifest["id"], manifest["hall"]["slug"]) == ("halls/shanghai", "shanghai")
    assert manifest["exhibition"]["id"].endswith(f"/{manifest['exhibition']['slug']}")
    assert [one["id"].rpartition("/")[2] for one in manifest["exhibits"]] == ["loom", "pump", "twin"]
    assert [one["id"].rpartition("/")[2] for one in manifest["placards"]] == ["about-loom", "about-people"]


def test_whatever_has_bytes_is_told_in_the_same_way_and_relative() -> None:
    composition = composed(furnished())
    manifest = orjson.loads(composition.to_bytes())
    found = resources(manifest)
    assert len(found) == 4
    for resource in found:
        assert {"url", "sha256", "bytes", "mediaType"} <= resource.keys()
        assert re.fullmatch(r"\.\./(blobs|schemas)/[a-z0-9.-]+", resource["url"])
        assert resource["sha256"] in resource["url"]
    assert re.findall(r'"(/[^"]*|https?://(?!creativecommons)[^"]*)"', composition.to_bytes().decode()) == []
    assert {blob.key for blob in composition.blobs} == {f"public/blobs/{digit * 64}.glb" for digit in "ab"}


exhibits = st.lists(
    st.tuples(
        st.sampled_from("abcdef"),
        st.floats(-4.9, 4.9, allow_nan=False).map(lambda x: round(x, 3)),
        st.floats(-3.9, 3.9, allow_nan=False).map(lambda z: round(z, 3)),
        st.sampled_from([None, "west", "east"]),
        st.integers(-100, 100),
    ),
    max_size=30,
)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=60)
@given(exhibits, st.sampled_from([(), zones(("west", -3), ("east", 3))]))
def test_the_load_plan_and_the_budget_are_true(places: list[Any], rooms: Any) -> None:
    standings = []
    for at, (digit, x, z, zone, priority) in enumerate(places):
        one = stands(f"exhibit-{at}", digit, at=(x, 0, z))
        pose = one.placement.model_copy(update={"zone": zone if rooms else None, "priority": priority})
        standings.append(replace(one, placement=pose))
    manifest = manifest_of(hall(*standings, room=space(zones=rooms)))
    assert not list(MANIFEST.iter_errors(manifest))
    plan, budget = manifest["loadPlan"]["master"], manifest["budget"]["master"]
    assert manifest["loadPlan"] == dict.fromkeys(PROFILES, plan)
    loaded = [item for step in plan for item in step["items"]]
    assert sorted(loaded) == sorted(f"exhibits/{one.slug}" for one in standings)
    assert len({step["step"] for step in plan}) == len(plan)
    assert all(step["items"] for step in plan)
    sizes = {f"exhibits/{one.slug}": (one.model.sha256, one.model.bytes) for one in standings if one.model}
    seen: set[str] = set()
    for step in plan:
        new = {sizes[item] for item in step["items"]} - {(sha, size) for sha, size in sizes.values() if sha in seen}
        assert step["bytes"] == sum(size for _, size in new)
        seen |= {sha for sha, _ in new}
    assert budget["bytes"] == sum(step["bytes"] for step in plan) == sum(size for _, size in set(sizes.values()))
    assert budget["triangles"] == budget["drawCalls"] == len(standings)
    assert budget["textureBytes"] == len(set(sizes.values()))


def test_what_is_in_front_of_the_visitor_is_loaded_first() -> None:
    draft = hall(
        stands("ahead", "a", at=(0, 0, -3)),
        stands("behind", "b", at=(0, 0, 3.8)),
        stands("beside", "c", at=(-4, 0, 3)),
        stands("urgent", "d", at=(1, 0, -3.5)),
        room=space(
            zones=zones(
                ("west", -4),
            )
        ),
    )
    standings = [
        replace(one, placement=one.placement.model_copy(update={"priority": 5 if one.slug == "urgent" else 0}))
        for one in draft.standing
    ]
    plan = manifest_of(replace(draft, standing=tuple(standings)))["loadPlan"]["master"]
    assert [(step["step"], step["items"]) for step in plan] == [
        ("first-view", ["exhibits/urgent", "exhibits/ahead"]),
        ("west", ["exhibits/beside"]),
        ("rest", ["exhibits/behind"]),
    ]


@pytest.mark.parametrize("standings", [(), (stands("loom", "a"),), (stands("a", "a"), stands("b", "a", at=(2, 0, 0)))])
def test_awkward_halls_are_composed_too(standings: tuple[Standing, ...]) -> None:
    composition = composed(hall(*standings, summary=None, rights=None))
    manifest = orjson.loads(composition.to_bytes())
    assert not list(MANIFEST.iter_errors(manifest))
    assert len(manifest["exhibits"]) == len(standings)
    assert len(composition.blobs) == len({one.model.sha256 for one in standings if one.model})
    assert manifest["space"]["zones"] == []


def test_an_exhibit_without_known_bounds_stands_without_them() -> None:
    one = standing("loom", box=None)
    manifest = manifest_of(hall(one))
    assert "bounds" not in manifest["exhibits"][0]
    assert not list(MANIFEST.iter_errors(manifest))
