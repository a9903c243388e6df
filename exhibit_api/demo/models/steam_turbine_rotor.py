"""A double-flow low-pressure steam-turbine rotor, 1:5: five mirrored stages of growing blades, on two pedestals."""

from dataclasses import replace

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.blades import blade
from exhibit_api.demo.modelling.materials import Material
from exhibit_api.demo.modelling.mesh import Mesh, Vec2, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.outlines import Outline, arc
from exhibit_api.demo.modelling.parts import bolt_circle
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, tube

AXIS = 0.40
BEARING = 0.545  # the bearings' distance from the middle
# Each stage: its distance from the middle, hub and tip radius, blades, chord, whether a shroud binds the tips.
STAGES = (
    (0.065, 0.140, 0.168, 32, 0.030, True),
    (0.118, 0.142, 0.184, 30, 0.034, True),
    (0.176, 0.144, 0.210, 28, 0.040, True),
    (0.245, 0.145, 0.252, 26, 0.050, True),
    (0.330, 0.146, 0.318, 24, 0.066, False),
)  # fmt: skip
FORGED = Material("forged steel", (176, 179, 184), 1.0, 0.36)
BLADES = replace(materials.polished_steel(), name="blades", double_sided=True)
SHROUD = Material("shroud bronze", (206, 160, 86), 1.0, 0.3)


def build() -> Model:
    """The rotor in its bearings; the clip "run" turns it once in 12 s."""
    model = Model("steam-turbine-rotor")
    _stand(model.node("stand"))
    rotor = model.node("rotor", at=(0, AXIS, 0))
    _rotor(rotor)
    model.spin(rotor, "x", seconds_per_turn=12)
    return model


def _along(mesh: Mesh) -> Mesh:
    """A part turned about +Y, laid with its axis along +X."""
    return mesh.turned("z", -90)


def _both(mesh: Mesh) -> Mesh:
    """The part and its mirror image in the other flow."""
    return merge([mesh, mesh.mirrored("x")])


def _rotor(node: Node) -> None:
    node.add(_along(lathe(_drum(), 28, crease=55)), FORGED)
    blades, shrouds = [], []
    for place, hub, tip, count, chord, bound in STAGES:
        blades.append(
            _blade(tip - hub + 0.004, chord, bound).moved(y=hub - 0.004).ringed(count, "z").facing("+x").moved(x=place)
        )
        if bound:
            half = chord * 0.36
            band = [(tip - 0.001, -half), (tip + 0.003, -0.7 * half), (tip + 0.003, 0.7 * half), (tip - 0.001, half)]
            shrouds.append(_along(lathe(band, 28, crease=80)).moved(x=place))
    node.add(_both(merge(blades)), BLADES)
    wire = _along(lathe([(0.262, -0.002), (0.2664, 0.0), (0.262, 0.002)], 32, crease=80)).moved(x=0.330)
    node.add(_both(merge([*shrouds, wire])), SHROUD)
    heads = bolt_circle(cylinder(0.008, 0.012, 6, 0.0015), 0.060, 8, "x").moved(x=0.678)
    node.add(_both(merge([heads])), materials.dark_steel())


def _blade(length: float, chord: float, bound: bool) -> Mesh:
    """A short blade under a shroud is a sheet; a longer one an aerofoil, the last one strongly twisted."""
    if length < 0.08:
        return panel(chord * 0.95, length).turned("y", 60).moved(y=length / 2)
    twists = (62.0, 54.0) if bound else (74.0, 52.0, 30.0)
    chords = (chord, chord * 0.92) if bound else (chord, chord * 0.86, chord * 0.7)
    detail = (1, 2) if bound else (3, 2)
    return blade(length, chords, twists, thicknesses=(0.16, 0.09), camber=0.09, stations=detail[0], points=detail[1])


