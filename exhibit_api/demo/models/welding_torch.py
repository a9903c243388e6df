"""A wire feeder with its reel and drive rolls in the open, and the gas-cooled torch at its hose package's end."""

from collections.abc import Callable

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.angles import cosine, sine
from exhibit_api.demo.modelling.gears import gear
from exhibit_api.demo.modelling.materials import Material
from exhibit_api.demo.modelling.mesh import Mesh, Vec3, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.outlines import Outline, circle, rectangle, rounded
from exhibit_api.demo.modelling.parts import cap_bolt, knob, vent_slots
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, rod, torus
from exhibit_api.demo.modelling.sweeps import bent, curve, pipe

REEL = (-0.135, 0.195, 0.02)  # the reel's middle
ROLLS_X, ROLLS_Y, ROLLS_Z = 0.075, 0.250, 0.045
ROLL_R = 0.021
SECONDS = 12.0

ORANGE = Material("orange enamel", (224, 92, 22), 0.0, 0.36)
DARK = Material("graphite enamel", (44, 46, 51), 0.0, 0.5)
BLACK = Material("black plastic", (26, 27, 29), 0.0, 0.55)
STEEL = Material("ground steel", (196, 198, 202), 1.0, 0.24)
COPPER = Material("coppered wire", (214, 130, 88), 1.0, 0.22)
BRASS = Material("brass", (212, 168, 88), 1.0, 0.26)


def build() -> Model:
    """Feeder and torch; the clip "run" pays out wire: the reel turns slowly, the rolls fast."""
    model = Model("welding-torch")
    case = model.node("case")
    _case(case)
    _placed(case, _drive, (ROLLS_X, ROLLS_Y, ROLLS_Z))
    _placed(case, _torch, (0.215, 0.075, 0.105))
    _hoses(case)
    reel = model.node("reel", at=REEL)
    _reel(reel)
    first = None
    for index, (x, y) in enumerate(((-0.032, -1), (0.032, -1), (-0.032, 1), (0.032, 1))):
        at = (ROLLS_X + x, ROLLS_Y + y * (ROLL_R + 0.0008), ROLLS_Z)
        roll = model.node(f"roll {index + 1}", at=at, like=first)
        first = first or _roll(roll)
        model.spin(roll, "z", turns=4 * y, seconds_per_turn=SECONDS / 4)
    model.spin(reel, "z", turns=-1, seconds_per_turn=SECONDS)
    return model


def _placed(node: Node, build_part: Callable[[Node], None], at: Vec3) -> None:
    """What is modelled round its own origin, fixed to the node at a place."""
    part = Node("part")
    build_part(part)
    for mesh, material in part.parts:
        node.add(mesh.moved(*at), material)


def _case(node: Node) -> None:
    """A sheet-metal case: the rear half closed, the front half open, with floor, handle, feet and a panel of controls."""
    rear = extrude(rounded(rectangle(0.46, 0.355), 0.014, 3), 0.12, bevel=0.003).moved(-0.05, 0.1975, -0.115)
    floor = box(0.46, 0.014, 0.19, 0.003).moved(-0.05, 0.027, 0.04)
    lip = box(0.46, 0.03, 0.008, 0.002).moved(-0.05, 0.038, 0.132)
    head = extrude(
        rounded([(-0.06, 0.315), (0.135, 0.315), (0.135, 0.362), (0.12, 0.375), (-0.06, 0.375)], 0.008, 2),
        0.46,
        bevel=0.003,
    )
    roof = head.facing("-x").moved(x=-0.05)
    end = box(0.010, 0.30, 0.185, 0.002).moved(0.172, 0.175, 0.035)
    desk = box(0.21, 0.075, 0.012, 0.003).turned("x", -14).moved(0.07, 0.346, 0.130)
    node.add(merge([rear, floor, lip, end]), ORANGE)
    node.add(merge([roof, desk]), DARK)
    bar = pipe(
        bent([(-0.20, 0.37, -0.05), (-0.20, 0.455, -0.05), (0.11, 0.455, -0.05), (0.11, 0.37, -0.05)], 0.03, 4),
        0.011,
        10,
    )
    feet = [cylinder(0.020, 0.022, 10, 0.004).moved(x, 0, z) for x in (-0.24, 0.14) for z in (-0.14, 0.10)]
    louvres = vent_slots(6, 0.09, 0.008, 0.004, 0.016).facing("-x").moved(-0.281, 0.20, -0.115)
    node.add(merge([bar, *feet, louvres]), BLACK)
    lean = panel(0.092, 0.046).turned("x", -14).moved(0.025, 0.3475, 0.1372)
    node.add(lean, materials.screen(dials.screen_picture("WIRE FEED", "9.6 M", "240 A")))
    knobs = merge(knob(0.0125, 0.014, 8).turned("x", 76).moved(x, 0.345, 0.1362) for x in (0.105, 0.145))
    node.add(knobs, BLACK)
    node.add(
        panel(0.084, 0.042).moved(-0.20, 0.339, 0.1357),
        materials.label(dials.type_plate("WIRE FEEDER", "1.2 MM  25 M/MIN", "4 ROLLS")),
    )
    bolts = [cap_bolt(0.007).turned("x", 90).moved(x, 0.038, 0.136) for x in (-0.25, -0.05, 0.15)]
    node.add(merge(bolts), STEEL)


