"""What a network with connectionist temporal classification says: frames along a line become characters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

import numpy as np
import numpy.typing as npt

from ocr.line.seen import Seen
from ocr.setup.settings import DOUBT

Frames = npt.NDArray[np.float32]
"""Shape (frames, classes): for each frame, from left to right, the probability of each class; class 0 is the blank."""

_BLANK = 0
"""The class of the blank."""
MOST_RIVALS: Final = 12
"""Number of other characters, at most, that are kept of a frame in doubt."""
WHOLLY_SURE: Final = 0.998
"""Confidence of a character from which no other is kept."""
LEAST: Final = 1e-4
"""Probability of such a character, at least."""

ZEROS: Final = frozenset("〇○")
"""What the zero of a number in hanzi is printed as: networks pass over the ring."""
FAINT: Final = 0.05
"""Probability of a zero, at least, in a frame that is blank between numerals: of a printed one it is 0.06 to 0.5, and
where none is printed below 0.01."""
FAINTLY_SURE: Final = 0.7
"""Confidence of such a zero: below what a reviewer looks at."""
NUMERALS: Final = ZEROS | frozenset("一二三四五六七八九十百千零")
"""What stands in front of a zero in a number in hanzi."""
BEHIND_ZERO: Final = NUMERALS | frozenset("年月日號号")
"""What stands behind it."""


def decoded(
    frames: Frames,
    alphabet: Sequence[str],
    width: float,
    twins: Mapping[int, int] = MappingProxyType({}),
    zeros: Sequence[int] = (),
) -> list[Seen]:
    """The characters of the likeliest class of each frame, repeats taken together, blanks left out.

    The confidence is that of a character's surest frame, and its box that frame's, in pixels of a picture `width`
    wide, without height (Graves and others 2006, best path decoding). `twins` are classes that print alike: what
    speaks for one speaks for the other. `zeros` are the classes of ZEROS.
    """
    if len(frames) == 0:
        return []
    best = frames.argmax(axis=1)
    starts = np.flatnonzero(np.diff(best, prepend=-1))
    ends = np.append(starts[1:], len(best))
    step = width / len(best)
    seen = []
    for start, end in zip(starts, ends, strict=True):
        kind = int(best[start])
        if kind != _BLANK:
            run = frames[start:end, kind]
            at = int(start + run.argmax())
            sure = float(run.max()) + (float(frames[at, twins[kind]]) if kind in twins else 0.0)
            one = _seen(alphabet[kind], at * step, (at + 1) * step, sure)
            if sure < DOUBT:
                one = replace(one, rivals=_rivals(frames[at], alphabet, kind))
            elif sure < WHOLLY_SURE:
                one = replace(one, next=_next(frames[at], alphabet, kind))
            seen.append(one)
    return _with_faint_zeros(seen, frames, alphabet, zeros, step)


def _with_faint_zeros(
    seen: list[Seen], frames: Frames, alphabet: Sequence[str], zeros: Sequence[int], step: float
) -> list[Seen]:
    """The characters, and between numerals the zeros that blank frames show faintly; a frame is `step` pixels wide."""
    if not zeros or not any(s.char in NUMERALS for s in seen):
        return seen
    shown = frames[:, zeros]
    faint = np.where(frames.argmax(axis=1) == _BLANK, shown.sum(axis=1), 0) >= FAINT
    edges = np.flatnonzero(np.diff(faint.astype(np.int8), prepend=0, append=0))
    peaks = [int(start + shown[start:end].sum(axis=1).argmax()) for start, end in edges.reshape(-1, 2)]
    found = [_seen(alphabet[zeros[int(shown[n].argmax())]], n * step, (n + 1) * step, FAINTLY_SURE) for n in peaks]
    placed = sorted([*seen, *found], key=lambda s: s.x0)
    out: list[Seen] = []
    for one, behind in zip(placed, [*(s.char for s in placed[1:]), ""], strict=True):
        if one not in found or (out and out[-1].char in NUMERALS and behind in BEHIND_ZERO):
            out.append(one)
    return out


def _next(frame: Frames, alphabet: Sequence[str], kind: int) -> str:
    """The likeliest of the other characters of one frame, shape (classes,)."""
    others = frame.copy()
    others[[_BLANK, kind]] = 0
    likeliest = int(others.argmax())
    return alphabet[likeliest] if others[likeliest] >= LEAST else ""


def _rivals(frame: Frames, alphabet: Sequence[str], kind: int) -> tuple[tuple[str, float], ...]:
    """The other characters of one frame, shape (classes,), and their probabilities, the likeliest first."""
    possible = np.flatnonzero(frame >= LEAST)
    others = [n for n in possible[np.argsort(-frame[possible])] if n not in {_BLANK, kind}]
    return tuple((alphabet[n], float(frame[n])) for n in others[:MOST_RIVALS])


def _seen(char: str, left: float, right: float, confidence: float) -> Seen:
    return Seen(char, round(left), 0, max(round(left) + 1, round(right)), 1, min(1.0, max(0.0, confidence)))
