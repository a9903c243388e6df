"""A six-axis welding robot with wire feeder and torch, 1.6 m high; the clip "run" follows a seam and returns."""

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.materials import Material
from exhibit_api.demo.modelling.mesh import Mesh, Vec3, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.motion import turn
from exhibit_api.demo.modelling.outlines import arc, circle, rectangle, rounded
from exhibit_api.demo.modelling.parts import bolt_circle, cable_gland, gusset, vent_slots
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, rod, torus, tube
from exhibit_api.demo.modelling.sweeps import bent, curve, pipe, sweep

SHOULDER: Vec3 = (0.0, 0.27, 0.14)  # from the turntable
UPPER = 0.60  # shoulder to elbow
FOREARM = 0.66  # elbow to wrist
RISE = 0.10  # the forearm's axis lies above the elbow
BODY = Material("orange enamel", materials.PAINTS["orange"], 0.0, 0.34)
DARK, LIGHT = materials.plastic("graphite"), materials.plastic("ivory")


def build() -> Model:
    """The robot; every joint is a node named after its axis, a child of the joint before it."""
    model = Model("welding-robot")
    _base(model.node("base"))
    j1 = model.node("axis 1", at=(0, 0.40, 0), rotation=turn("y", -24))
    _turntable(j1)
    j2 = model.node("axis 2", parent=j1, at=SHOULDER, rotation=turn("x", -14))
    _upper_arm(j2)
    j3 = model.node("axis 3", parent=j2, at=(0, UPPER, 0), rotation=turn("x", 30))
    _elbow(j3)
    j4 = model.node("axis 4", parent=j3, at=(0, RISE, 0.20))
    _forearm(j4)
    j5 = model.node("axis 5", parent=j4, at=(0, 0, FOREARM - 0.20), rotation=turn("x", 34))
    _wrist(j5)
    j6 = model.node("axis 6", parent=j5, at=(0, 0, 0.085))
    _torch(j6)
    model.swing(j1, "y", [(0, 0), (2, 0), (5, 34), (6, 34), (9, 0)])
    model.swing(j2, "x", [(0, 0), (2, 9), (5, 9), (6, 9), (9, 0)])
    model.swing(j3, "x", [(0, 0), (2, -4), (5, -4), (6, -4), (9, 0)])
    model.swing(j4, "z", [(0, 0), (2, 0), (3.5, 8), (6, -8), (9, 0)])
    model.swing(j5, "x", [(0, 0), (2, 6), (5, 6), (6, 6), (9, 0)])
    model.swing(j6, "z", [(0, 0), (2, -14), (5, 14), (6, 14), (9, 0)])
    return model


def _sideways(mesh: Mesh) -> Mesh:
    """A part turned about +Y, laid with its axis along +X."""
    return mesh.turned("z", -90)


def _motor(radius: float, length: float) -> Mesh:
    """A servo motor on y = 0: flange, finned case, cap."""
    flange = box(radius * 2.1, length * 0.1, radius * 2.1, radius * 0.12).moved(y=length * 0.05)
    case = rounded([(-radius, -radius), (radius, -radius), (radius, radius), (-radius, radius)], radius * 0.35, 2)
    body = extrude(case, length * 0.56, bevel=radius * 0.06).facing("+y").moved(y=length * 0.38)
    fin = box(radius * 1.7, length * 0.5, 0.004, 0.001).moved(y=length * 0.38)
    fins = merge(fin.moved(z=z) for z in (-radius * 1.03, radius * 1.03))
    cap = lathe(
        [
            (0, length * 0.66),
            (radius * 0.92, length * 0.66),
            (radius * 0.92, length * 0.95),
            (radius * 0.8, length),
            (0, length),
        ],
        18,
        bevel=radius * 0.08,
    )
    plug = box(radius * 0.8, length * 0.16, radius * 0.5, radius * 0.08).moved(y=length * 0.8, z=radius)
    return merge([flange, body, fins, cap, plug])


def _bolt(size: float) -> Mesh:
    """A plain head on y = 0, `size` the thread's diameter."""
    return cylinder(size * 0.8, size, 6, size * 0.14)


