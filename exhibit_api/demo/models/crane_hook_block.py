"""A crane's hook block of 20 tonnes: three sheaves on one pin between cheek plates, a crosshead and a forged hook.

The block hangs by six falls of laid rope in a portal of its own; the hook lies in the plane that faces the visitor.
"""

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.angles import cosine, sine
from exhibit_api.demo.modelling.mesh import Mesh, Vec3, at_each, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.outlines import Outline, arc, circle, rectangle, rounded
from exhibit_api.demo.modelling.parts import gusset, hex_bolt, nut
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, rod
from exhibit_api.demo.modelling.sweeps import curve, pipe, sweep

AXLE = 0.70  # the pin's height
ROPE_RADIUS, ROPE = 0.140, 0.0085  # where the rope runs in its groove, and half the rope
SHEAVES = (-0.052, 0.0, 0.052)
TOP = 1.015  # the ropes' ends
CROSS = 0.455  # the crosshead's height
LOOP = 15.0
GROOVED: Outline = [
    (0.118, -0.012), (0.128, -0.020), (0.158, -0.020), (0.158, -0.015), (0.134, -0.007), (0.131, 0.0),
    (0.134, 0.007), (0.158, 0.015), (0.158, 0.020), (0.128, 0.020), (0.118, 0.012),
]  # fmt: skip


def build() -> Model:
    """The block in its portal; the clip "run" turns the sheaves 1 : 3 : 5, as six falls of one rope do."""
    model = Model("crane-hook-block")
    still = model.node("block in its portal")
    for assemble in (_portal, _ropes, _block, _hook):
        assemble(still)
    first = None
    for index, z in enumerate(SHEAVES):
        sheave = model.node(f"sheave {index + 1}", at=(0, AXLE, z), like=first)
        first = first or _sheave(sheave)
        turns = 2 * index + 1
        model.spin(sheave, "z", turns=turns, seconds_per_turn=LOOP / turns)
    return model


def _portal(node: Node) -> None:
    foot = box(0.50, 0.03, 0.40, 0.004).moved(y=0.015)
    posts = at_each(box(0.046, 1.0, 0.06, 0.004), [(-0.215, 0.53, 0), (0.215, 0.53, 0)])
    beam = extrude(rounded(rectangle(0.476, 0.085), 0.012, 2), 0.17, bevel=0.004).moved(y=1.06)
    ribs = [gusset(0.09, 0.16, 0.012).turned("y", way).moved(x, 0.03) for x in (-0.215, 0.215) for way in (90, -90)]
    node.add(merge([foot, posts, beam, *ribs]), materials.plastic("grey"))
    bolts = at_each(cylinder(0.015, 0.012, 6), [(x, 0.03, z) for x in (-0.19, 0.19) for z in (-0.17, 0.17)])
    node.add(bolts, materials.polished_steel())
    node.add(box(0.19, 0.01, 0.05, 0.002).moved(y=0.035, z=0.165), materials.dark_steel())
    plate = panel(0.15, 0.075).moved(y=1.06, z=0.0856)
    node.add(plate, materials.label(dials.type_plate("HOOK BLOCK", "SWL 20 T", "6 FALLS  D 17 MM")))


def _ropes(node: Node) -> None:
    strands = [
        (ROPE * (0.82 + 0.18 * cosine(3 * way)) * cosine(way), ROPE * (0.82 + 0.18 * cosine(3 * way)) * sine(way))
        for way in range(0, 360, 30)
    ]
    length = TOP - AXLE
    laid = extrude(strands, length, twist=360 * length / (7 * ROPE), layers=18, crease=80).facing("+y")
    falls = [laid.moved(x, AXLE + length / 2, z) for z in SHEAVES for x in (-ROPE_RADIUS, ROPE_RADIUS)]
    for z in SHEAVES:
        under: list[Vec3] = [(x, AXLE + y, z) for x, y in arc(ROPE_RADIUS, 180, 360, 12)]
        falls.append(pipe(under, ROPE * 0.95, 6))
    node.add(merge(falls), materials.dark_steel())
    socket = lathe([(0, -0.055), (0.011, -0.055), (0.017, -0.01), (0.017, 0.005), (0, 0.005)], 12)
    sockets = at_each(socket, [(x, TOP, z) for x in (-ROPE_RADIUS, ROPE_RADIUS) for z in SHEAVES])
    node.add(sockets, materials.polished_steel())


def _sheave(node: Node) -> Node:
    rim = lathe(GROOVED, 28, crease=35).turned("x", 90)
    hub = lathe([(0.026, -0.022), (0.044, -0.022), (0.044, 0.022), (0.026, 0.022)], 24, bevel=0.002).turned("x", 90)
    holes = [circle(0.022, 14, (0.082 * cosine(60 * k), 0.082 * sine(60 * k))) for k in range(6)]
    web = extrude(circle(0.122, 28), 0.014, holes=[circle(0.04, 16), *holes], bevel=0.0015)
    node.add(merge([rim, hub, web]), materials.plastic((176, 30, 26)))
    return node


