"""The lists for visitors: of the exhibitions, told as they were published, and of the editions of a hall."""

import hashlib

import pytest
from sqlalchemy import event

from tests.acting import House, words
from tests.gltf.building import box
from tests.looking import problem

pytestmark = pytest.mark.parametrize("site", ["embedded"], indirect=True)

LIST = "/v1/exhibitions"


@pytest.fixture
def hall(house: House) -> str:
    """A published hall of the exhibition "delta"."""
    slug = house.hall()
    house.place(slug, house.exhibit("loom", box((1, 1, 1))))
    house.publish(slug)
    return slug


def another_exhibition(house: House, slug: str) -> None:
    house.admin.put(f"/v1/exhibitions/{slug}", {"organisation": "jiangsu", "label": words(slug)})
    house.hall(f"{slug}-hall", exhibition=slug)
    house.place(f"{slug}-hall", "loom")
    house.publish(f"{slug}-hall")


def change(house: House, hall: str, label: str) -> None:
    assert house.admin.change(f"/v1/halls/{hall}", label=words(label)).status_code == 200


def test_exhibitions_are_listed_in_the_words_that_were_published(house: House, hall: str) -> None:
    draft = house.admin.get("/v1/exhibitions/delta/draft")
    later = draft.json() | {"label": words("Secret plan"), "opens": "2027-01-01"}
    assert house.admin.put("/v1/exhibitions/delta", later, **{"If-Match": draft.headers["ETag"]}).status_code == 200
    assert house.visitor.get(LIST).json() == {
        "items": [
            {
                "slug": "delta",
                "label": words("Delta"),
                "summary": None,
                "opens": None,
                "closes": None,
                "url": "/public/exhibitions/delta.json",
            }
        ],
        "next": None,
    }
    change(house, hall, "Another")
    house.publish(hall)
    (entry,) = house.visitor.get(LIST).json()["items"]
    assert (entry["label"], entry["opens"]) == (words("Secret plan"), "2027-01-01")


def test_the_list_of_exhibitions_asks_no_database(house: House, hall: str) -> None:
    asked: list[str] = []
    engine = house.site.sessions.kw["bind"]
    event.listen(engine, "before_cursor_execute", lambda *arguments: asked.append(arguments[2]))
    assert house.visitor.get(LIST).json()["items"]
    assert asked == []
    house.visitor.get(f"/v1/halls/{hall}/editions")
    assert asked


def test_the_list_of_exhibitions_is_cached_as_published_documents_are(house: House, hall: str) -> None:
    whole = house.visitor.get(LIST, Origin="https://a.example")
    tag = f'"{hashlib.sha256(whole.content).hexdigest()}"'
    assert whole.headers["ETag"] == tag
    assert whole.headers["Cache-Control"] == "public, max-age=30, stale-while-revalidate=86400"
    assert whole.headers["Access-Control-Allow-Origin"] == "*"
    for known in (tag, f"W/{tag}", f'"x", {tag}', "*"):
        told = house.visitor.get(LIST, **{"If-None-Match": known})
        assert (told.status_code, told.content) == (304, b"")
        for name in ("ETag", "Cache-Control", "Access-Control-Allow-Origin"):
            assert told.headers[name] == whole.headers[name]
    another_exhibition(house, "yangtze")
    assert house.visitor.get(LIST, **{"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("path", [LIST, "/v1/halls/suzhou/editions"])
def test_head_and_preflight_of_a_list_are_answered(house: House, hall: str, path: str) -> None:
    get, head = house.client.get(path), house.client.head(path)
    assert (head.status_code, head.headers) == (200, get.headers)
    asks = {"Origin": "https://a.example", "Access-Control-Request-Method": "GET"}
    preflight = house.client.options(path, headers=asks)
    assert (preflight.status_code, preflight.headers["Access-Control-Allow-Origin"]) == (204, "*")


def test_exhibitions_come_page_by_page_in_order_of_their_slugs(house: House, hall: str) -> None:
    for slug in ("anhui", "yangtze"):
        another_exhibition(house, slug)
    slugs, path = [], f"{LIST}?limit=1"
    while True:
        page = house.visitor.get(path).json()
        slugs += [entry["slug"] for entry in page["items"]]
        if page["next"] is None:
            break
        path = f"{LIST}?limit=1&cursor={page['next']}"
    assert slugs == ["anhui", "delta", "yangtze"]


def test_a_cursor_that_no_list_gave_out_is_a_problem_that_any_page_may_read(house: House, hall: str) -> None:
    answer = house.visitor.get(f"{LIST}?cursor=!")
    assert problem(answer, 422, "cursor")["errors"][0]["pointer"] == "?cursor"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_broken_list_does_not_take_the_others_along(house: House, hall: str) -> None:
    house.showcase.shelf.show_exhibition("broken", b"{")
    assert [entry["slug"] for entry in house.visitor.get(LIST).json()["items"]] == ["delta"]


def test_what_is_published_but_did_not_reach_the_shelf_is_a_503_and_not_a_404(house: House, hall: str) -> None:
    house.showcase.shelf.hide_hall(hall)
    house.showcase.shelf.hide_exhibition("delta")
    for path in (f"/v1/halls/{hall}", f"/v1/halls/{hall}/manifest", "/v1/exhibitions/delta"):
        answer = house.visitor.get(path)
        problem(answer, 503, "try again")
        assert answer.headers["Retry-After"]
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_what_is_not_published_is_a_404_that_any_page_may_read(house: House, hall: str) -> None:
    house.admin.delete(f"/v1/halls/{hall}/edition")
    for path in (f"/v1/halls/{hall}", f"/v1/halls/{hall}/manifest", "/v1/exhibitions/delta", "/v1/halls/nowhere"):
        answer = house.visitor.get(path)
        problem(answer, 404)
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


def manifests(house: House, hall: str) -> dict[int, bool]:
    """Which edition's manifest the history leads to; what it leads to is there."""
    items = house.visitor.get(f"/v1/halls/{hall}/editions").json()["items"]
    for item in items:
        there = house.fetch(f"/public/manifests/{item['sha256']}.json").status_code == 200
        assert there is (item["manifest"] is not None)
    return {item["number"]: item["manifest"] is not None for item in items}


def test_the_history_leads_only_to_manifests_that_a_withdrawal_left(house: House, hall: str) -> None:
    change(house, hall, "Two")
    house.publish(hall)
    assert manifests(house, hall) == {2: True, 1: True}
    house.admin.delete(f"/v1/halls/{hall}/edition")
    assert house.admin.post(f"/v1/halls/{hall}/rollback", {"to": 1}).json()["manifest"]
    assert manifests(house, hall) == {2: False, 1: True}
    change(house, hall, "Three")
    assert house.publish(hall)["manifest"]
    assert manifests(house, hall) == {3: True, 2: False, 1: True}
    house.admin.post(f"/v1/halls/{hall}/rollback", {"to": 2})
    assert manifests(house, hall) == {3: True, 2: True, 1: True}
