"""An outside micrometer, 4:1, on a stand: the thimble turns six times and its spindle closes on a gauge block."""

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.angles import cosine, sine
from exhibit_api.demo.modelling.drawing import box as filled
from exhibit_api.demo.modelling.drawing import sheet, text
from exhibit_api.demo.modelling.mesh import Mesh, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.motion import turn
from exhibit_api.demo.modelling.outlines import Outline, arc, inset, rounded
from exhibit_api.demo.modelling.parts import cap_bolt
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, sphere
from exhibit_api.demo.modelling.textures import Texture, pictured

AXIS = 0.285  # height of the measuring line
PITCH, TURNS = 0.002, 6  # 0.5 mm at 4:1
GAP = PITCH * TURNS  # what the spindle closes
CLOSING, PAUSE = 9.0, 1.5  # seconds
KEYS = 54  # of one way; a turn between two keys stays under 90°

FRAME: Outline = [
    (-0.345, 0.315), (-0.345, 0.255), *arc(0.165, 180, 360, 15, (-0.18, 0.225)), (-0.015, 0.255), (-0.015, 0.315),
    (-0.085, 0.315), (-0.092, 0.245), *arc(0.098, 350, 190, 11, (-0.18, 0.235)), (-0.268, 0.245), (-0.275, 0.315),
]  # fmt: skip


def build() -> Model:
    """The instrument; the clip "run" turns the thimble forth and back, 0.5 mm of the original a turn."""
    model = Model("micrometer")
    _stand(model.node("stand"))
    _frame(model.node("frame"))
    thimble = model.node("thimble", at=(0, AXIS, 0))
    _thimble(thimble)
    times, shares = _there_and_back()
    model.keyframes(thimble, "translation", times, [(-GAP * share, AXIS, 0.0) for share in shares])
    model.keyframes(thimble, "rotation", times, [turn("x", 360 * TURNS * share) for share in shares])
    return model


def _there_and_back() -> tuple[list[float], list[float]]:
    """Seconds and shares of the way: softly closed, a pause, softly opened, a pause."""
    soft = [t * t * (3 - 2 * t) for t in (k / KEYS for k in range(KEYS + 1))]
    way = [CLOSING * k / KEYS for k in range(KEYS + 1)]
    back = CLOSING + PAUSE
    times = [*way, *(back + second for second in way), 2 * back]
    return times, [*soft, *soft[::-1], 0.0]


def _along(mesh: Mesh, x: float, y: float = 0.0) -> Mesh:
    """A turned part laid along +X, starting at x."""
    return mesh.turned("z", -90).moved(x=x, y=y)


def _frame(node: Node) -> None:
    line = rounded(FRAME, 0.016, 2)
    rim = extrude(line, 0.052, holes=[inset(line, 0.013)], bevel=0.003)
    bosses = [
        _along(lathe([(0, 0), (0.034, 0), (0.034, 0.078), (0, 0.078)], 32, bevel=0.004), x, AXIS)
        for x in (-0.35, -0.09)
    ]
    node.add(merge([rim, extrude(inset(line, 0.010), 0.034), *bosses]), materials.hammered_paint("sky").tiled(0.04))
    anvil = _along(cylinder(0.0155, 0.040, 28, 0.001), -0.275, AXIS)
    sleeve = _along(
        lathe([(0, 0), (0.034, 0), (0.034, 0.012), (0.031, 0.016), (0.031, 0.17), (0, 0.17)], 40, bevel=0.001),
        -0.015,
        AXIS,
    )
    block = box(0.078, 0.052, 0.034, 0.0012).moved(-0.196, AXIS, 0)
    node.add(merge([anvil, sleeve, block]), materials.polished_steel())
    pad = rounded([*arc(0.148, 205, 335, 16, (-0.18, 0.225)), *arc(0.112, 335, 205, 16, (-0.18, 0.230))], 0.012, 3)
    lever = extrude([*arc(0.011, 90, 270, 8), (0.034, -0.005), (0.036, 0.005)], 0.01, bevel=0.0015)
    node.add(
        merge([extrude(pad, 0.064, bevel=0.003), lever.turned("z", 62).moved(-0.052, 0.262, 0.033)]),
        materials.plastic("graphite"),
    )
    ticks = [
        panel(0.0006, 0.010 if k % 5 == 0 else 0.006).moved(x=0.004 * k, y=0.005 if k % 5 == 0 else 0.003)
        for k in range(26)
    ]
    halves = [panel(0.0006, 0.005).moved(x=0.004 * k + 0.002, y=-0.0035) for k in range(25)]
    datum = panel(0.118, 0.0007).moved(x=0.055)
    scale = merge([*ticks, *halves, datum]).moved(0.016, AXIS, 0.0312)
    node.add(scale, materials.plastic("black"))
    node.add(panel(0.072, 0.018).turned("z", 42).moved(-0.0926, 0.1317, 0.0322), materials.label(_range_plate()))


