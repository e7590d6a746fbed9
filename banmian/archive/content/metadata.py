"""What people know of an issue that its scans don't tell, from metadata.toml in its folder or in its batch's."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
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


_DAY: Final = re.compile(r"\d{4}(-\d\d){0,2}", re.ASCII)
_KEYS: Final = tuple(f.name for f in fields(Metadata))


def metadata_of(issue: Issue, folders: Iterable[Path]) -> Metadata:
    """What the metadata.toml of the folders tell, the first one that has a key; what the print tells where none has.

    Raises InputUnusable for a file that is no TOML, a key that is not known, and a value that is no text.
    """
    told = Metadata(newspaper=issue.newspaper, date=issue.date)
    for folder in reversed([*folders]):
        told = replace(told, **_read(folder / FILE))
    return told


def _read(file: Path) -> dict[str, str]:
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as e:
        raise InputUnusable(
            f"{shown(file)} cannot be read: {e}", 'Lines of it look like: newspaper = "澄州晚报"'
        ) from e
    for key, value in found.items():
        if key not in _KEYS:
            raise InputUnusable(f"{shown(file)}: {key} is not known.", f"It may have: {', '.join(_KEYS)}")
        if not isinstance(value, str):
            raise InputUnusable(
                f"{shown(file)}: {key} is {value!r}, which is no text.", f'Put it in quotes: {key} = "{value}"'
            )
    return found
