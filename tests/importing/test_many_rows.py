"""Many rows at once: a few statements for all of them, the same records as by hand, and what others wrote at the same moment."""

import io
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from exhibit_api.accounts.roles import COMMAND_LINE
from exhibit_api.audit.log import broken_links
from exhibit_api.audit.tables import Entry
from exhibit_api.catalogue.tables import Link, Record
from exhibit_api.db import MOST_IN_A_QUERY, transaction
from exhibit_api.errors import Conflict
from exhibit_api.importing.collection import sheets_of, table_alone
from exhibit_api.importing.order import IMPORT
from exhibit_api.importing.plan import Change, Plan, make_plan
from exhibit_api.importing.write import made_ready, once_more, write_all
from exhibit_api.jobs.queue import Lost, claim
from exhibit_api.jobs.work import LEASE_SECONDS, Work
from tests.acting import House, words
from tests.assets.dying import let_the_lease_run_out
from tests.importing.building import PEOPLE, SMALL, apply, changed, saved, send, xlsx
from tests.importing.generated import collection

WRITTEN = re.compile(r"\b(records|links|audit_entries|audit_head)\b")


@pytest.fixture
def house(house: House) -> House:
    house.organisation("jiangsu")
    return house


@contextmanager
def counted(house: House) -> Iterator[list[str]]:
    """The statements of this block that read or write records, links and the audit log."""
    found: list[str] = []

    def count(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if WRITTEN.search(statement):
            found.append(statement)

    engine = house.site.sessions.kw["bind"]
    event.listen(engine, "before_cursor_execute", count)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", count)


def statements(house: House, data: bytes) -> int:
    """How many it takes to apply a collection."""
    sent = send(house, house.admin, data, organisation="jiangsu")
    with counted(house) as found:
        assert apply(house, house.admin, sent)["state"] == "done"
    return len(found)


def generated(third: int, suffix: str = "") -> bytes:
    """A third each of people, achievements and exhibits, which name each other; each label ends with the suffix."""
    book = collection(third, third, third)
    book["exhibits"].delete_cols(8)
    for sheet in book:
        for (label,) in sheet.iter_rows(min_row=2, min_col=3, max_col=3):
            label.value = f"{label.value}{suffix}"
    return saved(book)


def test_more_rows_take_no_more_statements(house: House) -> None:
    statements(house, generated(5))
    changed_few = statements(house, generated(5, " II"))
    mixed_few = statements(house, generated(10, " III"))
    assert statements(house, generated(100, " IV")) == mixed_few
    assert statements(house, generated(100, " V")) == changed_few
    assert MOST_IN_A_QUERY > 300 + 12, "all rows were one part"
    parts = (600 + 12) // MOST_IN_A_QUERY + 1
    assert statements(house, generated(200, " VI")) <= parts * mixed_few


def described(house: House) -> list[tuple[Any, ...]]:
    """All records of Jiangsu and the links between them, without their moments."""
    with transaction(house.site.sessions, reads_only=True) as session:
        records = session.scalars(select(Record).where(Record.kind != "organisations").order_by(Record.id)).all()
        links = session.execute(select(Link.source, Link.target).order_by(Link.source, Link.target)).all()
    columns = ("id", "kind", "slug", "organisation", "year", "trade", "industry", "revision", "document")
    return [*(tuple(getattr(record, name) for name in columns) for record in records), *map(tuple, links)]


def deeds(house: House, after: int) -> list[tuple[Any, ...]]:
    """What the audit log has since this entry, without moments and hashes. Its chain is whole."""
    with transaction(house.site.sessions, reads_only=True) as session:
        assert list(broken_links(session)) == []
        entries = session.scalars(select(Entry).where(Entry.number > after).order_by(Entry.number)).all()
    return [(one.role, one.deed, one.subject, one.organisation, one.details) for one in entries]


def last_deed(house: House) -> int:
    number: int = house.admin.get("/v1/audit?limit=1").json()["items"][0]["number"]
    return number


def test_rows_make_the_records_that_writing_one_by_one_makes(house: House) -> None:
    renamed = dict(SMALL) | {"people": changed(PEOPLE, C3="Wang Fang the Elder", D3="Welder")}
    begun = last_deed(house)
    for collection_of_rows in (SMALL, renamed):
        apply(house, house.admin, send(house, house.admin, xlsx(collection_of_rows), organisation="jiangsu"))
    found, done = described(house), deeds(house, begun)
    bodies = {subject: house.admin.get(f"/v1/{subject}").json() for _, _, subject, _, _ in done}
    for subject in reversed(bodies):
        assert house.admin.delete(f"/v1/{subject}").status_code == 204

    begun = last_deed(house)
    before = {"people/wang-fang": {"label": {"zh-Hans": "王芳", "en": "Wang Fang"}, "title": None}}
    for subject, body in bodies.items():
        assert house.admin.put(f"/v1/{subject}", body | before.get(subject, {})).status_code == 201
    house.admin.put("/v1/people/wang-fang", bodies["people/wang-fang"], **{"If-Match": "*"})
    assert described(house) == found
    assert deeds(house, begun) == done


def plan(house: House, data: bytes) -> Plan:
    """What a collection would change now."""
    with transaction(house.site.sessions, reads_only=True) as session:
        return make_plan(
            session, COMMAND_LINE, sheets_of([table_alone("c.xlsx", io.BytesIO(data), len(data))]), "jiangsu"
        )


def written(session: Session, house: House, planned: Plan) -> None:
    """Write a plan that has no models."""
    write_all(session, house.site, COMMAND_LINE, made_ready(planned.rows, {}), "none")


def write(house: House, planned: Plan) -> None:
    once_more(lambda: transaction(house.site.sessions), lambda session: written(session, house, planned))


@pytest.mark.parametrize("first", [SMALL, {"people": PEOPLE}])
def test_rows_that_others_have_written_just_so_meanwhile_are_unchanged(house: House, first: Any) -> None:
    late = plan(house, xlsx(SMALL))
    write(house, plan(house, xlsx(first)))
    begun = last_deed(house)
    write(house, late)
    there = {f"people/{line[0]}" for line in PEOPLE[1:]}
    for one in late.rows:
        is_there = first is SMALL or one.row.id in there
        assert one.change == (Change.UNCHANGED if is_there else Change.NEW), one.row.id
    assert len(deeds(house, begun)) == (0 if first is SMALL else 3)
    assert {row[7] for row in described(house) if len(row) > 2} == {1}


def test_rows_that_others_have_changed_meanwhile_keep_all_rows_out(house: House) -> None:
    late = plan(house, xlsx(SMALL))
    house.admin.put("/v1/people/wang-fang", {"organisation": "jiangsu", "label": words("Somebody else")})
    begun, before = last_deed(house), described(house)
    with pytest.raises(Conflict, match="people/wang-fang was changed by someone else at this moment; apply it again"):
        write(house, late)
    assert described(house) == before
    assert deeds(house, begun) == []


def test_a_record_that_others_took_out_meanwhile_keeps_all_rows_out(house: House) -> None:
    write(house, plan(house, xlsx({"people": PEOPLE})))
    late = plan(house, xlsx({"people": changed(PEOPLE, C2="Li Ming the Elder", C3="Wang Fang the Elder")}))
    assert house.admin.delete("/v1/people/wang-fang").status_code == 204
    before = described(house)
    with pytest.raises(Conflict, match="people/wang-fang was changed by someone else"):
        write(house, late)
    assert described(house) == before


def test_who_waits_for_one_that_writes_the_same_finds_all_written(house: House) -> None:
    early, late = plan(house, xlsx(SMALL)), plan(house, xlsx(SMALL))
    with ThreadPoolExecutor(1) as pool:
        with transaction(house.site.sessions) as session:
            written(session, house, early)
            waiting = pool.submit(write, house, late)
            time.sleep(0.2)  # it comes to the same end if it is slower
            assert not waiting.done()
        waiting.result()
    assert {one.change for one in late.rows} == {Change.UNCHANGED}
    assert {row[7] for row in described(house) if len(row) > 2} == {1}


def test_a_worker_that_lost_its_lease_while_it_wrote_has_written_nothing(house: House) -> None:
    sent = send(house, house.admin, xlsx(SMALL), organisation="jiangsu")
    assert house.admin.post(f"/v1/imports/{sent['id']}/apply", {"mode": "all"}).status_code == 202
    late = plan(house, xlsx(SMALL))
    lost = claim(house.site.sessions, "lost", [IMPORT], LEASE_SECONDS)
    let_the_lease_run_out(house.site)
    taken = claim(house.site.sessions, "other", [IMPORT], LEASE_SECONDS)
    assert lost is not None
    assert taken is not None
    begun = last_deed(house)
    with pytest.raises(Lost):
        once_more(Work(house.site.sessions, lost).finishing, lambda session: written(session, house, late))
    assert (described(house), deeds(house, begun)) == ([], [])
    once_more(Work(house.site.sessions, taken).finishing, lambda session: written(session, house, late))
    assert len(deeds(house, begun)) == 5
