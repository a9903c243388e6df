"""A tunnel-boring machine's cutterhead, 1:8: six spokes with disc cutters and scrapers turn before the shield."""

import numpy as np

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.angles import cosine, sine
from exhibit_api.demo.modelling.mesh import Mesh, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.outlines import Outline, arc, bearing, circle, rectangle, rounded
from exhibit_api.demo.modelling.parts import bolt_circle
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, rod, tube

SPOKES, HALF_SPOKE = 6, 0.050
NEAR, FAR, RIM = 0.125, 0.335, 0.40  # radii of the muck openings and of the head
AXIS = 0.485  # height of the tunnel's axis
CUTTERS = ((0.165, 0.245, 0.325), (0.205, 0.285))  # radii on every other spoke

RIM_LINE: Outline = [(0.335, -0.055), (0.392, -0.055), (RIM, -0.02), (RIM, 0.022), (0.372, 0.052), (0.335, 0.052)]
SKIN: Outline = [(0.370, -0.21), (0.394, -0.21), (0.394, 0.055), (0.386, 0.075), (0.370, 0.075)]
DISC: Outline = [(0, -0.008), (0.020, -0.008), (0.032, -0.0016), (0.032, 0.0016), (0.020, 0.008), (0, 0.008)]


def build() -> Model:
    """The head before its shield on a cradle; the clip "run" turns the head once in 20 s."""
    model = Model("shield-cutterhead")
    _cradle(model.node("cradle"))
    _shield(model.node("shield", at=(0, AXIS, 0)))
    head = model.node("cutterhead", at=(0, AXIS, 0.14))
    _head(head)
    model.spin(head, "z", seconds_per_turn=20)
    return model


def _head(node: Node) -> None:
    face = extrude(circle(0.36, 48), 0.05, holes=[_opening(k) for k in range(SPOKES)], bevel=0.004)
    rim = lathe(RIM_LINE, 60, bevel=0.004).turned("x", 90)
    arm = extrude([(-0.14, -0.046), (0.14, -0.046), (0.14, 0.046), (-0.14, 0.046)], 0.05, bevel=0.01).moved(
        0.21, 0, 0.03
    )
    hub = lathe([(0, 0.02), (0.128, 0.02), (0.128, 0.045), (0.10, 0.062), (0, 0.062)], 36, bevel=0.004).turned("x", 90)
    node.add(merge([face, rim, arm.ringed(SPOKES, "z"), hub]), materials.paint("red", gloss=0.55))
    leg = box(0.05, 0.07, 0.13, 0.006).moved(0.24, 0, -0.08).ringed(SPOKES, "z")
    drum = tube(0.27, 0.20, 0.05, 36, 0.004).turned("x", 90).moved(z=-0.14)
    seats = []
    discs = []
    for spoke in range(SPOKES):
        for radius in CUTTERS[spoke % 2]:
            seat = extrude(rectangle(0.044, 0.078), 0.014, holes=[rectangle(0.024, 0.066)], bevel=0.002)
            seats.append(seat.moved(radius, 0, 0.060).turned("z", 60 * spoke))
            discs.append(lathe(DISC, 16).turned("z", -90).moved(radius, 0, 0.058).turned("z", 60 * spoke))
    gauge = lathe(DISC, 16).turned("z", -90).turned("y", -35).moved(0.378, 0, 0.040).ringed(SPOKES, "z", start=30)
    wear = box(0.008, 0.042, 0.05).moved(0.399, 0, -0.002).ringed(24, "z", start=7.5)
    node.add(merge([leg, drum, *seats, wear]), materials.dark_steel())
    node.add(merge([*discs, gauge, _scrapers(), _fishtail()]), materials.polished_steel())
    nozzles = [
        tube(0.011, 0.005, 0.008, 12).turned("x", 90).moved(radius, 0, 0.054).turned("z", 60 * spoke)
        for spoke, radius in ((0, 0.205), (1, 0.165), (2, 0.285), (3, 0.205), (4, 0.325), (5, 0.285))
    ]
    node.add(merge(nozzles), materials.brass())


