"""How long an import holds SQLite up: `uv run python bench/import_rows.py [--rows 3000 10000] [--rounds 3] [--against ../before]`.

A generated collection of so many rows is applied, all or nothing, to a fresh database; then again with another label in each row, which
changes every record. Meanwhile another process asks for the writer's place all the time. What counts is the longest that it waited, against
the bare minimum, measured in the same round: SQLite taking the same records, links and deeds from memory by `executemany`, in one
transaction. `--against` runs another checkout's service in the same rounds.
Aim: ≤ 0.5 ms a row, so that 10,000 rows keep nobody waiting for 5 s.
"""

import argparse
import io
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

sys.path.insert(0, os.environ.get("BENCHED") or str(Path(__file__).resolve().parent.parent))

from exhibit_api.accounts import tokens
from exhibit_api.accounts.roles import COMMAND_LINE, Actor, Role
from exhibit_api.catalogue.describe import describe
from exhibit_api.catalogue.schemas import OrganisationBody
from exhibit_api.db import transaction
from exhibit_api.guards import Guard
from exhibit_api.importing import order
from exhibit_api.importing.tables import Import, State
from exhibit_api.instance import OWNER, close_site, open_site
from exhibit_api.jobs.worker import run_due
from exhibit_api.settings import Settings
from exhibit_api.web.site import Site
from exhibit_api.web.uploads import Received
from exhibit_api.working import handlers_of
from tests.importing.generated import AWARDS, collection

ROOT = Path(__file__).resolve().parent.parent
KINDS = ("new", "changed")
TABLES = ("records", "links", "audit_entries")
WAITER = """
import select, sqlite3, sys, time
database, longest = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=0), 0
print("ready", flush=True)
while not select.select([sys.stdin], [], [], 0.002)[0]:
    begun, is_in = time.perf_counter(), False
    while not is_in:
        try:
            database.execute("BEGIN IMMEDIATE")
            is_in = True
        except sqlite3.OperationalError:
            time.sleep(0.001)
    longest = max(longest, time.perf_counter() - begun)
    database.execute("ROLLBACK")
print(longest)
"""
"""Another writer: tells the longest that it had to wait, in seconds."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[3000, 10_000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--against", type=Path, help="another checkout")
    parser.add_argument(
        "--once", action="store_true", help="what a round is made of: one size in this process, as JSON"
    )
    chosen = parser.parse_args()
    if chosen.once:
        with tempfile.TemporaryDirectory() as folder:
            print(json.dumps(measured(Path(folder), chosen.rows[0])))
        return
    checkouts = {"here": ROOT} | ({"there": chosen.against.resolve()} if chosen.against else {})
    for rows in chosen.rows:
        compare(checkouts, rows, chosen.rounds)


def compare(checkouts: dict[str, Path], rows: int, rounds: int) -> None:
    """So many rounds of one size, in the checkouts by turns."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in checkouts}
    for _ in range(rounds):
        for name, checkout in checkouts.items():
            command = [sys.executable, __file__, "--once", "--rows", str(rows)]
            ran = subprocess.run(
                command, env={**os.environ, "BENCHED": str(checkout)}, stdout=subprocess.PIPE, check=True
            )
            found[name].append(json.loads(ran.stdout.splitlines()[-1]))
    for kind in KINDS:
        for name, each in found.items():
            ratios = [one[kind] / one["bare"] for one in each]
            wait, whole = (statistics.median(one[what] for one in each) for what in (kind, f"{kind} in all"))
            print(
                f"{rows:>6} {kind:<7} rows {name:<5}  others waited {statistics.median(ratios):5.1f} × bare SQLite"
                f" [{min(ratios):.1f}–{max(ratios):.1f}]  ({wait:.2f} s, {wait / rows * 1000:.2f} ms a row; {whole:.1f} s in all)"
            )
        if "there" in found:
            gains = [there[kind] / here[kind] for here, there in zip(found["here"], found["there"], strict=True)]
            print(
                f"{rows:>6} {kind:<7} rows  there {statistics.median(gains):.1f} × here [{min(gains):.1f}–{max(gains):.1f}]"
            )


