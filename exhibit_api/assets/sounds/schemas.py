"""What is written and told of a sound: its bytes, and its words for those who cannot hear or do not know its language."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from exhibit_api.assets.sounds.tables import Sound
from exhibit_api.assets.sounds.webvtt import MOST_BYTES, checked_captions
from exhibit_api.documents import Document, Draft
from exhibit_api.text import MAX_LANGUAGES, LanguageMap, LanguageTag

Captions = Annotated[
    str,
    StringConstraints(min_length=1, max_length=MOST_BYTES),
    AfterValidator(checked_captions),
    Field(examples=["WEBVTT\n\n00:00.000 --> 00:02.500\n[a low hum]\n"]),
]
"""A WebVTT text."""


class SoundWords(Document):
    """What goes with a sound in words, but for the captions."""

    label: LanguageMap | None = None
    language: LanguageTag | None = Field(
        None, description="What is spoken (BCP 47); absent where nobody speaks", examples=["zh-Hans"]
    )
    transcript: LanguageMap | None = Field(None, description="All that is said and heard, as plain text")


class WordsBody(SoundWords, Draft):
    """The words of a sound, as a curator writes them."""

    captions: dict[LanguageTag, Captions] = Field(
        {},
        max_length=MAX_LANGUAGES,
        description=f"Language → WebVTT text, of at most {MOST_BYTES} bytes each",
        examples=[{"en": "WEBVTT\n\n00:00.000 --> 00:02.500\n[a low hum]\n"}],
    )


class CaptionsOut(Document):
    """Captions in one language, as a file."""

    language: LanguageTag
    sha256: str
    bytes: int


class SoundOut(SoundWords):
    """A sound of an exhibit with its words. The texts of its captions are read at `…/words`."""

    id: str = Field(examples=["beat"])
    url: str = Field(description="Where those with a right read the bytes")
    sha256: str
    bytes: int
    media_type: str
    captions: tuple[CaptionsOut, ...] = Field((), description="By language")
    revision: int
    created_at: datetime
    updated_at: datetime

    @classmethod
    def from_row(cls, row: Sound) -> "SoundOut":
        """As a document."""
        words = dict(row.words or {})
        captions = words.pop("captions", {})
        return cls(
            **words,
            id=row.id,
            url=f"/v1/{row.name}/file",
            sha256=row.sha256,
            bytes=row.bytes,
            media_type=row.media_type,
            captions=tuple(CaptionsOut(language=tag, **file) for tag, file in sorted(captions.items())),
            revision=row.revision,
            created_at=row.created_at,
            updated_at=row.updated_at,
        )


class SoundsOut(Document):
    """The sounds of an exhibit, by name."""

    sounds: tuple[SoundOut, ...]
