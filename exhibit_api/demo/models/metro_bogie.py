"""A metro train's motor bogie, 1:3, on a length of track: two wheelsets, air springs, motors and disc brakes."""

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.mesh import Mesh, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.outlines import Outline, arc, rounded
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, rod, torus, tube
from exhibit_api.demo.modelling.sweeps import bent, pipe, spring

GAUGE, BASE = 0.478, 0.733  # 1435 mm gauge and 2200 mm wheelbase at 1:3
WHEEL = 0.140
RAIL = 0.085  # height of the rail's top
AXLE = RAIL + WHEEL
SIDE = 0.345  # the side beams' distance from the middle

TYRE: Outline = [
    (0.118, -0.022), (0.153, -0.022), (0.154, -0.014), (0.142, -0.006), (WHEEL, 0.0), (0.137, 0.022), (0.118, 0.022),
    (0.112, 0.012), (0.052, 0.006), (0.046, 0.026), (0.026, 0.026), (0.026, -0.030), (0.046, -0.030), (0.052, -0.008),
    (0.112, -0.006),
]  # fmt: skip
BEAM: Outline = [
    (-0.50, 0.315), (-0.37, 0.300), (-0.235, 0.285), (-0.15, 0.190), (0.15, 0.190), (0.235, 0.285), (0.37, 0.300),
    (0.50, 0.315), (0.50, 0.355), (0.37, 0.375), (0.25, 0.362), (0.13, 0.275), (-0.13, 0.275), (-0.25, 0.362),
    (-0.37, 0.375), (-0.50, 0.355),
]  # fmt: skip


def build() -> Model:
    """The bogie on its track; the clip "run" rolls both wheelsets."""
    model = Model("metro-bogie")
    _track(model.node("track"))
    _frame(model.node("frame"))
    first = None
    for name, z in (("front wheelset", BASE / 2), ("rear wheelset", -BASE / 2)):
        wheelset = model.node(name, at=(0, AXLE, z), like=first)
        first = first or _wheelset(wheelset)
        model.spin(wheelset, "x", seconds_per_turn=6)
    return model


def _pair(mesh: Mesh) -> Mesh:
    """The part and its mirror image on the other side."""
    return merge([mesh, mesh.mirrored("x")])


def _corners(mesh: Mesh) -> Mesh:
    """The part at all four corners."""
    return _pair(merge([mesh, mesh.mirrored("z")]))


def _wheelset(node: Node) -> Node:
    wheel = lathe(TYRE, 28, crease=45).turned("z", -90).moved(x=GAUGE / 2 + 0.024)
    axle = [
        (0, -0.40),
        (0.019, -0.40),
        (0.019, -0.30),
        (0.026, -0.296),
        (0.026, 0.296),
        (0.019, 0.30),
        (0.019, 0.40),
        (0, 0.40),
    ]
    node.add(merge([_pair(wheel), lathe(axle, 20, bevel=0.002).turned("z", -90)]), materials.polished_steel())
    disc = tube(0.106, 0.056, 0.012, 24, 0.001).turned("z", -90).moved(x=GAUGE / 2 + 0.034)
    node.add(_pair(disc), materials.dark_steel())
    return node