def _cheek() -> Mesh:
    """A cheek plate that faces +Z: wide at the pin, tapering to the crosshead."""
    line = [
        *arc(0.092, -20, 200, 14, (0, AXLE)),
        *arc(0.062, 190, 350, 10, (0, CROSS)),
    ]
    return extrude(line, 0.018, bevel=0.003)


def _guard() -> Mesh:
    """A thin rope guard that hugs the lower half of the sheaves."""
    outer, inner = arc(0.176, 194, 346, 22, (0, AXLE)), arc(0.168, 346, 194, 22, (0, AXLE))
    return extrude([*outer, *inner], 0.165, bevel=0.001)


def _block(node: Node) -> None:
    spacer = extrude([*arc(0.158, 160, 380, 26, (0, AXLE)), *arc(0.06, 20, 160, 8, (0, AXLE))], 0.003)
    plates = [_cheek().moved(z=z) for z in (-0.096, 0.096)]
    walls = [spacer.moved(z=z) for z in (-0.081, 0.081)]
    node.add(merge([*plates, *walls, _guard()]), materials.plastic("yellow"))
    band = extrude(rounded([(-0.060, 0.50), (0.060, 0.50), (0.070, 0.585), (-0.070, 0.585)], 0.006, 2), 0.002)
    node.add(merge([band.moved(z=0.106), band.moved(z=-0.106)]), materials.hazard().tiled(0.12))
    pin = cylinder(0.030, 0.25, 28, 0.003).turned("x", 90).moved(y=AXLE, z=-0.125)
    trunnion = cylinder(0.034, 0.236, 28, 0.003).turned("x", 90).moved(y=CROSS, z=-0.118)
    locks = [
        merge(
            [
                box(0.08, 0.02, 0.008, 0.001),
                hex_bolt(0.010).turned("x", 90).moved(x=0.029, z=0.004),
                hex_bolt(0.010).turned("x", 90).moved(x=-0.029, z=0.004),
            ]
        ).moved(y=y, z=0.109)
        for y in (AXLE + 0.045, CROSS - 0.042)
    ]
    ties = [
        rod((x, y, -0.100), (x, y, 0.100), 0.008, 8)
        for x, y in ((-0.163, AXLE - 0.07), (0.163, AXLE - 0.07), (-0.10, AXLE - 0.145), (0.10, AXLE - 0.145))
    ]
    nipple = lathe([(0, 0), (0.007, 0), (0.007, 0.006), (0.004, 0.010), (0, 0.012)], 10).turned("x", 90)
    node.add(merge([pin, trunnion, *locks, *ties, nipple.moved(y=AXLE, z=0.125)]), materials.polished_steel())
    cross = lathe([(0, -0.036), (0.058, -0.036), (0.058, 0.036), (0, 0.036)], 28, bevel=0.006).moved(y=CROSS)
    flanks = box(0.085, 0.066, 0.16, 0.008).moved(y=CROSS)
    bolt_heads = [nut(0.018).turned("x", 90).moved(x, AXLE + 0.06, 0.105) for x in (-0.055, 0.055)]
    node.add(merge([cross, flanks, *bolt_heads]), materials.dark_steel())
    swl = panel(0.076, 0.038).moved(y=AXLE - 0.072, z=0.1056)
    node.add(swl, materials.label(dials.type_plate("SWL", "20 T")))


def _hook(node: Node) -> None:
    line: list[Vec3] = [
        (0, 0.49, 0),
        (0, 0.43, 0),
        (0.002, 0.385, 0),
        (0.030, 0.340, 0),
        (0.078, 0.290, 0),
        (0.100, 0.220, 0),
        (0.074, 0.145, 0),
        (0.004, 0.112, 0),
        (-0.066, 0.140, 0),
        (-0.100, 0.205, 0),
        (-0.118, 0.262, 0),
    ]
    path = curve(line, 4)
    stations = (0.74, 0.74, 0.80, 0.95, 1.08, 1.2, 1.26, 1.3, 1.14, 0.80, 0.30)
    scales = []
    for k in range(len(path)):
        place = k / 4
        low = min(int(place), len(stations) - 2)
        scales.append(stations[low] + (stations[low + 1] - stations[low]) * (place - low))
    section = [
        (x * 0.85, y) for x, y in rounded([(-0.03, -0.036), (0.03, -0.036), (0.036, 0.036), (-0.036, 0.036)], 0.022, 3)
    ]
    node.add(sweep(section, path, scales=scales, crease=70), materials.dark_steel())
    thread = cylinder(0.026, 0.05, 20, 0.002).moved(y=CROSS + 0.034)
    latch = extrude(rounded([(-0.012, 0), (0.012, 0), (0.009, 0.125), (-0.009, 0.125)], 0.006, 2), 0.030, bevel=0.002)
    bolt = cylinder(0.008, 0.062, 12).turned("x", 90).moved(z=-0.031)
    tongue = merge([latch.turned("z", 118), bolt]).moved(0.002, 0.318, 0)
    node.add(merge([thread, nut(0.04).moved(y=CROSS + 0.034)]), materials.polished_steel())
    node.add(tongue, materials.chrome())
