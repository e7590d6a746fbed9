"""Where a body's paragraphs begin: for every two lines whether they belong together, how surely, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from cleanup.language.characters import CLOSING, ENDS_ITEM, PAUSES, SENTENCE_ENDS, ends_sentence, is_latin, is_word
from cleanup.lines.line_geometry import MeasuredLine
from cleanup.lines.text_measure import unbreakable
from cleanup.lines.verse_lists import set_apart
from cleanup.lines.wrapping import DEEP, Wrapping
from ocr.setup.language_model import language_model, seam_gain

_DASHES: Final = frozenset("—―-")
_BULLETS: Final = frozenset("●○■□◆◇▲△★☆※▶►•")
_ITEM: Final = re.compile(
    r"第[一二三四五六七八九十百\d]+[章节回条款]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|[①-⑳]|\d{1,2}(?:、|[.．](?!\d))"
)
_CREDIT: Final = re.compile(r"（[^（）]{1,24}(?:电|报道|報道|摄|攝|供稿|整理|编译|完)）$|（记者[^（）]{2,16}）$")
"""A credit behind the last sentence."""
_SIGNED: Final = re.compile("[（(][^（）()]{2,20}[）)]")
"""A line that is a signature in brackets and nothing else."""
_NEVER_FIRST: Final = (CLOSING | PAUSES | SENTENCE_ENDS) - frozenset("…!?:,;”’\"'")
"""Marks that begin neither a paragraph nor, in good setting, a line."""
_HYPHEN: Final = re.compile(r"[A-Za-zÀ-ɏ][-\u00ad\u2010]$")
_QUOTES: Final = {"”": "“", "’": "‘"}
_UNFINISHED: Final = frozenset("，、；（“‘《〈「『【")


@dataclass(frozen=True, slots=True)
class ParagraphParams:
    """Bounds by which two lines are of one paragraph; lengths in ems."""

    look_back: int = 12
    """Number of lines in which the mark is searched that opens a quotation."""
    prose: float = 20.0
    """Width of a line that ends with a pause, at least, that is no verse."""
    full_room: float = 0.7
    """White behind a full line, at most."""
    set_in: float = 0.7
    """Indent of a line that is set in, at least."""
    loose: float = 0.3
    """Share of its measure that a line in loose setting leaves free, at most, where the column's edge broke it."""
    clearly: float = 0.2
    """Share of its measure, but never less than two ems, that a line leaves free which no edge broke, above."""
    indent: float = 3.2
    """Difference in width of a line whose indent was dropped, at most."""
    next: float = 1.6
    """White in which a character fits, though a mark at the end of a full line may hang over, at least."""
    centred: float = 2.0
    """White behind a line that is set in the middle of its column, at least."""
    scrap: int = 2
    """Number of characters of a line on a scan that are too few for a heading, at most."""
    heading: float = 0.4
    """Share of its measure that a line broken within a sentence, or an unknown heading, leaves free, at least."""
    dropped: float = 2.0
    """Indent of a paragraph's first line that an extractor dropped."""
    pitch: float = 2.5
    """Distance of two lines under each other, in heights of a line, at most."""
    sure_gain: float = 4.0
    """Gain, a base-10 logarithm, from which a language model joins an open sentence that the print seems to end: on
    150 drawn pages 8 of 8 such sentences went on, from 2 to 4 only 7 of 9."""
    edge: float = 0.3
    """Difference of the places at which two lines at one edge begin, in heights of a line, at most."""
    initial: float = 1.4
    """Type size of a drop capital in that of the line before it, a lead's too, at least."""


