"""The fit of the weights of pages in registers: choices of headlines and of runs on made-up pages and drawn ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

import msgspec

from cleanup.articles.frame import ReadingFrame
from cleanup.articles.labels import labels_of
from cleanup.articles.registers.article import Articles
from cleanup.articles.registers.cues import begin_cues, end_cues, pair_cues
from cleanup.articles.registers.heads import Head, heads_of, no_text_cues, options
from cleanup.articles.registers.make_up import headed, linked
from cleanup.articles.registers.runs import Run, runs_of
from cleanup.articles.registers.stream import Stream
from cleanup.articles.registers.text import Sorted
from cleanup.articles.registers.weights import RegisterWeights
from cleanup.articles.successors import Link
from cleanup.articles.surroundings import surroundings
from samples.choices import Choices, choice_weights
from samples.registers.damage import damaged
from samples.registers.makeup import made_up
from samples.registers.sheet import Truth, What

SETS: Final = (range(80000, 80080), range(80080, 80160))
"""The made-up pages that the weights are fitted on, a fit for each set: one alone is swayed by single pages."""
STIFF: Final = 2.0
"""Weight of the squared weights against the log loss."""
PAIRS: Final = 180
"""Pairs of cues that get a weight of their own."""
PARTS: Final = 2
"""Parts of the pages whose fits are averaged: pairs of cues that only a few pages ask for count less then."""
ROUNDS: Final = 2
"""Fits of the weights of links, each after the first with what the links of the one before tell of the articles."""
OUT: Final = Path(__file__).parents[2] / "cleanup" / "articles" / "registers" / "weights.json"

KNOWN_SUCCESSORS: Final = {
    "left": 1.0,
    "next": 0.0,
    "later": -2.0,
    "apart": -3.0,
    "another frame": -4.0,
    "left: a rule between, plain": -2.5,
    "next: beside the same headline": 2.0,
    "begin: no headline": -2.0,
    "begin: a headline": 2.0,
    "end: ends as reports do": 1.0,
}
"""Log-odds that the weights are drawn to."""
KNOWN_HEADS: Final = {"upright, left": 1.0, "level, under": 1.0, "left: a rule between": -1.0}


@dataclass(frozen=True)
class LabelledLines:
    """A page's lines, sorted, with what each is; truth by the id of the line."""

    page: Sorted
    truth: dict[str, Truth]


def told(frame: ReadingFrame, truth: Sequence[Truth]) -> LabelledLines:
    """A frame with its truth, labelled as a page is."""
    around = surroundings(frame)
    page = Sorted.of(frame, around, labels_of(frame, around))
    return LabelledLines(page, {n.line.id: t for n, t in zip(frame.lines, truth, strict=True)})


def pages(seeds: Iterable[int]) -> Iterator[LabelledLines]:
    """Made-up pages, each as it is and as errors leave it."""
    for seed in seeds:
        frame, truth = made_up(seed)
        yield told(frame, truth)
        yield told(*damaged(frame, truth, Random(f"damage {seed}")))


def fitted_in_sets(printed: Sequence[LabelledLines]) -> RegisterWeights:
    """The mean of the weights fitted on each set of made-up pages together with the printed ones."""
    tables = [fitted([*pages(seeds), *printed]) for seeds in SETS]
    kinds = ([t.heads for t in tables], [t.no_text for t in tables], [t.successors for t in tables])
    return RegisterWeights(*(mean_of(kind) for kind in kinds))


def fitted(found: Sequence[LabelledLines]) -> RegisterWeights:
    """The weights: first those of headlines, then, with the headlines that they choose, those of the text's stream.

    The latter are the mean of fits on parts of the pages.
    """
    heads, none = _head_weights(found)
    table = RegisterWeights(heads, none, {})
    parts = [found[n::PARTS] for n in range(min(PARTS, len(found)))]
    return RegisterWeights(heads, none, mean_of([_successor_weights(part, table) for part in parts]))


