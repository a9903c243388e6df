"""An injection mould, opened: the fixed half with its cavity at the right; core, ejectors and part on the moving half.

Both halves are built with the fixed one at -x and then turned round, so that the visitor sees the part."""

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.mesh import Mesh, Vec3, at_each, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.motion import turn
from exhibit_api.demo.modelling.outlines import Outline, circle, rectangle, rounded
from exhibit_api.demo.modelling.parts import cap_bolt
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, torus, tube
from exhibit_api.demo.modelling.sweeps import bent, loft, pipe

HIGH, DEEP = 0.36, 0.38  # the plates
MIDDLE = 0.30  # height of the mould's axis
PARTING = 0.165  # x of the fixed half's face
OPEN = 0.185  # how far the halves stand apart
CORE, DRAW = 0.19, 0.070  # the core's side and how far it stands out
PINS = [(y, z) for y in (-0.135, 0.135) for z in (-0.145, 0.145)]


def build() -> Model:
    """The mould on its bench; the clip "run" closes it, opens it, and pushes the part off the core."""
    model = Model("injection-mould")
    _bench(model.node("bench"))
    _fixed(model.node("fixed half", at=(PARTING, MIDDLE, 0), rotation=turn("y", 180)))
    moving = model.node("moving half", at=(PARTING - OPEN, MIDDLE, 0), rotation=turn("y", 180))
    _moving(moving)
    ejectors = model.node("ejectors", parent=moving)
    _ejectors(ejectors)
    shut: Vec3 = (OPEN - 0.001, 0, 0)
    rest: Vec3 = (0, 0, 0)
    model.slide(moving, [(0, rest), (1, rest), (3.4, shut), (4.6, shut), (7, rest), (10, rest)])
    model.slide(
        ejectors, [(0, rest), (7.2, rest), (8.2, (-0.048, 0, 0)), (8.8, (-0.048, 0, 0)), (9.6, rest), (10, rest)]
    )
    return model


def _plate(thick: float, x: float, high: float = HIGH, deep: float = DEEP) -> Mesh:
    """A plate square to x whose left face stands at x."""
    return box(thick, high, deep, 0.003).moved(x=x + thick / 2)


def _along(mesh: Mesh) -> Mesh:
    """A part turned about +Y, laid with its foot at x = 0 and its head toward -x."""
    return mesh.turned("z", 90)


def _bench(node: Node) -> None:
    node.add(box(0.80, 0.05, 0.50, 0.005).moved(-0.02, 0.035, 0), materials.plastic("teal"))
    feet = at_each(cylinder(0.022, 0.012, 16), [(x, 0, z) for x in (-0.37, 0.33) for z in (-0.2, 0.2)])
    node.add(feet, materials.rubber())
    rails = [box(0.56, 0.022, 0.034, 0.003).moved(-0.12, 0.071, z) for z in (-0.13, 0.13)]
    bolts = [cylinder(0.006, 0.004, 6).moved(x, 0.082, z) for x in (0.1, -0.07, -0.24, -0.37) for z in (-0.13, 0.13)]
    node.add(merge([*rails, *bolts]), materials.polished_steel())
    shown = panel(0.172, 0.043).moved(-0.02, 0.035, 0.2506)
    node.add(shown, materials.label(dials.type_plate("INJECTION MOULD", "1 CAVITY  PP  TUB", width=256, height=64)))


def _fixed(node: Node) -> None:
    pocket = rounded(rectangle(CORE + 0.012, CORE + 0.012), 0.03, 4)
    bores = [circle(0.019, 16, (-z, y)) for y, z in PINS]
    cavity = extrude(rounded(rectangle(DEEP, HIGH), 0.004, 1), 0.082, holes=[pocket, *bores], bevel=0.002)
    floor = _plate(0.032, -0.114)
    node.add(merge([cavity.facing("+x").moved(x=-0.041), floor]), materials.steel())
    node.add(_plate(0.036, -0.152, 0.43, DEEP).moved(y=-0.008), materials.plastic("graphite"))
    foot = box(0.06, 0.018, 0.42, 0.003).moved(-0.134, -0.232, 0)
    node.add(foot, materials.plastic("graphite"))
    liner = extrude(pocket, 0.078, holes=[rounded(rectangle(CORE + 0.002, CORE + 0.002), 0.026, 4)], bevel=0.0008)
    bottom = extrude(pocket, 0.004).facing("+x").moved(x=-0.079)
    bushes = [_along(tube(0.0188, 0.0142, 0.080, 18)).moved(0, y, z) for y, z in PINS]
    ring = _along(lathe([(0.018, 0), (0.058, 0), (0.058, 0.014), (0.030, 0.014), (0.018, 0.006)], 28))
    sprue = _along(lathe([(0, 0), (0.010, 0), (0.010, 0.003), (0.004, 0.003), (0, 0.001)], 16)).turned("y", 180)
    bright = [liner.facing("+x").moved(x=-0.040), bottom, *bushes, ring.moved(x=-0.150), sprue.moved(x=-0.077)]
    node.add(merge(bright), materials.chrome())
    node.add(_side_fittings(-0.055, -0.025), materials.brass())
    bolts = [_along(cap_bolt(0.012)).moved(-0.152, y, z) for y in (-0.12, 0.12) for z in (-0.14, 0.14)]
    node.add(merge([*bolts, _eye().moved(x=-0.06, y=HIGH / 2)]), materials.dark_steel())
    node.add(_hose(-0.055, -0.025), materials.plastic("blue"))
    stripe = extrude(rounded(rectangle(0.05, 0.03), 0.004, 2), 0.001)
    node.add(stripe.moved(-0.098, 0.12, -DEEP / 2), materials.plastic("red"))


