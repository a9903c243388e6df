"""A planetary gearbox, its front cover cut away: sun 18, three planets of 24, ring 66 teeth of module 4; 4.667 to 1."""

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.angles import cosine, sine
from exhibit_api.demo.modelling.gears import gear_outline, meshing_turn, pitch_radius
from exhibit_api.demo.modelling.materials import Material
from exhibit_api.demo.modelling.mesh import Mesh, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.motion import turn
from exhibit_api.demo.modelling.outlines import Outline, circle, rounded
from exhibit_api.demo.modelling.parts import bolt_circle, gusset
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, sphere, torus, tube

MODULE, WIDTH = 0.004, 0.05
SUN, PLANET, RING, PLANETS = 18, 24, 66, 3
ARM = pitch_radius(SUN, MODULE) + pitch_radius(PLANET, MODULE)
OUTSIDE = 0.172
CUT_FROM, CUT_SWEEP = 112.0, 232.0  # where the cover stands; the rest of the turn is cut away
LOOP = 24.0  # seconds in which the output turns once
ENAMEL = Material("teal enamel", materials.PAINTS["teal"], 0.0, 0.37)

COVER: Outline = [
    (0.034, 0.092), (0.062, 0.092), (0.066, 0.060), (0.150, 0.050), (0.158, 0.040), (OUTSIDE, 0.040), (OUTSIDE, 0.0265),
    (0.146, 0.0265), (0.140, 0.040), (0.058, 0.048), (0.050, 0.048), (0.048, 0.076), (0.034, 0.080),
]  # fmt: skip
BODY: Outline = [
    (0.046, -0.150), (0.078, -0.150), (0.082, -0.118), (0.128, -0.104), (0.152, -0.084), (0.156, -0.046),
    (OUTSIDE, -0.044), (OUTSIDE, -0.0265), (0.146, -0.0265), (0.140, -0.078), (0.120, -0.092), (0.046, -0.106),
]  # fmt: skip


def build() -> Model:
    """The gearbox on its foot; the clip "run" turns input, planets and output in their ratios."""
    model = Model("planetary-gearbox")
    _housing(model.node("housing"))
    carrier = _carrier(model.node("carrier"))
    model.spin(carrier, "z", seconds_per_turn=LOOP)
    first = None
    for index in range(PLANETS):
        way = 90 + 360 / PLANETS * index
        place = (ARM * cosine(way), ARM * sine(way), 0.0)
        rest = turn("z", meshing_turn(SUN, PLANET, way))
        planet = model.node(f"planet {index + 1}", parent=carrier, at=place, rotation=rest, like=first)
        first = first or _planet(planet)
        model.spin(planet, "z", turns=-RING / PLANET, seconds_per_turn=LOOP * PLANET / RING)
    sun = _sun(model.node("sun"))
    turns = 1 + RING / SUN
    model.spin(sun, "z", turns=turns, seconds_per_turn=LOOP / turns)
    return model


def _housing(node: Node) -> None:
    ring_turn = (180 * PLANET - 180) / RING % (360 / RING)
    gap_line = gear_outline(RING, MODULE, addendum=1.25, dedendum=1.0, slack=-0.02, steps=1)
    ring = extrude(circle(0.168, 60), WIDTH + 0.002, holes=[gap_line])
    node.add(ring.turned("z", ring_turn), materials.steel())
    body = lathe(BODY, 40, bevel=0.003).turned("x", 90)
    cover = lathe(COVER, 30, bevel=0.002, sweep=CUT_SWEEP).turned("x", 90).turned("z", CUT_FROM)
    ribs = gusset(0.062, 0.036, 0.008).moved(x=0.078).turned("x", -90).moved(z=-0.106)
    fins = merge(ribs.turned("z", angle) for angle in (0, 45, 90, 135, 180, 225, 315))
    node.add(merge([body, cover, fins, _foot()]), ENAMEL)
    cut = extrude(rounded(COVER, 0.0008, 1), 0.0006).turned("x", 90)
    node.add(merge([cut.turned("z", CUT_FROM), cut.turned("z", CUT_FROM + CUT_SWEEP)]), materials.plastic("red"))
    bolts = [
        _bolt(0.008).turned("x", 90).moved(y=0.164 - 0.0005, z=0.040).turned("z", angle - 90)
        for angle in range(120, 345, 20)
    ]
    back = bolt_circle(_bolt(0.008), 0.1635, 9, "z").turned("y", 180).moved(z=-0.0435)
    studs = [
        cylinder(0.0042, 0.014, 8, 0.0008).turned("x", 90).moved(y=0.1645, z=0.026).turned("z", angle - 90)
        for angle in range(0, 101, 20)
    ]
    caps = [
        _bolt(0.006).turned("x", 90).moved(y=0.055, z=0.091).turned("z", angle - 90) for angle in range(130, 345, 40)
    ]
    node.add(merge([*bolts, *studs, *caps, back]), materials.polished_steel())
    seal = tube(0.036, 0.0212, 0.008, 28, 0.001).turned("x", 90).moved(z=0.082)
    rear = tube(0.048, 0.030, 0.010, 28, 0.001).turned("x", 90).moved(z=-0.150)
    node.add(merge([seal, rear]), materials.rubber())
    races = merge([tube(0.034, 0.030, 0.012, 24, 0.0006), tube(0.025, 0.021, 0.012, 24, 0.0006)]).turned("x", 90)
    balls = sphere(0.0042, 8, 4).moved(x=0.0275).ringed(12, "z").moved(z=0.006)
    node.add(merge([races, balls]).moved(z=0.0685), materials.polished_steel())
    node.add(_plugs(), materials.brass())
    plate = panel(0.104, 0.052).moved(y=-0.2135, z=0.0866)
    node.add(plate, materials.label(dials.type_plate("PLANETARY GEARBOX", "RATIO 4.667:1", "M 4  Z 18/24/66")))
    node.add(box(0.34, 0.018, 0.25, 0.004).moved(y=-0.262, z=-0.035), materials.plastic("graphite"))


