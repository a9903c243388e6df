"""How long a start takes: `uv run python bench/start.py [--rounds 3]`.

Seconds from `exhibit demo` to "ready", the first time and again over the same data; from `exhibit serve` to its first answer; and the
memory of an idle instance. `python -c pass` in the same run is the baseline that the machine's noise is judged by.
Aims: second start under 3 s; `exhibit serve` ≤ 0.5 s to the first answer; idle ≤ 60 MB.
"""

import argparse
import contextlib
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.measure import ROOT, free_port

EXHIBIT = [sys.executable, "-m", "exhibit_api"]


def demo_seconds(data: str) -> float:
    """From the command to "ready"."""
    begun = time.perf_counter()
    command = [*EXHIBIT, "demo", "--port", "0", "--data", data]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("ready"):
                break
        seconds = time.perf_counter() - begun
        process.send_signal(signal.SIGTERM)
    return seconds


def serve_seconds(data: str) -> tuple[float, float]:
    """From the command to the first answer; and the proportional memory (PSS) of the idle instance in MB."""
    port = free_port()
    begun = time.perf_counter()
    environment = {**os.environ, "EXHIBIT_DATA": data}
    with subprocess.Popen(
        [*EXHIBIT, "serve", "--port", str(port)], env=environment, cwd=ROOT, stderr=subprocess.DEVNULL
    ) as process:
        while True:
            with (
                contextlib.suppress(OSError),
                urllib.request.urlopen(f"http://127.0.0.1:{port}/v1/halls/shanghai") as answer,
            ):
                answer.read()
                break
            time.sleep(0.002)
        seconds = time.perf_counter() - begun
        time.sleep(2)
        memory = pss(process.pid)
        process.send_signal(signal.SIGTERM)
    return seconds, memory


def pss(pid: int) -> float:
    """Proportional set size in MB."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024 / 1e6
    raise SystemExit("no Pss in /proc")


def python_seconds() -> float:
    """An empty Python, from start to end."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", "pass"], check=True)
    return time.perf_counter() - begun


def main() -> None:
    """Print medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as data:
        print(f"exhibit demo, first time   {demo_seconds(data):6.2f} s")
        found = [(python_seconds(), demo_seconds(data), *serve_seconds(data)) for _ in range(rounds)]
    bare, again, served, memory = (statistics.median(column) for column in zip(*found, strict=True))
    print(f"exhibit demo, second time  {again:6.2f} s   {again / bare:.0f} × an empty Python")
    print(f"exhibit serve, 1st answer  {served:6.2f} s   {served / bare:.0f} × an empty Python ({bare * 1000:.0f} ms)")
    print(f"exhibit serve, idle        {memory:6.0f} MB (PSS)")


if __name__ == "__main__":
    main()
