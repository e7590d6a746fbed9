"""Cues to how the text of a page in registers runs on: one run goes on another, ends an article or begins one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from cleanup.articles.cues import Cues, step
from cleanup.articles.placed import Rect
from cleanup.articles.registers.heads import Head
from cleanup.articles.registers.measures import AS_ALL, FULL, NEXT, ORNAMENTS, SET_IN, ends_report
from cleanup.articles.registers.runs import Run
from cleanup.articles.registers.stream import Stream
from cleanup.forms.byline import dateline_of
from cleanup.language.characters import PAUSES, ends_sentence, is_hanzi

_WIRE: Final = re.compile("[^、。，]{2,10}日[^、。，]{0,6}[電訊电讯]")
"""The beginning of a report by wire, its brackets lost or misread: a place, a day and the wire's name."""
_SIZES: Final = (1.2, 1.5, 2.0, 3.0)
"""Bounds of the classes of a headline's type size, relative to the body's."""
_GAPS: Final = (-0.3, 0.4, 0.8, 1.4, 2.5)
"""Bounds of the classes of white between two runs of one register, in ems."""
_FAR: Final = (-20.0, -6.0, -1.5, 1.5, 6.0, 20.0)
"""Bounds of the classes of how much further left a run stands, in ems."""
_COUNTS: Final = (1, 2, 4)
"""Bounds of the classes of a number of runs."""
_SHARES: Final = (0.3, 0.55, 0.8, 1.1)
"""Bounds of the classes of a headline's length, as a share of the register's height."""
_PLACES: Final = ("left, begins", "level, ", "upright, ", "over a picture, ")
"""How the cues begin that tell where a run stands under its headline."""


@dataclass(frozen=True, slots=True)
class RegisterCueParams:
    """Bounds of the cues in registers; lengths in ems, sizes relative to the body's."""

    opening: int = 60
    """Characters of a line that are looked at for a dateline."""
    small: float = 1.75
    """Size, relative to the body's, below which a line of display type is small."""
    heights: float = 1.5
    """Ems by which the heights of two runs of one register differ at most."""
    level: float = 1.5
    """Ems by which the beginnings of two runs that stand under each other differ at most."""
    as_wide: float = 2.5
    """The same for their ends."""
    slack: float = 0.8
    """Ems by which a headline inside a register may stand out of it."""
    alike: float = 0.12
    """Share by which the sizes of headlines of one kind differ at most."""
    sure: float = 3.0
    """Log-odds of a headline's being over a run that count, at most."""
    under_head: float = 0.3
    """Ems that a headline's lines and text under them share, at least."""
    rule_before: tuple[float, float] = (2.5, 1.5)
    """Ems before a headline's first line between which a rule is looked for."""
    frame_room: tuple[float, float] = (2.5, 3.0)
    """Ems by which a headline's own frame is wider, and taller, at most."""


P: Final = RegisterCueParams()


def pair_cues(stream: Stream, a: int, b: int, where: str) -> Cues:
    """The cues for the second run going on the first; `where` tells how it stands to it."""
    return dict.fromkeys(_pair(stream, a, b, where), 1.0)


def _pair(stream: Stream, a: int, b: int, where: str) -> Iterator[str]:
    one, two = stream.runs[a], stream.runs[b]
    headed = "headed" if b in stream.over else "plain"
    kind = where.split(",", maxsplit=1)[0]
    yield where
    yield f"{headed} {kind}"
    ending, opening = ending_of(one), opening_of(stream, two)
    yield f"{kind}: {ending}, then {opening}"
    yield f"{headed}: {ending}"
    yield f"{headed}: {ending}, then {opening}"
    seam = one.lines[-1].text[-1] + two.lines[0].text[0]
    if is_hanzi(seam[0]) and is_hanzi(seam[1]):
        again = "stand side by side elsewhere" if stream.words[seam] else "stand nowhere side by side"
        yield f"the hanzi at the seam {again}"
    head = stream.head(b)
    if head is not None:
        display = "lines" if len(head.lines) > 1 else "a small line" if head.size < P.small else "a large line"
        yield f"{kind}, under {display}"
        yield f"under {display}: {ending}, then {opening}"
    if stream.zones[a] != stream.zones[b]:
        yield "another frame"
    if stream.bordered[a, b]:
        yield f"{kind}: a border of zones between"
    if abs(one.height - two.height) > P.heights:
        yield f"{kind}: another height"
    if kind == "left":
        yield from _left(stream, a, b, headed)
        if where != "left" and stream.under_display(a, b):
            yield f"{where}: display type or a picture over the lower"
    elif kind in ("next", "later"):
        yield from _jump(stream, a, b, kind)


def _jump(stream: Stream, a: int, b: int, kind: str) -> Iterator[str]:
    """Cues for going on at the beginning of a later register."""
    one, two = stream.runs[a], stream.runs[b]
    headed = "headed" if b in stream.over else "plain"
    after, before = stream.after[a], stream.before[b]
    yield f"{kind}: {after} after the first"
    yield f"{kind}, {headed}: {before} before the second"
    yield f"{kind}: {after} after the first, {before} before the second"
    if kind == "next":
        order = ", ".join(name for name, run in stream.last_above[b] if run == a) or "none of the last"
        yield f"next: {order}"
        yield f"next, {headed}: {order}, {before} before the second"
    yield f"{kind}, {headed}: {opening_of(stream, two)}, {before} before the second"
    begin = stream.units[b].y0
    yield f"{kind}: begins {step(begin - one.rect.y0, _FAR)} left of the first's beginning"
    yield f"{kind}: begins {step(begin - one.rect.y1, _FAR)} left of the first's end"
    if abs(begin - stream.units[a].y0) < P.level and two.top - one.foot < NEXT:
        yield f"{kind}: right under the first{', as wide' if abs(two.rect.y1 - one.rect.y1) < P.as_wide else ''}"
    if stream.beside_one_head(a, b):
        yield f"{kind}: beside the same headline"
    yield f"{kind}: full runs nearer to the register's end {step(stream.ends_later(a, b), _COUNTS)}"
    yield f"{kind}: runs between {step(stream.between(a, b), _COUNTS)}"
    if stream.ruled_across(one, two):
        yield f"{kind}: a rule between the registers"


