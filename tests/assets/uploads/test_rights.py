"""A model that was sent in parts enters by the rights that its sender has when it does, not by those of its beginning."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from exhibit_api.accounts.roles import Role
from exhibit_api.accounts.tables import Token
from exhibit_api.db import now, transaction
from exhibit_api.storage.local import LocalStore
from tests.acting import House, Person
from tests.assets.uploads.sending import LOOM, Sending, begin, sha256
from tests.looking import keys, problem

LOSSES = {
    "revoked": ({"revoked_at": now()}, "the token was revoked at"),
    "expired": ({"expires_at": now() - timedelta(hours=1)}, "the token expired at"),
    "of another role": ({"role": Role.OPERATOR}, "an operator of jiangsu may not write drafts in jiangsu"),
    "of another organisation": ({"organisation": "anhui"}, "a curator of anhui may not write drafts in jiangsu"),
}
"""What becomes of a curator's token, and what is told then."""


@pytest.fixture
def curator(house: House) -> Person:
    return house.person(Role.CURATOR, "jiangsu")


def change_tokens_of_curators(house: House, **changes: Any) -> None:
    with transaction(house.site.sessions) as session:
        session.execute(update(Token).where(Token.role == Role.CURATOR).values(**changes))


def received(house: House, sending: Sending) -> dict[str, Any]:
    """How far it is once a worker has looked into it, as an admin sees it: the sender may be nobody by then."""
    sending.person = house.admin
    return sending.received()


@pytest.mark.parametrize("loss", LOSSES)
def test_a_model_of_someone_who_may_not_write_any_more_is_refused(house: House, curator: Person, loss: str) -> None:
    changes, why = LOSSES[loss]
    sending = begin(house, curator, size=len(LOOM)).all(LOOM)
    assert sending.complete().status_code == 200
    change_tokens_of_curators(house, **changes)
    told = received(house, sending)
    assert told["state"] == "refused"
    assert why in told["problem"]["detail"]
    problem(house.admin.get("/v1/exhibits/loom/model"), 404)
    assert keys(house.site.store) == set()
    assert not list(house.site.store.multipart.begun("vault/"))
    usage = house.admin.get("/v1/organisations/jiangsu/usage").json()
    assert (usage["usedBytes"], usage["reservedBytes"], usage["reservedFiles"]) == (0, 0, 0)


def test_a_right_that_is_lost_while_the_bytes_are_looked_into_is_lost(
    laptop: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    sending = begin(laptop, laptop.person(Role.CURATOR, "jiangsu"), size=len(LOOM)).all(LOOM)
    sending.complete()
    move = LocalStore.move

    def move_late(store: LocalStore, source: str, target: str) -> None:
        change_tokens_of_curators(laptop, revoked_at=now())
        move(store, source, target)

    monkeypatch.setattr(LocalStore, "move", move_late)
    assert received(laptop, sending)["state"] == "refused"
    problem(laptop.admin.get("/v1/exhibits/loom/model"), 404)


def test_who_may_write_everywhere_may_write_where_the_exhibit_went_meanwhile(house: House) -> None:
    house.organisation("anhui")
    sending = begin(house, size=len(LOOM)).all(LOOM)
    sending.complete()
    assert house.admin.change("/v1/exhibits/loom", organisation="anhui").status_code == 200
    assert sending.received()["asset"] == sha256(LOOM)
    assert house.admin.get("/v1/organisations/anhui/usage").json()["usedBytes"] == len(LOOM)
    assert house.admin.get("/v1/organisations/jiangsu/usage").json()["reservedBytes"] == 0


def test_the_exhibit_of_a_curator_that_went_elsewhere_takes_no_model_of_theirs(house: House, curator: Person) -> None:
    house.organisation("anhui")
    sending = begin(house, curator, size=len(LOOM)).all(LOOM)
    sending.complete()
    assert house.admin.change("/v1/exhibits/loom", organisation="anhui").status_code == 200
    assert "a curator of jiangsu may not write drafts in anhui" in sending.received()["problem"]["detail"]
    problem(house.admin.get("/v1/exhibits/loom/model"), 404)
