"""Who may do what: three roles, in one organisation or over all, and the one function that decides."""

from dataclasses import dataclass
from enum import StrEnum

from exhibit_api.errors import Forbidden


class Role(StrEnum):
    """What someone is here for."""

    CURATOR = "curator"
    ADMIN = "admin"
    OPERATOR = "operator"


class Action(StrEnum):
    """What a right allows."""

    READ = "read drafts"
    WRITE = "write drafts"
    PUBLISH = "publish"
    GRANT = "grant and revoke tokens"
    AUDIT = "read the audit log"
    OPERATE = "operate the service"


GRANTS = {
    Role.CURATOR: frozenset({Action.READ, Action.WRITE}),
    Role.ADMIN: frozenset({Action.READ, Action.WRITE, Action.PUBLISH, Action.GRANT, Action.AUDIT}),
    Role.OPERATOR: frozenset({Action.READ, Action.GRANT, Action.AUDIT, Action.OPERATE}),
}


@dataclass(frozen=True)
class Actor:
    """Someone who does things here. `organisation` is a slug, or None for a right over all organisations."""

    id: str
    role: Role
    organisation: str | None = None

    def describe(self) -> str:
        """In words: "a curator of jiangsu"."""
        article = "an" if self.role.value[0] in "aeiou" else "a"
        return f"{article} {self.role} " + (
            f"of {self.organisation}" if self.organisation else "over all organisations"
        )


COMMAND_LINE = Actor("command line", Role.ADMIN)
"""Who has the machine has the rights: our own commands act as this one."""


def can(actor: Actor, action: Action, organisation: str | None) -> bool:
    """Whether the actor may do this in the organisation; None asks for the right over all organisations."""
    return action in GRANTS[actor.role] and (actor.organisation is None or actor.organisation == organisation)


def require(actor: Actor, action: Action, organisation: str | None) -> None:
    """Raise Forbidden unless the actor may."""
    if not can(actor, action, organisation):
        where = f"in {organisation}" if organisation else "over all organisations"
        raise Forbidden(f"{actor.describe()} may not {action} {where}")
