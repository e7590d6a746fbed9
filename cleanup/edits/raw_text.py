"""The lines of an article as one string: the evidence, and the coordinates in which every edit is written."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from cleanup.edits.edit import LINE_BREAK, Edit, Span
from layout.errors import WorkspaceUnusable

_REMEDY = "Clean the article again from its raw text; a ledger stays with the text that it was made on."


class LedgerMismatch(WorkspaceUnusable):
    """The ledger belongs to another raw text."""


class RawText:
    """The lines of an article as one string, each followed by a line break; carries places to offsets and back.

    `lines` gives (page, line id, text) in reading order. Offsets count code points from the article's beginning.
    """

    def __init__(self, lines: Iterable[tuple[int, str, str]]) -> None:
        self.keys: list[tuple[int, str]] = []
        self.starts: list[int] = []
        texts: list[str] = []
        at = 0
        for page, line, text in lines:
            if LINE_BREAK in text:
                raise ValueError(f"line {line} of page {page} holds a line break; a line's text has none")
            self.keys.append((page, line))
            self.starts.append(at)
            texts.append(text)
            at += len(text) + 1
        self.text = "".join(t + LINE_BREAK for t in texts)
        self._place = {key: i for i, key in enumerate(self.keys)}
        if len(self._place) != len(self.keys):
            twice = next(k for i, k in enumerate(self.keys) if self._place[k] != i)
            raise ValueError(f"line {twice[1]} of page {twice[0]} stands twice in the article")

    def __len__(self) -> int:
        return len(self.text)

    def line_at(self, offset: int) -> int:
        """The index of the line that holds the raw offset; its break belongs to it."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def line_end(self, index: int) -> int:
        """The offset behind the line's break."""
        return self.starts[index + 1] if index + 1 < len(self.starts) else len(self.text)

    def places(self, start: int, end: int) -> tuple[Span, ...]:
        """Spans, one a line, for raw offsets; an empty range gives one empty span."""
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"{start} to {end} lies outside of the raw text, which has {len(self.text)} characters")
        if not self.keys:
            raise ValueError("a text without lines has no places")
        index, spans = self.line_at(start), list[Span]()
        while not spans or start < end:
            page, line = self.keys[index]
            stop, zero = min(end, self.line_end(index)), self.starts[index]
            spans.append(Span(page, line, start - zero, stop - zero))
            start, index = stop, index + 1
        return tuple(spans)

    def extent(self, edit: Edit) -> tuple[int, int]:
        """The raw offsets of an edit; raises LedgerMismatch where its places or its `before` are not in this text."""
        start, end = self.offsets(edit.places[0])
        for span in edit.places[1:]:
            first, last = self.offsets(span)
            if first != end:
                raise _foreign(edit, "its places do not lie one behind the other")
            end = last
        if self.text[start:end] != edit.before:
            raise _foreign(edit, f"there stands {self.text[start:end]!r} instead of {edit.before!r}")
        return start, end

    def offsets(self, span: Span) -> tuple[int, int]:
        """The raw offsets of a span; raises LedgerMismatch where the text has no such place."""
        index = self._place.get((span.page, span.line))
        if index is None:
            raise LedgerMismatch(f"Line {span.line} of page {span.page} is not in this text", _REMEDY)
        zero = self.starts[index]
        if zero + span.end > self.line_end(index):
            raise LedgerMismatch(f"Line {span.line} of page {span.page} is shorter than {span.end} characters", _REMEDY)
        return zero + span.start, zero + span.end


def _foreign(edit: Edit, why: str) -> LedgerMismatch:
    return LedgerMismatch(f"Edit {edit.id} ({edit.by}) at {edit.places[0]} belongs to another raw text: {why}", _REMEDY)
