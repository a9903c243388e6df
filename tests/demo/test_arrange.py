"""The furnished halls: nothing overlaps, everything is reached on foot and stands where it is seen well."""

import json
import math
import shutil
from itertools import combinations

import pytest
from shapely import Point, Polygon

from exhibit_api.demo.arrange import arranged, write_hall, write_halls
from exhibit_api.demo.stands import plinth_height
from exhibit_api.errors import Rejected
from exhibit_api.halls.draft import HallDraft, Standing
from exhibit_api.halls.rules import check_hall
from exhibit_api.halls.schemas import ExhibitionBody, HallBody, PlacardBody, PlacementBody
from tests.demo.furnished import (
    AISLE,
    BOUNDS,
    HALLS,
    MANIFESTS,
    MODELS,
    PLANS,
    RECORDS,
    SIZES,
    board,
    every_hall,
    footprint,
    spot,
    turned,
    walkable,
    walls,
)
from tests.gltf.building import box as box_glb
from tests.halls.building import model
from tests.halls.linting import found


@every_hall
def test_the_hall_is_made_of_valid_documents(hall):
    body = HallBody.model_validate(hall["hall"])
    assert body.space.floor == PLANS[hall["slug"]].floor
    for slug, placement in hall["placements"].items():
        assert PlacementBody.model_validate(placement).exhibit == slug
    for placard in hall["placards"].values():
        PlacardBody.model_validate(placard)
    assert len(hall["placements"]) == 9


@every_hall
def test_lint_finds_nothing_to_say(hall):
    body = HallBody.model_validate(hall["hall"])
    check_hall(body)
    draft = HallDraft(
        slug=hall["slug"],
        body=body,
        exhibition=ExhibitionBody.model_validate({"organisation": "delta-forum", "label": hall["hall"]["label"]}),
        standing=tuple(
            Standing(slug, PlacementBody.model_validate(placement), RECORDS.exhibits[slug], model(BOUNDS[slug]))
            for slug, placement in hall["placements"].items()
        ),
        placards=tuple((slug, PlacardBody.model_validate(placard)) for slug, placard in hall["placards"].items()),
        records={f"{kind}/{slug}": record for kind in vars(RECORDS) for slug, record in getattr(RECORDS, kind).items()},
        halls=frozenset(PLANS),
    )
    assert [finding.message for finding in found(draft)] == []


@every_hall
def test_every_exhibit_stands_on_its_plinth_inside_the_hall_and_its_zone(hall):
    space = hall["hall"]["space"]
    zones = {zone["id"]: Polygon(zone["floor"]) for zone in space["zones"]}
    for slug, placement in hall["placements"].items():
        assert placement["pose"]["translation"][1] == placement["plinth"], slug
        assert Polygon(space["floor"]).contains(footprint(placement)), slug
        assert zones[placement["zone"]].covers(footprint(placement)), slug


@every_hall
def test_a_person_of_a_metre_sixty_sees_every_exhibit_well(hall):
    for slug, placement in hall["placements"].items():
        width, height, depth = SIZES[slug]
        plinth = placement["plinth"]
        if max(width, height, depth) <= 0.8:
            assert 0.9 <= plinth <= 1.1, slug
        elif height >= 1.0:
            assert 0.15 <= plinth <= 0.4, slug
        assert 0.7 <= plinth + height / 2 <= 1.3, slug


@every_hall
def test_aisles_run_all_round_every_exhibit(hall):
    built = walls(hall)
    stands = {slug: footprint(p).union(board(hall["placards"][slug])) for slug, p in hall["placements"].items()}
    for slug, stand in stands.items():
        assert stand.distance(built) >= AISLE, slug
    for (a, one), (b, other) in combinations(stands.items(), 2):
        assert one.distance(other) >= AISLE, (a, b)


@every_hall
def test_every_placard_and_waypoint_is_reached_on_foot_from_the_spawn(hall):
    ground = walkable(hall)
    for slug, placard in hall["placards"].items():
        assert ground.covers(Point(spot(placard["view"]))), slug
    for waypoint in hall["hall"]["space"]["waypoints"]:
        assert waypoint["translation"][1] == 0, waypoint["id"]
        assert ground.covers(Point(spot(waypoint))), waypoint["id"]
    for portal in hall["hall"]["space"]["portals"]:
        assert ground.intersects(Polygon(portal["floor"])), portal["to"]
        assert ground.covers(Point(spot(portal["pose"]))), portal["to"]


