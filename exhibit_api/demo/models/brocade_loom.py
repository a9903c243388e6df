"""A brocade drawloom of Nanjing's kind: the weaver's harness and batten below, the figure's cords in the tower above."""

from dataclasses import replace
from functools import cache

import numpy as np

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.angles import cosine, sine
from exhibit_api.demo.modelling.drawing import Colour, disc, ring, sheet, strokes
from exhibit_api.demo.modelling.materials import Material
from exhibit_api.demo.modelling.mesh import Mesh, Vec3, at_each, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.png import Picture
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, rod, tube
from exhibit_api.demo.modelling.sweeps import pipe
from exhibit_api.demo.modelling.textures import Texture, pictured

WIDE = 0.53  # the side frames from the middle
WARP = 0.62  # height of the warp
REED, HARNESS, CORDS = 0.27, 0.10, -0.20  # where batten, heddle frames and figure cords stand
TOWER = 1.585
THREADS = 34
LIFT = 0.028
LOOP = 12.0
GOLD, CRIMSON, INDIGO, JADE = (214, 168, 74), (140, 22, 34), (30, 44, 96), (46, 124, 98)


def build() -> Model:
    """The loom; the clip "run" lifts the heddle frames in turn and beats the batten after every shed."""
    model = Model("brocade-loom")
    _frame(model.node("frame"))
    _threads(model.node("warp and figure cords"))
    first = None
    frames = []
    for index in range(4):
        frame = model.node(f"heddle frame {index + 1}", at=(0, WARP, HARNESS - 0.045 * index), like=first)
        first = first or _heddle_frame(frame)
        frames.append(frame)
    for index, frame in enumerate(frames):
        start = 3.0 * index
        lifts = [(start, 0.0), (start + 0.8, LIFT), (start + 2.0, LIFT), (start + 3.0, 0.0)]
        whole = [(0.0, 0.0), *lifts, (LOOP, 0.0)]
        keys = [key for k, key in enumerate(whole) if k == 0 or key[0] > whole[k - 1][0]]
        model.slide(frame, [(second, (0.0, way, 0.0)) for second, way in keys])
    batten = model.node("batten", at=(0, 1.10, REED))
    _batten(batten)
    beats = [(0.0, 0.0)]
    for pick in range(4):
        beats += [(3.0 * pick + 1.0, 5.0), (3.0 * pick + 1.9, 5.0), (3.0 * pick + 2.3, -10.0), (3.0 * pick + 3.0, 0.0)]
    model.swing(batten, "x", beats)
    return model


def _sides(mesh: Mesh) -> Mesh:
    """The part and its mirror image on the loom's other side."""
    return merge([mesh, mesh.mirrored("x")])


def _post(x: float, z: float, low: float, high: float, size: float = 0.05) -> Mesh:
    return box(high - low, size, size, 0.004).turned("z", 90).moved(x, (low + high) / 2, z)


def _across(y: float, z: float, size: float = 0.045, width: float = 2 * WIDE + 0.14) -> Mesh:
    """A beam from side to side whose tenons come through the posts."""
    return box(width, size, size * 0.8, 0.004).moved(0, y, z)


def _along(y: float, start: float, end: float, size: float = 0.05) -> Mesh:
    """A rail of the right side frame."""
    return box(end - start, size, size * 0.8, 0.004).turned("y", 90).moved(WIDE, y, (start + end) / 2)


