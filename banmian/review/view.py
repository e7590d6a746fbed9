"""What the browser gets to see of a page: regions, lines with their glyphs, and the articles as runs of text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from banmian.decisions.decided import ChangedGround
from banmian.decisions.decision import edges
from banmian.decisions.ground import Lines, carried_offset
from banmian.decisions.team import PageNote, PageReview
from banmian.diff.wording import name as name_of
from banmian.language import ZH, translated
from banmian.review.lost import LostPlace, lost_places
from banmian.review.reading import reading_from
from banmian.review.sampling import sampled_lines
from banmian.review.shelf import OpenIssue, lines_now
from banmian.review.suspects import THRESHOLD, Suspect, expected, usual_bar
from banmian.store.entries import PageEntry
from cleanup.article import Article
from cleanup.edits.clean_text import Segment
from cleanup.edits.edit import LINE_BREAK
from cleanup.edits.ledger import Entry
from cleanup.lines.glyph_places import glyphs_of
from layout.geometry import Polygon
from layout.page import WITHOUT_TEXT, Direction, Line, Page

Json = dict[str, Any]
"""An object that goes to the browser as it is."""

_PATH: Final = re.compile(r"(?:/[^\s/:'\"]+)+/[^\s:'\"]*")
_TAGS: Final = {"chi_sim": "zh-Hans", "chi_tra": "zh-Hant", "chi_tra_vert": "zh-Hant", "chi_sim_vert": "zh-Hans",
                "jpn": "ja", "eng": "en", "kor": "ko"}  # fmt: skip
_NOWHERE: Final = (0, 0, 0, 0)
"""Edges of the box of a character that has none, in pixels of the scan."""


class TextRun(NamedTuple):
    """A stretch of clean text of one origin, for the browser.

    `line` is the page and id of the raw line, and `start` its first character there. `edit` made it, or took `gone`
    away; `suspect` is the number of the suspect that it lies in, or -1. `at` is its clean offset.
    """

    text: str
    at: int
    page: int
    line: str
    start: int
    edit: str | None = None
    gone: str = ""
    suspect: int = -1


def page_view(held: OpenIssue | None, entry: PageEntry, page: Page | None) -> Json:
    """Everything that a page's view is drawn from."""
    facts = {"number": entry.number, "shown": entry.shown, "state": entry.state, "fault": fault_told(entry)}
    now = {line.id: line for line in lines_now(held, entry.number)}
    scan = _without_page(now) if page is None else _of_scan(held, page, now)
    return facts | scan | (_without_articles() if held is None else _of_articles(held, entry.number))


def _without_page(now: Mapping[str, Line]) -> Json:
    """What is told of a page that layout has not seen; `now` are its lines, by their ids."""
    lines = {name: _line(line) for name, line in now.items()}
    return {"width": 0, "height": 0, "regions": [], "lines": lines, "lost": []}


def _of_scan(held: OpenIssue | None, page: Page, now: Mapping[str, Line]) -> Json:
    """Where things are on the scan, in its pixels; `now` are the lines as people left them, by their ids."""
    decided = None if held is None else held.decided
    gone = frozenset() if decided is None else decided.dropped
    found = {line.id: line for line in page.lines if (page.number, line.id) not in gone}
    drawn = [line for name, line in now.items() if name not in found]
    return {
        "width": page.width,
        "height": page.height,
        "regions": list(_regions(held, page)),
        "lines": {name: _line(now.get(name, line)) for name, line in found.items()} | {n.id: _line(n) for n in drawn},
        "lost": [_lost(p) for p in lost_places(page, decided)],
    }


def _without_articles() -> Json:
    return {"read_as": "", "articles": [], "bar": round(100 * THRESHOLD), "changed": []}


def _of_articles(held: OpenIssue, number: int) -> Json:
    """What is told of the articles on a page, and of decisions whose ground has changed."""
    articles = [a for a in _articles(held) if number in a.pages]
    changed = () if held.decided is None else held.decided.changed
    return {
        "read_as": _read_as(held, number),
        "articles": [a.id for a in articles],
        "bar": round(100 * usual_bar(articles, held.doubts)),
        "changed": [_changed(c) for c in changed if c.ground.page == number],
    }


