"""The language of the interface: Chinese where the locale is Chinese, English elsewhere.

Texts are written in English where they arise. `locale/zh.json` has the Chinese of each, as templates: `{}` stands for a
value in English, `{0}`, `{1}` … for the same values in Chinese, in their order. What commands print has a catalogue of
its own, `locale/output.zh.json`, by the templates that the sources name.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from functools import cache
from os.path import dirname, join
from typing import Final

from layout.errors import BanmianError

LOCALE: Final = join(dirname(__file__), "locale")
"""The folder of the texts in Chinese."""
ZH: Final = "zh"
EN: Final = "en"
_ENDS: Final = frozenset(".!?:。！？：")
"""Marks behind which a sentence needs no full stop."""
_VARIABLES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The variables of the environment that name the locale of messages; the first that is set counts."""


def language(environment: Mapping[str, str] = os.environ) -> str:
    """`zh` or `en`, by the locale; LANGUAGE goes first where a locale is set, as in other programs."""
    locale = next((environment[v] for v in _VARIABLES if environment.get(v)), "")
    if locale.split(".")[0] in {"", "C", "POSIX"}:
        return EN
    wanted = [*filter(None, environment.get("LANGUAGE", "").split(":")), locale]
    return ZH if wanted[0].lower().startswith(ZH) else EN


def translated(text: str, into: str) -> str:
    """The text in the language; as it is where it is not known. A text of several sentences is looked up by each."""
    if into != ZH or not text:
        return text
    parts = _sentences(text)
    found = [part if part.isspace() else _looked_up(part) for part in parts]
    if None not in found:
        return re.sub(r"(?<=[。！？]) ", "", "".join(filter(None, found)))
    return _looked_up(text) or "".join(chinese or part for chinese, part in zip(found, parts, strict=True))


def said(template: str, *values: object, into: str = "") -> str:
    """What a command prints: the template with its values, in the language of the interface or in `into`.

    `locale/output.zh.json` has the Chinese of each template. Raises KeyError for one that is not there.
    """
    return (_output()[template] if (into or language()) == ZH else template).format(*values)


def listed(parts: Iterable[str], into: str = "") -> str:
    """The parts, with the comma of the language between them."""
    return ("，" if (into or language()) == ZH else ", ").join(parts)


def told(text: str) -> str:
    """A text that arose elsewhere (a reason, a warning, an error), in the language of the interface."""
    return translated(text, language())


def told_in_line(met: str, remedy: str) -> str:
    """What was met and what to do, on one line as sentences, in the language of the interface.

    What comes last has no full stop set behind it: a remedy may end with a command.
    """
    stop, space = ("。", "") if language() == ZH else (".", " ")
    *before, last = [told(line) for text in (met, remedy) for line in text.splitlines()] or [""]
    return "".join(f"{line if line[-1:] in _ENDS else line + stop}{space}" for line in before) + last


def counted(number: int, thing: str, into: str = "") -> str:
    """1 page, 2 pages, in the language of the interface or in `into`."""
    return said(f"{{}} {thing}" if number == 1 else f"{{}} {thing}s", number, into=into)


def error_text(error: BanmianError, into: str) -> str:
    """What an error says: what was met, and on a line of its own what to do."""
    met, remedy = translated(error.met, into), translated(error.remedy, into)
    return f"{met}\n  {remedy}" if remedy else met


def _sentences(text: str) -> list[str]:
    """The sentences, each with the white space after it as a part of its own."""
    return re.split(r"(?<=[.!?])(\s+)(?=[A-Z])", text)


def _looked_up(text: str) -> str | None:
    catalogue, patterns = _catalogue()
    if text in catalogue:
        return catalogue[text]
    for pattern, chinese in patterns:
        found = pattern.fullmatch(text)
        if found is not None:
            return chinese.format(*(_looked_up(value) or value for value in found.groups()))
    return None


def decision_told(reason: str) -> str:
    """Why two regions are, or are not, of one article, in the language of the interface.

    Such a reason is put together from phrases; `locale/decisions.zh.json` has the Chinese of each, as patterns.
    """
    if language() != ZH:
        return reason
    for phrase, chinese in _phrases():
        reason = phrase.sub(chinese, reason)
    return reason.replace(", ", "，").replace("; ", "；").replace(": ", "：").replace(" & ", "，且")


@cache
def _phrases() -> list[tuple[re.Pattern[str], str]]:
    """The phrases between the marks of a reason, the longest first."""
    texts = sorted(read_texts("decisions.zh.json").items(), key=lambda pair: -len(pair[0]))
    return [(re.compile(rf"(?:^|(?<=[:,;&] )){phrase}(?=$|[:,;] | \(| &)"), chinese) for phrase, chinese in texts]


@cache
def _output() -> dict[str, str]:
    return read_texts("output.zh.json")


@cache
def _catalogue() -> tuple[dict[str, str], list[tuple[re.Pattern[str], str]]]:
    """The texts without values, and the templates as patterns: those with the most fixed text first."""
    texts = read_texts("zh.json")
    templates = sorted((t for t in texts if "{}" in t), key=lambda t: -len(t.replace("{}", "")))
    patterns = [(re.compile("(.*?)".join(map(re.escape, t.split("{}"))), re.DOTALL), texts[t]) for t in templates]
    return {english: chinese for english, chinese in texts.items() if "{}" not in english}, patterns


def read_texts(name: str) -> dict[str, str]:
    """The texts of a file in `banmian/locale`: Chinese by its English, by a template or by a key."""
    import json  # noqa: PLC0415 - only where Chinese is spoken; msgspec takes longer to load

    with open(join(LOCALE, name), encoding="utf-8") as file:
        texts: dict[str, str] = json.load(file)
    return texts
