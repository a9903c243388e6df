"""A bucket behind a server that refuses, a line that is cut, wrong keys: our errors, soon, and nothing half-written."""

import socket
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from botocore import auth

from exhibit_api.errors import StoreError, StoreFull, StoreUnavailable
from exhibit_api.storage.s3 import S3Store
from tests.servers.faulty import Cut, Faulty, Refuse, faulty
from tests.servers.swift import SECRET_KEY, Swift
from tests.storage.test_contract import GLB

MIB = 1 << 20


@pytest.fixture
def proxy(swift: Swift) -> Iterator[Faulty]:
    with faulty(swift.http) as proxy:
        yield proxy


@pytest.fixture
def broken(swift: Swift, proxy: Faulty, bucket: str, prefix: str) -> Iterator[S3Store]:
    """The same bucket as `s3`, by way of the proxy; every request is tried once."""
    options = {**swift.options("http"), "endpoint_url": proxy.url}
    store = S3Store(bucket, prefix=prefix, attempts=1, part_bytes=5 * MIB, **options)
    yield store
    store.close()


def test_a_server_that_cannot_answer_now_is_unavailable(s3: S3Store, broken: S3Store, proxy: Faulty) -> None:
    s3.put("vault/a", b"x", GLB)
    proxy.fault = lambda method, path: Refuse(503)
    for verb in (
        lambda: broken.put("vault/b", b"x", GLB),
        lambda: broken.stat("vault/a"),
        lambda: broken.read("vault/a"),
        lambda: broken.stream("vault/a"),
        lambda: broken.open("vault/a"),
        lambda: broken.copy("vault/a", "vault/b"),
        lambda: broken.delete("vault/a"),
        lambda: broken.list(""),
        broken.check,
    ):
        with pytest.raises(StoreUnavailable, match="cannot answer now"):
            verb()
    assert s3.list("").keys == ("vault/a",)


def test_a_short_hiccup_is_not_noticed(swift: Swift, proxy: Faulty, bucket: str, prefix: str) -> None:
    store = S3Store(bucket, prefix=prefix, **{**swift.options("http"), "endpoint_url": proxy.url})
    proxy.fault = lambda method, path: Refuse(503) if len(proxy.seen) == 1 else None
    store.put("vault/a", b"x", GLB)
    assert store.read("vault/a") == b"x"
    store.close()


def test_a_line_cut_while_reading_is_unavailable(s3: S3Store, broken: S3Store, proxy: Faulty) -> None:
    s3.put("vault/a", bytes(3 * MIB), GLB)
    with broken.open("vault/a") as file:
        proxy.fault = lambda method, path: Cut(answer_after=MIB + 1)
        with pytest.raises(StoreUnavailable):
            broken.read("vault/a")
        with pytest.raises(StoreUnavailable):
            file.read()
        chunks = broken.stream("vault/a")
        with pytest.raises(StoreUnavailable):
            list(chunks)


def test_a_line_cut_while_writing_leaves_nothing(s3: S3Store, broken: S3Store, proxy: Faulty) -> None:
    proxy.fault = lambda method, path: Cut(request_after=MIB) if method == "PUT" else None
    with pytest.raises(StoreUnavailable):
        broken.put("vault/a", bytes(3 * MIB), GLB)
    with broken.stage() as staged:
        staged.write(bytes(3 * MIB))
        with pytest.raises(StoreUnavailable):
            staged.keep("vault/a", GLB)
        with pytest.raises(StoreError, match="kept or discarded before"):
            staged.keep("vault/a", GLB)
    assert s3.list("").keys == ()


@pytest.mark.parametrize("step", ["partNumber=2", "uploadId", "copy"])
def test_a_large_upload_that_fails_at_any_step_leaves_nothing(
    s3: S3Store, broken: S3Store, proxy: Faulty, step: str
) -> None:
    def fault(method: str, path: str) -> Refuse | None:
        failing = {
            "partNumber=2": "partNumber=2" in path,
            "uploadId": method == "POST" and "uploadId" in path,
            "copy": method == "PUT" and path.endswith("vault/masters/9f86"),
        }
        return Refuse(503) if failing[step] else None

    proxy.fault = fault
    with pytest.raises(StoreUnavailable), broken.stage() as staged:  # noqa: PT012
        for _ in range(11):
            staged.write(bytes(MIB))
        staged.keep("vault/masters/9f86", GLB)
    assert s3.list("").keys == ()
    assert s3.sweep_staging(older_than_seconds=-5) == 0


