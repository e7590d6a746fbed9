"""The articles of a page in registers: its runs, its headlines, and the links between runs that go best together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from cleanup.articles.registers.article import Articles
from cleanup.articles.registers.cues import begin_cues, end_cues, pair_cues
from cleanup.articles.registers.heads import Choice, Head, chosen, heads_of, options
from cleanup.articles.registers.link_measures import Floats, LinkMeasures
from cleanup.articles.registers.measures import EDGE, MARKS, SET_IN
from cleanup.articles.registers.runs import Run, runs_of
from cleanup.articles.registers.signatures import signatures, without_signatures
from cleanup.articles.registers.stream import Stream
from cleanup.articles.registers.text import Sorted
from cleanup.articles.registers.weights import RegisterWeights
from cleanup.articles.successors import Link, assigned, without_circles
from cleanup.articles.weights import scored
from cleanup.language.characters import ends_sentence
from layout.boosted_trees import Trees

PASSES: Final = 3
"""How often the links are chosen anew, each time with what the links before tell of the articles."""
TREE_PASSES: Final = 2
"""How often they are chosen anew by the trees, after that."""


@dataclass(frozen=True, slots=True)
class MakeUpParams:
    """Weights and bounds by which links are chosen; log-odds, lengths in ems."""

    headed: float = -1.5
    """Log-odds added to text's going on under a headline: a wrong subhead costs two articles."""
    plain: float = 1.5
    """Log-odds added to the going on of text without a headline: headlines are seldom lost."""
    item: float = -8.0
    """Log-odds added to text's going on under a headline that begins as the titles of items do. They come on top of the
    fitted weight of a headline that begins with an ornament, which is small: it holds for triangles too, and the fit
    goes only part of the way from weights without that cue. None of the subheads of real pages begins so."""
    words: float = 1.0
    """Log-odds added for each doubling of shared words. Not fitted: sentences of samples are drawn by chance and have
    no subject. On real pages parts of one article share twice what chance has it twenty times as often as other parts
    do."""
    rows: float = 9.0
    """Log-odds added to the going on of text that opens with a subhead of two rows: it begins no article. Not fitted:
    fits on made-up pages with such text were no better on old pages that were kept out."""
    rows_words: float = 6.0
    """Log-odds added there for each doubling of shared words: the text before such a subhead is at its end as the other
    texts near it are, so that places tell little."""
    of_weights: float = 0.15
    """Share of the weights' score, that of the trees being the rest. By the trees alone drawn pages are still better,
    and fewer articles of real ones come out whole; with more of the weights old pages made by hand are worse."""
    following: tuple[float, float] = (-1.5, 3.0)
    """Ems of white between a lone line and text that is set in beside it."""
    shared: float = 0.5
    """Share of the lower of the two that lies beside the other, at least."""


P: Final = MakeUpParams()


@dataclass(frozen=True)
class MakeUp:
    """What goes with what: runs and headlines are named by their places."""

    stream: Stream
    links: tuple[Link, ...]
    refused: tuple[Link, ...]


def make_up(page: Sorted, table: RegisterWeights, trees: Trees | None = None) -> MakeUp:
    """The make-up of a page that the weights hold for the likeliest, and the trees that see what the weights say."""
    stream = headed(page, table)
    return MakeUp(stream, *linked(stream, table, trees))


def headed(page: Sorted, table: RegisterWeights) -> Stream:
    """The runs, with the headlines over them and what signs them; decks are parts of headlines."""
    runs = without_signatures(page, runs_of(page))
    heads = heads_of(page, runs)
    choices = _chosen(page, heads, runs, table)
    decks = _decks(runs, choices)
    if decks:
        of = dict(decks)
        heads = tuple(h.with_lines(runs[of[n]].lines) if n in of else h for n, h in enumerate(heads))
        runs = tuple(r for n, r in enumerate(runs) if n not in {deck for _, deck in decks})
        choices = _chosen(page, heads, runs, table)
    return Stream(page, runs, heads, {c.run: c for c in choices}, signatures(page, runs, heads))


def _chosen(page: Sorted, heads: Sequence[Head], runs: Sequence[Run], table: RegisterWeights) -> tuple[Choice, ...]:
    return chosen(page, heads, tuple(options(page, heads, runs)), len(runs), table)


