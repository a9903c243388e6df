"""A hermetic scroll compressor, its shell cut open in front: motor, crankshaft, Oldham ring and the two meshing scrolls."""

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.angles import cosine, sine
from exhibit_api.demo.modelling.materials import Material
from exhibit_api.demo.modelling.mesh import Mesh, Vec2, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.outlines import Outline, rectangle, rounded
from exhibit_api.demo.modelling.parts import cap_bolt
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, rod, tube
from exhibit_api.demo.modelling.sweeps import bent, pipe

BASE, WALL = 0.0080, 0.0088  # the involute's base circle and the wrap's thickness
ORBIT = 3.14159 * BASE - WALL - 0.0012  # what is left between the wraps, and a gap for their straight pieces
FIRST, LAST = 2.3, 15.5  # the wrap's angles, radians
OPEN = 150.0  # degrees cut out of the shell in front
SCROLL_Y, WRAP = 0.402, 0.058  # the floor of the scrolls' chambers, and the wraps' height
TURN = 3.0  # seconds of one turn

SHELL = Material("black enamel", (30, 32, 36), 0.0, 0.34)
CUT = Material("red enamel", (176, 30, 28), 0.0, 0.5)
COPPER = Material("copper", (214, 124, 88), 1.0, 0.26)
IRON = Material("grey iron", (126, 128, 132), 1.0, 0.46)
LAMINATION = Material("electric sheet", (168, 172, 178), 1.0, 0.5)
ALLOY = Material("cast aluminium", (206, 209, 212), 1.0, 0.36)
OIL = Material("oil", (226, 170, 40), 0.0, 0.1, alpha=0.55)


def build() -> Model:
    """The compressor; the clip "run" turns the shaft, and the upper scroll orbits with its crank pin."""
    model = Model("scroll-compressor")
    still = model.node("shell, stator and fixed scroll")
    _shell(still)
    _motor(still)
    _fixed_scroll(still)
    shaft = model.node("shaft")
    _shaft(shaft)
    orbiting = model.node("orbiting scroll", at=(ORBIT, SCROLL_Y, 0))
    _orbiting_scroll(orbiting)
    ring = model.node("oldham ring", at=(ORBIT, SCROLL_Y - 0.026, 0))
    _oldham(ring)
    model.spin(shaft, "y", seconds_per_turn=TURN)
    times = [TURN * k / 24 for k in range(25)]
    around = [(ORBIT * cosine(15 * k), -ORBIT * sine(15 * k)) for k in range(25)]
    model.keyframes(orbiting, "translation", times, [(x, SCROLL_Y, z) for x, z in around])
    model.keyframes(ring, "translation", times, [(x, SCROLL_Y - 0.026, 0.0) for x, _ in around])
    return model


def _cut(profile: Outline, segments: int = 24, bevel: float = 0.0, opening: float = OPEN) -> Mesh:
    """A turned part, open in front by degrees."""
    return lathe(profile, segments, bevel=bevel, sweep=360 - opening).turned("y", opening / 2 - 90)


def _faces(profile: Outline, opening: float = OPEN) -> Mesh:
    """Thin red plates on both cut faces of such a part."""
    plate = extrude(profile, 0.0008)
    return merge(plate.turned("y", turn) for turn in (opening / 2 - 90, -opening / 2 - 90))


def _wrap(turned: float) -> list[Vec2]:
    """A scroll's wall seen from above: outer flank outwards, inner flank back."""
    half = WALL / 2 / BASE
    flanks: list[list[Vec2]] = []
    for shift in (half, -half):
        flank = []
        for k in range(57):
            angle = FIRST + (LAST - FIRST) * k / 56
            degrees = angle * 57.29577951 + turned
            reach = angle + shift
            flank.append(
                (BASE * (cosine(degrees) + reach * sine(degrees)), BASE * (sine(degrees) - reach * cosine(degrees)))
            )
        flanks.append(flank)
    return [*flanks[0], *flanks[1][::-1]]


