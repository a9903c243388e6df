"""A house to visit: one hall, a blob, a large blob, and an application behind them."""

import os
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, PlainTextResponse

from exhibit_api.editions.serve import PublicFront
from exhibit_api.editions.shelf import Shelf
from exhibit_api.storage.local import LocalStore
from tests.editions.shown import manifest_of, pointer_to, put_blob, put_manifest, sha256

MANIFEST = manifest_of("joint")
FROZEN = f"/public/manifests/{sha256(MANIFEST)}.json"
CURRENT = "/v1/halls/joint/manifest"
LARGE = os.urandom(1 << 20) * 12
NARROW = 64 << 10
"""A receive buffer with which the kernel cannot take a large blob at once."""


class House:
    """An exhibition with one hall, a blob and a large blob, and routes of an application behind it."""

    def __init__(self, folder: Path) -> None:
        self.store = LocalStore(folder)
        put_manifest(self.store, MANIFEST)
        self.blob = put_blob(self.store)
        self.large = put_blob(self.store, LARGE)
        self.shelf = Shelf(self.store, 1 << 20)
        self.shelf.load({"joint": pointer_to(MANIFEST)})
        self.app = PublicFront(self._behind(), self.shelf, self.store)

    def _behind(self) -> FastAPI:
        app = FastAPI()

        @app.get("/hello")
        def hello() -> PlainTextResponse:
            return PlainTextResponse("hello")

        @app.post("/echo")
        async def echo(request: Request) -> PlainTextResponse:
            return PlainTextResponse(await request.body())

        @app.get("/file")
        def file() -> FileResponse:
            return FileResponse(str(self.store.path(self.large[1:])))

        return app
