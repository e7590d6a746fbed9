"""How a column's measure was filled: where paragraphs begin in plain text, told for all lines of a body at once.

A typesetter goes to the next line only where what follows does not fit. So a line within a paragraph leaves less room
than the next word takes, and a line that leaves more ends one. The model prices both explanations of every two lines
(the room, the mark at the end, the indent, a blank line, how the next line begins), tries the manners in which
paragraphs are set (set in, set in with the indent dropped by an extractor, flush; parted by blank lines or not), and
takes the cheapest whole. Prices are negative logarithms of probabilities. Widths are in half ems.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product
from math import log
from typing import Final, NamedTuple

from cleanup.language.characters import ENDS_ITEM, OPENING, PAUSES, ends_sentence, is_hanzi
from cleanup.lines.text_measure import unbreakable


@dataclass(frozen=True, slots=True)
class FillingParams:
    """Prices and bounds of the model; widths in half ems."""

    indent: int = 4
    """Indent of a paragraph's first line that an extractor may have dropped."""
    set_in: int = 2
    """Indent of a line that is set in, at least."""
    deepest: int = 9
    """Indent of a paragraph's first line, at most."""
    hang: int = 2
    """Width by which a mark can hang over the measure."""
    item: tuple[float, float] = (4.2, 1.0)
    """Price of a line within a paragraph, and of its last, that ends an item, where items are paragraphs."""
    narrowest: int = 10
    """Width of a column, at least; shorter lines tell no measure."""
    widths: int = 8
    """Number of widths, at most, that are tried as measures."""
    change: float = 4.0
    """Price of another measure from one line to the next."""
    change_at_gap: float = 2.0
    """Price of the same behind a blank line."""
    beyond: float = 4.0
    """Price, in telling the measure, of a line that is wider than it and a mark that hangs over."""
    hangs: float = 0.7
    """Price of a line that ends in a mark which hangs over."""
    unfilled: float = 3.0
    """Price of a line that ends within a sentence though the next word would have fitted."""
    column: int = 15
    """Width of a column that shows, at least; shorter lines are verse, or entries of a list."""
    widest: int = 120
    """Width of a column, at most; longer lines are whole paragraphs."""
    head: int = 4
    """Number of lines before the first full one that are a headline, at most."""
    half: float = 0.5
    """Share of the measure that a line takes up, at least, for telling whether lines fill it; others are headings."""
    fewest_cut: int = 2
    """Number of full lines that end within a word or between two, at least."""
    fewest_full: int = 3
    """Number of full lines that break off within a sentence, at least."""
    enough: int = 9
    """Number of lines from which on two that break off are enough, where both are as wide as the widest of all."""
    nearly_all: float = 0.8
    """Share of the lines breaking off that are full, at least."""
    longer: float = 0.1
    """Share of lines that are wider than the measure, at most: headlines, an author's lines of other lengths."""
    inner: tuple[float, float, float, float] = (3.0, 4.2, 2.1, 0.2)
    """Price of a line within a paragraph that ends a sentence, ends an item, pauses, or ends with a word."""
    last: tuple[float, float, float, float] = (0.05, 3.5, 9.0, 4.0)
    """Price of the same for a paragraph's last line."""
    loose: float = 2.2
    """Price of a line within a paragraph in which the next word would just have fitted."""
    looser: float = 4.0
    """Price where a further character would have fitted too."""
    room: float = 0.25
    """Price of each further half em."""
    most_room: float = 9.0
    """Price of the room of a line within a paragraph, at most: a picture can have made it narrow."""
    over: float = 2.5
    """Price of a line that is wider than its measure and a mark that hangs over."""
    indented: tuple[float, float] = (0.05, 5.0)
    """Price of a line that is set in as a first line and within a paragraph, where first lines are set in."""
    margin: tuple[float, float] = (4.0, 0.02)
    """Price of a line at the margin as a first line and within a paragraph, where first lines are set in."""
    odd: tuple[float, float] = (2.5, 3.0)
    """Price of a line that is set in as a first line and within a paragraph, where neither is."""
    gap: tuple[float, float] = (0.1, 4.0)
    """Price of a blank line before a first line and within a paragraph, where blank lines part paragraphs."""
    no_gap: tuple[float, float] = (2.5, 0.02)
    """Price of no blank line before a first line and within a paragraph, where blank lines part paragraphs."""
    marked: float = 1.0
    """Price of a first line that is set in instead of a blank line, where blank lines part paragraphs."""
    stray: tuple[float, float] = (1.2, 1.9)
    """Price of a blank line before a first line and within a paragraph, where blank lines part columns."""
    speaks: float = 0.7
    """Gain of a first line that begins with an opening quotation mark behind the end of a sentence."""
    kept: int = 3
    """Number of lines that are set in, from which on the extractor dropped no indents."""
    listed: float = 2.5
    """Gain of a first line that begins as an entry of a list does."""
    going_on: float = 1.0
    """Price of a body that begins within a paragraph."""
    prior: float = 6.0
    """Number of lines that one paragraph has, before any are looked at."""
    items: float = 2.0
    """Price of a manner in which paragraphs end with a semicolon or a colon too."""
    most: float = 0.75
    """Share of the lines that begin paragraphs, at most."""


