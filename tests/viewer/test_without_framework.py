"""Pages need neither framework nor database: they are answered before those are loaded, and while the database is away."""

import subprocess
import sys
from pathlib import Path

import httpx2

from tests.acting import House
from tests.gltf.building import box
from tests.test_server import NOBODY, served

LOADED = """
import sys
import exhibit_api.viewer.front
print(sorted({name.split(".")[0] for name in sys.modules} & {"fastapi", "sqlalchemy", "boto3", "alembic"}))
"""


def test_the_pages_load_no_framework_and_no_database() -> None:
    told = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"


def test_pages_are_answered_while_the_database_is_away(laptop: House, tmp_path: Path) -> None:
    laptop.place(laptop.hall(), laptop.exhibit("loom", box((1, 1, 1))))
    laptop.publish("suzhou")
    with served(laptop.site.settings.data, tmp_path / "log", EXHIBIT_DATABASE_URL=NOBODY) as address:
        for path in ("/", "/view/suzhou", "/catalogue/suzhou", "/sitemap.xml"):
            assert httpx2.get(address + path, timeout=60).status_code == 200, path
        assert httpx2.get(address + "/v1/exhibits", timeout=60).status_code == 503