def _joint_cover(radius: float, bolts: int) -> tuple[Mesh, Mesh]:
    """A cover on y = 0 and its bolts."""
    cover = lathe(
        [(0, 0), (radius, 0), (radius, 0.012), (radius * 0.72, 0.016), (radius * 0.68, 0.011), (0, 0.011)],
        30,
        bevel=0.002,
    )
    return cover, bolt_circle(_bolt(0.008).moved(y=0.013), radius * 0.86, bolts)


def _base(node: Node) -> None:
    plate = extrude(rounded(rectangle(0.56, 0.56), 0.05, 4), 0.03, bevel=0.003).facing("+y").moved(y=0.015)
    node.add(plate, materials.polished_steel())
    anchors = [_bolt(0.022).moved(x, 0.03, z) for x in (-0.24, 0.24) for z in (-0.24, 0.24)]
    foot = lathe([
        (0, 0.03), (0.215, 0.03), (0.215, 0.06), (0.178, 0.085), (0.168, 0.30), (0.19, 0.335), (0.19, 0.36), (0, 0.36),
    ], 30, bevel=0.006)  # fmt: skip
    ribs = gusset(0.055, 0.17, 0.014).moved(x=0.165, y=0.06).ringed(8, start=22.5)
    node.add(merge([foot, ribs]), BODY)
    cabinet = box(0.22, 0.20, 0.12, 0.008).moved(y=0.17, z=-0.20)
    node.add(merge([cabinet, tube(0.192, 0.16, 0.022, 30, 0.003).moved(y=0.36)]), DARK)
    foot_bolts = bolt_circle(_bolt(0.012).moved(y=0.06), 0.198, 8)
    glands = merge(cable_gland(0.022).turned("x", -90).moved(x, 0.19, -0.26) for x in (-0.06, 0.0, 0.06))
    node.add(merge([*anchors, foot_bolts, glands]), materials.polished_steel())
    tails: list[list[Vec3]] = [
        [(x, 0.19, -0.27), (x, 0.18, -0.33), (x * 1.2, 0.06, -0.37), (x * 1.5, 0.016, -0.42)]
        for x in (-0.06, 0.0, 0.06)
    ]
    node.add(merge(pipe(curve(tail, 5), 0.011, 8) for tail in tails), DARK)
    node.add(
        panel(0.13, 0.065).moved(y=0.20, z=0.1795),
        materials.label(dials.type_plate("SIX-AXIS WELDER", "REACH 1450 MM", "LOAD 8 KG")),
    )
    node.add(box(0.144, 0.079, 0.02, 0.002).moved(y=0.20, z=0.169), DARK)


def _turntable(node: Node) -> None:
    ring = lathe(
        [(0, -0.017), (0.186, -0.017), (0.192, 0.02), (0.192, 0.05), (0.16, 0.075), (0, 0.075)], 30, bevel=0.005
    )
    side = rounded(
        [
            (-0.16, 0.05),
            (0.15, 0.05),
            (0.20, 0.14),
            (0.27, 0.22),
            (0.27, 0.34),
            (0.19, 0.40),
            (0.08, 0.385),
            (-0.04, 0.26),
            (-0.16, 0.2),
        ],
        0.045,
        5,
    )
    casting = extrude(side, 0.17, bevel=0.007).turned("y", -90).moved(x=-0.02)
    boss = _sideways(cylinder(0.125, 0.05, 28, 0.006)).moved(x=0.035, y=SHOULDER[1], z=SHOULDER[2])
    node.add(merge([ring, casting, boss]), BODY)
    band = _sideways(cylinder(0.128, 0.016, 28, 0.002)).moved(x=0.062, y=SHOULDER[1], z=SHOULDER[2])
    motor1 = _motor(0.062, 0.24).moved(y=0.19, z=-0.095)
    motor2 = _motor(0.070, 0.20).turned("z", 90).moved(-0.10, SHOULDER[1], SHOULDER[2])
    node.add(merge([motor1, motor2]), DARK)
    node.add(merge([band, bolt_circle(_bolt(0.012).moved(y=0.06), 0.175, 12)]), DARK)
    node.add(box(0.004, 0.05, 0.15, 0.001).moved(-0.1062, 0.155, 0.02), DARK)


