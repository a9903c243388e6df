"""The audit log: every deed is in it, nothing in it can be changed unseen, and several writers keep one chain."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from exhibit_api.accounts.roles import Role
from exhibit_api.audit import log
from exhibit_api.db import connect, transaction
from exhibit_api.instance import OWNER
from exhibit_api.verify import verify_site
from tests.acting import House, words
from tests.gltf.building import box

WRITERS, DEEDS_EACH = 4, 10


def faults(house: House) -> list[str]:
    """What `exhibit verify` says of the log."""
    with transaction(house.site.sessions, reads_only=True) as session:
        return list(log.broken_links(session))


def test_every_deed_of_a_journey_is_recorded_with_who_what_and_when(house: House) -> None:
    begun = datetime.now(UTC) - timedelta(seconds=1)
    hall = house.hall()
    house.place(hall, house.exhibit("loom", box((1, 1, 1))))
    house.publish(hall)
    house.place(hall, house.exhibit("pump", box((0.5, 1, 0.5))), at=(2, 0, -3))
    house.publish(hall)
    house.admin.post(f"/v1/halls/{hall}/rollback")
    house.admin.delete(f"/v1/halls/{hall}/edition")
    house.admin.delete(f"/v1/halls/{hall}/placements/pump")
    house.admin.delete("/v1/exhibits/pump")
    entries = house.admin.get("/v1/audit?limit=200").json()["items"][::-1]
    assert [(entry["deed"], entry["subject"].replace(f"halls/{hall}", "HALL")) for entry in entries[1:]] == [
        ("create", "organisations/jiangsu"),
        ("create", "exhibitions/delta"),
        ("create", "HALL"),
        ("create", "exhibits/loom"),
        ("upload model", "exhibits/loom"),
        ("create", "HALL/placements/loom"),
        ("publish", "HALL"),
        ("create", "exhibits/pump"),
        ("upload model", "exhibits/pump"),
        ("create", "HALL/placements/pump"),
        ("publish", "HALL"),
        ("roll back", "HALL"),
        ("withdraw", "HALL"),
        ("delete", "HALL/placements/pump"),
        ("delete", "exhibits/pump"),
    ]
    me = entries[0]["subject"]  # the grant of the admin's own token
    assert {(entry["actor"], entry["role"], entry["organisation"]) for entry in entries[1:]} == {
        (me, "admin", "jiangsu")
    }
    moments = [datetime.fromisoformat(entry["at"]) for entry in entries]
    assert begun <= moments[0]
    assert moments == sorted(moments)
    assert [entry["number"] for entry in entries] == list(range(1, len(entries) + 1))
    assert verify_site(house.site) == []


def test_a_deed_that_failed_is_not_recorded(house: House) -> None:
    house.organisation("jiangsu")
    before = house.admin.get("/v1/audit").json()["items"]
    house.admin.put("/v1/organisations/jiangsu", {"label": words("Without If-Match")})
    house.admin.put("/v1/exhibits/robot", {"organisation": "no-such", "label": words("Robot")})
    house.visitor.delete("/v1/organisations/jiangsu")
    assert house.admin.get("/v1/audit").json()["items"] == before


def test_an_admin_of_jiangsu_reads_jiangsus_deeds_only(house: House) -> None:
    for name in ("jiangsu", "anhui"):
        house.organisation(name)
    seen = house.person(Role.ADMIN, "jiangsu").get("/v1/audit").json()["items"]
    assert {entry["organisation"] for entry in seen} == {"jiangsu"}


def test_the_log_is_read_by_subject_and_page(house: House) -> None:
    for name in ("jiangsu", "anhui"):
        house.organisation(name)
    [entry] = house.admin.get("/v1/audit?subject=organisations/anhui").json()["items"]
    assert entry["deed"] == "create"
    page = house.admin.get("/v1/audit?limit=2").json()
    following = house.admin.get(f"/v1/audit?limit=2&cursor={page['next']}").json()
    assert [item["number"] for item in page["items"] + following["items"]] == [3, 2, 1]
    assert following["next"] is None
    assert house.admin.get("/v1/audit?subject=a%00b").status_code in (200, 422)


@pytest.mark.parametrize(
    "deed", ["UPDATE audit_entries SET actor = 'nobody'", "DELETE FROM audit_entries WHERE number = 1"]
)
def test_the_database_refuses_to_change_the_past(house: House, deed: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), house.site.sessions() as session:
        session.execute(text(deed))
    assert faults(house) == []


def test_postgresql_refuses_to_empty_the_log(postgres_database: str) -> None:
    engine = connect(postgres_database)
    with pytest.raises(DatabaseError, match="append-only"), engine.begin() as connection:
        connection.execute(text("TRUNCATE audit_entries"))
    engine.dispose()


CHANGED = "was changed after it was written"


@pytest.mark.parametrize(
    ("attack", "said"),
    [
        (["UPDATE audit_entries SET actor = 'tokens/other' WHERE number = 2"], f"entry 2 (create organisations/a) {CHANGED}"),
        (["UPDATE audit_entries SET at = '2020-01-01 00:00:00+00:00' WHERE number = 3"], CHANGED),
        (["UPDATE audit_entries SET details = '{}' WHERE number = 1"], CHANGED),
        (["UPDATE audit_entries SET organisation = NULL WHERE number = 2"], CHANGED),
        (["DELETE FROM audit_entries WHERE number = 2"], "audit entries 2 to 2 are missing"),
        (["DELETE FROM audit_entries WHERE number = 1"], "audit entries 1 to 1 are missing"),
        (["DELETE FROM audit_entries WHERE number >= 3"], "ends at entry 2, where its head says 4"),
        (["DELETE FROM audit_entries"], "ends at entry 0, where its head says 4"),
        (["DELETE FROM audit_head"], "its head says nothing"),
        (
            [
                "UPDATE audit_entries SET number = 99 WHERE number = 2",
                "UPDATE audit_entries SET number = 2 WHERE number = 3",
                "UPDATE audit_entries SET number = 3 WHERE number = 99",
            ],
            "audit entry 2 does not continue entry 1",
        ),
        (["UPDATE audit_entries SET hash = previous, previous = hash WHERE number = 2"], "does not continue entry 1"),
    ],
)  # fmt: skip
def test_whoever_changes_the_past_with_the_database_itself_is_found(house: House, attack: list[str], said: str) -> None:
    for name in ("a", "b", "c"):
        house.organisation(name)
    assert faults(house) == []
    with house.site.sessions.begin() as session:
        for statement in [*without_triggers(house), *attack]:
            session.execute(text(statement))
    assert any(said in fault for fault in faults(house)), faults(house)


def without_triggers(house: House) -> list[str]:
    """How an attacker with the database's own rights makes the log writable."""
    if house.site.settings.database.startswith("sqlite"):
        return [f"DROP TRIGGER audit_entries_no_{deed}" for deed in ("update", "delete")]
    return ["DROP TRIGGER audit_entries_append_only ON audit_entries"]


def test_several_writers_keep_one_chain(house: House) -> None:
    def write(writer: int) -> None:
        for number in range(DEEDS_EACH):
            with transaction(house.site.sessions) as session:
                log.record(session, OWNER, "try", f"writers/{writer}", organisation=None, details={"number": number})

    with ThreadPoolExecutor(WRITERS) as threads:
        list(threads.map(write, range(WRITERS)))
    assert faults(house) == []
    entries = house.admin.get("/v1/audit?limit=200").json()["items"]
    assert len(entries) == 1 + WRITERS * DEEDS_EACH
    for writer in range(WRITERS):
        mine = [entry["details"]["number"] for entry in entries if entry["subject"] == f"writers/{writer}"]
        assert mine == list(range(DEEDS_EACH))[::-1]
