"""A dial indicator on a magnetic stand measures a turned shaft on a granite plate; the needle follows the plunger."""

from exhibit_api.demo.modelling import materials
from exhibit_api.demo.modelling.angles import cosine, sine
from exhibit_api.demo.modelling.drawing import ring, sheet, strokes, text
from exhibit_api.demo.modelling.materials import Material
from exhibit_api.demo.modelling.mesh import Mesh, Vec2, Vec3, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.outlines import arc, rectangle, rounded
from exhibit_api.demo.modelling.parts import knob, levelling_foot
from exhibit_api.demo.modelling.solids import box, cylinder, disc, extrude, lathe, panel, rod, sphere, torus
from exhibit_api.demo.modelling.textures import Texture, pictured

DIAL: Vec3 = (0.055, 0.335, 0.055)  # the middle of the dial's face
RADIUS = 0.062
PLATE = 0.062  # upper face of the granite plate
COLUMN_X, COLUMN_Z, COLUMN_TOP = -0.085, -0.035, 0.485

GRANITE = Material("black granite", (36, 37, 41), 0.0, 0.26)
BLUE = Material("blue enamel", (24, 62, 128), 0.0, 0.36)
DARK = Material("graphite enamel", (44, 46, 51), 0.0, 0.5)
STEEL = Material("ground steel", (202, 204, 208), 1.0, 0.2)
RED = Material("red needle", (196, 30, 26), 0.0, 0.4)


def build() -> Model:
    """The instrument; in the clip "run" the shaft turns once and its lift moves plunger, needle and turn counter."""
    model = Model("dial-indicator")
    stand = model.node("plate and magnetic stand")
    _plate(stand)
    _stand(stand)
    _arm(stand)
    _case(model.node("indicator", at=DIAL))
    needle = model.node("needle", at=(DIAL[0], DIAL[1], DIAL[2] + 0.0045))
    _needle(needle, 0.046, 0.0026)
    counter = model.node("turn counter", at=(DIAL[0] - 0.021, DIAL[1], DIAL[2] + 0.0030))
    _needle(counter, 0.0095, 0.0012)
    plunger = model.node("plunger", at=(DIAL[0], DIAL[1] - RADIUS, DIAL[2] - 0.012))
    _plunger(plunger)
    shaft = model.node("shaft", at=(DIAL[0], PLATE + 0.075, DIAL[2] - 0.012))
    _shaft(shaft)
    keys = ((0.0, 0.0), (1.5, 1.0), (3.0, 0.35), (4.5, -0.8), (6.0, 0.0))
    model.swing(needle, "z", [(t, -115 * lift) for t, lift in keys])
    model.swing(counter, "z", [(t, 11.5 * lift) for t, lift in keys])
    model.slide(plunger, [(t, (0, 0.0016 * lift, 0)) for t, lift in keys])
    model.spin(shaft, "z", seconds_per_turn=6)
    return model


def _face() -> Texture:
    """A face of 100 divisions with a small counter of turns on its left."""
    paper, ink = (242, 241, 234), (26, 28, 32)
    size = 256
    picture = sheet(size, size, paper)
    for tick in range(100):
        long = tick % 10 == 0
        inner = 100 if long else 106 if tick % 5 == 0 else 111
        s, c = sine(3.6 * tick), cosine(3.6 * tick)
        strokes(
            picture, [[(128 + inner * s, 128 - inner * c), (128 + 120 * s, 128 - 120 * c)]], 2.6 if long else 1.2, ink
        )
        if long:
            text(picture, str(tick), (128 + 86 * s, 128 - 86 * c), 15, ink)
    centre = (85, 128)
    ring(picture, centre, 23, 1.6, ink)
    for tick in range(10):
        s, c = sine(36 * tick), cosine(36 * tick)
        strokes(
            picture, [[(centre[0] + 19 * s, centre[1] - 19 * c), (centre[0] + 23 * s, centre[1] - 23 * c)]], 1.4, ink
        )
    text(picture, "0.01 MM", (128, 168), 11, ink)
    text(picture, "SHOCK PROOF", (128, 186), 6, (150, 30, 28))
    return pictured("dial-face-100", picture)


def _plate(node: Node) -> None:
    node.add(box(0.30, 0.044, 0.28, 0.004).moved(y=PLATE - 0.022), GRANITE)
    feet = merge(levelling_foot(0.016, 0.022).moved(x, 0, z) for x in (-0.115, 0.115) for z in (-0.105, 0.105))
    node.add(feet, STEEL)
    node.add(extrude(_vee(), 0.040, bevel=0.002).moved(DIAL[0], PLATE, 0.08), DARK)
    node.add(extrude(_vee(), 0.040, bevel=0.002).moved(DIAL[0], PLATE, -0.085), DARK)


