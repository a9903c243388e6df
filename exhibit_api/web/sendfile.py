"""A part of a file to a socket by the kernel (`sendfile`), without a copy in Python and without blocking the event loop.

As nginx does it: send until the socket is full, wait until it drains, go on. What lies in memory (the page cache) is sent
from the loop itself, in bursts no longer than one request of the framework; what must come from the disk is sent from a
thread. A thread is held only while it reads, never while a slow client takes its time.
"""

import asyncio
import os
import socket as sockets
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

BURST = 2 << 20
"""Bytes sent from the loop before others have their turn, as in nginx: some 100 µs."""

PROBE = 1 << 20
"""Distance in bytes between the places where a file is asked whether it is in memory."""

STALLED_SECONDS = 60.0
"""How long a client may take nothing; nginx waits as long."""

AVAILABLE = sys.platform == "linux" and hasattr(os, "RWF_NOWAIT")

MSG_MORE = getattr(sockets, "MSG_MORE", 0)

_BYTE = (bytearray(1),)  # written by every probe, read by none

_disk = ThreadPoolExecutor(4, thread_name_prefix="disk")


class Sending:
    """A head, then the bytes of a file from `start` up to `stop`, on their way to a non-blocking socket.

    It owns the socket and the file's descriptor, and closes them before it calls `done`: with None, or with what went
    wrong (the client is gone, takes nothing for a minute, or the file ends too early). `done` may be called from within
    `begin`.
    """

    def __init__(
        self,
        socket: sockets.socket,
        file: int,
        start: int,
        stop: int,
        done: Callable[[OSError | None], None],
        head: bytes = b"",
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._socket = socket
        self._number = socket.fileno()
        self._head = head
        self._file = file
        self._start = start
        self._stop = stop
        self._done = done
        self._watching = self._in_thread = self._moved = self._ended = False
        self._stalled: asyncio.TimerHandle | None = None

    def begin(self) -> None:
        """Send what the socket takes now; the rest follows by itself."""
        self._burst()
        if not self._ended:
            self._stalled = self._loop.call_later(STALLED_SECONDS, self._look_whether_stalled)

    def abandon(self) -> None:
        """Send no more."""
        self._end(ConnectionAbortedError("the answer was given up"))

    def _burst(self) -> None:
        if self._head and not self._head_sent():
            return
        asked = min(BURST, self._stop - self._start)
        if not _in_memory(self._file, self._start, self._start + asked):
            self._watch(False)
            self._in_thread = True
            sending = self._loop.run_in_executor(_disk, os.sendfile, self._number, self._file, self._start, asked)
            sending.add_done_callback(self._from_thread)
            return
        try:
            self._advance(os.sendfile(self._number, self._file, self._start, asked))
        except BlockingIOError:
            self._watch(True)
        except OSError as error:
            self._end(error)

    def _head_sent(self) -> bool:
        """Send what is left of the head, in one packet with the first bytes of the file if they come at once."""
        try:
            self._head = self._head[self._socket.send(self._head, MSG_MORE) :]
        except BlockingIOError:
            pass
        except OSError as error:
            self._end(error)
            return False
        if self._head:
            self._watch(True)
        return not self._head

    def _from_thread(self, sending: "asyncio.Future[int]") -> None:
        self._in_thread = False
        if self._ended:
            self._close()
            return
        try:
            self._advance(sending.result())
        except BlockingIOError:
            self._watch(True)
        except OSError as error:
            self._end(error)

    def _advance(self, sent: int) -> None:
        if not sent and self._start < self._stop:
            raise OSError(f"the file ends at {self._start} bytes, {self._stop} were expected")
        self._start += sent
        self._moved = True
        if self._start == self._stop:
            self._end(None)
        else:
            self._watch(True)

    def _watch(self, wanted: bool) -> None:
        """Be called for the next burst whenever the socket takes bytes, or no more."""
        if wanted and not self._watching:
            self._loop.add_writer(self._number, self._burst)
        elif self._watching and not wanted:
            self._loop.remove_writer(self._number)
        self._watching = wanted

    def _look_whether_stalled(self) -> None:
        if not self._moved:
            self._end(TimeoutError(f"the client took nothing for {STALLED_SECONDS:.0f} s"))
            return
        self._moved = False
        self._stalled = self._loop.call_later(STALLED_SECONDS, self._look_whether_stalled)

    def _end(self, error: OSError | None) -> None:
        if self._ended:
            return
        self._ended = True
        self._watch(False)
        if self._stalled is not None:
            self._stalled.cancel()
        if not self._in_thread:  # else the thread still has the descriptors
            self._close()
        self._done(error)

    def _close(self) -> None:
        self._socket.close()
        os.close(self._file)


def _in_memory(file: int, start: int, stop: int) -> bool:
    """Whether the bytes seem to be in the page cache: a few are asked for, on the condition that nothing is waited for."""
    try:
        for place in range(start, stop, PROBE):
            os.preadv(file, _BYTE, place, os.RWF_NOWAIT)
        os.preadv(file, _BYTE, stop - 1, os.RWF_NOWAIT)
    except OSError:
        return False  # not in memory, or a file system that cannot tell
    return True
