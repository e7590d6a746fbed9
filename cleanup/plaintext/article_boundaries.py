"""Pieces of a plain text page: where one article ends and the next begins, and whose headline is whose.

A dump sets headlines before their bodies, or behind them, and bylines likewise: one way throughout a page. The way is
found from the page's ends, where a headline or a byline can belong to one side only, from the order in which headline
and byline stand between two bodies, from the side on which more blank lines part the headline from the text, and from
the words that it shares with the body on either side.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product
from statistics import fmean
from typing import Final

from cleanup.forms.byline import are_several_names, awaits_names, dateline_of, is_names, is_spaced_name
from cleanup.forms.folio import is_folio
from cleanup.forms.headline import is_counted, is_label
from cleanup.forms.section_names import is_notice, is_page_name
from cleanup.language.characters import cells
from cleanup.lines.plain_line import TextLine, is_doubled, reading
from cleanup.plaintext.text_items import TextItem, TextItemKind

_HEAD: Final = frozenset({TextItemKind.DISPLAY, TextItemKind.SUBTITLE})
_START: Final = frozenset({TextItemKind.BYLINE, TextItemKind.SOURCE, TextItemKind.FROM})
_SIGNS: Final = frozenset(
    {TextItemKind.BYLINE, TextItemKind.SOURCE, TextItemKind.FROM, TextItemKind.TO, TextItemKind.SUBTITLE}
)
"""What only articles of a newspaper have."""
_END: Final = frozenset({TextItemKind.TO, TextItemKind.SIGNATURE})
_BESIDE_NAMES: Final = _HEAD | {TextItemKind.TO, TextItemKind.CREDIT, TextItemKind.BYLINE}
_INSERTED: Final = _HEAD | {TextItemKind.CAPTION, TextItemKind.ADVERT, TextItemKind.FURNITURE}
"""What the order of a reader's blocks can put within a sentence."""
_ALONE: Final = {
    (False, True): range(2, 25),
    (False, False): range(3, 25),
    (True, True): range(3, 5),
    (True, False): range(0),
}
"""Lengths of a line of names that signs an article though nothing stands beside it, by whether others on the page are
signed with an office, and whether it stands at the page's end. Two characters are often a word: 成功, 高原."""
_FEWEST_ENDS: Final = 2
"""Number of sure ends of articles from which on a text whose lines are as written may set headlines behind their
bodies."""
_INSET: Final = 2
"""Indent in half ems, at least, of a line that is set in."""
_LONGEST_LABEL: Final = 8
"""Number of characters of a page's label beside its folio, at most."""
_OTHER_WIDTH: Final = 3
"""Difference in half ems between the widths of two bodies, above which they are set to two measures."""
_REACH: Final = 4000
"""Number of characters of a body that are searched for a headline's words."""
_BESIDE: Final = 600
"""Number of characters beside a headline in which its words are looked for."""
_ALIKE: Final = 0.15
"""Share by which the measures of two columns of one width differ, at most."""


@dataclass(frozen=True, slots=True)
class HeadlineOrder:
    """How a page sets its articles."""

    head_first: bool
    """Headlines stand before their bodies."""
    byline_first: bool
    """Bylines do."""


@dataclass(frozen=True, slots=True)
class TextArticle:
    """One printed piece: its items in the order of print; of its display items, those in `heads` are its headline."""

    items: tuple[TextItem, ...]
    heads: frozenset[int]
    """Indices into `items`; the other display items are subheads."""


@dataclass(frozen=True, slots=True)
class _Gap:
    """What stands before a body, up to the body before; the last of a page has none behind it."""

    items: tuple[TextItem, ...]
    body: TextItem | None

    def has(self, *kinds: TextItemKind) -> bool:
        return any(item.kind in kinds for item in self.items)

    def first(self, kinds: frozenset[TextItemKind], start: int = 0) -> int | None:
        return next((i for i, item in enumerate(self.items) if i >= start and item.kind in kinds), None)

    @property
    def heads(self) -> tuple[TextItem, ...]:
        return tuple(item for item in self.items if item.kind in _HEAD)


