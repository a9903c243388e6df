"""Sounds of exhibits over HTTP: sent, told with their words, changed under guards, counted, taken back."""

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest

from exhibit_api.accounts.roles import Role
from exhibit_api.assets.sounds.send import MOST_BYTES
from exhibit_api.storage.base import ObjectStore
from exhibit_api.verify import verify_site
from tests.acting import House, words
from tests.assets.sounding import CAPTIONS, aac, flac, m4a, mp3, ogg, wav
from tests.looking import keys, left_over, problem

LIST = "/v1/exhibits/loom/sounds"
BEAT = f"{LIST}/beat"
WORDS = f"{BEAT}/words"
SPOKEN: dict[str, Any] = {
    "label": words("The beat"),
    "language": "zh-Hans",
    "transcript": words("One, two."),
    "captions": {"en": CAPTIONS, "zh-Hans": CAPTIONS.replace("a low hum", "低沉的嗡鸣")},
}


@pytest.fixture(autouse=True)
def _loom(request: pytest.FixtureRequest) -> None:
    for name in {"house", "laptop"} & set(request.fixturenames):
        house: House = request.getfixturevalue(name)
        house.organisation("jiangsu")
        house.exhibit("loom")


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def sent(house: House, address: str = BEAT, data: bytes | None = None) -> dict[str, Any]:
    answer = house.admin.send(address, wav() if data is None else data)
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


