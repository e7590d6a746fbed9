"""Raw newspaper text as programs really hand it out: lines cut by columns, doubled subheads, heads out of place."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from samples.typeset.faces import SONG
from samples.typeset.grammar import Writer
from samples.typeset.setting import SettingStyle, atoms, take_line
from samples.typeset.story import Para, Story

HALF: Final = SettingStyle(SONG)


@dataclass(frozen=True, slots=True)
class Wear:
    """What happened to the text on its way."""

    title_after: bool = True
    """The headline comes after the body that it belongs to."""
    doubled: float = 1.0
    """The share of subheads whose every character is there twice."""
    spaced: float = 0.02
    """The share of lines pulled apart by spaces."""
    long_dash: bool = True
    """Whether —— became ———."""
    breaks: float = 0.06
    """The chance after each line that the column ends there."""
    indent: str = "  "
    """What stands at a paragraph's start."""


@dataclass(frozen=True)
class Scrap:
    """A piece of the dump: a story, or the rest of one from page `comes_from`."""

    story: Story
    comes_from: int | None = None


def dump(scraps: Sequence[Scrap], wear: Wear, seed: int, credit: str = "") -> tuple[str, list[dict[str, Any]]]:
    """The raw text, and its truth: one record a piece, in order."""
    rng = Random(f"dump {seed}")
    blocks = ["\n".join(_scrap_lines(s, wear, rng)) for s in scraps]
    text = "\n".join(blocks) + "\n"
    return text + (f"\n{credit}\n" if credit else ""), [_record(s) for s in scraps]


def dump_json(records: list[dict[str, Any]]) -> str:
    """The truth as it lies beside the dump."""
    return "[\n" + ",\n".join(json.dumps(r, ensure_ascii=False) for r in records) + "\n]\n"


def _record(scrap: Scrap) -> dict[str, Any]:
    story = scrap.story
    return {
        "title": None if scrap.comes_from else story.title,
        "subtitle": None if scrap.comes_from else story.subtitle,
        "byline": None if scrap.comes_from else story.byline,
        "subheads": [p.text for p in story.paras if p.subhead],
        "continued_from": scrap.comes_from,
        "paragraphs": [p.text for p in story.paras],
    }


def _scrap_lines(scrap: Scrap, wear: Wear, rng: Random) -> list[str]:
    body = _body_lines(scrap.story.paras, wear, rng)
    if scrap.comes_from:
        return ["", f"（上接{scrap.comes_from}版）", *body]
    head = [scrap.story.title] + ([scrap.story.subtitle] if scrap.story.subtitle else [])
    head = [_dashed(n, wear) for n in head]
    byline = [f" {scrap.story.printed_byline}", ""] if scrap.story.printed_byline else []
    if wear.title_after:
        return [*byline, *body, "", *head, ""]
    return [*head, "", *byline, *body, ""]


def _dashed(text: str, wear: Wear) -> str:
    return text.replace("——", "———") if wear.long_dash else text


def _body_lines(paras: Sequence[Para], wear: Wear, rng: Random) -> list[str]:
    column = _Column(wear, rng, rng.randint(12, 30))
    for para in paras:
        if para.subhead:
            column.subhead(para.text)
        else:
            column.paragraph(para.text)
    return column.out


class _Column:
    """Lines as they come out of columns of changing width."""

    def __init__(self, wear: Wear, rng: Random, width: int) -> None:
        self.wear, self.rng, self.width = wear, rng, width
        self.out: list[str] = []
        self.since = 0

    def paragraph(self, text: str) -> None:
        parts = atoms(_dashed(text, self.wear), HALF)
        at = 0
        while at < len(parts):
            indent = 2 if at == 0 else 0
            end = take_line(parts, at, self.width - indent)
            line = "".join(a.text for a in parts[at:end])
            at = end
            self.line((self.wear.indent if indent else "") + line, full=at < len(parts))

    def line(self, line: str, *, full: bool) -> None:
        rng, wear = self.rng, self.wear
        if full and rng.random() < wear.spaced:
            line = line[: len(line) - len(line.lstrip())] + " ".join(line.strip())
        self.out.append(line)
        self.since += 1
        if full and self.since > 5 and rng.random() < wear.breaks:
            self.break_column()

    def break_column(self) -> None:
        """A blank line, then perhaps another width."""
        self.out.append("")
        self.since = 0
        if self.rng.random() < 0.4:
            self.width = self.rng.randint(12, 32)

    def subhead(self, text: str) -> None:
        twice = self.rng.random() < self.wear.doubled
        halves = [text]
        if len(text) > 9 and "，" in text:
            cut = text.index("，") + 1
            halves = [text[:cut], text[cut:]]
        for half in halves:
            self.out.append("".join(c if c == " " else c * 2 for c in half) if twice else half)


def random_dump(seed: int, pieces: int = 5) -> tuple[str, list[dict[str, Any]]]:
    """A dump drawn by chance with its truth."""
    rng, writer = Random(f"dump plan {seed}"), Writer(f"dump {seed}")
    wear = Wear(
        rng.random() < 0.5, rng.choice((0.0, 0.6, 1.0)), rng.choice((0.0, 0.02, 0.05)), rng.random() < 0.6,
        rng.choice((0.03, 0.08)), rng.choice(("  ", "　　", "    ")),
    )  # fmt: skip
    return dump([_random_scrap(writer, rng, n) for n in range(pieces)], wear, seed)


def _random_scrap(writer: Writer, rng: Random, n: int) -> Scrap:
    names, printed = writer.byline()
    paras = tuple(writer.body(rng.randint(200, 900), 0.2))
    subtitle = writer.pick("subtitles") if rng.random() < 0.4 else None
    kicker = writer.pick("kickers") if rng.random() < 0.2 else None
    story = Story(writer.title(5, 20), paras, kicker, subtitle, names, printed).numbered()
    return Scrap(story, rng.randint(1, 3) if n > 0 and rng.random() < 0.2 else None)
