"""A Francis turbine at 1 : 10, cut open to the front: spiral case, stay ring, twelve guide vanes, runner of 13 blades.

Angles run from +X toward -Z, as the lathe's sweep does; the water comes in from the left behind the machine.
"""

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.angles import cosine, sine
from exhibit_api.demo.modelling.materials import Material
from exhibit_api.demo.modelling.mesh import Mesh, Vec2, Vec3, at_each, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.motion import turn
from exhibit_api.demo.modelling.outlines import Outline, arc, rectangle, rounded
from exhibit_api.demo.modelling.parts import bolt_circle
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, tube
from exhibit_api.demo.modelling.sweeps import loft

CUT = (-130.0, -8.0)  # what is left out, in degrees
INLET, NOSE = 90.0, -236.0  # where the case is widest and where it ends
STAY, GATE, GATE_HALF = 0.275, 0.226, 0.042  # radii of stay ring and guide vanes; half the water's height
SHELL = 0.012
VANES, BLADES = 12, 13
LOOP = 12.0
BRONZE = Material("plain bronze", (176, 118, 66), 1.0, 0.34)
BRASS = Material("plain brass", (212, 168, 88), 1.0, 0.26)
CROWN: Outline = [
    (0, 0.090), (0.070, 0.090), (0.074, 0.060), (0.100, 0.050), (0.188, 0.050), (0.190, 0.041), (0.135, 0.030),
    (0.093, 0.0035), (0.063, -0.039), (0.045, -0.100), (0.026, -0.140), (0, -0.150),
]  # fmt: skip
BAND: Outline = [(0.187, -0.041), (0.198, -0.041), (0.184, -0.075), (0.174, -0.148), (0.162, -0.148), (0.169, -0.078)]


def build() -> Model:
    """The turbine on its foundation; in the clip "run" the runner turns and the guide vanes open and close."""
    model = Model("francis-turbine")
    still = model.node("turbine")
    for assemble in (_case, _foundation, _cover):
        assemble(still)
    runner = model.node("runner")
    _runner(runner)
    model.spin(runner, "y", turns=-2, seconds_per_turn=LOOP / 2)
    ring = model.node("regulating ring")
    _regulating_ring(ring)
    model.swing(ring, "y", [(0, 0), (2, 0), (5, 7), (7, 7), (LOOP, 0)])
    first = None
    for index in range(VANES):
        way = 360 / VANES * index
        if CUT[0] < (way + 180) % 360 - 180 < CUT[1]:
            continue  # left out where the machine is cut open, so that the runner is seen
        place = (GATE * cosine(way), 0.0, -GATE * sine(way))
        vane = model.node(f"guide vane {index + 1}", at=place, rotation=turn("y", way), like=first)
        first = first or _guide_vane(vane)
        model.swing(vane, "y", [(0, 0), (2, 0), (5, 26), (7, 26), (LOOP, 0)])
    return model


def _inside(way: float) -> float:
    """The case's inside radius at an angle."""
    return 0.054 + 0.064 * (way - NOSE) / (INLET - NOSE)


def _section(radius: float) -> list[Vec2]:
    """The case's wall as (distance from the machine's axis, height), counter-clockwise, open toward the axis."""
    middle = STAY + radius * 0.86
    outer = arc(radius + SHELL, -128, 128, 10, (middle, 0))
    inner = arc(radius, 128, -128, 10, (middle, 0))
    gap = GATE_HALF + 0.004
    return [*outer, (STAY, gap + SHELL), (STAY, gap), *inner, (STAY, -gap), (STAY, -gap - SHELL)]


def _spiral(start: float, end: float) -> list[list[Vec3]]:
    count = max(1, round((end - start) / 11))
    sections: list[list[Vec3]] = []
    for k in range(count + 1):
        way = start + (end - start) * k / count
        line = reversed(_section(_inside(way)))
        sections.append([(r * cosine(way), h, -r * sine(way)) for r, h in line])
    return sections


