"""A high-pressure gate valve with rising stem, its body cut open to the front: seats, wedge, packing, yoke, handwheel.

Heights are measured from the pipe's axis.
"""

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.angles import cosine
from exhibit_api.demo.modelling.materials import Material
from exhibit_api.demo.modelling.mesh import Mesh, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.motion import turn
from exhibit_api.demo.modelling.outlines import Outline, circle, rectangle, rounded
from exhibit_api.demo.modelling.parts import bolt_circle
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, rod, torus, tube
from exhibit_api.demo.modelling.sweeps import thread

BORE = 0.072
LIFT, TURNS, LOOP = 0.125, 3, 12.0  # the stem's way, the wheel's turns for it, seconds
SWEEP = 250.0  # what is left of the cut parts
GROUND = -0.420
BRASS = Material("plain brass", (212, 168, 88), 1.0, 0.26)
BRONZE = Material("plain bronze", (176, 118, 66), 1.0, 0.34)
PIPE: Outline = [
    (BORE, 0.095), (0.098, 0.095), (0.098, 0.225), (0.118, 0.250), (0.150, 0.252), (0.150, 0.288), (0.100, 0.288),
    (0.100, 0.294), (BORE, 0.294),
]  # fmt: skip
BARREL: Outline = [
    (0.0, -0.150), (0.070, -0.142), (0.110, -0.105), (0.128, -0.060), (0.128, 0.165), (0.170, 0.170), (0.170, 0.200),
    (0.103, 0.200), (0.103, -0.050), (0.088, -0.090), (0.055, -0.116), (0.0, -0.124),
]  # fmt: skip


def build() -> Model:
    """The valve on its stand; in the clip "run" three turns of the wheel lift stem and wedge, and close them again."""
    model = Model("gate-valve")
    still = model.node("valve")
    for assemble in (_body, _bonnet, _stand):
        assemble(still)
    stem = model.node("stem and wedge")
    _stem(stem)
    wheel = model.node("handwheel", at=(0, 0.620, 0))
    _wheel(wheel)
    times = [LOOP * k / 48 for k in range(49)]
    opened = [(1 - cosine(360 * k / 48)) / 2 for k in range(49)]
    model.keyframes(stem, "translation", times, [(0.0, LIFT * share, 0.0) for share in opened])
    model.keyframes(wheel, "rotation", times, [turn("y", 360 * TURNS * share) for share in opened])
    return model


def _sideways(mesh: Mesh) -> Mesh:
    """A part turned about +Y, laid along +X with its cut to the front, a little upward."""
    return mesh.turned("z", -90).turned("x", 312)


def _body(node: Node) -> None:
    pipe = _sideways(lathe(PIPE, 28, sweep=SWEEP))
    barrel = lathe(BARREL, 28, sweep=SWEEP).turned("y", -35)
    node.add(merge([pipe, pipe.mirrored("x"), barrel]), materials.plastic("navy"))
    half = extrude(PIPE, 0.0008)
    cuts = [half.turned("z", -90).turned("x", 312 + way) for way in (0.1, SWEEP - 0.1)]
    core = extrude([(r if r > 0 else 0.0, y) for r, y in BARREL], 0.0008)
    walls = [core.turned("y", way) for way in (-35.1, SWEEP - 34.9)]
    node.add(merge([*cuts, *(cut.mirrored("x") for cut in cuts), *walls]), materials.plastic("red"))
    seat = tube(0.092, BORE, 0.056, 28).turned("z", -90).moved(x=0.043)
    node.add(merge([seat, seat.mirrored("x")]), BRASS)
    bolt = cylinder(0.011, 0.012, 6)
    kept = [way for way in range(0, 360, 45) if (way - 312) % 360 < SWEEP]  # where the flange is not cut away
    ends = merge(bolt.moved(x=0.127).turned("y", way) for way in kept).turned("z", -90).turned("z", 180).moved(x=0.252)
    inner = [ends, ends.mirrored("x")]
    top = [bolt.turned("y", 15).moved(x=0.150, y=0.158).turned("y", way) for way in (0, 36, 72, 108, 144, 180)]
    node.add(merge([*inner, *top]), materials.polished_steel())