def file_of(house: House, address: str = BEAT) -> httpx2.Response:
    answer = house.client.get(f"{address}/file", headers=house.admin.headers, follow_redirects=False)
    return httpx2.get(answer.headers["Location"]) if answer.status_code == 307 else answer


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (wav(), "audio/wav"),
        (mp3(), "audio/mpeg"),
        (m4a(), "audio/mp4"),
        (aac(), "audio/aac"),
        (ogg(), "audio/ogg"),
        (flac(), "audio/flac"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_sound_is_kept_as_it_was_sent_whatever_its_sender_calls_it(laptop: House, data: bytes, kind: str) -> None:
    answer = laptop.admin.send(BEAT, data, **{"Content-Type": "text/html"})
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert (told["id"], told["sha256"], told["bytes"], told["mediaType"]) == ("beat", digest(data), len(data), kind)
    read = laptop.admin.get(told["url"])
    assert (read.content, read.headers["Content-Type"], read.headers["X-Content-Type-Options"]) == (
        data,
        kind,
        "nosniff",
    )
    assert read.headers["ETag"] == f'"{digest(data)}"'
    part = laptop.admin.get(told["url"], Range="bytes=1-4")
    assert (part.status_code, part.content) == (206, data[1:5])


def test_a_sound_with_its_words_lives_in_the_store_and_on_the_record(house: House) -> None:
    assert sent(house)["captions"] == []
    answer = house.admin.put(WORDS, SPOKEN)
    assert answer.status_code == 201, answer.text
    told = house.admin.get(BEAT).json()
    assert told == answer.json()
    assert (told["label"], told["language"], told["transcript"]) == tuple(
        SPOKEN[name] for name in ("label", "language", "transcript")
    )
    texts = {tag: text.encode() for tag, text in SPOKEN["captions"].items()}
    assert told["captions"] == [
        {"language": tag, "sha256": digest(text), "bytes": len(text)} for tag, text in sorted(texts.items())
    ]
    assert keys(house.site.store, "vault/sounds/") == {
        f"vault/sounds/{digest(wav())}.wav",
        *(f"vault/sounds/{digest(text)}.vtt" for text in texts.values()),
    }
    assert file_of(house).content == wav()
    assert house.admin.get(WORDS).json() == SPOKEN
    assert house.admin.get(LIST).json() == {"sounds": [told]}
    assert not verify_site(house.site)
    assert house.admin.delete(BEAT).status_code == 204
    for address in (BEAT, f"{BEAT}/file", WORDS):
        problem(house.admin.get(address), 404, "no sound 'beat'")
    problem(house.admin.delete(BEAT), 404)
    problem(house.admin.put(WORDS, SPOKEN), 404)
    assert house.admin.get(LIST).json() == {"sounds": []}
    entries = sorted(house.admin.get("/v1/audit?limit=200").json()["items"], key=lambda entry: entry["number"])
    assert [(entry["deed"], entry["subject"]) for entry in entries][-3:] == [
        ("send sound", "exhibits/loom/sounds/beat"),
        ("write words", "exhibits/loom/sounds/beat"),
        ("remove sound", "exhibits/loom/sounds/beat"),
    ]


def test_another_sound_in_its_place_needs_the_etag_and_keeps_the_words(house: House) -> None:
    sent(house)
    first = house.admin.put(WORDS, SPOKEN).headers["ETag"]
    problem(house.admin.send(BEAT, wav(loud=1)), 428, first)
    problem(house.admin.send(BEAT, wav(loud=1), **{"If-Match": '"1-00000000"'}), 412, first)
    problem(house.admin.send(BEAT, wav(loud=1), **{"If-None-Match": "*", "If-Match": first}), 412)
    assert house.admin.get(BEAT).json()["sha256"] == digest(wav())
    answer = house.admin.send(BEAT, wav(loud=1), **{"If-Match": first})
    assert (answer.status_code, answer.json()["sha256"]) == (200, digest(wav(loud=1)))
    assert house.admin.get(WORDS).json() == SPOKEN
    assert house.admin.get(BEAT).headers["ETag"] == answer.headers["ETag"] != first
    problem(house.admin.put(WORDS, SPOKEN, **{"If-Match": first}), 412)


def test_the_same_sound_twice_is_one_file_and_asks_for_the_etag(laptop: House) -> None:
    sent(laptop)
    problem(laptop.admin.send(BEAT, wav()), 428)
    sent(laptop, f"{LIST}/again")
    assert keys(laptop.site.store) == {f"vault/sounds/{digest(wav())}.wav"}
    assert [sound["id"] for sound in laptop.admin.get(LIST).json()["sounds"]] == ["again", "beat"]


def test_words_are_read_changed_and_sent_back(laptop: House) -> None:
    sent(laptop)
    problem(laptop.admin.get(WORDS), 404, "no words yet")
    problem(laptop.admin.put(WORDS, SPOKEN, **{"If-Match": '"7-00000000"'}), 412)
    first = laptop.admin.put(WORDS, SPOKEN)
    problem(laptop.admin.put(WORDS, {}), 428, first.headers["ETag"])
    read = laptop.admin.get(WORDS)
    assert read.headers["ETag"] == first.headers["ETag"]
    changed = read.json() | {"language": None, "captions": {"en": CAPTIONS}}
    answer = laptop.admin.put(WORDS, changed, **{"If-Match": read.headers["ETag"]})
    assert (answer.status_code, answer.json()["language"], len(answer.json()["captions"])) == (200, None, 1)
    assert laptop.admin.get(WORDS).json() == changed


@pytest.mark.parametrize(
    ("wrong", "pointer", "told"),
    [
        ({"captions": {"en": CAPTIONS + "\n00:00.100 --> 00:00.050\nx"}}, "/captions/en", "line 6: the cue ends"),
        ({"captions": {"en": "hum"}}, "/captions/en", "line 1: captions begin with WEBVTT"),
        ({"captions": {"en": CAPTIONS + "x" * 200_000}}, "/captions/en", "at most 200000"),
        ({"captions": {"en": ""}}, "/captions/en", "at least 1"),
        ({"captions": {"zh_CN": CAPTIONS}}, "/captions/zh_CN/[key]", "'zh-Hans' is probably meant"),
        ({"language": "english"}, "/language", "no BCP 47"),
        ({"transcript": "One, two."}, "/transcript", "a map from language tag"),
        ({"transcript": {"en": "x" * 20_001}}, "/transcript/en", "at most 20000"),
        ({"label": {}}, "/label", "at least 1"),
        ({"subtitles": {}}, "/subtitles", "not permitted"),
    ],
)
def test_words_that_break_a_rule_are_refused_with_their_place(
    laptop: House, wrong: dict[str, Any], pointer: str, told: str
) -> None:
    sent(laptop)
    faults = problem(laptop.admin.put(WORDS, SPOKEN | wrong), 422)["errors"]
    assert [fault["pointer"] for fault in faults] == [pointer]
    assert told in faults[0]["detail"]
    problem(laptop.admin.get(WORDS), 404)
    assert keys(laptop.site.store) == {f"vault/sounds/{digest(wav())}.wav"}


@pytest.mark.parametrize("body", [b"", b"no sound", wav()[:-1], wav(8, 6), m4a(b"isom")])
def test_what_is_no_sound_that_we_take_is_told_and_not_kept(laptop: House, body: bytes) -> None:
    problem(laptop.admin.send(BEAT, body), 422)
    problem(laptop.admin.get(BEAT), 404)
    assert keys(laptop.site.store) == set()
    assert left_over(laptop.site) == 0


def test_a_refused_file_leaves_the_sound_that_was_there(house: House) -> None:
    tag = house.admin.send(BEAT, wav()).headers["ETag"]
    problem(house.admin.send(BEAT, wav()[:-1], **{"If-Match": tag}), 422)
    assert (house.admin.get(BEAT).headers["ETag"], file_of(house).content) == (tag, wav())
    assert left_over(house.site) == 0


def test_a_sound_has_a_limit_and_is_no_form(laptop: House) -> None:
    problem(
        laptop.admin.send(BEAT, b"", **{"Content-Length": str(MOST_BYTES + 1)}), 413, "a sound has at most 50000000"
    )
    problem(laptop.admin.send(BEAT, wav(), **{"Content-Type": "multipart/form-data; boundary=x"}), 415)
    problem(laptop.admin.get(BEAT), 404)


def test_a_sound_may_be_larger_than_a_document(laptop: House) -> None:
    large = wav(laptop.site.settings.max_document_bytes)
    assert sent(laptop, BEAT, large)["sha256"] == digest(large)


def test_an_exhibit_has_twenty_sounds_and_no_more(house: House) -> None:
    for number in range(20):
        sent(house, f"{LIST}/sound-{number}")
    problem(house.admin.send(f"{LIST}/sound-20", wav()), 409, "20 sounds")
    tag = house.admin.get(f"{LIST}/sound-7").headers["ETag"]
    assert house.admin.send(f"{LIST}/sound-7", mp3(), **{"If-Match": tag}).status_code == 200
    assert house.admin.delete(f"{LIST}/sound-3", **{"If-Match": "*"}).status_code == 204
    sent(house, f"{LIST}/sound-20")
    assert len(house.admin.get(LIST).json()["sounds"]) == 20


def test_many_sounds_at_once_do_not_pass_the_limit(house: House) -> None:
    for number in range(18):
        sent(house, f"{LIST}/sound-{number}")
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda n: house.admin.send(f"{LIST}/more-{n}", wav(loud=n)).status_code, range(6)))
    assert sorted(answers) == [201, 201, 409, 409, 409, 409]
    assert len(house.admin.get(LIST).json()["sounds"]) == 20


