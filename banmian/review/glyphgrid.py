"""纵校: every glyph that was read as one character, side by side, the unlikeliest first.

A wrong reading that makes sense in its line stands out among a hundred right ones of its own kind.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final

import cv2
import msgspec
import numpy as np
import numpy.typing as npt

from banmian.review.deciding import Answer, Deciding
from banmian.review.decision import Step, Written
from banmian.review.difference import graphemes
from banmian.review.record import Request, Stale, Wanted
from banmian.review.shelf import OpenIssue, Shelf
from banmian.review.tiles import Picture, Pyramid, Tiles, png
from banmian.review.wish import Asked, Name, Refused, Text, Type
from banmian.store.stage_keys import key
from banmian.store.storage import make_folder, write_whole
from cleanup.article import Article
from cleanup.glyphs import glyphs_of
from layout.geometry import Box
from layout.page import page_from_json

CELL: Final = 56
"""Pixels of a cell's side in the sheet."""

COLUMNS: Final = 20
MOST: Final = 1000
"""Glyphs on one sheet; of a character that is more frequent, the least sure are shown."""

_SHAPE: Final = 24
_SHIFT: Final = 2
_SHEETS: Final = 8
_BESIDE: Final = 8
"""Characters shown on each side of a glyph."""

_LONGEST: Final = 8
"""Code points that one character as it is seen may have."""

_LEAST_ODD: Final = 0.25
"""Below this nothing is called odd: well printed glyphs of one character are alike to about 0.1."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a glyph stands: issue, page, line, its offset in the line's text, its box, its confidence."""

    issue: int
    page: int
    line: str
    at: int
    box: tuple[int, int, int, int]
    confidence: float


class Marked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Glyphs of the grid that are to read otherwise."""

    char: Name
    text: Text
    ticket: Name
    places: tuple[tuple[int, int, Name, int], ...]
    revisions: dict[str, int]
    """By issue/article, as they were seen."""


class Taken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was mended under the ticket `of` in these issues is to be taken back."""

    of: Name
    ticket: Name
    issues: Annotated[tuple[int, ...], msgspec.Meta(max_length=MOST)]


