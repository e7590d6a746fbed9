"""纵校: the glyphs that were read as one character, or the odd ones of all characters, side by side.

A wrong reading that makes sense in its line stands out among a hundred right ones of its own kind.
"""

from __future__ import annotations

import threading
import time
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec
import numpy as np

from banmian.decisions.actions.type_text import TypeText, Written
from banmian.decisions.asked import Asked, Name, Refused, Text
from banmian.decisions.decision import Step, Wanted
from banmian.decisions.difference import graphemes
from banmian.decisions.record import Request, Stale
from banmian.decisions.tables import CheckedGlyphs
from banmian.review.deciding import Answer, Deciding
from banmian.review.glyphcounts import GlyphCounts
from banmian.review.glyphshapes import CELL, COLUMNS, SIDE, around, cell_of, odd_above, shape_of, sheet_of, unlikeness
from banmian.review.oddglyphs import LEAST, GlyphPlace, OddGlyphs, places_of
from banmian.review.shelf import OpenIssue, Shelf
from banmian.review.tiles import Picture, Tiles, png
from banmian.store.stage_keys import key
from cleanup.article import Article
from layout.geometry import Box

MOST: Final = 1000
"""Glyphs on one sheet: beyond, browsers become slow, and eyes as well."""

MOST_CHARACTERS: Final = 2000
"""Characters in the list, the most frequent: ten thousand pages have some six thousand, most of them a few times."""

SECONDS: Final = 2.0
"""After these no further page is opened for a sheet: the rest comes with the next one."""

_SHEETS: Final = 16
"""Pictures of sheets that are kept until browsers have asked for them."""

_BESIDE: Final = 8
"""Characters shown on each side of a glyph."""

_LONGEST: Final = 8
"""Code points that one character as it is seen may have."""

GlyphName = tuple[int, int, Name, int, Name]
"""A glyph for the browser: issue, page, line, offset in the line, and the character that it was read as."""


class Marked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Glyphs of the grid that are to read otherwise."""

    text: Text
    ticket: Name
    places: tuple[GlyphName, ...]
    revisions: dict[str, int]
    """The revisions that were seen, by issue/article."""


class Taken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was mended under the ticket `of` in these issues is to be taken back."""

    of: Name
    ticket: Name
    issues: Annotated[tuple[int, ...], msgspec.Meta(max_length=MOST)]