def test_a_full_bucket_is_told(swift: Swift, bucket: str) -> None:
    store = S3Store(f"{bucket}-small", **swift.options("http"))

    def with_quota(
        request: Any, **_: object
    ) -> None:  # Swift takes the quota with the new bucket; S3 has no word for it
        request.headers["X-Container-Meta-Quota-Bytes"] = "1000"

    store.client.meta.events.register("before-send.s3.CreateBucket", with_quota)
    store.create_bucket_if_missing()
    with pytest.raises(StoreFull, match="takes no more bytes"):
        store.put("vault/a", bytes(2000), GLB)
    assert store.list("").keys == ()
    store.put("vault/b", bytes(900), GLB)
    store.close()


@pytest.mark.parametrize("hours", [-2, 2])
def test_a_clock_that_is_off_is_told_as_that(s3: S3Store, monkeypatch: pytest.MonkeyPatch, hours: int) -> None:
    real = auth.get_current_datetime
    monkeypatch.setattr(auth, "get_current_datetime", lambda: real() + timedelta(hours=hours))
    for verb in (lambda: s3.put("vault/a", b"x", GLB), lambda: s3.multipart.begin("vault/uploads/0f", GLB)):
        with pytest.raises(StoreError, match=r"clock of this machine.*RequestTimeTooSkewed"):
            verb()


@pytest.mark.parametrize("wrong", [{"secret_key": "not-the-secret"}, {"access_key": "test:nobody"}])
def test_wrong_keys_are_told_and_not_shown(swift: Swift, bucket: str, wrong: dict[str, Any]) -> None:
    store = S3Store(bucket, **{**swift.options("http"), **wrong})
    for verb in (lambda: store.put("vault/a", b"x", GLB), lambda: store.read("vault/a"), store.check):
        with pytest.raises(StoreError, match="refuses our credentials") as caught:
            verb()
        assert not any(secret in str(caught.value) for secret in ("not-the-secret", "test:", SECRET_KEY, "X-Amz"))
    store.close()


def test_a_missing_bucket_is_told_by_name(swift: Swift) -> None:
    store = S3Store("no-such-bucket", **swift.options("http"))
    for verb in (
        lambda: store.put("vault/a", b"x", GLB),
        lambda: store.read("vault/a"),
        lambda: store.list(""),
        store.check,
    ):
        with pytest.raises(StoreError, match="there is no bucket 'no-such-bucket'"):
            verb()
    store.close()


def test_a_server_that_is_down_is_unavailable(swift: Swift) -> None:
    with socket.socket() as unheard:
        unheard.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unheard.getsockname()[1]}"
        store = S3Store("bucket", attempts=2, **{**swift.options("http"), "endpoint_url": url})
        with pytest.raises(StoreUnavailable, match="does not answer") as caught:
            store.read("vault/a")
        assert "vault" not in str(caught.value)
        store.close()


def test_a_server_that_never_answers_is_given_up(swift: Swift) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        options = {**swift.options("http"), "endpoint_url": url}
        store = S3Store("bucket", attempts=1, read_seconds=0.2, **options)
        with pytest.raises(StoreUnavailable, match="does not answer"):
            store.check()
        store.close()


def test_a_certificate_that_is_not_trusted_is_refused(swift: Swift, bucket: str) -> None:
    store = S3Store(bucket, attempts=1, **{**swift.options("https"), "verify": True})
    with pytest.raises(StoreUnavailable, match="certificate is not trusted"):
        store.check()
    store.close()


def test_missing_credentials_are_told(swift: Swift, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/nonexistent")
    store = S3Store("bucket", endpoint_url=swift.http)
    with pytest.raises(StoreError, match="no complete credentials"):
        store.check()
    store.close()
