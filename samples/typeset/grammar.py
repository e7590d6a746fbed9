"""Sentences without end: a small grammar of news prose about places and people that do not exist."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from samples.typeset.numerals import in_hanzi
from samples.typeset.story import Para

HERE = Path(__file__).parent


@cache
def _patterns(language: str) -> dict[str, Any]:
    return dict(json.loads((HERE / f"grammar.{language}.json").read_text(encoding="utf-8")))


class Writer:
    """Writes paragraphs, titles and names; the same seed writes the same.

    `language` is hans (simplified) or hant (traditional characters). `hanzi` writes every number in hanzi, as
    vertical pages do.
    """

    def __init__(self, seed: object, language: str = "hans", *, hanzi: bool = False) -> None:
        self.rng = Random(f"writer {seed}")
        self.patterns = dict(_patterns(language))
        if hanzi:
            self.patterns |= {"middles": [m for m in self.patterns["middles"] if "{latin}" not in m]}
        self.hanzi = hanzi
        self.ten_thousand = "萬" if language == "hant" else "万"
        self.made: dict[str, Callable[[], str]] = {
            "person": self.name,
            "count": lambda: str(self.rng.randint(2, 48)),
            "age": lambda: str(self.rng.randint(19, 87)),
            "amount": self._amount,
            "percent": self._percent,
            "money": self._money,
            "date": lambda: f"{self.rng.randint(1, 12)}月{self.rng.randint(1, 28)}日",
            "phone": lambda: str(self.rng.randint(2000000, 8999999)),
            "city_name": lambda: str(self.rng.choice(self.patterns["slots"]["city"]))[:-1],
        }

    def name(self) -> str:
        slots = self.patterns["slots"]
        return str(self.rng.choice(slots["family"]) + self.rng.choice(slots["given"]))

    def _amount(self) -> str:
        rng = self.rng
        return rng.choice(
            (
                str(rng.randint(60, 9999)),
                f"{rng.randint(2, 90)}{self.ten_thousand}",
                f"{rng.randint(101, 999)}.{rng.randint(1, 9)}",
            )
        )

    def _percent(self) -> str:
        rng = self.rng
        return f"{rng.randint(1, 98)}.{rng.randint(1, 9)}%" if rng.random() < 0.7 else f"{rng.randint(5, 95)}%"

    def _money(self) -> str:
        rng = self.rng
        yuan = f"{rng.randint(20, 980)}元"
        return rng.choice(
            (
                yuan,
                f"{rng.randint(2, 95)}.{rng.randint(1, 9)}{self.ten_thousand}元",
                f"{rng.randint(110, 990)}{self.ten_thousand}元",
            )
        )

    def filled(self, pattern: str) -> str:
        """The pattern with every {slot} filled."""
        text = re.sub(r"\{(.*?)\}", lambda m: self._slot(m.group(1)), pattern)
        return in_hanzi(text) if self.hanzi else text

    def _slot(self, slot: str) -> str:
        if slot in self.made:
            return self.made[slot]()
        return str(self.rng.choice(self.patterns["slots"][slot]))

    def paragraph(self, pattern: str | None = None) -> Para:
        """A paragraph of two to six sentences, the first from `pattern` if given."""
        first = [pattern] if pattern else []
        patterns = first + self.rng.sample(self.patterns["middles"], self.rng.randint(1, 5))
        text = "".join(self.filled(p) for p in patterns)
        run_in, bar, rest = text.partition("｜")
        return Para(run_in + rest, run_in=len(run_in)) if bar else Para(text)

    def body(self, characters: int, subheads: float = 0.12, *, opening: bool = True) -> list[Para]:
        """Paragraphs of at least so many characters together; without `opening` they go on with a text that stands."""
        out = [self.paragraph(self.rng.choice(self.patterns["openers"]) if opening else None)]
        while sum(len(p.text) for p in out) < characters:
            if self.rng.random() < subheads and not out[-1].subhead and len(out) > 1:
                out.append(Para(self.pick("subheads"), subhead=True))
            out.append(self.paragraph())
        return [*out, self.paragraph(self.rng.choice(self.patterns["closers"]))]

    def pick(self, name: str) -> str:
        """One pattern of that list, filled: titles, kickers, subtitles, captions, subheads."""
        return self.filled(self.rng.choice(self.patterns[name]))

    def title(self, shortest: int = 4, longest: int = 22) -> str:
        """A title of so many characters."""
        for _ in range(40):
            title = self.pick("titles")
            if shortest <= len(title) <= longest:
                break
        return title

    def byline(self) -> tuple[str, str]:
        """The names that stand side by side (the first writer's where others stand apart), and how they are printed."""
        form = str(self.rng.choice(self.patterns["bylines"]))
        a, b = self.name(), self.name()
        names = f"{a} {b}" if "{a} {b}" in form else a
        return names, form.format(a=a, b=b)

    def advert(self) -> tuple[str, ...]:
        """The lines of an advert."""
        return tuple(self.filled(line) for line in self.rng.choice(self.patterns["adverts"]))
