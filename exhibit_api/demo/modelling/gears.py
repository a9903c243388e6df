"""Involute gears that really mesh. Gears face +Z and are centred; a tooth of an unturned gear points along +X."""

import math
from collections.abc import Sequence

from exhibit_api.demo.modelling.angles import cosine, sine
from exhibit_api.demo.modelling.mesh import Mesh, Vec2, merge
from exhibit_api.demo.modelling.outlines import Outline, circle
from exhibit_api.demo.modelling.solids import extrude, lathe
from exhibit_api.demo.modelling.sweeps import loft

PRESSURE = 20.0


def pitch_radius(teeth: int, module: float) -> float:
    """Half the pitch diameter; two gears stand the sum of theirs apart."""
    return teeth * module / 2


def gear_outline(
    teeth: int, module: float, *, addendum: float = 1.0, dedendum: float = 1.25, slack: float = 0.02, steps: int = 2
) -> list[Vec2]:
    """The teeth as a loop of 2·(steps + 2) points each; addendum, dedendum and slack are in modules."""
    pitch = pitch_radius(teeth, module)
    base, tip, root = pitch * cosine(PRESSURE), pitch + addendum * module, pitch - dedendum * module
    start = max(base, root)

    def half(radius: float) -> float:
        """Half a tooth's angle at a radius, in degrees."""
        lean = math.acos(min(base / radius, 1.0))
        involute = math.tan(math.radians(PRESSURE)) - math.radians(PRESSURE) - (math.tan(lean) - lean)
        return round(90 / teeth + math.degrees(involute) - math.degrees(slack * module / 2 / pitch), 9)

    radii = [start + (tip - start) * k / steps for k in range(steps + 1)]
    flank = [(radius, max(half(radius), 0.15 * 90 / teeth)) for radius in radii]
    foot = min(half(start) + 90 / teeth * 0.12, 180 / teeth * 0.95)
    side = [(root, foot), *flank] if start > root * 1.0001 else [(root, foot), *flank[1:]]
    points: list[Vec2] = []
    for tooth in range(teeth):
        middle = 360 * tooth / teeth
        for radius, angle in side:
            points.append((radius * cosine(middle - angle), radius * sine(middle - angle)))
        for radius, angle in reversed(side):
            points.append((radius * cosine(middle + angle), radius * sine(middle + angle)))
    return points


def gear(
    teeth: int,
    module: float,
    width: float,
    bore: float,
    *,
    helix: float = 0.0,
    web: float | None = None,
    windows: int = 0,
    hub: float | None = None,
) -> Mesh:
    """A spur gear, or a helical one by its twist over the width in degrees. `bore` is the bore's radius.

    With `web` (metres, thinner than the width) the disc between rim and hub is recessed, with `windows` round holes;
    `hub` is the hub's radius, by default 1.8 bores.
    """
    teeth_line = gear_outline(teeth, module)
    layers = 1 if helix == 0 else max(2, round(abs(helix) / 4))
    edge = module * 0.12
    if web is None:
        return extrude(teeth_line, width, holes=[circle(bore, 28)], bevel=edge, twist=helix, layers=layers)
    rim = pitch_radius(teeth, module) - 3.0 * module
    boss = bore * 1.8 if hub is None else hub
    middle, reach = (rim + boss) / 2, (rim - boss) * 0.32
    holes: Sequence[Outline] = [
        circle(reach, 20, (middle * cosine(360 * k / windows), middle * sine(360 * k / windows)))
        for k in range(windows)
    ]
    return merge(
        [
            extrude(teeth_line, width, holes=[circle(rim, 48)], bevel=edge, twist=helix, layers=layers),
            extrude(
                circle(rim * 1.01, 48),
                web,
                holes=[circle(boss * 0.97, 28), *holes],
                bevel=min(web * 0.08, module * 0.15),
            ),
            lathe([(bore, 0), (boss, 0), (boss, width * 1.04), (bore, width * 1.04)], 32, bevel=edge)
            .moved(y=-width * 0.52)
            .turned("x", 90),
        ]
    )


