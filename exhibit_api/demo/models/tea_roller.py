"""A tea-rolling machine: an open drum is led in a circle over a ribbed table by three cranks, a lid presses the leaves."""

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.angles import cosine, sine
from exhibit_api.demo.modelling.materials import Material
from exhibit_api.demo.modelling.mesh import Mesh, Vec3, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.outlines import Outline, arc, circle, rounded
from exhibit_api.demo.modelling.parts import handle
from exhibit_api.demo.modelling.solids import box, cylinder, dome, extrude, lathe, panel, rod, sphere, torus, tube
from exhibit_api.demo.modelling.sweeps import spring, sweep, thread

TABLE, FLOOR = 0.315, 0.500  # the table's radius and height
POSTS, THROW = 0.385, 0.062  # where the crank columns stand; the cranks' radius
WAYS = (90, 210, 330)  # the columns, in degrees from +X toward -Z
DRUM, DRUM_LOW, DRUM_HIGH = 0.185, 0.535, 0.820
ARM = 0.700  # height of the drum's carrier
LOOP = 3.0
TEA = materials.yarn((104, 142, 52))
BRASS = Material("plain brass", (212, 168, 88), 1.0, 0.26)


def build() -> Model:
    """The machine; the clip "run" leads the drum round once, without turning it, as the cranks turn."""
    model = Model("tea-roller")
    still = model.node("machine")
    for assemble in (_frame, _table, _drive, _leaves):
        assemble(still)
    first = None
    for index, way in enumerate(WAYS):
        place: Vec3 = (POSTS * cosine(way), 0.0, -POSTS * sine(way))
        crank = model.node(f"crank {index + 1}", at=place, like=first)
        first = first or _crank(crank)
        model.spin(crank, "y", seconds_per_turn=LOOP)
    drum = model.node("drum", at=(THROW, 0, 0))
    _drum(drum)
    steps = [360 * k / 32 for k in range(33)]
    model.keyframes(
        drum,
        "translation",
        [LOOP * a / 360 for a in steps],
        [(THROW * cosine(a), 0.0, -THROW * sine(a)) for a in steps],
    )
    return model


def _column_places() -> list[tuple[float, float]]:
    return [(POSTS * cosine(way), -POSTS * sine(way)) for way in WAYS]


def _frame(node: Node) -> None:
    column: Outline = [
        (0, 0),
        (0.064, 0),
        (0.064, 0.022),
        (0.046, 0.036),
        (0.038, 0.10),
        (0.034, 0.44),
        (0.044, 0.50),
        (0.044, 0.60),
        (0.030, 0.62),
        (0, 0.62),
    ]
    columns = [lathe(column, 20).moved(x, 0, z) for x, z in _column_places()]
    stay = extrude(rounded([(0.10, 0.36), (0.36, 0.40), (0.36, 0.475), (0.10, 0.455)], 0.01, 2), 0.03, bevel=0.003)
    stays = [stay.turned("y", way) for way in WAYS]
    hub = lathe([(0.0, 0.33), (0.09, 0.33), (0.12, 0.36), (0.12, 0.46), (0, 0.46)], 28)
    base = [box(POSTS, 0.03, 0.05, 0.005).moved(x=POSTS / 2, y=0.017).turned("y", way) for way in WAYS]
    centre = lathe([(0, 0), (0.13, 0), (0.13, 0.03), (0.07, 0.045), (0.055, 0.33), (0, 0.33)], 24)
    node.add(merge([*columns, *stays, hub, *base, centre]), materials.plastic("green"))


