"""Placards: a reading rail beside each exhibit; boards on the walls for hall, people, studios, selections and honours."""

import math
from typing import Any

from exhibit_api.demo import words
from exhibit_api.demo.ground import Ground
from exhibit_api.demo.plan import BoardRow, Plan
from exhibit_api.demo.poses import Vec2, Vec3, looking, metres, offset, turned
from exhibit_api.demo.records import Records
from exhibit_api.demo.stands import EYE_LEVEL, RAIL, RAIL_HEIGHT, RAIL_TILT, Stand
from exhibit_api.errors import Rejected
from exhibit_api.halls.schemas import PlacardBody
from exhibit_api.halls.space import Viewpoint

BOARD_HEIGHT = 1.45
"""Of a board's middle above the floor, metres."""
PROUD = 0.12
"""How far a board hangs before the middle line of its wall: half the wall, and a little air."""
BOARD_GAP = 0.3
READING_DISTANCES = (1.4, 1.35, 1.3, 1.25, 1.5, 1.55)
SIZES = {
    "hall": (1.8, 1.2),
    "people": (1.4, 1.1),
    "studios": (1.1, 0.8),
    "selections": (1.7, 1.3),
    "honours": (1.6, 1.2),
}


def rail_of(stand: Stand, ground: Ground, records: Records) -> PlacardBody:
    """The reading rail of an exhibit: what it is, whose idea it was, what it brought."""
    exhibit = records.exhibits[stand.exhibit]
    achievements = [records.achievements[slug] for slug in exhibit.achievements]
    pose, view = _poses(stand.rail, RAIL_HEIGHT, stand.facing, RAIL_TILT, ground, stand.exhibit)
    return PlacardBody(
        exhibit=stand.exhibit,
        pose=pose,
        size=RAIL,
        label=exhibit.label,
        body=words.exhibit_words(exhibit, records),
        achievement=exhibit.achievements[0],
        people=_once(slug for achievement in achievements for slug in achievement.people),
        awards=_once(slug for achievement in achievements for slug in achievement.awards),
        studio=achievements[0].studio,
        view=view,
    )


def boards_in(row: BoardRow, plan: Plan, ground: Ground, records: Records) -> dict[str, PlacardBody]:
    """The boards of a row by id, spread with equal gaps over their piece of wall. Rejected if they do not fit."""
    length = math.dist(row.start, row.end)
    widths = [SIZES[board.partition("/")[0]][0] for board in row.boards]
    gap = (length - sum(widths)) / (len(widths) + 1)
    if gap < BOARD_GAP / 2:
        raise Rejected(f"the boards {', '.join(row.boards)} do not fit on {length:.2f} m of wall")
    placards = {}
    reached = gap
    for board, width in zip(row.boards, widths, strict=True):
        share = (reached + width / 2) / length
        x, z = (a + (b - a) * share for a, b in zip(row.start, row.end, strict=True))
        placards[board_id(board)] = _board(
            board, offset((x, z), row.facing, forward=PROUD), row.facing, plan, ground, records
        )
        reached += width + gap
    return placards


def board_id(board: str) -> str:
    """The placard id of a board: "hall" → "hall", "people/gu-wenlan" → "people-gu-wenlan"."""
    return board.replace("/", "-")


def _board(board: str, spot: Vec2, facing: float, plan: Plan, ground: Ground, records: Records) -> PlacardBody:
    kind, _, slug = board.partition("/")
    pose, view = _poses(spot, BOARD_HEIGHT, facing, 0.0, ground, board)
    return PlacardBody(pose=pose, size=SIZES[kind], view=view, **_content(kind, slug, plan, records))


def _content(kind: str, slug: str, plan: Plan, records: Records) -> dict[str, Any]:
    """Label, body and what they speak of."""
    if kind == "people":
        person = records.people[slug]
        return {"label": person.label, "body": words.person_words(person), "people": (slug,), "awards": person.awards}
    if kind == "studios":
        studio = records.studios[slug]
        people = _once((studio.leader, *studio.members))
        return {"label": studio.label, "body": words.studio_words(studio, records), "studio": slug, "people": people}
    if kind == "selections":
        selection = records.selections[slug]
        return {"label": selection.label, "body": words.selection_words(selection, records), "selection": slug}
    if kind == "honours":
        honours = plan.honours[slug]
        body = words.honour_words(records.awards[award] for award in honours.awards)
        return {"label": honours.label, "body": body, "awards": honours.awards}
    body = {tag: f"{plan.summary[tag]}\n\n{plan.required_statement[tag]}" for tag in words.LANGUAGES}
    return {"label": plan.label, "body": body}


def _poses(
    spot: Vec2, height: float, facing: float, tilt: float, ground: Ground, what: str
) -> tuple[Viewpoint, Viewpoint]:
    """Where the board hangs, and where its reader's eyes are."""
    middle: Vec3 = (metres(spot[0]), height, metres(spot[1]))
    x, z = ground.standing(spot, facing, READING_DISTANCES, what)
    eyes: Vec3 = (x, EYE_LEVEL, z)
    return (
        Viewpoint(translation=middle, rotation=turned(facing, tilt)),
        Viewpoint(translation=eyes, rotation=looking(eyes, middle)),
    )


def _once(slugs: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(slugs))
