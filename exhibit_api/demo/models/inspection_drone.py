"""An inspection drone on its landing pad: a quadrotor of carbon tubes with a gimballed camera and a thermal eye."""

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.angles import cosine, sine
from exhibit_api.demo.modelling.blades import blade
from exhibit_api.demo.modelling.drawing import ring, sheet, strokes, text
from exhibit_api.demo.modelling.materials import Material
from exhibit_api.demo.modelling.mesh import Mesh, Vec3, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.outlines import circle, rectangle, rounded
from exhibit_api.demo.modelling.parts import vent_slots
from exhibit_api.demo.modelling.solids import (
    box,
    capsule,
    cylinder,
    disc,
    dome,
    extrude,
    lathe,
    panel,
    rod,
    sphere,
    tube,
)
from exhibit_api.demo.modelling.sweeps import bent, loft, pipe
from exhibit_api.demo.modelling.textures import Texture, pictured

REACH = 0.335  # from the middle to a motor
PLANE = 0.285  # height of the arms
ROTOR = 0.165
PAD = 0.45
COPPER = Material("plain copper", (214, 124, 88), 1.0, 0.28)


def build() -> Model:
    """Drone and pad; in the clip "run" the rotors turn, neighbours against each other, and the camera looks about."""
    model = Model("inspection-drone")
    still = model.node("drone and pad")
    for assemble in (_pad, _frame, _shell):
        assemble(still)
    camera = model.node("camera", at=(0, 0.175, 0.115))
    _camera(camera)
    model.swing(camera, "y", [(0, 0), (1, 24), (2, 24), (4, -24), (5, -24), (6, 0)])
    right = left = None
    for index in range(4):
        way = 45 + 90 * index
        place: Vec3 = (REACH * cosine(way), PLANE + 0.052, -REACH * sine(way))
        rotor = model.node(f"rotor {index + 1}", at=place, like=left if index % 2 else right)
        if index == 0:
            right = _rotor(rotor, mirrored=False)
        elif index == 1:
            left = _rotor(rotor, mirrored=True)
        model.spin(rotor, "y", turns=-10 if index % 2 else 10, seconds_per_turn=0.6)
    return model


def _pad_picture() -> Texture:
    picture = sheet(256, 256, (54, 60, 64))
    ring(picture, (128, 128), 118, 7, (240, 180, 20))
    ring(picture, (128, 128), 74, 4, (232, 232, 226))
    text(picture, "H", (128, 128), 62, (232, 232, 226), weight=0.2)
    for k in range(12):
        a = 30 * k + 15
        ends = [(128 + r * sine(a), 128 - r * cosine(a)) for r in (90, 102)]
        strokes(picture, [ends], 5, (232, 232, 226))
    return pictured("landing-pad", picture)


def _pad(node: Node) -> None:
    rim = lathe(
        [(0, 0), (PAD, 0), (PAD, 0.012), (PAD - 0.012, 0.030), (PAD - 0.020, 0.030), (PAD - 0.022, 0.026), (0, 0.026)],
        48,
    )
    node.add(rim, materials.plastic("graphite"))
    node.add(disc(PAD - 0.0215, 48).facing("+y").moved(y=0.0268), materials.label(_pad_picture(), roughness=0.8))
    lamps = capsule(0.007, 0.02, 8, 2).turned("x", 90).moved(y=0.021, z=PAD - 0.014).ringed(8, start=22.5)
    node.add(lamps, materials.lamp("blue"))


