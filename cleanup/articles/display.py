"""Headline, subhead or text: what a block of display type is, by its place among the text and by the text around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from cleanup.articles.blocks import ORNAMENTS, Ending, Opening, TextBlock, filling, relabelled
from cleanup.articles.cues import BOLD, MARKS, SIGNED, STROKES, Cues, step
from cleanup.articles.frame import ReadingFrame
from cleanup.articles.labels import Label, is_scant
from cleanup.articles.placed import Rect, white_under
from cleanup.articles.relations import Relations
from cleanup.articles.sections import Sections
from cleanup.articles.weights import Weights, scored, weights
from cleanup.forms.jump_marker import is_from_marker
from cleanup.language.characters import CLOSING, PAUSES, SENTENCE_ENDS, ends_sentence
from cleanup.lines.paragraphs import opens_item
from layout.page import RegionKind

DISPLAY: Final = frozenset({Label.HEAD, Label.SUBHEAD})
"""Labels of display type."""
CHOICES: Final = (Label.HEAD, Label.SUBHEAD, Label.BODY, Label.ADVERT)
"""What a block of type that looks like display type may be; an advert stands for all that is of no article."""
_APART: Final = frozenset({Label.ADVERT, Label.TEASER, Label.COLUMN, Label.FURNITURE})
"""Labels of display type that is of no article."""
_DOUBT: Final = 1.0
"""Log-odds by which type over running text must be likelier an advert's: a headline that is lost costs more."""
_LARGE: Final = 1.65
"""Size, relative to the body's, from which such type is looked at once more."""
_OPEN: Final = frozenset({Ending.OPEN, Ending.PAUSE})
_BROKEN_OFF: Final = frozenset({Ending.OPEN, Ending.SHORT})
_LARGER: Final = 1.22
"""Size, relative to the body's, from which a few lines may be display type; a lead has more lines, or sentences."""
_FEW: Final = 3
"""Lines of a subhead at most."""
_SELDOM_DRAWN: Final = {
    "its text runs on in a column that begins higher": 2.0,
    "under text of its tile and its larger headline": 2.0,
    "a rule over it, none under it": -1.4,
    "（上接…） over it": -4.0,
}
"""Log-odds added to the fitted ones: what tells of a subhead on real pages, too rare on drawn ones to be fitted."""
_CLOSE: Final = 4.0
"""Ems of white within which text over or under a block of display type tells of it."""
_ALIKE: Final = 0.06
"""Share by which the sizes of two subheads of one kind differ at most."""
_AS_HEAVY: Final = 1.15
"""Ratio of the weights of display type that is set alike, at most."""
_AS_WIDE: Final = 2.0
"""Ems by which the columns of display type that is set alike differ at most."""
_MEASURED: Final = 0.09
"""Share by which the sizes of display type in one type are measured to differ at most: subheads are short."""
_FELLOWS: Final = 3
"""Blocks of display type set alike in one frame, at least, to be decided together."""
_FELLOWS_OF_TILE: Final = 2
"""The same within one of layout's tiles, whose text is of one article more often."""
_TOGETHER: Final = 0.7
"""Weight of what is said of all such blocks together, against what is said of each."""
_INSET: Final = 0.9
"""Ems from which a line is set in."""
_EDGE: Final = 1.2
"""Ems that a line of running text leaves free at either edge of its column at most."""
_LIGHTER: Final = (0.65, 0.8, 0.9, 1.1)
"""Bounds of the classes of the weight of text in that of the display type over it."""
_SPAN: Final = 1.15
"""Share of a column's width from which display type is wider than the column."""
_RUNNING: Final = 2
"""Characters of running text beside display type, at least: less is a scrap."""
_HALF: Final = 0.5
"""Ems by which display type may reach into the height of the running text that it is above or below."""
_COLUMN: Final = 0.4
"""Share of the narrower of two blocks that lies over the other where they are of one column, at least."""
_LARGER_TYPE: Final = 1.25
"""Ratio of type sizes from which display type is larger than other."""
_HIGHER: Final = 3.0
"""Ems by which text begins higher than a block, at least, to be a column that comes before it."""
_LAPPED: Final = 0.6
"""Ems by which the boxes of neighbours may overlap."""
_GUTTER: Final = 4.0
"""Ems of white between two columns of one text, at most."""
_MORE_COLUMNS: Final = 1.3
"""Width of a headline over more columns than one, in that of a column, at least."""


