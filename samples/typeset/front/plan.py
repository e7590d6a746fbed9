"""The plan of a page: its field cut into boxes, each with the kind of element that is to fill it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from samples.typeset.canvas import FrameRect
from samples.typeset.front.house import IssueDesk

KINDS: dict[str, float] = {
    "article": 10.0,
    "boxed": 2.0,
    "tinted": 1.5,
    "dark": 0.9,
    "photo_story": 1.6,
    "group": 1.6,
    "comment": 1.6,
    "briefs": 1.0,
    "teasers": 0.8,
    "figures": 0.7,
    "list": 0.5,
    "table": 0.5,
    "advert": 0.9,
    "small_adverts": 0.5,
}
"""How often each kind of element is chosen where it fits."""


@dataclass(frozen=True, slots=True)
class PlanBox:
    """A rectangle of the page and what fills it."""

    rect: FrameRect
    kind: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class PlanRule:
    """A rule between two boxes."""

    rect: FrameRect


def plan_page(desk: IssueDesk, field: FrameRect) -> tuple[list[PlanBox], list[PlanRule]]:
    """Boxes that fill the field, and the rules between them."""
    cuts: list[PlanRule] = []
    leaves = list(_split(desk, field, cuts, 0))
    largest = max(leaves, key=lambda r: r.width * r.height)
    boxes = []
    for r in leaves:
        main = r is largest
        kind = desk.rng.choice(("article", "article", "article", "dark", "boxed")) if main else _kind(desk, r)
        boxes.append(PlanBox(r, kind, desk.rng.uniform(1.5, 2.2) if main else desk.rng.uniform(0.85, 1.3)))
    return boxes, [c for c in cuts if desk.chance(desk.house.rules)]


def _column(desk: IssueDesk) -> float:
    """The width of a usual column with its gutter."""
    return 13 * desk.house.size + desk.house.gutter


def _split(desk: IssueDesk, r: FrameRect, cuts: list[PlanRule], depth: int) -> Iterator[FrameRect]:
    column, pitch = _column(desk), desk.house.pitch
    columns, rows = r.width / column, r.height / pitch
    across, down = columns >= 2.5, rows >= 30
    if not (across or down) or (depth > 1 and columns * rows < 90 and desk.chance(0.4)) or columns * rows < 50:
        yield r
        return
    by_width = across and (not down or desk.chance(0.5 * min(1.6, columns * 14 / rows)))
    gap = desk.house.gutter * desk.rng.choice((1.0, 1.3, 1.8)) if by_width else pitch * desk.rng.choice((1.2, 1.6, 2.2))
    share = desk.rng.uniform(0.3, 0.7)
    if by_width:
        least = (1.0 if columns > 3.4 and desk.chance(0.3) else 1.2) * column
        at = r.u0 + max(least, min(r.width - least, round(share * columns) * column))
        cuts.append(PlanRule(FrameRect(at - gap / 2 - 1, r.v0, at - gap / 2 + 1, r.v1)))
        parts = (replace(r, u1=at - gap), replace(r, u0=at))
    else:
        at = r.v0 + max(12 * pitch, min(r.height - 12 * pitch, share * r.height))
        cuts.append(PlanRule(FrameRect(r.u0, at - gap / 2 - 1, r.u1, at - gap / 2 + 1)))
        parts = (replace(r, v1=at - gap), replace(r, v0=at))
    for part in parts:
        yield from _split(desk, part, cuts, depth + 1)


def _fits(kind: str, columns: float, rows: float) -> bool:
    """Whether an element of that kind looks right at this size."""
    area = columns * rows
    rules = {
        "photo_story": columns >= 2 and 18 <= rows <= 48,
        "group": columns >= 1.7 and rows >= 36,
        "dark": columns >= 2.5 and rows >= 26,
        "boxed": columns >= 1.4 and rows >= 15,
        "tinted": columns >= 1.4 and rows >= 15,
        "comment": 1.2 <= columns <= 3.5 and rows >= 18,
        "briefs": columns <= 2.2 and rows >= 26,
        "teasers": area <= 48,
        "figures": area <= 70 and rows >= 12,
        "list": area <= 60,
        "table": columns >= 1.3 and area <= 70,
        "advert": area <= 80,
        "small_adverts": area <= 80 and rows >= 14,
    }
    return rules.get(kind, True)


def _kind(desk: IssueDesk, r: FrameRect) -> str:
    columns, rows = r.width / _column(desk), r.height / desk.house.pitch
    kinds = [k for k in KINDS if _fits(k, columns, rows)]
    weights = [KINDS[k] / (1 + 4 * desk.counts.get(k, 0) * (k != "article")) for k in kinds]
    kind = desk.rng.choices(kinds, weights)[0]
    desk.counts[kind] = desk.counts.get(kind, 0) + 1
    return kind
