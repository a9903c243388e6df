"""A cable-stayed bridge at 1:500: two diamond pylons, a fan of stays, a six-lane deck over piers, river and banks."""

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.angles import sine
from exhibit_api.demo.modelling.drawing import box as area
from exhibit_api.demo.modelling.drawing import sheet
from exhibit_api.demo.modelling.materials import Material
from exhibit_api.demo.modelling.mesh import Mesh, Vec2, Vec3, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.outlines import chamfered, rectangle
from exhibit_api.demo.modelling.shading import quad, shaded
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel
from exhibit_api.demo.modelling.sweeps import loft, sweep
from exhibit_api.demo.modelling.textures import Texture, pictured

LONG, DEEP = 1.80, 0.40  # the base
WATER = 0.050  # height of the river's face
DECK = 0.175  # height of the roadway
HALF_DECK = 0.036
PYLON_X, PYLON_TOP = 0.44, 0.70
STAYS = 11  # on each side of a pylon in each of the two planes
NEAREST, SPACING = 0.060, 0.0335  # of the stays along the deck

CONCRETE = Material("pale concrete", (206, 205, 198), 0.0, 0.72)
STEEL = Material("white enamel", (232, 234, 234), 0.0, 0.4)
STAY = Material("stay sheath", (238, 240, 240), 0.0, 0.4)
RIVER = Material("river", (30, 84, 104), 0.1, 0.10)
BANK = Material("bank", (96, 118, 78), 0.0, 0.9)
WOOD = Material("ebonised wood", (34, 31, 30), 0.0, 0.4)
RED = Material("red enamel", (178, 34, 30), 0.0, 0.4)


def build() -> Model:
    """The bridge on its base; nothing moves."""
    model = Model("cable-stayed-bridge")
    base = model.node("base, deck and piers")
    _base(base)
    _deck(base)
    _piers(base)
    _traffic(base)
    first = None
    for name, x in (("pylon west", -PYLON_X), ("pylon east", PYLON_X)):
        pylon = model.node(name, at=(x, 0, 0), like=first)
        first = first or _pylon(pylon)
    return model


def _base(node: Node) -> None:
    node.add(box(LONG, 0.034, DEEP, 0.005).moved(y=0.017), WOOD)
    node.add(box(LONG - 0.02, 0.014, DEEP - 0.02, 0.002).moved(y=WATER - 0.009), RIVER)
    node.add(merge([_bank(), _bank().mirrored("x")]), BANK)
    plate = panel(0.20, 0.10).scaled(0.62, 0.30, 1).moved(0, 0.0175, DEEP / 2 + 0.0006)
    node.add(
        plate,
        materials.label(dials.type_plate("CABLE-STAYED BRIDGE 1:500", width=256, height=64, colour=(120, 30, 28))),
    )
    waves = []
    for k in range(22):
        x, z = -0.42 + 0.04 * k, 0.13 * sine(97 * k)
        waves.append(box(0.030 + 0.010 * sine(61 * k), 0.0012, 0.0016).moved(x, WATER - 0.0016, z))
    node.add(merge(waves), Material("wave crests", (120, 170, 184), 0.0, 0.3))


def _bank() -> Mesh:
    """The shore at the right end: three terraces that rise from the water, their edges curved."""
    steps = []
    for level, (reach, height) in enumerate(((0.60, 0.012), (0.66, 0.028), (0.73, 0.046))):
        line: list[Vec2] = [(LONG / 2 - 0.012, -DEEP / 2 + 0.012), (LONG / 2 - 0.012, DEEP / 2 - 0.012)]
        for k in range(11):
            z = DEEP / 2 - 0.012 - (DEEP - 0.024) * k / 10
            line.append((reach + 0.022 * sine(40 * k + 50 * level), z))
        steps.append(extrude(line, height, bevel=0.003).facing("+y").moved(y=WATER - 0.004 + height / 2))
    return merge(steps)


