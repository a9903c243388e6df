"""An electric car's skateboard chassis at 1 : 3: battery floor between sills, a motor at each axle, wishbones and struts."""

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.angles import cosine, sine
from exhibit_api.demo.modelling.materials import Material
from exhibit_api.demo.modelling.mesh import Mesh, Vec3, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.motion import turn
from exhibit_api.demo.modelling.outlines import Outline, rectangle, rounded
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, rod, tube
from exhibit_api.demo.modelling.sweeps import bent, curve, pipe, spring

AXLES, TRACK, HUB = 0.485, 0.282, 0.152  # half the wheelbase, half the track, the wheels' height
TYRE, RIM, WIDTH = 0.118, 0.084, 0.076
FLOOR = 0.105  # the battery's underside
LOOP = 6.0
CAST = Material("cast aluminium", (186, 190, 194), 0.9, 0.44)


def build() -> Model:
    """The chassis on two supports; the clip "run" turns the wheels."""
    model = Model("ev-chassis")
    still = model.node("chassis")
    for assemble in (_support, _battery, _frame, _lines):
        assemble(still)
    rear = _axle(model.node("rear axle", at=(0, HUB, -AXLES)), 0.076, 0.22)
    model.node("front axle", at=(0, HUB, AXLES), rotation=turn("y", 180), like=rear)
    first = None
    for name, x, z in (("front right", -1, 1), ("front left", 1, 1), ("rear right", -1, -1), ("rear left", 1, -1)):
        wheel = model.node(
            f"wheel {name}", at=(x * TRACK, HUB, z * AXLES), rotation=turn("y", 0 if x > 0 else 180), like=first
        )
        first = first or _wheel(wheel)
        model.spin(wheel, "x", turns=2 * x, seconds_per_turn=LOOP / 2)
    return model


def _along(mesh: Mesh) -> Mesh:
    """A part turned about +Y, laid along +X."""
    return mesh.turned("z", -90)


def _support(node: Node) -> None:
    plinth = extrude(rounded(rectangle(0.70, 1.50), 0.04, 4), 0.025, bevel=0.003).facing("+y").moved(y=0.0125)
    node.add(plinth, materials.plastic("ivory"))
    blocks = [box(0.30, FLOOR - 0.027, 0.06, 0.004).moved(0, FLOOR / 2 + 0.012, z) for z in (-0.22, 0.22)]
    node.add(
        merge([*blocks, box(0.24, 0.06, 0.012, 0.002).turned("x", -35).moved(0, 0.052, 0.690)]), materials.dark_steel()
    )
    shown = panel(0.220, 0.055).moved(z=0.0065).turned("x", -35).moved(0, 0.052, 0.690)
    node.add(
        shown, materials.label(dials.type_plate("SKATEBOARD CHASSIS", "800 V  280 KW  SCALE 1:3", width=256, height=64))
    )


def _battery(node: Node) -> None:
    tray = extrude(rounded(rectangle(0.400, 0.70), 0.03, 3), 0.050, bevel=0.004).facing("+y").moved(y=FLOOR + 0.025)
    node.add(tray, materials.aluminium())
    lid = [extrude(rounded(rectangle(0.370, 0.66), 0.024, 3), 0.012, bevel=0.003).facing("+y").moved(y=FLOOR + 0.055)]
    ribs = [
        box(0.33, 0.006, 0.030, 0.0025).moved(y=FLOOR + 0.063, z=z) for z in (-0.27, -0.18, -0.09, 0.09, 0.18, 0.27)
    ]
    node.add(merge([*lid, *ribs]), materials.plastic("navy"))
    bolts = [
        cylinder(0.0045, 0.005, 6).moved(s * 0.192, FLOOR + 0.050, -0.30 + 0.20 * k) for k in range(4) for s in (-1, 1)
    ]
    node.add(merge(bolts), materials.polished_steel())
    node.add(box(0.09, 0.022, 0.06, 0.005).moved(0, FLOOR + 0.070, -0.005), materials.plastic("orange"))
    node.add(
        panel(0.10, 0.05).turned("x", -90).moved(0.11, FLOOR + 0.0614, 0.0),
        materials.label(dials.type_plate("86 KWH", "DANGER 800 V", colour=(196, 120, 10))),
    )