def pieces_of(items: Sequence[TextItem], *, broken: bool = True) -> list[TextArticle]:
    """The pieces of a page in order; every item is in exactly one.

    Where the page's lines are not `broken` by a column, none stands within a sentence, a line of one character counts
    like any other, for no reader has made it up, and one that could be a name is one under the first headline only.
    """
    articles = broken or _are_articles(items)
    gaps = _gaps(items if articles else [_in_place(item) for item in items], broken=broken)
    sure = [_is_sure(gaps, at) for at in range(len(gaps))]
    way = (
        way_of(gaps, sure) if broken or sum(sure) >= _FEWEST_ENDS else HeadlineOrder(head_first=True, byline_first=True)
    )
    if not way.head_first:
        sure = _with_ends_of_headless(gaps, sure)
    manner = _manner(gaps, sure, way, broken=broken)
    cuts = [s or _parts(gaps, at, manner) for at, s in enumerate(sure)]
    return list(_pieces(gaps, cuts, way))


def _are_articles(items: Sequence[TextItem]) -> bool:
    """Whether something is among the items that only articles have; else nothing may move from its place."""
    return any(item.kind in _SIGNS - _HEAD for item in items) or any(
        item.kind is TextItemKind.BODY and dateline_of(item.text[:60]) is not None for item in items
    )


def _in_place(item: TextItem) -> TextItem:
    """The item as a headline or as body, which stay where they stand."""
    return replace(item, kind=TextItemKind.DISPLAY if item.kind in _HEAD else TextItemKind.BODY)


def _gaps(items: Sequence[TextItem], *, broken: bool) -> list[_Gap]:
    gaps: list[_Gap] = []
    between: list[TextItem] = []
    for item in items:
        if item.kind is TextItemKind.BODY:
            gaps.append(_Gap(tuple(between), item))
            between = []
        else:
            between.append(item)
    gaps.append(_Gap(tuple(between), None))
    last = len(gaps) - 1
    signed = any(i.kind is TextItemKind.BYLINE and not awaits_names(i.text) for g in gaps for i in g.items)
    title = next((at for at, item in enumerate(gaps[0].items) if not _is_folio(item)), None)
    if not broken:
        return [_with_names(gaps[0], range(0), title), *map(_with_spaced_names, gaps[1:])]
    named = [_with_names(g, _ALONE[signed, at in (0, last)], None if at else title) for at, g in enumerate(gaps)]
    return [_without_strays(g, head=at == 0, tail=at == last) for at, g in enumerate(named)]


def _with_names(gap: _Gap, alone: range, title: int | None) -> _Gap:
    """The gap with bare names made bylines: beside a headline or an article's end, or of a length in `alone`.

    One name at the index `title`, above all else but folios, is the title of what follows: 江 上 over a poem.
    """
    items = tuple(
        replace(item, kind=TextItemKind.BYLINE)
        if _signs(gap.items, at, alone) and (at != title or are_several_names(item.text))
        else item
        for at, item in enumerate(gap.items)
    )
    return replace(gap, items=items)


def _with_spaced_names(gap: _Gap) -> _Gap:
    """The gap with a short name, its two characters set apart, that stands right under a headline made a byline."""
    pairs = zip((None, *gap.items), gap.items, strict=False)
    under = [
        b is not None and b.kind in _HEAD and i.kind is TextItemKind.DISPLAY and not i.lines[0].gap for b, i in pairs
    ]
    signs = [u and is_spaced_name(item.text) for u, item in zip(under, gap.items, strict=True)]
    items = (replace(i, kind=TextItemKind.BYLINE) if s else i for i, s in zip(gap.items, signs, strict=True))
    return replace(gap, items=tuple(items))


