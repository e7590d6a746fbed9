"""The pass that sets marks right: ——— → ——, 新篇章 ， → 新篇章，, width and quotes by what stands around."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Final

from cleanup.article import Article, Block, Role
from cleanup.edits.clean_text import Change
from cleanup.edits.edit import LINE_BREAK
from cleanup.forms.headline import opens_with_dash
from cleanup.language.characters import CLOSING, HANZI, OPENING, SPACE, is_hanzi
from cleanup.passes.rules.commas import Misreading, misreadings
from cleanup.passes.rules.quotes import Turned, turned_marks

_DISPLAY: Final = frozenset({Role.KICKER, Role.TITLE, Role.SUBTITLE, Role.SUBHEAD})
_LEFT_ALONE: Final = frozenset({Role.FURNITURE})
_S: Final = "".join(SPACE)
_MARKS: Final = "，。、；：！？…—―·．,.;:!?" + re.escape("".join(OPENING | CLOSING)) + "\"'"
_CLUSTER: Final = re.compile(f"(?:(?<![{_S}])[{_S}]+)?[{_MARKS}][{_MARKS}{_S}]*")
_ADDRESS: Final = re.compile(
    r"(?:https?://|www\.)[\w./?&=%#~:@+-]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+", re.ASCII
)
_HANZI: Final = re.compile(f"[{HANZI}]")
_DASHES: Final = re.compile("(?<![—―])[—―]{3,4}(?![—―])")
_STROKES: Final = re.compile("一一")
_DOTS: Final = re.compile(r"(?<![.。·])(?:\.{3}|\.{6}|。{3}|。{6}|·{3}|·{6})(?![.。·])")
_GAP: Final = re.compile(f"[{_S}]+")
_AS_PRINTED: Final = re.compile("[，、；：！？（）《》「」『』【】“”‘’]+|。{1,2}")
"""Marks beside which nothing is to be set right, unless one of them is turned."""
_WIDE: Final = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。"}
_WIDE_FORM: Final = {**_WIDE, "(": "（", ")": "）", '"': "“”"}
_NARROW_MARK: Final = re.compile(
    rf"""(?:(?<=[{HANZI}])[{re.escape("".join(_WIDE_FORM))}]|[{re.escape("".join(_WIDE_FORM))}](?=[{HANZI}]))"""
)
_ROUNDS: Final = 9
"""Number of looks at a block, at most: one mark set right can show that another is wrong."""
_MOSTLY: Final = 2
"""Ratio of full-width to half-width forms of a mark, at least, that makes the half-width ones damage."""
_BEHIND_WORD: Final = frozenset("，。、；：！？") | (CLOSING - frozenset(")]}"))
_AFTER_MARK: Final = frozenset("，。、；：！？")
_WIDE_OPENING: Final = OPENING - frozenset("([{")
_WIDE_CLOSING: Final = CLOSING - frozenset(")]}")
_WIDE_MARKS: Final = _AFTER_MARK | _WIDE_OPENING | (CLOSING - frozenset(")]}")) | frozenset("…—")
_QUESTION: Final = 0.6
"""Confidence of a change of what an author may have meant so."""
_NUMERALS: Final = frozenset("一二三四五六七八九十")
"""一. begins an item of a list."""


@dataclass(frozen=True, slots=True)
class _Setting:
    """What a run of marks stands in: the block's role, the half-width marks that stay, and as what commas were read."""

    role: Role
    narrow: frozenset[str]
    commas: tuple[Misreading, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """The characters around a run of marks, "" at the block's ends, and its setting."""

    before: str
    behind: str
    setting: _Setting


@dataclass(slots=True)
class _Run:
    """A run of marks and white space that stands at `start` of a block: as found, as it reads now, and why."""

    start: int
    found: str
    text: str = field(init=False)
    steps: list[tuple[str, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.text = self.found


def punctuation(article: Article) -> Iterator[Change]:
    """Changes that set marks right.

    Mends ——— → ——, ...... → ……, white space before a mark, behind one and around a dash, half-width marks and
    brackets among hanzi, straight quotes, a quote that stands the wrong way round, commas that were all read as
    quotes, or many as points (止．已有 → 止，已有), a subtitle's dash read as 一一. Keeps its hands off what was
    printed: 『』 and 「」, a decimal point, times and scores (8:30, 3:2), addresses, Latin sentences, MD—90, and the
    space between the two halves of a headline. In a text whose lines are as they were written it only asks about all
    but dashes: an author has a right to his own marks.
    """
    read = any(s.line.polygon is not None for s in article.lines)
    narrow = frozenset[str]() if read else _printed_narrow(article.clean.text)
    commas = () if article.as_written else misreadings(article.clean.text)
    for block in article.blocks:
        if block.role not in _LEFT_ALONE:
            text = article.clean.text[block.start : block.end]
            if block.role is Role.SUBTITLE and opens_with_dash(text) and _STROKES.match(text):
                yield Change(block.start, block.start + 2, "——", "A subtitle's dash was read as two numerals.", 0.9)
            if _HANZI.search(text):
                for change in _in_block(text, block, _Setting(block.role, narrow, commas)):
                    marks = text[change.start - block.start : change.end - block.start]
                    own = article.as_written and not _DASHES.search(marks)
                    yield replace(change, confidence=min(change.confidence, _QUESTION)) if own else change


def _printed_narrow(text: str) -> frozenset[str]:
    """The half-width marks that a plain text uses among hanzi so often that this is how it was written.

    What was read from a scan does not tell: readers cannot see the width of a mark, and guess.
    """
    used = Counter(m[0] for m in _NARROW_MARK.finditer(text))
    wide = Counter(text)
    return frozenset(mark for mark, times in used.items() if sum(wide[c] for c in _WIDE_FORM[mark]) < _MOSTLY * times)


def _in_block(text: str, block: Block, setting: _Setting) -> Iterator[Change]:
    runs = [_Run(m.start(), m[0]) for m in _runs_of_marks(text)]
    rounds = 0
    while rounds < _ROUNDS and _mend_all(text, runs, setting):
        rounds += 1
    for run in runs:
        if run.text != run.found:
            yield _narrowed(block.start + run.start, run)


def _runs_of_marks(text: str) -> Iterator[re.Match[str]]:
    """The runs of marks and white space in a text that belong to no address."""
    begins, ends = zip(*(m.span() for m in _ADDRESS.finditer(text)), strict=True) if _ADDRESS.search(text) else ((), ())
    for found in _CLUSTER.finditer(text):
        before = bisect_left(begins, found.end())
        if not before or ends[before - 1] <= found.start():
            yield found


def _mend_all(text: str, runs: Sequence[_Run], setting: _Setting) -> bool:
    """Sets every run right once, given how the others read now; False when there was nothing to do."""
    pieces, at = list[str](), 0
    for run in runs:
        pieces += (text[at : run.start], run.text)
        at = run.start + len(run.found)
    now = "".join((*pieces, text[at:]))
    found = (*turned_marks(now), *(t for m in setting.commas for t in m.turned(now)))
    turned = {t.at: t for t in found if t.settled or now[t.at] not in setting.narrow}
    begins = list(accumulate((len(p) for p in pieces), initial=0))[1::2]
    done = [_mend(run, now, begin, turned, setting) for run, begin in zip(runs, begins, strict=True)]
    return any(done)


def _mend(run: _Run, now: str, begin: int, turned: Mapping[int, Turned], setting: _Setting) -> bool:
    """Sets one run right, which stands at `begin` of the block as it reads now; False when it was."""
    end, before = begin + len(run.text), run.text
    here = [turned[at] for at in range(begin, end) if at in turned]
    if not here and _AS_PRINTED.fullmatch(before):
        return False
    run.text = "".join(turned[at].char if at in turned else now[at] for at in range(begin, end))
    place = _Place(now[begin - 1 : begin] if begin else "", now[end : end + 1], setting)
    run.text, mends = _mended(run.text, place)
    run.steps += [(t.reason, t.surety) for t in here] + [(m.reason, m.surety) for m in mends]
    return run.text != before


def _mended(text: str, place: _Place) -> tuple[str, list[_Mend]]:
    """The marks set right, until nothing is left to do, and what was done; each round leaves fewer odd characters."""
    done: list[_Mend] = []
    while True:
        before = text
        for mend in _MENDS:
            mended = mend.put(text, place)
            if mended != text:
                done.append(mend)
                text = mended
        if text == before:
            return text, done


def _narrowed(at: int, run: _Run) -> Change:
    """The change without the characters at either end that stay as they are."""
    before, after, head = run.found, run.text, 0
    while head < min(len(before), len(after)) and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < min(len(before), len(after)) - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    reasons = dict.fromkeys(reason for reason, _ in run.steps)
    surety = min(surety for _, surety in run.steps)
    return Change(at + head, at + len(before) - tail, after[head : len(after) - tail], " ".join(reasons), surety)


@dataclass(frozen=True, slots=True)
class _Mend:
    """One thing that is set right in a run of marks."""

    put: Callable[[str, _Place], str]
    reason: str
    surety: float


def _dots(text: str, place: _Place) -> str:
    return _DOTS.sub("……", text) if _is_wide(place.before) else text


def _width(text: str, place: _Place) -> str:
    around = (place.before or LINE_BREAK) + text + (place.behind or LINE_BREAK)
    marks = _WIDE.keys() - place.setting.narrow
    return "".join(_WIDE[c] if c in marks and _among_hanzi(around, i + 1) else c for i, c in enumerate(text))


def _among_hanzi(around: str, at: int) -> bool:
    """Whether the half-width mark at `at` belongs to Chinese text; dots and colons need a hanzi before them."""
    left, right = around[:at].rstrip(_S)[-1:], around[at + 1 :].lstrip(_S)[:1]
    mark = around[at]
    if mark == ".":
        return is_hanzi(left) and left not in _NUMERALS and (right == LINE_BREAK or _is_wide(right))
    if mark == ":":
        return _is_wide(left) and right not in "/\\"
    return _is_wide(left) or (is_hanzi(around[at + 1]) and left != LINE_BREAK)


def _is_wide(char: str) -> bool:
    """Whether it is a hanzi or a mark that goes with hanzi."""
    return bool(char) and (is_hanzi(char) or char in _WIDE_MARKS)


def _dashes(text: str, place: _Place) -> str:
    return _DASHES.sub("——", text)


def _spaces(text: str, place: _Place) -> str:
    around = place.before + text + place.behind
    zero = len(place.before)
    kept = _GAP.sub(lambda gap: "" if _is_stray(around, gap, place.setting.role) else gap[0], around)
    return kept[zero : len(kept) - len(place.behind)]


def _is_stray(around: str, gap: re.Match[str], role: Role) -> bool:
    left, right = around[: gap.start()], around[gap.end() :]
    if not left or not right:
        return False
    if right[0] in _BEHIND_WORD or left[-1] in _WIDE_OPENING:
        return True
    if role in _DISPLAY:
        return False
    by_dash = left.endswith("——") or right.startswith("——")
    ended = left[-1] in _AFTER_MARK or (left[-1] in _WIDE_CLOSING and left[-2:-1] in _AFTER_MARK)
    return by_dash or (role is not Role.CAPTION and gap[0] == " " and ended)


_MENDS: Final = (
    _Mend(_dots, "Six dots in the middle of the line are the Chinese ellipsis.", 0.9),
    _Mend(_width, "Among hanzi marks are full-width.", 0.85),
    _Mend(_dashes, "A Chinese dash is two characters long.", 0.95),
    _Mend(_spaces, "White space beside a mark is not printed.", 0.92),
)
"""What is set right, in this order: later mends see the marks that earlier ones set."""