def _frame(node: Node) -> None:
    arms = [
        rod((0.05, PLANE - 0.004, 0), (REACH + 0.01, PLANE, 0), 0.0125, 10).turned("y", 45 + 90 * k) for k in range(4)
    ]
    legs: list[Mesh] = []
    for x in (-0.125, 0.125):
        side = 1 if x > 0 else -1
        legs += [rod((x * 0.72, 0.245, z * 0.9), (x + side * 0.035, 0.040, z), 0.008, 8) for z in (-0.085, 0.085)]
        skid: list[Vec3] = [
            (x + side * 0.036, 0.052, -0.20),
            (x + side * 0.036, 0.036, -0.165),
            (x + side * 0.036, 0.036, 0.165),
            (x + side * 0.036, 0.052, 0.20),
        ]
        legs.append(pipe(bent(skid, 0.02, 3), 0.009, 8))
    plates = [
        extrude(rounded(rectangle(0.22, 0.26), 0.05, 4), 0.004).facing("+y").moved(y=y)
        for y in (PLANE - 0.026, PLANE + 0.018)
    ]
    node.add(merge([*arms, *legs, *plates]), materials.carbon_fibre())
    clamps = [
        merge(
            [
                box(0.046, 0.036, 0.040, 0.005).moved(x=0.115),
                tube(0.0165, 0.0125, 0.022, 12).turned("z", 90).moved(x=0.20),
            ]
        )
        .moved(y=PLANE - 0.003)
        .turned("y", 45 + 90 * k)
        for k in range(4)
    ]
    pods = [
        lathe([(0, -0.022), (0.022, -0.022), (0.027, -0.012), (0.027, 0.014), (0.022, 0.020), (0, 0.020)], 18)
        .moved(x=REACH, y=PLANE)
        .turned("y", 45 + 90 * k)
        for k in range(4)
    ]
    feet = [
        lathe([(0, 0), (0.012, 0), (0.012, 0.03), (0, 0.03)], 10).turned("x", 90).moved(x, 0.036, z - 0.015)
        for x in (-0.161, 0.161)
        for z in (-0.12, 0.12)
    ]
    aerials = [rod((x, PLANE + 0.02, -0.10), (x * 1.5, PLANE + 0.105, -0.135), 0.0045, 8) for x in (-0.055, 0.055)]
    node.add(merge([*clamps, *pods, *feet, *aerials]), materials.plastic("black"))
    screws = [
        cylinder(0.004, 0.004, 6).moved(x=r, y=PLANE + 0.020).turned("y", 45 + 90 * k)
        for k in range(4)
        for r in (0.10, 0.128)
    ]
    bells = [
        merge(
            [
                lathe([(0, 0.026), (0.021, 0.026), (0.0225, 0.030), (0.0225, 0.040), (0.017, 0.045), (0, 0.045)], 18),
                cylinder(0.0035, 0.014, 10).moved(y=0.044),
            ]
        )
        .moved(x=REACH, y=PLANE)
        .turned("y", 45 + 90 * k)
        for k in range(4)
    ]
    node.add(merge([*screws, *bells]), materials.polished_steel())
    windings = [cylinder(0.019, 0.008, 14).moved(x=REACH, y=PLANE + 0.019).turned("y", 45 + 90 * k) for k in range(4)]
    node.add(merge(windings), COPPER)
    for colour, ways in (("red", (135, 225)), ("green", (45, 315))):
        lights = [sphere(0.008, 10, 6).moved(x=REACH, y=PLANE - 0.024).turned("y", way) for way in ways]
        node.add(merge(lights), materials.lamp(colour))


