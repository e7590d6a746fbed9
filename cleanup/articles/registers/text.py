"""What is running text on a page in registers, and what is display type: decided line by line from its neighbours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from cleanup.articles.frame import ReadingFrame
from cleanup.articles.labels import Label
from cleanup.articles.placed import PlacedLine, Rect
from cleanup.articles.registers.measures import (
    CUT,
    FULL,
    MARKS,
    ORNAMENTS,
    PART,
    PITCH,
    RUN,
    SAME,
    TYPE,
    UNDER,
    WRONG,
    ends_report,
    size_of,
)
from cleanup.articles.registers.spread import spread_lines
from cleanup.articles.surroundings import Surroundings, smallest_around
from cleanup.forms.byline import is_byline, is_names
from cleanup.forms.folio import is_folio
from cleanup.language.characters import OPENING, ends_sentence, is_hanzi

PLAIN: Final = frozenset({Label.FURNITURE, Label.CAPTION, Label.TABLE, Label.TEASER})
"""Labels of lines that are of no headline."""


@dataclass(frozen=True, slots=True)
class RegisterTextParams:
    """Bounds by which vertical lines are sorted; lengths in ems, sizes relative to the body's."""

    display: float = 1.28
    """Size, relative to the body's, from which type is display type."""
    lone: float = 0.15
    """Share by which the size of a single character of running text differs from the body's at most."""
    minor: float = 1.07
    """Size, relative to the body's, from which a line right beside display type may be a part of the headline."""
    heavy: float = 1.2
    """Weight of an item's title behind an ornament, relative to the lines around, at least."""
    bold: float = 1.35
    """The same for a line without an ornament: of 4,000 lines of text without a mark two were."""
    bold_size: float = 1.01
    """Size of such a line, relative to the body's, at least; a line of text that begins in bold type is smaller."""
    around: float = 4.0
    """Ems on both sides of a line from which its weight is told."""
    lapped: float = 0.5
    """Share of a line that another one beside it may overlap."""
    banner: float = 1.5
    """Size, relative to the body's, of a level headline right under the page's head, at least."""
    subhead: float = 1.12
    """Size, relative to the body's, from which a few characters over a line of text may be a subhead."""
    smallest: float = 0.4
    """Size, relative to the body's, of a few characters of text, at least; kana and marks are measured small."""
    last: int = 8
    """Characters of a paragraph's last line whose size is measured badly, at most."""
    few: int = 4
    """Characters of such a subhead at most."""
    apart: float = 0.25
    """Ems of white on both sides of a heading, beyond that between lines of text, at least."""
    near: float = 4.0
    """Ems from a heading to the text beside it, at most."""
    heading: tuple[int, int] = (3, 14)
    """Characters of such a heading, least and most."""
    caption: int = 80
    """Characters of a caption at most."""
    sentence: int = 40
    """Characters from mark to mark in text, on the average, at most."""
    long: float = 0.6
    """Share of the sheet from which a line of display type is of no headline, but of the sheet's margin."""
    longest: int = 24
    """Characters of a line of a headline at most."""
    over_picture: float = 3.0
    """Ems from a level line to the picture under it, at most, where it is the headline of what the picture shows."""
    long_rule: float = 8.0
    """Ems of a rule that is taken to go on a little further than it was found, at least."""
    word: int = 2
    """Hanzi of a line of a headline, at least."""
    fewest: int = 3
    """Hanzi of a few lines that are text, at most, for them to be none."""
    goes_on: tuple[float, float] = (-0.5, 2.0)
    """Ems from a long rule's end to the lines that it points to."""
    on_rule: float = 0.4
    """Ems by which a rule between two lines may lie on either."""
    rule_room: float = 0.6
    """Ems of white between two lines that such a rule parts, at least."""
    ruled: float = 0.6
    """Share of what two lines have in common that a rule between them covers, at least."""
    level: float = 0.4
    """Share of the shorter of two lines that lies beside the other where they are next to each other, at least."""
    both: int = 2
    """Sides of a line on which a line of its own text stands, where it is within it."""
    over: float = 0.4
    """Share of a subhead's height that the line under it covers, at least."""
    right_over: tuple[float, float] = (-0.4, 1.5)
    """Ems of white between a subhead and the line under it."""
    long_text: int = 2
    """Characters of the line under a subhead, at most, for it to be no text."""
    along: float = 0.5
    """Share of the shorter of a line and display type that lies beside the other, at least."""
    over_from: float = -1.5
    """Ems from a level line to the picture under it, at least."""
    on_picture: float = 0.8
    """Share of a level line that lies over the picture that it heads, at least."""
    no_label: float = 0.4
    """Length of such a line, as a share of the picture's width, above which it is no mere label."""


