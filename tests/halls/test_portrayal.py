"""Which file shows an exhibit, and which picture stands in its place."""

from dataclasses import replace

import pytest

from exhibit_api.assets.schemas import VariantOut
from exhibit_api.halls.portrayal import file_of, levels_of, pictures_of, poster_of, shown_by
from exhibit_api.profiles import PROFILES
from tests.halls.building import digest, picture, portrayed, posters, standing, variant

OWN = tuple(picture(f"picture-{size}", digest(f"own {size}"), size) for size in (512, 1024, 2048))
SMALL = (picture("picture-800", digest("own 800"), 800, height=600),)
TALL = (
    picture("picture-768", digest("own 768"), 768, height=1024),
    picture("picture-1536", digest("own 1536"), 1536, height=2048),
)


def test_a_device_takes_its_own_file_else_the_master() -> None:
    one = portrayed(standing("loom"), variant("webxr-mobile", digest("mobile")), *posters())
    names = {profile: file.name for profile in PROFILES if (file := shown_by(one, profile))}
    assert names == dict.fromkeys(PROFILES, "master") | {
        "webxr-mobile": "webxr-mobile",
        "fallback-2d": "poster-1024-ground",
    }
    assert [profile for profile in PROFILES if file_of(one, profile)] == ["master", "webxr-mobile", "fallback-2d"]


def test_an_exhibit_without_a_model_is_shown_by_nothing() -> None:
    assert [shown_by(standing("loom", has_model=False), profile) for profile in PROFILES] == [None] * len(PROFILES)


@pytest.mark.parametrize(
    ("own", "rendered", "poster"),
    [
        (OWN, posters(), "picture-1024"),
        (SMALL, posters(), "picture-800"),
        (TALL, posters(), "picture-768"),
        ((), posters(), "poster-1024-ground"),
        ((), posters()[::-1], "poster-1024-ground"),
        ((), tuple(one for one in posters() if one.transparent), "poster-1024"),
        ((), tuple(one for one in posters() if one.width == 512), "poster-512-ground"),
        (OWN, (), "picture-1024"),
        ((), (), None),
    ],
)
def test_a_curators_own_picture_goes_before_a_rendered_one(
    own: tuple[VariantOut, ...], rendered: tuple[VariantOut, ...], poster: str | None
) -> None:
    one = replace(portrayed(standing("loom"), *rendered), pictures=own)
    found = poster_of(one)
    assert (found.name if found else None) == poster


def test_of_an_exhibit_with_own_pictures_only_the_transparent_ones_are_rendered() -> None:
    one = portrayed(standing("loom"), *posters())
    rendered = ["poster-512-ground", "poster-1024-ground", "poster-512", "poster-1024"]
    assert [file.name for file in pictures_of(one)] == rendered
    own = ["picture-512", "picture-1024", "picture-2048"]
    assert [file.name for file in pictures_of(replace(one, pictures=OWN))] == own + rendered[2:]


def test_levels_of_detail_are_counted_from_the_finest() -> None:
    fine, coarse = variant("lod1", digest("fine")), variant("lod2", digest("coarse"))
    both, one = portrayed(standing("loom"), coarse, fine).model, portrayed(standing("loom"), coarse).model
    assert both
    assert one
    assert levels_of(both) == ((1, fine), (2, coarse))
    assert levels_of(one) == ((2, coarse),)
