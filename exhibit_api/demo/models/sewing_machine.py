"""An industrial lockstitch machine on its table top: flat bed, C-shaped arm, needle bar, take-up lever, thread stand."""

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.mesh import Mesh, Vec3, at_each, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.motion import turn
from exhibit_api.demo.modelling.outlines import circle, rectangle, rounded
from exhibit_api.demo.modelling.parts import knob, vent_slots
from exhibit_api.demo.modelling.solids import box, cone, cylinder, extrude, lathe, panel, rod, torus, tube
from exhibit_api.demo.modelling.sweeps import curve, pipe, spring

BED = 0.100  # the height of the bed's top
NEEDLE: Vec3 = (-0.196, BED, 0.012)
SHAFT = 0.345  # the main shaft's height
STROKE = 0.032
STITCH = 1.6  # seconds in which the shaft turns once


def build() -> Model:
    """The machine; in the clip "run" the handwheel turns, the needle goes down and up, the take-up lever pulls."""
    model = Model("sewing-machine")
    still = model.node("machine")
    for assemble in (_table, _head, _thread):
        assemble(still)
    wheel = model.node("handwheel", at=(0.262, SHAFT, -0.01))
    _handwheel(wheel)
    model.spin(wheel, "x", seconds_per_turn=STITCH)
    bar = model.node("needle bar", at=(NEEDLE[0], BED, NEEDLE[2]))
    _needle_bar(bar)
    model.slide(bar, [(0, (0, 0, 0)), (STITCH / 2, (0, -STROKE, 0)), (STITCH, (0, 0, 0))])
    lever = model.node("take-up lever", at=(-0.196, 0.322, 0.052), rotation=turn("x", -14))
    lever.add(
        merge([rod((0, 0, 0), (0, 0, 0.04), 0.0035, 10), torus(0.005, 0.0018, 14, 6).turned("z", 90).moved(z=0.043)]),
        materials.chrome(),
    )
    model.swing(lever, "x", [(0, 0), (0.7, 44), (STITCH, 0)])
    return model


def _table(node: Node) -> None:
    top = extrude(rounded(rectangle(0.60, 0.34), 0.02, 4), 0.028, bevel=0.003).facing("+y").moved(y=0.034)
    node.add(top, materials.wood("beech"))
    feet = at_each(cylinder(0.022, 0.02, 16), [(x, 0, z) for x in (-0.25, 0.25) for z in (-0.12, 0.12)])
    tray = box(0.47, 0.014, 0.20, 0.003).moved(-0.02, 0.050, -0.01)
    node.add(merge([feet, tray]), materials.rubber())
    node.add(box(0.20, 0.0015, 0.11).moved(-0.20, BED + 0.0012, 0.015), materials.yarn((34, 74, 148)))


