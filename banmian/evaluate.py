"""How good an output is against a gold file: wholeness of articles, headlines, paragraphs, characters.

Compared are folded texts: white space, NFKC width, the length of dashes and the shape of quotes do not count;
wrong characters and wrong marks do. Each gold article is paired with one article of the output so that the whole
pairing is best (an assignment over shared runs of four characters).
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein
from scipy.optimize import linear_sum_assignment

from layout.errors import InputUnusable

WHOLE: Final = 0.08
"""Up to this share of wrong characters an article counts as recovered, and a paragraph as found."""

TITLE: Final = 90.0
"""From this likeness (0 to 100) a headline counts as right."""

_RUN: Final = 4
_LEAST_OVERLAP: Final = 0.05
_SHORTEST_PARAGRAPH: Final = 8
_FOLDED: Final = str.maketrans(
    {"—": "-", "–": "-", "―": "-", "…": ".", "“": '"', "”": '"', "‘": "'", "’": "'", "•": "·", "・": "·"}
)
_ARTICLES: Final = frozenset({"article", "text", None})


class Piece(msgspec.Struct, frozen=True):
    """An article of a gold file or of an output; only what is scored is kept."""

    title: str | None = None
    byline: str | None = None
    paragraphs: str | list[str] | None = None
    pages: list[int | str] | None = None
    kind: str | None = "article"
    partial: bool = False

    @property
    def texts(self) -> list[str]:
        if self.paragraphs is None:
            return []
        return [self.paragraphs] if isinstance(self.paragraphs, str) else self.paragraphs

    @property
    def body(self) -> str:
        return folded("".join(self.texts))

    @property
    def spans(self) -> int:
        """On how many different pages it stands."""
        return len({str(p) for p in self.pages or []})


class Gold(msgspec.Struct, frozen=True):
    """A gold file; its other keys are of no concern here."""

    articles: list[Piece]


@dataclass(frozen=True, slots=True)
class TextScore:
    """A running text against gold: paragraphs found whole, their mean distance, and the bag of characters."""

    para: float
    para_cer: float
    char_f1: float


@dataclass(frozen=True, slots=True)
class Score:
    """An output of articles against gold; None where the gold has nothing of the kind.

    `body_cer` is edits over gold characters, a missing article counting whole; `recovered` the share of gold
    articles of which at most `WHOLE` is wrong; `article_f1` the same with spurious articles costing precision, None
    for a gold file that transcribes only a part of its page; `title`, `byline` and `jump` shares right.
    """

    articles: int
    out: int
    spurious: int
    body_cer: float
    recovered: float | None
    article_f1: float | None
    title: float | None
    byline: float | None
    jump: float | None
    para: float
    para_cer: float
    char_f1: float


def folded(text: str | None) -> str:
    """The text without what does not count."""
    narrow = unicodedata.normalize("NFKC", text or "")
    plain = "".join(c for c in narrow if not c.isspace()).translate(_FOLDED)
    while "--" in plain:
        plain = plain.replace("--", "-")
    return plain


def read_gold(path: Path) -> list[Piece]:
    """The articles of a gold file: a list of them, or an object that has them under `articles`."""
    data = _read(path)
    try:
        if data.lstrip()[:1] == b"[":
            return msgspec.json.decode(data, type=list[Piece])
        return msgspec.json.decode(data, type=Gold).articles
    except (msgspec.DecodeError, UnicodeDecodeError) as e:
        raise InputUnusable(
            f"{path} is no gold file: {e}", 'Expected: {"articles": [{"title": …, "paragraphs": […]}]}'
        ) from e


def read_output(path: Path) -> list[Piece]:
    """The articles of an output, one JSON object a line; adverts, notices and furniture are passed over."""
    pieces = []
    for number, line in enumerate(_read(path).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            pieces.append(msgspec.json.decode(line, type=Piece))
        except (msgspec.DecodeError, UnicodeDecodeError) as e:
            remedy = "Make it with: banmian export WORKSPACE --to jsonl --out FILE; for plain text, add --text"
            raise InputUnusable(f"{path}, line {number}: this is no article: {e}", remedy) from e
    return [p for p in pieces if p.kind in _ARTICLES]


def read_text(path: Path) -> str:
    """The plain text of another program."""
    return _read(path).decode("utf-8", "replace")


def score_text(gold: Sequence[Piece], text: str) -> TextScore:
    """A running text, in whatever order, against gold."""
    plain = folded(text)
    para, para_cer = _paragraphs_found(gold, plain)
    return TextScore(para, para_cer, _round(bag_f1("".join(g.body for g in gold), plain)))


def score(gold: Sequence[Piece], output: Sequence[Piece]) -> Score:
    """Articles against gold; articles that the gold file has only in part are left out on its side."""
    whole = [g for g in gold if not g.partial and g.texts]
    found = pairs([g.body for g in whole], [p.body for p in output])
    matched = [(g, output[found[i]] if i in found else None) for i, g in enumerate(whole)]
    distances = [Levenshtein.distance(g.body, p.body if p else "") for g, p in matched]
    cers = [d / max(1, len(g.body)) for d, g in zip(distances, whole, strict=True)]
    recovered = [c <= WHOLE for c in cers]
    running = folded("".join((p.title or "") + "".join(p.texts) for p in output))
    para, para_cer = _paragraphs_found(whole, running)
    f1 = 2 * sum(recovered) / max(1, len(whole) + len(output))
    return Score(
        articles=len(whole),
        out=len(output),
        spurious=len(output) - len(found),
        body_cer=_round(sum(distances) / max(1, sum(len(g.body) for g in whole))),
        recovered=_share(recovered),
        article_f1=None if len(whole) < len(gold) else _round(f1),
        title=_share([_title_right(g, p) for g, p in matched if g.title]),
        byline=_share([_byline_right(g, p) for g, p in matched if g.byline]),
        jump=_share([ok and _jump_right(p) for (g, p), ok in zip(matched, recovered, strict=True) if _jumps(g)]),
        para=para,
        para_cer=para_cer,
        char_f1=_round(bag_f1("".join(g.body for g in whole), "".join(p.body for p in output))),
    )


def bag_f1(gold: str, text: str) -> float:
    """The characters in common, blind to their order."""
    shared = sum((Counter(gold) & Counter(text)).values())
    return 2 * shared / max(1, len(gold) + len(text))


def _title_right(gold: Piece, piece: Piece | None) -> bool:
    return piece is not None and fuzz.ratio(folded(gold.title), folded(piece.title)) >= TITLE


def _byline_right(gold: Piece, piece: Piece | None) -> bool:
    return piece is not None and folded(gold.byline).strip("()") in folded(piece.byline)


def _jumps(gold: Piece) -> bool:
    return len(gold.pages or []) > 1


def _jump_right(piece: Piece | None) -> bool:
    return piece is not None and piece.spans > 1


def pairs(gold: Sequence[str], output: Sequence[str]) -> dict[int, int]:
    """The article of the output that each gold article is paired with, where they share anything."""
    if not gold or not output:
        return {}
    ours, theirs = [_runs(g) for g in gold], [_runs(o) for o in output]
    likeness: npt.NDArray[np.float64] = np.array([[_dice(a, b) for b in theirs] for a in ours])
    rows, columns = linear_sum_assignment(-likeness)
    return {int(i): int(j) for i, j in zip(rows, columns, strict=True) if likeness[i, j] > _LEAST_OVERLAP}


def _runs(text: str) -> Counter[str]:
    return Counter(text[i : i + _RUN] for i in range(max(0, len(text) - _RUN + 1)))


def _dice(a: Counter[str], b: Counter[str]) -> float:
    return 2 * sum((a & b).values()) / max(1, a.total() + b.total())


def _paragraphs_found(gold: Sequence[Piece], text: str) -> tuple[float, float]:
    """The share of gold paragraphs that stand whole in the text, and their mean distance from the best place there."""
    paragraphs = [p for g in gold for t in g.texts if len(p := folded(t)) >= _SHORTEST_PARAGRAPH]
    windows = [(p, _best_place(p, text)) for p in paragraphs]
    found = [Levenshtein.normalized_distance(p, w) <= WHOLE for p, w in windows]
    cers = [min(1.0, Levenshtein.distance(p, w) / len(p)) for p, w in windows]
    return (_round(float(np.mean(found))), _round(float(np.mean(cers)))) if found else (0.0, 1.0)


def _best_place(paragraph: str, text: str) -> str:
    place = fuzz.partial_ratio_alignment(paragraph, text) if len(text) >= len(paragraph) else None
    return text[place.dest_start : place.dest_end] if place else text


def _share(right: Sequence[bool]) -> float | None:
    return _round(float(np.mean(right))) if right else None


def _round(value: float) -> float:
    return round(value, 4)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as e:
        raise InputUnusable(f"{path} cannot be read: {e.strerror}", "Look at its name and its rights.") from e
