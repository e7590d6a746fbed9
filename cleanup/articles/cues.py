"""Cues to what a line of print is: named facts of geometry and text, each 0 or 1, that the label weights refer to."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from cleanup.articles.frame import RUNNING, ReadingFrame
from cleanup.articles.placed import PlacedLine
from cleanup.articles.surroundings import Surroundings
from cleanup.forms.byline import dateline_of, is_closing_credit, is_editors_line, is_names, may_be_byline
from cleanup.forms.caption import closes_caption, opens_caption
from cleanup.forms.folio import is_folio
from cleanup.forms.headline import opens_with_dash
from cleanup.forms.jump_marker import markers_in
from cleanup.forms.section_names import is_standing
from cleanup.language.characters import CLOSING, HANZI, OPENING, PAUSES, SENTENCE_ENDS, ends_sentence, is_hanzi
from cleanup.lines.paragraphs import opens_item
from layout.page import RegionKind

Cues = dict[str, float]

_SIZES: Final = (0.8, 0.93, 1.07, 1.18, 1.35, 1.65, 2.2, 3.2, 5.0, 8.0)
"""Bounds of the classes of type size, relative to the body's."""
_SPANS: Final = (0.15, 0.3, 0.5, 0.75)
"""Bounds of the classes of a line's length, as a share of the sheet's."""
_LENGTHS: Final = (2, 4, 7, 10, 14, 20, 30)
"""Bounds of the classes of a line's length, in characters."""
_GAPS: Final = (0.25, 0.6, 1.0, 1.6, 2.5, 5.0)
"""Bounds of the classes of white above and below, in ems."""
_FILLS: Final = (0.3, 0.5, 0.7, 0.85, 0.95)
"""Bounds of the classes of a line's width, as a share of its column."""
MARKS: Final = re.compile("[，。；]")
"""Marks of running text."""
_DATE: Final = re.compile(
    "[年/.-][0-9〇一二三四五六七八九十]{1,3}[月/.-][0-9〇一二三四五六七八九十]{1,3}日?.{0,3}(?:[星礼禮]期|农历|農曆|第)|[星礼禮]期[一二三四五六日天]"
)
_ANY_MARK: Final = re.compile("[，。；：、！？]")
_CONTACT: Final = re.compile(
    r"电话|電話|地址|热线|熱線|网址|網址|邮编|订购|訂購|欢迎|歡迎|优惠|優惠|特价|特價|折|元起|营业|營業|批发|零售|www\.|\d{7,}",
    re.ASCII,
)
_TEASER: Final = re.compile(r"(?:详见|詳見|见|見|看|→)[^，。]{0,4}?(?:版|[A-D]?\d{1,2})\s*$")
_IMPRINT: Final = re.compile(
    "主管|主办|主辦|出版社?:|承印|督印|邮发代号|国内统一|總編|总编|零售|本版主编|承印人|刊号|代号|版式设计|版式設計|新闻热线|新聞熱線|社址|校对[:：]|校對[:：]|本版编辑|本版編輯"
)
_LIKE_NAMES: Final = re.compile(f"[{HANZI}]{{2,4}}(?:[ 　、·]{{1,2}}[{HANZI}]{{2,4}}){{0,3}}")
"""Two to four hanzi, or a few such groups: a name of whatever surname, where the place is a writer's."""
_NUMBERS: Final = re.compile(r"\d")
STROKES: Final = (0.8, 1.2, 1.45)
"""Bounds of the classes of a line's weight: light, as the body, heavier, bold."""
_STROKES_BESIDE: Final = (0.75, 0.88, 1.14, 1.33)
"""Bounds of the classes of a neighbour's weight in a line's own."""
SIGNED: Final = 0.25
"""Share of the column's width that a line which signs a text leaves free on its left, at least."""
BOLD: Final = 1.28
"""Weight from which type is bold beside the page's body."""


