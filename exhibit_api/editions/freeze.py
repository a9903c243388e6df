"""Writing what an edition needs into the store: blobs, the manifest and its compressed forms. All of it is named by its digest,
so that doing it twice, or by two at once, comes to the same."""

import gzip
import hashlib
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

import brotli
import zstandard

from exhibit_api.assets.tables import master_key
from exhibit_api.editions import schema
from exhibit_api.editions.compose import Blob
from exhibit_api.errors import Conflict, NoSuchObject, StoreError
from exhibit_api.storage.base import ObjectStore

JSON = "application/json"
SLOWEST_BYTES = 4 << 20
"""From this size on, compression takes a faster level: brotli 11 costs about a second a megabyte."""

WORKERS = 8
MASTERS = master_key("")
"""Where a file stands that people can send again. What was made from it, or a picture, comes back from a backup alone."""


def encoders(size: int) -> dict[str, Callable[[bytes], bytes]]:
    """File ending → how the form is made. Best compression, since it is done once and read for ever."""
    small = size < SLOWEST_BYTES
    return {
        ".br": lambda data: brotli.compress(data, quality=11 if small else 9, mode=brotli.MODE_TEXT),
        ".zst": zstandard.ZstdCompressor(level=19 if small else 9).compress,
        ".gz": lambda data: gzip.compress(data, 9, mtime=0),
    }


def sha256_of(data: bytes) -> str:
    """The digest that names a frozen document, in hex."""
    return hashlib.sha256(data).hexdigest()


def manifest_key(sha256: str) -> str:
    """Where a manifest stands in the public tree."""
    return f"public/manifests/{sha256}.json"


def kept_key(sha256: str) -> str:
    """Where a manifest stands in the vault, so that a withdrawn edition can be shown again, identical."""
    return f"vault/manifests/{sha256}.json"


def kept_manifest(store: ObjectStore, sha256: str) -> bytes:
    """The bytes of an edition's manifest. Raises StoreError where they are lost."""
    try:
        return store.read(kept_key(sha256))
    except NoSuchObject as error:
        raise StoreError(f"{kept_key(sha256)} is missing in the store; bring it back from a backup") from error


def document_keys(key: str) -> tuple[str, ...]:
    """A document's key and those of its compressed forms."""
    return key, f"{key}.br", f"{key}.zst", f"{key}.gz"


def write_frozen(store: ObjectStore, key: str, data: bytes, media_type: str = JSON) -> None:
    """A document under its digest: the forms first, so that whoever sees the document can have them."""
    if is_there(store, key, len(data)):
        return
    for ending, encode in encoders(len(data)).items():
        store.put(key + ending, encode(data), media_type)
    store.put(key, data, media_type)


def write_schemas(store: ObjectStore) -> None:
    """The schemas that manifests name."""
    for name in schema.DOCUMENTS:
        write_frozen(store, schema.schema_key(name), schema.schema_bytes(name), schema.MEDIA_TYPE)


def copy_blobs(store: ObjectStore, blobs: Iterable[Blob]) -> None:
    """Every blob from the vault to the public tree, where it is not there yet. Raises Conflict where one is missing."""

    def copy(blob: Blob) -> None:
        if is_there(store, blob.key, blob.bytes):
            return
        try:
            store.copy(blob.source, blob.key)
        except NoSuchObject as error:
            advice = "send the model again" if blob.source.startswith(MASTERS) else "restore it from a backup"
            raise Conflict(f"{blob.source} is missing in the store; {advice}, then publish") from error

    _each(copy, tuple(blobs))


def remove(store: ObjectStore, keys: Iterable[str]) -> None:
    """Take files away that no edition shows any more."""
    _each(store.delete, tuple(keys))


def is_there(store: ObjectStore, key: str, size: int) -> bool:
    """Whether the object is in the store, whole."""
    try:
        return store.stat(key).size == size
    except NoSuchObject:
        return False


def _each(do: Callable[..., None], items: Sequence[object]) -> None:
    if len(items) < 2:
        for item in items:
            do(item)
        return
    with ThreadPoolExecutor(WORKERS, thread_name_prefix="freeze") as pool:
        for _ in pool.map(do, items):
            pass
