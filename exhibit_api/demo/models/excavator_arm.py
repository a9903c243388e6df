"""A hydraulic excavator's boom, stick and bucket, 1:4, on a pedestal; its cylinders and linkage follow every joint."""

from itertools import pairwise

import numpy as np

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.angles import bearing, cosine, sine
from exhibit_api.demo.modelling.mesh import Mesh, Vec2, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.motion import turn
from exhibit_api.demo.modelling.outlines import Outline, arc, circle, rounded
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, panel

# Places in the plane of the arm. The boom's own space starts at its foot, the stick's and the bucket's at their pivots.
FOOT: Vec2 = (-0.47, 0.40)
BOOM_RAM: Vec2 = (-0.30, 0.30)  # on the pedestal
BOOM_EYE: Vec2 = (0.33, 0.40)  # on the boom
STICK_RAM: Vec2 = (0.27, 0.575)  # on the boom's back
ELBOW: Vec2 = (0.88, 0.54)
STICK_EYE: Vec2 = (-0.17, 0.035)  # on the stick
BUCKET_RAM: Vec2 = (-0.03, 0.085)
ROCKER: Vec2 = (0.385, 0.030)
WRIST: Vec2 = (0.487, 0.0)
BUCKET_EYE: Vec2 = (0.085, 0.020)  # on the bucket
ROCKER_LENGTH, LINK_LENGTH = 0.100, 0.115
STICK_REST, BUCKET_REST = -70.0, 70.0

LOOP, STEPS = 14.0, 42
# Seconds, then the degrees that boom, stick and bucket have turned from rest: reach, dig, curl, lift, return.
CYCLE = (
    (0.0, 0.0, 0.0, 0.0),
    (3.5, -4.0, 24.0, 12.0),
    (8.0, 0.0, -28.0, -68.0),
    (10.5, 8.0, -26.0, -76.0),
    (14.0, 0.0, 0.0, 0.0),
)


def build() -> Model:
    """The arm; the clip "run" digs once: reach out, pull and curl, lift, return."""
    model = Model("excavator-arm")
    _pedestal(model.node("pedestal"))
    boom = model.node("boom", at=(*FOOT, 0))
    _boom(boom)
    stick = model.node("stick", parent=boom, at=(*ELBOW, 0), rotation=turn("z", STICK_REST))
    _stick(stick)
    bucket = model.node("bucket", parent=stick, at=(*WRIST, 0), rotation=turn("z", BUCKET_REST))
    _bucket(bucket)
    poses = [_pose(LOOP * k / STEPS) for k in range(STEPS + 1)]
    _follow(model, boom, [pose[0] for pose in poses])
    _follow(model, stick, [STICK_REST + pose[1] for pose in poses])
    _follow(model, bucket, [BUCKET_REST + pose[2] for pose in poses])
    boom_eyes = [_moved(BOOM_EYE, FOOT, pose[0]) for pose in poses]
    _ram(model, "boom ram", None, BOOM_RAM, boom_eyes, 0.032, (-0.085, 0.085))
    stick_eyes = [_moved(STICK_EYE, ELBOW, STICK_REST + pose[1]) for pose in poses]
    _ram(model, "stick ram", boom, STICK_RAM, stick_eyes, 0.034, (0.0,))
    hitches = [_moved(BUCKET_EYE, WRIST, BUCKET_REST + pose[2]) for pose in poses]
    joints = [_joint(hitch) for hitch in hitches]
    _ram(model, "bucket ram", stick, BUCKET_RAM, joints, 0.028, (0.0,))
    rocker = model.node("rocker", parent=stick, at=(*ROCKER, 0), rotation=turn("z", _bearing(ROCKER, joints[0])))
    rocker.add(_bar(ROCKER_LENGTH, 0.030, 0.016, 0.052), materials.dark_steel())
    _follow(model, rocker, [_bearing(ROCKER, joint) for joint in joints])
    link = model.node("link", parent=stick, at=(*joints[0], 0), rotation=turn("z", _bearing(joints[0], hitches[0])))
    link.add(_bar(LINK_LENGTH, 0.036, 0.022, 0.028), materials.dark_steel())
    angles = [_bearing(joint, hitch) for joint, hitch in zip(joints, hitches, strict=True)]
    _follow(model, link, angles)
    model.keyframes(link, "translation", _times(), [(*joint, 0.0) for joint in joints])
    return model