@dataclass(frozen=True, slots=True)
class CueParams:
    """Bounds of the cues to what a line is; lengths in ems, sizes relative to the body's."""

    display: float = 1.65
    """Size, relative to the body's, from which type is display type."""
    sheets: tuple[int, int] = (45, 75)
    """Bounds of the classes of a sheet's longer side, in ems: cuttings, small pages, newspaper pages."""
    short_name: int = 10
    """Characters of a column's name at most."""
    name: int = 4
    """Characters of one name at most."""
    caption_lines: int = 8
    """Lines of a caption at most."""
    at_picture: float = 2.0
    """Ems of white between a caption and its picture, at most."""
    narrow: float = 0.75
    """Share of the page's column width below which a region is far narrower than a column."""
    full: float = 1.2
    """Ems that a full line leaves free at most."""
    inset: float = 0.9
    """Ems from which a line is set in."""
    same_type: float = 0.08
    """Share by which the sizes of lines of one kind differ at most."""
    alone: float = 1.0
    """Ems of white over and under a line that stands alone, at least."""
    level: float = 0.35
    """Ems by which the middles of two lines of one row differ, at most."""
    beyond: float = 0.5
    """Ems by which a line may reach beyond the running text where it is above or below all of it."""
    many: int = 4
    """Lines from which a region has many."""
    names: int = 2
    """Lines of a region of names alone, at most."""
    few_hanzi: float = 0.5
    """Share of hanzi among a line's characters below which they are few."""
    digits: float = 0.3
    """Share of digits among a line's characters from which it is mostly digits."""
    centred: float = 0.8
    """Ems by which the white on the two sides of a centred line differs at most."""
    deep: float = 4.5
    """Ems from which a line is set in deeply."""
    name_side: float = 0.45
    """Share of the column's width that a name by itself leaves free on its left, at least."""
    at_rule: float = 1.5
    """Ems of white between a line and a rule that goes with it, at most."""
    next: float = 2.5
    """Ems of white between two lines that follow each other, at most."""
    open_room: float = 2.0
    """Ems that a line which breaks off within a sentence leaves free, at most."""
    running_size: float = 1.1
    """Size, relative to the body's, below which type is that of running text."""


P: Final = CueParams()


def line_cues(frame: ReadingFrame, around: Sequence[Surroundings]) -> list[Cues]:
    """The cues of each line of the frame; a name is in the mapping where its fact holds."""
    forms = [_forms(n.text) for n in frame.lines]
    page = _Lines(
        frame,
        around,
        forms=forms,
        measure=frame.measure,
        dated=any("reads as a folio" in f for f in forms) or any(_DATE.search(n.text) for n in frame.lines),
        centred=[_is_centred(n, a) for n, a in zip(frame.lines, around, strict=True)],
        alone=[a.gap_above > P.alone and a.gap_below > P.alone for a in around],
        places={n.line.id: i for i, n in enumerate(frame.lines)},
        span=_text_span(frame),
    )
    return [dict.fromkeys(_cues(page, at), 1.0) for at in range(len(frame.lines))]


@dataclass(frozen=True, slots=True)
class _Lines:
    """The lines of a page with what is known of each: its surroundings, the forms that its text has."""

    frame: ReadingFrame
    around: Sequence[Surroundings]
    forms: Sequence[tuple[str, ...]]
    centred: Sequence[bool]
    """Whether each line is short and centred in its column, without a mark."""
    alone: Sequence[bool]
    """Whether white parts each line from what is over and under it."""
    measure: float
    """The width of the page's columns of running text, in ems."""
    dated: bool
    """Whether a line of the sheet tells a date or a page number as a page's head does."""
    places: Mapping[str, int]
    """The place of each line, by its id."""
    span: tuple[float, float]
    """Where the page's running text begins and ends, from top to bottom of the sheet, in ems."""


def _text_span(frame: ReadingFrame) -> tuple[float, float]:
    """Where the page's running text begins and ends, from top to bottom of the sheet, in ems."""
    texts = [
        n.rect
        for lines in frame.by_region.values()
        if len(lines) >= RUNNING and lines[0].region.kind is RegionKind.BODY
        for n in (lines[0], lines[-1])
    ]
    if not texts:
        return 0.0, frame.width if frame.vertical else frame.height
    ends = [(r.x0, r.x1) if frame.vertical else (r.y0, r.y1) for r in texts]
    return min(a for a, _ in ends), max(b for _, b in ends)


def _cues(page: _Lines, at: int) -> Iterator[str]:
    line, around = page.frame.lines[at], page.around[at]
    yield "always"
    yield from _of_layout(page, at)
    yield from _of_type(page, line)
    yield from _of_text(line.text)
    yield from page.forms[at]
    yield from _of_span(page, line)
    yield from _of_place(page, at)
    yield from _of_neighbours(page, line, around)
    yield from _of_region(page, at)
    yield from _of_row(page, at)


