"""A tunnel-boring machine's cutterhead, 1:8: six spokes with disc cutters and scrapers turn before the shield."""

import numpy as np

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.angles import bearing, cosine, sine
from exhibit_api.demo.modelling.materials import Material
from exhibit_api.demo.modelling.mesh import Mesh, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.outlines import Outline, arc, circle, rectangle, rounded
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, rod, tube

SPOKES, HALF_SPOKE = 6, 0.050
NEAR, FAR, RIM = 0.125, 0.335, 0.40  # radii of the muck openings and of the head
AXIS = 0.485  # height of the tunnel's axis
CUTTERS = ((0.165, 0.245, 0.325), (0.205, 0.285))  # radii on every other spoke
WORN = Material("worn steel", (158, 160, 164), 1.0, 0.38)

RIM_LINE: Outline = [(0.335, -0.055), (0.392, -0.055), (RIM, -0.02), (RIM, 0.022), (0.372, 0.052), (0.335, 0.052)]
SKIN: Outline = [(0.370, -0.17), (0.394, -0.17), (0.394, 0.055), (0.386, 0.075), (0.370, 0.075)]
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
    face = extrude(circle(0.36, 36), 0.05, holes=[_opening(k) for k in range(SPOKES)], bevel=0.004)
    rim = lathe(RIM_LINE, 40, bevel=0.004).turned("x", 90)
    arm = extrude([(-0.14, -0.046), (0.14, -0.046), (0.14, 0.046), (-0.14, 0.046)], 0.05, bevel=0.01).moved(
        0.21, 0, 0.03
    )
    hub = lathe([(0, 0.02), (0.128, 0.02), (0.128, 0.045), (0.10, 0.062), (0, 0.062)], 36, bevel=0.004).turned("x", 90)
    node.add(merge([face, rim, arm.ringed(SPOKES, "z"), hub]), materials.paint("red", gloss=0.55))
    leg = box(0.05, 0.07, 0.13, 0.006).moved(0.24, 0, -0.08).ringed(SPOKES, "z")
    drum = tube(0.27, 0.20, 0.05, 28, 0.004).turned("x", 90).moved(z=-0.14)
    disc = lathe(DISC, 6, crease=35, sweep=190).turned("y", 175).turned("z", -90)
    seats = []
    discs = []
    for spoke in range(SPOKES):
        for radius in CUTTERS[spoke % 2]:
            seat = extrude(rectangle(0.044, 0.078), 0.014, holes=[rectangle(0.024, 0.066)], bevel=0.002)
            seats.append(seat.moved(radius, 0, 0.060).turned("z", 60 * spoke))
            discs.append(disc.moved(radius, 0, 0.058).turned("z", 60 * spoke))
    gauge = (
        lathe(DISC, 14, crease=27)
        .turned("z", -90)
        .turned("y", -35)
        .moved(0.378, 0, 0.040)
        .ringed(SPOKES, "z", start=30)
    )
    wear = box(0.008, 0.042, 0.05, 0.002).moved(0.399, 0, -0.002).ringed(12, "z", start=15)
    node.add(merge([leg, drum, *seats, wear]), materials.dark_steel())
    node.add(merge([*discs, gauge, _scrapers(), _fishtail()]), WORN)
    nozzles = [
        cylinder(0.010, 0.008, 8, 0.002).turned("x", 90).moved(radius, 0, 0.054).turned("z", 60 * spoke)
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
    knife = extrude([(0.0, 0.0), (0.0, -0.022), (0.026, 0.0)], 0.030, bevel=0.001).turned("y", 90)
    row = merge(knife.moved(radius, 0.049, 0.036) for radius in (0.155, 0.205, 0.255, 0.305))
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
    skin = lathe(SKIN, 40, bevel=0.003).turned("x", 90)
    node.add(skin, materials.plastic("ivory"))
    stripe = lathe([(0.390, -0.125), (0.3956, -0.123), (0.3956, -0.077), (0.390, -0.075)], 40, crease=80).turned(
        "x", 90
    )
    motor = cylinder(0.036, 0.09, 14, 0.006).turned("x", -90)
    motors = motor.moved(x=0.17, z=-0.005).ringed(6, "z")
    node.add(merge([stripe, motors]), materials.plastic("blue"))
    bulkhead = cylinder(0.371, 0.02, 32, 0.002).turned("x", 90).moved(z=-0.01)
    jack = cylinder(0.022, 0.10, 10, 0.003).turned("x", -90).moved(x=0.325, z=-0.01).ringed(8, "z", start=22.5)
    conveyor = rod((0, -0.10, -0.01), (0, 0.0, -0.15), 0.05, 20, 0.004)
    node.add(merge([bulkhead, jack, conveyor]), materials.plastic("graphite"))
    ram = cylinder(0.013, 0.07, 8, 0.002).turned("x", -90).moved(x=0.325, z=-0.10)
    shoe = box(0.05, 0.07, 0.016).moved(x=0.325, z=-0.172)
    node.add(merge([ram, shoe]).ringed(8, "z", start=22.5), materials.polished_steel())


def _cradle(node: Node) -> None:
    line: Outline = [
        (-0.43, 0.03), (0.43, 0.03), (0.43, 0.06), (0.355, 0.26),
        *((0.396 * cosine(a), AXIS + 0.396 * sine(a)) for a in range(-35, -146, -10)),
        (-0.355, 0.26), (-0.43, 0.06),
    ]  # fmt: skip
    saddle = extrude(line, 0.03, bevel=0.004)
    beams = box(0.05, 0.07, 0.15, 0.005).moved(y=0.065, z=-0.055)
    sole = box(0.90, 0.03, 0.42, 0.005).moved(y=0.015, z=0.03)
    node.add(
        merge([saddle.moved(z=-0.13), saddle.moved(z=0.02), *(beams.moved(x=x) for x in (-0.3, 0.0, 0.3)), sole]),
        materials.plastic("graphite"),
    )
    feet = merge(cylinder(0.012, 0.012, 6, 0.002).moved(x, 0.03, z) for x in (-0.42, 0.42) for z in (-0.16, 0.22))
    node.add(feet, materials.polished_steel())
    place = (0.0, 0.063, 0.205)
    node.add(box(0.176, 0.096, 0.012, 0.003).turned("x", -45).moved(*place), materials.plastic("graphite"))
    plate = dials.type_plate("SHIELD CUTTERHEAD", "DIAMETER 6.4 M", "SCALE 1:8")
    node.add(panel(0.16, 0.08).moved(z=0.0066).turned("x", -45).moved(*place), materials.label(plate))
