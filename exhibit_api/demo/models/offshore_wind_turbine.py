"""An offshore wind turbine, 1:100, on a jacket foundation that stands in a block of sea; the rotor turns."""

from itertools import pairwise

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.blades import blade
from exhibit_api.demo.modelling.mesh import Mesh, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.motion import turn
from exhibit_api.demo.modelling.outlines import rectangle, rounded
from exhibit_api.demo.modelling.parts import bolt_circle
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, rod, torus, tube

BED, SEA = 0.045, 0.235  # heights of the seabed and of the water
DECK = 0.375  # the transition piece's platform
HUB = 1.235
TIP = 0.655  # the rotor's radius
FRONT = 0.135  # the rotor's distance before the tower
FOOT, HEAD = 0.150, 0.075  # half the jacket's width at the seabed and at the deck

ROOT = 0.045  # where the blades start
CHORDS: tuple[float, ...] = (0.030, 0.050, 0.062, 0.058, 0.050, 0.042, 0.034, 0.026, 0.018, 0.005)
TWISTS: tuple[float, ...] = (16, 14, 11, 8, 6, 4, 3, 2, 1, 0)
THICKNESSES: tuple[float, ...] = (0.95, 0.45, 0.30, 0.25, 0.22, 0.20, 0.18, 0.17, 0.16, 0.16)


def build() -> Model:
    """The turbine; the clip "run" turns the rotor once in 6 s."""
    model = Model("offshore-wind-turbine")
    _sea(model.node("sea"))
    _jacket(model.node("jacket"))
    _tower(model.node("tower"))
    _nacelle(model.node("nacelle", at=(0, HUB, 0)))
    rotor = model.node("rotor", at=(0, HUB, FRONT), rotation=turn("x", -4))
    _rotor(rotor)
    model.spin(rotor, "z", turns=-1, seconds_per_turn=6)
    return model


def _rotor(node: Node) -> None:
    spinner = lathe(
        [(0, -0.045), (0.038, -0.045), (0.043, -0.02), (0.042, 0.01), (0.032, 0.040), (0.016, 0.056), (0, 0.060)],
        28,
        bevel=0.003,
    )
    white = merge([_blade(0, 7), _blade(8, 9)])
    cuff = tube(0.0185, 0.010, 0.018, 18, 0.002).moved(y=0.034)
    blades = merge([white, cuff]).ringed(3, "z", start=4)
    node.add(merge([spinner.turned("x", 90), blades]), materials.plastic("white"))
    node.add(_blade(7, 8).ringed(3, "z", start=4), materials.plastic("red"))


def _blade(first: int, last: int) -> Mesh:
    """A blade between two of its ten stations, so that the bands near its tip can be of another colour."""
    step = (TIP - ROOT) / 9
    kept = slice(first, last + 1)
    piece = blade(
        step * (last - first), CHORDS[kept], TWISTS[kept], thicknesses=THICKNESSES[kept], camber=0.02,
        stations=max(2, 2 * (last - first) - 2), points=6,
    )  # fmt: skip
    return piece.turned("y", 180).moved(y=ROOT + step * first)


def _nacelle(node: Node) -> None:
    side = rounded(rectangle(0.255, 0.098, (-0.045, 0.012)), 0.022, 4)
    body = extrude(side, 0.096, bevel=0.012).facing("-x")
    nose = lathe([(0, 0.075), (0.044, 0.075), (0.037, 0.094), (0, 0.094)], 28, bevel=0.003).turned("x", 90)
    yaw = lathe([(0, -0.062), (0.034, -0.062), (0.036, -0.03), (0, -0.03)], 28, bevel=0.003)
    cooler = box(0.086, 0.034, 0.012, 0.002).moved(0, 0.082, -0.150)
    node.add(merge([body.mirrored("z"), nose, yaw, cooler]), materials.plastic("white"))
    pad = box(0.080, 0.004, 0.070, 0.001).moved(0, 0.064, -0.085)
    posts = [box(0.002, 0.020, 0.002).moved(x, 0.074, z) for x in (-0.039, 0.039) for z in (-0.119, -0.085, -0.051)]
    rails = [box(0.002, 0.002, 0.07).moved(x, 0.084, -0.085) for x in (-0.039, 0.039)] + [
        box(0.08, 0.002, 0.002).moved(0, 0.084, -0.051)
    ]
    node.add(merge([pad, *posts, *rails]), materials.plastic("yellow"))
    fins = box(0.078, 0.002, 0.014).repeated(6, (0, 0.005, 0)).moved(0, 0.082, -0.150)
    mast = merge(
        [rod((0.03, 0.06, -0.14), (0.03, 0.125, -0.14), 0.0018, 6), box(0.03, 0.002, 0.002).moved(0.03, 0.118, -0.14)]
    )
    seam = box(0.0975, 0.0015, 0.20, 0.0).moved(0, 0.004, -0.05)
    node.add(merge([fins, mast, seam]), materials.plastic("graphite"))
    node.add(cylinder(0.006, 0.014, 10, 0.002).moved(-0.03, 0.061, -0.145), materials.lamp("red"))


