"""Printed pages in registers for the fit: pages as layout left them, and what the print says that each line is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Final

from cleanup.articles.frame import reading_frame
from samples.disturbed import disturbed
from samples.registers.fit import Told, told
from samples.registers.sheet import Truth, What
from samples.typeset.truth import Kind

if TYPE_CHECKING:
    from samples.articles import Sample

WHAT_OF: Final[Mapping[Kind, What]] = {
    Kind.KICKER: What.HEAD,
    Kind.TITLE: What.HEAD,
    Kind.SUBTITLE: What.HEAD,
    Kind.SUBHEAD: What.SUBHEAD,
    Kind.BODY: What.TEXT,
    Kind.LEAD: What.TEXT,
    Kind.MARKER: What.TEXT,
    Kind.BYLINE: What.BYLINE,
}
"""What a printed line is in its article, by its kind; what is not named is of no article's stream."""


def told_page(sample: Sample) -> Told:
    """A printed page's lines with what each is."""
    order = {id(line): n for n, line in enumerate(sample.truth.lines)}
    truth = []
    for n in sample.printed:
        what = What.OTHER if n is None or n.part is None else WHAT_OF.get(n.kind, What.OTHER)
        part = n.part if n is not None and what is not What.OTHER else None
        truth.append(Truth(what, part, order[id(n)] if n is not None else -1))
    return told(sample.frame, truth)


def told_pages(found: Iterable[Sample], seed: int = 7) -> Iterator[Told]:
    """Each page as it is, and with chance errors."""
    rng = Random(seed)
    for sample in found:
        yield told_page(sample)
        yield told_page(replace(sample, frame=reading_frame(disturbed(sample.frame.page, rng))))
