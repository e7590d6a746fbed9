"""What each line of a printed piece is: headline parts, byline, body, subhead, caption, credit."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import dropwhile, takewhile
from statistics import median
from typing import Final

from cleanup.article import Role, SourceLine
from cleanup.forms.byline import (
    are_several_names,
    is_byline,
    is_closing_credit,
    is_editors_line,
    is_email,
    is_label_long,
    is_names,
    is_spaced_name,
)
from cleanup.forms.headline import HeadLine, headline_roles, opens_with_dash
from cleanup.language.characters import ends_sentence, is_hanzi
from cleanup.lines.plain_line import reading, width_of
from layout.page import Direction, Line, Region, RegionKind

_PLAIN: Final = {
    RegionKind.SUBHEAD: Role.SUBHEAD,
    RegionKind.BYLINE: Role.BYLINE,
    RegionKind.CAPTION: Role.CAPTION,
    RegionKind.FOLIO: Role.FURNITURE,
    RegionKind.MASTHEAD: Role.FURNITURE,
}
_TEXT: Final = frozenset({RegionKind.BODY, RegionKind.SUBHEAD})
_LIKE_NAMES: Final = re.compile("[一-鿿]{2,4}(?:[ 　、]{1,2}[一-鿿]{2,4}){0,3}")
"""Two to four hanzi, or a few such groups: names, where they are set to the right behind the last sentence."""
_IN_BRACKETS: Final = re.compile("[（(]([^（()）]+)[）)]")
_ENDS: Final = re.compile(
    "[完续續终終止]|(?:节选|節選|选载|選載|摘译|摘譯|摘编|摘編|编译|編譯|译文|譯文|图文|圖文|文图|文圖|[上中下]篇|[上中下]集)$"
)
"""What a line says that has the form of names: where a text ends or breaks off, or what was made of it."""
_HEADINGS: Final = frozenset(
    [
        "前言",
        "序言",
        "引言",
        "导言",
        "導言",
        "小引",
        "引子",
        "题记",
        "題記",
        "按语",
        "按語",
        "编者",
        "編者",
        "编后",
        "編後",
        "附记",
        "附記",
        "后记",
        "後記",
        "尾声",
        "尾聲",
        "摘要",
        "提要",
        "正文",
        "附录",
        "附錄",
        "立春",
        "雨水",
        "惊蛰",
        "春分",
        "清明",
        "谷雨",
        "立夏",
        "小满",
        "芒种",
        "夏至",
        "小暑",
        "大暑",
        "立秋",
        "处暑",
        "白露",
        "秋分",
        "寒露",
        "霜降",
        "立冬",
        "小雪",
        "大雪",
        "冬至",
        "小寒",
        "大寒",
        "元旦",
        "除夕",
        "春节",
        "端午",
        "中秋",
        "重阳",
    ]
)
"""Two hanzi that head a text and may be set apart as a short name is."""


@dataclass(frozen=True, slots=True)
class RoleParams:
    """Bounds of the roles of lines on a scan; shares are 0 to 1."""

    narrow: float = 0.75
    """Width of bare names within the body, in measures, below."""
    right: float = 0.45
    """Distance in measures behind the column's edge from which a line is set to the right."""
    row: float = 0.6
    """Share of the lower of two lines that is level with the other, above which they are one row."""
    small: float = 0.7
    """Size of names in a headline in its largest type, below."""
    longest_scrap: int = 12
    """Number of characters of a scrap that was read where nothing is printed, at most."""
    longest_byline: int = 40
    """Number of characters of a byline without its spaces, at most."""
    longest_names: int = 12
    """Number of characters of bare names in a headline, at most."""


P: Final = RoleParams()


