"""Marks told by their shape: a small network looks at each mark of a line, and at ink that no character took."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import as_file, files
from itertools import pairwise
from typing import Final, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from layout.sheet import Gray
from ocr.characters.foreign import is_in_name
from ocr.characters.script import is_hanzi
from ocr.line.seen import Seen
from ocr.pictures.crop import LinePicture

NOTHING: Final = ""
"""White, or a speck of dirt."""
OTHER: Final = "other"
"""What is none of the marks: a part of a character, several marks at once."""
SHAPES: Final = (NOTHING, "，", "。", "、", "；", "：", "·", "“", "”", "！", "？", OTHER)
"""What the network tells apart, in its order."""
NARROW: Final = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？", "•": "·", "・": "·"}
"""Marks that readers see in one of these shapes."""
VAGUE: Final = {
    **{char: {"“": 0.5, "”": 0.5} for char in '"＂'},
    **{char: {NOTHING: 0.6, "，": 0.1, "。": 0.1, "、": 0.1, "·": 0.1} for char in ".．°*"},
}
"""What readers see of marks that Chinese print has not, and what is printed there."""
OF_A_READER: Final = frozenset(SHAPES[1:-1]) | frozenset(NARROW) | frozenset(VAGUE)
"""What readers see of a mark: the shape of each is looked at."""

WIDTH, HEIGHT = 16, 24
"""Size in pixels of the picture of a mark for the network: a window as high as the line."""
WINDOW: Final = 0.9
"""Width of that window in ems."""
BLACKEST: Final = 1.5
"""Darkness beside that of the line's strokes at which the picture ends: a speck is often blacker than they are."""
PAPER, BLACK = 0.7, 0.04
"""Shares of a line's pixels that are darker than its paper, and than its strokes."""
LEAST_CONTRAST: Final = 20.0
"""Grey levels between paper and strokes, at least: a line without ink has no shapes."""

Shapes = npt.NDArray[np.float32]
"""Shape (n, HEIGHT, WIDTH): pictures of marks, 0 paper, 1 / BLACKEST as dark as strokes."""
Chances = npt.NDArray[np.float64]
"""Shape (n, len(SHAPES)): how likely each shape is."""

PIECE: Final = 0.42
"""Width in ems of a mark's ink in a hanzi's box, at most."""
WHOLE: Final = 0.55
"""Width in ems of what is left to the hanzi, at least."""
FAR: Final = 1.35
"""Ems from the beginning of a hanzi's ink to that of a mark behind it, at most."""
WIDE: Final = 0.88
"""Width in ems of a hanzi's ink from which a mark may be in it."""
WIDE_AT_END: Final = 0.8
"""The same of the last hanzi of a line, behind which readers lose marks most often."""

CERTAIN: Final = 0.99
"""Confidence of a mark from which its shape is not looked at."""


@dataclass(frozen=True, slots=True)
class Ballot:
    """How much a view of a mark counts: its part of the log odds, and the least chance that it can give."""

    weight: float
    floor: float

    def odds(self, chances: Chances) -> Chances:
        """The logarithms of the chances as they count, of the same shape."""
        return np.asarray(self.weight * np.log(chances + self.floor))


@dataclass(frozen=True, slots=True)
class MarkBallots:
    """What a reader's looks at a mark, the first one first, and its shape are worth beside each other."""

    looks: tuple[Ballot, ...]
    shape: Ballot


