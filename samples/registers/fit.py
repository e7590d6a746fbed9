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

SEEDS: Final = range(80000, 80050)
"""The made-up pages that the weights are fitted on."""
STIFF: Final = 8.0
"""Weight of the squared distance from the previous weights against the log loss."""
STEP: Final = 0.4
"""Share of the way from the previous weights to the fitted ones that is gone: all of it is better on drawn pages, and
worse on old pages that were made by hand and kept out."""
ROUNDS: Final = 2
"""Fits of the weights of links, each after the first with what the links of the one before tell of the articles."""
OUT: Final = Path(__file__).parents[2] / "cleanup" / "articles" / "registers" / "weights.json"
PREVIOUS: Final = Path(__file__).parent / "previous.json"
"""The weights that new ones are drawn to, with their pairs of cues: the mean of several fits, rounded, on pages that
are not all kept. Without them a fit is worse on pages that it has not seen."""
NONE: Final = "none: "
"""What stands before the cues to a headline's standing over no text."""


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


def previous_weights() -> RegisterWeights:
    """The weights that new ones are drawn to."""
    return msgspec.json.decode(PREVIOUS.read_bytes(), type=RegisterWeights)


def fitted(found: Sequence[LabelledLines], previous: RegisterWeights) -> RegisterWeights:
    """The weights: first those of headlines, then, with the headlines that they choose, those of the text's stream."""
    heads, none = _head_weights(found, previous)
    links = _successor_weights(found, RegisterWeights(heads, none, previous.successors))
    return RegisterWeights(
        _part_way(previous.heads, heads), _part_way(previous.no_text, none), _part_way(previous.successors, links)
    )


def _part_way(previous: Mapping[str, float], fitted: Mapping[str, float]) -> dict[str, float]:
    """Weights between the previous and the fitted ones; one that a table does not hold counts as 0."""
    names = sorted({*previous, *fitted})
    return {n: round((1 - STEP) * previous.get(n, 0.0) + STEP * fitted.get(n, 0.0), 3) for n in names}


def _part_of(lines: Sequence[str], truth: dict[str, Truth]) -> int | None:
    """The article that most of some lines are of."""
    parts = [truth[i].part for i in lines if i in truth]
    return max(set(parts), key=parts.count) if parts else None


def _head_weights(
    found: Sequence[LabelledLines], previous: RegisterWeights
) -> tuple[dict[str, float], dict[str, float]]:
    made = Choices()
    for one in found:
        runs = runs_of(one.page)
        heads = heads_of(one.page, runs)
        rows: dict[int, dict[int, int]] = {}
        for o in options(one.page, heads, runs):
            rows.setdefault(o.head, {})[o.run] = made.row(o.cues)
        for h, head in enumerate(heads):
            none = made.row({NONE + name: v for name, v in no_text_cues(one.page, head).items()})
            own = rows.get(h, {})
            right = _run_under(head, runs, one.truth)
            made.choose([*own.values(), none], own.get(right if right is not None else -1, none))
    table = choice_weights(made, {**previous.heads, **{NONE + n: w for n, w in previous.no_text.items()}}, STIFF)
    none_table = {n.removeprefix(NONE): w for n, w in table.items() if n.startswith(NONE)}
    return {n: w for n, w in table.items() if not n.startswith(NONE)}, none_table


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
    """The weights of links: first without what links tell of articles, then with what the links of the first tell.

    `table` holds the weights of headlines, and for those of links what they are drawn to.
    """
    pages = [_Page.of(one, table) for one in found]
    for _ in range(ROUNDS):
        made = Choices()
        for page in pages:
            page.choices(made, None)
            if page.links is not None:
                page.choices(made, Articles.of(page.stream, page.links))
        made.rows = [table.crossed(row) for row in made.rows]
        weights = choice_weights(made, table.successors, STIFF)
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
        stream = headed(one.page, table)
        text = tuple(text_share(r, one.truth) >= 0.5 for r in stream.runs)
        return cls(stream, text, following(stream.runs, one.truth))

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


def text_share(run: Run, truth: dict[str, Truth]) -> float:
    """Share of the lines of a run that are of an article."""
    texts = [n.line.id in truth and truth[n.line.id].part is not None for n in run.lines]
    return sum(texts) / len(texts)


def following(runs: Sequence[Run], truth: dict[str, Truth]) -> dict[int, int]:
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
