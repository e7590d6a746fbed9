"""Numbers read again: views in which figures stand apart, and the reading that most of them give."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from layout.page import Glyph
from ocr.line.collate import collated
from ocr.line.seen import Seen
from ocr.line.transcript import printable
from ocr.numbers.runs import Span, counterpart, runs, same_number
from ocr.pictures.views import Views
from ocr.setup.settings import AT_FIRST, TO_DECIDE

Reads = Callable[[Views, float, int, int], list[Seen]]
"""A function that reads the columns from left to right (pixels of the usual view) at a stretch; places in pixels of the
usual view."""

AROUND: Final = 2
"""Characters on either side of a run that are shown with it: alone a run is read worse."""

MOST_FIGURES: Final = 60
"""Characters of a run that is read again, at most: beyond it is a table's row or a row of dots."""

SPLIT: Final = 0.2
"""Confidence of a number where all three views differ: of 20 such runs of drawn 9 to 12 px type 5 were right."""

MAJORITY: Final = 0.5
"""Confidence of a number that one of three views contradicts: of 50 such runs 34 were right."""

THOUSANDS: Final = re.compile(r"(\d{1,3}(?:\.\d{3})+)\.\d{1,2}")
"""A number that has its commas read as points, as small type shows them."""

ROOM: Final = 0.72
"""Width in ems of a figure's ink, or of the white beside it, from which another figure may be in it: a figure is 0.35
to 0.55 ems wide."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which runs of a line are read again, and what the other reader saw of the line (empty where there is none).

    The `witness` is another network, asked about numbers that only the other reader sees otherwise."""

    wanted: Callable[[Span], bool]
    beside: str = ""
    witness: Reads | None = None


@dataclass(frozen=True, slots=True)
class Vote:
    """The reading of a run that is kept, how sure it is, and the strongest reading against it.

    `left` are the readings of the views that were not kept, where all differ.
    """

    kept: Sequence[Seen]
    confidence: float
    against: str
    left: tuple[Sequence[Seen], ...] = ()

    def heard(self, theirs: str) -> Vote:
        """The vote after the other reader is heard, who decides where all views differ."""
        if self.left and theirs:
            if same_number(_text(self.kept), theirs):
                return replace(self, confidence=MAJORITY, left=())
            for reading in self.left:
                if same_number(_text(reading), theirs):
                    return Vote(reading, MAJORITY, _text(self.kept))
        return self


def confirmed(seen: Sequence[Seen], views: Views, reads: Reads, question: Question) -> list[Seen]:
    """The characters of a line with every wanted run of figures read again, and decided by the views' majority.

    A run that the other reader sees otherwise is read again too, and where all views differ that reader decides.
    """
    text = _text(seen)
    told = {run: _told(text, run, question.beside) for run in runs(text)}
    chosen = [
        run
        for run, theirs in told.items()
        if run[1] - run[0] <= MOST_FIGURES
        and (question.wanted(run) or (question.beside and not same_number(text[slice(*run)], theirs)))
    ]
    out: list[Seen] = []
    at = 0
    for group in _together(chosen):
        for (start, end), vote in _votes(seen, group, views, reads):
            out += seen[at:start]
            out += _recorded(vote.heard(told.get((start, end), "")))
            at = end
    out += seen[at:]
    return _vouched(_with_thousands(out), views, question)


def _with_thousands(seen: Sequence[Seen]) -> list[Seen]:
    """The characters; of a number with several points in front of three figures each, all but the last are commas."""
    out = list(seen)
    for start, end in runs(_text(seen)):
        found = THOUSANDS.fullmatch(_text(seen[start:end]))
        for n in range(start, start + found.end(1)) if found else ():
            if not seen[n].char.isdigit():
                out[n] = replace(seen[n], char=",", confidence=min(seen[n].confidence, MAJORITY), other=seen[n].char)
    return out


def _vouched(seen: Sequence[Seen], views: Views, question: Question) -> list[Seen]:
    """The characters; those of a number that the witness sees too have themselves for their other reading."""
    out, text = list(seen), _text(seen)
    if question.witness is None or not question.beside:
        return out
    for start, end in runs(text):
        run = (start, end)
        doubted = any(s.other is not None for s in seen[start:end])
        if doubted or end - start > MOST_FIGURES or same_number(text[start:end], _told(text, run, question.beside)):
            continue
        if _stay([run], seen, views, question.witness):
            out[start:end] = [replace(s, other=s.char) for s in seen[start:end]]
    return out


def stay_the_same(seen: Sequence[Seen], views: Views, reads: Reads) -> bool:
    """Whether every run of figures of a line comes out the same when it is read again in a wider view."""
    found = runs(_text(seen))
    longest = max((end - start for start, end in found), default=0)
    return longest <= MOST_FIGURES and all(_stay(group, seen, views, reads) for group in _together(found))


