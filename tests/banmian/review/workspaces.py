"""Workspaces made without a reader: pages are told line by line, drawn, and taken through intake and assembly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from banmian.batch.intake import find
from banmian.batch.work import assemble_issue, digests, take_in
from banmian.decisions.decided import decided_issue
from banmian.store.entries import IssueEntry
from banmian.store.rerun import NOTHING, Rerun
from banmian.store.stage_keys import Recipe
from banmian.store.storage import write_whole
from banmian.store.tasks import Facts, IntakeTask, IssueTask, Outcome, PageFacts, PageTask, Task
from banmian.store.workspace import Workspace
from cleanup.article import Issue
from layout.geometry import Box
from layout.page import Glyph, Line, Page, Region, RegionKind, page_to_json

FONT = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
EM = 40
PITCH = 60
LEFT = 80


@dataclass(frozen=True)
class Told:
    """A line: its characters as printed, and where the reader saw another: offset → (character, confidence, other)."""

    printed: str
    misread: Mapping[int, tuple[str, float, str | None]] | None = None
    kind: RegionKind = RegionKind.BODY
    article: int = 1


def line(told: Told, number: int, top: int) -> Line:
    glyphs, text = [], ""
    for at, printed in enumerate(told.printed):
        char, confidence, other = (told.misread or {}).get(at, (printed, 0.99, None))
        box = Box(LEFT + EM * at, top, LEFT + EM * (at + 1), top + EM)
        text += char
        if not char.isspace():
            glyphs.append(Glyph(char, box, confidence, other, None if other is None else 0.1))
    right = LEFT + EM * len(told.printed)
    polygon = ((LEFT, top), (right, top), (right, top + EM), (LEFT, top + EM))
    return Line(f"l{number}", tuple((float(x), float(y)) for x, y in polygon), text, tuple(glyphs), size=float(EM))


def page(number: int, lines: Sequence[Told], *, size: tuple[int, int] | None = None) -> Page:
    """The page on which these lines stand one below the other; neighbours of one kind and article are a region."""
    regions: list[Region] = []
    for n, told in enumerate(lines):
        made = line(told, n + 1, 80 + PITCH * n)
        last = regions[-1] if regions else None
        if last is not None and (last.kind, last.article) == (told.kind, told.article):
            regions[-1] = _region(last.id, told, (*last.lines, made))
        else:
            regions.append(_region(f"r{len(regions) + 1}", told, (made,)))
    width, height = size or (LEFT * 2 + EM * max(len(t.printed) for t in lines), 160 + PITCH * len(lines))
    return Page(number, "told", 0, width, height, sheet_width=width, sheet_height=height, type_size=EM,
                regions=tuple(regions), reader="told")  # fmt: skip


def _region(name: str, told: Told, lines: tuple[Line, ...]) -> Region:
    boxes = [n.box for n in lines if n.box is not None]
    whole = boxes[0]
    for box in boxes[1:]:
        whole |= box
    corners = tuple((float(x), float(y)) for x, y in whole.corners)
    return Region(name, told.kind, corners, lines, article=told.article)


def draw(lines: Sequence[Told], page: Page, path: Path) -> None:
    """The scan of the page."""
    image = Image.new("L", (page.width, page.height), 250)
    pen, font = ImageDraw.Draw(image), ImageFont.truetype(FONT, EM - 2, index=2)
    for n, told in enumerate(lines):
        for at, char in enumerate(told.printed):
            pen.text((LEFT + EM * at + 1, 80 + PITCH * n - 10), char, font=font, fill=25)
    image.save(path, dpi=(300, 300))


def blank(path: Path, width: int = 40, height: int = 60) -> None:
    Image.fromarray(np.full((height, width), 250, np.uint8)).save(path)


@dataclass
class Trial:
    """A workspace and the folder of its scans; `read` says what the reader saw on each page of each issue."""

    root: Path

    @property
    def work(self) -> Path:
        return self.root / "work"

    def read(self, issues: Mapping[str, Sequence[Page]], *, again: Rerun = NOTHING, version: str = "1") -> Trial:
        recipe = Recipe("told", "none", f"told {version}")
        with Workspace.make(self.work) as workspace, workspace.held():
            workspace.begin(find([self.root / "scans"]).issues, recipe, again)
            while (task := workspace.next_task()) is not None:
                workspace.settle(task, _done(task, issues), recipe)
            workspace.end("done")
        return self

    def entry(self, name: str = "报") -> IssueEntry:
        with Workspace.open(self.work) as workspace:
            return next(e for e in workspace.issues() if e.name == name)

    def issue(self, name: str = "报") -> Issue:
        return decided_issue(self.entry(name))


def _done(task: Task, issues: Mapping[str, Sequence[Page]]) -> Outcome:
    if isinstance(task, IntakeTask):
        return take_in(task)
    if isinstance(task, IssueTask):
        return assemble_issue(task)
    return _page(task, issues[task.path.parent.name][task.id.number - 1])


def _page(task: PageTask, told: Page) -> Facts:
    write_whole(task.folder / "layout.json", page_to_json(told))
    write_whole(task.folder / "page.json", page_to_json(told))
    lines = list(told.lines)
    characters = sum(len(n.text) for n in lines)
    facts = PageFacts(len(told.regions), len(lines), characters, 0, 0.0, 0.01, (), 0.0, 0.0)
    lost = tuple((t.box.x0, t.box.y0, t.characters) for t in told.lost)
    return replace(facts, lost=lost, digests=digests(task.folder, ("page.json",)))


def made(root: Path, issues: Mapping[str, Sequence[Sequence[Told]]], size: tuple[int, int] | None = None) -> Trial:
    """A workspace in which these issues lie, their scans drawn."""
    pages: dict[str, list[Page]] = {}
    for name, told in issues.items():
        folder = root / "scans" / name
        folder.mkdir(parents=True, exist_ok=True)
        pages[name] = [page(n, lines, size=size) for n, lines in enumerate(told, 1)]
        for lines, laid in zip(told, pages[name], strict=True):
            draw(lines, laid, folder / f"p{laid.number}.png")
    return Trial(root).read(pages)