class Checking(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A character that was looked through in an issue (0 is all pages), or single glyphs; or that it was not."""

    checked: bool
    issue: int = 0
    char: Name = ""
    glyphs: int = 0
    """How many there were of the character."""
    places: Annotated[tuple[GlyphName, ...], msgspec.Meta(max_length=MOST)] = ()


class Grid:
    """The glyphs of a workspace by character."""

    def __init__(self, root: Path, shelf: Shelf, tiles: Tiles) -> None:
        self._shelf = shelf
        self._tiles = tiles
        self._counts = GlyphCounts(root, shelf)
        self._odd = OddGlyphs(root, shelf, tiles)
        self._lock = threading.Lock()
        self._pictures: OrderedDict[str, bytes] = OrderedDict()

    def characters(self, issue: int | None = None) -> dict[str, Any]:
        """How often each character was read, the most frequent first, with who has checked it; and how far that is."""
        self._counts.begin()
        counted, pages = self._counts.progress()  # before the counts: what is counted since is among them
        counts = self._counts.batch() if issue is None else self._counts.issue(issue)
        checked = self._checked(issue)
        compared, of = self._odd.progress(issue)
        listed = [(c, n) for c, n in counts.most_common(MOST_CHARACTERS) if n > 1]
        told = [[c, n, *checked.get(c, {}).get(n, (False, ""))] for c, n in listed]
        return {"characters": told, "counted": counted, "pages": pages, "compared": compared, "issues": of}

    def sheet(self, char: str, issue: int | None = None, start: int = 0) -> dict[str, Any]:
        """The glyphs read as the character from the page at `start` on, ordered by how unlike the others they look.

        `next` is where the rest begins: a sheet ends where it is full, or where it has taken its time. While pages
        are being counted there may be more.
        """
        self._counts.begin()
        counted, of = self._counts.progress()  # before the pages: what is counted since is among them
        counting = issue is None and counted < of
        pages = self._counts.pages_with(char, issue)
        places: list[GlyphPlace] = []
        cells: list[Picture] = []
        shapes = []
        end, until = start, time.monotonic() + SECONDS
        while end < len(pages) and len(places) < MOST and (end == start or time.monotonic() < until):
            found = list(self._on_page(pages[end], char))
            for picture in self._cut_out(found):
                shapes.append(shape_of(picture))
                cells.append(cell_of(picture))
            places += found
            end += 1
        unlike = unlikeness(np.asarray(shapes, dtype=np.float32).reshape(-1, SIDE, SIDE))
        limit = odd_above(unlike) if len(places) >= LEAST else np.inf
        order = sorted(range(len(places)), key=lambda n: -unlike[n])
        told = self._told([msgspec.structs.replace(places[n], odd=round(float(unlike[n] / limit), 3)) for n in order])
        counts = self._counts.batch() if issue is None else self._counts.issue(issue)
        rest = end if end < len(pages) or counting else None
        whole = {"char": char, "pages": len(pages), "seen": end, "next": rest, "total": counts[char]}
        whole["counting"] = counting
        return whole | self._drawn([cells[n] for n in order], told)

    def odd(self, issue: int | None = None, start: int = 0) -> dict[str, Any]:
        """The odd glyphs of all characters from the issue at `start` on, the oddest first, without what was checked."""
        self._odd.begin(issue)
        issues = [*self._shelf.index.issues()] if issue is None else [issue]
        checked = self._record_of_checked()
        found: list[tuple[GlyphPlace, Picture]] = []
        end, until = start, time.monotonic() + SECONDS
        told: list[dict[str, Any]] = []
        while end < len(issues) and len(found) < MOST and (end == start or time.monotonic() < until):
            odd = self._odd.found(issues[end])
            if odd is None:
                break  # nobody has come to it yet
            fresh = [(p, c) for p, c in odd if not checked & set(_names_of(p))]
            told += self._told([p for p, _ in fresh])
            found += fresh
            end += 1
        order = sorted(range(len(found)), key=lambda n: -found[n][0].odd)
        whole = {"pages": len(issues), "seen": end, "next": end if end < len(issues) else None, "total": len(found)}
        return whole | self._drawn([found[n][1] for n in order], [told[n] for n in order])

    def check(self, deciding: Deciding, body: bytes) -> Answer:
        """Notes that glyphs were looked through, or takes that back."""
        wish = msgspec.json.decode(body, type=Checking)
        names = {0: ""} | {n: e.name for n, e in self._shelf.index.issues().items()}
        if {wish.issue, *(p[0] for p in wish.places)} - names.keys():
            return Answer({"why": "no_such_issue"}, 422)
        marks = [CheckedGlyphs(names[i], char, _address(page, line, at), 1) for i, page, line, at, char in wish.places]
        if wish.char:
            marks.append(CheckedGlyphs(names[wish.issue], wish.char, "", wish.glyphs))
        self._shelf.record.checked.mark(marks, deciding.person, checked=wish.checked)
        return Answer({"checked": len(marks)})

    def picture(self, name: str) -> bytes | None:
        """A sheet's picture as PNG, None where it was not asked for lately."""
        with self._lock:
            return self._pictures.get(name)

    def mend(self, deciding: Deciding, body: bytes) -> Answer:
        """Corrects the marked glyphs, each as an edit in its own article, all or none."""
        marked = msgspec.json.decode(body, type=Marked)
        with self._shelf.lock:
            try:
                wanted = list(self._wanted(marked))
            except Refused as e:
                return Answer({"why": str(e)}, 422)
            names = {(w.issue, w.article): f"{w.issue}/{w.article}" for w in wanted}
            seen = {key: marked.revisions[name] for key, name in names.items() if name in marked.revisions}
            request = Request(deciding.person, marked.ticket, seen)
            try:
                made = self._shelf.record.add(wanted, request)
            except Stale as e:
                return Answer({"why": "stale", "name": e.article, "revision": e.revision}, 409)
        return Answer({"decisions": [d.id for d in made]})

    def take_back(self, deciding: Deciding, body: bytes) -> Answer:
        """Undoes what was mended in one go, in every issue where nothing was decided since by the same person."""
        taken = msgspec.json.decode(body, type=Taken)
        told = [deciding.step(n, Step.UNDO, f"{taken.ticket}-{n}", taken.of) for n in taken.issues]
        done = sum(a.granted for a in told)
        return Answer({"issues": done}) if done else Answer({"why": "nothing_to_undo"}, 422)

    def _wanted(self, marked: Marked) -> Iterator[Wanted]:
        homes: defaultdict[tuple[int, str], list[GlyphName]] = defaultdict(list)
        for place in marked.places:
            found = self._home(*place[:3])
            if found is None:
                raise Refused("no_such_line")
            homes[place[0], found[1].id].append(place)
        for places in homes.values():
            held, article = self._home(*places[0][:3]) or (None, None)
            if held is None or article is None or held.decided is None:
                raise Refused("no_such_line")
            yield _mended(Asked(held.decided.issue, article), places, marked.text)

    def _home(self, issue: int, page: int, line: str) -> tuple[OpenIssue, Article] | None:
        held = self._shelf.issue(issue)
        if held is None or held.decided is None:
            return None
        articles = held.decided.issue.articles
        found = next((a for a in articles if (page, line) in a.raw.keys), None)
        return None if found is None else (held, found)

    # What is shown

    def _drawn(self, cells: Sequence[Picture], told: Sequence[dict[str, Any]]) -> dict[str, Any]:
        """The glyphs with the name of their picture, which is asked for next."""
        name = key([t["place"] for t in told])
        with self._lock:
            self._pictures[name] = png(sheet_of(cells))
            while len(self._pictures) > _SHEETS:
                self._pictures.popitem(last=False)
        return {"sheet": name, "cell": CELL, "columns": COLUMNS, "glyphs": list(told)}

    def _told(self, places: Sequence[GlyphPlace]) -> list[dict[str, Any]]:
        """What the browser is told of each glyph. Each issue is opened once: of a batch few are held."""
        told: list[dict[str, Any]] = [{} for _ in places]
        for issue in dict.fromkeys(p.issue for p in places):
            held = self._shelf.issue(issue)
            articles = () if held is None or held.decided is None else held.decided.issue.articles
            homes = {k: a for a in articles for k in a.raw.keys}
            revisions = {} if held is None else self._shelf.record.revisions(held.entry.name)
            name = "" if held is None else held.entry.name
            for n, place in enumerate(places):
                if place.issue == issue:
                    article = homes.get((place.page, place.line))
                    told[n] = _glyph_told(place, article, name, revisions.get(article.id if article else "", 0))
        return told

    def _on_page(self, page: tuple[int, int], char: str) -> Iterator[GlyphPlace]:
        entry = self._shelf.page_entry(*page)
        read = None if entry is None else self._shelf.page(entry)
        for line in () if read is None else read.lines:
            yield from places_of(*page, line, char)

    def _cut_out(self, places: Sequence[GlyphPlace]) -> list[Picture]:
        """The pictures of glyphs of one page."""
        entry = self._shelf.page_entry(places[0].issue, places[0].page) if places else None
        return [] if entry is None else self._tiles.crops(entry, [around(Box(*p.box)) for p in places])

    # What was looked through

    def _record_of_checked(self) -> set[tuple[int, str, str]]:
        """The issue's number (0 is all pages), the character, and the place of one glyph or nothing."""
        numbers = {"": 0} | {e.name: n for n, e in self._shelf.index.issues().items()}
        return {(numbers[m.issue], m.char, m.place) for m in self._shelf.record.checked.all() if m.issue in numbers}

    def _checked(self, issue: int | None) -> dict[str, dict[int, tuple[bool, str]]]:
        """Whether all glyphs were looked through, and by whom, by character and number of its glyphs.

        What was looked through in an issue counts there; of all pages, what was there, or in each issue by itself.
        """
        name = "" if issue is None else self._shelf.index.issues()[issue].name
        whole: defaultdict[str, dict[int, tuple[bool, str]]] = defaultdict(dict)
        parts: Counter[str] = Counter()
        people: dict[str, str] = {}
        batch = self._counts.batch() if issue is not None else Counter()
        here = self._counts.issue(issue) if issue is not None else Counter()
        for mark in self._shelf.record.checked.all():
            if mark.place:
                continue
            if mark.issue == name:
                whole[mark.char][mark.glyphs] = (True, mark.person)
            elif mark.issue == "" and mark.glyphs == batch[mark.char]:
                whole[mark.char][here[mark.char]] = (True, mark.person)
            elif issue is None:
                parts[mark.char] += mark.glyphs
                people[mark.char] = mark.person
        for char, glyphs in parts.items():
            whole[char].setdefault(glyphs, (True, people[char]))
        return whole


def _address(page: int, line: str, at: int) -> str:
    return f"{page}/{line}/{at}"


def _names_of(place: GlyphPlace) -> Iterator[tuple[int, str, str]]:
    """The marks under which a glyph was looked through: its own, its character's in the issue and on all pages."""
    yield place.issue, place.char, _address(place.page, place.line, place.at)
    yield place.issue, place.char, ""
    yield 0, place.char, ""


def _glyph_told(place: GlyphPlace, article: Article | None, issue: str, revision: int) -> dict[str, Any]:
    now, context = place.char, ("", place.char, "")
    if article is not None:
        raw, inside = _raw_offset(article, place.page, place.line, place.at, place.char)
        at = _standing(article, raw) if inside else None
        now = place.char if at is not None else article.clean.between(raw, raw + 1) if inside else ""
        context = _around(article.clean.text, article.clean.clean_offset(raw) if at is None else at)
    return {
        "place": [place.issue, place.page, place.line, place.at, place.char],
        "article": "" if article is None else article.id,
        "issue": issue,
        "revision": revision,
        "odd": place.odd > 1,
        "confidence": round(place.confidence, 3),
        "now": now,
        "context": context,
    }


def _mended(asked: Asked, places: Sequence[GlyphName], text: str) -> Wanted:
    bodies = [w.body for w in (_one(asked, p, text) for p in places)]
    edits = tuple(e for b in bodies if isinstance(b, Written) for e in b.edits)
    refused = tuple(e for b in bodies if isinstance(b, Written) for e in b.refused)
    return asked.want(Written(edits, refused))


def _one(asked: Asked, place: GlyphName, text: str) -> Wanted:
    text_now = asked.article.clean.text
    _, page, line, at_line, char = place
    raw, inside = _raw_offset(asked.article, page, line, at_line, char)
    at = _standing(asked.article, raw) if inside else None
    if at is None or text_now[at] != char:
        raise Refused("text_moved")
    was = graphemes(text_now[at : at + _LONGEST])[0]
    return TypeText(at, at + len(was), was, text).wanted(asked)[0]


def _raw_offset(article: Article, page: int, line: str, at: int, char: str) -> tuple[int, bool]:
    """Where a glyph of a page's line stands in the article's raw text, and whether it does: of a line that holds no
    text, or that was parted by a person, the article has less."""
    index = article.raw.keys.index((page, line))
    start, end = article.raw.starts[index], article.raw.line_end(index)
    inside = start + at < end and article.raw.text[start + at] == char
    return start + at if inside else start, inside


def _standing(article: Article, offset: int) -> int | None:
    """Where in the clean text the recognized character at this raw offset still stands; None where it was changed.

    An edit that only moves characters, as of spaced letters, has them all in its text: each is found by its turn.
    """
    clean, char = article.clean, article.raw.text[offset]
    at = clean.clean_offset(offset)
    if at < len(clean.text) and clean.origin(at) == offset:
        return at
    found = next(((s, n) for s, n in zip(clean.segments, clean.starts, strict=True) if s.start <= offset < s.end), None)
    if found is None or found[0].edit is None:
        return None
    (segment, start), before = found, article.raw.text[found[0].start : offset].count(char)
    if segment.text.count(char) != article.raw.text[segment.start : segment.end].count(char):
        return None
    places = [n for n, c in enumerate(segment.text) if c == char]
    return start + places[before]


def _around(text: str, at: int) -> tuple[str, str, str]:
    """What stands before a character, the character as it is seen, and what stands behind."""
    itself = graphemes(text[at : at + _LONGEST])[:1]
    end = at + sum(map(len, itself))
    return text[max(0, at - _BESIDE) : at], "".join(itself), text[end : end + _BESIDE]
