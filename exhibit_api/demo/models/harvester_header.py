"""A grain header at 1:4: knife with fingers, auger, side dividers, and a reel whose tines stay upright as it turns."""

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.angles import cosine, sine
from exhibit_api.demo.modelling.materials import Material
from exhibit_api.demo.modelling.mesh import Mesh, Vec2, Vec3, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.outlines import Outline, rectangle, rounded
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, rod
from exhibit_api.demo.modelling.sweeps import curve, loft, pipe

INSIDE = 1.36  # between the side sheets
REEL_Y, REEL_Z, REEL_R, BATS = 0.385, 0.075, 0.155, 6
AUGER_Y, AUGER_Z = 0.165, -0.085
TURN = 4.0

GREEN = Material("green enamel", (38, 104, 62), 0.0, 0.36)
YELLOW = Material("yellow enamel", (238, 184, 36), 0.0, 0.4)
SHEET = Material("bright sheet", (176, 179, 182), 1.0, 0.42)
DARK = Material("graphite enamel", (50, 52, 56), 0.0, 0.5)


def build() -> Model:
    """The header; the clip "run" turns the reel and the auger, and moves the knife to and fro."""
    model = Model("harvester-header")
    frame = model.node("frame")
    _frame(frame)
    _dividers(frame)
    _arms(frame)
    knife = model.node("knife", at=(0, 0.058, 0.165))
    _knife(knife)
    auger = model.node("auger", at=(0, AUGER_Y, AUGER_Z))
    _auger(auger)
    reel = model.node("reel", at=(0, REEL_Y, REEL_Z))
    _reel(reel)
    first = None
    for index in range(BATS):
        way = 360 * index / BATS
        at = (0.0, REEL_R * cosine(way), REEL_R * sine(way))
        bat = model.node(f"bat {index + 1}", parent=reel, at=at, like=first)
        first = first or _bat(bat)
        model.spin(bat, "x", turns=-1, seconds_per_turn=TURN)
    model.spin(reel, "x", seconds_per_turn=TURN)
    model.spin(auger, "x", turns=2, seconds_per_turn=TURN / 2)
    strokes = [(TURN * k / 8, (0.012 if k % 2 else 0.0, 0.0, 0.0)) for k in range(9)]
    model.slide(knife, strokes)
    return model


def _side(outline: Outline, width: float, bevel: float = 0.002) -> Mesh:
    """A plate across the header by its side view, (z, y) pairs."""
    return extrude(outline, width, bevel=bevel).facing("-x")


def _frame(node: Node) -> None:
    trough: list[Vec2] = [
        (0.165, 0.045), (0.165, 0.052), (0.06, 0.072), (0.0, 0.068), (-0.06, 0.066), (-0.12, 0.074), (-0.165, 0.10),
        (-0.185, 0.145), (-0.19, 0.20),
    ]  # fmt: skip
    under = [(z - 0.003, y - 0.009) for z, y in reversed(trough)]
    node.add(_side([*trough, *under], INSIDE, 0.0), SHEET)
    half = (INSIDE - 0.34) / 2
    back = box(half, 0.24, 0.008, 0.002)
    node.add(merge([back.moved(s * (0.17 + half / 2), 0.31, -0.195) for s in (-1, 1)]), SHEET)
    sheet: list[Vec2] = [
        (-0.23, 0.035), (0.17, 0.035), (0.185, 0.06), (0.16, 0.12), (0.02, 0.20), (-0.10, 0.33), (-0.16, 0.44),
        (-0.23, 0.44),
    ]  # fmt: skip
    sides = [_side(rounded(sheet, 0.02, 3), 0.014).moved(x=s * (INSIDE / 2 + 0.007)) for s in (-1, 1)]
    beams = [box(INSIDE + 0.05, 0.05, 0.05, 0.008).moved(0, y, -0.222) for y in (0.425, 0.085)]
    posts = [box(0.03, 0.34, 0.035, 0.005).moved(x, 0.255, -0.222) for x in (-0.44, -0.185, 0.185, 0.44)]
    throat = extrude(rectangle(0.42, 0.30), 0.05, holes=[rectangle(0.34, 0.22)], bevel=0.004).moved(y=0.27, z=-0.245)
    node.add(merge([*sides, *beams, *posts, throat]), GREEN)
    skid: list[Vec2] = [
        (-0.20, 0.0), (0.10, 0.0), (0.16, 0.03), (0.155, 0.038), (0.095, 0.010), (-0.19, 0.010), (-0.21, 0.05),
        (-0.22, 0.05),
    ]  # fmt: skip
    skids = [_side(skid, 0.07).moved(x=x) for x in (-0.60, -0.26, 0.26, 0.60)]
    stays = [box(0.02, 0.07, 0.02, 0.003).moved(x, 0.04, -0.15) for x in (-0.60, -0.26, 0.26, 0.60)]
    hooks = [
        _side([(-0.27, 0.12), (-0.24, 0.10), (-0.24, 0.16), (-0.27, 0.17)], 0.03).moved(x=x) for x in (-0.15, 0.15)
    ]
    node.add(merge([*skids, *stays, *hooks]), DARK)
    node.add(_drive(), DARK)
    node.add(_guard(), YELLOW)
    plate = panel(0.15, 0.075).facing("-x").moved(-INSIDE / 2 - 0.0147, 0.16, -0.06)
    front = panel(0.15, 0.075).moved(0.42, 0.425, -0.1965)
    node.add(merge([plate, front]), materials.label(dials.type_plate("GRAIN HEADER 1:4", "CUT 5.4 M", "REEL 6 BATS")))