def _of_span(page: _Lines, line: PlacedLine) -> Iterator[str]:
    vertical = page.frame.vertical
    top, bottom = (line.rect.x0, line.rect.x1) if vertical else (line.rect.y0, line.rect.y1)
    for place in ("above",) * (bottom < page.span[0] + P.beyond) + ("below",) * (top > page.span[1] - P.beyond):
        yield f"{place} all running text"
        yield f"{place} all running text, size {step(line.size, (1.1, 1.6))}"
        if not page.dated and line.size > P.display:
            yield f"display type {place} all running text of a sheet without a date"
        yield f"{place} all running text, sheet of {step(max(page.frame.width, page.frame.height), P.sheets)} em"


def _of_layout(page: _Lines, at: int) -> Iterator[str]:
    """What layout held the line's region to be."""
    line = page.frame.lines[at]
    region, own = line.region, page.frame.by_region[line.region.id]
    yield f"layout: {region.kind.value}"
    number = "one line" if len(own) == 1 else "few lines" if len(own) < P.many else "many"
    yield f"layout: {region.kind.value}, {number}"
    if line.line.white_on_dark:
        yield "white on dark"
    if region.kind is RegionKind.TABLE and _NUMBERS.search(line.text):
        yield "figures in what layout holds for a table"
    if line.crosses:
        yield "across the body's direction"
    if len(own) <= P.names and "reads as names" in page.forms[at]:
        yield "names alone in its region"
    if own[0] is line:
        yield "first of its region"
    if own[-1] is line:
        yield "last of its region"


def _of_type(page: _Lines, line: PlacedLine) -> Iterator[str]:
    yield f"size {step(line.size, _SIZES)}"
    if line.size > P.display:
        length, sheet = (line.rect.height, page.frame.height) if line.crosses else (line.rect.width, page.frame.width)
        yield f"display type over {step(length / max(1.0, sheet), _SPANS)} of the sheet"
    yield f"{line.region.kind.value} of size {step(line.size, _SIZES[2:6])}"
    yield f"length {step(len(line.text), _LENGTHS)}"
    if line.weight:
        stroke = step(line.weight, STROKES)
        yield f"stroke {stroke}"
        yield f"stroke {stroke}, size {step(line.size, _SIZES[1:4])}"
        if line.weight > BOLD and not MARKS.search(line.text):
            yield f"bold without a mark, length {step(len(line.text), _LENGTHS)}"


def _of_text(text: str) -> Iterator[str]:
    hanzi = sum(map(is_hanzi, text))
    if ends_sentence(text):
        yield "ends a sentence"
    elif text[-1] in PAUSES:
        yield "ends with a pause"
    if text[0] in PAUSES | CLOSING | SENTENCE_ENDS:
        yield "begins with a mark"
    if not set(text) & (PAUSES | SENTENCE_ENDS | OPENING | CLOSING):
        yield "no mark"
    if MARKS.search(text[:-1]):
        yield "a mark within"
    if hanzi < P.few_hanzi * len(text):
        yield "few hanzi"
    if len(_NUMBERS.findall(text)) > P.digits * len(text):
        yield "mostly digits"
    if hanzi == 0:
        yield "no hanzi"
    if "·" in text and len(text) <= P.short_name:
        yield "two words around a point"


_FORMS: Final[Mapping[str, Callable[[str], bool]]] = {
    "reads as a byline": lambda t: may_be_byline(t) or may_be_byline("".join(t.split())),
    "reads as names": lambda t: is_names(t) or is_names("".join(t.split())),
    "reads as an editors' line": is_editors_line,
    "reads as a folio": is_folio,
    "opens like a caption": opens_caption,
    "closes like a caption": closes_caption,
    "opens with a dateline": lambda t: dateline_of(t) is not None,
    "opens with a dash": opens_with_dash,
    "opens an item": opens_item,
    "a closing credit": is_closing_credit,
    "a standing name": is_standing,
    "a continuation marker": lambda t: any(True for _ in markers_in(t)),
    "words of an advert": lambda t: _CONTACT.search(t) is not None,
    "words of a teaser": lambda t: _TEASER.search(t) is not None,
    "words of an imprint": lambda t: _IMPRINT.search(t) is not None,
    "opens with an ornament": lambda t: t[0] in "●○■□◆◇▲△★☆※►▶",
    "in brackets": lambda t: t[0] in OPENING and t[-1] in CLOSING,
}
"""Forms of text, each with its test."""


