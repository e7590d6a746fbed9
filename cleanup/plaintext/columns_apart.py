"""Columns that a program printed side by side, as `pdftotext -layout` does: cut at the gutters, each read down.

A gutter is a place up to which a strip of white reaches in all lines of a stretch, and at which many of them go on.
Programs count places by characters, or by the cells that these take on a terminal, two for a hanzi. Where a line of the
column before is too long for its room, the next one is pushed to the right of its place, with one space between; and
from one block of print to the next a column may shift by a little.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain, pairwise, takewhile
from statistics import fmean, median_low
from typing import Final

from cleanup.forms.byline import is_byline, is_spaced_name
from cleanup.language.characters import SPACE, cells, ends_sentence
from cleanup.lines.plain_line import ALIKE, TextLine
from cleanup.plaintext.hard_wrapped import are_broken
from cleanup.plaintext.latin import is_latin_text

_SPACES: Final = "".join(SPACE)
_PRINTED: Final = f"[^{_SPACES}]"
_RUN: Final = re.compile(
    rf"(?P<white>[{_SPACES}]+)|(?P<apart>(?<!{_PRINTED}){_PRINTED}(?: {_PRINTED}){{3,}}(?!{_PRINTED}))|{_PRINTED}+"
)
"""White, text pulled apart to fill its column, and other text."""
_GAP: Final = re.compile(rf"(?<=[^{_SPACES}])[{_SPACES}]{{2,}}(?=[^{_SPACES}])")
_RULED: Final = re.compile("[\u2500-\u257f]")
"""The rules of a table's cells."""
_SPACE_WITHIN: Final = re.compile(rf"(?<=[^{_SPACES}])[{_SPACES}]+(?=[^{_SPACES}])")
_WIDE: Final = 0x2000
"""The first code of the characters beside which a single space can be a gutter; Latin words are parted by one."""
_NARROWEST: Final = 2
"""Characters of white that are a gutter whatever stands beside them."""
_FEWEST: Final = 3
"""Lines of the shortest stretch of columns; and so many lines of it must have text on both sides of a gutter."""
_DEEPEST: Final = 8
"""Characters or cells to the right of a column's place at which a line of it begins: set in, pushed or shifted."""
_PUSHED: Final = 3
"""Characters or cells by which a line of the column before reaches over the gutter's place, at most."""
_CLOSE: Final = 4
"""Characters or cells to each side of its place at which a column can go on behind a single space."""
_COLUMNS: Final = 2
"""Columns of running text in a stretch, at least."""
_FIRST: Final = 12
"""Lines at the beginning of a stretch in which every gutter of it shows."""
_SHARE: Final = 0.3
"""Share of the lines that reach over a gutter which go on just at its place, at least."""
_PROSE: Final = 0.3
"""Share of the lines of running text that hold a mark, at least."""
_LATIN_PROSE: Final = 0.1
"""The same of text in a Latin script, whose sentences are of more letters."""
_MARK: Final = re.compile("[，。、；：！？,;.]")
_ORDINAL: Final = re.compile("[（(]?(?:[一二三四五六七八九十]{1,3}|[0-9]{1,3})[、.．)）]")
"""What counts the entries of a list: its mark is none of running text."""
_NEARLY: Final = 0.75
"""Share of the lines going on at the commonest of a gutter's places that go on at the one that counts, at least."""
_LONGEST: Final = 400
"""Lines of the longest stretch; a page of print has fewer."""
_MOST: Final = 0.75
"""Share of a stretch that held no columns, above which its rest is not looked at again."""
_REACH: Final = 24
"""Lines within which columns show a wide gap: some paragraph ends in a short line, or the next is set in."""
_AROUND: Final = 5
"""Lines to each side that tell where a column begins."""
_SET_IN: Final = 2
"""Characters by which a paragraph's first line is set in."""
_MOST_BETWEEN: Final = 4
"""Lines between two stretches of the same columns, at most: a headline in one of the columns."""
_LARGEST_TYPE: Final = 4.0
"""Places that a glyph of a headline takes, at most, of those that a glyph of the text takes."""
_SMALLEST_TYPE: Final = 0.7
"""The same at least, of a byline; white within the columns makes them wider than they were printed."""
_WHITE_IN_HEADLINE: Final = 4
"""Places of white within a headline over columns, at most; before its byline there may be more."""
_GLUED: Final = re.compile("(?<=.{4})(?=本[报報刊](?:记者|記者|通[讯訊][员員]))")
"""Where a byline begins without white, behind a headline whose large type takes the room of it."""
_OFFICE: Final = re.compile("记者|記者|通[讯訊][员員]")
_PAUSE: Final = re.compile("[，。、；]")
_CENTRED: Final = 0.15
"""Share of the page's width by which the white before and behind a line in the middle differ, at most."""
_END: Final = 1 << 20
"""Where the white behind a line ends: further right than any line reaches."""

