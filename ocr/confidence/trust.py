"""How likely each reading of a place is right: a table of weights, fitted on typeset pages whose truth is known.

The table lies beside this module; `python -m samples.calibrate` makes it. Each chance is a logistic function of a few
voices: how sure the readers are, what each of them can say at all, what kind of character it is, whether it makes a
word with those beside it, whether white behind it tells of something lost, and, weakly, whether the page has the same
neighbours elsewhere. In small type and in vertical lines each voice has a weight more.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

import msgspec

from ocr.confidence.around import NOWHERE, LineSurroundings, Voices
from ocr.confidence.pairs import Pairs, is_everyday
from ocr.line.collate import Place
from ocr.setup.identity import shipped_trust, trust

STEEPEST: Final = 7.0
"""Log odds beyond which a reader's own confidence is not followed: one in a thousand."""

COMMAS: Final = frozenset("，、,､")
"""Commas: small type blurs them into each other."""
STOPS: Final = frozenset("。．.：；:;")
"""Full stops and colons: small type blurs them into commas and into each other."""


class Kind(StrEnum):
    """How two readings of a place lie to each other."""

    AGREE = "agree"
    DIFFER = "differ"  # one character each, and not the same
    MISSING = "missing"  # the other reader saw nothing there
    MORE = "more"  # the other reader saw more than one character there
    FIRST_ALONE = "first_alone"  # PP-OCR's reading, with no other beside it
    OTHER_ALONE = "other_alone"  # Tesseract's


@dataclass(frozen=True, slots=True)
class Readers:
    """What each of the two readers can say; an empty set where that is not known."""

    first: frozenset[str] = frozenset()
    other: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Chances:
    """How likely the first reading is right, and the other; 0 to 1, together no more than 1 where they exclude."""

    first: float
    other: float


class _Weights(msgspec.Struct, frozen=True):
    """The weights of one kind of place, by the names of the voices."""

    first: dict[str, float]
    other: dict[str, float]


@dataclass(frozen=True)
class Table:
    """The weights of every kind of place."""

    weights: Mapping[Kind, _Weights]
    identity: str

    def chances(self, kind: Kind, voices: Voices) -> Chances:
        """How likely each reading is right at a place of this kind."""
        weights = self.weights[kind]
        first, other = _logistic(weights.first, voices), _logistic(weights.other, voices)
        both = first + other if kind is Kind.DIFFER else 1.0
        return Chances(first / max(1.0, both), other / max(1.0, both))

    @classmethod
    def of(cls, data: bytes) -> Table:
        """The table of a JSON file's bytes."""
        return cls(msgspec.json.decode(data, type=dict[Kind, _Weights]), trust(data))


@cache
def table() -> Table:
    """The table that is shipped."""
    return Table.of(shipped_trust())


def kind_of(place: Place) -> Kind:
    """How the two readings of a place lie to each other."""
    if not place.other:
        return Kind.MISSING
    if len(place.other) > 1:
        return Kind.MORE
    return Kind.AGREE if place.agrees else Kind.DIFFER


def voices_at(
    places: Sequence[Place], at: int, readers: Readers, pairs: Pairs, line: LineSurroundings = NOWHERE
) -> Voices:
    """What speaks at one place of a line."""
    place = places[at]
    char, text = place.glyph.char, place.text
    before = places[at - 1].glyph.char if at else ""
    behind = places[at + 1].glyph.char if at + 1 < len(places) else ""
    voices = {
        **_own(char, place.glyph.confidence),
        **line.voices(at),
        "turned": float(place.agrees and char != text),
        "unsayable": float(bool(readers.other) and not readers.other.issuperset(char)),
    }
    if text:
        voices |= {f"other_{k}": v for k, v in _own(text, min(g.confidence for g in place.other)).items() if k != "one"}
        voices["other_unsayable"] = float(bool(readers.first) and not readers.first.issuperset(text))
        if len(text) == 1:
            voices |= {f"other_{k}": v for k, v in line.voices(at, text).items()}
        voices["other_begins_alike"] = float(len(text) > 1 and text.startswith(char))
        if not (voices["unsayable"] or voices["other_unsayable"]):
            # What one of the two cannot say is never among the certain: nothing would ever speak for it.
            voices["company"] = pairs.favour(before, (char, text), behind)
    return line.setting.spoken(voices)


def voices_alone(char: str, confidence: float, line: LineSurroundings = NOWHERE, at: int = 0) -> Voices:
    """What speaks where there is one reading: `char`, at this place of the line."""
    return line.setting.spoken(_own(char, confidence) | line.voices(at))


def _own(text: str, confidence: float) -> dict[str, float]:
    inner = min(max(confidence, 1e-6), 1 - 1e-6)
    odds = math.log(inner / (1 - inner))
    return {
        "one": 1.0,
        "sure": max(-STEEPEST, min(STEEPEST, odds)),
        "rare": float(any(c.isalpha() and not is_everyday(c) for c in text)),
        "mark": float(not any(c.isalnum() for c in text)),
        "narrow": float(text.isascii() and text.isalnum()),
        "comma": float(text in COMMAS),
        "stop": float(text in STOPS),
    }


def _logistic(weights: Mapping[str, float], voices: Voices) -> float:
    if not weights:
        return 0.0
    odds = sum(weights.get(name, 0.0) * value for name, value in voices.items() if value)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
