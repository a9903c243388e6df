"""How far an upload is, in lines, by a clock of the test's own."""

from dataclasses import dataclass, field

import pytest

from exhibit_api.sending.lines import Lines, told_seconds


@dataclass
class Log:
    """A log, and its clock."""

    seconds: float = 0.0
    said: list[str] = field(default_factory=list)

    def clock(self) -> float:
        return self.seconds


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def lines(log: Log) -> Lines:
    return Lines("a.glb", log.said.append, log.clock)


def test_a_tenth_is_a_line_and_less_is_none(log: Log, lines: Lines) -> None:
    for done in range(0, 1001, 10):
        log.seconds += 1
        lines("send", done * 1000, 1_000_000, in_bytes=True)
    assert len(log.said) == 11
    assert log.said[0] == "a.glb: send 0 bytes of 1.0 MB (0%)"
    assert log.said[5] == "a.glb: send 500.0 kB of 1.0 MB (50%), 10.0 kB/s, 50 s left"
    assert log.said[-1] == "a.glb: send 1.0 MB of 1.0 MB (100%), 10.0 kB/s, 0 s left"


def test_what_had_arrived_before_does_not_make_it_faster(log: Log, lines: Lines) -> None:
    lines("send", 500_000, 1_000_000, in_bytes=True)
    log.seconds += 10
    lines("send", 600_000, 1_000_000, in_bytes=True)
    assert log.said[-1] == "a.glb: send 600.0 kB of 1.0 MB (60%), 10.0 kB/s, 40 s left"


def test_what_is_not_counted_in_bytes_has_one_line(log: Log, lines: Lines) -> None:
    for step in range(5):
        lines("process webxr-mobile", step, 10, in_bytes=False)
    assert log.said == ["a.glb: process webxr-mobile"]


@pytest.mark.parametrize(
    ("seconds", "told"), [(0.2, "0 s"), (59.4, "59 s"), (200, "3 min 20 s"), (7500, "2 h 5 min"), (90000, "25 h 0 min")]
)
def test_time_is_told_as_people_say_it(seconds: float, told: str) -> None:
    assert told_seconds(seconds) == told
