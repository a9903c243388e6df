"""A copper-rod caster at 1 : 4: melt runs from a tundish into the grooved wheel, a steel belt closes the groove.

The wheel turns counter-clockwise seen from the front: filled at the upper left, cooled below, the bar leaves at the right.
"""

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.angles import cosine, sine
from exhibit_api.demo.modelling.materials import Material
from exhibit_api.demo.modelling.mesh import Mesh, Vec3, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.outlines import Outline, arc, circle, rectangle, rounded
from exhibit_api.demo.modelling.parts import cable_gland
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, rod
from exhibit_api.demo.modelling.sweeps import bent, pipe, sweep

CENTRE: Vec3 = (0.0, 0.50, 0.0)
WHEEL = 0.300  # the radius on which the belt lies
BELT_FROM, BELT_TO = 158.0, 322.0  # where the belt lies on the wheel, degrees
PULLEYS = ((-0.425, 0.640, 0.055), (-0.400, 0.125, 0.050), (0.415, 0.125, 0.050), (0.425, 0.345, 0.055))
LOOP = 10.0
COPPER = Material("plain copper", (214, 124, 88), 1.0, 0.28)
MELT = Material("molten copper", (120, 40, 8), 0.0, 0.3, emissive=(255, 120, 24))
HOT = Material("hot copper", (170, 62, 30), 0.4, 0.4, emissive=(150, 34, 6))
RIM: Outline = [
    (0.240, -0.034), (0.268, -0.040), (WHEEL, -0.040), (WHEEL, -0.018), (0.278, -0.011), (0.278, 0.011), (WHEEL, 0.018),
    (WHEEL, 0.040), (0.268, 0.040), (0.240, 0.034),
]  # fmt: skip


def build() -> Model:
    """The caster in its stand; the clip "run" turns the wheel and the belt's pulleys at one speed."""
    model = Model("copper-caster")
    still = model.node("caster")
    for assemble in (_stand, _belt, _tundish, _cooling, _bar):
        assemble(still)
    wheel = model.node("casting wheel", at=CENTRE)
    _wheel(wheel)
    model.spin(wheel, "z", seconds_per_turn=LOOP)
    shapes: dict[float, Node] = {}
    for index, (x, y, radius) in enumerate(PULLEYS):
        pulley = model.node(f"belt pulley {index + 1}", at=(x, y, 0), like=shapes.get(radius))
        if radius not in shapes:
            shapes[radius] = _pulley(pulley, radius)
        turns = 5 if radius > 0.052 else 6
        model.spin(pulley, "z", turns=turns, seconds_per_turn=LOOP / turns)
    return model


def _laid(mesh: Mesh) -> Mesh:
    """A part turned about +Y, laid with its axis along +Z."""
    return mesh.turned("x", 90)


def _wheel(node: Node) -> None:
    node.add(_laid(lathe(RIM, 44, crease=40)), COPPER)
    holes = [circle(0.042, 16, (0.160 * cosine(60 * k), 0.160 * sine(60 * k))) for k in range(6)]
    web = extrude(circle(0.242, 36), 0.026, holes=[circle(0.05, 16), *holes])
    hub = _laid(
        lathe([(0.032, -0.055), (0.075, -0.055), (0.082, -0.020), (0.082, 0.020), (0.075, 0.055), (0.032, 0.055)], 26)
    )
    ribs = [box(0.014, 0.13, 0.060, 0.003).moved(y=0.150).turned("z", 30 + 60 * k) for k in range(6)]
    node.add(merge([web, hub, *ribs]), materials.plastic("teal"))
    clamp = merge([_laid(cylinder(0.0085, 0.008, 6)).moved(y=0.254, z=0.036).turned("z", 30 * k) for k in range(12)])
    nuts = merge([_laid(cylinder(0.008, 0.010, 6)).moved(y=0.062, z=0.054).turned("z", 45 * k) for k in range(8)])
    shaft = _laid(lathe([(0, -0.19), (0.032, -0.19), (0.032, 0.075), (0.026, 0.080), (0, 0.080)], 26))
    node.add(merge([clamp, nuts, shaft]), materials.polished_steel())


def _pulley(node: Node, radius: float) -> Node:
    rim = lathe(
        [
            (0.014, -0.030),
            (radius + 0.008, -0.034),
            (radius + 0.008, -0.029),
            (radius, -0.027),
            (radius, 0.027),
            (radius + 0.008, 0.029),
            (radius + 0.008, 0.034),
            (0.014, 0.030),
        ],
        24,
    )
    marks = [_laid(cylinder(0.008, 0.003, 8)).moved(x=radius * 0.62, z=0.031).turned("z", 90 * k) for k in range(4)]
    axle = _laid(cylinder(0.014, 0.16, 14)).moved(z=-0.115)
    node.add(merge([_laid(rim), *marks, axle]), materials.plastic((206, 120, 30)))
    return node