def _signs(items: Sequence[TextItem], at: int, alone: range) -> bool:
    """Whether the item is a line of names that signs an article, not a headline or a subhead of such characters."""
    item = items[at]
    if item.kind is not TextItemKind.DISPLAY or len(item.lines) > 1 or _is_signed(items, at):
        return False
    if at and items[at - 1].kind in _HEAD and is_spaced_name(item.text):
        return True
    if not is_names(item.text):
        return False
    if at + 1 < len(items) and items[at + 1].kind is TextItemKind.SUBTITLE:
        return False
    if are_several_names(item.text) or len(item.text) in alone:
        return True
    return any(o.kind in _BESIDE_NAMES and not is_names(o.text) for i, o in enumerate(items) if i != at)


def _is_folio(item: TextItem) -> bool:
    """Whether the item is a folio, in a text too whose items all stay in their places."""
    return item.kind is TextItemKind.FURNITURE or is_folio(item.text)


def _is_signed(items: Sequence[TextItem], at: int) -> bool:
    """Whether another line already names the writers, and does not wait for these names."""
    if at and items[at - 1].kind is TextItemKind.BYLINE and awaits_names(items[at - 1].text):
        return False
    return any(o.kind is TextItemKind.BYLINE for i, o in enumerate(items) if i != at)


def _without_strays(gap: _Gap, *, head: bool, tail: bool) -> _Gap:
    """The gap with the page's label beside a folio or over all else, and single stray characters, made furniture."""
    labels = frozenset(_page_labels(gap, head=head, tail=tail))
    strays = [at in labels or sum(c.isalnum() for c in item.text) <= 1 for at, item in enumerate(gap.items)]
    items = tuple(
        replace(i, kind=TextItemKind.FURNITURE) if s and i.kind is TextItemKind.DISPLAY else i
        for i, s in zip(gap.items, strays, strict=True)
    )
    return replace(gap, items=items)


def _page_labels(gap: _Gap, *, head: bool, tail: bool) -> Iterator[int]:
    """The indices of the items that label the page, at its head or its tail, if they are display lines."""
    folios = [i for i, item in enumerate(gap.items) if item.kind is TextItemKind.FURNITURE]
    for at, item in enumerate(gap.items):
        behind = tail and len(item.text) <= _LONGEST_LABEL and at > min(folios, default=at)
        if behind or (head and _labels_head(gap, at, folios)):
            yield at


def _labels_head(gap: _Gap, at: int, folios: Sequence[int]) -> bool:
    """Whether the line labels the page at its head: a short one before a folio, or one over a title.

    The latter is a page's name, or short and right behind a folio.
    """
    item, titles = gap.items[at], (i for i in gap.items[at + 1 :] if i.kind is TextItemKind.DISPLAY)
    over = any(not is_names(title.text) for title in titles)
    if over and is_page_name(item.text):
        return True
    beside = over and at - 1 in folios and not item.lines[0].gap
    return len(item.text) <= _LONGEST_LABEL and (beside or at < max(folios, default=at))


def _is_sure(gaps: Sequence[_Gap], at: int) -> bool:
    """Whether one article surely ends before this gap's body and another begins: no article holds what is in it."""
    gap, before = gaps[at], gaps[at - 1].body if at else None
    if before is None or gap.body is None:
        return False
    if before.marker_behind or gap.body.marker_before:
        return True
    if gap.body.runs_on and all(item.kind in _INSERTED for item in gap.items):
        return False
    if gap.has(TextItemKind.CREDIT) and dateline_of(gap.body.text[:60]) is not None:
        return True
    if gap.has(TextItemKind.SIGNATURE) and gap.heads:
        return True
    return gap.has(*_SIGNS)


# --- the way of a page ------------------------------------------------------------------------------------------------


def way_of(gaps: Sequence[_Gap], sure: Sequence[bool]) -> HeadlineOrder:
    """The way that explains the page with the fewest misfits; before its body, where nothing speaks."""
    fit = _fit(gaps, sure) + _nearness(gaps, sure)
    ways = [HeadlineOrder(head, byline) for head, byline in product((True, False), repeat=2)]
    return min(ways, key=lambda way: _misfits(way, gaps, sure) + (-fit if way.head_first else fit))