def with_subheads(frame: ReadingFrame, blocks: Sequence[TextBlock]) -> tuple[TextBlock, ...]:
    """The blocks; those of display type labelled as headlines, as subheads or as running text."""
    if is_scant(frame):
        return tuple(blocks)
    scores = display_scores(frame, blocks)
    told = {i: likeliest(score) for i, score in scores.items()}
    if not frame.vertical:
        told |= _by_sections(blocks, told, scores)
    return tuple(_told(b, told[b.id]) if b.id in told else b for b in blocks)


def display_scores(frame: ReadingFrame, blocks: Sequence[TextBlock]) -> dict[int, dict[Label, float]]:
    """For each block that may be of display type, by id, the log-odds of the choices."""
    table, display = weights(vertical=frame.vertical), Display(frame, blocks)
    seldom = {} if frame.vertical else _SELDOM_DRAWN
    scores = {b.id: scores_by(table, seldom, display.cues(b)) for b in blocks if may_be_display(b)}
    return scores if frame.vertical else _with_fellows(blocks, scores)


def likeliest(scores: Mapping[Label, float]) -> Label:
    """The choice with the greatest log-odds."""
    return max(CHOICES, key=lambda n: scores[n])


def _by_sections(
    blocks: Sequence[TextBlock], told: Mapping[int, Label], scores: Mapping[int, Mapping[Label, float]]
) -> dict[int, Label]:
    """The labels of headlines and subheads, with what the sections tell that they part."""
    own = {i: scores[i][Label.SUBHEAD] - scores[i][Label.HEAD] for i, label in told.items() if label in DISPLAY}
    odds = Sections(blocks, scores.keys()).subhead_odds(own)
    choice = {i: Label.SUBHEAD if odds[i] > 0 else Label.HEAD for i in own}
    return {i: n for i, n in choice.items() if scores[i][n] > max(scores[i][Label.BODY], scores[i][Label.ADVERT])}


def _told(b: TextBlock, label: Label) -> TextBlock:
    return b if label is Label.ADVERT and b.label in _APART else relabelled(b, label)


def scores_by(table: Weights, seldom: Mapping[str, float], cues: Cues) -> dict[Label, float]:
    """The log-odds of the choices by a table of weights, and by what tells a subhead but is too rare to be fitted."""
    score = {label: scored(table.display[label], cues) for label in CHOICES}
    score[Label.SUBHEAD] += scored(seldom, cues)
    if "no text under it" not in cues:
        score[Label.ADVERT] -= _DOUBT
    return score


def _with_fellows(
    blocks: Sequence[TextBlock], scores: Mapping[int, dict[Label, float]]
) -> dict[int, dict[Label, float]]:
    """The scores; display type that stands alike in one frame or tile, or with an ornament, nears its mean score.

    So the heads of the briefs in a box are all heads, though all but the first have text over them, and the subheads
    of an article are all subheads, though one of them stands at the head of a column.
    """
    display = [b for b in blocks if b.id in scores and b.label in DISPLAY and not b.lines[0].crosses]
    out = dict(scores)
    for b in display:
        fellows = _fellows(display, b)
        if fellows:
            out[b.id] = {
                label: (1 - _TOGETHER) * own + _TOGETHER * sum(scores[o.id][label] for o in fellows) / len(fellows)
                for label, own in scores[b.id].items()
            }
    return out


def _fellows(display: Sequence[TextBlock], b: TextBlock) -> list[TextBlock]:
    """The display type that is decided together with a block, itself too; none where it is decided by itself."""
    alike = [o for o in display if _are_fellows(b, o)]
    if (b.frame is not None or b.text[0] in ORNAMENTS) and len(alike) >= _FELLOWS:
        return alike
    of_tile = [o for o in alike if b.article is not None and o.article == b.article]
    return of_tile if b.frame is None and len(of_tile) >= _FELLOWS_OF_TILE else []


def _are_fellows(a: TextBlock, b: TextBlock) -> bool:
    """Whether two blocks of display type are set alike: in one frame, type and measure, with one ornament or none."""
    marks = [o.text[0] if o.text[0] in ORNAMENTS else "" for o in (a, b)]
    if a.frame != b.frame or marks[0] != marks[1] or abs(a.size - b.size) > _MEASURED * a.size:
        return False
    widths = [o.column[1] - o.column[0] for o in (a, b)]
    known = a.weight and b.weight
    heavy = known and max(a.weight, b.weight) > _AS_HEAVY * min(a.weight, b.weight)
    return not heavy and abs(widths[0] - widths[1]) < _AS_WIDE


