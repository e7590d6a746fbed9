"""`python -m samples.sections FOLDER …`: the weights by which sections tell headlines from subheads.

They are cleanup/articles/section_weights.json. The folder holds the pages made by hand, as `samples.captions draw`
keeps them. What the display type itself tells counts as in clean-up, but for the labels that tables, upright captions
and text around cut-outs put right; its own weights were fitted on the same pages, so that it is surer here than
elsewhere, and counts less.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from cleanup.articles.blocks import text_blocks
from cleanup.articles.credited_captions import with_credited_captions
from cleanup.articles.cues import Cues
from cleanup.articles.display import DISPLAY, display_scores, likeliest
from cleanup.articles.labels import Label, is_scant, labels_of
from cleanup.articles.sections import FILE, Sections
from samples.articles import LABEL_OF, Sample, samples
from samples.choices import matrix_of, table_of_names

OUT: Final = Path(__file__).parents[1] / "cleanup" / "articles" / FILE
_STIFF: Final = 2.0
"""Weight of the squared weights against the log loss."""


@dataclass
class SectionRows:
    """Blocks of display type: the cues of their sections, what the type itself tells, and whether each is a subhead."""

    cues: list[Cues] = field(default_factory=list)
    own: list[float] = field(default_factory=list)
    subhead: list[bool] = field(default_factory=list)


def section_rows(found: Iterable[Sample]) -> SectionRows:
    """The headlines and subheads of some level pages, over text of their own."""
    rows = SectionRows()
    for sample in found:
        frame = sample.frame
        if frame.vertical or is_scant(frame):
            continue
        printed = {n.line.id: t for n, t in zip(frame.lines, sample.printed, strict=True)}
        blocks = text_blocks(frame, sample.around, with_credited_captions(frame, labels_of(frame, sample.around)))
        scores = display_scores(frame, blocks)
        own = {
            i: score[Label.SUBHEAD] - score[Label.HEAD] for i, score in scores.items() if likeliest(score) in DISPLAY
        }
        sections = Sections(blocks, scores.keys())
        for b, cues, odds in sections.parting(own):
            line = printed[b.lines[0].line.id]
            label = LABEL_OF[line.kind.value] if line is not None else None
            if label in DISPLAY:
                rows.cues.append(cues)
                rows.own.append(odds)
                rows.subhead.append(label is Label.SUBHEAD)
    return rows


def fitted(rows: SectionRows) -> dict[str, float]:
    """The weights (logistic regression)."""
    names, x = matrix_of(rows.cues)
    own, y = np.array(rows.own), np.array(rows.subhead, dtype=np.float64)

    def loss(w: npt.NDArray[np.float64]) -> tuple[float, npt.NDArray[np.float64]]:
        z = own + x @ w
        back = 1 / (1 + np.exp(-z)) - y
        value = (np.logaddexp(0, z) - y * z).sum() + _STIFF / 2 * float(w @ w)
        return float(value), np.asarray(x.T @ back + _STIFF * w)

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B")
    return table_of_names(names, found.x)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m samples.sections", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+", help="pages and truth, as `samples.captions draw` keeps them")
    parser.add_argument("--out", type=Path, default=OUT)
    chosen = parser.parse_args(arguments)
    rows = section_rows(s for folder in chosen.folders for s in samples(folder))
    table = fitted(rows)
    chosen.out.write_bytes(msgspec.json.format(msgspec.json.encode(table, order="sorted"), indent=1) + b"\n")
    print(f"{sum(rows.subhead)} subheads of {len(rows.subhead)} blocks of display type", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
