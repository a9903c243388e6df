"""The head car of a high-speed train at 1:16 on its track: a drawn-out nose, flush windows, two bogies whose wheels turn."""

from itertools import pairwise

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.angles import cosine, sine
from exhibit_api.demo.modelling.materials import Material
from exhibit_api.demo.modelling.mesh import Mesh, Vec2, Vec3, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.outlines import rectangle, rounded
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, rod
from exhibit_api.demo.modelling.sweeps import curve, loft

HALF_WIDE, TALL, FLOOR = 0.100, 0.212, 0.068  # the body: half its width, its height, the height of its lower edge
REAR, SHOULDER, NOSE = -0.775, 0.34, 0.785  # along z: the rear end, where the nose begins, its tip
# The nose: place along z, half width, and height over the lower edge.
NOSE_LINES: tuple[Vec3, ...] = (
    (0.10, HALF_WIDE, TALL), (SHOULDER, HALF_WIDE, TALL), (0.43, 0.0995, 0.207), (0.51, 0.0975, 0.190), (0.58, 0.0935, 0.164),
    (0.64, 0.0870, 0.133), (0.69, 0.0780, 0.104), (0.73, 0.0665, 0.081), (0.76, 0.0500, 0.062), (0.777, 0.0320, 0.047),
    (NOSE, 0.0080, 0.034),
)  # fmt: skip
RAIL, GAUGE, WHEEL = 0.044, 0.0448, 0.0275  # the rail's top, half the gauge, a wheel's radius
BOGIES = (-0.52, 0.235)
AXLES = (-0.078, 0.078)
PROFILE_STEPS = 22
DOORS = (-0.635, 0.255)

WHITE = Material("pearl white", (234, 237, 239), 0.0, 0.22)
BLUE = Material("blue stripe", (20, 72, 150), 0.0, 0.26)
GLASS = Material("dark glass", (14, 18, 24), 0.2, 0.06)
DARK = Material("graphite enamel", (46, 48, 53), 0.0, 0.5)
STEEL = Material("wheel steel", (178, 180, 184), 1.0, 0.28)
BALLAST = Material("ballast bed", (92, 90, 86), 0.0, 0.95)
SLEEPER = Material("concrete sleepers", (172, 171, 165), 0.0, 0.8)
WOOD = Material("ebonised wood", (34, 31, 30), 0.0, 0.4)


def build() -> Model:
    """The car; the clip "run" turns its four wheelsets."""
    model = Model("high-speed-train")
    _track(model.node("track"))
    body = model.node("body")
    _body(body)
    _details(body)
    frame = wheels = None
    for name, z in zip(("rear bogie", "front bogie"), BOGIES, strict=True):
        bogie = model.node(name, at=(0, RAIL + WHEEL, z), like=frame)
        frame = frame or _bogie(bogie)
        for number, along in enumerate(AXLES):
            axle = model.node(f"{name} wheelset {number + 1}", parent=bogie, at=(0, 0, along), like=wheels)
            wheels = wheels or _wheelset(axle)
            model.spin(axle, "x", turns=3, seconds_per_turn=2)
    return model


def _section(z: float) -> tuple[float, float, float, float]:
    """At a place along the car: half the width, lower edge, half the height, and how square it is (2 = ellipse)."""
    if z <= SHOULDER:
        return HALF_WIDE, FLOOR, TALL / 2, 5.6
    line = curve(NOSE_LINES, 6)
    before, after = next((a, b) for a, b in pairwise(line) if a[0] <= z <= b[0] + 1e-9)
    part = (z - before[0]) / (after[0] - before[0])
    wide, tall = (before[k] + (after[k] - before[k]) * part for k in (1, 2))
    share = (z - SHOULDER) / (NOSE - SHOULDER)
    return wide, FLOOR - 0.012 * min(share * 3, 1.0), tall / 2, 5.6 - 3.3 * share


def _power(base: float, exponent: float) -> float:
    """A power rounded far below a micrometre, so that every machine's libm gives the same."""
    return round(float(base**exponent), 12)


def _outline(z: float, grow: float = 0.0) -> list[Vec3]:
    """The body's line across at z: a rounded box that turns into an ellipse toward the nose."""
    wide, low, half, square = _section(z)
    points: list[Vec3] = []
    for k in range(PROFILE_STEPS):
        angle = -90 + 360 * (k + 0.5) / PROFILE_STEPS
        c, s = cosine(angle), sine(angle)
        x, y = (_power(abs(part), 2 / square) * (1 if part >= 0 else -1) for part in (c, s))
        points.append((x * (wide + grow), low + half + y * (half + grow), z))
    return points


