"""The pass that closes lines pulled apart: 推 动 我 国 数 字 贸 易 → 推动我国数字贸易."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from cleanup.article import Article, ArticleKind, Role
from cleanup.edits.clean_text import Change
from cleanup.edits.edit import Pass
from cleanup.forms.section_names import is_standing
from cleanup.language.characters import HANZI, SPACE, cells, is_hanzi, is_word
from cleanup.language.surnames import reads_as_names
from cleanup.lines.clean_lines import LineView, line_views, line_views_before
from cleanup.lines.glyph_places import LineGlyphs
from cleanup.lines.white_space import room_before
from cleanup.passes.rules.stray_spaces import closed_byline, stray_spaces

_S: Final = "".join(SPACE)
_GAP: Final = re.compile(f"[{_S}]+")
_STRAY_SPACE: Final = re.compile(f"[{HANZI}] +[{HANZI}]")
_MARK_APART: Final = re.compile(f"[{HANZI}][{_S}]+[，。、；：！？”）]")
_SPACED: Final = re.compile(f"[{HANZI}](?P<gap>[{_S}]+)(?=[{HANZI}])")
_LEFT_ALONE: Final = frozenset({Role.BYLINE, Role.CREDIT, Role.FURNITURE})
_HEADLINE: Final = frozenset({Role.KICKER, Role.TITLE})
_RUNNING: Final = frozenset({Role.BODY, Role.CAPTION})
_NO_ROOM: Final = "On the scan the line has no room for so many spaces: it is hardly longer than its characters."
_INNER_GAP: Final = re.compile(f"([^{_S}])([{_S}]+)(?=([^{_S}]))")
_ENUMERATION: Final = re.compile("[、，：；和]")
_FULL_WIDTH: Final = 0x2E80
"""The first code of hanzi, their radicals and marks."""
_NUMERALS: Final = frozenset("日一二三四五六七八九十〇")
"""The days of a week, rows that are counted."""
_REASON: Final = "A space between every two characters: the line was pulled apart to fill the column."


@dataclass(frozen=True, slots=True)
class LetterSpacingParams:
    """Bounds of characters that were pulled apart; lengths in ems."""

    fewest: int = 3
    """Number of hanzi in a row that stand apart, at least; 通 知 and 王 刚 are set so on purpose."""
    question: float = 0.6
    """Confidence of a change that a person must look at."""
    touch: float = 0.3
    """White between two hanzi that stand side by side, at most."""
    room: float = 0.45
    """White that a printed space takes, at least."""
    scraps: float = 0.6
    """Share of a line of running text that stray spaces side by side pull apart by chance, at most."""
    entry: int = 3
    """Number of hanzi of a name or a short entry of a list, at most."""


P: Final = LetterSpacingParams()


@dataclass(frozen=True)
class _Run:
    """A stretch of a line, text[start:end], in which no two characters of words touch. `gaps` part its hanzi."""

    start: int
    text: str

    @cached_property
    def gaps(self) -> tuple[int, ...]:
        """The width in half ems of each gap between two hanzi."""
        return tuple(cells(m["gap"]) for m in _SPACED.finditer(self.text))

    @cached_property
    def wide(self) -> int | None:
        """The width in half ems from which a gap is wider than those between letters; None where all are alike."""
        narrow = min(self.gaps)
        return None if max(self.gaps) < 2 * narrow else 2 * narrow

    @cached_property
    def closed(self) -> str:
        """The text without its gaps; a wider one between two words stays as one space."""
        return _GAP.sub(self._kept, self.text)

    def _kept(self, gap: re.Match[str]) -> str:
        if self.wide is None or cells(gap[0]) < self.wide:
            return ""
        return " " if is_word(self.text[gap.start() - 1]) and is_word(self.text[gap.end()]) else ""


def letter_spacing(article: Article) -> Iterator[Change]:
    """Changes that close lines whose characters were pulled apart to fill the column's width.

    Mends 推 动 我 国 数 字 贸 易 and the rest of such a line, marks and digits with it. Keeps its hands off a single
    space (归鸢合鸣 筑梦跨境: the two halves of a theme), words set apart (绿色 低碳 发展), two or three hanzi (通 知),
    names in a list (王 刚  李 明), rows of a table, and bylines. Where a pulled-apart headline has one wider
    gap, that one stays as a space. In a text whose lines are as they were written it only asks about a part of a line.
    In a dump stray spaces between the hanzi of a sentence go, and a byline that was pulled apart is closed.
    Where there are boxes, spaces go too in a line that has no room for them, and between two glyphs that touch.
    """
    views = line_views(article)
    room = room_before(article, Pass.LETTER_SPACING)
    stray = list(_stray(article, views))
    yield from stray
    closed = {change.start for change in stray}
    for view in views:
        if view.role in _LEFT_ALONE or not _GAP.search(view.text.strip(_S)):
            continue
        change = _without_room(view, room[view.index]) if view.index in room and view.role in _RUNNING else None
        if change is not None:
            yield change
        elif _SPACED.search(view.text):
            yield from _spaced(article, view, closed)


def _stray(article: Article, views: Sequence[LineView]) -> Iterator[Change]:
    """Changes for bylines pulled apart, and for stray spaces in the running text of a dump."""
    yield from (change for view in views if view.role is Role.BYLINE and (change := closed_byline(view)))
    if article.kind is ArticleKind.TABLE:
        return
    if all(_STRAY_SPACE.search(v.text) is None for v in views):
        return
    before = line_views_before(article, Pass.LETTER_SPACING)
    body = [v for v in before if v.role is Role.BODY and v.source.line.polygon is None]
    now = {v.index: v for v in views}
    running = [now[v.index] for v in body if _is_whole(v)]
    yield from stray_spaces([v for v in running if v.text.strip(_S)], as_written=article.as_written)


def _is_whole(view: LineView) -> bool:
    """Whether no more than scraps of the line are pulled apart, as by stray spaces that stand side by side."""
    apart = sum(len(run.text) for run in _pulled_apart(view))
    return apart <= P.scraps * len(view.text.strip(_S))


def _without_room(view: LineView, room: float) -> Change | None:
    """A change for all the spaces of a line that has no room for so many, but for those of Latin text."""
    gaps = [gap for gap in _INNER_GAP.finditer(view.text) if not _is_latin_text(gap[1], gap[3])]
    if not gaps or room >= P.room * len(gaps):
        return None
    start, end = gaps[0].start(2), gaps[-1].end(2)
    places = {gap.start(2) for gap in gaps}
    closed = _GAP.sub(lambda gap: "" if gap.start() + start in places else gap[0], view.text[start:end])
    return Change(view.start + start, view.start + end, closed, _NO_ROOM, 0.93 if room < P.room else 0.85)


def _is_latin_text(one: str, other: str) -> bool:
    """Whether neither of the characters beside a gap is full-width: words of Latin text, and the marks behind them."""
    return max(ord(one), ord(other)) < _FULL_WIDTH


def _is_narrow(char: str) -> bool:
    return ord(char) < _FULL_WIDTH and char.isalnum()


def _spaced(article: Article, view: LineView, closed: Container[int]) -> Iterator[Change]:
    """Changes for a line of which the text alone, or single glyphs, tell that its spaces are none.

    Gaps that begin at the places `closed` are closed already.
    """
    runs = list(_pulled_apart(view))
    for run in runs:
        start = view.start + run.start
        if any(at in closed for at in range(start, start + len(run.text))):
            continue
        surety = _surety(run)
        if article.as_written and run.text != view.text.strip(_S):
            surety = P.question
        yield Change(start, start + len(run.text), run.closed, _REASON, surety)
    yield from _not_printed(article, view, runs)


def _not_printed(article: Article, view: LineView, runs: Sequence[_Run]) -> Iterator[Change]:
    """Changes for single spaces that a reader put between hanzi which touch on the scan."""
    placed = LineGlyphs(article.clean, view)
    for found in _SPACED.finditer(view.text):
        start, end = found.span("gap")
        gap = placed.gap(start - 1, end)
        in_run = any(run.start <= start < run.start + len(run.text) for run in runs)
        if gap is not None and gap < P.touch and not in_run:
            yield Change(
                view.start + start, view.start + end, "", "There is no space between the two on the scan.", 0.95
            )


def _pulled_apart(view: LineView) -> Iterator[_Run]:
    if _SPACED.search(view.text) is None:
        return
    for run in _runs(view.text):
        long = len(run.gaps) >= P.fewest or (view.role is Role.BODY and _is_tail(run, view.text))
        if (long and not _is_list(run)) or _is_standing_head(run, view):
            yield run


def _is_standing_head(run: _Run, view: LineView) -> bool:
    """Whether the whole line of a headline is the name of a column, which stands apart for looks: 简 讯."""
    whole = view.role in _HEADLINE and run.text == view.text.strip(_S) and bool(run.gaps)
    return whole and is_standing(run.text)


def _is_tail(run: _Run, line: str) -> bool:
    """Whether it is the short last line of a paragraph, its full stop standing apart too: 框 架 。"""
    return bool(run.gaps) and run.text == line.strip(_S) and _MARK_APART.search(run.text) is not None


def _runs(text: str) -> Iterator[_Run]:
    """The line cut where two characters of words touch, but not in a number or a Latin word; and between such."""
    printed = [i for i, c in enumerate(text) if c not in SPACE]
    begin = 0
    for at, following in zip(printed, [*printed[1:], len(text) + 1] if printed else [], strict=True):
        if following > len(text) or _parts(text, at, following):
            yield _Run(printed[begin], text[printed[begin] : at + 1])
            begin = bisect_left(printed, following)


def _parts(text: str, at: int, following: int) -> bool:
    """Whether no run reaches over the two characters: neither space nor mark is between hanzi, or Latin words stand."""
    narrow = _is_narrow(text[at]) and _is_narrow(text[following])
    if following > at + 1:
        beside = text[max(0, at - 1) : at] + text[following + 1 : following + 2]
        return narrow and any(map(_is_narrow, beside))
    return not narrow and is_word(text[at]) and is_word(text[following])


def _is_list(run: _Run) -> bool:
    """Whether it reads as names or entries set with spaces, not as a sentence pulled apart."""
    words = _GAP.sub("", run.text)
    if all(map(is_hanzi, words)) and (reads_as_names(words) or set(words) <= _NUMERALS):
        return True
    if _are_enumerated(run.text):
        return True
    if (wide := run.wide) is None:
        return False
    entries = _GAP.sub(lambda gap: "\n" if cells(gap[0]) >= wide else "", run.text).split("\n")
    return all(len(e) <= P.entry for e in entries)


def _are_enumerated(text: str) -> bool:
    """Whether marks without white space beside them cut the text into short entries: 李 明、王 小 川."""
    inner = _ENUMERATION.split(text)
    return len(inner) > 1 and all(len(_GAP.sub("", e)) <= P.entry and e == e.strip(_S) for e in inner)


def _surety(run: _Run) -> float:
    return min(0.99, 0.85 + 0.02 * max(0, len(run.gaps) - P.fewest))
