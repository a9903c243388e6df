"""A curator's own picture of an exhibit: drawn anew, read by those with a right, shown before the rendered poster."""

import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest
from PIL import Image

from exhibit_api.accounts.roles import Role
from exhibit_api.verify import verify_site
from tests.acting import House
from tests.gltf.building import box, png_header
from tests.looking import keys, left_over, problem

ADDRESS = "/v1/exhibits/loom/picture"


@pytest.fixture(autouse=True)
def _loom(request: pytest.FixtureRequest) -> None:
    for name in {"house", "laptop"} & set(request.fixturenames):
        house: House = request.getfixturevalue(name)
        house.organisation("jiangsu")
        house.exhibit("loom", box() if name == "laptop" else None)


def picture(width: int, height: int, kind: str = "JPEG", **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (200, 60, 40)).save(out, kind, **options)
    return out.getvalue()


def read(house: House, address: str) -> Image.Image:
    answer = house.client.get(address, headers=house.admin.headers, follow_redirects=False)
    answer = httpx2.get(answer.headers["Location"]) if answer.status_code == 307 else answer
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"] == "image/webp"
    return Image.open(io.BytesIO(answer.content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WebP"])
def test_a_picture_is_drawn_anew_in_two_sizes(laptop: House, kind: str) -> None:
    answer = laptop.admin.send(ADDRESS, picture(3000, 2000, kind))
    assert answer.status_code == 200, answer.text
    small, large = answer.json()["pictures"]
    assert ((small["width"], small["height"]), (large["width"], large["height"])) == ((512, 342), (1024, 683))
    assert read(laptop, small["url"]).size == (512, 342)
    assert read(laptop, ADDRESS).size == (1024, 683)
    assert read(laptop, f"{ADDRESS}?width=513").size == read(laptop, f"{ADDRESS}?width=5000").size == (1024, 683)


def test_a_picture_lives_in_the_store_and_on_the_record(house: House) -> None:
    sent = house.admin.send(ADDRESS, picture(2000, 2000)).json()["pictures"]
    assert keys(house.site.store, "vault/variants/") == {f"vault/variants/{one['sha256']}.webp" for one in sent}
    assert read(house, ADDRESS).size == (1024, 1024)
    assert left_over(house.site) == 0
    assert list(house.site.settings.workshop.iterdir()) == []
    assert house.admin.delete(ADDRESS).status_code == 204
    problem(house.admin.get(ADDRESS), 404, "no picture of its own")
    problem(house.admin.delete(ADDRESS), 404)
    entries = sorted(house.admin.get("/v1/audit?limit=200").json()["items"], key=lambda entry: entry["number"])
    assert [entry["deed"] for entry in entries][-2:] == ["send picture", "remove picture"]
    assert not verify_site(house.site)


def test_a_new_picture_replaces_the_old_one(laptop: House) -> None:
    laptop.admin.send(ADDRESS, picture(2000, 1000))
    (only,) = laptop.admin.send(ADDRESS, picture(300, 200)).json()["pictures"]
    assert (only["width"], only["height"]) == (300, 200)
    assert read(laptop, ADDRESS).size == (300, 200)


def test_what_the_camera_noted_is_not_kept(laptop: House) -> None:
    noted = Image.Exif()
    noted[0x010F] = "a maker's name"
    laptop.admin.send(ADDRESS, picture(800, 600, exif=noted))
    assert not read(laptop, ADDRESS).getexif()


def test_the_curators_picture_wins_over_the_poster(laptop: House) -> None:
    hall = laptop.hall()
    laptop.place(hall, "loom")
    laptop.work()
    sent = laptop.admin.send(ADDRESS, picture(2000, 2000)).json()["pictures"]
    laptop.publish(hall)
    exhibit = laptop.manifest(hall)["exhibits"][0]
    assert exhibit["poster"]["sha256"] == sent[-1]["sha256"]
    assert {one["sha256"] for one in sent} <= {one["sha256"] for one in exhibit["pictures"]}
    laptop.admin.delete(ADDRESS)
    laptop.publish(hall)
    asset = laptop.admin.get("/v1/exhibits/loom/model").json()
    rendered = {variant["name"]: variant["sha256"] for variant in asset["variants"] if variant["width"]}
    if not rendered:
        assert ("poster", "NO_GRAPHICS") in {(reason["name"], reason["code"]) for reason in asset["reasons"]}
        pytest.skip("this machine cannot render the poster that would be shown again")
    assert rendered.keys() == {"poster-512", "poster-1024", "poster-512-ground", "poster-1024-ground"}
    assert laptop.manifest(hall)["exhibits"][0]["poster"]["sha256"] == rendered["poster-1024-ground"]


@pytest.mark.parametrize(
    "body", [b"", b"no picture", picture(20, 20)[:-40], png_header(30_000, 30_000), picture(20, 20, "GIF"), box()]
)
def test_what_is_no_picture_that_we_take_is_told(laptop: House, body: bytes) -> None:
    problem(laptop.admin.send(ADDRESS, body), 422)
    problem(laptop.admin.get(ADDRESS), 404)
    assert list(laptop.site.settings.workshop.iterdir()) == []


def test_a_picture_has_a_limit_and_is_no_form(laptop: House) -> None:
    problem(laptop.admin.send(ADDRESS, bytes(20_000_001)), 413, "20000000 bytes")
    problem(laptop.admin.send(ADDRESS, b"x", **{"Content-Type": "multipart/form-data; boundary=x"}), 415)


def test_who_may_not_is_told(laptop: House) -> None:
    laptop.organisation("anhui")
    laptop.admin.send(ADDRESS, picture(20, 20))
    stranger, operator = laptop.person(Role.CURATOR, "anhui"), laptop.person(Role.OPERATOR)
    problem(stranger.send(ADDRESS, picture(20, 20)), 403, "in jiangsu")
    problem(stranger.get(ADDRESS), 403)
    problem(stranger.delete(ADDRESS), 403)
    problem(operator.send(ADDRESS, picture(20, 20)), 403, "operator")
    problem(laptop.visitor.send(ADDRESS, picture(20, 20)), 401)
    problem(laptop.visitor.get(ADDRESS), 401)
    problem(laptop.admin.send("/v1/exhibits/nothing/picture", picture(20, 20)), 404)


def test_many_pictures_at_a_time_are_drawn_one_by_one_and_all_come_through(laptop: House) -> None:
    exhibits = [laptop.exhibit(f"gear-{at}") for at in range(4)]
    with ThreadPoolExecutor(len(exhibits)) as pool:
        answers = list(
            pool.map(lambda slug: laptop.admin.send(f"/v1/exhibits/{slug}/picture", picture(900, 600)), exhibits)
        )
    assert [answer.status_code for answer in answers] == [200] * len(exhibits)
