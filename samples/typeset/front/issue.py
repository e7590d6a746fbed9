"""Issues of front pages drawn by chance, typeset and scanned."""

from __future__ import annotations

from samples.typeset.canvas import FrameRect
from samples.typeset.front import extras
from samples.typeset.front.house import IssueDesk, draw_desk
from samples.typeset.front.mast import first_page_head, imprint, inner_page_head
from samples.typeset.front.paper import ColouredSheet
from samples.typeset.front.plan import plan_page
from samples.typeset.front.scan import photographed
from samples.typeset.front.stories import EXTRAS, STORIES
from samples.typeset.press import PrintedIssue, Scanned
from samples.typeset.rules import STYLES
from samples.typeset.scanner import ScanDamage, carried
from samples.typeset.truth import PageTruth


def front_issue(seed: int, pages: int, damage: ScanDamage, *, small: bool, traditional: bool) -> PrintedIssue:
    """An issue of front pages; the same arguments give the same issue."""
    desk = draw_desk(seed, small=small, traditional=traditional)
    desk.pages = pages
    sheets = [print_sheet(desk, n + 1) for n in range(pages)]
    scans = []
    for n, (paper, truth) in enumerate(sheets):
        behind = sheets[(n + 1) % len(sheets)][0].pixels if len(sheets) > 1 else None
        image, warp, dpi = photographed(paper.pixels, behind, damage, (seed * 100 + n, truth.type_size))
        scans.append(Scanned(image, carried(truth, warp, image.size, dpi), damage))
    return PrintedIssue(desk.house.name, tuple(scans))


def print_sheet(desk: IssueDesk, number: int) -> tuple[ColouredSheet, PageTruth]:
    """One page before any scanner."""
    rng, house = desk.rng, desk.house
    ems = rng.uniform(58, 72) if desk.small else rng.uniform(80, 112)
    width = round(ems * house.size)
    height = round(width * rng.uniform(1.18, 1.46))
    paper = ColouredSheet(width, height, colour=house.colour)
    margin = rng.uniform(1.2, 2.6) * house.size
    field = FrameRect(margin, margin, width - margin, height - margin)
    field = first_page_head(paper, desk, field) if number == 1 else inner_page_head(paper, desk, field, number)
    if desk.chance(0.8):
        field = imprint(paper, desk, field)
    if desk.chance(0.3):
        banner = FrameRect(field.u0, field.v1 - house.size * rng.uniform(4, 7), field.u1, field.v1)
        extras.advert(paper, desk, banner)
        field = FrameRect(field.u0, field.v0, field.u1, banner.v0 - house.pitch)
    _fill(paper, desk, field, number)
    truth = PageTruth(
        number, width, height, 300, house.size, tuple(paper.lines), tuple(paper.marks), tuple(paper.parts),
        next((o.text for o in paper.others if o.kind in ("folio", "date")), ""), tuple(paper.others),
    )  # fmt: skip
    return paper, truth


def _fill(paper: ColouredSheet, desk: IssueDesk, field: FrameRect, number: int) -> None:
    desk.counts = {}
    boxes, cuts = plan_page(desk, field)
    for cut in cuts:
        thick = STYLES[desk.house.rule][1]
        r = cut.rect
        flat = r.width > r.height
        bar = FrameRect(r.u0, r.v0, r.u1, r.v0 + thick) if flat else FrameRect(r.u0, r.v0, r.u0 + thick, r.v1)
        paper.stroke(bar, desk.house.rule)
    for box in boxes:
        if box.kind in STORIES:
            STORIES[box.kind](paper, desk, (box.rect, box.weight, number))
        else:
            EXTRAS[box.kind](paper, desk, box.rect)