def _misfits(way: HeadlineOrder, gaps: Sequence[_Gap], sure: Sequence[bool]) -> float:
    head, tail = gaps[0], gaps[-1]
    wrong_end, right_end = (tail, head) if way.head_first else (head, tail)
    inset = _are_inset(gaps)
    headless = not _headlines(right_end, inset=inset) and not _begins_elsewhere(way, gaps, sure)
    cost = 2.0 * bool(_headlines(wrong_end, inset=inset)) + 1.0 * headless
    cost += 2.0 * (tail if way.byline_first else head).has(TextItemKind.BYLINE)
    cost += 0.5 * (_signed_headless(way, gaps, sure) if way.byline_first else 0)
    topped = way.head_first and way.byline_first and _is_topped(gaps)
    cost += sum(_disorder(way, gap) for gap, s in zip(gaps, sure, strict=True) if s and not topped)
    return cost + 0.2 * (not way.head_first) + 0.3 * (not way.byline_first)


def _signed_headless(way: HeadlineOrder, gaps: Sequence[_Gap], sure: Sequence[bool]) -> int:
    """How many articles would have a byline over them and no headline."""
    cuts = [0, *(at for at, s in enumerate(sure) if s and at), len(gaps) - 1]
    return sum(
        gaps[start].has(TextItemKind.BYLINE) and not gaps[start if way.head_first else end].heads
        for start, end in pairwise(cuts)
    )


def _are_inset(gaps: Sequence[_Gap]) -> bool:
    """Whether the page sets some display lines at the margin and others in, as subheads are."""
    return {g.heads[0].lines[0].indent >= _INSET for g in gaps if g.heads} == {True, False}


def _headlines(gap: _Gap, *, inset: bool) -> tuple[TextItem, ...]:
    """The display lines of a gap that may be of a headline: where subheads are set in, those at the margin."""
    return tuple(item for item in gap.heads if not inset or item.lines[0].indent < _INSET)


def _is_topped(gaps: Sequence[_Gap]) -> bool:
    """Whether the page sets bylines over its headlines: it begins with one, and none is left at its end."""
    byline, head = gaps[0].first(frozenset({TextItemKind.BYLINE})), gaps[0].first(_HEAD)
    return byline is not None and head is not None and byline < head and not gaps[-1].has(TextItemKind.BYLINE)


def _begins_elsewhere(way: HeadlineOrder, gaps: Sequence[_Gap], sure: Sequence[bool]) -> bool:
    """Whether the piece at the end where a headline is missing goes on from another page, and so needs none."""
    cut = 0 if way.head_first else max((i for i, s in enumerate(sure) if s), default=0)
    body = gaps[cut].body
    return gaps[cut].has(TextItemKind.FROM) or (body is not None and body.marker_before is not None)


def _disorder(way: HeadlineOrder, gap: _Gap) -> float:
    head, byline = gap.first(_HEAD), gap.first(frozenset({TextItemKind.BYLINE}))
    if head is None or byline is None:
        return 0.0
    if head < byline:
        return 0.0 if way.byline_first else (1.0 if way.head_first else 0.25)
    return 1.0 if way.byline_first else 0.0


def _fit(gaps: Sequence[_Gap], sure: Sequence[bool]) -> float:
    """How many more words the headlines share with the bodies behind them than with those before, from -1 to 1.

    It decides where the page's ends say nothing, and not against them: texts of one day share words by chance.
    """
    leanings = []
    for at, gap in enumerate(gaps):
        if sure[at] and gap.heads:
            words = _pairs("".join(item.text for item in gap.heads))
            leanings.append(_share(words, _text_behind(gaps, sure, at)) - _share(words, _text_before(gaps, sure, at)))
    return max(-1.0, min(1.0, 3.0 * fmean(leanings))) if leanings else 0.0