def _frame(node: Node) -> None:
    sill: Outline = [(-0.030, 0), (0.030, 0), (0.036, 0.020), (0.036, 0.070), (0.020, 0.082), (-0.030, 0.082)]
    hollow = rounded([(-0.022, 0.008), (0.026, 0.008), (0.028, 0.066), (-0.022, 0.072)], 0.004, 1)
    right = extrude(sill, 0.66, holes=[hollow], bevel=0.002).moved(0.238, FLOOR - 0.006, 0)
    bends: list[Vec3] = [
        (0.225, FLOOR + 0.045, 0.32),
        (0.185, FLOOR + 0.055, 0.37),
        (0.150, FLOOR + 0.085, 0.43),
        (0.150, FLOOR + 0.085, 0.66),
    ]
    rail = _beam(bends)
    pieces = [right, rail, rail.mirrored("z")]
    both = [*pieces, *(piece.mirrored("x") for piece in pieces)]
    cross = [box(0.46, 0.034, 0.026, 0.004).moved(y=FLOOR + 0.035, z=z) for z in (-0.355, 0.355)]
    towers = [
        extrude([(-0.045, 0), (0.045, 0), (0.026, 0.125), (-0.026, 0.125)], 0.024, bevel=0.003)
        .facing("+x")
        .moved(s * 0.162, FLOOR + 0.10, z)
        for s in (-1, 1)
        for z in (-AXLES, AXLES)
    ]
    caps = [
        cylinder(0.030, 0.010, 18, 0.002).moved(s * 0.178, FLOOR + 0.222, z) for s in (-1, 1) for z in (-AXLES, AXLES)
    ]
    node.add(merge([*both, *cross, *towers, *caps]), materials.plastic((168, 174, 180)))
    bumper = extrude(
        rounded(
            [
                (-0.24, -0.03),
                (-0.15, 0),
                (0.15, 0),
                (0.24, -0.03),
                (0.24, -0.008),
                (0.155, 0.022),
                (-0.155, 0.022),
                (-0.24, -0.008),
            ],
            0.008,
            2,
        ),
        0.05,
        bevel=0.003,
    )
    beams = [
        bumper.turned("x", -90).mirrored("z").moved(y=FLOOR + 0.085, z=0.70),
        bumper.turned("x", -90).moved(y=FLOOR + 0.085, z=-0.70),
    ]
    boxes = [
        box(0.05, 0.045, 0.045, 0.004).moved(s * 0.150, FLOOR + 0.085, z) for s in (-1, 1) for z in (-0.682, 0.682)
    ]
    node.add(merge([*beams, *boxes]), materials.plastic("graphite"))


def _beam(path: list[Vec3]) -> Mesh:
    """A box-section side member along a bent path."""
    return pipe(bent(path, 0.04, 3), 0.026, 4)


def _axle(node: Node, radius: float, length: float) -> Node:
    """A drive unit with its suspension, built as the rear axle: +x left, the car's end at -z."""
    sub = [rod((s * 0.115, -0.028, -0.10), (s * 0.115, -0.028, 0.13), 0.015, 10) for s in (-1, 1)]
    sub += [rod((-0.125, -0.028, z), (0.125, -0.028, z), 0.015, 10) for z in (-0.095, 0.10)]
    arms = []
    for s in (-1, 1):
        for z in (-0.085, 0.085):
            arms.append(rod((s * 0.115, -0.028, z), (s * 0.235, -0.040, 0.0), 0.009, 8))
            arms.append(rod((s * 0.150, 0.065, z * 0.8), (s * 0.228, 0.055, 0.0), 0.007, 8))
        arms.append(rod((s * 0.09, 0.0, -0.075), (s * 0.235, 0.0, -0.050), 0.006, 8))
        arms.append(box(0.024, 0.115, 0.040, 0.005).moved(s * 0.236, 0.008, 0))
    node.add(merge([*sub, *arms]), materials.dark_steel())
    motor = _along(
        lathe(
            [
                (0, 0),
                (radius * 0.8, 0),
                (radius, 0.014),
                (radius, length * 0.62),
                (radius * 0.9, length * 0.68),
                (0, length * 0.68),
            ],
            30,
        )
    )
    fins = (
        _along(tube(radius * 1.05, radius * 0.98, 0.006, 30)).repeated(4, (length * 0.13, 0, 0)).moved(x=length * 0.32)
    )
    gears = _along(lathe([(0, 0), (radius * 1.05, 0), (radius * 1.1, 0.02), (radius * 0.95, 0.055), (0, 0.060)], 30))
    diff = _along(cylinder(radius * 0.66, 0.075, 24, 0.004)).moved(y=0.0)
    start = -length * 0.55
    drive = [
        part.moved(y=0.012, z=0.062)
        for part in (motor.moved(x=start), fins.moved(x=start), gears.moved(x=start + length * 0.68))
    ]
    node.add(merge([*drive, diff.moved(x=start + length * 0.68 - 0.01, z=-0.01)]), CAST)
    inverter = [box(length * 0.8, 0.042, 0.115, 0.007).moved(start + length * 0.40, radius + 0.030, 0.062)]
    plates = [box(length * 0.7, 0.004, 0.10, 0.001).moved(start + length * 0.40, radius + 0.052, 0.062)]
    node.add(merge([*inverter, *plates]), materials.plastic("graphite"))
    shafts = [rod((s * 0.06, 0, -0.005), (s * 0.25, 0, 0), 0.009, 10) for s in (-1, 1)]
    discs = [
        _along(lathe([(0, 0), (0.030, 0), (0.030, 0.006), (0.062, 0.006), (0.062, 0.014), (0.0, 0.014)], 28)).moved(
            x=0.245
        )
        for _ in (0,)
    ]
    discs = [*discs, *(disc.mirrored("x") for disc in discs)]
    dampers = [rod((s * 0.222, -0.02, 0.02), (s * 0.180, 0.175, 0.0), 0.009, 10) for s in (-1, 1)]
    node.add(merge([*shafts, *discs, *dampers]), materials.polished_steel())
    coil = spring(0.021, 0.0042, 0.105, 5, 8, 6).aimed((-0.042, 0.195, -0.02)).moved(0.207, 0.052, 0.013)
    calipers = [
        box(0.030, 0.050, 0.030, 0.005).moved(x=s * 0.252, y=0.052 * cosine(40), z=0.052 * sine(40)) for s in (-1, 1)
    ]
    node.add(merge([coil, coil.mirrored("x"), *calipers]), materials.plastic("red"))
    return node