P: Final = FillingParams()


@dataclass(frozen=True, slots=True)
class Filled:
    """A line of a body as the model sees it."""

    text: str
    reach: int
    """Width from the margin to the last character, indent included."""
    indent: int
    gap: bool
    """A blank line stands before it."""
    listed: bool = False
    """Whether it begins as an entry of a list does."""
    fresh: bool = False
    """Something else stands before it: a subhead, a caption."""

    word: int = field(init=False)
    """Width of what must stand on one line at its beginning."""
    ending: int = field(init=False)
    """What it ends with: a sentence 0, an item 1, a pause 2, a word 3."""

    def __post_init__(self) -> None:
        bare = self.text.lstrip(_OPENING)
        word = 2 * (len(self.text) - len(bare)) + max(2, unbreakable(bare))
        object.__setattr__(self, "word", word)
        object.__setattr__(self, "ending", _ending(self.text))

    @property
    def is_set_in(self) -> bool:
        return P.set_in <= self.indent <= P.deepest

    @property
    def breaks_off(self) -> bool:
        """Whether it ends neither a sentence nor an item."""
        return self.ending > _ITEM


def _ending(text: str) -> int:
    if ends_sentence(text) or _LATIN_END.search(text):
        return _ENDED
    last = text[-1]
    return _ITEM if last in ENDS_ITEM else _PAUSE if last in PAUSES or last in OPENING else _WORD


_OPENING: Final = "".join(OPENING)
_QUOTES: Final = frozenset("“「『‘")
_MARK: Final = re.compile("[，。、；：！？,;]")
_LATIN_END: Final = re.compile("[a-zà-ÿ]{2}[.][”’\"')]?$")
"""The end of a sentence in a Latin script, and seldom an abbreviation."""
_ENDED, _ITEM, _PAUSE, _WORD = range(4)
"""What a line ends with: the end of a sentence, of an item, a pause, a word."""


@dataclass(frozen=True, slots=True)
class _Manner:
    """How paragraphs are set."""

    set_in: bool
    dropped: bool
    parted: bool
    itemized: bool
    """Paragraphs end with a semicolon or a colon too."""


@dataclass(frozen=True, slots=True)
class _Joint:
    """What is between two lines, told once for all manners."""

    ending: int
    need: int
    """The width of what the second line begins with."""
    reach: int
    measure: int
    indented: bool
    gap: bool
    gain: float
    """Gain of a paragraph that begins here."""
    lost: int
    """What an extractor took of the first line's indent: two spaces stand for two hanzi."""
    fresh: bool


def begins_of(lines: Sequence[Filled]) -> list[bool]:
    """For each line whether a paragraph begins with it; time grows with the number of lines, and no faster."""
    if len(lines) <= 1:
        return [True] * len(lines)
    as_set = measures_of(lines)
    manners = _manners(lines)
    joints = {False: _joints(lines, as_set)}
    if any(m.dropped for m in manners):
        joints[True] = _joints(lines, measures_of(lines, dropped=True))
    return min((_cheapest(joints[m.dropped], m) for m in manners), key=lambda found: found[0])[1]


def _manners(lines: Sequence[Filled]) -> list[_Manner]:
    """The manners in which the lines can have been set."""
    set_in = sum(n.is_set_in for n in lines)
    ways = ["flush", *["dropped"] * (set_in < P.kept), *["set in"] * (set_in > 0)]
    parted = [False, True] if any(n.gap for n in lines[1:]) else [False]
    itemized = [False, True] if any(n.ending == _ITEM for n in lines[:-1]) else [False]
    return [_Manner(way == "set in", way == "dropped", p, i) for way, p, i in product(ways, parted, itemized)]


def _joints(lines: Sequence[Filled], measures: Sequence[int]) -> list[_Joint]:
    return [_joint(a, b, measure) for (a, b), measure in zip(pairwise(lines), measures, strict=False)]


def _share(joints: Sequence[_Joint]) -> float:
    """The share of the lines that begin paragraphs, from those behind a line that certainly ends one."""
    sure = sum(j.ending <= _ITEM and j.measure - j.reach - j.need >= P.indent for j in joints)
    return min(P.most, (sure + 1) / (len(joints) + P.prior))