def _head(node: Node) -> None:
    bed = extrude(rounded(rectangle(0.47, 0.178), 0.022, 4), 0.050, bevel=0.004).facing("+y").moved(-0.02, 0.075, -0.01)
    arm = rounded(
        [
            (0.095, 0.098),
            (0.225, 0.098),
            (0.225, 0.395),
            (0.200, 0.408),
            (-0.225, 0.402),
            (-0.250, 0.385),
            (-0.250, 0.232),
            (-0.150, 0.232),
            (-0.128, 0.285),
            (0.070, 0.292),
            (0.092, 0.270),
        ],
        0.022,
        4,
    )
    shell = extrude(arm, 0.106, bevel=0.009).moved(z=-0.01)
    skirt = (
        extrude(rounded(rectangle(0.150, 0.124), 0.02, 3), 0.012, bevel=0.003).facing("+y").moved(0.160, 0.106, -0.01)
    )
    node.add(merge([bed, shell, skirt]), materials.plastic("ivory"))
    lid = extrude(rounded(rectangle(0.40, 0.086), 0.012, 3), 0.010, bevel=0.003).facing("+y").moved(-0.02, 0.408, -0.01)
    motor = lathe([(0, 0), (0.050, 0), (0.050, 0.030), (0.044, 0.036), (0, 0.036)], 32, bevel=0.002).turned("z", -90)
    foot_lift = merge(
        [
            rod((-0.19, 0.262, -0.055), (-0.19, 0.185, -0.085), 0.005, 8),
            box(0.05, 0.008, 0.018, 0.003).moved(-0.19, 0.182, -0.086),
        ]
    )
    rest = lathe([(0, 0), (0.018, 0), (0.016, 0.01), (0, 0.012)], 18).moved(-0.04, 0.413, -0.02)
    node.add(merge([lid, motor.moved(0.222, SHAFT, -0.01), foot_lift, rest]), materials.plastic("teal"))
    face = extrude(
        rounded([(-0.046, 0.238), (0.030, 0.238), (0.030, 0.390), (-0.046, 0.390)], 0.014, 3), 0.006, bevel=0.0015
    )
    plate = box(0.076, 0.003, 0.070, 0.001).moved(-0.196, BED, 0.012)
    slide = box(0.058, 0.0025, 0.070, 0.001).moved(-0.130, BED, 0.012)
    bars = [cylinder(0.0048, 0.10, 14).moved(NEEDLE[0] - 0.001, BED + 0.045, -0.016)]
    screws = [
        cylinder(0.005, 0.004, 8).turned("z", 90).moved(-0.2545, y, z) for y in (0.25, 0.378) for z in (-0.044, 0.008)
    ]
    node.add(
        merge([face.facing("-x").moved(-0.2515, 0, -0.018), plate, slide, *bars, *screws]), materials.polished_steel()
    )
    node.add(_presser(), materials.polished_steel())
    node.add(_fittings(), materials.chrome())
    dark = [
        vent_slots(5, 0.055, 0.005, 0.004, 0.011).moved(0.160, 0.24, 0.0435),
        lathe([(0, 0), (0.034, 0), (0.034, 0.006), (0, 0.006)], 28, bevel=0.001)
        .turned("x", 90)
        .moved(0.160, SHAFT, 0.042),
        knob(0.026, 0.022, 12).turned("x", 90).moved(0.160, SHAFT, 0.046),
        extrude(rounded(rectangle(0.012, 0.095), 0.005, 2), 0.004).moved(NEEDLE[0], 0.325, 0.0435),
        box(0.016, 0.012, 0.022, 0.003).moved(0.150, 0.165, 0.052),
        box(0.090, 0.054, 0.012, 0.004).turned("x", -25).moved(0.025, 0.425, 0.012),
    ]
    node.add(merge(dark), materials.plastic("black"))
    shown = panel(0.076, 0.038).moved(z=0.0065).turned("x", -25).moved(0.025, 0.426, 0.012)
    node.add(shown, materials.screen(dials.screen_picture("LOCKSTITCH", "5000 RPM", "4.0 MM")))
    node.add(
        panel(0.104, 0.052).moved(0.005, 0.345, 0.0442),
        materials.label(dials.type_plate("LOCKSTITCH", "STITCH 0-5 MM", "NO. 301")),
    )
    node.add(cylinder(0.006, 0.004, 12).moved(-0.165, 0.229, 0.015), materials.lamp("white"))


def _presser() -> Mesh:
    x, y, z = NEEDLE
    shank = box(0.010, 0.026, 0.010, 0.002).moved(x, y + 0.034, z - 0.016)
    sole = extrude(
        rounded([(-0.010, -0.022), (0.010, -0.022), (0.010, 0.024), (0.004, 0.032), (-0.010, 0.032)], 0.003, 2),
        0.004,
        holes=[circle(0.003, 10, (0, 0.0))],
        bevel=0.0008,
    ).facing("+y")
    neck = box(0.009, 0.018, 0.014, 0.002).moved(x, y + 0.016, z - 0.014)
    return merge(
        [shank, neck, sole.moved(x, y + 0.0045, z), spring(0.008, 0.0012, 0.03, 5, 10, 6).moved(x, 0.20, z - 0.016)]
    )


def _fittings() -> Mesh:
    """Tension discs with their spring, thread guides, and the screws of the bed."""
    plate = lathe([(0, 0), (0.006, 0), (0.017, 0.003), (0.017, 0.0045), (0, 0.003)], 18).turned("x", 90)
    discs = [plate.moved(-0.135, 0.300, 0.047), plate.turned("y", 180).moved(-0.135, 0.300, 0.058)]
    nut = cylinder(0.009, 0.012, 12, 0.001).turned("x", 90).moved(-0.135, 0.300, 0.066)
    stem = cylinder(0.003, 0.045, 10).turned("x", 90).moved(-0.135, 0.300, 0.04)
    guides = [
        torus(0.005, 0.0014, 10, 5).turned("x", 90).moved(x, y, 0.05) for x, y in ((-0.165, 0.268), (-0.10, 0.372))
    ]
    pin = rod((-0.04, 0.41, -0.02), (-0.04, 0.455, -0.02), 0.0028, 8)
    return merge(
        [
            *discs,
            nut,
            stem,
            *guides,
            pin,
            spring(0.006, 0.001, 0.012, 3, 10, 6).turned("x", 90).moved(-0.135, 0.300, 0.056),
        ]
    )


