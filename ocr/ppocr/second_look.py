"""The second look: stretches of a line that leave the first network in doubt, as a better one sees them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from rapidfuzz.distance import Levenshtein

from ocr.characters.alike import folded
from ocr.line.places import set_apart
from ocr.line.seen import Seen
from ocr.line.transcript import printable
from ocr.marks.dashes import LIKE_A_BAR
from ocr.marks.ornaments import SHOWN, stays
from ocr.marks.quotes import QUOTES
from ocr.pictures.crop import LinePicture
from ocr.ppocr.network import Network
from ocr.setup.settings import AROUND, DOUBT, FEW, OF_NEIGHBOUR, SURE

NARROWEST: Final = 8
"""Pixels of a strip that is looked at again, at least."""


def looked_again(picture: LinePicture, seen: Sequence[Seen], network: Network) -> list[Seen]:
    """What was seen, with each character that leaves a doubt as this network sees it; raises NetworkFailed."""
    if all(s.confidence >= DOUBT for s in seen):
        return list(seen)
    out: list[Seen] = []
    at = 0
    for start, end in _stretches(seen, lambda s: s.confidence < DOUBT):
        left, again = _shown(picture, seen, (start, end), network)
        again = [replace(s, x0=s.x0 + left, x1=s.x1 + left) for s in again]
        again[:1] = [replace(s, spaced=seen[start].spaced) for s in again[:1]]  # no space is seen at a strip's edge
        out += seen[at:start]
        out += _settled(seen[start:end], again)
        at = end
    return set_apart(picture, out + list(seen[at:]))


def vouched(picture: LinePicture, seen: Sequence[Seen], network: Network) -> list[Seen]:
    """The characters; those that are neither in doubt nor SURE are, where this network sees them too.

    Where they lie in more than a FEW stretches, or one has another reading already, none is shown to it. Raises
    NetworkFailed.
    """
    stretches = _stretches(seen, _is_nearly_sure)
    if len(stretches) > FEW or any(_is_nearly_sure(s) and s.other is not None for s in seen):
        return list(seen)
    out = list(seen)
    for start, end in stretches:
        again = _shown(picture, seen, (start, end), network)[1]
        for step in Levenshtein.opcodes([s.char for s in seen[start:end]], [s.char for s in again]):
            if step.tag == "equal":
                for own, other in zip(range(step.src_start, step.src_end), again[step.dest_start :], strict=False):
                    if _is_nearly_sure(seen[start + own]) and other.confidence >= DOUBT:
                        out[start + own] = replace(seen[start + own], confidence=SURE)
    return out


def _is_nearly_sure(one: Seen) -> bool:
    return DOUBT <= one.confidence < SURE


def _shown(
    picture: LinePicture, seen: Sequence[Seen], span: tuple[int, int], network: Network
) -> tuple[int, list[Seen]]:
    """The column where a stretch of a line begins, and what the network sees there, with places along the stretch."""
    start, end = span
    left = (seen[start - 1].x1 + seen[start].x0) // 2 if start else 0
    right = (seen[end - 1].x1 + seen[end].x0 + 1) // 2 if end < len(seen) else picture.pixels.shape[1]
    return left, printable(network.characters(picture.pixels[:, left : max(right, left + NARROWEST)]))


def _stretches(seen: Sequence[Seen], chosen: Callable[[Seen], bool]) -> list[tuple[int, int]]:
    """The stretches, from a character to the one before which they end, of those chosen, with their neighbours."""
    found: list[tuple[int, int]] = []
    for at, one in enumerate(seen):
        if chosen(one):
            start, end = max(0, at - AROUND), min(len(seen), at + AROUND + 1)
            if found and start <= found[-1][1]:
                start = found.pop()[0]
            found.append((start, end))
    return found


def _settled(seen: Sequence[Seen], again: Sequence[Seen]) -> list[Seen]:
    """The characters of a stretch: those in doubt as they were seen again, their neighbours as they were seen at first.

    A letter in doubt that both networks see is SURE: of 269 such on drawn pages, mostly poor scans, 267 were right.
    The neighbours stand at the strip's edges, cut off from what is beside them, and are there to be leant on. Of one
    that is seen otherwise the surer reading stays, OF_NEIGHBOUR sure at most: not in doubt, and not sure either.
    """
    out: list[Seen] = []
    for step in Levenshtein.opcodes([folded(s.char) for s in seen], [folded(s.char) for s in again]):
        own, other = seen[step.src_start : step.src_end], again[step.dest_start : step.dest_end]
        match step.tag:
            case "insert":
                beside = seen[max(0, step.src_start - 1) : step.src_start + 1]
                out += other if any(s.confidence < DOUBT for s in beside) else ()
            case "delete":
                beside = again[max(0, step.dest_start - 1) : step.dest_start + 1]
                told_once = any(s.char in LIKE_A_BAR for s in beside)
                out += [s for s in own if _is_kept(s, told_once=told_once)]
            case _:
                out += [_of_two(*two) for two in zip(own, other, strict=True)]
    return out


def _is_kept(seen: Seen, *, told_once: bool) -> bool:
    """Whether a character stays that the second look passes over; `told_once` is where that has a bar beside it.

    Close to a full stop at a strip's end a quotation mark is passed over that was seen well enough.
    """
    if seen.confidence >= DOUBT or (seen.char in QUOTES and seen.confidence >= SHOWN):
        return True
    return stays(seen) and not (told_once and _is_bar(seen))


def _is_bar(seen: Seen) -> bool:
    """Whether it may be a bar that the first network told twice: 一 of a serifed face as - and 一."""
    return seen.char in LIKE_A_BAR


def _of_two(one: Seen, again: Seen) -> Seen:
    if one.confidence < DOUBT:
        agreed = one.char == again.char and one.char.isalpha() and again.confidence >= DOUBT
        return replace(again, confidence=max(again.confidence, SURE)) if agreed else again
    if folded(one.char) == folded(again.char):
        return one if one.confidence >= again.confidence else replace(one, confidence=again.confidence, next=again.next)
    surer, other = (one, again) if one.confidence >= again.confidence else (again, one)
    return replace(surer, confidence=min(surer.confidence, OF_NEIGHBOUR), other=other.char)
