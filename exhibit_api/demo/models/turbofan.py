"""A turbofan engine, 1:3, its right upper quarter cut open: fan, booster, core, combustor, turbines and nozzle."""

from dataclasses import replace

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.angles import cosine, sine
from exhibit_api.demo.modelling.blades import blade
from exhibit_api.demo.modelling.materials import Material
from exhibit_api.demo.modelling.mesh import Mesh, Vec3, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.outlines import Outline
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, rod
from exhibit_api.demo.modelling.sweeps import pipe

AXIS = 0.475
CUT, SWEEP = 84.0, 258.0  # where the casings begin and how far they run; the rest is cut away
BLADES_IN_ROW = 26
LOOP = 24.0

NACELLE: Outline = [
    (0.350, 0.44), (0.345, 0.53), (0.350, 0.575), (0.364, 0.60), (0.382, 0.585), (0.400, 0.50), (0.404, 0.36), (0.392, 0.12),
    (0.366, -0.10), (0.358, -0.10), (0.352, 0.05), (0.348, 0.28),
]  # fmt: skip
COWL: Outline = [
    (0.196, 0.345), (0.203, 0.355), (0.214, 0.30), (0.216, 0.10), (0.208, -0.10), (0.186, -0.30), (0.160, -0.44), (0.154, -0.44),
    (0.168, -0.32), (0.172, -0.10), (0.158, 0.10), (0.178, 0.24),
]  # fmt: skip
LINER: Outline = [
    (0.152, -0.015), (0.160, -0.03), (0.160, -0.10), (0.150, -0.135), (0.146, -0.135), (0.154, -0.10), (0.154, -0.032), (0.108, -0.032),
    (0.108, -0.10), (0.116, -0.135), (0.112, -0.135), (0.102, -0.10), (0.102, -0.03), (0.110, -0.015),
]  # fmt: skip
# Rows of flat blades: distance along z, hub and tip radius, chord, stagger.
LOW_ROWS = ((0.285, 0.130, 0.190, 0.036, 48.0), (0.238, 0.134, 0.178, 0.034, 48.0), (-0.215, 0.102, 0.160, 0.036, -50.0),
            (-0.265, 0.098, 0.164, 0.038, -50.0), (-0.318, 0.092, 0.164, 0.040, -48.0))  # fmt: skip
CORE_ROWS = ((0.180, 0.104, 0.164, 0.030, 46.0), (0.142, 0.110, 0.158, 0.027, 46.0), (0.107, 0.115, 0.156, 0.025, 46.0),
             (0.074, 0.119, 0.154, 0.023, 46.0), (0.044, 0.121, 0.151, 0.022, 46.0), (-0.165, 0.108, 0.152, 0.030, -52.0))  # fmt: skip


def build() -> Model:
    """The engine on its stand; the clip "run" turns the fan's spool twice and the core's five times the other way."""
    model = Model("turbofan")
    engine = model.node("engine", at=(0, AXIS, 0))
    _stand(engine)
    _casings(engine)
    low = model.node("low-pressure spool", at=(0, AXIS, 0))
    _low_spool(low)
    model.spin(low, "z", turns=-2, seconds_per_turn=LOOP / 2)
    core = model.node("high-pressure spool", at=(0, AXIS, 0))
    _core_spool(core)
    model.spin(core, "z", turns=-5, seconds_per_turn=LOOP / 5)
    return model


def _thin() -> Material:
    """For blades that are one sheet: seen from both sides."""
    return replace(materials.polished_steel(), name="thin blades", double_sided=True)


def _shell(line: Outline, segments: int) -> Mesh:
    """A casing round the z axis with the quarter left out."""
    return lathe(line, segments, sweep=SWEEP).turned("x", 90).turned("z", CUT)


def _cut_faces(line: Outline) -> Mesh:
    face = extrude(line, 0.0016).turned("x", 90)
    return merge([face.turned("z", CUT - 0.15), face.turned("z", CUT + SWEEP + 0.15)])


def _row(place: float, hub: float, tip: float, chord: float, stagger: float) -> Mesh:
    """A row of thin flat blades, their feet in the drum."""
    sheet = panel(chord, tip - hub + 0.006).turned("y", 90 - stagger).moved(y=(hub + tip) / 2 - 0.003, z=place)
    return sheet.ringed(BLADES_IN_ROW, "z")


def _low_spool(node: Node) -> None:
    fan = blade(0.255, (0.100, 0.112, 0.122), (68, 50, 34), thicknesses=(0.10, 0.05), camber=0.05, stations=5, points=3)
    node.add(fan.moved(y=0.086, z=0.425).ringed(18, "z"), _thin())
    spinner = lathe(
        [(0, 0.385), (0.094, 0.385), (0.088, 0.455), (0.066, 0.515), (0.034, 0.56), (0, 0.578)], 32, bevel=0.002
    )
    drum = lathe([(0, 0.215), (0.134, 0.215), (0.130, 0.31), (0.098, 0.37), (0.09, 0.386), (0, 0.386)], 32, bevel=0.002)
    shaft = cylinder(0.034, 0.60, 16, 0.003).moved(y=-0.34)
    rear = lathe([(0, -0.355), (0.090, -0.345), (0.104, -0.20), (0.036, -0.195), (0, -0.195)], 28, bevel=0.002)
    node.add(merge([spinner, drum, shaft, rear]).turned("x", 90), materials.plastic("graphite"))
    spiral: list[Vec3] = []
    for k in range(15):
        share = k / 14
        radius, z = 0.030 + 0.050 * share, 0.566 - 0.085 * share - 0.012 * share * share
        spiral.append((radius * cosine(330 * share), radius * sine(330 * share), z))
    node.add(pipe(spiral, 0.0065, 6), materials.plastic("white"))
    node.add(merge(_row(*row) for row in LOW_ROWS), _thin())


