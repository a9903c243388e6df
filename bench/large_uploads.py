"""Large models in parts: `uv run python -m bench.large_uploads [--rounds 3] [--megabytes 1000] [--seconds 5]`.

A GLB by `exhibit upload` to a folder, and to OpenStack Swift (as the tests start it, in memory where there is room), against
`aws s3 cp` to the same Swift and `cp` + fsync to the same disk, in the same rounds. "sent" is until the service has said that all parts
are there, which is where `aws s3 cp` ends; "done" until the job has joined, hashed and examined them. The command's start and its own
hashing, beside the sending, stand in both. CPU is that of `exhibit serve --workers 0`, which signs or takes in, and of a worker, which
receives; what the service takes in as many seconds without any upload is told beside it, and stands in it.

Then the rate at which the published manifest is read while twenty uploads run, against the rate at rest: at 10 Mbit/s each, and as fast as
they can; and while the same twenty go to another service on the same machine, for what they cost anybody here.

Aims: sent no later than by `aws s3 cp`; a folder at least at half the speed of `cp` + fsync; memory flat (< 64 MiB more at its peak);
on S3 less than 0.1 CPU seconds a gigabyte for the requests; reads under twenty uploads >= 80 % of those at rest.
"""

import argparse
import contextlib
import hashlib
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.measure import ROOT, Target, free_port, require, started, wrk
from bench.service import Service
from bench.upload import BLOCK, furnish, peak_memory, write_glb
from exhibit_api.storage.s3 import S3Store
from tests.servers.swift import ACCESS_KEY, SECRET_KEY, Swift, swift

UPLOADS = 20
REST_SECONDS = 10
BAD_LINE = 10e6 / 8
EXHIBIT = [sys.executable, "-m", "exhibit_api"]
AWS = ["uv", "tool", "run", "--from", "awscli", "aws"]


@dataclass(frozen=True)
class Whole:
    """A service, and its worker in a process of its own."""

    service: Service
    worker: "subprocess.Popen[bytes]"

    @property
    def pids(self) -> tuple[int, int]:
        return self.service.target.process.pid, self.worker.pid


@dataclass(frozen=True)
class Sent:
    """One upload: seconds until it was sent and done, CPU seconds of requests and of the job, those of the service in as long a time
    at rest, and the growth of memory in bytes."""

    sent: float
    done: float
    requests: float
    job: float
    rest: float
    memory: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--parallel", type=int, default=4)
    parser.add_argument("--only", choices=["speed", "reads"])
    chosen = parser.parse_args()
    require("uv", "wrk")
    with tempfile.TemporaryDirectory() as scratch, swift() as server, contextlib.ExitStack() as stack:
        bucket = bucket_of(server)
        folder = stack.enter_context(whole(Path(scratch) / "folder", {}))
        on_s3 = stack.enter_context(whole(Path(scratch) / "s3", bucket))
        if chosen.only != "reads":
            compare_speed(folder, on_s3, server, Path(scratch), chosen.megabytes, chosen.rounds, chosen.parallel)
        if chosen.only != "speed":
            for name, measured, other in (("folder", folder, on_s3), ("Swift", on_s3, folder)):
                compare_reads(name, measured.service, other.service, chosen.rounds, chosen.seconds)


def bucket_of(server: Swift) -> dict[str, str]:
    """A new bucket there, as settings of the service."""
    store = S3Store("bench", **server.options("http"))
    store.create_bucket_if_missing()
    store.close()
    return {
        "EXHIBIT_STORE_URL": "s3://bench/exhibits",
        "EXHIBIT_S3_ENDPOINT_URL": server.http,
        "EXHIBIT_S3_REGION": "us-east-1",
        "EXHIBIT_S3_ACCESS_KEY": ACCESS_KEY,
        "EXHIBIT_S3_SECRET_KEY": SECRET_KEY,
    }


