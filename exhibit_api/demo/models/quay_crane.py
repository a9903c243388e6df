"""An automated ship-to-shore container crane, 1:60, on its quay: the trolley runs out, the spreader lowers a box."""

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.mesh import Mesh, Vec2, Vec3, at_each, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.motion import eased
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, panel, rod

QUAY = 0.060  # height of the quay's surface
LAND, SEA, HALF = -0.29, 0.09, 0.165  # the legs' x, and half the distance of the two sides
GIRDER = 0.690  # height of the boom's girders
TOP = 0.735  # top of the legs
APEX: Vec3 = (0.055, 1.165, 0.06)
BOOM = (-0.60, 0.76)
TROLLEY = (-0.10, 0.645)
HOIST = 0.225  # rope length at rest
BOX = (0.043, 0.043, 0.203)  # a 40-foot container


def build() -> Model:
    """The crane; the clip "run" lowers a container on the quay side, carries it over the water and lowers it there."""
    model = Model("quay-crane")
    crane = model.node("quay and crane")
    _quay(crane)
    _gantry(crane)
    _boom(crane)
    trolley = model.node("trolley", at=(*TROLLEY, 0))
    _trolley(trolley)
    ropes = model.node("ropes", parent=trolley)
    line = rod((0, -HOIST, 0), (0, 0, 0), 0.0013, 4)
    ropes.add(at_each(line, [(x, 0, z) for x in (-0.014, 0.014) for z in (-0.030, 0.030)]), materials.plastic("black"))
    spreader = model.node("spreader", parent=trolley, at=(0, -HOIST, 0))
    _spreader(spreader)
    travel, low = 0.66, -0.20
    model.slide(trolley, [(0, (0, 0, 0)), (7, (0, 0, 0)), (12, (travel, 0, 0)), (19, (travel, 0, 0)), (24, (0, 0, 0))])
    hoist = [
        (0.0, 0.0),
        (3.0, low),
        (4.0, low),
        (7.0, 0.0),
        (12.0, 0.0),
        (15.0, low),
        (16.0, low),
        (19.0, 0.0),
        (24.0, 0.0),
    ]
    model.slide(spreader, [(second, (0, way, 0)) for second, way in hoist])
    soft = eased([(second, (way,)) for second, way in hoist])
    model.keyframes(ropes, "scale", [t for t, _ in soft], [(1.0, (HOIST - way[0]) / HOIST, 1.0) for _, way in soft])
    return model


def _sides(mesh: Mesh) -> Mesh:
    """The part and its mirror image on the crane's other side."""
    return merge([mesh, mesh.mirrored("z")])


def _beam(start: Vec3, end: Vec3, width: float) -> Mesh:
    """A slim tube from point to point."""
    return rod(start, end, width / 2, 6, 0.001)


def _gantry(node: Node) -> None:
    legs = [box(0.036, TOP - QUAY - 0.045, 0.030, 0.004).moved(x, (TOP + QUAY + 0.045) / 2, HALF) for x in (LAND, SEA)]
    middle = (LAND + SEA) / 2
    portal = box(SEA - LAND, 0.036, 0.026, 0.004).moved(middle, 0.34, HALF)
    upper = box(SEA - LAND + 0.03, 0.026, 0.024, 0.003).moved(middle, TOP, HALF)
    brace = [
        _beam((LAND, 0.355, HALF), (SEA, TOP - 0.02, HALF), 0.018),
        _beam((LAND, TOP - 0.02, HALF), (-0.10, 0.55, HALF), 0.014),
    ]
    sills = [box(0.034, 0.034, 2 * HALF + 0.05, 0.004).moved(x, QUAY + 0.062, 0) for x in (LAND, SEA)]
    cross = [box(0.030, 0.034, 2 * HALF, 0.004).moved(x, TOP, 0) for x in (LAND, SEA)]
    tie = box(0.028, 0.026, 2 * HALF, 0.004).moved(LAND, 0.34, 0)
    mast = [
        _beam((SEA, TOP, HALF - 0.03), APEX, 0.026),
        _beam((LAND, TOP, HALF - 0.03), (APEX[0] - 0.01, APEX[1] - 0.02, APEX[2]), 0.016),
        _beam((SEA, 0.95, 0.112), (APEX[0] - 0.13, 0.98, 0.09), 0.010),
    ]
    head = box(0.04, 0.03, 0.17, 0.006).moved(APEX[0], APEX[1], 0)
    rung = box(0.012, 0.012, 0.2, 0.002).moved(0.072, 0.95, 0)
    node.add(
        merge([_sides(merge([*legs, portal, upper, *brace, *mast])), *sills, *cross, tie, head, rung]),
        materials.plastic("blue"),
    )
    bogie = merge(
        [box(0.020, 0.022, 0.052, 0.003).moved(0, 0.030, z) for z in (-0.030, 0.030)]
        + [box(0.024, 0.014, 0.10, 0.003).moved(y=0.045)]
    )
    wheel = cylinder(0.011, 0.010, 8, 0.001).turned("z", -90).moved(-0.005, 0.0155, 0)
    corners = [(x, QUAY, z) for x in (LAND, SEA) for z in (-HALF, HALF)]
    wheels = merge(wheel.moved(z=z) for z in (-0.045, -0.016, 0.016, 0.045))
    stairs: list[Mesh] = []
    for flight in range(7):
        low, side = 0.11 + 0.085 * flight, 1 if flight % 2 else -1
        slope = box(0.10, 0.006, 0.016, 0.001).turned("z", 41 * side).moved(LAND - 0.005, low + 0.042, HALF + 0.026)
        landing = box(0.035, 0.004, 0.022, 0.001).moved(LAND - 0.005 + 0.048 * side, low + 0.085, HALF + 0.026)
        stairs += [slope, landing]
    lift = box(0.028, 0.05, 0.022, 0.003).moved(SEA - 0.002, 0.20, HALF + 0.028)
    node.add(merge([at_each(bogie, corners), *stairs, lift]), materials.plastic("yellow"))
    node.add(at_each(wheels, corners), materials.dark_steel())


