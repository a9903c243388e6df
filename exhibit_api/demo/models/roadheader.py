"""A mine roadheader at 1:10: crawlers, loading apron with gathering stars, slewing boom with two pick drums, conveyor."""

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.angles import cosine, sine
from exhibit_api.demo.modelling.materials import Material
from exhibit_api.demo.modelling.mesh import Mesh, Vec2, Vec3, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.motion import turn
from exhibit_api.demo.modelling.outlines import Outline, circle, rounded, slot
from exhibit_api.demo.modelling.parts import vent_slots
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, rod, torus
from exhibit_api.demo.modelling.sweeps import bent, curve, pipe

YELLOW = Material("yellow enamel", (236, 172, 24), 0.0, 0.38)
DARK = Material("graphite enamel", (52, 54, 58), 0.0, 0.5)
IRON = Material("manganese steel", (92, 92, 95), 0.9, 0.5)
TIP = Material("carbide", (196, 186, 168), 1.0, 0.3)
TURRET: Vec3 = (0.0, 0.215, 0.19)
BOOM = 0.40  # from the turret to the axis of the drums
TRACK_LONG, TRACK_HIGH = 0.66, 0.13


def build() -> Model:
    """The machine; the clip "run" slews the boom, turns the drums and the gathering stars."""
    model = Model("roadheader")
    body = model.node("body")
    _body(body)
    _conveyor(body)
    left = model.node("track left", at=(-0.185, TRACK_HIGH / 2, -0.08))
    _track(left)
    model.node("track right", at=(0.185, TRACK_HIGH / 2, -0.08), like=left)
    apron = model.node("apron", at=(0, 0.10, 0.24), rotation=turn("x", 15))
    _apron(apron)
    star = model.node("star left", parent=apron, at=(-0.135, 0.016, 0.11))
    _star(star)
    other = model.node("star right", parent=apron, at=(0.135, 0.016, 0.11), rotation=turn("y", 60), like=star)
    boom = model.node("boom", at=TURRET)
    _boom(boom)
    head = model.node("cutting head", parent=boom, at=(0, 0.045, BOOM))
    _head(head)
    model.swing(boom, "y", [(0, 0), (2, 17), (4, 0), (6, -17), (8, 0)])
    model.spin(head, "x", turns=4, seconds_per_turn=2)
    model.spin(star, "y", turns=-2, seconds_per_turn=4)
    model.spin(other, "y", turns=2, seconds_per_turn=4)
    return model


def _side(outline: Outline, width: float, bevel: float = 0.004) -> Mesh:
    """A plate across the machine by its side view, (z, y) pairs."""
    return extrude(outline, width, bevel=bevel).facing("-x")


def _track(node: Node) -> None:
    frame = _side(slot(TRACK_LONG - 0.05, TRACK_HIGH - 0.05), 0.05, 0.006)
    reach, radius = (TRACK_LONG - TRACK_HIGH) / 2, TRACK_HIGH / 2 - 0.008
    ends = [cylinder(radius - 0.008, 0.058, 20, 0.004).turned("z", 90).moved(x=0.029, z=z) for z in (-reach, reach)]
    node.add(merge([frame, *ends]), YELLOW)
    belt = extrude(
        slot(TRACK_LONG - 0.012, TRACK_HIGH - 0.012, 8), 0.088, holes=[slot(TRACK_LONG - 0.034, TRACK_HIGH - 0.034, 6)]
    )
    shoe = merge([box(0.096, 0.007, 0.050, 0.002), box(0.096, 0.012, 0.006, 0.001).moved(y=0.003)]).moved(
        y=radius + 0.002
    )
    shoes = [
        shoe.moved(z=z).turned("x", flip) for flip in (0, 180) for z in (-0.24, -0.16, -0.08, 0.0, 0.08, 0.16, 0.24)
    ]
    shoes += [shoe.turned("x", 90 * end + tilt).moved(z=reach * end) for end in (-1, 1) for tilt in (-40, 0, 40)]
    hubs = [cylinder(0.022, 0.07, 10, 0.003).turned("z", 90).moved(x=0.035, z=z) for z in (-reach, reach)]
    rollers = [
        cylinder(0.016, 0.07, 8, 0.003).turned("z", 90).moved(0.035, -0.028, z) for z in (-0.16, -0.08, 0, 0.08, 0.16)
    ]
    node.add(merge([belt.facing("-x"), *shoes, *hubs, *rollers]), IRON)