def _case(node: Node) -> None:
    front, rear = _spiral(NOSE, CUT[0]), _spiral(CUT[1], INLET)
    outer, inner = _inside(INLET) + SHELL, _inside(INLET)
    away = STAY + inner * 0.86
    pipe = tube(outer, inner, 0.56, 30).turned("z", 90).moved(y=0, z=-away)
    collar = tube(outer + 0.036, inner, 0.022, 30).turned("z", 90)
    collars = merge([collar.moved(x=-0.578, z=-away), collar.moved(x=-0.21, z=-away)])
    ribs = [tube(outer + 0.012, outer - 0.002, 0.010, 30).turned("z", 90).moved(x=x, z=-away) for x in (-0.33, -0.45)]
    node.add(merge([loft(front, crease=40), loft(rear, crease=40), pipe, collars, *ribs]), materials.plastic("teal"))
    faces = [_spiral(CUT[0] - 0.1, CUT[0] + 0.15), _spiral(CUT[1] - 0.15, CUT[1] + 0.1)]
    draft = [(-0.160, 0.176), (-0.360, 0.222)]
    lower = lathe([(r + d, h) for d, pairs in ((0, draft), (0.012, draft[::-1])) for h, r in pairs], 34, sweep=240)
    node.add(merge(loft(face) for face in faces), materials.plastic("red"))
    rings = [
        tube(0.300, 0.250, 0.014, 36).moved(y=-GATE_HALF - 0.018),
        lathe(
            [
                (0.248, GATE_HALF + 0.003),
                (0.300, GATE_HALF + 0.003),
                (0.300, GATE_HALF + 0.018),
                (0.248, GATE_HALF + 0.018),
            ],
            34,
            sweep=242,
        ).turned("y", CUT[1]),
    ]
    stays = [
        extrude(_leaf(0.05, 0.012), 2 * GATE_HALF + 0.012).facing("+y").turned("y", -32).moved(x=0.276).turned("y", way)
        for way in range(15, 375, 30)
        if not CUT[0] < (way + 180) % 360 - 180 < CUT[1]
    ]
    bottom = lathe(
        [
            (0.200, -0.050),
            (0.196, -0.074),
            (0.176, -0.160),
            (0.190, -0.160),
            (0.212, -0.088),
            (0.252, -0.062),
            (0.252, -0.050),
        ],
        30,
        sweep=242,
    ).turned("y", CUT[1])
    node.add(merge([*rings, *stays, bottom, lower.turned("y", CUT[1])]), materials.plastic("graphite"))
    bolts = bolt_circle(cylinder(0.009, 0.012, 6), outer + 0.018, 10).turned("z", 90).moved(x=-0.600, z=-away)
    node.add(bolts, materials.polished_steel())


def _leaf(length: float, thick: float) -> list[Vec2]:
    """A vane's section along x: round nose, sharp tail."""
    half, back = length / 2, thick / 2
    return [
        (-half, 0),
        (-half * 0.86, -back * 0.8),
        (-half * 0.4, -back),
        (half, -0.0006),
        (half, 0.0006),
        (-half * 0.4, back),
        (-half * 0.86, back * 0.8),
    ]


def _guide_vane(node: Node) -> Node:
    wing = extrude(_leaf(0.098, 0.017), 2 * GATE_HALF - 0.004).facing("+y").turned("y", 66)
    stem = cylinder(0.010, 0.060, 10).moved(y=GATE_HALF)
    lever = box(0.050, 0.010, 0.018, 0.002).turned("y", 28).moved(x=-0.018, y=GATE_HALF + 0.056, z=0.010)
    node.add(merge([wing, stem, lever]), BRASS)
    return node


def _regulating_ring(node: Node) -> None:
    ring = tube(0.205, 0.178, 0.020, 36).moved(y=0.100)
    pins = cylinder(0.008, 0.012, 6).moved(x=0.188, y=0.120).ringed(6, start=12)
    lugs = box(0.05, 0.018, 0.05, 0.004).moved(x=0.212, y=0.110).ringed(2, start=70)
    node.add(merge([ring, pins, lugs]), materials.plastic("orange"))


def _cover(node: Node) -> None:
    plate: Outline = [
        (0.100, 0.056),
        (0.252, 0.046),
        (0.252, 0.064),
        (0.170, 0.070),
        (0.150, 0.092),
        (0.112, 0.150),
        (0.092, 0.150),
    ]
    node.add(lathe(plate, 34, bevel=0.002, sweep=242).turned("y", CUT[1]), materials.plastic("ivory"))
    bearing = tube(0.098, 0.052, 0.056, 32).moved(y=0.150)
    node.add(
        merge([bearing, bolt_circle(cylinder(0.007, 0.009, 6), 0.082, 12).moved(y=0.206)]), materials.polished_steel()
    )