def _times() -> list[float]:
    return [LOOP * k / STEPS for k in range(STEPS + 1)]


def _pose(second: float) -> tuple[float, float, float]:
    """The degrees from rest of boom, stick and bucket, soft at each of the cycle's stations."""
    for before, after in pairwise(CYCLE):
        if second <= after[0]:
            t = (second - before[0]) / (after[0] - before[0])
            share = t * t * (3 - 2 * t)
            boom, stick, bucket = (a + (b - a) * share for a, b in zip(before[1:], after[1:], strict=True))
            return boom, stick, bucket
    return 0.0, 0.0, 0.0


def _moved(point: Vec2, pivot: Vec2, degrees: float) -> Vec2:
    """A point of a turned part in the space of what carries its pivot."""
    (x, y), c, s = point, cosine(degrees), sine(degrees)
    return (pivot[0] + x * c - y * s, pivot[1] + x * s + y * c)


def _bearing(start: Vec2, end: Vec2) -> float:
    return bearing(end[0] - start[0], end[1] - start[1])


def _distance(start: Vec2, end: Vec2) -> float:
    x, y = end[0] - start[0], end[1] - start[1]
    return float(np.sqrt(x * x + y * y))


def _joint(hitch: Vec2) -> Vec2:
    """Where rocker and link meet, outside of the line from the rocker's pivot to the bucket's hitch."""
    span = _distance(ROCKER, hitch)
    along = (span * span + ROCKER_LENGTH * ROCKER_LENGTH - LINK_LENGTH * LINK_LENGTH) / (2 * span)
    out = float(np.sqrt(ROCKER_LENGTH * ROCKER_LENGTH - along * along))
    x, y = (hitch[0] - ROCKER[0]) / span, (hitch[1] - ROCKER[1]) / span
    return (ROCKER[0] + x * along - y * out, ROCKER[1] + y * along + x * out)


def _follow(model: Model, node: Node, angles: list[float]) -> None:
    model.keyframes(node, "rotation", _times(), [turn("z", angle) for angle in angles])


def _ram(
    model: Model, name: str, parent: Node | None, foot: Vec2, eyes: list[Vec2], radius: float, sides: tuple[float, ...]
) -> None:
    """A hydraulic cylinder from its foot to an eye that moves: the barrel turns, the rod slides out of it."""
    lengths = [_distance(foot, eye) for eye in eyes]
    shortest = min(lengths)
    angles = [_bearing(foot, eye) for eye in eyes]
    barrel = model.node(name, parent=parent, at=(*foot, 0), rotation=turn("z", angles[0]))
    long = shortest - 0.035
    body = cylinder(radius, long - 0.01, 18, 0.003).moved(y=0.01)
    head = cylinder(radius * 1.16, 0.03, 18, 0.004).moved(y=long - 0.03)
    foot_eye = cylinder(radius * 0.8, radius * 1.5, 16, 0.003).turned("x", 90).moved(z=-radius * 0.75)
    line = box(0.012, long * 0.7, 0.012, 0.003).moved(radius * 1.08, long * 0.5, 0)
    whole = merge([body, head, foot_eye, line]).turned("z", -90)
    barrel.add(merge(whole.moved(z=z) for z in sides), materials.plastic("graphite"))
    rod = model.node(f"{name} rod", parent=barrel, at=(lengths[0], 0, 0))
    shaft = cylinder(radius * 0.52, shortest - 0.05, 14, 0.002).turned("z", 90)
    eye = cylinder(radius * 0.74, radius * 1.4, 16, 0.003).turned("x", 90).moved(z=-radius * 0.7)
    rod.add(merge(merge([shaft, eye]).moved(z=z) for z in sides), materials.chrome())
    _follow(model, barrel, angles)
    model.keyframes(rod, "translation", _times(), [(length, 0.0, 0.0) for length in lengths])


