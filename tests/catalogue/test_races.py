"""Several curators at once: every write is whole, no update is lost, nobody sees a failure of the service."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from tests.acting import House, words
from tests.catalogue.records import fill

CURATORS = 8


def at_once(house: House, deed: Callable[[int], int]) -> Counter[int]:
    """The statuses that this many curators get who act at the same moment."""
    start = Barrier(CURATORS)

    def act(number: int) -> int:
        start.wait()
        return deed(number)

    with ThreadPoolExecutor(CURATORS) as threads:
        return Counter(threads.map(act, range(CURATORS)))


def test_of_those_who_make_the_same_record_one_does(house: House) -> None:
    house.organisation("jiangsu")

    def write(number: int) -> int:
        body = {"organisation": "jiangsu", "label": words(f"By {number}")}
        return house.admin.put("/v1/exhibits/robot", body).status_code

    statuses = at_once(house, write)
    assert statuses[201] == 1
    assert set(statuses) <= {201, 409, 412, 428}
    assert house.admin.get("/v1/exhibits/robot").json()["revision"] == 1


def test_of_those_who_change_the_same_state_one_does(house: House) -> None:
    tag = fill(house)["exhibits/robot"]

    def write(number: int) -> int:
        body = {"organisation": "jiangsu", "label": words(f"By {number}"), "achievements": ["seam"]}
        return house.admin.put("/v1/exhibits/robot", body, **{"If-Match": tag}).status_code

    assert at_once(house, write) == {200: 1, 412: CURATORS - 1}


def test_a_record_is_named_or_deleted_and_never_both(house: House) -> None:
    house.organisation("jiangsu")
    award = {"organisation": "jiangsu", "label": words("Award")}
    house.admin.put("/v1/awards/golden", award)

    def act(number: int) -> int:
        if number % 2:
            return house.admin.delete("/v1/awards/golden").status_code
        body = award | {"awards": ["golden"]}
        return house.admin.put(f"/v1/people/p{number}", body).status_code

    statuses = at_once(house, act)
    assert set(statuses) <= {201, 204, 404, 409, 422}
    named = any(house.admin.get(f"/v1/people/p{number}").status_code == 200 for number in range(0, CURATORS, 2))
    assert (house.admin.get("/v1/awards/golden").status_code == 200) is named
    assert (statuses[204] == 0) is named