def ending_of(run: Run) -> str:
    """How a run ends: as reports do, or with a stop, a pause or neither in a line that is full or not."""
    text = run.lines[-1].text
    if ends_report(text) and run.room > SET_IN:
        return "ends as reports do"
    full = "full" if run.room < FULL else "short"
    if ends_sentence(text):
        return f"a stop in a {full} line"
    return f"a pause in a {full} line" if text[-1] in PAUSES else f"a {full} line"


def opening_of(stream: Stream, run: Run) -> str:
    """How a run begins: with an ornament, a dateline, bold type or a subhead, set in or flush."""
    text = run.lines[0].text
    if text[0] in ORNAMENTS or text[0] in "【〔":
        return "an ornament"
    if text[0] in "（(" or _WIRE.match(text) or dateline_of(text[: P.opening]) is not None:
        return "a dateline"
    if stream.page.begins_bold(run.lines[0]):
        return "bold"
    if run.opens_in_rows:
        return "a run-in subhead"
    if run.indent >= SET_IN:
        return "set in"
    return "flush" if stream.sets_in else AS_ALL


def end_cues(stream: Stream, a: int) -> Cues:
    """The cues for an article's ending with a run."""
    ending, after = ending_of(stream.runs[a]), stream.after[a]
    return dict.fromkeys(("end", f"end: {ending}", f"end: {after} after it", f"end: {ending}, {after} after it"), 1.0)


def begin_cues(stream: Stream, b: int) -> Cues:
    """The cues for an article's beginning with a run."""
    head, opening, before = stream.head(b), opening_of(stream, stream.runs[b]), stream.before[b]
    if head is None:
        names = ["begin: no headline", f"begin: no headline, {opening}", f"begin: no headline, {before} before it"]
        return dict.fromkeys((*names, f"begin: no headline, {opening}, {before} before it"), 1.0)
    out = dict.fromkeys(
        (
            "begin: a headline",
            f"begin: a headline, {opening}",
            f"begin: a headline, {before} before it",
            *_of_headline(stream, head, stream.runs[b]),
            *(f"begin: headline {name}" for name in stream.over[b].cues if name.startswith(_PLACES)),
        ),
        1.0,
    )
    out["begin: sure of the headline"] = max(-P.sure, min(P.sure, stream.over[b].score))
    return out


def _left(stream: Stream, a: int, b: int, headed: str) -> Iterator[str]:
    """What lies between two runs of one register of which the second is left of the first."""
    one, two = stream.runs[a], stream.runs[b]
    yield f"left by {step(stream.units[b].y0 - one.rect.y1, _GAPS)}"
    rects = one.lines[-1].rect, two.lines[0].rect
    if stream.page.rule_between(*rects):
        yield f"left: a rule between, {headed}"
    elif stream.page.ruled(*rects):
        yield f"left: a rule points between, {headed}"


def _of_headline(stream: Stream, head: Head, run: Run) -> Iterator[str]:
    """What tells a headline from a subhead."""
    size, lines = step(head.size, _SIZES), min(3, len(head.lines))
    yield f"begin: {'level' if head.is_level else 'upright'} headline"
    yield f"begin: headline of size {size}"
    yield f"begin: headline of {lines} lines"
    yield f"begin: headline of {lines} lines, size {size}"
    if head.lines[0].text[0] in ORNAMENTS:
        yield "begin: the headline begins with an ornament"
    label = stream.page.label(max(head.lines, key=lambda n: n.size * len(n.text)))
    yield f"begin: headline labelled {label.value}"
    if len(head.lines) == 1:
        yield f"begin: a single line labelled {label.value}"
    r = head.rect
    inside = r.x0 > run.top - P.slack and r.x1 < run.foot + P.slack
    yield f"begin: {'inside' if inside else 'past'} the register"
    if not head.is_level:
        yield f"begin: headline over {step(r.width / max(1.0, run.height), _SHARES)} of the register"
        if r.overlap_y(run.lines[0].rect) > P.under_head:
            yield "begin: text runs on under the headline's lines"
        if stream.page.ruled(Rect(r.x0, r.y0 - P.rule_before[0], r.x1, r.y0 - P.rule_before[1]), r):
            yield "begin: a rule before the headline"
    wide, tall = r.width + P.frame_room[0], r.height + P.frame_room[1]
    if any(f.holds(r) and f.width < wide and f.height < tall for f in stream.page.frame.frames):
        yield "begin: the headline in a frame of its own"
    yield f"begin: {step(number_like(stream.heads, head), _COUNTS)} headlines like it"


def number_like(heads: Sequence[Head], head: Head) -> int:
    """Number of other headlines with as many lines, of the same size."""
    others = (o for o in heads if o is not head and len(o.lines) == len(head.lines))
    return sum(abs(o.size - head.size) < P.alike * head.size for o in others)
