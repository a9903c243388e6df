"""Text for people: language maps keyed by BCP 47 tags, `{"zh-Hans": "焊接机器人", "en": "Welding robot"}`, and slugs."""

import re
from typing import Annotated, Any

import langcodes
from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema

MAX_TEXT_LENGTH = 20_000
MAX_LANGUAGES = 40

# RFC 5646, section 2.1, without the grandfathered tags: language, script, region, variants, extensions, private use.
TAG = re.compile(
    r"[A-Za-z]{2,3}(-[A-Za-z]{3}){0,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*"
    r"(-[0-9A-WY-Za-wy-z](-[A-Za-z0-9]{2,8})+)*(-x(-[A-Za-z0-9]{1,8})+)?"
)


def meant_tag(tag: str) -> str | None:
    """The tag that was probably meant by a wrong one: "zh_CN" → "zh-Hans", "EN_us" → "en-US"; None where nobody can tell."""
    try:
        language = langcodes.Language.get(tag.strip().replace("_", "-").split(".")[0])
    except ValueError:
        return None
    if not language.language or not language.is_valid():
        return None
    if language.language == "zh" and not language.script:
        return f"zh-{language.maximize().script}"
    return language.to_tag()


def checked_tag(tag: str) -> str:
    """The tag in its customary letter case. Raises ValueError naming the tag that was meant."""
    if not TAG.fullmatch(tag):
        meant = meant_tag(tag)
        raise ValueError(
            f"{tag[:40]!r} is no BCP 47 language tag" + (f"; {meant!r} is probably meant" if meant else "")
        )
    customary = langcodes.standardize_tag(tag, macro=False)
    if not langcodes.Language.get(customary).is_valid():
        raise ValueError(f"{tag[:40]!r} names no language that is registered")
    if customary != tag:
        raise ValueError(f"{tag!r} is written {customary!r}")
    return tag


def _checked_map(value: dict[str, str]) -> dict[str, str]:
    for tag in value:
        checked_tag(tag)
    return value


def _no_control_characters(text: str) -> str:
    if any((ord(c) < 32 and c not in "\n\t") or 127 <= ord(c) < 160 for c in text):
        raise ValueError("the text holds control characters")
    return text


def _explained(value: Any) -> Any:
    if isinstance(value, str):
        raise ValueError('text for people is a map from language tag to text, as {"zh-Hans": "…", "en": "…"}')  # noqa: TRY004 (pydantic reads ValueError)
    return value


Text = Annotated[
    str,
    StringConstraints(min_length=1, max_length=MAX_TEXT_LENGTH, strip_whitespace=True),
    AfterValidator(_no_control_characters),
]
Line = Annotated[
    str,
    StringConstraints(min_length=1, max_length=200, strip_whitespace=True),
    AfterValidator(_no_control_characters),
]
"""A name or remark that is not for visitors, and so in no language."""

LanguageTag = Annotated[str, StringConstraints(min_length=2, max_length=60), AfterValidator(checked_tag)]
LanguageMap = Annotated[
    dict[str, Text],
    Field(min_length=1, max_length=MAX_LANGUAGES),
    BeforeValidator(_explained),
    AfterValidator(_checked_map),
    WithJsonSchema(
        {
            "type": "object",
            "description": "Text for people, keyed by BCP 47 language tags.",
            "propertyNames": {"pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"},
            "additionalProperties": {"type": "string", "minLength": 1, "maxLength": MAX_TEXT_LENGTH},
            "minProperties": 1,
            "maxProperties": MAX_LANGUAGES,
            "examples": [{"zh-Hans": "焊接机器人", "en": "Welding robot"}],
        }
    ),
]
MAX_SLUG = 80
Slug = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", min_length=1, max_length=MAX_SLUG),
    Field(examples=["welding-robot"]),
]


def is_slug(text: str) -> bool:
    """Whether the text can name something: small letters, digits and single hyphens."""
    return len(text) <= MAX_SLUG and re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", text) is not None