def _side_fittings(x: float, y: float) -> Mesh:
    """Two coolant nipples on the face at -z, one above the other."""
    hexagon = cylinder(0.011, 0.010, 6).turned("x", 90)
    stem = lathe([(0, 0), (0.0065, 0), (0.0065, 0.012), (0.0085, 0.016), (0.0065, 0.028), (0, 0.028)], 12).turned(
        "x", 90
    )
    nipple = merge([hexagon, stem.moved(z=0.010)])
    return merge([nipple.moved(x, y + d, DEEP / 2) for d in (-0.06, 0.06)]).mirrored("z")


def _hose(x: float, y: float) -> Mesh:
    """The hose that joins the two nipples."""
    z = DEEP / 2
    path: list[Vec3] = [
        (x, y - 0.06, z + 0.022),
        (x, y - 0.06, z + 0.075),
        (x, y + 0.06, z + 0.075),
        (x, y + 0.06, z + 0.022),
    ]
    return pipe(bent(path, 0.05, 6), 0.0085, 8).mirrored("z")


def _eye() -> Mesh:
    ring = torus(0.020, 0.0055, 20, 6).turned("x", 90).moved(y=0.030)
    return merge([ring, cylinder(0.014, 0.008, 18, 0.001), cylinder(0.008, 0.012, 12)])


def _moving(node: Node) -> None:
    core = loft(
        [
            [(x, y, z) for z, y in rounded(rectangle(side, side), 0.024, 4)]
            for x, side in ((0.0, CORE - 0.006), (-DRAW + 0.003, CORE - 0.014), (-DRAW, CORE - 0.020))
        ]
    )
    node.add(merge([_plate(0.062, 0.0), _plate(0.032, 0.064)]), materials.steel())
    spacers = [box(0.092, HIGH, 0.062, 0.003).moved(0.144, 0, z) for z in (-0.159, 0.159)]
    node.add(merge([*spacers, _plate(0.032, 0.192, HIGH, DEEP + 0.06)]), materials.plastic("graphite"))
    pins = [
        _along(lathe([(0, 0), (0.0138, 0), (0.0138, 0.118), (0.0105, 0.128), (0, 0.130)], 16)).moved(0, y, z)
        for y, z in PINS
    ]
    collars = [_along(cylinder(0.019, 0.003, 16)).moved(0.001, y, z) for y, z in PINS]
    node.add(merge([core, *pins, *collars]), materials.chrome())
    shoes = [box(0.05, 0.05, 0.05, 0.004).moved(x, -0.196, z) for x in (0.03, 0.205) for z in (-0.13, 0.13)]
    bolts = [cap_bolt(0.012).turned("z", -90).moved(0.224, y, z) for y in (-0.13, 0.13) for z in (-0.17, 0.17)]
    locks = [box(0.05, 0.05, 0.012, 0.003).moved(0.045, y, DEEP / 2 + 0.006) for y in (-0.1, 0.1)]
    node.add(merge([*shoes, *bolts, *locks, _eye().moved(x=0.05, y=HIGH / 2)]), materials.dark_steel())
    node.add(_side_fittings(0.032, -0.025), materials.brass())
    node.add(_hose(0.032, -0.025), materials.plastic("red"))


def _ejectors(node: Node) -> None:
    plates = [box(0.016, 0.28, 0.24, 0.002).moved(x=0.150), box(0.020, 0.28, 0.24, 0.002).moved(x=0.170)]
    node.add(merge(plates), materials.aluminium())
    places = [(y, z) for y in (-0.06, 0.06) for z in (-0.06, 0.06)]
    pins = [_along(cylinder(0.005, 0.214, 10)).moved(0.144, y, z) for y, z in places]
    returns = [_along(cylinder(0.008, 0.142, 12)).moved(0.144, y, z) for y in (-0.12, 0.12) for z in (-0.09, 0.09)]
    rod = cylinder(0.016, 0.09, 20, 0.002).turned("z", -90).moved(x=0.178)
    node.add(merge([*pins, *returns, rod]), materials.polished_steel())
    node.add(_tub(), materials.plastic("orange"))


def _tub() -> Mesh:
    """The moulded part on the core: a tub with a rim."""

    def loop(x: float, side: float) -> list[Vec3]:
        line: Outline = rounded(rectangle(side, side), 0.025, 4)
        return [(x, y, z) for z, y in line]

    sections = [
        loop(-0.002, CORE + 0.016),
        loop(-0.006, CORE + 0.016),
        loop(-0.007, CORE),
        loop(-0.060, CORE - 0.008),
        loop(-DRAW - 0.003, CORE - 0.022),
    ]
    feet = tube(0.06, 0.054, 0.004, 28).turned("z", 90).moved(x=-DRAW - 0.0025)
    return merge([loft(sections), feet])