def _bar(length: float, width: float, thickness: float, apart: float) -> Mesh:
    """Two parallel links from (0, 0) to (length, 0) with their pins."""
    line = [*arc(width / 2, 90, 270, 6), *arc(width / 2, -90, 90, 6, (length, 0))]
    plate = extrude(line, thickness, bevel=0.002)
    pin = (
        cylinder(0.011, 2 * apart + thickness + 0.016, 12, 0.002)
        .turned("x", 90)
        .moved(z=-apart - thickness / 2 - 0.008)
    )
    return merge([plate.moved(z=apart), plate.moved(z=-apart), pin, pin.moved(x=length)])


def _pin(place: Vec2, width: float, radius: float = 0.017) -> Mesh:
    """A pivot pin with collars on both sides."""
    shaft = cylinder(radius, width, 14, 0.003).turned("x", 90).moved(z=-width / 2)
    return shaft.moved(*place)


def _boom(node: Node) -> None:
    line: Outline = [
        *arc(0.045, 130, 300, 6), (0.12, -0.005), (0.31, 0.345), (0.42, 0.415), (0.70, 0.455), *arc(0.042, -80, 90, 6, ELBOW),
        (0.70, 0.575), (0.40, 0.555), (0.24, 0.505), (0.17, 0.43),
    ]  # fmt: skip
    beam = extrude(rounded(line, 0.02, 2, least=40), 0.115, bevel=0.006)
    lug = extrude([(0.20, 0.47), (0.36, 0.52), (0.295, 0.592), (0.245, 0.592)], 0.014, bevel=0.003)
    eye = cylinder(0.034, 0.15, 18, 0.004).turned("x", 90).moved(*BOOM_EYE, -0.075)
    foot = cylinder(0.050, 0.19, 20, 0.005).turned("x", 90).moved(z=-0.095)
    node.add(merge([beam, lug.moved(z=0.042), lug.moved(z=-0.042), eye, foot]), materials.paint("yellow", gloss=0.6))
    pipe = box(0.30, 0.011, 0.011, 0.003).turned("z", 4).moved(0.55, 0.572, 0)
    pipes = pipe.repeated(3, (0, 0, 0.02))
    pins = merge([_pin((0, 0), 0.23, 0.024), _pin(BOOM_EYE, 0.24), _pin(STICK_RAM, 0.11), _pin(ELBOW, 0.20, 0.022)])
    node.add(merge([pipes, pins]), materials.dark_steel())
    plate = dials.type_plate("EXCAVATOR ARM", "360 BAR", "SCALE 1:4")
    node.add(panel(0.12, 0.06).turned("z", 7).moved(0.60, 0.508, 0.0578), materials.label(plate))


def _stick(node: Node) -> None:
    line: Outline = [
        *arc(0.036, 60, 250, 6, STICK_EYE), (-0.02, -0.062), (0.06, -0.058), *arc(0.032, -100, 95, 6, WRIST),
        (0.30, 0.042), (0.05, 0.068), (-0.08, 0.070),
    ]  # fmt: skip
    cheek = extrude(rounded(line, 0.02, 2, least=40), 0.082, bevel=0.005)
    side = cylinder(0.052, 0.164, 20, 0.004).turned("x", 90).moved(z=-0.082)
    lug = extrude([(-0.08, 0.055), (0.03, 0.055), (-0.012, 0.105), (-0.05, 0.105)], 0.013, bevel=0.003)
    node.add(merge([cheek, side, lug.moved(z=0.034), lug.moved(z=-0.034)]), materials.paint("yellow", gloss=0.6))
    pins = merge(
        [_pin(STICK_EYE, 0.10), _pin(BUCKET_RAM, 0.10, 0.013), _pin(ROCKER, 0.13, 0.013), _pin(WRIST, 0.15, 0.015)]
    )
    node.add(pins, materials.dark_steel())