def _wheel(node: Node) -> Node:
    h = WIDTH / 2
    tread: Outline = [
        (RIM, -h * 0.75),
        (RIM + 0.014, -h),
        (TYRE - 0.005, -h * 0.93),
        (TYRE, -h * 0.72),
        (TYRE, -h * 0.30),
        (TYRE - 0.004, -h * 0.26),
        (TYRE - 0.004, -h * 0.16),
        (TYRE, -h * 0.12),
    ]
    tyre = _along(lathe([*tread, *((r, -y) for r, y in tread[::-1])], 32, crease=35))
    node.add(tyre, materials.rubber())
    barrel = _along(
        lathe(
            [
                (RIM - 0.010, -h * 0.7),
                (RIM + 0.001, -h * 0.78),
                (RIM + 0.001, h * 0.78),
                (RIM - 0.006, h * 0.74),
                (RIM - 0.010, h * 0.4),
            ],
            36,
        )
    )
    spoke = extrude(
        [(0.020, -0.011), (0.050, -0.006), (RIM - 0.006, -0.013), (RIM - 0.006, 0.013), (0.050, 0.006), (0.020, 0.011)],
        0.012,
        bevel=0.0015,
    )
    spokes = [spoke.facing("+x").turned("x", 72 * k).moved(x=h * 0.55) for k in range(5)]
    hub = _along(lathe([(0, 0), (0.030, 0), (0.030, 0.014), (0.016, 0.022), (0, 0.022)], 20)).moved(x=h * 0.3)
    nuts = [
        _along(cylinder(0.004, 0.006, 6)).moved(x=h * 0.3 + 0.013, y=0.023).turned("x", 72 * k + 36) for k in range(5)
    ]
    node.add(merge([barrel, *spokes, hub, *nuts]), materials.polished_steel())
    return node


def _lines(node: Node) -> None:
    high: list[list[Vec3]] = [
        [
            (x, FLOOR + 0.072, 0.02 * s),
            (x, FLOOR + 0.078, 0.26 * s),
            (x * 1.2, FLOOR + 0.10, 0.34 * s),
            (x, HUB + 0.11, 0.40 * s),
        ]
        for x in (-0.02, 0.02)
        for s in (-1, 1)
    ]
    node.add(merge(pipe(curve(line, 4), 0.0075, 8) for line in high), materials.plastic("orange"))
    cool: list[Vec3] = [(-0.10, FLOOR + 0.068, -0.33), (-0.10, HUB + 0.02, -0.40), (-0.05, HUB + 0.09, -0.44)]
    hoses = [pipe(curve([(x * s, y, z * s) for x, y, z in cool], 4), 0.008, 8) for s in (1, -1)]
    node.add(merge(hoses), materials.plastic("blue"))
