"""Halls over HTTP: what a curator writes, how it is guarded, and what is refused with which words."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from exhibit_api.accounts.roles import Role
from tests.acting import SQUARE, House, words
from tests.gltf.building import box
from tests.houses import open_house
from tests.looking import problem

__all__ = ["open_house"]

HALF = 0.5**0.5
POSE = {"translation": [0, 0, -3], "rotation": [0, 0, 0, 1], "scale": [1, 1, 1]}


@pytest.fixture
def hall(laptop: House) -> str:
    """A hall of 10 m × 10 m with two exhibits to place."""
    slug = laptop.hall()
    laptop.exhibit("loom", box((1, 1, 1)))
    laptop.exhibit("pump")
    return slug


@pytest.fixture(scope="module")
def unchanged(open_house: House) -> House:
    """A house with the hall "suzhou" and the exhibit "loom", for tests that change nothing in it."""
    open_house.hall("suzhou")
    open_house.exhibit("loom")
    return open_house


def space(**parts: Any) -> dict[str, Any]:
    return {"floor": SQUARE, **parts}


def zone(name: str, floor: list[list[float]]) -> dict[str, Any]:
    return {"id": name, "label": words(name), "floor": floor}


def test_a_hall_is_read_as_it_was_written(laptop: House, hall: str) -> None:
    draft = laptop.admin.get(f"/v1/halls/{hall}/draft")
    body = draft.json()
    assert (body["slug"], body["revision"], body["organisation"]) == (hall, 1, "jiangsu")
    assert body["space"]["spawn"] == {"translation": [0, 0, 0], "rotation": [0, 0, 0, 1]}
    again = laptop.admin.put(f"/v1/halls/{hall}", body, **{"If-Match": draft.headers["ETag"]})
    assert (again.status_code, again.json()["revision"]) == (200, 2)
    assert again.headers["ETag"] != draft.headers["ETag"]
    assert [one["slug"] for one in laptop.admin.get("/v1/halls?exhibition=delta").json()["items"]] == [hall]


def test_an_update_needs_to_know_what_it_changes(laptop: House, hall: str) -> None:
    draft = laptop.admin.get(f"/v1/halls/{hall}/draft")
    body, etag = draft.json(), draft.headers["ETag"]
    problem(laptop.admin.put(f"/v1/halls/{hall}", body), 428, etag)
    assert laptop.admin.put(f"/v1/halls/{hall}", body, **{"If-Match": etag}).status_code == 200
    problem(laptop.admin.put(f"/v1/halls/{hall}", body, **{"If-Match": etag}), 412, etag)
    problem(laptop.admin.put(f"/v1/halls/{hall}", body, **{"If-None-Match": "*"}), 412, "exists already")
    problem(laptop.admin.put("/v1/halls/wuxi", body, **{"If-Match": etag}), 412, "does not exist")
    problem(laptop.admin.delete(f"/v1/halls/{hall}", **{"If-Match": etag}), 412)
    assert laptop.admin.put(f"/v1/halls/{hall}", body, **{"If-Match": "*"}).status_code == 200


@pytest.mark.parametrize("part", ["placements/loom", "placards/about"])
def test_what_is_in_a_hall_is_guarded_too(laptop: House, hall: str, part: str) -> None:
    place = f"/v1/halls/{hall}/{part}"
    body = {"exhibit": "loom"} if part.startswith("placements") else {"pose": {}, "label": words("About")}
    made = laptop.admin.put(place, body)
    assert (made.status_code, made.json()["id"]) == (201, f"halls/{hall}/{part}")
    problem(laptop.admin.put(place, body), 428)
    problem(laptop.admin.put(place, body, **{"If-Match": '"0-00000000"'}), 412)
    found = laptop.admin.get(place)
    assert found.json() == made.json()
    assert laptop.admin.put(place, found.json(), **{"If-Match": found.headers["ETag"]}).status_code == 200
    problem(laptop.admin.delete(place, **{"If-Match": found.headers["ETag"]}), 412)
    assert len(laptop.admin.get(f"/v1/halls/{hall}/{part.split('/')[0]}").json()["items"]) == 1
    assert laptop.admin.delete(place).status_code == 204
    problem(laptop.admin.get(place), 404, part.split("/")[1], hall)
    problem(laptop.admin.delete(place), 404)


@pytest.mark.parametrize(
    "body",
    [
        {"translation": [0, 0, -3]},
        {"pose": {"translation": [0, 0, -3]}},
        {"translation": [0, 0, -3], "rotation": [0, 0, 0, 1], "scale": 1},
        {"pose": POSE},
    ],
)
def test_a_pose_may_stand_flat_and_a_scale_be_one_number(laptop: House, hall: str, body: dict[str, Any]) -> None:
    made = laptop.admin.put(f"/v1/halls/{hall}/placements/loom", {"exhibit": "loom"} | body)
    assert (made.status_code, made.json()["pose"]) == (201, POSE)


@pytest.mark.parametrize(
    ("body", "pointer", "said"),
    [
        ({"rotation": [0, 0, 0, 0.9]}, "/pose/rotation", "unit quaternion"),
        ({"rotation": [0, 0, 0, 0]}, "/pose/rotation", "unit quaternion"),
        ({"rotation": [0, 90, 0]}, "/pose/rotation", "required"),
        ({"translation": [5.2, 0, 0]}, "/pose/translation", "outside the floor"),
        ({"translation": [0, 9, 0]}, "/pose/translation/1", "9 m high"),
        ({"translation": [0, -1, 0]}, "/pose/translation/1", "-1 m high"),
        ({"translation": [1e9, 0, 0]}, "/pose/translation/0", "10000"),
        ({"scale": 0}, "/pose/scale/0", "greater than 0"),
        ({"scale": [1, 1]}, "/pose/scale", "required"),
        ({"scale": [1, -1, 1]}, "/pose/scale/1", "greater than 0"),
        ({"pose": POSE, "scale": 2}, "/scale", "not permitted"),
        ({"zone": "nowhere"}, "/zone", "no zone 'nowhere'"),
        ({"plinth": 0}, "/plinth", "greater than 0"),
        ({"colour": "red"}, "/colour", "not permitted"),
    ],
)
def test_a_placement_that_cannot_be_is_refused_at_its_place(
    unchanged: House, body: dict[str, Any], pointer: str, said: str
) -> None:
    told = problem(unchanged.admin.put("/v1/halls/suzhou/placements/loom", {"exhibit": "loom"} | body), 422)
    faults = {fault["pointer"]: fault["detail"] for fault in told["errors"]}
    assert any(at.startswith(pointer) and said in detail for at, detail in faults.items()), faults
    problem(unchanged.admin.get("/v1/halls/suzhou/placements/loom"), 404)


def test_an_exhibit_stands_once_in_a_hall(laptop: House, hall: str) -> None:
    laptop.place(hall, "loom")
    told = laptop.admin.put(f"/v1/halls/{hall}/placements/loom-again", {"exhibit": "loom", "translation": [2, 0, 2]})
    problem(told, 409, "'loom'", hall)
    problem(laptop.admin.put(f"/v1/halls/{hall}/placements/x", {"exhibit": "none"}), 404, "exhibits/none")
    problem(laptop.admin.put("/v1/halls/none/placements/x", {"exhibit": "loom"}), 404, "'none'")


def test_a_placement_may_change_its_exhibit(laptop: House, hall: str) -> None:
    laptop.place(hall, "loom")
    assert laptop.admin.change(f"/v1/halls/{hall}/placements/loom", exhibit="pump").status_code == 200
    assert laptop.admin.delete("/v1/exhibits/loom").status_code == 204
    problem(laptop.admin.delete("/v1/exhibits/pump"), 409, "exhibits/pump", "in use")


def test_a_placard_names_what_is_in_the_catalogue(laptop: House, hall: str) -> None:
    body = {"pose": {}, "label": words("About"), "people": ["li", "wang"], "achievement": "seam", "awards": ["medal"]}
    told = problem(laptop.admin.put(f"/v1/halls/{hall}/placards/about", body), 422, "people/li", "achievements/seam")
    assert {fault["pointer"] for fault in told["errors"]} == {"/people/0", "/people/1", "/achievement", "/awards/0"}
    person = {"organisation": "jiangsu", "label": words("Li"), "invented": True}
    assert laptop.admin.put("/v1/people/li", person).status_code == 201
    named = {"pose": {}, "label": words("About"), "people": ["li"]}
    assert laptop.admin.put(f"/v1/halls/{hall}/placards/about", named).status_code == 201
    problem(laptop.admin.delete("/v1/people/li"), 409, "people/li", "in use")
    assert laptop.admin.change(f"/v1/halls/{hall}/placards/about", people=[]).status_code == 200
    assert laptop.admin.delete("/v1/people/li").status_code == 204


@pytest.mark.parametrize(
    ("parts", "pointer", "said"),
    [
        ({"floor": [[0, 0], [1, 1]]}, "/space/floor", "at least 3"),
        ({"floor": [[0, 0], [4, 4], [4, 0], [0, 4]]}, "/space/floor", "no simple polygon"),
        ({"zones": [zone("a", [[0, 0], [9, 0], [9, 4], [0, 4]])]}, "/space/zones/0/floor", "'a' sticks out"),
        ({"zones": [zone("a", SQUARE), zone("a", SQUARE)]}, "/space/zones", "'a' stands 2 times"),
        ({"zones": [zone("rest", SQUARE)]}, "/space", "'rest'"),
        ({"spawn": {"translation": [9, 0, 0]}}, "/space/spawn/translation", "outside the floor"),
        ({"waypoints": [{"id": "w", "translation": [0, 0, 9]}]}, "/space/waypoints/0/translation", "'w'"),
        (
            {"tours": [{"id": "t", "label": words("T"), "stops": [{"waypoint": "w"}]}]},
            "/space/tours/0/stops/0/waypoint",
            "no waypoint 'w'",
        ),
        ({"walls": [{"start": [0, 0], "end": [0, 0]}]}, "/space/walls/0", "ends where it starts"),
        ({"height": 1.5}, "/space/height", "greater than 1.9"),
    ],
)
def test_a_room_that_cannot_be_is_refused_at_its_place(
    unchanged: House, parts: dict[str, Any], pointer: str, said: str
) -> None:
    told = problem(unchanged.admin.change("/v1/halls/suzhou", space=space(**parts)), 422)
    faults = {fault["pointer"]: fault["detail"] for fault in told["errors"]}
    assert any(at == pointer and said in detail for at, detail in faults.items()), faults
    assert unchanged.admin.get("/v1/halls/suzhou/draft").json()["revision"] == 1


def test_a_floor_is_not_shrunk_under_its_exhibits(laptop: House, hall: str) -> None:
    laptop.place(hall, "loom", at=(4, 0, 4))
    small = [[-2, -2], [2, -2], [2, 2], [-2, 2]]
    problem(laptop.admin.change(f"/v1/halls/{hall}", space=space(floor=small)), 422, "'loom'", "outside the floor")
    assert laptop.admin.delete(f"/v1/halls/{hall}/placements/loom").status_code == 204
    assert laptop.admin.change(f"/v1/halls/{hall}", space=space(floor=small)).status_code == 200


def test_a_zone_is_not_taken_away_under_its_exhibits(laptop: House, hall: str) -> None:
    laptop.admin.change(f"/v1/halls/{hall}", space=space(zones=[zone("east", [[0, -5], [5, -5], [5, 5], [0, 5]])]))
    body = {"exhibit": "loom", "translation": [1, 0, 1], "zone": "east"}
    assert laptop.admin.put(f"/v1/halls/{hall}/placements/loom", body).status_code == 201
    problem(laptop.admin.change(f"/v1/halls/{hall}", space=space()), 422, "no zone 'east'")


def test_a_hall_stays_in_its_exhibition(laptop: House, hall: str) -> None:
    laptop.admin.put("/v1/exhibitions/other", {"organisation": "jiangsu", "label": words("Other")})
    problem(laptop.admin.change(f"/v1/halls/{hall}", exhibition="other"), 409, "'delta'")
    problem(laptop.admin.change(f"/v1/halls/{hall}", exhibition="none"), 404, "'none'")


def test_nothing_is_deleted_that_is_in_use(laptop: House, hall: str) -> None:
    laptop.place(hall, "loom")
    problem(laptop.admin.delete("/v1/exhibits/loom"), 409, "exhibits/loom")
    problem(laptop.admin.delete("/v1/exhibitions/delta"), 409, "has halls")
    problem(laptop.admin.delete("/v1/organisations/jiangsu"), 409, "organisations/jiangsu")
    assert laptop.admin.delete(f"/v1/halls/{hall}").status_code == 204
    problem(laptop.admin.get(f"/v1/halls/{hall}/draft"), 404, hall)
    problem(laptop.admin.get(f"/v1/halls/{hall}/placements/loom"), 404)
    assert laptop.admin.delete("/v1/exhibitions/delta").status_code == 204
    assert laptop.admin.delete("/v1/exhibits/loom").status_code == 204


def test_another_organisation_s_curator_reads_and_writes_nothing(laptop: House, hall: str) -> None:
    laptop.place(hall, "loom")
    laptop.organisation("anhui")
    stranger = laptop.person(Role.CURATOR, "anhui")
    draft = laptop.admin.get(f"/v1/halls/{hall}/draft").json()
    answers = [stranger.get(f"/v1/halls/{hall}/{part}") for part in ("draft", "lint", "placements", "placards")]
    answers.append(stranger.get(f"/v1/halls/{hall}/placements/loom"))
    answers.append(stranger.put(f"/v1/halls/{hall}", draft, **{"If-Match": "*"}))
    answers.append(stranger.put(f"/v1/halls/{hall}/placements/pump", {"exhibit": "pump"}))
    answers.append(stranger.put(f"/v1/halls/{hall}/placards/x", {"pose": {}, "label": words("X")}))
    answers += [stranger.delete(f"/v1/halls/{hall}{part}") for part in ("", "/placements/loom", "/edition")]
    answers.append(stranger.put("/v1/halls/theirs", draft | {"organisation": "jiangsu"}))
    for answer in answers:
        problem(answer, 403, "curator of anhui", "in jiangsu")
    assert stranger.get("/v1/halls").json()["items"] == []
    problem(laptop.visitor.get(f"/v1/halls/{hall}/draft"), 401)
    assert laptop.admin.get(f"/v1/halls/{hall}/draft").json() == draft


def test_a_curator_takes_no_hall_over_from_another_organisation(laptop: House, hall: str) -> None:
    laptop.organisation("anhui")
    stranger = laptop.person(Role.CURATOR, "anhui")
    draft = laptop.admin.get(f"/v1/halls/{hall}/draft").json()
    problem(stranger.put(f"/v1/halls/{hall}", draft | {"organisation": "anhui"}, **{"If-Match": "*"}), 403, "jiangsu")
    mine = laptop.person(Role.CURATOR, "jiangsu")
    problem(mine.put(f"/v1/halls/{hall}", draft | {"organisation": "anhui"}, **{"If-Match": "*"}), 403, "anhui")


def test_lint_tells_what_is_wrong_with_numbers(laptop: House, hall: str) -> None:
    laptop.place(hall, "pump")
    found = laptop.admin.get(f"/v1/halls/{hall}/lint").json()
    codes = {finding["code"] for finding in found["findings"]}
    assert "MODEL_MISSING" in codes
    assert found["errors"] + found["warnings"] == len(found["findings"])
    assert found["errors"] == sum(finding["severity"] == "error" for finding in found["findings"])
    laptop.admin.delete(f"/v1/halls/{hall}/placements/pump")
    laptop.place(hall, "loom")
    assert laptop.admin.get(f"/v1/halls/{hall}/lint").json()["errors"] == 0


def test_many_place_different_exhibits_at_once(house: House) -> None:
    slug = house.hall()
    exhibits = [house.exhibit(f"exhibit-{at}") for at in range(8)]
    together = Barrier(len(exhibits))

    def place(exhibit: str) -> int:
        together.wait()
        return house.admin.put(f"/v1/halls/{slug}/placements/{exhibit}", {"exhibit": exhibit}).status_code

    with ThreadPoolExecutor(len(exhibits)) as pool:
        assert list(pool.map(place, exhibits)) == [201] * len(exhibits)
    found = house.admin.get(f"/v1/halls/{slug}/placements").json()["items"]
    assert [one["exhibit"] for one in found] == exhibits


def test_of_many_who_make_the_same_thing_one_succeeds(house: House) -> None:
    slug = house.hall()
    exhibits = [house.exhibit(f"exhibit-{at}") for at in range(8)]
    hall = {key: value for key, value in house.admin.get(f"/v1/halls/{slug}/draft").json().items() if key != "id"}
    together = Barrier(len(exhibits))

    def make(exhibit: str) -> tuple[int, int]:
        together.wait()
        placed = house.admin.put(f"/v1/halls/{slug}/placements/middle", {"exhibit": exhibit})
        built = house.admin.put("/v1/halls/wuxi", hall)
        return placed.status_code, built.status_code

    with ThreadPoolExecutor(len(exhibits)) as pool:
        placed, built = zip(*pool.map(make, exhibits), strict=True)
    assert sorted(placed) == [201] + [428] * 7
    assert built.count(201) == 1
    assert set(built) <= {201, 409, 428}
    winner = exhibits[placed.index(201)]
    assert house.admin.get(f"/v1/halls/{slug}/placements/middle").json()["exhibit"] == winner