P: Final = ParagraphParams()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a line goes on in the next; for a join, `surety` (0 to 1) and `reason`."""

    join: bool
    surety: float = 1.0
    reason: str = ""


APART: Final = Verdict(join=False)
_CUT_MARK: Final = Verdict(True, 0.98, "No line begins with such a mark: the column's edge cut the sentence.")
_ROW: Final = Verdict(True, 0.95, "Both stand in one row of print.")
_LOST: Final = Verdict(
    True, 0.3, "Between the two lines something is printed that was not read: a line may be missing."
)
_UNENDED: Final = Verdict(True, 0.96, "The sentence goes on in the next line, which has no indent.")
_UNENDED_BLOCK: Final = Verdict(
    True, 0.93, "The sentence goes on behind the column break; the next line has no indent."
)
_FULL: Final = Verdict(True, 0.85, "The line is full and the next has no indent: the paragraph goes on.")
_FULL_BLOCK: Final = Verdict(True, 0.7, "The column ends with a sentence, and the next line has no indent.")
_PAUSE: Final = Verdict(True, 0.93, "The line ends in the middle of a sentence.")
_EDGE: Final = Verdict(True, 0.9, "The line reaches the column's edge in the middle of a sentence.")
_LOOSE_EDGE: Final = Verdict(True, 0.75, "No mark ends the line, and it is not much shorter than its neighbours.")
_PUSHED: Final = Verdict(True, 0.85, "The line is full within a sentence, and a picture sets its neighbours in.")
_CUT_WORD: Final = Verdict(True, 0.95, "A word is divided at the line's end.")
_LATIN: Final = Verdict(True, 0.9, "The sentence goes on in the next line, in small letters.")
_NO_INDENT: Final = Verdict(
    True, 0.85, "The line is full, and the next is not short by an indent: the paragraph goes on."
)
_READS_ON: Final = Verdict(True, 0.8, "A language model finds that the sentence goes on in the next line.")
_LIKELY: Final = Verdict(True, 0.6, "A sentence ends just at the column's edge; paragraphs seldom do.")


def opens_item(text: str) -> bool:
    """Whether a line begins as an entry of a counted list does: 3. …, 二、…, （四）…."""
    return _ITEM.match(text) is not None


def body_verdicts(
    lines: Sequence[MeasuredLine], wrapping: Sequence[Wrapping], begins: Sequence[bool] | None = None
) -> list[Verdict]:
    """One verdict for every two neighbouring lines of a body, each with its wrapping; linear in the lines.

    `begins` tells for each line whether a paragraph begins with it, where `begins_of` was asked.
    """
    apart = set_apart(lines)
    begun = [x or y or _is_initial(a, b) for (x, y), (a, b) in zip(pairwise(apart), pairwise(lines), strict=True)]
    found: list[Verdict] = []
    for i, (a, b) in enumerate(pairwise(lines)):
        if b.in_row:
            found.append(_ROW)
        elif b.view.source.after_lost:
            found.append(_LOST)
        elif begun[i]:
            found.append(APART)
        elif b.text[0] in _QUOTES and _is_open(lines[max(0, i + 1 - P.look_back) : i + 1], b.text[0]):
            found.append(_CUT_MARK)
        elif _pushed(lines[i : i + 3]):
            found.append(_PUSHED)
        elif begins is not None:
            found.append(_verdict_by_filling(a, b, wrapping[i], begins=begins[i + 1]))
        else:
            within = i > 0 and found[-1].join and not ends_sentence(lines[i - 1].text)
            found.append(_with_reading_on(_verdict(a, b, _Pair(wrapping[i], wrapping[i + 1], within)), a, b))
    return found


def _is_initial(a: MeasuredLine, b: MeasuredLine) -> bool:
    """Whether the second line is a drop capital, with which a paragraph begins, behind an ended sentence."""
    larger = b.on_scan and b.view.source.line.size >= P.initial * a.view.source.line.size > 0
    return larger and len(b.text) == 1 and is_word(b.text) and ends_sentence(a.text)


def _with_reading_on(verdict: Verdict, a: MeasuredLine, b: MeasuredLine) -> Verdict:
    """The verdict, or a join where the sentence surely goes on."""
    return verdict if verdict.join or not _reads_on(a, b) else _READS_ON


def _reads_on(a: MeasuredLine, b: MeasuredLine) -> bool:
    """Whether a language model, where one speaks, has no doubt that a sentence goes on between two lines of a scan."""
    if not (a.on_scan and b.on_scan) or ends_sentence(a.text) or opens_item(b.text):
        return False
    model = language_model()
    gain = None if model is None else seam_gain(model, a.text, b.text)
    return gain is not None and gain >= P.sure_gain


def _is_open(before: Sequence[MeasuredLine], close: str) -> bool:
    """Whether a quotation that began in these lines waits for its end, which the next line begins with."""
    text = "".join(n.text for n in before)
    return text.rfind(_QUOTES[close]) > text.rfind(close)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two lines' wrapping, and whether the first goes on a sentence of the line before: it is no heading then."""

    first: Wrapping
    second: Wrapping
    within: bool