def _opening(index: int) -> Outline:
    """A muck opening between two spokes, its sides parallel to them."""
    start = 60.0 * index
    far, near = (bearing(float(np.sqrt(r * r - HALF_SPOKE * HALF_SPOKE)), HALF_SPOKE) for r in (FAR, NEAR))
    return rounded(
        [*arc(FAR, start + far, start + 60 - far, 6), *arc(NEAR, start + 60 - near, start + near, 3)], 0.014, 2
    )


def _scrapers() -> Mesh:
    """Knives along both sides of every spoke, their edges toward the opening."""
    knife = extrude([(0.0, 0.0), (0.0, -0.020), (0.008, -0.024), (0.026, 0.0)], 0.030, bevel=0.0015).turned("y", 90)
    row = merge(knife.moved(radius, 0.049, 0.036) for radius in (0.15, 0.19, 0.23, 0.27, 0.31))
    other = row.mirrored("y")
    return merge([row, other]).ringed(SPOKES, "z")


def _fishtail() -> Mesh:
    """The cross-shaped centre cutter."""
    line: Outline = [
        (-0.085, 0),
        (0.085, 0),
        (0.072, 0.022),
        (0.030, 0.042),
        (0, 0.068),
        (-0.030, 0.042),
        (-0.072, 0.022),
    ]
    plate = extrude(line, 0.022, bevel=0.004).turned("x", 90).moved(z=0.058)
    return merge([plate.turned("z", 30), plate.turned("z", 120)])


def _shield(node: Node) -> None:
    skin = lathe(SKIN, 60, bevel=0.003).turned("x", 90)
    node.add(skin, materials.paint("ivory", gloss=0.7))
    stripe = tube(0.3955, 0.390, 0.05, 60, 0.001).turned("x", 90).moved(z=-0.10)
    motor = merge([cylinder(0.036, 0.09, 20, 0.004), cylinder(0.044, 0.02, 20, 0.003)]).turned("x", -90)
    motors = motor.moved(x=0.17, z=-0.005).ringed(8, "z")
    node.add(merge([stripe, motors]), materials.paint("blue", gloss=0.6))
    bulkhead = cylinder(0.371, 0.02, 48, 0.002).turned("x", 90).moved(z=-0.01)
    jack = cylinder(0.022, 0.12, 16, 0.002).turned("x", -90).moved(x=0.325, z=-0.01).ringed(12, "z", start=15)
    conveyor = rod((0, -0.10, -0.01), (0, 0.03, -0.235), 0.05, 24, 0.004)
    node.add(merge([bulkhead, jack, conveyor]), materials.paint("graphite", gloss=0.4))
    ram = cylinder(0.013, 0.07, 12).turned("x", -90).moved(x=0.325, z=-0.13)
    shoe = box(0.05, 0.07, 0.016, 0.003).moved(x=0.325, z=-0.205)
    bolts = bolt_circle(cylinder(0.006, 0.006, 6), 0.285, 24, "z").turned("y", 180).moved(z=-0.01)
    node.add(merge([merge([ram, shoe]).ringed(12, "z", start=15), bolts]), materials.polished_steel())


def _cradle(node: Node) -> None:
    line: Outline = [
        (-0.43, 0.03), (0.43, 0.03), (0.43, 0.06), (0.355, 0.26),
        *((0.396 * cosine(a), AXIS + 0.396 * sine(a)) for a in range(-35, -146, -10)),
        (-0.355, 0.26), (-0.43, 0.06),
    ]  # fmt: skip
    saddle = extrude(line, 0.03, bevel=0.004)
    beams = box(0.05, 0.07, 0.24, 0.005).moved(y=0.065, z=-0.07)
    plate = box(0.90, 0.03, 0.36, 0.005).moved(y=0.015, z=-0.05)
    node.add(
        merge([saddle.moved(z=-0.16), saddle.moved(z=0.02), *(beams.moved(x=x) for x in (-0.3, 0.0, 0.3)), plate]),
        materials.paint("graphite", gloss=0.5),
    )
    feet = merge(cylinder(0.012, 0.012, 6).moved(x, 0.03, z) for x in (-0.42, 0.42) for z in (-0.2, 0.1))
    node.add(feet, materials.polished_steel())
    node.add(
        panel(0.16, 0.08).turned("x", -12).moved(y=0.075, z=0.045),
        materials.label(dials.type_plate("SHIELD CUTTERHEAD", "DIAMETER 6.4 M", "SCALE 1:8")),
    )
