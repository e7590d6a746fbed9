"""The table of weights of pages in registers, read from JSON; `samples.registers` fits such tables.

The one that is shipped is drawn to previous weights, which `samples/registers/previous.json` holds: the mean of several
fits whose pages are not all kept. A table fitted without them has an article F1 of .65 on four old pages made by hand
that it was not fitted on, where the previous weights have .75.

What text begins with, "flush as all", "bold" or "a run-in subhead", came after that fit and has no weight: in place of
what was said of such text before, it says nothing. A fit with these cues, on pages drawn by a later layout and on
made-up pages without indents, with bold lines and with more headlines taken for text, was no better on the old pages
that were kept out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from importlib.resources import files
from typing import Final

import msgspec

from cleanup.articles.cues import Cues
from cleanup.articles.weights import scored

FILE: Final = "weights.json"
AND: Final = " & "
"""What stands between the names of two cues that count together."""


class RegisterWeights(msgspec.Struct, frozen=True, dict=True):
    """Weights in units of log-odds, by cue."""

    heads: Mapping[str, float]
    """For the run that the text under a headline begins with."""
    no_text: Mapping[str, float]
    """For a headline's standing over no text of an article."""
    successors: Mapping[str, float]
    """For runs going on each other, ending an article and beginning one; `a & b` counts where both cues are there."""

    def run_score(self, cues: Cues) -> float:
        """The log-odds that cues to runs, and the pairs of them, add up to."""
        return scored(self.successors, self.crossed(cues))

    def crossed(self, cues: Cues) -> Cues:
        """Cues to runs, and the pairs of them that have a weight of their own."""
        pairs = self._pairs
        found = {f"{a}{AND}{b}": cues[a] * cues[b] for a in cues if a in pairs for b in pairs[a] if b in cues}
        return {**cues, **found}

    @cached_property
    def _pairs(self) -> Mapping[str, Sequence[str]]:
        """For each cue that is the first of a pair the second ones."""
        out: dict[str, list[str]] = {}
        for name in self.successors:
            first, both, second = name.partition(AND)
            if both:
                out.setdefault(first, []).append(second)
        return out


@cache
def register_weights() -> RegisterWeights:
    """The table that is shipped."""
    return msgspec.json.decode((files("cleanup.articles.registers") / FILE).read_bytes(), type=RegisterWeights)