def _shell(node: Node) -> None:
    body: Outline = [(0.164, 0.055), (0.171, 0.055), (0.171, 0.485), (0.164, 0.485)]
    dome: Outline = [
        (0.030, 0.568), (0.030, 0.561), (0.09, 0.553), (0.135, 0.532), (0.160, 0.500), (0.165, 0.47), (0.176, 0.47),
        (0.176, 0.485), (0.171, 0.490), (0.166, 0.506), (0.140, 0.541), (0.092, 0.562),
    ]  # fmt: skip
    sump = lathe(
        [
            (0, 0.024),
            (0.11, 0.024),
            (0.15, 0.036),
            (0.171, 0.058),
            (0.176, 0.066),
            (0.176, 0.080),
            (0.164, 0.080),
            (0.160, 0.068),
            (0.14, 0.048),
            (0, 0.038),
        ],
        28,
        bevel=0.0015,
    )
    foot = extrude(rounded(rectangle(0.35, 0.35), 0.05, 4), 0.008, bevel=0.0015).facing("+y").moved(y=0.024)
    terminal = box(0.03, 0.13, 0.11, 0.008).moved(x=-0.184, y=0.30, z=-0.03)
    desk = box(0.112, 0.06, 0.006, 0.001).turned("x", -58).moved(y=0.050, z=0.186)
    node.add(merge([_cut(body), _cut(dome), sump, foot, terminal, desk]), SHELL)
    node.add(merge([_faces(body), _faces(dome)]), CUT)
    pads = [
        lathe([(0, 0), (0.026, 0), (0.026, 0.008), (0.018, 0.014), (0, 0.02)], 14, bevel=0.002).moved(x, 0, z)
        for x in (-0.14, 0.14)
        for z in (-0.14, 0.14)
    ]
    node.add(merge(pads), materials.rubber())
    bolts = [cap_bolt(0.012).moved(x, 0.028, z) for x in (-0.14, 0.14) for z in (-0.14, 0.14)]
    band = tube(0.0305, 0.012, 0.012, 24, 0.002).moved(y=0.562)
    node.add(merge([*bolts, band]), materials.polished_steel())
    outlet = pipe(bent([(0, 0.53, 0), (0, 0.595, 0), (0, 0.595, -0.12)], 0.02, 4), 0.013, 10)
    inlet = pipe(bent([(-0.150, 0.435, -0.06), (-0.185, 0.435, -0.075), (-0.185, 0.53, -0.075)], 0.02, 4), 0.016, 10)
    node.add(merge([outlet, inlet]), COPPER)
    node.add(
        _cut(
            [(0, 0.039), (0.138, 0.049), (0.159, 0.069), (0.163, 0.082), (0.163, 0.105), (0, 0.105)], 24, opening=OPEN
        ),
        OIL,
    )
    node.add(
        panel(0.104, 0.052).turned("x", -58).moved(y=0.0529, z=0.1878),
        materials.label(dials.type_plate("SCROLL COMPRESSOR", "ORBIT 15 MM", "2900 RPM")),
    )


def _motor(node: Node) -> None:
    """Stator with its end windings (cut as the shell is), the lower bearing, and the frame under the scrolls."""
    stack: Outline = [(0.090, 0.165), (0.163, 0.165), (0.163, 0.285), (0.090, 0.285)]
    node.add(_cut(stack, 24, 0.001), LAMINATION)
    coils = [
        _cut(
            rounded(
                [
                    (0.100, y),
                    (0.146, y),
                    (0.152, y + s * 0.014),
                    (0.142, y + s * 0.034),
                    (0.108, y + s * 0.034),
                    (0.098, y + s * 0.014),
                ][::s],
                0.006,
                1,
            ),
            18,
        )
        for y, s in ((0.286, 1), (0.164, -1))
    ]
    node.add(merge(coils), COPPER)
    lacing = [
        _cut([(0.101 + a, y), (0.150 + a, y), (0.150 + a, y + 0.004), (0.101 + a, y + 0.004)], 18)
        for a, y in ((0.001, 0.303), (0.001, 0.144))
    ]
    node.add(merge(lacing), IRON)
    lower = merge(
        [
            tube(0.042, 0.0185, 0.045, 16, 0.003).moved(y=0.075),
            *(box(0.125, 0.012, 0.03, 0.003).moved(x=0.1, y=0.09).turned("y", turn) for turn in (30, 90, 150)),
        ]
    )
    frame: Outline = [
        (0.028, 0.310), (0.052, 0.310), (0.056, 0.335), (0.150, 0.345), (0.163, 0.345), (0.163, 0.392),
        (0.132, 0.392), (0.132, 0.372), (0.060, 0.368), (0.056, 0.350), (0.028, 0.350),
    ]  # fmt: skip
    node.add(merge([lower, _cut(frame, 20, 0.0015)]), IRON)
    node.add(_faces(frame), CUT)