def _frame(node: Node) -> None:
    posts = [
        _post(WIDE, z, 0.0, top)
        for z, top in ((0.60, 0.72), (0.20, 1.16), (-0.10, TOWER), (-0.32, TOWER), (-0.74, 0.74))
    ]
    rails = [
        _along(0.10, -0.76, 0.64),
        _along(0.56, -0.76, 0.62),
        _along(1.12, -0.34, 0.44, 0.042),
        _along(TOWER - 0.03, -0.36, -0.06, 0.04),
    ]
    brace = [
        rod((WIDE, 0.60, -0.70), (WIDE, 1.10, -0.34), 0.018, 6, 0.002),
        rod((WIDE, 1.12, 0.18), (WIDE, 1.40, -0.09), 0.014, 6, 0.002),
    ]
    cross = [_across(0.10, z) for z in (0.60, -0.10, -0.74)] + [_across(TOWER - 0.03, z) for z in (-0.10, -0.32)]
    cross += [_across(1.12, z) for z in (0.20, -0.32)] + [_across(0.46, -0.74)]
    seat = box(0.98, 0.024, 0.17, 0.004).moved(0, 1.18, -0.40)
    bench = [
        box(0.66, 0.030, 0.15, 0.005).moved(0, 0.40, 0.725),
        _post(0.27, 0.725, 0.0, 0.39, 0.04),
        _post(-0.27, 0.725, 0.0, 0.39, 0.04),
    ]
    node.add(merge([_sides(merge([*posts, *rails, *brace])), *cross, seat, *bench]), materials.wood("oak"))
    pegs = _sides(
        at_each(
            cylinder(0.010, 0.022, 6, 0.002).turned("z", -90),
            [
                (WIDE + 0.024, y, z)
                for y, z in ((0.56, 0.60), (0.56, 0.20), (0.56, -0.10), (1.12, -0.10), (0.56, -0.74))
            ],
        )
    )
    beams = [_roller(0.040, 0.555, 0.665, 1.0), _roller(0.062, 0.62, -0.76, 1.0), _roller(0.045, 0.40, 0.54, 1.0)]
    cheeks = _sides(
        extrude([(0.11 * cosine(a), 0.11 * sine(a)) for a in range(0, 360, 45)], 0.018, bevel=0.002)
        .facing("+x")
        .moved(0.43, 0.62, -0.76)
    )
    comber = box(0.70, 0.018, 0.10, 0.003).moved(0, 0.92, CORDS)
    pulleys = _roller(0.022, TOWER - 0.09, -0.21, 1.0)
    treadles = [
        box(0.50, 0.022, 0.030, 0.003).turned("y", 90).turned("x", 7).moved(x, 0.075, 0.30)
        for x in (-0.18, -0.11, -0.04, 0.04, 0.11, 0.18)
    ]
    jacks = [
        box(0.30, 0.020, 0.016, 0.002).turned("z", 5 * s).moved(0.16 * s, 1.085, HARNESS - 0.045 * k)
        for k in range(4)
        for s in (-1, 1)
    ]
    node.add(merge([pegs, *beams, cheeks, comber, pulleys, *treadles, *jacks]), materials.wood("walnut"))
    weights = at_each(cylinder(0.0042, 0.17, 6, 0.001), [(x, 0.14, CORDS + z) for x, z in _fan()])
    node.add(weights, materials.wood("walnut"))
    plate = dials.type_plate("BROCADE DRAWLOOM", "NANJING YUNJIN", colour=(120, 28, 34))
    node.add(panel(0.12, 0.06).moved(0, 0.10, 0.6185), materials.label(plate))


def _roller(radius: float, y: float, z: float, length: float) -> Mesh:
    return pipe([(-length / 2, y, z), (length / 2, y, z)], radius, 14)


def _fan() -> list[tuple[float, float]]:
    """Where the figure cords cross the warp."""
    return [(-0.30 + 0.04 * k, 0.022 * (k % 3 - 1)) for k in range(16)]


def _threads(node: Node) -> None:
    warp: list[Mesh] = []
    for k in range(THREADS):
        x = -0.34 + 0.68 * k / (THREADS - 1)
        warp += [_line((x, 0.682, -0.76), (x, WARP, -0.30)), _line((x, WARP, -0.30), (x, WARP, REED))]
    cords = [_line((x, 0.31, CORDS + z), (x, 0.92, CORDS + z)) for x, z in _fan()]
    necks = [_line((x, 0.92, CORDS + z), (x * 0.32, TOWER - 0.10, -0.21 + z * 0.5)) for x, z in _fan()]
    lacing = [_line((-0.12, y, -0.185), (0.12, y, -0.185), 0.008) for y in (1.33, 1.37, 1.41)]
    ties = [
        _line((x, 0.86, HARNESS - 0.045 * k), (x * 0.9, 1.09, HARNESS - 0.045 * k))
        for k in range(4)
        for x in (-0.28, 0.28)
    ]
    node.add(merge([*warp, *ties]), _yarn((226, 196, 146)))
    node.add(merge([*cords, *necks, *lacing]), _yarn((226, 196, 146)))
    cloth = panel(0.68, 0.34).facing("+y").moved(0, WARP + 0.001, 0.455)
    apron = panel(0.68, 0.34).scaled(1, 0.45, 1).turned("x", -10).moved(0, 0.505, 0.688)
    edge = panel(0.68, 0.34).scaled(1, 0.15, 1).turned("x", -50).moved(0, 0.602, 0.650)
    node.add(merge([cloth, apron, edge]), materials.label(_brocade(), roughness=0.5))
    roll = tube(0.058, 0.044, 0.70, 20, 0.003).turned("z", -90).moved(-0.35, 0.40, 0.54)
    wound = (
        lathe([(0.06, -0.35), (0.088, -0.35), (0.088, 0.35), (0.06, 0.35)], 20, bevel=0.004)
        .turned("z", -90)
        .moved(0, 0.62, -0.76)
    )
    node.add(roll, materials.plastic(CRIMSON))
    node.add(wound, _yarn((226, 196, 146)))
    shuttles = [
        cylinder(0.014, 0.10, 8, 0.004).turned("z", -90).moved(x, 0.431, 0.70 + z)
        for x, z in ((-0.28, 0.03), (-0.14, 0.05), (0.05, 0.03))
    ]
    node.add(merge(shuttles), materials.plastic(CRIMSON))


