"""`python -m samples.seams FOLDER...`: measures what a language model tells of seams, and what that counts for.

The folders hold drawn pages that were analysed and read by the oracle (`samples.articles draw --later`). For each class
of gain a line says how many pairs of blocks are in it, and how many of these truly go on. A class weighs a part of the
log-odds by which its pairs go on oftener, or less often, than all pairs do. The weights, in
cleanup/articles/seam_weights.json, come on top of those in weights.json, which are fitted without a model.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import inf, log
from pathlib import Path
from typing import Final

import msgspec

from cleanup.articles.cues import step
from cleanup.articles.successors import SEAM, P, candidates, pair_cues
from cleanup.articles.weights import weights
from ocr.setup.language_model import LanguageModel, language_model
from samples.articles import FITTED_PAGES, Solved, samples, solved

OUT: Final = Path(__file__).parents[1] / "cleanup" / "articles" / "seam_weights.json"
DRAWN: Final = ("browser", "browser_mixed")
"""Styles of drawn pages that are measured beside those made by hand; the text of others is made of few sentences."""
COUNTED: Final = 0.5
"""Part of the log-odds that counts: other cues say some of the same. On pages that no weight was fitted on 0.4 to 0.7
tell successors about equally well, none and all of it worse."""
UNSEEN: Final = 0.5
"""Pairs of either kind that each class is taken to hold beside those that were found."""


@dataclass
class GainClass:
    """The pairs of blocks whose seam is of one class of gain, and those of them that truly go on."""

    pairs: int = 0
    true: int = 0

    @property
    def log_odds(self) -> float:
        """Natural logarithm of the odds that a pair of the class goes on."""
        return log((self.true + UNSEEN) / (self.pairs - self.true + UNSEEN))


def pages(folders: Sequence[Path], model: LanguageModel) -> Iterator[Solved]:
    """The level pages that weights may be fitted on, with the model as a voice."""
    table = weights(vertical=False)
    for folder in folders:
        for sample in samples(folder, only={*FITTED_PAGES, *DRAWN}):
            if not sample.frame.vertical:
                page = solved(sample, table)
                yield replace(page, relations=replace(page.relations, model=model))


def classes(found: Iterator[Solved]) -> dict[str, GainClass]:
    """The classes of gain by the names of their cues, the lowest first."""
    out = {f"{SEAM} by {step(gain, P.gains)}": GainClass() for gain in (-inf, *P.gains)}
    for page in found:
        following = page.following
        for a, b in candidates(page.relations):
            told = (name for name in pair_cues(page.relations, a, b) if name.startswith(SEAM))
            for name in told if page.parts[a.id][1] is not None else ():
                out[name].pairs += 1
                out[name].true += following.get(a.id) == b.id
    return out


def seam_weights(found: dict[str, GainClass]) -> dict[str, float]:
    """The weight of each class beside all pairs together, in units of log-odds."""
    whole = GainClass(sum(c.pairs for c in found.values()), sum(c.true for c in found.values()))
    return {name: round(COUNTED * (c.log_odds - whole.log_odds), 2) for name, c in found.items()}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m samples.seams", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=OUT)
    chosen = parser.parse_args(arguments)
    model = language_model()
    if model is None:
        print("No language model is installed; banmian doctor says how to get one.", file=sys.stderr)
        return 1
    found = classes(pages(chosen.folders, model))
    for name, one in found.items():
        print(f"{name}: {one.pairs} pairs, {one.true} go on")
    chosen.out.write_bytes(msgspec.json.format(msgspec.json.encode(seam_weights(found)), indent=1) + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
