"""What someone sent is theirs: to all others it does not exist, save to admins of the organisation, who may look."""

from typing import Any, Protocol, TypeVar

from sqlalchemy import Select, select

from exhibit_api.accounts.roles import Action, Actor, can


class Owned(Protocol):
    """A table of what actors sent for organisations."""

    actor: Any
    organisation: Any


Sent = TypeVar("Sent", bound=Owned)


def visible(actor: Actor, table: type[Sent]) -> Select[Sent]:
    """Those of the actor; for admins, all of their organisation."""
    query = select(table)
    if not can(actor, Action.GRANT, actor.organisation):
        return query.where(table.actor == actor.id)
    return query if actor.organisation is None else query.where(table.organisation == actor.organisation)