def _upper_arm(node: Node) -> None:
    outline = [
        *arc(0.122, 198, 342, 10),
        (0.088, 0.10),
        (0.076, 0.34),
        *arc(0.104, -12, 192, 12, (0, UPPER)),
        (-0.076, 0.34),
        (-0.088, 0.10),
    ]
    pocket = rounded([(-0.048, 0.165), (0.048, 0.165), (0.042, 0.45), (-0.042, 0.45)], 0.03, 4)
    beam = extrude(outline, 0.105, holes=[pocket], bevel=0.008).facing("+x")
    web = extrude([(-0.06, 0.15), (0.06, 0.15), (0.06, 0.47), (-0.06, 0.47)], 0.05).facing("+x")
    cross = merge([box(0.085, 0.012, 0.11, 0.002).moved(y=y) for y in (0.24, 0.31, 0.38)])
    node.add(merge([beam, web, cross]).moved(x=0.128), BODY)
    low, low_bolts = _joint_cover(0.10, 12)
    high, high_bolts = _joint_cover(0.084, 10)
    node.add(merge([_sideways(low).moved(x=0.179), _sideways(high).moved(x=0.179, y=UPPER)]), DARK)
    node.add(
        merge([_sideways(low_bolts).moved(x=0.179), _sideways(high_bolts).moved(x=0.179, y=UPPER)]),
        materials.polished_steel(),
    )
    hose: list[Vec3] = [
        (0.02, -0.02, -0.13),
        (0.07, 0.10, -0.135),
        (0.10, 0.26, -0.118),
        (0.10, 0.44, -0.118),
        (0.05, 0.57, -0.15),
        (-0.01, 0.64, -0.19),
    ]
    node.add(_ribbed(curve(hose, 12), 0.019), DARK)
    clamps = merge(torus(0.021, 0.006, 12, 5).moved(0.10, y, -0.118) for y in (0.27, 0.43))
    straps = merge(box(0.05, 0.022, 0.05, 0.003).moved(0.115, y, -0.094) for y in (0.27, 0.43))
    node.add(merge([clamps, straps]), DARK)


def _elbow(node: Node) -> None:
    side = rounded([
        (-0.14, 0.02), (-0.08, -0.09), (0.06, -0.10), (0.12, -0.02), (0.185, 0.02), (0.185, 0.185), (-0.06, 0.20), (-0.17, 0.17),
    ], 0.045, 5)  # fmt: skip
    casting = extrude(side, 0.165, bevel=0.008).turned("y", -90).moved(x=-0.02)
    boss = _sideways(cylinder(0.105, 0.03, 28, 0.005)).moved(x=0.045)
    nose = lathe([(0, 0.15), (0.088, 0.15), (0.088, 0.188), (0, 0.188)], 28, bevel=0.004).turned("x", 90).moved(y=RISE)
    node.add(merge([casting, boss, nose]), BODY)
    motor3 = _motor(0.058, 0.18).turned("z", 90).moved(-0.10, 0, 0)
    rear = [
        _motor(0.036, 0.17).turned("x", -90).moved(x, y, -0.13)
        for x, y in ((-0.062, 0.115), (0.022, 0.115), (-0.02, 0.052))
    ]
    node.add(merge([motor3, *rear]), DARK)
    seam = tube(0.0895, 0.07, 0.012, 26, 0.002).turned("x", 90).moved(y=RISE, z=0.187)
    band = _sideways(cylinder(0.107, 0.010, 28, 0.002)).moved(x=0.066)
    node.add(merge([seam, band]), DARK)
    feeder = merge(
        [box(0.15, 0.13, 0.22, 0.012).moved(-0.02, 0.275, 0.02), box(0.10, 0.03, 0.16, 0.004).moved(-0.02, 0.202, 0.02)]
    )
    lid = extrude(rounded(rectangle(0.19, 0.10), 0.014, 3), 0.008, bevel=0.002).facing("+x").moved(0.058, 0.275, 0.02)
    node.add(merge([feeder, lid]), LIGHT)
    node.add(vent_slots(5, 0.05, 0.005, 0.003, 0.011).facing("+x").moved(0.0625, 0.27, -0.04), DARK)
    node.add(
        panel(0.064, 0.032).facing("+x").moved(0.0632, 0.285, 0.06),
        materials.screen(dials.screen_picture("FEEDER", "8.2 M", "240 A")),
    )
    node.add(cylinder(0.016, 0.03, 12, 0.004).moved(-0.06, 0.34, -0.05), materials.lamp("green"))


