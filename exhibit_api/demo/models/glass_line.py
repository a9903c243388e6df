"""A line for flexible glass at 1 : 12: melting furnace, down-draw tower, rollers, inspection gate, and the winder."""

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.materials import Material
from exhibit_api.demo.modelling.mesh import Mesh, Vec3, at_each, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.outlines import arc, rectangle, rounded
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, rod, tube
from exhibit_api.demo.modelling.sweeps import bent, pipe, sweep

WEB = 0.24  # the ribbon's width
LEVEL = 0.255  # height of the ribbon on the rollers
DRAW = -0.44  # x of the falling ribbon
ROLLER, ROLLERS, GAP = 0.016, 9, 0.075
REEL: Vec3 = (0.64, 0.300, 0.0)
REEL_RADIUS = 0.105
LOOP = 6.0
GLOW = Material("molten glass", (120, 50, 10), 0.0, 0.3, emissive=(255, 138, 30))
RIBBON = materials.glass((150, 214, 226), 0.45)


def build() -> Model:
    """The line on its bench; the clip "run" turns rollers and reel at the ribbon's speed."""
    model = Model("glass-line")
    still = model.node("line")
    for assemble in (_bench, _furnace, _tower, _conveyor, _gate, _ribbon):
        assemble(still)
    first = None
    for index in range(ROLLERS):
        roller = model.node(f"roller {index + 1}", at=(-0.27 + GAP * index, LEVEL - ROLLER - 0.001, 0), like=first)
        first = first or _roller(roller)
        model.spin(roller, "z", turns=-6, seconds_per_turn=LOOP / 6)
    reel = model.node("reel", at=REEL)
    _reel(reel)
    model.spin(reel, "z", turns=-1, seconds_per_turn=LOOP)
    return model


def _lying(mesh: Mesh, length: float) -> Mesh:
    """A part turned about +Y, laid along z and centred on it."""
    return mesh.turned("x", 90).moved(z=-length / 2)


def _bench(node: Node) -> None:
    node.add(box(1.60, 0.035, 0.56, 0.005).moved(y=0.0175), materials.plastic("grey"))
    posts = [
        box(0.022, LEVEL - 0.085, 0.022).moved(x, (LEVEL - 0.085) / 2 + 0.035, z)
        for x in (-0.30, 0.0, 0.32)
        for z in (-0.165, 0.165)
    ]
    winder = rounded(
        [(0.54, 0.035), (0.74, 0.035), (0.70, 0.20), (0.675, 0.335), (0.605, 0.335), (0.58, 0.20)], 0.02, 3
    )
    cheeks = [extrude(winder, 0.022, bevel=0.003).moved(z=z) for z in (-0.175, 0.175)]
    node.add(merge([*posts, *cheeks, box(0.18, 0.035, 0.33, 0.004).moved(0.64, 0.052, 0)]), materials.plastic("navy"))
    stand = box(0.25, 0.07, 0.014, 0.003).turned("x", -35).moved(0.05, 0.070, 0.235)
    node.add(stand, materials.dark_steel())
    shown = panel(0.232, 0.058).moved(z=0.0075).turned("x", -35).moved(0.05, 0.070, 0.235)
    node.add(
        shown,
        materials.label(dials.type_plate("FLEXIBLE GLASS LINE", "30 MICROMETRE  SCALE 1:12", width=256, height=64)),
    )


