"""A five-axis fork milling head over a blisk: the fork turns about the vertical, the spindle tilts in it and runs."""

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.blades import blade
from exhibit_api.demo.modelling.mesh import Mesh, Vec3, at_each, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.outlines import Outline, arc, rectangle, rounded
from exhibit_api.demo.modelling.parts import bolt_circle
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, tube
from exhibit_api.demo.modelling.sweeps import bent, curve, pipe

HEAD_Z = 0.06  # the rotary axis stands this far in front of the stand's middle
RAM_FOOT, PIVOT = 0.745, 0.475  # heights of the rotary flange and of the tilting axis
ARM_X = 0.118  # the fork's arms from the middle


def build() -> Model:
    """The head on its column; the clip "run" swings both axes while the spindle turns."""
    model = Model("five-axis-head")
    _stand(model.node("stand"))
    fork = model.node("C axis", at=(0, RAM_FOOT, HEAD_Z))
    _fork(fork)
    tilt = model.node("A axis", parent=fork, at=(0, PIVOT - RAM_FOOT, 0))
    _spindle_housing(tilt)
    spindle = model.node("spindle", parent=tilt, at=(0, -0.175, 0))
    _spindle(spindle)
    model.swing(fork, "y", [(0, 0), (3, 55), (6, 55), (9, -50), (11, -50), (14, 0)])
    model.swing(tilt, "x", [(0, 0), (3, 28), (6, -20), (9, 30), (11, 30), (14, 0)])
    model.spin(spindle, "y", turns=20, seconds_per_turn=0.7)
    return model


def _fork(node: Node) -> None:
    flange = lathe(
        [(0, 0.0), (0.150, 0.0), (0.150, -0.035), (0.142, -0.045), (0.142, -0.085), (0, -0.085)], 36, bevel=0.004
    )
    arm: Outline = rounded([
        (-0.085, -0.07), (0.085, -0.07), (0.085, -0.17), (0.080, PIVOT - RAM_FOOT),
        *arc(0.080, 0, -180, 12, (0, PIVOT - RAM_FOOT))[1:], (-0.085, -0.17),
    ], 0.01, 2)  # fmt: skip
    cheek = extrude(arm, 0.060, bevel=0.008).facing("+x")
    bridge = box(0.30, 0.07, 0.175, 0.014).moved(y=-0.105)
    node.add(merge([flange, bridge, cheek.moved(x=ARM_X), cheek.moved(x=-ARM_X)]), materials.paint("ivory", gloss=0.7))
    cover = lathe([(0, 0), (0.066, 0), (0.066, 0.010), (0.052, 0.018), (0, 0.018)], 28, bevel=0.002).turned("z", -90)
    covers = merge([cover.moved(x=0.147), cover.turned("y", 180).moved(x=-0.147)]).moved(y=PIVOT - RAM_FOOT)
    seam = tube(0.1445, 0.12, 0.008, 36, 0.001).moved(y=-0.049)
    node.add(merge([covers, seam]), materials.plastic("graphite"))
    bolts = bolt_circle(cylinder(0.006, 0.006, 6, 0.001), 0.058, 8, "x").moved(0.157, PIVOT - RAM_FOOT, 0)
    node.add(merge([bolts, bolts.turned("y", 180)]), materials.polished_steel())


def _spindle_housing(node: Node) -> None:
    body = lathe([
        (0, 0.135), (0.050, 0.135), (0.080, 0.105), (0.080, -0.070), (0.066, -0.070), (0.066, -0.118), (0.046, -0.150), (0.046, -0.175),
        (0, -0.175),
    ], 32, bevel=0.003)  # fmt: skip
    node.add(body, materials.polished_steel())
    trunnion = cylinder(0.060, 0.184, 28, 0.003).turned("z", -90).moved(x=-0.092)
    ring = lathe([(0.060, -0.100), (0.0685, -0.098), (0.0685, -0.084), (0.062, -0.082)], 32, crease=80)
    cap = lathe([(0, 0.134), (0.034, 0.134), (0.030, 0.158), (0.018, 0.172), (0, 0.172)], 20, bevel=0.003)
    node.add(merge([trunnion, ring, cap]), materials.plastic("graphite"))
    nozzle = merge([cylinder(0.006, 0.030, 8, 0.001).turned("x", 14).moved(0, -0.200, 0.058)]).ringed(4, start=45)
    node.add(nozzle, materials.plastic("graphite"))


