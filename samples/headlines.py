"""`python -m samples.headlines FOLDER [FOLDER ...]`: fits the trees of headlines (cleanup/articles/headline_trees.npz).

The folders hold pages and truth as `samples.articles draw` keeps them. Only pages of level type are used. Each page
counts as it was found, and in a copy disturbed by chance, both with the labels that the truth has and with those that
are told.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from cleanup.articles.blocks import TextBlock, relabelled, text_blocks
from cleanup.articles.display import may_be_display
from cleanup.articles.headline_measures import Measures, as_rows
from cleanup.articles.headlines import FILE, MODEL, start_measures, starts_by
from cleanup.articles.labels import Label, is_scant, labels_of
from cleanup.articles.weights import weights
from samples.articles import LABEL_OF, Sample, Solved, issue_samples, solved, solved_blocks, varied
from samples.boosting import classifier, flat
from samples.labels import weight_of

OUT: Final = Path(__file__).parents[1] / "cleanup" / "articles" / FILE
_TOLD: Final = frozenset({Label.HEAD, Label.SUBHEAD, Label.BODY})
"""Labels of display type that the truth decides, where labels are told."""


@dataclass(frozen=True, slots=True)
class HeadlinePairs:
    """The measures of a page's pairs of a headline and a text, and whether the headline's text begins there."""

    measures: list[Measures]
    begins: list[bool]
    weight: float


def headline_pairs(folders: Sequence[Path]) -> Iterator[HeadlinePairs]:
    """The pairs of all pages of the folders, and of their disturbed copies."""
    for folder in folders:
        for number, issue in enumerate(sorted(f for f in folder.iterdir() if f.is_dir())):
            own = [s for s in issue_samples(issue) if not s.frame.vertical and not is_scant(s.frame)]
            for sample in varied(own, seed=number):
                if not is_scant(sample.frame):
                    yield from pairs_of(sample, weight_of(issue.name))


def pairs_of(sample: Sample, weight: float) -> Iterator[HeadlinePairs]:
    """The pairs of a page, by the true labels and by those that are told."""
    yield _pairs(sample, solved(sample, weights(vertical=False)), weight)
    told = text_blocks(sample.frame, sample.around, labels_of(sample.frame, sample.around))
    true = _true_labels(sample)
    blocks = [relabelled(b, true[b.lines[0].line.id] or b.label) if _is_told(b, true) else b for b in told]
    yield _pairs(sample, solved_blocks(sample, blocks), weight)


def _true_labels(sample: Sample) -> dict[str, Label | None]:
    return {
        n.line.id: LABEL_OF[t.kind.value] if t else None
        for n, t in zip(sample.frame.lines, sample.printed, strict=True)
    }


def _is_told(block: TextBlock, true: dict[str, Label | None]) -> bool:
    return may_be_display(block) and true[block.lines[0].line.id] in _TOLD


def _pairs(sample: Sample, page: Solved, weight: float) -> HeadlinePairs:
    relations, openings = page.relations, page.openings
    true = _true_labels(sample)
    found = [s for s in starts_by(weights(vertical=False).heads, relations) if page.ranks[s.head][0] >= 0]

    def begins(head: int, block: int) -> bool:
        part = page.parts[head][0]
        is_head = true[relations.blocks[head].lines[0].line.id] is Label.HEAD
        return is_head and part is not None and openings.get(part) == block

    return HeadlinePairs(start_measures(relations, found), [begins(s.head, s.block) for s in found], weight)


def fit(pages: Sequence[HeadlinePairs]) -> dict[str, np.ndarray]:
    """The trees, as the arrays of the file."""
    names = sorted({name for p in pages for m in p.measures for name in m})
    rows = np.vstack([as_rows(p.measures, names).astype(np.float32) for p in pages])
    begins = np.concatenate([np.array(p.begins, dtype=bool) for p in pages])
    told = np.repeat([p.weight for p in pages], [len(p.begins) for p in pages])
    model = classifier(
        max_iter=120,
        learning_rate=0.1,
        max_leaf_nodes=16,
        min_samples_leaf=30,
        l2_regularization=5.0,
        max_features=0.4,
        max_bins=63,
        early_stopping=False,
    ).fit(rows, begins, sample_weight=told)
    print(f"{len(begins):,} pairs, {np.mean(model.predict(rows) == begins):.4f} right", file=sys.stderr)
    return {"measures": np.array(names), **{f"{MODEL}_{k}": v for k, v in flat([model]).items()}}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m samples.headlines", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", help="pages and truth, as `samples.articles draw` keeps them")
    parser.add_argument("--out", type=Path, default=OUT)
    chosen = parser.parse_args(arguments)
    np.savez_compressed(chosen.out, **fit(list(headline_pairs(chosen.folders))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
