"""Whether placards can be read: at the height of eyes, in sight, in the hall, in letters that are large enough."""

import math
import unicodedata
from collections.abc import Iterator

import shapely

from exhibit_api.gltf.transforms import Bounds, Vector
from exhibit_api.halls.findings import Finding, FindingCode, finding
from exhibit_api.halls.geometry import footprint
from exhibit_api.halls.lint.boards import Board, overlap, reach_of
from exhibit_api.halls.lint.pairs import cuts_among
from exhibit_api.halls.lint.scene import Hung, Scene
from exhibit_api.halls.lint.sight import box_of, first_obstacles
from exhibit_api.halls.schemas import PlacardBody

LOWEST, HIGHEST = 0.8, 1.8
"""Metres between which the middle of a board is read at ease: standing, eyes are at 1.5 m, seated at 1.2 m."""
ELBOW_ROOM = 0.6
"""Metres that must be free before a board."""
LEGIBLE = 250.0
"""Letters must be as high as the distance divided by this (about 14 minutes of arc)."""
PRINTED, LEADING, LETTER = 0.8, 1.4, 0.7
"""The part of a board that holds text; a line's height and a capital's height, both in ems."""
BEYOND = 0.05
"""Metres by which a board may hang outside the floor: on the wall at its edge."""
BEFORE = 0.02
"""Metres before a board where the line of sight ends."""


def findings(scene: Scene) -> Iterator[Finding]:
    """All findings about reading placards."""
    for hung in scene.hung:
        yield from height(hung)
        yield from letters(hung)
        yield from outside(scene, hung)
    yield from hidden(scene)
    yield from faces_wall(scene)
    yield from overlaps(scene)


def height(hung: Hung) -> Iterator[Finding]:
    """Boards that hang above or below what people read at ease."""
    middle = hung.board.centre[1]
    if LOWEST - 1e-9 <= middle <= HIGHEST + 1e-9:
        return
    code = FindingCode.PLACARD_TOO_HIGH if middle > HIGHEST else FindingCode.PLACARD_TOO_LOW
    yield finding(
        code,
        f"the middle of the placard {hung.id!r} is {middle:.2f} m high; it is read at ease between"
        f" {LOWEST:.1f} m and {HIGHEST:.1f} m (eyes are at 1.5 m, of seated people at 1.2 m)",
        hung.subject,
        place=hung.board.centre,
        pointer="/pose/translation/1",
    )


def letters(hung: Hung) -> Iterator[Finding]:
    """Boards with so much text that its letters get too small for the place from which they are read."""
    language, ems = longest_text(hung.placard)
    width, tall = hung.placard.size
    letter = LETTER * min(math.sqrt(PRINTED * width * tall / (LEADING * ems)), tall)
    distance = math.dist(hung.board.eyes, hung.board.centre)
    needed = distance / LEGIBLE
    if letter < needed:
        yield finding(
            FindingCode.PLACARD_SMALL,
            f"the {language} text of the placard {hung.id!r} fits on {width:g} m × {tall:g} m in letters of"
            f" {letter * 1000:.1f} mm; read from {distance:.2f} m they need {needed * 1000:.1f} mm",
            hung.subject,
            place=hung.board.centre,
            pointer="/size",
        )


def longest_text(placard: PlacardBody) -> tuple[str, float]:
    """The language whose words take the most room, and how much: in ems, a wide (CJK) character one, others half."""
    texts = [placard.label, placard.body or {}]
    lengths = {tag: sum(_ems(text.get(tag, "")) for text in texts) for text in texts for tag in text}
    tag = max(sorted(lengths), key=lengths.__getitem__)
    return tag, lengths[tag]


def outside(scene: Scene, hung: Hung) -> Iterator[Finding]:
    """Boards that hang outside of the hall."""
    x, y, z = hung.board.centre
    away = float(scene.floor.distance(shapely.Point(x, z)))
    above, below = y - scene.space.height, -y
    if away > BEYOND:
        where = f"{away:.2f} m outside the floor"
    elif above > 0:
        where = f"{above:.2f} m above the ceiling"
    elif below > 0:
        where = f"{below:.2f} m below the floor"
    else:
        return
    yield finding(
        FindingCode.PLACARD_OUTSIDE,
        f"the placard {hung.id!r} hangs {where}",
        hung.subject,
        place=(x, y, z),
        pointer="/pose/translation",
    )


