"""Which page answers a visit, and under which key it may be kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from exhibit_api.documents import canonical_bytes
from exhibit_api.editions.manifest import HallManifest
from exhibit_api.editions.shelf import Shelf
from exhibit_api.errors import NotFound
from exhibit_api.viewer.addresses import Addresses
from exhibit_api.viewer.catalogue import catalogue_page
from exhibit_api.viewer.embedding import embedded, exhibit_in, hall_in, language_in
from exhibit_api.viewer.entrance import OWN_LANGUAGES, entrance_page, languages_of
from exhibit_api.viewer.hall_page import hall_page
from exhibit_api.viewer.halls import ShownHalls
from exhibit_api.viewer.languages import choose
from exhibit_api.viewer.page import Page
from exhibit_api.viewer.render import render
from exhibit_api.viewer.routes import Route
from exhibit_api.viewer.search import Entry, entries_of
from exhibit_api.viewer.security import CACHED, page_headers
from exhibit_api.viewer.sitemap import robots, sitemap
from exhibit_api.web.answers import MEDIA_TYPE, answer

HTML = "text/html; charset=utf-8"
NO_STORE = b"no-store"


@dataclass(frozen=True, slots=True)
class Visit:
    """What of a request pages differ by. `base`: where the service is found, with a slash at the end; `root`: from the page to there."""

    base: str | None = None
    root: str = "./"
    accept_language: str = ""
    accept: str = ""
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def addresses(self) -> Addresses:
        """How the page writes addresses."""
        return Addresses(self.root, self.base)

    def language(self, languages: Sequence[str]) -> str:
        """One of the languages: the one asked for, else the best for the visitor."""
        return choose(self.query.get("lang"), self.accept_language, languages)


class Pages:
    """Makes pages. All methods may be called from several threads."""

    def __init__(self, shelf: Shelf, stores: tuple[str, ...] = ()) -> None:
        self._halls = ShownHalls(shelf)
        self._stores = stores
        self._found: tuple[str, list[Entry]] = ("", [])
        self._spoken: tuple[str, tuple[str, ...]] = ("", OWN_LANGUAGES)

    def key(self, route: Route | None, visit: Visit) -> str | None:
        """Under what the page may be kept: all that it depends on. None: it is not kept. It waits for nothing."""
        if route is None or route.slashed:
            return None
        if route.kind in ("view", "catalogue"):
            languages = self._halls.languages_of(route.name)
            if languages is None:
                return None
            return f"{route.kind} {self._halls.digest_of(route.name)} {visit.language(languages)} {visit.base}"
        if route.kind == "oembed" or visit.query.get("q"):
            return None
        state = self._halls.state()
        if route.kind != "entrance":
            return f"{route.kind} {state} {visit.base}"
        of, languages = self._spoken
        return f"{route.kind} {state} {visit.language(languages)} {visit.base}" if of == state else None

    def make(self, route: Route | None, visit: Visit) -> Page:
        """The page; a friendly 404 where there is none."""
        if route is None:
            return self.missing(visit)
        if route.slashed:
            return _moved(f"../{route.name}{'?' if visit.query else ''}{urlencode(visit.query)}")
        if route.kind in ("view", "catalogue"):
            return self._of_hall(route, visit)
        if route.kind == "oembed":
            return self._embedded(visit)
        state = self._halls.state()
        exhibitions = self._halls.exhibitions()
        halls = self._halls.of(exhibitions)
        if route.kind == "robots":
            return Page(robots(visit.addresses), "text/plain; charset=utf-8", _plain_headers())
        if route.kind == "sitemap":
            if visit.base is None:
                return self.missing(visit)
            return Page(sitemap(halls.values(), visit.addresses), "application/xml", _plain_headers())
        languages = languages_of(list(halls.values()))
        self._spoken = state, languages
        language = visit.language(languages)
        question = visit.query.get("q", "")[:100].strip()
        entries = self._entries(halls) if question else []
        body = entrance_page(exhibitions, halls, entries, language, visit.addresses, question=question)
        return Page(body, HTML, page_headers(self._stores, framed=False))

    def missing(self, visit: Visit) -> Page:
        """404, for people in both languages, for programs as a problem."""
        if "json" in visit.accept and "html" not in visit.accept:
            told = answer(NotFound("there is no such hall, page or file, or no more"))
            return Page(bytes(told.body), MEDIA_TYPE, [(b"cache-control", NO_STORE)], 404)
        return self._apology("missing.html", 404, visit)

    def broken(self, visit: Visit) -> Page:
        """500: what is published cannot be shown as a page; the log says why."""
        return self._apology("broken.html", 500, visit)

    def _of_hall(self, route: Route, visit: Visit) -> Page:
        hall = self._halls.hall(route.name)
        if hall is None:
            return self.missing(visit)
        language = visit.language(hall.manifest.languages)
        if route.kind == "view":
            body = hall_page(hall, language, visit.addresses)
        else:
            body = catalogue_page(hall.manifest, language, visit.addresses)
        return Page(body, HTML, page_headers(self._stores, framed=route.kind == "view"))

    def _embedded(self, visit: Visit) -> Page:
        if visit.query.get("format", "json") != "json":
            return Page(
                b"only format=json is given\n", "text/plain; charset=utf-8", [(b"cache-control", NO_STORE)], 501
            )
        slug = hall_in(visit.query.get("url", ""), visit.base) if visit.base else None
        hall = self._halls.hall(slug) if slug else None
        if hall is None:
            told = answer(NotFound("no hall of this exhibition has that address"))
            return Page(bytes(told.body), MEDIA_TYPE, [(b"cache-control", NO_STORE)], 404)
        limits = [_pixels(visit.query.get(name)) for name in ("maxwidth", "maxheight")]
        asked = visit.query.get("url", "")
        wanted = visit.query.get("lang") or language_in(asked)
        language = choose(wanted, visit.accept_language, hall.manifest.languages)
        exhibit = exhibit_in(asked, hall.manifest)
        body = embedded(hall.manifest, language, visit.addresses, limits[0], limits[1], exhibit=exhibit)
        headers = [*_plain_headers(b"Accept-Encoding, Accept-Language"), (b"access-control-allow-origin", b"*")]
        return Page(body, "application/json", headers)

    def _entries(self, halls: Mapping[str, HallManifest]) -> list[Entry]:
        state = self._halls.state()
        known, entries = self._found
        if known != state:
            entries = [entry for manifest in halls.values() for entry in entries_of(manifest)]
            self._found = state, entries
        return [entry for entry in entries if entry.hall in halls]

    def _apology(self, template: str, status: int, visit: Visit) -> Page:
        language = visit.language(OWN_LANGUAGES)
        body = render(template, language, OWN_LANGUAGES, root=visit.root, policy=None).encode()
        return Page(body, HTML, page_headers((), framed=False, cache_control=NO_STORE), status)


def _moved(to: str) -> Page:
    body = canonical_bytes({"location": to})
    return Page(body, "application/json", [(b"location", to.encode("ascii")), (b"cache-control", CACHED)], 308)


def _plain_headers(vary: bytes = b"Accept-Encoding") -> list[tuple[bytes, bytes]]:
    return [(b"cache-control", CACHED), (b"vary", vary), (b"x-content-type-options", b"nosniff")]


def _pixels(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 and int(text) > 0 else None