def _runner(node: Node) -> None:
    blade = _blade()
    runner = [
        lathe(CROWN, 36, crease=60),
        lathe(BAND, 36),
        *(blade.turned("y", 360 / BLADES * k) for k in range(BLADES)),
    ]
    node.add(merge(runner), BRONZE)
    shaft = lathe(
        [
            (0, 0.088),
            (0.046, 0.088),
            (0.046, 0.300),
            (0.088, 0.302),
            (0.088, 0.326),
            (0.03, 0.326),
            (0.03, 0.332),
            (0, 0.332),
        ],
        30,
    )
    flange = cylinder(0.066, 0.02, 30).moved(y=0.088)
    node.add(merge([shaft, flange]), materials.polished_steel())
    node.add(bolt_circle(cylinder(0.013, 0.012, 6), 0.066, 8).moved(y=0.326), materials.dark_steel())


def _blade() -> Mesh:
    """From the crown to the band; each section follows a meridian from the guide vanes down and inward."""
    sections: list[list[Vec3]] = []
    for station in range(4):
        s = station / 3
        gate, knee, tail = (
            (0.188, 0.044 - 0.088 * s),
            (0.070 + 0.095 * s, 0.038 - 0.098 * s),
            (0.045 + 0.120 * s, -0.100 - 0.046 * s),
        )
        sides: list[list[Vec3]] = [[], []]
        for k in range(8):
            t = k / 7
            a, b, c = (1 - t) * (1 - t), 2 * t * (1 - t), t * t
            radius, height = a * gate[0] + b * knee[0] + c * tail[0], a * gate[1] + b * knee[1] + c * tail[1]
            way = 62 * t * (1 - 0.25 * t) - 10 * s
            half = 57.3 * (0.0052 * (1 - t) * (0.35 + 2.6 * t) + 0.0008) / radius
            for side, sign in zip(sides, (-1, 1), strict=True):
                side.append((radius * cosine(way + sign * half), height, -radius * sine(way + sign * half)))
        sections.append([*sides[0], *sides[1][::-1]])
    return loft(sections, crease=60)


def _foundation(node: Node) -> None:
    slab = extrude(rounded(rectangle(1.20, 1.00), 0.05, 4), 0.04, bevel=0.005).facing("+y").moved(-0.05, -0.372, -0.06)
    node.add(slab, materials.plastic("grey"))
    ring = tube(0.262, 0.222, 0.016, 32).moved(y=-0.354)
    places: list[Vec3] = [(0.36 * cosine(a), -0.235, -0.36 * sine(a)) for a in (20, 120, 222, 318)]
    legs = at_each(box(0.036, 0.236, 0.036, 0.004), places)
    heads = at_each(box(0.09, 0.012, 0.09, 0.003), [(x, -0.348, z) for x, _, z in places])
    away = STAY + _inside(INLET) * 0.86
    saddle = box(0.05, 0.235, 0.18, 0.004).moved(-0.40, -0.235, -away)
    arms = [box(0.15, 0.03, 0.03, 0.003).moved(x=0.305, y=-0.130).turned("y", a) for a in (222, 318)]
    struts = [box(0.03, 0.10, 0.03, 0.003).moved(x=0.26, y=-0.10).turned("y", a) for a in (222, 318)]
    node.add(merge([ring, legs, heads, saddle, *arms, *struts]), materials.plastic("graphite"))
    anchors = at_each(cylinder(0.012, 0.010, 6), [(x + 0.032, -0.342, z + 0.032) for x, _, z in places])
    node.add(anchors, materials.polished_steel())
    stand = box(0.17, 0.07, 0.014, 0.003).turned("x", -35).moved(-0.17, -0.330, 0.36)
    node.add(stand, materials.dark_steel())
    shown = panel(0.152, 0.060).moved(z=0.0075).turned("x", -35).moved(-0.17, -0.330, 0.36)
    node.add(shown, materials.label(dials.type_plate("FRANCIS TURBINE", "SCALE 1:10", "13 BLADES  12 GATES")))
