"""Standard parts: fasteners, flanges, wheels, bearings, knobs, grilles, chains. Upright parts stand on y = 0."""

from collections.abc import Sequence

from exhibit_api.demo.modelling.angles import bearing, cosine, sine
from exhibit_api.demo.modelling.mesh import Axis, Mesh, Vec2, Vec3, merge
from exhibit_api.demo.modelling.outlines import circle, rectangle, regular, rounded, slot
from exhibit_api.demo.modelling.solids import box, cone, cylinder, extrude, lathe, rod, sphere, tube
from exhibit_api.demo.modelling.sweeps import pipe

# A bolt head's own height and width as shares of its thread's diameter, after ISO 4014 and ISO 4762.
HEX_WIDTH, HEX_HEIGHT, CAP_WIDTH = 1.7, 0.65, 1.5


def hex_bolt(size: float, shank: float = 0.0) -> Mesh:
    """A hexagon head with a washer on y = 0, `size` the thread's diameter; the shank goes below y = 0."""
    foot, height, edge = size * 0.16, HEX_HEIGHT * size, size * 0.12
    radius = HEX_WIDTH * size / 1.732
    head = [
        (0, foot),
        (radius, foot),
        (radius, foot + height - edge),
        (radius - edge, foot + height),
        (0, foot + height),
    ]
    parts = [washer(size), lathe(head, 6)]
    return merge([*parts, cylinder(size / 2, shank, 12).moved(y=-shank)] if shank > 0 else parts)


def cap_bolt(size: float, shank: float = 0.0) -> Mesh:
    """A socket head with its hole on y = 0, `size` the thread's diameter."""
    radius, edge, hole = CAP_WIDTH * size / 2, size * 0.12, size * 0.42
    rim = [(radius, 0), (radius, size - edge), (radius - edge, size), (hole, size)]
    head = lathe([(0, 0), *rim, (hole, size * 0.5), (0, size * 0.5)], 10)
    return merge([head, cylinder(size / 2, shank, 12).moved(y=-shank)]) if shank > 0 else head


def nut(size: float) -> Mesh:
    """A hexagon nut on y = 0 with a stud's end in it."""
    height = 0.8 * size
    ring = extrude(regular(6, HEX_WIDTH * size / 1.732), height, holes=[circle(size / 2, 14)], bevel=size * 0.08)
    return merge([ring.facing("+y").moved(y=height / 2), cylinder(size * 0.5, height * 1.3, 14, size * 0.08)])


def washer(size: float) -> Mesh:
    """A plain washer under a bolt's head."""
    return cylinder(size * 1.08, size * 0.16, 12)


def rivet(size: float) -> Mesh:
    """A round head on y = 0, `size` its diameter."""
    return lathe([(0, 0), *((size / 2 * cosine(a), size * 0.36 * sine(a)) for a in (0, 30, 60, 90))], 14)


def bolt_circle(bolt: Mesh, radius: float, count: int, axis: Axis = "y", *, start: float = 0.0) -> Mesh:
    """Copies of a bolt round an axis: about y they stand upright; about z they face +Z; about x they face +X."""
    if axis == "y":
        return bolt.moved(x=radius).ringed(count, "y", start=start)
    facing = bolt.turned("x", 90) if axis == "z" else bolt.turned("z", -90)
    return facing.moved(y=radius).ringed(count, axis, start=start)


def flange(radius: float, bore: float, thickness: float, bolts: int, bolt: float) -> Mesh:
    """A round flange on y = 0 with its hexagon bolts on the top, `bolt` their size."""
    middle = max(bore + (radius - bore) * 0.55, radius - bolt * 1.6)
    disc = (
        tube(radius, bore, thickness, 48, thickness * 0.12)
        if bore > 0
        else cylinder(radius, thickness, 48, thickness * 0.12)
    )
    return merge([disc, bolt_circle(hex_bolt(bolt).moved(y=thickness), middle, bolts)])


def gusset(width: float, height: float, thickness: float) -> Mesh:
    """A triangular rib: its right angle at the origin, along +x and +y, centred on z = 0."""
    line: list[Vec2] = [(0, 0), (width, 0), (width, height * 0.1), (width * 0.12, height), (0, height)]
    return extrude(line, thickness, bevel=thickness * 0.12)


def ball_ring(radius: float, ball: float, count: int) -> Mesh:
    """Balls in a circle round the z axis, `ball` a ball's radius."""
    return sphere(ball, 10, 6).moved(x=radius).ringed(count, "z")


