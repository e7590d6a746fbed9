"""Which article a picture's captions go with, or that the picture stands for itself: weighted cues, the best wins.

A caption is printed at its picture, not at its article: what counts is where the picture lies, which texts and
headlines are around it, and the words that the caption shares with each.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Final

import msgspec

from cleanup.articles.blocks import TextBlock
from cleanup.articles.cues import Cues, step
from cleanup.articles.labels import Label
from cleanup.articles.placed import Rect
from cleanup.articles.relations import Relations, away
from cleanup.articles.weights import scored
from cleanup.forms.caption import closes_caption
from cleanup.language.characters import ends_sentence, hanzi_pairs

FILE: Final = "caption_weights.json"
_DATED: Final = re.compile(r"\d{1,2}\s*[日月]|[近昨今]日|[昨今]天")
"""How a picture that stands for itself says when it was taken."""


@dataclass(frozen=True, slots=True)
class IllustrationParams:
    """Bounds by which captions go with pictures and texts; lengths in ems."""

    at_picture: float = 2.5
    """Ems of white between a caption and its picture, at most."""
    touching: float = 0.6
    """Ems of white between two parts of one picture, at most."""
    together: float = 1.0
    """Ems of white between two captions without a picture that are one, at most."""
    reach: float = 14.0
    """Ems from a picture and its captions to the text that they go with, at most."""
    beside: float = 0.3
    """Share of a picture's side along which what is next to it lies, at least."""
    around: float = 20.0
    """Ems from a picture within which a text or headline is next to it."""
    opening: int = 24
    """Characters of a caption in which it says when its picture was taken."""
    least: float = 0.5
    """Ems; no side of a block is taken to be shorter."""
    overlap: float = 1.0
    """Ems by which boxes of neighbours may overlap."""
    within: float = 0.5
    """Share of a block that lies within a picture and its captions where it is amid them, at least."""
    words: float = 10.0
    """Value of the cue of shared words where one story alone holds all pairs of characters of a long caption."""
    few: int = 12
    """Pairs of characters by which a caption counts as longer, so that few words in common count little."""
    most: float = 3.0
    """Greatest value of the cue of shared words."""


P: Final = IllustrationParams()


@dataclass(frozen=True, slots=True)
class Illustration:
    """Captions that belong together, by id, with their picture where one is found; `rect` is around them all."""

    captions: tuple[int, ...]
    rect: Rect
    text: str

    @classmethod
    def of(cls, picture: Rect | None, captions: Sequence[TextBlock]) -> Illustration:
        rects = [b.rect for b in captions] + ([picture] if picture is not None else [])
        return cls(tuple(b.id for b in captions), Rect.around(rects), "".join(b.text for b in captions))

    @property
    def pairs(self) -> frozenset[str]:
        """The pairs of hanzi in the captions."""
        return hanzi_pairs(self.text)


@dataclass(frozen=True, slots=True)
class PrintedStory:
    """The headlines and running text of an article, by id."""

    heads: tuple[int, ...]
    stream: tuple[int, ...]

    @property
    def ids(self) -> tuple[int, ...]:
        return (*self.heads, *self.stream)


