"""Uploads against nginx: `uv run python bench/upload.py [--rounds 3] [--sizes 100 1000]`.

A raw PUT of a GLB to `exhibit serve` (hashed, examined, entered, on disk with fsync) against nginx' DAV PUT plus `sha256sum` of what it
wrote, in the same rounds: CPU seconds a gigabyte, and how much the service's memory grows. Then the published manifest's p99 while four
uploads run, against nginx serving the same file under the same four uploads. Aims: CPU ≤ 1.25 ×, growth < 64 MiB, p99 ≤ 2 ×.
"""

import argparse
import contextlib
import os
import resource
import statistics
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.measure import Target, cpu_seconds, nginx, require, wrk
from bench.service import Service, service

MEGA = 1_000_000
BLOCK = os.urandom(MEGA)
FLOOR = [[-5, -5], [5, -5], [5, 5], [-5, 5]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 1000], help="megabytes")
    chosen = parser.parse_args()
    require("nginx", "wrk", "curl", "sha256sum")
    with (
        tempfile.TemporaryDirectory() as scratch,
        service() as ours,
        nginx(public_of(ours), puts=Path(scratch)) as base,
    ):
        furnish(ours)
        for size in chosen.sizes:
            compare(ours, base, Path(scratch), size, chosen.rounds)
        compare_reads(ours, base, Path(scratch), chosen.rounds)


def public_of(ours: Service) -> Path:
    """The folder that both serve."""
    folder = ours.data / "store" / "public"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def furnish(ours: Service) -> None:
    """A small published hall, to be read while models come in."""
    label = {"zh-Hans": "台架", "en": "Bench"}
    ours.call("PUT", "/v1/organisations/bench", {"label": label})
    ours.call("PUT", "/v1/exhibitions/bench", {"organisation": "bench", "label": label})
    hall = {"organisation": "bench", "exhibition": "bench", "label": label, "space": {"floor": FLOOR}}
    ours.call("PUT", "/v1/halls/bench", hall)
    for i in range(4):
        ours.call("PUT", f"/v1/exhibits/bench-{i}", {"organisation": "bench", "label": label, "alt": label})
    ours.call("POST", "/v1/halls/bench/editions")


def write_glb(path: Path, megabytes: int, salt: int) -> None:
    """A valid GLB of so many megabytes whose bytes nobody has seen: one triangle, and a long buffer."""
    length = megabytes * MEGA
    document = (
        b'{"asset":{"version":"2.0"},"buffers":[{"byteLength":%d}],"bufferViews":[{"buffer":0,"byteLength":36}],'
        b'"accessors":[{"bufferView":0,"componentType":5126,"count":3,"type":"VEC3","min":[0,0,0],"max":[1,1,0]}],'
        b'"meshes":[{"primitives":[{"attributes":{"POSITION":0}}]}],"nodes":[{"mesh":0}],"scenes":[{"nodes":[0]}],"scene":0}'
    ) % length
    document += b" " * (-len(document) % 4)
    with path.open("wb") as file:
        file.write(struct.pack("<4sIIII", b"glTF", 2, 28 + len(document) + length, len(document), 0x4E4F534A))
        file.write(document + struct.pack("<II", length, 0x004E4942))
        file.write(struct.pack("<9f", 0, 0, 0, 1, 0, 0, 0, 1, 0) + struct.pack("<I", salt) + BLOCK[40:])
        for _ in range(megabytes - 1):
            file.write(BLOCK)


def send(address: str, path: Path, token: str = "") -> None:
    """One upload by curl. Leaves where it fails."""
    command = ["curl", "-sS", "--fail-with-body", "-o", "/dev/null", "-T", str(path), address]
    subprocess.run(command + (["-H", f"Authorization: Bearer {token}"] if token else []), check=True)


def compare(ours: Service, base: Target, scratch: Path, size: int, rounds: int) -> None:
    """CPU a gigabyte and memory of one size."""
    ratios, spent, file = [], [], scratch / "model.glb"
    before = peak_memory(ours.target.process.pid)
    for salt in range(rounds):
        write_glb(file, size, salt + size * 1000)
        at = cpu_seconds(base.process.pid)
        send(base.address("/put/model.glb"), file)
        nginx_cpu = cpu_seconds(base.process.pid) - at
        at = (
            resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
            + resource.getrusage(resource.RUSAGE_CHILDREN).ru_stime
        )
        subprocess.run(["sha256sum", str(scratch / "put" / "model.glb")], check=True, stdout=subprocess.DEVNULL)
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        nginx_cpu += used.ru_utime + used.ru_stime - at
        at = cpu_seconds(ours.target.process.pid)
        send(ours.target.address("/v1/exhibits/bench-0/model"), file, ours.token)
        our_cpu = cpu_seconds(ours.target.process.pid) - at
        ratios.append(our_cpu / nginx_cpu)
        spent.append((our_cpu / size * 1000, nginx_cpu / size * 1000))
        (scratch / "put" / "model.glb").unlink()
    growth = (peak_memory(ours.target.process.pid) - before) / (1 << 20)
    mine, theirs = (statistics.median(column) for column in zip(*spent, strict=True))
    print(
        f"upload {size:>5} MB  CPU {statistics.median(ratios):.2f} × nginx+sha256sum [{min(ratios):.2f}–{max(ratios):.2f}]"
        f"  ({mine:.2f} against {theirs:.2f} CPU s/GB)  memory +{growth:.0f} MiB at its peak"
    )


def compare_reads(ours: Service, base: Target, scratch: Path, rounds: int) -> None:
    """The manifest's p99 while four models come in."""
    pointer = ours.call("GET", "/v1/halls/bench")
    path = f"/public/manifests/{pointer['manifest']['sha256']}.json"
    files = [scratch / f"model-{i}.glb" for i in range(4)]
    ratios = []
    for salt in range(rounds):
        for i, file in enumerate(files):
            write_glb(file, 100, 5_000_000 + salt * 10 + i)
        p99 = {}
        for target, put, token in (
            (base, "/put/{}.glb", ""),
            (ours.target, "/v1/exhibits/bench-{}/model", ours.token),
        ):
            with uploading([(target.address(put.format(i)), file, token) for i, file in enumerate(files)]):
                p99[target.name] = wrk(target, path, {"Accept-Encoding": "br"}, connections=1, seconds=2).p99
        ratios.append(p99[ours.target.name] / p99[base.name])
        print(
            f"  p99 of the manifest under four uploads: {p99[ours.target.name]:.0f} µs, nginx {p99[base.name]:.0f} µs"
        )
    print(f"p99 under uploads {statistics.median(ratios):.2f} × nginx [{min(ratios):.2f}–{max(ratios):.2f}]")


@contextlib.contextmanager
def uploading(jobs: list[tuple[str, Path, str]]) -> Iterator[None]:
    """Keep sending these files, 60 MB a second each, until the block ends."""
    running = []
    for address, file, token in jobs:
        loop = f'while true; do curl -sS -o /dev/null --limit-rate 60M -T "{file}" "{address}"'
        loop += f' -H "Authorization: Bearer {token}"' if token else ""
        running.append(subprocess.Popen(["bash", "-c", loop + "; done"], start_new_session=True))
    try:
        yield
    finally:
        for process in running:
            os.killpg(process.pid, 9)
            process.wait()


def peak_memory(pid: int) -> int:
    """The most memory that the process has held, in bytes."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    raise SystemExit("no VmHWM in /proc")


if __name__ == "__main__":
    main()
