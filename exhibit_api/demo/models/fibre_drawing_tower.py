"""An optical-fibre drawing tower, 1:6: a glass preform melts in the furnace; the fibre is coated, cured and wound."""

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.mesh import Mesh, Vec3, at_each, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.parts import bolt_circle, t_slot
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, rod, tube
from exhibit_api.demo.modelling.sweeps import curve, pipe

LINE = 0.10  # the fibre runs this far in front of the frame's middle
HEIGHT = 1.80
CAPSTAN: Vec3 = (0.045, 0.335, LINE)
CAPSTAN_RADIUS, SPOOL_RADIUS = 0.045, 0.085
SPOOL: Vec3 = (-0.125, 0.185, LINE + 0.005)
LOOP = 12.0


def build() -> Model:
    """The tower; the clip "run" turns capstan and dancer, and the spool that winds the fibre."""
    model = Model("fibre-drawing-tower")
    tower = model.node("tower")
    _frame(tower)
    _hot_end(tower)
    _coating(tower)
    _cabinet(tower)
    capstan = model.node("capstan", at=CAPSTAN)
    capstan.add(_wheel(CAPSTAN_RADIUS, 0.030, 5), materials.polished_steel())
    spool = model.node("spool", at=SPOOL)
    _spool(spool)
    dancer = model.node("dancer pulley", at=(-0.035, 0.262, LINE))
    dancer.add(_wheel(0.026, 0.016, 3), materials.polished_steel())
    model.spin(capstan, "z", turns=-4, seconds_per_turn=LOOP / 4)
    model.spin(dancer, "z", turns=7, seconds_per_turn=LOOP / 7)
    model.spin(spool, "z", turns=-2, seconds_per_turn=LOOP / 2)
    return model


def _wheel(radius: float, width: float, spokes: int) -> Mesh:
    """A grooved wheel with round openings, facing +Z."""
    rim = lathe(
        [(radius * 0.78, 0), (radius, 0), (radius * 0.95, width / 2), (radius, width), (radius * 0.78, width)],
        20,
        bevel=0.0008,
    )
    hub = cylinder(radius * 0.3, width * 1.3, 14, 0.001)
    spoke = box(radius * 0.62, radius * 0.2, width * 0.4, 0.001).moved(radius * 0.52, 0, width / 2).ringed(spokes, "z")
    return merge([merge([rim, hub]).turned("x", 90), spoke]).moved(z=-width / 2)


def _frame(node: Node) -> None:
    post = extrude(t_slot(0.05), HEIGHT - 0.07).facing("+y").moved(y=HEIGHT / 2 + 0.02)
    posts = at_each(post, [(x, 0, -0.10) for x in (-0.13, 0.13)])
    cross = merge(
        box(0.21, 0.04, 0.04, 0.002).moved(0, y, -0.10) for y in (0.10, 0.47, 0.80, 1.12, 1.44, HEIGHT - 0.04)
    )
    rear = merge(box(0.03, HEIGHT - 0.6, 0.03, 0.002).moved(x, HEIGHT / 2 - 0.27, -0.24) for x in (-0.13, 0.13))
    struts = merge(rod((x, 1.20, -0.24), (x, 1.60, -0.12), 0.011, 8, 0.002) for x in (-0.13, 0.13))
    ties = merge(box(0.03, 0.03, 0.14, 0.002).moved(x, y, -0.17) for x in (-0.13, 0.13) for y in (0.10, 0.60, 1.10))
    node.add(merge([posts, cross, rear, struts, ties]), materials.aluminium())
    node.add(box(0.60, 0.036, 0.60, 0.005).moved(y=0.045), materials.plastic("graphite"))
    feet = at_each(cylinder(0.026, 0.030, 16, 0.004), [(x, 0, z) for x in (-0.25, 0.25) for z in (-0.25, 0.25)])
    node.add(feet, materials.polished_steel())
    plate = box(0.15, 1.20, 0.014, 0.002).moved(0, 1.02, -0.068)
    node.add(plate, materials.plastic("ivory"))