def _belt(node: Node) -> None:
    x, y, _ = CENTRE
    path = [
        (x + (WHEEL + 0.002) * cosine(a), y + (WHEEL + 0.002) * sine(a))
        for a in range(round(BELT_FROM), round(BELT_TO) + 1, 6)
    ]
    right_top, right_low, left_low, left_top = (PULLEYS[k] for k in (3, 2, 1, 0))
    path += arc(right_top[2] + 0.002, 130, 0, 8, right_top[:2])
    path += arc(right_low[2] + 0.002, 0, -90, 6, right_low[:2])
    path += arc(left_low[2] + 0.002, -90, -180, 6, left_low[:2])
    path += arc(left_top[2] + 0.002, 180, 40, 8, left_top[:2])
    band = sweep(rectangle(0.050, 0.003), [(px, py, 0.0) for px, py in path], ring=True)
    node.add(band, materials.polished_steel())


def _stand(node: Node) -> None:
    base = extrude(rounded(rectangle(1.0, 0.54), 0.03, 3), 0.035, bevel=0.004).facing("+y").moved(y=0.0175, z=-0.03)
    node.add(base, materials.plastic("graphite"))
    wall = rounded([(-0.46, 0.035), (0.46, 0.035), (0.46, 0.40), (0.20, 0.66), (-0.30, 0.80), (-0.46, 0.80)], 0.04, 4)
    window = [
        rounded([(-0.34, 0.10), (-0.06, 0.10), (-0.06, 0.34), (-0.34, 0.34)], 0.03, 3),
        rounded([(0.06, 0.10), (0.34, 0.10), (0.34, 0.34), (0.06, 0.34)], 0.03, 3),
    ]
    plate = extrude(wall, 0.030, holes=window, bevel=0.003).moved(z=-0.125)
    house = _laid(lathe([(0.033, 0), (0.090, 0), (0.075, 0.03), (0.060, 0.045), (0.033, 0.045)], 28)).moved(
        *CENTRE[:2], -0.110
    )
    feet = [
        extrude([(0, 0), (0.10, 0), (0, 0.16)], 0.020).turned("y", 90).moved(x, 0.035, -0.14)
        for x in (-0.40, 0.0, 0.40)
    ]
    node.add(merge([plate, house, *feet]), materials.plastic((96, 112, 122)))
    gear_case = [
        box(0.20, 0.20, 0.09, 0.010).moved(CENTRE[0], CENTRE[1], -0.19),
        box(0.10, 0.07, 0.10, 0.006).moved(0.12, 0.44, -0.20),
    ]
    motor = (
        lathe([(0, 0), (0.055, 0), (0.055, 0.12), (0.048, 0.14), (0, 0.14)], 24)
        .turned("x", -90)
        .moved(0.0, 0.43, -0.155)
    )
    node.add(merge([*gear_case, motor]), materials.plastic("teal"))
    arm = [box(0.05, 0.10, 0.03, 0.004).moved(x, y - 0.03, -0.095) for x, y, _ in PULLEYS]
    cylinder_rod = rod((-0.44, 0.50, -0.085), (-0.428, 0.60, -0.085), 0.010, 12)
    node.add(merge([*arm, rod((-0.445, 0.40, -0.085), (-0.44, 0.50, -0.085), 0.018, 14)]), materials.dark_steel())
    node.add(cylinder_rod, materials.polished_steel())
    board = box(0.26, 0.074, 0.014, 0.003).turned("x", -30).moved(0, 0.072, 0.185)
    node.add(board, materials.dark_steel())
    node.add(
        panel(0.240, 0.060).moved(z=0.0075).turned("x", -30).moved(0, 0.072, 0.185),
        materials.label(dials.type_plate("COPPER-ROD CASTER", "WHEEL D 2.4 M  SCALE 1:4", width=256, height=64)),
    )


