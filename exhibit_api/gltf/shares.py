"""What each buffer and each picture of a .gltf brings to the BIN chunk of a GLB, and where it lies there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from exhibit_api.errors import BadModel
from exhibit_api.gltf.beside import Beside
from exhibit_api.gltf.fields import Fields, Path, refusal, shown
from exhibit_api.gltf.images import media_type
from exhibit_api.gltf.rebase import EXPORT, is_hollow
from exhibit_api.gltf.references import Source, read_source

STEP = 8  # bytes: each begins at a multiple, so that what was aligned in it stays so (glTF 2.0, 3.6.2.4)
CHUNK = 256 << 10  # bytes of a file that are in memory at a time
MAGIC = 64  # bytes of a picture that tell what it is


@dataclass(frozen=True, slots=True)
class Share:
    """`length` bytes of a source, from its beginning. `path` is the `uri` that names it first."""

    source: Source
    length: int
    path: Path


@dataclass(frozen=True, slots=True)
class Place:
    """Where a share lies in the BIN chunk, in bytes."""

    share: Share
    offset: int

    @property
    def end(self) -> int:
        return self.offset + self.share.length


def buffer_share(fields: Fields, beside: Beside, folder: str) -> Share | None:
    """What a buffer brings; None for a fall-back, which has no bytes."""
    length = fields.required("byteLength", least=1)
    if is_hollow(fields):
        return None
    if "uri" not in fields:
        raise fields.refuse("uri", f"is missing: the bytes of this buffer are nowhere; {EXPORT}")
    source, size = read_source(fields, beside, folder)
    if size < length:
        raise fields.refuse("byteLength", f"is {length}, but {named(source)} has {size} bytes: is it whole?")
    return Share(source, length, (*fields.path, "uri"))


def image_share(fields: Fields, beside: Beside, folder: str) -> Share | None:
    """What an image brings; None where it brings nothing from outside."""
    if "uri" not in fields:
        return None
    if "bufferView" in fields:
        raise fields.refuse("uri", "stands beside a bufferView; one of the two is due")
    source, size = read_source(fields, beside, folder)
    return Share(source, size, (*fields.path, "uri"))


def laid_out(shares: Iterable[Share | None]) -> dict[Source, Place]:
    """A place for each source, in the order in which they are named; what is named twice is there once."""
    longest: dict[Source, Share] = {}
    for share in shares:
        if share is not None and (share.source not in longest or share.length > longest[share.source].length):
            longest[share.source] = share
    places: dict[Source, Place] = {}
    end = 0
    for source, share in longest.items():
        places[source] = Place(share, -(-end // STEP) * STEP)
        end = places[source].end
    return places


def media_type_of(share: Share, beside: Beside) -> str:
    """What kind of picture it is, by its first bytes; the ending of a name may be wrong."""
    head = next(pieces(share, beside, min(MAGIC, share.length)), b"")
    found = media_type(head)
    if found is None:
        what = f"is {named(share.source)}, which is no PNG, JPEG, WebP, AVIF or KTX2: export it as one of these"
        raise refusal(share.path, what)
    return found


def pieces(share: Share, beside: Beside, length: int | None = None) -> Iterator[bytes]:
    """The bytes of a share, or its first `length`, in pieces. BadModel where there are fewer than there should be."""
    left = share.length if length is None else length
    if isinstance(share.source, bytes):
        yield share.source[:left]
        return
    with beside.open(share.source) as file:
        while left:
            try:
                piece = file.read(min(left, CHUNK))
            except OSError as error:
                raise unreadable(share, error.strerror or type(error).__name__) from error
            if not piece:
                raise unreadable(share, f"it ends {left} bytes before its size: was it changed meanwhile?")
            left -= len(piece)
            yield piece


def unreadable(share: Share, reason: str) -> BadModel:
    return refusal(share.path, f"is {named(share.source)}, which cannot be read: {reason}")


def named(source: Source) -> str:
    return f'"{shown(source)}"' if isinstance(source, str) else "the data: URI"
