"""A dilution refrigerator without its cans: six plates hung in a stand, coaxial lines, still, exchangers, mixing chamber."""

from itertools import pairwise

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.angles import cosine, sine
from exhibit_api.demo.modelling.materials import Material
from exhibit_api.demo.modelling.mesh import Mesh, Vec3, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.motion import turn
from exhibit_api.demo.modelling.outlines import Outline, circle
from exhibit_api.demo.modelling.parts import bolt_circle, cap_bolt
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, rod, tube
from exhibit_api.demo.modelling.sweeps import bent, helix, sweep

# Height and radius of each plate, from room temperature down to the mixing chamber.
PLATES = ((1.385, 0.240), (1.190, 0.232), (0.990, 0.216), (0.795, 0.200), (0.640, 0.186), (0.465, 0.172))
THICK = 0.013
BUNDLES = (38.0, 142.0, 218.0, 322.0)  # where the lines run down, degrees
LINES = 5  # in a bundle
GOLD = Material("gold plating", (255, 201, 108), 1.0, 0.2)
CUPRONICKEL = Material("cupronickel", (206, 194, 178), 1.0, 0.26)
COPPER = Material("copper", (214, 124, 88), 1.0, 0.26)
ENAMEL = Material("graphite enamel", (50, 53, 58), 0.0, 0.45)


def build() -> Model:
    """The refrigerator in its stand; the clip "run" turns the hanging insert slowly before the visitor."""
    model = Model("dilution-refrigerator")
    _stand(model.node("stand"))
    insert = model.node("insert")
    _plates(insert)
    _cold_head(insert)
    _exchangers(insert)
    _payload(insert)
    first = None
    for index, angle in enumerate(BUNDLES):
        bundle = model.node(f"lines {index + 1}", parent=insert, rotation=turn("y", angle), like=first)
        first = first or _lines(bundle)
    model.spin(insert, "y", seconds_per_turn=48)
    return model


def _stand(node: Node) -> None:
    foot = lathe([(0, 0), (0.295, 0), (0.295, 0.018), (0.286, 0.028), (0, 0.028)], 32, bevel=0.002)
    ring = tube(0.292, 0.248, 0.024, 32, 0.003).moved(y=1.418)
    sockets = cylinder(0.022, 0.03, 12, 0.003).moved(x=0.272, y=0.026).ringed(3, start=90)
    desk = box(0.156, 0.012, 0.09, 0.002).turned("x", 28).moved(y=0.052, z=0.222)
    node.add(merge([foot, ring, sockets, desk]), ENAMEL)
    posts = cylinder(0.012, 1.39, 10).moved(x=0.272, y=0.03).ringed(3, start=90)
    node.add(
        merge([posts, bolt_circle(cap_bolt(0.012).moved(y=1.442), 0.272, 3, start=90)]), materials.polished_steel()
    )
    plate = panel(0.144, 0.072).turned("x", -62).moved(y=0.0585, z=0.2252)
    node.add(plate, materials.label(dials.type_plate("DILUTION REFRIGERATOR", "BASE 0.010 K", "LINES 20")))


def _plates(node: Node) -> None:
    """The plates with their ports and screws, and the rods on which one hangs from the other."""
    height, radius = PLATES[0]
    node.add(cylinder(radius, THICK + 0.006, 32, 0.002).moved(y=height), materials.polished_steel())
    screw = _pin(0.0055, 0.006)
    for (above, _), (height, radius) in pairwise(PLATES):
        ports: list[Outline] = [
            circle(size * radius, 9, (0.6 * radius * cosine(angle), 0.6 * radius * sine(angle)))
            for angle, size in ((90, 0.19), (315, 0.13))
        ]
        plate = extrude(circle(radius, 28), THICK, holes=ports, bevel=0.0014).facing("+y").moved(y=height + THICK / 2)
        collar = cylinder(0.011, 0.012, 6, 0.002)
        ends = merge([collar.moved(y=height + THICK), collar.moved(y=above - 0.012)])
        node.add(merge([plate, ends.moved(x=radius * 0.88).ringed(3, start=30)]), GOLD)
        hanger = cylinder(0.0055, above - height, 8).moved(x=radius * 0.88, y=height)
        screws = bolt_circle(screw.moved(y=height + THICK), radius * 0.955, 8, start=10)
        node.add(merge([screws, hanger.ringed(3, start=30)]), materials.polished_steel())


def _lines(node: Node) -> Node:
    """One bundle from plate to plate: each line with a bend that takes up the shrinking, clamps and attenuators."""
    for stage, ((upper, _), (lower, radius)) in enumerate(pairwise(PLATES)):
        reach, foot = radius * 0.72, lower + THICK
        height = upper - foot
        for index in range(LINES):
            across = (index - (LINES - 1) / 2) * 0.0145
            bow = 0.046 - 0.007 * abs(index - 2) - 0.02 * (stage == 4)
            path: list[Vec3] = [
                (reach, upper, across), (reach, upper - height * 0.2, across),
                (reach + bow, upper - height * 0.5, across * 1.35), (reach, upper - height * 0.8, across),
                (reach, foot, across),
            ]  # fmt: skip
            node.add(sweep(circle(0.0031, 4), bent(path, 0.034, 2), crease=100), CUPRONICKEL)
            if stage:
                node.add(_pin(0.0056, 0.024).moved(reach, foot, across), CUPRONICKEL)
        clamp = box(0.02, 0.006, LINES * 0.0145 + 0.012, 0.001).moved(x=reach)
        node.add(merge([clamp.moved(y=foot + 0.003), clamp.moved(y=lower - 0.003)]), GOLD)
    return node


