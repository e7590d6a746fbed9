"""Jumps over an issue: a 下转 on one page and a 上接 on another are joined when both ends agree."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeGuard

from cleanup.article import JumpEnd, WaitingJump
from cleanup.language.characters import ends_sentence
from ocr.setup.language_model import LanguageModel, seam_gain


@dataclass(frozen=True, slots=True)
class JumpParams:
    """Bounds of the fit of two parts of an article; shares and fits are 0 to 1."""

    sure_margin: float = 0.1
    """Difference in fit to any other pair that shares an end with a pair, at least: with less the two are mixed up."""
    unrelated: float = 0.3
    """Share of the words that two headlines share, at least: with fewer they are of two articles."""
    reach: int = 3000
    """Number of characters of a text, at either end, that are compared: a longer text shares words with any other."""
    sure_gain: float = 4.0
    """Gain, a base-10 logarithm, from which a language model has no doubt that a sentence reads on over a jump."""
    longest_gram: int = 4
    """Number of characters of a run over the edge between two parts, at most."""
    repeated: float = 0.5
    """Share of the words that two headlines share from which one repeats the other."""


P: Final = JumpParams()
_OF_FOLIO: Final = re.compile("[A-Z]{0,2}[0-9]+")
"""The name of a page that its folio can tell, digits plain: 2, A3."""


@dataclass(frozen=True, slots=True)
class Part:
    """One printed part of an article, as the jump graph sees it."""

    id: str
    page: str
    """What the page calls itself: its 版次 where a folio tells it, else its number."""
    title: str | None
    body: str
    """The text of the body as it reads, markers left out."""
    begins_paragraph: bool
    """Whether the body begins with an indent."""
    comes_from: tuple[str | None, ...] = ()
    """The page that each 上接 names (None where it cannot be read); empty where the part begins here."""
    goes_to: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class JumpLink:
    """A part and the part that it goes on in; `fit` is how well they go together, 0 to 1, with a model to 1.2."""

    start: str
    end: str
    fit: float
    reason: str


def link(parts: Sequence[Part], model: LanguageModel | None = None) -> tuple[list[JumpLink], list[WaitingJump]]:
    """The jumps of an issue whose two ends agree, and the ends that wait for a person.

    A pair is possible when each end names the other's page, which is another than its own (a page that has no number,
    as in 下转本版 and 下转副刊, or cannot be read agrees with any). Of possible pairs the one that fits best is taken;
    where two fit equally well, both wait. A part goes on at most once.
    A language model, where there is one, says how well the sentences read on: fewer pairs fit equally well.
    """
    pairs = sorted(_pairs(parts, _Edges(_grams(parts), model)), key=lambda j: (-j.fit, j.start, j.end))
    beside = _Beside(pairs)
    jumps: dict[str, JumpLink] = {}
    ended: set[str] = set()
    for jump in pairs:
        free = jump.start not in jumps and jump.end not in ended
        if free and not beside.has_rival(jump, jumps, ended) and not _closes_circle(jump, jumps):
            jumps[jump.start] = jump
            ended.add(jump.end)
    return list(jumps.values()), list(_waiting(parts, beside, jumps, ended))


class _Beside:
    """The possible pairs by the ends that they have."""

    def __init__(self, pairs: Sequence[JumpLink]) -> None:
        self.of_start: dict[str, list[JumpLink]] = defaultdict(list)
        self.of_end: dict[str, list[JumpLink]] = defaultdict(list)
        for pair in pairs:
            self.of_start[pair.start].append(pair)
            self.of_end[pair.end].append(pair)

    def has_rival(self, jump: JumpLink, started: Container[str], ended: Container[str]) -> bool:
        """Whether another pair that is still possible shares an end with this one and fits about as well."""
        rivals = (r for r in (*self.of_start[jump.start], *self.of_end[jump.end]) if r is not jump)
        return any(r.fit > jump.fit - P.sure_margin and r.start not in started and r.end not in ended for r in rivals)


def _grams(parts: Sequence[Part]) -> frozenset[str]:
    """The runs of two to four characters in the texts that jump."""
    texts = [p.body[: P.reach] + p.body[-P.reach :] for p in parts if p.goes_to or p.comes_from]
    return frozenset(t[i : i + n] for t in texts for n in (2, 3, 4) for i in range(len(t) - n + 1))


def _pairs(parts: Sequence[Part], edges: _Edges) -> Iterator[JumpLink]:
    ends: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        if part.comes_from:
            ends[part.page].append(part)
    for start in parts:
        for page in start.goes_to[:1]:
            for end in ends[page] if _is_counted(page) else (p for g in ends.values() for p in g):
                if _agree(start, end) and (jump := _jump(start, end, edges)).fit > 0:
                    yield jump


def _agree(start: Part, end: Part) -> bool:
    """Whether the marker of a part that comes from a page can name that of a part which goes to this one's page."""
    source = end.comes_from[0]
    told = _is_counted(start.goes_to[0]) or _is_counted(source)
    named = not _is_counted(source) or source == start.page
    return named and end.id != start.id and not (told and end.page == start.page)


