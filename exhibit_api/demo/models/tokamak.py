"""A tokamak at 1:15, a quarter cut out: plasma, tiled vessel, D-shaped coils, solenoid, ring coils, ports and base."""

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.angles import cosine, sine
from exhibit_api.demo.modelling.drawing import box as area
from exhibit_api.demo.modelling.drawing import sheet
from exhibit_api.demo.modelling.materials import Material
from exhibit_api.demo.modelling.mesh import Mesh, Vec2, Vec3, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.motion import turn
from exhibit_api.demo.modelling.outlines import chamfered, circle, inset, rectangle
from exhibit_api.demo.modelling.solids import box, cylinder, lathe, panel, tube
from exhibit_api.demo.modelling.sweeps import sweep
from exhibit_api.demo.modelling.textures import Texture, pictured

MAJOR, MINOR, TALL, LEAN = 0.295, 0.092, 1.75, 22.0  # the plasma: radii, elongation, the lean of its D in degrees
CENTRE = 0.55  # height of the mid-plane
OPEN, COILS = 90.0, 12  # degrees cut out at the front; coils round the rest
PLASMA = Material("plasma", (90, 24, 60), 0.0, 0.6, emissive=(255, 128, 190))
HALO = Material("plasma edge", (255, 80, 170), 0.0, 0.8, alpha=0.34, emissive=(120, 16, 84))
COPPER = Material("copper", (214, 124, 88), 1.0, 0.26)
BRONZE = Material("bronze", (176, 118, 66), 1.0, 0.34)
GRAPHITE = Material("graphite enamel", (50, 53, 58), 0.0, 0.45)
GREY = Material("grey enamel", (148, 153, 156), 0.0, 0.45)
SKY = Material("sky enamel", (112, 164, 196), 0.0, 0.45)
STEEL = Material("blasted steel", (172, 175, 179), 1.0, 0.38)
FILAMENT = Material("filaments", (255, 220, 240), 0.0, 0.6, emissive=(255, 222, 240))


def build() -> Model:
    """The machine; the clip "run" turns the bright filaments along the plasma."""
    model = Model("tokamak")
    _base(model.node("base", at=(0, -CENTRE, 0)))
    vessel = model.node("vessel")
    _vessel(vessel)
    _ports(vessel)
    _rings(vessel)
    half = (360 - OPEN) / 2
    right = model.node("coils right", rotation=turn("y", OPEN / 2 - 90))
    _coils(right, half)
    model.node("coils left", rotation=turn("y", OPEN / 2 - 90 + half), like=right)
    _plasma(model.node("plasma"))
    filaments = model.node("filaments")
    filaments.add(merge(_filament(120 * k) for k in range(3)), FILAMENT)
    model.spin(filaments, "y", turns=1 / 3, seconds_per_turn=24)
    return model


def _section(grow: float = 0.0, steps: int = 14) -> list[Vec2]:
    """The D of the plasma as (radius, height), grown outward by metres."""
    line: list[Vec2] = []
    for k in range(steps):
        angle = 360 * k / steps
        line.append((MAJOR + MINOR * cosine(angle + LEAN * sine(angle)), MINOR * TALL * sine(angle)))
    return inset(line, -grow)


def _cut(profile: list[Vec2], segments: int = 16, bevel: float = 0.0) -> Mesh:
    """A turned ring with the quarter in front left out."""
    return lathe(profile, segments, bevel=bevel, sweep=360 - OPEN).turned("y", -OPEN / 2)


def _plasma(node: Node) -> None:
    node.add(lathe(_section(-0.034, 12), 32, crease=80), PLASMA)
    node.add(lathe(_section(0.0, 14), 32, crease=80), HALO)


def _filament(start: float) -> Mesh:
    """A closed line inside the plasma's edge, once round each way."""
    path: list[Vec3] = []
    for k in range(36):
        around = 360 * k / 36
        radius = MAJOR + (MINOR - 0.016) * cosine(around + LEAN * sine(around))
        way = start + around
        path.append((radius * cosine(way), (MINOR - 0.016) * TALL * sine(around), radius * sine(way)))
    return sweep(circle(0.0028, 3), path, ring=True, crease=130)


def _tiles() -> Texture:
    """Four by two armour tiles with bright joints and a bolt hole in each."""
    picture = sheet(64, 64, (120, 122, 128))
    for row in range(2):
        for column in range(2):
            x, y = 32 * column, 32 * row
            area(picture, x + 1, y + 1, x + 31, y + 31, (44, 45, 48) if (row + column) % 2 else (56, 57, 61))
            area(picture, x + 14, y + 14, x + 18, y + 18, (20, 20, 22))
    return pictured("armour-tiles", picture)


def _vessel(node: Node) -> None:
    armour = Material("armour tiles", (255, 255, 255), 0.3, 0.5, colour_texture=_tiles(), tile=0.055)
    node.add(_shell(_section(0.048), _section(0.034)), STEEL)
    node.add(_shell(_section(0.0335), _section(0.022)), armour)
    ribs = []
    for k in range(4):
        way = OPEN / 2 + 90 + (360 - OPEN) * (k + 0.5) / 4
        line = [(r * cosine(way), y, r * sine(way)) for r, y in _section(0.049)]
        ribs.append(sweep(rectangle(0.008, 0.008), line, ring=True, crease=100))
    node.add(merge(ribs), materials.polished_steel())
    low = -MINOR * TALL
    floor = [(-0.08, -0.014), (0.03, -0.014), (0.045, 0.014), (-0.02, -0.002), (-0.068, 0.024)]
    node.add(_cut([(MAJOR + r, low + y) for r, y in floor]), COPPER)


