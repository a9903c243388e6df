"""The bench of an innovation studio: beech top, vice, lit lamp, tool board, drawers, a drawing and the part it shows."""

from collections.abc import Callable

from exhibit_api.demo.modelling import materials
from exhibit_api.demo.modelling.angles import cosine, sine
from exhibit_api.demo.modelling.drawing import Colour, ring, sheet, strokes, text
from exhibit_api.demo.modelling.drawing import box as area
from exhibit_api.demo.modelling.gears import gear_outline
from exhibit_api.demo.modelling.materials import Material
from exhibit_api.demo.modelling.mesh import Mesh, Vec2, Vec3, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.motion import turn
from exhibit_api.demo.modelling.outlines import Outline, arc, circle, rectangle, rounded
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, rod, torus
from exhibit_api.demo.modelling.sweeps import bent, pipe, spring
from exhibit_api.demo.modelling.textures import Texture, pictured

WIDE, DEEP, TOP = 1.60, 0.70, 0.86  # the bench top's upper face stands at TOP
BOARD_Z = -0.355

GREY = Material("grey enamel", (120, 128, 134), 0.0, 0.45)
TEAL = Material("teal enamel", (18, 106, 112), 0.0, 0.38)
DARK = Material("graphite enamel", (48, 50, 55), 0.0, 0.5)
RED = Material("red plastic", (186, 30, 28), 0.0, 0.36)
STEEL = Material("tool steel", (186, 188, 192), 1.0, 0.26)


def build() -> Model:
    """The bench with all that lies on it; the lamp is lit, nothing moves."""
    model = Model("studio-bench")
    bench = model.node("bench")
    _bench(bench)
    _placed(bench, _cabinet, (0.49, 0, 0.0))
    _placed(bench, _board, (0, 1.135, BOARD_Z))
    _placed(bench, _tools, (0, 1.135, BOARD_Z + 0.016))
    _placed(bench, _vice, (-0.56, TOP, 0.20))
    _placed(bench, _work, (0, TOP, 0.0))
    _lamp(model.node("lamp", at=(0.64, TOP, -0.20), rotation=turn("y", -52)))
    return model


def _placed(node: Node, build_part: Callable[[Node], None], at: Vec3) -> None:
    """What is modelled round its own origin, fixed to the node at a place."""
    part = Node("part")
    build_part(part)
    for mesh, material in part.parts:
        node.add(mesh.moved(*at), material)


def _bench(node: Node) -> None:
    beech = materials.wood("beech")
    planks = box(WIDE, 0.048, DEEP / 4 - 0.002, 0.004).repeated(4, (0, 0, DEEP / 4)).moved(y=TOP - 0.024, z=0.03)
    apron = box(WIDE - 0.02, 0.06, 0.022, 0.003).moved(y=TOP - 0.08, z=0.03 + DEEP / 2 - 0.03)
    shelf = box(0.90, 0.022, 0.50, 0.003).moved(-0.25, 0.24, 0.02)
    node.add(merge([planks, apron, shelf]), beech)
    legs = [
        box(0.06, TOP - 0.07, 0.06, 0.006).moved(x, (TOP - 0.03) / 2, z) for x in (-0.74, 0.74) for z in (-0.25, 0.31)
    ]
    rails = [box(1.46, 0.05, 0.035, 0.005).moved(0, y, z) for y, z in ((0.20, -0.25), (TOP - 0.085, -0.25))]
    ends = [box(0.035, 0.05, 0.52, 0.005).moved(x, y, 0.03) for x in (-0.74, 0.74) for y in (0.20, TOP - 0.085)]
    front = box(0.92, 0.04, 0.03, 0.005).moved(-0.26, 0.20, 0.30)
    uprights = [box(0.045, 1.40 - 0.02, 0.03, 0.004).moved(x, 0.70, BOARD_Z - 0.022) for x in (-0.72, 0.72)]
    node.add(merge([*legs, *rails, *ends, front, *uprights]), GREY)
    feet = [cylinder(0.038, 0.016, 14, 0.004).moved(x, 0, z) for x in (-0.74, 0.74) for z in (-0.25, 0.31)]
    node.add(merge([*feet, *_crates()]), DARK)


def _crates() -> list[Mesh]:
    """Two stacking boxes on the lower shelf, open at the front."""
    outline: list[Vec2] = [
        (-0.12, 0), (0.12, 0), (0.12, 0.13), (0.108, 0.13), (0.108, 0.012), (-0.108, 0.012), (-0.108, 0.13),
        (-0.12, 0.13),
    ]  # fmt: skip
    shell = extrude(outline, 0.34, bevel=0.003)
    back = box(0.22, 0.12, 0.01, 0.002).moved(y=0.065, z=-0.165)
    front = box(0.22, 0.06, 0.01, 0.002).moved(y=0.035, z=0.165)
    return [merge([shell, back, front]).moved(x, 0.252, 0.06) for x in (-0.50, -0.20)]