ONE_LOOK: Final = MarkBallots((Ballot(1.0, 0.0),), Ballot(0.8, 1e-6))
"""The shape counts less than the reader, which has seen the same pixels. The least chance of a look is FLOOR."""
TWO_LOOKS: Final = MarkBallots((Ballot(0.8, 0.0), Ballot(0.9, 0.25)), Ballot(3.5, 0.6))
"""A likely shape speaks for itself, and an unlikely one excludes no reading.

These are the likeliest values for the 711 marks in doubt on 14 drawn pages, mostly poor scans, rounded. With them 55 of
the marks are wrong, 66 where the second look has the last word: in a blur it sees ： for ； and · for 。 as surely as
it sees the right ones.
"""
FLOOR: Final = 0.002
"""Probability of a mark that a reader does not name: it is as sure as that of marks, and errs."""
UNREAD, UNREAD_AT_END = 0.85, 0.7
"""Probability that ink is a mark at all, at least, where the reader passed over it: within a line, where it may be of a
hanzi, and at its end."""
ROOM: Final = 0.9
"""White in ems between the ink of two hanzi, at least, in which a mark has its square: it takes 1.0 to 1.1."""
IN_ROOM: Final = 0.02
"""Times as likely as its shape is a speck there: dirt makes no room for itself."""
DIRT, VAGUE_DIRT = 0.8, 0.5
"""Probability of a speck, at least, that the reader saw as a mark, and as one that Chinese print has not."""
POINT: Final = {"·": 0.55, "。": 0.15, "，": 0.15, "、": 0.15}
"""What a point is that a reader sees in running text outside of names: small type shows other marks as points."""
RARE: Final = 0.2
"""Times as likely as its shape is a point there."""
SUREST: Final = 0.9
"""Confidence of such a mark, at most."""

MOST_SURE: Final = 0.97
"""Confidence that its shape gives a mark, at most: reader and shape have seen the same pixels, and small type has one
shape for ， and 、."""


class MarkPlace(NamedTuple):
    """The columns in which a mark stands or may stand; `at` is its character, or the one behind which it is unread."""

    at: int
    left: int
    right: int
    unread: bool = False


@dataclass(frozen=True)
class ShapeNetwork:
    """Two layers; `prior` is about the share of each shape in what they were fitted on."""

    first: npt.NDArray[np.float32]
    first_bias: npt.NDArray[np.float32]
    second: npt.NDArray[np.float32]
    second_bias: npt.NDArray[np.float32]
    prior: npt.NDArray[np.float32]

    def __call__(self, shapes: Shapes) -> Chances:
        """How likely each shape is, each as usual as the others."""
        hidden = np.maximum(0.0, shapes.reshape(len(shapes), -1) @ self.first + self.first_bias)
        odds = (hidden @ self.second + self.second_bias).astype(np.float64) - np.log(self.prior)
        odds -= odds.max(axis=1, keepdims=True)
        chances: Chances = np.exp(odds) / np.exp(odds).sum(axis=1, keepdims=True)
        return chances


@cache
def shape_network() -> ShapeNetwork:
    """The network that is shipped; `python -m samples.punctuation` fits it."""
    names = ("first", "first_bias", "second", "second_bias", "prior")
    with as_file(files("ocr.marks") / "shapes.npz") as path, np.load(path) as f:
        return ShapeNetwork(*(f[name].astype(np.float32) for name in names))


