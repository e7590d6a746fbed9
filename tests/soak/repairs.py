"""What is to be done at the desk until a page is its truth: its lines beside the passages of a gold file, and the next
repair of the make-up or of the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from banmian.evaluate.folding import folded
from banmian.evaluate.records import Note, OutputArticle, read_gold

LEAST_ALIKE: Final = 60.0
"""Minimum likeness, of 100, of a line to the part of a passage that it may be: misread characters are allowed for."""
LIKE_ENOUGH: Final = 75.0
"""Minimum likeness, of 100, of a line of at most `SHORT` characters: by chance more is alike of few characters."""
SHORT: Final = 4
"""Length, in folded characters, of a line that is told from others by its neighbours as much as by itself."""
NEXT: Final = 3
"""Distance, in folded characters, within which a line begins where the one before it ended."""
CONTINUES: Final = 8.0
"""Likeness, of 100, by which a place is preferred from which the next line goes on; twice that, where it goes on itself
from the line before: of what is printed twice the first part leads."""
AT_HOME: Final = 4.0
"""Likeness, of 100, by which a place in the article is preferred that has most of the line's piece."""

SAME: Final = {"dateline": "body", "credit": "caption"}
"""Roles that the gold files tell from others no more than by where they stand: role to the passage's role."""

Key = tuple[int, str]
"""A line: its page's number and its id."""


class Passage(NamedTuple):
    """A text of an article as a gold file has it: what it is there, and the number of its article; -1 is none."""

    article: int
    role: str
    text: str


class Place(NamedTuple):
    """Where a line stands in the truth: the number of its passage, and offsets in its folded text.

    `likeness` is that of the line to this stretch, from 0 to 100.
    """

    passage: int
    start: int
    end: int
    likeness: float


class Texts(NamedTuple):
    """The folded texts of all passages, and the number of the article of each; -1 is none."""

    texts: tuple[str, ...]
    owners: tuple[int, ...]


class LineNow(NamedTuple):
    """A line as it stands at the desk."""

    page: int
    id: str
    role: str
    block: str
    text: str

    @property
    def key(self) -> Key:
        return self.page, self.id


@dataclass(frozen=True)
class PieceNow:
    """An article, advert or notice as it stands at the desk: its lines in their order, and its clean text."""

    id: str
    lines: tuple[LineNow, ...]
    text: str = ""


@dataclass(frozen=True)
class Merge:
    """Piece `other` is a part of piece `piece`, behind it."""

    piece: str
    other: str


@dataclass(frozen=True)
class Cut:
    """From a line on it is another piece."""

    piece: str
    line: Key


@dataclass(frozen=True)
class Move:
    """Lines belong into a piece, None for a new one: before a line of it, or at its end."""

    piece: str
    lines: tuple[Key, ...]
    to: str | None
    before: Key | None


@dataclass(frozen=True)
class Recast:
    """Lines play another part."""

    piece: str
    lines: tuple[Key, ...]
    role: str


@dataclass(frozen=True)
class Delete:
    """Lines of any pieces are no text."""

    lines: tuple[Key, ...]


Repair = Merge | Cut | Move | Recast | Delete


class Replacement(NamedTuple):
    """Clean text from `start` to `end`, in code points, that is to be `text`."""

    start: int
    end: int
    text: str


class PrintedArticle(OutputArticle, frozen=True):
    """An article of a gold file, or the part of one that stands on a page."""

    subheads: tuple[str, ...] = ()
    page: int = 1


class PrintedText(msgspec.Struct, frozen=True):
    """A line of a page that belongs to the part of an article, or to none."""

    text: str
    part: int | None = None


class PrintedLines(msgspec.Struct, frozen=True):
    """The lines of a page of a gold file."""

    page: int | None = None
    lines: tuple[PrintedText, ...] = ()


class TruthFile(msgspec.Struct, frozen=True):
    """A gold file of one page, or one that tells the parts of articles by page; its other keys are not read."""

    articles: list[PrintedArticle]
    parts: list[PrintedArticle] | None = None
    pages: tuple[PrintedLines, ...] = ()


