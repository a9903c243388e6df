"""A tool chest on castors: red cabinet, drawers with foam and tools, two of them open, a rubber mat on the top."""

from exhibit_api.demo.modelling import dials, materials
from exhibit_api.demo.modelling.materials import Material
from exhibit_api.demo.modelling.mesh import Mesh, Vec2, merge
from exhibit_api.demo.modelling.model import Model, Node
from exhibit_api.demo.modelling.outlines import Outline, arc, rectangle, rounded
from exhibit_api.demo.modelling.parts import handle, vent_slots
from exhibit_api.demo.modelling.solids import box, cylinder, extrude, lathe, panel, rod

WIDE, DEEP, LOW, HIGH = 0.62, 0.36, 0.13, 0.855  # the cabinet, its floor and its top
WALL = 0.012
FRONT = WIDE - 2 * WALL - 0.026  # width of a drawer
HEIGHTS = (0.082, 0.082, 0.098, 0.120, 0.150, 0.150)  # of the drawers, from the top
OPENED = (0.17, 0.0, 0.10, 0.0, 0.0, 0.0)

RED = Material("red enamel", (176, 24, 28), 0.0, 0.3)
DARK = Material("graphite enamel", (46, 48, 53), 0.0, 0.5)
FOAM = Material("foam", (28, 30, 34), 0.0, 0.95)
STEEL = Material("chrome vanadium", (212, 214, 217), 1.0, 0.16)
TRAY = Material("zinc sheet", (150, 153, 157), 1.0, 0.5)
GRIP = Material("yellow plastic", (238, 178, 28), 0.0, 0.4)


def build() -> Model:
    """The chest; the clip "run" slides the top drawer in and out again."""
    model = Model("tool-chest")
    cabinet = model.node("cabinet")
    _cabinet(cabinet)
    _castors(cabinet)
    _top(cabinet)
    low = HIGH - 0.022
    for index, (tall, out) in enumerate(zip(HEIGHTS, OPENED, strict=True)):
        low -= tall
        if out == 0:
            _closed(cabinet, low, tall - 0.007)
            continue
        drawer = model.node(f"drawer {index + 1}", at=(0, low, DEEP / 2 + out))
        _drawer(drawer, tall - 0.007)
        if index == 0:
            _sockets(drawer)
            model.slide(
                drawer, [(0, (0, 0, 0)), (1, (0, 0, 0)), (2.6, (0, 0, -out)), (3.4, (0, 0, -out)), (5, (0, 0, 0))]
            )
        if index == 2:
            _spanners(drawer)
    return model


def _cabinet(node: Node) -> None:
    tall = HIGH - LOW
    shell = extrude(
        rounded(rectangle(WIDE, tall), 0.012, 3), DEEP, holes=[rectangle(WIDE - 2 * WALL, tall - 2 * WALL)], bevel=0.002
    )
    back = box(WIDE - 0.01, tall - 0.01, 0.008, 0.002).moved(z=-DEEP / 2 + 0.004)
    posts = [box(0.022, tall - 0.02, 0.020, 0.003).moved(s * (WIDE / 2 - 0.020), 0, DEEP / 2 - 0.012) for s in (-1, 1)]
    node.add(merge([shell, back, *posts]).moved(y=(LOW + HIGH) / 2), RED)
    frame = box(WIDE + 0.008, 0.030, DEEP + 0.006, 0.006).moved(y=LOW - 0.008)
    corners = [
        box(0.022, 0.05, 0.022, 0.005).moved(sx * (WIDE / 2 - 0.006), LOW + 0.02, sz * (DEEP / 2 - 0.008))
        for sx in (-1, 1)
        for sz in (-1, 1)
    ]
    vents = vent_slots(4, 0.10, 0.010, 0.004, 0.022).facing("-x").moved(-WIDE / 2, 0.26, 0)
    node.add(merge([frame, *corners, vents]), DARK)
    bow = handle(0.26, 0.055, 0.011).facing("+x").moved(WIDE / 2, 0.74, 0.0)
    node.add(bow, STEEL)
    rails = [
        box(0.006, 0.012, DEEP - 0.03, 0.001).moved(s * (WIDE / 2 - WALL - 0.003), y, 0)
        for s in (-1, 1)
        for y in (0.785, 0.61)
    ]
    node.add(merge(rails), TRAY)


