"""Sending a model in parts, as clients do: to the addresses that are signed, wherever they lead."""

import hashlib
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx2

from exhibit_api.assets.uploads.send import RECEIVE
from tests.acting import House, Person
from tests.gltf.building import box, box_model, glb

PART = 5 << 20
"""Bytes of all parts but the last, as S3 wants them at least."""
LOOM = box((1, 2, 1))


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def heavy(size: int = PART + 1000) -> bytes:
    """A model of about so many bytes, which are always the same: more than anything in it asks for."""
    json, data = box_model((1, 2, 1))
    data += hashlib.shake_128(b"ballast").digest((size - len(LOOM)) // 4 * 4)
    return glb(json | {"buffers": [{"byteLength": len(data)}]}, data)


@dataclass
class Sending:
    """An upload that a person sends."""

    house: House
    person: Person
    id: str
    key: str
    under: str = "/v1/uploads/multipart"
    etags: dict[int, str] = field(default_factory=dict)

    @property
    def at(self) -> str:
        return f"{self.under}/{self.id}"

    def sign(self, number: int) -> httpx2.Response:
        return self.person.get(f"{self.at}/{number}?key={self.key}")

    def address(self, number: int) -> str:
        answer = self.sign(number)
        assert answer.status_code == 200, answer.text
        return str(answer.json()["url"])

    def put(self, address: str, data: bytes, **headers: str) -> httpx2.Response:
        """Send to a signed address, without a token: to ourselves, or to the bucket."""
        parts = urlsplit(address)
        if parts.netloc == "testserver":
            return self.house.client.put(f"{parts.path}?{parts.query}", content=data, headers=headers)
        return httpx2.put(address, content=data, headers=headers, timeout=60)

    def part(self, number: int, data: bytes) -> httpx2.Response:
        answer = self.put(self.address(number), data)
        if answer.status_code == 200:
            self.etags[number] = answer.headers["ETag"]
        return answer

    def all(self, model: bytes) -> "Sending":
        for number, start in enumerate(range(0, len(model), PART), 1):
            assert self.part(number, model[start : start + PART]).status_code == 200
        return self

    def listed(self) -> list[dict[str, Any]]:
        answer = self.person.get(f"{self.at}?key={self.key}")
        assert answer.status_code == 200, answer.text
        parts: list[dict[str, Any]] = answer.json()
        return parts

    def complete(self, parts: list[dict[str, Any]] | None = None, **more: Any) -> httpx2.Response:
        listed = [{"PartNumber": number, "ETag": etag} for number, etag in sorted(self.etags.items())]
        return self.person.post(
            f"{self.at}/complete?key={self.key}", {"parts": listed if parts is None else parts} | more
        )

    def abort(self) -> httpx2.Response:
        return self.person.delete(f"{self.at}?key={self.key}")

    def told(self) -> dict[str, Any]:
        """How far it is."""
        answer = self.person.get(f"/v1/uploads/{self.id}")
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    def received(self) -> dict[str, Any]:
        """How far it is once a worker has looked into it."""
        self.house.work(RECEIVE)
        return self.told()


def ask(person: Person, exhibit: str = "loom", under: str = "/v1/uploads/multipart", **about: Any) -> httpx2.Response:
    """Ask for a new upload."""
    body = {"filename": "loom.glb", "type": "model/gltf-binary", "metadata": {"exhibit": exhibit} | about}
    return person.post(under, body)


def begin(house: House, person: Person | None = None, under: str = "/v1/uploads/multipart", **about: Any) -> Sending:
    """A new upload."""
    who = person or house.admin
    answer = ask(who, under=under, **about)
    assert answer.status_code == 200, answer.text
    return Sending(house, who, answer.json()["uploadId"], answer.json()["key"], under)