@every_hall
def test_numbers_are_millimetres_and_rotations_are_units(hall):
    poses = [p["pose"] for p in hall["placements"].values()]
    poses += [p[part] for p in hall["placards"].values() for part in ("pose", "view")]
    poses += hall["hall"]["space"]["waypoints"]
    poses += hall["hall"]["lighting"]["lights"]
    for pose in poses:
        assert all(round(part, 3) == part for part in pose["translation"])
        assert all(round(part, 6) == part for part in pose["rotation"])
        assert abs(math.hypot(*pose["rotation"]) - 1) < 1e-4


def test_the_same_plan_gives_the_same_bytes(tmp_path):
    for run in ("one", "two"):
        write_hall(arranged(PLANS["joint"], BOUNDS, RECORDS), tmp_path / run)
    one, two = ((tmp_path / run / "demo/halls/joint.json").read_bytes() for run in ("one", "two"))
    assert one == two
    assert json.loads(one)["placards"]["hall"]["label"]["zh-Hans"] == "长三角联合展厅（演示）"


def test_halls_are_arranged_around_the_models_that_lie_in_assets(tmp_path):
    shutil.copytree(MANIFESTS / "demo", tmp_path / "manifests/demo", ignore=shutil.ignore_patterns("halls"))
    (tmp_path / "models").mkdir()
    for slug, size in SIZES.items():
        (tmp_path / "models" / f"{slug}.glb").write_bytes(box_glb(size))
    write_halls(tmp_path, tmp_path / "manifests")
    for slug, hall in HALLS.items():
        written = json.loads((tmp_path / f"manifests/demo/halls/{slug}.json").read_text(encoding="utf-8"))
        assert written == json.loads(json.dumps(hall))


@pytest.mark.skipif(len(list(MODELS.glob("*.glb"))) < len(SIZES), reason="not all models are made yet")
def test_the_halls_that_are_kept_are_those_that_the_plans_and_models_give(tmp_path):
    shutil.copytree(MANIFESTS / "demo", tmp_path / "demo", ignore=shutil.ignore_patterns("halls"))
    write_halls(MODELS.parent, tmp_path)
    for slug in PLANS:
        kept, made = (folder / f"demo/halls/{slug}.json" for folder in (MANIFESTS, tmp_path))
        assert made.read_bytes() == kept.read_bytes(), slug


def test_a_model_whose_origin_is_off_its_middle_stands_in_the_same_place():
    (ax, ay, az), (bx, by, bz) = BOUNDS["tokamak"]
    moved = BOUNDS | {"tokamak": ((ax + 2, ay - 0.5, az), (bx + 2, by - 0.5, bz))}
    pose = arranged(PLANS["anhui"], moved, RECORDS)["placements"]["tokamak"]["pose"]
    before = HALLS["anhui"]["placements"]["tokamak"]["pose"]
    middle = [a + b for a, b in zip(pose["translation"], turned(pose["rotation"], (2, -0.5, 0)), strict=True)]
    assert middle == pytest.approx(before["translation"], abs=2e-3)


def test_models_that_have_grown_too_large_for_their_row_are_refused_by_name():
    grown = BOUNDS | {"craft-trophy": ((-2.0, 0.0, -0.2), (2.0, 0.7, 0.2))}
    with pytest.raises(Rejected, match=r"craft-trophy.*0\.9 m"):
        arranged(PLANS["joint"], grown, RECORDS)


@pytest.mark.parametrize(
    ("size", "height"),
    [
        ((0.3, 0.4, 0.2), 1.0),
        ((0.35, 0.7, 0.35), 0.9),
        ((1.3, 1.9, 0.6), 0.25),
        ((0.6, 1.2, 0.4), 0.4),
        ((1.2, 0.5, 0.9), 0.7),
    ],
)
def test_small_things_come_to_the_eye_and_machines_stay_near_the_ground(size, height):
    assert plinth_height(size) == height