def _cabinet(node: Node) -> None:
    node.add(box(0.44, 0.66, 0.54, 0.008).moved(y=0.43, z=0.02), TEAL)
    heights = (0.10, 0.12, 0.16, 0.22)
    low = 0.745
    fronts, grips = [], []
    for tall in heights:
        low -= tall + 0.008
        fronts.append(box(0.41, tall, 0.022, 0.004).moved(0, low + tall / 2, 0.298))
        line: list[Vec2] = [(0.0, 0.0), (0.022, -0.004), (0.024, 0.004), (0.006, 0.012), (0.0, 0.012)]
        grips.append(extrude(line, 0.36, bevel=0.001).facing("-x").moved(0, low + tall - 0.024, 0.308))
    node.add(merge(fronts), GREY)
    node.add(merge(grips), STEEL)
    lock = cylinder(0.011, 0.008, 14, 0.002).turned("x", 90).moved(0.17, 0.70, 0.308)
    node.add(lock, STEEL)


def _holes() -> Texture:
    picture = sheet(32, 32, (188, 192, 194))
    area(picture, 12, 12, 20, 20, (44, 46, 50))
    return pictured("peg-holes", picture)


def _board(node: Node) -> None:
    pegs = Material("peg board", (255, 255, 255), 0.0, 0.5, colour_texture=_holes(), tile=0.032)
    node.add(box(1.50, 0.50, 0.012, 0.002), pegs)
    frame = extrude(rounded(rectangle(1.54, 0.53), 0.012, 2), 0.026, holes=[rectangle(1.49, 0.485)], bevel=0.003)
    node.add(frame, TEAL)


def _spanner(size: float) -> Mesh:
    """A combination spanner that hangs with its jaw up: `size` its length in metres."""
    jaw, shank = size * 0.125, size * 0.045
    mouth = jaw * 0.52
    top = size * 0.86
    right = [*arc(jaw, -70, 52, 6, (0, top)), (mouth, top + jaw * 0.2), (mouth, size * 0.84)]
    head = [*right, (-mouth, size * 0.84), (-mouth, top + jaw * 0.2), *arc(jaw, 128, 250, 6, (0, top))]
    line: Outline = [(-shank, size * 0.16), (shank, size * 0.16), (shank, size * 0.76), *head, (-shank, size * 0.76)]
    eye = lathe([(jaw * 0.55, 0), (jaw * 0.95, 0), (jaw * 0.95, size * 0.045), (jaw * 0.55, size * 0.045)], 12)
    return merge([extrude(line, size * 0.032, bevel=0.0008), eye.turned("x", 90).moved(y=size * 0.1, z=-size * 0.022)])


