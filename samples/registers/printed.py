"""Printed pages in registers for the fit: pages as layout left them, and what the print says that each line is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Final

from cleanup.articles.frame import reading_frame
from samples.disturbed import disturbed
from samples.registers.fit import LabelledLines, told
from samples.registers.sheet import Truth, What
from samples.typeset.truth import PieceKind

if TYPE_CHECKING:
    from samples.articles import Sample

WHAT_OF: Final[Mapping[PieceKind, What]] = {
    PieceKind.KICKER: What.HEAD,
    PieceKind.TITLE: What.HEAD,
    PieceKind.SUBTITLE: What.HEAD,
    PieceKind.SUBHEAD: What.SUBHEAD,
    PieceKind.BODY: What.TEXT,
    PieceKind.LEAD: What.TEXT,
    PieceKind.MARKER: What.TEXT,
    PieceKind.BYLINE: What.BYLINE,
}
"""What a printed line is in its article, by its kind; what is not named is of no article's stream."""


def told_page(sample: Sample) -> LabelledLines:
    """A printed page's lines with what each is."""
    order = {id(line): n for n, line in enumerate(sample.truth.lines)}
    truth = []
    for n in sample.printed:
        what = What.OTHER if n is None or n.part is None else WHAT_OF.get(n.kind, What.OTHER)
        part = n.part if n is not None and what is not What.OTHER else None
        truth.append(Truth(what, part, order[id(n)] if n is not None else -1))
    return told(sample.frame, truth)


def told_pages(found: Iterable[Sample], seed: int = 7) -> Iterator[LabelledLines]:
    """Each page as it is, and with chance errors."""
    rng = Random(seed)
    for sample in found:
        yield told_page(sample)
        yield told_page(replace(sample, frame=reading_frame(disturbed(sample.frame.page, rng))))