def _joint(a: Filled, b: Filled, measure: int) -> _Joint:
    gain = P.listed if b.listed else P.speaks if a.ending == _ENDED and b.text[0] in _QUOTES else 0.0
    lost = (
        P.indent - a.indent if a.is_set_in and a.indent < P.indent and a.reach <= measure - P.indent + a.indent else 0
    )
    return _Joint(a.ending, b.word, a.reach, measure, b.is_set_in, b.gap, gain, lost, b.fresh)


def _cheapest(joints: Sequence[_Joint], manner: _Manner) -> tuple[float, list[bool]]:
    """The least price of a division into paragraphs set in this manner, and which lines begin one."""
    share = _share(joints)
    starts, goes = -log(share), -log(1 - share)
    first, inner = 0.0, P.going_on
    """Prices of the lines so far where the last begins a paragraph, and where it goes on with one."""
    back: list[tuple[bool, bool]] = []
    prices: dict[tuple[int, int, float, bool, bool], tuple[float, float]] = {}
    """Prices of a paragraph's end and of going on: joints of few kinds make up a body."""
    for joint in joints:
        if joint.fresh:
            back.append((first <= inner,) * 2)
            first = min(first, inner)
            inner = first + P.going_on
            continue
        key = (joint.ending, joint.measure, joint.gain, joint.indented, joint.gap)
        if key not in prices:
            prices[key] = (starts + _price_of_break(joint, manner), goes + _price_of_margin(joint, manner))
        parts, joins = prices[key]
        lost = P.indent if manner.dropped else joint.lost if manner.set_in else 0
        from_first = first + joins + _price_of_room(joint, joint.measure - lost)
        from_inner = inner + joins + _price_of_room(joint, joint.measure)
        back.append((first <= inner, from_first <= from_inner))
        first, inner = min(first, inner) + parts, min(from_first, from_inner)
    price = min(first, inner) + (P.items if manner.itemized else 0.0)
    begins = first <= inner
    found = [begins]
    for of_first, of_inner in reversed(back):
        begins = of_first if begins else of_inner
        found.append(begins)
    return price, found[::-1]


def _price_of_break(joint: _Joint, manner: _Manner) -> float:
    """Price of a paragraph that begins behind the first line, whatever room that leaves."""
    ending = P.item[1] if manner.itemized and joint.ending == _ITEM else P.last[joint.ending]
    price = ending + log(max(2, joint.measure / 2)) - joint.gain
    if manner.set_in:
        price += P.indented[0] if joint.indented else P.margin[0]
    elif joint.indented:
        price += P.marked if manner.parted and not joint.gap else P.odd[0]
    if manner.parted:
        price += P.gap[0] if joint.gap else 0.0 if joint.indented else P.no_gap[0]
    elif joint.gap:
        price += P.stray[0]
    return price


def _price_of_margin(joint: _Joint, manner: _Manner) -> float:
    """Price of two lines of one paragraph: the mark between them, and how the second stands."""
    price = P.item[0] if manner.itemized and joint.ending == _ITEM else P.inner[joint.ending]
    if manner.set_in:
        price += P.indented[1] if joint.indented else P.margin[1]
    elif joint.indented:
        price += P.odd[1]
    if manner.parted:
        price += P.gap[1] if joint.gap else P.no_gap[1]
    elif joint.gap:
        price += P.stray[1]
    return price


def _price_of_room(joint: _Joint, measure: int) -> float:
    """Price of the room that a line within a paragraph leaves in its measure."""
    spare = measure - joint.reach - joint.need
    if spare < 0:
        return P.over if joint.reach > measure + P.hang else 0.0
    if spare < P.hang:
        return P.loose
    return min(P.most_room, P.looser + P.room * (spare - P.hang))


def measures_of(lines: Sequence[Filled], *, dropped: bool = False) -> list[int]:
    """The measure of the column at each line: what the lines around it that end within a sentence fill.

    Such a line tells that the measure is no less than its own width, and less than that with the next word. Where an
    extractor `dropped` the indents, a paragraph's first line fills it with its indent. Columns of one article can be
    of several widths: of the widths that lines have, the cheapest is taken at each line, and a change has its price.
    """
    told = [
        _Told(
            line.reach,
            line.reach + (after.word if after else P.hang),
            line.breaks_off and line.reach >= P.narrowest and after is not None,
            dropped and (before is None or not before.breaks_off),
        )
        for before, line, after in zip([None, *lines], lines, [*lines[1:], None], strict=False)
    ]
    widths = _widths(told)
    changes = [P.change_at_gap if line.gap else P.change for line in lines]
    prices = [0.0] * len(widths)
    of_line: dict[_Told, list[float]] = {}
    back: list[list[int]] = []
    for line, change in zip(told, changes, strict=True):
        if line not in of_line:
            of_line[line] = [line.price(width) for width in widths]
        best = min(range(len(widths)), key=prices.__getitem__)
        other = prices[best] + change
        back.append([at if price <= other else best for at, price in enumerate(prices)])
        prices = [min(price, other) + own for price, own in zip(prices, of_line[line], strict=True)]
    at = min(range(len(widths)), key=prices.__getitem__)
    found: list[int] = []
    for places in reversed(back):
        found.append(widths[at])
        at = places[at]
    return found[::-1]


