"""Lines that a person drew on the scan where layout had found none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Final

import msgspec
from msgspec import Meta

from banmian.decisions.action import DeskKey, ReviewAction, Subject, Wish
from banmian.decisions.asked import Corners, Key, Offset, Refused, printable
from banmian.decisions.decision import Ground, StructuralBody, edges
from banmian.decisions.ground import Gone
from banmian.decisions.regrouping import DraftArticle, around, key_of
from cleanup.article import Article, ArticleKind, Role, SourceLine
from cleanup.edits.edit import LINE_BREAK
from layout.declaration import Words
from layout.geometry import Box
from layout.page import Direction, Glyph, Line, RegionKind

if TYPE_CHECKING:
    from banmian.decisions.asked import Asked
    from banmian.decisions.decision import Wanted
    from banmian.decisions.regrouping import Regrouping


_KINDS: Final = {
    Role.KICKER: RegionKind.HEADLINE,
    Role.TITLE: RegionKind.HEADLINE,
    Role.SUBTITLE: RegionKind.HEADLINE,
    Role.SUBHEAD: RegionKind.SUBHEAD,
    Role.BYLINE: RegionKind.BYLINE,
    Role.CAPTION: RegionKind.CAPTION,
    Role.FURNITURE: RegionKind.FOLIO,
}
"""The kind of the region that drawn lines of a role make; of all others it is body."""


_PIECES: Final = {Role.FURNITURE: ArticleKind.FURNITURE, Role.CAPTION: ArticleKind.CAPTION}
"""The kind of the piece that drawn lines of a role make by themselves; of all others it is an article."""

_THIN: Final = 2
"""Minimum extent of a line across and along, in pixels of the scan: less is a click and no rectangle."""


def is_too_thin(box: Box) -> bool:
    """Whether a rectangle is none that a person drew on purpose."""
    return box.width < _THIN or box.height < _THIN


class Drawn(StructuralBody, frozen=True, tag="drawn"):
    """Lines that a person drew on the scan where layout had found none.

    `ground` is the whole place, `lines` what stands there, `at` the line that they stand before, or `behind`; None
    makes them an article of their own. `lost` is the place of lost text that they answer, in pixels of the scan.
    """

    ground: Ground
    lines: tuple[Line, ...]
    role: Role
    kind: RegionKind
    at: Ground | None = None
    behind: bool = True
    lost: tuple[int, int, int, int] | None = None

    def grounds(self) -> tuple[Ground, ...]:
        """The whole place."""
        return (self.ground,)

    def answered(self) -> tuple[int, tuple[int, int, int, int], bool] | None:
        """The place of lost text that the lines were drawn for."""
        return None if self.lost is None else (self.ground.page, self.lost, False)

    def replay(self, make_up: Regrouping, name: str) -> None:
        """Puts the lines in; where layout has found one of them by itself, that one stands, and this is told."""
        page = self.ground.page
        for line in self.lines:
            found = None if line.box is None else make_up.at(Ground(page, "", line.text, edges(line.box)))
            if found is not None:
                raise Gone(found.line.text)
        if self.at is None:
            target, place = _beside(make_up, page, name), 0
            target.kind = _PIECES.get(self.role, ArticleKind.ARTICLE)
        else:
            target = make_up.home(self.at)
            source = make_up.find([self.at])[0]
            place = [key_of(s) for s in target.lines].index(key_of(source)) + int(self.behind)
        lines = [replace(n, id=f"{name}.{at}") for at, n in enumerate(self.lines, 1)]
        make_up.new_region(page, name, self.kind.value, lines)
        target.lines[place:place] = [SourceLine(page, n, self.role, name) for n in lines]
        target.touched = True


def _beside(make_up: Regrouping, page: int, name: str) -> DraftArticle:
    """A new article behind the page's last one; the first of the issue where there is none at all."""
    here = [d for d in make_up.drafts.values() if any(s.page == page for s in d.lines)]
    if not here and not make_up.drafts:
        empty = Article(name, make_up.issue.name, make_up.issue.date)
        make_up.drafts[name] = DraftArticle(empty, [], ArticleKind.ARTICLE, None)
        return make_up.drafts[name]
    made = make_up.new_article((here or [*make_up.drafts.values()])[-1].article, name)
    made.article = replace(made.article, regions=(), continued_to=None)
    return made


class DrawnLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line with its four corners on the scan, as `layout.page.Line` has them, and its text."""

    polygon: Annotated[tuple[tuple[Offset, Offset], ...], Meta(min_length=4, max_length=4)]
    text: Annotated[str, Meta(min_length=1, max_length=2000)]
    direction: Direction = Direction.HORIZONTAL
    glyphs: tuple[tuple[str, tuple[int, int, int, int], float], ...] = ()
    """Each character as it was read, its box on the scan, how sure it is; none where a person typed the text."""

    @property
    def line(self) -> Line:
        """The line as layout would have it; its glyphs only where they are those of its text."""
        text = " ".join(printable(self.text).split(LINE_BREAK))
        glyphs = tuple(Glyph(c, Box(*box), max(0.0, min(1.0, sure))) for c, box, sure in self.glyphs)
        if [g.char for g in glyphs] != [c for c in text if not c.isspace()]:
            glyphs = ()
        polygon = tuple((float(x), float(y)) for x, y in self.polygon)
        size = float(min(Box.around(polygon).width, Box.around(polygon).height))
        return Line("", polygon, text, glyphs, self.direction, size)


class DrawLines(Wish, frozen=True, forbid_unknown_fields=True, tag="draw"):
    """Lines drawn on the scan, before or behind a line of the article; with none they are an article of their own."""

    page: int
    lines: Annotated[tuple[DrawnLine, ...], Meta(min_length=1, max_length=400)]
    role: Role
    at: Key | None = None
    behind: bool = True
    lost: Corners | None = None
    """The place of lost text that they answer: left, top, right, bottom on the scan."""

    def wanted(self, asked: Asked) -> list[Wanted]:
        """One decision about all lines."""
        lines = tuple(n.line for n in self.lines)
        boxes = [n.box for n in lines if n.box is not None]
        if any(is_too_thin(b) for b in boxes):
            raise Refused("no_change")
        ground = Ground(self.page, "", lines[0].text, edges(around(boxes)))
        at = None if self.at is None else Ground.of(asked.source(self.at))
        body = Drawn(ground, lines, self.role, _KINDS.get(self.role, RegionKind.BODY), at, self.behind, self.lost)
        return [asked.want_of_page(body) if at is None else asked.want(body)]


ACTION = ReviewAction(
    name="draw",
    wish=DrawLines,
    body=Drawn,
    did=Words("drew text", "画出文字"),
    keys=(
        DeskKey("draw", "n", Words("draw and read what was lost", "画出并识别漏掉的文字"), Subject.SCAN, 10),
        DeskKey("lost", "l", Words("next place of lost text", "下一处漏读的文字"), Subject.SCAN, 11),
    ),
)