def _core_spool(node: Node) -> None:
    line = [
        (0.060, 0.205), (0.100, 0.205), (0.108, 0.16), (0.117, 0.09), (0.122, 0.025), (0.090, 0.005),
        (0.090, -0.145), (0.108, -0.15), (0.108, -0.182), (0.060, -0.182),
    ]  # fmt: skip
    node.add(lathe(line, 32, bevel=0.002).turned("x", 90), materials.plastic((120, 96, 70)))
    node.add(merge(_row(*row) for row in CORE_ROWS), _thin())


def _casings(node: Node) -> None:
    node.add(_shell(NACELLE, 40), materials.paint("white", gloss=0.8))
    lip: Outline = [(0.3435, 0.535), (0.3485, 0.577), (0.3640, 0.6025), (0.3840, 0.587), (0.392, 0.548), (0.360, 0.548)]
    nozzle: Outline = [(0.176, -0.295), (0.190, -0.295), (0.166, -0.455), (0.151, -0.455)]
    cone = lathe(
        [(0, -0.345), (0.088, -0.345), (0.080, -0.42), (0.052, -0.50), (0.016, -0.565), (0, -0.57)], 24, bevel=0.002
    )
    node.add(merge([_shell(lip, 36), _shell(nozzle, 28), cone.turned("x", 90)]), materials.aluminium().tiled(0.2))
    node.add(_shell(COWL, 32), materials.plastic("grey"))
    node.add(_shell(LINER, 28), materials.copper())
    flame: Outline = [
        (0.112, -0.045),
        (0.148, -0.045),
        (0.150, -0.09),
        (0.138, -0.128),
        (0.122, -0.128),
        (0.112, -0.09),
    ]
    node.add(
        lathe(flame, 24, sweep=SWEEP - 16, bevel=0.006).turned("x", 90).turned("z", CUT + 8), materials.lamp("amber")
    )
    node.add(merge(_cut_faces(line) for line in (NACELLE, COWL)), materials.plastic("red"))
    vane = box(0.010, 0.148, 0.075, 0.003).moved(y=0.282, z=0.235)
    vanes = merge(vane.turned("z", CUT - 90 + 8 + 24.0 * k) for k in range(11))
    flange = [(0.398, 0.345), (0.411, 0.345), (0.411, 0.357), (0.398, 0.357)]
    pipes = [
        _hoop(0.222, z, start, sweep) for z, start, sweep in ((0.06, 200, 110), (0.00, 215, 100), (-0.05, 190, 120))
    ]
    node.add(merge([vanes, _shell(flange, 36), *pipes]), materials.dark_steel())
    injectors = [
        rod((0.215, -0.02, 0), (0.150, -0.035, 0), 0.008, 8, 0.001).turned("x", 90).turned("z", CUT + 6 + 30.0 * k)
        for k in range(9)
    ]
    node.add(merge(injectors), materials.copper())


def _hoop(radius: float, z: float, start: float, sweep: float) -> Mesh:
    """A fuel or bleed pipe round the core."""
    path = [(radius * cosine(start + sweep * k / 10), radius * sine(start + sweep * k / 10), z) for k in range(11)]
    return pipe(path, 0.007, 6)


def _stand(node: Node) -> None:
    side: Outline = [
        (-0.25, 0.03), (0.25, 0.03), (0.25, 0.05), (0.22, 0.13),
        *((0.40 * cosine(a), AXIS + 0.402 * sine(a)) for a in range(-60, -121, -10)),
        (-0.22, 0.13), (-0.25, 0.05),
    ]  # fmt: skip
    front = extrude(side, 0.03, bevel=0.004).moved(z=0.30)
    post = box(0.06, 0.26, 0.05, 0.006).moved(0, 0.155, -0.26)
    saddle = box(0.16, 0.03, 0.08, 0.006).moved(0, 0.282, -0.26)
    rail = box(0.07, 0.05, 0.62, 0.006).moved(0, 0.05, 0.02)
    plinth = box(0.62, 0.036, 1.15, 0.006).moved(0, 0.018, 0.045)
    node.add(merge([front, front.moved(z=-0.18), post, saddle, rail, plinth]).moved(y=-AXIS), materials.plastic("navy"))
    bolts = merge(cylinder(0.012, 0.012, 6, 0.002).moved(x, 0.036, z) for x in (-0.27, 0.27) for z in (-0.49, 0.58))
    node.add(bolts.moved(y=-AXIS), materials.dark_steel())
    plate = dials.type_plate("TURBOFAN DEMONSTRATOR", "BYPASS RATIO 9:1", "SCALE 1:3")
    place = (0.0, 0.077 - AXIS, 0.575)
    node.add(box(0.216, 0.116, 0.012, 0.003).turned("x", -45).moved(*place), materials.plastic("navy"))
    node.add(panel(0.20, 0.10).moved(z=0.0066).turned("x", -45).moved(*place), materials.label(plate))