def measured(folder: Path, rows: int) -> dict[str, float]:
    """Seconds that another writer waited at the longest, for each kind of import; that it took in all; and the bare minimum."""
    found: dict[str, float] = {}
    site = open_site(Settings(data=folder / "data"))
    try:
        actor = furnished(site)
        for kind, suffix in zip(KINDS, ("", " II"), strict=True):
            write = partial(apply, site, actor, looked_into(site, actor, spreadsheet(rows, suffix)))
            found[kind], found[f"{kind} in all"] = waited(folder / "data" / "exhibit.sqlite3", write)
            if kind == "new":
                found["bare"] = bare_seconds(folder)
    finally:
        close_site(site)
    return found


def furnished(site: Site) -> Actor:
    """An organisation, and an admin."""
    with transaction(site.sessions) as session:
        body = OrganisationBody.model_validate({"label": {"zh-Hans": "台架", "en": "Bench"}})
        describe(session, COMMAND_LINE, slug="bench", body=body, guard=Guard(none_match="*"))
        token, _ = tokens.grant(session, OWNER, role=Role.ADMIN, organisation=None, label="bench")
    return Actor(f"tokens/{token.id}", Role.ADMIN)


def spreadsheet(rows: int, suffix: str) -> bytes:
    """A third each of people, achievements and exhibits, and a few awards; each label ends with the suffix."""
    third = (rows - AWARDS) // 3
    book = collection(rows - AWARDS - 2 * third, third, third)
    for sheet in book:
        for (label,) in sheet.iter_rows(min_row=2, min_col=3, max_col=3):
            label.value = f"{label.value}{suffix}"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def looked_into(site: Site, actor: Actor, data: bytes) -> str:
    """Send a collection and have it looked into; the id of the import."""
    with site.store.stage() as staged:
        staged.write(data)
        received = Received(len(data), "")
        row = order.begin(
            site, actor, filename="c.xlsx", owner="bench", has_models=False, staged=staged, received=received
        )
    work(site, row.id, State.CHECKED)
    return row.id


def apply(site: Site, actor: Actor, import_id: str) -> None:
    with transaction(site.sessions) as session:
        order.apply(session, actor, import_id, "all")
    work(site, import_id, State.DONE)


def work(site: Site, import_id: str, end: State) -> None:
    """Do the import's job, as a worker does it."""
    run_due(site.sessions, handlers_of(site), [order.IMPORT])
    with transaction(site.sessions, reads_only=True) as session:
        row = session.get_one(Import, import_id)
    assert row.state == end, (row.state, row.problem)


def waited(database: Path, do: Callable[[], None]) -> tuple[float, float]:
    """The longest that another writer waited meanwhile, and how long it took, in seconds."""
    command = [sys.executable, "-c", WAITER, str(database)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as waiter:
        assert waiter.stdout is not None
        waiter.stdout.readline()
        begun = time.perf_counter()
        do()
        took = time.perf_counter() - begun
        longest, _ = waiter.communicate("stop\n")
    return float(longest), took


def bare_seconds(folder: Path) -> float:
    """What SQLite alone takes for all rows of the tables that an import writes, into a new database of the same form."""
    close_site(open_site(Settings(data=folder / "bare")))
    with (
        closing(sqlite3.connect(folder / "data" / "exhibit.sqlite3")) as written,
        closing(sqlite3.connect(folder / "bare" / "exhibit.sqlite3", isolation_level=None)) as bare,
    ):
        rows = {table: written.execute(f"SELECT * FROM {table}").fetchall() for table in TABLES}
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            bare.execute(f"PRAGMA {pragma}")
        begun = time.perf_counter()
        bare.execute("BEGIN IMMEDIATE")
        for table, each in rows.items():
            bare.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(each[0]))})", each)
        bare.execute("COMMIT")
        return time.perf_counter() - begun


if __name__ == "__main__":
    main()