def fault_told(entry: PageEntry) -> Json | None:
    """What went wrong with a page, by its kind and in the run's own words; of a path on this machine the name alone."""
    if entry.fault is None:
        return None
    met = _PATH.sub(lambda m: m[0].rpartition("/")[2], entry.fault.met)
    return {"kind": entry.fault.kind, "met": met}


def lang_of(held: OpenIssue, article: Article) -> str:
    """The BCP 47 tag of what the article's page was read as; empty where it does not tell."""
    number = article.pages[0] if article.pages else 0
    return _TAGS.get(_read_as(held, number).split("+")[0], "")


def _read_as(held: OpenIssue, number: int) -> str:
    """The language that a page was read as, by the run or by people who had it read anew."""
    anew = None if held.decided is None else held.decided.pages.get(number)
    if anew is None:
        return held.languages.get(number, "")
    return reading_from(anew.reader or "", anew.language).language


def outline(held: OpenIssue, revisions: dict[str, int]) -> list[Json]:
    """Every article of the issue in a line: for lists, moves and jumps."""
    return [
        {
            "id": a.id,
            "title": name_of(a)[:40],
            "kind": a.kind,
            "pages": list(a.pages),
            "revision": revisions.get(a.id, 0),
        }
        for a in _articles(held)
    ]


def _articles(held: OpenIssue) -> tuple[Article, ...]:
    return () if held.decided is None else held.decided.issue.articles


def article_view(held: OpenIssue, article: Article, revision: int) -> Json:
    """An article as runs of text by paragraph, with its edits, its suspects and its sampled lines."""
    suspects = held.suspects_of(article)
    parts = reversed([*zip(article.clean.starts, article.clean.segments, strict=True)])
    standing = {part.edit.id: at for at, part in parts if part.edit is not None}
    counts = Counter(e.edit.by for e in article.ledger)
    waiting = [] if held.decided is None else [w for w in held.decided.issue.waiting if w.article == article.id]
    return {
        "id": article.id,
        "revision": revision,
        "mark": held.mark,
        "lang": lang_of(held, article),
        "upright": sum(s.line.direction is Direction.VERTICAL_RL for s in article.lines) * 2 > len(article.lines),
        "text": article.clean.text,
        "kind": article.kind,
        "title": name_of(article)[:60],
        "pages": list(article.pages),
        "from": article.continued_from,
        "to": article.continued_to,
        "waiting": [
            {"end": w.end, "page": w.page, "reason": w.reason, "reason_zh": _chinese(w.reason)} for w in waiting
        ],
        "rows": list(_rows(article, suspects)),
        "edits": {e.edit.id: _edit(article, e, standing) for e in article.ledger},
        "suspects": [_suspect(article, s) for s in suspects],
        "expected": [[percent, round(errors, 4)] for percent, errors in expected(article, held.doubts).items()],
        "passes": dict(sorted(counts.items())),
        "samples": [[p, n] for p, n in sampled_lines(article, suspects) if not _is_sampled(held, p, n)],
        "lines": [[s.page, s.line.id, s.role, s.region] for s in article.lines],
    }


def _is_sampled(held: OpenIssue, page: int, line: str) -> bool:
    return held.decided is not None and (page, line) in held.decided.sampled


def _rows(article: Article, suspects: list[Suspect]) -> Iterator[Json]:
    """Paragraphs and parts of headlines: the clean text cut at the line breaks that are left."""
    runs: list[TextRun] = []
    for run in _marked(_runs(article), suspects):
        pieces = run.text.split(LINE_BREAK)
        at = run.at
        for n, piece in enumerate(pieces):
            if n > 0:
                yield from _row(article, runs, at - 1)
                runs = []
            first = n == 0
            if piece or (first and run.gone):
                start = run.start + (at - run.at if run.edit is None else 0)
                gone = run.gone if first else ""
                runs.append(TextRun(piece, at, run.page, run.line, start, run.edit, gone, run.suspect))
            at += len(piece) + 1
    yield from _row(article, runs, len(article.clean.text))


