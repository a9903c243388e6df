"""OpenStack Swift with its S3 API, one node in a temporary folder, over http and over https."""

import os
import pwd
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import trustme

ACCESS_KEY, SECRET_KEY = "test:tester", "testsecret"
BACKENDS = ("account", "container", "object")
START_SECONDS = 60
ROOM = 2 << 30  # bytes
ATTEMPTS = 3  # a port that was free may be taken before the server binds it

MIDDLEWARE = {
    "catch_errors": "",
    "gatekeeper": "",
    "healthcheck": "",
    "listing_formats": "",
    "s3api": "location = us-east-1\nallow_no_owner = true\ncors_preflight_allow_origin = *\n",
    "tempauth": f"user_{ACCESS_KEY.replace(':', '_')} = {SECRET_KEY} .admin\n",
    "copy": "",
    "container_quotas": "",
    "slo": "",
    "dlo": "",
    "versioned_writes": "allow_versioned_writes = true\nallow_object_versioning = true\n",
    "symlink": "",
}
# On a busy machine Swift would take its own servers for dead and leave listings for later; here they are slow at most.
PATIENCE = "conn_timeout = 10\nnode_timeout = 60\n"


@dataclass(frozen=True)
class Swift:
    """A running server: its two addresses, and the file of the authority that signed its certificate."""

    http: str
    https: str
    authority: str
    version: str

    def options(self, scheme: str) -> dict[str, Any]:
        """What S3Store needs to reach it over "http" or "https"."""
        options: dict[str, Any] = {"access_key": ACCESS_KEY, "secret_key": SECRET_KEY, "region": "us-east-1"}
        if scheme == "https":
            return {**options, "endpoint_url": self.https, "verify": self.authority}
        return {**options, "endpoint_url": self.http}


@contextmanager
def swift() -> Iterator[Swift]:
    """Start it, and stop it at the end. Raises RuntimeError with what its processes said if they do not come up."""
    for attempt in range(ATTEMPTS):
        with ExitStack() as stack:
            folder = Path(tempfile.mkdtemp(prefix="swift-", dir=_quick_disk()))
            stack.callback(shutil.rmtree, folder, ignore_errors=True)
            try:
                running = _start(folder, stack)
            except RuntimeError:
                if attempt == ATTEMPTS - 1:
                    raise
                continue
            yield running
            return


def _start(folder: Path, stack: ExitStack) -> Swift:
    for name in ("etc", "cache", "srv/d1"):
        (folder / name).mkdir(parents=True)
    ports = dict(zip((*BACKENDS, "http", "https"), _free_ports(5), strict=True))
    authority = _write_certificate(folder)
    _write_settings(folder, ports)
    commands = {name: f"swift-{name}-server" for name in BACKENDS} | dict.fromkeys(
        ("http", "https"), "swift-proxy-server"
    )
    running = {name: _run(folder, name, command, stack) for name, command in commands.items()}
    _await(f"http://127.0.0.1:{ports['http']}", None, running, folder)
    trusted = ssl.create_default_context(cafile=str(authority))
    _await(f"https://127.0.0.1:{ports['https']}", trusted, running, folder)
    return Swift(
        http=f"http://127.0.0.1:{ports['http']}",
        https=f"https://127.0.0.1:{ports['https']}",
        authority=str(authority),
        version=version("swift"),
    )


def _quick_disk() -> str | None:
    """Memory, where it has room and takes the extended attributes that Swift needs: it waits for the disk at every write."""
    memory = Path("/dev/shm")
    try:
        with tempfile.NamedTemporaryFile(dir=memory) as probe:
            os.setxattr(probe.name, "user.swift.probe", b"x")
            return str(memory) if shutil.disk_usage(memory).free >= ROOM else None
    except OSError:
        return None


def _free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(closing(socket.socket())) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def _write_certificate(folder: Path) -> Path:
    authority = trustme.CA()
    certificate = authority.issue_cert("127.0.0.1", "localhost")
    authority.cert_pem.write_to_path(folder / "authority.pem")
    certificate.private_key_and_cert_chain_pem.write_to_path(folder / "certificate.pem")
    return folder / "authority.pem"


def _write_settings(folder: Path, ports: dict[str, int]) -> None:
    from swift.common.ring import RingBuilder

    etc = folder / "etc"
    (etc / "swift.conf").write_text(
        "[swift-hash]\nswift_hash_path_prefix = x\nswift_hash_path_suffix = y\n"
        "[storage-policy:0]\nname = p0\ndefault = yes\n"
    )
    user = pwd.getpwuid(os.geteuid()).pw_name
    default = f"bind_ip = 127.0.0.1\nworkers = 0\nuser = {user}\nswift_dir = {etc}\nlog_address = /dev/null\n"
    for name in BACKENDS:
        builder = RingBuilder(4, 1, 0)  # 16 partitions, one replica
        where = {"ip": "127.0.0.1", "port": ports[name], "replication_ip": "127.0.0.1", "replication_port": ports[name]}
        builder.add_dev({"id": 0, "region": 1, "zone": 1, "device": "d1", "weight": 1.0, "meta": "", **where})
        builder.rebalance()
        builder.get_ring().save(str(etc / f"{name}.ring.gz"))
        (etc / f"{name}.conf").write_text(
            f"[DEFAULT]\n{default}{PATIENCE}container_update_timeout = 60\nbind_port = {ports[name]}\n"
            f"devices = {folder / 'srv'}\nmount_check = false\nfallocate_reserve = 0\ndisable_fallocate = true\n"
            f"[pipeline:main]\npipeline = {name}-server\n"
            f"[app:{name}-server]\nuse = egg:swift#{name}\nrecon_cache_path = {folder / 'cache'}\n"
        )
    filters = "".join(f"[filter:{name}]\nuse = egg:swift#{name}\n{more}" for name, more in MIDDLEWARE.items())
    for scheme, tls in (
        ("http", ""),
        ("https", "cert_file = {0}\nkey_file = {0}\n".format(folder / "certificate.pem")),
    ):
        (etc / f"{scheme}.conf").write_text(
            f"[DEFAULT]\n{default}{tls}bind_port = {ports[scheme]}\ncors_allow_origin = *\ncors_expose_headers = ETag\n"
            f"[pipeline:main]\npipeline = {' '.join(MIDDLEWARE)} proxy-server\n"
            f"[app:proxy-server]\nuse = egg:swift#proxy\naccount_autocreate = true\n{PATIENCE}{filters}"
        )


def _run(folder: Path, name: str, command: str, stack: ExitStack) -> "subprocess.Popen[bytes]":
    program = Path(sys.executable).parent / command
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, str(program), str(folder / "etc" / f"{name}.conf")],
            # Without a resolver of its own eventlet loads in half the time; there are no names to look up.
            env={**os.environ, "SWIFT_CONF": str(folder / "etc"), "EVENTLET_NO_GREENDNS": "yes"},
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    stack.callback(_stop, process)
    return process


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _await(url: str, trusted: ssl.SSLContext | None, running: dict[str, Any], folder: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if any(process.poll() is not None for process in running.values()):
            break
        try:
            with urllib.request.urlopen(f"{url}/healthcheck", context=trusted, timeout=5) as answer:
                if answer.read() == b"OK":
                    return
        except OSError:
            time.sleep(0.05)
    said = "\n".join((folder / f"{name}.log").read_text(errors="replace")[-2000:] for name in running)
    raise RuntimeError(f"Swift did not come up at {url}: {said.strip() or 'it said nothing'}")
