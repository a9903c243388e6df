"""Blobs against nginx with sendfile: 1 MB, 100 MB and 1 GB, whole and by ranges of 1 MB.

    uv run python bench/blobs.py [--rounds N] [--seconds S] [--data DIR]

DIR is where the files are made (2 GB, in a folder that is removed again). Aims against nginx: CPU at most 1.2, MB/s at
least 0.8.
"""

import argparse
import contextlib
import hashlib
import os
import socket
import tempfile
import time
from pathlib import Path

import measure

MEGA = 1 << 20
SIZES = {"1 MB": MEGA, "100 MB": 100 * MEGA, "1 GB": 1024 * MEGA}


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--data", type=Path, help="where to make the files; by default the system's temporary folder")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seconds", type=int, default=3)
    chosen = options.parse_args()
    measure.require("nginx", "wrk")
    with tempfile.TemporaryDirectory(dir=chosen.data) as made:
        store = Path(made)
        paths = {name: blob(store, size) for name, size in SIZES.items()}
        with contextlib.ExitStack() as stack:
            targets = [
                stack.enter_context(measure.nginx(store / "public")),
                stack.enter_context(measure.ours("protocol", store, protocol=True)),
                stack.enter_context(measure.ours("front", store, protocol=False)),
            ]
            print(f"{'case':<24}{'target':<10}{'MB/s':>9}{'CPU s/GB':>10}   {'CPU ÷ nginx':<20}{'MB/s ÷ nginx':<20}")
            for name, path in paths.items():
                compare(f"{name} whole", targets, path, None, chosen.rounds, chosen.seconds)
                if SIZES[name] > MEGA:
                    compare(f"1 MB of {name}", targets, path, "bytes=4194304-5242879", chosen.rounds, chosen.seconds)


def compare(case: str, targets: list[measure.Target], path: str, part: str | None, rounds: int, seconds: int) -> None:
    """One case, all targets, against the first. Large files are read by a plain socket, small ones by wrk."""
    headers = {"Range": part} if part else {}

    def run(target: measure.Target) -> measure.Run:
        if case.startswith("1 MB"):
            return measure.wrk(target, path, headers, 1, seconds)
        return download(target, path, seconds)

    for target in targets:
        measure.probe(target, path, headers, 206 if part else 200, content_type="model/gltf-binary")
    found = measure.rounds(rounds, targets, run)
    for target in targets:
        name = target.name
        rate = measure.median(found, name, lambda run: run.bytes / run.seconds / 1e6)
        cpu = measure.median(found, name, lambda run: run.cpu_seconds / run.bytes * 1e9)
        by_cpu = measure.ratio(found, name, targets[0].name, lambda run: run.cpu_seconds / run.bytes)
        by_rate = measure.ratio(found, name, targets[0].name, lambda run: run.bytes / run.seconds)
        aim = "aims ≤ 1.2, ≥ 0.8" if name == "protocol" else ""
        print(f"{case:<24}{name:<10}{rate:>9,.0f}{cpu:>10.3f}   {by_cpu:<20}{by_rate:<20}{aim}", flush=True)


def download(target: measure.Target, path: str, seconds: float) -> measure.Run:
    """Read the file over and over on one connection, for at least so long."""
    buffer = memoryview(bytearray(MEGA))
    before, began = measure.cpu_seconds(target.process.pid), time.monotonic()
    requests = total = 0
    with socket.create_connection(("127.0.0.1", target.port), 60) as line:
        while time.monotonic() - began < seconds:
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            head = b""
            while b"\r\n\r\n" not in head:
                head += line.recv(65536)
            fields, _, body = head.partition(b"\r\n\r\n")
            left = int(fields.lower().split(b"content-length: ")[1].split(b"\r\n")[0]) - len(body)
            total += left + len(body)
            while left:
                left -= line.recv_into(buffer, min(left, MEGA))
            requests += 1
    spent = measure.cpu_seconds(target.process.pid) - before
    return measure.Run(requests, time.monotonic() - began, spent, total)


def blob(store: Path, size: int) -> str:
    """A file of so many bytes in the store; returns its path. Its name is made up: nobody checks it here."""
    file = store / "public" / "blobs" / f"{hashlib.sha256(str(size).encode()).hexdigest()}.glb"
    file.parent.mkdir(parents=True, exist_ok=True)
    chunk = os.urandom(MEGA)
    with file.open("wb") as out:
        for _ in range(size // MEGA):
            out.write(chunk)
    return f"/{file.relative_to(store)}"


if __name__ == "__main__":
    main()