def _row(article: Article, runs: list[TextRun], end: int) -> Iterator[Json]:
    if not runs:
        return
    role = article.lines[article.raw.line_at(article.clean.raw_offset(runs[0].at))].role
    yield {"role": role, "end": end, "runs": runs}


def _runs(article: Article) -> Iterator[TextRun]:
    """The clean text by segment, what was left cut at the raw lines."""
    for at, segment in zip(article.clean.starts, article.clean.segments, strict=True):
        if segment.edit is not None:
            yield _edited(article, segment, at)
            continue
        start = segment.start
        while start < segment.end:
            index = article.raw.line_at(start)
            end = min(segment.end, article.raw.line_end(index))
            page, line = article.raw.keys[index]
            text = article.raw.text[start:end]
            yield TextRun(text, at + start - segment.start, page, line, start - article.raw.starts[index])
            start = end


def _edited(article: Article, segment: Segment, at: int) -> TextRun:
    index = article.raw.line_at(min(segment.start, max(0, len(article.raw) - 1)))
    page, line = article.raw.keys[index]
    gone = article.raw.text[segment.start : segment.end]
    name = segment.edit.id if segment.edit is not None else None
    return TextRun(segment.text, at, page, line, segment.start - article.raw.starts[index], name, gone)


def _marked(runs: Iterator[TextRun], suspects: list[Suspect]) -> Iterator[TextRun]:
    """The runs cut where suspects begin and end."""
    number = 0
    edited = {name: n for n, s in reversed([*enumerate(suspects)]) for name in s.edits}
    for run in runs:
        end, at = run.at + len(run.text), run.at
        while number < len(suspects) and max(suspects[number].end, suspects[number].start + 1) <= at:
            number += 1
        if run.edit is not None:
            yield run._replace(suspect=edited.get(run.edit, -1))
            continue
        n = number
        while at < end:
            while n < len(suspects) and suspects[n].end <= at:
                n += 1
            suspect = suspects[n] if n < len(suspects) else None
            inside = suspect is not None and suspect.start <= at
            stop = end if suspect is None else min(end, suspect.end if inside else suspect.start)
            stop = max(stop, at + 1)
            text = run.text[at - run.at : stop - run.at]
            yield TextRun(text, at, run.page, run.line, run.start + at - run.at, suspect=n if inside else -1)
            at = stop


@lru_cache(maxsize=10_000)
def _chinese(reason: str) -> str:
    """A reason in Chinese; empty where it has none, as with decisions of an earlier version."""
    told = translated(reason, ZH)
    return "" if told == reason else told


def _edit(article: Article, entry: Entry, standing: Mapping[str, int]) -> Json:
    """An edit; `standing` has the clean offset of each that is applied: what was put in is before its raw offset."""
    edit, decision = entry.edit, entry.decision
    person = None if decision is None or decision.by is None else [decision.by.person, decision.by.time]
    return {
        "by": edit.by,
        "before": edit.before,
        "after": edit.after,
        "reason": edit.reason,
        "reason_zh": _chinese(edit.reason),
        "confidence": round(edit.confidence, 3),
        "standing": entry.standing,
        "applied": edit.id in standing,
        "person": person,
        "page": edit.places[0].page,
        "line": edit.places[0].line,
        "at": standing.get(edit.id, article.clean.clean_offset(article.raw.extent(edit)[0])),
        "routine": not edit.before.strip() and not edit.after.strip(),
    }


def _suspect(article: Article, suspect: Suspect) -> Json:
    return {
        "start": suspect.start,
        "end": suspect.end,
        "text": article.clean.text[suspect.start : suspect.end],
        "confidence": round(suspect.confidence, 3),
        "page": suspect.page,
        "line": suspect.line,
        "candidates": list(suspect.candidates),
        "edits": list(suspect.edits),
        "proposed": suspect.proposed,
        "late": suspect.late,
    }