def _furnace(node: Node) -> None:
    shell = box(0.30, 0.22, 0.40, 0.006).moved(-0.645, 0.440, 0)
    roof = extrude([(-0.15, 0.55), (0.15, 0.55), (0.11, 0.585), (-0.11, 0.585)], 0.36, bevel=0.003).moved(x=-0.645)
    node.add(merge([shell, roof]), materials.plastic("ivory"))
    ribs = [box(0.014, 0.23, 0.412).moved(x, 0.44, 0) for x in (-0.745, -0.645, -0.545)]
    bands = [box(0.312, 0.014, 0.412).moved(-0.645, y, 0) for y in (0.36, 0.52)]
    legs = [box(0.03, 0.30, 0.03).moved(x, 0.185, z) for x in (-0.77, -0.525) for z in (-0.17, 0.17)]
    sill = box(0.32, 0.02, 0.42).moved(-0.645, 0.328, 0)
    ties = [rod((-0.77, 0.05, z), (-0.525, 0.31, z), 0.006, 8) for z in (-0.17, 0.17)]
    node.add(merge([*ribs, *bands, *legs, sill, *ties]), materials.plastic("navy"))
    doors = [extrude(rounded(rectangle(0.06, 0.045), 0.012, 3), 0.004).moved(x, 0.44, 0.2015) for x in (-0.695, -0.595)]
    frames = [
        extrude(
            rounded(rectangle(0.082, 0.067), 0.016, 3), 0.010, holes=[rounded(rectangle(0.06, 0.045), 0.012, 3)]
        ).moved(x, 0.44, 0.204)
        for x in (-0.695, -0.595)
    ]
    node.add(merge(doors), GLOW)
    node.add(merge(frames), materials.dark_steel())
    stacks = [
        lathe([(0, 0.58), (0.022, 0.58), (0.022, 0.635), (0.028, 0.638), (0.028, 0.650), (0, 0.650)], 18).moved(
            x, 0, -0.08
        )
        for x in (-0.70, -0.60)
    ]
    gas: list[Vec3] = [(-0.78, 0.10, 0.225), (-0.78, 0.395, 0.225), (-0.525, 0.395, 0.225)]
    taps = [rod((x, 0.395, 0.225), (x, 0.395, 0.20), 0.006, 8) for x in (-0.745, -0.645, -0.545)]
    node.add(merge([*stacks, pipe(bent(gas, 0.03, 4), 0.009, 8), *taps]), materials.brass())


def _tower(node: Node) -> None:
    trough = extrude(
        [
            (-0.045, 0.50),
            (0.045, 0.50),
            (0.045, 0.545),
            (0.030, 0.545),
            (0.024, 0.515),
            (-0.024, 0.515),
            (-0.030, 0.545),
            (-0.045, 0.545),
        ],
        0.30,
        bevel=0.002,
    )
    wedge = extrude([(-0.038, 0.502), (0.0, 0.445), (0.038, 0.502)], 0.26)
    node.add(merge([trough.moved(x=DRAW), wedge.moved(x=DRAW)]), materials.bronze())
    melt = [box(0.052, 0.004, 0.29).moved(DRAW, 0.535, 0), box(0.10, 0.022, 0.04).moved(DRAW - 0.06, 0.537, 0)]
    hot = extrude(
        [(-0.016, 0.452), (0.016, 0.452), (0.0022, 0.420), (0.0018, 0.385), (-0.0018, 0.385), (-0.0022, 0.420)], WEB
    )
    node.add(merge([*melt, hot.moved(x=DRAW)]), GLOW)
    posts = [box(0.020, 0.53, 0.020).moved(DRAW + dx, 0.30, z) for dx in (-0.045, 0.045) for z in (-0.165, 0.165)]
    top = [box(0.11, 0.018, 0.35).moved(DRAW, 0.565, 0)]
    heads = [box(0.075, 0.05, 0.030, 0.004).moved(DRAW, 0.385, z) for z in (-0.165, 0.165)]
    node.add(merge([*posts, *top, *heads]), materials.plastic("navy"))
    heaters = [
        box(0.014, 0.012, 0.28, 0.002).moved(DRAW + s * 0.034, y, 0) for s in (-1, 1) for y in (0.365, 0.345, 0.325)
    ]
    edges = [
        _lying(cylinder(0.013, 0.055, 16, 0.001), 0.055).moved(DRAW + s * 0.0155, 0.402, z)
        for s in (-1, 1)
        for z in (-0.125, 0.125)
    ]
    node.add(merge([*heaters, *edges]), materials.polished_steel())


def _roller(node: Node) -> Node:
    body = lathe(
        [
            (0, 0),
            (0.006, 0),
            (0.006, 0.020),
            (ROLLER, 0.022),
            (ROLLER, 0.302),
            (0.006, 0.304),
            (0.006, 0.324),
            (0, 0.324),
        ],
        20,
    )
    grip = [box(0.004, 0.006, 0.004).moved(x=0.006, z=z) for z in (-0.158, 0.158)]
    node.add(merge([_lying(body, 0.324), *grip]), materials.chrome())
    return node