def may_be_display(b: TextBlock) -> bool:
    """Whether a block is labelled as display type, or is of large or bold type whatever its label."""
    stands_out = b.size >= _LARGER or b.weight > BOLD
    larger = b.label is Label.BODY and stands_out and len(b.lines) <= _FEW and b.ending in _BROKEN_OFF
    return b.label in DISPLAY or larger or (b.label in _APART and b.size >= _LARGE)


@dataclass(frozen=True)
class Display:
    """The blocks of a page, seen from their display type."""

    frame: ReadingFrame
    blocks: Sequence[TextBlock]

    @cached_property
    def _body(self) -> tuple[TextBlock, ...]:
        """The running text; what tells that a text comes from another page is none, and stands over its headline."""
        text = (b for b in self.blocks if b.label is Label.BODY and len(b.text) > _RUNNING)
        return tuple(b for b in text if not may_be_display(b) and not is_from_marker(b.text))

    @cached_property
    def _from_markers(self) -> tuple[TextBlock, ...]:
        return tuple(b for b in self.blocks if is_from_marker(b.text))

    @cached_property
    def _display(self) -> tuple[TextBlock, ...]:
        return tuple(b for b in self.blocks if may_be_display(b))

    def cues(self, d: TextBlock) -> Cues:
        """The cues to what a block of display type is."""
        facts = ["always", *self._of_type(d), *self._of_words(d), *self._of_place(d), *self._of_fellows(d)]
        return dict.fromkeys(facts, 1.0)

    def _of_type(self, d: TextBlock) -> Iterator[str]:
        yield f"size {step(d.size, (1.1, 1.25, 1.45, 1.7, 2.2, 3.0))}"
        if d.weight:
            yield f"stroke {step(d.weight, STROKES)}"
        yield f"labelled {d.label}"
        yield f"layout: {d.kind.value}"
        yield f"length {step(len(d.text), (3, 6, 10, 16, 24))}"
        yield f"over {step(self._share_of_sheet(d), (0.15, 0.3, 0.5, 0.75))} of the sheet"
        if d.frame is not None:
            yield "in a frame"
        if self._body and d.rect.y1 < min(b.rect.y0 for b in self._body) + _HALF:
            yield "above all running text"
        if self._body and d.rect.y0 > max(b.rect.y1 for b in self._body) - _HALF:
            yield "below all running text"
        if d.lines[0].crosses:
            yield "upright"
        if any(n.line.white_on_dark for n in d.lines):
            yield "white on dark"
        if opens_item(d.text):
            yield "opens an item"
        if any(n.rect.x0 - d.column[0] > _INSET for n in d.lines):
            yield "set in"

    def _of_words(self, d: TextBlock) -> Iterator[str]:
        """Whether its text reads as a piece of a sentence, and fills its column as running text does."""
        if MARKS.search(d.text[:-1]):
            yield "a mark within"
        if d.text[-1] in PAUSES:
            yield "ends with a pause"
        if ends_sentence(d.text):
            yield "ends a sentence"
        if d.text[0] in PAUSES | CLOSING | SENTENCE_ENDS:
            yield "begins with a mark"
        column = max(1.0, d.column[1] - d.column[0])
        yield f"lines: {min(len(d.lines), 4)}"
        yield f"fills {step(min(n.rect.width for n in d.lines) / column, (0.5, 0.8, 0.95))} of its column"
        inset = min(d.rect.x0 - d.column[0], d.column[1] - d.rect.x1)
        if inset > _INSET and abs(d.rect.x0 - d.column[0] - d.column[1] + d.rect.x1) < 2 * _INSET:
            yield "centred in its column, short of both edges"
        if all(n.rect.x0 - d.column[0] < _EDGE and d.column[1] - n.rect.x1 < _EDGE for n in d.lines):
            yield "from edge to edge of its column"

    def _share_of_sheet(self, d: TextBlock) -> float:
        """The length of a block along its lines, as a share of the sheet."""
        if d.lines[0].crosses:
            return d.rect.height / max(1.0, self.frame.height)
        return d.rect.width / max(1.0, self.frame.width)

    def _of_place(self, d: TextBlock) -> Iterator[str]:
        over, under = self._nearest(d, down=False), self._nearest(d, down=True)
        if any(0 < d.rect.y0 - m.rect.y1 < _CLOSE and m.rect.overlap_x(d.column_rect) > 0 for m in self._from_markers):
            yield "（上接…） over it"
        if self._follows_signature(d):
            yield "a signature over it"
        yield from self._of_text_over(d, over)
        if over is not None and self._ruled(over, d) and not (under is not None and self._ruled(d, under)):
            yield "a rule over it, none under it"
        yield from self._of_text_elsewhere(d, under)
        if under is None:
            yield "no text under it"
        else:
            yield from self._of_text_under(d, over, under)

    def _of_text_under(self, d: TextBlock, over: TextBlock | None, under: TextBlock) -> Iterator[str]:
        wide = d.rect.width > _SPAN * (under.column[1] - under.column[0])
        yield "wider than the column under it" if wide else "of the width of the column under it"
        yield f"text under it by {step(under.rect.y0 - d.rect.y1, (0.8, 1.5, 2.5))}"
        yield f"text under it {under.opening}"
        if under.is_dated or self._signed(d, under):
            yield "a dateline or a byline under it"
        if under.is_marked:
            yield "an ornament or a bracket under it"
        if over is not None and not wide:
            yield from self._of_text_around(d, over, under)
        if d.weight and under.weight:
            yield f"text under it {step(under.weight / d.weight, _LIGHTER)} of its stroke"
        if under.ending in _OPEN and (beyond := self._runs_on(d, under)):
            yield beyond

    def _ruled(self, upper: TextBlock, lower: TextBlock) -> bool:
        """Whether a level rule over most of what the two share lies between two blocks of one column."""
        return self._relations.level_rule_between(upper.rect, lower.rect)

    @cached_property
    def _relations(self) -> Relations:
        return Relations(self.frame, self.blocks)

    def _of_text_over(self, d: TextBlock, over: TextBlock | None) -> Iterator[str]:
        if over is None:
            yield "no text over it"
            return
        yield f"text over it by {step(d.rect.y0 - over.rect.y1, (1.0, 1.8, 2.8))}"
        yield "an open sentence over it" if over.ending in _OPEN else "an ended sentence over it"
        if over.article is not None and over.article == d.article:
            yield "text of its tile over it"

    def _of_text_around(self, d: TextBlock, over: TextBlock, under: TextBlock) -> Iterator[str]:
        yield "within a column"
        if over.ending in _OPEN and under.opening is not Opening.INDENTED:
            yield "a sentence runs through it"
        gap = (d.rect.y0 - over.rect.y1) - (under.rect.y0 - d.rect.y1)
        yield f"closer below by {step(gap, (-0.5, 0.5, 1.5))}"

    def _of_text_elsewhere(self, d: TextBlock, under: TextBlock | None) -> Iterator[str]:
        """Whether a text begins beside the block, or under it with a picture between."""
        level = [b for b in self._body if self._begins_level(d, b)]
        sides = {
            "right": any(-_EDGE < b.rect.x0 - d.rect.x1 < _CLOSE for b in level),
            "left": any(-_EDGE < d.rect.x0 - b.rect.x1 < _CLOSE for b in level),
        }
        for side in (name for name, holds in sides.items() if holds):
            yield f"text {side} of it begins level with it"
        if under is None and any(sides.values()):
            yield "no text under it, but beside it"
        if under is None and any(
            b.rect.overlap_x(d.rect) > _COLUMN * min(d.rect.width, b.rect.width)
            and b.rect.y0 - d.rect.y1 > 0
            and white_under(d.rect, b.rect, self._filling) < _CLOSE
            for b in self._body
        ):
            yield "no text under it, but under a picture there"

    def _begins_level(self, d: TextBlock, b: TextBlock) -> bool:
        """Whether running text begins level with the block, and other text over it is far."""
        level = d.rect.y0 - _CLOSE < b.rect.y0 < d.rect.y1
        return level and self._nearest(b, down=False) is None

    @cached_property
    def _filling(self) -> tuple[Rect, ...]:
        return filling(self.frame, self.blocks)

    def _of_fellows(self, d: TextBlock) -> Iterator[str]:
        """What other display type of the page says."""
        tile = self._of_tile(d)
        if any(o.size > _LARGER_TYPE * d.size for o in tile):
            yield "larger type in its tile"
            over = self._nearest(d, down=False)
            if over is not None and over.article == d.article and d.kind is RegionKind.SUBHEAD:
                yield "under text of its tile and its larger headline"
        larger = self._larger_over(d)
        if larger is not None:
            yield "under a larger headline over more columns"
        others = (o for o in self._display if o.id != d.id)
        alike = sum(abs(o.size - d.size) < _ALIKE * d.size and self._is_within_column(o) for o in others)
        yield f"others like it within columns: {step(alike, (1, 2, 4))}"
        if d.article is not None and not tile:
            yield "alone in its tile"
        if self._others_of_tile(d):
            yield "text of its tile on its level or higher"

    def _of_tile(self, d: TextBlock) -> list[TextBlock]:
        """The other display type of its tile."""
        return [o for o in self._display if o.id != d.id and o.article is not None and o.article == d.article]

    def _is_within_column(self, d: TextBlock) -> bool:
        """Whether a block is no wider than its column, with text over and under it."""
        narrow = d.rect.width < _SPAN * (d.column[1] - d.column[0])
        return narrow and self._nearest(d, down=False) is not None and self._nearest(d, down=True) is not None

    def _others_of_tile(self, d: TextBlock) -> bool:
        """Whether running text of its tile, in another column, begins higher than the block."""
        return any(
            b.article is not None
            and b.article == d.article
            and b.rect.y0 < d.rect.y0 - _HIGHER
            and b.rect.overlap_x(d.rect) < 1.0
            for b in self._body
        )

    def _follows_signature(self, d: TextBlock) -> bool:
        """Whether names stand right over the block at the right edge of its column: they sign the text before."""
        return any(
            b.label is Label.BYLINE
            and b.rect.overlap_x(d.column_rect) > 0
            and -_LAPPED < d.rect.y0 - b.rect.y1 < _CLOSE
            and b.rect.x0 - d.column[0] > SIGNED * (d.column[1] - d.column[0])
            and d.column[1] - b.rect.x1 < _EDGE
            for b in self.blocks
        )

    def _signed(self, d: TextBlock, under: TextBlock) -> bool:
        """Whether a byline stands between the block and the text under it."""
        return any(
            b.label is Label.BYLINE
            and b.rect.overlap_x(d.rect) > 0
            and d.rect.y1 - _LAPPED < b.rect.centre[1] < under.rect.y0 + _LAPPED
            for b in self.blocks
        )

    def _runs_on(self, d: TextBlock, under: TextBlock) -> str:
        """Where the open sentence at the foot of the column under the block goes on."""
        right = [
            b
            for b in self._body
            if 0 <= b.rect.x0 - under.rect.x1 < _GUTTER and b.opening is Opening.FLUSH and b.rect.y0 < under.rect.y1
        ]
        if any(b.rect.y0 < d.rect.y0 - _HIGHER for b in right):
            return "its text runs on in a column that begins higher"
        return "its text runs on beside it" if right else ""

    def _larger_over(self, d: TextBlock) -> TextBlock | None:
        """A headline of larger type over the block's column and another, with no display type as large between."""
        column = d.column_rect
        found = [
            o
            for o in self._display
            if o.size > _LARGER_TYPE * d.size
            and not o.lines[0].crosses
            and o.rect.y1 < d.rect.y0 + _LAPPED
            and o.rect.overlap_x(column) > _COLUMN * column.width
            and o.rect.width > _MORE_COLUMNS * column.width
        ]
        return max(found, key=lambda o: o.rect.y1, default=None)

    def _nearest(self, d: TextBlock, *, down: bool) -> TextBlock | None:
        """The text close over or under the block in its column."""
        best, nearest = None, _CLOSE
        for b in self._body:
            if d.rect.overlap_x(b.rect) < _COLUMN * min(d.rect.width, b.rect.width):
                continue
            gap = b.rect.y0 - d.rect.y1 if down else d.rect.y0 - b.rect.y1
            if -_LAPPED < gap < nearest and (b.rect.centre[1] > d.rect.centre[1]) is down:
                best, nearest = b, gap
        return best
