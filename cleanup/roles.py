"""What each line of a printed piece is: headline parts, byline, body, subhead, caption, credit."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from statistics import median
from typing import Final

from cleanup.article import Role, SourceLine
from cleanup.byline import (
    are_several_names,
    awaits_names,
    is_byline,
    is_closing_credit,
    is_editors_line,
    is_email,
    is_names,
)
from cleanup.characters import ends_sentence, is_hanzi
from cleanup.headline import HeadLine, headline_roles, opens_with_dash
from cleanup.textline import TextLine, reading
from layout.page import Direction, Line, Region, RegionKind

_PLAIN: Final = {
    RegionKind.SUBHEAD: Role.SUBHEAD,
    RegionKind.BYLINE: Role.BYLINE,
    RegionKind.CAPTION: Role.CAPTION,
    RegionKind.FOLIO: Role.FURNITURE,
    RegionKind.MASTHEAD: Role.FURNITURE,
}
_SENTENCE: Final = frozenset("，。；")
_TEXT: Final = frozenset({RegionKind.BODY, RegionKind.SUBHEAD})
_NARROW: Final = 0.75
"""Bare names within the body take less than this share of the measure."""
_LARGER: Final = 1.3
"""From this share of the body's size on, a line over the body is display type; a lead is smaller, or has marks."""
_SMALL: Final = 0.7
"""Names in a headline are below this share of its largest type."""
_MOST_OPENING: Final = 6
_LONGEST_SCRAP: Final = 12
_LONGEST_BYLINE: Final = 40


def roles_of(page: int, regions: Sequence[Region]) -> Iterator[SourceLine]:
    """The lines of one piece on one page, in the order of its regions, each with its role.

    A line over the first column that names the writers, opens with a dash, or is set larger than the body is a byline
    or of the headline, though layout left it in the body; a byline can also stand behind a lead or at the end.
    """
    over = lines_over_body(regions)
    heads = iter(_headline(regions, over))
    within = _within_body(regions)
    for region in regions:
        for line in region.lines:
            role = _PLAIN.get(region.kind, Role.BODY)
            if region.kind is RegionKind.HEADLINE or over.get(line.id) is Role.TITLE:
                role = next(heads)
            elif region.kind in _TEXT:
                role = over.get(line.id) or within.get(line.id) or role
            yield SourceLine(page, line, role, region.id)


def _within_body(regions: Sequence[Region]) -> dict[str, Role]:
    """The lines between and behind the body's paragraphs that are none of its text, by id."""
    body = [(r, n) for r in regions if r.kind is RegionKind.BODY for n in r.lines]
    measure, size = _measure(regions), _body_size(regions)
    found: dict[str, Role] = {}
    for at, (region, line) in enumerate(body):
        before = body[at - 1][1] if at else None
        if line.polygon is None:
            continue
        if _width(line) < _NARROW * measure and _signs_behind(before, line, found):
            found[line.id] = Role.BYLINE
        elif _is_stray(region, line, size):
            found[line.id] = Role.FURNITURE
    if body:
        found |= _closing(body[-1][0])
    return found


def _signs_behind(before: Line | None, line: Line, found: Container[str]) -> bool:
    """Whether a narrow line behind a finished paragraph, or behind a byline, names the writers or is their address."""
    text = reading(line.text)
    finished = before is None or before.id in found or ends_sentence(before.text)
    return finished and (_is_byline(text) or is_email("".join(text.split())))


def _is_stray(region: Region, line: Line, size: float) -> bool:
    """Whether a line alone is a scrap that was read where nothing is printed: small, and without a hanzi."""
    small = line.size < _SMALL * size and len(line.text) <= _LONGEST_SCRAP
    return small and len(region.lines) == 1 and not any(map(is_hanzi, line.text))


def _headline(regions: Sequence[Region], opening: dict[str, Role]) -> list[Role]:
    """The roles of all headline lines of the piece in order; names in smaller type among them are a byline."""
    lines = [
        HeadLine(n, at)
        for at, r in enumerate(regions)
        for n in r.lines
        if r.kind is RegionKind.HEADLINE or opening.get(n.id) is Role.TITLE
    ]
    largest = max((h.line.size for h in lines), default=0.0)
    signed = [h.line.size < _SMALL * largest and _names_writers(h.line) for h in lines]
    parts = iter(headline_roles([h for h, s in zip(lines, signed, strict=True) if not s]))
    return [Role.BYLINE if s else next(parts) for s in signed]


