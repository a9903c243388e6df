"""A centrifugal pump cut through its middle: the rear half of the spiral casing, a bronze impeller, a front of glass."""

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.angles import cosine, sine
from exhibit_api.demo.modelling.materials import Material
from exhibit_api.demo.modelling.mesh import Mesh, Vec2, Vec3, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.outlines import Outline, arc, rectangle, rounded
from exhibit_api.demo.modelling.parts import bolt_circle, gusset
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, tube
from exhibit_api.demo.modelling.sweeps import loft

IMPELLER, EYE = 0.165, 0.078  # radii
THROAT, WALL = 0.178, 0.014  # where the spiral opens to the impeller; the casing's thickness
LEAST, MOST = 0.022, 0.066  # the spiral's inside radius at the tongue and at the outlet
FLOOR = -0.032  # the rear wall's inside
OUTLET = 0.33  # the outlet flange's height above the axis
VANES = 6
BRONZE = Material("plain bronze", (176, 118, 66), 1.0, 0.34)


def build() -> Model:
    """The pump on its base plate; the clip "run" turns impeller and shaft."""
    model = Model("pump-impeller")
    still = model.node("pump")
    for assemble in (_casing, _bearing_bracket, _base):
        assemble(still)
    impeller = model.node("impeller")
    _impeller(impeller)
    model.spin(impeller, "z", seconds_per_turn=5)
    return model


def _spiral(way: float) -> float:
    """The inside radius of the spiral at an angle from the tongue, in degrees."""
    return LEAST + (MOST - LEAST) * way / 360


def _section(inside: float, outside: float, closing: float) -> list[Vec2]:
    """Half of the pipe's wall as (distance from the pipe's middle, depth); closing 0 opens inward, 1 is a half ring."""
    end = -100 - 80 * closing
    outer, inner = arc(outside, 0, end, 8), arc(inside, end, 0, 8)
    return [*outer, *inner]


def _wall(inside: float, thick: float, steps: int = 30, floor: bool = True) -> Mesh:
    """The spiral from tongue to outlet flange; the wall starts `inside` beyond the water's surface."""
    sections: list[list[Vec3]] = []
    for k in range(steps + 1):
        way = 360 * k / steps
        radius = _spiral(way)
        line = _section(radius + inside, radius + inside + thick, 0)
        places = [(THROAT + radius + r, z) for r, z in line]
        if floor:
            half = len(line) // 2
            places = [*places[:half], (THROAT - 0.006, FLOOR - WALL), (THROAT - 0.006, FLOOR), *places[half:]]
        sections.append([(r * cosine(way), r * sine(way), z) for r, z in reversed(places)])
    return loft(sections, crease=40)


def _outlet(inside: float, thick: float, height: float) -> Mesh:
    """The half pipe that leads up from the spiral's end."""
    line = _section(inside, inside + thick, 1)
    low, high = ([(THROAT + MOST + r, y, z) for r, z in reversed(line)] for y in (0.0, height))
    return loft([low, high], crease=40)


def _casing(node: Node) -> None:
    rear = lathe([(0.050, FLOOR), (THROAT + 0.004, FLOOR), (THROAT + 0.004, FLOOR - WALL), (0.050, FLOOR - WALL)], 40)
    middle = THROAT + MOST
    neck = tube(MOST + WALL, MOST, OUTLET - 0.20, 36, 0.002).moved(middle, 0.20)
    rim = tube(0.122, MOST, 0.024, 36, 0.003).moved(middle, OUTLET - 0.024)
    ribs = [
        box(0.010, 0.07, 0.05, 0.002).moved(y=0.145, z=FLOOR - 0.03).turned("z", angle) for angle in range(0, 360, 45)
    ]
    tongue = box(0.024, 0.058, 0.040, 0.005).moved(middle - MOST - 0.004, 0.048, -0.020)
    body = [_wall(0, WALL), _outlet(MOST, WALL, 0.21), rear.turned("x", 90), neck, rim, tongue, *ribs]
    node.add(merge(body), materials.plastic("blue"))
    lip = [_cut_spiral(), box(WALL, 0.20, 0.001).moved(middle + MOST + WALL / 2, 0.10)]
    lip.append(box(WALL, 0.125, 0.001).moved(middle - MOST - WALL / 2, 0.1375))
    node.add(merge(part.moved(z=0.0008) for part in lip), materials.plastic("red"))
    bolts = bolt_circle(cylinder(0.013, 0.012, 6), 0.102, 8, start=22.5).moved(middle, OUTLET)
    node.add(bolts, materials.polished_steel())
    cover = lathe(
        [
            (THROAT, 0.034),
            (THROAT, 0.040),
            (0.096, 0.046),
            (0.084, 0.075),
            (0.084, 0.150),
            (0.078, 0.150),
            (0.078, 0.072),
            (0.090, 0.040),
        ],
        32,
    )
    ring = tube(0.115, 0.078, 0.012, 32).moved(y=0.148)
    node.add(merge([cover, ring]).turned("x", 90), materials.glass((196, 226, 236), 0.22))


def _cut_spiral() -> Mesh:
    """The thin red face where the spiral is cut."""
    sections: list[list[Vec3]] = []
    for way in range(0, 361, 10):
        inner = THROAT + 2 * _spiral(way)
        loop = [(inner, 0.0005), (inner, -0.0005), (inner + WALL, -0.0005), (inner + WALL, 0.0005)]
        sections.append([(r * cosine(way), r * sine(way), z) for r, z in loop])
    return loft(sections)


