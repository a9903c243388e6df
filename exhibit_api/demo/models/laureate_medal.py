"""A model worker's medal on its stand: a star over rays, laurel and gear rim, hung by a red ribbon before dark cloth."""

from exhibit_api.demo.modelling import materials
from exhibit_api.demo.modelling.angles import cosine, sine
from exhibit_api.demo.modelling.drawing import box as area
from exhibit_api.demo.modelling.drawing import sheet, text
from exhibit_api.demo.modelling.gears import gear_outline
from exhibit_api.demo.modelling.materials import Material
from exhibit_api.demo.modelling.mesh import Mesh, Vec2, Vec3, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.motion import turn
from exhibit_api.demo.modelling.outlines import circle, rectangle, rounded
from exhibit_api.demo.modelling.shading import shaded
from exhibit_api.demo.modelling.solids import box, extrude, lathe, panel, sphere, torus
from exhibit_api.demo.modelling.sweeps import curve, pipe
from exhibit_api.demo.modelling.textures import Texture, pictured

GOLD = Material("gold", (255, 198, 96), 1.0, 0.18)
SATIN = Material("satin gold", (226, 170, 84), 1.0, 0.42)
ENAMEL = Material("red enamel", (176, 18, 26), 0.0, 0.12)
LEAN = 14.0  # degrees the board leans back
MEDAL = 0.072  # radius
MEDAL_Y = 0.150  # on the board


def build() -> Model:
    """The medal on its stand; nothing moves."""
    model = Model("laureate-medal")
    _stand(model.node("stand"))
    board = model.node("board", at=(0, 0.030, 0.030), rotation=turn("x", -LEAN))
    _board(board)
    _ribbon(model.node("ribbon", parent=board, at=(0, 0, 0.012)))
    _medal(model.node("medal", parent=board, at=(0, MEDAL_Y, 0.0185)))
    return model


def _plate() -> Texture:
    picture = sheet(256, 64, (214, 172, 92))
    area(picture, 4, 4, 252, 60, (146, 104, 40))
    area(picture, 6, 6, 250, 58, (232, 194, 112))
    text(picture, "MODEL WORKER", (128, 23), 16, (60, 34, 12))
    text(picture, "DEMONSTRATION PIECE", (128, 45), 9, (60, 34, 12))
    return pictured("medal-plate", picture)


def _silk() -> Texture:
    """The ribbon: red moiré with two gold stripes at each edge."""
    picture = sheet(64, 64, (176, 22, 30))
    for row in range(0, 64, 3):
        area(picture, 0, row, 64, row + 1, (160, 18, 26))
    for left, right in ((4, 9), (12, 14), (50, 52), (55, 60)):
        area(picture, left, 0, right, 64, (232, 190, 86))
    return pictured("ribbon-silk", picture)


def _stand(node: Node) -> None:
    wood = materials.wood("walnut")
    foot = box(0.30, 0.022, 0.20, 0.005).moved(y=0.011)
    step = box(0.27, 0.014, 0.15, 0.004).moved(y=0.029, z=-0.01)
    node.add(merge([foot, step]), wood)
    strut = extrude(
        rounded([(-0.094, 0.030), (-0.040, 0.030), (-0.054, 0.29), (-0.072, 0.29)], 0.006, 2), 0.05, bevel=0.003
    )
    node.add(strut.facing("-x"), wood)
    desk = box(0.15, 0.036, 0.010, 0.002).turned("x", -38).moved(y=0.036, z=0.076)
    node.add(desk, GOLD)
    node.add(panel(0.138, 0.0345).turned("x", -38).moved(y=0.0398, z=0.0794), materials.label(_plate(), roughness=0.3))


def _board(node: Node) -> None:
    """A walnut frame with cloth let in; it stands on its lower edge and faces +Z."""
    frame = extrude(rounded(rectangle(0.250, 0.372), 0.010, 3), 0.022, holes=[rectangle(0.214, 0.336)], bevel=0.003)
    node.add(frame.moved(y=0.186), materials.wood("walnut"))
    node.add(box(0.222, 0.344, 0.010, 0.001).moved(y=0.186, z=-0.004), materials.fabric((26, 38, 74)).tiled(0.012))
    fillet = extrude(rectangle(0.216, 0.338), 0.004, holes=[rectangle(0.209, 0.331)], bevel=0.0008)
    node.add(fillet.moved(y=0.186, z=0.010), GOLD)