@contextlib.contextmanager
def whole(data: Path, settings: Mapping[str, str]) -> Iterator[Whole]:
    """A service with these settings and its worker, furnished."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("EXHIBIT_")}
    environment |= {"EXHIBIT_DATA": str(data), "PYTHONPATH": str(ROOT), "EXHIBIT_MAX_MODEL_BYTES": str(4 << 30)}
    environment |= settings
    token = subprocess.run([*EXHIBIT, "token"], env=environment, check=True, capture_output=True, text=True)
    port = free_port()
    command = [*EXHIBIT, "serve", "--workers", "0", "--port", str(port)]
    with started("exhibit serve", ["env", *(f"{k}={v}" for k, v in environment.items()), *command], port) as target:
        service = Service(target, data, token.stdout.strip())
        furnish(service)
        for number in range(4, UPLOADS):
            label = {"zh-Hans": "台架", "en": "Bench"}
            service.call("PUT", f"/v1/exhibits/bench-{number}", {"organisation": "bench", "label": label, "alt": label})
        worker = subprocess.Popen([sys.executable, "-m", "bench.receiver"], env=environment, cwd=ROOT)
        try:
            yield Whole(service, worker)
        finally:
            worker.terminate()
            worker.wait(30)


def compare_speed(
    folder: Whole, on_s3: Whole, server: Swift, scratch: Path, megabytes: int, rounds: int, parallel: int
) -> None:
    """Seconds, CPU and memory of one model, and the same file by `aws s3 cp` and by `cp`."""
    file, found = scratch / "model.glb", list[dict[str, float]]()
    sent: dict[str, list[Sent]] = {"folder": [], "Swift": []}
    for salt in range(rounds):
        write_glb(file, megabytes, 9_000_000 + salt)
        os.sync()
        one = {"cp + fsync": copied(file, scratch / "copy.glb"), "aws s3 cp": by_aws(file, server)}
        for name, where in (("folder", folder), ("Swift", on_s3)):
            sent[name].append(upload(where, file, parallel))
            one |= {f"{name} sent": sent[name][-1].sent, f"{name} done": sent[name][-1].done}
        found.append(one)
        print("  " + ", ".join(f"{what} {seconds:.1f} s" for what, seconds in one.items()), flush=True)
    print(
        f"{megabytes} MB, medians of {rounds} rounds; SHA-256 alone costs {hashing():.2f} CPU s/GB on this machine now"
    )
    for what, base in (("folder sent", "cp + fsync"), ("folder done", "cp + fsync"), ("Swift sent", "aws s3 cp")):
        ratios = sorted(one[base] / one[what] for one in found)
        print(
            f"  {what}: {statistics.median(ratios):.2f} x the speed of {base} [{ratios[0]:.2f}-{ratios[-1]:.2f}]"
            f" ({megabytes / statistics.median(one[what] for one in found):.0f} MB/s)"
        )
    for name, runs in sent.items():
        columns = zip(*((r.requests, r.rest, r.job) for r in runs), strict=True)
        requests, rest, job = (statistics.median(column) * 1000 / megabytes for column in columns)
        print(
            f"  {name}: CPU {requests:.3f} s/GB for the requests ({rest:.3f} as at rest), {job:.2f} s/GB for the job;"
            f" memory +{max(run.memory for run in runs) / (1 << 20):.0f} MiB at its peak, both processes"
        )


def upload(where: Whole, file: Path, parallel: int) -> Sent:
    """Send the file by the command, and wait until it is the exhibit's model."""
    at_rest = -cpu_seconds(where.pids[0])
    time.sleep(REST_SECONDS)
    at_rest = (at_rest + cpu_seconds(where.pids[0])) / REST_SECONDS
    before, cpu = memory_now(where.pids), [cpu_seconds(pid) for pid in where.pids]
    command = [*EXHIBIT, "upload", str(file), "--exhibit", "bench-0", "--no-follow", "--parallel", str(parallel)]
    environment = os.environ | {
        "EXHIBIT_SERVER": where.service.target.address(""),
        "EXHIBIT_TOKEN": where.service.token,
        "PYTHONPATH": str(ROOT),
    }
    began, sent = time.monotonic(), 0.0
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        said.append(line)
        if not sent and ("by the service" in line or "waits for" in line):
            sent = time.monotonic() - began
    done = time.monotonic() - began
    if process.wait() != 0:
        raise SystemExit(f"{process.stdout.read() if process.stdout else ''}{''.join(said)}")
    time.sleep(1)  # what the service does after its last answer counts too
    requests, job = (cpu_seconds(pid) - at for pid, at in zip(where.pids, cpu, strict=True))
    rest = at_rest * (time.monotonic() - began)
    return Sent(sent or done, done, requests, job, rest, sum(map(peak_memory, where.pids)) - before)