def _castors(node: Node) -> None:
    tread = lathe(
        [(0.034, -0.018), (0.046, -0.018), (0.050, -0.012), (0.050, 0.012), (0.046, 0.018), (0.034, 0.018)],
        16,
        bevel=0.001,
    )
    hub = lathe(
        [
            (0, -0.019),
            (0.014, -0.019),
            (0.014, -0.010),
            (0.035, -0.008),
            (0.035, 0.008),
            (0.014, 0.010),
            (0.014, 0.019),
            (0, 0.019),
        ],
        12,
        bevel=0.001,
    )
    places = [(sx * (WIDE / 2 - 0.055), sz * (DEEP / 2 - 0.055)) for sx in (-1, 1) for sz in (-1, 1)]
    node.add(merge(tread.turned("z", 90).moved(x, 0.05, z) for x, z in places), materials.rubber())
    cheek: Outline = [(-0.016, 0.046), (0.016, 0.046), (0.040, 0.108), (-0.020, 0.108)]
    forks = merge(extrude(cheek, 0.004, bevel=0.0008).facing("-x").moved(x=s * 0.023) for s in (-1, 1))
    plate = box(0.085, 0.006, 0.085, 0.002).moved(y=0.111)
    brake = box(0.036, 0.008, 0.04, 0.003).turned("x", 22).moved(y=0.098, z=0.055)
    node.add(merge(merge([hub.turned("z", 90).moved(y=0.05), forks, plate]).moved(x, 0, z) for x, z in places), TRAY)
    node.add(merge(brake.moved(x, 0, z) for x, z in places if z > 0), RED)


def _top(node: Node) -> None:
    lip = extrude(
        rounded(rectangle(WIDE + 0.016, DEEP + 0.016), 0.014, 3),
        0.030,
        holes=[rectangle(WIDE - 0.02, DEEP - 0.02)],
        bevel=0.003,
    )
    node.add(lip.facing("+y").moved(y=HIGH + 0.013), DARK)
    mat = box(WIDE - 0.018, 0.014, DEEP - 0.018, 0.002).moved(y=0.008)
    ribs = box(WIDE - 0.04, 0.003, 0.006, 0.001).repeated(10, (0, 0, 0.032)).moved(y=0.0155)
    node.add(merge([mat, ribs]).moved(y=HIGH), materials.rubber())
    ratchet = merge(
        [
            cylinder(0.022, 0.020, 20, 0.003),
            rod((0, 0.010, 0), (0.14, 0.012, 0), 0.007, 10),
            cylinder(0.008, 0.03, 8).moved(y=-0.008),
        ]
    )
    node.add(ratchet.turned("y", 24).moved(-0.16, HIGH + 0.024, 0.03), STEEL)
    grip = lathe([(0, 0), (0.010, 0), (0.013, 0.02), (0.011, 0.07), (0.014, 0.10), (0, 0.105)], 12, crease=60).turned(
        "z", -90
    )
    node.add(grip.moved(0.12, 0.012, 0).turned("y", 24).moved(-0.16, HIGH + 0.024, 0.03), GRIP)
    hammer = merge([box(0.036, 0.034, 0.11, 0.006), cylinder(0.022, 0.018, 16, 0.003).turned("x", 90).moved(z=0.053)])
    node.add(hammer.turned("y", -18).moved(0.11, HIGH + 0.034, -0.04), TRAY)
    node.add(
        box(0.28, 0.018, 0.026, 0.006).moved(x=-0.145).turned("y", -18).moved(0.10, HIGH + 0.030, -0.04),
        materials.wood("oak"),
    )


def _front(tall: float) -> tuple[Mesh, Mesh]:
    """A drawer's front on y = 0 before z = 0, a little narrower than the opening, and its pull."""
    pull: list[Vec2] = [(0.0, 0.0), (0.020, -0.002), (0.022, 0.006), (0.008, 0.013), (0.0, 0.014)]
    bar = extrude(pull, FRONT - 0.006, bevel=0.001).facing("-x").moved(0, tall - 0.016, 0.001)
    return box(FRONT, tall, 0.016, 0.003).moved(y=tall / 2, z=-0.006), bar


