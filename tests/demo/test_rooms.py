"""The rooms of the furnished halls: zones, doors, tours, lights and anchors."""

import math
from itertools import combinations

from shapely import Point, Polygon

from tests.demo.furnished import AISLE, HALLS, degrees_between, every_hall, footprint, spot, turned


@every_hall
def test_zones_lie_in_the_hall_without_overlapping(hall):
    space = hall["hall"]["space"]
    floor = Polygon(space["floor"])
    zones = [(zone["id"], Polygon(zone["floor"])) for zone in space["zones"]]
    assert 3 <= len(zones) <= 5
    for name, zone in zones:
        assert zone.is_valid, name
        assert floor.covers(zone), name
    for (a, one), (b, other) in combinations(zones, 2):
        assert one.intersection(other).area < 1e-6, (a, b)


@every_hall
def test_doors_are_openings_and_portals_lie_inside_the_floor_before_them(hall):
    space = hall["hall"]["space"]
    openings = sum(len(wall["openings"]) for wall in space["walls"])
    assert openings == len(space["portals"]) == len({portal["to"] for portal in space["portals"]})
    for portal in space["portals"]:
        floor = Polygon(portal["floor"])
        assert Polygon(space["floor"]).buffer(0.01).covers(floor), portal["to"]
        assert not [slug for slug, p in hall["placements"].items() if footprint(p).distance(floor) < AISLE], portal[
            "to"
        ]
        into = turned(portal["pose"]["rotation"], (0, 0, -1))
        eyes = Point(spot(portal["pose"]))
        ahead = Point(eyes.x + into[0], eyes.y + into[2])
        assert floor.distance(ahead) > floor.distance(eyes), f"from {portal['to']} one would look back at the door"


@every_hall
def test_tours_stop_where_the_thing_is_before_the_visitor(hall):
    space = hall["hall"]["space"]
    waypoints = {waypoint["id"]: waypoint for waypoint in space["waypoints"]}
    assert len(waypoints) == len(space["waypoints"])
    assert {"spawn", *(f"zone-{zone['id']}" for zone in space["zones"])} <= set(waypoints)
    for tour in space["tours"]:
        for stop in tour["stops"]:
            waypoint = waypoints[stop["waypoint"]]
            thing = hall["placements"][stop["exhibit"]] if "exhibit" in stop else hall["placards"][stop["placard"]]
            assert stop["placard"] in hall["placards"]
            gaze = [b - a for a, b in zip(spot(waypoint), spot(thing["pose"]), strict=True)]
            assert math.hypot(*gaze) <= 3.2, stop["waypoint"]
            assert degrees_between(turned(waypoint["rotation"], (0, 0, -1)), (gaze[0], 0, gaze[1])) < 15, stop[
                "waypoint"
            ]


@every_hall
def test_lights_and_anchors_serve_a_room_a_table_and_a_marker(hall):
    lights = hall["hall"]["lighting"]["lights"]
    assert 5 <= len(lights) <= 10
    height = hall["hall"]["space"]["height"]
    assert all(light["translation"][1] < height for light in lights if light["type"] != "directional")
    anchors = hall["hall"]["anchors"]
    scales = [anchor["scale"] for anchor in anchors if anchor["type"] == "floor"]
    assert 1 in scales
    assert any(0.02 <= scale <= 0.05 for scale in scales)
    assert [anchor["physicalWidth"] for anchor in anchors if anchor["type"] == "image"]
    assert len({anchor["priority"] for anchor in anchors}) == len(anchors)


def test_one_hall_at_least_has_a_place_on_the_earth():
    assert [hall["slug"] for hall in HALLS.values() if any(a["type"] == "geo" for a in hall["hall"]["anchors"])]