def _line(start: Vec3, end: Vec3, width: float = 0.0028) -> Mesh:
    """A thread as a ribbon; it lies flat where it runs level and faces the weaver where it hangs."""
    x, y, z = (b - a for a, b in zip(start, end, strict=True))
    length = float(np.sqrt(x * x + y * y + z * z))
    ribbon = panel(width, length).moved(y=length / 2).turned("y", 90 if abs(z) > abs(y) else 0)
    return ribbon.aimed((x, y, z)).moved(*start)


def _yarn(colour: Colour) -> Material:
    """Seen from both sides, for threads are ribbons here."""
    return replace(materials.yarn(colour), double_sided=True)


def _heddle_frame(node: Node) -> Node:
    bars = [box(0.74, 0.024, 0.014, 0.003).moved(y=y) for y in (-0.15, 0.235)]
    stiles = [box(0.40, 0.018, 0.012, 0.002).turned("z", 90).moved(x, 0.0425, 0) for x in (-0.36, 0.36)]
    node.add(merge([*bars, *stiles]), materials.wood("walnut"))
    heddles = [_line((-0.32 + 0.64 * k / 21, -0.14, 0), (-0.32 + 0.64 * k / 21, 0.225, 0)) for k in range(22)]
    node.add(merge(heddles), _yarn((240, 236, 224)))
    return node


def _batten(node: Node) -> None:
    """It hangs from its pivots at the origin; the reed beats the weft at the height of the warp."""
    drop = WARP - 1.10
    arms = [box(0.56, 0.030, 0.022, 0.003).turned("z", 90).moved(x, -0.25, 0) for x in (-0.40, 0.40)]
    sley = box(0.86, 0.060, 0.040, 0.005).moved(0, drop - 0.085, 0)
    cap = box(0.82, 0.034, 0.030, 0.004).moved(0, drop + 0.075, 0)
    pivot = cylinder(0.016, 0.98, 12, 0.002).turned("z", -90).moved(x=-0.49)
    node.add(merge([*arms, sley, cap, pivot]), materials.wood("oak"))
    dents = panel(0.0050, 0.12).repeated(48, (0.015, 0, 0)).moved(0, drop + 0.002, 0)
    node.add(dents, _yarn((188, 158, 96)))


@cache
def _brocade() -> Texture:
    """Cloud scrolls in gold and jade on crimson, with an indigo border."""
    picture = sheet(256, 128, CRIMSON)
    for row in range(2):
        for column in range(4):
            x, y = 32.0 + 64 * column + (32 if row else 0), 32.0 + 64 * row
            _cloud(picture, x % 256, y, JADE if (row + column) % 2 else INDIGO)
    for x in (5.0, 250.0):
        strokes(picture, [[(x, 0), (x, 128)]], 8.0, INDIGO)
        strokes(picture, [[(x + (8 if x < 128 else -8), 0), (x + (8 if x < 128 else -8), 128)]], 2.5, GOLD)
    return pictured("yunjin-clouds", picture)


def _cloud(picture: Picture, x: float, y: float, heart: Colour) -> None:
    for dx, dy, radius in ((-13.0, 3.0, 8.0), (0.0, -5.0, 10.5), (13.0, 3.0, 8.0)):
        disc(picture, (x + dx, y + dy), radius, heart)
        ring(picture, (x + dx, y + dy), radius, 2.2, GOLD)
        ring(picture, (x + dx, y + dy), radius * 0.45, 1.8, GOLD)
    strokes(picture, [[(x - 24, y + 13), (x - 8, y + 16), (x + 8, y + 12), (x + 26, y + 15)]], 2.6, GOLD)
    disc(picture, (x, y + 24), 3.0, GOLD)
