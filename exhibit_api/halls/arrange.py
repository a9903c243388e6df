"""Arranging: exhibitions and their halls, exhibits in halls, placards on walls. All guarded, all with rights."""

from typing import Any, TypeVar

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from exhibit_api.accounts.roles import Action, Actor, require
from exhibit_api.audit import log
from exhibit_api.catalogue.tables import existing_names, record_named
from exhibit_api.db import now
from exhibit_api.errors import Conflict, Fault, NotFound, Rejected
from exhibit_api.guards import Guard, entity_tag
from exhibit_api.halls.rules import check_hall, check_placement
from exhibit_api.halls.schemas import ExhibitionBody, HallBody, PlacardBody, PlacementBody
from exhibit_api.halls.space import Space
from exhibit_api.halls.tables import Exhibition, Hall, Placard, PlacardName, Placement, exhibition_named, hall_named

Part = TypeVar("Part", Placement, Placard)
Written = Exhibition | Hall | Placement | Placard


def tag_of(row: Written) -> str:
    """The row's entity tag."""
    return entity_tag(row.revision, row.document)


def write_exhibition(
    session: Session, actor: Actor, *, slug: str, body: ExhibitionBody, guard: Guard
) -> tuple[Exhibition, bool]:
    """Write an exhibition; the flag says whether it is new. It takes an admin of the leading organisation."""
    row = session.scalar(select(Exhibition).where(Exhibition.slug == slug).with_for_update())
    for organisation in {body.organisation, row.organisation if row else body.organisation}:
        require(actor, Action.PUBLISH, organisation)
    keeper = record_named(session, "organisations", body.organisation)
    guard.admit(f"exhibitions/{slug}", tag_of(row) if row else None)
    is_new = row is None
    row = row or Exhibition(slug=slug, revision=0)
    row.organisation, row.keeper = keeper.slug, keeper.id
    _stamp(session, row, body.plain())
    _log(session, actor, row, f"exhibitions/{slug}", body.organisation, is_new=is_new)
    return row, is_new


def remove_exhibition(session: Session, actor: Actor, *, slug: str, guard: Guard) -> None:
    """Take an exhibition away. Raises Conflict while it has halls."""
    row = exhibition_named(session, slug, lock=True)
    require(actor, Action.PUBLISH, row.organisation)
    guard.admit(f"exhibitions/{slug}", tag_of(row), required=False)
    try:
        session.delete(row)
        session.flush()
    except IntegrityError as error:
        raise Conflict(f"exhibitions/{slug} has halls; take them away first") from error
    log.record(session, actor, "delete", f"exhibitions/{slug}", organisation=row.organisation)


def write_hall(session: Session, actor: Actor, *, slug: str, body: HallBody, guard: Guard) -> tuple[Hall, bool]:
    """Write a hall's words, room, light and anchors; the flag says whether it is new."""
    row = session.scalar(select(Hall).where(Hall.slug == slug).with_for_update())
    for organisation in {body.organisation, row.organisation if row else body.organisation}:
        require(actor, Action.WRITE, organisation)
    keeper = record_named(session, "organisations", body.organisation)
    exhibition_named(session, body.exhibition)
    guard.admit(f"halls/{slug}", tag_of(row) if row else None)
    if row is not None and row.exhibition != body.exhibition:
        raise Conflict(f"halls/{slug} belongs to the exhibition {row.exhibition!r} and stays there; make a new hall")
    check_hall(body)
    is_new = row is None
    row = row or Hall(slug=slug, revision=0)
    row.organisation, row.keeper, row.exhibition = keeper.slug, keeper.id, body.exhibition
    _stamp(session, row, body.plain())
    _check_all_inside(session, row, body.space)
    _log(session, actor, row, f"halls/{slug}", body.organisation, is_new=is_new)
    return row, is_new


def remove_hall(session: Session, actor: Actor, *, slug: str, guard: Guard) -> None:
    """Take a hall away with all that is placed in it. Raises Conflict where editions of it exist."""
    hall = hall_named(session, slug, lock=True)
    require(actor, Action.PUBLISH, hall.organisation)
    guard.admit(f"halls/{slug}", tag_of(hall), required=False)
    try:
        session.delete(hall)
        session.flush()
    except IntegrityError as error:
        raise Conflict(f"halls/{slug} has editions; withdraw it instead, so that its history stays") from error
    log.record(session, actor, "delete", f"halls/{slug}", organisation=hall.organisation)