def _pushed(lines: Sequence[MeasuredLine]) -> bool:
    """Whether the second line is set in by a picture, and by no paragraph, behind which the third is not."""
    a, b = lines[:2]
    full = a.on_scan and not b.new_block and a.room < P.full_room and a.text[-1] not in SENTENCE_ENDS | CLOSING
    set_in = full and b.indent > P.set_in
    return set_in and any(n.indent > P.set_in or _begins_as_far_in(b, n) for n in (a, *lines[2:]))


def _begins_as_far_in(b: MeasuredLine, n: MeasuredLine) -> bool:
    """Whether a level line right under a line that is set in begins as far in or farther: round a picture's edge."""
    first, then = b.view.source.line, n.view.source.line
    if first.box is None or then.box is None or b.vertical_on_scan or b.view.source.page != n.view.source.page:
        return False
    under = 0 < then.box.centre[1] - first.box.centre[1] < P.pitch * first.box.height
    return under and first.box.x0 - P.edge * first.box.height < then.box.x0 < first.box.centre[0]


def _verdict(a: MeasuredLine, b: MeasuredLine, at: _Pair) -> Verdict:
    at_a, at_b = at.first, at.second
    if b.text[0] in _BULLETS or _is_signature(a):
        return APART
    if b.text[0] in _NEVER_FIRST:
        return _CUT_MARK
    if (latin := _in_latin(a, b, at_a)) is not None:
        return latin
    other_page = a.view.source.page != b.view.source.page
    if at_b.set_in:
        if at_b.indented or (at_b.parted and b.new_block and ends_sentence(a.text)):
            return APART
        return _verdict_by_indent(a, b, other_page=other_page, within=at.within)
    return _verdict_by_length(a, b, at_a, at_b)


def _is_signature(a: MeasuredLine) -> bool:
    """Whether a line is words in brackets at the right edge of its column: they sign the text before them."""
    return a.on_scan and a.indent > DEEP and a.indent > a.room and _SIGNED.fullmatch(a.text) is not None


def _verdict_by_filling(a: MeasuredLine, b: MeasuredLine, at_a: Wrapping, *, begins: bool) -> Verdict:
    """The verdict where the filling of all lines tells whether a paragraph begins with the second."""
    if b.text[0] in _BULLETS or _is_signature(a):
        return APART
    if b.text[0] in _NEVER_FIRST:
        return _CUT_MARK
    if (latin := _in_latin(a, b, at_a)) is not None:
        return latin
    if begins or _is_set_deep(a, b):
        return APART
    if not ends_sentence(a.text):
        return _UNENDED_BLOCK if b.new_block else _UNENDED
    return _FULL_BLOCK if b.new_block else _FULL


def _is_set_deep(a: MeasuredLine, b: MeasuredLine) -> bool:
    """Whether the second line of plain text is a signature or the like, and goes on with nothing."""
    return not b.on_scan and b.indent > DEEP and (a.indent > DEEP or ends_sentence(a.text))


def _in_latin(a: MeasuredLine, b: MeasuredLine, at_a: Wrapping) -> Verdict | None:
    """The verdict where a Latin word or sentence goes on in small letters; None elsewhere."""
    if not (b.text[0].islower() and is_latin(b.text[0]) and is_latin(a.text[0])):
        return None
    if _HYPHEN.search(a.text):
        return _CUT_WORD
    return _LATIN if at_a.wrapped and not ends_sentence(a.text) else None