def read_truth(path: Path, page: int = 1) -> list[Passage]:
    """The texts of a page of a gold file: those of each article in printed order, then those that belong to none."""
    told = msgspec.json.decode(path.read_bytes(), type=TruthFile)
    articles = told.articles if told.parts is None else [a for a in told.parts if a.page == page]
    beside = read_gold(path).beside_articles()
    beside += [line.text for p in told.pages if p.page == page for line in p.lines if line.part is None]
    return passages(articles, beside)


def passages(articles: Sequence[PrintedArticle], beside: Iterable[str] = ()) -> list[Passage]:
    """The texts of every article in printed order, then those `beside`, which belong to none."""
    found: list[Passage] = []
    for number, article in enumerate(articles):
        for role, texts in _parts(article):
            found += [Passage(number, role, text) for text in texts if folded(text)]
    return found + [Passage(-1, "furniture", text) for text in beside if folded(text)]


def _parts(article: PrintedArticle) -> Iterator[tuple[str, list[str]]]:
    yield "kicker", _all(article.kicker)
    yield "title", _all(article.title)
    yield "subtitle", _all(article.subtitle)
    yield "byline", _all(article.byline)
    subheads = {folded(s) for s in article.subheads}
    for text in article.texts:
        yield ("subhead" if folded(text) in subheads else "body"), [text]
    yield "caption", [c.text or "" if isinstance(c, Note) else c for c in article.captions or []]


def _all(text: str | list[str] | None) -> list[str]:
    return [text] if isinstance(text, str) else text or []


# Lines beside the truth


def places(pieces: Sequence[PieceNow], truth: Sequence[Passage]) -> dict[Key, Place]:
    """Where in the truth each line of the pieces stands; what is printed nowhere there has no place.

    A short line is alike to some part of every text: it counts where it goes on from the line before it or is gone on
    from by the one behind it, where it is a text of its own, or stands as it is among those of no article.
    """
    texts = Texts(tuple(folded(p.text) for p in truth), tuple(p.article for p in truth))
    found: dict[Key, Place] = {}
    for piece in pieces:
        found |= {n.key: place for n, place in _placed(piece, texts, _home(piece, texts))}
    return found


def _home(piece: PieceNow, texts: Texts) -> int | None:
    """The article that has most of a piece, by those lines that are printed in one article alone."""
    shares: Counter[int] = Counter()
    for line in piece.lines:
        text = folded(line.text)
        windows = [w for w in _windows(text, texts.texts) if w.likeness >= LEAST_ALIKE]
        best = max((w.likeness for w in windows), default=0.0)
        owners = {texts.owners[w.passage] for w in windows if w.likeness == best}
        if len(text) > SHORT and len(owners) == 1:
            shares[owners.pop()] += len(text)
    return max(shares, key=lambda article: shares[article], default=None)


def _placed(piece: PieceNow, texts: Texts, home: int | None) -> Iterator[tuple[LineNow, Place]]:
    """The lines of a piece with their places; of what is printed twice that in the article `home` comes first."""
    certain = [_certain(folded(n.text), texts, home) for n in piece.lines]
    before: Place | None = None
    for line, behind in zip(piece.lines, [*certain, None][1:], strict=True):
        place = _place(folded(line.text), texts, (before, behind), home)
        if place is not None:
            before = place
            yield line, place


def _certain(text: str, texts: Texts, home: int | None) -> Place | None:
    """The place of a line that is long enough to have it by itself."""
    return None if len(text) <= SHORT else _place(text, texts, (None, None), home)


def _place(text: str, texts: Texts, beside: tuple[Place | None, Place | None], home: int | None) -> Place | None:
    fits: list[tuple[float, int, Place]] = []
    for place in _windows(text, texts.texts):
        goes_on = 2 * _goes_on(beside[0], place, texts) + _goes_on(place, beside[1], texts)
        whole = (place.start, place.end) == (0, len(texts.texts[place.passage]))
        owner = texts.owners[place.passage]
        alone = owner < 0 and place.likeness == 100.0 and len(text) > 1
        certain = len(text) > SHORT or goes_on or whole or alone
        if certain and place.likeness >= (LIKE_ENOUGH if len(text) <= SHORT else LEAST_ALIKE):
            bonus = CONTINUES * goes_on + AT_HOME * (owner == home)
            fits.append((place.likeness + bonus, -place.passage, place))
    return max(fits)[-1] if fits else None


