"""Four regions, four gears: 40, 24, 30 and 20 teeth in a closed ring, all meshing at once; they turn as 3 : 5 : 4 : 6."""

import numpy as np

from exhibit_api.demo.modelling import materials
from exhibit_api.demo.modelling.angles import bearing, cosine, sine
from exhibit_api.demo.modelling.drawing import Colour, sheet, text
from exhibit_api.demo.modelling.drawing import box as area
from exhibit_api.demo.modelling.gears import gear_outline, meshing_turn, pitch_radius
from exhibit_api.demo.modelling.materials import Material
from exhibit_api.demo.modelling.mesh import Vec2, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.motion import turn
from exhibit_api.demo.modelling.outlines import Outline, circle, rectangle, rounded
from exhibit_api.demo.modelling.parts import bolt_circle
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, torus
from exhibit_api.demo.modelling.textures import Texture, pictured

MODULE, WIDTH = 0.0162, 0.06
TEETH = (40, 24, 30, 20)  # round the ring, counter-clockwise from the largest
OPENING = 71.1526  # degrees at the first gear between its two neighbours: one of the few at which the ring closes
LEAN = -4.0  # direction from the first gear to the second
AXLES_Z = 0.085  # the gears' middle plane; the frame stands behind it
LOOP = 24.0
REGIONS = ("SHANGHAI", "JIANGSU", "ZHEJIANG", "ANHUI")
COLOURS: tuple[Colour, ...] = ((172, 26, 30), (26, 92, 128), (34, 118, 92), (222, 150, 28))
FRAME = Material("graphite enamel", (44, 46, 51), 0.0, 0.4)
BRASS = Material("brass", (216, 172, 92), 1.0, 0.24)
STONE = Material("dark granite", (38, 39, 43), 0.0, 0.3)


def build() -> Model:
    """The sculpture; the clip "run" turns all four gears through whole turns, so that it closes."""
    model = Model("four-gears")
    places = _places()
    frame = model.node("frame")
    _frame(frame, places)
    _base(frame, places)
    turned = 0.0
    turns = 3.0
    for index, (teeth, place) in enumerate(zip(TEETH, places, strict=True)):
        if index:
            before, last = TEETH[index - 1], places[index - 1]
            way = bearing(place[0] - last[0], place[1] - last[1])
            turned = meshing_turn(before, teeth, way, turned) % 360
            turns *= -before / teeth
        name = f"gear of {REGIONS[index].lower()}"
        node = model.node(name, at=(*place, AXLES_Z), rotation=turn("z", turned))
        _gear(node, teeth, COLOURS[index])
        model.spin(node, "z", turns=round(turns), seconds_per_turn=LOOP / abs(round(turns)))
    return model


def _places() -> list[Vec2]:
    """The four axles: neighbours stand the sum of their pitch radii apart."""
    a, b, c, d = (pitch_radius(teeth, MODULE) for teeth in TEETH)
    second = ((a + b) * cosine(LEAN), (a + b) * sine(LEAN))
    fourth = ((a + d) * cosine(LEAN + OPENING), (a + d) * sine(LEAN + OPENING))
    dx, dy = fourth[0] - second[0], fourth[1] - second[1]
    apart = float(np.sqrt(dx * dx + dy * dy))
    along = ((b + c) * (b + c) - (c + d) * (c + d) + apart * apart) / (2 * apart)
    off = float(np.sqrt((b + c) * (b + c) - along * along))
    third = (second[0] + (dx * along + dy * off) / apart, second[1] + (dy * along - dx * off) / apart)
    return [(0.0, 0.0), second, third, fourth]