P: Final = RegisterTextParams()


@dataclass(frozen=True)
class Sorted:
    """The lines of a page with their labels and surroundings, and which are text and which display type."""

    frame: ReadingFrame
    labels: Mapping[str, Label]
    """The lines by their ids."""
    surroundings: Mapping[str, Surroundings]

    @classmethod
    def of(cls, frame: ReadingFrame, around: Sequence[Surroundings], labels: Sequence[Label]) -> Sorted:
        """The page's lines; `around` and `labels` go with the frame's lines."""
        ids = [n.line.id for n in frame.lines]
        return cls(frame, dict(zip(ids, labels, strict=True)), dict(zip(ids, around, strict=True)))

    def label(self, n: PlacedLine) -> Label:
        return self.labels[n.line.id]

    @cached_property
    def level_rules(self) -> tuple[Rect, ...]:
        """Rules that run along the lines of text: between articles of one register."""
        return tuple(r for r in self.frame.rules if r.width >= r.height)

    @cached_property
    def upright_rules(self) -> tuple[Rect, ...]:
        """Rules across the lines of text: between registers."""
        return tuple(r for r in self.frame.rules if r.height > r.width)

    @cached_property
    def spread(self) -> Mapping[str, int]:
        """For each line that is a piece of a letter-spaced one the number of that one, by the id of the line."""
        found = spread_lines([n for n in self.frame.lines if not self.surroundings[n.line.id].on_picture])
        return {n.line.id: number for number, pieces in enumerate(found) for n in pieces}

    @cached_property
    def _display_and_minor(self) -> tuple[tuple[PlacedLine, ...], frozenset[str]]:
        """Display type, and the ids of the lines that are little larger than the body's, but stand as parts of it."""
        large = [n for n in self.frame.lines if size_of(n) > P.display and len(n.text) > 1]
        found: set[str] = set()
        for _ in range(2):
            for n in self.frame.lines:
                if n.line.id not in found and self._is_minor(n, large):
                    found.add(n.line.id)
                    large.append(n)
        return tuple(large), frozenset(found)

    def _is_minor(self, n: PlacedLine, large: Sequence[PlacedLine]) -> bool:
        """Whether a line little larger than the body's stands as a part of display type."""
        if n.crosses or not TYPE[0] < size_of(n) <= P.display:
            return False
        if self._opens_with_sign(n):
            return True
        if not self._heads_rows(n) and (set(n.text) & MARKS or n.text[0] in OPENING):
            return False
        named = self.label(n) in (Label.HEAD, Label.SUBHEAD) and size_of(n) > 1.0
        beside = (named or size_of(n) >= P.minor) and _is_beside(n, large)
        if (beside and (named or not self._has_neighbour(n))) or self._heads_rows(n):
            return True
        return self._stands_apart(n) or self._is_bold_line(n)

    def _opens_with_sign(self, n: PlacedLine) -> bool:
        """Whether a few characters, larger and heavier than the text, stand behind an ornament: an item's title."""
        signed = n.text[0] in ORNAMENTS and not set(n.text[1:]) & (MARKS | OPENING)
        few = P.heading[0] <= sum(map(is_hanzi, n.text)) <= P.heading[1]
        return signed and few and size_of(n) >= P.minor and (self._heavier[n.line.id] >= P.heavy or not n.weight)

    @cached_property
    def _heavier(self) -> Mapping[str, float]:
        """For each line the weight of its strokes relative to the lines around it, by its id; 1 where none is known."""
        told = [n for n in self.frame.lines if n.weight and not n.crosses and len(n.text) >= P.word]
        places = np.array([n.rect for n in told], dtype=np.float64).reshape(-1, 4)
        weights = np.array([n.weight for n in told])
        out = {}
        for n in self.frame.lines:
            r = n.rect
            beside = np.minimum(places[:, 2], r.x1) > np.maximum(places[:, 0], r.x0)
            away = np.maximum(places[:, 1], r.y0) - np.minimum(places[:, 3], r.y1)
            near = weights[beside & (away < P.around) & (away > -P.lapped * (r.y1 - r.y0))]
            out[n.line.id] = n.weight / float(np.median(near)) if len(near) and n.weight else 1.0
        return out

    def _is_bold_line(self, n: PlacedLine) -> bool:
        """Whether a few characters, heavier than the lines around them and no smaller, stand behind a text's end."""
        few = P.heading[0] < sum(map(is_hanzi, n.text)) <= len(n.text) <= P.heading[1]
        return few and size_of(n) >= P.bold_size and self.begins_bold(n)

    @cached_property
    def _bold_beginnings(self) -> frozenset[str]:
        """The ids of the lines behind a text's end that are so heavy that their first words are in bold type."""
        found = []
        for n in self.frame.lines:
            if not n.crosses and len(n.text) > P.heading[0] and self._heavier[n.line.id] >= P.bold:
                before, gap = self._next(n, left=False)
                if before is not None and (gap >= PITCH or self._ends_text(before)):
                    found.append(n.line.id)
        return frozenset(found)

    def begins_bold(self, n: PlacedLine) -> bool:
        """Whether a line of text, behind a text's end, begins in bold type."""
        return n.line.id in self._bold_beginnings

    def _ends_text(self, n: PlacedLine) -> bool:
        """Whether a line is the last of a text: it ends with a stop or as reports do, or before the line before it."""
        before, gap = self._next(n, left=False)
        short = before is not None and gap < PITCH and before.rect.x1 - n.rect.x1 > FULL
        return short or ends_sentence(n.text) or ends_report(n.text)

    @cached_property
    def text(self) -> tuple[PlacedLine, ...]:
        """The lines that may be running text, from right to left on the page."""
        return tuple(sorted((n for n in self.frame.lines if self.is_text(n)), key=lambda n: n.rect.centre[1]))

    @cached_property
    def zones(self) -> tuple[Rect, ...]:
        """Frames around running text; a frame without it is the box of a headline, or an advert's."""
        return tuple(f for f in self.frame.frames if sum(f.holds(n.rect) for n in self.text) >= RUN)

    def zone(self, rect: Rect) -> int | None:
        """The number of the smallest zone that holds a place; None outside of all."""
        return smallest_around(rect, self.zones)

    @cached_property
    def others(self) -> tuple[PlacedLine, ...]:
        """The other lines."""
        held = {n.line.id for n in self.text}
        return tuple(n for n in self.frame.lines if n.line.id not in held)

    def is_text(self, n: PlacedLine) -> bool:
        """Whether a line may be running text by its size, its label and its neighbours."""
        label = self.label(n)
        if label is Label.BYLINE and (is_names(n.text) or is_byline(n.text)):
            return False
        if n.crosses or label is Label.FURNITURE or n.line.id in self.spread or not self._has_size_of_text(n):
            return False
        return not self.surroundings[n.line.id].on_picture and n.line.id not in self._display_and_minor[1]

    def _has_size_of_text(self, n: PlacedLine) -> bool:
        """Whether a line is of the body's size, or measured wrongly among such lines."""
        if len(n.text) <= 1 and not (is_hanzi(n.text) and abs(n.size - 1.0) < P.lone):
            return False
        if TYPE[0] <= size_of(n) <= TYPE[1] or (size_of(n) < WRONG and self._is_between_lines(n)):
            return True
        return P.smallest < size_of(n) < TYPE[0] and self.label(n) is Label.BODY and self._ends_paragraph(n)

    def is_display(self, n: PlacedLine) -> bool:
        """Whether a line may be of a headline: large or across, on no picture."""
        label, frame = self.label(n), self.frame
        long = max(n.rect.width / frame.width, n.rect.height / frame.height) > P.long
        if n.line.id in self.spread and label is not Label.FURNITURE:
            return True
        if not _may_be_words(n.text) or long:
            return False
        if self._heads_picture(n) or self._is_banner(n):
            return True
        if label in PLAIN or label is Label.BYLINE or self.surroundings[n.line.id].on_picture:
            return False
        if label is Label.HEAD or label is Label.SUBHEAD or n.line.id in self._display_and_minor[1]:
            return True
        return (size_of(n) > P.display or n.crosses) and len(n.text) <= P.longest

    def is_running(self, lines: Sequence[PlacedLine]) -> bool:
        """Whether lines that follow each other are running text: many, or labelled so, or beside display type."""
        labels = [self.label(n) for n in lines]
        if len(lines) >= RUN:
            others = sum(k in PLAIN or k is Label.ADVERT for k in labels)
            return 2 * others <= len(lines) or (2 * labels.count(Label.CAPTION) > len(lines) and _tells(lines))
        large = self._display_and_minor[0]
        held = all(k is Label.BODY for k in labels) or any(_is_beside(n, large) for n in lines)
        return held and sum(is_hanzi(c) for n in lines for c in n.text) > P.fewest

    def ruled(self, last: Rect, new: Rect) -> bool:
        """Whether a rule, or what a long one points to, lies between two lines or headlines that follow each other."""
        if self.rule_between(last, new):
            return True
        x0, x1 = max(last.x0, new.x0), min(last.x1, new.x1)
        for r in self.level_rules:
            goes_on = r.width > P.long_rule and any(
                P.goes_on[0] < away < P.goes_on[1] for away in (x0 - r.x1, r.x0 - x1)
            )
            if goes_on and last.y1 - P.on_rule < r.centre[1] < new.y0 + P.on_rule and new.y0 - last.y1 > P.rule_room:
                return True
        return False

    def rule_between(self, last: Rect, new: Rect) -> bool:
        """Whether a rule as it was found lies between two lines, over most of what they share."""
        x0, x1 = max(last.x0, new.x0), min(last.x1, new.x1)
        low, high = last.centre[1], new.centre[1]
        return any(
            low < r.centre[1] < high and min(r.x1, x1) - max(r.x0, x0) > P.ruled * (x1 - x0) for r in self.level_rules
        )

    def _is_banner(self, n: PlacedLine) -> bool:
        """Whether a large level line, taken for the page's head, stands right between its rule and lines of text."""
        told = self.label(n) is Label.FURNITURE and n.crosses
        if not told or size_of(n) < P.banner or is_folio(n.text):
            return False
        under = [m.rect for m in self._of_body_size if 0 < m.rect.x0 - n.rect.x1 < UNDER]
        under = [t for t in under if t.overlap_y(n.rect) > 0]
        if len(under) < RUN or not any(r.x1 < n.rect.x0 + P.on_rule for r in self._rules_of_head):
            return False
        low = max(t.x0 for t in under) + P.on_rule
        return not any(n.rect.x1 < r.x0 < low for r in self._rules_of_head)

    @cached_property
    def _rules_of_head(self) -> tuple[Rect, ...]:
        """Rules across the lines of text over most of the sheet, as one stands under a page's head."""
        return tuple(r for r in self.upright_rules if r.height > P.long * self.frame.height)

    @cached_property
    def _of_body_size(self) -> tuple[PlacedLine, ...]:
        """The vertical lines of the body's size."""
        return tuple(n for n in self.frame.lines if not n.crosses and TYPE[0] <= size_of(n) <= TYPE[1])

    def _heads_picture(self, n: PlacedLine) -> bool:
        """Whether a level line stands right over a picture, no wider than it."""
        return n.crosses and any(stands_over(n.rect, p) for p in self.frame.pictures)

    def _next(self, n: PlacedLine, *, left: bool) -> tuple[PlacedLine | None, float]:
        """The nearest line left or right of a line on the page, beside most of it, and the ems of white between."""
        beside = [
            m
            for m in self.frame.lines
            if (m.rect.centre[1] > n.rect.centre[1] if left else m.rect.centre[1] < n.rect.centre[1])
            and m.rect.overlap_x(n.rect) > P.level * min(m.rect.width, n.rect.width)
        ]
        best = min(beside, key=lambda m: -m.rect.overlap_y(n.rect), default=None)
        return best, P.near if best is None else -best.rect.overlap_y(n.rect)

    def _stands_apart(self, n: PlacedLine) -> bool:
        """Whether a line without marks, no smaller than the text, has more white on both sides than the lines there."""
        if size_of(n) <= 1.0 or not P.heading[0] <= sum(map(is_hanzi, n.text)) <= len(n.text) <= P.heading[1]:
            return False
        before, white = self._next(n, left=False)
        after, gap = self._next(n, left=True)
        if after is None or gap >= P.near:
            return False
        around = [self._next(after, left=True)[1], self._next(before, left=False)[1] if before is not None else 0.0]
        leading = [g for g in around if g < PITCH]
        return bool(leading) and min(white, gap) > max(leading) + P.apart

    def _ends_paragraph(self, n: PlacedLine) -> bool:
        """Whether a few characters, whose size is measured badly, begin where the line of text before them begins."""
        before, gap = self._next(n, left=False)
        return (
            before is not None
            and len(n.text) <= P.last
            and gap < PITCH
            and abs(before.rect.x0 - n.rect.x0) < SAME
            and before.rect.x1 > n.rect.x1 + SAME
            and TYPE[0] <= size_of(before) <= TYPE[1]
        )

    def _is_between_lines(self, n: PlacedLine) -> bool:
        """Whether lines of text between the same edges stand right before and right after a line."""
        sides = {
            m.rect.y0 > n.rect.y0
            for m in self.frame.lines
            if m is not n
            and not m.crosses
            and size_of(m) <= TYPE[1]
            and abs(m.rect.x0 - n.rect.x0) < SAME
            and abs(m.rect.x1 - n.rect.x1) < SAME
            and -1.0 < -m.rect.overlap_y(n.rect) < PITCH
        }
        return len(sides) == P.both

    def _heads_rows(self, n: PlacedLine) -> bool:
        """Whether a few larger characters stand right over the beginning of a line of text, as a subhead does."""
        return (
            size_of(n) > P.subhead
            and len(n.text) <= P.few
            and any(
                m.rect.overlap_y(n.rect) > P.over * n.rect.height
                and P.right_over[0] < m.rect.x0 - n.rect.x1 < P.right_over[1]
                for m in self.frame.lines
                if size_of(m) < size_of(n) and not m.crosses and len(m.text) > P.long_text
            )
        )

    def _has_neighbour(self, n: PlacedLine) -> bool:
        """Whether a line of text between the same edges stands right beside a line."""
        return any(
            m is not n
            and size_of(m) <= TYPE[1]
            and (
                (abs(m.rect.x1 - n.rect.x1) < SAME and -CUT < m.rect.x0 - n.rect.x0 < SAME)
                or (abs(m.rect.x0 - n.rect.x0) < SAME and n.rect.x1 < m.rect.x1 + SAME)
            )
            and -1.0 < -m.rect.overlap_y(n.rect) < PITCH
            for m in self.frame.lines
            if not m.crosses
        )


