"""Measures of pages in registers: thresholds in ems of the body type, and the type size of a line."""

from __future__ import annotations

from typing import Final

from cleanup.articles.placed import PlacedLine, Rect
from cleanup.language.characters import PAUSES, SENTENCE_ENDS

TYPE: Final = (0.66, 1.28)
"""Sizes, relative to the body's, of a line that may be running text; short lines are measured badly."""
WRONG: Final = 1.55
"""Size of a line of running text that is measured wrong, at most."""
RUN: Final = 3
"""Lines from which lines between the same edges are running text, whatever their labels."""
SAME: Final = 0.4
"""Ems by which the edges of full lines of one register differ at most."""
EDGE: Final = 0.9
"""Ems by which the edges of the lines of one register differ at most."""
INDENT: Final = 2.6
"""Ems by which the first line of a paragraph is set in at most."""
SET_IN: Final = 0.55
"""Ems by which it is set in at least."""
CUT: Final = 4.6
"""Ems of a line's beginning that may be lost, at most; less than a register's height."""
PITCH: Final = 1.0
"""Ems of white between two lines of one run, at most; more is a break."""
PART: Final = 1.4
"""Ems of white between two parts of one headline, at most."""
NEXT: Final = 4.0
"""Ems of white between a register and the next, at most."""
UNDER: Final = 4.5
"""Ems of white between a level headline and the text under it, at most."""
FULL: Final = 1.3
"""Ems that a full line leaves free at most."""
AS_ALL: Final = "flush as all"
"""How text begins that is not set in, on a page that sets no paragraph in."""
ITEM_SIGNS: Final = frozenset("●◎◉○⊙◇◆")
"""Ornaments that the title of an item begins with, one line of type little larger than the text: ●某事. These are discs
and diamonds: a triangle or a square may begin a subhead too."""
ORNAMENTS: Final = ITEM_SIGNS | frozenset("△▲☆★□■※")
"""Ornaments that a paragraph of old print begins with."""
MARKS: Final = PAUSES | SENTENCE_ENDS | ORNAMENTS
"""Marks and ornaments that running text has and a headline has not."""
ENDS: Final = ("云", "完", "矣", "也")
"""Last characters of reports in old newspapers."""
_COUNTED: Final = 8
"""Characters from which a line's length tells its type size, too."""


def size_of(n: PlacedLine) -> float:
    """The type size of a line relative to the body's; where two lines were read as one, no more than its text needs."""
    long = n.rect.height if n.crosses else n.rect.width
    return min(n.size, long / len(n.text)) if len(n.text) >= _COUNTED else n.size


around: Final = Rect.around
"""The smallest rectangle around some."""


def ends_report(text: str) -> bool:
    """Whether a text ends as reports of old newspapers do."""
    return text.rstrip("、。，,.」』）)").endswith(ENDS)