def _drive() -> Mesh:
    """On the right side: the knife's drive, the shaft from the throat and the pulleys of auger and reel."""
    shaft = rod((0.2, 0.33, -0.255), (0.70, 0.33, -0.255), 0.011, 10)
    case = (
        lathe([(0, 0), (0.042, 0), (0.042, 0.03), (0.03, 0.04), (0, 0.04)], 20, bevel=0.003)
        .turned("z", -90)
        .moved(INSIDE / 2 + 0.012, 0.105, 0.10)
    )
    pulleys = [
        lathe([(0, 0), (r, 0), (r * 0.9, 0.007), (r, 0.014), (0, 0.014)], 24)
        .turned("z", -90)
        .moved(INSIDE / 2 + 0.018, y, z)
        for r, y, z in ((0.055, AUGER_Y, AUGER_Z), (0.04, 0.33, -0.2))
    ]
    return merge([shaft, case, *pulleys])


def _guard() -> Mesh:
    """The cover over the belts, half open so that the pulleys are seen."""
    line: list[Vec2] = [(-0.245, 0.30), (-0.20, 0.28), (-0.10, 0.235), (-0.04, 0.25), (-0.13, 0.36), (-0.24, 0.39)]
    return _side(rounded(line, 0.02, 3), 0.012, 0.003).moved(x=INSIDE / 2 + 0.045)


def _dividers(node: Node) -> None:
    """Long noses at both ends that part the standing crop, with a rod that leads the ears away."""
    sections: list[list[Vec3]] = []
    for z, wide, low, high in (
        (0.15, 0.030, 0.03, 0.165),
        (0.22, 0.026, 0.028, 0.125),
        (0.28, 0.017, 0.028, 0.085),
        (0.325, 0.006, 0.03, 0.047),
    ):
        middle, tall = (low + high) / 2, (high - low) / 2
        sections.append([(wide * cosine(a), middle + tall * sine(a), z) for a in range(0, 360, 36)])
    nose = loft(sections, crease=70)
    node.add(merge(nose.moved(x=s * (INSIDE / 2 + 0.012)) for s in (-1, 1)), YELLOW)
    bow = [
        pipe(
            curve(
                [(s * 0.69, 0.10, 0.27), (s * 0.705, 0.20, 0.16), (s * 0.71, 0.235, 0.02), (s * 0.70, 0.215, -0.06)], 4
            ),
            0.006,
            8,
        )
        for s in (-1, 1)
    ]
    node.add(merge(bow), DARK)


def _arms(node: Node) -> None:
    """Two arms from the back beam to the reel's axle, each on its lifting cylinder."""
    line: list[Vec2] = [
        (-0.23, 0.43), (-0.16, 0.465), (0.03, 0.415), (0.11, 0.40), (0.115, 0.37), (0.03, 0.375), (-0.16, 0.42),
        (-0.22, 0.40),
    ]  # fmt: skip
    across = INSIDE / 2 + 0.024
    node.add(merge(_side(rounded(line, 0.015, 2), 0.020, 0.003).moved(x=s * across) for s in (-1, 1)), GREEN)
    barrels = [rod((s * across, 0.235, -0.13), (s * across, 0.335, -0.075), 0.016, 12, 0.002) for s in (-1, 1)]
    caps = [
        cylinder(0.026, 0.022, 16, 0.003).turned("z", -90 * s).moved(s * (across - 0.004), REEL_Y, REEL_Z)
        for s in (-1, 1)
    ]
    node.add(merge([*barrels, *caps]), DARK)
    rods = [rod((s * across, 0.33, -0.078), (s * across, 0.405, -0.037), 0.008, 10) for s in (-1, 1)]
    node.add(merge(rods), materials.chrome())