def _road() -> Texture:
    """Six lanes: asphalt, white lines, a green strip in the middle; along the deck one dash a tile."""
    picture = sheet(32, 64, (58, 60, 64))
    for row in (3, 60):
        area(picture, 0, row, 32, row + 1, (232, 232, 226))
    for row in (12, 21, 42, 51):
        area(picture, 0, row, 16, row + 1, (232, 232, 226))
    area(picture, 0, 29, 32, 35, (74, 104, 66))
    area(picture, 0, 28, 32, 29, (236, 190, 60))
    area(picture, 0, 35, 32, 36, (236, 190, 60))
    return pictured("six-lanes", picture)


def _deck(node: Node) -> None:
    """A streamlined box girder with the roadway on it, edge rails, and lamp posts between the stays."""
    profile: list[Vec2] = [
        (-HALF_DECK, -0.004), (-0.020, -0.018), (0.020, -0.018), (HALF_DECK, -0.004), (HALF_DECK, 0.0), (-HALF_DECK, 0.0),
    ]  # fmt: skip
    girder = extrude(profile, LONG, bevel=0.0008).facing("+x").moved(y=DECK)
    rails = [box(LONG, 0.0045, 0.0014, 0.0004).moved(y=DECK + 0.0022, z=s * (HALF_DECK - 0.0012)) for s in (-1, 1)]
    ribs = box(0.003, 0.004, 0.044, 0.001).repeated(36, (0.05, 0, 0)).moved(y=DECK - 0.0185)
    node.add(merge([girder, *rails, ribs]), STEEL)
    half, reach = LONG / 2, HALF_DECK - 0.003
    corners: list[Vec3] = [
        (-half, DECK + 0.0006, reach),
        (half, DECK + 0.0006, reach),
        (half, DECK + 0.0006, -reach),
        (-half, DECK + 0.0006, -reach),
    ]
    fitted: list[Vec2] = [(0, 1), (LONG / 0.03, 1), (LONG / 0.03, 0), (0, 0)]
    faces = quad(0, 1, 2, 3)
    asphalt = Material("six lanes", (255, 255, 255), 0.0, 0.85, colour_texture=_road(), tile=1.0)
    node.add(shaded(corners, [faces], uvs=[[[fitted[k] for k in face] for face in faces]]), asphalt)
    post = lathe([(0, 0), (0.0008, 0), (0.0005, 0.016), (0, 0.016)], 5, crease=100)
    lamp = merge([post, box(0.0012, 0.0008, 0.007).moved(y=0.016)])
    node.add(lamp.repeated(24, (0.074, 0, 0)).moved(y=DECK), CONCRETE)


def _pylon(node: Node) -> Node:
    """A diamond of four legs, the needle above, the beam under the deck, the pile cap; and the stays that it carries."""
    foot, waist, crown = (WATER - 0.006, 0.030), (DECK - 0.030, 0.062), (0.455, 0.0125)
    for side in (-1, 1):
        legs = [_leg(foot, waist, side, 0.019, 0.015), _leg(waist, crown, side, 0.015, 0.013)]
        node.add(merge(legs), CONCRETE)
    needle = loft(
        [_square(0.455, 0.014, 0.021), _square(PYLON_TOP - 0.02, 0.0095, 0.014), _square(PYLON_TOP, 0.005, 0.008)]
    )
    beam = box(0.020, 0.016, 0.118, 0.003).moved(y=DECK - 0.029)
    tie = box(0.014, 0.010, 0.036, 0.002).moved(y=0.435)
    cap = extrude(chamfered(rectangle(0.085, 0.15), 0.024), 0.020, bevel=0.003).facing("+y").moved(y=WATER + 0.004)
    node.add(merge([needle, beam, tie, cap]), CONCRETE)
    bumper = extrude(chamfered(rectangle(0.115, 0.19), 0.036), 0.006, bevel=0.001).facing("+y").moved(y=WATER + 0.001)
    node.add(bumper, WOOD)
    stays = []
    for side in (-1, 1):
        for way in (-1, 1):
            for k in range(STAYS):
                high = 0.478 + (PYLON_TOP - 0.055 - 0.478) * k / (STAYS - 1)
                stays.append(
                    _stay((0.0, high, side * 0.007), (way * (NEAREST + SPACING * k), DECK, side * (HALF_DECK - 0.002)))
                )
    node.add(merge(stays), STAY)
    node.add(cylinder(0.0026, 0.004, 10, 0.001).moved(y=PYLON_TOP - 0.001), materials.lamp("red"))
    return node