def _bucket(node: Node) -> None:
    back = [
        (0.118, -0.004),
        (0.160, -0.060),
        (0.172, -0.125),
        (0.150, -0.190),
        (0.100, -0.232),
        (0.040, -0.245),
        (-0.070, -0.246),
    ]
    inner = [
        (-0.066, -0.238),
        (0.040, -0.236),
        (0.094, -0.223),
        (0.140, -0.185),
        (0.160, -0.125),
        (0.149, -0.064),
        (0.108, -0.012),
    ]
    shell = extrude([*back, *inner], 0.30, bevel=0.0015)
    cheek: Outline = [
        (0.118, -0.004), (0.160, -0.060), (0.172, -0.125), (0.150, -0.190), (0.100, -0.232), (0.040, -0.245),
        (-0.060, -0.246), (-0.028, -0.15), (0.030, -0.045), (0.060, -0.006),
    ]  # fmt: skip
    wall = extrude(cheek, 0.012, bevel=0.002)
    ear: Outline = [
        *arc(0.028, 100, 250, 5),
        (0.05, -0.06),
        (0.125, -0.05),
        (0.122, 0.0),
        *arc(0.024, -10, 100, 5, BUCKET_EYE),
    ]
    ears = extrude(ear, 0.016, bevel=0.003)
    band = extrude([*back[1:5], *[(x + 0.006, y - 0.006) for x, y in back[4:0:-1]]], 0.02, bevel=0.001)
    node.add(
        merge(
            [
                shell,
                wall.moved(z=0.146),
                wall.moved(z=-0.146),
                ears.moved(z=0.052),
                ears.moved(z=-0.052),
                band.moved(z=0.09),
                band.moved(z=-0.09),
            ]
        ),
        materials.paint("yellow", gloss=0.45),
    )
    tooth = extrude(
        [(0.0, -0.256), (-0.052, -0.262), (-0.112, -0.248), (-0.052, -0.230), (0.0, -0.230)], 0.034, bevel=0.004
    )
    teeth = tooth.moved(x=-0.015).repeated(5, (0, 0, 0.066))
    cutter = extrude([(-0.095, -0.246), (-0.03, -0.248), (-0.005, -0.14), (-0.028, -0.13)], 0.006, bevel=0.001)
    pin = cylinder(0.014, 0.15, 12, 0.002).turned("x", 90).moved(*BUCKET_EYE, -0.075)
    node.add(merge([teeth, cutter.moved(z=0.156), cutter.moved(z=-0.156), pin]), materials.polished_steel())


def _pedestal(node: Node) -> None:
    cheek: Outline = [
        (-0.66, 0.06), (-0.12, 0.06), (-0.13, 0.12), *arc(0.055, -60, 60, 5, BOOM_RAM), (-0.36, 0.36),
        *arc(0.07, 0, 180, 8, FOOT), (-0.60, 0.20),
    ]  # fmt: skip
    hole = circle(0.05, 16, (-0.45, 0.21))
    wall = extrude(cheek, 0.024, holes=[hole], bevel=0.003)
    ring = extrude(circle(0.24, 36), 0.03, bevel=0.004).facing("+y").moved(-0.40, 0.055, 0)
    node.add(
        merge([wall.moved(z=0.125), wall.moved(z=-0.125), ring, box(0.14, 0.10, 0.23, 0.006).moved(-0.56, 0.13, 0)]),
        materials.plastic("graphite"),
    )
    bolts = cylinder(0.011, 0.010, 6, 0.002).moved(x=0.222).ringed(14).moved(-0.40, 0.070, 0)
    pins = merge([_pin(FOOT, 0.30, 0.026), _pin(BOOM_RAM, 0.29, 0.018)])
    node.add(merge([bolts, pins]), materials.polished_steel())
    node.add(box(1.30, 0.04, 0.50, 0.006).moved(-0.03, 0.02, 0), materials.plastic("black"))
