"""Which confident lines are checked, so that the error rate of what nobody looks at is known and not guessed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from math import sqrt
from typing import Final

from banmian.decisions.actions.sample import Sampled
from banmian.decisions.decision import Decision
from banmian.review.suspects import THRESHOLD, Suspect, below
from cleanup.article import Article, Role

EVERY: Final = 10
"""One line in so many is sampled."""

_LEAST: Final = 4
"""Characters that a line must have to be worth a look."""


def sampled_lines(article: Article, suspects: Sequence[Suspect]) -> Iterator[tuple[int, str]]:
    """The lines to check: confident ones whose digest, drawn from place and text, falls on one in ten.

    What decides is neither the reviewer nor the order of work, so nobody can choose.
    """
    doubted = {(s.page, s.line) for s in below(list(suspects), THRESHOLD)}
    for source in article.lines:
        line = source.line
        if source.role is Role.FURNITURE or len(line.text.strip()) < _LEAST or not line.glyphs:
            continue
        if (source.page, line.id) not in doubted and _drawn(article.issue, source.page, line.text):
            yield source.page, line.id


def _drawn(issue: str, page: int, text: str) -> bool:
    digest = blake2b(f"{issue}\x1f{page}\x1f{text}".encode("utf-8", "surrogatepass"), digest_size=4).digest()
    return int.from_bytes(digest) % EVERY == 0


@dataclass(frozen=True, slots=True)
class Rate:
    """Errors found in sampled lines: `low` to `high` is where the true rate lies in 95 of 100 cases (Wilson)."""

    lines: int
    characters: int
    errors: int
    expected: float

    @property
    def share(self) -> float:
        return self.errors / self.characters if self.characters else 0.0

    @property
    def bounds(self) -> tuple[float, float]:
        """The 95 % interval of the error rate, 0 to 1."""
        n, z = self.characters, 1.96
        if n == 0:
            return 0.0, 1.0
        p = min(1.0, self.share)
        middle, half = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, (middle - half) / (1 + z * z / n)), min(1.0, (middle + half) / (1 + z * z / n))


def latest(decisions: Iterable[Decision]) -> Iterator[Sampled]:
    """The samples that stand; of a line that was sampled more than once, the last."""
    found: dict[tuple[str, int, str], Sampled] = {}
    for decision in decisions:
        if isinstance(decision.body, Sampled) and decision.undone is None:
            found[(decision.issue, *decision.body.ground.key)] = decision.body
    yield from found.values()


def rate(decisions: Iterable[Decision]) -> Rate:
    """What the sampled lines say."""
    found = list(latest(decisions))
    return Rate(
        len(found), sum(s.characters for s in found), sum(s.errors for s in found), sum(s.expected for s in found)
    )
