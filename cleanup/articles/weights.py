"""The table of weights: what each named cue counts for each decision, fitted by `samples.articles`, read from JSON."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

from cleanup.articles.placed import PlacedLine

FILE: Final = "weights.json"
SEAMS: Final = "seam_weights.json"
"""What a language model's finds count for, on top of the other cues to successors; fitted by `samples.seams`."""
ALIKE: Final = "alike"
UNLIKE: Final = "unlike"
NO_HEADLINE: Final = "the second has no headline of its own"
UNDER_LEDE: Final = "a report under the wide beginning of a headline's text"
PAST_INSET: Final = "below, past a headline set into its text"
ACROSS_RULE: Final = "in another column, beyond a rule over both"
_SET: Final = {NO_HEADLINE: 2.0, UNDER_LEDE: 4.0, PAST_INSET: 8.0, ACROSS_RULE: -4.0}
"""Weights of successors that are set by hand: the fit sees no second assembly of a page, and hardly a page with one of
the others. Of pages made by hand 1.0 to 3.0 mend the same for the first."""
_ALIKE: Final = 1.25
"""Ratio of the sizes of two neighbouring lines up to which they are of one kind of type."""
_AS_HEAVY: Final = 1.25
"""Ratio of their weights up to which they are."""


class Weights(msgspec.Struct, frozen=True):
    """Weights in units of log-odds, by cue; for labels by label first, and on vertical pages alone."""

    labels: Mapping[str, Mapping[str, float]]
    neighbours: Mapping[str, Mapping[str, Mapping[str, float]]]
    """Log-probability of the next line's label within one region, by `ALIKE` or `UNLIKE` and the label before."""
    display: Mapping[str, Mapping[str, float]]
    """For a block of display type, by what it may be."""
    successors: Mapping[str, float]
    heads: Mapping[str, float]


def likeness(line: PlacedLine, other: PlacedLine) -> str:
    """Whether two neighbouring lines are set in type of one size and weight: `ALIKE` or `UNLIKE`."""
    small, large = sorted((line.size, other.size))
    light, heavy = sorted((line.weight, other.weight))
    return ALIKE if large <= _ALIKE * small and (not light or heavy <= _AS_HEAVY * light) else UNLIKE


class Tables(msgspec.Struct, frozen=True):
    """The weights for pages of level type, and for pages of vertical type in their turned frame."""

    level: Weights
    upright: Weights


def weights(*, vertical: bool) -> Weights:
    """The table that is shipped for pages of vertical type, or for others."""
    return _tables().upright if vertical else _tables().level


@cache
def _tables() -> Tables:
    folder = files("cleanup.articles")
    tables = msgspec.json.decode((folder / FILE).read_bytes(), type=Tables)
    seams = msgspec.json.decode((folder / SEAMS).read_bytes(), type=dict[str, float])
    level = msgspec.structs.replace(tables.level, successors={**tables.level.successors, **seams, **_SET})
    return msgspec.structs.replace(tables, level=level)


def scored(table: Mapping[str, float], cues: Mapping[str, float]) -> float:
    """The log-odds that the cues add up to; cues that the table does not know count nothing."""
    return sum(table.get(name, 0.0) * value for name, value in cues.items())


def strongest(table: Mapping[str, float], cues: Mapping[str, float], count: int = 3) -> list[tuple[str, float]]:
    """The cues that count most, for or against, with what they add; constants are left out."""
    parts = [(name, table.get(name, 0.0) * value) for name, value in cues.items() if name != "always"]
    return sorted((p for p in parts if p[1]), key=lambda p: (-abs(p[1]), p[0]))[:count]