def mean_of(tables: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The mean of each weight; one that a table does not hold counts as 0."""
    names = sorted({name for table in tables for name in table})
    return {name: round(sum(t.get(name, 0.0) for t in tables) / len(tables), 3) for name in names}


def _part_of(lines: Sequence[str], truth: dict[str, Truth]) -> int | None:
    """The article that most of some lines are of."""
    parts = [truth[i].part for i in lines if i in truth]
    return max(set(parts), key=parts.count) if parts else None


def _head_weights(found: Sequence[LabelledLines]) -> tuple[dict[str, float], dict[str, float]]:
    made = Choices()
    for one in found:
        runs = runs_of(one.page)
        heads = heads_of(one.page, runs)
        rows: dict[int, dict[int, int]] = {}
        for o in options(one.page, heads, runs):
            rows.setdefault(o.head, {})[o.run] = made.row(o.cues)
        for h, head in enumerate(heads):
            none = made.row({f"none: {name}": v for name, v in no_text_cues(one.page, head).items()})
            own = rows.get(h, {})
            right = _run_under(head, runs, one.truth)
            made.choose([*own.values(), none], own.get(right if right is not None else -1, none))
    known = KNOWN_HEADS | {"none: advert": 1.0, "none: always": 0.0}
    table = choice_weights(made, known, STIFF)
    none_table = {n.removeprefix("none: "): w for n, w in table.items() if n.startswith("none: ")}
    return {n: w for n, w in table.items() if not n.startswith("none: ")}, none_table


def _run_under(head: Head, runs: Sequence[Run], truth: dict[str, Truth]) -> int | None:
    """The run that begins with the first text behind a headline or a subhead."""
    own = [truth[n.line.id] for n in head.lines if n.line.id in truth]
    real = [t for t in own if t.what in (What.HEAD, What.SUBHEAD)]
    if 2 * len(real) <= len(own):
        return None
    part, rank = real[-1].part, max(t.rank for t in real)
    best: tuple[int, int] | None = None
    for r, run in enumerate(runs):
        first = truth.get(run.lines[0].line.id)
        if first is not None and first.what is What.TEXT and first.part == part and first.rank > rank:
            best = min(best, (first.rank, r)) if best else (first.rank, r)
    return best[1] if best else None


def _successor_weights(found: Sequence[LabelledLines], table: RegisterWeights) -> dict[str, float]:
    """The weights of links: first without what links tell of articles, then with what the links of the first tell."""
    pages = [_Page.of(one, table) for one in found]
    for _ in range(ROUNDS):
        made = Choices()
        for page in pages:
            page.choices(made, None)
            if page.links is not None:
                page.choices(made, Articles.of(page.stream, page.links))
        weights = choice_weights(made, KNOWN_SUCCESSORS, STIFF, PAIRS)
        whole = RegisterWeights(table.heads, table.no_text, weights)
        for page in pages:
            page.links = linked(page.stream, whole)[0]
    return weights


@dataclass
class _Page:
    """The runs of a page with the truth about them, and the links that the weights of the round before make."""

    stream: Stream
    text: tuple[bool, ...]
    """For each run whether it is text of an article."""
    following: dict[int, int]
    links: Sequence[Link] | None = None

    @classmethod
    def of(cls, one: LabelledLines, table: RegisterWeights) -> _Page:
        runs, heads, choices = headed(one.page, table)
        stream = Stream(one.page, runs, heads, {c.run: c for c in choices})
        return cls(stream, tuple(_text_share(r, one.truth) >= 0.5 for r in runs), _following(runs, one.truth))

    def choices(self, made: Choices, articles: Articles | None) -> None:
        """Adds what each run goes on with, and what it goes on, to the choices."""
        stream = self.stream
        before = {b: a for a, b in self.following.items()}
        pairs = {}
        for a, b, where in stream.candidates():
            cues = pair_cues(stream, a, b, where)
            pairs[a, b] = made.row({**cues, **articles.cues(a, b)} if articles is not None else cues)
        for r in (r for r, text in enumerate(self.text) if text):
            end, begin = made.row(end_cues(stream, r)), made.row(begin_cues(stream, r))
            after = {b: row for (a, b), row in pairs.items() if a == r}
            made.choose([*after.values(), end], after.get(self.following.get(r, -1), end))
            ahead = {a: row for (a, b), row in pairs.items() if b == r}
            made.choose([*ahead.values(), begin], ahead.get(before.get(r, -1), begin))


def _text_share(run: Run, truth: dict[str, Truth]) -> float:
    texts = [n.line.id in truth and truth[n.line.id].part is not None for n in run.lines]
    return sum(texts) / len(texts)


def _following(runs: Sequence[Run], truth: dict[str, Truth]) -> dict[int, int]:
    """For each run the next one of its article, in the order of reading."""
    first: dict[int, list[tuple[int, int]]] = {}
    last: dict[int, tuple[int, int]] = {}
    for r, run in enumerate(runs):
        held = [truth[n.line.id] for n in run.lines if n.line.id in truth and truth[n.line.id].part is not None]
        if held:
            first.setdefault(held[0].part or 0, []).append((held[0].rank, r))
            last[r] = held[-1].part or 0, held[-1].rank
    out = {}
    for r, (part, rank) in last.items():
        later = [f for f in first.get(part, []) if f[0] > rank and f[1] != r]
        if later:
            out[r] = min(later)[1]
    return out


def write(table: RegisterWeights, out: Path = OUT) -> None:
    """The table as JSON, one weight a line, in the order of the names."""
    out.write_bytes(msgspec.json.format(msgspec.json.encode(table, order="sorted"), indent=1) + b"\n")