def _nearness(gaps: Sequence[_Gap], sure: Sequence[bool]) -> float:
    """How much more often more blank lines stand before a headline than behind it, from -1 to 1.

    More white parts two articles than a headline and its own text.
    """
    leanings = []
    for gap in (g for g, s in zip(gaps, sure, strict=True) if s and g.heads and g.body is not None):
        last = max(i for i, item in enumerate(gap.items) if item.kind in _HEAD)
        following = gap.items[last + 1] if last + 1 < len(gap.items) else gap.body
        before, behind = gap.heads[0].lines[0].gap, following.lines[0].gap if following else 0
        leanings.append((before > behind) - (before < behind))
    return fmean(leanings) if leanings else 0.0


def _pairs(text: str) -> set[str]:
    return {a + b for a, b in pairwise(text) if a.isalnum() and b.isalnum()}


def _share(words: set[str], text: str) -> float:
    return sum(w in text for w in words) / max(1, len(words))


def _text_behind(gaps: Sequence[_Gap], sure: Sequence[bool], at: int) -> str:
    text = ""
    for i in range(at, len(gaps)):
        body = gaps[i].body
        if body is None or (i > at and sure[i]) or len(text) > _REACH:
            break
        text += body.text[:_REACH]
    return text


def _text_before(gaps: Sequence[_Gap], sure: Sequence[bool], at: int) -> str:
    text = ""
    for i in range(at - 1, -1, -1):
        body = gaps[i].body
        text = (body.text[-_REACH:] if body else "") + text
        if sure[i] or len(text) > _REACH:
            break
    return text


# --- headline or subhead ----------------------------------------------------------------------------------------------


def _usually_signed(gaps: Sequence[_Gap], sure: Sequence[bool]) -> bool:
    ends = [gap for gap, s in zip(gaps, sure, strict=True) if s]
    return len(ends) > 1 and sum(g.has(TextItemKind.BYLINE, TextItemKind.FROM) for g in ends) >= 0.6 * len(ends)


def _only_first_is_signed(gaps: Sequence[_Gap], sure: Sequence[bool], way: HeadlineOrder) -> bool:
    """Whether the page begins with a signed headline, and nothing else on it surely begins an article."""
    signed = way.head_first and gaps[0].heads and gaps[0].has(TextItemKind.BYLINE)
    return bool(signed) and not any(sure)


def _headed(gaps: Sequence[_Gap], sure: Sequence[bool], *, cut: bool) -> list[_Gap]:
    """The gaps with display lines before a body: those that surely part two articles, or the others."""
    return [g for g, s in zip(gaps, sure, strict=True) if s is cut and g.heads and g.body is not None]


def _contrast(gaps: Sequence[_Gap], sure: Sequence[bool]) -> bool:
    """Whether the page sets display lines at the margin and others further in: headlines and subheads."""
    inner = _headed(gaps, sure, cut=False)
    indents = {g.heads[0].lines[0].indent >= _INSET for g in inner[1 if gaps[0].heads else 0 :]}
    return len(indents) > 1


@dataclass(frozen=True, slots=True)
class _Manner:
    """What the page tells about display lines that no byline goes with."""

    way: HeadlineOrder
    leaning: float
    """For a headline (above 0) or against one, where the lines begin at the margin."""
    gap: int
    """How many blank lines stand before most of what has some before it."""
    doubled: bool | None
    """The headlines that surely are some have their characters twice; None where some do and some do not."""
    spaced: bool
    """Blank lines stand before some of the display lines within the page."""
    apart: bool
    """Blank lines stand before all sure headlines, and before other display lines none."""
    off: bool
    """Headlines stand farther off than subheads do."""
    broken: bool
    """Columns broke the lines; else every paragraph may stand apart."""


def _manner(gaps: Sequence[_Gap], sure: Sequence[bool], way: HeadlineOrder, *, broken: bool) -> _Manner:
    spaced = any(i.lines[0].gap for g in gaps[1:] for i in g.items)
    unsigned = 1.5 * _usually_signed(gaps, sure) or 1.0 * (not spaced and _only_first_is_signed(gaps, sure, way))
    leaning = 2.0 * _contrast(gaps, sure) - unsigned
    forms = {_is_doubled(g.heads) for at, g in enumerate(gaps) if g.heads and (sure[at] or at in (0, len(gaps) - 1))}
    doubled = forms.pop() if len(forms) == 1 else None
    usual = _usual_gap(gaps)
    heads = _headed(gaps, sure, cut=True)
    apart = _are_apart(heads, _headed(gaps[1:], sure[1:], cut=False))
    manner = _Manner(way, leaning, usual, doubled, spaced=spaced, apart=apart, off=False, broken=broken)
    off = [_stands_off(g, manner) for g in heads if not g.has(TextItemKind.ADVERT)]
    return replace(manner, off=len(off) > 1 and all(off))