def _tower(node: Node) -> None:
    low, high = DECK + 0.02, HUB - 0.055
    line = [(0, low), (0.052, low), (0.047, low + 0.25), (0.041, low + 0.50), (0.031, high), (0, high)]
    node.add(lathe(line, 32, bevel=0.001), materials.plastic("white"))
    seams = [
        torus(radius, 0.0022, 32, 6).moved(y=y)
        for radius, y in ((0.0515, low + 0.006), (0.0472, low + 0.25), (0.0412, low + 0.50))
    ]
    door = box(0.024, 0.050, 0.008, 0.002).moved(0, low + 0.034, 0.0505)
    node.add(merge([*seams, door]), materials.plastic("grey"))


def _jacket(node: Node) -> None:
    def leg(height: float) -> float:
        return FOOT + (HEAD - FOOT) * (height - BED) / (DECK - 0.03 - BED)

    levels = (BED + 0.015, 0.165, 0.265, DECK - 0.035)
    legs = rod((FOOT, BED - 0.02, FOOT), (HEAD, DECK - 0.02, HEAD), 0.0125, 12).ringed(4)
    bracing: list[Mesh] = []
    for low, high in pairwise(levels):
        a, b = leg(low), leg(high)
        bracing += [rod((-a, low, a), (b, high, b), 0.006, 8), rod((a, low, a), (-b, high, b), 0.006, 8)]
    bracing.append(
        rod((-leg(levels[0]), levels[0], leg(levels[0])), (leg(levels[0]), levels[0], leg(levels[0])), 0.006, 8)
    )
    deck = extrude(rounded(rectangle(0.24, 0.24), 0.03, 2), 0.012, bevel=0.002).facing("+y").moved(y=DECK)
    girder = box(2 * HEAD, 0.030, 0.026, 0.003).moved(0, DECK - 0.02, HEAD).ringed(4)
    cone = lathe(
        [(0, DECK - 0.07), (0.040, DECK - 0.07), (0.056, DECK - 0.01), (0.056, DECK + 0.022), (0, DECK + 0.022)],
        32,
        bevel=0.003,
    )
    strut = rod((0.035, DECK - 0.05, 0.035), (HEAD, DECK - 0.02, HEAD), 0.009, 8).ringed(4)
    posts = merge(
        box(0.0025, 0.030, 0.0025).moved(x, DECK + 0.02, 0.117) for x in (-0.112, -0.075, -0.037, 0, 0.037, 0.075)
    ).ringed(4)
    rails = merge(box(0.228, 0.0025, 0.0025).moved(0, DECK + y, 0.117) for y in (0.020, 0.034)).ringed(4)
    stiles = [box(0.003, 0.20, 0.003).moved(x, DECK - 0.10, 0.124) for x in (-0.046, -0.026)]
    rungs = box(0.02, 0.0022, 0.0022).repeated(12, (0, 0.016, 0)).moved(-0.036, DECK - 0.10, 0.124)
    node.add(
        merge([legs, merge(bracing).ringed(4), deck, girder, cone, strut, posts, rails, *stiles, rungs]),
        materials.plastic("yellow"),
    )
    bolts = bolt_circle(cylinder(0.003, 0.005, 6, 0.0006), 0.0535, 16).moved(y=DECK + 0.0215)
    piles = tube(0.019, 0.012, 0.05, 14, 0.002).moved(FOOT, BED - 0.012, FOOT).ringed(4)
    crane = merge(
        [
            cylinder(0.008, 0.05, 12, 0.001).moved(0.09, DECK, -0.08),
            rod((0.09, DECK + 0.05, -0.08), (0.03, DECK + 0.075, -0.115), 0.004, 8),
        ]
    )
    node.add(merge([bolts, piles, crane]), materials.dark_steel())


def _sea(node: Node) -> None:
    node.add(box(0.60, BED - 0.004, 0.60, 0.004).moved(y=BED / 2 - 0.002), materials.plastic("black"))
    bed = box(0.56, 0.018, 0.56, 0.004).moved(y=BED)
    rocks = [
        box(s, s * 0.6, s * 0.8, s * 0.25).turned("y", 37.0 * k).moved(x, BED + 0.008, z)
        for k, (x, z, s) in enumerate(
            ((-0.2, 0.16, 0.03), (0.08, 0.21, 0.022), (0.21, -0.06, 0.034), (-0.09, -0.2, 0.028), (-0.22, -0.08, 0.02))
        )
    ]
    node.add(merge([bed, *rocks]), materials.plastic((150, 132, 98)))
    water = box(0.556, SEA - BED - 0.008, 0.556, 0.004).moved(y=(SEA + BED + 0.008) / 2)
    node.add(water, materials.glass((38, 110, 150), 0.42))
    node.add(
        panel(0.16, 0.02 * 2).moved(0, 0.0205, 0.3004),
        materials.label(dials.type_plate("OFFSHORE WIND TURBINE", "10 MW  SCALE 1:100", width=256, height=64)),
    )