def _shell(outer: list[Vec2], inner: list[Vec2]) -> Mesh:
    """The space between two D-shaped lines, as two cut rings that meet at the mid-plane."""
    count = len(outer) // 2
    upper = [*outer[: count + 1], *inner[: count + 1][::-1]]
    lower = [*outer[count:], outer[0], inner[0], *inner[count:][::-1]]
    return merge([_cut(upper), _cut(lower)])


def _ports(node: Node) -> None:
    """Ducts with their blind flanges, to the side between the coils and up beside the ring coils."""
    duct = merge([box(0.075, 0.10, 0.13, 0.006).moved(z=0.48), box(0.10, 0.125, 0.014, 0.003).moved(z=0.546)])
    bolt = lathe([(0, 0), (0.007, 0), (0.007, 0.009), (0, 0.009)], 5, crease=100).turned("x", 90)
    bolts = merge(bolt.moved(x, y, 0.553) for x in (-0.041, 0.041) for y in (-0.053, 0, 0.053))
    chimney = merge([cylinder(0.026, 0.13, 10).moved(y=0.17), cylinder(0.036, 0.012, 12, 0.002).moved(y=0.30)])
    ways = (67.5, 112.5, 180.0, 247.5, 292.5)
    node.add(merge(merge([duct, chimney.moved(z=0.30)]).turned("y", way) for way in ways), SKY)
    node.add(merge(bolts.turned("y", way) for way in ways), materials.polished_steel())


def _coils(node: Node, sweep_angle: float) -> None:
    """Half of the D-shaped coils: dark cases with the copper winding let in, from the cut on (+X, turning to -Z)."""
    path: list[Vec3] = [(0.128, 0.21 * k, 0) for k in (-1, 0, 1)]
    for k in range(13):
        angle = 116 - 232 * k / 12
        path.append((0.262 + 0.215 * cosine(angle), 0.33 * sine(angle), 0))
    case = sweep(chamfered(rectangle(0.044, 0.05), 0.006), path, ring=True, crease=60)
    winding = sweep(rectangle(0.020, 0.054), path, ring=True, crease=40)
    count = COILS // 2
    ways = [sweep_angle * (k + 0.5) / count for k in range(count)]
    node.add(merge(case.turned("y", way) for way in ways), GRAPHITE)
    node.add(merge(winding.turned("y", way) for way in ways), COPPER)


def _rings(node: Node) -> None:
    """The solenoid in the middle and the ring coils outside, held by clamps."""
    stack = merge(cylinder(0.094, 0.098, 16, 0.005).moved(y=0.104 * k - 0.049) for k in range(-3, 4))
    node.add(stack, COPPER)
    ends = [tube(0.097, 0.05, 0.014, 24, 0.002).moved(y=y) for y in (-0.375, 0.362)]
    core = cylinder(0.075, 0.75, 12).moved(y=-0.375)
    rings, clamps = [], []
    for radius, height, wide, tall in (
        (0.17, 0.395, 0.045, 0.04),
        (0.41, 0.345, 0.045, 0.04),
        (0.535, 0.17, 0.036, 0.045),
    ):
        for y in (-height, height):
            rings.append(_cut([(radius + a, y + b) for a, b in rectangle(wide, tall)], round(12 + radius * 18), 0.005))
            clamp = box(wide + 0.014, tall + 0.014, 0.022, 0.003).moved(x=radius, y=y)
            clamps += [clamp.turned("y", way) for way in (-22.5, 202.5)]
    node.add(merge(rings), BRONZE)
    node.add(merge([*ends, core, *clamps]), materials.polished_steel())


def _base(node: Node) -> None:
    foot = lathe([(0, 0), (0.6, 0), (0.6, 0.03), (0.585, 0.045), (0, 0.045)], 40, bevel=0.003)
    desk = box(0.19, 0.018, 0.1, 0.003).turned("x", 55).moved(y=0.082, z=0.512)
    node.add(merge([foot, desk]), GRAPHITE)
    node.add(tube(0.50, 0.30, 0.016, 40, 0.002).moved(y=0.045), STEEL)
    sole = box(0.09, 0.014, 0.09, 0.002).moved(y=0.068)
    leg = merge([cylinder(0.026, 0.16, 10).moved(y=0.07), sole, box(0.07, 0.02, 0.07, 0.003).moved(y=0.185)])
    legs = [leg.moved(x=0.41).turned("y", way) for way in (-22.5, 67.5, 112.5, 157.5, 202.5)]
    pillar = merge([cylinder(0.10, 0.10, 18, 0.004).moved(y=0.045), cylinder(0.07, 0.05, 16).moved(y=0.14)])
    node.add(merge([*legs, pillar]), GREY)
    node.add(lathe([(0.55, 0), (0.562, 0), (0.556, 0.006)], 36, crease=130).moved(y=0.044), materials.lamp("blue"))
    plate = panel(0.172, 0.086).turned("x", -35).moved(y=0.0878, z=0.5202)
    node.add(plate, materials.label(dials.type_plate("TOKAMAK 1:15", "PLASMA R 4.4 M", "COILS 16 + 6")))
