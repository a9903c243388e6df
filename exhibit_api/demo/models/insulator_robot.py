"""A robot that inspects a string of insulators: two C-shaped carriages climb in turn, as an inchworm does.

The lower carriage bears the guide rods, the upper one slides on them; each grips the metal caps with a pair of jaws.
"""

from collections.abc import Sequence

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.angles import cosine, sine
from exhibit_api.demo.modelling.mesh import Mesh, Vec3, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.outlines import Outline, arc, rectangle, rounded
from exhibit_api.demo.modelling.parts import bolt_circle, t_slot
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, rod, torus, tube
from exhibit_api.demo.modelling.sweeps import curve, pipe

PITCH, DISCS = 0.122, 7  # from cap to cap
FIRST = 0.17  # height of the lowest disc
CAP = 0.088  # the middle of a cap above its disc's foot
TRAVEL = 0.03  # a jaw's way
ROD_PLACES = (0.0, 90.0, 180.0)
PORCELAIN: Outline = [
    (0.0, 0.030), (0.030, 0.022), (0.048, 0.032), (0.066, 0.014), (0.082, 0.028), (0.100, 0.012),
    (0.116, 0.020), (0.100, 0.042), (0.058, 0.060), (0.030, 0.072),
]  # fmt: skip


def build() -> Model:
    """The string in its test frame with the robot on it; the clip "run" climbs one disc and comes back."""
    model = Model("insulator-robot")
    still = model.node("string in its frame")
    for assemble in (_frame, _string):
        assemble(still)
    lower = model.node("lower carriage", at=(0, FIRST + PITCH + CAP, 0))
    upper = model.node("upper carriage", at=(0, FIRST + 3 * PITCH + CAP, 0))
    _lower(lower)
    _upper(upper)
    step: Vec3 = (0, PITCH, 0)
    rest: Vec3 = (0, 0, 0)
    model.slide(upper, [(0, rest), (0.6, rest), (2.2, step), (8.4, step), (10, rest), (10.6, rest)])
    model.slide(lower, [(0, rest), (3.2, rest), (4.8, step), (5.8, step), (7.4, rest), (10.6, rest)])
    _jaws(model, upper, "upper", [(0.0, 0.6, 2.2, 2.8), (7.8, 8.4, 10.0, 10.6)])
    _jaws(model, lower, "lower", [(2.6, 3.2, 4.8, 5.4), (5.4, 5.8, 7.4, 7.8)])
    return model


def _jaws(model: Model, carriage: Node, name: str, openings: Sequence[tuple[float, float, float, float]]) -> None:
    """A pair of jaws; each opening is when it starts to open, is open, starts to close, is closed."""
    arm = box(0.088, 0.020, 0.034, 0.003).moved(x=0.088)
    pad = extrude([*arc(0.062, -50, 50, 6), *arc(0.037, 50, -50, 6)], 0.030, bevel=0.002).facing("+y")
    right = merge([arm, pad, box(0.014, 0.044, 0.050, 0.003).moved(x=0.126)])
    for side, mesh in ((1, right), (-1, right.turned("y", 180))):
        jaw = model.node(f"{name} jaw {'right' if side > 0 else 'left'}", parent=carriage)
        jaw.add(mesh, materials.dark_steel())
        keys: list[tuple[float, Vec3]] = [(0.0, (0.0, 0.0, 0.0))]
        for opens, opened, closes, closed in openings:
            out: Vec3 = (side * TRAVEL, 0.0, 0.0)
            for time, place in ((opens, (0.0, 0.0, 0.0)), (opened, out), (closes, out), (closed, (0.0, 0.0, 0.0))):
                if time > keys[-1][0]:
                    keys.append((time, place))
        if keys[-1][0] < 10.6:
            keys.append((10.6, (0.0, 0.0, 0.0)))
        model.slide(jaw, keys)


def _frame(node: Node) -> None:
    base = extrude(rounded(rectangle(0.60, 0.54), 0.04, 4), 0.035, bevel=0.004).facing("+y").moved(y=0.0175, z=-0.03)
    node.add(base, materials.plastic("graphite"))
    post = extrude(t_slot(0.06), 1.12).facing("+y").moved(y=0.035 + 0.56, z=-0.245)
    beam = extrude(t_slot(0.05), 0.30).moved(y=1.175, z=-0.125)
    node.add(merge([post, beam]), materials.aluminium())
    foot = extrude([(0, 0), (0.09, 0), (0.09, 0.012), (0.012, 0.10), (0, 0.10)], 0.012, bevel=0.001)
    feet = [foot.turned("y", way).moved(x, 0.035, z) for way, x, z in ((0, 0.03, -0.245), (180, -0.03, -0.245))]
    brace = foot.mirrored("y").turned("y", -90).moved(y=1.150, z=-0.215)
    lamp_foot = box(0.12, 0.008, 0.12, 0.002).moved(y=0.039, z=-0.245)
    node.add(merge([*feet, brace, lamp_foot]), materials.plastic("orange"))
    bolts = [cylinder(0.012, 0.010, 6).moved(x, 0.035, z) for x in (-0.26, 0.26) for z in (-0.26, 0.20)]
    top = FIRST + DISCS * PITCH
    shackle = torus(0.017, 0.006, 20, 8).turned("x", 90).moved(y=top + 0.018)
    eye = merge([rod((0, top + 0.03, 0), (0, 1.205, 0), 0.008, 10), cylinder(0.018, 0.012, 6).moved(y=1.2)])
    node.add(merge([*bolts, shackle, eye]), materials.polished_steel())
    node.add(box(0.16, 0.062, 0.02, 0.003).turned("x", -35).moved(y=0.066, z=0.19), materials.dark_steel())
    plate = panel(0.144, 0.054).moved(z=0.0105).turned("x", -35).moved(y=0.066, z=0.19)
    node.add(plate, materials.label(dials.type_plate("INSULATOR ROBOT", "7 DISCS  500 KV")))