def _fixed_scroll(node: Node) -> None:
    """The wrap hangs from a plate; plate and rim are cut, the wrap is whole so that its walls can be followed."""
    low, high = SCROLL_Y, SCROLL_Y + WRAP
    wrap = extrude(_wrap(180), WRAP - 0.0006, crease=40).facing("+y").moved(y=(low + high) / 2 + 0.0003)
    node.add(wrap, ALLOY)
    plate: Outline = [
        (0.012, high), (0.163, high), (0.163, high + 0.016), (0.075, high + 0.022), (0.045, high + 0.022),
        (0.040, high + 0.034), (0.012, high + 0.034),
    ]  # fmt: skip
    rim: Outline = [(0.152, low - 0.008), (0.163, low - 0.008), (0.163, high), (0.152, high)]
    opening = 176.0
    node.add(merge([_cut(plate, 20, 0.001, opening), _cut(rim, 20, 0.001, opening)]), ALLOY)
    node.add(merge([_faces(plate, opening), _faces(rim, opening)]), CUT)
    bolts = [cap_bolt(0.009).moved(x=0.142, y=high + 0.016).turned("y", turn) for turn in (20, 90, 160)]
    node.add(merge(bolts), IRON)


def _orbiting_scroll(node: Node) -> None:
    """Around its own middle, its plate's top at y = 0."""
    wrap = extrude(_wrap(0), WRAP - 0.0006, crease=40).facing("+y").moved(y=WRAP / 2 - 0.0003)
    plate = lathe([(0, -0.012), (0.134, -0.012), (0.134, 0), (0, 0)], 36, bevel=0.0015)
    boss = tube(0.034, 0.0245, 0.034, 20, 0.0015).moved(y=-0.045)
    node.add(merge([wrap, plate, boss]), Material("anodised aluminium", (196, 152, 74), 1.0, 0.34))


def _oldham(node: Node) -> None:
    keys = [box(0.022, 0.010, 0.014, 0.0015).moved(x=0.108 * s, y=0.010) for s in (-1, 1)]
    keys += [box(0.014, 0.010, 0.022, 0.0015).moved(z=0.108 * s, y=-0.004) for s in (-1, 1)]
    node.add(merge([tube(0.116, 0.100, 0.010, 24, 0.0015), *keys]), IRON)


def _shaft(node: Node) -> None:
    journal = lathe(
        [
            (0, 0.062),
            (0.010, 0.050),
            (0.018, 0.062),
            (0.018, 0.165),
            (0.022, 0.17),
            (0.022, 0.29),
            (0.0275, 0.30),
            (0.0275, 0.352),
            (0, 0.352),
        ],
        20,
        bevel=0.001,
    )
    pin = cylinder(0.0235, 0.036, 18, 0.0015).moved(x=ORBIT, y=0.352)
    node.add(merge([journal, pin]), materials.polished_steel())
    rotor = lathe([(0.021, 0.168), (0.0875, 0.168), (0.0875, 0.282), (0.021, 0.282)], 28, bevel=0.001)
    node.add(rotor, LAMINATION)
    rings = [tube(0.084, 0.045, 0.016, 20, 0.002).moved(y=y) for y in (0.282, 0.152)]
    fins = box(0.022, 0.012, 0.004, 0.001).moved(x=0.066, y=0.302).ringed(8)
    slots = [rod((0.0872, 0.170, 0), (0.0846, 0.280, 0.022), 0.0022, 8).ringed(9)]
    node.add(merge([*rings, fins, *slots]), ALLOY)
    weight = [
        lathe([(0.03, y), (0.075, y), (0.075, y + 0.022), (0.03, y + 0.022)], 14, bevel=0.0015, sweep=170).turned(
            "y", turn
        )
        for y, turn in ((0.309, 95), (0.127, -85))
    ]
    node.add(merge(weight), LAMINATION)