def _boom(node: Node) -> None:
    length, middle = BOOM[1] - BOOM[0], (BOOM[0] + BOOM[1]) / 2
    girder = box(length, 0.040, 0.022, 0.003).moved(middle, GIRDER, 0.062)
    ribs = box(0.006, 0.046, 0.026, 0.001).repeated(9, (0.155, 0, 0)).moved(middle, GIRDER, 0.062)
    ends = [box(0.024, 0.036, 0.14, 0.003).moved(x, GIRDER, 0) for x in (BOOM[0] + 0.012, BOOM[1] - 0.012)]
    ties = [box(0.014, 0.012, 0.11, 0.002).moved(x, GIRDER + 0.018, 0) for x in (-0.46, -0.15, 0.20, 0.38, 0.56)]
    hangers = [box(0.016, 0.05, 0.012, 0.002).moved(x, GIRDER + 0.03, 0.062) for x in (LAND, SEA)]
    stays = [_beam((APEX[0], APEX[1], 0.062), (x, GIRDER + 0.02, 0.062), 0.009) for x in (0.38, 0.71)] + [
        _beam((APEX[0] - 0.02, APEX[1] - 0.01, 0.062), (-0.54, GIRDER + 0.02, 0.062), 0.009)
    ]
    parts = merge([girder, ribs, *hangers, *stays])
    node.add(merge([_sides(parts), *ends, *ties]), materials.plastic("blue"))
    rails = box(length, 0.0022, 0.0022).moved(middle, GIRDER + 0.040, 0.088)
    posts = box(0.0018, 0.022, 0.0018).repeated(15, (length / 15, 0, 0)).moved(middle, GIRDER + 0.029, 0.088)
    walk = box(length, 0.003, 0.016).moved(middle, GIRDER + 0.018, 0.081)
    node.add(_sides(merge([rails, posts, walk])), materials.plastic("yellow"))
    house = box(0.235, 0.078, 0.150, 0.004).moved(-0.43, GIRDER + 0.066, 0)
    roof = box(0.245, 0.010, 0.160, 0.003).moved(-0.43, GIRDER + 0.109, 0)
    cooler = box(0.05, 0.018, 0.05, 0.003).moved(-0.48, GIRDER + 0.122, 0.02)
    node.add(merge([house, roof, cooler]), materials.plastic("ivory"))
    slots = box(0.034, 0.003, 0.002).repeated(6, (0, 0.007, 0)).moved(-0.36, GIRDER + 0.066, 0.0755)
    door = box(0.022, 0.048, 0.003, 0.001).moved(-0.505, GIRDER + 0.052, 0.0755)
    track = box(length - 0.03, 0.004, 0.006).moved(middle, GIRDER - 0.021, 0.050)
    node.add(merge([slots, door, _sides(track)]), materials.dark_steel())
    plate = dials.type_plate("QUAY CRANE", "65 T  OUTREACH 65 M", "SCALE 1:60")
    node.add(panel(0.084, 0.042).moved(-0.435, GIRDER + 0.068, 0.0758), materials.label(plate))
    lamp = cylinder(0.005, 0.012, 8, 0.001)
    node.add(
        at_each(lamp, [(APEX[0], APEX[1] + 0.015, 0), (BOOM[1] - 0.012, GIRDER + 0.018, 0)]), materials.lamp("red")
    )