def _tundish(node: Node) -> None:
    trough = [
        (-0.47, 0.835),
        (-0.145, 0.835),
        (-0.120, 0.935),
        (-0.138, 0.935),
        (-0.158, 0.856),
        (-0.452, 0.856),
        (-0.470, 0.935),
        (-0.490, 0.935),
    ]
    body = extrude(trough, 0.14, bevel=0.002)
    sides = [
        extrude([(-0.47, 0.835), (-0.145, 0.835), (-0.120, 0.935), (-0.490, 0.935)], 0.014, bevel=0.002).moved(z=z)
        for z in (-0.074, 0.074)
    ]
    legs = [box(0.03, 0.06, 0.03).moved(x, 0.81, -0.09) for x in (-0.42, -0.30)]
    node.add(merge([body, *sides, *legs]), materials.plastic("graphite"))
    lining = box(0.32, 0.006, 0.136).moved(-0.305, 0.922, 0)
    foot = (CENTRE[0] + 0.288 * cosine(128), CENTRE[1] + 0.288 * sine(128))
    stream = rod((-0.20, 0.80, 0), (foot[0], foot[1], 0), 0.008, 10)
    pool = extrude([*arc(0.297, 116, 150, 8), *arc(0.282, 150, 116, 8)], 0.024).moved(*CENTRE)
    node.add(merge([lining, stream, pool]), MELT)
    spout = rod((-0.205, 0.845, 0), (-0.196, 0.775, 0), 0.018, 16)
    stopper = [
        rod((-0.205, 0.86, 0), (-0.205, 0.975, 0), 0.009, 10),
        box(0.09, 0.012, 0.016, 0.003).moved(-0.235, 0.975, 0),
    ]
    node.add(merge([spout, *stopper]), materials.ceramic((214, 204, 188)))
    bricks = [box(0.022, 0.012, 0.016).moved(-0.465 + 0.026 * k, 0.938, z) for k in range(13) for z in (-0.074, 0.074)]
    node.add(merge(bricks[::2]), materials.yarn((168, 96, 66)))


def _cooling(node: Node) -> None:
    x, y, _ = CENTRE
    ring: list[Vec3] = [(x + 0.355 * cosine(a), y + 0.355 * sine(a), 0.062) for a in range(184, 312, 8)]
    feed: list[Vec3] = [(-0.10, 0.035, 0.10), (-0.10, 0.10, 0.10), (ring[7][0], ring[7][1], 0.062)]
    pipes = [pipe(ring, 0.010, 8), pipe(bent(feed, 0.03, 4), 0.011, 8)]
    node.add(merge(pipes), materials.plastic("blue"))
    jets = []
    for way in range(188, 308, 16):
        start = (x + 0.352 * cosine(way), y + 0.352 * sine(way), 0.060)
        end = (x + 0.318 * cosine(way), y + 0.318 * sine(way), 0.030)
        jets.append(rod(start, end, 0.005, 8))
    node.add(merge([*jets, cable_gland(0.018).moved(-0.10, 0.035, 0.10)]), materials.plastic("yellow"))


def _bar(node: Node) -> None:
    x, y, _ = CENTRE
    around: list[Vec3] = [(x + 0.290 * cosine(a), y + 0.290 * sine(a), 0.0) for a in (328, 338, 348, 358, 368)]
    away: list[Vec3] = [
        (0.265, 0.640, 0),
        (0.262, 0.740, 0),
        (0.285, 0.820, 0),
        (0.350, 0.870, 0),
        (0.420, 0.885, 0),
        (0.50, 0.885, 0),
    ]
    section = rounded([(-0.018, -0.010), (0.018, -0.010), (0.013, 0.010), (-0.013, 0.010)], 0.004, 1)
    node.add(sweep(section, [*around, *away], crease=40), HOT)
    rolls = [
        _laid(
            lathe([(0, -0.028), (0.026, -0.028), (0.020, -0.012), (0.020, 0.012), (0.026, 0.028), (0, 0.028)], 20)
        ).moved(px, py)
        for px, py in ((0.390, 0.915), (0.390, 0.845), (0.462, 0.917), (0.462, 0.853))
    ]
    node.add(
        merge(
            [
                *rolls,
                *(
                    _laid(cylinder(0.008, 0.10, 10)).moved(px, py, -0.10)
                    for px, py in ((0.390, 0.915), (0.390, 0.845), (0.462, 0.917), (0.462, 0.853))
                ),
            ]
        ),
        materials.polished_steel(),
    )
    cheek = extrude(
        rounded([(0.355, 0.80), (0.495, 0.80), (0.495, 0.955), (0.355, 0.955)], 0.012, 2), 0.018, bevel=0.002
    ).moved(z=-0.075)
    post = box(0.05, 0.80, 0.04, 0.004).moved(0.43, 0.42, -0.15)
    node.add(merge([cheek, post]), materials.plastic("graphite"))
