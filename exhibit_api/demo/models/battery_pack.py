"""A traction battery pack with its lid lifted: ten modules in an extruded tray, busbars, coolant rails, the controller."""

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.materials import Material
from exhibit_api.demo.modelling.mesh import Mesh, Vec2, Vec3, at_each, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.outlines import Outline, rectangle, rounded
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, panel, rod, tube
from exhibit_api.demo.modelling.sweeps import bent, loft, pipe

WIDE, DEEP = 1.14, 0.80
FLOOR, RIM = 0.075, 0.190  # heights of the tray's floor and rim
COLUMNS = (-0.425, -0.225, -0.025, 0.175, 0.375)
ROWS = (-0.165, 0.185)
MODULE: Vec3 = (0.176, 0.085, 0.310)
LID = 0.420
CAST = Material("extruded aluminium", (204, 207, 210), 0.9, 0.4)
BUSBAR = Material("busbar copper", (214, 124, 88), 1.0, 0.3)
CORNERS = [(x, z) for x in (-0.535, 0.535) for z in (-0.365, 0.365)]


def build() -> Model:
    """The pack on its trestle; the clip "run" lowers the lid along four rods and lifts it again."""
    model = Model("battery-pack")
    still = model.node("pack")
    for assemble in (_trestle, _tray, _modules, _wiring):
        assemble(still)
    lid = model.node("lid", at=(0, LID, 0))
    _lid(lid)
    down: Vec3 = (0, RIM + 0.006 - LID, 0)
    model.slide(lid, [(0, (0, 0, 0)), (1.5, (0, 0, 0)), (4.5, down), (5.5, down), (8.5, (0, 0, 0)), (9, (0, 0, 0))])
    return model


def _trestle(node: Node) -> None:
    beams = [box(1.04, 0.03, 0.05, 0.004).moved(y=0.038, z=z) for z in (-0.25, 0.25)]
    cross = [box(0.05, 0.03, 0.50, 0.004).moved(x=x, y=0.038) for x in (-0.42, 0.42)]
    node.add(merge([*beams, *cross]), materials.plastic("graphite"))
    feet = at_each(cylinder(0.026, 0.024, 16), [(x, 0, z) for x in (-0.42, 0.42) for z in (-0.25, 0.25)])
    node.add(feet, materials.rubber())


def _tray(node: Node) -> None:
    floor = box(WIDE - 0.04, 0.018, DEEP - 0.04, 0.002).moved(y=FLOOR - 0.010)
    rail: Outline = [
        (0, 0),
        (0.032, 0),
        (0.032, 0.060),
        (0.022, 0.072),
        (0.022, RIM - FLOOR + 0.020),
        (-0.016, RIM - FLOOR + 0.020),
        (-0.016, RIM - FLOOR + 0.010),
        (0, RIM - FLOOR),
    ]
    long = extrude(rail, WIDE - 0.032, bevel=0.001).facing("+x").mirrored("z")
    short = extrude(rail, DEEP - 0.032, bevel=0.001)
    walls = [
        long.moved(y=FLOOR - 0.020, z=DEEP / 2 - 0.035),
        long.mirrored("z").moved(y=FLOOR - 0.020, z=-DEEP / 2 + 0.035),
        short.moved(x=WIDE / 2 - 0.035, y=FLOOR - 0.020),
        short.mirrored("x").moved(x=-WIDE / 2 + 0.035, y=FLOOR - 0.020),
    ]
    bars = [
        box(0.012, 0.060, DEEP - 0.07, 0.002).moved(x=x, y=FLOOR + 0.03) for x in (-0.325, -0.125, 0.075, 0.275, 0.475)
    ]
    middle = box(WIDE - 0.10, 0.070, 0.016, 0.002).moved(y=FLOOR + 0.035, z=0.010)
    lugs = [
        extrude([(-0.05, 0), (0.05, 0), (0.03, 0.035), (-0.03, 0.035)], 0.016, bevel=0.002)
        .turned("x", 90 * s)
        .moved(x, 0.088, s * (DEEP / 2 - 0.004))
        for x in (-0.40, -0.13, 0.13, 0.40)
        for s in (1, -1)
    ]
    node.add(merge([floor, *walls, *bars, middle, *lugs]), CAST)
    node.add(_gasket(), materials.plastic("black"))
    bolts = [
        cylinder(0.007, 0.008, 6).moved(x, 0.095, s * (DEEP / 2 + 0.016))
        for x in (-0.40, -0.13, 0.13, 0.40)
        for s in (1, -1)
    ]
    rods = [cylinder(0.006, 0.31, 8).moved(x, RIM - 0.02, z) for x, z in CORNERS]
    node.add(merge([*bolts, *rods]), materials.polished_steel())
    shown = panel(0.20, 0.05).moved(0.30, 0.112, DEEP / 2 - 0.0025)
    node.add(shown, materials.label(dials.type_plate("TRACTION BATTERY", "86 KWH  400 V", width=256, height=64)))