def test_one_sound_sent_by_many_at_once_is_one_of_theirs(house: House) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda n: house.admin.send(BEAT, wav(loud=n)).status_code, range(4)))
    assert sorted(answers) == [201, 428, 428, 428]
    assert house.admin.get(BEAT).json()["sha256"] == digest(file_of(house).content)


def test_sounds_count_against_the_quota_each_file_once(house: House) -> None:
    size = len(wav())
    house.admin.put("/v1/organisations/anhui", {"label": words("anhui"), "quotaBytes": 2 * size})
    house.exhibit("press", organisation="anhui")
    press = "/v1/exhibits/press/sounds"
    sent(house, f"{press}/a")
    sent(house, f"{press}/b")
    sent(house, f"{press}/c", wav(loud=1))
    problem(house.admin.send(f"{press}/d", wav(1)), 413, f"stores {2 * size} of {2 * size} bytes")
    assert house.admin.delete(f"{press}/c").status_code == 204
    problem(house.admin.send(f"{press}/d", wav(801)), 413, f"{size} are left")
    sent(house, f"{press}/d", wav(1))


def test_who_may_not_is_told(laptop: House) -> None:
    laptop.organisation("anhui")
    sent(laptop)
    laptop.admin.put(WORDS, SPOKEN)
    stranger, operator = laptop.person(Role.CURATOR, "anhui"), laptop.person(Role.OPERATOR)
    problem(stranger.send(BEAT, wav()), 403, "in jiangsu")
    problem(stranger.put(WORDS, SPOKEN), 403, "in jiangsu")
    problem(stranger.delete(BEAT), 403)
    problem(operator.send(BEAT, wav()), 403, "operator")
    problem(operator.put(WORDS, SPOKEN), 403, "operator")
    problem(laptop.visitor.send(BEAT, wav()), 401)
    for address in (LIST, BEAT, WORDS, f"{BEAT}/file"):
        problem(stranger.get(address), 403)
        problem(laptop.visitor.get(address), 401)
        assert operator.get(address).status_code == 200
    problem(laptop.admin.send("/v1/exhibits/nothing/sounds/beat", wav()), 404)
    problem(laptop.admin.send(f"{LIST}/No-Slug", wav()), 422)
    assert laptop.fetch(f"/public/blobs/{digest(wav())}.wav").status_code == 404