def _reel(node: Node) -> None:
    """A basket reel with coppered wire, facing +Z, on its hub with a brake knob."""
    wires = lathe(
        [
            (0.055, -0.030),
            (0.098, -0.030),
            *((0.098 + (0.0022 if k % 2 else 0.0), -0.030 + 0.006 * k) for k in range(11)),
            (0.055, 0.030),
        ],
        28,
        crease=80,
    )
    node.add(wires.turned("x", 90), COPPER)
    windows: list[Outline] = [circle(0.021, 10, (0.068 * cosine(60 * k), 0.068 * sine(60 * k))) for k in range(6)]
    flange = extrude(circle(0.125, 32), 0.006, holes=[*windows], bevel=0.0012)
    spindle = lathe([(0, -0.045), (0.028, -0.045), (0.028, 0.048), (0.016, 0.052), (0, 0.052)], 24, bevel=0.002).turned(
        "x", 90
    )
    node.add(merge([flange.moved(z=-0.035), flange.moved(z=0.035), spindle]), BLACK)
    rim = torus(0.1235, 0.0042, 32, 5).turned("x", 90)
    nut = knob(0.024, 0.016, 8).turned("x", 90).moved(z=0.052)
    node.add(merge([rim.moved(z=-0.035), rim.moved(z=0.035)]), BLACK)
    node.add(nut, ORANGE)
    marks = box(0.012, 0.026, 0.0008).moved(y=0.104, z=0.0384).ringed(3, "z")
    node.add(marks, ORANGE)


def _roll(node: Node) -> Node:
    node.add(gear(16, 0.0026, 0.010, 0.006).moved(z=-0.012), STEEL)
    groove = [
        (0.005, 0), (ROLL_R, 0), (ROLL_R, 0.004), (ROLL_R - 0.002, 0.006), (ROLL_R, 0.008), (ROLL_R, 0.012),
        (0.005, 0.012),
    ]  # fmt: skip
    node.add(lathe(groove, 24, bevel=0.0004).turned("x", 90), STEEL)
    node.add(cylinder(0.0105, 0.010, 12, 0.002).turned("x", 90).moved(z=0.010), STEEL)
    return node


def _drive(node: Node) -> None:
    """Round the gap between the rolls: plate, swing arms with their pressure springs, wire guides."""
    plate = extrude(rounded(rectangle(0.15, 0.13), 0.010, 3), 0.012, bevel=0.002).moved(z=-0.034)
    arms = [
        extrude(
            rounded([(-0.022, 0.006), (0.022, 0.006), (0.022, 0.044), (-0.010, 0.052), (-0.022, 0.044)], 0.006, 2),
            0.012,
            bevel=0.002,
        ).moved(x=s * 0.032, z=-0.022)
        for s in (-1, 1)
    ]
    bracket = box(0.03, 0.06, 0.09, 0.003).moved(0.0, -0.02, -0.08)
    node.add(merge([plate, *arms, bracket]), DARK)
    guides = [
        rod((a, 0, 0.006), (b, 0, 0.006), 0.0042, 10) for a, b in ((-0.092, -0.058), (-0.006, 0.006), (0.058, 0.100))
    ]
    cone = (
        lathe([(0, 0), (0.006, 0), (0.010, 0.02), (0.010, 0.035), (0, 0.035)], 14, bevel=0.001)
        .turned("z", -90)
        .moved(0.066, 0, 0.006)
    )
    node.add(merge([*guides, cone]), BRASS)
    tower = [
        merge(
            [
                rod((x, 0.045, -0.012), (x, 0.060, -0.012), 0.004, 8),
                lathe([(0, 0), (0.010, 0), (0.012, 0.010), (0.008, 0.028), (0, 0.030)], 14, bevel=0.001).moved(
                    x, 0.040, -0.012
                ),
            ]
        )
        for x in (-0.032, 0.032)
    ]
    node.add(merge(tower), ORANGE)
    wire: list[Vec3] = [
        (REEL[0] - ROLLS_X, REEL[1] + 0.099 - ROLLS_Y, -0.02), (-0.15, 0.043, -0.012), (-0.09, 0.004, 0.006),
        (0.0, 0, 0.006), (0.10, 0, 0.006),
    ]  # fmt: skip
    node.add(pipe(curve(wire, 5), 0.0016, 6), COPPER)
    bolts = [cap_bolt(0.006).turned("x", 90).moved(x, y, -0.028) for x in (-0.066, 0.066) for y in (-0.056, 0.056)]
    node.add(merge(bolts), STEEL)