def bearing_races(outer: float, inner: float, width: float) -> Mesh:
    """The two rings of a ball bearing round the z axis, grooved; `ball_ring((outer + inner) / 2, …)` fits in."""
    step = (outer - inner) * 0.3
    middle = (outer + inner) / 2
    low = lathe(
        [(inner, 0), (inner + step, 0), (inner + step * 0.8, width / 2), (inner + step, width), (inner, width)],
        36,
        bevel=step * 0.1,
    )
    high = lathe(
        [(outer - step, 0), (outer, 0), (outer, width), (outer - step, width), (outer - step * 0.8, width / 2)],
        36,
        bevel=step * 0.1,
    )
    shield = tube(middle + step * 0.5, middle - step * 0.5, width * 0.2, 36).moved(y=width * 0.4)
    return merge([low, high, shield]).moved(y=-width / 2).turned("x", 90)


def tyre(radius: float, width: float, rim: float) -> Mesh:
    """A tyre round the z axis with three grooves; `rim` is the inner radius."""
    h, wall = width / 2, radius - rim
    tread: list[Vec2] = []
    for y in (-0.55, 0.0, 0.55):
        tread += [(radius, (y - 0.09) * h), (radius - wall * 0.12, (y - 0.06) * h)]
        tread += [(radius - wall * 0.12, (y + 0.06) * h), (radius, (y + 0.09) * h)]
    side = [(rim, -h * 0.7), (rim + wall * 0.45, -h), (radius - wall * 0.15, -h * 0.92)]
    return lathe([*side, *tread, *((r, -y) for r, y in reversed(side))], 56, bevel=wall * 0.04).turned("x", 90)


def wheel_disc(radius: float, width: float, bore: float, windows: int = 5) -> Mesh:
    """A rim with a web and a hub round the z axis, to go inside a tyre."""
    h = width / 2
    rim = lathe([(radius * 0.86, -h * 0.8), (radius, -h), (radius, h), (radius * 0.86, h * 0.8)], 48, bevel=h * 0.08)
    hub = lathe(
        [(bore, -h * 0.8), (radius * 0.3, -h * 0.8), (radius * 0.3, h * 0.8), (bore, h * 0.8)], 32, bevel=h * 0.08
    )
    holes = [
        circle(radius * 0.15, 18, (radius * 0.58 * cosine(a), radius * 0.58 * sine(a)))
        for a in (360 * k / windows for k in range(windows))
    ]
    web = extrude(circle(radius * 0.9, 48), width * 0.25, holes=[circle(radius * 0.28, 24), *holes], bevel=width * 0.03)
    return merge([rim.turned("x", 90), hub.turned("x", 90), web])


def knob(radius: float, height: float, flutes: int = 16) -> Mesh:
    """A fluted knob on y = 0."""
    line: list[Vec2] = []
    for k in range(flutes * 4):
        reach = radius * (1.0 if k % 4 < 2 else 0.93)
        line.append((reach * cosine(360 * k / flutes / 4), reach * sine(360 * k / flutes / 4)))
    grip = extrude(line, height * 0.8, bevel=radius * 0.06, crease=35).facing("+y").moved(y=height * 0.6)
    return merge([cylinder(radius * 1.08, height * 0.22, 32, height * 0.05), grip])


def handwheel(radius: float, spokes: int = 3, *, grip: bool = True) -> Mesh:
    """A handwheel that faces +Z, its hub at the origin; the grip stands out at the rim."""
    thick = radius * 0.09
    rim = lathe([(radius - thick + x * 1.0, y) for x, y in circle(thick, 12)], 48, crease=80).turned("x", 90)
    hub = lathe(
        [(0, -thick * 1.4), (thick * 2.2, -thick * 1.4), (thick * 1.9, thick * 1.2), (0, thick * 1.2)],
        28,
        bevel=thick * 0.2,
    )
    spoke = rod((0, 0, 0), (0, radius - thick, 0), thick * 0.62, 10)
    parts = [rim, hub.turned("x", 90), spoke.ringed(spokes, "z")]
    if grip:
        handle = lathe(
            [(0, 0), (thick * 0.7, 0), (thick, thick * 4), (thick * 0.7, thick * 6.4), (0, thick * 6.6)], 16, crease=70
        )
        parts.append(handle.turned("x", 90).moved(y=radius - thick))
    return merge(parts)