def hashing() -> float:
    """CPU seconds to hash a gigabyte, once: the command, the service where the store is a folder, and the job do it once each."""
    digest, began = hashlib.sha256(), time.process_time()
    for _ in range(200):
        digest.update(BLOCK)
    return (time.process_time() - began) * 1e9 / (200 * len(BLOCK))


def cpu_seconds(pid: int) -> float:
    """CPU time of a process with all threads that it has had, to a hundredth."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def memory_now(pids: Sequence[int]) -> int:
    """What the processes hold; their peaks begin anew."""
    for pid in pids:
        Path(f"/proc/{pid}/clear_refs").write_text("5")
    return sum(map(peak_memory, pids))


def copied(source: Path, target: Path) -> float:
    """Seconds for a copy that is on the disk."""
    began = time.monotonic()
    subprocess.run(["cp", str(source), str(target)], check=True)
    with target.open("rb") as file:
        os.fsync(file.fileno())
    seconds = time.monotonic() - began
    target.unlink()
    return seconds


def by_aws(source: Path, server: Swift) -> float:
    """Seconds that `aws s3 cp` takes."""
    keys = {"AWS_ACCESS_KEY_ID": ACCESS_KEY, "AWS_SECRET_ACCESS_KEY": SECRET_KEY, "AWS_DEFAULT_REGION": "us-east-1"}
    command = [*AWS, "--endpoint-url", server.http, "s3"]
    subprocess.run([*AWS, "--version"], check=True, capture_output=True)  # that it is installed is not measured
    began = time.monotonic()
    subprocess.run(
        [*command, "cp", "--only-show-errors", str(source), "s3://bench/aws"], env=os.environ | keys, check=True
    )
    seconds = time.monotonic() - began
    subprocess.run([*command, "rm", "--only-show-errors", "s3://bench/aws"], env=os.environ | keys, check=True)
    return seconds


def compare_reads(name: str, measured: Service, other: Service, rounds: int, seconds: int) -> None:
    """How many manifests a second are read while uploads run, there and elsewhere on this machine, against none."""
    digest = measured.call("GET", "/v1/halls/bench")["manifest"]["sha256"]
    path = f"/public/manifests/{digest}.json"

    def rate(target: Target) -> float:
        return wrk(target, path, {"Accept-Encoding": "br"}, connections=4, seconds=seconds).rate

    for how, speed in (("at 10 Mbit/s each", BAD_LINE), ("as fast as they can", 0.0)):
        here, elsewhere, idle = [], [], []
        for _ in range(rounds):
            idle.append(rate(measured.target))
            with sending(measured, speed):
                here.append(rate(measured.target) / idle[-1])
            with sending(other, speed):
                elsewhere.append(rate(measured.target) / idle[-1])
        print(
            f"  reads on {name} while {UPLOADS} uploads come in {how}: {statistics.median(here):.2f} x the rate at rest"
            f" [{min(here):.2f}-{max(here):.2f}]; while they go to the other service {statistics.median(elsewhere):.2f}"
            f" ({statistics.median(idle):.0f}/s at rest)",
            flush=True,
        )


@contextlib.contextmanager
def sending(service: Service, speed: float) -> Iterator[None]:
    """Twenty uploads are under way."""
    command = [
        sys.executable,
        "-m",
        "bench.trickle",
        service.target.address(""),
        service.token,
        str(UPLOADS),
        str(speed),
    ]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    try:
        if process.stdout.readline() != b"sending\n":
            raise SystemExit("the uploads did not begin")
        time.sleep(2)
        yield
        if process.poll() is not None:
            raise SystemExit("the uploads ended")
    finally:
        process.kill()
        process.communicate()
        for one in service.call("GET", "/v1/uploads?state=open&limit=200")["items"]:
            service.call("DELETE", f"/v1/uploads/multipart/{one['id']}")


if __name__ == "__main__":
    main()
