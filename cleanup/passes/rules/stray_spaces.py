"""Stray spaces in running text of a dump, and bylines pulled apart: 等着对 岸的学生 → 等着对岸的学生."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cleanup.edits.clean_text import Change
from cleanup.forms.byline import is_byline, is_names
from cleanup.language.characters import HANZI, SPACE, cells
from cleanup.lines.clean_lines import LineView

_S: Final = "".join(SPACE)
_STRAY: Final = re.compile(f"(?<=[{HANZI}]) +(?=[{HANZI}])")
_BESIDE_MARK: Final = re.compile(
    f"(?<=[{HANZI}，。、；：！？”）》」』]) +(?=[，。、；：！？”）》」』])"
    f"|(?<=[，。、；：！？“（《「『”）》」』]) +(?=[{HANZI}“（《「『])"
)
"""A space before a mark that stands close to a word, or behind one: in running text full of stray spaces too."""
_BEFORE_MARK: Final = re.compile(f"[{HANZI}] +[，。、；：！？]")
"""What no author writes, and no line break that a program made a space leaves: a space before a mark."""
_ANY: Final = re.compile(f"[{_S}]+")
_WIDE: Final = re.compile(f"(?:[{_S}]{{2,}}|　)")
_MARK: Final = re.compile("[，。；：！？]")
_CLAUSE: Final = re.compile(f"[{HANZI} ]*")
_PIECE: Final = re.compile(f"[{HANZI}]+")
_BEHIND_ROLE: Final = re.compile(
    "(?:记者|記者|通讯员|通訊員|特派员|特派員|实习生|作者|编辑|摄影|撰文)$|(?:^|[^一-鿿])(?:摄|攝|文|图)$"
)
_LABEL: Final = re.compile(
    "(?:[^，。；：！？]{0,12}(?:[讯訊]|[日号號专專急外][电電])|第?[一二三四五六七八九十百〇]{1,4}[条條章节節款项項回]?|[图圖表][一二三四五六七八九十]?|[▲△■□●◆※].{1,4})"
)
"""What stands before the text of a line and is parted from it by a space: 本报讯, 第一条."""
_NUMERALS: Final = re.compile("[一二三四五六七八九十百〇]{1,4}")
_CREDIT: Final = re.compile("[（(][^（()）]{0,8}(?:记者|記者|通讯员|通訊員)[^（()）]{0,30}[)）]")
_NAMED: Final = re.compile(f"[（(][{HANZI}]{{2,4}}(?: [{HANZI}]{{2,4}}){{1,3}}[)）]$")
"""Who wrote a brief, at its end."""
_BULLET: Final = re.compile(f"[□■◆◇●○◎▲△★☆][{_S}]*")
_THREE: Final = re.compile(f"[{HANZI}](?: [{HANZI}]){{2}}")
_LETTERS: Final = re.compile(f"[^{_S}](?: [^{_S}])+")
_ROLE_APART: Final = re.compile(
    "(?:本 ?[报報刊台] ?)?(?:首 席 ?|特 派 ?|特 约 ?|实 习 ?)?"
    "(?:记 ?者|記 ?者|通 ?讯 ?员|通 ?訊 ?員|评 ?论 ?员|评 ?論 ?員)"
)
_STROKE: Final = re.compile(f"[{_S}]*[/／][{_S}]*")
_QUOTES: Final = (frozenset("“‘「『《"), frozenset("”’」』》"))
_REASON_WIDTH: Final = (
    "Without its spaces the line is as wide as the column: they take no room, an extractor or a reader made them."
)
_REASON_TEXT: Final = "No space parts the words of a Chinese sentence: an extractor or a reader made it."
_REASON_BYLINE: Final = "The byline was pulled apart to fill the line: names stand with one space between them."


@dataclass(frozen=True, slots=True)
class StraySpaceParams:
    """Bounds of spaces that nobody meant."""

    longest_name: int = 3
    """Number of hanzi of one name whose letters stand apart, at most; four are two names."""
    alike: int = 2
    """Difference in half ems between the line without its spaces and a full line, at most."""
    half: int = 4
    """Number of hanzi of each half of a theme that a space parts on purpose, at least."""
    fewest: int = 3
    """Number of lines of one width, at least, before it counts as the column's."""
    by_width: float = 0.95
    """Confidence of a change by the width of the line."""
    by_marks: float = 0.85
    """Confidence of a change in a sentence where several lines are so."""
    within: float = 0.8
    """Confidence of a change within a sentence of a single line, which no label opens."""
    label: int = 8
    """Number of characters of a label before a sentence, at most."""
    entry: int = 6
    """Number of hanzi of a clause, at most, that can be a name or an entry of a list."""
    many: int = 5
    """Number of stray spaces, at least, in a text that is full of them."""
    share: float = 0.02
    """Number of stray spaces in a character of such a text, at least; lines that a web page joined leave fewer."""
    scrap: int = 2
    """Number of hanzi of a piece, at most, that a space parts from its word."""
    many_short: float = 0.25
    """Share of the stray spaces beside which such a piece stands, at least; an author parts whole clauses."""
    question: float = 0.6
    """Confidence of a change in a single line."""
    pieces: int = 2
    """Number of pieces in which a line stands, above which it is looked at: one space may be meant."""