def _foot() -> Mesh:
    saddle: Outline = [
        (-0.14, -0.253),
        (0.14, -0.253),
        (0.14, -0.235),
        (0.10, -0.225),
        (0.088, -0.13),
        (-0.088, -0.13),
        (-0.10, -0.225),
        (-0.14, -0.235),
    ]
    front, rear = extrude(saddle, 0.022, bevel=0.003), extrude(saddle, 0.022, bevel=0.003)
    sole = box(0.29, 0.02, 0.17, 0.003).moved(y=-0.243, z=-0.04)
    shelf = box(0.12, 0.064, 0.01, 0.002).moved(y=-0.213, z=0.081)
    return merge([front.moved(z=-0.062), rear.moved(z=-0.015), sole, shelf])


def _plugs() -> Mesh:
    eye = torus(0.020, 0.006, 20, 8).turned("x", 90).moved(y=0.192, z=-0.07)
    plug = _bolt(0.014).moved(y=0.148, z=0).turned("z", 35).moved(z=-0.066)
    return merge([eye, cylinder(0.012, 0.03, 14, 0.002).moved(y=0.148, z=-0.07), plug])


def _carrier(node: Node) -> Node:
    plate = extrude(circle(0.118, 48), 0.016, holes=[circle(0.021, 20)], bevel=0.0015).moved(z=-0.045)
    node.add(plate, materials.bronze())
    shaft = lathe(
        [(0, -0.062), (0.030, -0.062), (0.030, -0.20), (0.028, -0.202), (0.028, -0.27), (0, -0.27)], 28, bevel=0.002
    )
    pins = merge(
        lathe([(0, -0.054), (0.0125, -0.054), (0.0125, 0.033), (0, 0.033)], 18, bevel=0.0015)
        .turned("x", 90)
        .moved(ARM * cosine(90 + 120 * k), ARM * sine(90 + 120 * k))
        for k in range(PLANETS)
    )
    key = box(0.008, 0.008, 0.05, 0.001).moved(y=0.029, z=-0.235)
    node.add(merge([shaft.turned("x", 90), pins, key]), materials.polished_steel())
    return node


def _planet(node: Node) -> Node:
    rim, hub = 0.036, 0.0215
    holes = [circle(0.005, 12, (0.029 * cosine(angle), 0.029 * sine(angle))) for angle in (0, 90, 180, 270)]
    web = extrude(circle(rim, 28), 0.03, holes=[circle(hub * 0.97, 20), *holes], bevel=0.0006)
    boss = tube(hub, 0.0165, WIDTH - 0.004, 24, 0.0005).turned("x", 90).moved(z=0.002 - WIDTH / 2)
    node.add(merge([_toothed(PLANET, WIDTH - 0.006, rim), web, boss]), materials.polished_steel())
    node.add(tube(0.0168, 0.0127, WIDTH, 20, 0.001).turned("x", 90).moved(z=-WIDTH / 2), materials.brass())
    clip = tube(0.019, 0.0125, 0.0024, 20, 0.0004).turned("x", 90).moved(z=WIDTH / 2 + 0.001)
    node.add(clip, materials.dark_steel())
    return node


def _sun(node: Node) -> Node:
    node.add(_toothed(SUN, WIDTH, 0.0195), materials.polished_steel())
    spline: list[tuple[float, float]] = []
    for tooth in range(18):
        for share, radius in ((0.0, 0.0165), (0.15, 0.0190), (0.45, 0.0190), (0.6, 0.0165)):
            spline.append((radius * cosine(20 * (tooth + share)), radius * sine(20 * (tooth + share))))
    splined = extrude(spline, 0.06, bevel=0.0012).moved(z=0.165)
    shaft = lathe([(0, -0.03), (0.0198, -0.03), (0.0198, 0.135), (0.0165, 0.138), (0, 0.138)], 28, bevel=0.0015)
    collar = tube(0.026, 0.0195, 0.01, 28, 0.0015).turned("x", 90).moved(z=0.030)
    node.add(merge([shaft.turned("x", 90), splined, collar]), materials.polished_steel())
    return node


def _toothed(teeth: int, width: float, bore: float) -> Mesh:
    """A gear's rim with straight flanks between root, base and tip: at this size the involute shows no other way."""
    return extrude(gear_outline(teeth, MODULE, steps=1), width, holes=[circle(bore, 22)], bevel=MODULE * 0.12)


def _bolt(size: float) -> Mesh:
    """A plain hexagon head on y = 0, `size` the thread's diameter."""
    return cylinder(size, size * 0.7, 6, size * 0.12)