def _closed(node: Node, low: float, tall: float) -> None:
    """A drawer that stays shut, with its lock."""
    front, pull = _front(tall)
    lock = cylinder(0.0035, 0.004, 8, 0.001).turned("x", 90).moved(FRONT / 2 - 0.03, tall * 0.35, 0.002)
    node.add(front.moved(0, low, DEEP / 2), RED)
    node.add(merge([pull, lock]).moved(0, low, DEEP / 2), STEEL)


def _drawer(node: Node, tall: float) -> None:
    """From its front, at y = 0 and z = 0, backwards: tray and foam."""
    wide = FRONT
    front, pull = _front(tall)
    node.add(front, RED)
    node.add(pull, STEEL)
    side = box(0.004, tall * 0.72, DEEP - 0.05, 0.001).moved(y=tall * 0.4, z=-DEEP / 2)
    back = box(wide - 0.02, tall * 0.72, 0.004, 0.001).moved(y=tall * 0.4, z=-DEEP + 0.027)
    floor = box(wide - 0.02, 0.004, DEEP - 0.05, 0.001).moved(y=tall * 0.06, z=-DEEP / 2)
    node.add(merge([side.moved(x=-wide / 2 + 0.012), side.moved(x=wide / 2 - 0.012), back, floor]), TRAY)
    node.add(box(wide - 0.034, tall * 0.36, DEEP - 0.06, 0.002).moved(y=tall * 0.26, z=-DEEP / 2), FOAM)


def _sockets(node: Node) -> None:
    """The label on the first drawer, and in it two rows of sockets, a row of bits and screwdrivers."""
    node.add(
        panel(0.076, 0.038).moved(-0.20, 0.030, 0.0022),
        materials.label(dials.type_plate("SOCKETS", "8 - 32", width=128, height=64)),
    )
    sockets: list[Mesh] = []
    for row, (z, count) in enumerate(((-0.065, 9), (-0.120, 7))):
        for k in range(count):
            radius = 0.0105 + 0.0011 * k + 0.004 * row
            socket = lathe(
                [(0, 0), (radius, 0), (radius, 0.024), (radius * 0.62, 0.024), (radius * 0.62, 0.010), (0, 0.010)], 8
            )
            sockets.append(socket.moved(-0.235 + k * (0.052 if row == 0 else 0.068), 0.032, z))
    blades = [rod((-0.22 + 0.05 * k, 0.042, -0.155), (-0.22 + 0.05 * k, 0.042, -0.235), 0.004, 8) for k in range(10)]
    node.add(merge([*sockets, *blades]), STEEL)
    grip = lathe(
        [(0, 0), (0.010, 0.002), (0.012, 0.03), (0.009, 0.06), (0.011, 0.075), (0, 0.08)], 8, crease=70
    ).turned("x", -90)
    node.add(merge(grip.moved(-0.22 + 0.05 * k, 0.042, -0.225) for k in range(10)), GRIP)


def _spanners(node: Node) -> None:
    """Ring spanners of growing length, side by side."""
    tools = []
    for k in range(6):
        size = 0.15 + 0.018 * k
        jaw, shank = 0.013 + 0.0014 * k, 0.005 + 0.0005 * k
        head: list[Vec2] = [
            *arc(jaw, -66, 46, 4, (0, size)),
            (jaw * 0.5, size + jaw * 0.1),
            (-jaw * 0.5, size + jaw * 0.1),
            *arc(jaw, 134, 246, 4, (0, size)),
        ]
        line: Outline = [(-shank, 0.0), (shank, 0.0), *head]
        eye = lathe([(jaw * 0.55, -0.004), (jaw, -0.004), (jaw, 0.005), (jaw * 0.55, 0.005)], 12, bevel=0.001)
        flat = extrude(line, 0.006, bevel=0.001).facing("+y")
        tools.append(merge([flat, eye.moved(z=0.004)]).moved(-0.205 + 0.076 * k, 0.046, -0.035))
    node.add(merge(tools), STEEL)