def _trolley(node: Node) -> None:
    frame = [box(0.10, 0.012, 0.012, 0.002).moved(0, 0.012, z) for z in (-0.046, 0.046)]
    frame += [box(0.012, 0.012, 0.10, 0.002).moved(x, 0.010, 0) for x in (-0.044, -0.014, 0.014, 0.044)]
    cabin = box(0.036, 0.034, 0.030, 0.004).moved(0.066, -0.022, 0.030)
    arm = box(0.03, 0.008, 0.02, 0.001).moved(0.055, 0.002, 0.030)
    node.add(merge([*frame, cabin, arm]), materials.plastic("orange"))
    wheel = cylinder(0.008, 0.006, 8, 0.001).turned("x", 90)
    sheave = cylinder(0.010, 0.004, 8, 0.001).turned("x", 90)
    wheels = at_each(wheel, [(x, 0.0175, z) for x in (-0.044, 0.044) for z in (-0.053, 0.047)])
    sheaves = at_each(sheave, [(x, 0.006, z) for x in (-0.014, 0.014) for z in (-0.032, 0.028)])
    pane = box(0.032, 0.020, 0.026, 0.002).moved(0.0695, -0.024, 0.030)
    node.add(merge([wheels, sheaves, pane]), materials.plastic("black"))


def _spreader(node: Node) -> None:
    head = box(0.040, 0.014, 0.070, 0.003).moved(y=-0.004)
    bars = [box(0.008, 0.010, 0.196, 0.002).moved(x, -0.018, 0) for x in (-0.011, 0.011)]
    ends = [box(0.046, 0.012, 0.012, 0.002).moved(0, -0.020, z) for z in (-0.0955, 0.0955)]
    flippers = [
        box(0.006, 0.026, 0.008, 0.001).turned("z", 14 if x > 0 else -14).moved(x, -0.032, z)
        for x in (-0.026, 0.026) for z in (-0.0955, 0.0955)
    ]  # fmt: skip
    node.add(merge([head, *bars, *ends, *flippers]), materials.plastic("yellow"))
    node.add(_container().moved(y=-0.027 - BOX[1]), materials.plastic((196, 58, 34)))


def _container() -> Mesh:
    """A corrugated box along z on y = 0."""
    width, height, length = BOX
    ribs = 10
    step = (length - 0.016) / ribs
    side: list[Vec2] = []
    for k in range(ribs):
        z = -(length - 0.016) / 2 + k * step
        side += [(z, 0.0), (z + step * 0.4, 0.0), (z + step * 0.5, -0.0022), (z + step * 0.9, -0.0022)]
    half = width / 2 - 0.0012
    line = [(half + x, -z) for z, x in side] + [(-half - x, z) for z, x in side]
    body = extrude(line, height - 0.004, crease=50).facing("+y").moved(y=height / 2)
    corner = box(0.006, height, 0.007).moved(width / 2 - 0.003, height / 2, length / 2 - 0.0035)
    ends = box(width - 0.008, height - 0.003, length - 0.003).moved(y=height / 2)
    return merge(
        [
            body,
            ends,
            *(corner.turned("y", turn).mirrored("x") for turn in (0, 180)),
            *(corner.turned("y", turn) for turn in (0, 180)),
        ]
    )


def _quay(node: Node) -> None:
    node.add(box(0.83, QUAY, 0.6, 0.004).moved(-0.275, QUAY / 2, 0), materials.concrete())
    node.add(box(0.57, 0.034, 0.6, 0.003).moved(0.425, 0.017, 0), materials.paint((16, 66, 92), gloss=0.95))
    rails = [box(0.006, 0.004, 0.6).moved(x, QUAY + 0.002, 0) for x in (LAND, SEA)]
    bollards = at_each(cylinder(0.009, 0.018, 10, 0.003), [(0.122, QUAY, z) for z in (-0.24, -0.08, 0.08, 0.24)])
    fenders = at_each(box(0.016, 0.040, 0.05, 0.005), [(0.148, 0.036, z) for z in (-0.22, 0.0, 0.22)])
    node.add(merge([*rails, bollards, fenders]), materials.dark_steel())
    one = _container()
    stack = [(-0.44, 0.0), (-0.50, 0.0)]
    node.add(merge(one.moved(x, QUAY + y, 0.16) for x, y in stack), materials.plastic((30, 92, 150)))
    node.add(
        merge(one.moved(x, QUAY + y, z) for x, y, z in ((-0.50, 0.0435, 0.16), (-0.50, 0, -0.14))),
        materials.plastic("green"),
    )