def _on_side(z: float, level: float, grow: float) -> Vec3:
    """A point of the right side at z; level -1 (lower edge) to 1 (roof)."""
    wide, low, half, square = _section(z)
    return (wide * _power(1 - _power(abs(level), square), 1 / square) + grow, low + half + level * half, z)


def _on_roof(z: float, share: float, grow: float) -> Vec3:
    """A point of the roof at z; share -1 (left) to 1 (right)."""
    wide, low, half, square = _section(z)
    return (share * wide, low + half + half * _power(1 - _power(abs(share), square), 1 / square) + grow, z)


def _stripe(places: list[float], low: float, high: float, steps: int = 3, *, narrows: float = 0.0) -> Mesh:
    """A thin skin on the right side between two levels; `narrows` is by how much the levels meet at its front end."""
    sections = []
    for index, z in enumerate(places):
        pinch = narrows * index / (len(places) - 1) * (high - low) / 2
        levels = [low + pinch + (high - low - 2 * pinch) * k / steps for k in range(steps + 1)]
        sections.append(
            [*(_on_side(z, level, 0.0012) for level in levels), *(_on_side(z, level, -0.003) for level in levels[::-1])]
        )
    return loft(sections, crease=60)


def _body(node: Node) -> None:
    """The skin in one piece; the nose in close steps, where it curves."""
    nose = [0.40, 0.46, 0.51, 0.56, 0.60, 0.64, 0.675, 0.705, 0.73, 0.75, 0.765, 0.777, NOSE]
    places = [REAR, REAR + 0.006, SHOULDER, *nose]
    node.add(loft([_outline(z, -0.005 if z == REAR else 0.0) for z in places], crease=75), WHITE)
    stripe = _stripe([REAR + 0.007, 0.10, SHOULDER, *nose[:-3]], -0.30, -0.16, 2, narrows=0.5)
    thin = _stripe([REAR + 0.007, 0.10, SHOULDER, *nose[:-4]], -0.40, -0.355, 1)
    node.add(merge([stripe, stripe.mirrored("x"), thin, thin.mirrored("x")]), BLUE)
    screen = []
    for z, reach in (
        (0.470, 0.42),
        (0.490, 0.60),
        (0.52, 0.68),
        (0.55, 0.72),
        (0.58, 0.72),
        (0.605, 0.66),
        (0.62, 0.50),
    ):
        shares = [reach * (k / 5 * 2 - 1) for k in range(6)]
        screen.append([*(_on_roof(z, s, 0.0014) for s in shares[::-1]), *(_on_roof(z, s, -0.004) for s in shares)])
    node.add(loft(screen, crease=60), GLASS)
    cab = _stripe([0.435, 0.46, 0.49, 0.52], 0.20, 0.52, 2)
    node.add(merge([cab, cab.mirrored("x"), _windows(), _windows().mirrored("x")]), GLASS)
    lamp = _stripe([0.668, 0.69, 0.71, 0.725], 0.10, 0.42, 2, narrows=0.4)
    node.add(merge([lamp, lamp.mirrored("x")]), materials.lamp("white"))


def _windows() -> Mesh:
    """Passenger windows and the panes of the two doors on the right side."""
    middle = FLOOR + TALL * 0.62
    pane = extrude(rounded(rectangle(0.062, 0.046), 0.010, 2), 0.003).facing("+x")
    small = extrude(rounded(rectangle(0.020, 0.050), 0.008, 2), 0.003).facing("+x")
    row = [pane.moved(HALF_WIDE - 0.0002, middle, -0.545 + 0.0765 * k) for k in range(10)]
    return merge([*row, *(small.moved(HALF_WIDE - 0.0002, middle, z) for z in DOORS)])