@dataclass(frozen=True, slots=True)
class ToldMarks:
    """The marks of a level line as a reader's first look and their shapes have them.

    Readers guess at small marks by what is around them: ： for ；, · for 。, and none at a line's end. `seen` is the
    first look; `told` says how likely each shape is in each of the `places`, shape (n, len(SHAPES)), and `pointless`
    whether no point is printed there.
    """

    seen: Sequence[Seen]
    places: Sequence[MarkPlace] = ()
    told: Sequence[Chances] = ()
    pointless: Sequence[bool] = ()

    @classmethod
    def of(cls, picture: LinePicture, seen: Sequence[Seen], *, running: bool) -> ToldMarks:
        """The marks among the characters of a line that were `seen`, each with the box of its ink.

        In `running` text points part names and nothing else; beside other lines, in large type, lie pictures and
        ornaments.
        """
        places = [p for p in mark_places(picture, seen) if (running if p.unread else seen[p.at].confidence < CERTAIN)]
        if not places:
            return cls(seen)
        told, pointless = _told(picture, seen, places, running=running)
        return cls(seen, places, tuple(told), pointless)

    def with_shapes(self) -> list[Seen]:
        """The characters, the marks as reader and shape have them.

        A mark that the shape alone shows is put in; a speck that was read as a mark is left out, unless the reader is
        sure of it.
        """
        read: dict[int, list[Seen]] = {}
        unread: dict[int, list[Seen]] = {}
        for place, shape, pointless in zip(self.places, self.told, self.pointless, strict=True):
            if place.unread:
                least = UNREAD if place.at + 1 < len(self.seen) else UNREAD_AT_END
                unread.setdefault(place.at, []).extend(_found(place, shape, least))
            else:
                one = self.seen[place.at]
                read[place.at] = _as_shaped(one, _all_told((one,), shape, pointless=pointless))
        out: list[Seen] = []
        for at, one in enumerate(self.seen):
            out += [*read.get(at, [one]), *unread.get(at, [])]
        return _apart(out)

    def with_second_look(self, shaped: Sequence[Seen], again: Sequence[Seen]) -> list[Seen]:
        """The characters of a second look, the marks that it has seen `again` as both looks and the shape have them.

        `shaped` are the characters before that look.
        """
        known = {(s.char, s.confidence, s.rivals) for s in shaped}  # boxes move with what is beside them
        marks = ((n, s) for n, s in enumerate(again) if s.char in OF_A_READER and not _is_in_number(again, n))
        fresh = [n for n, s in marks if (s.char, s.confidence, s.rivals) not in known]
        out = {n: [s] for n, s in enumerate(again)}
        own = {n: self._place_of(again[n]) for n in fresh}
        for n, number in own.items():
            if number is not None and [*own.values()].count(number) == 1:
                looks = (self.seen[self.places[number].at], again[n])
                told = _all_told(looks, self.told[number], pointless=self.pointless[number])
                out[n] = _as_shaped(again[n], told)
        return [s for own in out.values() for s in own]

    def _place_of(self, again: Seen) -> int | None:
        """The number of the place of a mark that was seen again: of two that overlap, whose own mark is nearer."""
        middle = (again.x0 + again.x1) / 2
        around = [n for n, p in enumerate(self.places) if not p.unread and p.left <= middle <= p.right]
        first = {n: self.seen[self.places[n].at] for n in around}
        return min(around, key=lambda n: abs((first[n].x0 + first[n].x1) / 2 - middle), default=None)


def _told(
    picture: LinePicture, seen: Sequence[Seen], places: Sequence[MarkPlace], *, running: bool
) -> tuple[Chances, list[bool]]:
    """How likely each shape is in each place, and whether no point is printed there."""
    told = shape_network()(shapes_at(picture, places))
    text = [s.char for s in seen]
    pointless = [running and (p.unread or not is_in_name(text, p.at)) for p in places]
    told[pointless, SHAPES.index("·")] *= RARE
    told[[_has_room(picture, seen, p) for p in places], SHAPES.index(NOTHING)] *= IN_ROOM
    told /= told.sum(axis=1, keepdims=True)
    return told, pointless


def _has_room(picture: LinePicture, seen: Sequence[Seen], place: MarkPlace) -> bool:
    """Whether a place between two hanzi has the room of a mark."""
    before, behind = (place.at, place.at + 1) if place.unread else (place.at - 1, place.at + 1)
    if before < 0 or behind >= len(seen) or not (is_hanzi(seen[before].char) and is_hanzi(seen[behind].char)):
        return False
    return seen[behind].x0 - seen[before].x1 >= ROOM * picture.height * picture.stretch


def mark_places(picture: LinePicture, seen: Sequence[Seen]) -> Iterator[MarkPlace]:
    """Where marks stand in a line, but those between figures and letters, and where one may have been passed over."""
    for at, s in enumerate(seen):
        if is_hanzi(s.char):
            behind = seen[at + 1] if at + 1 < len(seen) else None
            right = None if behind is None else max(s.x1, behind.x0)
            yield from _unread(picture, at, s, seen[at - 1] if at else None, right)
        elif s.char in OF_A_READER and (place := mark_place(picture, seen, at)) is not None:
            yield place


