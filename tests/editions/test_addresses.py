"""Which paths name public things, and which never do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibit_api.editions.addresses import Current, Place, place_of


@pytest.mark.parametrize(
    "path",
    [
        "/public/halls/../../vault/masters/x.json",
        "/public/blobs/../manifests/x.json",
        f"/public/blobs/{'a' * 63}.glb",
        f"/public/blobs/{'a' * 64}.glb.br",
        f"/public/blobs/{'a' * 64}.html",
        f"/public/blobs/{'A' * 64}.glb",
        f"/public/blobs/{'a' * 64}",
        f"/public//blobs/{'a' * 64}.glb",
        f"/public/blobs/{'a' * 64}.glb/",
        f"/public/blobs/{'a' * 64}.glb\n",
        f"/public/manifests/{'a' * 64}.json.br",
        f"/v2/manifests/{'a' * 64}.json",
        "/v1/halls/",
        "/v1/halls/-x",
        "/v1/halls/X",
        "/v1/halls/joint/editions",
        "/v1/halls/joint/manifest/",
        "/public/halls/joint",
        "/vault/masters/x.json",
        "/v1/exhibitions",
        "/",
        "",
    ],
)
def test_what_is_no_public_address_names_nothing(path: str) -> None:
    assert place_of(path) is None


def test_names_of_folders_are_also_good_names_of_halls() -> None:
    assert place_of("/v1/halls/blobs") == Place("halls", "blobs.json")
    assert place_of("/v1/halls/manifests/manifest") == Current("manifests")


@given(st.text(max_size=60))
def test_no_path_leads_outside_the_public_folders(tail: str) -> None:
    for root in ("/public/", "/v1/halls/", "/v1/", ""):
        place = place_of(root + tail)
        if isinstance(place, Place):
            assert place.key.startswith("public/")
            assert ".." not in place.key
            assert place_of(place.paths[0]) == place
