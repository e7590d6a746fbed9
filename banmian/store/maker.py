"""Which Banmian made a workspace: its own version, the form of the record, and the versions of the results."""

from __future__ import annotations

import importlib.metadata
from dataclasses import astuple, dataclass

from banmian.store.stage_keys import VERSIONS, Versions

UNKNOWN = "of an unknown version"


@dataclass(frozen=True, slots=True)
class Maker:
    """A Banmian. `results` are None where it recorded none, as 0.1.0 does."""

    banmian: str
    form: int
    results: Versions | None

    def __str__(self) -> str:
        r = self.results
        results = "" if r is None else f", layout {r.layout}, ocr {r.ocr}, cleanup {r.cleanup}"
        return f"Banmian {self.banmian} (form {self.form}{results})"

    def is_newer_than(self, other: Maker) -> bool:
        """Whether it writes a form, or results, that the other one does not know yet."""
        theirs, ours = (astuple(m.results or Versions(0, 0, 0)) for m in (self, other))
        return self.form > other.form or any(a > b for a, b in zip(theirs, ours, strict=True))


def this_banmian(form: int) -> Maker:
    """The Banmian that runs, which uses that form of the record."""
    try:
        version = importlib.metadata.version("banmian")
    except importlib.metadata.PackageNotFoundError:
        version = UNKNOWN
    return Maker(version, form, VERSIONS)
