"""The halls furnished with models of nominal sizes, and plain geometry to judge them by: worked out from the JSON alone."""

import math
from pathlib import Path

import pytest
from shapely import LineString, Point, Polygon, box, unary_union
from shapely.affinity import rotate, translate

from exhibit_api.demo.arrange import arranged, read_plans
from exhibit_api.demo.records import read_records

MANIFESTS = Path(__file__).parents[2] / "manifests"
MODELS = Path(__file__).parents[2] / "assets" / "models"
# Width, height and depth in metres, as the models are drawn.
SIZES = {
    "welding-robot": (0.9, 1.6, 1.2),
    "planetary-gearbox": (0.6, 0.6, 0.5),
    "shield-cutterhead": (0.9, 0.9, 0.4),
    "quay-crane": (1.4, 1.2, 0.6),
    "ship-propeller": (1.0, 1.0, 0.5),
    "turbofan": (0.8, 0.9, 1.3),
    "micrometer": (0.75, 0.4, 0.2),
    "metro-bogie": (1.0, 0.45, 1.2),
    "motion-stage": (0.8, 0.5, 0.8),
    "offshore-wind-turbine": (1.3, 1.9, 0.6),
    "steam-turbine-rotor": (1.4, 0.7, 0.7),
    "brocade-loom": (1.3, 1.6, 1.6),
    "five-axis-head": (0.7, 1.0, 0.7),
    "excavator-arm": (1.4, 1.2, 0.5),
    "fibre-drawing-tower": (0.6, 1.8, 0.6),
    "self-aligning-bearing": (0.5, 0.5, 0.25),
    "insulator-robot": (0.6, 1.2, 0.6),
    "crane-hook-block": (0.5, 1.1, 0.4),
    "sewing-machine": (0.6, 0.5, 0.35),
    "pump-impeller": (0.7, 0.7, 0.4),
    "francis-turbine": (1.2, 0.7, 1.1),
    "injection-mould": (0.8, 0.6, 0.6),
    "warehouse-agv": (0.9, 1.4, 0.9),
    "inspection-drone": (0.9, 0.4, 0.9),
    "gate-valve": (0.6, 1.2, 0.4),
    "tea-roller": (0.9, 1.1, 0.9),
    "motor-exploded": (1.3, 0.5, 0.5),
    "battery-pack": (1.2, 0.5, 0.9),
    "glass-line": (1.6, 0.6, 0.6),
    "copper-caster": (1.0, 1.0, 0.6),
    "ev-chassis": (0.7, 0.35, 1.5),
    "dilution-refrigerator": (0.6, 1.5, 0.6),
    "tokamak": (1.2, 1.0, 1.2),
    "roadheader": (0.6, 0.5, 1.4),
    "scroll-compressor": (0.4, 0.6, 0.4),
    "harvester-header": (1.5, 0.6, 0.6),
    "craft-trophy": (0.35, 0.7, 0.35),
    "laureate-medal": (0.3, 0.4, 0.2),
    "studio-bench": (1.6, 1.4, 0.8),
    "tool-chest": (0.7, 0.9, 0.5),
    "four-gears": (1.2, 1.2, 0.4),
    "welding-torch": (0.6, 0.5, 0.4),
    "dial-indicator": (0.3, 0.5, 0.3),
    "cable-stayed-bridge": (1.8, 0.7, 0.4),
    "high-speed-train": (0.25, 0.28, 1.6),
}
BOUNDS = {slug: ((-w / 2, 0.0, -d / 2), (w / 2, h, d / 2)) for slug, (w, h, d) in SIZES.items()}
RECORDS = read_records(MANIFESTS)
PLANS = {plan.slug: plan for plan in read_plans(MANIFESTS)}
HALLS = {slug: arranged(plan, BOUNDS, RECORDS) for slug, plan in PLANS.items()}
AISLE = 0.9
every_hall = pytest.mark.parametrize("hall", HALLS.values(), ids=list(HALLS))


def turned(rotation, vector):
    """A vector turned by a quaternion x y z w."""
    x, y, z, w = rotation
    vx, vy, vz = vector
    tx, ty, tz = 2 * (y * vz - z * vy), 2 * (z * vx - x * vz), 2 * (x * vy - y * vx)
    return (
        vx + w * tx + y * tz - z * ty,
        vy + w * ty + z * tx - x * tz,
        vz + w * tz + x * ty - y * tx,
    )


def on_floor(pose, shape):
    """A shape of the frame's x and z, laid out in the hall where the pose puts it."""
    fx, _, fz = turned(pose["rotation"], (0, 0, 1))
    placed = rotate(shape, -math.degrees(math.atan2(fx, fz)), origin=(0, 0))
    return translate(placed, pose["translation"][0], pose["translation"][2])


def footprint(placement):
    (ax, _, az), (bx, _, bz) = BOUNDS[placement["exhibit"]]
    return on_floor(placement["pose"], box(ax, az, bx, bz))


def board(placard):
    """The board seen from above: as wide as it is, as deep as its tilt makes it."""
    width, height = placard["size"]
    _, up, _ = turned(placard["pose"]["rotation"], (0, 0, 1))
    return on_floor(placard["pose"], box(-width / 2, -height * up / 2 - 0.01, width / 2, height * up / 2 + 0.01))


def walls(hall):
    """What the walls cover, doors left out."""
    pieces = []
    for wall in hall["hall"]["space"]["walls"]:
        line = LineString([wall["start"], wall["end"]])
        cuts = sorted((o["start"], o["end"]) for o in wall["openings"])
        ends = [0.0, *(x for cut in cuts for x in cut), line.length]
        for a, b in zip(ends[::2], ends[1::2], strict=True):
            pieces.append(LineString([line.interpolate(a), line.interpolate(b)]).buffer(wall["thickness"] / 2))
    return unary_union(pieces)


def walkable(hall):
    """Where the middle of a person can be who needs an aisle of 0.9 m and starts at the spawn."""
    space = hall["hall"]["space"]
    obstacles = [footprint(p) for p in hall["placements"].values()]
    obstacles += [board(p) for p in hall["placards"].values() if "exhibit" in p]
    free = Polygon(space["floor"]).difference(unary_union([walls(hall), *obstacles])).buffer(-AISLE / 2 + 0.005)
    spawn = Point(spot(space["spawn"]))
    parts = getattr(free, "geoms", [free])
    (reached,) = [part for part in parts if part.covers(spawn)]
    return reached


def spot(pose):
    return pose["translation"][0], pose["translation"][2]


def degrees_between(a, b):
    return math.degrees(
        math.acos(max(-1, min(1, sum(x * y for x, y in zip(a, b, strict=True)) / math.hypot(*a) / math.hypot(*b))))
    )
