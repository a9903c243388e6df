"""A permanent-magnet motor drawn apart along its axis: fan cover, rear shield, stator with windings, rotor, front shield."""

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.angles import cosine, sine
from exhibit_api.demo.modelling.materials import Material
from exhibit_api.demo.modelling.mesh import Mesh, Vec2, Vec3, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.motion import turn
from exhibit_api.demo.modelling.outlines import Outline, arc, circle
from exhibit_api.demo.modelling.parts import bolt_circle, cable_gland
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, sphere, tube
from exhibit_api.demo.modelling.sweeps import sweep

AXIS = 0.285  # height
SLOTS, POLES = 24, 8
BORE, YOKE, HOUSING = 0.094, 0.142, 0.156  # the stator's radii
FAN_COVER, REAR, STATOR, ROTOR, FRONT = -0.560, -0.385, -0.105, 0.235, 0.525  # places along x
STACK = 0.200  # length of the iron
CAST = Material("cast aluminium", (190, 193, 196), 0.9, 0.46)
BRASS = Material("plain brass", (212, 168, 88), 1.0, 0.26)
WIRE = Material("enamelled copper", (200, 106, 66), 1.0, 0.34)


def build() -> Model:
    """The parts on their posts; the clip "run" turns the rotor with its bearings, and the fan."""
    model = Model("motor-exploded")
    _bench(model.node("bench"))
    _fan_cover(model.node("fan cover", at=(FAN_COVER, AXIS, 0)))
    shield = model.node("front shield", at=(FRONT, AXIS, 0))
    shield.add(_shield(), CAST).add(_screws(), materials.polished_steel())
    model.node("rear shield", at=(REAR, AXIS, 0), rotation=turn("y", 180), like=shield)
    _stator(model.node("stator", at=(STATOR, AXIS, 0)))
    rotor = model.node("rotor", at=(ROTOR, AXIS, 0))
    _rotor(rotor)
    fan = model.node("fan", at=(-0.470, AXIS, 0))
    _fan(fan)
    for node in (rotor, fan):
        model.spin(node, "x", seconds_per_turn=4)
    return model


def _along(mesh: Mesh) -> Mesh:
    """A part turned about +Y, laid along +X."""
    return mesh.turned("z", -90)


def _bench(node: Node) -> None:
    node.add(box(1.30, 0.035, 0.42, 0.005).moved(y=0.0175), materials.plastic("navy"))
    rails = [box(1.22, 0.012, 0.022, 0.002).moved(y=0.041, z=z) for z in (-0.05, 0.05)]
    posts = []
    for x, radius in (
        (FAN_COVER, 0.135),
        (REAR - 0.012, 0.150),
        (ROTOR - 0.155, 0.023),
        (ROTOR + 0.180, 0.023),
        (FRONT + 0.012, 0.150),
    ):
        top = AXIS - radius
        posts.append(cylinder(0.011, top - 0.035, 10).moved(x, 0.035, 0))
        posts.append(cylinder(0.026, 0.016, 14).moved(x, 0.035))
        wide = min(radius, 0.06)
        cradle = extrude(
            [
                *arc(radius, -90 - 57 * wide / radius, -90 + 57 * wide / radius, 6),
                *arc(radius + 0.010, -90 + 57 * wide / radius, -90 - 57 * wide / radius, 6),
            ],
            0.020,
        )
        posts.append(cradle.facing("+x").moved(x, AXIS, 0))
    node.add(merge([*rails, *posts]), materials.polished_steel())
    node.add(
        panel(0.22, 0.055).turned("x", -40).moved(0, 0.066, 0.168),
        materials.label(dials.type_plate("PM SYNCHRONOUS MOTOR", "24 SLOTS  8 POLES", width=256, height=64)),
    )
    node.add(
        box(0.236, 0.068, 0.012, 0.002).moved(z=-0.0066).turned("x", -40).moved(0, 0.066, 0.168), materials.dark_steel()
    )