def _knife(node: Node) -> None:
    """Fingers in a row and the triangular blades that slide through them (all on one rail here)."""
    count = 34
    finger = lathe([(0, -0.03), (0.0075, -0.03), (0.0075, 0.0), (0.005, 0.03), (0, 0.055)], 6, crease=100).turned(
        "x", 90
    )
    gap = (INSIDE - 0.04) / count
    fingers = finger.repeated(count, (gap, 0, 0))
    node.add(merge([fingers, box(INSIDE - 0.03, 0.014, 0.016, 0.003).moved(z=-0.03)]), DARK)
    teeth: list[Vec2] = [(-INSIDE / 2 + 0.03, -0.024), (INSIDE / 2 - 0.03, -0.024)]
    for k in range(count - 1, 0, -1):
        x = (k - count / 2) * gap
        teeth += [(x + gap * 0.42, -0.012), (x, 0.030), (x - gap * 0.42, -0.012)]
    node.add(extrude([(x, -y) for x, y in teeth][::-1], 0.003).facing("+y").moved(y=0.005), materials.polished_steel())


def _flight(start: float, end: float, hand: int) -> Mesh:
    """One helical flight on the auger's tube from x = start to x = end; `hand` +1 or -1 is its way of winding."""
    steps = 30
    sections: list[list[Vec3]] = []
    for k in range(steps + 1):
        x = start + (end - start) * k / steps
        way = hand * 360 * 2.5 * k / steps
        ring = [(0.036, -0.002), (0.036, 0.002), (0.074, 0.0015), (0.074, -0.0015)][::hand]
        sections.append([(x + thick, r * cosine(way), r * sine(way)) for r, thick in ring])
    return loft(sections, crease=50)


def _auger(node: Node) -> None:
    core = cylinder(0.040, INSIDE - 0.012, 20).turned("z", 90).moved(x=INSIDE / 2 - 0.006)
    left, right = _flight(-INSIDE / 2 + 0.01, -0.15, 1), _flight(0.15, INSIDE / 2 - 0.01, -1)
    node.add(merge([core, left, right]), GREEN)
    ways = [(x, 63 * k) for k, x in enumerate((-0.13, -0.08, -0.03, 0.03, 0.08, 0.13))]
    fingers = [rod((x, -0.072, 0), (x, 0.072, 0), 0.0042, 8).turned("x", way) for x, way in ways]
    node.add(merge(fingers), DARK)


def _reel(node: Node) -> None:
    tube = cylinder(0.020, INSIDE + 0.02, 14, 0.002).turned("z", 90).moved(x=INSIDE / 2 + 0.01)
    arm = merge([box(0.007, REEL_R, 0.018, 0.002).moved(y=REEL_R / 2), box(0.010, 0.022, 0.022, 0.003).moved(y=REEL_R)])
    hub = cylinder(0.042, 0.012, 18, 0.002).turned("z", 90).moved(x=0.006)
    spider = merge([arm.ringed(BATS, "x"), hub, *(_stay(k) for k in range(BATS))])
    node.add(merge([tube, *(spider.moved(x=x) for x in (-0.655, -0.22, 0.22, 0.655))]), YELLOW)


def _stay(index: int) -> Mesh:
    """The strut between two arms."""
    first, second = 60 * index, 60 * index + 60
    reach = REEL_R * 0.62
    return rod(
        (0, reach * cosine(first), reach * sine(first)), (0, reach * cosine(second), reach * sine(second)), 0.0045, 6
    )


def _bat(node: Node) -> Node:
    node.add(cylinder(0.0085, INSIDE - 0.02, 8, 0.001).turned("z", 90).moved(x=INSIDE / 2 - 0.01), YELLOW)
    tine = lathe([(0, 0), (0.0036, 0), (0.0022, 0.085), (0, 0.088)], 5, crease=100).turned("x", 180 - 8)
    node.add(tine.repeated(22, ((INSIDE - 0.08) / 22, 0, 0)), YELLOW)
    return node
