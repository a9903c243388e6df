"""A precision motion stage on granite: two crossed linear-motor axes under a bridge with a measuring microscope."""

from exhibit_api.demo.modelling import dials, materials, textures
from exhibit_api.demo.modelling.angles import cosine, sine
from exhibit_api.demo.modelling.mesh import Mesh, Vec3, at_each, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.outlines import Outline, rectangle, rounded
from exhibit_api.demo.modelling.parts import levelling_foot
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, tube
from exhibit_api.demo.modelling.sweeps import curve, pipe

TOP = 0.150  # height of the granite's top
LOWER, UPPER = 0.062, 0.058  # heights of the two axes
REACH = 0.13  # travel to each side


def build() -> Model:
    """The stage; the clip "run" drives a rectangle: the lower axis in x, the upper one in z."""
    model = Model("motion-stage")
    base = model.node("base and bridge")
    _base(base)
    _bridge(base)
    lower = model.node("x axis", at=(0, TOP, 0.06))
    _lower(lower)
    upper = model.node("z axis", parent=lower, at=(0, LOWER, 0))
    _upper(upper)
    a, b = (-REACH, 0.0, 0.0), (REACH, 0.0, 0.0)
    model.slide(lower, [(0, (0, 0, 0)), (2, a), (4, a), (7, b), (9, b), (11, (0, 0, 0)), (12, (0, 0, 0))])
    fore, aft = (0.0, 0.0, 0.10), (0.0, 0.0, -0.10)
    model.slide(upper, [(0, (0, 0, 0)), (2, (0, 0, 0)), (4, fore), (7, fore), (9, aft), (10, aft), (12, (0, 0, 0))])
    return model


def _rail(length: float) -> Mesh:
    """A profiled guide rail along x on y = 0."""
    line: Outline = [
        (-0.012, 0), (0.012, 0), (0.012, 0.006), (0.008, 0.010), (0.011, 0.014), (0.011, 0.020), (-0.011, 0.020),
        (-0.011, 0.014), (-0.008, 0.010), (-0.012, 0.006),
    ]  # fmt: skip
    return extrude(line, length, bevel=0.001).turned("y", 90)


def _truck() -> Mesh:
    """A guide carriage that rides a rail along x."""
    line: Outline = [
        (-0.024, 0.008), (-0.013, 0.008), (-0.013, 0.023), (0.013, 0.023), (0.013, 0.008), (0.024, 0.008),
        (0.024, 0.032), (-0.024, 0.032),
    ]  # fmt: skip
    return extrude(line, 0.07, bevel=0.0015).turned("y", 90)


def _magnets(length: float) -> Mesh:
    """The linear motor's magnet track along x on y = 0."""
    count = round(length / 0.03)
    return box(0.024, 0.006, 0.060, 0.001).turned("y", 8).repeated(count, (0.03, 0, 0)).moved(y=0.009)


def _chain(width: float) -> Mesh:
    """A cable drag chain in a U in the xy plane, from (0, 0) back over itself, its links along the way."""
    radius, run, links = 0.026, 0.16, []
    places = [(-0.018 * k, 0.0, 0.0) for k in range(9)]
    places += [(-run - radius * sine(a) * 0.9, radius - radius * cosine(a), -float(a)) for a in (45, 90, 135)]
    places += [(-run + 0.016 + 0.018 * k, 2 * radius, 0.0) for k in range(6)]
    for x, y, angle in places:
        links.append(box(0.0155, 0.016, width, 0.003).turned("z", angle).moved(x, y + 0.009, 0))
    return merge(links)


def _base(node: Node) -> None:
    node.add(box(0.80, 0.12, 0.80, 0.008).moved(y=TOP - 0.06), _granite())
    foot = levelling_foot(0.042, 0.045)
    rails = [_rail(0.70).moved(0, TOP, z) for z in (-0.09, 0.21)]
    node.add(
        merge([*rails, at_each(foot, [(x, 0, z) for x in (-0.32, 0.32) for z in (-0.32, 0.32)])]),
        materials.polished_steel(),
    )
    bed = box(0.70, 0.006, 0.075, 0.001).moved(0, TOP + 0.003, 0.06)
    stops = at_each(
        box(0.014, 0.024, 0.05, 0.003), [(x, TOP + 0.012, z) for x in (-0.352, 0.352) for z in (-0.09, 0.21)]
    )
    tray = box(0.30, 0.004, 0.05, 0.001).moved(-0.20, TOP + 0.002, 0.285)
    node.add(merge([bed, stops, tray]), materials.aluminium())
    node.add(_magnets(0.66).moved(0, TOP, 0.06), materials.polished_steel())
    node.add(_chain(0.032).moved(-0.13, TOP + 0.003, 0.285), materials.plastic("black"))
    node.add(box(0.66, 0.004, 0.010, 0.0005).moved(0, TOP + 0.022, 0.236), materials.polished_steel())
    node.add(
        panel(0.14, 0.07).moved(0, TOP - 0.06, 0.4003),
        materials.label(dials.type_plate("PRECISION STAGE", "TRAVEL 260 X 200 MM", "RESOLUTION 5 NM")),
    )


def _granite() -> materials.Material:
    """Polished black granite."""
    speckles = textures.speckled_colour((26, 27, 30), (54, 55, 59), 24)
    return materials.Material("black granite", (255, 255, 255), 0.0, 0.2, colour_texture=speckles, tile=0.25)