def _range_plate() -> Texture:
    picture = sheet(256, 64, (50, 53, 58))
    filled(picture, 6, 6, 250, 58, (208, 210, 208))
    text(picture, "0-25 MM", (100, 32), 18, (28, 30, 34))
    text(picture, "0.01", (208, 32), 13, (28, 30, 34))
    return pictured("micrometer-range", picture)


def _thimble(node: Node) -> None:
    spindle = _along(cylinder(0.0155, 0.12, 28, 0.001), -0.157 + GAP)
    line = [(0, 0.098), (0.0318, 0.098), (0.041, 0.126), (0.041, 0.305), (0, 0.305)]
    shell = _along(lathe(line, 48, bevel=0.0012), 0.0)
    ratchet = _along(
        lathe([(0, 0.305), (0.024, 0.305), (0.024, 0.318), (0.019, 0.322), (0, 0.322)], 32, bevel=0.001), 0.0
    )
    cap = sphere(0.012, 16, 8).scaled(0.5, 1, 1).moved(x=0.378)
    node.add(merge([spindle, shell, ratchet, cap]), materials.chrome())
    grip = _knurled(0.0428, 48, 0.088).moved(x=0.235)
    click = _knurled(0.026, 30, 0.050).moved(x=0.350)
    node.add(merge([grip, click]), materials.polished_steel())
    marks = []
    for k in range(50):
        long = k % 5 == 0
        mark = panel(0.017 if long else 0.011, 0.0007).moved(x=0.0 if long else -0.003)
        leaned = mark.turned("y", 18.2).moved(0.1095, 0.0, 0.0358)
        marks.append(leaned.turned("x", 7.2 * k))
    node.add(merge(marks), materials.plastic("black"))


def _knurled(radius: float, teeth: int, length: float) -> Mesh:
    """A straight-knurled grip round the x axis."""
    line = [
        (radius * reach * cosine(360 * (k + share) / teeth), radius * reach * sine(360 * (k + share) / teeth))
        for k in range(teeth)
        for share, reach in ((0.0, 0.955), (0.5, 1.0))
    ]
    return extrude(line, length, crease=20).facing("+x")


def _stand(node: Node) -> None:
    base = lathe(
        [(0, 0), (0.150, 0), (0.150, 0.018), (0.132, 0.034), (0.060, 0.040), (0, 0.040)], 48, bevel=0.003
    ).scaled(1.6, 1, 0.66)
    node.add(base.moved(x=-0.06), materials.plastic("graphite"))
    node.add(box(0.54, 0.026, 0.20, 0.005).moved(-0.06, -0.013, 0), materials.wood("walnut"))
    side: Outline = [
        (-0.245, 0.036),
        (-0.115, 0.036),
        (-0.120, 0.075),
        (-0.135, 0.098),
        (-0.225, 0.098),
        (-0.240, 0.075),
    ]
    jaw = extrude(side, 0.016, bevel=0.003)
    prop: Outline = [(-0.205, 0.02), (-0.155, 0.02), (-0.155, 0.07), (-0.205, 0.07)]
    node.add(merge([jaw.moved(z=0.041), jaw.moved(z=-0.041), extrude(prop, 0.09)]), materials.dark_steel())
    screws = merge(cap_bolt(0.013).turned("x", 90).moved(x, 0.066, 0.049) for x in (-0.21, -0.15))
    node.add(screws, materials.chrome())
    desk = extrude([(0.0, 0.0), (-0.05, 0.0), (-0.05, 0.004), (-0.008, 0.040), (0.0, 0.040)], 0.096, bevel=0.0015)
    node.add(desk.turned("y", 90).moved(0.045, 0.034, 0.030), materials.plastic("black"))
    node.add(
        panel(0.080, 0.040).turned("x", -49.4).moved(0.045, 0.0573, 0.0596),
        materials.label(dials.type_plate("MICROMETER", "SCALE 4:1", "1 DIV 0.01 MM")),
    )