P: Final = StraySpaceParams()


def stray_spaces(views: Sequence[LineView], *, as_written: bool = False) -> Iterator[Change]:
    """Changes for single spaces between the hanzi of running text; a list's entries and the halves of a theme stay.

    Where no column broke the lines (`as_written`), they must be many, for a sentence's author may set one.
    """
    if not any(" " in v.text.strip(_S) for v in views):
        return
    many = sum(_has_stray(v.text) for v in views) >= P.fewest
    if as_written and not (many and _are_before_marks(views)):
        return
    full = frozenset[int]() if as_written else _full_widths(views)
    for view in views:
        text = view.text.strip(_S)
        if not _WIDE.search(text) and (_is_running(text) or (many and _is_in_pieces(text))):
            closed = cells(_STRAY.sub("", text))
            yield from _in_line(view, fills=any(abs(closed - w) <= P.alike for w in full), many=many)


def _are_before_marks(views: Sequence[LineView]) -> bool:
    """Whether the text is full of such spaces, before marks, too, where no author sets one."""
    return _is_full_of_them([v.text for v in views]) and any(_BEFORE_MARK.search(v.text) for v in views)


def _full_widths(views: Sequence[LineView]) -> frozenset[int]:
    """The widths, in cells, that several lines without a space have."""
    widths = Counter(cells(_STRAY.sub("", v.text.strip(_S))) for v in views if " " not in v.text.strip(_S))
    return frozenset(w for w, times in widths.items() if times >= P.fewest)


def _in_line(view: LineView, *, fills: bool, many: bool) -> Iterator[Change]:
    """The changes in a line; `fills`: without them it is as wide as others. `many`: the text has many such spaces."""
    kept = [m.span() for form in (_CREDIT, _NAMED) for m in form.finditer(view.text.rstrip(_S))]
    for gap in _STRAY.finditer(view.text):
        inside = any(a < gap.start() < b for a, b in kept)
        if not inside and not _is_meant(view.text, gap, quoted=many):
            reason, surety = _reason(view.text, gap, fills=fills, many=many)
            yield Change(view.start + gap.start(), view.start + gap.end(), "", reason, surety)
    for gap in _BESIDE_MARK.finditer(view.text) if many else ():
        yield Change(view.start + gap.start(), view.start + gap.end(), "", _REASON_TEXT, P.by_marks)


def _reason(text: str, gap: re.Match[str], *, fills: bool, many: bool) -> tuple[str, float]:
    """The reason for closing a gap, and how sure it is."""
    if fills:
        return _REASON_WIDTH, P.by_width
    if many:
        return _REASON_TEXT, P.by_marks
    before = text[: gap.start()].strip(_S)
    clause = len(_piece(before[::-1])) + len(_piece(text[gap.end() :]))
    within = _MARK.search(text) is not None and (_MARK.search(before) or len(before) > P.label)
    within = within and clause > P.entry
    return _REASON_TEXT, P.within if within else P.question


def _piece(text: str) -> str:
    """The hanzi that the text begins with, single spaces between them left out."""
    found = _CLAUSE.match(text)
    return found[0].replace(" ", "") if found else ""


def _is_full_of_them(texts: Sequence[str]) -> bool:
    """Whether stray spaces stand at random in a sentence's pieces, so that some part single hanzi from their words."""
    running = [t.strip(_S) for t in texts if _MARK.search(t) and not _WIDE.search(t.strip(_S))]
    gaps = [(t, gap) for t in running for gap in _STRAY.finditer(t) if not _is_meant(t, gap, quoted=False)]
    short = sum(min(_piece_before(t, gap), _piece_behind(t, gap)) <= P.scrap for t, gap in gaps)
    length = sum(map(len, running))
    return len(gaps) >= P.many and len(gaps) >= P.share * length and short >= P.many_short * len(gaps)


