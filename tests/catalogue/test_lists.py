"""Lists: what filters find, and pages that neither skip nor repeat while others write."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exhibit_api.web import lists
from tests.acting import House, words
from tests.catalogue.records import fill, pointers, slugs


def test_filters_find_what_fits_all_of_them(house: House) -> None:
    fill(house)
    house.organisation("anhui")
    anhui = {"organisation": "anhui", "label": words("Anhui's")}
    house.admin.put("/v1/exhibits/press", anhui | {"year": 2023, "trade": "forging", "industry": "steel"})
    house.admin.put("/v1/exhibits/lamp", anhui)
    for query, found in (
        ("", ["lamp", "press", "robot"]),
        ("organisation=anhui", ["lamp", "press"]),
        ("organisation=zhejiang", []),
        ("year=2023", ["press", "robot"]),
        ("year=2023&trade=welding", ["robot"]),
        ("industry=steel", ["press"]),
        ("industry=steel&trade=welding", []),
    ):
        assert slugs(house.admin, f"/v1/exhibits?{query}") == found


def test_an_award_finds_those_who_have_it_and_those_whose_achievement_has_it(house: House) -> None:
    fill(house)
    for kind, found in (
        ("achievements", ["seam"]),
        ("people", ["lin"]),
        ("exhibits", ["robot"]),  # through its achievement
        ("studios", []),
        ("awards", []),
    ):
        assert slugs(house.admin, f"/v1/{kind}?award=golden-hammer") == found
        assert slugs(house.admin, f"/v1/{kind}?award=no-such") == []


@pytest.mark.parametrize(
    "query", ["year=0", "year=abc", "trade=Welding", "trade=a%00b", "limit=0", "limit=201", "award=..", "organisation="]
)
def test_a_filter_that_nothing_can_fit_is_named(open_house: House, query: str) -> None:
    answer = open_house.admin.get(f"/v1/exhibits?{query}")
    assert (answer.status_code, pointers(answer)) == (422, [f"?{query.partition('=')[0]}"])


def test_pages_give_every_record_once_and_end_with_null(house: House) -> None:
    names = [f"org-{i}" for i in range(7)]
    for name in names:
        house.organisation(name)
    for limit in (1, 3, 7, 8):
        assert slugs(house.admin, f"/v1/organisations?limit={limit}") == names
    assert house.admin.get("/v1/organisations?limit=7").json()["next"] is None


def test_what_is_written_and_deleted_between_pages_moves_nothing(house: House) -> None:
    for name in ("b", "d", "f", "h"):
        house.organisation(name)
    page = house.admin.get("/v1/organisations?limit=2").json()
    assert [item["slug"] for item in page["items"]] == ["b", "d"]
    house.organisation("a")  # before: not seen any more
    house.organisation("e")  # after: seen
    for name in ("d", "f"):  # one of them is the cursor's own
        house.admin.delete(f"/v1/organisations/{name}")
    assert slugs(house.admin, f"/v1/organisations?cursor={page['next']}") == ["e", "h"]


DEEDS = st.lists(st.tuples(st.booleans(), st.integers(0, 30)), max_size=6)


@settings(max_examples=8, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(first=st.sets(st.integers(0, 30), min_size=1, max_size=8), between=DEEDS, limit=st.integers(1, 3))
def test_whoever_stays_is_seen_exactly_once(
    open_house: House, first: set[int], between: list[tuple[bool, int]], limit: int
) -> None:
    """The law of cursors: whatever happens between the pages, a record that was there all the time is seen once."""
    admin = open_house.admin
    award = {"organisation": "jiangsu", "label": words("Award")}
    for name in slugs(admin, "/v1/awards"):
        admin.delete(f"/v1/awards/{name}")
    for number in first:
        admin.put(f"/v1/awards/a{number:02}", award)
    staying, seen, cursor = set(first), [], ""
    while cursor is not None:
        page = admin.get(f"/v1/awards?limit={limit}{cursor and '&cursor=' + cursor}").json()
        seen += [int(item["slug"][1:]) for item in page["items"]]
        cursor = page["next"]
        for writes, number in between[:2]:
            address = f"/v1/awards/a{number:02}"
            admin.put(address, award) if writes else admin.delete(address)
            staying -= set() if writes else {number}
        between = between[2:]
    assert len(seen) == len(set(seen))
    assert staying <= set(seen)
    assert seen == sorted(seen)


@pytest.mark.parametrize("cursor", ["*", "=", "a", "////", "%00", "gICA", "x" * 401, "é", "YQ==%0A"])
def test_a_cursor_that_no_list_gave_out_is_refused(open_house: House, cursor: str) -> None:
    answer = open_house.admin.get(f"/v1/organisations?cursor={cursor}")
    assert (answer.status_code, pointers(answer)) == (422, ["?cursor"])


@pytest.mark.parametrize("key", ["-1", "1.5", "9" * 30, "x", "١", ""])
def test_a_cursor_of_numbers_holds_a_number(open_house: House, key: str) -> None:
    answer = open_house.admin.get(f"/v1/audit?cursor={lists.encode(key)}")
    assert (answer.status_code, pointers(answer)) == (422, ["?cursor"])


def test_a_forged_cursor_is_a_place_in_the_list_and_nothing_else(house: House) -> None:
    house.organisation("jiangsu")
    for key in ("a\0b", "zzz", "'; DROP TABLE records; --", "%", "\U0001f600"):
        assert house.admin.get(f"/v1/organisations?cursor={lists.encode(key)}").status_code == 200
    assert slugs(house.admin, "/v1/organisations") == ["jiangsu"]


@given(key=st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_a_cursor_says_the_key_that_it_was_made_of(key: str) -> None:
    assert lists.decode(lists.encode(key)) == key