def _body(node: Node) -> None:
    hull: list[Vec2] = [
        (-0.46, 0.09), (-0.42, 0.055), (0.24, 0.055), (0.30, 0.10), (0.30, 0.19), (0.22, 0.215), (-0.40, 0.215),
        (-0.46, 0.19),
    ]  # fmt: skip
    tank: list[Vec2] = [
        (-0.40, 0.15), (0.08, 0.15), (0.13, 0.19), (0.13, 0.25), (0.09, 0.29), (-0.36, 0.29), (-0.40, 0.27),
    ]  # fmt: skip
    fender: list[Vec2] = [(-0.44, 0.135), (0.28, 0.135), (0.30, 0.145), (0.28, 0.152), (-0.44, 0.152)]
    right = _side(rounded(tank, 0.018, 3), 0.125, 0.005).moved(x=0.175)
    left = _side([(-0.42, 0.15), (-0.08, 0.15), (-0.08, 0.255), (-0.42, 0.255)], 0.125, 0.006).moved(x=-0.175)
    node.add(
        merge([_side(hull, 0.22, 0.008), right, left, *(_side(fender, 0.115).moved(x=x) for x in (-0.186, 0.186))]),
        YELLOW,
    )
    turret = lathe([(0, 0), (0.105, 0), (0.105, 0.014), (0.085, 0.02), (0.085, 0.05), (0, 0.05)], 32, bevel=0.003)
    legs = merge(
        [
            *(rod((x, 0.16, -0.47), (x, 0.02, -0.52), 0.018, 12, 0.003) for x in (-0.13, 0.13)),
            *(cylinder(0.04, 0.014, 20, 0.004).moved(x, 0.002, -0.525) for x in (-0.13, 0.13)),
            *(box(0.05, 0.05, 0.06, 0.006).moved(x, 0.17, -0.47) for x in (-0.13, 0.13)),
        ]
    )
    grilles = [vent_slots(5, 0.10, 0.008, 0.004, 0.016).facing("+x").moved(0.238, 0.225, z) for z in (-0.28, -0.14)]
    hatches = [box(0.11, 0.004, 0.13, 0.0015).moved(0.175, 0.291, z) for z in (-0.28, -0.12, 0.03)]
    node.add(merge([turret.moved(y=0.185, z=TURRET[2]), legs, *grilles, *hatches]), DARK)
    node.add(_cab(), DARK)
    node.add(
        merge(
            [
                box(0.11, 0.022, 0.10, 0.008).moved(-0.17, 0.275, -0.30),
                box(0.11, 0.10, 0.022, 0.008).turned("x", 12).moved(-0.17, 0.33, -0.355),
            ]
        ),
        materials.rubber(),
    )
    lamps = [
        cylinder(0.016, 0.012, 16, 0.003).turned("x", 90).moved(x, y, z)
        for x, y, z in ((0.19, 0.225, 0.126), (0.15, 0.225, 0.126), (-0.225, 0.455, -0.055), (-0.125, 0.455, -0.055))
    ]
    node.add(merge(lamps), materials.lamp("white"))
    node.add(
        panel(0.13, 0.065).facing("+x").moved(0.2382, 0.228, -0.02),
        materials.label(dials.type_plate("ROADHEADER 1:10", "CUT 300 KW", "MASS 95 T")),
    )
    hoses = [
        pipe(curve([(x, 0.24, 0.02), (x * 0.8, 0.30, 0.10), (x * 0.5, 0.29, 0.19)], 5), 0.008, 8)
        for x in (0.10, 0.075, -0.075)
    ]
    node.add(merge(hoses), materials.rubber())