def _cold_head(node: Node) -> None:
    """The pulse tube: its head on the top plate, tubes to the next two plates, and the ports beside it."""
    top = PLATES[0][0] + THICK + 0.006
    head = merge([cylinder(0.072, 0.012, 24, 0.002), cylinder(0.058, 0.045, 24, 0.004).moved(y=0.012)])
    motor = merge([box(0.07, 0.04, 0.075, 0.006).moved(y=0.07), rod((0.03, 0.07, 0), (0.07, 0.07, 0), 0.011, 12)])
    node.add(merge([head, motor]).moved(y=top, z=-0.09), materials.polished_steel())
    port = merge(
        [cylinder(0.034, 0.010, 14, 0.002), cylinder(0.022, 0.05, 10), cylinder(0.03, 0.01, 14, 0.002).moved(y=0.05)]
    )
    gate = merge([box(0.07, 0.026, 0.045, 0.004).moved(y=0.02), rod((0, 0.02, 0.02), (0, 0.02, 0.06), 0.008, 10)])
    ports = merge([port.moved(-0.12, 0, 0.05), port.moved(0.12, 0, 0.05), gate.moved(z=0.12)]).moved(y=top)
    tubes = [
        cylinder(width, PLATES[stage][0] - PLATES[stage + 1][0], 12).moved(x, PLATES[stage + 1][0], -0.09)
        for stage, width, x in ((0, 0.030, -0.036), (0, 0.021, 0.036), (1, 0.021, -0.03), (1, 0.014, 0.028))
    ]
    node.add(merge([ports, *tubes]), materials.polished_steel())
    pads = [cylinder(0.062, 0.024, 20, 0.003).moved(0, PLATES[k][0] + THICK, -0.09) for k in (1, 2)]
    node.add(merge(pads), COPPER)


def _exchangers(node: Node) -> None:
    """The still with its pumping line, coiled and stepped exchangers, and the mixing chamber on the last plate."""
    first, still, cold, mixing = PLATES[0][0], PLATES[3][0] + THICK, PLATES[4][0] + THICK, PLATES[5][0] + THICK
    pot = lathe([(0, 0), (0.054, 0), (0.056, 0.01), (0.056, 0.062), (0.046, 0.07), (0, 0.07)], 20, bevel=0.002)
    node.add(pot.moved(y=still), COPPER)
    bowl = [(0, 0), (0.044, 0), (0.044, 0.05), (0.052, 0.052), (0.052, 0.062), (0.02, 0.078), (0, 0.078)]
    chamber = lathe(bowl, 20, bevel=0.002).moved(y=mixing)
    steps = merge(box(0.06, 0.009, 0.04, 0.0015).moved(-0.098, mixing + 0.03 + 0.014 * k, 0) for k in range(7))
    node.add(merge([chamber, steps]), GOLD)
    tube_line = circle(0.005, 5)
    coil = sweep(tube_line, helix(0.046, 0.0125, 6, 10), crease=100).moved(y=cold + 0.022)
    lower = sweep(tube_line, helix(0.036, 0.0125, 3, 10), crease=100).moved(y=mixing + 0.088)
    node.add(merge([coil, lower]), CUPRONICKEL)
    waves = [(0.022 + (0.006 if k % 2 else 0.0), 0.009 * k) for k in range(11)]
    bellows = lathe([(0, 0), *waves, (0, 0.09)], 16, crease=20).moved(y=still + 0.07)
    line = cylinder(0.021, first - still - 0.16, 12).moved(y=still + 0.16)
    collars = [cylinder(0.036, 0.009, 18, 0.001).moved(y=PLATES[k][0] + THICK) for k in (1, 2)]
    node.add(merge([bellows, line, *collars]), materials.polished_steel())


def _payload(node: Node) -> None:
    """Below the coldest plate: a bracket with filters, and the shielded can for the chip."""
    mixing = PLATES[5][0]
    spine = box(0.115, 0.2, 0.008, 0.0015).moved(y=mixing - 0.1)
    yokes = [box(0.135, 0.008, 0.09, 0.0015).moved(y=mixing + y) for y in (-0.004, -0.2)]
    shape = [(0, 0), (0.042, 0), (0.048, 0.006), (0.048, 0.125), (0.056, 0.127), (0.056, 0.137), (0, 0.137)]
    can = lathe(shape, 20, bevel=0.0015).moved(y=mixing - 0.341)
    node.add(merge([spine, *yokes, can]), GOLD)
    row = box(0.019, 0.044, 0.016, 0.0015).repeated(4, (0.0265, 0, 0)).moved(y=mixing - 0.07)
    node.add(merge([row.moved(z=0.012), row.moved(z=-0.012)]), COPPER)
    tails = []
    for x, z in ((x, z) for x in (-0.0397, -0.0132, 0.0132, 0.0397) for z in (0.012, -0.012)):
        tails += [_pin(0.0026, 0.196).moved(x, mixing - 0.196, z), _pin(0.0065, 0.02).moved(x, mixing - 0.16, z)]
    node.add(merge(tails), CUPRONICKEL)


def _pin(radius: float, height: float) -> Mesh:
    """A small round thing on y = 0, soft at its rim: screws and connectors that must cost little."""
    return lathe([(0, 0), (radius, 0), (radius, height), (0, height)], 5, crease=100)
