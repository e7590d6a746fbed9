"""Columns side by side, read one after the other: cut at their gutters, or followed down where that reads better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from cleanup.lines.plain_line import TextLine
from cleanup.plaintext.columns_apart import at_margin, columns_apart, numbered, over_all, under_headlines
from cleanup.plaintext.columns_in_blocks import columns_in_turn, may_be_out_of_turn
from cleanup.plaintext.columns_mixed import columns_unmixed
from cleanup.plaintext.columns_tracked import flow_cost, followed
from cleanup.plaintext.columns_woven import columns_unwoven, may_be_woven
from cleanup.plaintext.latin import is_latin_text
from cleanup.plaintext.stray_white import is_white_stray
from ocr.setup.language_model import language_model


@dataclass(frozen=True, slots=True)
class ColumnsParams:
    """Bounds of the choice between two ways to read columns."""

    better: float = 0.6
    """Ratio of what speaks against the columns followed down to what speaks against those cut at gutters, at most."""
    better_beside: float = 0.35
    """The same where a sidebar was cut off, whose lines are narrower than those that are followed."""
    most: float = 0.2
    """What may speak against the columns followed down, on average per line."""
    sure: float = 0.02
    """What may speak against columns cut at gutters, on average per line, without another way being looked for."""


P: Final = ColumnsParams()


def columns_read(lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
    """The lines of a page, columns side by side one after the other; a language model, where one is there, sees more.

    It is loaded only for a page on which columns may have been written in turn.
    """
    if is_white_stray(lines):
        return tuple(lines)
    read = _by_form(lines)
    woven = may_be_woven(lines)
    turned = len(read) == len(lines) and may_be_out_of_turn(read)
    if not (woven or turned) or is_latin_text(lines):
        return read
    model = language_model()
    if model is None:
        return read
    if woven and (unwoven := columns_unwoven(lines, read, model)):
        return unwoven
    return columns_in_turn(read, model) if turned else read


def _by_form(lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
    """The lines of a page column by column, as far as white, widths and marks tell."""
    unmixed = columns_unmixed(lines)
    cut = columns_apart(unmixed)
    if len(unmixed) != len(lines) or len(cut.lines) == len(lines) or is_latin_text(lines):
        return cut.lines
    ratio = P.better_beside if cut.sidebar else P.better
    runs = list(under_headlines(at_margin(lines)))
    found = [None if over else _followed(run, ratio) for over, run in runs]
    if not any(found):
        return cut.lines
    read: list[TextLine] = []
    for (over, run), followed_ in zip(runs, found, strict=True):
        if over:
            read += [part for line in run for part in over_all(line)]
        else:
            read += followed_ or columns_apart(columns_unmixed(run)).lines
    return tuple(numbered([replace(line, piece=0) for line in read]))


def _followed(run: Sequence[TextLine], ratio: float) -> tuple[TextLine, ...]:
    """The lines of a stretch followed down; empty where they make no better text than when they are cut at gutters."""
    tracked = followed(run)
    if tracked is None:
        return ()
    cost = flow_cost(columns_apart(columns_unmixed(run)).lines, tracked.width)
    most = min(ratio * cost, P.most)
    return tracked.lines if cost > P.sure and flow_cost(tracked.lines, tracked.width) <= most else ()
