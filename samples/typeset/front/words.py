"""Wording of front pages: labels, headlines with marks and figures, credits, small adverts, imprints."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

from samples.typeset.grammar import Writer
from samples.typeset.story import Para

HERE: Final = Path(__file__).parent
WIDENED: Final = ("titles", "kickers", "subtitles", "subheads", "openers", "middles", "captions", "bylines", "adverts")
"""Lists that the front page's wording adds to the common grammar; the rest stand in the front page's file alone."""


@cache
def _front(language: str) -> dict[str, Any]:
    return dict(json.loads((HERE / f"front.{language}.json").read_text(encoding="utf-8")))


_PEN_NAMES: Final = 0.3
"""Share of bylines that are a pen name alone, of hanzi that no list of surnames tells."""
_PEN: Final = "南北春秋山川竹石雨文墨耕舟野笛月溪木田白"


class FrontWriter(Writer):
    """A writer with the front page's wording beside the common grammar."""

    def __init__(self, seed: object, language: str = "hans", *, hanzi: bool = False) -> None:
        super().__init__(seed, language, hanzi=hanzi)
        front = _front(language)
        more = {k: [*self.patterns[k], *front[k]] for k in WIDENED}
        self.language = language
        self.used: set[str] = set()
        """Titles printed in this issue already."""
        self.patterns |= front | more
        self.patterns["captions"] = front["captions"]
        if hanzi:
            self.patterns["middles"] = [m for m in self.patterns["middles"] if "{latin}" not in m]

    def said(self, name: str, **values: object) -> str:
        """One pattern of the list `name` (or the pattern itself), with the given values and then its slots filled."""
        found = self.patterns.get(name, name)
        text = str(self.rng.choice(found) if isinstance(found, list) else found)
        for key, value in values.items():
            text = text.replace("{" + key + "}", str(value))
        return self.filled(text)

    def byline_pair(self) -> tuple[str, str]:
        """The names, and the byline as printed."""
        form = str(self.rng.choice(self.patterns["bylines"]))
        a, b = self.name(), self.name()
        pen = Random(a + b)  # its own, so that the rest of the page stays as it is
        if pen.random() < _PEN_NAMES:
            name = "".join(pen.sample(_PEN, pen.choice((2, 2, 3))))
            return name, name
        names = a if "{b}" not in form or "/" in form else f"{a} {b}"
        return names, form.format(a=a, b=b)

    def short_paragraph(self, most: int = 60) -> str:
        """A few sentences of some `most` characters."""
        text = self.filled(self.rng.choice(self.patterns["openers"])).replace("｜", "")
        while len(text) < most * 0.7:
            text += self.filled(self.rng.choice(self.patterns["middles"]))
        return text

    def fitted_title(self, shortest: int, longest: int) -> str:
        """A title between the two lengths that the issue does not have yet, or the nearest of forty tries."""
        best = ""
        for _ in range(40):
            title = self.pick("titles")
            if shortest <= len(title) <= longest and title not in self.used:
                self.used.add(title)
                return title
            if not best or abs(len(title) - longest) < abs(len(best) - longest):
                best = title
        return best

    def paragraph_of(self, *, opening: bool = False) -> Para:
        """A paragraph; now and then one short sentence, or a line that ends in a dash."""
        draw = self.rng.random()
        if opening:
            return self.paragraph(str(self.rng.choice(self.patterns["openers"])))
        if draw < 0.06:
            return Para(str(self.rng.choice(self.patterns["dashes"])))
        if draw < 0.16:
            return Para(self.pick("middles"))
        return self.paragraph()
