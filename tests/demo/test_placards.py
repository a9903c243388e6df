"""Placards and boards of the furnished halls: reached on foot, seen from the front, read at eye level."""

import math
from itertools import combinations

from shapely import LineString, Point

from tests.demo.furnished import board, degrees_between, every_hall, footprint, spot, turned, walls


@every_hall
def test_the_words_of_placards_are_in_both_languages_and_large_enough_to_read(hall):
    letter = {"en": 0.011, "zh-Hans": 0.022}
    for slug, placard in hall["placards"].items():
        width, height = placard["size"]
        for tag, wide in letter.items():
            text = placard["body"][tag]
            lines = sum(math.ceil(len(line) * wide / (0.9 * width)) for line in text.split("\n"))
            assert lines * 0.03 <= 0.95 * height - 0.08, f"{slug} needs {lines} lines in {tag}"


@every_hall
def test_every_placard_is_read_from_its_front_at_eye_level(hall):
    for slug, placard in hall["placards"].items():
        eyes, middle = placard["view"]["translation"], placard["pose"]["translation"]
        gaze = tuple(b - a for a, b in zip(eyes, middle, strict=True))
        front = turned(placard["pose"]["rotation"], (0, 0, 1))
        assert eyes[1] == 1.5, slug
        assert 1.2 <= math.hypot(gaze[0], gaze[2]) <= 1.6, slug
        assert degrees_between(turned(placard["view"]["rotation"], (0, 0, -1)), gaze) < 0.1, slug
        assert degrees_between(front, tuple(-part for part in gaze)) <= 50, slug
        tilted = front[1] > 0.3
        assert middle[1] == 1.0 if tilted else 1.35 <= middle[1] <= 1.5, slug


@every_hall
def test_nothing_stands_between_a_reader_and_the_board(hall):
    things = [(slug, footprint(p)) for slug, p in hall["placements"].items()]
    for name, placard in hall["placards"].items():
        line = LineString([spot(placard["view"]), spot(placard["pose"])])
        assert not [slug for slug, thing in things if line.intersects(thing)], name


@every_hall
def test_every_exhibit_has_its_placard_beside_it_facing_the_same_visitor(hall):
    for slug, placement in hall["placements"].items():
        placard = hall["placards"][slug]
        thing, rail = footprint(placement), board(placard)
        assert placard["exhibit"] == slug
        assert 0 < thing.distance(rail) <= 0.7, slug
        reader = spot(placard["view"])
        assert rail.centroid.distance(Point(reader)) < thing.centroid.distance(Point(reader)) + 0.2, slug
        front = turned(placement["pose"]["rotation"], (0, 0, 1))
        towards = (reader[0] - thing.centroid.x, 0, reader[1] - thing.centroid.y)
        assert degrees_between(front, towards) <= 90 + 20, slug


@every_hall
def test_boards_hang_flat_on_solid_wall_and_not_over_a_door_or_each_other(hall):
    built = walls(hall)
    hung = {slug: placard for slug, placard in hall["placards"].items() if "exhibit" not in placard}
    for slug, placard in hung.items():
        back = board(placard)
        width = placard["size"][0]
        for share in (-0.5, 0, 0.5):
            x, _, z = turned(placard["pose"]["rotation"], (share * width, 0, 0))
            corner = Point(placard["pose"]["translation"][0] + x, placard["pose"]["translation"][2] + z)
            assert 0 < corner.distance(built) <= 0.04, slug
        assert not back.intersects(built), slug
    for (a, one), (b, other) in combinations(hung.items(), 2):
        assert board(one).distance(board(other)) >= 0.15, (a, b)


@every_hall
def test_the_introduction_hangs_near_the_spawn(hall):
    spawn = Point(spot(hall["hall"]["space"]["spawn"]))
    assert spawn.distance(Point(spot(hall["placards"]["hall"]["pose"]))) <= 6
