"""The table of weights of pages in registers, fitted by `samples.registers`, read from JSON."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

FILE: Final = "weights.json"


class RegisterWeights(msgspec.Struct, frozen=True):
    """Weights in units of log-odds, by cue."""

    heads: Mapping[str, float]
    """For the run that the text under a headline begins with."""
    no_text: Mapping[str, float]
    """For a headline's standing over no text of an article."""
    successors: Mapping[str, float]
    """For runs going on each other, ending an article and beginning one."""


@cache
def register_weights() -> RegisterWeights:
    """The table that is shipped."""
    return msgspec.json.decode((files("cleanup.articles.registers") / FILE).read_bytes(), type=RegisterWeights)