def _string(node: Node) -> None:
    disc = lathe(PORCELAIN, 22, crease=80)
    node.add(
        disc.repeated(DISCS, (0, PITCH, 0)).moved(y=FIRST + (DISCS - 1) / 2 * PITCH), materials.ceramic((96, 44, 30))
    )
    cap = lathe([(0, 0.066), (0.034, 0.066), (0.036, 0.078), (0.033, 0.100), (0.016, 0.114), (0, 0.114)], 12)
    pin = cylinder(0.010, 0.05, 8).moved(y=-0.012)
    metal = merge([cap, pin]).repeated(DISCS, (0, PITCH, 0)).moved(y=FIRST + (DISCS - 1) / 2 * PITCH)
    ball = lathe([(0, -0.10), (0.03, -0.10), (0.045, -0.06), (0.012, -0.012), (0, -0.012)], 20, bevel=0.003)
    weight = cylinder(0.05, 0.032, 24, 0.003).moved(y=-0.134)
    node.add(merge([metal, merge([ball, weight]).moved(y=FIRST)]), materials.dark_steel())


def _carriage(thick: float) -> Mesh:
    """A C-shaped plate round the string, open to the front, with its stiffening rim."""
    plate = extrude([*arc(0.200, -52, 232, 26), *arc(0.142, 232, -52, 26)], thick, bevel=0.003).facing("+y")
    rim = extrude([*arc(0.207, -52, 232, 26), *arc(0.194, 232, -52, 26)], 0.058, bevel=0.003).facing("+y")
    return merge([plate, rim])


def _at(radius: float, degrees: float, height: float = 0.0) -> Vec3:
    return (radius * cosine(degrees), height, -radius * sine(degrees))


def _lower(node: Node) -> None:
    box_right = box(0.066, 0.15, 0.12, 0.008).moved(0.245, 0.03, -0.01)
    tips = [box(0.066, 0.075, 0.034, 0.006).moved(*_at(0.175, way)) for way in (-48, 228)]
    node.add(merge([_carriage(0.026), *tips, box_right]), materials.plastic("orange"))
    rods = [cylinder(0.009, 0.43, 10).moved(*_at(0.172, way, -0.03)) for way in ROD_PLACES]
    heads = bolt_circle(cylinder(0.007, 0.007, 6).moved(y=0.013), 0.172, 6, start=30)
    node.add(merge([*rods, heads]), materials.chrome())
    clamps = [cylinder(0.020, 0.034, 12).moved(*_at(0.172, way, 0.004)) for way in ROD_PLACES]
    motors = [cylinder(0.024, 0.07, 20, 0.003).turned("z", 90).moved(-0.20, 0.01, 0.0)]
    battery = box(0.06, 0.11, 0.10, 0.006).moved(-0.255, 0.01, 0.0)
    ribs = box(0.064, 0.006, 0.104, 0.002).repeated(4, (0, 0.024, 0)).moved(-0.255, 0.01, 0.0)
    cameras = [
        merge([box(0.03, 0.05, 0.044, 0.004), cylinder(0.014, 0.02, 16, 0.002).turned("x", -90).moved(z=-0.02)])
        .turned("y", way)
        .moved(*_at(0.168, angle, 0.035))
        for way, angle in ((40, -48), (-40, 228))
    ]
    cable: list[Vec3] = [(0.225, 0.10, -0.06), (0.20, 0.17, -0.12), (0.12, 0.12, -0.17), (0.03, 0.03, -0.185)]
    wire = pipe(curve(cable, 5), 0.005, 8)
    node.add(merge([*clamps, *motors, battery, ribs, *cameras, wire]), materials.plastic("black"))
    shown = panel(0.10, 0.05).facing("+x").moved(0.2785, 0.055, -0.01)
    node.add(shown, materials.screen(dials.screen_picture("DISC 3/7", "9.8 MV", "OK")))
    lenses = [
        cylinder(0.010, 0.003, 14).turned("x", -90).turned("y", way).moved(*_at(0.148, angle - way * 0.1, 0.035))
        for way, angle in ((40, -48), (-40, 228))
    ]
    node.add(merge([*lenses, cylinder(0.007, 0.012, 12, 0.002).moved(0.245, 0.105, 0.02)]), materials.lamp("blue"))


def _upper(node: Node) -> None:
    sensor = box(0.05, 0.07, 0.05, 0.005).moved(*_at(0.20, 150, 0.03))
    drive = box(0.07, 0.06, 0.06, 0.006).moved(*_at(0.20, 90, 0.02))
    node.add(merge([_carriage(0.026), sensor, drive]), materials.plastic("ivory"))
    bushes = [tube(0.022, 0.0092, 0.06, 14).moved(*_at(0.172, way, -0.03)) for way in ROD_PLACES]
    motors = [
        cylinder(0.022, 0.075, 20, 0.003).turned("z", -90 * side).moved(0.142 * side, 0.0, 0.0) for side in (1, -1)
    ]
    probe = rod((-0.155, 0.05, -0.06), (-0.155, 0.20, -0.06), 0.004, 8)
    node.add(merge([*bushes, *motors, probe]), materials.plastic("black"))
    heads = bolt_circle(cylinder(0.007, 0.007, 6).moved(y=0.013), 0.172, 6, start=30)
    node.add(heads, materials.chrome())