def _goes_on(one: Place | None, other: Place | None, texts: Texts) -> bool:
    """Whether one place begins where another ends."""
    if one is None or other is None:
        return False
    if one.passage == other.passage:
        return abs(other.start - one.end) <= NEXT
    return other.passage == one.passage + 1 and other.start <= NEXT and len(texts.texts[one.passage]) - one.end <= NEXT


@lru_cache(maxsize=20_000)
def _windows(text: str, texts: tuple[str, ...]) -> tuple[Place, ...]:
    """The part of each passage that is most like the text, every one where the text itself stands there."""
    found: list[Place] = []
    for number, whole in enumerate(texts):
        if not text:
            continue
        at = whole.find(text)
        while at >= 0:
            found.append(Place(number, at, at + len(text), 100.0))
            at = whole.find(text, at + 1)
        if len(whole) < len(text):
            within = LIKE_ENOUGH if whole in text else 0.0  # a name after what its bearer is
            found.append(Place(number, 0, len(whole), max(within, fuzz.ratio(text, whole))))
        elif text not in whole and (window := fuzz.partial_ratio_alignment(text, whole)) is not None:
            found.append(Place(number, window.dest_start, window.dest_end, window.score))
    return tuple(found)


# The make-up


def next_repair(pieces: Sequence[PieceNow], truth: Sequence[Passage]) -> Repair | None:
    """The next repair of the make-up; None where nothing of it is wrong any more."""
    found = places(pieces, truth)
    homes = _homes(pieces, truth, found)
    for step in (_gathered, _parted, _recast, _ordered):
        repair = step(pieces, truth, found, homes)
        if repair is not None:
            return repair
    return _deleted(pieces, found)


def article_of(line: LineNow, truth: Sequence[Passage], found: Mapping[Key, Place]) -> int | None:
    """The number of the article that a line belongs to, -1 for none; None where it is printed nowhere."""
    place = found.get(line.key)
    return None if place is None else truth[place.passage].article


def _homes(pieces: Sequence[PieceNow], truth: Sequence[Passage], found: Mapping[Key, Place]) -> dict[int, str]:
    """The piece that has the most of each article's text, none for two: the one that has more of it first."""
    shares: Counter[tuple[int, str]] = Counter()
    for piece in pieces:
        for line in piece.lines:
            article = article_of(line, truth, found)
            if article is not None and article >= 0:
                shares[article, piece.id] += len(folded(line.text))
    homes: dict[int, str] = {}
    for (article, piece_id), _ in shares.most_common():
        if article not in homes and piece_id not in homes.values():
            homes[article] = piece_id
    return homes


def _gathered(
    pieces: Sequence[PieceNow], truth: Sequence[Passage], found: Mapping[Key, Place], homes: Mapping[int, str]
) -> Repair | None:
    """Lines that stand in a piece which is not that of their article: the piece is merged, or they are moved."""
    for piece in pieces:
        for article, home in homes.items():
            if piece.id == home:
                continue
            strays = [n for n in piece.lines if article_of(n, truth, found) == article]
            if not strays:
                continue
            whole = all(article_of(n, truth, found) in (article, None) for n in piece.lines)
            mine = [n for n in _piece(pieces, home).lines if article_of(n, truth, found) == article]
            if whole and piece.id not in homes.values():
                if _key(strays[0], found) > _key(mine[-1], found):
                    return Merge(home, piece.id)
                if _key(strays[-1], found) < _key(mine[0], found):
                    return Merge(piece.id, home)
            run = _runs(piece, strays)[0]
            return Move(piece.id, tuple(n.key for n in run), home, _before(_piece(pieces, home), run, found))
    return None


