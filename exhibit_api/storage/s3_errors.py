"""What an S3 server or the line to it says, in our words: never with a signed address or a key of the account."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from exhibit_api.errors import NoSuchObject, StoreError, StoreFull, StoreUnavailable

_FULL = frozenset({"EntityTooLarge", "InsufficientStorage", "QuotaExceeded", "XMinioStorageFull"})
_SKEWED = frozenset({"RequestTimeTooSkewed", "RequestExpired"})
_BUSY = frozenset({"InternalError", "RequestTimeout", "ServiceUnavailable", "SlowDown"})


@contextmanager
def told(bucket: str, key: str = "") -> Iterator[None]:
    """Turn the client's errors into ours. `key` is the object that was asked for, in the caller's name."""
    # These take half a second to load: only where S3 is used.
    from botocore import exceptions as boto  # type: ignore[import-untyped]
    from botocore.parsers import ResponseParserError  # type: ignore[import-untyped]
    from urllib3.exceptions import HTTPError

    try:
        yield
    except boto.ClientError as error:
        raise _answered(error, bucket, key) from error
    except (boto.NoCredentialsError, boto.PartialCredentialsError) as error:
        raise StoreError(f"no complete credentials for the bucket {bucket!r} are set") from error
    except boto.SSLError as error:
        raise StoreUnavailable("the object store's certificate is not trusted, or TLS with it failed") from error
    except (boto.ConnectionError, boto.HTTPClientError, boto.IncompleteReadError, HTTPError) as error:
        raise StoreUnavailable(f"the object store does not answer ({type(error).__name__})") from error
    except (boto.BotoCoreError, ResponseParserError) as error:
        raise StoreError(f"the object store cannot be used ({type(error).__name__})") from error


def _answered(error: Any, bucket: str, key: str) -> StoreError:
    code = str(error.response.get("Error", {}).get("Code", ""))
    status = int(error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0))
    said = f"{status} {code}" if code != str(status) else code
    if code == "NoSuchBucket":
        return StoreError(f"there is no bucket {bucket!r}")
    if code in _FULL or status in (413, 507):
        return StoreFull(f"the bucket {bucket!r} takes no more bytes ({said})")
    if code in _BUSY or status == 429 or status >= 500:
        return StoreUnavailable(f"the object store cannot answer now ({said})")
    if status == 404:
        return NoSuchObject(f"there is no object {key!r}") if key else StoreError(f"there is no bucket {bucket!r}")
    if status == 412:
        return StoreError(f"the object {key!r} was replaced while it was read")
    if code in _SKEWED:
        return StoreError(
            f"the clock of this machine and that of the object store differ by too much ({said}); set them right"
        )
    if status in (401, 403):
        return StoreError(f"the object store refuses our credentials for the bucket {bucket!r} ({said})")
    return StoreError(f"the object store refuses the request for {key!r} in {bucket!r} ({said})")