def hidden(scene: Scene) -> Iterator[Finding]:
    """Boards whose middle cannot be seen from where they are read, since an exhibit or a wall stands between."""
    nearest: dict[int, tuple[float, str]] = {}
    eyes = [hung.board.eyes for hung in scene.hung]
    ends = [_just_before(hung.board) for hung in scene.hung]
    boxes = [box_of(piece.bounds) for piece in scene.pieces]
    outlines = shapely.STRtree([footprint(piece.bounds) for piece in scene.pieces])
    met = [
        (line, at, repr(scene.pieces[i].slug)) for line, (i, at) in first_obstacles(eyes, ends, boxes, outlines).items()
    ]
    panels = [panel.box for panel in scene.panels]
    met += [
        (line, at, f"wall {scene.panels[i].wall + 1}")
        for line, (i, at) in first_obstacles(eyes, ends, panels, scene.panel_tree).items()
    ]
    for line, at, what in sorted(met, reverse=True):
        nearest[line] = at, what
    for line, (at, what) in nearest.items():
        hung = scene.hung[line]
        distance = math.dist(hung.board.eyes, hung.board.centre)
        yield finding(
            FindingCode.PLACARD_HIDDEN,
            f"the placard {hung.id!r} cannot be seen from where it is read, {distance:.2f} m off:"
            f" {what} stands in the way, {at * (distance - BEFORE):.2f} m before the eyes",
            hung.subject,
            place=hung.board.centre,
            pointer="/view" if hung.placard.view else "/pose",
        )


def faces_wall(scene: Scene) -> Iterator[Finding]:
    """Boards with a wall right before them."""
    starts = [hung.board.centre for hung in scene.hung]
    ends = [
        (x + hung.board.ahead[0] * ELBOW_ROOM, y, z + hung.board.ahead[1] * ELBOW_ROOM)
        for hung, (x, y, z) in zip(scene.hung, starts, strict=True)
    ]
    met = first_obstacles(starts, ends, [panel.box for panel in scene.panels], scene.panel_tree)
    for i, (panel, at) in sorted(met.items()):
        hung = scene.hung[i]
        if at == 0.0:  # it hangs inside the wall: that is told as hidden
            continue
        yield finding(
            FindingCode.PLACARD_FACES_WALL,
            f"wall {scene.panels[panel].wall + 1} stands {at * ELBOW_ROOM:.2f} m before the front of the placard"
            f" {hung.id!r}; {ELBOW_ROOM:g} m must be free",
            hung.subject,
            place=hung.board.centre,
            pointer="/pose/rotation",
        )


def overlaps(scene: Scene) -> Iterator[Finding]:
    """Boards that hang in or on each other."""
    cuts = cuts_among([_box_around(hung.board) for hung in scene.hung], 0.0)
    for i, times in cuts.crowded.items():
        hung = scene.hung[i]
        message = f"the placard {hung.id!r} hangs in one heap with {times} others"
        yield finding(FindingCode.PLACARDS_OVERLAP, message, hung.subject, place=hung.board.centre)
    for i, j in cuts.pairs:
        one, other = scene.hung[i], scene.hung[j]
        if (by := overlap(one.board, other.board)) is not None:
            yield finding(
                FindingCode.PLACARDS_OVERLAP,
                f"the placards {one.id!r} and {other.id!r} overlap by {by[0]:.2f} m × {by[1]:.2f} m (width × height)",
                one.subject,
                other.subject,
                place=one.board.centre,
            )


def _ems(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.5 for c in text)


def _just_before(board: Board) -> Vector:
    """A point before the board on the line to the eyes: what the board hangs on does not hide it."""
    distance = math.dist(board.eyes, board.centre)
    part = min(1.0, BEFORE / distance) if distance else 0.0
    x, y, z = (c + (e - c) * part for c, e in zip(board.centre, board.eyes, strict=True))
    return x, y, z


def _box_around(board: Board) -> Bounds:
    reach = [reach_of(board, axis) for axis in ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))]
    (x, y, z), (rx, ry, rz) = board.centre, reach
    return (x - rx, y - ry, z - rz), (x + rx, y + ry, z + rz)