def _cab() -> Mesh:
    """The operator's place: four posts, a roof against falling rock, a desk with two levers."""
    posts = [rod((x, 0.25, z), (x, 0.455, z), 0.009, 10) for x in (-0.225, -0.122) for z in (-0.40, -0.08)]
    roof = box(0.145, 0.018, 0.38, 0.007).moved(-0.173, 0.463, -0.24)
    lips = [box(0.13, 0.012, 0.010, 0.002).moved(-0.173, 0.479, z) for z in (-0.36, -0.28, -0.20, -0.12)]
    desk = box(0.10, 0.05, 0.035, 0.006).turned("x", -20).moved(-0.173, 0.285, -0.14)
    levers = [rod((x, 0.30, -0.15), (x, 0.345, -0.16), 0.0035, 8) for x in (-0.20, -0.173, -0.146)]
    rail = pipe(
        bent([(-0.232, 0.26, -0.38), (-0.232, 0.33, -0.38), (-0.232, 0.33, -0.12), (-0.232, 0.26, -0.12)], 0.02, 3),
        0.005,
        8,
    )
    return merge([*posts, roof, *lips, desk, *levers, rail])


def _conveyor(node: Node) -> None:
    """The chain conveyor that takes the rock from the apron through the machine to its tail."""
    trough: list[Vec2] = [
        (-0.07, 0), (0.07, 0), (0.07, 0.06), (0.062, 0.06), (0.062, 0.010), (-0.062, 0.010), (-0.062, 0.06),
        (-0.07, 0.06),
    ]  # fmt: skip
    tail = extrude(trough, 0.52, bevel=0.002).turned("x", 14).moved(y=0.232, z=-0.43)
    node.add(tail, YELLOW)
    flight = box(0.118, 0.008, 0.010, 0.002)
    chain = box(0.012, 0.006, 0.50, 0.002)
    flights = merge([flight.repeated(10, (0, 0, 0.05)), chain]).moved(y=0.016).turned("x", 14).moved(y=0.232, z=-0.43)
    roller = cylinder(0.024, 0.15, 16, 0.003).turned("z", 90).moved(0.075, 0.30, -0.675)
    node.add(merge([flights, roller]), IRON)
    motors = [cylinder(0.026, 0.06, 16, 0.004).turned("z", 90 * s).moved(-0.07 * s, 0.30, -0.66) for s in (-1, 1)]
    struts = [rod((x, 0.17, -0.46), (x * 0.9, 0.255, -0.60), 0.010, 10) for x in (-0.085, 0.085)]
    node.add(merge([*motors, *struts]), DARK)


def _apron(node: Node) -> None:
    plan: list[Vec2] = [
        (-0.10, 0.04), (0.10, 0.04), (0.30, -0.10), (0.30, -0.24), (0.27, -0.255), (-0.27, -0.255), (-0.30, -0.24),
        (-0.30, -0.10),
    ]  # fmt: skip
    table = extrude(plan, 0.022, bevel=0.004).facing("+y")
    cheeks = [
        _side([(0.09, 0.0), (0.24, 0.0), (0.20, 0.035), (0.10, 0.055)], 0.012, 0.002).moved(x=x)
        for x in (-0.293, 0.293)
    ]
    walls = [box(0.012, 0.06, 0.26, 0.003).turned("y", 55 * s).moved(0.198 * s, 0.035, 0.03) for s in (-1, 1)]
    node.add(merge([table, *cheeks, *walls]), YELLOW)
    lip = (
        extrude([(-0.27, -0.01), (0.27, -0.01), (0.27, 0.008), (-0.27, 0.008)], 0.02, bevel=0.003)
        .facing("+y")
        .moved(y=-0.004, z=0.258)
    )
    wear = [cylinder(0.095, 0.004, 28, 0.001).moved(x, 0.011, 0.11) for x in (-0.135, 0.135)]
    node.add(merge([lip, *wear]), IRON)


