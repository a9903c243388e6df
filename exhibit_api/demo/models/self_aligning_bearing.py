"""A self-aligning ball bearing, its outer ring cut open: two rows of balls in a spherical race, the inner ring tilted."""

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.angles import cosine, sine
from exhibit_api.demo.modelling.materials import Material
from exhibit_api.demo.modelling.mesh import merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.motion import turn
from exhibit_api.demo.modelling.outlines import Outline, arc, rounded
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, sphere

OUTER, WIDTH, BORE = 0.205, 0.106, 0.095
RACE = 0.178  # radius of the spherical race
BALL, BALLS, ROW = 0.0215, 18, 0.0265  # ball radius, balls a row, the row's distance from the middle
TRACK = 0.1532  # from the axis to a ball's centre
AXIS = 0.290
CUT = 100.0  # degrees of the outer ring that are cut away
TILT = 7.0
CAGE_TURNS, LOOP = 2, 20.0
INNER_TURNS = 5  # the cage turns at about 0.4 of the shaft's speed
BRASS = Material("machined brass", (212, 170, 92), 1.0, 0.28)


def build() -> Model:
    """The bearing on a plinth; the clip "run" turns the inner ring with the shaft, the cage follows with its balls."""
    model = Model("self-aligning-bearing")
    _plinth(model.node("plinth"))
    _outer(model.node("outer ring", at=(0, AXIS, 0)))
    inner = model.node("inner ring", at=(0, AXIS, 0), rotation=turn("y", TILT))
    _inner(inner)
    cage = model.node("cage", at=(0, AXIS, 0), rotation=turn("y", TILT))
    _cage(cage)
    front = model.node("front balls", parent=cage, at=(0, 0, ROW))
    balls = sphere(BALL, 14, 8).turned("x", 90).moved(x=TRACK).ringed(BALLS, "z")
    front.add(balls, materials.chrome())
    model.node("rear balls", parent=cage, at=(0, 0, -ROW), rotation=turn("z", 180 / BALLS), like=front)
    model.spin(inner, "z", turns=INNER_TURNS, seconds_per_turn=LOOP / INNER_TURNS)
    model.spin(cage, "z", turns=CAGE_TURNS, seconds_per_turn=LOOP / CAGE_TURNS)
    return model


def _outer(node: Node) -> None:
    half = WIDTH / 2
    lip = [(RACE * cosine(a), RACE * sine(a)) for a in (15, 8, 0, -8, -15)]
    line: Outline = rounded(
        [*lip, (RACE * cosine(15), -half), (OUTER, -half), (OUTER, half), (RACE * cosine(15), half)], 0.004, 3
    )
    start, sweep = CUT + 15, 360 - CUT
    ring = lathe(line, 46, sweep=sweep).turned("x", 90).turned("z", start)
    node.add(ring, materials.steel())
    face = extrude(line, 0.0008).turned("x", 90)
    node.add(merge([face.turned("z", start - 0.1), face.turned("z", start + sweep + 0.1)]), materials.plastic("red"))


def _inner(node: Node) -> None:
    half = WIDTH / 2 + 0.004
    track = []
    for row in (-ROW, ROW):
        track += [(TRACK - (BALL + 0.0006) * sine(a), row - (BALL + 0.0006) * cosine(a)) for a in range(40, 141, 25)]
    line: Outline = rounded(
        [
            (BORE, -half),
            (0.128, -half),
            (0.132, -half + 0.006),
            *track,
            (0.132, half - 0.006),
            (0.128, half),
            (BORE, half),
        ],
        0.002,
        1,
    )
    node.add(lathe(line, 42, crease=35).turned("x", 90), materials.polished_steel())
    shaft = lathe(
        [(0, -0.105), (BORE, -0.105), (BORE, 0.062), (0.088, 0.066), (0.088, 0.105), (0, 0.105)], 48, bevel=0.003
    )
    key = box(0.024, 0.012, 0.032, 0.002).moved(y=0.090, z=0.084)
    centre = cylinder(0.016, 0.002, 20).turned("x", 90).moved(z=0.1045)
    node.add(merge([shaft.turned("x", 90), key]), materials.dark_steel())
    node.add(centre, BRASS)


def _cage(node: Node) -> None:
    """Two brass rings outside the rows, one between them, joined by a bar between any two balls."""
    ring = lathe(
        [(TRACK - 0.010, -0.003), (TRACK + 0.010, -0.003), (TRACK + 0.010, 0.003), (TRACK - 0.010, 0.003)],
        36,
    )
    rings = [ring.turned("x", 90).moved(z=z) for z in (-0.052, 0.0, 0.052)]
    bar = box(0.016, 0.0065, 0.050)
    bars = [bar.moved(TRACK, 0, z).ringed(BALLS, "z", start=start) for z, start in ((ROW, 180 / BALLS), (-ROW, 0.0))]
    node.add(merge([*rings, *bars]), BRASS)


def _plinth(node: Node) -> None:
    saddle: Outline = [
        (-0.19, 0.06), (0.19, 0.06), (0.19, 0.075), (0.172, 0.11),
        *arc(OUTER + 0.0005, -46, -134, 12, (0, AXIS)), (-0.172, 0.11), (-0.19, 0.075),
    ]  # fmt: skip
    node.add(extrude(saddle, 0.085, bevel=0.004), materials.plastic("graphite"))
    node.add(box(0.50, 0.062, 0.25, 0.006).moved(y=0.031), materials.wood("walnut"))
    bolts = merge(cylinder(0.009, 0.009, 6, 0.001).moved(x, 0.062, z) for x in (-0.215, 0.215) for z in (-0.06, 0.06))
    node.add(bolts, materials.polished_steel())
    node.add(
        panel(0.088, 0.044).moved(y=0.031, z=0.1253),
        materials.label(dials.type_plate("SELF-ALIGNING BEARING", "D 410  D 190  B 106", "TILT 7°")),
    )