def _names_writers(line: Line) -> bool:
    return _is_byline(reading(line.text)) or (len(line.text) <= 12 and _is_names(line.text))


def _is_names(text: str) -> bool:
    """Whether the text is names, also where a reader put spaces between their characters."""
    return is_names(reading(text)) or is_names("".join(text.split()))


def lines_over_body(regions: Sequence[Region]) -> dict[str, Role]:
    """The lines over the body that are none of it, by id: BYLINE, or TITLE for any part of the headline.

    They are the first lines, also where layout took them for subheads, and the first lines of any column that no
    line of the body stands as high as. Plain text has been taken apart before; there is nothing to find in it.
    """
    measure, size = _measure(regions), _body_size(regions)
    placed = [r for r in regions if r.kind in _TEXT and r.polygon is not None]
    found: dict[str, Role] = {}
    first = True
    for region in placed:
        for at, line in enumerate(region.lines):
            role = _opening_role(region.lines[at - 1] if at else None, line, measure, size)
            if region.kind is RegionKind.SUBHEAD and role is not Role.BYLINE:
                role = None
            if role is None or len(found) == _MOST_OPENING or not (first or _stands_over(line, placed, found)):
                first = first and region.kind is RegionKind.SUBHEAD
                break
            found[line.id] = role
    return found


def _stands_over(line: Line, regions: Sequence[Region], found: Container[str]) -> bool:
    """Whether the whole body begins below the line (left of it, where it is vertical)."""
    body = [n for r in regions if r.kind is RegionKind.BODY for n in r.lines if n is not line and n.id not in found]
    if line.box is None:
        return False
    if line.direction is Direction.VERTICAL_RL:
        return all(n.box is None or n.box.x1 <= line.box.x0 + line.size / 2 for n in body)
    return all(n.box is None or n.box.y0 >= line.box.y1 - line.size / 2 for n in body)


def _opening_role(before: Line | None, line: Line, measure: float, size: float) -> Role | None:
    text = reading(line.text)
    if not text or ends_sentence(text):
        return None
    if _is_byline(text):
        return Role.BYLINE
    if _is_names(line.text) and (_width(line) < _NARROW * measure or (before and awaits_names(reading(before.text)))):
        return Role.BYLINE
    display = opens_with_dash(text) or line.size >= _LARGER * size > 0
    return Role.TITLE if display and sum(map(is_hanzi, text)) > 1 and not _SENTENCE & set(text) else None


def _is_byline(text: str) -> bool:
    """Whether the line is a byline, also where a reader put spaces between its characters."""
    bare = "".join(text.split())
    return len(bare) <= _LONGEST_BYLINE and not opens_with_dash(bare) and (is_byline(text) or is_byline(bare))


def _closing(region: Region) -> dict[str, Role]:
    """The body's last line, where it is a byline or a credit."""
    *before, last = region.lines or (Line(""),)
    text = reading(last.text)
    if is_closing_credit(text):
        return {last.id: Role.BYLINE}
    if is_editors_line(text) or is_email(text):
        return {last.id: Role.CREDIT}
    narrow = before and ends_sentence(before[-1].text) and _width(last) < _NARROW * _measure([region])
    named = (last.polygon is not None or are_several_names(text)) and _is_names(text)
    if narrow and (_is_byline(text) or (named and not text.startswith(("（", "(")))):
        return {last.id: Role.BYLINE}
    return {}


def _measure(regions: Sequence[Region]) -> float:
    """The width of a line of the body: pixels along the line where there are boxes, half ems in plain text."""
    return median([_width(n) for r in regions if r.kind is RegionKind.BODY for n in r.lines] or [0.0])


def _body_size(regions: Sequence[Region]) -> float:
    return median([n.size for r in regions if r.kind is RegionKind.BODY for n in r.lines] or [0.0])


def _width(line: Line) -> float:
    if line.box is None:
        return TextLine(0, line.text, 0).width if line.text.strip() else 0.0
    return float(max(line.box.width, line.box.height))
