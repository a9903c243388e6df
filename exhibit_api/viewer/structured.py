"""What search engines are told of a hall: schema.org as JSON-LD, in the page."""

from typing import Any

import orjson
from markupsafe import Markup

from exhibit_api.editions.manifest import ExhibitOut, HallManifest
from exhibit_api.editions.told import PersonOut
from exhibit_api.text import LanguageMap
from exhibit_api.viewer.addresses import Addresses
from exhibit_api.viewer.wording import web_address

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


def structured(manifest: HallManifest, language: str, addresses: Addresses) -> Markup:
    """The JSON to stand in `<script type="application/ld+json">`: no text can end the element."""
    slug = manifest.hall.slug
    page = addresses.page("catalogue", slug, whole=bool(addresses.base))
    people = [_person(person, page) for person in manifest.people]
    event = {
        "@context": "https://schema.org",
        "@type": "ExhibitionEvent",
        "@id": page,
        "url": page,
        "name": _texts(manifest.hall.label),
        "description": _texts(manifest.hall.summary),
        "inLanguage": list(manifest.languages),
        "startDate": manifest.exhibition.opens,
        "endDate": manifest.exhibition.closes,
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        "location": {
            "@type": "VirtualLocation",
            "url": addresses.page("view", slug, whole=bool(addresses.base)),
        },
        "superEvent": {"@type": "ExhibitionEvent", "name": _texts(manifest.exhibition.label)},
        "organizer": [
            _given({"@type": "Organization", "name": _texts(one.label), "url": web_address(one.homepage)})
            for one in manifest.organisations
        ],
        "license": web_address(manifest.rights),
        "dateModified": manifest.edition.published_at,
        "version": manifest.edition.number,
        "workFeatured": [_work(exhibit, manifest, addresses, page) for exhibit in manifest.exhibits],
        "about": people,
    }
    return safe_json(_given(event))


def safe_json(value: Any) -> Markup:
    """JSON in which no character can end a script element or begin a comment."""
    text = orjson.dumps(value).decode()
    for character, escape in _ESCAPES.items():
        text = text.replace(character, escape)
    return Markup(text)  # noqa: S704 - what could be markup is escaped


def _work(exhibit: ExhibitOut, manifest: HallManifest, addresses: Addresses, page: str) -> dict[str, Any]:
    slug = exhibit.id.rpartition("/")[2]
    whole = bool(addresses.base)
    achievements = {one.id: one for one in manifest.achievements}
    creators = dict.fromkeys(
        person for one in exhibit.achievements if one in achievements for person in achievements[one].people
    )
    known = {person.id for person in manifest.people}
    return _given(
        {
            "@type": "VisualArtwork",
            "@id": f"{page}#{slug}",
            "name": _texts(exhibit.label),
            "description": _texts(exhibit.summary),
            "dateCreated": str(exhibit.year) if exhibit.year else None,
            "image": addresses.blob(exhibit.poster.url, whole=whole) if exhibit.poster else None,
            "license": web_address(exhibit.rights),
            "creator": [{"@id": f"{page}#{person}"} for person in creators if person in known],
            "encoding": [
                {
                    "@type": "3DModel",
                    "contentUrl": addresses.blob(variant.url, whole=whole),
                    "encodingFormat": variant.media_type,
                    "contentSize": f"{variant.bytes} B",
                }
                for variant in exhibit.model.variants
                if variant.profile in ("master", "quick-look")
            ],
        }
    )


def _person(person: PersonOut, page: str) -> dict[str, Any]:
    return _given(
        {
            "@type": "Person",
            "@id": f"{page}#{person.id}",
            "name": _texts(person.label),
            "description": _texts(person.summary),
            "jobTitle": _texts(person.title),
        }
    )


def _texts(text: LanguageMap | None) -> list[dict[str, str]]:
    return [{"@language": tag, "@value": value} for tag, value in (text or {}).items()]


def _given(value: dict[str, Any]) -> dict[str, Any]:
    """Without what is not there."""
    return {name: part for name, part in value.items() if part not in (None, [], "")}