def _tools(node: Node) -> None:
    """From left to right: spanners, screwdrivers, hammer, pliers, square, rule."""
    spanners = [_spanner(0.30 - 0.03 * k).moved(-0.66 + 0.075 * k, -0.16 + 0.015 * k, 0.006) for k in range(5)]
    blades = [
        rod((-0.23 + 0.055 * k, -0.13 + 0.012 * k, 0.012), (-0.23 + 0.055 * k, 0.03, 0.012), 0.0045, 8)
        for k in range(4)
    ]
    head = merge(
        [
            box(0.13, 0.036, 0.036, 0.006),
            cylinder(0.024, 0.02, 16, 0.003).turned("z", 90).moved(x=-0.062),
            box(0.05, 0.018, 0.034, 0.006).moved(x=0.075),
        ]
    )
    square = extrude([(0, 0), (0.14, 0), (0.14, 0.03), (0.03, 0.03), (0.03, 0.24), (0, 0.24)], 0.006, bevel=0.0008)
    rule = box(0.03, 0.38, 0.002).moved(0.60, 0, 0.002)
    jaw = extrude([(-0.004, 0), (0.016, -0.01), (0.012, 0.035), (0.002, 0.07), (-0.004, 0.07)], 0.014, bevel=0.002)
    pin = cylinder(0.013, 0.018, 14, 0.002).turned("x", 90).moved(z=-0.009)
    pliers = merge([jaw, jaw.mirrored("x"), pin]).moved(0.235, 0.03, 0.012)
    node.add(
        merge([*spanners, *blades, head.moved(0.09, 0.10, 0.02), square.moved(0.37, -0.13, 0.004), rule, pliers]), STEEL
    )
    grip = lathe(
        [(0, 0), (0.012, 0.004), (0.015, 0.03), (0.011, 0.07), (0.014, 0.085), (0.010, 0.10), (0, 0.10)], 12, crease=60
    )
    grips = [grip.moved(-0.23 + 0.055 * k, 0.02, 0.012) for k in range(4)]
    bow = pipe(bent([(0.006, 0, 0), (0.035, -0.05, 0), (0.022, -0.15, 0)], 0.03, 3), 0.008, 8)
    node.add(merge([*grips, merge([bow, bow.mirrored("x")]).moved(0.235, 0.03, 0.012)]), RED)
    node.add(
        extrude(rounded(rectangle(0.026, 0.30), 0.008, 2), 0.020, bevel=0.004).moved(0.09, -0.05, 0.02),
        materials.wood("oak"),
    )
    pins = [
        cylinder(0.004, 0.03, 8, 0.001).turned("x", 90).moved(x, y, -0.010)
        for x, y in ((0.06, 0.075), (0.12, 0.075), (0.215, 0.02), (0.255, 0.02), (0.385, 0.12), (0.60, 0.20))
    ]
    rack = [
        box(0.40, 0.012, 0.03, 0.003).moved(-0.51, 0.085, 0.002),
        box(0.24, 0.012, 0.04, 0.003).moved(-0.148, 0.012, 0.004),
    ]
    node.add(merge([*pins, *rack]), DARK)


def _vice(node: Node) -> None:
    """A bench vice, its jaws across x, the screw toward +Z."""
    swivel = lathe([(0, 0), (0.085, 0), (0.085, 0.018), (0.062, 0.026), (0.055, 0.05), (0, 0.05)], 28, bevel=0.003)
    fixed: list[Vec2] = [
        (-0.11, 0.05), (0.03, 0.05), (0.035, 0.10), (0.03, 0.175), (-0.02, 0.175), (-0.03, 0.13), (-0.09, 0.12),
        (-0.115, 0.085),
    ]  # fmt: skip
    moving: list[Vec2] = [
        (0.075, 0.055), (0.19, 0.055), (0.195, 0.075), (0.17, 0.11), (0.13, 0.125), (0.12, 0.175), (0.075, 0.175),
    ]  # fmt: skip
    body = [
        extrude(rounded(line, 0.010, 2), wide, bevel=0.005).facing("-x")
        for line, wide in ((fixed, 0.10), (moving, 0.095))
    ]
    anvil = box(0.15, 0.036, 0.045, 0.006)
    node.add(merge([swivel, *body, anvil.moved(y=0.160, z=0.008), anvil.moved(y=0.160, z=0.098)]), TEAL)
    jaws = [box(0.15, 0.032, 0.008, 0.001).moved(0, 0.163, z) for z in (0.035, 0.071)]
    slide = box(0.05, 0.036, 0.30, 0.004).moved(y=0.085, z=0.02)
    screw = rod((0, 0.085, 0.19), (0, 0.085, 0.235), 0.017, 16, 0.003)
    bar = rod((-0.10, 0.115, 0.222), (0.10, 0.055, 0.222), 0.0065, 10)
    knobs = [
        lathe([(0, -0.01), (0.011, -0.01), (0.011, 0.01), (0, 0.01)], 10, bevel=0.003).moved(x, y, 0.222)
        for x, y in ((-0.10, 0.115), (0.10, 0.055))
    ]
    bolts = [cylinder(0.010, 0.008, 6, 0.002).moved(x, 0.018, z) for x in (-0.055, 0.055) for z in (-0.045, 0.045)]
    node.add(merge([*jaws, slide, screw, bar, *knobs, *bolts]), STEEL)


