"""Checking what has been kept: the chain of the audit log, and every file against the digest in its name."""

import hashlib
import re
from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from exhibit_api.assets.sounds.tables import Sound
from exhibit_api.assets.tables import Asset, Picture, Variant, master_key
from exhibit_api.audit import log
from exhibit_api.db import transaction
from exhibit_api.editions.freeze import manifest_key
from exhibit_api.editions.show import blobs_of, pointer_key
from exhibit_api.editions.tables import Edition, EditionBlob, Live
from exhibit_api.errors import NoSuchObject
from exhibit_api.storage.base import ObjectStore, pages
from exhibit_api.web.site import Site

NAMED = re.compile(r"(?:^|[/.])([0-9a-f]{64})(?:\.(?!br$|zst$|gz$)[a-z0-9]+)?$")
"""A key whose name holds the digest of its bytes: not the compressed forms of a document, which have the document's."""

FOLDERS = ("public/", "vault/masters/", "vault/variants/", "vault/sounds/", "vault/manifests/")


def verify_site(site: Site, *, progress: bool = False) -> list[str]:
    """What is wrong, one sentence each; nothing where all is well. Reads every file once."""
    with transaction(site.sessions, reads_only=True) as session:
        faults = list(log.broken_links(session))
        masters = {master_key(sha256) for sha256 in session.scalars(select(Asset.sha256))}
        needed = _needed(session)
        sources = _sources(session)
        pointers = _pointers(session)
    found = set[str]()
    for key in _tracked(_keys(site.store), progress):
        found.add(key)
        if match := NAMED.search(key):
            digest = _digest(site.store, key)
            if digest != match[1]:
                faults.append(f"{key} was changed: its bytes hash to {digest}")
    faults += [f"{key} is missing" for key in sorted(masters - found)]
    faults += [
        f"{key} is missing, and {needer} needs it"
        for key, needer in sorted(sources.items())
        if key not in found and key not in masters
    ]
    faults += [f"{key} is missing, and {hall} shows it" for key, hall in sorted(needed) if key not in found]
    faults += [
        f"{key} does not name the current edition of its hall, {sha256}"
        for key, sha256 in sorted(pointers.items())
        if key in found and sha256.encode() not in site.store.read(key)
    ]
    return faults


def _pointers(session: Session) -> dict[str, str]:
    """The pointer of each live hall, and the digest that it should name; flips that are under way are left out."""
    query = (
        select(Edition)
        .join(Live, (Live.hall == Edition.hall) & (Live.number == Edition.number))
        .where(Live.shown == Live.version)
    )
    return {pointer_key(edition.hall): edition.sha256 for edition in session.scalars(query)}


def _needed(session: Session) -> set[tuple[str, str]]:
    """What live editions show: each key, and the hall."""
    query = select(Edition).join(Live, (Live.hall == Edition.hall) & (Live.number == Edition.number))
    needed = set()
    for edition in session.scalars(query):
        hall = f"halls/{edition.hall}"
        needed |= {(manifest_key(edition.sha256), hall), (pointer_key(edition.hall), hall)}
        needed |= {(blob.key, hall) for blob in blobs_of(session, edition)}
    return needed


def _sources(session: Session) -> dict[str, str]:
    """What stands in the vault beside masters and manifests: each key, and one who needs it; an edition before all others.

    Earlier editions are among them, for they can be shown again.
    """
    sources = {variant.key: f"assets/{variant.asset}" for variant in session.scalars(select(Variant))}
    sources |= {picture.key: picture.exhibit for picture in session.scalars(select(Picture))}
    sources |= {key: sound.name for sound in session.scalars(select(Sound)) for key in sound.keys}
    query = select(EditionBlob.source, EditionBlob.hall, func.max(EditionBlob.number))
    for source, hall, number in session.execute(query.group_by(EditionBlob.source, EditionBlob.hall)):
        sources[source] = f"edition {number} of halls/{hall}"
    return sources


def _keys(store: ObjectStore) -> Iterator[str]:
    for folder in FOLDERS:
        for keys in pages(store, folder):
            yield from keys


def _digest(store: ObjectStore, key: str) -> str:
    digest = hashlib.sha256()
    try:
        for chunk in store.stream(key):
            digest.update(chunk)
    except NoSuchObject:
        return "nothing: it was removed just now"
    return digest.hexdigest()


def _tracked(keys: Iterator[str], progress: bool) -> Iterator[str]:
    if not progress:
        yield from keys
        return
    from rich.progress import track

    yield from track(list(keys), description="Checking files", transient=True)
