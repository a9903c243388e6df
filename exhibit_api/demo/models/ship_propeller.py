"""A ship's propeller, 1:8: five skewed bronze blades with a finned boss cap, on its shaft in a pedestal bearing."""

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.angles import bearing
from exhibit_api.demo.modelling.blades import blade
from exhibit_api.demo.modelling.mesh import Mesh, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.outlines import Outline, arc, circle
from exhibit_api.demo.modelling.parts import bolt_circle
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, tube

TIP, ROOT = 0.47, 0.075  # radii
PITCH = 0.82  # metres of advance in one turn
AXIS = 0.515
STATIONS = 14
CHORDS = (0.150, 0.192, 0.232, 0.264, 0.285, 0.292, 0.282, 0.250, 0.190, 0.060)
SKEW = (0.0, -0.012, -0.018, -0.018, -0.010, 0.006, 0.030, 0.062, 0.098, 0.135)


def build() -> Model:
    """The propeller, seen from astern; the clip "run" turns it once in 16 s."""
    model = Model("ship-propeller")
    _stand(model.node("stand"))
    propeller = model.node("propeller", at=(0, AXIS, 0))
    _propeller(propeller)
    model.spin(propeller, "z", turns=-1, seconds_per_turn=16)
    return model


def _propeller(node: Node) -> None:
    boss = lathe(
        [(0, -0.11), (0.082, -0.11), (0.094, -0.06), (0.094, 0.02), (0.084, 0.095), (0, 0.095)], 48, bevel=0.003
    )
    blades = _blade().moved(y=ROOT).ringed(5, "z")
    node.add(merge([boss.turned("x", 90), blades]), materials.bronze().tiled(0.25))
    cap = lathe(
        [(0, 0.098), (0.080, 0.098), (0.070, 0.16), (0.044, 0.205), (0.018, 0.222), (0, 0.224)], 40, bevel=0.003
    )
    fin = extrude([(-0.036, 0), (0.030, 0), (0.026, 0.030), (0.010, 0.040), (-0.020, 0.026)], 0.007, bevel=0.0015)
    fins = fin.turned("y", 55).moved(y=0.066, z=0.140).ringed(5, "z", start=24)
    node.add(merge([cap.turned("x", 90), fins]), materials.brass())
    shaft = lathe(
        [(0, -0.11), (0.058, -0.11), (0.058, -0.30), (0.082, -0.302), (0.082, -0.326), (0, -0.326)], 40, bevel=0.002
    )
    ring = tube(0.086, 0.058, 0.012, 40, 0.002).moved(y=-0.124)
    heads = bolt_circle(cylinder(0.008, 0.008, 6, 0.001), 0.069, 8, "z").turned("y", 180).moved(z=-0.326)
    node.add(merge([shaft.turned("x", 90), ring.turned("x", 90), heads]), materials.polished_steel())


def _blade() -> Mesh:
    """One blade along +Y with the twist of a screw of constant pitch and a rounded, swept-back tip."""
    span = TIP - ROOT
    radii = [ROOT + span * k / 9 for k in range(10)]
    twists = [bearing(6.283185 * radius, PITCH) for radius in radii]
    thick = [0.20, 0.15, 0.115, 0.09, 0.072, 0.058, 0.048, 0.042, 0.042, 0.06]
    made = blade(span, CHORDS, twists, thicknesses=thick, camber=0.025, bow=SKEW, stations=STATIONS, points=9)
    return made.moved(x=-0.02)


def _stand(node: Node) -> None:
    housing = lathe([(0.060, -0.27), (0.105, -0.27), (0.105, -0.17), (0.060, -0.17)], 40, bevel=0.005).turned("x", 90)
    line: Outline = [
        (-0.21, 0.045), (0.21, 0.045), (0.20, 0.075), (0.115, 0.20), (0.100, AXIS),
        *arc(0.100, 0, 180, 12, (0, AXIS))[1:-1], (-0.100, AXIS), (-0.115, 0.20), (-0.20, 0.075),
    ]  # fmt: skip
    column = extrude(
        line,
        0.07,
        holes=[circle(0.064, 28, (0, AXIS)), [(-0.06, 0.12), (0.06, 0.12), (0.045, 0.33), (-0.045, 0.33)]],
        bevel=0.006,
    )
    sole = box(0.48, 0.03, 0.26, 0.006).moved(y=0.048, z=-0.20)
    rib = extrude(
        [(-0.02, 0.05), (-0.12, 0.05), (-0.12, 0.07), (-0.03, 0.30), (-0.02, 0.30)], 0.02, bevel=0.003
    ).turned("y", -90)
    ribs = merge(rib.moved(x, 0, -0.2) for x in (-0.085, 0.085))
    node.add(
        merge([housing.moved(y=AXIS), column.moved(z=-0.22), sole, ribs, ribs.turned("y", 180, (0, 0, -0.22))]),
        materials.paint("navy", gloss=0.7),
    )
    node.add(box(0.62, 0.035, 0.46, 0.006).moved(y=0.0175, z=-0.10), materials.wood("walnut"))
    seals = merge(tube(0.078, 0.059, 0.008, 24, 0.002).turned("x", 90).moved(0, AXIS, z) for z in (-0.172, -0.278))
    bolts = merge(cylinder(0.014, 0.011, 6, 0.002).moved(x, 0.063, z) for x in (-0.20, 0.20) for z in (-0.29, -0.11))
    ring = bolt_circle(cylinder(0.006, 0.006, 6, 0.001), 0.091, 10, "z").moved(0, AXIS, -0.17)
    node.add(merge([seals, bolts, ring]), materials.polished_steel())
    node.add(
        panel(0.16, 0.08).turned("x", -35).moved(y=0.07, z=0.075),
        materials.label(dials.type_plate("SHIP PROPELLER", "5 BLADES  D 7.5 M", "SCALE 1:8  NI-AL BRONZE")),
    )
    wedge = extrude([(0.045, 0.035), (0.115, 0.035), (0.115, 0.040), (0.045, 0.094)], 0.175, bevel=0.002).turned(
        "y", -90
    )
    node.add(wedge, materials.plastic("black"))
