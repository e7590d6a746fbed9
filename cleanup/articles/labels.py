"""What each line of print is: the most likely label by the weighted cues, neighbours in a region taken together."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from itertools import groupby
from typing import Final

import numpy as np

from cleanup.articles.cues import Cues, line_cues
from cleanup.articles.frame import ReadingFrame
from cleanup.articles.surroundings import Surroundings
from cleanup.articles.weights import Weights, scored, weights


class Label(StrEnum):
    """What a line of print is on its page."""

    HEAD = "head"  # kicker, title or subtitle
    SUBHEAD = "subhead"
    BYLINE = "byline"
    BODY = "body"  # leads too
    CAPTION = "caption"
    FURNITURE = "furniture"  # folio, masthead, imprint
    ADVERT = "advert"
    TABLE = "table"  # lists and figures too
    COLUMN = "column"  # the name of a column beside a headline
    TEASER = "teaser"  # sends the reader to another page


LABELS: Final = tuple(Label)
_NEIGHBOURS: Final = 0.7
"""Weight of the neighbour's label; below 1, since the cues tell of the neighbours too."""


def labels_of(frame: ReadingFrame, around: Sequence[Surroundings]) -> tuple[Label, ...]:
    """The label of each line, in the order of the frame's lines."""
    return labels_by(weights(), frame, line_cues(frame, around))


def labels_by(table: Weights, frame: ReadingFrame, cues: Sequence[Cues]) -> tuple[Label, ...]:
    """The same by a given table, from the lines' cues."""
    out: list[Label] = []
    for _, run in groupby(range(len(cues)), key=lambda i: frame.lines[i].region.id):
        out += _likeliest([cues[i] for i in run], table)
    return tuple(out)


def _likeliest(run: Sequence[Cues], table: Weights) -> list[Label]:
    """The likeliest labels of a region's lines (Viterbi)."""
    own = np.array([[scored(table.labels[label], cues) for label in LABELS] for cues in run])
    own -= np.logaddexp.reduce(own, axis=1)[:, None]
    passing = _NEIGHBOURS * np.array([[table.neighbours[a][b] for b in LABELS] for a in LABELS])
    best, back = own[0], []
    for row in own[1:]:
        through = best[:, None] + passing
        back.append(through.argmax(axis=0))
        best = through.max(axis=0) + row
    at = int(best.argmax())
    path = [at]
    for step in reversed(back):
        at = int(step[at])
        path.append(at)
    return [LABELS[i] for i in reversed(path)]