def _drum() -> list[Vec2]:
    """The forged body with its discs, journals and coupling flanges, as (radius, place) from end to end."""
    half: list[Vec2] = [(0.108, 0.0), (0.108, 0.038)]
    for place, hub, _, _, chord, _ in STAGES:
        wide = chord * 0.46
        half += [(0.122, place - wide - 0.008), (hub, place - wide), (hub, place + wide)]
    half += [(0.108, 0.372), (0.088, 0.378), (0.084, 0.400), (0.066, 0.408), (0.066, 0.470), (0.056, 0.474)]
    half += [
        (0.056, 0.610),
        (0.062, 0.614),
        (0.062, 0.636),
        (0.078, 0.640),
        (0.078, 0.678),
        (0.050, 0.678),
        (0.050, 0.672),
        (0.0, 0.672),
    ]
    return [*((radius, -place) for radius, place in half[::-1]), *half[1:]]


def _stand(node: Node) -> None:
    line: Outline = [
        (-0.185, 0.05), (0.185, 0.05), (0.185, 0.075), (0.120, 0.150), (0.110, AXIS - 0.02), (0.135, AXIS - 0.02), (0.135, AXIS),
        *arc(0.0585, 0, -180, 10, (0, AXIS)), (-0.135, AXIS), (-0.135, AXIS - 0.02), (-0.110, AXIS - 0.02), (-0.120, 0.150),
        (-0.185, 0.075),
    ]  # fmt: skip
    pocket: Outline = [(-0.075, 0.11), (0.075, 0.11), (0.07, 0.27), (-0.07, 0.27)]
    wall = extrude(line, 0.09, bevel=0.005)
    frame = extrude(line, 0.12, holes=[pocket], bevel=0.005)
    cap_line: Outline = [(0.135, AXIS), (0.135, AXIS + 0.022), (0.105, AXIS + 0.022), *arc(0.100, 18, 162, 10, (0, AXIS)),
                         (-0.105, AXIS + 0.022), (-0.135, AXIS + 0.022), (-0.135, AXIS), *arc(0.0585, 180, 0, 10, (0, AXIS))]  # fmt: skip
    cap = extrude(cap_line, 0.085, bevel=0.005)
    pedestal = merge([wall, frame, cap]).facing("+x").moved(x=BEARING)
    sole = box(0.20, 0.04, 0.46, 0.006).moved(BEARING, 0.05, 0)
    beams = [box(1.30, 0.05, 0.07, 0.006).moved(y=0.03, z=z) for z in (-0.17, 0.17)]
    ties = [box(0.06, 0.044, 0.30, 0.004).moved(x, 0.03, 0) for x in (-0.25, 0.0, 0.25)]
    node.add(merge([_both(merge([pedestal, sole])), *beams, *ties]), materials.plastic("green"))
    shell = tube(0.070, 0.0565, 0.012, 18, 0.001).moved(y=0.056)
    node.add(_both(_along(shell).moved(BEARING, AXIS, 0)), materials.bronze())
    anchors = [
        cylinder(0.013, 0.014, 6, 0.002).moved(BEARING + x, 0.07, z) for x in (-0.075, 0.075) for z in (-0.205, 0.205)
    ]
    studs = [
        cylinder(0.010, 0.014, 6, 0.0015).moved(BEARING + x, AXIS + 0.022, z)
        for x in (-0.024, 0.024)
        for z in (-0.12, 0.12)
    ]
    oil = cylinder(0.016, 0.022, 12, 0.003).moved(BEARING, AXIS + 0.098, 0)
    node.add(_both(merge([*anchors, *studs, oil])), materials.polished_steel())
    place = (0.0, 0.090, 0.235)
    node.add(box(0.216, 0.116, 0.012, 0.003).turned("x", -45).moved(*place), materials.plastic("green"))
    plate = dials.type_plate("LP STEAM TURBINE ROTOR", "2 X 5 STAGES  3000/MIN", "SCALE 1:5")
    node.add(panel(0.20, 0.10).moved(z=0.0066).turned("x", -45).moved(*place), materials.label(plate))
