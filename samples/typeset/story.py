"""Stories: what is to be printed, before it has a place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph, or a subhead between paragraphs. `run_in` characters at its start are a dateline."""

    text: str
    subhead: bool = False
    run_in: int = 0
    broken: bool = False
    """Whether it goes on from the page before: no indent."""
    source: int = 0
    """The number of the paragraph in the whole story."""


@dataclass(frozen=True, slots=True)
class Story:
    """An article as its writers handed it in."""

    title: str
    paras: tuple[Para, ...]
    kicker: str | None = None
    subtitle: str | None = None
    byline: str | None = None
    """The names, without 本报记者 and the like."""
    printed_byline: str | None = None
    """The byline as it stands over the body."""
    lead: str | None = None
    captions: tuple[str, ...] = ()

    def numbered(self) -> Story:
        """The same story, each paragraph knowing its number."""
        return replace(self, paras=tuple(replace(p, source=n) for n, p in enumerate(self.paras)))


HEAD_FIELDS: Final = {
    "引题": "kicker",
    "题": "title",
    "副题": "subtitle",
    "作者": "byline",
    "署名": "printed_byline",
    "导语": "lead",
    "題": "title",
    "引題": "kicker",
    "副題": "subtitle",
}


class StoryFormError(Exception):
    """A stories file breaks its own form."""


def read_stories(path: Path) -> tuple[Story, ...]:
    """The stories of a file: pieces between lines of ====, heads as `题：…`, subheads as `## …`, a paragraph a line."""
    text = path.read_text(encoding="utf-8")
    return tuple(_story(block, path) for block in text.split("\n====\n") if block.strip())


def _story(block: str, path: Path) -> Story:
    fields: dict[str, str] = {}
    captions: list[str] = []
    paras: list[Para] = []
    for line in block.strip().splitlines():
        name, colon, value = line.partition("：")
        if not paras and colon and name in HEAD_FIELDS:
            fields[HEAD_FIELDS[name]] = value
        elif not paras and colon and name == "图说":
            captions.append(value)
        elif line.strip():
            paras.append(_para(line))
    if "title" not in fields or not paras:
        raise StoryFormError(f"{path}: a story without 题 or without text, near {block.strip()[:30]!r}")
    return Story(paras=tuple(paras), captions=tuple(captions), **fields).numbered()


def _para(line: str) -> Para:
    if line.startswith("## "):
        return Para(line[3:], subhead=True)
    run_in, bar, rest = line.partition("｜")
    return Para(run_in + rest, run_in=len(run_in)) if bar else Para(line)


def own_stories(language: str = "hans") -> tuple[Story, ...]:
    """The stories written for the samples: `hans` in simplified, `hant` in traditional characters."""
    files = sorted((HERE / "stories").glob(f"*.{language}.txt"))
    return tuple(story for file in files for story in read_stories(file))


def sentences(text: str) -> list[str]:
    """The text cut after each sentence's end, closing quotes kept with it."""
    out, start = [], 0
    for i, char in enumerate(text):
        closes = char in "。！？" and (i + 1 == len(text) or text[i + 1] not in "”’』」）。！？")
        closes = closes or (
            char in "”』」）" and i > 0 and text[i - 1] in "。！？" and text[i + 1 : i + 2] not in ("，", "、")
        )
        if closes:
            out.append(text[start : i + 1])
            start = i + 1
    return [*out, text[start:]] if start < len(text) else out


def length(paras: Iterable[Para]) -> int:
    return sum(len(p.text) for p in paras)