def _square(y: float, x: float, z: float) -> list[Vec3]:
    return [(-x, y, z), (x, y, z), (x, y, -z), (-x, y, -z)]


def _leg(low: Vec2, high: Vec2, side: int, thick: float, thin: float) -> Mesh:
    """A leg in the plane across the road, from (y, z) to (y, z)."""
    path: list[Vec3] = [(0, low[0], side * low[1]), (0, high[0], side * high[1])]
    return sweep(chamfered(rectangle(thick, thick * 1.25), thick * 0.2), path, scales=[1.0, thin / thick])


def _stay(top: Vec3, foot: Vec3) -> Mesh:
    """A stay as a three-sided bar, smooth as if round, with its damper at the deck."""
    triangle: list[Vec2] = [(0.0, 0.0013), (-0.00113, -0.00065), (0.00113, -0.00065)]
    return sweep(triangle, [top, foot], crease=130)


def _piers(node: Node) -> None:
    columns = []
    for x in (0.62, 0.71, 0.80, 0.88):
        for s in (-1, 1):
            shaft = loft(
                [
                    _square(WATER - 0.004, 0.008, 0.011),
                    _square(DECK - 0.034, 0.0065, 0.009),
                    _square(DECK - 0.017, 0.008, 0.026),
                ]
            )
            foot = box(0.034, 0.010, 0.052, 0.002).moved(y=WATER + 0.002)
            columns.append(merge([shaft, foot]).moved(x=s * x))
    node.add(merge(columns), CONCRETE)


def _traffic(node: Node) -> None:
    """Lorries and cars on the deck, two ships on the river: a measure for the eye."""
    car, lorry = box(0.0088, 0.0030, 0.0036, 0.0010), box(0.024, 0.0068, 0.0050, 0.0008)
    cars, lorries = [], []
    for k in range(26):
        x, lane = -0.86 + 0.068 * k + 0.012 * sine(77 * k), (k * 5) % 6
        z = (lane - 2.5) * 0.0098 + (0.002 if lane > 2 else -0.002)
        if k % 4 == 1:
            lorries.append(lorry.moved(x, DECK + 0.0042, z))
        else:
            cars.append(car.moved(x, DECK + 0.0023, z))
    node.add(
        merge(
            [
                *cars,
                _ship(0.13).moved(-0.12, WATER - 0.002, 0.115),
                _ship(0.09).turned("y", 180).moved(0.16, WATER - 0.002, -0.12),
            ]
        ),
        RED,
    )
    node.add(
        merge(
            [
                *lorries,
                *(
                    box(0.016, 0.014, 0.018, 0.002).moved(x, WATER + 0.017, z)
                    for x, z in ((-0.168, 0.115), (0.192, -0.12))
                ),
            ]
        ),
        STEEL,
    )
    boxes = [box(0.013, 0.008, 0.019, 0.0008).moved(-0.142 + 0.0142 * k, WATER + 0.0145, 0.115) for k in range(6)]
    node.add(merge(boxes), Material("blue enamel", (34, 84, 150), 0.0, 0.5))


def _ship(length: float) -> Mesh:
    """A hull along x, its bow toward +X."""
    h, w = length / 2, length * 0.09
    line: list[Vec2] = [
        (-h, -w * 0.8), (-h * 0.9, -w), (h * 0.55, -w), (h, 0), (h * 0.55, w), (-h * 0.9, w), (-h, w * 0.8),
    ]  # fmt: skip
    return extrude(line, 0.012, bevel=0.0015).facing("+y").moved(y=0.006)