def _may_be_words(text: str) -> bool:
    """Whether a text has hanzi for a headline: more than one of them over and over, as ornaments are read (十十4->)."""
    hanzi = [c for c in text if is_hanzi(c)]
    return len(hanzi) >= P.word and (len(set(hanzi)) > 1 or len(text) == P.word)


def _tells(lines: Sequence[PlacedLine]) -> bool:
    """Whether lines hold more sentences than a caption does: text beside a picture looks like one by its place."""
    text = "".join(n.text for n in lines)
    return len(text) > P.caption and sum(c in MARKS for c in text) * P.sentence > len(text)


def _is_beside(n: PlacedLine, large: Sequence[PlacedLine]) -> bool:
    """Whether a line stands right beside display type, as the minor lines of a headline do."""
    return any(
        m is not n
        and m.rect.overlap_x(n.rect) > P.along * min(n.rect.width, m.rect.width)
        and -m.rect.overlap_y(n.rect) < PART
        for m in large
    )


def stands_over(level: Rect, picture: Rect) -> bool:
    """Whether a level line stands right over a picture, no wider than it and no mere label."""
    near = P.over_from < picture.x0 - level.x1 < P.over_picture
    return (
        near and picture.overlap_y(level) > P.on_picture * level.height and level.height > P.no_label * picture.height
    )
