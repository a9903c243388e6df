"""What a bucket promises beyond the contract: signed addresses, prefixes, parts, and a quick start without it."""

import io
import ssl
import subprocess
import sys
import urllib.request
from typing import Any, cast
from urllib.error import HTTPError
from urllib.parse import parse_qs

import httpx2
import pytest

from exhibit_api.errors import StoreError
from exhibit_api.storage import open_store
from exhibit_api.storage.ranged import READ_AHEAD
from exhibit_api.storage.s3 import S3Store
from tests.servers.faulty import faulty
from tests.servers.swift import Swift
from tests.storage.test_contract import GLB, JSON

MIB = 1 << 20


@pytest.fixture(params=["http", "https"])
def signed(request: pytest.FixtureRequest, swift: Swift, bucket: str, prefix: str) -> str:
    """A signed address of an object with the bytes 0123456789, over http and over https."""
    store = S3Store(bucket, prefix=prefix, **swift.options(request.param))
    store.put("public/blobs/a.glb", b"0123456789", GLB)
    url = store.presign("public/blobs/a.glb", seconds=60)
    store.close()
    return url


def answer_of(swift: Swift, url: str, method: str = "GET", **headers: str) -> tuple[int, bytes, str | None]:
    trusted = ssl.create_default_context(cafile=swift.authority) if url.startswith("https:") else None
    request = urllib.request.Request(url, method=method, headers=headers)
    try:
        with urllib.request.urlopen(request, context=trusted) as answer:
            return answer.status, answer.read(), answer.headers["Content-Type"]
    except HTTPError as error:
        with error:
            return error.code, b"", None


def test_a_signed_address_answers_whole_and_by_range(swift: Swift, signed: str) -> None:
    assert answer_of(swift, signed) == (200, b"0123456789", GLB)
    assert answer_of(swift, signed, Range="bytes=3-6") == (206, b"3456", GLB)
    assert "X-Amz-Algorithm=AWS4-HMAC-SHA256" in signed


def test_a_changed_address_is_refused(swift: Swift, signed: str) -> None:
    assert answer_of(swift, signed.replace("a.glb", "b.glb"))[0] == 403
    assert answer_of(swift, signed.replace("X-Amz-Expires=60", "X-Amz-Expires=600"))[0] == 403
    assert answer_of(swift, signed.partition("&X-Amz-Signature")[0])[0] == 403
    assert answer_of(swift, signed.partition("?")[0])[0] in (400, 403)  # Swift asks an unsigned request who it is
    assert answer_of(swift, signed, method="HEAD")[0] == 403  # HEAD has a signature of its own: `stat` answers it


def test_an_expired_address_is_refused(swift: Swift, s3: S3Store) -> None:
    s3.put("public/blobs/a.glb", b"0123456789", GLB)
    assert answer_of(swift, s3.presign("public/blobs/a.glb", seconds=-1))[0] in (400, 403)


def test_stores_with_different_prefixes_do_not_see_each_other(swift: Swift, bucket: str, prefix: str) -> None:
    north = open_store(f"s3://{bucket}/{prefix}/north", **swift.options("http"))
    south = open_store(f"s3://{bucket}/{prefix}/south/", **swift.options("http"))
    north.put("vault/a", b"north", GLB)
    south.put("vault/a", b"south", GLB)
    assert (north.read("vault/a"), south.read("vault/a")) == (b"north", b"south")
    assert north.list("").keys == ("vault/a",)
    north.close()
    south.close()


def test_what_others_keep_in_the_bucket_is_not_listed(s3: S3Store, prefix: str) -> None:
    s3.put("vault/a", b"x", GLB)
    for name in ("vault/", "vault/with space", "vault/工匠"):
        s3.client.put_object(Bucket=s3.bucket, Key=f"{prefix}/{name}", Body=b"")
    assert s3.list("vault/").keys == ("vault/a",)


def test_an_object_larger_than_one_copy_is_copied_in_parts(swift: Swift, bucket: str, prefix: str) -> None:
    store = S3Store(bucket, prefix=prefix, largest_copy=6 * MIB, copy_part=5 * MIB, **swift.options("http"))
    content = b"".join(bytes([part]) * MIB for part in range(12))
    store.put("vault/large", content, GLB)
    store.copy("vault/large", "public/large.glb")
    assert store.read("public/large.glb") == content
    assert store.stat("public/large.glb").media_type == GLB
    store.close()


