"""Captions: what WebVTT is taken, and in which line another one goes wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibit_api.assets.sounds.webvtt import checked_captions
from tests.assets.sounding import CAPTIONS, TIMES

TAKEN = {
    "the plainest": CAPTIONS,
    "without a last line's end": f"WEBVTT\n\n{TIMES}\nhum",
    "Windows' line ends": CAPTIONS.replace("\n", "\r\n"),
    "old line ends": CAPTIONS.replace("\n", "\r"),
    "a byte order mark and a title": f"\ufeffWEBVTT The loom\nKind: captions\n\n{TIMES}\nhum\n",
    "names, settings, comments, styles": (
        "WEBVTT\n\nSTYLE\n::cue { color: lime }\n\nREGION\nid:left\n\nNOTE by hand\n\n"
        f"first\n{TIMES} align:start line:0\n<i>hum</i>\n\nNOTE\nagain\n\n2\n00:01.500 --> 100:00:00.000\nClick & tick\n"
    ),
    "cues at the same time, and without words": f"WEBVTT\n\n{TIMES}\nhum\n\n{TIMES}\n\n\n00:01.000 --> 00:01.001\nx",
    "Chinese": f"WEBVTT\n\n{TIMES}\n[低沉的嗡鸣，随后三声棘轮响]\n",
}
REFUSED = {
    "no header": (f"{TIMES}\nhum", "line 1: captions begin with WEBVTT, not with '00:00"),
    "SubRip": ("1\n00:00:00,000 --> 00:00:01,500\nhum", "line 1:"),
    "a word that begins alike": (f"WEBVTTX\n\n{TIMES}\nhum", "line 1:"),
    "a header alone": ("WEBVTT", "line 1: the captions end without a cue"),
    "comments alone": ("WEBVTT\n\nNOTE nothing\n", "without a cue"),
    "no line between header and cue": (f"WEBVTT\n{TIMES}\nhum", "line 2: an empty line is missing"),
    "no line between cues": (f"WEBVTT\n\n{TIMES}\nhum\n{TIMES}\nhum", "line 5: an empty line is missing"),
    "no line after a comment": (f"WEBVTT\n\nNOTE x\n{TIMES}\nhum", "line 4: an empty line is missing"),
    "a comma in a time": ("WEBVTT\n\n00:00,000 --> 00:01,500\nhum", "line 3: the times of a cue are written"),
    "no thousandths": ("WEBVTT\n\n00:00 --> 00:01\nhum", "line 3:"),
    "61 seconds": ("WEBVTT\n\n00:00.000 --> 00:61.000\nhum", "line 3:"),
    "one digit of hours": ("WEBVTT\n\n1:00:00.000 --> 1:00:01.000\nhum", "line 3:"),
    "digits of another script": ("WEBVTT\n\n٠٠:00.000 --> 00:01.000\nhum", "line 3:"),
    "no space around the arrow": ("WEBVTT\n\n00:00.000-->00:01.000\nhum", "line 3:"),
    "words without times": (f"WEBVTT\n\n{TIMES}\nhum\n\ntick\ntack\n", "line 7: the times of a cue are written"),
    "a name alone": (f"WEBVTT\n\n{TIMES}\nhum\n\ntick\n", "line 6:"),
    "an end before the start": ("WEBVTT\n\n00:02.000 --> 00:01.000\nhum", "line 3: the cue ends before it begins"),
    "no duration": ("WEBVTT\n\n00:02.000 --> 00:02.000\nhum", "line 3: the cue ends before it begins"),
    "a step back in time": (f"WEBVTT\n\n00:03.000 --> 00:04.000\na\n\n{TIMES}\nb", "line 6: the cue begins before"),
    "control characters": (f"WEBVTT\n\n{TIMES}\nh\0m", "line 4: there are control characters"),
    "too much": (CAPTIONS + "x" * 200_001, "at most 200000 bytes"),
    "too much in Chinese": (CAPTIONS + "声" * 66_667, "at most 200000 bytes"),
}


@pytest.mark.parametrize("text", TAKEN.values(), ids=list(TAKEN))
def test_webvtt_is_taken_as_it_is(text: str) -> None:
    assert checked_captions(text) == text


@pytest.mark.parametrize(("text", "told"), REFUSED.values(), ids=list(REFUSED))
def test_what_goes_wrong_is_told_with_its_line(text: str, told: str) -> None:
    with pytest.raises(ValueError) as refusal:
        checked_captions(text)
    assert told in str(refusal.value)


@given(st.text(st.sampled_from("WEBVTT NOTE-->0123:.\n\r\t声\ufeff"), max_size=60))
def test_no_text_is_more_than_refused(text: str) -> None:
    try:
        taken = checked_captions(text)
    except ValueError as refusal:
        taken = str(refusal)
    assert taken == text or taken.startswith("line ")
