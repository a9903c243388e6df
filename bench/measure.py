"""What the benches share: servers under test, the CPU time of a process tree, wrk, and ratios within a round.

Absolute numbers depend on the machine and on what else it does, so everything is measured in rounds (A B C, A B C, …), and
what is printed is the median of the ratios within a round.
"""

import contextlib
import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen

ROOT = Path(__file__).resolve().parent.parent
MODULES = (Path("/usr/lib/nginx/modules"), Path("/usr/lib64/nginx/modules"))

HEADERS = """
      add_header Cache-Control "public, max-age=31536000, immutable";
      add_header Vary Accept-Encoding;
      add_header Access-Control-Allow-Origin *;
      add_header Access-Control-Expose-Headers "ETag, Content-Length, Content-Range, Accept-Ranges, Link";
      add_header Timing-Allow-Origin *;
      add_header Cross-Origin-Resource-Policy cross-origin;
      add_header X-Content-Type-Options nosniff;"""

PUTS = """
    location /put/ {{ root {folder}; dav_methods PUT; create_full_put_path on; client_max_body_size 0; }}"""

NGINX = """
load_module {modules}/ngx_http_brotli_static_module.so;
{user} worker_processes 1; pid {run}/nginx.pid; error_log {run}/nginx.err warn; daemon off;
events {{ worker_connections 4096; }}
http {{
  include /etc/nginx/mime.types; default_type application/octet-stream; types {{ model/gltf-binary glb; }}
  access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; keepalive_requests 10000000; keepalive_timeout 65;
  etag on; server_tokens off; open_file_cache max=1000 inactive=60s; open_file_cache_valid 60s;
  client_body_temp_path {run}/body; proxy_temp_path {run}/proxy; fastcgi_temp_path {run}/fastcgi;
  uwsgi_temp_path {run}/uwsgi; scgi_temp_path {run}/scgi;
  server {{
    listen 127.0.0.1:{port} backlog=4096;
    location /public/ {{ alias {public}/; gzip_static on; brotli_static on;{headers}
    }}{puts}
  }}
}}
"""

WRK = """
done = function(summary, latency)
  io.write(string.format('JSON{"requests":%d,"microseconds":%d,"bytes":%d,"errors":%d,"p50":%d,"p99":%d}\\n',
    summary.requests, summary.duration, summary.bytes,
    summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status + summary.errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
"""


@dataclass(frozen=True)
class Target:
    """A server under test: its name in the tables, its process, its port on 127.0.0.1."""

    name: str
    process: "subprocess.Popen[bytes]"
    port: int

    def address(self, path: str) -> str:
        """The URL of a path."""
        return f"http://127.0.0.1:{self.port}{path}"


@dataclass(frozen=True)
class Run:
    """One measurement: how many requests and bytes in how long, and the server's CPU time."""

    requests: int
    seconds: float
    cpu_seconds: float
    bytes: int = 0
    p50: float = 0
    p99: float = 0

    @property
    def rate(self) -> float:
        """Requests a second."""
        return self.requests / self.seconds

    @property
    def cpu_each(self) -> float:
        """CPU microseconds a request."""
        return 1e6 * self.cpu_seconds / self.requests


def require(*programs: str) -> None:
    """Leave with status 2 and a word of help where a program is missing."""
    missing = [name for name in programs if shutil.which(name, path=_path()) is None]
    if missing:
        print(
            f"{' and '.join(missing)} not found: apt-get install nginx libnginx-mod-http-brotli-static wrk",
            file=sys.stderr,
        )
        raise SystemExit(2)


def brotli_modules() -> Path:
    """The folder with nginx's brotli_static module; leaves with status 2 where there is none."""
    for folder in MODULES:
        if (folder / "ngx_http_brotli_static_module.so").exists():
            return folder
    print("nginx has no brotli_static: apt-get install libnginx-mod-http-brotli-static", file=sys.stderr)
    raise SystemExit(2)


