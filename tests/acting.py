"""People who act on the service in tests: visitors, curators, admins and operators, each with a client of their own."""

from types import TracebackType
from typing import Any, Self

import httpx2
from fastapi.testclient import TestClient

from exhibit_api.accounts import tokens
from exhibit_api.accounts.roles import Role
from exhibit_api.app import make_app
from exhibit_api.assets.due import GATE
from exhibit_api.db import transaction
from exhibit_api.instance import OWNER
from exhibit_api.jobs.worker import run_due
from exhibit_api.server import front_of, make_showcase
from exhibit_api.web.site import Site
from exhibit_api.working import handlers_of

SQUARE = [[-5, -5], [5, -5], [5, 5], [-5, 5]]


def words(text: str) -> dict[str, str]:
    """A text in both languages."""
    return {"zh-Hans": f"{text}（中文）", "en": text}


class Person:
    """Someone with a token, or a visitor without one. `put` and the like send JSON and give the answer as it is."""

    def __init__(self, client: TestClient, token: str | None) -> None:
        self.client = client
        self.token = token
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, path: str, **headers: str) -> httpx2.Response:
        return self.client.get(path, headers=self.headers | headers)

    def put(self, path: str, body: Any, **headers: str) -> httpx2.Response:
        return self.client.put(path, json=body, headers=self.headers | headers)

    def send(self, path: str, data: bytes, **headers: str) -> httpx2.Response:
        """PUT raw bytes."""
        return self.client.put(path, content=data, headers=self.headers | headers)

    def post(self, path: str, body: Any = None, **headers: str) -> httpx2.Response:
        return self.client.post(path, json=body, headers=self.headers | headers)

    def delete(self, path: str, **headers: str) -> httpx2.Response:
        return self.client.delete(path, headers=self.headers | headers)

    def change(self, path: str, **changes: Any) -> httpx2.Response:
        """Read, change some members, send back under the ETag."""
        found = self.get(path if not path.startswith("/v1/halls/") or path.count("/") > 3 else f"{path}/draft")
        return self.put(path, found.json() | changes, **{"If-Match": found.headers["ETag"]})


class House:
    """The whole service over one site: the public front, the API, and people."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.showcase = make_showcase(site)
        self.client = TestClient(
            front_of(site.settings, site.store, self.showcase.shelf, make_app(site, self.showcase))
        )
        self.visitor = Person(self.client, None)
        self.admin = self.person(Role.ADMIN)

    def __enter__(self) -> Self:
        self.showcase.refresh()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.showcase.close()
        self.client.close()

    def person(self, role: Role, organisation: str | None = None) -> Person:
        """Someone with this role."""
        with transaction(self.site.sessions) as session:
            _, secret = tokens.grant(session, OWNER, role=role, organisation=organisation, label="test")
        return Person(self.client, secret)

    def organisation(self, slug: str) -> str:
        """A new organisation."""
        assert self.admin.put(f"/v1/organisations/{slug}", {"label": words(slug)}).status_code == 201
        return slug

    def exhibit(self, slug: str, model: bytes | None = None, organisation: str = "jiangsu", **more: Any) -> str:
        """A new exhibit, with its model if given."""
        body = {"organisation": organisation, "label": words(slug), "alt": words(f"a {slug}")} | more
        answer = self.admin.put(f"/v1/exhibits/{slug}", body)
        assert answer.status_code == 201, answer.text
        if model is not None:
            self.send(slug, model)
        return slug

    def send(self, exhibit: str, model: bytes) -> str:
        """Send the model of an exhibit, and let it through the gate; its SHA-256."""
        answer = self.admin.send(f"/v1/exhibits/{exhibit}/model", model)
        assert answer.status_code == 202, answer.text
        self.work(GATE)
        sha256: str = answer.json()["sha256"]
        return sha256

    def work(self, *kinds: str) -> int:
        """Do all that is due of these kinds, as a worker does it; of every kind if none is named. How many jobs there were."""
        return run_due(self.site.sessions, handlers_of(self.site), kinds or None)

    def asset(self, sha256: str) -> dict[str, Any]:
        """All that is known of an asset."""
        answer = self.admin.get(f"/v1/assets/{sha256}")
        assert answer.status_code == 200, answer.text
        asset: dict[str, Any] = answer.json()
        return asset

    def hall(self, slug: str = "suzhou", organisation: str = "jiangsu", **more: Any) -> str:
        """A new square hall of 10 m, with its organisation and exhibition where they are missing."""
        if self.admin.get(f"/v1/organisations/{organisation}").status_code == 404:
            self.organisation(organisation)
        if self.admin.get("/v1/exhibitions/delta/draft").status_code == 404:
            answer = self.admin.put("/v1/exhibitions/delta", {"organisation": organisation, "label": words("Delta")})
            assert answer.status_code == 201, answer.text
        body = {
            "organisation": organisation,
            "exhibition": "delta",
            "label": words(slug),
            "rights": "http://creativecommons.org/publicdomain/zero/1.0/",
            "space": {"floor": SQUARE},
        } | more
        answer = self.admin.put(f"/v1/halls/{slug}", body)
        assert answer.status_code == 201, answer.text
        return slug

    def place(self, hall: str, exhibit: str, at: tuple[float, float, float] = (0, 0, -3)) -> None:
        """Put the exhibit in the hall."""
        answer = self.admin.put(f"/v1/halls/{hall}/placements/{exhibit}", {"exhibit": exhibit, "translation": at})
        assert answer.status_code == 201, answer.text

    def publish(self, hall: str) -> dict[str, Any]:
        """Publish the hall; the edition."""
        answer = self.admin.post(f"/v1/halls/{hall}/editions")
        assert answer.status_code in (200, 201), answer.text
        edition: dict[str, Any] = answer.json()
        return edition

    def fetch(self, address: str) -> httpx2.Response:
        """What a client without a token gets there, following the way to the store where the store answers by itself."""
        answer = self.client.get(address, follow_redirects=False)
        return httpx2.get(answer.headers["Location"]) if answer.status_code == 307 else answer

    def manifest(self, hall: str) -> dict[str, Any]:
        """What a visitor reads."""
        answer = self.visitor.get(f"/v1/halls/{hall}/manifest")
        assert answer.status_code == 200, answer.text
        manifest: dict[str, Any] = answer.json()
        return manifest
