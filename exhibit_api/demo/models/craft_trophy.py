"""The craftsman trophy: four gilded ribbons, one a region, rise twisting round a gear with a star, on a walnut plinth."""

from exhibit_api.demo.modelling import materials
from exhibit_api.demo.modelling.angles import cosine, sine
from exhibit_api.demo.modelling.drawing import box as area
from exhibit_api.demo.modelling.drawing import sheet, text
from exhibit_api.demo.modelling.gears import gear_outline
from exhibit_api.demo.modelling.materials import Material
from exhibit_api.demo.modelling.mesh import Mesh, Vec2, Vec3, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.outlines import circle, regular
from exhibit_api.demo.modelling.parts import rivet
from exhibit_api.demo.modelling.shading import shaded
from exhibit_api.demo.modelling.solids import extrude, lathe, panel, sphere, torus
from exhibit_api.demo.modelling.sweeps import loft
from exhibit_api.demo.modelling.textures import Texture, pictured

GOLD = Material("gold", (255, 196, 92), 1.0, 0.16)
SATIN = Material("satin gold", (236, 184, 96), 1.0, 0.36)
ENAMEL = Material("red enamel", (168, 20, 26), 0.0, 0.14)
STONE = Material("black marble", (24, 24, 27), 0.0, 0.12)
PLINTH = 0.170  # height of plinth and collar
TOP = 0.70
GEAR_Y = 0.465
TWIST = 165.0  # degrees that a ribbon winds on its way up


def build() -> Model:
    """The trophy; the clip "run" turns all above the plinth once in 24 seconds, and the gear back in the ribbons."""
    model = Model("craft-trophy")
    _plinth(model.node("plinth"))
    flame = model.node("ribbons", at=(0, PLINTH, 0))
    _collar(flame)
    flame.add(_ribbon().ringed(4, "y", start=45), GOLD)
    emblem = model.node("gear", parent=flame, at=(0, GEAR_Y - PLINTH, 0))
    _emblem(emblem)
    model.spin(flame, "y", seconds_per_turn=24)
    model.spin(emblem, "y", turns=-2, seconds_per_turn=12)
    return model


def _inscription() -> Texture:
    picture = sheet(256, 128, (222, 178, 92))
    area(picture, 4, 4, 252, 124, (150, 108, 40))
    area(picture, 6, 6, 250, 122, (232, 192, 108))
    text(picture, "CRAFTSMAN TROPHY", (128, 42), 16, (60, 34, 12))
    area(picture, 60, 66, 196, 68, (150, 108, 40))
    text(picture, "FOUR REGIONS - ONE CRAFT", (128, 90), 10, (60, 34, 12))
    return pictured("inscription", picture)


def _plinth(node: Node) -> None:
    foot = lathe([(0, 0), (0.185, 0), (0.185, 0.022), (0.172, 0.034), (0, 0.034)], 8, bevel=0.004).turned("y", 22.5)
    block = extrude(regular(8, 0.160, 22.5), 0.085, bevel=0.004).facing("+y").moved(y=0.0765)
    node.add(foot, STONE)
    node.add(block, materials.wood("walnut"))
    cap = lathe(
        [(0, 0.119), (0.166, 0.119), (0.166, 0.131), (0.150, 0.144), (0.120, 0.148), (0, 0.148)], 8, bevel=0.003
    )
    node.add(cap.turned("y", 22.5), STONE)
    bead = torus(0.112, 0.005, 48, 8).moved(y=0.149)
    face = 0.160 * cosine(22.5)
    studs = [rivet(0.007).turned("x", 90).moved(x, y, face) for x in (-0.052, 0.052) for y in (0.0525, 0.1005)]
    node.add(merge([bead, *studs]), GOLD)
    node.add(panel(0.114, 0.057).moved(y=0.0765, z=face + 0.0008), materials.label(_inscription(), roughness=0.3))


def _collar(node: Node) -> None:
    profile = [
        (0, -0.022), (0.098, -0.022), (0.102, -0.016), (0.100, -0.008), (0.080, 0.0), (0.064, 0.012), (0.058, 0.03),
        (0.050, 0.036), (0, 0.036),
    ]  # fmt: skip
    node.add(lathe(profile, 48, bevel=0.0015), SATIN)
    node.add(sphere(0.0055, 8, 5).moved(x=0.090, y=-0.004).ringed(28), GOLD)


def _ribbon() -> Mesh:
    """A blade of changing breadth whose middle line swells, winds and closes toward the top."""
    sections: list[list[Vec3]] = []
    steps = 30
    for k in range(steps + 1):
        share = k / steps
        way = TWIST * share
        swell = sine(180 * round(share**0.85, 12))
        reach = 0.046 + 0.082 * swell - 0.030 * share
        height = 0.03 + (TOP - PLINTH - 0.03) * share
        wide = 0.012 + 0.048 * sine(180 * (0.18 + 0.80 * share)) * (1 - 0.35 * share)
        lean = 52 - 64 * share
        section: list[Vec3] = []
        for across, thick in (
            (-1.0, 0.0),
            (-0.5, -0.8),
            (0.0, -1.0),
            (0.5, -0.8),
            (1.0, 0.0),
            (0.5, 0.62),
            (0.0, 0.8),
            (-0.5, 0.62),
        ):
            u, v = across * wide, thick * 0.0065 * (1 - 0.6 * share)
            radial = reach + v * cosine(lean) - u * sine(lean) * 0.5
            side = u * cosine(lean) + v * sine(lean)
            section.append(
                (radial * cosine(way) - side * sine(way), height + u * 0.22, -(radial * sine(way) + side * cosine(way)))
            )
        sections.append(section[::-1])
    return loft(sections, crease=70)


def _emblem(node: Node) -> None:
    """The gear: a toothed steel ring, a red field, a star with edges, gilded rims on both sides."""
    ring = extrude(gear_outline(28, 0.0050), 0.018, holes=[circle(0.052, 40)], bevel=0.0008)
    node.add(ring, materials.polished_steel())
    node.add(extrude(circle(0.0525, 40), 0.008), ENAMEL)
    rim = torus(0.0525, 0.0030, 48, 8).turned("x", 90)
    star = _star(0.040, 0.0155, 0.011)
    node.add(
        merge([rim.moved(z=0.0085), rim.moved(z=-0.0085), star.moved(z=0.004), star.turned("y", 180).moved(z=-0.004)]),
        GOLD,
    )
    stem = lathe(
        [
            (0, -0.294),
            (0.030, -0.294),
            (0.012, -0.26),
            (0.007, -0.18),
            (0.010, -0.095),
            (0.016, -0.078),
            (0.016, -0.068),
            (0, -0.068),
        ],
        20,
        bevel=0.001,
    )
    node.add(merge([stem, sphere(0.011, 14, 8).moved(y=-0.17)]), SATIN)


def _star(outer: float, inner: float, height: float) -> Mesh:
    """A five-pointed star that faces +Z, its points sloping from a raised middle."""
    rim: list[Vec2] = []
    for k in range(10):
        radius = inner if k % 2 else outer
        rim.append((radius * cosine(90 + 36 * k), radius * sine(90 + 36 * k)))
    points: list[Vec3] = [(x, y, 0.0) for x, y in rim] + [(0.0, 0.0, height), (0.0, 0.0, 0.0)]
    slopes = [[(k, (k + 1) % 10, 10)] for k in range(10)]
    back = [[((k + 1) % 10, k, 11)] for k in range(10)]
    return shaded(points, [*slopes, *back], crease=10)