def mark_place(picture: LinePicture, seen: Sequence[Seen], at: int) -> MarkPlace | None:
    """The place of a mark that was seen; None for one between figures and letters."""
    if _is_in_number(seen, at):
        return None
    left = min(seen[at - 1].x1 if at else 0, seen[at].x0)
    right = max(seen[at].x1, seen[at + 1].x0 if at + 1 < len(seen) else picture.pixels.shape[1])
    return MarkPlace(at, left, right)


def _unread(picture: LinePicture, at: int, s: Seen, before: Seen | None, right: int | None) -> Iterator[MarkPlace]:
    """The place beside a hanzi whose ink has room for a mark; `right` is where what follows it begins, if anything.

    Ink at the upper or lower edge of the picture, or further off, is a scrap of what lies beside the line.
    """
    em = picture.height * picture.stretch
    if s.x1 - s.x0 < (WIDE_AT_END if right is None else WIDE) * em:
        return
    inked = np.asarray(picture.ink[:, s.x0 : s.x1].any(axis=0), dtype=np.int8)
    pieces = np.flatnonzero(np.diff(inked, prepend=0, append=0)).reshape(-1, 2) + s.x0
    if len(pieces) <= 1:
        return
    (first, first_end), (last, last_end) = pieces[0].tolist(), pieces[-1].tolist()
    if last_end - last <= PIECE * em:
        if WHOLE * em <= last - first <= FAR * em and not _is_cut(picture, last, last_end):
            yield MarkPlace(at, int(pieces[-2, 1]), picture.pixels.shape[1] if right is None else right, unread=True)
    elif (
        before
        and first_end - first <= PIECE * em
        and last_end - pieces[1, 0] >= WHOLE * em
        and not _is_cut(picture, first, first_end)
    ):
        yield MarkPlace(at - 1, before.x1, int(pieces[1, 0]), unread=True)


def _is_cut(picture: LinePicture, left: int, right: int) -> bool:
    """Whether ink between two columns reaches the upper or lower edge of the line."""
    return bool(picture.ink[[0, -1], left:right].any())


def shapes_at(picture: LinePicture, places: Sequence[MarkPlace]) -> Shapes:
    """The pictures of what stands in some places of a line, one at least: its ink in the middle, nothing beside it."""
    top = round(picture.top)
    pixels = picture.pixels[top : top + round(picture.height)]
    levels = _levels(pixels)
    return np.stack([_shape_at(picture, p, pixels, levels) for p in places])


