"""The demo exhibition's sounds: the committed files are what their builders make; each is told in both languages to its end."""

import io
import json
import re
import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from exhibit_api.assets.sounds.recognise import WAV, recognised
from exhibit_api.assets.sounds.schemas import WordsBody
from exhibit_api.demo.load import Demo
from exhibit_api.demo.sounding import BUILDERS
from exhibit_api.demo.sounding.tones import RATE, fading, gliding, hiss, laid, sine, swelling, tone
from exhibit_api.demo.sounding.wave import wave_bytes

ROOT = Path(__file__).parents[2]
DEMO = Demo(ROOT / "assets", ROOT / "manifests")
WORDS: dict[str, tuple[str, dict[str, Any]]] = {
    name: (exhibit, words) for exhibit, sounds in DEMO.sounds().items() for name, words in sounds.items()
}
LAST_TIME = re.compile(r"--> 00:0(\d\.\d{3})\n[^\n]+\n?\Z")


@pytest.mark.parametrize("name", sorted(BUILDERS))
def test_each_file_is_what_its_builder_makes_and_small(name: str) -> None:
    kept = (DEMO.assets / "sounds" / f"{name}.wav").read_bytes()
    assert kept == wave_bytes(BUILDERS[name]()), "python -m exhibit_api.demo makes the sounds again"
    assert recognised(io.BytesIO(kept), len(kept)) == WAV
    assert len(kept) <= 130_000


@pytest.mark.parametrize("name", sorted(BUILDERS))
def test_each_is_heard_from_silence_to_silence_without_a_clipped_top(name: str) -> None:
    with wave.open(str(DEMO.assets / "sounds" / f"{name}.wav")) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(float)
    assert 4 <= len(samples) / RATE <= 8
    assert 25_000 < np.abs(samples).max() < 32_000
    assert np.abs(samples[[0, -1]]).max() < 300
    loud = [np.sqrt(np.mean(part**2)) for part in np.array_split(samples, 9)]
    assert max(loud) > 2_000
    assert abs(samples.mean()) < 0.05 * max(loud)


def test_there_is_one_for_an_exhibit_of_each_hall_and_no_file_too_many() -> None:
    assert sorted(WORDS) == sorted(BUILDERS) == sorted(path.stem for path in (DEMO.assets / "sounds").iterdir())
    halls = [[exhibit for exhibit, _ in WORDS.values() if exhibit in hall["placements"]] for hall in DEMO.halls()]
    assert [len(found) for found in halls] == [1, 1, 1, 1, 1]
    assert sum(path.stat().st_size for path in (DEMO.assets / "sounds").iterdir()) <= 600_000


@pytest.mark.parametrize("name", sorted(BUILDERS))
def test_each_is_told_in_both_languages_and_nobody_speaks(name: str) -> None:
    _, document = WORDS[name]
    words = WordsBody.model_validate(document)
    assert words.language is None
    for text in (words.label, words.transcript, words.captions):
        assert text is not None
        assert set(text) == {"zh-Hans", "en"}
        assert re.search("[\u4e00-\u9fff]", text["zh-Hans"])
        assert not re.search("[\u3000-\u9fff]", text["en"])
        assert not re.search("[,;!?]", text["zh-Hans"])
    for captions in words.captions.values():
        found = LAST_TIME.search(captions)
        assert found, "the captions end with a cue of one line"
        assert float(found[1]) == 4.5
        assert all(
            line.startswith("[") for line in captions.splitlines() if line and "-->" not in line and line != "WEBVTT"
        )


def test_the_words_are_written_as_python_writes_them() -> None:
    path = DEMO.manifests / "demo" / "catalogue" / "sounds.json"
    text = path.read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"


def test_a_sine_is_a_sine_though_no_library_made_it() -> None:
    turns = np.linspace(-3, 3, 10_001)
    assert np.abs(sine(turns) - np.sin(2 * np.pi * turns)).max() < 1e-6
    crossings = np.count_nonzero(np.diff(np.signbit(tone(440.5, 1.0))))
    assert crossings == 880


def test_a_glide_ends_at_its_last_frequency() -> None:
    turns = gliding(10, 50, 4.0, 2.0)
    assert turns[-1] - turns[-1 - RATE] == pytest.approx(50)
    assert turns[round(2.0 * RATE)] == pytest.approx(60)  # two seconds at 30 on average


def test_noise_has_its_seed_and_softens() -> None:
    assert np.array_equal(hiss(0.5, 7, 3), hiss(0.5, 7, 3))
    assert not np.array_equal(hiss(0.5, 7), hiss(0.5, 8))
    steps = [np.abs(np.diff(hiss(0.5, 7, softness))).mean() for softness in range(4)]
    assert steps == sorted(steps, reverse=True)
    assert len(hiss(0.5, 7, 3)) == RATE / 2


def test_courses_and_strokes_stand_where_they_should() -> None:
    course = fading(1.0, 0.25)
    assert course[[0, RATE // 4, RATE // 2]] == pytest.approx([1, 0.5, 0.25])
    swell = swelling(1.0, 0.2, 0.2)
    assert (swell[0], swell[RATE // 2]) == (0, 1)
    struck = laid(1.0, (0.5, np.ones(RATE)))
    assert (struck[RATE // 2 - 1], struck[RATE // 2], len(struck)) == (0, 1, RATE)
