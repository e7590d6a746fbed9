"""What belongs to the page and to no article: folio, date, masthead, section label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from layout.geometry import Box
from layout.lines.detected_line import DetectedLine
from layout.page import Direction


@dataclass(frozen=True, slots=True)
class HeadParams:
    """Bounds of the head of a page."""

    zone: float = 0.12
    """Share of the page's height, from the top of its type, in which the head rule is looked for."""
    covered: float = 0.6
    """Share of the width of all type that a head rule covers, at least."""
    spanned: float = 0.8
    """The same that it spans, at least: a logo may interrupt it."""
    over: float = 0.6
    """Height of a line, in its own, by which it may reach under the rule, at most."""
    tick: float = 2.0
    """Length in type sizes of what may stand on the rule itself, at most: feet of a logo, ticks."""
    band: float = 0.03
    """Share of the page's height in which the lines of a head without a rule lie."""
    white: float = 1.2
    """White under such a head, in sizes of its largest type, at least."""
    long: float = 0.3
    """Length of a long line, in widths of the page, at least."""
    most_words: int = 16
    """Words of a head, at most."""
    word: float = 0.5
    """Extent of a word both ways, in type sizes, at least; dots and ornaments are smaller."""
    rows: float = 0.08
    """Distance between the first and the last row of a head, in widths of the page, at most: a row or two."""
    tall: float = 0.06
    """Height of all its long lines, in widths of the page, at most: no block of text."""
    glyph: float = 1.3
    """Longer side of a single glyph in its shorter one, at most."""
    alike: tuple[float, float] = (0.8, 1.25)
    """Height of a glyph in that of the one before it in its row, least and most."""
    level: float = 0.8
    """Share of a glyph's height at which it stands in the row of the one before, at least."""
    gap: float = 0.6
    """Gap between two glyphs of a row, in their height, at most."""


P = HeadParams()


def running_head(
    lines: Sequence[DetectedLine], rules: Sequence[Box], shape: tuple[int, ...]
) -> tuple[list[DetectedLine], list[DetectedLine]]:
    """The lines above the page's head rule, and the others.

    The head rule is the lowest long one in the upper eighth of the page with few lines above it. Without such a rule,
    small lines at the very top that white parts from everything below are the head.
    """
    if not lines:
        return [], []
    head = _above_rule(lines, rules, shape) or _at_top(lines, shape)
    return head, [n for n in lines if n not in head]


def _above_rule(lines: Sequence[DetectedLine], rules: Sequence[Box], shape: tuple[int, ...]) -> list[DetectedLine]:
    """The few lines above the page's head rule; none where there is no such rule."""
    hull = Box.hull(n.box for n in lines)
    zone = hull.y0 + P.zone * shape[0]
    for rule in sorted(_long(rules, hull.width, zone), key=lambda r: -r.y0):
        above = [n for n in lines if _is_over(n.box, rule) or _is_cut_by(n, rule)]
        if above and _is_head(above, shape[1]):
            return above
    return []


def _at_top(lines: Sequence[DetectedLine], shape: tuple[int, ...]) -> list[DetectedLine]:
    """The small lines at the very top that white parts from everything below; none where there are none.

    A headline at the top is none of them: its centre lies deeper.
    """
    top = min(n.box.y0 for n in lines)
    band = [n for n in lines if n.box.centre[1] < top + P.band * shape[0]]
    below = min((n.box.y0 for n in lines if n not in band), default=shape[0])
    parted = bool(band) and below - max(n.box.y1 for n in band) > P.white * max(n.size for n in band)
    return band if parted and _is_head(band, shape[1]) else []


def _is_over(box: Box, rule: Box) -> bool:
    return box.centre[1] <= rule.y1 and box.y1 < rule.y1 + P.over * box.height


def _is_cut_by(line: DetectedLine, rule: Box) -> bool:
    """Whether a glyph or two stand on the rule itself: feet of a logo, ticks."""
    return line.box.overlap_y(rule) > 0 and line.length < P.tick * line.size


def levelled(head: Sequence[DetectedLine]) -> list[DetectedLine]:
    """The head of a vertical page, whose words run level: files of one glyph side by side are such a word.

    Boxes are the upright page's, directions those of the page that lies down, where such a word is a file.
    """
    out: list[DetectedLine] = []
    for n in sorted(head, key=lambda n: n.box.x0):
        before = next((o for o in out if _is_glyph(n) and _follows(n, o)), None)
        if before is None:
            out.append(n)
        else:
            out[out.index(before)] = replace(before, box=before.box | n.box, direction=Direction.VERTICAL_RL)
    return out


def _is_glyph(n: DetectedLine) -> bool:
    return max(n.box.width, n.box.height) < P.glyph * min(n.box.width, n.box.height)


def _follows(n: DetectedLine, o: DetectedLine) -> bool:
    """Whether the glyph stands right behind the line, in its row, and is as large."""
    high = n.box.height
    alike = P.alike[0] < high / o.box.height < P.alike[1]
    return alike and n.box.overlap_y(o.box) > P.level * high and -n.box.overlap_x(o.box) < P.gap * high


def _long(rules: Sequence[Box], width: float, zone: float) -> list[Box]:
    """Rules of the zone over the type's `width`, by themselves or with others in one line: a logo interrupts some.

    The upper edge of a picture or of an article's frame may be long too, but leaves a column or two beside it.
    """
    found: list[Box] = []
    for rule in (r for r in rules if r.y0 < zone and r.width > r.height):
        row = [r for r in rules if r.width > r.height and r.overlap_y(rule) > 0]
        if sum(r.width for r in row) > P.covered * width and Box.hull(row).width > P.spanned * width:
            found.append(Box.hull(row))
    return list(dict.fromkeys(found))


def _is_head(lines: Sequence[DetectedLine], width: int) -> bool:
    """A head is a row or two, not a block of text."""
    rows = sorted(n.box.centre[1] for n in lines)
    tall = sum(n.box.height for n in lines if n.box.width > P.long * width)
    words = [n for n in lines if min(n.box.width, n.box.height) > P.word * n.size]
    return len(words) <= P.most_words and rows[-1] - rows[0] < P.rows * width and tall < P.tall * width