def _gear(node: Node, teeth: int, colour: Colour) -> None:
    """A toothed steel rim, a painted web with round windows, a bright hub with its cap and screws."""
    pitch = pitch_radius(teeth, MODULE)
    rim, hub = pitch - 3.0 * MODULE, 0.052 if teeth > 26 else 0.044
    ring = extrude(gear_outline(teeth, MODULE, steps=1), WIDTH, holes=[circle(rim, 28)], bevel=0.0022, crease=62)
    node.add(ring, materials.polished_steel())
    middle, reach = (rim + hub) / 2, (rim - hub) * 0.34
    count = 6 if teeth > 26 else 5
    windows: list[Outline] = [
        circle(reach, 14, (middle * cosine(360 * k / count), middle * sine(360 * k / count))) for k in range(count)
    ]
    paint = Material(f"enamel {colour[0]:02x}{colour[1]:02x}{colour[2]:02x}", colour, 0.0, 0.32)
    web = extrude(circle(rim + 0.001, 32), WIDTH * 0.42, holes=windows, bevel=0.003)
    node.add(web, paint)
    shape = [
        (0, -0.036), (hub, -0.036), (hub, 0.034), (hub * 0.8, 0.042), (hub * 0.42, 0.044), (hub * 0.36, 0.039),
        (0, 0.039),
    ]  # fmt: skip
    screw = lathe([(0, 0), (0.006, 0), (0.006, 0.005), (0, 0.005)], 6, crease=100).moved(y=0.041)
    node.add(merge([lathe(shape, 20, bevel=0.002).turned("x", 90), bolt_circle(screw, hub * 0.62, 6, "z")]), BRASS)


def _frame(node: Node, places: list[Vec2]) -> None:
    """Four bosses joined by flat arms behind the gears, and two posts down to the base."""
    arms, bosses = [], []
    for (x, y), (u, v) in zip(places, [*places[1:], places[0]], strict=True):
        length = float(np.sqrt((u - x) * (u - x) + (v - y) * (v - y)))
        arm = box(length, 0.055, 0.028, 0.006).turned("z", bearing(u - x, v - y))
        arms.append(arm.moved((x + u) / 2, (y + v) / 2, 0.0))
        boss = lathe(
            [(0, -0.022), (0.062, -0.022), (0.062, 0.020), (0.034, 0.026), (0.034, 0.046), (0, 0.046)], 20, bevel=0.003
        )
        bosses.append(boss.turned("x", 90).moved(x, y))
    foot = places[0][1] - pitch_radius(TEETH[0], MODULE) - MODULE - 0.025
    posts = []
    for (x, y), wide in zip(places[:2], (0.11, 0.085), strict=True):
        line: list[Vec2] = [(x - wide, foot), (x + wide, foot), (x + 0.034, y), (x - 0.034, y)]
        posts.append(extrude(line, 0.034, bevel=0.005))
    node.add(merge([*arms, *bosses, *posts]), FRAME)
    caps = merge(cylinder(0.030, 0.008, 16, 0.002).turned("x", -90).moved(x, y, -0.022) for x, y in places)
    node.add(caps, materials.polished_steel())


def _base(node: Node, places: list[Vec2]) -> None:
    top = places[0][1] - pitch_radius(TEETH[0], MODULE) - MODULE - 0.02
    middle = 0.19
    slab = extrude(rounded(rectangle(1.04, 0.38), 0.03, 4), 0.075, bevel=0.006).facing("+y")
    node.add(slab.moved(middle, top - 0.0375, 0.04), STONE)
    step = extrude(rounded(rectangle(0.96, 0.30), 0.024, 4), 0.012, bevel=0.003).facing("+y")
    node.add(step.moved(middle, top + 0.004, 0.04), BRASS)
    band = box(1.046, 0.006, 0.386, 0.002).moved(middle, top - 0.05, 0.04)
    node.add(band, BRASS)
    node.add(torus(0.03, 0.006, 18, 6).turned("x", 90).moved(places[2][0], places[2][1], 0.023), FRAME)
    node.add(panel(0.80, 0.05).moved(middle, top - 0.022, 0.2335), materials.label(_names()))


def _names() -> Texture:
    """The four regions beside one another, each on its gear's colour, with its number of teeth."""
    picture = sheet(512, 32, (222, 220, 210))
    for index, region in enumerate(REGIONS):
        left = 128 * index
        area(picture, left + 2, 2, left + 90, 30, COLOURS[index])
        text(picture, region, (left + 46, 16), 11, (244, 244, 240))
        text(picture, f"Z{TEETH[index]}", (left + 109, 16), 11, (30, 31, 34))
    return pictured("four-regions", picture)
