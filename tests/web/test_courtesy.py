"""Visitors first: bodies that come in wait the longer, the more visitors are answered meanwhile."""

import asyncio
import io

from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.types import Message

from exhibit_api.errors import TooLarge
from exhibit_api.web.courtesy import LEAST, LONGEST_WAIT, LOOK_SECONDS, PRODUCT, Courtesy
from exhibit_api.web.uploads import Allowance, receive

MEGABYTE = 1 << 20


class Day:
    """A clock that is turned by hand, and visitors who are answered while it goes."""

    def __init__(self, answers_a_second: float) -> None:
        self.now = 1000.0
        self._rate = answers_a_second

    def courtesy(self) -> Courtesy:
        return Courtesy(lambda: int((self.now - 1000) * self._rate), lambda: self.now)

    def taken_in(self, seconds: float, bodies: int = 1) -> float:
        """Bytes that so many bodies may bring in that time; nothing else holds them up."""
        courtesy, taken = self.courtesy(), 0
        self.now += LOOK_SECONDS
        free = [self.now] * bodies
        end = self.now + seconds
        while (at := min(free)) < end:
            self.now = at
            body = free.index(at)
            free[body] = at + max(courtesy.wait_after(MEGABYTE), 1e-4)
            taken += MEGABYTE
        return taken


@given(size=st.integers(0, 1 << 40), passed=st.floats(0, 1e6))
def test_where_nobody_visits_no_body_waits(size: int, passed: float) -> None:
    day = Day(0)
    courtesy = day.courtesy()
    day.now += passed
    assert courtesy.wait_after(size) == 0


@given(rate=st.floats(1, 1e6), size=st.integers(0, 1 << 40))
def test_no_body_waits_so_long_that_its_sender_is_taken_for_dead(rate: float, size: int) -> None:
    day = Day(rate)
    courtesy = day.courtesy()
    day.now += LOOK_SECONDS
    assert 0 <= courtesy.wait_after(size) <= LONGEST_WAIT + 1e-6


@given(rate=st.floats(1_000, 200_000), bodies=st.integers(1, 30))
def test_bodies_share_what_visitors_leave_and_always_have_a_little(rate: float, bodies: int) -> None:
    allowed = max(PRODUCT / rate, LEAST)
    taken = Day(rate).taken_in(20, bodies) / 20
    on_their_way = bodies * MEGABYTE / 20
    assert 0.9 * allowed <= taken <= 1.1 * allowed + on_their_way


def test_when_the_visitors_have_gone_nobody_waits_any_more() -> None:
    answered, now = 0, 0.0
    courtesy = Courtesy(lambda: answered, lambda: now)
    answered, now = 10_000, 1.0
    assert courtesy.wait_after(MEGABYTE) > 0
    now = 3.0
    assert courtesy.wait_after(MEGABYTE) == 0


def test_who_has_sent_everything_waits_for_nobody() -> None:
    day = Day(1e9)
    app = Starlette()
    app.state.courtesy = day.courtesy()
    day.now += LOOK_SECONDS
    assert app.state.courtesy.wait_after(1 << 40) > LONGEST_WAIT / 2, "the line is long"

    async def whole() -> Message:
        return {"type": "http.request", "body": b"A small picture", "more_body": False}

    async def send() -> int:
        request = Request({"type": "http", "method": "PUT", "headers": [], "app": app}, whole)
        allowance = Allowance(MEGABYTE, TooLarge("too large"))
        return (await asyncio.wait_for(receive(request, io.BytesIO(), allowance), LONGEST_WAIT / 2)).bytes

    assert asyncio.run(send()) == 15