def _parted(
    pieces: Sequence[PieceNow], truth: Sequence[Passage], found: Mapping[Key, Place], homes: Mapping[int, str]
) -> Repair | None:
    """Lines of an article without a piece of its own, and lines of none that stand in an article's piece."""
    owner = {piece: article for article, piece in homes.items()}
    for piece in pieces:
        if piece.id not in owner:
            continue
        others = [n for n in piece.lines if article_of(n, truth, found) not in (owner[piece.id], None)]
        if not others:
            continue
        run = _runs(piece, others)[0]
        first = article_of(run[0], truth, found)
        run = [n for n in run if article_of(n, truth, found) == first]
        if first == -1 and all(n.role == "furniture" for n in run):
            continue  # it is left out of the article's text already
        if run[-1] == piece.lines[-1] and run[0] != piece.lines[0]:
            return Cut(piece.id, run[0].key)
        return Move(piece.id, tuple(n.key for n in run), None, None)
    return None


def _ordered(
    pieces: Sequence[PieceNow], truth: Sequence[Passage], found: Mapping[Key, Place], homes: Mapping[int, str]
) -> Repair | None:
    """A run of lines that stands in another place of its article than in print."""
    for piece in pieces:
        if piece.id not in homes.values():
            continue
        flow = [n for n in piece.lines if n.key in found]
        stays = {flow[n].key for n in _longest_rise([_key(n, found) for n in flow])}
        strays = [n for n in flow if n.key not in stays]
        if strays:
            run = _runs(piece, strays)[0]
            rest = PieceNow(piece.id, tuple(n for n in piece.lines if n not in run))
            return Move(piece.id, tuple(n.key for n in run), piece.id, _before(rest, run, found))
    return None


def _recast(
    pieces: Sequence[PieceNow], truth: Sequence[Passage], found: Mapping[Key, Place], homes: Mapping[int, str]
) -> Repair | None:
    """Lines of one wanted role that play another part."""
    for piece in pieces:
        if piece.id not in homes.values():
            continue
        wrong = [n for n in piece.lines if n.key in found and _role(n.role) != truth[found[n.key].passage].role]
        if wrong:
            role = truth[found[wrong[0].key].passage].role
            return Recast(piece.id, tuple(n.key for n in wrong if truth[found[n.key].passage].role == role), role)
    return None


def _deleted(pieces: Sequence[PieceNow], found: Mapping[Key, Place]) -> Repair | None:
    noise = tuple(n.key for piece in pieces for n in piece.lines if n.key not in found and folded(n.text))
    return Delete(noise) if noise else None


def _role(role: str) -> str:
    return SAME.get(role, role)


def _piece(pieces: Sequence[PieceNow], name: str) -> PieceNow:
    return next(p for p in pieces if p.id == name)


def _key(line: LineNow, found: Mapping[Key, Place]) -> tuple[int, int]:
    place = found[line.key]
    return place.passage, place.start


def _before(piece: PieceNow, run: Sequence[LineNow], found: Mapping[Key, Place]) -> Key | None:
    """The line of a piece before which a run of lines is printed; None is its end."""
    first = _key(run[0], found)
    behind = [n for n in piece.lines if n.key in found and _key(n, found) > first]
    return min(behind, key=lambda n: _key(n, found)).key if behind else None


def _runs(piece: PieceNow, lines: Sequence[LineNow]) -> list[list[LineNow]]:
    """The lines in stretches that follow one another in their piece."""
    runs: list[list[LineNow]] = []
    wanted, last = set(lines), -2
    for at, line in enumerate(piece.lines):
        if line not in wanted:
            continue
        if at == last + 1:
            runs[-1].append(line)
        else:
            runs.append([line])
        last = at
    return runs


def _longest_rise(keys: Sequence[tuple[int, int]]) -> list[int]:
    """The indices of the longest sequence of keys none of which is less than the one before it."""
    best: list[tuple[int, int]] = []
    for n, key in enumerate(keys):
        length, back = max(((best[m][0], m) for m in range(n) if keys[m] <= key), default=(0, -1))
        best.append((length + 1, back))
    at = max(range(len(best)), key=lambda n: best[n][0], default=-1)
    found: list[int] = []
    while at >= 0:
        found.append(at)
        at = best[at][1]
    return found[::-1]