def _frame(node: Node) -> None:
    beam = extrude(rounded(BEAM, 0.02, 2), 0.075, bevel=0.006).turned("y", -90).moved(x=SIDE)
    lug = box(0.10, 0.012, 0.10, 0.003).moved(SIDE, 0.278, 0.0)
    tubes = merge(rod((-SIDE, 0.235, z), (SIDE, 0.235, z), 0.038, 16, 0.002) for z in (-0.095, 0.095))
    collar = cylinder(0.050, 0.016, 16, 0.002).turned("z", -90).moved(SIDE - 0.055, 0.235, 0.095)
    centre = box(0.13, 0.06, 0.15, 0.008).moved(y=0.235)
    hanger = box(0.045, 0.09, 0.10, 0.006).moved(0.19, 0.285, 0.16)
    node.add(
        merge([_pair(beam), _pair(lug), tubes, _corners(collar), centre, _corners(hanger)]),
        materials.plastic("blue"),
    )
    arm: Outline = [
        *arc(0.056, -110, 150, 8, (BASE / 2, AXLE)), (0.29, 0.258), (0.205, 0.245), (0.21, 0.205),
    ]  # fmt: skip
    box_arm = extrude(arm, 0.062, bevel=0.005).turned("y", -90).moved(x=SIDE + 0.002)
    cap = cylinder(0.040, 0.016, 16, 0.004).turned("z", -90).moved(SIDE + 0.032, AXLE, BASE / 2)
    motor = _motor()
    caliper = box(0.06, 0.085, 0.055, 0.01).moved(GAUGE / 2 + 0.03, AXLE + 0.045, BASE / 2 - 0.105)
    damper = merge(
        [
            rod((0.42, 0.205, 0.125), (0.42, 0.31, 0.125), 0.017, 12, 0.003),
            box(0.05, 0.024, 0.036, 0.004).moved(0.405, 0.212, 0.125),
        ]
    )
    graphite = [_corners(merge([box_arm, cap])), motor, motor.turned("y", 180), _corners(caliper), _pair(damper)]
    node.add(merge(graphite), materials.plastic("graphite"))
    bellows = merge(torus(0.066, 0.021, 20, 7).moved(SIDE, y, 0) for y in (0.315, 0.350))
    cone_spring = lathe([(0, 0), (0.040, 0), (0.034, 0.030), (0, 0.030)], 16, bevel=0.002).moved(SIDE, 0.275, BASE / 2)
    seat = cylinder(0.050, 0.03, 20, 0.002).moved(SIDE, 0.285, 0)
    node.add(merge([_pair(bellows), _corners(cone_spring), _pair(seat)]), materials.rubber())
    coil = spring(0.041, 0.008, 0.062, 2.5, 10, 6).moved(SIDE, 0.262, BASE / 2)
    node.add(_corners(coil), materials.plastic("yellow"))
    top = cylinder(0.078, 0.014, 24, 0.004).moved(SIDE, 0.372, 0)
    pin = cylinder(0.020, 0.05, 20, 0.003).moved(SIDE, 0.385, 0)
    pivot = lathe(
        [(0, 0.26), (0.060, 0.26), (0.052, 0.285), (0.034, 0.29), (0.034, 0.385), (0.026, 0.395), (0, 0.395)],
        20,
        bevel=0.002,
    )
    link = merge(
        [
            rod((0.07, 0.225, -0.06), (0.07, 0.225, -0.24), 0.011, 8, 0.002),
            rod((-0.07, 0.225, 0.06), (-0.07, 0.225, 0.24), 0.011, 8, 0.002),
        ]
    )
    ram = rod((0.42, 0.30, 0.125), (0.42, 0.37, 0.125), 0.009, 8, 0.001)
    heads = cylinder(0.006, 0.006, 6, 0.001).moved(y=0.028).ringed(4, "x").moved(SIDE + 0.047, AXLE, BASE / 2)
    small = cylinder(0.006, 0.007, 6, 0.001).moved(x=0.062).ringed(5).moved(SIDE, 0.386, 0)
    node.add(merge([_pair(merge([top, pin, ram, small])), pivot, link, _corners(heads)]), materials.polished_steel())
    line = pipe(
        bent([(0.27, 0.30, 0.24), (0.27, 0.31, 0.10), (0.27, 0.29, -0.10), (0.27, 0.31, -0.24)], 0.05, 3), 0.006, 6
    )
    node.add(_pair(line), materials.brass())
    node.add(
        panel(0.13, 0.065).facing("+x").moved(SIDE + 0.0377, 0.232, 0),
        materials.label(dials.type_plate("METRO BOGIE", "AXLE LOAD 14 T", "SCALE 1:3  80 KM/H")),
    )


def _motor() -> Mesh:
    """The front motor across the bogie, and the gear case that reaches from it round the axle."""
    place = (0.0, 0.232, 0.215)
    body = lathe(
        [(0, -0.06), (0.060, -0.06), (0.072, -0.045), (0.072, 0.105), (0.058, 0.12), (0, 0.12)], 18, bevel=0.004
    )
    rings = box(0.010, 0.13, 0.006, 0.001).moved(0.075, 0.03, 0).ringed(10)
    case: Outline = [*arc(0.092, -100, 100, 9, (BASE / 2, AXLE)), *arc(0.060, 95, 265, 6, (0.215, 0.232))]
    gears = extrude(case, 0.07, bevel=0.008).turned("y", -90).moved(x=-0.115)
    hub = cylinder(0.048, 0.10, 16, 0.004).turned("z", -90).moved(-0.165, AXLE, BASE / 2)
    return merge([merge([body, rings]).turned("z", -90).moved(*place), gears, hub])


def _track(node: Node) -> None:
    rail: Outline = [
        (-0.025, 0), (0.025, 0), (0.025, 0.005), (0.004, 0.012), (0.004, 0.034), (0.0125, 0.039), (0.0125, 0.048),
        (0.010, 0.051), (-0.010, 0.051), (-0.0125, 0.048), (-0.0125, 0.039), (-0.004, 0.034), (-0.004, 0.012), (-0.025, 0.005),
    ]  # fmt: skip
    bar = extrude(rail, 1.2, crease=30).moved(x=GAUGE / 2 + 0.012, y=0.034)
    clip = box(0.03, 0.008, 0.03).moved(GAUGE / 2 + 0.012 + 0.032, 0.045, 0)
    clips = merge([clip, clip.moved(x=-0.064)]).repeated(5, (0, 0, 0.24))
    node.add(_pair(merge([bar, clips])), materials.dark_steel())
    node.add(box(0.86, 0.024, 0.11, 0.006).repeated(5, (0, 0, 0.24)).moved(y=0.024), materials.plastic((150, 149, 145)))
    node.add(box(0.98, 0.02, 1.2, 0.005).moved(y=0.010), materials.paint("graphite", gloss=0.3))