def _bonnet(node: Node) -> None:
    cap: Outline = [
        (0.030, 0.206),
        (0.170, 0.206),
        (0.170, 0.234),
        (0.118, 0.238),
        (0.092, 0.262),
        (0.062, 0.290),
        (0.060, 0.330),
        (0.030, 0.330),
    ]
    arm = [
        (-0.100, 0.232),
        (-0.070, 0.232),
        (-0.062, 0.290),
        (-0.050, 0.480),
        (-0.030, 0.555),
        (-0.062, 0.555),
        (-0.080, 0.480),
        (-0.092, 0.300),
    ]
    yoke = extrude(arm, 0.050, bevel=0.005)
    crown = lathe([(0.024, 0.545), (0.066, 0.545), (0.066, 0.580), (0.050, 0.594), (0.024, 0.594)], 24)
    node.add(merge([lathe(cap, 32), yoke, yoke.mirrored("x"), crown]), materials.plastic("navy"))
    node.add(tube(0.166, 0.090, 0.006, 32).moved(y=0.200), materials.rubber())
    studs = bolt_circle(merge([cylinder(0.017, 0.013, 6), cylinder(0.009, 0.022, 6)]), 0.147, 8).moved(y=0.234)
    gland_nuts = [
        merge([cylinder(0.006, 0.09, 8), cylinder(0.011, 0.010, 6).moved(y=0.060)]).moved(x, 0.315, 0)
        for x in (-0.045, 0.045)
    ]
    node.add(merge([studs, *gland_nuts]), materials.polished_steel())
    gland = extrude(rounded(rectangle(0.125, 0.060), 0.028, 4), 0.014, holes=[circle(0.023, 16)], bevel=0.002).facing(
        "+y"
    )
    sleeve = tube(0.034, 0.0225, 0.036, 20).moved(y=0.330)
    nipple = cylinder(0.006, 0.02, 10, 0.001).turned("x", 90).moved(y=0.565, z=0.064)
    node.add(merge([gland.moved(y=0.364), sleeve, nipple, tube(0.048, 0.0225, 0.012, 24).moved(y=0.594)]), BRASS)
    node.add(
        panel(0.076, 0.038).moved(y=0.2685, z=0.0915), materials.label(dials.type_plate("GATE VALVE", "PN 160  DN 150"))
    )
    node.add(box(0.082, 0.044, 0.02, 0.002).moved(y=0.268, z=0.081), materials.dark_steel())


def _stem(node: Node) -> None:
    wedge: Outline = [(0, -0.043), (0.070, -0.042), (0.096, -0.038), (0.096, 0.038), (0.070, 0.042), (0, 0.043)]
    disc = lathe(wedge, 32).turned("z", 90)
    tongue = box(0.05, 0.06, 0.06, 0.006).moved(y=0.105)
    node.add(merge([disc, tongue]), materials.steel())
    rings = [tube(0.0865, BORE, 0.0015, 30).turned("z", -90).moved(x=x) for x in (0.0422, -0.0437)]
    node.add(merge(rings), BRONZE)
    core = cylinder(0.0215, 0.340, 24, 0.002).moved(y=0.12)
    screw = thread(0.0225, 0.026, 0.320, 0.0040, 12).moved(y=0.455)
    head = lathe([(0, 0.11), (0.030, 0.11), (0.030, 0.135), (0, 0.135)], 24, bevel=0.003)
    node.add(merge([core, screw, head]), materials.polished_steel())


def _wheel(node: Node) -> None:
    spokes = rod((0.03, 0, 0), (0.180, 0, 0), 0.009, 8).ringed(5)
    wheel = merge([torus(0.178, 0.014, 36, 7), spokes, cylinder(0.040, 0.030, 20).moved(y=-0.016)])
    node.add(wheel, materials.plastic("red"))
    hub = tube(0.036, 0.0245, 0.050, 20).moved(y=-0.022)
    node.add(merge([hub, tube(0.034, 0.0245, 0.014, 6).moved(y=0.028)]), BRASS)


def _stand(node: Node) -> None:
    slab = extrude(rounded(rectangle(0.56, 0.38), 0.03, 4), 0.035, bevel=0.004).facing("+y").moved(y=GROUND + 0.0175)
    node.add(slab, materials.plastic("graphite"))
    saddle: Outline = [
        (-0.150, GROUND + 0.035),
        (0.150, GROUND + 0.035),
        (0.150, GROUND + 0.05),
        (0.125, -0.132),
        (0.07, -0.152),
        (0, -0.156),
        (-0.07, -0.152),
        (-0.125, -0.132),
        (-0.150, GROUND + 0.05),
    ]
    feet = [extrude(saddle, 0.030, bevel=0.003).facing("+x").moved(x=x) for x in (-0.235, 0.235)]
    node.add(merge(feet), materials.plastic("grey"))
    bolts = [cylinder(0.010, 0.012, 6).moved(x, GROUND + 0.035, z) for x in (-0.25, 0.25) for z in (-0.162, 0.162)]
    node.add(merge(bolts), materials.polished_steel())