def _usual_gap(gaps: Sequence[_Gap]) -> int:
    """The number of blank lines that stand most often before an item."""
    items = (i for g in gaps for i in (*g.items, g.body) if i is not None)
    counts = Counter(i.lines[0].gap for i in items if i.lines[0].gap)
    return counts.most_common(1)[0][0] if counts else 1


def _are_apart(heads: Sequence[_Gap], others: Sequence[_Gap]) -> bool:
    """Whether blank lines stand before all of several headlines, and not before every other display line."""
    tight = any(g.heads[0].lines[0].gap == 0 and "，" not in g.heads[0].text for g in others)
    return tight and len(heads) > 1 and all(g.heads[0].lines[0].gap for g in heads)


def _is_doubled(heads: Sequence[TextItem]) -> bool:
    return any(is_doubled(n.text) for item in heads for n in item.lines)


def _text_width(line: TextLine) -> int:
    """The width of what the line says: half of it, where every character is there twice."""
    return cells(reading(line.text))


def _stands_off(gap: _Gap, manner: _Manner) -> bool:
    """Whether more blank lines than usual part the headline from the article on its far side."""
    beside = gap.heads[0] if manner.way.head_first else gap.body
    return beside is not None and beside.lines[0].gap > manner.gap


def _parts(gaps: Sequence[_Gap], at: int, manner: _Manner) -> bool:
    """Whether the display lines of a gap are the headline of an article, not a subhead within one."""
    gap, before = gaps[at], gaps[at - 1].body if at else None
    if before is None or gap.body is None or gap.body.runs_on or not _has_headline(gap):
        return False
    indent = _indent_vote(gap.heads[0].lines[0].indent, before, gap.body)
    votes = indent + (manner.leaning if indent > 0 else min(manner.leaning, 0.0))
    votes += 2.0 * _stands_off(gap, manner)
    if manner.spaced:
        votes += _white_vote(gap, before, manner, inset=indent < 0)
    else:
        votes += 1.2 + 3.0 * _leaning(gap.heads, before, gap.body)
    votes += 2.0 * _is_wider(gap.heads, _width(gap.body))
    votes -= 1.5 * _is_unlike(gap, manner)
    votes += 2.0 * (dateline_of(gap.body.text[:60].lstrip("【［[")) is not None)
    votes += 1.0 * (before.text[-1:] in "）)") + 1.0 * gap.has(TextItemKind.CREDIT)
    votes += 2.0 * (indent >= 0 and is_notice(gap.heads[-1].text))
    votes += 0.5 * (abs(_width(before) - _width(gap.body)) > _OTHER_WIDTH)
    return votes > 1.0


def _has_headline(gap: _Gap) -> bool:
    """Whether some display line of a gap is neither a label nor a counted subhead."""
    return any(not is_label(item.text) and not is_counted(item.text) for item in gap.heads)


def _white_vote(gap: _Gap, before: TextItem, manner: _Manner, *, inset: bool) -> float:
    """What the blank lines around the display lines of a gap say for a headline (above 0) or against one."""
    first = gap.heads[0].lines[0]
    free = manner.broken and _is_free(gap)
    vote = 1.2 * (free and not inset and (_stands_off(gap, manner) or not manner.off))
    vote += 1.5 * (free and manner.apart and not _is_unlike(gap, manner))
    return vote - 2.0 * (first.gap == 0 and before.lines[-1].number + 1 == first.number)


def _is_free(gap: _Gap) -> bool:
    """Whether blank lines stand before the display lines of a gap and behind them."""
    return gap.body is not None and gap.heads[0].lines[0].gap > 0 and gap.body.lines[0].gap > 0