def place(
    session: Session, actor: Actor, *, hall: str, placement: str, body: PlacementBody, guard: Guard
) -> tuple[Placement, bool]:
    """Put an exhibit in a hall, or move it; the flag says whether the placement is new."""
    where = _hall_to_write(session, actor, hall)
    row = session.get(Placement, (hall, placement))
    guard.admit(f"halls/{hall}/placements/{placement}", tag_of(row) if row else None)
    exhibit = record_named(session, "exhibits", body.exhibit)
    require(actor, Action.READ, exhibit.organisation)
    check_placement(Space.of(where.document["space"]), body)
    twin = session.scalar(
        select(Placement.id).where(Placement.hall == hall, Placement.exhibit == exhibit.id, Placement.id != placement)
    )
    if twin is not None:
        raise Conflict(f"{body.exhibit!r} stands in {hall!r} already, as the placement {twin!r}")
    is_new = row is None
    row = row or Placement(hall=hall, id=placement, revision=0)
    row.exhibit = exhibit.id
    _stamp(session, row, body.plain())
    _changed(session, actor, where, f"halls/{hall}/placements/{placement}", row, is_new=is_new)
    return row, is_new


def write_placard(
    session: Session, actor: Actor, *, hall: str, placard: str, body: PlacardBody, guard: Guard
) -> tuple[Placard, bool]:
    """Hang a placard, or change it; the flag says whether it is new."""
    where = _hall_to_write(session, actor, hall)
    row = session.get(Placard, (hall, placard))
    guard.admit(f"halls/{hall}/placards/{placard}", tag_of(row) if row else None)
    targets = existing_names(session, actor, body)
    is_new = row is None
    row = row or Placard(hall=hall, id=placard, revision=0)
    _stamp(session, row, body.plain())
    session.execute(delete(PlacardName).where(PlacardName.hall == hall, PlacardName.placard == placard))
    session.add_all(PlacardName(hall=hall, placard=placard, target=target) for target in sorted(targets))
    _changed(session, actor, where, f"halls/{hall}/placards/{placard}", row, is_new=is_new)
    return row, is_new


def take_away(
    session: Session, actor: Actor, *, kind: type[Placement] | type[Placard], hall: str, name: str, guard: Guard
) -> None:
    """Take a placement or a placard out of its hall."""
    where = _hall_to_write(session, actor, hall)
    part: Placement | Placard = part_named(session, kind, hall, name)  # type: ignore[type-var]  # one of the two
    subject = f"halls/{hall}/{kind.__tablename__}/{name}"
    guard.admit(subject, tag_of(part), required=False)
    session.delete(part)
    session.flush()
    log.record(session, actor, "delete", subject, organisation=where.organisation)


def part_named(session: Session, kind: type[Part], hall: str, name: str) -> Part:
    """The placement or placard. Raises NotFound."""
    row = session.get(kind, (hall, name))
    if row is None:
        raise NotFound(f"there is no {kind.__name__.lower()} {name!r} in the hall {hall!r}")
    return row


def readable_hall(session: Session, actor: Actor, slug: str) -> Hall:
    """The hall's draft, if the actor may read it. Raises NotFound or Forbidden."""
    hall = hall_named(session, slug)
    require(actor, Action.READ, hall.organisation)
    return hall


def _hall_to_write(session: Session, actor: Actor, slug: str) -> Hall:
    hall = hall_named(session, slug, lock=True)
    require(actor, Action.WRITE, hall.organisation)
    return hall


def _stamp(session: Session, row: Written, document: dict[str, Any]) -> None:
    row.document = document
    row.revision += 1
    row.updated_at = now()
    session.add(row)
    _flush(session)


def _flush(session: Session) -> None:
    try:
        session.flush()
    except IntegrityError as error:
        raise Conflict("this was changed by someone else at the same moment; read it and try again") from error


def _changed(session: Session, actor: Actor, hall: Hall, subject: str, row: Written, *, is_new: bool) -> None:
    _flush(session)
    _log(session, actor, row, subject, hall.organisation, is_new=is_new)


def _log(session: Session, actor: Actor, row: Written, subject: str, organisation: str, *, is_new: bool) -> None:
    deed = "create" if is_new else "update"
    log.record(session, actor, deed, subject, organisation=organisation, details={"revision": row.revision})


def _check_all_inside(session: Session, hall: Hall, space: Space) -> None:
    """A hall is not shrunk away from under its exhibits."""
    faults: list[Fault] = []
    for row in session.scalars(select(Placement).where(Placement.hall == hall.slug)):
        try:
            check_placement(space, PlacementBody.of(row.document))
        except Rejected as error:
            faults += [Fault("/space", fault.detail) for fault in error.faults]
    if faults:
        raise Rejected("; ".join(fault.detail for fault in faults[:3]), faults=tuple(faults))