def handle(width: float, reach: float, radius: float) -> Mesh:
    """A bow handle that stands out along +Z, its feet `width` apart along x."""
    x = width / 2
    path: list[Vec3] = [(-x, 0, 0), *((-x + reach * (1 - cosine(a)), 0, reach * sine(a)) for a in (30, 60, 90))]
    path = [*path, *((-px, py, pz) for px, py, pz in reversed(path))]
    feet = cylinder(radius * 1.9, radius * 0.8, 18, radius * 0.2).turned("x", 90)
    return merge([pipe(path, radius, 10), feet.moved(x=-x), feet.moved(x=x)])


def grille(width: float, height: float, depth: float, slats: int = 8) -> Mesh:
    """A frame with slanted slats, facing +Z, centred."""
    edge = min(width, height) * 0.07
    frame = extrude(
        rounded(rectangle(width, height), edge, 3),
        depth,
        holes=[rectangle(width - 2 * edge, height - 2 * edge)],
        bevel=depth * 0.15,
    )
    inner = height - 2 * edge
    slat = box(width - edge, inner / slats * 0.28, depth * 0.9, inner / slats * 0.05).turned("x", 28)
    return merge([frame, slat.repeated(slats, (0, inner / slats, 0))])


def vent_slots(count: int, length: float, width: float, depth: float, gap: float) -> Mesh:
    """Dark slots as thin raised inlays that face +Z, one above the other; give them a dark material."""
    return extrude(slot(length, width, 5), depth).repeated(count, (0, gap, 0))


def levelling_foot(radius: float, height: float) -> Mesh:
    """A machine foot on y = 0: pad, spindle and nut."""
    pad = lathe(
        [(0, 0), (radius, 0), (radius, height * 0.12), (radius * 0.35, height * 0.3), (0, height * 0.3)],
        28,
        bevel=height * 0.03,
    )
    return merge([pad, cylinder(radius * 0.25, height, 16), nut(radius * 0.5).moved(y=height * 0.4)])


def cable_gland(radius: float) -> Mesh:
    """A cable gland on y = 0; the cable of about 0.45 radius leaves upwards."""
    hexagon = extrude(regular(6, radius * 1.1), radius * 0.6, bevel=radius * 0.06).facing("+y").moved(y=radius * 0.3)
    return merge([hexagon, cone(radius * 0.95, radius * 0.55, radius * 0.9, 20, radius * 0.08).moved(y=radius * 0.6)])


def chain(places: Sequence[Vec3], pitch: float, width: float) -> Mesh:
    """Roller chain links in the xy plane over pins at `places`, a pitch apart (the last joins the first)."""
    parts = []
    for index, (start, end) in enumerate(zip(places, [*places[1:], places[0]], strict=True)):
        middle = tuple((a + b) / 2 for a, b in zip(start, end, strict=True))
        z = width * (0.5 if index % 2 else 0.36)
        plate = extrude(slot(pitch * 1.62, pitch * 0.62, 5), width * 0.1, bevel=width * 0.015)
        turned = plate.turned("z", bearing(end[0] - start[0], end[1] - start[1])).moved(*middle)
        parts += [turned.moved(z=z), turned.moved(z=-z)]
        roller = cylinder(pitch * 0.29, width * 0.6, 12).turned("x", 90).moved(z=-width * 0.3)
        pin = cylinder(pitch * 0.14, width * 1.2, 10).turned("x", 90).moved(z=-width * 0.6)
        parts.append(merge([roller, pin]).moved(*start))
    return merge(parts)


def t_slot(size: float) -> list[Vec2]:
    """The outline of an aluminium profile with a T-slot on each side (extrude it)."""
    half, gap, wide, deep, lip = size / 2, size * 0.1, size * 0.2, size * 0.3, size * 0.06
    side: list[Vec2] = [
        (-half, -half),
        (-gap, -half),
        (-gap, -half + lip),
        (-wide, -half + lip),
        (-wide, -half + lip * 2),
    ]
    side += [
        (-gap, -half + deep),
        (gap, -half + deep),
        (wide, -half + lip * 2),
        (wide, -half + lip),
        (gap, -half + lip),
        (gap, -half),
    ]
    line: list[Vec2] = []
    for turn in (0, 90, 180, 270):
        c, s = cosine(turn), sine(turn)
        line += [(x * c - y * s, x * s + y * c) for x, y in side]
    return line


def i_beam(width: float, height: float, web: float, flange_thickness: float) -> list[Vec2]:
    """The outline of an I-beam (extrude it)."""
    w, h, t, f = width / 2, height / 2, web / 2, flange_thickness
    right: list[Vec2] = [(w, -h), (w, -h + f), (t, -h + f), (t, h - f), (w, h - f), (w, h)]
    return [*right, *((-x, y) for x, y in reversed(right))]
