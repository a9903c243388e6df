"""Tokens: 256 random bits, shown once, stored as a hash, ended by time or by hand."""

import base64
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from exhibit_api.accounts import tokens
from exhibit_api.accounts.roles import Actor, Role
from exhibit_api.accounts.tables import Token
from exhibit_api.db import now, transaction
from exhibit_api.errors import Rejected, Unauthenticated
from exhibit_api.instance import OWNER
from tests.acting import House, Person

BODY = {"role": "curator", "label": "Upload station"}


def test_a_token_has_256_random_bits_and_is_stored_as_a_hash_alone(house: House) -> None:
    secret = house.admin.post("/v1/tokens", BODY).json()["token"]
    assert len(base64.urlsafe_b64decode(secret.removeprefix("exhibit_") + "=")) == 32
    with house.site.sessions() as session:
        tables = ("tokens", "audit_entries", "idempotency_keys")
        rows = [str(row) for table in tables for row in session.execute(text(f"SELECT * FROM {table}"))]
        hashes = session.scalars(select(Token.hash)).all()
    assert tokens.digest(secret) in hashes
    assert not any(secret in row or secret.removeprefix("exhibit_") in row for row in rows)


def test_no_two_tokens_are_the_same(open_house: House) -> None:
    made = [open_house.admin.post("/v1/tokens", BODY).json()["token"] for _ in range(20)]
    assert len(set(made)) == 20


def test_a_secret_is_shown_once_and_is_not_for_caches(open_house: House) -> None:
    answer = open_house.admin.post("/v1/tokens", BODY)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (201, "no-store")
    listed = open_house.admin.get("/v1/tokens?limit=200")
    assert answer.json()["id"] in [token["id"] for token in listed.json()["items"]]
    for word in (answer.json()["token"], tokens.digest(answer.json()["token"])):
        assert word not in listed.text
        assert word not in open_house.admin.get("/v1/audit?limit=200").text


def test_a_new_token_opens_the_door(house: House) -> None:
    person = Person(house.client, house.admin.post("/v1/tokens", BODY).json()["token"])
    assert person.get("/v1/exhibits").status_code == 200


def test_an_expired_token_says_when_it_ended(house: House) -> None:
    with transaction(house.site.sessions) as session:
        token, secret = tokens.grant(
            session, OWNER, role=Role.ADMIN, organisation=None, label="brief", lifetime=timedelta(hours=1)
        )
        assert tokens.actor_of(session, secret, now() + timedelta(minutes=59)).id == f"tokens/{token.id}"
        with pytest.raises(Unauthenticated, match="expired at"):
            tokens.actor_of(session, secret, now() + timedelta(hours=1, seconds=1))
        token.expires_at = now() - timedelta(seconds=1)
    answer = Person(house.client, secret).get("/v1/exhibits")
    assert (answer.status_code, "expired at" in answer.json()["detail"]) == (401, True)


def test_a_token_that_ends_before_it_begins_is_not_made(house: House) -> None:
    with (
        pytest.raises(Rejected, match="before it was made"),
        transaction(house.site.sessions) as session,
    ):
        tokens.grant(session, OWNER, role=Role.ADMIN, organisation=None, label="x", lifetime=timedelta(0))


def test_a_revoked_token_is_dead_at_once_and_twice_is_no_error(house: House) -> None:
    made = house.admin.post("/v1/tokens", BODY).json()
    for _ in range(2):
        assert house.admin.delete(f"/v1/tokens/{made['id']}").status_code == 204
    answer = Person(house.client, made["token"]).get("/v1/exhibits")
    assert (answer.status_code, "revoked at" in answer.json()["detail"]) == (401, True)
    revoked = next(t for t in house.admin.get("/v1/tokens").json()["items"] if t["id"] == made["id"])
    assert revoked["revokedAt"].endswith("Z")
    deeds = [entry["deed"] for entry in house.admin.get(f"/v1/audit?subject=tokens/{made['id']}").json()["items"]]
    assert deeds == ["revoke token", "grant token"]


@pytest.mark.parametrize("number", ["000000000000", "x", "0000", "00000000000%2F"])
def test_a_token_that_is_none_cannot_be_revoked(open_house: House, number: str) -> None:
    assert open_house.admin.delete(f"/v1/tokens/{number}").status_code in (404, 422)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer exhibit_",
        "Bearer exhibit_unknown",
        "Bearer " + "x" * 10_000,
        "Basic YWRtaW46YWRtaW4=",
        "Token TOKEN",
        "TOKEN",
        "Bearer TOKEN,",
        "Bearer TOKEN x",
        "Bearer \xe9\xff",
        "Bearer ' OR 1=1 --",
        "\t",
    ],
)
def test_what_is_no_token_opens_nothing(open_house: House, header: str) -> None:
    sent = header.replace("TOKEN", open_house.admin.token or "").encode("latin-1")
    answer = open_house.client.get("/v1/exhibits", headers={"Authorization": sent})
    assert (answer.status_code, answer.headers["Content-Type"]) == (401, "application/problem+json")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_scheme_is_written_in_any_case(open_house: House, scheme: str) -> None:
    headers = {"Authorization": f"{scheme} {open_house.admin.token}"}
    assert open_house.client.get("/v1/exhibits", headers=headers).status_code == 200


def test_a_token_that_nobody_can_mean_is_refused(house: House) -> None:
    for member, value in (
        ("role", "king"),
        ("label", ""),
        ("label", "a\0b"),
        ("label", "x" * 201),
        ("days", 0),
        ("days", 3651),
        ("organisation", "Ji"),
    ):
        answer = house.admin.post("/v1/tokens", BODY | {member: value})
        assert (answer.status_code, [fault["pointer"] for fault in answer.json()["errors"]]) == (422, [f"/{member}"])


@pytest.mark.parametrize(("days", "expires"), [({}, True), ({"days": 1}, True), ({"days": None}, False)])
def test_a_token_expires_unless_never_is_said(open_house: House, days: dict[str, int], expires: bool) -> None:
    assert (open_house.admin.post("/v1/tokens", BODY | days).json()["expiresAt"] is not None) is expires


def test_an_actor_is_described_in_words() -> None:
    assert Actor("x", Role.CURATOR, "jiangsu").describe() == "a curator of jiangsu"
    assert Actor("x", Role.ADMIN).describe() == "an admin over all organisations"