def _stay(group: Sequence[Span], seen: Sequence[Seen], views: Views, reads: Reads) -> bool:
    """Whether runs of figures that lie in each other's sight come out the same when they are read again."""
    first, last = max(0, group[0][0] - AROUND), min(len(seen), group[-1][1] + AROUND)
    shown = _text(seen[first:last])
    again = reads(views, AT_FIRST, *_edges(seen, first, last, views))
    own = [(start - first, end - first) for start, end in group]
    return all(same_number(shown[slice(*run)], _text(_part(shown, run, again))) for run in own)


def _edges(seen: Sequence[Seen], first: int, last: int, views: Views) -> tuple[int, int]:
    """The columns between which the characters from `first` to the one before `last` stand, in the usual view."""
    left = (seen[first - 1].x1 + seen[first].x0) // 2 if first else 0
    width = views.usual.pixels.shape[1]
    return left, (seen[last - 1].x1 + seen[last].x0 + 1) // 2 if last < len(seen) else width


def _told(text: str, run: Span, beside: str) -> str:
    """What the other reader saw of a run."""
    found = counterpart(text, run, beside) if beside else None
    return beside[slice(*found)] if found else ""


def leaves_room(seen: Sequence[Seen], span: Span, em: float) -> bool:
    """Whether the ink of a run has room for a figure that was not read; `em` in pixels of the places."""
    own = seen[span[0] : span[1]]
    wide = any(s.x1 - s.x0 > ROOM * em for s in own if s.char.isdigit())
    return wide or any(b.x0 - a.x1 > ROOM * em for a, b in pairwise(own))


def _together(chosen: Sequence[Span]) -> list[list[Span]]:
    """The runs in groups that are read in one piece: those that are in each other's sight."""
    groups: list[list[Span]] = []
    for run in chosen:
        if groups and run[0] - groups[-1][-1][1] <= AROUND:
            groups[-1].append(run)
        else:
            groups.append([run])
    return groups


def _votes(seen: Sequence[Seen], group: Sequence[Span], views: Views, reads: Reads) -> Iterator[tuple[Span, Vote]]:
    """The vote on each run of a group of which the second view shows another number."""
    first, last = max(0, group[0][0] - AROUND), min(len(seen), group[-1][1] + AROUND)
    left, right = _edges(seen, first, last, views)
    shown = _text(seen[first:last])
    again = reads(views, AT_FIRST, left, right)
    third: list[Seen] | None = None
    for start, end in _as_in(shown, [(a - first, b - first) for a, b in group], _text(again)):
        second = _part(shown, (start, end), again)
        if not same_number(shown[start:end], _text(second)):
            third = reads(views, TO_DECIDE, left, right) if third is None else third
            span = (first + start, first + end)
            yield span, _decided(seen[slice(*span)], second, _part(shown, (start, end), third))


def _as_in(shown: str, group: Sequence[Span], again: str) -> list[Span]:
    """The runs of a group; those that another reading shows as one number are one: 0 51 beside 0:51."""
    out: list[Span] = []
    before: Span | None = None
    for run in group:
        found = counterpart(shown, run, again)
        if out and found is not None and found == before:
            out[-1] = (out[-1][0], run[1])
        else:
            out.append(run)
        before = found
    return out


def _part(shown: str, span: Span, again: Sequence[Seen]) -> Sequence[Seen]:
    found = counterpart(shown, span, _text(again))
    return again[found[0] : found[1]] if found else ()


def _text(seen: Sequence[Seen]) -> str:
    return "".join(s.char for s in seen)


def _decided(base: Sequence[Seen], second: Sequence[Seen], third: Sequence[Seen]) -> Vote:
    """Two of three views; where all differ the widest, if it saw a number at all."""
    texts = [_text(r) for r in (base, second, third)]
    if texts[1] and same_number(texts[1], texts[2]):
        return Vote(third, MAJORITY, texts[0])
    if same_number(texts[0], texts[2]):
        return Vote(base, MAJORITY, texts[1])
    kept = third or second or base
    left = tuple(r for r in (base, second) if r and r is not kept)
    return Vote(kept, SPLIT, texts[0] if kept is not base else texts[1], left)


def _recorded(vote: Vote) -> list[Seen]:
    """The characters that are kept, none surer than the vote, each with its share of the reading against them."""
    kept, against = ([Glyph(c, None, 1.0) for c in text] for text in (_text(vote.kept), vote.against))
    places = collated(kept, against)
    return [
        replace(s, confidence=min(s.confidence, vote.confidence), other=None if p.agrees else p.text)
        for s, p in zip(vote.kept, places, strict=True)
    ]


def carried(found: Sequence[Seen], left: int, scale: float) -> list[Seen]:
    """What was seen on a strip, placed in the usual view: the strip begins at `left`, `scale` pixels for each there."""
    return [replace(s, x0=left + round(s.x0 / scale), x1=left + round(s.x1 / scale)) for s in printable(found)]