def _piece_before(text: str, gap: re.Match[str]) -> int:
    return len(re.split(f"[^{HANZI}]", text[: gap.start()])[-1])


def _piece_behind(text: str, gap: re.Match[str]) -> int:
    return len(re.split(f"[^{HANZI}]", text[gap.end() :])[0])


def _has_stray(text: str) -> bool:
    """Whether a line holds a space between hanzi that nobody meant."""
    return any(not _is_meant(text, gap, quoted=False) for gap in _STRAY.finditer(text)) and _is_running(text)


def _is_running(text: str) -> bool:
    """Whether the line is a piece of a sentence: it holds a mark, or a run of hanzi that is no entry of a list."""
    longest = max((len(m[0]) for m in _PIECE.finditer(text)), default=0)
    return _MARK.search(text) is not None or longest > (P.half if "、" in text else 2 * P.half)


def _is_in_pieces(text: str) -> bool:
    """Whether two spaces or more cut a line of unlike pieces, of which one is too long for an entry of a list."""
    pieces = [len(m[0]) for m in _PIECE.finditer(text)]
    return len(pieces) > P.pieces and max(pieces) > P.half and len(set(pieces)) > 1


def _is_meant(text: str, gap: re.Match[str], *, quoted: bool) -> bool:
    """Whether the space is the author's: behind 记者, or between two halves of one length, `quoted` ones only."""
    before, behind = text[: gap.start()], text[gap.end() :]
    label = before.strip(_S)
    if _BEHIND_ROLE.search(before) or (_LABEL.fullmatch(label) and not (quoted and _NUMERALS.fullmatch(label))):
        return True
    left, right = re.search(f"[{HANZI}]+$", before), _PIECE.match(behind)
    if not (left and right and len(left[0]) == len(right[0]) >= P.half):
        return False
    return not quoted or (before[: left.start()][-1:] in _QUOTES[0] and behind[right.end() :][:1] in _QUOTES[1])


def closed_byline(view: LineView) -> Change | None:
    """A change for a byline that was pulled apart: 本 报 记 者   沈 禾, 本报记者    程   禾   潘小满."""
    text = view.text.strip(_S)
    mark = _BULLET.match(text)
    start = mark.end() if mark else 0
    rest = text[start:] if " " in text[start:] else text[start:].replace("　", " ")
    groups = [g for g in _WIDE.split(rest) if g.strip(_S)]
    closed = " ".join(_names_together([part for group in groups for part in _parts(group)])).strip()
    closed = _STROKE.sub("/", closed)
    if not groups or closed == text[start:] or not (is_byline(closed) or _is_name_apart(text, closed)):
        return None
    start += view.start + view.text.index(text)
    return Change(start, start + len(text) - (mark.end() if mark else 0), closed, _REASON_BYLINE, 0.9)


def _is_name_apart(text: str, closed: str) -> bool:
    """Whether the line is one name of three hanzi pulled apart."""
    return _THREE.fullmatch(text) is not None and is_names(closed)


def _parts(group: str) -> Iterator[str]:
    """The words of a group that no wide gap parts, those together whose letters stand apart."""
    role = _ROLE_APART.match(group)
    apart = role is not None and _LETTERS.fullmatch(group) is not None
    rest = group
    if role is not None and (apart or not group[role.end() :].strip(_S) or group[role.end()] in SPACE):
        yield _ANY.sub("", role[0])
        rest = group[role.end() :].strip(_S)
    words = rest.split()
    if words and all(len(w) == 1 for w in words) and len(words) > 1:
        yield from ["".join(words)] if len(words) <= P.longest_name else _pairs(words)
    else:
        yield from ([rest] if rest else [])


def _pairs(letters: Sequence[str]) -> list[str]:
    """Letters apart as names of two; as they were where one is left."""
    return ["".join(letters[at : at + 2]) for at in range(0, len(letters), 2)] if len(letters) % 2 == 0 else [*letters]


def _names_together(groups: Sequence[str]) -> Iterator[str]:
    """The groups, a hanzi alone with the one behind it as one name."""
    at = 0
    while at < len(groups):
        pair = groups[at : at + 2]
        if len(pair) > 1 and all(len(g) == 1 for g in pair):
            yield "".join(pair)
            at += 2
        else:
            yield groups[at]
            at += 1
