"""Jumps by chance: an article of one page goes on in place of a piece of the next."""

from __future__ import annotations

from dataclasses import replace

from samples.typeset.flow import pour
from samples.typeset.piece import PlannedPiece, make_ready
from samples.typeset.press import PagePlan
from samples.typeset.story import Story
from samples.typeset.taste import Draw

NUMERALS = "零一二三四五六七八九"
FORMS = (("（", "）"), ("（", "）"), ("［", "］"), ("【", "】"))


def with_jumps(draw: Draw, plans: list[PagePlan]) -> list[PagePlan]:
    """One article of each page goes on to the next."""
    for n in range(len(plans) - 1):
        plans[n], plans[n + 1] = _jump(draw, plans[n], plans[n + 1])
    return plans


def _jump(draw: Draw, here: PagePlan, there: PagePlan) -> tuple[PagePlan, PagePlan]:
    sources = [p for p in here.pieces if _may_go_on(p)]
    targets = [p for p in there.pieces if _may_go_on(p)]
    if not sources or not targets:
        return here, there
    source, target = draw.rng.choice(sources), draw.rng.choice(targets)
    first, second = _jumped(draw, source, target, (here.number, there.number))
    if first is source:
        return here, there
    return _swapped(here, source, first), _swapped(there, target, second)


def _may_go_on(piece: PlannedPiece) -> bool:
    plain = piece.frame is None and piece.kind == "article" and piece.goes_to is None and piece.part_of is None
    return plain and piece.head is not None and len(piece.story.paras) > 2


def _swapped(plan: PagePlan, old: PlannedPiece, new: PlannedPiece) -> PagePlan:
    return replace(plan, pieces=tuple(new if p is old else p for p in plan.pieces))


def _jumped(
    draw: Draw, source: PlannedPiece, target: PlannedPiece, pages: tuple[int, int]
) -> tuple[PlannedPiece, PlannedPiece]:
    """The two parts; the source itself where no text would go on."""
    rng = draw.rng
    here, there = pages
    first = replace(source, goes_to=there, to_text=_marker(draw, "下轉" if draw.writer.hanzi else "下转", there))
    title = rng.choice(("", source.story.title, source.story.title[: max(4, len(source.story.title) // 2)]))
    second = replace(
        target,
        story=Story(title, ()),
        head=target.head if title else None,
        figures=target.figures if title else (),
        comes_from=here,
        from_text=_marker(draw, "上接", here),
        from_place=rng.choice(("run_in", "own_line")),
        part_of=source.id,
    )
    longer = _long_enough(draw, first, second)
    return (longer, second) if longer is not None else (source, target)


def _marker(draw: Draw, word: str, page: int) -> str:
    left, right = draw.rng.choice(FORMS)
    number = NUMERALS[page] if draw.writer.hanzi or draw.chance(0.5) else str(page)
    if draw.page_form.startswith("A") and not draw.writer.hanzi:
        number = draw.rng.choice((f"A{page}", f"A{page:02d}"))
    return f"{left}{word}{draw.rng.choice(('第', '第', ''))}{number}版{right}"


def _long_enough(draw: Draw, first: PlannedPiece, second: PlannedPiece) -> PlannedPiece | None:
    """The first part with so much text that the second is filled too; None where nothing would go on."""
    room = make_ready(second).room
    grown: PlannedPiece | None = None
    paras = list(first.story.paras)
    for para in draw.writer.body(int(sum(s.width for s in room) / second.body.square * 1.2), opening=False):
        paras.append(para)
        tried = replace(first, story=replace(first.story, paras=tuple(paras)).numbered())
        rest = pour(tried.story.paras, make_ready(tried).room[:-1], first.body, 2).rest
        if rest and pour(rest, room, second.body, 3).rest:
            break
        if rest and not rest[-1].subhead:
            grown = tried
    return grown
