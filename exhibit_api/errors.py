"""What can go wrong, in the user's words. These classes know no HTTP; `web/problems.py` maps each to an answer."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One faulty place: a JSON Pointer (RFC 6901) into what was sent, and what is wrong there."""

    pointer: str
    detail: str


class ExhibitError(Exception):
    """Something the caller can understand and answer. The message is shown to people as it is."""

    def __init__(self, detail: str, *, faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(detail)
        self.detail = detail
        self.faults = faults


class Rejected(ExhibitError):
    """What was sent breaks a rule; `faults` name the places."""


class BadModel(Rejected):
    """The bytes are no model that we can take."""


class NotFound(ExhibitError):
    """Nothing has that name, or the asker may not know that it exists."""


class Unauthenticated(ExhibitError):
    """No token, or one that is unknown, expired or revoked."""


class Forbidden(ExhibitError):
    """A known actor without the right."""


class Conflict(ExhibitError):
    """The request is sound, the state of things does not allow it now."""


class Stale(ExhibitError):
    """`If-Match` names a state that is no longer the current one."""


class GuardMissing(ExhibitError):
    """An update without `If-Match`."""


class TooLarge(ExhibitError):
    """More bytes than the limit of one body or document."""


class QuotaExceeded(ExhibitError):
    """More bytes than the organisation may still store."""


class WrongMediaType(ExhibitError):
    """A body of a kind that this address does not take."""


class Interrupted(ExhibitError):
    """The client stopped sending half-way."""


class StoreError(ExhibitError):
    """The object store did not do what it was asked."""


class NoSuchObject(StoreError):
    """No object under that key."""


class StoreFull(StoreError):
    """The disk, or the bucket's quota, is full."""


class StoreUnavailable(StoreError):
    """The store does not answer, or answers that it cannot now. Trying again later may help."""


class DatabaseBusy(ExhibitError):
    """The database could not be locked in time. Trying again later may help."""