def _table(node: Node) -> None:
    dish: Outline = [
        (0, 0.470),
        (0.29, 0.470),
        (TABLE, 0.490),
        (TABLE + 0.02, 0.540),
        (TABLE + 0.012, 0.544),
        (TABLE - 0.008, 0.512),
        (0.28, FLOOR - 0.006),
        (0, FLOOR - 0.012),
    ]
    node.add(lathe(dish, 40), BRASS)
    sections = [(0.100 + 0.030 * k, 52 * k / 6) for k in range(7)]
    path: list[Vec3] = [(r * cosine(a), FLOOR - 0.004, -r * sine(a)) for r, a in sections]
    rib = sweep([(-0.007, 0), (0.007, 0), (0.003, 0.009), (-0.003, 0.009)], path)
    ribs = [rib.turned("y", 36 * k) for k in range(10)]
    door = lathe(
        [(0, FLOOR - 0.012), (0.085, FLOOR - 0.012), (0.085, FLOOR - 0.002), (0.03, FLOOR + 0.010), (0, FLOOR + 0.012)],
        32,
    )
    node.add(merge([*ribs, door]), materials.wood("walnut"))


def _crank(node: Node) -> Node:
    web = (
        extrude([*arc(0.040, 90, 270, 10), *arc(0.028, -90, 90, 8, (THROW, 0))], 0.024, bevel=0.003)
        .facing("+y")
        .moved(y=0.640)
    )
    weight = (
        extrude([*arc(0.062, 110, 250, 12), (-0.02, -0.03), (-0.02, 0.03)], 0.026, bevel=0.003)
        .facing("+y")
        .moved(y=0.640)
    )
    pin = cylinder(0.016, 0.075, 18, 0.002).moved(x=THROW, y=0.65)
    shaft = cylinder(0.022, 0.03, 18).moved(y=0.612)
    node.add(merge([web, weight, pin, shaft]), materials.dark_steel())
    return node


def _drum(node: Node) -> None:
    shell: Outline = [
        (DRUM - 0.006, DRUM_LOW),
        (DRUM, DRUM_LOW),
        (DRUM, DRUM_HIGH - 0.01),
        (DRUM + 0.012, DRUM_HIGH),
        (DRUM - 0.006, DRUM_HIGH),
    ]
    node.add(lathe(shell, 32), BRASS)
    hoops = [tube(DRUM + 0.006, DRUM - 0.002, 0.022, 30).moved(y=y) for y in (DRUM_LOW + 0.006, ARM - 0.011)]
    arm = extrude(
        [(0.17, -0.034), (POSTS, -0.024), *arc(0.032, -60, 60, 6, (POSTS, 0)), (POSTS, 0.024), (0.17, 0.034)],
        0.022,
        bevel=0.003,
    )
    arms = [arm.facing("+y").turned("y", way).moved(y=ARM) for way in WAYS]
    bosses = [tube(0.034, 0.0165, 0.044, 16).moved(x=POSTS, y=ARM - 0.022).turned("y", way) for way in WAYS]
    gantry = [rod((x, ARM, 0), (x, 0.955, 0), 0.013, 10) for x in (-0.205, 0.205)]
    lugs = [box(0.05, 0.03, 0.05, 0.004).moved(x=x, y=ARM) for x in (-0.205, 0.205)]
    bridge = extrude(
        rounded(
            [(-0.235, 0.950), (0.235, 0.950), (0.235, 0.975), (0.06, 1.0), (-0.06, 1.0), (-0.235, 0.975)], 0.008, 2
        ),
        0.045,
        bevel=0.004,
    )
    node.add(merge([*hoops, *arms, *bosses, *lugs, bridge]), materials.plastic("green"))
    screw = thread(0.013, 0.018, 0.20, 0.0028, 8).moved(y=0.865)
    coil = spring(0.030, 0.004, 0.060, 3, 9, 6).moved(y=0.795)
    nuts = [cylinder(0.018, 0.014, 6).moved(x, 0.973, 0) for x in (-0.205, 0.205)]
    caps = [cylinder(0.024, 0.008, 6).moved(x=POSTS, y=ARM + 0.022).turned("y", way) for way in WAYS]
    spokes = rod((0, 0, 0), (0.078, 0, 0), 0.005, 6).ringed(4)
    grip = cylinder(0.008, 0.045, 10).moved(x=0.078)
    wheel = merge([torus(0.078, 0.008, 30, 6), spokes, grip, cylinder(0.018, 0.02, 16)]).moved(y=1.055)
    node.add(merge([*gantry, screw, coil, *nuts, *caps, wheel]), materials.polished_steel())
    lid = lathe(
        [(0, 0.772), (DRUM - 0.010, 0.772), (DRUM - 0.010, 0.784), (0.05, 0.796), (0.045, 0.870), (0, 0.870)], 32
    )
    slats = [box(0.30, 0.012, 0.022, 0.002).moved(y=0.790, z=z) for z in (-0.07, 0.07)]
    node.add(merge([lid, *slats]), materials.wood("walnut"))
    node.add(handle(0.09, 0.035, 0.006).moved(y=0.62, z=DRUM - 0.002), materials.dark_steel())
    mass = dome(DRUM - 0.012, 0.03, 28, 4).turned("x", 180).moved(y=DRUM_LOW + 0.012)
    node.add(mass, TEA)