def roles_of(page: int, regions: Sequence[Region]) -> Iterator[SourceLine]:
    """The lines of one piece on one page, in the order of its regions, each with its role.

    Names in smaller type within a headline are a byline; a byline can also stand behind a lead or at the end.
    """
    heads = iter(_headline(regions))
    within, first = _within_body(regions), _names_over_text(regions)
    for region in regions:
        for line in region.lines:
            role = _PLAIN.get(region.kind, Role.BODY)
            if region.kind is RegionKind.HEADLINE:
                role = next(heads)
            elif region.kind in _TEXT:
                role = within.get(line.id) or (Role.BYLINE if line.id in first else role)
            elif role is Role.BYLINE and _is_heading(line.text):
                role = Role.SUBHEAD
            yield SourceLine(page, line, role, region.id)


def _names_over_text(regions: Sequence[Region]) -> set[str]:
    """The ids of the lines in bold type that name the writers before the text begins, as a subhead would not."""
    text = dropwhile(lambda r: r.kind not in _TEXT, regions)
    before = takewhile(lambda r: r.kind is RegionKind.SUBHEAD, text)
    return {n.id for r in before for n in r.lines if _is_names(n.text)}


def _within_body(regions: Sequence[Region]) -> dict[str, Role]:
    """The lines between and behind the body's paragraphs that are none of its text, by id."""
    body = [(r, n) for r in regions if r.kind is RegionKind.BODY for n in r.lines]
    measure, size = _measure(regions), _body_size(regions)
    found: dict[str, Role] = {}
    for at, (region, line) in enumerate(body):
        before = body[at - 1][1] if at else None
        if line.polygon is None:
            continue
        if _width(line) < P.narrow * measure and _signs_behind(before, line, found):
            found[line.id] = Role.BYLINE
        elif _is_stray(region, line, size):
            found[line.id] = Role.FURNITURE
    if body:
        found |= _closing([n for _, n in body], measure)
    return found


def _signs_behind(before: Line | None, line: Line, found: Container[str]) -> bool:
    """Whether a narrow line behind a finished paragraph, or behind a byline, names the writers or is their address.

    Over the text two hanzi set apart are a name as well, whatever the surname.
    """
    text = reading(line.text)
    finished = before is None or before.id in found or ends_sentence(before.text)
    signs = _is_byline(text) or is_email("".join(text.split())) or (before is None and _is_pen_name(line.text))
    return finished and signs


def _is_pen_name(text: str) -> bool:
    """Whether a line is two hanzi set apart, and no word that heads a text."""
    return is_spaced_name(text) and not _is_heading(text)


def _is_heading(text: str) -> bool:
    return "".join(text.split()) in _HEADINGS


def _is_stray(region: Region, line: Line, size: float) -> bool:
    """Whether a line alone is a scrap that was read where nothing is printed: small, and without a hanzi."""
    small = line.size < P.small * size and len(line.text) <= P.longest_scrap
    return small and len(region.lines) == 1 and not any(map(is_hanzi, line.text))


def _headline(regions: Sequence[Region]) -> list[Role]:
    """The roles of all headline lines of the piece in order; names in smaller type among them are a byline.

    Lines of which nothing was read are furniture: the largest of them would be the title. Where the writers stand
    elsewhere, what is as short as a name over the largest line is a column's label.
    """
    lines = [HeadLine(n, at) for at, r in enumerate(regions) for n in r.lines if r.kind is RegionKind.HEADLINE]
    told = [h for h in lines if h.line.text.strip()]
    largest = max((h.line.size for h in told), default=0.0)
    signed = {h.line.id for h in told if h.line.size < P.small * largest and _names_writers(h.line)}
    signed -= _labels_over(regions, told, largest)
    named = [h for h in told if h.line.id not in signed]
    parts = dict(zip([h.line.id for h in named], headline_roles(named), strict=True))
    return [Role.BYLINE if h.line.id in signed else parts.get(h.line.id, Role.FURNITURE) for h in lines]