# The text


@dataclass(frozen=True)
class Folding:
    """A text with its folded characters, each knowing the character of the text that it comes from."""

    text: str
    plain: str
    origin: tuple[int, ...] = field(repr=False)

    @classmethod
    def of(cls, text: str) -> Folding:
        """Folds character by character."""
        plain, origin = "", list[int]()
        for at, char in enumerate(text):
            for mark in folded(char):
                if mark == "-" and plain.endswith("-"):
                    continue
                plain += mark
                origin.append(at)
        return cls(text, plain, tuple(origin))

    def at(self, plain: int) -> int:
        """The offset in the text of a folded character; the end of the text behind the last one."""
        return self.origin[plain] if plain < len(self.origin) else len(self.text)


def replacements(text: str, wanted: str) -> list[Replacement]:
    """What is to be replaced in a clean text so that it is another one: characters first, then breaks of paragraphs.

    Breaks are told alone, as a line break to be put in or taken out, once the characters are right.
    """
    ours, theirs = Folding.of(text), Folding.of(wanted)
    found = list(_characters(ours, theirs))
    return found or list(_breaks(ours, theirs))


def _characters(ours: Folding, theirs: Folding) -> Iterator[Replacement]:
    for step in Levenshtein.opcodes(ours.plain, theirs.plain):
        if step.tag == "equal":
            continue
        start, end = step.src_start, step.src_end
        given = theirs.text[theirs.at(step.dest_start) : _behind(theirs, step.dest_end)] if step.tag != "delete" else ""
        if start < end:
            yield Replacement(ours.at(start), _behind(ours, end), given)
        else:
            begins = "\n" in theirs.text[_behind(theirs, step.dest_start) : theirs.at(step.dest_start)]
            place = ours.at(start) if begins or not start else _behind(ours, start)
            yield Replacement(place, place, given)


def _behind(text: Folding, plain: int) -> int:
    """The offset behind the folded character before an offset."""
    return text.origin[plain - 1] + 1 if plain else 0


def _breaks(ours: Folding, theirs: Folding) -> Iterator[Replacement]:
    """Breaks that one has and the other has not, of texts whose folded characters are alike."""
    have, want = _broken(ours), _broken(theirs)
    for at in sorted(have ^ want):
        place = ours.at(at)
        yield Replacement(place, place, "\n") if at in want else Replacement(_behind(ours, at), place, "")


def _broken(text: Folding) -> set[int]:
    """The folded characters before which a line ends."""
    return {n for n in range(1, len(text.origin)) if "\n" in text.text[text.origin[n - 1] : text.origin[n]]}


def wanted_text(truth: Iterable[Passage], article: int) -> str:
    """An article's text as the desk shows it when it is right: a passage a line."""
    return "\n".join(p.text for p in truth if p.article == article)


def expected(text: str, wanted: str, start: int, end: int) -> str:
    """What of the wanted text stands for a stretch of a clean text, in code points."""
    ours, theirs = Folding.of(text), Folding.of(wanted)
    inside = [n for n, at in enumerate(ours.origin) if start <= at < end]
    first, last = (inside[0], inside[-1] + 1) if inside else (sum(at < start for at in ours.origin),) * 2
    moved = _boundaries(ours.plain, theirs.plain)
    low, high = (moved[first][1], moved[last][0]) if inside else moved[first]
    if low >= high:
        return ""
    return theirs.text[theirs.at(low) : _behind(theirs, high)]


@lru_cache(maxsize=64)
def _boundaries(one: str, other: str) -> tuple[tuple[int, int], ...]:
    """For each boundary between characters of one text the first and the last that it can be in the other."""
    found = [(len(other), 0)] * (len(one) + 1)
    for step in Levenshtein.opcodes(one, other):
        for n in range(step.src_end - step.src_start + 1):
            low = min(step.dest_start + n, step.dest_end) if step.tag == "equal" or n else step.dest_start
            high = step.dest_end if step.src_start + n == step.src_end else low
            at = step.src_start + n
            found[at] = (min(found[at][0], low), max(found[at][1], high))
    return tuple(found)
