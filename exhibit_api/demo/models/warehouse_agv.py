"""A warehouse carrier robot under a shelf of goods: it lifts the shelf by its turning plate and sets it down again."""

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.mesh import Mesh, at_each, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.outlines import Outline, circle, rectangle, rounded
from exhibit_api.demo.modelling.parts import bolt_circle, vent_slots
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, rod, tube

SIDE, TOP = 0.88, 1.36  # the shelf's plan and height
DECKS = (0.335, 0.665, 0.995)
LIFT = 0.045
POST = 0.036


def build() -> Model:
    """Robot and shelf; the clip "run" raises plate and shelf, and sets them down."""
    model = Model("warehouse-agv")
    still = model.node("robot")
    for assemble in (_robot, _wheels):
        assemble(still)
    lifted = model.node("lifting plate with shelf")
    for assemble in (_plate, _shelf, _goods):
        assemble(lifted)
    up = (0.0, LIFT, 0.0)
    model.slide(lifted, [(0, (0, 0, 0)), (1, (0, 0, 0)), (3, up), (7, up), (9, (0, 0, 0)), (10, (0, 0, 0))])
    return model


def _slab(width: float, depth: float, radius: float, low: float, high: float, bevel: float) -> Mesh:
    """A plate with round corners between two heights."""
    line = rounded(rectangle(width, depth), radius, 5)
    return extrude(line, high - low, bevel=bevel).facing("+y").moved(y=(low + high) / 2)


def _robot(node: Node) -> None:
    node.add(_slab(0.62, 0.76, 0.09, 0.085, 0.205, 0.012), materials.plastic("orange"))
    lower = [_slab(0.636, 0.776, 0.09, 0.030, 0.078, 0.006), _slab(0.56, 0.70, 0.07, 0.205, 0.214, 0.002)]
    sides = [box(0.012, 0.050, 0.24, 0.004).moved(x, 0.150, 0) for x in (-0.309, 0.309)]
    vents = vent_slots(4, 0.12, 0.006, 0.004, 0.014).facing("+x").moved(0.3105, 0.150, -0.22)
    visor = box(0.24, 0.040, 0.030, 0.010).moved(0, 0.145, 0.374)
    node.add(merge([*lower, *sides, vents, vents.mirrored("x"), visor]), materials.plastic("graphite"))
    node.add(_slab(0.626, 0.766, 0.09, 0.076, 0.087, 0.001), materials.lamp("blue"))
    eyes = [cylinder(0.012, 0.004, 16, 0.001).turned("x", 90).moved(x, 0.145, 0.387) for x in (-0.085, 0.085)]
    lidar = [cylinder(0.034, 0.024, 24, 0.003).moved(x, 0.045, 0.372) for x in (-0.20, 0.20)]
    node.add(merge([*eyes, *lidar]), materials.glass((40, 60, 90), 0.85))
    stops = [cylinder(0.020, 0.014, 20, 0.003).turned("x", 90).moved(x, 0.150, 0.382) for x in (-0.20, 0.20)]
    node.add(merge(stops), materials.plastic("red"))
    collars = [cylinder(0.027, 0.006, 20, 0.001).turned("x", 90).moved(x, 0.150, 0.378) for x in (-0.20, 0.20)]
    node.add(merge(collars), materials.plastic("yellow"))
    shown = panel(0.084, 0.042).moved(0, 0.182, 0.3806)
    node.add(shown, materials.label(dials.type_plate("CARRIER 07", "LIFT 600 KG")))
    casters = [
        cylinder(0.032, 0.026, 14).turned("z", 90).moved(x + 0.013, 0.032, z)
        for x in (-0.2, 0.2)
        for z in (-0.28, 0.28)
    ]
    node.add(merge(casters), materials.rubber())


def _wheels(node: Node) -> None:
    tyre = lathe([(0.050, -0.022), (0.064, -0.020), (0.066, 0), (0.064, 0.020), (0.050, 0.022)], 26).turned("z", 90)
    node.add(merge([tyre.moved(x, 0.066, 0) for x in (-0.318, 0.318)]), materials.rubber())
    hub = merge([cylinder(0.052, 0.026, 24), bolt_circle(cylinder(0.005, 0.004, 6), 0.034, 6).moved(y=0.026)])
    hubs = [hub.turned("z", -90).moved(0.318, 0.066, 0), hub.turned("z", 90).moved(-0.318, 0.066, 0)]
    node.add(merge(hubs), materials.polished_steel())


def _plate(node: Node) -> None:
    disc = lathe([(0, 0.236), (0.19, 0.236), (0.21, 0.243), (0.21, 0.252), (0, 0.252)], 36)
    column = tube(0.15, 0.13, 0.048, 28).moved(y=0.190)
    node.add(merge([disc, column]), materials.polished_steel())
    pads = cylinder(0.028, 0.006, 14).moved(x=0.15, y=0.252).ringed(4, start=45)
    bellows = lathe(
        [(0.16, 0.16)]
        + [(0.168 if k % 2 else 0.152, 0.17 + 0.015 * k) for k in range(5)]
        + [(0.14, 0.236), (0.14, 0.16)],
        28,
    )
    node.add(merge([pads, bellows]), materials.rubber())
    node.add(bolt_circle(cylinder(0.007, 0.005, 6), 0.19, 10).moved(y=0.252), materials.dark_steel())


