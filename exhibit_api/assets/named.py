"""Which objects of the vault rows name: what must not be removed from under them."""

from collections.abc import Collection

from sqlalchemy import String, cast, or_, select
from sqlalchemy.orm import Session

from exhibit_api.assets.sounds.recognise import ENDINGS, VTT
from exhibit_api.assets.sounds.tables import Sound
from exhibit_api.assets.tables import Asset, Picture, Variant, master_key, report_key
from exhibit_api.assets.uploads.tables import ALIVE, Upload
from exhibit_api.db import in_parts

CAPTION = f".{ENDINGS[VTT]}"


def named_by_rows(session: Session, keys: Collection[str]) -> set[str]:
    """Those of the keys that an asset, a variant, a picture, a sound or an upload under way names."""
    named: set[str] = set()
    for part in in_parts(sorted({digest_in(key) for key in keys})):
        for asset in session.scalars(select(Asset.sha256).where(Asset.sha256.in_(part))):
            named |= {master_key(asset), report_key(asset)}
        under_way = select(Upload.found).where(Upload.found.in_(part), Upload.state.in_(ALIVE))
        named.update(master_key(found) for found in session.scalars(under_way) if found)
        named.update(variant.key for variant in session.scalars(select(Variant).where(Variant.sha256.in_(part))))
        named.update(picture.key for picture in session.scalars(select(Picture).where(Picture.sha256.in_(part))))
        named.update(sound.key for sound in session.scalars(select(Sound).where(Sound.sha256.in_(part))))
    captions = sorted(key for key in keys if key.endswith(CAPTION))
    for at in range(0, len(captions), 50):
        mentions = (cast(Sound.words, String).contains(digest_in(key)) for key in captions[at : at + 50])
        for sound in session.scalars(select(Sound).where(or_(*mentions))):
            named.update(sound.keys)
    return named & set(keys)


def digest_in(key: str) -> str:
    """The SHA-256 that the key of an object of the vault has in its name."""
    return key.rsplit("/", 1)[1].split(".")[0]
