"""Follows a `uri` of a .gltf to its bytes: in a file beside it (RFC 3986), or in the text itself (RFC 2397)."""

import binascii
import re
import unicodedata
from pathlib import PurePosixPath
from urllib.parse import unquote, unquote_to_bytes

from exhibit_api.errors import BadModel, NotFound
from exhibit_api.gltf.beside import Beside, nearest
from exhibit_api.gltf.fields import Fields, Path, described, refusal, shown

SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
LONGEST_REFERENCE = 4_096  # characters
MOST_ESCAPES = 100_000  # in a data: URI; each costs far more memory while it is decoded than its three letters
GAPS = b" \t\n\f\r"

Source = str | bytes
"""The name of a file beside the model, or bytes that a data: URI held."""


def read_source(fields: Fields, beside: Beside, folder: str) -> tuple[Source, int]:
    """What the `uri` of a buffer or an image in a .gltf of that folder stands for, and its length in bytes, or BadModel."""
    path, uri = (*fields.path, "uri"), fields.values["uri"]
    if not isinstance(uri, str):
        raise refusal(path, f"is {described(uri)}; the name of a file or a data: URI is due")
    if uri[:5].lower() == "data:":
        data = decoded(uri, path)
        return data, len(data)
    return found(uri, path, beside, folder)


def found(uri: str, path: Path, beside: Beside, folder: str) -> tuple[str, int]:
    """The name and size of the file beside the model; as it is written, where it was not escaped as it should be."""
    if len(uri) > LONGEST_REFERENCE:
        raise refusal(path, f"has {len(uri)} characters; at most {LONGEST_REFERENCE} are taken")
    if SCHEME.match(uri):
        raise refusal(path, f'is "{shown(uri)}", not beside the model: put the file there, name it by a relative path')
    name = resolved(unescaped(uri, path), uri, path, folder)
    try:
        return name, beside.size(name)
    except NotFound:
        pass
    try:
        literal = resolved(uri, uri, path, folder)
        return literal, beside.size(literal)
    except NotFound as error:
        raise missing(name, uri, path, beside) from error


def missing(name: str, uri: str, path: Path, beside: Beside) -> BadModel:
    known = nearest(name, beside.names)
    way_out = f'"{shown(known)}" is there; is it meant?' if known else "put it beside the model, or export a GLB"
    whole = "" if name == uri else f' ("{shown(name)}")'
    return refusal(path, f'is "{shown(uri)}", a file{whole} that is not there: {way_out}')


def unescaped(uri: str, path: Path) -> str:
    """The text without its percent-escapes."""
    try:
        return unquote(uri, errors="strict")
    except UnicodeDecodeError as error:
        raise refusal(path, f'is "{shown(uri)}", whose percent-escapes are no UTF-8: export the model anew') from error


def resolved(text: str, uri: str, path: Path, folder: str) -> str:
    """The path from the top of what lies beside, of a reference from a folder in it (RFC 3986, 5.2.4)."""
    what = f'is "{shown(uri)}"'
    if not text:
        raise refusal(path, "is empty; the name of a file or a data: URI is due")
    if "\0" in text:
        raise refusal(path, f"{what} and holds a NUL character, which no name may")
    if "\\" in text:
        raise refusal(path, f"{what} and holds a backslash; folders are parted by /: export the model anew or mend it")
    if text.startswith("/"):
        raise refusal(path, f"{what}, an absolute path: put the file beside the model and name it by a relative path")
    steps = list(PurePosixPath(folder).parts)
    for step in text.split("/"):
        if step == "..":
            if not steps:
                raise refusal(path, f"{what} and leaves the folder that was given: put the file into it")
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    return unicodedata.normalize("NFC", "/".join(steps))


def decoded(uri: str, path: Path) -> bytes:
    """The bytes of a data: URI, of base64 or of percent-escapes. Line ends in base64 and its missing filling are borne."""
    head, comma, text = uri.partition(",")
    if not comma:
        raise refusal(path, "is a data: URI without a comma before its data")
    if uri.count("%") > MOST_ESCAPES:
        raise refusal(
            path, f"has {uri.count('%')} percent-escapes; at most {MOST_ESCAPES} are taken: write it as base64"
        )
    plain = unquote_to_bytes(text)
    if not head.lower().endswith(";base64"):
        return plain
    digits = plain.translate(None, GAPS).rstrip(b"=")
    try:
        return binascii.a2b_base64(digits + b"=" * (-len(digits) % 4), strict_mode=True)
    except binascii.Error as error:
        raise refusal(path, f"is a data: URI that is not of base64 ({error})") from error