def _shelf(node: Node) -> None:
    half = SIDE / 2 - POST / 2
    corner: Outline = [(0, 0), (POST, 0), (POST, 0.006), (0.006, 0.006), (0.006, POST), (0, POST)]
    post = extrude(corner, TOP - 0.02).facing("+y").moved(-POST / 2, TOP / 2, POST / 2)
    posts = [
        post.turned("y", way).moved(x, 0, z)
        for way, x, z in ((0, -half, half), (90, half, half), (180, half, -half), (270, -half, -half))
    ]
    beam = box(SIDE - 0.05, 0.045, 0.012, 0.002).moved(z=half + 0.008)
    beams = [beam.ringed(4).moved(y=y) for y in (*DECKS, TOP - 0.03)]
    under = [box(0.05, 0.03, SIDE - 0.04, 0.003).moved(x, DECKS[0] - 0.038, 0) for x in (-0.15, 0.15)]
    target = box(0.34, 0.02, 0.34, 0.003).moved(y=DECKS[0] - 0.063)
    cross = [rod((-half, y, -half + 0.01), (half, z, -half + 0.01), 0.006, 8) for y, z in ((0.38, 1.30), (1.30, 0.38))]
    node.add(merge([*posts, *beams, *under, target, *cross]), materials.plastic("navy"))
    decks = [box(SIDE - 0.03, 0.008, SIDE - 0.03, 0.002).moved(y=y + 0.02) for y in DECKS]
    feet = [
        lathe([(0, 0), (0.03, 0), (0.012, 0.012), (0.012, 0.03), (0, 0.03)], 14).moved(x, 0, z)
        for x in (-half, half)
        for z in (-half, half)
    ]
    node.add(merge([*decks, *feet]), materials.plastic("grey"))


def _bin(width: float, height: float, depth: float) -> Mesh:
    """An open plastic bin on y = 0 whose front is lower, for picking."""
    w, d, t = width / 2, depth / 2, 0.005
    side: Outline = [(-d, 0), (d, 0), (d, height * 0.5), (d - depth * 0.22, height), (-d, height)]
    wall = extrude(side, t).facing("-x")
    front = box(width, height * 0.5, t).moved(y=height * 0.25, z=d - t / 2)
    back = box(width, height, t).moved(y=height / 2, z=-d + t / 2)
    lip = box(width + 0.006, 0.010, 0.010, 0.002).moved(y=height * 0.5, z=d)
    return merge([wall.moved(x=-w), wall.moved(x=w), front, back, lip, box(width, t, depth).moved(y=t / 2)])


def _carton(width: float, height: float, depth: float) -> Mesh:
    return box(width, height, depth, 0.004).moved(y=height / 2)


def _goods(node: Node) -> None:
    low, middle, high = (y + 0.024 for y in DECKS)
    cartons = [
        (0.36, 0.24, 0.34, -0.20, low, 0.22, 0),
        (0.34, 0.20, 0.34, 0.20, low, 0.21, 3),
        (0.38, 0.22, 0.34, -0.18, low, -0.20, 0),
        (0.30, 0.26, 0.30, 0.22, low, -0.20, 0),
        (0.26, 0.16, 0.30, -0.26, high, 0.22, -4),
        (0.22, 0.13, 0.24, -0.26, high + 0.16, 0.22, 5),
        (0.40, 0.26, 0.34, 0.16, high, -0.20, 0),
        (0.30, 0.22, 0.30, -0.24, high, -0.2, 0),
        (0.36, 0.2, 0.34, -0.18, middle, -0.22, 0),
        (0.34, 0.24, 0.3, 0.21, middle, -0.22, 0),
    ]
    boxes = [_carton(w, h, d).turned("y", a).moved(x, y, z) for w, h, d, x, y, z, a in cartons]
    node.add(merge(boxes), materials.yarn((178, 132, 84)))
    tapes = [
        box(0.05, h + 0.001, d + 0.001).moved(y=h / 2).turned("y", a).moved(x, y, z)
        for w, h, d, x, y, z, a in cartons[:6]
    ]
    marks = [
        box(0.09, 0.055, 0.001).moved(w * 0.27, h * 0.3, d / 2).turned("y", a).moved(x, y, z)
        for w, h, d, x, y, z, a in cartons[:6]
    ]
    node.add(merge([*tapes, *marks]), materials.yarn((226, 212, 182)))
    bin_shape = _bin(0.255, 0.19, 0.38)
    node.add(merge(bin_shape.moved(x, middle, 0.215) for x in (-0.27, 0.27)), materials.plastic("blue"))
    node.add(bin_shape.moved(0, middle, 0.215), materials.plastic("teal"))
    small = [_bin(0.19, 0.15, 0.34).moved(x, high, 0.225) for x in (0.04, 0.26)]
    node.add(merge(small), materials.plastic("yellow"))
    parts = [
        cylinder(0.034, 0.13, 14).moved(x, middle + 0.006, z) for x in (-0.33, -0.25, 0.21, 0.29) for z in (0.14, 0.24)
    ]
    rolls = [cylinder(0.05, 0.10, 16).moved(x, middle + 0.006, z) for x in (-0.06, 0.06) for z in (0.12, 0.24)]
    node.add(merge([*parts, *rolls]), materials.plastic("ivory"))
    tag = panel(0.084, 0.042).moved(z=SIDE / 2 - POST / 2 + 0.0145)
    node.add(
        at_each(tag, [(0, y, 0) for y in DECKS]), materials.label(dials.type_plate("A-17", "03", width=128, height=64))
    )
    knobs = [extrude(circle(0.02, 16), 0.002).moved(x, middle + 0.05, 0.4065) for x in (-0.27, 0, 0.27)]
    node.add(merge(knobs), materials.plastic("white"))
