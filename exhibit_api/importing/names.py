"""What files beside a spreadsheet are called: which are nobody's, what the letters of a name are, and which is not there."""

import unicodedata

from exhibit_api.errors import NotFound
from exhibit_api.gltf.beside import nearest
from exhibit_api.gltf.fields import shown

LITTER = frozenset(("__macosx", "thumbs.db", "ehthumbs.db", "desktop.ini", "$recycle.bin"))  # of macOS and Windows
LATIN = frozenset(range(0x80, 0xA6))  # code page 437: letters with accents, and some signs of money


def is_litter(name: str) -> bool:
    """Whether a file, or a folder that it lies in, was put there by a machine: hidden, a lock file of Office, a cache."""
    return any(step.startswith((".", "~$")) or step.casefold() in LITTER for step in name.split("/"))


def decoded(raw: bytes) -> str:
    """The name that these bytes stand for, where nobody says in which alphabet they are.

    macOS writes UTF-8, Chinese Windows GBK (of which gb18030 is the whole), and the format's own is code page 437
    (APPNOTE.TXT 6.3.10, appendix D), whose upper half is a few Latin letters and then lines, shades and Greek.
    """
    try:
        return raw.decode()
    except UnicodeDecodeError:
        pass
    if not {byte for byte in raw if byte >= 0x80} <= LATIN:
        try:
            return raw.decode("gb18030")
        except UnicodeDecodeError:
            pass
    return raw.decode("cp437")


def composed(name: str) -> str:
    """The name in Unicode's normal form C: macOS parts letters and their accents, a spreadsheet does not."""
    return unicodedata.normalize("NFC", name)


def missing(name: str, names: frozenset[str], where: str) -> NotFound:
    """The error that a file is not in the folder or the zip, with the one that was probably meant."""
    known = nearest(name, names)
    way_out = f'"{shown(known)}" is there; is it meant?' if known else f"put it there; {len(names)} other files are"
    return NotFound(f'"{shown(name)}" is not in {where}: {way_out}')