def _bracket(y: float, reach: float, width: float = 0.06) -> Mesh:
    """A shelf from the back plate to the fibre's line."""
    return box(width, 0.012, reach, 0.002).moved(0, y, -0.062 + reach / 2)


def _hot_end(node: Node) -> None:
    screw = rod((0.055, 1.40, -0.045), (0.055, HEIGHT - 0.03, -0.045), 0.007, 8, 0.001)
    guide = merge(rod((x, 1.40, -0.045), (x, HEIGHT - 0.03, -0.045), 0.006, 8, 0.001) for x in (-0.055, -0.03))
    chuck = lathe(
        [(0, 1.690), (0.034, 1.690), (0.034, 1.715), (0.024, 1.735), (0.012, 1.765), (0, 1.765)], 24, bevel=0.002
    )
    jaws = box(0.012, 0.026, 0.010, 0.002).moved(0.024, 1.682, 0).ringed(3)
    shell = lathe(
        [
            (0, 1.235),
            (0.062, 1.235),
            (0.072, 1.25),
            (0.072, 1.40),
            (0.062, 1.415),
            (0.036, 1.415),
            (0.034, 1.43),
            (0, 1.43),
        ],
        24,
        bevel=0.002,
    )
    bands = [
        lathe([(0.071, y - 0.005), (0.0755, y - 0.003), (0.0755, y + 0.003), (0.071, y + 0.005)], 28, crease=80)
        for y in (1.275, 1.375)
    ]
    bolts = bolt_circle(cylinder(0.004, 0.004, 6, 0.0006), 0.052, 8).moved(y=1.415)
    node.add(
        merge([merge([chuck, jaws, shell, *bands, bolts]).moved(z=LINE), screw, guide]), materials.polished_steel()
    )
    carriage = box(0.15, 0.08, 0.035, 0.004).moved(0, 1.72, -0.03)
    arm = box(0.05, 0.03, 0.12, 0.003).moved(0, 1.745, 0.03)
    top = box(0.15, 0.024, 0.06, 0.003).moved(0, HEIGHT - 0.03, -0.045)
    motor = box(0.045, 0.06, 0.045, 0.004).moved(0.055, 1.375, -0.035)
    node.add(
        merge([carriage, arm, top, motor, _bracket(1.24, 0.11, 0.10), _bracket(1.40, 0.10, 0.10)]),
        materials.plastic("blue"),
    )
    preform = lathe(
        [(0, 1.24), (0.0012, 1.24), (0.003, 1.30), (0.010, 1.35), (0.0205, 1.39), (0.0205, 1.69), (0, 1.69)],
        20,
        bevel=0.001,
    )
    node.add(preform.moved(z=LINE), materials.glass((190, 226, 240), 0.5))
    glow = tube(0.032, 0.023, 0.006, 20, 0.001).moved(0, 1.427, LINE)
    slit = box(0.012, 0.075, 0.004, 0.001).moved(0, 1.325, LINE + 0.0715)
    node.add(merge([glow, slit]), materials.lamp("amber"))
    hoses: list[list[Vec3]] = [
        [
            (0.07 * side, y, LINE),
            (0.115 * side, y - 0.01, LINE - 0.03),
            (0.12 * side, y - 0.06, 0.0),
            (0.10 * side, y - 0.08, -0.08),
        ]
        for side, y in ((1, 1.38), (-1, 1.38), (1, 1.27), (-1, 1.27))
    ]
    node.add(merge(pipe(curve(path, 3), 0.006, 6) for path in hoses), materials.plastic("graphite"))


