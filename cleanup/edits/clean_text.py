"""Raw text with the edits in force applied, each character with where it comes from."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from cleanup.edits.edit import Edit, Pass
from cleanup.edits.ledger import Ledger, Resolution, resolve, touch
from cleanup.edits.raw_text import RawText


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of clean text. `edit` made it, in place of raw[start:end]; without one it is raw[start:end] itself."""

    text: str
    start: int
    end: int
    edit: Edit | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What a pass wants: the clean characters `start` to `end` become `after`, for this reason, so surely."""

    start: int
    end: int
    after: str
    reason: str
    confidence: float


class CleanText:
    """The clean text of raw lines under a ledger: the one way in which clean text comes about.

    `text` is the string; line breaks that are left in it part the paragraphs. `segments` are its pieces in order,
    and cover the raw text without a gap. Passes look at `text` and hand back `Change`s in its coordinates;
    `edit` carries them to the raw text. Making one takes time linear in the text and the edits.
    """

    def __init__(self, raw: RawText, ledger: Ledger) -> None:
        self.raw = raw
        self.resolution: Resolution = resolve(raw, ledger)
        self.segments = tuple(_segments(raw, self.resolution))
        self.starts: list[int] = []
        """Clean offset of each segment."""
        at = 0
        for segment in self.segments:
            self.starts.append(at)
            at += len(segment.text)
        self.text = "".join(s.text for s in self.segments)
        self._raw_starts = [s.start for s in self.segments]

    def origin(self, offset: int) -> int | Edit:
        """Where a clean character comes from: its offset in the raw text, or the edit that made it."""
        if not 0 <= offset < len(self.text):
            raise IndexError(f"no character at {offset}; the clean text has {len(self.text)}")
        index = bisect_right(self.starts, offset) - 1
        segment = self.segments[index]
        return segment.edit or segment.start + offset - self.starts[index]

    def raw_offset(self, offset: int) -> int:
        """The raw offset of a clean character; for one that an edit made, where that edit begins."""
        if offset == len(self.text):
            return len(self.raw)
        origin = self.origin(offset)
        if isinstance(origin, int):
            return origin
        return self.segments[bisect_right(self.starts, offset) - 1].start

    def clean_offset(self, raw_offset: int) -> int:
        """Where in the clean text a raw offset now lies; inside of an edit, where the edit begins."""
        index = bisect_right(self._raw_starts, raw_offset) - 1
        if index < 0:
            return 0
        segment = self.segments[index]
        inside = 0 if segment.edit and raw_offset < segment.end else raw_offset - segment.start
        return self.starts[index] + min(inside, len(segment.text))

    def between(self, start: int, end: int) -> str:
        """The clean text of the raw offsets `start` to `end`; an edit counts whole, where it begins."""
        first = bisect_left(self._raw_starts, start)
        if first == len(self.segments) or self._raw_starts[first] > start:
            first -= 1
        pieces = []
        for segment in self.segments[max(0, first) : bisect_left(self._raw_starts, end)]:
            if segment.edit is None:
                pieces.append(segment.text[max(0, start - segment.start) : end - segment.start])
            elif segment.start >= start:
                pieces.append(segment.text)
        return "".join(pieces)

    def edit(self, change: Change, by: Pass) -> Edit | None:
        """The change as an edit of the raw text; None where it would only bring back what was recognized.

        Where the change touches what earlier edits made, the new edit covers those edits whole, keeps the rest of
        their work in its `after`, and names them in `supersedes`.
        """
        start, end, before, behind = self._lifted(change.start, change.end)
        raw, after = self.raw.text[start:end], before + change.after + behind
        if raw == after:
            return None
        below = self._covered(change, start, end)
        return Edit(self.raw.places(start, end), raw, after, by, change.reason, change.confidence, tuple(sorted(below)))

    def _covered(self, change: Change, start: int, end: int) -> set[str]:
        """The edits whose work lies in the change, or within its raw offsets, and those that these contain."""
        first, last = bisect_right(self.starts, change.start) - 1, bisect_left(self.starts, change.end)
        inside = [s.edit for s in self.segments[max(0, first) : last] if s.edit and change.start < change.end]
        within = [edit for s, e, edit in self._accepted(start, end) if start <= s and e <= end]
        return {name for edit in (*inside, *within) for name in (edit.id, *edit.supersedes)}

    def _lifted(self, start: int, end: int) -> tuple[int, int, str, str]:
        """Raw offsets for clean ones, and the work of edits at either end that lies outside of the clean ones."""
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"{start} to {end} lies outside of the clean text, which has {len(self.text)} characters")
        if start == end:
            return self._lifted_point(start)
        first, last = bisect_right(self.starts, start) - 1, bisect_right(self.starts, end - 1) - 1
        head, tail = self.segments[first], self.segments[last]
        inside, outside = start - self.starts[first], end - self.starts[last]
        raw_start = head.start if head.edit else head.start + inside
        raw_end = tail.end if tail.edit else tail.start + outside
        return raw_start, raw_end, head.text[:inside] if head.edit else "", tail.text[outside:] if tail.edit else ""

    def _lifted_point(self, offset: int) -> tuple[int, int, str, str]:
        """The same for a place between two clean characters; insertions in the same place are covered."""
        first, last = max(0, bisect_left(self.starts, offset) - 1), bisect_right(self.starts, offset)
        insertions = (i for i in range(first, last) if self.segments[i].start == self.segments[i].end)
        index = next((i for i in insertions if offset <= self.starts[i] + len(self.segments[i].text)), last - 1)
        segment, inside = self.segments[index], offset - self.starts[index]
        if segment.edit is None:
            return segment.start + inside, segment.start + inside, "", ""
        if inside == 0 and segment.start < segment.end:
            return segment.start, segment.start, "", ""
        return segment.start, segment.end, segment.text[:inside], segment.text[inside:]

    def _accepted(self, start: int, end: int) -> Iterator[tuple[int, int, Edit]]:
        """Every accepted edit that touches the raw offsets `start` to `end`."""
        accepted = self.resolution.accepted
        index = bisect_left(accepted, start, key=lambda a: a[0])
        while index < len(accepted) and accepted[index][0] <= end:
            if touch(accepted[index][:2], (start, end)):
                yield accepted[index]
            index += 1


def _segments(raw: RawText, resolution: Resolution) -> Iterator[Segment]:
    at = 0
    for start, end, edit in resolution.applied:
        if at < start:
            yield Segment(raw.text[at:start], at, start)
        yield Segment(edit.after, start, end, edit)
        at = end
    if at < len(raw):
        yield Segment(raw.text[at:], at, len(raw))