def _forms(text: str) -> tuple[str, ...]:
    return tuple(name for name, holds in _FORMS.items() if holds(text))


def _is_at_picture(first: Surroundings, last: Surroundings) -> bool:
    """Whether a region whose first and last line are so surrounded is on a picture, or right under or over one."""
    return first.picture_above < P.at_picture or last.picture_below < P.at_picture or first.on_picture


def _of_region(page: _Lines, at: int) -> Iterator[str]:
    """What the lines of its region say together, and lines of the page that are set like it."""
    line = page.frame.lines[at]
    own = page.frame.by_region[line.region.id]
    if len(own) <= P.caption_lines and closes_caption(own[-1].text):
        near = _is_at_picture(*(page.around[page.places[n.line.id]] for n in (own[0], own[-1])))
        yield f"its region closes like a caption, {'at a picture' if near else 'no picture near'}"
    yield from _at_picture(page, own)
    if len(own) > 1 and not any(_ANY_MARK.search(n.text) for n in own) and not _is_filled(own, page.measure):
        yield f"no mark in its region of {step(len(own), (3, 5))} lines"
    if {"reads as a byline", "reads as names"}.isdisjoint(page.forms[at]) and len(line.text) > P.name:
        yield "no form of a byline"
    if page.centred[at]:
        alike = sum(
            c and abs(n.size - line.size) < P.same_type * line.size
            for c, n in zip(page.centred, page.frame.lines, strict=True)
        )
        yield "short and centred, no mark"
        yield f"short and centred like {step(alike - 1, (1, 3))} others"


def _is_filled(own: Sequence[PlacedLine], measure: float) -> bool:
    """Whether most lines of a region, the last aside, reach its right edge, and it is about a column wide."""
    left, right = min(n.rect.x0 for n in own), max(n.rect.x1 for n in own)
    return 2 * sum(right - n.rect.x1 < P.full for n in own[:-1]) > len(own) - 1 and right - left > P.narrow * measure


def _at_picture(page: _Lines, own: Sequence[PlacedLine]) -> Iterator[str]:
    """Whether a region of few lines lies right under, over or on a picture, and how far text is on its other side."""
    if len(own) > P.caption_lines:
        return
    first, last = (page.around[page.places[n.line.id]] for n in (own[0], own[-1]))
    lines = step(len(own), (2, 4))
    if first.on_picture and last.on_picture:
        yield f"its region of {lines} lines on a picture"
    elif first.picture_above < P.at_picture:
        yield f"its region of {lines} lines under a picture, text beyond by {step(last.gap_below, (0.8, 2.0))}"
    elif last.picture_below < P.at_picture:
        yield f"its region of {lines} lines over a picture, text beyond by {step(first.gap_above, (0.8, 2.0))}"


def _is_centred(line: PlacedLine, around: Surroundings) -> bool:
    """Whether a line stands in the middle of its column, short of both edges, and holds no mark of running text."""
    left, right = line.rect.x0 - around.left, around.right - line.rect.x1
    return (
        min(left, right) > P.inset and abs(left - right) < 2 * P.inset and not set(line.text) & (PAUSES | SENTENCE_ENDS)
    )


def _of_place(page: _Lines, at: int) -> Iterator[str]:
    frame, line, around = page.frame, page.frame.lines[at], page.around[at]
    rect = line.rect
    height = max(1.0, frame.width if frame.vertical else frame.height)
    top = rect.x0 if frame.vertical else rect.y0
    yield f"down the page {step(top / height, (0.04, 0.1, 0.9, 0.96))}"
    left, right = rect.x0 - around.left, around.right - rect.x1
    yield f"fills {step(rect.width / max(1.0, around.right - around.left), _FILLS)} of its column"
    if left > P.inset:
        yield "set in"
    if left > P.inset and abs(left - right) < P.centred:
        yield "centred"
    if left > P.deep:
        yield "far in"
    if left > P.name_side * (around.right - around.left) and _LIKE_NAMES.fullmatch(line.text):
        yield "like a name, set to the right"
    if left > max(P.inset, SIGNED * (around.right - around.left)) and right < P.full:
        yield from _of_signature(page, at)
    if around.frame is not None:
        yield "in a frame"
    if around.on_picture:
        yield "on a picture"
    if line.region.kind is RegionKind.CAPTION and not {"opens like a caption", "closes like a caption"}.isdisjoint(
        page.forms[at]
    ):
        yield "reads as the caption that layout holds it for"
    yield from _of_marks(page, at)