def _spindle(node: Node) -> None:
    nose = lathe([(0, 0.002), (0.040, 0.002), (0.040, -0.010), (0, -0.010)], 24, bevel=0.002)
    holder = lathe(
        [(0, -0.008), (0.031, -0.010), (0.031, -0.026), (0.024, -0.030), (0.017, -0.068), (0, -0.068)], 20, bevel=0.0015
    )
    lugs = merge([box(0.012, 0.010, 0.014, 0.001).moved(x, -0.013, 0) for x in (-0.034, 0.034)])
    node.add(merge([nose, holder, lugs]), materials.polished_steel())
    star = [
        point
        for k in range(4)
        for point in arc(0.0088, 90 * k, 90 * k + 42, 3) + arc(0.0045, 90 * k + 58, 90 * k + 78, 1)
    ]
    cutter = extrude(star, 0.055, twist=150, layers=8, bevel=0.001).facing("+y").moved(y=-0.112)
    shank = cylinder(0.0088, 0.025, 12, 0.001).moved(y=-0.088)
    node.add(merge([cutter, shank]), materials.Material("coated carbide", (196, 158, 74), 1.0, 0.26))


def _stand(node: Node) -> None:
    base = box(0.70, 0.055, 0.70, 0.006).moved(y=0.0275)
    column = box(0.30, 0.83, 0.20, 0.010).moved(0, 0.47, -0.235)
    gusset = extrude([(0, 0), (0.16, 0), (0.15, 0.03), (0, 0.30)], 0.03, bevel=0.004).turned("y", -90)
    ribs = [gusset.moved(x, 0.055, -0.14) for x in (-0.125, 0.125)]
    node.add(merge([base, column, *ribs]), materials.paint("graphite", gloss=0.45))
    ram_line = rounded(rectangle(0.235, 0.235), 0.03, 2)
    ram = extrude(ram_line, 0.235, bevel=0.006).facing("+y").moved(0, RAM_FOOT + 0.125, HEAD_Z)
    neck = box(0.20, 0.17, 0.20, 0.008).moved(0, 0.875, -0.07)
    node.add(merge([ram, neck]), materials.paint("ivory", gloss=0.7))
    slide = merge(box(0.03, 0.74, 0.02, 0.002).moved(x, 0.48, -0.128) for x in (-0.10, 0.10))
    ring = tube(0.1465, 0.11, 0.012, 36, 0.002).moved(0, RAM_FOOT - 0.001, HEAD_Z)
    grooves = merge(box(0.66, 0.003, 0.010).moved(0, 0.0556, z) for z in (-0.06, 0.09, 0.21, 0.29))
    node.add(merge([slide, ring, grooves, _bolts()]), materials.polished_steel())
    lights = tube(0.100, 0.082, 0.006, 24, 0.002).moved(0, RAM_FOOT - 0.006, HEAD_Z)
    node.add(
        merge([lights, box(0.006, 0.19, 0.004, 0.001).moved(0.098, 0.87, HEAD_Z + 0.1172)]), materials.lamp("blue")
    )
    table = lathe([(0, 0.055), (0.15, 0.055), (0.15, 0.085), (0.135, 0.095), (0, 0.095)], 36, bevel=0.003)
    node.add(table.moved(z=HEAD_Z), materials.plastic("graphite"))
    node.add(_blisk().moved(0, 0.092, HEAD_Z), materials.aluminium())
    hoses: list[list[Vec3]] = [
        [(x, 0.96, -0.02), (x * 1.1, 1.0, -0.10), (x, 0.99, -0.22), (x, 0.90, -0.34)] for x in (-0.05, 0.0, 0.05)
    ]
    whip: list[Vec3] = [(0.10, 0.90, 0.10), (0.19, 0.86, 0.12), (0.175, 0.76, 0.06), (0.146, 0.62, -0.20)]
    node.add(
        merge([*(pipe(bent(path, 0.05, 3), 0.012, 8) for path in hoses), pipe(curve(whip, 4), 0.009, 8)]),
        materials.rubber(),
    )
    plate = dials.type_plate("FIVE-AXIS HEAD", "24000/MIN  45 KW", "A +-110  C 360")
    node.add(panel(0.14, 0.07).moved(0, 0.905 - 0.045, HEAD_Z + 0.118).moved(x=0.001), materials.label(plate))


def _bolts() -> Mesh:
    bolt = cylinder(0.010, 0.010, 6, 0.0015)
    return at_each(bolt, [(x, 0.055, z) for x in (-0.31, 0.31) for z in (-0.31, 0.31)])


def _blisk() -> Mesh:
    """The workpiece: a bladed disc, half of it milled and half still a ring."""
    hub = lathe([(0, 0), (0.062, 0), (0.066, 0.035), (0.040, 0.055), (0.022, 0.060), (0, 0.060)], 32, bevel=0.002)
    one = blade(0.052, (0.040, 0.034), (62, 38), thicknesses=(0.12, 0.08), camber=0.08, stations=2, points=4)
    blades = one.moved(y=0.062).ringed(13, "z", start=-90, sweep=216).turned("x", -90).moved(y=0.022)
    rough = lathe([(0.060, 0.002), (0.112, 0.002), (0.112, 0.040), (0.060, 0.040)], 14, sweep=110, bevel=0.002).turned(
        "y", 170
    )
    return merge([hub, blades, rough])