def _decks(runs: Sequence[Run], choices: Sequence[Choice]) -> list[tuple[int, int]]:
    """Headlines and the single lines without a mark between them and an indented text: the headline's last lines."""
    found = []
    for c in choices:
        run = runs[c.run]
        if len(run.lines) == 1 and not set(run.text) & MARKS and not ends_sentence(run.text):
            for o in runs:
                gap = o.rect.y0 - run.rect.y1
                beside = P.following[0] < gap < P.following[1] and o.rect.overlap_x(run.rect) > P.shared * min(
                    o.height, run.height
                )
                if o is not run and o.indent >= SET_IN and beside and o.top < run.rect.x0 + EDGE:
                    found.append((c.head, c.run))
                    break
    return found


def linked(
    stream: Stream, table: RegisterWeights, trees: Trees | None = None
) -> tuple[tuple[Link, ...], tuple[Link, ...]]:
    """The links from run to run with the greatest sum of scores, and the likely ones that were refused."""
    linker = Linker(stream, table)
    found = linker.links(None)
    taken = _best(stream, found)
    for _ in range(PASSES):
        found = linker.links(Articles.of(stream, taken))
        taken = _best(stream, found)
    if trees is not None and found:
        for _ in range(TREE_PASSES):
            found = linker.weighed(Articles.of(stream, taken), trees)
            taken = _best(stream, found)
    held = {(n.first, n.second) for n in taken}
    refused = sorted((n for n in found if (n.first, n.second) not in held), key=lambda n: -n.score)
    return tuple(taken), tuple(refused)


def _best(stream: Stream, found: Sequence[Link]) -> list[Link]:
    return without_circles(assigned(range(len(stream.runs)), found))


class Linker:
    """Scores the links of a page."""

    def __init__(self, stream: Stream, table: RegisterWeights) -> None:
        self._stream, self._table = stream, table
        self._ends = [table.run_score(end_cues(stream, n)) for n in range(len(stream.runs))]
        self._begins = [table.run_score(begin_cues(stream, n)) for n in range(len(stream.runs))]
        places = tuple(stream.candidates())
        self._pairs = [(a, b, pair_cues(stream, a, b, where)) for a, b, where in places]
        self._measures = LinkMeasures(stream, self._ends, self._begins, {(a, b): where for a, b, where in places})

    def links(self, articles: Articles | None) -> list[Link]:
        """All links that may be, with what is known of the articles that they would go on."""
        found = self._by_places(articles)
        return found if articles is None else self._with_words(found, articles)

    def weighed(self, articles: Articles, trees: Trees) -> list[Link]:
        """The same, scored by the trees too."""
        found = self._by_places(articles)
        chances = trees.log_odds(self._measures.rows(found, articles))
        told = [
            replace(n, score=P.of_weights * n.score + (1 - P.of_weights) * float(chance))
            for n, chance in zip(found, chances, strict=True)
        ]
        return self._with_words(told, articles)

    def rows(self, articles: Articles) -> tuple[list[Link], Floats]:
        """All links that may be, and for each what the trees are told of it, shape (links, measures)."""
        found = self._by_places(articles)
        return found, self._measures.rows(found, articles)

    def _by_places(self, articles: Articles | None) -> list[Link]:
        """The links as the weights score them."""
        out = []
        for a, b, plain in self._pairs:
            cues = self._table.crossed({**plain, **articles.cues(a, b)} if articles is not None else plain)
            head = self._stream.head(b)
            lean = P.plain + P.rows * self._in_rows(b) if head is None else P.headed + P.item * head.opens_item
            score = 2 * scored(self._table.successors, cues) - self._ends[a] - self._begins[b] + lean
            out.append(Link(a, b, score, cues))
        return out

    def _with_words(self, found: Sequence[Link], articles: Articles) -> list[Link]:
        """The links with what the words that two texts share say of their being one."""
        return [replace(n, score=n.score + self._of_words(n, articles)) for n in found]

    def _of_words(self, link: Link, articles: Articles) -> float:
        weight = P.rows_words if self._in_rows(link.second) else P.words
        return weight * articles.words(link.first, link.second)

    def _in_rows(self, b: int) -> bool:
        return self._stream.head(b) is None and self._stream.runs[b].opens_in_rows