Strips = tuple[tuple[int, int], ...]
"""Strips of white, each from a place up to another, from left to right."""
Run = tuple[int, bool, int, int]
"""A run of a line: index, whether it is white that can be a gutter, the places from which and up to which."""
Places = Callable[[str], int]
"""How many places a text takes: `len`, or `cells`."""
Columns = tuple[tuple[TextLine, ...], ...]
"""The lines of each column of a stretch, from left to right."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Lines from `start` up to `end` that the gutters `cuts` part, and how their places are counted."""

    start: int
    end: int
    cuts: tuple[int, ...]
    places: Places
    sidebar: bool = False
    """Whether the only gutter parts a sidebar from the articles beside it, which are in columns themselves."""
    support: int = 0
    """Lines that go on just at a gutter's place, over all gutters, less the white that leads to none."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch and the columns that it was cut into."""

    stretch: _Stretch
    columns: Columns


@dataclass(frozen=True, slots=True)
class ColumnsCut:
    """The lines with every stretch of columns cut at its gutters."""

    lines: tuple[TextLine, ...]
    sidebar: bool = False
    """Whether a sidebar that goes on beside the headlines of other articles was cut off."""


def columns_apart(lines: Sequence[TextLine]) -> ColumnsCut:
    """The lines with every stretch of columns cut at its gutters, the left column first; columns within columns too.

    Only columns of running text are cut, whose own lines a column's edge broke: the entries of a table stay together.
    """
    set_ = at_margin(lines)
    parts = _parts(set_)
    found = _in_order(set_, parts)
    if len(found) == len(lines):
        return ColumnsCut(tuple(lines))
    return ColumnsCut(tuple(numbered(found)), any(part.stretch.sidebar for part in parts))


def under_headlines(lines: Sequence[TextLine]) -> Iterator[tuple[bool, list[TextLine]]]:
    """The runs of lines of a page of columns, and whether each is a headline over all columns with its byline.

    Before the first row of columns any line far from the margin is one.
    """
    whites = [_white(line.raw, len) for line in lines]
    widest = max(map(_width, whites), default=0)
    over, first = False, True
    run: list[TextLine] = []
    for line, strips in zip(lines, whites, strict=True):
        before, over = over, _is_set_over(line, strips, widest) and (over or _is_headline(line.text))
        first = first and len(strips) == 1 + (strips[0][0] == 0)
        over = over or (first and line.indent > _DEEPEST and _PAUSE.search(line.text) is None)
        if run and over is not before:
            yield before, run
            run = []
        run.append(line)
    if run:
        yield over, run


def _is_headline(text: str) -> bool:
    """Whether a line over all columns is no byline, or has the headline before it."""
    parts = _headline_and_byline(text)
    return not is_byline(text if parts is None else parts[0])


def at_margin(lines: Sequence[TextLine]) -> Sequence[TextLine]:
    """The lines without the white before all of them: the first column begins at the margin as the others do."""
    lead = min((line.indent for line in lines), default=0)
    if not lead or any(not line.raw.startswith(" " * lead) for line in lines):
        return lines
    return [replace(line, raw=line.raw[lead:]) for line in lines]