def _regions(held: OpenIssue | None, page: Page) -> Iterator[Json]:
    """The page's regions as layout has them, then drawn ones; where people arranged them, those of the articles."""
    decided = None if held is None else held.decided
    articles = () if held is None else _articles(held)
    parts = [r for a in articles for r in a.regions if r.page == page.number]
    first = 1
    if decided is None or page.number not in decided.arranged:
        yield from _as_laid_out(page, frozenset() if decided is None else decided.dropped)
        known = {r.id for r in page.regions}
        parts, first = [r for r in parts if r.id not in known], len(page.regions) + 1
    for order, part in enumerate(parts, first):
        yield _region(part.id, part.kind, None if part.box is None else part.box.corners, order)


def _as_laid_out(page: Page, gone: frozenset[tuple[int, str]]) -> Iterator[Json]:
    """The regions of a page as layout has them, but for those whose lines are all gone."""
    for order, region in enumerate(page.regions, 1):
        if region.lines and gone.issuperset((page.number, n.id) for n in region.lines):
            continue
        yield _region(region.id, region.kind, region.polygon, 0 if region.kind in WITHOUT_TEXT else order)


def _region(name: str, kind: str, polygon: Polygon | None, order: int) -> Json:
    corners = [] if polygon is None else [[round(x), round(y)] for x, y in polygon]
    return {"id": name, "kind": kind, "order": order, "polygon": corners}


def line_told(line: Line) -> Json:
    """A line that was read again, as the browser sends it back where its person takes it."""
    corners = [] if line.polygon is None else [[max(0, round(x)), max(0, round(y))] for x, y in line.polygon]
    glyphs = [(g.char, edges(g.box), round(g.confidence, 4)) for g in line.glyphs if g.box is not None]
    return {"polygon": corners, "text": line.text, "direction": line.direction, "glyphs": glyphs}


def _line(line: Line) -> Json:
    """A line's corners and the box of each of its characters, four numbers each, all on the scan."""
    boxes = (_NOWHERE if g is None or g.box is None else edges(g.box) for g in glyphs_of(line))
    others = {n: g.other for n, g in enumerate(glyphs_of(line)) if g and g.other is not None and g.other != g.char}
    return {
        "text": line.text,
        "polygon": [] if line.polygon is None else [[round(x), round(y)] for x, y in line.polygon],
        "boxes": [n for box in boxes for n in box],
        "vertical": line.direction is Direction.VERTICAL_RL,
        "others": others,
    }


def team_view(held: OpenIssue, number: int, review: PageReview, people: Sequence[str]) -> Json:
    """What the team says of a page, each comment where its place is now; and the names that a page can be given to."""
    lines = Lines(_articles(held)) if any(n.ground for n in review.notes.values()) else None
    return {
        "state": review.state,
        "proofread_by": review.proofread_by,
        "validated_by": review.validated_by,
        "assigned": review.assigned,
        "people": list(people),
        "notes": [_note(n, lines) for n in review.notes.values()],
    }


def _note(note: PageNote, lines: Lines | None) -> Json:
    standing = None if lines is None or note.ground is None else lines.find(note.ground)
    told: Json = {"id": note.id, "person": note.person, "time": note.time, "text": note.text, "ask": note.ask}
    told |= {"settled": note.settled, "answers": [_note(a, None) for a in note.answers]}
    told["scope"] = "page" if note.ground is None else "place" if note.end > note.start else "article"
    told["was"] = "" if note.ground is None else note.ground.text[note.start : note.end] or note.ground.text[:20]
    if standing is not None and note.ground is not None:
        start, end = (carried_offset(note.ground.text, standing.source.line.text, n) for n in (note.start, note.end))
        told |= {"line": standing.source.line.id, "start": start, "end": end}
    return told


def _lost(place: LostPlace) -> Json:
    return {"box": edges(place.box), "characters": place.characters, "state": place.state, "person": place.person}


def _changed(changed: ChangedGround) -> Json:
    return {
        "decision": changed.decision,
        "person": changed.person,
        "time": changed.time,
        "line": changed.ground.line,
        "before": changed.before,
        "after": changed.after,
        "now": changed.now,
    }