def _forearm(node: Node) -> None:
    shape = [(0, 0), (0.082, 0), (0.082, 0.05), (0.066, 0.09), (0.058, 0.30), (0.066, 0.33), (0.066, 0.37), (0, 0.37)]
    tube_arm = lathe(shape, 28, bevel=0.005).turned("x", 90)
    prong = extrude(
        [*arc(0.048, -90, 90, 12, (0.10, 0)), (0, 0.052), (-0.02, 0.052), (-0.02, -0.052), (0, -0.052)],
        0.026,
        bevel=0.004,
    ).turned("y", -90)
    fork = merge(prong.moved(x=x, z=0.36) for x in (-0.051, 0.051))
    node.add(merge([tube_arm, fork]), BODY)
    caps = merge(
        _sideways(cylinder(0.034, 0.010, 20, 0.002)).turned("y", 0 if x > 0 else 180).moved(x=x, z=0.46)
        for x in (-0.064, 0.064)
    )
    ring = tube(0.0835, 0.06, 0.012, 26, 0.002).turned("x", 90).moved(z=0.012)
    node.add(merge([ring, bolt_circle(_bolt(0.008), 0.072, 10, "z").moved(z=0.048)]), DARK)
    node.add(
        merge(
            [
                caps,
                box(0.034, 0.03, 0.05, 0.003).moved(y=0.075, z=0.20),
                box(0.03, 0.02, 0.05, 0.003).moved(y=0.073, z=0.345),
            ]
        ),
        DARK,
    )
    hose: list[Vec3] = [
        (-0.02, 0.16, -0.07),
        (-0.01, 0.155, 0.02),
        (0, 0.115, 0.12),
        (0, 0.105, 0.22),
        (0, 0.108, 0.34),
        (0, 0.10, 0.42),
        (0, 0.085, 0.475),
    ]
    node.add(_ribbed(curve(hose, 10), 0.015), DARK)


def _wrist(node: Node) -> None:
    barrel = merge(
        [_sideways(cylinder(0.042, 0.072, 24, 0.004)).moved(x=-0.036), cylinder(0.038, 0.07, 24, 0.003).turned("x", 90)]
    )
    node.add(barrel, DARK)
    node.add(cylinder(0.043, 0.014, 24, 0.002).turned("x", 90).moved(z=0.068), DARK)


def _torch(node: Node) -> None:
    flange = cylinder(0.040, 0.016, 24, 0.002).turned("x", 90)
    bracket = merge(
        [box(0.05, 0.10, 0.014, 0.003).moved(y=0.028, z=0.022), box(0.05, 0.036, 0.06, 0.004).moved(y=0.064, z=0.02)]
    )
    node.add(merge([flange, bracket]), materials.polished_steel())
    node.add(bolt_circle(_bolt(0.006), 0.030, 6, "z").moved(z=0.014), materials.polished_steel())
    neck: list[Vec3] = [(0, 0.064, 0.04), (0, 0.064, 0.15), (0, -0.02, 0.235)]
    grip = lathe(
        [(0.0, 0), (0.017, 0), (0.017, 0.02), (0.020, 0.03), (0.020, 0.09), (0.014, 0.10), (0.0, 0.10)], 24, bevel=0.002
    )
    node.add(grip.turned("x", 90).moved(y=0.064, z=-0.03), materials.polished_steel())
    node.add(pipe(bent(neck, 0.05, 8), 0.0105, 10), materials.copper())
    nozzle = lathe(
        [(0, 0), (0.0155, 0), (0.0165, 0.05), (0.0125, 0.075), (0.009, 0.075), (0.009, 0.058), (0, 0.058)],
        24,
        bevel=0.001,
    )
    away: Vec3 = (0, -0.084, 0.085)
    node.add(nozzle.aimed(away).moved(0, -0.008, 0.223), materials.copper())
    node.add(rod((0, -0.066, 0.281), (0, -0.077, 0.292), 0.004, 8, 0.001), materials.lamp("white"))


def _ribbed(path: list[Vec3], radius: float) -> Mesh:
    """A corrugated hose: the pipe's radius rises and falls from point to point."""
    return sweep(circle(radius, 6), path, scales=[1.0 if k % 2 else 0.84 for k in range(len(path))], crease=80)