def _vee() -> list[Vec2]:
    """A V-block's outline on y = 0, its notch open upwards."""
    return [
        (-0.050, 0),
        (0.050, 0),
        (0.050, 0.072),
        (0.040, 0.080),
        (0.028, 0.072),
        (0.004, 0.034),
        (-0.004, 0.034),
        (-0.028, 0.072),
        (-0.040, 0.080),
        (-0.050, 0.072),
    ]


def _stand(node: Node) -> None:
    """The magnet with its switch, and the column."""
    block = extrude(
        rounded([(-0.034, 0), (0.034, 0), (0.034, 0.055), (0.024, 0.066), (-0.024, 0.066), (-0.034, 0.055)], 0.004, 2),
        0.10,
        bevel=0.002,
    )
    node.add(block.moved(COLUMN_X, PLATE, COLUMN_Z + 0.02), BLUE)
    soles = [
        box(0.024, 0.010, 0.102, 0.001).moved(COLUMN_X + x, PLATE + 0.005, COLUMN_Z + 0.02) for x in (-0.0225, 0.0225)
    ]
    column = cylinder(0.0095, COLUMN_TOP - PLATE - 0.06, 18, 0.002).moved(COLUMN_X, PLATE + 0.06, COLUMN_Z)
    collar = lathe([(0, 0), (0.020, 0), (0.020, 0.008), (0.014, 0.014), (0, 0.014)], 18, bevel=0.001).moved(
        COLUMN_X, PLATE + 0.066, COLUMN_Z
    )
    node.add(merge([*soles, column, collar]), STEEL)
    face = COLUMN_Z + 0.07
    turner = merge([cylinder(0.020, 0.008, 20, 0.002).turned("x", 90), box(0.010, 0.036, 0.014, 0.003).moved(z=0.013)])
    node.add(turner.moved(COLUMN_X, PLATE + 0.034, face), DARK)
    node.add(panel(0.040, 0.010).moved(COLUMN_X, PLATE + 0.0588, face + 0.0006), materials.label(_marks()))


def _marks() -> Texture:
    picture = sheet(64, 16, (24, 62, 128))
    text(picture, "OFF", (14, 8), 8, (240, 240, 236))
    text(picture, "ON", (51, 8), 8, (240, 240, 236))
    return pictured("magnet-switch", picture)


def _arm(node: Node) -> None:
    """Two clamps, a cross rod from the column, and a fine adjustment that holds the indicator by its back."""
    y = DIAL[1] + 0.01
    clamp = extrude(rounded(rectangle(0.038, 0.040), 0.005, 2), 0.036, bevel=0.002)
    node.add(merge([clamp.moved(COLUMN_X, y, COLUMN_Z), clamp.moved(COLUMN_X, y, COLUMN_Z + 0.038)]), DARK)
    reach = COLUMN_Z + 0.038
    bar = rod((COLUMN_X - 0.035, y, reach), (DIAL[0] + 0.022, y, reach), 0.0075, 14, 0.0015)
    swivel = cylinder(0.013, 0.045, 16, 0.002).turned("x", 90).moved(COLUMN_X, y, COLUMN_Z - 0.004)
    lug = rod((DIAL[0], y, reach), (DIAL[0], y, DIAL[2] - 0.028), 0.006, 12)
    node.add(merge([bar, swivel, lug]), STEEL)
    grips = [knob(0.017, 0.020, 8).turned("z", 90).moved(COLUMN_X - 0.019, y, COLUMN_Z)]
    grips.append(knob(0.013, 0.016, 8).turned("x", -90).moved(DIAL[0], y, reach - 0.010))
    holder = box(0.030, 0.034, 0.024, 0.004).moved(DIAL[0], y, reach + 0.001)
    tuner = merge(
        [
            box(0.026, 0.012, 0.020, 0.003).moved(DIAL[0] - 0.040, y + 0.010, reach),
            cylinder(0.006, 0.018, 12, 0.001).moved(DIAL[0] - 0.040, y + 0.014, reach),
        ]
    )
    node.add(merge([*grips, holder, tuner]), DARK)
    top = lathe([(0, 0), (0.0095, 0), (0.012, 0.004), (0.010, 0.012), (0, 0.014)], 16, crease=60).moved(
        COLUMN_X, COLUMN_TOP - 0.002, COLUMN_Z
    )
    node.add(top, DARK)