def _gasket() -> Mesh:
    outer, inner = (
        rounded(rectangle(WIDE - 0.060, DEEP - 0.060), 0.02, 2),
        rounded(rectangle(WIDE - 0.076, DEEP - 0.076), 0.014, 2),
    )
    return extrude(outer, 0.005, holes=[inner]).facing("+y").moved(y=RIM + 0.002)


def _places() -> list[Vec3]:
    return [(x, FLOOR, z) for x in COLUMNS for z in ROWS]


def _modules(node: Node) -> None:
    width, height, depth = MODULE
    cells = box(width, height - 0.014, depth - 0.016).moved(y=height / 2 - 0.006)
    ends = [
        box(width + 0.002, height, 0.010, 0.002).moved(y=height / 2, z=z)
        for z in (-depth / 2 + 0.005, depth / 2 - 0.005)
    ]
    module = merge([cells, *ends])
    node.add(at_each(module, _places()), materials.plastic((176, 182, 188)))
    seam = [
        box(width + 0.0012, height - 0.018, 0.0015).moved(y=height / 2 - 0.006, z=-depth / 2 + depth * k / 8)
        for k in (2, 4, 6)
    ]
    cover = box(width - 0.016, 0.006, depth - 0.030, 0.002).moved(y=height - 0.010)
    node.add(at_each(merge([*seam, cover]), _places()), materials.plastic("graphite"))
    bar = panel(0.020, 0.030).turned("x", -90)
    links = [
        bar.moved(x, height - 0.0066, -depth / 2 + depth * (k + 0.5) / 8) for k in range(1, 7) for x in (-0.058, 0.058)
    ]
    node.add(at_each(merge(links), _places()), BUSBAR)
    caps = [box(0.030, 0.014, 0.022, 0.003).moved(x, height - 0.002, z) for x, z in ((-0.058, 0.134), (0.058, -0.134))]
    node.add(at_each(merge(caps), _places()), materials.plastic("orange"))
    screws = [cylinder(0.006, 0.008, 6).moved(x, height, -x * 2) for x in (-0.075, 0.075)]
    node.add(at_each(merge(screws), _places()), materials.polished_steel())