def _ribbon(node: Node) -> None:
    """A bar at the top, two bands that fall to a point, and the ring that carries the medal."""
    silk = Material("ribbon silk", (255, 255, 255), 0.0, 0.6, colour_texture=_silk(), tile=None, double_sided=True)
    top, low, wide = 0.340, MEDAL_Y + MEDAL + 0.016, 0.042
    node.add(
        _band(
            [
                (-wide, top, 0.004),
                (wide, top, 0.004),
                (wide * 0.98, (top + low) / 2 + 0.01, 0.007),
                (-wide * 0.98, (top + low) / 2 + 0.01, 0.007),
            ]
        ),
        silk,
    )
    node.add(
        _band(
            [
                (-wide * 0.98, (top + low) / 2 + 0.01, 0.007),
                (wide * 0.98, (top + low) / 2 + 0.01, 0.007),
                (0.013, low, 0.006),
                (-0.013, low, 0.006),
            ]
        ),
        silk,
    )
    bar = extrude(rounded(rectangle(0.102, 0.020), 0.006, 3), 0.008, bevel=0.002).moved(y=top, z=0.006)
    inlay = extrude(rectangle(0.086, 0.009), 0.002).moved(y=top, z=0.0105)
    clasp = extrude(rounded(rectangle(0.034, 0.011), 0.003, 3), 0.007, bevel=0.0015).moved(y=low, z=0.006)
    rings = [torus(0.0085, 0.0018, 24, 8).turned("x", 90).moved(y=low - 0.011, z=0.007)]
    knobs = [sphere(0.006, 12, 8).moved(x, top, 0.006) for x in (-0.053, 0.053)]
    node.add(merge([bar, clasp, *rings, *knobs]), GOLD)
    node.add(inlay, ENAMEL)


def _band(corners: list[Vec3]) -> Mesh:
    """A flat piece of ribbon: corners from its upper left clockwise as seen from the front, the picture fitted to it."""
    fitted: list[Vec2] = [(0, 0), (1, 0), (1, 1), (0, 1)]
    pieces = ((0, 2, 1), (0, 3, 2))
    return shaded(corners, [pieces], uvs=[[[fitted[k] for k in piece] for piece in pieces]])


def _medal(node: Node) -> None:
    rim = extrude(
        gear_outline(36, 2 * (MEDAL - 0.004) / 36, steps=1),
        0.008,
        holes=[circle(MEDAL - 0.013, 40)],
        bevel=0.0008,
        crease=62,
    )
    eye = torus(0.007, 0.002, 20, 8).turned("x", 90).moved(y=MEDAL + 0.004)
    node.add(merge([rim, eye]), GOLD)
    node.add(extrude(circle(MEDAL - 0.0125, 48), 0.005), SATIN)
    node.add(_rays(0.054, 40, 0.0022).moved(z=0.0025), SATIN)
    bead = torus(MEDAL - 0.0135, 0.0016, 44, 6).turned("x", 90).moved(z=0.0042)
    pearls = sphere(0.0013, 5, 4).moved(x=0.0552, z=0.0034).ringed(48, "z")
    node.add(merge([bead, pearls]), GOLD)
    field = lathe([(0, 0), (0.0275, 0), (0.0275, 0.003), (0.022, 0.005), (0, 0.0058)], 40, crease=40).turned("x", 90)
    node.add(field.moved(y=0.004, z=0.003), ENAMEL)
    ring = torus(0.0280, 0.0014, 36, 6).turned("x", 90).moved(y=0.004, z=0.006)
    node.add(merge([ring, _star(0.0225, 0.0088, 0.0062).moved(y=0.004, z=0.0078)]), GOLD)
    node.add(_laurel(), GOLD)


def _rays(radius: float, count: int, height: float) -> Mesh:
    """Rays from the middle, each a ridge between two valleys."""
    points: list[Vec3] = [(0.0, 0.0, height)]
    for k in range(2 * count):
        reach = radius if k % 2 else radius * (0.99 if k % 4 else 0.93)
        points.append((reach * cosine(180 * k / count), reach * sine(180 * k / count), 0.0 if k % 2 else height))
    return shaded(points, [[(0, k + 1, (k + 1) % (2 * count) + 1)] for k in range(2 * count)], crease=4)


def _star(outer: float, inner: float, height: float) -> Mesh:
    """A five-pointed star that faces +Z, its points sloping from a raised middle; its back lies on the field."""
    rim = [((inner if k % 2 else outer), 90 + 36 * k) for k in range(10)]
    points: list[Vec3] = [(r * cosine(a), r * sine(a), 0.0) for r, a in rim] + [(0.0, 0.0, height), (0.0, 0.0, 0.0)]
    facets = [[(k, (k + 1) % 10, 10)] for k in range(10)] + [[((k + 1) % 10, k, 11)] for k in range(10)]
    return shaded(points, facets, crease=10)


def _laurel() -> Mesh:
    """Two branches that open upwards round the field, tied below."""
    leaf = sphere(1.0, 6, 4).scaled(0.0036, 0.0095, 0.0022)
    parts: list[Mesh] = []
    for k in range(8):
        way = -78 + 17.5 * k
        for tilt, reach in ((26, 0.0445), (-26, 0.0375)):
            size = 1.0 - 0.045 * k
            placed = (
                leaf.scaled(size).turned("z", way + tilt).moved(reach * cosine(way), 0.002 + reach * sine(way), 0.0058)
            )
            parts += [placed, placed.mirrored("x")]
    stem = pipe(
        curve([(0.041 * cosine(a), 0.002 + 0.041 * sine(a), 0.0058) for a in (-88, -50, -10, 25, 50)], 4), 0.0010, 6
    )
    tie = box(0.012, 0.006, 0.004, 0.001).moved(y=-0.039, z=0.006)
    return merge([*parts, stem, stem.mirrored("x"), tie])