def _apart(lines: Sequence[TextLine]) -> list[TextLine]:
    return _in_order(lines, _parts(lines))


def _parts(lines: Sequence[TextLine]) -> list[_Part]:
    """The stretches of the lines that hold columns, with these."""
    gaps = sum(_SPACE_WITHIN.search(line.raw) is not None for line in lines)
    wide = _with_wide_gaps(lines)
    if gaps < _FEWEST or not wide:
        return []
    whites: dict[Places, list[Strips]] = {p: [_white(n.raw, p) for n in lines] for p in (cells, len)}
    parts: list[_Part] = []
    at, failed = 0, _Stretch(0, 0, (), len)
    while at < len(lines):
        if _is_far_from(wide, at):
            at += 1
            continue
        stretch = _likeliest(lines, whites, at)
        columns: Columns = ()
        if stretch.cuts and not _is_most_of(stretch, failed):
            stretch, columns = _beside_each_other(lines, whites[stretch.places], stretch)
            failed = failed if columns else stretch
        if columns:
            before = parts.pop() if parts and _goes_on(lines, parts[-1], stretch, columns) else None
            if before is not None:
                stretch = replace(stretch, start=before.stretch.start)
                columns = _columns(lines, stretch)
            parts.append(_Part(stretch, columns))
            at = stretch.end
        else:
            at = _behind(at, stretch)
    return parts


def _in_order(lines: Sequence[TextLine], parts: Sequence[_Part]) -> list[TextLine]:
    """The lines with the columns of the parts one after the other, and those within them; the rest as it stands."""
    found: list[TextLine] = []
    at = 0
    for part in parts:
        found += chain.from_iterable(map(over_all, lines[at : part.stretch.start]))
        found += chain.from_iterable(map(_apart, part.columns))
        at = part.stretch.end
    found += chain.from_iterable(map(over_all, lines[at:])) if parts else lines
    return found


def _goes_on(lines: Sequence[TextLine], before: _Part, stretch: _Stretch, columns: Columns) -> bool:
    """Whether a stretch goes on with the columns of the one above, no headline over all of them being between.

    Then the text of each column goes on in the same column, more often than it goes on at the head of the next one.
    """
    if not _has_cuts_of(before.stretch, stretch):
        return False
    between = lines[before.stretch.end : stretch.start]
    if len(between) > _MOST_BETWEEN or not all(_fits(n, before.stretch) for n in between):
        return False
    if between and not any(n.indent for column in (*before.columns, *columns) for n in column):
        return False
    down = [_flow(a[-1], b[0]) for a, b in zip(before.columns, columns, strict=False)]
    across = [_flow(a[-1], b[0]) for part in (before.columns, columns) for a, b in pairwise(part)]
    return fmean(down) > fmean(across)


def _has_cuts_of(above: _Stretch, stretch: _Stretch) -> bool:
    """Whether the same gutters part two stretches, neither of which has a sidebar."""
    if len(above.cuts) != len(stretch.cuts) or above.places is not stretch.places or above.sidebar or stretch.sidebar:
        return False
    return all(abs(a - b) <= _PUSHED for a, b in zip(above.cuts, stretch.cuts, strict=True))


def _fits(line: TextLine, stretch: _Stretch) -> bool:
    """Whether the line leaves the gutters of the stretch white."""
    strips = _white(line.raw, stretch.places)
    return all(_is_white(strips, cut) for cut in stretch.cuts)


def _flow(end: TextLine, start: TextLine) -> int:
    """1 where a line goes on with what another ends in, -1 where it does not, 0 where nothing tells."""
    set_in = start.indent > 0
    if end.ends_sentence:
        return 1 if set_in else 0
    return -1 if set_in else 1