def _details(node: Node) -> None:
    """Doors, roof fairing, gangway, underfloor boxes, wheel openings, the plough under the nose, and the number plate."""
    frames, steps = [], []
    for z in DOORS:
        frame = extrude(
            rounded(rectangle(0.052, 0.150), 0.010, 2), 0.0024, holes=[rounded(rectangle(0.0485, 0.1465), 0.009, 2)]
        )
        frames += [frame.facing("+x").moved(s * (HALF_WIDE - 0.0006), FLOOR + 0.095, z) for s in (-1, 1)]
        frames += [
            box(0.002, 0.020, 0.002, 0.0005).moved(s * (HALF_WIDE + 0.001), FLOOR + 0.10, z + 0.031) for s in (-1, 1)
        ]
        steps += [box(0.012, 0.004, 0.05, 0.001).moved(s * (HALF_WIDE - 0.004), FLOOR - 0.006, z) for s in (-1, 1)]
    gangway = extrude(
        rounded(rectangle(0.105, 0.165), 0.018, 3),
        0.018,
        holes=[rounded(rectangle(0.070, 0.135), 0.010, 2)],
        bevel=0.003,
    )
    folds = [
        extrude(rounded(rectangle(0.118, 0.178), 0.02, 3), 0.003, holes=[rectangle(0.08, 0.14)], bevel=0.0008).moved(
            0, FLOOR + 0.1, REAR - k
        )
        for k in (0.004, 0.010)
    ]
    boxes = [box(0.150, 0.034, long, 0.006).moved(0, FLOOR - 0.006, z) for z, long in ((-0.145, 0.52), (-0.70, 0.11))]
    plough = box(0.12, 0.018, 0.16, 0.006).moved(0, 0.053, 0.60)
    node.add(merge([*frames, gangway.moved(0, FLOOR + 0.1, REAR - 0.008), *folds, *boxes, *steps, plough]), DARK)
    node.add(merge(_arch(s, z) for s in (-1, 1) for z in BOGIES), DARK)
    fairing = loft(
        [
            [
                (x * w, FLOOR + TALL - 0.006 + y * h, z)
                for x, y in ((-1, 0), (1, 0), (0.8, 0.8), (0.5, 1), (-0.5, 1), (-0.8, 0.8))
            ]
            for z, w, h in ((-0.60, 0.030, 0.004), (-0.56, 0.058, 0.016), (-0.20, 0.058, 0.016), (-0.16, 0.030, 0.004))
        ]
    )
    node.add(fairing, WHITE)
    slats = box(0.05, 0.0016, 0.010, 0.0005).repeated(12, (0, 0, 0.022)).moved(y=FLOOR + TALL + 0.0102, z=-0.38)
    aerial = [box(0.004, 0.016, 0.018, 0.0015).moved(0, FLOOR + TALL + 0.004, z) for z in (0.06, 0.20)]
    node.add(merge([slats, *aerial]), DARK)
    plate = panel(0.08, 0.04).facing("+x").moved(HALF_WIDE + 0.0016, FLOOR + 0.030, -0.36)
    node.add(plate, materials.label(dials.type_plate("HEAD CAR 1:16", "350 KM/H", "CARS 8")))


def _arch(side: int, z: float) -> Mesh:
    """The dark opening in the skirt over a bogie."""
    line: list[Vec2] = [(-0.125, -0.004), (0.125, -0.004), (0.100, 0.030), (-0.100, 0.030)]
    return (
        extrude(rounded(line, 0.010, 2), 0.006, bevel=0.001)
        .facing("-x")
        .moved(side * (HALF_WIDE - 0.0042), FLOOR + 0.004, z)
    )