def _lower(node: Node) -> None:
    """The carriage of the x axis with the rails of the z axis on it."""
    plate = extrude(rounded(rectangle(0.30, 0.44), 0.012, 2), 0.026, holes=[rectangle(0.10, 0.12)], bevel=0.002).facing(
        "+y"
    )
    cheeks = at_each(box(0.016, 0.022, 0.44, 0.002), [(x, 0.058, 0) for x in (-0.142, 0.142)])
    node.add(merge([plate.moved(y=0.045), cheeks]), materials.aluminium())
    trucks = at_each(_truck(), [(x, 0, z) for x in (-0.10, 0.10) for z in (-0.15, 0.15)])
    rails = at_each(_rail(0.43).turned("y", 90), [(x, LOWER - 0.002, 0) for x in (-0.10, 0.10)])
    screws = at_each(
        cylinder(0.0055, 0.004, 8, 0.001), [(x, 0.058, z) for x in (-0.122, 0.122) for z in (-0.19, -0.12, 0.12, 0.19)]
    )
    node.add(merge([trucks, rails, screws]), materials.polished_steel())
    coil = box(0.15, 0.022, 0.056, 0.003).moved(y=0.028)
    node.add(merge([coil, box(0.04, 0.03, 0.03, 0.003).moved(0.02, 0.045, 0.228)]), materials.plastic("graphite"))
    node.add(_magnets(0.39).turned("y", 90).moved(0, LOWER - 0.004, 0), materials.polished_steel())


def _upper(node: Node) -> None:
    """The table of the z axis: a grid of threaded holes, and a chuck with a patterned wafer."""
    node.add(box(0.27, 0.022, 0.27, 0.003).moved(y=UPPER - 0.005), materials.plastic("black"))
    table = box(0.29, 0.016, 0.29, 0.002).moved(y=UPPER + 0.014)
    chuck = lathe([(0, 0), (0.098, 0), (0.098, 0.010), (0.090, 0.016), (0, 0.016)], 40, bevel=0.001).moved(
        y=UPPER + 0.022
    )
    trucks = at_each(_truck().turned("y", 90), [(x, 0.002, z) for x in (-0.10, 0.10) for z in (-0.09, 0.09)])
    node.add(merge([table, trucks]), materials.aluminium())
    node.add(chuck, materials.plastic("black"))
    wafer = cylinder(0.082, 0.0022, 40, 0.0006).moved(y=UPPER + 0.038)
    node.add(wafer, materials.chrome())
    dies = [
        panel(0.013, 0.013).facing("+y").moved(x * 0.0155, UPPER + 0.0406, z * 0.0155)
        for x in range(-4, 5) for z in range(-4, 5) if x * x + z * z <= 19
    ]  # fmt: skip
    node.add(merge(dies), materials.Material("wafer dies", (96, 92, 168), 0.8, 0.25))
    holes = [
        cylinder(0.004, 0.0012, 8).moved(x, UPPER + 0.0222, z)
        for x in (-0.127, -0.085, 0.085, 0.127)
        for z in (-0.127, -0.1, 0.1, 0.127)
    ]
    node.add(merge(holes), materials.plastic("black"))


def _bridge(node: Node) -> None:
    legs = at_each(box(0.085, 0.20, 0.11, 0.006), [(x, TOP + 0.10, -0.21) for x in (-0.352, 0.352)])
    beam = box(0.79, 0.10, 0.10, 0.006).moved(0, TOP + 0.245, -0.215)
    node.add(merge([legs, beam]), _granite())
    arm = box(0.12, 0.14, 0.03, 0.004).moved(0, TOP + 0.245, -0.15)
    slide = box(0.085, 0.20, 0.03, 0.004).moved(0, TOP + 0.235, -0.122)
    node.add(merge([arm, slide]), materials.aluminium())
    tower = extrude(
        rounded([(-0.036, -0.036), (0.036, -0.036), (0.036, 0.30), (-0.036, 0.30)], 0.012, 2), 0.09, bevel=0.004
    )
    node.add(tower.scaled(1, 0.42, 1).moved(0, TOP + 0.24, -0.06), materials.plastic("ivory"))
    lens = lathe(
        [
            (0, 0.148),
            (0.010, 0.148),
            (0.016, 0.162),
            (0.022, 0.175),
            (0.022, 0.205),
            (0.030, 0.21),
            (0.030, 0.228),
            (0, 0.228),
        ],
        24,
        bevel=0.001,
    )
    camera = box(0.052, 0.05, 0.052, 0.004).moved(0, TOP + 0.366, -0.06)
    collar = tube(0.027, 0.020, 0.012, 24, 0.002).moved(y=0.184)
    node.add(merge([merge([lens, collar]).moved(0, TOP, -0.06), camera]), materials.plastic("black"))
    cable: list[Vec3] = [
        (0, TOP + 0.38, -0.06),
        (0.02, TOP + 0.40, -0.14),
        (0.10, TOP + 0.40, -0.22),
        (0.12, TOP + 0.30, -0.225),
    ]
    node.add(pipe(curve(cable, 4), 0.006, 6), materials.plastic("black"))
    node.add(cylinder(0.0105, 0.004, 16, 0.001).moved(0, TOP + 0.145, -0.06), materials.lamp("blue"))
    screen = panel(0.10, 0.05).moved(0.20, TOP + 0.245, -0.1648)
    node.add(screen, materials.screen(dials.screen_picture("STAGE", "X 0.000", "Z 0.000")))
