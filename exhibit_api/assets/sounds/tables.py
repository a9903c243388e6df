"""Rows of sounds: which ones an exhibit has, and the words that go with each."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from exhibit_api.assets.sounds.recognise import ENDINGS, VTT
from exhibit_api.catalogue.tables import Record
from exhibit_api.db import Base, in_parts, now
from exhibit_api.errors import NotFound
from exhibit_api.guards import entity_tag


class Sound(Base):
    """A sound of an exhibit, under a name (`id`, a slug) that is the exhibit's own.

    `words` are None until someone wrote them: `label`, `language`, `transcript`, and `captions`, by language tag the `sha256` and
    `bytes` of a WebVTT text in the store.
    """

    __tablename__ = "sounds"

    exhibit: Mapped[str] = mapped_column(ForeignKey("records.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    bytes: Mapped[int] = mapped_column(BigInteger)
    media_type: Mapped[str] = mapped_column(String(80))
    words: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    revision: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)

    @property
    def name(self) -> str:
        """What people and the audit log call it: "exhibits/loom/sounds/beat"."""
        return f"{self.exhibit}/sounds/{self.id}"

    @property
    def key(self) -> str:
        """Where the bytes stand in the store."""
        return sound_key(self.sha256, self.media_type)

    @property
    def keys(self) -> tuple[str, ...]:
        """Where the bytes and the texts of the captions stand."""
        captions = (self.words or {}).get("captions", {})
        return (self.key, *(sound_key(file["sha256"], VTT) for file in captions.values()))

    @property
    def tag(self) -> str:
        """The entity tag of bytes and words together."""
        return entity_tag(self.revision, {"sha256": self.sha256, "words": self.words})


def sound_key(sha256: str, media_type: str) -> str:
    """Where a sound, or the captions of one, stand in the store."""
    return f"vault/sounds/{sha256}.{ENDINGS[media_type]}"


def sounds_of(session: Session, exhibits: Sequence[str]) -> dict[str, list[Sound]]:
    """Record id of an exhibit → its sounds, by name."""
    found: dict[str, list[Sound]] = {}
    for part in in_parts(exhibits):
        for sound in session.scalars(select(Sound).where(Sound.exhibit.in_(part))):
            found.setdefault(sound.exhibit, []).append(sound)
    for sounds in found.values():
        sounds.sort(key=lambda sound: sound.id)  # here, since databases do not agree on where a hyphen stands
    return found


def sound_named(session: Session, exhibit: str, name: str) -> Sound:
    """The sound of the exhibit (a record id). Raises NotFound."""
    sound = session.get(Sound, (exhibit, name))
    if sound is None:
        raise NotFound(f"{exhibit} has no sound {name!r}; send one with PUT /v1/{exhibit}/sounds/{name}")
    return sound


def sounding_files(session: Session, organisation: str) -> dict[str, int]:
    """SHA-256 → bytes of the sounds and captions of the organisation's exhibits, each file once."""
    query = select(Sound.sha256, Sound.bytes, Sound.words).join(Record, Record.id == Sound.exhibit)
    files: dict[str, int] = {}
    for sha256, size, words in session.execute(query.where(Record.organisation == organisation)):
        files[sha256] = size
        files.update((text["sha256"], text["bytes"]) for text in (words or {}).get("captions", {}).values())
    return files