def _star(node: Node) -> None:
    line: list[Vec2] = []
    for arm in range(3):
        way = 120 * arm
        for reach, off in ((0.028, -45), (0.055, -16), (0.098, 2), (0.102, 14), (0.060, 18), (0.032, 45)):
            line.append((reach * cosine(way + off), reach * sine(way + off)))
    node.add(
        merge([extrude(line, 0.014, bevel=0.003).facing("+y").moved(y=0.009), cylinder(0.028, 0.03, 20, 0.005)]), IRON
    )


def _boom(node: Node) -> None:
    cheek = _side(
        rounded([(-0.09, -0.01), (0.07, -0.01), (0.05, 0.075), (0.015, 0.10), (-0.03, 0.095), (-0.08, 0.03)], 0.012, 3),
        0.022,
    )
    node.add(merge(cheek.moved(x=x) for x in (-0.068, 0.068)), YELLOW)
    arm: list[Vec2] = [
        (-0.04, 0.02), (0.02, 0.005), (0.25, 0.0), (0.26, 0.01), (0.26, 0.085), (0.25, 0.095), (0.05, 0.108),
        (-0.03, 0.09),
    ]  # fmt: skip
    node.add(_side(arm, 0.105, 0.010), YELLOW)
    snout = merge(
        [box(0.075, 0.068, 0.10, 0.010).moved(y=0.047, z=0.30), box(0.048, 0.085, 0.10, 0.012).moved(y=0.046, z=0.375)]
    )
    pins = [
        cylinder(0.014, 0.17, 14, 0.003).turned("z", 90).moved(0.085, y, z) for y, z in ((0.065, 0.0), (0.0, 0.045))
    ]
    motor = cylinder(0.036, 0.13, 20, 0.005).turned("x", 90).moved(y=0.12, z=0.10)
    bands = [torus(0.0365, 0.003, 16, 5).turned("x", 90).moved(y=0.12, z=z) for z in (0.13, 0.16, 0.19)]
    node.add(merge([snout, *pins, motor, *bands]), DARK)
    barrels = [rod((x, -0.005, 0.035), (x, 0.018, 0.16), 0.019, 14, 0.003) for x in (-0.078, 0.078)]
    node.add(merge(barrels), DARK)
    rams = [rod((x, 0.016, 0.15), (x, 0.032, 0.245), 0.010, 12) for x in (-0.078, 0.078)]
    lugs = rod((-0.09, 0.033, 0.25), (0.09, 0.033, 0.25), 0.013, 12, 0.002)
    node.add(merge([*rams, lugs]), materials.chrome())


def _head(node: Node) -> None:
    """Two drums on one shaft across the boom, each with rows of picks that wind outwards."""
    shape = [(0, 0.028), (0.060, 0.028), (0.066, 0.055), (0.058, 0.098), (0.040, 0.128), (0.018, 0.138), (0, 0.138)]
    drum = lathe(shape, 20, bevel=0.004).turned("z", -90)
    holder = lathe([(0, 0), (0.0095, 0), (0.007, 0.016), (0, 0.016)], 5, crease=100)
    pick = lathe([(0, 0.012), (0.0055, 0.012), (0.003, 0.026), (0, 0.034)], 5, crease=100)
    holders: list[Mesh] = []
    picks: list[Mesh] = []
    for row, (across, radius, lean) in enumerate(
        ((0.040, 0.060, 4), (0.064, 0.064, 10), (0.086, 0.060, 24), (0.108, 0.051, 42), (0.127, 0.036, 62))
    ):
        count = 7 if row < 4 else 4
        for index in range(count):
            way = 360 * index / count + 17 * row
            for parts, piece in ((holders, holder), (picks, pick)):
                parts.append(piece.turned("z", -lean).moved(across, radius - 0.003, 0).turned("x", way))
    right = merge([drum, *holders])
    node.add(merge([right, right.mirrored("x"), cylinder(0.03, 0.08, 20).turned("z", 90).moved(x=0.04)]), IRON)
    tips = merge(picks)
    node.add(merge([tips, tips.mirrored("x")]), TIP)
    ring = extrude(circle(0.045, 20), 0.012, bevel=0.002).facing("+x")
    node.add(merge([ring.moved(x=-0.028), ring.moved(x=0.028)]), YELLOW)