def _of_marks(page: _Lines, at: int) -> Iterator[str]:
    """The pictures and rules close over and under it."""
    line, around = page.frame.lines[at], page.around[at]
    near = min(around.picture_above, around.picture_below) < P.at_picture or around.on_picture
    if near and not {"opens like a caption", "closes like a caption"}.isdisjoint(page.forms[at]):
        yield "reads as a caption at a picture"
    for name, gap in (("under", around.picture_above), ("over", around.picture_below)):
        if gap < P.at_picture:
            yield f"{name} a picture"
            yield f"{name} a picture, size {step(line.size, (0.93, 1.07))}"
    for name, gap in (("under", around.ruled_above), ("over", around.ruled_below)):
        if gap < P.at_rule:
            yield f"{name} a rule"


def _of_signature(page: _Lines, at: int) -> Iterator[str]:
    """What tells whether a line set to the right edge signs the text above it."""
    line, around = page.frame.lines[at], page.around[at]
    own = page.frame.by_region[line.region.id]
    before = own[own.index(line) - 1] if own[0] is not line else None
    if before is None and around.above is not None:
        before = page.frame.lines[around.above]
    ended = before is not None and ends_sentence(before.text)
    last = own[-1] is line and around.gap_below > P.alone
    yield f"set to the right{', behind an ended sentence' * ended}{', the last' * last}"
    form = "names" if {"reads as a byline", "reads as names"} & set(page.forms[at]) else "no form of a byline"
    if ended and last and not MARKS.search(line.text):
        yield f"signs the text above, {form}"


def _of_row(page: _Lines, at: int) -> Iterator[str]:
    """How many other lines that stand alone are in one row with it: teasers, figures and page heads come so."""
    if page.alone[at]:
        y = page.frame.lines[at].rect.centre[1]
        mates = sum(
            page.alone[i] and i != at and abs(n.rect.centre[1] - y) < P.level for i, n in enumerate(page.frame.lines)
        )
        yield f"alone, in a row with {step(mates, (1, 2, 4))} others"


def _of_neighbours(page: _Lines, line: PlacedLine, around: Surroundings) -> Iterator[str]:
    frame = page.frame
    yield f"white above {step(around.gap_above, _GAPS)}"
    yield f"white below {step(around.gap_below, _GAPS)}"
    if around.above is None:
        yield "nothing above"
    else:
        yield from _beside("above", page, (line, around.above), around)
    if around.below is None:
        yield "nothing below"
    else:
        yield from _beside("below", page, (line, around.below), around)
    if around.above is not None and around.gap_above < P.next:
        above = frame.lines[around.above]
        room = around.right - above.rect.x1
        opened = not ends_sentence(above.text) and room < P.open_room and above.size < P.running_size
        yield "a sentence is open above" if opened else "no sentence is open above"


def _beside(side: str, page: _Lines, pair: tuple[PlacedLine, int], around: Surroundings) -> Iterator[str]:
    line, at = pair
    other, forms = page.frame.lines[at], page.forms[at]
    yield f"{side}: {step(other.size / max(0.1, line.size), (0.6, 0.85, 0.95, 1.06, 1.2, 1.6))} of its size"
    if line.weight and other.weight:
        yield f"{side}: {step(other.weight / line.weight, _STROKES_BESIDE)} of its stroke"
    yield f"{side}: {other.region.kind.value}"
    if other.region.id == line.region.id:
        yield f"{side}: of its region"
    if other.rect.x0 - around.left > P.inset:
        yield f"{side}: set in"
    if "reads as a byline" in forms:
        yield f"{side}: a byline"
    if "opens with a dateline" in forms:
        yield f"{side}: a dateline"
    if ends_sentence(other.text):
        yield f"{side}: ends a sentence"


def step(value: float, bounds: Sequence[float]) -> str:
    """The class of a value, named by the bounds on its sides."""
    at = sum(value >= bound for bound in bounds)
    low = "" if at == 0 else f"{bounds[at - 1]:g}"
    high = "" if at == len(bounds) else f"{bounds[at]:g}"
    return f"{low}-{high}"