def _wiring(node: Node) -> None:
    top = FLOOR + MODULE[1]
    bars = []
    for index in range(4):
        x = (COLUMNS[index] + COLUMNS[index + 1]) / 2
        bars += [_bridge(0.085).moved(x, top + 0.006, z + (0.134 if z < 0 else -0.134)) for z in ROWS]
    bars += [box(0.020, 0.006, 0.090, 0.002).moved(COLUMNS[0] - 0.058, top + 0.008, 0.01)]
    node.add(merge(bars), materials.plastic("orange"))
    controller = [
        box(0.072, 0.075, 0.20, 0.005).moved(0.512, FLOOR + 0.04, 0.20),
        box(0.072, 0.065, 0.16, 0.005).moved(0.512, FLOOR + 0.035, -0.20),
    ]
    node.add(merge(controller), materials.plastic("ivory"))
    node.add(
        panel(0.056, 0.028).turned("x", -90).moved(0.512, FLOOR + 0.0778, 0.20),
        materials.label(dials.type_plate("BMS", "96 CELLS")),
    )
    wires: list[list[Vec3]] = [
        [(0.433, top + 0.004, 0.319), (0.47, top + 0.03, 0.319), (0.50, top + 0.02, 0.28), (0.505, FLOOR + 0.07, 0.26)],
        [
            (0.433, top + 0.004, 0.051),
            (0.46, top + 0.03, 0.02),
            (0.50, top + 0.02, -0.06),
            (0.505, FLOOR + 0.06, -0.14),
        ],
        [
            (0.512, FLOOR + 0.06, 0.12),
            (0.512, FLOOR + 0.11, 0.05),
            (0.512, FLOOR + 0.10, -0.06),
            (0.512, FLOOR + 0.05, -0.12),
        ],
    ]
    node.add(merge(pipe(bent(wire, 0.03, 4), 0.009, 8) for wire in wires), materials.plastic("orange"))
    loom: list[Vec3] = [(-0.49, top + 0.004, 0.010), (0.40, top + 0.004, 0.010), (0.50, FLOOR + 0.08, 0.09)]
    taps = [
        rod((x, top + 0.004, 0.010), (x, top - 0.002, 0.030 if z > 0 else -0.012), 0.003, 6)
        for x in COLUMNS
        for z in ROWS
    ]
    node.add(merge([pipe(bent(loom, 0.03, 4), 0.006, 8), *taps]), materials.plastic("black"))
    coolant = [
        pipe(
            bent(
                [
                    (-0.50, FLOOR + 0.02, z),
                    (0.54, FLOOR + 0.02, z),
                    (0.54, FLOOR + 0.02, z * 0.6),
                    (0.60, FLOOR + 0.02, z * 0.6),
                ],
                0.025,
                4,
            ),
            0.010,
            8,
        )
        for z in (-0.345, 0.350)
    ]
    node.add(merge(coolant), materials.plastic("blue"))
    ports = [tube(0.017, 0.009, 0.03, 14).turned("z", -90).moved(0.565, FLOOR + 0.02, z) for z in (-0.207, 0.21)]
    plugs = [cylinder(0.020, 0.03, 6).turned("z", -90).moved(0.565, FLOOR + 0.055, z) for z in (-0.04, 0.05)]
    node.add(merge([*ports, *plugs]), materials.dark_steel())


def _bridge(length: float) -> Mesh:
    """An insulated busbar along x, bowed up in the middle for expansion."""
    half = length / 2
    line: list[Vec2] = [
        (-half, 0),
        (-0.020, 0),
        (-0.012, 0.012),
        (0.012, 0.012),
        (0.020, 0),
        (half, 0),
        (half, 0.005),
        (0.024, 0.005),
        (0.014, 0.018),
        (-0.014, 0.018),
        (-0.024, 0.005),
        (-half, 0.005),
    ]
    return extrude(line, 0.024)


def _lid(node: Node) -> None:
    def loop(width: float, depth: float, y: float, radius: float) -> list[Vec3]:
        return [(x, y, -z) for x, z in rounded(rectangle(width, depth), radius, 3)]

    shell = loft(
        [
            loop(WIDE - 0.02, DEEP - 0.02, 0.0, 0.03),
            loop(WIDE - 0.02, DEEP - 0.02, 0.007, 0.03),
            loop(WIDE - 0.10, DEEP - 0.10, 0.008, 0.03),
            loop(WIDE - 0.125, DEEP - 0.125, 0.045, 0.04),
            loop(WIDE - 0.14, DEEP - 0.14, 0.050, 0.04),
        ]
    )
    rib = loft([loop(0.060, 0.56, 0.048, 0.029), loop(0.046, 0.546, 0.057, 0.022)])
    ribs = [rib.moved(x=x) for x in (-0.40, -0.24, -0.08, 0.08, 0.24, 0.40)]
    node.add(merge([shell, *ribs]), materials.plastic("navy"))
    edge = [
        cylinder(0.006, 0.006, 6).moved(x, 0.007, s * (DEEP / 2 - 0.027))
        for x in (-0.40, -0.20, 0, 0.20, 0.40)
        for s in (1, -1)
    ]
    sides = [cylinder(0.006, 0.006, 6).moved(s * (WIDE / 2 - 0.027), 0.007, z) for z in (-0.15, 0.15) for s in (1, -1)]
    bushes = [tube(0.013, 0.0064, 0.016, 10).moved(x, 0.004, z) for x, z in CORNERS]
    node.add(merge([*edge, *sides, *bushes]), materials.polished_steel())
    node.add(
        panel(0.12, 0.06).turned("x", -90).moved(0.0, 0.0505, 0.312),
        materials.label(dials.type_plate("DANGER", "400 V DC", colour=(196, 120, 10))),
    )