def fill_a_measure(lines: Sequence[Filled], cut: Sequence[bool]) -> bool:
    """Whether nearly all lines that break off within a sentence fill one measure, which hardly any line goes beyond.

    Some of them must be `cut` within a word or between two, in running text; and few sentences may end where the
    measure does: the lines of verse are of one length too.
    """
    if len(lines) < P.fewest_full or sum(cut) < P.fewest_cut:
        return False
    return any(_fill(lines, cut, measures_of(lines, dropped=dropped)) for dropped in (False, True))


def _are_full(lines: Sequence[Filled], measures: Sequence[int]) -> list[bool]:
    """For each line but the last whether it fills its measure, so that the next word had no room in it."""
    return [
        P.column <= measure <= P.widest and -P.hang <= measure - a.reach - _dropped(before, a, measure) < b.word
        for before, a, b, measure in zip([None, *lines], lines, lines[1:], measures, strict=False)
    ]


def _are_mostly_ended(full: Sequence[bool], lines: Sequence[Filled]) -> bool:
    """Whether most of the lines that end a sentence, but for the last line, are full, as by chance few are."""
    ended = [is_full for is_full, line in zip(full, lines, strict=False) if not line.breaks_off]
    return 2 * sum(ended) > len(ended)


def _broken_off(lines: Sequence[Filled], measures: Sequence[int], start: int) -> list[int]:
    """The lines from `start`, but for the last, that end within a sentence and behind the middle of their measure."""
    places = range(start, len(lines) - 1)
    return [at for at in places if lines[at].breaks_off and lines[at].reach > P.half * measures[at]]


def _is_in_sentence(text: str, after: str) -> bool:
    """Whether a line that ends with a hanzi and the next are running text, which has marks."""
    return is_hanzi(text[-1]) and bool(_MARK.search(text + after))


def _fill(lines: Sequence[Filled], cut: Sequence[bool], measures: Sequence[int]) -> bool:
    full = _are_full(lines, measures)
    off = _broken_off(lines, measures, start=min(P.head, full.index(True)) if any(full) else 0)
    in_words = sum(full[at] and cut[at] and _is_in_sentence(lines[at].text, lines[at + 1].text) for at in off)
    fill = sum(full[at] for at in off)
    beyond = [a.reach - measure for a, measure in zip(lines, measures, strict=True)]
    if in_words == fill == len(off) == P.fewest_cut and len(lines) >= P.enough:
        return max(beyond) <= P.hang
    fewest = P.fewest_cut if len(lines) >= P.enough else P.fewest_full
    enough = in_words >= fewest and fill >= P.fewest_full and fill >= P.nearly_all * len(off)
    long = sum(b > 2 * P.hang for b in beyond)
    return enough and long <= P.longer * len(lines) and not _are_mostly_ended(full, lines)


def _dropped(before: Filled | None, line: Filled, measure: int) -> int:
    """Width by which the line may be shorter than its measure: a paragraph's indent, which an extractor dropped."""
    first = (before is None or ends_sentence(before.text)) and line.indent == 0
    return P.indent if first and line.reach + P.indent <= measure else 0


def _widths(told: Sequence[_Told]) -> list[int]:
    """The widths that may be measures, the likeliest first: those that most lines have which break off."""
    times = Counter(t.reach for t in told if t.breaks_off)
    times.update(t.reach + P.indent for t in told if t.breaks_off and t.first)
    near = {width: count + (times[width - 1] + times[width + 1]) / 2 for width, count in times.items()}
    likely = sorted(near, key=lambda width: (-near[width], -width))
    return likely[: P.widths] or [max(t.reach for t in told)]


class _Told(NamedTuple):
    """What a line tells of its measure: how far it reaches, and with the next word."""

    reach: int
    with_next: int
    breaks_off: bool
    first: bool
    """Whether it may be a paragraph's first, whose indent was dropped."""

    def price(self, measure: int) -> float:
        """Price of the line in a column of this measure."""
        as_inner = self._price(measure)
        return min(as_inner, self._price(measure - P.indent)) if self.first else as_inner

    def _price(self, measure: int) -> float:
        if self.reach > measure + P.hang:
            return P.beyond
        if not self.breaks_off:
            return 0.0
        if self.reach > measure:
            return P.hangs
        return 0.0 if measure < self.with_next else P.unfilled