def _labels_over(regions: Sequence[Region], told: Sequence[HeadLine], largest: float) -> set[str]:
    """The ids of short lines over the largest line of a headline, where a byline of its own names the writers."""
    if not any(r.kind is RegionKind.BYLINE for r in regions):
        return set()
    over = takewhile(lambda h: h.line.size < largest, told)
    return {h.line.id for h in over if is_label_long(h.line.text)}


def _names_writers(line: Line) -> bool:
    return _is_byline(reading(line.text)) or (len(line.text) <= P.longest_names and _is_names(line.text))


def _is_names(text: str) -> bool:
    """Whether the text is names, also where a reader put spaces between their characters."""
    return is_names(reading(text)) or is_names("".join(text.split()))


def _is_byline(text: str) -> bool:
    """Whether the line is a byline, also where a reader put spaces between its characters."""
    bare = "".join(text.split())
    return len(bare) <= P.longest_byline and not opens_with_dash(bare) and (is_byline(text) or is_byline(bare))


def _closing(body: Sequence[Line], measure: float) -> dict[str, Role]:
    """The body's last line, where it is a byline or a credit; of a last row in two pieces the one on the right."""
    body = _with_right_last(body)
    last, before = body[-1], body[-2] if len(body) > 1 else None
    text = reading(last.text)
    if is_editors_line(text) or is_email(text):
        return {last.id: Role.CREDIT}
    if is_closing_credit(text):
        return {last.id: Role.BYLINE}
    if before is None or not ends_sentence(before.text) or _width(last) >= P.narrow * measure:
        return {}
    return {last.id: Role.BYLINE} if _signs(last, body, measure) else {}


def _signs(last: Line, body: Sequence[Line], measure: float) -> bool:
    """Whether the short last line of a text names its writers: by its form, or by its place and the white in it."""
    text = reading(last.text)
    inner = _IN_BRACKETS.fullmatch(last.text.strip())
    named = (last.polygon is not None or are_several_names(text)) and _is_names(text) and text[:1] not in "（("
    if named or _is_byline(text) or (inner and _is_pen_name(inner[1]) and not _ENDS.search(inner[1])):
        return True
    like_names = _LIKE_NAMES.fullmatch(reading(inner[1]) if inner else text) and not _ENDS.search(
        inner[1] if inner else text
    )
    return bool(like_names) and _is_set_right(last, body, measure)


def _with_right_last(body: Sequence[Line]) -> Sequence[Line]:
    """The lines; two at the end that stand in one row come from left to right."""
    if len(body) <= 1 or any(n.box is None or n.direction is not Direction.HORIZONTAL for n in body[-2:]):
        return body
    a, b = body[-2].box, body[-1].box
    if a is None or b is None:
        return body
    in_row = a.overlap_y(b) > P.row * min(a.height, b.height) and b.x1 <= a.x0
    return [*body[:-2], body[-1], body[-2]] if in_row else body


def _is_set_right(last: Line, body: Sequence[Line], measure: float) -> bool:
    """Whether a line begins in the second half of its column (the lower half, where print is vertical)."""
    columns = [n.box for n in body if n.box is not None and n is not last and _width(n) > 0.8 * measure]
    if last.box is None:
        return False
    if last.direction is Direction.VERTICAL_RL:
        return any(last.box.y0 - c.y0 > P.right * measure and last.box.y1 < c.y1 + last.size for c in columns)
    return any(last.box.x0 - c.x0 > P.right * measure and last.box.x1 < c.x1 + last.size for c in columns)


def _measure(regions: Sequence[Region]) -> float:
    """The width of a line of the body: pixels along the line where there are boxes, half ems in plain text."""
    return median([_width(n) for r in regions if r.kind is RegionKind.BODY for n in r.lines] or [0.0])


def _body_size(regions: Sequence[Region]) -> float:
    return median([n.size for r in regions if r.kind is RegionKind.BODY for n in r.lines] or [0.0])


def _width(line: Line) -> float:
    if line.box is None:
        return width_of(line.text)
    return float(max(line.box.width, line.box.height))
