"""Becomes a tool under caps: `python -I -S launch.py PARENT FOLDER CAPS COMMAND…`; standard library only, told no module path.

It is run for the time between the worker's fork and the tool's exec, because Python offers no other safe place there: a
`preexec_fn` may deadlock in a process with threads.
"""

import os
import signal
import sys
from contextlib import suppress

NICENESS = 10  # requests come first
OPEN_FILES = 256
GRACE = 5  # CPU seconds between SIGXCPU and SIGKILL
PR_SET_PDEATHSIG = 1


def die_with(parent: int) -> None:
    """Ask the kernel to kill this process when its parent dies, kill -9 included; Linux only.

    The kernel watches the *thread* that started this process. The thread that runs a job waits for its child, so it
    lives as long as the child does.
    """
    with suppress(ImportError, OSError, AttributeError):
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit("the worker died before its tool began")


def limit(*, memory: int, cpu: int, file_size: int) -> None:
    """Caps on memory and the size of each file in bytes, and on CPU seconds; no core dumps.

    Memory is RLIMIT_DATA: RLIMIT_AS counts what WebAssembly reserves and never touches.
    """
    try:
        import resource
    except ImportError:
        return
    caps = (
        ("RLIMIT_DATA", memory, memory),
        ("RLIMIT_CPU", cpu, cpu + GRACE),
        ("RLIMIT_FSIZE", file_size, file_size),
        ("RLIMIT_NOFILE", OPEN_FILES, OPEN_FILES),
        ("RLIMIT_CORE", 0, 0),
    )
    for name, soft, hard in caps:
        with suppress(AttributeError, ValueError, OSError):  # macOS has no such limit, or a lower one already
            resource.setrlimit(getattr(resource, name), (soft, hard))


def main(parent: str, folder: str, caps: str, *command: str) -> None:
    die_with(int(parent))
    memory, cpu, file_size = map(int, caps.split(","))
    for ignored in (signal.SIGXFSZ, signal.SIGPIPE):  # Python ignores them, and what it starts would too
        signal.signal(ignored, signal.SIG_DFL)
    os.nice(NICENESS)
    os.chdir(folder)
    limit(memory=memory, cpu=cpu, file_size=file_size)
    os.execve(command[0], list(command), os.environ)  # noqa: S606 - the command is ours, without a shell


if __name__ == "__main__":
    main(*sys.argv[1:])