def _case(node: Node) -> None:
    """Case, turning bezel with its knurl, face, glass, stem, lifting cap and the lug at the back."""
    body = lathe(
        [(0, -0.026), (0.050, -0.026), (0.056, -0.020), (0.056, -0.002), (0, -0.002)], 44, bevel=0.0015
    ).turned("x", 90)
    node.add(body, STEEL)
    line: list[Vec2] = []
    for k in range(72):
        reach = RADIUS if k % 2 else RADIUS - 0.0012
        line.append((reach * cosine(5 * k), reach * sine(5 * k)))
    inner = arc(RADIUS - 0.0065, 0, 360, 48)[:-1]
    node.add(extrude(line, 0.012, holes=[inner], bevel=0.0006, crease=80).moved(z=0.001), STEEL)
    slope = lathe(
        [(RADIUS - 0.0105, 0.0), (RADIUS - 0.006, 0.0), (RADIUS - 0.006, 0.0066), (RADIUS - 0.0072, 0.0066)], 44
    ).turned("x", 90)
    node.add(slope, DARK)
    node.add(disc(RADIUS - 0.007, 44).moved(z=0.0006), materials.label(_face(), roughness=0.6))
    node.add(cylinder(RADIUS - 0.0066, 0.0012, 40).turned("x", 90).moved(z=0.0062), materials.glass(alpha=0.14))
    stem = rod((0, -0.046, -0.012), (0, -0.098, -0.012), 0.0080, 18, 0.001)
    top = rod((0, 0.050, -0.012), (0, 0.072, -0.012), 0.0065, 16, 0.001)
    cap = lathe([(0, 0), (0.010, 0), (0.010, 0.010), (0.006, 0.015), (0, 0.015)], 16, bevel=0.001).moved(
        0, 0.072, -0.012
    )
    node.add(merge([stem, top, cap]), STEEL)
    lug = (
        extrude(
            rounded([(-0.010, -0.012), (0.010, -0.012), (0.010, 0.022), (-0.010, 0.022)], 0.006, 3), 0.010, bevel=0.001
        )
        .facing("+x")
        .moved(z=-0.036)
    )
    plate = cylinder(0.040, 0.004, 28, 0.001).turned("x", -90).moved(z=-0.026)
    node.add(merge([lug, plate]), DARK)
    hands = [
        merge(
            [
                rod(
                    (RADIUS * sine(a), RADIUS * cosine(a), 0.0),
                    ((RADIUS + 0.005) * sine(a), (RADIUS + 0.005) * cosine(a), 0.0),
                    0.002,
                    8,
                ),
                box(0.007, 0.004, 0.006, 0.001)
                .turned("z", -a)
                .moved((RADIUS - 0.003) * sine(a), (RADIUS - 0.003) * cosine(a), 0.0084),
            ]
        )
        for a in (-28, 32)
    ]
    node.add(merge(hands), RED)


def _needle(node: Node, length: float, width: float) -> None:
    line: list[Vec2] = [
        (-width * 0.5, -length * 0.28), (width * 0.5, -length * 0.28), (width * 0.36, 0), (width * 0.1, length),
        (-width * 0.1, length), (-width * 0.36, 0),
    ]  # fmt: skip
    hub = cylinder(width * 1.15, width * 0.6, 16, width * 0.1).turned("x", 90)
    node.add(merge([extrude(line, width * 0.16), hub.moved(z=-width * 0.2)]), RED)


def _plunger(node: Node) -> None:
    """From the case's edge downwards to the ball that rests on the shaft."""
    reach = DIAL[1] - RADIUS - (PLATE + 0.075 + 0.036)
    spindle = rod((0, -0.02, 0), (0, -reach + 0.020, 0), 0.0045, 14)
    anvil = lathe(
        [(0, 0.024), (0.0055, 0.024), (0.0055, 0.010), (0.0025, 0.004), (0, 0.004)][::-1], 14, bevel=0.0005
    ).moved(y=-reach)
    node.add(merge([spindle, anvil, sphere(0.0035, 12, 8).moved(y=-reach + 0.0035)]), materials.chrome())


def _shaft(node: Node) -> None:
    """The stepped shaft between the blocks, along z, with a keyway that shows its turning."""
    profile: list[Vec2] = [
        (0, -0.112), (0.024, -0.112), (0.026, -0.110), (0.026, -0.055), (0.036, -0.053), (0.036, 0.053),
        (0.026, 0.055), (0.026, 0.116), (0.024, 0.118), (0, 0.118),
    ]  # fmt: skip
    node.add(lathe(profile, 36, bevel=0.001).turned("x", 90), STEEL)
    node.add(box(0.010, 0.003, 0.045, 0.001).moved(y=0.0255, z=0.090), DARK)
    centre = torus(0.012, 0.0015, 20, 6).turned("x", 90).moved(z=0.118)
    node.add(merge([centre, _end_marks()]), DARK)


def _end_marks() -> Mesh:
    return cylinder(0.0028, 0.002, 10, 0.0005).turned("x", 90).moved(y=0.018, z=0.117).ringed(3, "z")