def _needle_bar(node: Node) -> None:
    bar = cylinder(0.005, 0.155, 14, 0.001).moved(y=0.085)
    clamp = lathe([(0, 0.070), (0.0075, 0.070), (0.0075, 0.088), (0, 0.088)], 16, bevel=0.001)
    screw = cylinder(0.003, 0.012, 8).turned("z", -90).moved(0.004, 0.079, 0)
    needle = lathe([(0, 0.030), (0.0012, 0.036), (0.0012, 0.056), (0.0019, 0.058), (0.0019, 0.072), (0, 0.072)], 10)
    node.add(merge([bar, clamp, screw, needle]), materials.polished_steel())


def _handwheel(node: Node) -> None:
    wheel = lathe(
        [
            (0, 0),
            (0.040, 0),
            (0.058, 0.006),
            (0.066, 0.014),
            (0.066, 0.026),
            (0.058, 0.032),
            (0.050, 0.026),
            (0.030, 0.020),
            (0, 0.020),
        ],
        28,
        bevel=0.0015,
    )
    flutes = cylinder(0.006, 0.014, 6).moved(x=0.0635, y=0.013).ringed(14)
    node.add(merge([wheel, flutes]).turned("z", -90), materials.plastic("graphite"))
    cap = merge([cylinder(0.016, 0.008, 24, 0.002).moved(y=0.019), cylinder(0.006, 0.004, 14).moved(x=0.040, y=0.022)])
    node.add(cap.turned("z", -90), materials.chrome())


def _thread(node: Node) -> None:
    pole = rod((0.24, 0.048, -0.13), (0.24, 0.495, -0.13), 0.006, 12)
    arms = [rod((0.17, y, -0.13), (0.29, y, -0.13), 0.004, 8) for y in (0.12, 0.488)]
    eyes = [torus(0.007, 0.0018, 10, 5).moved(x, 0.488, -0.122) for x in (0.178, 0.282)]
    node.add(
        merge([pole, *arms, *eyes, cylinder(0.02, 0.012, 20, 0.002).moved(0.24, 0.048, -0.13)]), materials.chrome()
    )
    spools = [
        lathe([(0, 0), (0.030, 0), (0.032, 0.004), (0.017, 0.090), (0, 0.090)], 24).moved(x, 0.13, -0.13)
        for x in (0.184, 0.272)
    ]
    plates = [cylinder(0.036, 0.008, 24, 0.001).moved(x, 0.122, -0.13) for x in (0.184, 0.272)]
    tips = [cone(0.016, 0.010, 0.022, 16).moved(x, 0.218, -0.13) for x in (0.184, 0.272)]
    node.add(spools[0], materials.yarn((34, 74, 148)))
    node.add(spools[1], materials.yarn((206, 62, 40)))
    node.add(merge([*plates, *tips]), materials.plastic("white"))
    line: list[Vec3] = [
        (0.184, 0.24, -0.13),
        (0.178, 0.488, -0.122),
        (-0.04, 0.446, -0.02),
        (-0.10, 0.372, 0.05),
        (-0.135, 0.283, 0.052),
        (-0.165, 0.268, 0.051),
        (-0.196, 0.336, 0.093),
        (-0.196, 0.23, 0.022),
        (-0.196, 0.135, 0.016),
    ]
    node.add(pipe(line, 0.0009, 6), materials.yarn((34, 74, 148)))
    node.add(tube(0.012, 0.008, 0.006, 16).moved(0.24, 0.30, -0.13), materials.plastic("black"))
    loose: list[Vec3] = [(0.272, 0.24, -0.13), (0.276, 0.36, -0.126), (0.282, 0.488, -0.122), (0.255, 0.40, -0.10)]
    node.add(pipe(curve(loose, 4), 0.0009, 6), materials.yarn((206, 62, 40)))