def _shell(node: Node) -> None:
    def loop(width: float, depth: float, y: float, shift: float = 0.0) -> list[Vec3]:
        return [(x, y, -z + shift) for x, z in rounded(rectangle(width, depth), min(width, depth) * 0.38, 6)]

    hood = [
        loop(0.185, 0.250, PLANE + 0.018),
        loop(0.200, 0.268, PLANE + 0.032),
        loop(0.192, 0.256, PLANE + 0.052, -0.002),
        loop(0.150, 0.205, PLANE + 0.072, -0.008),
        loop(0.085, 0.125, PLANE + 0.082, -0.014),
    ]
    belly = [loop(0.110, 0.160, 0.205), loop(0.170, 0.230, 0.222), loop(0.186, 0.250, PLANE - 0.030)]
    node.add(merge([loft(hood, crease=60), loft(belly, crease=60)]), materials.plastic("white"))
    stripe = [loop(0.203, 0.271, PLANE + 0.030), loop(0.203, 0.271, PLANE + 0.038)]
    battery = box(0.085, 0.045, 0.08, 0.008).moved(0, PLANE - 0.002, -0.125)
    node.add(merge([loft(stripe), battery]), materials.plastic("orange"))
    dome_part = dome(0.030, 0.016, 18, 3).moved(0, PLANE + 0.080, -0.014)
    eyes = [cylinder(0.011, 0.010, 16, 0.002).turned("x", 90).moved(x, PLANE - 0.004, 0.122) for x in (-0.038, 0.038)]
    slots = vent_slots(4, 0.05, 0.004, 0.003, 0.009).facing("+x").moved(0.0995, PLANE + 0.044, -0.03)
    frame = box(0.09, 0.036, 0.012, 0.004).moved(0, PLANE - 0.004, 0.122)
    node.add(merge([dome_part, *eyes, slots, slots.mirrored("x"), frame]), materials.plastic("black"))
    node.add(
        merge([cylinder(0.007, 0.003, 14).turned("x", 90).moved(x, PLANE - 0.004, 0.1315) for x in (-0.038, 0.038)]),
        materials.glass((60, 90, 150), 0.8),
    )
    plate = panel(0.052, 0.026).turned("x", -90).moved(0, PLANE + 0.0824, -0.045)
    node.add(plate, materials.label(dials.type_plate("DRONE 12", "4.2 KG")))


def _camera(node: Node) -> None:
    yoke = [cylinder(0.022, 0.030, 20, 0.003).moved(y=0.012), box(0.085, 0.012, 0.022, 0.004).moved(y=0.010)]
    cheeks = [box(0.010, 0.062, 0.026, 0.004).moved(x=x, y=-0.018) for x in (-0.044, 0.044)]
    node.add(
        merge(
            [
                *yoke,
                *cheeks,
                *(cylinder(0.012, 0.006, 16, 0.001).turned("z", 90).moved(x=x, y=-0.035) for x in (-0.046, 0.052)),
            ]
        ),
        materials.aluminium(),
    )
    head = merge(
        [
            box(0.074, 0.052, 0.058, 0.012).moved(y=-0.035),
            cylinder(0.021, 0.022, 24, 0.002).turned("x", 90).moved(-0.012, -0.035, 0.026),
            cylinder(0.011, 0.014, 18, 0.002).turned("x", 90).moved(0.022, -0.030, 0.026),
        ]
    )
    node.add(head, materials.plastic("graphite"))
    lens = merge(
        [
            dome(0.016, 0.005, 20, 4).turned("x", 90).moved(-0.012, -0.035, 0.048),
            extrude(circle(0.008, 14), 0.002).moved(0.022, -0.030, 0.040),
        ]
    )
    node.add(lens, materials.ceramic((26, 34, 84)))


def _rotor(node: Node, *, mirrored: bool) -> Node:
    wing = blade(
        ROTOR - 0.012,
        (0.016, 0.031, 0.026, 0.010),
        (28, 20, 13, 9),
        thicknesses=(0.16, 0.09, 0.08),
        stations=7,
        points=5,
    )
    wing = wing.turned("z", -90).moved(x=0.012)
    pair = merge([_flat(wing), _flat(wing).turned("y", 180)])
    hub = lathe([(0, -0.004), (0.015, -0.004), (0.015, 0.004), (0.006, 0.010), (0, 0.011)], 18, bevel=0.001)
    whole = merge([pair, hub])
    node.add(whole.mirrored("x") if mirrored else whole, materials.plastic("black"))
    return node


def _flat(wing: Mesh) -> Mesh:
    """The blade laid so that its chord, which stood upright after the turn, lies in the rotor's plane."""
    return wing.turned("x", 90)