def _track(node: Node) -> None:
    """A piece of line on a dark plinth: ballast, sleepers, rails with their clips."""
    long = NOSE - REAR + 0.03
    middle = (NOSE + REAR) / 2 - 0.004
    node.add(box(0.25, 0.016, long, 0.004).moved(0, 0.008, middle), WOOD)
    bed: list[Vec2] = [(-0.118, 0.016), (0.118, 0.016), (0.092, 0.029), (-0.092, 0.029)]
    node.add(extrude(bed, long - 0.012, bevel=0.001).moved(z=middle), BALLAST)
    count = 22
    sleeper = extrude(
        [(-0.080, 0.026), (0.080, 0.026), (0.080, 0.0330), (0.030, 0.0315), (-0.030, 0.0315), (-0.080, 0.0330)],
        0.017,
        bevel=0.001,
    )
    node.add(sleeper.repeated(count, (0, 0, long / count)).moved(z=middle), SLEEPER)
    clip = box(0.006, 0.003, 0.009, 0.001)
    clips = merge(clip.moved(s * (GAUGE - 0.0065), 0.0345, 0) for s in (-1, 1))
    node.add(clips.repeated(count, (0, 0, long / count)).moved(z=middle), DARK)
    rail: list[Vec2] = [
        (-0.0058, 0), (0.0058, 0), (0.0058, 0.0012), (0.001, 0.0028), (0.001, 0.0078), (0.0032, 0.0086),
        (0.0032, 0.0110), (-0.0032, 0.0110), (-0.0032, 0.0086), (-0.001, 0.0078), (-0.001, 0.0028), (-0.0058, 0.0012),
    ]  # fmt: skip
    rails = merge(
        extrude(rail, long - 0.008, bevel=0.0004).moved(s * (GAUGE + 0.0015), RAIL - 0.0110, middle) for s in (-1, 1)
    )
    node.add(rails, STEEL)
    front = panel(0.15, 0.0375).facing("+x").scaled(1, 0.36, 1).moved(0.1256, 0.008, 0.0)
    node.add(front, materials.label(dials.type_plate("HIGH-SPEED TRAIN - HEAD CAR 1:16", width=256, height=64)))


def _bogie(node: Node) -> Node:
    """Frame, axle boxes with their springs, air springs and dampers; its axles at z = AXLES, y = 0."""
    line: list[Vec2] = [
        (-0.112, 0.002), (-0.06, 0.004), (-0.03, -0.010), (0.03, -0.010), (0.06, 0.004), (0.112, 0.002),
        (0.112, 0.016), (-0.112, 0.016),
    ]  # fmt: skip
    side = extrude(rounded(line, 0.006, 2), 0.016, bevel=0.002)
    frames = [side.facing("-x").moved(x=s * 0.066) for s in (-1, 1)]
    cross = box(0.13, 0.020, 0.036, 0.004).moved(y=0.006)
    boxes = [box(0.016, 0.022, 0.026, 0.004).moved(s * 0.066, -0.002, z) for s in (-1, 1) for z in AXLES]
    caps = [
        cylinder(0.009, 0.006, 14, 0.0015).turned("z", -90 * s).moved(s * 0.073, 0, z) for s in (-1, 1) for z in AXLES
    ]
    motors = [cylinder(0.016, 0.050, 16, 0.003).turned("z", 90).moved(0.025, 0.002, z * 0.52) for z in AXLES]
    node.add(merge([*frames, cross, *boxes, *caps, *motors]), DARK)
    springs = [
        lathe([(0, 0), (0.021, 0), (0.024, 0.006), (0.021, 0.012), (0, 0.012)], 18, crease=70).moved(
            s * 0.064, 0.016, 0
        )
        for s in (-1, 1)
    ]
    node.add(merge(springs), DARK)
    dampers = [rod((s * 0.080, 0.006, -0.090), (s * 0.080, 0.010, -0.015), 0.0055, 10, 0.001) for s in (-1, 1)]
    dampers += [rod((s * 0.080, 0.010, -0.02), (s * 0.080, 0.013, 0.045), 0.003, 8) for s in (-1, 1)]
    node.add(merge(dampers), Material("yellow enamel", (236, 178, 34), 0.0, 0.4))
    return node


def _wheelset(node: Node) -> Node:
    tread: list[Vec2] = [
        (0, -0.003), (0.010, -0.004), (0.012, -0.002), (0.022, -0.002), (0.023, -0.005), (0.0300, -0.005),
        (0.0305, -0.0035), (0.0285, -0.002), (WHEEL, 0.004), (0.0270, 0.005), (0.022, 0.004), (0.012, 0.002),
        (0.010, 0.003), (0, 0.003),
    ]  # fmt: skip
    wheel = lathe(tread, 24, crease=35)
    right = wheel.turned("z", -90).moved(x=GAUGE + 0.001)
    axle = rod((-0.072, 0, 0), (0.072, 0, 0), 0.0062, 12)
    discs = [cylinder(0.019, 0.004, 20, 0.0008).turned("z", 90).moved(x=x) for x in (-0.018, 0.022)]
    marks = cylinder(0.0022, 0.0008, 8).turned("z", -90).moved(GAUGE + 0.0028, 0.017, 0).ringed(6, "x")
    node.add(merge([right, right.mirrored("x"), axle, *discs]), STEEL)
    node.add(merge([marks, marks.mirrored("x")]), DARK)
    return node
