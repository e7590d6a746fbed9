"""Text that runs around a cut-out: short lines at an edge of their column, which pass for captions or subheads.

A round picture, or a chart on a round ground, stands in a column or between two. Over it, beside it and under it the
lines are as long as it leaves room for; what stands at the column's foot is parted from the text over the cut-out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cleanup.articles.frame import RUNNING, ReadingFrame
from cleanup.articles.labels import Label
from cleanup.articles.placed import PlacedLine, Rect
from cleanup.articles.surroundings import Surroundings
from cleanup.forms.byline import is_names, may_be_byline
from cleanup.forms.caption import closes_caption, opens_caption
from cleanup.language.characters import CLOSING, ends_sentence

_MISTAKEN: Final = frozenset({Label.CAPTION, Label.SUBHEAD, Label.HEAD, Label.COLUMN, Label.ADVERT})
"""What such lines are taken for."""


@dataclass(frozen=True, slots=True)
class AroundCutoutParams:
    """Bounds of text around a cut-out; lengths in ems."""

    lines: int = 3
    """Lines of such a region, at most; more of them are told for text."""
    size: float = 0.15
    """Share by which its type size differs from that of the text above, at most: few characters are measured badly."""
    weight: float = 1.3
    """Ratio of its weight to that of the text above, up to which it is no bolder."""
    size_into_picture: float = 0.8
    """The share by which its type size differs where its box reaches into a picture, so that it is measured badly."""
    into_picture: float = 0.3
    """Share of a line's height that is level with the picture it reaches into, at least."""
    edge: float = 0.6
    """Distance from the edge of the column that it is flush with, at most."""
    narrow: float = 0.8
    """Width, as a share of the column's, at most: a cut-out takes the rest."""
    next: float = 0.9
    """White between two lines of one text, at most."""
    set_in: float = 1.0
    """Distance of the beginning of a paragraph from that of the line above, at least."""
    foot: float = 0.5
    """Distance of its foot from that of the text in another column, at most, where it is the column's last."""


P: Final = AroundCutoutParams()


def with_text_around_cutouts(
    frame: ReadingFrame, around: Sequence[Surroundings], labels: Sequence[Label]
) -> tuple[Label, ...]:
    """The labels; short lines in the type of the text above, flush with an edge of its column, go on with its sentence.

    They stand right under a short line of it, or are the last of the column, level with the last line of another.
    """
    out = list(labels)
    places = {n.line.id: i for i, n in enumerate(frame.lines)}
    short = [lines for lines in frame.by_region.values() if len(lines) <= P.lines and not _has_form(lines)]
    for lines in sorted(short, key=lambda lines: lines[0].rect.y0):
        own = [places[n.line.id] for n in lines]
        if _MISTAKEN.issuperset(out[i] for i in own) and _is_of_text(frame, around, out, own):
            for i in own:
                out[i] = Label.BODY
    return tuple(out)


def _is_of_text(
    frame: ReadingFrame, around: Sequence[Surroundings], labels: Sequence[Label], places: Sequence[int]
) -> bool:
    """Whether the lines at some places go on with the text above, beside a cut-out or under it."""
    over, lines = around[places[0]].above, [frame.lines[i] for i in places]
    if over is None or labels[over] is not Label.BODY or not _goes_on(frame, frame.lines[over], lines):
        return False
    rect = Rect.around([n.rect for n in lines])
    if not _is_flush(rect, around[over]):
        return False
    under_short = _is_flush(frame.lines[over].rect, around[over]) and _is_amid(frame, around, places)
    return under_short or (_ends_column(rect, frame) and _is_under_picture(frame, rect, frame.lines[over].rect))


def _goes_on(frame: ReadingFrame, above: PlacedLine, lines: Sequence[PlacedLine]) -> bool:
    """Whether lines are in the type of running text above them that breaks off within a sentence."""
    running = len(frame.by_region[above.region.id]) >= RUNNING
    ended = ends_sentence(above.text) or above.text[-1] in CLOSING
    return running and not ended and all(_is_in_type(n, above, frame.pictures) for n in lines)


def _is_amid(frame: ReadingFrame, around: Sequence[Surroundings], places: Sequence[int]) -> bool:
    """Whether the lines at some places follow close on what is above, and no paragraph begins right under them."""
    first, last = around[places[0]], around[places[-1]]
    if first.gap_above >= P.next:
        return False
    under = None if last.below is None or last.gap_below >= P.next else frame.lines[last.below]
    return under is None or under.rect.x0 - frame.lines[places[-1]].rect.x0 < P.set_in


def _has_form(lines: Sequence[PlacedLine]) -> bool:
    """Whether the words are those of a caption, or names."""
    first, last = lines[0].text, lines[-1].text
    return opens_caption(first) or closes_caption(last) or is_names(first) or may_be_byline(first)


def _is_in_type(line: PlacedLine, above: PlacedLine, pictures: Sequence[Rect]) -> bool:
    """Whether a line is set in the type of the text above it."""
    if line.crosses is not above.crosses:
        return False
    # The corner of a cut-out makes a line's box higher, not the distance of its characters.
    size = min(line.size, line.rect.width / len(line.text))
    apart = abs(size - above.size) / above.size
    if any(_reaches_into(line.rect, p) for p in pictures):
        return apart < P.size_into_picture
    return apart < P.size and line.weight <= P.weight * above.weight


def _reaches_into(rect: Rect, picture: Rect) -> bool:
    """Whether one end of a line, and not all of it, lies in a picture's box."""
    ends = picture.x0 < rect.x1 < picture.x1, picture.x0 < rect.x0 < picture.x1
    return ends[0] is not ends[1] and picture.overlap_y(rect) > P.into_picture * rect.height


def _is_flush(rect: Rect, column: Surroundings) -> bool:
    """Whether a rectangle is at one edge of a column and leaves room for a cut-out at the other."""
    inside = column.left - P.edge < rect.x0 and rect.x1 < column.right + P.edge
    at_edge = rect.x0 - column.left < P.edge or column.right - rect.x1 < P.edge
    return inside and at_edge and rect.width < P.narrow * (column.right - column.left)


def _is_under_picture(frame: ReadingFrame, rect: Rect, above: Rect) -> bool:
    """Whether a picture reaches between a rectangle and what is above it, or beside the rectangle."""
    room = Rect(min(rect.x0, above.x0), above.y1, max(rect.x1, above.x1), rect.y1)
    return any(p.overlap_x(room) > 0 and p.overlap_y(room) > 0 for p in frame.pictures)


def _ends_column(rect: Rect, frame: ReadingFrame) -> bool:
    """Whether a rectangle ends level with the text of another column."""
    columns = (Rect.around([n.rect for n in lines]) for lines in frame.by_region.values() if len(lines) >= RUNNING)
    return any(c.overlap_x(rect) < 0 and abs(c.y1 - rect.y1) < P.foot for c in columns)
