"""`python -m samples.labels FOLDER [FOLDER ...]`: fits the trees of the labels (cleanup/articles/label_trees.npz).

The folders hold pages and truth as `samples.articles draw` keeps them. Only pages of level type are used. Each page
counts as it was found, and in a copy disturbed by chance; pages that a browser set count more than typeset ones.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from cleanup.articles.cues import Cues
from cleanup.articles.label_chances import FILE, FIRST, SECOND, company, features
from cleanup.articles.labels import LABELS, is_scant
from cleanup.articles.line_measures import LineMeasures, line_measures
from samples.articles import FITTED_PAGES, LABEL_OF, SEEDS, Sample, issue_samples, varied
from samples.boosting import classifier, flat

OUT: Final = Path(__file__).parents[1] / "cleanup" / "articles" / FILE
PARTS: Final = 2
"""Parts of the pages: the first pass tells the second of each part by trees that were fitted on the others."""
_FREQUENT: Final = 40
"""Lines on which a cue holds, at least, to be a feature."""
_COUNTS: Final = ("alone, in a row with", "short and centred like", "no mark in its region")
"""How cues begin that are classes of what is no measure."""
_UNKNOWN: Final = -1
"""The label of a line of which the truth says nothing."""
_BROWSER: Final = 1.5
"""Weight of a line of a page that a browser set, where one of a typeset page counts 1."""
_HANDMADE: Final = 3.0
"""Weight of one of a page made by hand."""


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """A page's measures and cues, the place of each line's true label, and the weight of its lines."""

    part: int
    measures: LineMeasures
    cues: list[Cues]
    labels: np.ndarray
    weight: float


def labelled_pages(folders: Sequence[Path]) -> Iterator[LabelledPage]:
    """The pages of the folders, each also disturbed; both copies are of one part."""
    for folder in folders:
        for number, issue in enumerate(sorted(f for f in folder.iterdir() if f.is_dir())):
            own = [s for s in issue_samples(issue) if not s.frame.vertical and not is_scant(s.frame)]
            for sample in varied(own, seed=number):
                if not is_scant(sample.frame):
                    yield _labelled(sample, number % PARTS, weight_of(issue.name))


def weight_of(name: str) -> float:
    """What a line of a page counts in a fit, by the name of the folder that the page is kept in."""
    style = name.rpartition("-")[0]
    if style in SEEDS:
        return 1.0
    return _HANDMADE if style in FITTED_PAGES else _BROWSER


def _labelled(sample: Sample, part: int, weight: float) -> LabelledPage:
    labels = [_UNKNOWN if t is None else LABELS.index(LABEL_OF[t.kind.value]) for t in sample.printed]
    return LabelledPage(part, line_measures(sample.frame, sample.around), sample.cues, np.array(labels), weight)


def fit(pages: Sequence[LabelledPage]) -> dict[str, np.ndarray]:
    """The trees of both passes, as the arrays of the file."""
    count = Counter(name for p in pages for cues in p.cues for name in cues)
    names = sorted(name for name, lines in count.items() if lines >= _FREQUENT and not _is_class(name))
    rows = [features(p.measures, p.cues, names).astype(np.float32) for p in pages]
    labels, lengths = np.concatenate([p.labels for p in pages]), [len(p.labels) for p in pages]
    weights = np.repeat([p.weight for p in pages], lengths)
    parts = np.repeat([p.part for p in pages], lengths)
    known, x = labels != _UNKNOWN, np.vstack(rows)
    first, chances = [], np.zeros((len(x), len(LABELS)))
    for part in range(PARTS):
        own = known & (parts != part)
        first.append(_model().fit(x[own], labels[own], sample_weight=weights[own]))
        chances[parts == part] = first[-1].predict_proba(x[parts == part])
    _say("first", labels[known], chances[known])
    bounds = np.cumsum(lengths)[:-1]
    around = [company(p.measures, c) for p, c in zip(pages, np.split(chances, bounds), strict=True)]
    both = np.hstack([x, np.vstack(around).astype(np.float32)])
    second = _model().fit(both[known], labels[known], sample_weight=weights[known])
    made: dict[str, np.ndarray] = {"cues": np.array(names), "labels": np.array(len(LABELS))}
    for place in range(len(LABELS)):
        for name, models in ((FIRST, first), (SECOND, [second])):
            made |= {f"{name}_{place}_{k}": v for k, v in flat(models, place).items()}
    return made


def _is_class(cue: str) -> bool:
    """Whether a cue names a class of a number that is among the measures, as of size or length."""
    return any(map(str.isdigit, cue)) and not cue.startswith(_COUNTS)


def _say(name: str, labels: np.ndarray, chances: np.ndarray) -> None:
    print(f"{name} pass: {len(labels):,} lines, {np.mean(chances.argmax(axis=1) == labels):.4f} right", file=sys.stderr)


def _model() -> Any:
    return classifier(
        max_iter=70,
        learning_rate=0.12,
        max_leaf_nodes=16,
        min_samples_leaf=40,
        l2_regularization=5.0,
        max_features=0.4,
        max_bins=63,
        early_stopping=False,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m samples.labels", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--out", type=Path, default=OUT)
    chosen = parser.parse_args(arguments)
    np.savez_compressed(chosen.out, **fit(list(labelled_pages(chosen.folders))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
