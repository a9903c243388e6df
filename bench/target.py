"""The server under test of `bench/serve.py` and `bench/blobs.py`: a store's folder, without a database.

python bench/target.py STORE PORT protocol|front
"""

import sys
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from exhibit_api.editions.protocol import http_protocol
from exhibit_api.editions.serve import PublicFront
from exhibit_api.editions.shelf import Shelf
from exhibit_api.storage.local import LocalStore


def main(folder: str, port: str, how: str) -> None:
    """Serve what the folder shows, until told to end."""
    store = LocalStore(Path(folder))
    shelf = Shelf(store, 256 << 20)
    public = Path(folder) / "public"
    shelf.load(
        {file.stem: file.read_bytes() for file in (public / "halls").glob("*.json")},
        {file.stem: file.read_bytes() for file in (public / "exhibitions").glob("*.json")},
    )
    http = http_protocol(shelf) if how == "protocol" else "httptools"
    app = PublicFront(FastAPI(), shelf, store)
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=int(port),
        http=http,
        loop="uvloop",
        log_level="warning",
        access_log=False,
        server_header=False,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