def _hoses(node: Node) -> None:
    """From the socket in the case's end round in a loop to the torch."""
    ring = lathe([(0, 0), (0.030, 0), (0.030, 0.012), (0.024, 0.018), (0.024, 0.034), (0, 0.034)], 22, bevel=0.002)
    node.add(ring.turned("z", -90).moved(0.176, ROLLS_Y, ROLLS_Z + 0.006), BRASS)
    sleeve = lathe([(0, 0), (0.021, 0), (0.021, 0.03), (0.014, 0.06), (0, 0.06)], 18, bevel=0.002)
    node.add(sleeve.turned("z", -90).moved(0.206, ROLLS_Y, ROLLS_Z + 0.006), BLACK)
    path: list[Vec3] = [
        (0.25, ROLLS_Y, 0.051), (0.288, 0.238, 0.04), (0.308, 0.18, 0.0), (0.304, 0.11, -0.045),
        (0.275, 0.085, -0.085), (0.235, 0.10, -0.06), (0.217, 0.112, 0.0),
    ]  # fmt: skip
    node.add(pipe(curve(path, 6), 0.0115, 8), BLACK)


def _torch(node: Node) -> None:
    """A hand torch that lies in a fork: grip along z, the swan neck toward +Z and down."""
    grip: list[Vec3] = [(0, 0.036, -0.105), (0, 0.042, -0.05), (0, 0.040, 0.0), (0, 0.036, 0.03)]
    node.add(pipe(curve(grip, 3), 0.0165, 10), BLACK)
    trigger = extrude(
        rounded([(-0.03, 0.026), (-0.005, 0.012), (0.014, 0.016), (0.02, 0.026)], 0.004, 2), 0.012, bevel=0.002
    ).facing("-x")
    node.add(trigger, ORANGE)
    collar = cylinder(0.019, 0.014, 18, 0.003).turned("x", 90).moved(y=0.036, z=0.026)
    node.add(merge([collar, torus(0.0165, 0.003, 16, 6).turned("x", 90).moved(y=0.037, z=-0.10)]), ORANGE)
    neck = pipe(bent([(0, 0.036, 0.035), (0, 0.036, 0.085), (0, -0.002, 0.115)], 0.035, 5), 0.0085, 12)
    node.add(neck, BRASS)
    nozzle = lathe(
        [
            (0, 0),
            (0.0125, 0),
            (0.0135, 0.012),
            (0.0135, 0.036),
            (0.0105, 0.056),
            (0.0075, 0.056),
            (0.0075, 0.040),
            (0, 0.040),
        ],
        20,
        bevel=0.0008,
    )
    tip = rod((0, 0, 0), (0, 0.062, 0), 0.0028, 8)
    node.add(merge([nozzle, tip]).aimed((0, -0.785, 0.62)).moved(0, 0.004, 0.110), COPPER)
    node.add(_rest(), STEEL)


def _rest() -> Mesh:
    """The fork that carries the torch, on a small foot."""
    foot = extrude(rounded(rectangle(0.11, 0.19), 0.012, 3), 0.010, bevel=0.002).facing("+y").moved(y=-0.070, z=-0.03)
    posts = [rod((0, -0.068, z), (0, 0.018, z), 0.006, 10) for z in (-0.075, 0.005)]
    forks = [
        pipe(bent([(-0.024, 0.046, z), (-0.024, 0.014, z), (0.024, 0.014, z), (0.024, 0.046, z)], 0.014, 3), 0.0042, 6)
        for z in (-0.075, 0.005)
    ]
    return merge([foot, *posts, *forks])