def _conveyor(node: Node) -> None:
    length = GAP * ROLLERS + 0.02
    middle = -0.27 + GAP * (ROLLERS - 1) / 2
    beams = [box(length, 0.040, 0.014, 0.003).moved(middle, LEVEL - 0.024, z) for z in (-0.172, 0.172)]
    ties = [box(0.02, 0.02, 0.34).moved(x, LEVEL - 0.062, 0) for x in (-0.22, 0.05, 0.30)]
    node.add(merge([*beams, *ties]), materials.aluminium())
    caps = [
        _lying(cylinder(0.011, 0.006, 10), 0.006).moved(-0.27 + GAP * k, LEVEL - ROLLER - 0.001, z)
        for k in range(ROLLERS)
        for z in (-0.181, 0.181)
    ]
    motor = _lying(cylinder(0.030, 0.075, 20, 0.003), 0.075).moved(-0.27, LEVEL - 0.030, -0.22)
    guide = _lying(tube(0.019, 0.012, 0.30, 20), 0.30).moved(0.455, LEVEL - 0.020, 0)
    node.add(merge([*caps, motor, guide]), materials.plastic("orange"))
    trim = [box(0.05, 0.022, 0.030, 0.004).moved(0.20, LEVEL + 0.022, z) for z in (-0.118, 0.118)]
    arms = [box(0.016, 0.060, 0.012).moved(0.20, LEVEL + 0.010, z) for z in (-0.166, 0.166)]
    bar = box(0.016, 0.012, 0.344).moved(0.20, LEVEL + 0.040, 0)
    node.add(merge([*trim, *arms, bar]), materials.plastic("graphite"))
    node.add(
        merge([_lying(cylinder(0.010, 0.003, 14), 0.003).moved(0.20, LEVEL + 0.008, z) for z in (-0.118, 0.118)]),
        materials.polished_steel(),
    )


def _gate(node: Node) -> None:
    legs = [box(0.045, 0.20, 0.030, 0.004).moved(0.02, LEVEL + 0.055, z) for z in (-0.198, 0.198)]
    head = box(0.075, 0.050, 0.430, 0.007).moved(0.02, LEVEL + 0.175, 0)
    node.add(merge([*legs, head]), materials.plastic("teal"))
    node.add(box(0.050, 0.005, 0.26).moved(0.02, LEVEL + 0.1485, 0), materials.lamp("white"))
    cameras = [
        merge([box(0.03, 0.035, 0.03, 0.003), cylinder(0.010, 0.020, 14).moved(y=-0.036)]).moved(
            0.068, LEVEL + 0.165, z
        )
        for z in (-0.08, 0, 0.08)
    ]
    arm = rod((0.02, LEVEL + 0.18, 0.205), (0.02, LEVEL + 0.14, 0.262), 0.006, 8)
    case = box(0.13, 0.075, 0.014, 0.004).moved(0.02, LEVEL + 0.125, 0.262)
    node.add(merge([*cameras, arm, case]), materials.plastic("graphite"))
    shown = panel(0.116, 0.058).moved(0.02, LEVEL + 0.125, 0.2695)
    node.add(shown, materials.screen(dials.screen_picture("GLASS", "30.1 UM", "0 DEFECTS")))


def _ribbon(node: Node) -> None:
    top: list[Vec3] = [(DRAW, 0.386, 0), (DRAW, 0.330, 0)]
    bend: list[Vec3] = [(x, y, 0) for x, y in arc(0.075, 180, 270, 10, (DRAW + 0.075, LEVEL + 0.075))]
    way: list[Vec3] = [
        (0.44, LEVEL, 0),
        (0.465, LEVEL + 0.0005, 0),
        (0.53, LEVEL + 0.04, 0),
        (REEL[0] - 0.070, REEL[1] + 0.0795, 0),
    ]
    flat = [(-0.0009, -WEB / 2), (0.0009, -WEB / 2), (0.0009, WEB / 2), (-0.0009, WEB / 2)]
    node.add(sweep(flat, [*top, *bend, *way]), RIBBON)


def _reel(node: Node) -> None:
    node.add(_lying(tube(REEL_RADIUS, 0.045, WEB, 36, 0.002), WEB), materials.glass((120, 196, 212), 0.75))
    core = _lying(cylinder(0.045, 0.26, 28), 0.26)
    spindle = _lying(cylinder(0.014, 0.40, 16, 0.002), 0.40)
    spokes = [box(0.010, 0.20, 0.006).turned("z", 60 * k).moved(z=z) for k in range(3) for z in (-0.134, 0.134)]
    rims = [_lying(tube(0.112, 0.100, 0.006, 32), 0.006).moved(z=z) for z in (-0.134, 0.134)]
    node.add(merge([core, *spokes, *rims]), materials.plastic("orange"))
    node.add(
        merge([spindle, at_each(box(0.02, 0.006, 0.03).moved(y=0.0145), [(0, 0, z) for z in (-0.19, 0.19)])]),
        materials.polished_steel(),
    )
