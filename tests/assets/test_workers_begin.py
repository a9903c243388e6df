"""Workers that cannot begin are tried again, and each time it is said why: a service without them looks alive."""

import asyncio
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from exhibit_api import server
from exhibit_api.editions.shelf import Shelf
from exhibit_api.settings import Settings
from exhibit_api.storage import open_store


def test_whatever_hinders_workers_is_told_and_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Here it is that no site was opened, which is a mistake of ours and no error for people."""
    monkeypatch.setattr(server, "RETRY_SECONDS", 0.0)
    store = open_store(f"file:{tmp_path / 'store'}")
    api = server._LaterApi(Settings(data=tmp_path), Shelf(store, 1 << 20), store, None, 1, lambda: None)

    async def until_told_twice() -> None:
        trying = asyncio.create_task(api._work_when_possible())
        while len(logs) < 2 and not trying.done():
            await asyncio.sleep(0)
        trying.cancel()

    with capture_logs() as logs:
        asyncio.run(until_told_twice())
    store.close()
    assert [(entry["event"], entry["exc_info"]) for entry in logs[:2]] == [
        ("the workers cannot begin; trying again", True),
        ("the workers cannot begin; trying again", True),
    ]
