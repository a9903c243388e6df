"""Workers that are killed with kill -9, at every step: another process does the job, nothing is doubled, nothing is left behind."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import delete

from exhibit_api.db import Sessions, transaction
from exhibit_api.jobs.tables import JobState
from exhibit_api.jobs.worker import Workers, run_due
from tests.jobs.conftest import Foreman
from tests.jobs.dying import carve_in
from tests.jobs.ledger import bury, clock, job, make_due, results, until, written

ROOT = Path(__file__).parents[2]
MOST_STEPS = 100


@contextmanager
def process(*arguments: object) -> Iterator["subprocess.Popen[str]"]:
    """A process of workers; killed at the end, if it is still there."""
    command = [sys.executable, "-m", "tests.jobs.dying", *map(str, arguments)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as started:
        try:
            yield started
        finally:
            started.kill()


def exit_codes(victims: "subprocess.Popen[str]") -> Iterator[int]:
    """The exit code of each; the next one begins when the loop goes on."""
    assert victims.stdout is not None
    assert victims.stdin is not None
    while line := victims.stdout.readline():
        yield int(line)
        victims.stdin.write("\n")
        victims.stdin.flush()


def nothing() -> None:
    """No step of ours kills us."""


def test_a_worker_may_be_killed_at_any_step(database: str, sessions: Sessions, ask: Foreman, tmp_path: Path) -> None:
    made = tmp_path / "made"
    made.mkdir()
    carve = carve_in(made, nothing)
    ask("carve", "loom")
    ends = []
    with process("steps", database, made, MOST_STEPS) as victims:
        for code in exit_codes(victims):
            assert code in (-signal.SIGKILL, 0)
            bury(sessions)
            was_left = job(sessions, "carve", "loom")
            assert (was_left.state == JobState.DONE) == (written(sessions) == ["loom"])
            make_due(sessions)
            runs = run_due(sessions, {"carve": carve})
            ends.append((was_left.state, runs))
            assert written(sessions) == ["loom"]
            row = job(sessions, "carve", "loom")
            assert (row.state, row.owner, row.lease_until, row.error) == (JobState.DONE, None, None, None)
            assert row.attempt == was_left.attempt + runs
            assert (made / "loom").read_text() == "loom"
            if code == 0:
                break
            with transaction(sessions) as session:
                session.execute(delete(results))
            ask("carve", "loom")
    assert code == 0
    assert ends[0] == (JobState.QUEUED, 1), "killed before it had the job"
    assert ends.count((JobState.RUNNING, 1)) > 10, "killed at its steps"
    assert ends[-1] == (JobState.DONE, 0)


def test_the_job_of_a_killed_worker_is_taken_over_when_its_lease_has_run_out(
    database: str, sessions: Sessions, ask: Foreman, tmp_path: Path
) -> None:
    ask("carve", "loom")
    other = Workers(sessions, {"carve": carve_in(tmp_path, nothing)}, [frozenset({"carve"})], poll=0.02)
    with process("work", database, tmp_path) as victim:
        until((tmp_path / "begun").exists)
        first = job(sessions, "carve", "loom")
        assert first.lease_until is not None
        other.start()
        until(lambda: clock(sessions) > (first.lease_until or clock(sessions)))
        assert job(sessions, "carve", "loom").attempt == 1, "while it lives, its lease is prolonged"
        victim.kill()
        assert victim.wait() == -signal.SIGKILL
    until(lambda: written(sessions) == ["loom"])
    other.stop()
    row = job(sessions, "carve", "loom")
    assert (row.state, row.attempt) == (JobState.DONE, 2)