def _lamp(node: Node) -> None:
    """A jointed lamp that leans over the bench toward its own +Z."""
    elbow: Vec3 = (0, 0.30, -0.09)
    neck: Vec3 = (0, 0.50, 0.16)
    foot = lathe([(0, 0), (0.075, 0), (0.075, 0.012), (0.03, 0.022), (0.016, 0.05), (0, 0.05)], 22, bevel=0.003)
    arms = [rod((x, 0.05, 0), (x, elbow[1], elbow[2]), 0.005, 8) for x in (-0.013, 0.013)]
    arms += [rod((x, elbow[1], elbow[2]), (x, neck[1], neck[2]), 0.005, 8) for x in (-0.013, 0.013)]
    joints = [
        cylinder(0.017, 0.04, 16, 0.003).turned("z", 90).moved(0.02, y, z) for _, y, z in ((0, 0.055, 0.0), elbow, neck)
    ]
    hood = lathe(
        [(0.024, 0.02), (0.03, 0.02), (0.038, -0.01), (0.082, -0.10), (0.078, -0.10), (0.033, -0.008)], 22, crease=40
    )
    cap = lathe([(0, 0.055), (0.016, 0.052), (0.026, 0.02), (0, 0.018)], 20, crease=60)
    shade = merge([hood, cap]).turned("x", -22).moved(0, neck[1] - 0.02, neck[2] + 0.04)
    node.add(merge([foot, *joints, shade]), RED)
    coil = spring(0.008, 0.0016, 0.11, 6, 6, 4).aimed((0, 0.25, -0.09)).moved(0, 0.07, 0.012)
    node.add(merge([*arms, coil]), STEEL)
    bulb = lathe(
        [(0, -0.02), (0.020, -0.03), (0.032, -0.055), (0.028, -0.078), (0.012, -0.09), (0, -0.092)], 18, crease=80
    )
    node.add(bulb.turned("x", -22).moved(0, neck[1] - 0.02, neck[2] + 0.04), materials.lamp("white"))


def _drawing_sheet() -> Texture:
    """A workshop drawing of a gear: two views, dimensions, a title block."""
    paper: Colour = (232, 236, 238)
    ink: Colour = (30, 62, 120)
    picture = sheet(256, 128, paper)
    strokes(picture, [[(4, 4), (252, 4), (252, 124), (4, 124), (4, 4)]], 1.4, ink)
    for radius in (44, 36, 14, 8):
        ring(picture, (66, 62), radius, 1.4, ink)
    for k in range(24):
        way = 15 * k
        tooth = [(66 + reach * cosine(way), 62 + reach * sine(way)) for reach in (44, 49)]
        strokes(picture, [tooth], 3, ink)
    front = [[(10, 62), (122, 62)], [(66, 8), (66, 118)]]
    side = [[(140, 14), (166, 14), (166, 110), (140, 110), (140, 14)], [(140, 48), (166, 48)], [(140, 76), (166, 76)]]
    sizes = [[(176, 14), (176, 110)], [(172, 14), (182, 14)], [(172, 110), (182, 110)]]
    block = [[(188, 92), (252, 92)], [(188, 92), (188, 124)]]
    strokes(picture, [*front, *side, *sizes, *block], 1.0, ink)
    text(picture, "GEAR Z 24", (220, 101), 7, ink)
    text(picture, "M 5 - 1:1", (220, 114), 6, ink)
    return pictured("gear-drawing", picture)


def _work(node: Node) -> None:
    """On the top: the drawing, the gear it shows on a block, a square plate, a caliper, an oil can."""
    node.add(
        panel(0.42, 0.21).facing("+y").turned("y", 8).moved(0.02, 0.0012, 0.17),
        materials.label(_drawing_sheet(), roughness=0.8),
    )
    node.add(box(0.15, 0.04, 0.12, 0.004).moved(-0.22, 0.02, -0.06), materials.wood("oak"))
    work = (
        extrude(gear_outline(24, 0.005, steps=1), 0.03, holes=[circle(0.016, 18)], bevel=0.0006, crease=62)
        .facing("+y")
        .moved(-0.22, 0.0555, -0.06)
    )
    beam = box(0.20, 0.003, 0.016, 0.0008).moved(y=0.004)
    claws = [
        extrude([(0, 0), (0.010, 0), (0.006, 0.045), (0, 0.05)], 0.003, bevel=0.0005).facing("+y").moved(x, 0.004, 0)
        for x in (-0.09, -0.02)
    ]
    caliper = (
        merge([beam, box(0.045, 0.006, 0.026, 0.001).moved(x=-0.01, y=0.004), *claws])
        .turned("y", -20)
        .moved(0.36, 0.0, 0.22)
    )
    node.add(merge([work, caliper]), STEEL)
    can = lathe([(0, 0), (0.04, 0), (0.042, 0.01), (0.040, 0.07), (0.014, 0.11), (0, 0.11)], 24, bevel=0.002)
    spout = rod((0, 0.10, 0), (0.07, 0.19, 0.01), 0.0045, 8)
    node.add(
        merge([can, spout, torus(0.028, 0.004, 16, 6).turned("x", 90).moved(x=-0.05, y=0.055)]).moved(0.28, 0, -0.14),
        Material("copper", (206, 122, 86), 1.0, 0.28),
    )
