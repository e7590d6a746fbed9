"""Wording of old vertical pages: wires, decks of headlines, adverts, page heads."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

from samples.typeset.front.words import FrontWriter
from samples.typeset.numerals import in_hanzi
from samples.typeset.story import Para

HERE: Final = Path(__file__).parent
MARKS: Final[dict[str, dict[int, str | None] | None]] = {
    "modern": None,
    "commas": str.maketrans({"，": "、", "。": "、", "；": "、", "：": "、"}),
    "stops": str.maketrans({"，": "。", "；": "。", "：": "。", "、": "。"}),
    "none": str.maketrans({"，": None, "。": None, "；": None, "：": None, "、": None, "！": None, "？": None}),
}
"""How a page prints its marks: as today, all as 、, all as 。, or none at all."""


@cache
def _old() -> dict[str, Any]:
    return dict(json.loads((HERE / "old.hant.json").read_text(encoding="utf-8")))


class OldWriter(FrontWriter):
    """A writer in the manner of the years before 1949; numbers in hanzi."""

    def __init__(self, seed: object) -> None:
        super().__init__(seed, "hant", hanzi=True)
        plain = [m for m in self.patterns["middles"] if "{latin}" not in m and not m[0].isascii()]
        rng = Random(f"old {seed}")
        old = _old()
        self.patterns |= old
        self.patterns["middles"] = [*old["middles"], *rng.sample(plain, 12)]

    def paragraph_of(self, *, opening: bool = False) -> Para:
        """A paragraph; the first begins as a wire or a notice does."""
        first = [str(self.rng.choice(self.patterns["openers"]))] if opening or self.rng.random() < 0.15 else []
        more = self.rng.sample(self.patterns["middles"], self.rng.randint(1, 5))
        last = [str(self.rng.choice(self.patterns["closers"]))] if self.rng.random() < 0.25 else []
        text = "".join(self.filled(p) for p in (*first, *more, *last))
        run_in, bar, rest = text.partition("｜")
        return Para(run_in + rest, run_in=len(run_in)) if bar and self.rng.random() < 0.3 else Para(run_in + rest)

    def old_day(self, day: tuple[int, int, int]) -> str:
        """中華民國 and the date in hanzi."""
        return in_hanzi(f"中華民國{day[0] - 1911}年{day[1]}月{day[2]}日").replace("民國〇", "民國")