def _is_wider(heads: Sequence[TextItem], width: int) -> bool:
    """Whether a display line that is not set in is wider, in cells, than the text under it."""
    lines = (n for item in heads for n in item.lines if n.indent < _INSET)
    return any(_text_width(n) > width + 3 for n in lines)


def _is_unlike(gap: _Gap, manner: _Manner) -> bool:
    """Whether the display lines of a gap have their characters twice and the page's headlines once, or otherwise."""
    return manner.doubled is not None and manner.doubled is not _is_doubled(gap.heads)


def _leaning(heads: Sequence[TextItem], before: TextItem, behind: TextItem) -> float:
    """How many more of the words stand in the text behind than in the text before, from -1 to 1."""
    words = _pairs("".join(item.text for item in heads))
    return _share(words, behind.text[:_BESIDE]) - _share(words, before.text[-_BESIDE:])


def _indent_vote(indent: int, before: TextItem, behind: TextItem) -> float:
    """A subhead stands in as far as a paragraph, or farther; a headline that begins at the margin is none."""
    lines = (*before.lines, *behind.lines)
    margin = min(n.indent for n in lines)
    if not any(n.indent - margin >= _INSET for n in lines):
        return 0.0
    return 1.5 if indent - margin < _INSET else -2.0


def _width(body: TextItem) -> int:
    return sorted(n.width for n in body.lines)[(3 * (len(body.lines) - 1)) // 4]


# --- where what goes on from another page ends ------------------------------------------------------------------------


def _with_ends_of_headless(gaps: Sequence[_Gap], sure: Sequence[bool]) -> list[bool]:
    """The sure ends of articles, and those of pieces that come from another page and so need no headline.

    Where headlines stand behind their bodies, the next headline is that of another article, whose body begins at some
    blank line between, with a paragraph: where its words begin to be those of the headline.
    """
    found = list(sure)
    for at, gap in enumerate(gaps):
        if gap.body is not None and (gap.has(TextItemKind.FROM) or gap.body.marker_before):
            end = next((i for i in range(at + 1, len(gaps)) if sure[i]), len(gaps) - 1)
            places = [i for i in range(at + 1, end) if _may_part(gaps, i)]
            if _is_headed(gaps[end]) and places:
                found[_likeliest(gaps, places, at, end)] = True
    return found


def _is_headed(gap: _Gap) -> bool:
    """Whether the gap holds the headline of what stands before it, not only that of a piece which goes on behind it."""
    head, start = gap.first(_HEAD), gap.first(frozenset({TextItemKind.FROM}))
    return head is not None and (start is None or head < start)


def _may_part(gaps: Sequence[_Gap], at: int) -> bool:
    """Whether a paragraph ends before the gap and another begins behind it, with nothing but white between."""
    before, body = gaps[at - 1].body, gaps[at].body
    if before is None or body is None or body.runs_on or not before.lines[-1].ends_sentence:
        return False
    return body.lines[0].gap > 0 and all(item.kind is TextItemKind.ADVERT for item in gaps[at].items)


def _likeliest(gaps: Sequence[_Gap], places: Sequence[int], at: int, end: int) -> int:
    """The place with an advert or before a dateline, rather than like a column's end; then by the headline's words."""
    words = _pairs("".join(item.text for item in gaps[end].heads))
    columns = Counter(g.body.lines[0].gap for g in gaps if g.body is not None and g.body.runs_on).most_common(1)
    texts = ["".join(g.body.text for g in gaps[a:b] if g.body) for a, b in pairwise([at, *places, end])]

    def fit(n: int) -> tuple[int, float]:
        behind, before = "".join(texts[n + 1 :])[-_REACH:], "".join(texts[: n + 1])[:_REACH]
        body = gaps[places[n]].body
        column = body is not None and body.lines[0].gap == (columns[0][0] if columns else 0)
        begins = body is not None and dateline_of(body.text[:60]) is not None
        signs = 2 * begins + 2 * bool(gaps[places[n]].items) - column
        return signs, _share(words, behind) - _share(words, before)

    return places[max(range(len(places)), key=fit)]


# --- pieces -----------------------------------------------------------------------------------------------------------


def _pieces(gaps: Sequence[_Gap], cuts: Sequence[bool], way: HeadlineOrder) -> Iterator[TextArticle]:
    lead: tuple[TextItem, ...] = ()
    inner: list[TextItem] = []
    for gap, cut in zip(gaps, cuts, strict=True):
        if not inner:
            lead = gap.items
        elif cut:
            at = _cut(way, gap)
            yield _piece(way, lead, inner, gap.items[:at])
            lead, inner = gap.items[at:], []
        elif gap.body is not None:
            inner.extend(gap.items)
        if gap.body is None:
            yield from _last(way, lead, inner, gap.items if inner else ())
        else:
            inner.append(gap.body)


def _last(
    way: HeadlineOrder, lead: tuple[TextItem, ...], inner: list[TextItem], tail: tuple[TextItem, ...]
) -> Iterator[TextArticle]:
    if lead or inner or tail:
        yield _piece(way, lead, inner, tail)


def _piece(
    way: HeadlineOrder, lead: tuple[TextItem, ...], inner: Sequence[TextItem], tail: tuple[TextItem, ...]
) -> TextArticle:
    items = (*lead, *inner, *tail)
    places = range(len(lead)) if way.head_first or not inner else range(len(lead) + len(inner), len(items))
    heads = frozenset(_of_headline(items, places))
    return TextArticle(items, heads | frozenset(_within_sentences(items)))


def _of_headline(items: Sequence[TextItem], places: range) -> Iterator[int]:
    """The display items at the piece's end that are of its headline, not the first subhead: this is counted (一、), or
    stands behind the byline, and other subheads follow, or it is set in deeper.
    """
    heads = [i for i in places if items[i].kind in _HEAD]
    signed = next((i for i in places if items[i].kind is TextItemKind.BYLINE), places.stop)
    others = any(item.kind is TextItemKind.DISPLAY for i, item in enumerate(items) if i not in places)
    for n, at in enumerate(heads):
        within = items[at].kind is TextItemKind.DISPLAY and n > 0
        deeper = items[at].lines[0].indent - items[heads[0]].lines[0].indent >= _INSET
        behind = heads[0] < signed < at and (others or deeper)
        if not (within and (behind or is_counted(items[at].text))):
            yield at


def _within_sentences(items: Sequence[TextItem]) -> Iterator[int]:
    """The display items that stand within a sentence of the body: a headline that was read between two columns.

    Columns of different widths are two texts' as likely as one's; there what was read between them stays.
    """
    run: list[int] = []
    before: TextItem | None = None
    for at, item in enumerate(items):
        if item.kind is TextItemKind.BODY:
            yield from run if item.runs_on and before is not None and _same_width(before, item) else ()
            run, before = [], item
        elif item.kind in _HEAD:
            run.append(at)


def _same_width(one: TextItem, other: TextItem) -> bool:
    widths = _width(one), _width(other)
    return max(widths) - min(widths) <= _ALIKE * max(widths)


def _cut(way: HeadlineOrder, gap: _Gap) -> int:
    """Where the gap is cut: the items before belong to the article before, the others to the one behind."""
    closed = max((i + 1 for i, item in enumerate(gap.items) if item.kind in _END), default=0)
    if way.head_first:
        closed = max(closed, _behind_credits(gap))
        start = gap.first(_HEAD | _START if way.byline_first else _HEAD | {TextItemKind.FROM}, closed)
    else:
        start = gap.first(_START if way.byline_first else frozenset({TextItemKind.FROM}), closed)
    return len(gap.items) if start is None else start


def _behind_credits(gap: _Gap) -> int:
    """The index behind the credits that stand before any headline."""
    end = gap.first(_HEAD)
    return max((i + 1 for i, item in enumerate(gap.items[:end]) if item.kind is TextItemKind.CREDIT), default=0)