def _shape_at(
    picture: LinePicture, place: MarkPlace, pixels: Gray, levels: tuple[float, float]
) -> npt.NDArray[np.float32]:
    """The picture of what stands in a place, shape (HEIGHT, WIDTH); `levels` are those of the line's `pixels`."""
    half = WINDOW / 2 * picture.height * picture.stretch
    inked = np.flatnonzero(picture.ink[:, place.left : place.right].any(axis=0))
    middle = place.left + ((inked[0] + inked[-1] + 1) if len(inked) else (place.right - place.left)) / 2
    left, right = round(middle - half), round(middle + half)
    window = np.zeros((pixels.shape[0], right - left), dtype=np.float32)
    x0, x1 = max(left, place.left, 0), min(right, place.right, pixels.shape[1])
    if x1 > x0:
        paper, black = levels
        dark = (paper - pixels[:, x0:x1].astype(np.float32)) / max(LEAST_CONTRAST, paper - black)
        window[:, x0 - left : x1 - left] = np.clip(dark, 0, BLACKEST) / BLACKEST
    return np.asarray(cv2.resize(window, (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA), dtype=np.float32)


def _levels(pixels: Gray) -> tuple[float, float]:
    """The grey levels of a line's paper and strokes."""
    spread = np.bincount(pixels.ravel(), minlength=256).cumsum() / pixels.size
    return float(np.searchsorted(spread, PAPER)), float(np.searchsorted(spread, BLACK))


def _is_in_number(seen: Sequence[Seen], at: int) -> bool:
    """Whether a mark has figures or letters on both sides."""
    return 0 < at < len(seen) - 1 and all(s.char.isascii() and s.char.isalnum() for s in (seen[at - 1], seen[at + 1]))


def _shape_of(char: str) -> str:
    """The shape in which a character is printed; empty where it is none of SHAPES, or one of two."""
    shape = NARROW.get(char, char)
    return shape if shape in SHAPES[1:-1] else ""


def _as_the_reader_has(seen: Seen, *, pointless: bool) -> Chances:
    """How likely each shape is by the reader alone, shape (len(SHAPES),); `pointless` is where no point is printed."""
    vague = {**VAGUE, "·": POINT, "•": POINT, "・": POINT} if pointless else VAGUE
    chances: Chances = np.full(len(SHAPES), FLOOR)
    rivals = seen.rivals or (((seen.next, 1 - seen.confidence),) if seen.next else ())
    for char, chance in ((seen.char, seen.confidence), *rivals):
        for shape, share in vague.get(char, {_shape_of(char) or OTHER: 1.0}).items():
            chances[SHAPES.index(shape)] += chance * share
    chances /= chances.sum()
    return chances


def _all_told(looks: Sequence[Seen], shape: Chances, *, pointless: bool) -> Chances:
    """How likely each shape is by one or two looks at a mark and by its own, shape (len(SHAPES),)."""
    ballots = ONE_LOOK if len(looks) == 1 else TWO_LOOKS
    odds = ballots.shape.odds(shape)
    for look, ballot in zip(looks, ballots.looks, strict=True):
        odds = odds + ballot.odds(_as_the_reader_has(look, pointless=pointless))
    likely = np.exp(odds - odds.max())
    chances: Chances = likely / likely.sum()
    return chances


def _as_shaped(seen: Seen, chances: Chances) -> list[Seen]:
    """A mark as all that is told of it has it; none where it is a speck.

    One of which the reader was less sure is MOST_SURE at most.
    """
    best = SHAPES[int(chances.argmax())]
    sure = float(chances.max())
    own = _shape_of(seen.char)
    if best == OTHER or (best == NOTHING and sure < (VAGUE_DIRT if seen.char in VAGUE else DIRT)):
        return [replace(seen, confidence=min(seen.confidence, max(sure, float(chances[SHAPES.index(own or OTHER)]))))]
    if best == NOTHING:
        return []
    char = seen.char if own == best else best
    other = seen.other if char == seen.char else seen.char
    sure = max(min(sure, MOST_SURE), min(sure, seen.confidence) if char == seen.char else 0.0)
    return [replace(seen, char=char, confidence=sure, other=other, rivals=())]


def _found(place: MarkPlace, told: Chances, least: float) -> list[Seen]:
    """The mark that was passed over in a place, where its shape is that of marks with this probability at least."""
    marks = told[1:-1]
    if marks.sum() < least:
        return []
    best = 1 + int(marks.argmax())
    if SHAPES[best] == "·":  # of a row of points, or of a hanzi
        return []
    return [Seen(SHAPES[best], place.left, 0, place.right, 1, min(SUREST, float(told[best])), other="")]


def _apart(seen: Sequence[Seen]) -> list[Seen]:
    """The characters, none reaching into the one found beside it."""
    out = list(seen)
    for at, (a, b) in enumerate(pairwise(seen)):
        if b.y1 == 1 and a.x1 > b.x0:
            out[at] = replace(out[at], x1=max(a.x0 + 1, b.x0))
        elif a.y1 == 1 and a.x1 > b.x0:
            out[at + 1] = replace(out[at + 1], x0=min(b.x1 - 1, a.x1))
    return out