def _is_counted(page: str | None) -> TypeGuard[str]:
    """Whether a marker tells its page as a folio can: 副刊, 要闻2 and 2张2 are in no folio, and agree with any page."""
    return page is not None and _OF_FOLIO.fullmatch(page) is not None


def _jump(start: Part, end: Part, edges: _Edges) -> JumpLink:
    """The pair with its fit: headlines, the sentence at the edge, and words that both texts use."""
    title, told = _headline_fit(start, end)
    goes_on = not ends_sentence(start.body)
    edge = goes_on != end.begins_paragraph
    words = _shared(_words(end.body), _words(start.body))
    fit = 0.4 * (0.5 if title is None else title) + 0.2 * edge + 0.2 * words
    read_on = edges.read_on(start.body, end.body) if goes_on else 0.0
    fit += 0.2 * (edges.known(start.body, end.body) + read_on) if goes_on else 0.0
    if title is not None and title < P.unrelated:
        fit = 0.0
    reason = f"page {start.page} and page {end.page} name each other; {told}"
    reason += "; the sentence goes on" if edge and goes_on else ""
    reason += "; a language model finds that the sentence reads on" if read_on > 0 else ""
    return JumpLink(start.id, end.id, fit, reason)


@dataclass(frozen=True, slots=True)
class _Edges:
    """What tells how well two texts go together at their edge: the issue's runs of characters, and a language model."""

    grams: Container[str]
    model: LanguageModel | None

    def known(self, before: str, behind: str) -> float:
        """The share, 0 to 1, of the runs of characters over the edge that the issue has elsewhere.

        年纪 / 最大的 is such an edge, where 年纪最 stands in another place.
        """
        over = [(before[-n:] + behind[:m]) for n in (1, 2, 3) for m in (1, 2, 3) if n + m <= P.longest_gram]
        return sum(run in self.grams for run in over) / len(over)

    def read_on(self, before: str, behind: str) -> float:
        """How surely a language model finds that the sentence reads on over the edge: 0 to 1, without a model 0."""
        gain = None if self.model is None else seam_gain(self.model, before.rstrip(), behind.lstrip())
        return 0.0 if gain is None else min(1.0, max(0.0, gain / P.sure_gain))


def _headline_fit(start: Part, end: Part) -> tuple[float | None, str]:
    """How much of the shorter headline is in the other one, or of a shortened one in the text; None without two."""
    if not start.title or not end.title:
        return None, "one part has no headline"
    mine, theirs = _words(start.title), _words(end.title)
    shared = max(_shared(theirs, mine), _shared(mine, theirs))
    if shared >= P.repeated:
        return shared, "the headline is repeated"
    return max(shared, 0.6 * _shared(theirs, _words(start.body[: P.reach]))), "the headline's words are in the text"


def _words(text: str) -> frozenset[str]:
    bare = [c for c in text if c.isalnum()]
    return frozenset(a + b for a, b in pairwise(bare)) or frozenset(bare)


def _shared(part: frozenset[str], whole: frozenset[str]) -> float:
    return len(part & whole) / len(part) if part else 0.0


def _closes_circle(jump: JumpLink, jumps: Mapping[str, JumpLink]) -> bool:
    at = jump.end
    while at in jumps and at != jump.start:
        at = jumps[at].end
    return at == jump.start


def _waiting(
    parts: Sequence[Part], beside: _Beside, started: Container[str], ended: Container[str]
) -> Iterator[WaitingJump]:
    every = {p.page for p in parts}
    for part in parts:
        pages = every - {part.page}
        if part.goes_to and part.id not in started:
            why = _why(part.goes_to[0], pages, len(beside.of_start[part.id]), "上接")
            yield WaitingJump(part.id, JumpEnd.TO, part.goes_to[0], why)
        if part.comes_from and part.id not in ended:
            why = _why(part.comes_from[0], pages, len(beside.of_end[part.id]), "下转")
            yield WaitingJump(part.id, JumpEnd.FROM, part.comes_from[0], why)


def _why(page: str | None, pages: set[str], rivals: int, missing: str) -> str:
    if page is None:
        return "the page's number cannot be read"
    if page not in pages:
        return f"page {page} is not in this issue"
    if rivals:
        return f"{rivals} parts on page {page} fit about equally well"
    return f"no {missing} of a page {page} agrees with it"