def _coating(node: Node) -> None:
    """Gauges, cooling tube, coating dies and ultraviolet ovens, top down along the fibre."""
    black, ivory, steel, lamps, glow = [], [], [], [], []
    for y in (1.165, 0.545):
        gauge = box(0.11, 0.036, 0.05, 0.004).moved(0, y, LINE)
        black += [gauge, _bracket(y - 0.02, 0.15)]
        lamps.append(box(0.006, 0.006, 0.003, 0.001).moved(0.04, y, LINE + 0.0255))
    steel.append(lathe([(0, 0.875), (0.017, 0.875), (0.017, 1.105), (0, 1.105)], 18, bevel=0.002).moved(z=LINE))
    steel += [cylinder(0.024, 0.014, 18, 0.002).moved(0, y, LINE) for y in (0.872, 0.985, 1.097)]
    black += [_bracket(y, 0.15) for y in (0.868, 1.112)]
    for y in (0.820, 0.700):
        steel.append(
            lathe(
                [(0, 0), (0.014, 0), (0.026, 0.016), (0.026, 0.036), (0.008, 0.046), (0, 0.046)], 20, bevel=0.0015
            ).moved(0, y - 0.02, LINE)
        )
        oven = box(0.075, 0.062, 0.075, 0.005).moved(0, y - 0.062, LINE)
        ivory.append(oven)
        glow.append(box(0.010, 0.046, 0.003, 0.001).moved(0, y - 0.062, LINE + 0.038))
        black += [_bracket(y - 0.026, 0.17), box(0.05, 0.004, 0.05, 0.001).moved(0, y - 0.096, LINE)]
        tank = cylinder(0.020, 0.05, 16, 0.003).moved(0.085, y - 0.03, 0.0)
        steel.append(tank)
    fibre: list[Vec3] = [(0, 1.26, LINE), (0, CAPSTAN[1], LINE)]
    around: list[Vec3] = [
        (0, CAPSTAN[1], LINE),
        (0.013, 0.303, LINE),
        (0.045, 0.2895, LINE),
        (-0.02, 0.240, LINE),
        (-0.044, 0.238, LINE),
        (-0.10, 0.268, LINE),
    ]
    node.add(merge([pipe(fibre, 0.0016, 4), pipe(around, 0.0016, 4)]), materials.plastic("yellow"))
    node.add(merge(black), materials.plastic("graphite"))
    node.add(merge(ivory), materials.plastic("ivory"))
    node.add(merge(steel), materials.polished_steel())
    node.add(merge(glow), materials.lamp("blue"))
    node.add(merge(lamps), materials.lamp("amber"))


def _cabinet(node: Node) -> None:
    """The take-up's plate, the spool's drive and the control desk at the side."""
    plate = box(0.36, 0.36, 0.02, 0.003).moved(-0.06, 0.25, 0.035)
    case = box(0.16, 0.48, 0.26, 0.006).moved(0.205, 0.305, 0.04)
    node.add(merge([plate, case]), materials.plastic("ivory"))
    axle = [rod((x, y, 0.04), (x, y, z + 0.022), 0.009, 12, 0.001) for x, y, z in (CAPSTAN, SPOOL)]
    node.add(
        merge([*axle, rod((-0.035, 0.262, 0.04), (-0.035, 0.262, LINE + 0.012), 0.005, 10)]), materials.polished_steel()
    )
    arm = box(0.016, 0.11, 0.010, 0.002).turned("z", 25).moved(-0.055, 0.300, 0.055)
    belt = box(0.03, 0.05, 0.026, 0.006).moved(0.094, 0.335, LINE)
    louvre = box(0.11, 0.005, 0.003).repeated(6, (0, 0.016, 0)).moved(0.205, 0.145, 0.1705)
    node.add(merge([arm, belt, louvre]), materials.plastic("graphite"))
    node.add(
        panel(0.12, 0.06).moved(0.205, 0.455, 0.1705),
        materials.screen(dials.screen_picture("FIBRE", "125 UM", "25 M/S")),
    )
    node.add(
        panel(0.10, 0.05).moved(0.205, 0.38, 0.1705), materials.label(dials.type_plate("FIBRE TOWER", "SCALE 1:6"))
    )


def _spool(node: Node) -> None:
    flange = tube(SPOOL_RADIUS, 0.022, 0.007, 32, 0.0015).turned("x", 90)
    node.add(
        merge(
            [
                flange.moved(z=0.036),
                flange.moved(z=-0.043),
                cylinder(0.024, 0.088, 16, 0.002).turned("x", 90).moved(z=-0.044),
            ]
        ),
        materials.plastic("blue"),
    )
    node.add(cylinder(0.070, 0.072, 28, 0.002).turned("x", 90).moved(z=-0.036), materials.plastic((236, 196, 96)))
