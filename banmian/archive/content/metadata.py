"""What people know of an issue that its scans don't tell, from metadata.toml in its folder or in its batch's."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Final

from banmian.store.display_path import shown
from cleanup.article import Issue
from layout.errors import InputUnusable

FILE: Final = "metadata.toml"


@dataclass(frozen=True, slots=True)
class Metadata:
    """The facts by their keys in metadata.toml; None is not known.

    `cn` is the 国内统一刊号, `language` a BCP 47 tag such as zh-Hans, `date` YYYY-MM-DD, `base` the http address at
    which the archive will serve what is exported, `rights` a licence's address or a sentence.
    """

    newspaper: str | None = None
    issn: str | None = None
    cn: str | None = None
    place: str | None = None
    publisher: str | None = None
    rights: str | None = None
    language: str | None = None
    date: str | None = None
    base: str | None = None

    @property
    def day(self) -> str | None:
        """The date where it is one of the calendar, or a month or a year of it; None for any other words."""
        told = self.date or ""
        if not _DAY.fullmatch(told):
            return None
        try:
            date.fromisoformat(told + "-01-01"[len(told) - 4 :])
        except ValueError:
            return None
        return told

    @property
    def wrong(self) -> tuple[str, ...]:
        """The keys whose value is none that exports can use."""
        told = {f.name: getattr(self, f.name) for f in fields(self)}
        found = [key for key, form in _FORMS.items() if told[key] and not form.fullmatch(told[key])]
        return (*found, *(["date"] if self.date and self.day is None else []))


_FORMS: Final = {
    "issn": re.compile(r"\d{4}-\d{3}[\dX]", re.ASCII),
    "language": re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", re.ASCII),
    "base": re.compile(r"https?://[^\s/]+\S*", re.ASCII),
}
"""Patterns of values: an ISSN, a BCP 47 tag, an http address."""

_DAY: Final = re.compile(r"\d{4}(-\d\d){0,2}", re.ASCII)
KEYS: Final = tuple(f.name for f in fields(Metadata))
_LINE: Final = re.compile(r"\s*([A-Za-z_]+)\s*=")


def metadata_of(issue: Issue, folders: Iterable[Path]) -> Metadata:
    """What the metadata.toml of the folders tell, the first one that has a key; what the print tells where none has.

    Raises InputUnusable for a file that is no TOML, a key that is not known, and a value that is no text.
    """
    told = Metadata(newspaper=issue.newspaper, date=issue.date)
    for folder in reversed([*folders]):
        told = replace(told, **read_values(folder / FILE))
    return told


def read_values(file: Path) -> dict[str, str]:
    """The values of a metadata.toml, none where there is no file; raises InputUnusable as `metadata_of` does."""
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as e:
        raise InputUnusable(
            f"{shown(file)} cannot be read: {e}", 'Lines of it look like: newspaper = "澄州晚报"'
        ) from e
    for key, value in found.items():
        if key not in KEYS:
            raise InputUnusable(f"{shown(file)}: {key} is not known.", f"It may have: {', '.join(KEYS)}")
        if not isinstance(value, str):
            raise InputUnusable(
                f"{shown(file)}: {key} is {value!r}, which is no text.", f'Put it in quotes: {key} = "{value}"'
            )
    return found


def with_values(text: str, values: Mapping[str, str]) -> str:
    """The text of a metadata.toml with these values and no others; comments, and the order of the lines, stay.

    A key without a value is left out. A value that is written over several lines comes to stand on one.
    """
    left = {key: value for key, value in values.items() if value}
    kept: list[str] = []
    for line in text.splitlines():
        found = _LINE.match(line)
        key = found.group(1) if found else None
        if key in left:
            kept.append(_line(key, left.pop(key)))
        elif key is None and (not line.strip() or line.lstrip().startswith("#")):
            kept.append(line)
    return "\n".join([*kept, *(_line(key, value) for key, value in left.items())]) + "\n"


def _line(key: str, value: str) -> str:
    """A line of TOML; JSON writes a text as a basic string does."""
    return f"{key} = {json.dumps(value, ensure_ascii=False)}"