def _fan_cover(node: Node) -> None:
    line: Outline = [
        (0.130, 0.050),
        (0.136, 0.050),
        (0.136, -0.030),
        (0.118, -0.052),
        (0.034, -0.056),
        (0.034, -0.052),
        (0.115, -0.047),
        (0.130, -0.028),
    ]
    rings = [_along(tube(r + 0.003, r - 0.003, 0.004, 20)).moved(x=-0.056) for r in (0.085,)]
    hub = _along(cylinder(0.036, 0.004, 24)).moved(x=-0.057)
    node.add(merge([_along(lathe(line, 30)), hub, *rings]), materials.plastic("graphite"))
    spokes = box(0.004, 0.082, 0.010).moved(x=-0.0545, y=0.075).ringed(8, "x")
    node.add(spokes, materials.plastic("graphite"))


def _fan(node: Node) -> None:
    hub = _along(tube(0.030, 0.014, 0.032, 18)).moved(x=-0.016)
    disc = _along(tube(0.100, 0.028, 0.004, 28)).moved(x=0.010)
    vane = box(0.026, 0.072, 0.003).moved(x=-0.002, y=0.064)
    node.add(merge([hub, disc, vane.ringed(9, "x")]), materials.plastic("orange"))


def _shield() -> Mesh:
    """A bearing shield that opens toward -x."""
    line: Outline = [
        (0.024, -0.006),
        (0.040, -0.006),
        (0.040, 0.012),
        (0.134, -0.010),
        (0.134, -0.022),
        (0.142, -0.022),
        (0.142, -0.008),
        (0.156, -0.008),
        (0.156, 0.010),
        (0.058, 0.034),
        (0.052, 0.050),
        (0.024, 0.050),
    ]
    ribs = [box(0.030, 0.070, 0.010, 0.002).moved(x=0.026, y=0.088).turned("x", 60 * k) for k in range(6)]
    ears = [_along(cylinder(0.014, 0.018, 12)).moved(x=-0.008, y=0.160).turned("x", 45 + 90 * k) for k in range(4)]
    return merge([_along(lathe(line, 26)), *ribs, *ears])


def _screws() -> Mesh:
    screws = bolt_circle(
        merge([cylinder(0.0085, 0.010, 6), cylinder(0.0045, 0.03, 6).moved(y=-0.03)]), 0.160, 4, "x", start=45
    )
    caps = bolt_circle(cylinder(0.005, 0.006, 6), 0.041, 4, "x").moved(x=0.050)
    return merge([screws.moved(x=0.045), caps])


def _stator(node: Node) -> None:
    fins: list[Vec2] = []
    for k in range(30):
        way = 12 * k
        reach = HOUSING + (0.016 if not 250 <= way <= 290 else 0.003)
        fins += [
            (HOUSING * cosine(way - 2.6), HOUSING * sine(way - 2.6)),
            (reach * cosine(way - 1.2), reach * sine(way - 1.2)),
            (reach * cosine(way + 1.2), reach * sine(way + 1.2)),
            (HOUSING * cosine(way + 2.6), HOUSING * sine(way + 2.6)),
        ]
    case = extrude(fins, STACK + 0.07, holes=[circle(YOKE, 30)]).facing("+x")
    feet = [box(STACK + 0.04, 0.018, 0.075, 0.003).moved(y=-0.241, z=z) for z in (-0.10, 0.10)]
    legs = [
        box(STACK, 0.115, 0.016, 0.002).turned("x", -t).moved(y=-0.185, z=z) for z, t in ((-0.094, -14), (0.094, 14))
    ]
    terminal = [
        box(0.11, 0.055, 0.10, 0.006).moved(x=0.02, y=0.195),
        box(0.118, 0.010, 0.108, 0.003).moved(x=0.02, y=0.226),
    ]
    node.add(merge([case, *feet, *legs, *terminal]), materials.plastic("teal"))
    gland = cable_gland(0.016).turned("x", 90).moved(x=0.02, y=0.190, z=0.05)
    node.add(gland, BRASS)
    hole: list[Vec2] = []
    for k in range(SLOTS):
        tooth = 360 / SLOTS * k
        for reach, angle in ((BORE, -5.6), (BORE, -1.6), (0.128, -2.9), (0.128, 2.9), (BORE, 1.6), (BORE, 5.6)):
            hole.append((reach * cosine(tooth + angle), reach * sine(tooth + angle)))
    iron = extrude(circle(YOKE - 0.0005, 30), STACK, holes=[hole]).facing("+x")
    node.add(iron, materials.dark_steel())
    node.add(_windings(), WIRE)
    node.add(
        panel(0.09, 0.045).moved(x=0.02, y=0.195, z=0.0503),
        materials.label(dials.type_plate("15 KW", "400 V  3000 RPM")),
    )