def _drive(node: Node) -> None:
    motor = (
        lathe([(0, 0), (0.056, 0), (0.056, 0.13), (0.048, 0.155), (0, 0.155)], 24)
        .turned("x", -90)
        .moved(0.20, 0.135, 0.11)
    )
    fins = box(0.006, 0.014, 0.10, 0.001).moved(y=0.060).ringed(8, "z").moved(0.20, 0.135, 0.045)
    foot = box(0.13, 0.05, 0.13, 0.004).moved(0.20, 0.055, 0.045)
    sole = box(0.20, 0.03, 0.18, 0.004).moved(0.17, 0.017, 0.045)
    node.add(merge([motor, fins, foot, sole]), materials.plastic("graphite"))
    wheels = [_pulley(0.040).moved(0.20, 0.135, 0.128), _pulley(0.088).moved(-0.005, 0.235, 0.128)]
    node.add(
        merge([*wheels, cylinder(0.018, 0.09, 16).turned("x", 90).moved(-0.005, 0.235, 0.05)]),
        materials.polished_steel(),
    )
    big = [(-0.005 + 0.086 * cosine(a), 0.235 + 0.086 * sine(a)) for a in range(52, 257, 17)]
    small = [(0.20 + 0.038 * cosine(a), 0.135 + 0.038 * sine(a)) for a in range(268, 413, 18)]
    loop: list[Vec3] = [(x, y, 0.128) for x, y in [*big, *small]]
    node.add(sweep(circle(0.008, 6), loop, ring=True), materials.rubber())
    plate = box(0.15, 0.085, 0.014, 0.004).turned("x", -25).moved(0.0, 0.055, 0.235)
    foot = box(0.05, 0.03, 0.26, 0.004).moved(0.0, 0.017, 0.12)
    node.add(merge([plate, foot]), materials.plastic("green"))
    node.add(
        panel(0.13, 0.065).moved(z=0.0075).turned("x", -25).moved(0.0, 0.055, 0.235),
        materials.label(dials.type_plate("TEA ROLLER", "DRUM 55 CM", "45 RPM")),
    )


def _pulley(radius: float) -> Mesh:
    line: Outline = [
        (0, -0.013),
        (radius, -0.013),
        (radius, -0.009),
        (radius - 0.010, 0),
        (radius, 0.009),
        (radius, 0.013),
        (radius * 0.85, 0.013),
        (radius * 0.8, 0.008),
        (0.3 * radius, 0.008),
        (0.25 * radius, 0.015),
        (0, 0.015),
    ]
    return lathe(line, 22).turned("x", 90)


def _leaves(node: Node) -> None:
    leaf = sphere(1.0, 5, 3).scaled(0.020, 0.005, 0.007)
    spread = []
    for k in range(44):
        radius, way = 0.20 + 0.10 * ((k * 27) % 44) / 44, k * 137.508
        spread.append(
            leaf.turned("x", (k * 29) % 40 - 20)
            .turned("y", k * 71)
            .moved(radius * cosine(way), FLOOR + 0.010, -radius * sine(way))
        )
    node.add(merge(spread), TEA)