class Grid:
    """The glyphs of a workspace by character. What pages hold is counted once and kept beside the tiles."""

    def __init__(self, root: Path, shelf: Shelf, tiles: Tiles) -> None:
        self._folder = root / "review" / "characters"
        self._shelf = shelf
        self._tiles = tiles
        self._lock = threading.Lock()
        self._held: dict[tuple[int, int], tuple[int, Counter[str]]] = {}
        self._pictures: OrderedDict[str, bytes] = OrderedDict()

    def characters(self) -> list[tuple[str, int]]:
        """How often each character was read in the batch, the most frequent first."""
        whole: Counter[str] = Counter()
        for issue, page in list(self._shelf.index.pages()):
            whole += self._counted(issue, page)
        return [(c, n) for c, n in whole.most_common() if n > 1]

    def sheet(self, char: str) -> dict[str, Any]:
        """The glyphs read as the character, ordered by how unlike the others they look, and their picture's name."""
        places = sorted(self._places(char), key=lambda p: p.confidence)[:MOST]
        shapes, cells = self._pictured(places)
        unlike = unlikeness(shapes)
        order = sorted(range(len(places)), key=lambda n: -unlike[n])
        name = key(char, [(p.issue, p.page, p.line, p.at) for p in places])
        with self._lock:
            self._pictures[name] = png(_sheet([cells[n] for n in order]))
            while len(self._pictures) > _SHEETS:
                self._pictures.popitem(last=False)
        odd = is_odd(unlike)
        told = [{**self._told(places[n], char, float(unlike[n])), "odd": bool(odd[n])} for n in order]
        return {"char": char, "sheet": name, "cell": CELL, "columns": COLUMNS, "glyphs": told}

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
        done = sum(a.status == 200 for a in told)
        return Answer({"issues": done}) if done else Answer({"why": "nothing_to_undo"}, 422)

    def _wanted(self, marked: Marked) -> Iterator[Wanted]:
        homes: dict[tuple[int, str], list[tuple[int, str, int]]] = {}
        for issue, page, line, at in marked.places:
            home = self._home(issue, page, line)
            if home is None:
                raise Refused("no_such_line")
            homes.setdefault((issue, home[1].id), []).append((page, line, at))
        for (issue, _), places in homes.items():
            held, article = self._home(issue, places[0][0], places[0][1]) or (None, None)
            if held is None or article is None or held.decided is None:
                raise Refused("no_such_line")
            yield _mended(Asked(held.decided.issue, article), places, marked)

    def _home(self, issue: int, page: int, line: str) -> tuple[OpenIssue, Article] | None:
        held = self._shelf.issue(issue)
        if held is None or held.decided is None:
            return None
        articles = held.decided.issue.articles
        found = next((a for a in articles if (page, line) in a.raw.keys), None)
        return None if found is None else (held, found)

    def _told(self, place: Place, char: str, unlike: float) -> dict[str, Any]:
        home = self._home(place.issue, place.page, place.line)
        now, context = char, ("", char, "")
        revision, article, name = 0, "", ""
        if home is not None:
            held, found = home
            article, name = found.id, held.entry.name
            revision = self._shelf.record.revision(name, article)
            raw = found.raw.starts[found.raw.keys.index((place.page, place.line))] + place.at
            at = found.clean.clean_offset(raw)
            kept = at < len(found.clean.text) and found.clean.origin(at) == raw
            now = char if kept else found.clean.between(raw, raw + 1)
            context = _around(found.clean.text, at)
        return {
            "place": [place.issue, place.page, place.line, place.at],
            "article": article,
            "issue": name,
            "revision": revision,
            "unlike": round(unlike, 3),
            "confidence": round(place.confidence, 3),
            "now": now,
            "context": context,
        }

    # What pages hold

    def _counted(self, issue: int, page: int) -> Counter[str]:
        entry = self._shelf.page_entry(issue, page)
        path = None if entry is None else entry.folder / "page.json"
        if path is None or not path.is_file():
            return Counter()
        stamp = path.stat().st_mtime_ns
        known = self._held.get((issue, page))
        if known is None or known[0] != stamp:
            known = (stamp, _kept_count(self._folder / f"{key(path, stamp)}.json", path))
            self._held[issue, page] = known
        return known[1]

    def _places(self, char: str) -> Iterator[Place]:
        for (issue, number), entry in list(self._shelf.index.pages().items()):
            if self._counted(issue, number)[char] == 0:
                continue
            page = self._shelf.page(entry)
            for line in () if page is None else page.lines:
                for at, glyph in enumerate(glyphs_of(line)):
                    if glyph is not None and glyph.char == char and glyph.box is not None:
                        b = glyph.box
                        yield Place(issue, number, line.id, at, (b.x0, b.y0, b.x1, b.y1), glyph.confidence)

    def _pictured(self, places: Sequence[Place]) -> tuple[npt.NDArray[np.float32], list[Picture]]:
        """Each glyph's normalised shape, (n, 24, 24), and its cell."""
        pyramids: dict[tuple[int, int], Pyramid] = {}
        shapes, cells = [], []
        for place in places:
            name = place.issue, place.page
            if name not in pyramids:
                pyramids[name] = self._tiles.of(self._shelf.index.pages()[name])
            box = Box(*place.box)
            picture = pyramids[name].crop(box.grown(max(1, box.width // 8), max(1, box.height // 8)))
            shapes.append(_shape(picture))
            cells.append(_cell(picture))
        return np.asarray(shapes, dtype=np.float32).reshape(-1, _SHAPE, _SHAPE), cells


def unlikeness(shapes: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """How unlike the middle of all shapes each is, 0 to 2; shifts of up to two pixels do not count. Shape (n,).

    `shapes` is (n, 24, 24). The middle is the median, which a few odd ones do not move.
    """
    if len(shapes) == 0:
        return np.zeros(0)
    middle = np.median(shapes, axis=0)
    padded = np.pad(shapes, ((0, 0), (_SHIFT, _SHIFT), (_SHIFT, _SHIFT)), mode="edge")
    best = np.full(len(shapes), -1.0)
    for dx in range(2 * _SHIFT + 1):
        for dy in range(2 * _SHIFT + 1):
            part = padded[:, dy : dy + _SHAPE, dx : dx + _SHAPE]
            best = np.maximum(best, _likeness(part, middle))
    return np.asarray(1.0 - best, dtype=np.float64)


def is_odd(unlike: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Which glyphs stand out: farther from the middle than the spread of the others explains. Shape (n,).

    Four deviations, measured by the median that the odd ones do not move; on worn print all are a little unlike.
    """
    if len(unlike) == 0:
        return np.zeros(0, dtype=np.bool_)
    middle = float(np.median(unlike))
    spread = 1.4826 * float(np.median(np.abs(unlike - middle)))
    return np.asarray(unlike > max(_LEAST_ODD, middle + 4 * spread), dtype=np.bool_)


def _likeness(shapes: npt.NDArray[np.float32], middle: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]:
    """The correlation of each shape with the middle, shape (n,)."""
    a = shapes.reshape(len(shapes), -1).astype(np.float64)
    b = middle.reshape(-1).astype(np.float64)
    a, b = a - a.mean(axis=1, keepdims=True), b - b.mean()
    norms = np.linalg.norm(a, axis=1) * np.linalg.norm(b)
    return np.asarray(np.where(norms > 0, a @ b / np.maximum(norms, 1e-9), 0.0), dtype=np.float64)


def _mended(asked: Asked, places: Sequence[tuple[int, str, int]], marked: Marked) -> Wanted:
    bodies = [w.body for w in (_one(asked, p, marked) for p in places)]
    edits = tuple(e for b in bodies if isinstance(b, Written) for e in b.edits)
    refused = tuple(e for b in bodies if isinstance(b, Written) for e in b.refused)
    name = asked.article.id
    return Wanted(asked.issue.name, name, Written(edits, refused), (name,))


def _one(asked: Asked, place: tuple[int, str, int], marked: Marked) -> Wanted:
    raw, clean = asked.article.raw, asked.article.clean
    offset = raw.starts[raw.keys.index((place[0], place[1]))] + place[2]
    at = clean.clean_offset(offset)
    if at >= len(clean.text) or clean.origin(at) != offset or clean.text[at] != marked.char:
        raise Refused("text_moved")
    was = graphemes(clean.text[at : at + _LONGEST])[0]
    return asked.wanted(Type(at, at + len(was), was, marked.text))[0]


def _around(text: str, at: int) -> tuple[str, str, str]:
    """What stands before a character, the character as it is seen, and what stands behind."""
    itself = graphemes(text[at : at + _LONGEST])[:1]
    end = at + sum(map(len, itself))
    return text[max(0, at - _BESIDE) : at], "".join(itself), text[end : end + _BESIDE]


def _kept_count(file: Path, page: Path) -> Counter[str]:
    if file.is_file():
        return Counter(msgspec.json.decode(file.read_bytes(), type=dict[str, int]))
    glyphs = (g for line in page_from_json(page.read_bytes(), str(page)).lines for g in glyphs_of(line))
    found = Counter(g.char for g in glyphs if g is not None and g.box is not None)
    make_folder(file.parent)
    write_whole(file, msgspec.json.encode(dict(found)))
    return found


def _shape(picture: Picture) -> npt.NDArray[np.float32]:
    """The glyph's ink within its own box, 24 by 24, dark 1 and light 0, a little blurred."""
    ink = 255 - cv2.normalize(picture, None, 0, 255, cv2.NORM_MINMAX).astype(np.int16)  # type: ignore[call-overload]
    _, mask = cv2.threshold(ink.astype(np.uint8), 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    ys, xs = np.nonzero(mask)
    if len(xs):
        ink = ink[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]
    small = cv2.resize(ink.astype(np.float32) / 255, (_SHAPE, _SHAPE), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.GaussianBlur(small, (3, 3), 0), dtype=np.float32)


def _cell(picture: Picture) -> Picture:
    """The glyph in the middle of a white square."""
    share = (CELL - 6) / max(picture.shape)
    size = tuple(max(1, round(n * share)) for n in picture.shape[1::-1])
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA if share < 1 else cv2.INTER_CUBIC)
    out = np.full((CELL, CELL), 255, dtype=np.uint8)
    y, x = (CELL - size[1]) // 2, (CELL - size[0]) // 2
    out[y : y + size[1], x : x + size[0]] = small
    return out


def _sheet(cells: Sequence[Picture]) -> Picture:
    rows = max(1, -(-len(cells) // COLUMNS))
    out = np.full((rows * CELL, COLUMNS * CELL), 255, dtype=np.uint8)
    for n, cell in enumerate(cells):
        y, x = divmod(n, COLUMNS)
        out[y * CELL : (y + 1) * CELL, x * CELL : (x + 1) * CELL] = cell
    return out
