"""Many workers at once: each job is run by one of them, and no change of its cause is missed."""

import multiprocessing
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.synchronize import Barrier

from sqlalchemy import Column, Integer, MetaData, Table, func, insert, select, update

from exhibit_api import db
from exhibit_api.db import Sessions, connect, sessions_of, transaction
from exhibit_api.jobs.queue import claim, enqueue
from exhibit_api.jobs.tables import Job, JobState
from exhibit_api.jobs.worker import Work, Workers, run_due
from tests.databases import Connect
from tests.jobs.conftest import Foreman
from tests.jobs.ledger import carve, results, until, written

THREADS, PROCESSES, JOBS = 8, 4, 200
CHANGES = 80
NAMES = [f"exhibit-{number:03}" for number in range(JOBS)]

causes = Table("causes", MetaData(), Column("value", Integer), Column("seen", Integer))


def carvers(sessions: Sessions) -> set[str]:
    """The workers that have carved something."""
    with transaction(sessions, reads_only=True) as session:
        return {owner.split(" ")[0] for owner in session.scalars(select(results.c.by))}


def test_eight_threads_run_each_job_once(sessions: Sessions, ask: Foreman) -> None:
    ask("carve", *NAMES)
    workers = Workers(sessions, {"carve": carve}, [frozenset({"carve"})] * THREADS, poll=0.05)
    workers.start()
    until(lambda: len(written(sessions)) >= JOBS)
    workers.stop()
    assert written(sessions) == NAMES
    with transaction(sessions, reads_only=True) as session:
        assert Counter(session.scalars(select(Job.state))) == {JobState.DONE: JOBS}
        assert set(session.scalars(select(Job.attempt))) == {1}


def work_off(database: str, gate: Barrier) -> None:
    """Do what is due, when all are ready. Not for the disk's sake: nothing waits for it here."""
    db.SQLITE_PRAGMAS = (*db.SQLITE_PRAGMAS, "synchronous=OFF")
    engine = connect(database)
    gate.wait()
    run_due(sessions_of(engine), {"carve": carve})
    engine.dispose()


def test_four_processes_run_each_job_once(database: str, sessions: Sessions, ask: Foreman) -> None:
    ask("carve", *NAMES)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])  # the program is loaded once, and not in each
    gate = context.Barrier(PROCESSES)
    workers = [context.Process(target=work_off, args=(database, gate)) for _ in range(PROCESSES)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0] * PROCESSES
    assert written(sessions) == NAMES
    assert len(carvers(sessions)) > 1


def test_who_asks_at_once_for_the_same_makes_one_job(sessions: Sessions) -> None:
    gate = threading.Barrier(THREADS)

    def insist() -> None:
        gate.wait()
        for _ in range(10):
            with transaction(sessions) as session:
                enqueue(session, "carve", "loom")

    with ThreadPoolExecutor(THREADS) as threads:
        for asked in [threads.submit(insist) for _ in range(THREADS)]:
            asked.result()
    assert run_due(sessions, {"carve": carve}) == 1
    assert written(sessions) == ["loom"]


def test_nobody_waits_for_whoever_is_asking(
    postgres_database: str, engine_of: Connect
) -> None:  # SQLite has one lock for all
    sessions = sessions_of(engine_of(postgres_database))
    with transaction(sessions) as session:
        enqueue(session, "carve", "loom")
        enqueue(session, "carve", "pump")
    with ThreadPoolExecutor(1) as thread, transaction(sessions) as session:
        enqueue(session, "carve", "loom", priority=1)
        taken = thread.submit(claim, sessions, "mill", {"carve"}, 30).result(30)
        assert taken is not None
        assert taken.key == "pump"


def test_no_change_is_missed_while_its_job_runs(sessions: Sessions) -> None:
    """Four threads change a cause again and again; a job of four lanes writes down what it read of it."""
    causes.create(sessions.kw["bind"])
    with transaction(sessions) as session:
        session.execute(insert(causes).values(value=0, seen=0))
    under_way = threading.Semaphore(1)
    doubled = []

    def look(work: Work) -> None:
        if not under_way.acquire(blocking=False):
            doubled.append(work.claim)
        with transaction(sessions, reads_only=True) as session:
            read = session.scalar(select(causes.c.value))
        with work.finishing() as session:
            session.execute(update(causes).values(seen=read))
            under_way.release()

    def change() -> None:
        for _ in range(CHANGES):
            with transaction(sessions) as session:
                session.execute(update(causes).values(value=causes.c.value + 1))
                enqueue(session, "look", "cause")

    workers = Workers(sessions, {"look": look}, [frozenset({"look"})] * 4, poll=0.01)
    workers.start()
    with ThreadPoolExecutor(4) as threads:
        for changed in [threads.submit(change) for _ in range(4)]:
            changed.result()
    until(lambda: is_quiet(sessions))
    workers.stop()
    assert not doubled
    with transaction(sessions, reads_only=True) as session:
        assert session.execute(select(causes.c.value, causes.c.seen)).one() == (4 * CHANGES, 4 * CHANGES)
        assert session.scalar(select(Job.state)) == JobState.DONE


def is_quiet(sessions: Sessions) -> bool:
    with transaction(sessions, reads_only=True) as session:
        return session.scalar(select(func.count()).where(Job.state.in_([JobState.QUEUED, JobState.RUNNING]))) == 0