def _is_heading(line: MeasuredLine) -> bool:
    """Whether a line is short and without a mark, as a heading is; a scrap on a scan is none."""
    short = line.room >= P.heading * (line.width + line.indent + line.room)
    return short and (len(line.text) > P.scrap or not line.on_scan) and not set(line.text) & (PAUSES | SENTENCE_ENDS)


def _verdict_by_indent(a: MeasuredLine, b: MeasuredLine, *, other_page: bool, within: bool) -> Verdict:
    """The verdict where paragraphs are set in and `b` is not, or is set in far deeper, as a signature is."""
    if _is_set_deep(a, b):
        return APART
    if b.on_scan and b.indent > DEEP and b.room > P.centred and not b.in_row and ends_sentence(a.text):
        return APART
    if not ends_sentence(a.text):
        if _is_heading(a) and not within:
            return APART
        return _UNENDED_BLOCK if b.new_block else _UNENDED
    if other_page or a.room > max(2.0, P.clearly * (a.width + a.indent + a.room)):
        return APART
    return _FULL_BLOCK if b.new_block else _FULL


def _verdict_by_length(a: MeasuredLine, b: MeasuredLine, at_a: Wrapping, at_b: Wrapping) -> Verdict:
    """The verdict where no indent tells paragraphs, but perhaps the room that a dropped one leaves."""
    ends = ends_sentence(a.text) or _CREDIT.search(a.text) is not None
    if at_b.bare and (ends or a.text[-1] in ENDS_ITEM):
        if at_b.begins or (ends and not at_a.full and not _is_full_first(a, b)):
            return APART
        if ends and not b.new_block and not ends_sentence(b.text):
            return _NO_INDENT
    return _verdict_in_block(a, b, at_a, ends=ends)


def _is_full_first(a: MeasuredLine, b: MeasuredLine) -> bool:
    """Whether a line is short by a dropped indent alone: the next is full, and so begins no paragraph."""
    return a.room <= P.indent and b.room <= P.next and not ends_sentence(b.text) and not b.new_block


def _had_room(a: MeasuredLine, b: MeasuredLine, *, begins: bool) -> bool:
    """Whether in plain text what the next line begins with would have fitted; `begins`: an indent took room too."""
    room = a.room - (P.dropped if begins else 0)
    return not a.on_scan and room > max(P.next, unbreakable(b.text) / 2 + P.next - 1)


def _may_go_on(b: MeasuredLine, at_a: Wrapping) -> bool:
    """Whether a line may go on in the same paragraph behind a full line that ends a sentence."""
    return at_a.full and at_a.wrapped and not b.new_block and b.text[0] not in _DASHES


def _is_prose(line: MeasuredLine, at: Wrapping) -> bool:
    """Whether a line is of a text that goes on behind a comma: of a wrapped one, or a long line of no verse."""
    return at.wrapped or (line.width >= P.prose and not at.pauses)


def _ends_item(a: MeasuredLine, b: MeasuredLine, at_a: Wrapping) -> bool:
    """Whether a line of a wrapped text ends an item of a list: the column's edge did not end it."""
    return a.text[-1] in ENDS_ITEM and at_a.wrapped and (not at_a.full or _had_room(a, b, begins=at_a.begins))


def _verdict_in_block(a: MeasuredLine, b: MeasuredLine, at_a: Wrapping, *, ends: bool) -> Verdict:
    """The verdict by the length of a line and the mark at its end alone."""
    if ends:
        return _LIKELY if _may_go_on(b, at_a) else APART
    if _ends_item(a, b, at_a):
        return APART
    if a.text[-1] in _UNFINISHED and _is_prose(a, at_a):
        return _PAUSE
    if not at_a.wrapped or _ITEM.match(b.text) or (a.text[-1] in "：:" and not at_a.full):
        return APART
    if at_a.full:
        return _EDGE
    return _LOOSE_EDGE if a.room <= P.loose * (a.width + a.room) and not b.new_block else APART
