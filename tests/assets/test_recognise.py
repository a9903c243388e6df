"""Kinds of sounds, told by their bytes: what is taken, and what is told of what is not."""

import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibit_api.assets.sounds.recognise import AAC, FLAC, M4A, MP3, OGG, SOUNDS, WAV, recognised
from exhibit_api.errors import Rejected
from tests.assets.sounding import FRAME, aac, chunk, flac, m4a, mp3, mp4_box, ogg, riff, wav
from tests.gltf.building import box, png_header

SOUND = {
    "wav": (wav(), WAV),
    "wav, float": (wav(8, 3), WAV),
    "wav with notes of odd length before the sound": (wav(8, 1, chunk(b"LIST", b"abc") + b"\0"), WAV),
    "m4a": (m4a(), M4A),
    "m4a of another brand first": (m4a(b"mp42", b"isom", b"M4A "), M4A),
    "mp3": (mp3(), MP3),
    "mp3 with a tag": (mp3(1000), MP3),
    "mp3 with a tag and padding": (mp3(20)[:30] + bytes(500) + FRAME, MP3),
    "aac": (aac(), AAC),
    "opus": (ogg(), OGG),
    "vorbis": (ogg(b"\x01vorbis"), OGG),
    "flac": (flac(), FLAC),
}
NO_SOUND = {
    "nothing": (b"", "empty"),
    "words": (b"This is not a sound.", "54 68 69 73"),
    "a model": (box(), "no sound"),
    "a picture": (png_header(10, 10), "no sound"),
    "text in UTF-16": ("hello".encode("utf-16"), "no sound"),
    "mpeg layer II": (b"\xff\xfd\x90\x64" + bytes(400), "no sound"),
    "an mp3 of which the tag alone is there": (mp3(1000)[:500], "no sound"),
    "an ogg film": (ogg(b"\x80theora"), "no sound"),
    "an ogg that ends in its head": (ogg()[:27], "no sound"),
    "a flac that ends in its head": (flac()[:20], "no sound"),
    "a wav that ends before its sound": (wav()[:40], "cut off before its sound"),
    "a wav cut in its sound": (wav(800)[:-700], "1600 bytes, and 900 are there"),
    "a wav without sound": (wav(0), "or has none"),
    "a wav of telephone coding": (wav(8, 6), "coding 6"),
    "a wav without a format": (riff(chunk(b"data", bytes(8))), "coding 0"),
    "a film": (m4a(b"isom", b"mp42"), "sound alone"),
    "an m4a cut in its sound": (m4a()[:-50], "200 bytes, and 150 are there"),
    "an m4a without its index": (mp4_box(b"ftyp", b"M4A \0\0\0\0") + mp4_box(b"mdat", bytes(20)), "moov"),
    "an m4a with a part of three bytes": (m4a() + b"\0\0\0\x03free", "3 bytes, which cannot be"),
    "an m4a of a million parts": (mp4_box(b"ftyp", b"M4A \0\0\0\0") + mp4_box(b"free", b"") * 1_000_000, "moov"),
    "a wav of a million parts": (riff(chunk(b"note", b"") * 1_000_000), "or has none"),
}


@pytest.mark.parametrize(("data", "kind"), SOUND.values(), ids=list(SOUND))
def test_a_sound_is_recognised_by_its_bytes(data: bytes, kind: str) -> None:
    assert recognised(io.BytesIO(data), len(data)) == kind


@pytest.mark.parametrize(("data", "told"), NO_SOUND.values(), ids=list(NO_SOUND))
def test_what_is_no_sound_that_we_take_is_told(data: bytes, told: str) -> None:
    with pytest.raises(Rejected, match=told):
        recognised(io.BytesIO(data), len(data))


@given(
    st.sampled_from([data for data, _ in SOUND.values()]), st.integers(0, 700), st.binary(max_size=8), st.integers(0)
)
def test_no_bytes_are_more_than_refused(data: bytes, at: int, wrong: bytes, end: int) -> None:
    data = (data[:at] + wrong + data[at + len(wrong) :])[: end % (len(data) + 1)]
    with suppress(Rejected):
        assert recognised(io.BytesIO(data), len(data)) in SOUNDS
