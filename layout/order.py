"""Reading order within one piece."""

from __future__ import annotations

from collections.abc import Sequence

from layout.geometry import Box


def reading_order(boxes: Sequence[Box], em: float, *, right_to_left: bool = False) -> list[int]:
    """The places of the boxes in the order in which they are read: down each column, then the next.

    Two rules and a topological sort (Breuel, 2003): of two boxes that share columns, the upper comes first; of two that
    do not, the one on the reading side comes first, unless a third between them spans both, as a lead does.
    """
    flipped = [Box(-b.x1, b.y0, -b.x0, b.y1) for b in boxes] if right_to_left else list(boxes)
    n = len(flipped)
    before = [[_before(flipped, i, j, em) for j in range(n)] for i in range(n)]
    out: list[int] = []
    left = set(range(n))
    while left:
        free = [i for i in left if not any(before[j][i] for j in left if j != i)]
        # Boxes that claim to precede each other in a ring (they overlap both ways) are taken from the top left.
        nearest = min(free or left, key=lambda i: (flipped[i].x0, flipped[i].y0, i))
        out.append(nearest)
        left.remove(nearest)
    return out


def _shares_columns(a: Box, b: Box, em: float) -> bool:
    return a.overlap_x(b) > min(0.8 * em, 0.5 * min(a.width, b.width))


def _before(boxes: Sequence[Box], i: int, j: int, em: float) -> bool:
    a, b = boxes[i], boxes[j]
    if i == j:
        return False
    if _shares_columns(a, b, em):
        return a.centre[1] < b.centre[1]
    if a.centre[0] >= b.centre[0]:
        return False
    for c in boxes:
        if c is a or c is b or not (_shares_columns(a, c, em) and _shares_columns(b, c, em)):
            continue
        if b.y1 <= c.y0 + em and a.y0 >= c.y1 - em:
            return False
    return True