def _with_wide_gaps(lines: Sequence[TextLine]) -> list[int]:
    """The indices of the lines with a wide gap between two pieces of text, but no rules of a table."""
    return [at for at, line in enumerate(lines) if _GAP.search(line.raw) and not _RULED.search(line.raw)]


def _likeliest(lines: Sequence[TextLine], whites: Mapping[Places, Sequence[Strips]], at: int) -> _Stretch:
    """The stretch that begins at a line, its places counted in the way that more lines speak for."""
    stretches = [_stretch(lines, whites[places], at, places) for places in (len, cells)]
    return max(stretches, key=lambda s: s.support + s.end if s.cuts else 0)


def _beside_each_other(
    lines: Sequence[TextLine], whites: Sequence[Strips], stretch: _Stretch
) -> tuple[_Stretch, Columns]:
    """The stretch, as long as a sidebar where one stands beside its articles, and the columns in it, if any."""
    columns = _columns(lines, stretch)
    side = _with_sidebar(whites, stretch) if columns else None
    if side is not None and (beside := _columns(lines, side)):
        return side, beside
    return stretch, columns


def _behind(at: int, stretch: _Stretch) -> int:
    """The line at which to look on behind a stretch without columns."""
    return at + ((stretch.end - at) // 2 if stretch.end - at > 2 * _FIRST else 1)


def _with_sidebar(whites: Sequence[Strips], stretch: _Stretch) -> _Stretch | None:
    """The stretch from its beginning to where the last column ends, where that stands beside several articles.

    The column goes on alone in a few lines, beside a headline over the columns before it, and the gutter before it
    stays white. None where the column is one of an article's.
    """
    cut = stretch.cuts[-1]
    most = min(len(whites), stretch.start + _LONGEST)
    end = next((at for at in range(stretch.end, most) if not _is_white(whites[at], cut)), most)
    alone = [at for at in range(stretch.start, end) if _starts_at(whites[at], cut)]
    if len(stretch.cuts) == 1 or len(alone) < _FEWEST or end - alone[_FEWEST - 1] < _FEWEST:
        return None
    return replace(stretch, end=end, cuts=(cut,), sidebar=True)


def _starts_at(strips: Strips, cut: int) -> bool:
    """Whether the line has text in the column at the place alone."""
    begin, end = strips[0]
    return begin == 0 and cut - 1 <= end <= cut + _DEEPEST


def _is_far_from(wide: Sequence[int], at: int) -> bool:
    """Whether no line with a wide gap, of those with the numbers `wide`, comes within reach: no columns begin there."""
    following = bisect_left(wide, at)
    return following == len(wide) or wide[following] - at > _REACH


def _is_most_of(stretch: _Stretch, failed: _Stretch) -> bool:
    """Whether the stretch is one that held no columns, but for a few lines at its beginning."""
    same = (stretch.cuts, stretch.end, stretch.places) == (failed.cuts, failed.end, failed.places)
    return same and stretch.end - stretch.start > _MOST * (failed.end - failed.start)


def over_all(line: TextLine) -> Iterator[TextLine]:
    """A line outside columns without the white that sets it in the middle of the page, a byline behind it apart."""
    deep = len(line.raw) - len(line.raw.lstrip(_SPACES)) > _DEEPEST
    parts = _headline_and_byline(line.raw.strip(_SPACES)) if deep else None
    if parts is not None:
        yield replace(line, raw=parts[0])
        yield replace(line, raw=parts[1], gap=0)
    else:
        yield replace(line, raw=line.raw.strip(_SPACES)) if deep else line


def numbered(lines: Sequence[TextLine]) -> Iterator[TextLine]:
    """The lines, each with its place among the pieces of its line in the file."""
    told = Counter[int]()
    for line in lines:
        yield replace(line, piece=told[line.number]) if told[line.number] else line
        told[line.number] += 1


# --- stretches --------------------------------------------------------------------------------------------------------


def _stretch(lines: Sequence[TextLine], whites: Sequence[Strips], start: int, places: Places) -> _Stretch:
    """The longest stretch of columns that begins at `start`; one without cuts where none does."""
    none = _Stretch(start, start, (), places)
    widest = max(map(_width, whites[start : start + _FIRST]))
    if not _may_be_first(lines[start], whites[start], widest):
        return none
    open_: dict[int, int] = {}
    last, end = start, start
    for at in range(start, _headline_after(lines, whites, start, widest)):
        strips = whites[at]
        left = _left_open(open_, strips, whites[start : min(at, start + _FIRST)])
        begun = _begun(strips, left)
        ended = _restarts(lines[last + 1 : at]) if begun else _is_over_all(strips, left, widest, lines[at].gap)
        if _is_crossed(open_, left, begun) or (ended and at > start + 1) or (not left and at >= start + _FEWEST):
            break
        open_ = {cut: times + (cut in begun) for cut, times in left.items()}
        last = at if begun or _starts_inside(strips, left) else last
        end = at + 1
    cuts, support = _cuts(whites[start : last + 1], open_)
    if not cuts:
        return replace(none, end=end)
    end = last + 1 + _tail(lines[last + 1 : end], _before(cuts[0], lines[start : last + 1], places))
    if end - start < _FEWEST:
        return replace(none, end=end)
    return replace(none, end=end, cuts=cuts, support=support - _strays(whites[start:end], cuts))


def _may_be_first(line: TextLine, strips: Strips, widest: int) -> bool:
    """Whether a line may be the first of columns: no byline and no headline over all of them."""
    return not is_byline(line.text) and not _is_set_over(line, strips, widest) and _may_start(strips)


def _headline_after(lines: Sequence[TextLine], whites: Sequence[Strips], start: int, widest: int) -> int:
    """The first line behind `start` that is set over all columns; else the end of the lines, or of a page's length."""
    most = min(len(lines), start + _LONGEST)
    return next((at for at in range(start + 1, most) if _is_set_over(lines[at], whites[at], widest)), most)


def _before(cut: int, lines: Sequence[TextLine], places: Places) -> list[str]:
    """What stands before a cut in each of the lines."""
    return [n.raw[: _gap_at(_runs(n.raw, places), cut)] for n in lines]


def _left_open(open_: Mapping[int, int], strips: Strips, before: Sequence[Strips]) -> dict[int, int]:
    """The cuts that are white in a line, too, and new ones in the first lines of a stretch, each with its times."""
    left = {cut: times for cut, times in open_.items() if _is_white(strips, cut)}
    return left | dict.fromkeys(_new_cuts(strips, before, open_), 0) if len(before) < _FIRST else left


def _new_cuts(strips: Strips, before: Sequence[Strips], open_: Mapping[int, int]) -> list[int]:
    """The places up to which a line has white as the lines before have, beside the cuts that are open."""
    new = {e for _, e in _inner(strips)} - open_.keys()
    return [cut for cut in new if all(_is_white(w, cut) for w in before)]


def _begun(strips: Strips, cuts: Collection[int]) -> set[int]:
    """The cuts behind which text begins in a line."""
    beside = strips[1:] if strips[0][0] == 0 else strips
    return {cut for cut in cuts if _begins(beside, cut)}


def _is_crossed(open_: Mapping[int, int], left: Mapping[int, int], begun: Collection[int]) -> bool:
    """Whether a line runs over a cut with text on both sides, none being near, and goes on at no other such cut."""
    over = (cut for cut, times in open_.items() if cut not in left and times >= _FEWEST)
    return any(not _has_near(left, cut) for cut in over) and not any(left[cut] >= _FEWEST for cut in begun)


def _may_start(strips: Strips) -> bool:
    """Whether the line can be the first of columns: it begins at the margin, or a wide gap parts two pieces of it."""
    if not _inner(strips):
        return False
    lead = strips[0][1] if strips[0][0] == 0 else 0
    return lead <= _DEEPEST or any(end - begin >= _NARROWEST for begin, end in _inner(strips) if begin > 0)


def _white(raw: str, places: Places) -> Strips:
    """The strips of white of a line, those before and behind it included; a space between Latin words is none."""
    strips, end = list[tuple[int, int]](), 0
    for _, white, begin, end in _runs(raw.rstrip(_SPACES), places):
        if white:
            strips.append((begin, end))
    return (*strips, (end, _END))


@lru_cache(maxsize=4096)
def _runs(raw: str, places: Places) -> tuple[Run, ...]:
    """The runs of a line: index, whether it is white that can be a gutter, and the places from which and up to which.

    What is pulled apart takes the places that it would take closed; a column behind wide white stands where it stands.
    """
    found = list[Run]()
    real = at = 0
    for run in _RUN.finditer(raw):
        begin, real = at, real + places(run[0])
        at += places(run[0].replace(" ", "") if run["apart"] else run[0])
        wide = run["white"] is not None and len(run[0]) >= _NARROWEST
        at = real if wide else at
        white = run["white"] is not None and (begin == 0 or wide or _is_beside_wide(raw, run))
        found.append((run.start(), white, begin, at))
    return tuple(found)


def _is_beside_wide(raw: str, gap: re.Match[str]) -> bool:
    """Whether a hanzi or a mark of Chinese print stands on one side of the gap at least."""
    return ord(raw[gap.start() - 1]) >= _WIDE or ord(raw[gap.end() : gap.end() + 1] or " ") >= _WIDE


def _inner(strips: Strips) -> Strips:
    """The strips before text: not that behind the line."""
    return tuple(s for s in strips if s[1] < _END and s[1] > 0)


def _width(strips: Strips) -> int:
    return strips[-1][0]


def _leads(begin: int, end: int, cut: int) -> bool:
    """Whether the strip of white leads to a column that begins at `cut`, or a little beside it."""
    if end - begin < _NARROWEST and begin > 0:
        return cut - _CLOSE <= end <= cut + _CLOSE
    return begin <= cut + _PUSHED and end >= cut - 1


def _is_white(strips: Strips, cut: int) -> bool:
    """Whether the line leaves the gutter white."""
    return any(_leads(begin, end, cut) for begin, end in strips)


def _begins(strips: Strips, cut: int) -> bool:
    """Whether a column's line begins at the gutter, or a little beside it."""
    return any(_leads(begin, end, cut) and end <= cut + _DEEPEST for begin, end in strips)


def _is_just(begin: int, end: int, cut: int) -> bool:
    """Whether the white ends at the gutter's place; a single space may end beside it."""
    return cut <= end <= cut + 1 or (end - begin < _NARROWEST and begin > 0 and abs(end - cut) <= _NARROWEST)


def _reaches_over(strips: Strips, cut: int) -> bool:
    """Whether the line goes on behind the gutter, and not in a further column alone."""
    spans = any(begin <= cut + _PUSHED and cut + _DEEPEST < end < _END for begin, end in strips)
    return _width(strips) > cut + _DEEPEST and not spans


def _has_near(cuts: Collection[int], cut: int) -> bool:
    """Whether another place of the same gutter is among the cuts."""
    return any(abs(cut - other) <= _DEEPEST for other in cuts)


def _starts_inside(strips: Strips, cuts: Collection[int]) -> bool:
    """Whether the first column has no text in the line, and another one has."""
    begin, end = strips[0]
    return begin == 0 and end < _END and any(cut - 1 <= end for cut in cuts)


def _is_over_all(strips: Strips, cuts: Collection[int], widest: int, gap: int) -> bool:
    """Whether the line is one piece over all columns, a headline or a byline: in the middle of the page, or apart."""
    begin, end = strips[0]
    if begin > 0 or end == _END or any(e - b >= _NARROWEST for b, e in strips[1:-1]) or end <= _DEEPEST:
        return False
    centred = abs(end + _width(strips) - widest) <= _CENTRED * widest
    return centred or (gap > 0 and not any(cut - 1 <= end <= cut + _DEEPEST for cut in cuts))


def _is_set_over(line: TextLine, strips: Strips, widest: int) -> bool:
    """Whether the line can be a headline or a byline in the middle of the page, of larger type than the text."""
    begin, end = strips[0]
    apart = any(e - b > _WHITE_IN_HEADLINE for b, e in strips[1:-1]) and _headline_and_byline(line.text) is None
    if begin > 0 or end in range(_DEEPEST + 1) or end == _END or apart or _PAUSE.search(line.text):
        return False
    return _SMALLEST_TYPE <= (widest - 2 * end) / (_width(strips) - end) <= _LARGEST_TYPE


def _headline_and_byline(text: str) -> tuple[str, str] | None:
    """The two parts of a line that holds a headline and, white between, who wrote the article; None for any other."""
    for gap in chain(_SPACE_WITHIN.finditer(text), _GLUED.finditer(text)):
        title, byline = text[: gap.start()], text[gap.end() :]
        wide = len(gap[0]) >= _NARROWEST
        if (is_byline(byline) and (wide or _OFFICE.search(byline))) or (wide and is_spaced_name(byline)):
            return title, byline
    return None


def _restarts(lines: Sequence[TextLine]) -> bool:
    """Whether columns ended above these lines, which stand in the first of them alone: a headline is among them."""
    return _sentences(lines) < len(lines)


def _tail(lines: Sequence[TextLine], above: Sequence[str]) -> int:
    """How many of the lines go on in the first column, where the others have ended: up to the end of a sentence.

    The lines behind it belong to the column too where it breaks off within a sentence, to go on at the head of the
    next: then they are as long as those `above` in the first column.
    """
    ended = _sentences(lines)
    widths = sorted(cells(text.rstrip(_SPACES)) for text in above)
    full = widths[(3 * len(widths)) // 4]
    cut_off = takewhile(lambda n: n.gap == 0 and abs(n.width - full) <= ALIKE, lines[ended:])
    return ended + len(list(cut_off))


def _sentences(lines: Sequence[TextLine]) -> int:
    """How many of the lines there are up to the last that ends a sentence."""
    return max((n for n, line in enumerate(lines, start=1) if line.ends_sentence), default=0)


def _cuts(whites: Sequence[Strips], open_: Collection[int]) -> tuple[tuple[int, ...], int]:
    """Where the columns behind the gutters begin, and how many lines begin just there.

    Gutters with text on both sides in too few lines are none; of places side by side that are one gutter's the first
    counts at which many lines go on: further right paragraphs are set in.
    """
    told: dict[int, int] = {}
    for cut in sorted(open_):
        just = sum(any(_is_just(begin, end, cut) for begin, end in _inner(strips)) for strips in whites)
        both = sum(_begins(strips, cut) and not strips[0][0] == 0 < cut <= strips[0][1] + 1 for strips in whites)
        over = sum(_reaches_over(strips, cut) for strips in whites)
        if both >= min(_FEWEST, max(2, over)) and just >= max(2, _SHARE * over):
            told[cut] = just
    cuts: list[int] = []
    for cut, just in told.items():
        most = max(times for other, times in told.items() if abs(cut - other) <= _DEEPEST)
        if just >= _NEARLY * most and not _has_near(cuts, cut):
            cuts.append(cut)
    return tuple(cuts), sum(told[cut] for cut in cuts)


def _strays(whites: Sequence[Strips], cuts: Collection[int]) -> int:
    """How often white within a line leads to no column."""
    return sum(
        end - begin >= _NARROWEST and begin > 0 and not any(_leads(begin, end, cut) for cut in cuts)
        for strips in whites
        for begin, end in _inner(strips)
    )


# --- columns ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Piece:
    """What one line has in one column: `text` that begins at the place `start`, `free` if nothing pushed it there."""

    line: TextLine
    text: str
    start: int
    free: bool


def _columns(lines: Sequence[TextLine], stretch: _Stretch) -> Columns:
    """The columns from left to right; none where they are not running text."""
    columns: list[list[_Piece]] = [[] for _ in range(len(stretch.cuts) + 1)]
    for line in lines[stretch.start : stretch.end]:
        for column, piece in zip(columns, _pieces(line, stretch), strict=True):
            if piece is not None:
                column.append(piece)
    found = tuple(tuple(_set(column, first=at == 0)) for at, column in enumerate(columns) if column)
    running = [column for column in found if len(column) >= _FEWEST]
    return found if len(running) >= _COLUMNS and _are_text(running[1:] if stretch.sidebar else running) else ()


def _are_text(columns: Sequence[Sequence[TextLine]]) -> bool:
    """Whether each of the columns is running text, and their lines are broken at an edge."""
    sentences = all(
        (_LATIN_PROSE if is_latin_text(c) else _PROSE) * len(c)
        <= sum(_MARK.search(_ORDINAL.sub("", n.text, count=1)) is not None for n in c)
        for c in columns
    )
    return sentences and are_broken([line for column in columns for line in column])


def _pieces(line: TextLine, stretch: _Stretch) -> Iterator[_Piece | None]:
    """The line's piece in each column, None where it has no text there."""
    raw = line.raw.rstrip(_SPACES)
    runs = _runs(raw, stretch.places)
    begin = margin = 0
    for cut in (*stretch.cuts, _END):
        end = _gap_at(runs, cut, begin, margin)
        rest = [run for run in runs if begin <= run[0] < (len(raw) if end is None else end)]
        text = raw[begin:end].strip(_SPACES)
        lead = rest[0] if rest and rest[0][1] else None
        if text:
            start = lead[3] if lead else rest[0][2]
            yield _Piece(line, text, start, free=begin == 0 or (lead is not None and lead[3] - lead[2] >= _NARROWEST))
        else:
            yield None
        begin, margin = len(raw) if end is None else end, cut


def _gap_at(runs: Sequence[Run], cut: int, begin: int = 0, margin: int = 0) -> int | None:
    """The index at which what stands before the gutter ends: that of the white that leads to its place.

    The text before it begins at the index `begin`, its column at the place `margin`. A single space ends only what
    begins there. None where nothing stands behind the gutter.
    """
    best, found, first = (False, 0), None, None
    for index, white, before, at in runs:
        if index < begin:
            continue
        if before > cut + _PUSHED:
            return index if found is None and index == begin else found
        first = before if first is None and not white else first
        narrow = at - before < _NARROWEST and (first is None or first > margin + _DEEPEST)
        key = (at <= cut + _DEEPEST, at - before)
        if white and not narrow and _leads(before, at, cut) and key > best:
            best, found = key, index
    return found


def _set(column: Sequence[_Piece], *, first: bool) -> Iterator[TextLine]:
    """The column's lines with the indents that they have in it; no blank line is before the first of a further one."""
    for at, piece in enumerate(column):
        lead = piece.start if first else piece.start - _margin(column, at) if piece.free else 0
        raw = " " * max(0, lead) + piece.text
        yield replace(piece.line, raw=raw, gap=piece.line.gap if first or at else 0)


def _margin(column: Sequence[_Piece], at: int) -> int:
    """Where the column's lines begin around a line: the place at which lines stand that go on with a sentence.

    Where only first lines of paragraphs stand free, it is an indent to the left of them.
    """
    begin = max(0, at - _AROUND)
    near = column[begin : at + _AROUND + 1]
    free = [p.start for p in near if p.free]
    goes_on = [
        p.start
        for before, p in zip((column[begin - 1] if begin else None, *near), near, strict=False)
        if p.free and before is not None and not ends_sentence(before.text)
    ]
    if goes_on:
        return median_low(goes_on)
    return min(free) - (_SET_IN if len(free) < len(near) else 0)
