"""The pages as visitors ask for them: in their language, from their cache, compressed, or not there at all."""

import gzip
from pathlib import Path

import brotli
import pytest
import zstandard

from exhibit_api.storage.local import LocalStore
from exhibit_api.viewer.front import ViewerFront
from exhibit_api.viewer.pages import Visit
from exhibit_api.viewer.routes import Route
from tests.editions.shown import ask
from tests.viewer.shown import front_over, golden, visit


@pytest.fixture
def store(tmp_path: Path) -> LocalStore:
    return LocalStore(tmp_path / "store")


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A folder of built files."""
    folder = tmp_path / "built"
    (folder / "decoders").mkdir(parents=True)
    (folder / "viewer.js").write_text("export {};\n" * 100)
    (folder / "chunk-AB12CD34.js").write_text("export {};\n")
    (folder / "service-worker.js").write_text("// keeps\n")
    (folder / "decoders" / "basis.wasm").write_bytes(b"\0asm")
    return folder


@pytest.fixture
def front(store: LocalStore, built: Path) -> ViewerFront:
    return front_over(store, golden("shanghai"), golden("joint"), files=built)


def test_a_visitor_gets_the_hall_in_the_language_of_the_browser(front: ViewerFront) -> None:
    english = visit(front, "/view/shanghai", accept_language="en-GB,en;q=0.9,zh;q=0.5")
    chinese = visit(front, "/view/shanghai", accept_language="zh-CN")
    assert (english.status, english.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert '<html lang="en"' in english.body.decode()
    assert '<html lang="zh-Hans"' in chinese.body.decode()
    assert "Accept-Language" in english.headers["vary"]


def test_the_language_in_the_address_wins(front: ViewerFront) -> None:
    assert '<html lang="en"' in visit(front, "/view/shanghai", "lang=en", accept_language="zh-CN").body.decode()


def test_whoever_wants_another_language_gets_the_halls_first(front: ViewerFront) -> None:
    assert '<html lang="zh-Hans"' in visit(front, "/view/shanghai", accept_language="fr, de;q=0.5").body.decode()


def test_the_page_of_a_hall_tells_its_name_before_any_script(front: ViewerFront) -> None:
    page = visit(front, "/view/shanghai", "lang=en").body.decode()
    assert "<title>Shanghai hall (demonstration) · " in page
    assert 'data-root="../"' in page
    assert 'data-hall="shanghai"' in page
    assert '<canvas id="stage">' in page
    assert '<p class="opening-hall" lang="en" dir="ltr">Shanghai hall (demonstration)</p>' in page
    assert '<noscript><p lang="en" class="opening-without">' in page
    assert 'href="../catalogue/shanghai?lang=en"' in page


def test_the_page_of_a_hall_lets_its_manifest_come_with_the_scripts(front: ViewerFront) -> None:
    page = visit(front, "/view/shanghai").body.decode()
    named = f"../public/manifests/{front._pages._halls.digest_of('shanghai')}.json"
    assert f'<link rel="preload" as="fetch" crossorigin href="{named}">' in page


def test_search_engines_find_each_language(front: ViewerFront) -> None:
    page = visit(front, "/catalogue/shanghai", "lang=en").body.decode()
    assert '<link rel="canonical" href="http://museum.example/catalogue/shanghai?lang=en">' in page
    assert 'hreflang="zh-Hans" href="http://museum.example/catalogue/shanghai?lang=zh-Hans"' in page
    assert 'hreflang="x-default" href="http://museum.example/catalogue/shanghai"' in page


@pytest.mark.parametrize("host", ['x"><script>', "a b", "", "evil.example/@", "a..", "[::1"])
def test_a_host_that_is_none_is_not_written_into_the_page(front: ViewerFront, host: str) -> None:
    page = ask(front, "/catalogue/shanghai", host=host).body.decode()
    assert "canonical" not in page
    assert 'class="print code-of"' not in page


@pytest.mark.parametrize("path", ["/", "/view/shanghai", "/catalogue/shanghai"])
def test_no_page_runs_a_script_that_is_not_ours(front: ViewerFront, path: str) -> None:
    policy = visit(front, path).headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self' 'wasm-unsafe-eval';" in policy
    assert "style-src 'self';" in policy
    assert "unsafe-inline" not in policy
    assert policy.endswith("frame-ancestors *" if path.startswith("/view") else "frame-ancestors 'self'")


def test_a_page_that_is_here_already_is_not_sent_again(front: ViewerFront) -> None:
    first = visit(front, "/catalogue/joint")
    again = visit(front, "/catalogue/joint", if_none_match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["cache-control"] == "public, max-age=30, stale-while-revalidate=86400"


def test_a_page_is_compressed_as_the_browser_likes(front: ViewerFront) -> None:
    plain = visit(front, "/catalogue/joint")
    expanders = {
        "br": brotli.decompress,
        "gzip": gzip.decompress,
        "zstd": zstandard.ZstdDecompressor().decompressobj().decompress,
    }
    for coding, expand in expanders.items():
        told = visit(front, "/catalogue/joint", accept_encoding=coding)
        assert told.headers["content-encoding"] == coding
        assert expand(told.body) == plain.body
        assert int(told.headers["content-length"]) == len(told.body) < len(plain.body) / 2


def test_a_head_has_the_headers_alone(front: ViewerFront) -> None:
    told = ask(front, "/view/shanghai", "HEAD", host="museum.example")
    assert (told.status, told.body) == (200, b"")
    assert int(told.headers["content-length"]) == len(visit(front, "/view/shanghai").body)


@pytest.mark.parametrize(
    "path",
    ["/view/nowhere", "/catalogue/nowhere", "/view/Not_A_Slug", "/view/a/b", "/viewer/none.js", "/view/", "/viewer/"],
)
def test_what_is_not_there_is_told_in_both_languages(front: ViewerFront, path: str) -> None:
    told = visit(front, path, accept="text/html,*/*")
    assert (told.status, told.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert told.headers["cache-control"] == "no-store"
    assert "这里没有展厅" in told.body.decode()
    assert "There is no hall here" in told.body.decode()


def test_a_program_is_told_so_as_a_problem(front: ViewerFront) -> None:
    told = visit(front, "/view/nowhere", accept="application/json")
    assert (told.status, told.headers["content-type"]) == (404, "application/problem+json")
    assert told.json()["status"] == 404


@pytest.mark.parametrize(
    "path",
    ["/viewer/../front.py", "/viewer/.hidden", "/viewer/a/b/c.js", "/viewer/decoders/../viewer.js", "/viewer/%2e%2e"],
)
def test_no_path_leads_out_of_the_built_files(front: ViewerFront, path: str) -> None:
    assert visit(front, path).status == 404


def test_a_slash_too_many_leads_to_the_page(front: ViewerFront) -> None:
    told = visit(front, "/catalogue/shanghai/")
    assert (told.status, told.headers["location"]) == (308, "../shanghai")


def test_built_files_are_kept_for_ever_where_their_name_has_their_digest(front: ViewerFront) -> None:
    assert visit(front, "/viewer/chunk-AB12CD34.js").headers["cache-control"] == "public, max-age=31536000, immutable"
    entry = visit(front, "/viewer/viewer.js", accept_encoding="br")
    assert entry.headers["cache-control"] == "no-cache"
    assert entry.headers["content-type"] == "text/javascript; charset=utf-8"
    assert visit(front, "/viewer/viewer.js", if_none_match=entry.headers["etag"]).status == 304
    assert visit(front, "/viewer/decoders/basis.wasm").headers["content-type"] == "application/wasm"
    assert visit(front, "/service-worker.js").body == b"// keeps\n"


def test_a_new_build_is_served_at_once(front: ViewerFront, built: Path) -> None:
    before = visit(front, "/viewer/viewer.js").headers["etag"]
    (built / "viewer.js").unlink()
    (built / "viewer.js").write_text("export const newer = true;\n")
    assert visit(front, "/viewer/viewer.js").body == b"export const newer = true;\n"
    assert visit(front, "/viewer/viewer.js").headers["etag"] != before


def test_everything_else_goes_to_the_application(front: ViewerFront) -> None:
    for path in ("/v1/exhibits", "/healthz", "/viewers", "/view"):
        asked_behind = visit(front, path).headers.get("x-behind") == "yes"
        assert asked_behind == (path != "/view"), path
    assert ask(front, "/view/shanghai", "POST", host="museum.example").headers["x-behind"] == "yes"


def test_a_manifest_of_another_form_is_an_apology_and_no_traceback(store: LocalStore) -> None:
    document = golden()
    document["exhibits"][0]["pose"] = "upside down"
    told = visit(front_over(store, document), "/catalogue/shanghai")
    assert told.status == 500
    assert "Please try again" in told.body.decode()
    assert "Traceback" not in told.body.decode()


def test_a_hall_that_cannot_be_read_does_not_close_the_entrance(store: LocalStore) -> None:
    broken = golden("joint")
    broken["space"] = {}
    page = visit(front_over(store, golden(), broken), "/", "lang=en").body.decode()
    assert "Shanghai hall" in page
    assert 'id="joint"' not in page


def test_without_any_exhibition_the_entrance_says_so(store: LocalStore) -> None:
    told = visit(front_over(store), "/", accept_language="en")
    assert (told.status, "There is no exhibition yet" in told.body.decode()) == (200, True)


def test_the_entrance_finds_people_and_exhibits_without_a_script(front: ViewerFront) -> None:
    page = visit(front, "/", "q=%E5%8D%83%E5%88%86%E5%B0%BA&lang=zh-Hans").body.decode()
    assert 'href="./catalogue/shanghai?lang=zh-Hans#micrometer"' in page
    person = visit(front, "/", "q=GU+wenlan&lang=en").body.decode()
    assert '#people/gu-wenlan">Gu Wenlan</a>' in person
    assert "Nothing found for “&lt;script&gt;”" in visit(front, "/", "q=%3Cscript%3E&lang=en").body.decode()


def test_the_sitemap_names_each_page_in_each_language(front: ViewerFront) -> None:
    told = visit(front, "/sitemap.xml")
    assert told.headers["content-type"] == "application/xml"
    text = told.body.decode()
    assert "<loc>http://museum.example/catalogue/joint?lang=en</loc>" in text
    assert 'hreflang="zh-Hans" href="http://museum.example/view/shanghai?lang=zh-Hans"' in text
    assert "Sitemap: http://museum.example/sitemap.xml" in visit(front, "/robots.txt").body.decode()


def test_another_site_may_embed_a_hall(front: ViewerFront) -> None:
    told = visit(front, "/oembed", "url=http://museum.example/view/shanghai&maxwidth=500&lang=en")
    answer = told.json()
    assert (answer["type"], answer["version"], answer["title"]) == ("rich", "1.0", "Shanghai hall (demonstration)")
    assert (answer["width"], answer["height"]) == (500, 281)
    assert 'src="http://museum.example/view/shanghai?embed=1&amp;lang=en"' in answer["html"]


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("view/shanghai%23exhibit=welding-robot", "embed=1&amp;lang=zh-Hans#exhibit=welding-robot"),
        ("catalogue/shanghai?lang=en%23welding-robot", "embed=1&amp;lang=en#exhibit=welding-robot"),
        ("view/shanghai?lang=en%23exhibit=no-such-thing", 'embed=1&amp;lang=en"'),
        ("catalogue/shanghai%23part/people", 'embed=1&amp;lang=zh-Hans"'),
    ],
)
def test_a_link_to_an_exhibit_is_embedded_with_it(front: ViewerFront, address: str, shown: str) -> None:
    answer = visit(front, "/oembed", f"url=http://museum.example/{address}").json()
    assert f'src="http://museum.example/view/shanghai?{shown}' in answer["html"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("url=http://museum.example/view/nowhere", 404),
        ("url=http://other.example/view/shanghai", 404),
        ("url=http://museum.example/v1/halls/shanghai", 404),
        ("", 404),
        ("url=http://museum.example/view/shanghai&format=xml", 501),
    ],
)
def test_what_cannot_be_embedded_is_refused_as_oembed_says(front: ViewerFront, query: str, status: int) -> None:
    assert visit(front, "/oembed", query).status == status


def test_a_frame_is_never_wider_than_was_asked_for(front: ViewerFront) -> None:
    answer = visit(front, "/oembed", "url=http://museum.example/view/shanghai&maxwidth=100&maxheight=40").json()
    assert (answer["width"], answer["height"]) == (100, 40)


def test_what_is_told_of_a_hall_to_be_embedded_differs_by_language(front: ViewerFront) -> None:
    told = visit(front, "/oembed", "url=http://museum.example/view/shanghai", accept_language="en")
    assert told.json()["title"] == "Shanghai hall (demonstration)"
    assert "Accept-Language" in told.headers["vary"]


def test_a_slash_too_many_loses_nothing_that_was_asked(front: ViewerFront) -> None:
    assert visit(front, "/view/shanghai/", "embed=1&lang=en").headers["location"] == "../shanghai?embed=1&lang=en"


def test_a_page_of_another_form_than_is_expected_is_not_sent(front: ViewerFront) -> None:
    told = visit(front, "/view/shanghai", if_match='"another"')
    assert (told.status, told.body) == (412, b"")


def test_the_entrance_is_made_once_for_a_language_however_it_is_asked_for(front: ViewerFront) -> None:
    visit(front, "/", accept_language="en")
    keys = {
        front._pages.key(Route("entrance"), Visit(accept_language=asked))
        for asked in ("en", "en-GB;q=0.9", "en" + ",x" * 5000)
    }
    assert len(keys) == 1
    assert None not in keys