def ring_gear(teeth: int, module: float, width: float, radius: float) -> Mesh:
    """An internal gear with a round outside of `radius`; a gap between its teeth points along +X."""
    inner = gear_outline(teeth, module, addendum=1.25, dedendum=1.0, slack=-0.02)
    return extrude(circle(radius, 80), width, holes=[inner], bevel=module * 0.12)


def bevel_gear(teeth: int, module: float, width: float, cone_angle: float = 45.0) -> Mesh:
    """A bevel gear: its large end in the plane z = 0, narrowing toward +Z to a tip of half-angle `cone_angle`."""
    line = gear_outline(teeth, module)
    apex = pitch_radius(teeth, module) * cosine(cone_angle) / sine(cone_angle)
    back = [(x * 0.93, y * 0.93, -width * 0.12) for x, y in line]
    depth = width * cosine(cone_angle)
    share = 1 - depth / apex
    return loft([back, [(x, y, 0.0) for x, y in line], [(x * share, y * share, depth) for x, y in line]])


def rack(teeth: int, module: float, width: float, height: float) -> Mesh:
    """A straight rack along x, its pitch line on y = 0 and its body below; a tooth stands at x = 0."""
    pitch = round(math.pi, 9) * module
    tilt = sine(PRESSURE) / cosine(PRESSURE)
    line: list[Vec2] = []
    first = -(teeth - 1) / 2
    for tooth in range(teeth):
        x = (first + tooth) * pitch
        for side in (-1, 1):
            reach = [(pitch / 4 + 1.25 * module * tilt, -1.25 * module), (pitch / 4 - module * tilt, module)]
            line += [(x + side * across, y) for across, y in reach[::-side]]
    left, right = (first - 0.5) * pitch, (first + teeth - 0.5) * pitch
    body = [(left, -1.25 * module - height), (right, -1.25 * module - height), (right, -1.25 * module)]
    return extrude([*body, *line[::-1], (left, -1.25 * module)], width, bevel=module * 0.08)


def meshing_turn(driver: int, driven: int, way: float = 0.0, driver_turn: float = 0.0) -> float:
    """The turn (degrees) at which a gear of `driven` teeth meshes with one of `driver` teeth turned by `driver_turn`.

    `way` is the direction from the driver's to the driven gear's axis, from +X toward +Y.
    """
    return way + 180 - 180 / driven + (way - driver_turn) * driver / driven


def planet_turn(ring: int, planet: int, way: float = 0.0, ring_turn: float = 0.0) -> float:
    """The turn at which a planet standing in direction `way` meshes with the ring gear round it."""
    return way - (way - ring_turn) * ring / planet


def sprocket(teeth: int, pitch: float, width: float, bore: float) -> Mesh:
    """A chain wheel for rollers `pitch` apart."""
    radius = pitch / (2 * sine(180 / teeth))
    points: list[Vec2] = []
    for tooth in range(teeth):
        for share, reach in (
            (0.0, -0.31),
            (0.16, -0.24),
            (0.28, 0.02),
            (0.42, 0.33),
            (0.58, 0.33),
            (0.72, 0.02),
            (0.84, -0.24),
        ):
            angle = 360 * (tooth + share) / teeth
            points.append(((radius + reach * pitch) * cosine(angle), (radius + reach * pitch) * sine(angle)))
    return extrude(points, width, holes=[circle(bore, 24)], bevel=width * 0.15)


def pulley(radius: float, width: float, bore: float, grooves: int = 1) -> Mesh:
    """A V-belt pulley."""
    step = width / grooves
    rim: list[Vec2] = []
    for k in range(grooves):
        low = k * step
        depth = min(step * 0.7, radius * 0.25)
        rim += [(radius, low + step * 0.06), (radius - depth, low + step * 0.34)]
        rim += [(radius - depth, low + step * 0.66), (radius, low + step * 0.94)]
    line = [(bore, 0), (radius * 0.99, 0), *rim, (radius * 0.99, width), (bore, width)]
    return lathe(line, 48, crease=30).moved(y=-width / 2).turned("x", 90)
