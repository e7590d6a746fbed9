"""Pages of vertical type in registers: a stream of runs of text that headlines start and registers cut.

In the turned frame a register is a column, its lines run along x, and the next register stands on its right. A run is
text whose lines follow each other between the same two edges. At a register's end the text goes on at the beginning of
the next register, past articles that are set into the stream. `text` tells running text and display type, `runs` and
`heads` put lines together, `stream` holds the cues by which runs go on each other, `link_measures` what trees are told
of them, `make_up` solves the page as one.
"""

from __future__ import annotations

from collections.abc import Sequence

from cleanup.articles.assembly import Assembly
from cleanup.articles.blocks import TextBlock
from cleanup.articles.frame import ReadingFrame
from cleanup.articles.labels import Label
from cleanup.articles.registers.link_measures import link_trees
from cleanup.articles.registers.make_up import make_up
from cleanup.articles.registers.pieces import pieces_of
from cleanup.articles.registers.text import Sorted
from cleanup.articles.registers.weights import RegisterWeights, register_weights
from cleanup.articles.surroundings import Surroundings


def registers(
    frame: ReadingFrame,
    around: Sequence[Surroundings],
    labels: Sequence[Label],
    table: RegisterWeights | None = None,
) -> tuple[Assembly, tuple[TextBlock, ...]]:
    """The pieces of a page of vertical type, and its blocks; `around` and `labels` go with the frame's lines.

    `table` holds the weights; where it is None, the shipped ones are taken, and the trees that are fitted on them.
    """
    page = Sorted.of(frame, around, labels)
    return pieces_of(make_up(page, register_weights(), link_trees()) if table is None else make_up(page, table))