@dataclass(frozen=True)
class CaptionedPage:
    """A page's captions by their pictures, and the stories that they may go with."""

    relations: Relations
    stories: Sequence[PrintedStory]
    captions: Sequence[TextBlock]

    @cached_property
    def illustrations(self) -> tuple[Illustration, ...]:
        """The captions by their pictures: those at one picture go together, and so do those next to each other."""
        groups: list[tuple[Rect | None, list[TextBlock]]] = []
        for b in self.captions:
            picture = self._picture_of(b)
            own = next((held for place, held in groups if _is_one(picture, place, b, held)), None)
            if own is None:
                groups.append((picture, [b]))
            else:
                own.append(b)
        return tuple(Illustration.of(picture, own) for picture, own in groups)

    def _picture_of(self, b: TextBlock) -> Rect | None:
        """The picture that a caption stands at; where several are near, the one that it lies along most."""
        near = [p for p in self._pictures if away(p, b.rect) < P.at_picture]

        def along(p: Rect) -> float:
            level = p.overlap_x(b.rect) / max(P.least, b.rect.width)
            upright = p.overlap_y(b.rect) / max(P.least, b.rect.height)
            return max(level, upright) - away(p, b.rect)

        return max(near, key=along, default=None)

    @cached_property
    def _pictures(self) -> tuple[Rect, ...]:
        """The pictures of the page, those that touch taken together: layout finds some in parts."""
        made: list[Rect] = []
        for picture in self.relations.frame.pictures:
            whole = picture
            while touching := [p for p in made if away(p, whole) < P.touching]:
                made = [p for p in made if p not in touching]
                whole = Rect.around([whole, *touching])
            made.append(whole)
        return tuple(made)

    def home(self, one: Illustration) -> int | None:
        """The place of the story that an illustration goes with, or None where it stands for itself."""
        table = caption_weights()
        scores = {n: scored(table, self.story_cues(one, n)) for n in self.within_reach(one)}
        best = max(scores, key=lambda n: scores[n], default=None)
        return best if best is not None and scores[best] > scored(table, own_cues(one)) else None

    def within_reach(self, one: Illustration) -> list[int]:
        """The places of the stories that an illustration may go with."""
        return [n for n in range(len(self.stories)) if self._away(one, n) < P.reach]

    def _away(self, one: Illustration, at: int) -> float:
        return self._distances[one.captions][at]

    @cached_property
    def _distances(self) -> dict[tuple[int, ...], list[float]]:
        """For each illustration, named by its captions, the ems to each story."""
        rects = [[self.relations.blocks[i].rect for i in s.ids] for s in self.stories]
        return {
            one.captions: [min((away(one.rect, r) for r in own), default=P.reach) for own in rects]
            for one in self.illustrations
        }

    @cached_property
    def _told(self) -> list[dict[str, float]]:
        """For each story its pairs of characters, each with one over the number of stories that hold it."""
        held = [hanzi_pairs("".join(self.relations.blocks[i].text for i in s.ids)) for s in self.stories]
        count = Counter(p for pairs in held for p in pairs)
        return [{p: 1 / count[p] for p in pairs} for pairs in held]

    def story_cues(self, one: Illustration, at: int) -> Cues:
        """The cues to whether an illustration goes with the story at a place, one of those within reach."""
        cues: Cues = dict.fromkeys([*self._of_place(one, at), *self._sides(one, at)], 1.0)
        words = self._told[at]
        cues["shared words"] = min(
            P.most, P.words * sum(words.get(p, 0.0) for p in one.pairs) / (P.few + len(one.pairs))
        )
        return cues

    def _of_place(self, one: Illustration, at: int) -> Iterator[str]:
        """How far the story is, what parts it from the picture, and what it consists of."""
        story = self.stories[at]
        distance = self._away(one, at)
        yield f"away {step(distance, (0.8, 1.6, 3.0, 6.0))}"
        if distance <= min(self._distances[one.captions]):
            yield "nearest"
        yield from self._of_make_up(one, [self.relations.blocks[i] for i in story.ids])
        if not story.stream:
            yield "a headline alone"
        elif not story.heads:
            yield "no headline"

    def _of_make_up(self, one: Illustration, story: Sequence[TextBlock]) -> Iterator[str]:
        """Tiles, frames and rules that take a picture and a story together or part them."""
        captions = [self.relations.blocks[i] for i in one.captions]
        if tiles := {b.article for b in captions if b.article is not None}:
            same = any(b.article in tiles for b in story)
            yield "one piece by the tiles" if same else "two pieces by the tiles"
        if not {b.frame for b in story} & {b.frame for b in captions}:
            yield "another frame"
        if any(_is_amid(b.rect, one.rect) for b in story):
            yield "amid it"
        yield from self._ruled(one, min((b.rect for b in story), key=lambda r: away(one.rect, r)))

    def _ruled(self, one: Illustration, rect: Rect) -> Iterator[str]:
        """Whether rules part a picture from the part of a story that is next to it."""
        upper, lower = sorted((one.rect, rect), key=lambda r: r.y0)
        if one.rect.overlap_y(rect) <= 0 and self.relations.level_rule_between(upper, lower):
            yield "a level rule between"
        if one.rect.overlap_x(rect) <= 0 and self.relations.upright_rule_between(one.rect, rect):
            yield "an upright rule between"

    def _sides(self, one: Illustration, at: int) -> Iterator[str]:
        """The sides of a picture on which its neighbour is of the story, with what that neighbour is."""
        own = frozenset(self.stories[at].ids)
        for side in ("over", "under", "left of", "right of"):
            found = self._next(one.rect, side)
            if found is not None and found.id in own:
                yield f"{side} it: {'headline' if found.label is Label.HEAD else 'text'}"

    def _next(self, rect: Rect, side: str) -> TextBlock | None:
        """The block of running text or headline that is next to a rectangle on a side."""
        best, nearest = None, P.around
        for b in (*self.relations.stream, *self.relations.heads):
            r = b.rect
            if side in {"over", "under"}:
                shared = rect.overlap_x(r) / max(P.least, min(rect.width, r.width))
                gap = rect.y0 - r.y1 if side == "over" else r.y0 - rect.y1
            else:
                shared = rect.overlap_y(r) / max(P.least, min(rect.height, r.height))
                gap = rect.x0 - r.x1 if side == "left of" else r.x0 - rect.x1
            if shared > P.beside and -P.overlap < gap < nearest:
                best, nearest = b, gap
        return best


def own_cues(one: Illustration) -> Cues:
    """The cues to whether a picture stands for itself."""
    facts = ["alone", f"alone: characters {step(len(one.text), (12, 25, 50, 90))}"]
    if _DATED.search(one.text[: P.opening]):
        facts.append("alone: says when")
    if closes_caption(one.text):
        facts.append("alone: ends with a credit")
    if ends_sentence(one.text):
        facts.append("alone: ends with a stop")
    return dict.fromkeys(facts, 1.0)


@cache
def caption_weights() -> dict[str, float]:
    """The weights that are shipped, in units of log-odds, by cue."""
    return msgspec.json.decode((files("cleanup.articles") / FILE).read_bytes(), type=dict[str, float])


def _is_one(picture: Rect | None, place: Rect | None, b: TextBlock, held: Sequence[TextBlock]) -> bool:
    """Whether a caption belongs with others: it is at the same picture, or at none and next to one of them."""
    if picture is not None:
        return place is picture
    return any(away(b.rect, other.rect) < P.together for other in held)


def _is_amid(block: Rect, picture: Rect) -> bool:
    """Whether most of a block lies within a picture and its captions."""
    area = max(0.0, block.overlap_x(picture)) * max(0.0, block.overlap_y(picture))
    return area > P.within * block.width * block.height