def test_an_exhibit_takes_its_sounds_along_when_it_goes(house: House) -> None:
    sent(house)
    house.admin.put(WORDS, SPOKEN)
    assert house.admin.delete("/v1/exhibits/loom").status_code == 204
    problem(house.admin.get(BEAT), 404)
    assert not verify_site(house.site)


def test_verify_names_a_sound_that_is_lost_and_captions_that_were_changed(house: House) -> None:
    sent(house)
    house.admin.put(WORDS, SPOKEN)
    lost, changed = f"vault/sounds/{digest(wav())}.wav", f"vault/sounds/{digest(CAPTIONS.encode())}.vtt"
    house.site.store.delete(lost)
    house.site.store.put(changed, b"changed", "text/vtt")
    assert sorted(verify_site(house.site)) == sorted(
        [
            f"{lost} is missing, and exhibits/loom/sounds/beat needs it",
            f"{changed} was changed: its bytes hash to {digest(b'changed')}",
        ]
    )


@pytest.mark.parametrize("ending", ["wav", "vtt"])
def test_a_lost_file_is_told_and_sending_it_again_mends_it(laptop: House, ending: str) -> None:
    sent(laptop)
    laptop.admin.put(WORDS, SPOKEN)
    store: ObjectStore = laptop.site.store
    for key in keys(store, "vault/sounds/"):
        if key.endswith(ending):
            store.delete(key)
    again: dict[str, Callable[[str], httpx2.Response]] = {
        "wav": lambda tag: laptop.admin.send(BEAT, wav(), **{"If-Match": tag}),
        "vtt": lambda tag: laptop.admin.put(WORDS, SPOKEN, **{"If-Match": tag}),
    }
    address = {"wav": f"{BEAT}/file", "vtt": WORDS}[ending]
    problem(laptop.admin.get(address), 404, "there is no object")
    assert again[ending](laptop.admin.get(BEAT).headers["ETag"]).status_code == 200
    assert laptop.admin.get(address).status_code == 200