def _impeller(node: Node) -> None:
    rear: Outline = [
        (0, -0.026),
        (IMPELLER, -0.026),
        (IMPELLER, -0.020),
        (0.09, -0.018),
        (0.045, -0.006),
        (0.030, 0.03),
        (0, 0.03),
    ]
    hub = lathe(rear, 36).turned("x", 90)
    front: Outline = [
        (IMPELLER, 0.008),
        (IMPELLER, 0.014),
        (0.11, 0.026),
        (0.088, 0.040),
        (0.080, 0.062),
        (EYE - 0.006, 0.062),
        (EYE - 0.002, 0.038),
        (0.10, 0.020),
    ]
    shroud = lathe(front, 30, sweep=215).turned("x", 90).turned("z", 150)
    lip = tube(0.080, EYE - 0.006, 0.010, 40, 0.001).turned("x", 90).moved(z=0.056)
    node.add(merge([hub, shroud, lip, *(_vane().turned("z", 360 / VANES * k) for k in range(VANES))]), BRONZE)
    nut = lathe([(0, 0.030), (0.027, 0.030), (0.027, 0.042), (0.015, 0.062), (0, 0.066)], 6).turned("x", 90)
    shaft = lathe(
        [(0, -0.34), (0.016, -0.34), (0.016, -0.27), (0.021, -0.268), (0.021, -0.026), (0, -0.026)], 24, bevel=0.002
    )
    key = box(0.006, 0.006, 0.05, 0.001).moved(y=0.017, z=-0.31)
    node.add(merge([nut, shaft.turned("x", 90), key]), materials.polished_steel())


def _vane() -> Mesh:
    """A vane that bends backward from the eye to the rim; its front edge follows the shroud."""
    sections: list[list[Vec3]] = []
    for k in range(10):
        share = k / 9
        radius = 0.050 + (IMPELLER - 0.0505) * share
        way = -112 * share * (1 - 0.18 * share)
        half = 0.0028 if 0 < k < 9 else 0.0012
        top = 0.036 - 0.024 * share
        across = [(half, -0.020), (half, top), (-half, top), (-half, -0.020)]
        lean = way + 90 - 62  # the vane's direction, from the tangent inward
        sections.append(
            [(radius * cosine(way) + d * cosine(lean), radius * sine(way) + d * sine(lean), z) for d, z in across]
        )
    return loft(sections, crease=60)


def _bearing_bracket(node: Node) -> None:
    line: Outline = [
        (0.022, -0.060),
        (0.105, -0.060),
        (0.105, -0.076),
        (0.066, -0.090),
        (0.058, -0.110),
        (0.058, -0.235),
        (0.066, -0.240),
        (0.066, -0.262),
        (0.022, -0.262),
    ]
    cover = lathe([(0.022, FLOOR - WALL + 0.001), (0.105, FLOOR - WALL + 0.001), (0.105, -0.060), (0.022, -0.060)], 36)
    fins = gusset(0.040, 0.10, 0.010).moved(x=0.055).turned("x", -90).moved(z=-0.086)
    bracket = merge([lathe(line, 32), cover]).turned("x", 90)
    foot = box(0.07, 0.25, 0.022, 0.004).moved(y=-0.17, z=-0.225)
    sole = box(0.17, 0.016, 0.06, 0.003).moved(y=-0.297, z=-0.225)
    node.add(
        merge([bracket, foot, sole, *(fins.turned("z", way) for way in (45, 135, 225, 315))]),
        materials.plastic("graphite"),
    )
    cap = merge(
        [cylinder(0.012, 0.012, 6).moved(y=0.055, z=-0.17), cylinder(0.010, 0.02, 14, 0.002).moved(y=0.06, z=-0.17)]
    )
    end = bolt_circle(cylinder(0.006, 0.006, 6), 0.054, 6, "z").turned("y", 180).moved(z=-0.262)
    node.add(merge([cap, end]), materials.polished_steel())


def _base(node: Node) -> None:
    plate = extrude(rounded(rectangle(0.66, 0.36), 0.03, 4), 0.03, bevel=0.004).facing("+y").moved(0.03, -0.322, -0.115)
    rails = [box(0.62, 0.012, 0.04, 0.003).moved(0.03, -0.343, z) for z in (-0.24, 0.02)]
    node.add(merge([plate, *rails]), materials.plastic("graphite"))
    leg = [(-0.055, -0.307), (0.055, -0.307), (0.040, -0.20), (-0.040, -0.20)]
    legs = [extrude(leg, 0.030, bevel=0.003).moved(x, 0, -0.035) for x in (-0.12, 0.16)]
    soles = [box(0.13, 0.014, 0.08, 0.003).moved(x, -0.301, -0.035) for x in (-0.12, 0.16)]
    node.add(merge([*legs, *soles]), materials.plastic("blue"))
    feet = [cylinder(0.012, 0.011, 6).moved(x + d, -0.294, -0.035) for x in (-0.12, 0.16) for d in (-0.05, 0.05)]
    node.add(
        merge([*feet, *(cylinder(0.011, 0.010, 6).moved(x, -0.289, -0.225) for x in (-0.065, 0.065))]),
        materials.polished_steel(),
    )
    stand = box(0.14, 0.058, 0.012, 0.003).turned("x", -30).moved(0.03, -0.287, 0.035)
    node.add(stand, materials.dark_steel())
    shown = panel(0.112, 0.050).moved(z=0.0065).turned("x", -30).moved(0.03, -0.287, 0.035)
    node.add(shown, materials.label(dials.type_plate("CENTRIFUGAL PUMP", "Q 180 M/H  H 32 M")))