def test_headers_of_a_large_model_cost_few_requests(swift: Swift, s3: S3Store, bucket: str, prefix: str) -> None:
    s3.put("vault/model", bytes(4 * READ_AHEAD), GLB)
    with faulty(swift.http) as proxy:
        store = S3Store(bucket, prefix=prefix, **{**swift.options("http"), "endpoint_url": proxy.url})
        with store.open("vault/model") as file:
            for start in (0, 12, 20, 100_000):
                file.seek(start)
                file.read(100)
            file.seek(-10, io.SEEK_END)
            file.read()
        store.close()
    assert [line.split()[0] for line in proxy.seen] == ["HEAD", "GET", "GET"]


def test_an_object_replaced_while_it_is_read_is_an_error(s3: S3Store) -> None:
    s3.put("public/halls/anhui.json", b"old" * READ_AHEAD, JSON)
    with s3.open("public/halls/anhui.json") as file:
        file.read(10)
        s3.put("public/halls/anhui.json", b"new" * READ_AHEAD, JSON)
        with pytest.raises(StoreError, match="was replaced while it was read"):
            file.read()


def test_what_killed_uploads_left_is_swept(swift: Swift, bucket: str, prefix: str) -> None:
    s3 = S3Store(bucket, prefix=prefix, part_bytes=5 * MIB, **swift.options("http"))
    s3.put("vault/a", b"x", GLB)
    begun, finished = s3.stage(), s3.stage()
    begun.write(bytes(6 * MIB))
    finished.write(bytes(6 * MIB))
    finished.reader().close()
    assert s3.sweep_staging(older_than_seconds=3600) == 0
    assert s3.sweep_staging(older_than_seconds=-5) == 2
    assert s3.sweep_staging(older_than_seconds=-5) == 0
    assert s3.list("").keys == ("vault/a",)
    s3.close()


def test_a_bucket_is_made_once(swift: Swift, bucket: str) -> None:
    store = S3Store(f"{bucket}-new", **swift.options("http"))
    with pytest.raises(StoreError, match=f"there is no bucket '{bucket}-new'"):
        store.check()
    store.create_bucket_if_missing()
    store.create_bucket_if_missing()
    store.check()
    store.close()


def test_a_local_store_does_not_load_boto3(tmp_path: object) -> None:
    script = (
        "import sys; from exhibit_api.storage import open_store; open_store(sys.argv[1]); print('boto3' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, f"file:{tmp_path}"], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


def test_addresses_signed_together_take_just_the_parts_that_they_are_for(s3: S3Store, swift: Swift) -> None:
    key, trusted = "vault/uploads/0f", ssl.create_default_context(cafile=swift.authority)
    upload = s3.multipart.begin(key, "model/gltf-binary")
    first, second, last = s3.multipart.addresses(key, upload, {1: 5 << 20, 2: 5 << 20, 3: 77}, 60)
    for address, data in ((last, bytes(77)), (second, bytes(5 << 20)), (first, bytes(5 << 20))):
        assert httpx2.put(address, content=data, verify=trusted, timeout=60).status_code == 200
    assert httpx2.put(last, content=bytes(78), verify=trusted, timeout=60).status_code == 403
    parts = s3.multipart.parts(key, upload)
    assert [(part.number, part.size) for part in parts] == [(1, 5 << 20), (2, 5 << 20), (3, 77)]


@pytest.mark.parametrize(
    "options",
    [
        {"region": "eu-central-1"},
        {"region": "cn-north-1"},
        {"endpoint_url": "https://s3.example/under/a path", "region": "elsewhere"},
        {"endpoint_url": "https://s3.example", "addressing": "virtual"},
    ],
)
def test_an_address_is_signed_the_same_whether_alone_or_with_others(
    options: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("ACCESS_KEY_ID", "AK/IA+"), ("SECRET_ACCESS_KEY", "s3cr3t"), ("SESSION_TOKEN", "a/role's+=")):
        monkeypatch.setenv(f"AWS_{name}", value)
    store = S3Store("halls", prefix="of-all", **cast("Any", options))
    for _ in range(20):  # till both are of one second
        together = store.multipart.addresses("vault/uploads/0f", "a/b+c=~", {1: None, 2: 7_000_000}, 60)[1]
        alone = store.multipart.addresses("vault/uploads/0f", "a/b+c=~", {2: 7_000_000}, 60)[0]
        if parse_qs(together)["X-Amz-Date"] == parse_qs(alone)["X-Amz-Date"]:
            break
    assert together == alone
