"""What `exhibit check` shows people: a table of files and profiles, and below it what is to be known of each file."""

import os
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Literal

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from exhibit_api.assets.schemas import IssueOut
from exhibit_api.checking.told import CheckedFile
from exhibit_api.gltf.fields import shown
from exhibit_api.pipeline.reasons import amount
from exhibit_api.pipeline.recipes import POSTER_SIZES, RECIPES

Language = Literal["zh-Hans", "en"]

POSTER = f"poster-{POSTER_SIZES[0]}-ground"
PROFILES = (*(recipe.name for recipe in RECIPES if recipe.published), POSTER)
LONGEST = 1000  # characters of a message
NARROWEST = 200  # columns, where no terminal says how many there are

WORDS: dict[Language, dict[str, str]] = {
    "zh-Hans": {
        "file": "文件",
        "size": "大小",
        "triangles": "三角形",
        "textures": "贴图",
        "issues": "错误/警告",
        "poster": "图片",
        "master": "原件",
        "summary": "{files} 个文件中，{good} 个可以发布",
    },
    "en": {
        "file": "file",
        "size": "size",
        "triangles": "triangles",
        "textures": "textures",
        "issues": "errors/warnings",
        "poster": "poster",
        "master": "master",
        "summary": "{good} of {files} files can be published",
    },
}
MARKS = {"error": "[bold red]✗[/]", "warning": "[yellow]![/]"}


def show(console: Console, checked: Sequence[CheckedFile], language: Language, *, variants: bool) -> None:
    """Print the table, the findings and reasons of each file, and how many can be published."""
    words = WORDS[language]
    console.print(table_of(checked, words, PROFILES if variants else ()))
    for file in checked:
        lines = [*issue_lines(file.issues, language), *reason_lines(file, language)]
        if lines:
            console.print(f"\n[bold]{plain(file.file)}[/]")
            console.print("\n".join(lines), soft_wrap=True)
    good = sum(file.publishable for file in checked)
    console.print("\n" + words["summary"].format(files=len(checked), good=good))


def table_of(checked: Sequence[CheckedFile], words: dict[str, str], profiles: Sequence[str]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(words["file"], overflow="fold", min_width=16)
    for name in ("size", "triangles", "textures", "issues"):
        table.add_column(words[name], justify="right")
    for profile in profiles:
        table.add_column(words["poster"] if profile == POSTER else profile, justify="right")
    folder = folder_of([file.file for file in checked])
    for file in checked:
        found = f"{file.count('error')}/{file.count('warning')}"
        row = [
            plain(file.file.removeprefix(folder)),
            amount(file.bytes),
            *measured(file),
            found if file.publishable else f"[red]{found}[/]",
        ]
        table.add_row(*row, *(cell(file, profile, words["master"]) for profile in profiles))
    return table


def plain(text: str) -> str:
    """A text that may come from a stranger's file, harmless for a terminal."""
    return escape(shown(text, LONGEST))


def folder_of(names: Sequence[str]) -> str:
    """The folder that all files lie in, with its slash: it is not worth a column's width. "" where it is this one."""
    folders = [Path(name).parent for name in names]
    if len({folder.is_absolute() for folder in folders}) > 1:
        return ""
    common = os.path.commonpath(folders)
    return f"{common}/" if common not in ("", "/") else common


def measured(file: CheckedFile) -> tuple[str, str]:
    """Triangles, and textures with the longest side of the largest."""
    if (measures := file.measures) is None:
        return "–", "–"
    textures = f"{measures.textures} ≤ {measures.max_texture_size}" if measures.textures else "0"
    return f"{measures.triangles:,}", textures


def cell(file: CheckedFile, profile: str, master: str) -> str:
    """What a profile gets: its bytes, the master, or nothing."""
    for variant in file.variants:
        if variant.profile == profile:
            return f"[dim]{master}[/]" if variant.master else amount(variant.bytes)
    return "–"


def issue_lines(issues: Sequence[IssueOut], language: Language) -> Iterator[str]:
    """Errors and warnings, with what they mean and how to mend them told once a code."""
    told = [issue for issue in issues if issue.severity in MARKS]
    for (_, code), found in groupby(told, key=lambda issue: (issue.severity, issue.code)):
        group = list(found)
        first = group[0]
        pointer = f" {first.pointer}" if first.pointer else ""
        count = sum(issue.count for issue in group)
        times = f" ×{count}" if count > 1 else ""
        yield f"  {MARKS[first.severity]} {code}{times}{plain(pointer)}: {plain(first.message)}"
        for words in (first.summary, first.remedy):
            if words:
                yield f"      {plain(words[language])}"


def reason_lines(file: CheckedFile, language: Language) -> Iterator[str]:
    """Why variants were not made; those with the same sentence in one line."""
    sentences: dict[str, list[str]] = {}
    for reason in file.reasons:
        sentences.setdefault(reason.message[language], []).append(reason.name)
    for sentence, names in sentences.items():
        yield f"  [dim]·[/] {', '.join(names)}: {plain(sentence)}"