def _windings() -> Mesh:
    """Coils that leave one slot and enter the third from it, at both ends, with the bars in the slots."""
    bar = panel(STACK + 0.03, 0.010).facing("-y").moved(y=0.108)
    parts = [bar.ringed(SLOTS, "x")]
    step = 360 / SLOTS
    loop: list[Vec3] = []
    for k, (share, out, lift) in enumerate(
        ((0.0, 0.0, 0.0), (0.28, 0.034, 0.008), (0.72, 0.034, 0.008), (1.0, 0.0, 0.0))
    ):
        radius = 0.110 + lift + (0.004 if k < 2 else 0.0)
        way = 3 * step * share
        loop.append((STACK / 2 + 0.004 + out, radius * cosine(way), radius * sine(way)))
    coil = sweep(circle(0.0085, 5), loop, crease=80)
    parts += [coil.ringed(SLOTS, "x"), coil.mirrored("x").ringed(SLOTS, "x")]
    return merge(parts)


def _rotor(node: Node) -> None:
    shaft: Outline = [
        (0, -0.215),
        (0.016, -0.215),
        (0.016, -0.170),
        (0.022, -0.168),
        (0.022, -0.125),
        (0.030, -0.123),
        (0.030, 0.125),
        (0.022, 0.127),
        (0.022, 0.170),
        (0.019, 0.172),
        (0.019, 0.262),
        (0, 0.262),
    ]
    key = box(0.055, 0.007, 0.007, 0.001).moved(x=0.225, y=0.019)
    balls = [_along(sphere(0.0075, 7, 4).moved(x=0.032).ringed(8)).moved(x=x) for x in (-0.146, 0.146)]
    races = [
        _along(tube(a, b, 0.018, 20)).moved(x=x - 0.009)
        for x in (-0.146, 0.146)
        for a, b in ((0.0405, 0.035), (0.029, 0.022))
    ]
    node.add(merge([_along(lathe(shaft, 20)), key, *balls, *races]), materials.polished_steel())
    holes = [circle(0.011, 9, (0.054 * cosine(a), 0.054 * sine(a))) for a in range(0, 360, 45)]
    node.add(extrude(circle(0.081, 32), STACK, holes=[circle(0.029, 16), *holes]).facing("+x"), materials.dark_steel())
    span = 360 / POLES
    magnet = extrude(
        [*arc(0.0905, -span * 0.43, span * 0.43, 5), *arc(0.0805, span * 0.43, -span * 0.43, 5)],
        STACK - 0.004,
        bevel=0.001,
    ).facing("+x")
    for start, colour in ((0, "red"), (1, "blue")):
        node.add(merge(magnet.turned("x", span * k) for k in range(start, POLES, 2)), materials.plastic(colour))
    rings = [_along(tube(0.088, 0.032, 0.005, 30)).moved(x=x) for x in (-STACK / 2 - 0.005, STACK / 2)]
    node.add(merge(rings), BRASS)