@contextlib.contextmanager
def nginx(public: Path, puts: Path | None = None) -> Iterator[Target]:
    """nginx with one worker, sendfile and brotli_static over the folder, at `/public/`, with the headers that we send.

    With `puts`, a PUT to `/put/NAME` writes `put/NAME` in that folder.
    """
    modules, port = brotli_modules(), free_port()
    user = "user root;" if os.geteuid() == 0 else ""
    with tempfile.TemporaryDirectory() as run:
        config = Path(run) / "nginx.conf"
        config.write_text(
            NGINX.format(
                modules=modules,
                user=user,
                run=run,
                port=port,
                public=public,
                headers=HEADERS,
                puts=PUTS.format(folder=puts) if puts else "",
            )
        )
        command = [str(shutil.which("nginx", path=_path())), "-c", str(config), "-p", run]
        with started("nginx", command, port) as target:
            yield target


@contextlib.contextmanager
def ours(name: str, store: Path, *, protocol: bool) -> Iterator[Target]:
    """Our server over a store's folder: with the protocol class, or the ASGI app in front of FastAPI alone."""
    port = free_port()
    how = "protocol" if protocol else "front"
    command = [sys.executable, str(ROOT / "bench" / "target.py"), str(store), str(port), how]
    with started(name, command, port) as target:
        yield target


@contextlib.contextmanager
def started(name: str, command: Sequence[str], port: int) -> Iterator[Target]:
    """A server that listens on the port, ended at the end."""
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    try:
        for _ in range(600):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            if process.poll() is not None:
                raise SystemExit(f"{name} ended with status {process.returncode}")
            time.sleep(0.05)
        yield Target(name, process, port)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def free_port() -> int:
    """A port of 127.0.0.1 that nobody uses."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def cpu_seconds(pid: int) -> float:
    """CPU time of a process, its threads and its children, in seconds, to the nanosecond."""
    total = 0
    for folder in Path(f"/proc/{pid}/task").iterdir():
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            total += int((folder / "schedstat").read_text().split()[0])
            for child in (folder / "children").read_text().split():
                total += int(1e9 * cpu_seconds(int(child)))
    return total / 1e9


def wrk(target: Target, path: str, headers: Mapping[str, str], connections: int, seconds: float) -> Run:
    """As many requests as the server answers in so long. Leaves where one of them failed."""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(WRK)
        script.flush()
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "20s", "-s", script.name]
        for name, value in headers.items():
            command += ["-H", f"{name}: {value}"]
        before = cpu_seconds(target.process.pid)
        said = subprocess.run([*command, target.address(path)], check=True, capture_output=True, text=True).stdout
        spent = cpu_seconds(target.process.pid) - before
    found = json.loads(next(line for line in said.splitlines() if line.startswith("JSON")).removeprefix("JSON"))
    if found["errors"] and not found["requests"]:
        raise SystemExit(f"{target.name} answered {path} with errors: {found}")
    return Run(found["requests"], found["microseconds"] / 1e6, spent, found["bytes"], found["p50"], found["p99"])


def probe(target: Target, path: str, headers: Mapping[str, str], status: int, **expected: str) -> Mapping[str, str]:
    """Ask once, and leave where the answer is not what is to be measured. Returns the answer's headers."""
    request = Request(target.address(path), headers=dict(headers))
    try:
        with urlopen(request) as answer:
            found, told = answer.status, dict(answer.headers)
    except OSError as error:
        found, told = getattr(error, "code", 0), dict(getattr(error, "headers", {}))
    told = {name.lower(): value for name, value in told.items()}
    wanted = {name.replace("_", "-"): value for name, value in expected.items()}
    if found != status or any(told.get(name) != value for name, value in wanted.items()):
        raise SystemExit(f"{target.name} answers {path} with {found} {told}; {status} {wanted} were expected")
    return told


def rounds(count: int, targets: Sequence[Target], run: Callable[[Target], Run]) -> list[dict[str, Run]]:
    """Every target once a round, in turn."""
    return [{target.name: run(target) for target in targets} for _ in range(count)]


def ratio(measured: Sequence[Mapping[str, Run]], name: str, base: str, of: Callable[[Run], float]) -> str:
    """The median ratio within a round, with the least and the greatest."""
    found = sorted(of(one[name]) / of(one[base]) for one in measured)
    return f"{statistics.median(found):.2f} [{found[0]:.2f}–{found[-1]:.2f}]"


def median(measured: Sequence[Mapping[str, Run]], name: str, of: Callable[[Run], float]) -> float:
    """The median over the rounds."""
    return statistics.median(of(one[name]) for one in measured)


def _path() -> str:
    return os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
