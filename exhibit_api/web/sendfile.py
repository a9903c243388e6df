"""A part of a file to a socket by the kernel (`sendfile`), without a copy in Python and without blocking the event loop.

As nginx does it: send until the socket is full, wait until it drains, go on. What lies in memory (the page cache) is sent
from the loop itself, in bursts as short as one request of the framework; what must come from the disk is sent from a
thread. A thread is held only while it reads, never while a slow client takes its time.
"""

import asyncio
import os
import sys
from concurrent.futures import ThreadPoolExecutor

BURST = 1 << 20
"""Bytes sent from the loop before others have their turn: some 50 µs."""

PROBE = 256 << 10
"""Distance in bytes between the places where a file is asked whether it is in memory."""

STALLED_SECONDS = 60.0
"""How long a client may take nothing; nginx waits as long."""

AVAILABLE = sys.platform == "linux" and hasattr(os, "RWF_NOWAIT")

_disk = ThreadPoolExecutor(4, thread_name_prefix="disk")


async def send_part(socket: int, file: int, start: int, stop: int) -> None:
    """Send the bytes of `file` from `start` up to `stop` to a non-blocking socket, both as descriptors.

    The caller keeps both open until this returns. Raises OSError where the client is gone, takes nothing for a minute,
    or the file ends too early.
    """
    loop = asyncio.get_running_loop()
    while start < stop:
        asked = min(BURST, stop - start)
        try:
            if _in_memory(file, start, start + asked):
                sent = os.sendfile(socket, file, start, asked)
            else:
                sent = await _in_thread(loop, socket, file, start, asked)
            if not sent:
                raise OSError(f"the file ends at {start} bytes, {stop} were expected")
            start += sent
            if start < stop and sent == asked:
                await asyncio.sleep(0)
        except BlockingIOError:
            sent = 0
        if sent < asked:
            await _drained(loop, socket)


def _in_memory(file: int, start: int, stop: int) -> bool:
    """Whether the bytes seem to be in the page cache: a few are asked for, on the condition that nothing is waited for."""
    byte = bytearray(1)
    try:
        return all(os.preadv(file, (byte,), place, os.RWF_NOWAIT) for place in (*range(start, stop, PROBE), stop - 1))
    except OSError:
        return False  # not in memory, or a file system that cannot tell


async def _in_thread(loop: asyncio.AbstractEventLoop, socket: int, file: int, start: int, count: int) -> int:
    sending = loop.run_in_executor(_disk, os.sendfile, socket, file, start, count)
    try:
        return await asyncio.shield(sending)
    except asyncio.CancelledError:
        await asyncio.wait((sending,))  # the descriptors are the thread's until it is done
        raise


async def _drained(loop: asyncio.AbstractEventLoop, socket: int) -> None:
    """Wait until the socket takes bytes again. Raises TimeoutError, an OSError, after a minute."""
    drained = loop.create_future()

    def give_up() -> None:
        if not drained.done():
            drained.set_exception(TimeoutError(f"the client took nothing for {STALLED_SECONDS:.0f} s"))

    def go_on() -> None:
        if not drained.done():
            drained.set_result(None)

    loop.add_writer(socket, go_on)
    timer = loop.call_later(STALLED_SECONDS, give_up)
    try:
        await drained
    finally:
        timer.cancel()
        loop.remove_writer(socket)
