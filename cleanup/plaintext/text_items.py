"""Items of a plain text page: runs of lines of one kind, told from their form and their neighbours."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import Final

from cleanup.article import JumpEnd
from cleanup.forms.advert import is_small_ad
from cleanup.forms.briefs import entries_of_lists
from cleanup.forms.byline import (
    are_several_names,
    awaits_names,
    dateline_of,
    is_byline,
    is_closing_credit,
    is_editors_line,
    is_email,
    is_names,
    is_spaced_name,
)
from cleanup.forms.caption import closes_caption, opens_caption, points_at_picture
from cleanup.forms.folio import is_folio, read_folio
from cleanup.forms.headline import is_counted
from cleanup.forms.jump_marker import Marker, markers_in
from cleanup.forms.section_names import is_page_name
from cleanup.forms.signature import is_set_deep, signature_end
from cleanup.forms.source_line import is_source_line
from cleanup.language.characters import HANZI
from cleanup.lines.plain_line import TextLine, alike, is_doubled, is_timed, reading
from cleanup.lines.text_measure import Setting, settings
from cleanup.plaintext.page_marks import (
    heads_within,
    is_bracketed_number,
    is_imprint,
    is_number_in_letters,
    is_page_number,
    is_running_head,
)

_DASH: Final = re.compile(r"^(?:[—─―－ー-]{2,}|一一(?![一二三四五六七八九十、，年月日百千万])|[—―])[ 　]*\S")
_NOT_DISPLAY: Final = re.compile(
    r"[。；]|[，、,;]$|^[，。、；：！？”’）》]|^[（(].*[）)]$|[！？].*，|^[a-zà-ÿ]|[A-Za-zÀ-ɏ][-\u2010]$"
)
"""A sentence, a piece of one, a remark in brackets, or a line that goes on within a Latin word or sentence."""
_BESIDE_CONTROL: Final = "[ 　|｜/·•]"
_CONTROLS: Final = re.compile(
    rf"(?:[【\[（(]?(?:(?:字[号體体號][ 　:：【\[]*)?大{_BESIDE_CONTROL}+中{_BESIDE_CONTROL}+小"
    "|打印(?:本[页文])?|列印|关闭(?:窗口)?|關閉(?:視窗)?|复制链接|分享(?:到|至)?[:：]?|[上下]一[篇页]"
    rf"|返回(?:首页|顶部)|(?:浏览|阅读|点击)(?:次数|量|数)[ :：]*[0-9]*次?)[】\]）)]?{_BESIDE_CONTROL}*)+"
)
"""What a web page sets around an article for its reader to press."""
_NUMBER: Final = re.compile("[0-9]{1,3}")
_IN_WORDS: Final = re.compile(f"[{HANZI}]{{4}}")
_FEWEST_BESIDE: Final = 16
"""Width in half ems of the lines beside a bare number that is a page's, at least: in such lines a number of the text
has room."""
_REMARK: Final = re.compile(r"[（(][^（）()]*[）)]")
_LONGEST_HEADLINE: Final = 42
"""Number of characters of one line of a headline, at most; a printed banner seldom has more than forty."""
_MOST_HEADLINE_LINES: Final = 4
"""Number of lines of a headline, at most."""
_MOST_CAPTION_LINES: Final = 4
"""Number of lines of a caption within a sentence of the body, at most."""
_MANY_PAUSES: Final = 3
"""Number of pauses that a headline seldom has."""
_MANY_IN_SENTENCE: Final = 2
"""Number of pauses that a headline seldom has whose last line ends a sentence."""
_MANY_NAMES: Final = 3
"""Number of names on one line, at least, that are too many to sign one piece."""
_LONGEST_FORM: Final = 100
"""Number of characters, at most, of a line that is a marker, a byline, a folio or the like."""
_BESIDE_MARKER: Final = 2
"""Number of characters beside a jump marker, at most, on a line that is nothing else."""
_NEVER_FIRST: Final = frozenset("。，、；：！？）》」』】")
_SHORT: Final = 0.8
"""Share of the full measure below which a line without a sentence's end was not broken by the column's edge."""
_HALF: Final = 0.6
"""Share of the measure above which a line that holds several pauses is running text, however short it is."""
_IN_TEXT: Final = re.compile("[，。；：！？]")
_PAUSE: Final = re.compile("[，、；：]")
_GOES_ON: Final = re.compile("(?:报道|報道|報導|获悉|獲悉|从|從|在|近日|日前)|[，。、：；）]")
"""How a sentence goes on that begins with who wrote it."""
_SCRAP: Final = re.compile(r"[!-/:-@\[-`{-~·•»«^°¦—–]{1,3}(?: ?[!-/:-@\[-`{-~·•»«^°¦—–])?|[0-9A-Za-z]")
"""What readers make of specks and rules: marks that no Chinese sentence is left with, or one letter."""
_PAIRS: Final = {"）": "（", ")": "(", "”": "“", "’": "‘", "》": "《", "」": "「", "』": "『", "】": "【"}


class TextItemKind(StrEnum):
    BODY = "body"
    DISPLAY = "display"  # a headline's part or a subhead: which, the segmentation tells
    SUBTITLE = "subtitle"  # opens with a dash
    BYLINE = "byline"
    SOURCE = "source"  # of an article in a database: 日期：… 版次：…
    FROM = "from"  # （上接2版） alone
    TO = "to"  # （下转2版） alone
    CREDIT = "credit"
    SIGNATURE = "signature"  # of the body before, whose writer or date it tells
    CAPTION = "caption"
    ADVERT = "advert"
    FURNITURE = "furniture"


_INSERTED: Final = frozenset({TextItemKind.CAPTION, TextItemKind.ADVERT, TextItemKind.FURNITURE})
"""What can stand within a sentence of the body."""


@dataclass(frozen=True, slots=True)
class TextItem:
    """Lines of one kind that stand together; no blank line is within."""

    kind: TextItemKind
    lines: tuple[TextLine, ...]
    runs_on: bool = False
    """Whether it goes on with the sentence that the body before it leaves open, whatever stands between."""

    @property
    def text(self) -> str:
        return "".join(reading(n.text) for n in self.lines)

    @property
    def marker_before(self) -> Marker | None:
        """The 上接 that the item begins with."""
        found = next(markers_in(self.lines[0].text), None)
        return found if found and found.start == 0 and found.jump is JumpEnd.FROM else None

    @property
    def marker_behind(self) -> Marker | None:
        """The 下转 that the item ends with."""
        *_, found = (None, *markers_in(self.lines[-1].text))
        text = self.lines[-1].text
        return found if found and found.jump is JumpEnd.TO and not text[found.end :].strip(" 　。…") else None


def items_of(lines: Sequence[TextLine], *, broken: bool = True) -> list[TextItem]:
    """The items of a page, in order; every line is in exactly one. `broken`: columns broke the page's lines."""
    heads = heads_within(lines) if broken else frozenset[int]()
    chunks = _chunks_of(lines, heads)
    if not broken:
        chunks = list(map(_as_written, (None, *chunks), chunks))
    set_ = settings([c.lines for c in chunks], broken=broken)
    found: list[TextItem] = []
    open_ = False
    for at, (chunk, style) in enumerate(zip(chunks, set_, strict=True)):
        after = _next_text(chunks[at + 1 : at + 4])
        open_ = open_ and not _is_repeated_headline(found, chunk, style)
        head = chunk.lines[0].number in heads
        if chunk.kind is None or (not head and _runs_on(chunk, found, style, open_=open_)):
            names = _names_awaited(found, chunk)
            soft = _Soft(chunk.lines[len(names) :], style, open_, _ends_full(found, style), after)
            new = [*_signed(names), *soft.items()]
        else:
            new = [_named_by(_last(found), chunk)]
        if broken and open_ and new[0].kind is TextItemKind.BODY and style.continues(new[0].lines[0]):
            new[0] = replace(new[0], runs_on=True)
        found += new
        open_ = _is_open(new, style, open_=open_)
    return found


def _as_written(before: _Chunk | None, chunk: _Chunk) -> _Chunk:
    """The chunk as it is in a text whose lines are as they were written.

    A page's number there could as well be an author's; a date under a headline tells where an article comes from.
    """
    if _may_be_counted(chunk):
        return _Chunk(None, chunk.lines)
    if chunk.kind is not TextItemKind.FURNITURE or before is None or before.kind is not None or chunk.lines[0].gap:
        return chunk
    return _Chunk(TextItemKind.SOURCE, chunk.lines) if _may_be_display(before.lines[-1]) else chunk


def _is_repeated_headline(found: Sequence[TextItem], chunk: _Chunk, style: Setting) -> bool:
    """Whether a short line comes right behind a 上接, with text under it: the headline is printed again."""
    if not found or found[-1].kind is not TextItemKind.FROM or len(chunk.lines) <= 1:
        return False
    first, second = chunk.lines[:2]
    return style.short(first, second) and second.width > first.width and _may_be_display(first)


def _may_be_counted(chunk: _Chunk) -> bool:
    """Whether a page's number could as well be an author's: no date goes with it."""
    return chunk.kind is TextItemKind.FURNITURE and read_folio([n.text for n in chunk.lines]).date is None


def _names_awaited(found: Sequence[TextItem], chunk: _Chunk) -> tuple[TextLine, ...]:
    """The line of names that a byline before, which broke off behind the office, goes on with."""
    awaited = found and found[-1].kind is TextItemKind.BYLINE and awaits_names(found[-1].text)
    return chunk.lines[:1] if awaited and is_names(reading(chunk.lines[0].text)) else ()


def _runs_on(chunk: _Chunk, found: Sequence[TextItem], style: Setting, *, open_: bool) -> bool:
    """Whether a line that looks like a folio, a byline, a subtitle is in truth within a sentence of the body."""
    if not found or found[-1].kind is not TextItemKind.BODY:
        return False
    if chunk.kind is TextItemKind.SUBTITLE or not open_:
        return chunk.kind is TextItemKind.SUBTITLE
    weak = chunk.kind in {TextItemKind.FURNITURE, TextItemKind.BYLINE, TextItemKind.CREDIT}
    weak = weak and not is_running_head(chunk.lines[0].text)
    return weak and len(chunk.lines) == 1 and style.full(chunk.lines[0]) and not style.indents(chunk.lines[0])


def _ends_full(found: Sequence[TextItem], style: Setting) -> bool:
    """Whether the last body ends in a full line."""
    last = next((item for item in reversed(found) if item.kind not in _INSERTED), None)
    return last is not None and last.kind is TextItemKind.BODY and style.full(last.lines[-1])


def _is_open(new: Sequence[TextItem], style: Setting, *, open_: bool) -> bool:
    """Whether behind these items a sentence of the body waits for its end: captions and the like do not end it."""
    for item in reversed(new):
        if item.kind is TextItemKind.BODY:
            return item.marker_behind is None and style.leaves_open(item.lines[-1])
        if item.kind is TextItemKind.FROM:
            return True
        if item.kind in {TextItemKind.BYLINE, TextItemKind.TO, TextItemKind.SUBTITLE}:
            return False
    return open_


def _blocks(lines: Sequence[TextLine]) -> list[tuple[TextLine, ...]]:
    """The runs of lines between blank lines."""
    starts = [i for i, line in enumerate(lines) if line.gap or i == 0] + [len(lines)]
    return [tuple(lines[a:b]) for a, b in pairwise(starts)]


# --- lines whose form alone tells what they are ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Chunk:
    kind: TextItemKind | None
    """None where only the neighbours can tell."""
    lines: tuple[TextLine, ...]


def _advert(block: tuple[TextLine, ...]) -> tuple[_Chunk, ...]:
    """The whole block as an advert, where it is one."""
    return (_Chunk(TextItemKind.ADVERT, block),) if is_small_ad([n.text for n in block]) else ()


def _chunks(block: tuple[TextLine, ...], entries: Container[int], heads: Container[int]) -> Iterator[_Chunk]:
    """The block cut where a line's form alone tells its kind, and before a 上接, and behind a 下转.

    The lines with the numbers `entries` open an entry of a list, whatever else their form says; those with the numbers
    `heads` are of a page's head or foot.
    """
    soft: list[TextLine] = []
    at = 0
    while at < len(block):
        kind = None if block[at].number in entries else _form(block, at)
        kind = TextItemKind.FURNITURE if block[at].number in heads else kind
        if soft and (kind is not None or _opens(block[at]) or _closes(block[at - 1])):
            yield _Chunk(None, tuple(soft))
            soft = []
        if kind is None:
            soft.append(block[at])
            at += 1
        else:
            end = _caption_end(block, at) if kind is TextItemKind.CAPTION else at + 1
            yield _Chunk(kind, block[at:end])
            at = end
    if soft:
        yield _Chunk(None, tuple(soft))


def _chunks_of(lines: Sequence[TextLine], heads: Container[int]) -> list[_Chunk]:
    """The chunks of a page; `heads` are the numbers of the lines of its heads and feet, beside which no advert is."""
    entries = entries_of_lists(lines)
    found: list[_Chunk] = []
    for block in _blocks(lines):
        advert = () if any(n.number in heads for n in block) else _advert(block)
        found += advert or _chunks(block, entries, heads)
    return found


def _last(found: Sequence[TextItem]) -> TextItem | None:
    return found[-1] if found else None


def _next_text(chunks: Sequence[_Chunk]) -> _Chunk | None:
    """The first of the chunks that is not set into the text."""
    return next((c for c in chunks if c.kind not in _INSERTED), None)


def _signed(names: tuple[TextLine, ...]) -> list[TextItem]:
    return [TextItem(TextItemKind.BYLINE, names)] if names else []


def _form(block: tuple[TextLine, ...], at: int) -> TextItemKind | None:
    line, text = block[at], reading(block[at].text)
    if len(text) > _LONGEST_FORM:
        return None
    whole = next((m for m in markers_in(text) if len(text) - (m.end - m.start) <= _BESIDE_MARKER), None)
    before = block[at - 1] if at else None
    after = block[at + 1] if at + 1 < len(block) else None
    if whole:
        return TextItemKind.FROM if _comes_from(whole, before, after) else TextItemKind.TO
    if (kind := _form_of_page(block, at, text)) is not None:
        return kind
    open_ = before is not None and not before.ends_sentence and not is_folio(before.text)
    if open_ and before is not None and after is not None and after.indent <= before.indent:
        return _form_within(block, at, text)
    kind = _form_apart(line, text, alone=before is None and after is None)
    signed = before is not None and is_set_deep(before) and is_set_deep(line)
    if kind is TextItemKind.FURNITURE and signed:
        return None
    within = after is not None and _in_sentence(kind, line, block[at + 1 : at + 3])
    goes_on = kind is TextItemKind.SUBTITLE and after is not None and _goes_on_as_text(line, after)
    return None if within or goes_on else kind


def _comes_from(marker: Marker, before: TextLine | None, after: TextLine | None) -> bool:
    """Whether a marker in a line of its own is a 上接; where its words serve either end the lines beside it tell."""
    if not marker.either or (before is None and after is None):
        return marker.jump is JumpEnd.FROM
    return after is not None and not (before is not None and before.ends_sentence)


def _form_of_page(block: Sequence[TextLine], at: int, text: str) -> TextItemKind | None:
    """The kind of a line that tells a page, or where an article comes from, wherever it stands."""
    if _is_page_mark(block, at):
        return TextItemKind.FURNITURE
    return TextItemKind.SOURCE if is_source_line(text) else None


def _is_page_mark(block: Sequence[TextLine], at: int) -> bool:
    """Whether the line is a page's number, or its whole head or foot, though a sentence may run on around it."""
    text = block[at].text
    if is_page_number(text):
        return True
    beside = (*block[max(0, at - 1) : at], *block[at + 1 : at + 2])
    if _NUMBER.fullmatch(text) or is_number_in_letters(text):
        return len(beside) > 1 and all(n.width >= _FEWEST_BESIDE and _IN_WORDS.search(n.text) for n in beside)
    if is_bracketed_number(text):
        return len(beside) > 1 and all(n.width >= _FEWEST_BESIDE for n in beside) and not beside[0].ends_sentence
    return is_running_head(text) or is_imprint(text)


def _form_within(block: Sequence[TextLine], at: int, text: str) -> TextItemKind | None:
    """The kind of a line that stands within a sentence, as far as indents tell."""
    if _is_credited_caption(block, at):
        return TextItemKind.CAPTION
    return TextItemKind.BYLINE if is_byline(text) and _signs_within(block, at) else None


def _is_credited_caption(block: Sequence[TextLine], at: int) -> bool:
    """Whether a line that says of which picture it speaks is the first of a few that end with who took the picture."""
    if not points_at_picture(block[at].text):
        return False
    return any(closes_caption(n.text) for n in block[at : at + _MOST_CAPTION_LINES])


def _signs_within(block: Sequence[TextLine], at: int) -> bool:
    """Whether a line of a byline's form is one, though neither a sentence's end nor an indent stands beside it."""
    if _follows_headline(block, at):
        return not _in_sentence(TextItemKind.BYLINE, block[at], block[at + 1 : at + 3])
    return block[at].text[0] in "□■◆◎"


def _follows_headline(block: Sequence[TextLine], at: int) -> bool:
    """Whether the line stands behind a few that may be a headline's, behind the end of a sentence."""
    start = at
    while start and at - start < _MOST_HEADLINE_LINES and _may_be_display(block[start - 1]):
        start -= 1
    return start < at and (start == 0 or block[start - 1].ends_sentence)


def _in_sentence(kind: TextItemKind | None, line: TextLine, behind: Sequence[TextLine]) -> bool:
    """Whether what follows goes on with the sentence that the line begins."""
    after = behind[0]
    if kind is TextItemKind.BYLINE:
        return _GOES_ON.match(after.text) is not None and not _begins_paragraph(line, behind)
    if kind is TextItemKind.FURNITURE and _IN_TEXT.search(after.text):
        return after.indent < line.indent or after.text[0] in _NEVER_FIRST | {"日", "号"}
    return kind is TextItemKind.SUBTITLE and after.text[0] in _NEVER_FIRST


def _begins_paragraph(line: TextLine, behind: Sequence[TextLine]) -> bool:
    """Whether the line is too short to have been broken by the edge, or the one behind it is set in."""
    after = behind[0]
    set_in = after.indent > line.indent or (len(behind) > 1 and behind[1].indent < after.indent == line.indent)
    return set_in or line.width < _SHORT * after.width


def _goes_on_as_text(line: TextLine, after: TextLine) -> bool:
    """Whether a line that opens with a dash begins a paragraph: what follows is text, of its width or further left."""
    return bool(_IN_TEXT.search(after.text)) and (after.indent < line.indent or alike(line, after))


def _form_apart(line: TextLine, text: str, *, alone: bool) -> TextItemKind | None:
    """The kind of a line that no sentence runs through."""
    if is_editors_line(text):
        return TextItemKind.FURNITURE if alone else TextItemKind.CREDIT
    if is_folio(text) or (alone and _SCRAP.fullmatch(text)):
        return TextItemKind.FURNITURE
    if is_closing_credit(text):
        return TextItemKind.CREDIT
    if (opens_caption(text) and not _opens(line)) or (alone and closes_caption(text)):
        return TextItemKind.CAPTION
    if is_byline(text):
        return TextItemKind.BYLINE
    return TextItemKind.SUBTITLE if _is_subtitle(line, text) else None


def _is_subtitle(line: TextLine, text: str) -> bool:
    """Whether a line opens with a dash and is no sentence."""
    return bool(_DASH.match(text)) and not line.ends_sentence and not line.pauses and "。" not in text


def _caption_end(block: tuple[TextLine, ...], start: int) -> int:
    for at in range(start, len(block)):
        after = block[at + 1] if at + 1 < len(block) else None
        if after is not None and dateline_of(after.text):
            return at + 1
        if closes_caption(block[at].text) or (
            block[at].ends_sentence
            and after is not None
            and (after.indent > block[at].indent or opens_caption(after.text))
        ):
            return at + 1
    return len(block)


def _opens(line: TextLine) -> bool:
    return TextItem(TextItemKind.BODY, (line,)).marker_before is not None


def _closes(line: TextLine) -> bool:
    return TextItem(TextItemKind.BODY, (line,)).marker_behind is not None


def _named_by(before: TextItem | None, chunk: _Chunk) -> TextItem:
    """An email line under a byline is part of it, elsewhere a credit; one in brackets under a headline is a byline."""
    kind = chunk.kind or TextItemKind.BODY
    if (
        kind is TextItemKind.BYLINE
        and is_email(chunk.lines[0].text)
        and (before is None or before.kind is not TextItemKind.BYLINE)
    ):
        kind = TextItemKind.CREDIT
    headed = before is not None and before.kind in {TextItemKind.DISPLAY, TextItemKind.SUBTITLE}
    if kind is TextItemKind.CREDIT and headed and is_byline(chunk.lines[0].text):
        kind = TextItemKind.BYLINE
    return TextItem(kind, chunk.lines)


# --- lines that only their neighbours explain -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Soft:
    """Lines between blank lines, to be told apart into display lines and body."""

    lines: tuple[TextLine, ...]
    style: Setting
    open: bool
    """The body before breaks off within a sentence."""
    filled: bool
    """The body before ends in a full line, as a column's end may cut it."""
    after: _Chunk | None

    def items(self) -> Iterator[TextItem]:
        at, body = 0, 0
        while at < len(self.lines):
            signed = signature_end(self.lines, at, self.style)
            end = max(signed, self._display_end(at))
            if end == at:
                at += 1
                continue
            if body < at:
                yield TextItem(TextItemKind.BODY, self.lines[body:at])
            if signed == at and end + 1 < len(self.lines) and _is_name(self.lines[end]):
                end += 1
            yield from _signature_items(self.lines[at:end]) if signed > at else _display_items(self.lines[at:end])
            at = body = end
        if body < len(self.lines):
            yield TextItem(TextItemKind.BODY, self.lines[body:])

    def _display_end(self, start: int) -> int:
        """The index behind the display lines that begin at `start`; `start` where none do."""
        if not self._may_begin(start):
            return start
        for end in range(start + 1, min(len(self.lines), start + _MOST_HEADLINE_LINES) + 1):
            if not _may_be_display(self.lines[end - 1]) or self._is_cut(end) or not _pairs_open(self.lines[start:end]):
                return start
            if self._runs_on_full(start, end):
                return start
            if self._remark_at(end):
                return end
            ends = self._ends_at(start, end)
            if ends is not None:
                return end if ends else start
        return start

    def _runs_on_full(self, start: int, end: int) -> bool:
        """Whether the lines are a column's running text: full but for the last, with too many pauses for a headline."""
        lines = self.lines[start:end]
        pauses = sum(len(_PAUSE.findall(n.text)) for n in lines)
        many = pauses >= (_MANY_IN_SENTENCE if lines[-1].ends_sentence else _MANY_PAUSES)
        return len(lines) > 1 and many and all(self.style.full(n) for n in lines[:-1])

    def _remark_at(self, end: int) -> bool:
        """Whether a remark in brackets over several lines begins at `end`: when and by whom a law was passed."""
        ends = range(end + 2, min(len(self.lines), end + _MOST_HEADLINE_LINES) + 1)
        return any(_REMARK.fullmatch("".join(reading(n.text) for n in self.lines[end:stop])) for stop in ends)

    def _is_cut(self, end: int) -> bool:
        """Whether the line at `end` begins with a mark that the column's edge parted from what stands before."""
        return end < len(self.lines) and self.lines[end].text[0] in _NEVER_FIRST

    def _ends_at(self, start: int, end: int) -> bool | None:
        """Whether the display lines from `start` end before `end`; False where they are none, None to look further."""
        if self._announces_text(end):
            return False
        if start == 0 and self.filled and end < len(self.lines) and self._may_be_tail(end - 1):
            return False
        if end + 1 == len(self.lines) and self._is_tail(end):
            return False
        if end == len(self.lines):
            return not (self._is_fragment(start) or self._is_unfinished(start))
        if not self._of_one_kind(start, end) and not self._closes_bracket(start, end):
            return self._may_end(end)
        return True if not self.style.indented and self._may_end(end) and self._text_follows(end) else None

    def _announces_text(self, end: int) -> bool:
        """Whether the line before `end` ends with a colon, and running text follows."""
        return self.lines[end - 1].text[-1] in "：:" and self._body_follows(end)

    def _text_follows(self, end: int) -> bool:
        """Whether a line behind the display lines that end before `end` can be none of them."""
        return not all(map(_may_be_display, self.lines[end:]))

    def _may_be_tail(self, at: int) -> bool:
        """Whether the line may end the paragraph whose full line stands before the block: a paragraph follows."""
        line, following = self.lines[at], self.lines[at + 1]
        return line.ends_sentence and (
            not self.style.indented or self.style.indents(following) or self.style.full(line)
        )

    def _is_tail(self, at: int) -> bool:
        """Whether the line only ends the sentence of the longer one before: no text is shorter than its headline."""
        line = self.lines[at]
        return line.ends_sentence and line.width < self.lines[at - 1].width and not self.style.indents(line)

    def _body_follows(self, end: int) -> bool:
        """Whether no further display line comes at `end`, or behind the block: what ends in a colon leads on to it."""
        if end < len(self.lines):
            text = self.lines[end]
            running = self.style.full(text) and _PAUSE.search(text.text) is not None
            return running or not self._of_one_kind(end - 1, end)
        return self.after is not None and self.after.kind is None and not _may_be_display(self.after.lines[0])

    def _of_one_kind(self, start: int, end: int) -> bool:
        """Whether the line at `end` could still be of the headline whose first line is at `start`."""
        line, first = self.lines[end], self.lines[start]
        return _may_be_display(line) and (self.style.indents(line) == self.style.indents(first))

    def _closes_bracket(self, start: int, end: int) -> bool:
        """Whether the display lines leave a bracket or a quotation open that the next line closes."""
        texts = [reading(n.text) for n in self.lines[start : end + 1]]
        before, whole = "".join(texts[:-1]), "".join(texts)
        return _may_be_display(self.lines[end]) and any(
            before.count(opening) > before.count(close) and whole.count(opening) == whole.count(close)
            for close, opening in _PAIRS.items()
        )

    def _may_begin(self, at: int) -> bool:
        line = self.lines[at]
        if not _may_be_display(line) or _DASH.match(reading(line.text)) or self._is_listed(at):
            return False
        if is_doubled(line.text):
            return True
        if line.ends_sentence and (at or self.open):
            return self._asks(at)
        if at:
            before = self.lines[at - 1]
            ended = is_set_deep(before) or not self.style.leaves_open(before, line)
            return ended and not self._goes_on_full(at)
        return not self.open or (
            len(self.lines) <= _MOST_HEADLINE_LINES and not self.style.full(self.lines[-1], self._next())
        )

    def _asks(self, at: int) -> bool:
        """Whether a question or a cry stands where a paragraph would be set in, and the one before has ended."""
        line, style = self.lines[at], self.style
        if not at or line.text[-1] not in "？！?!" or style.full(line):
            return False
        before = self.lines[at - 1]
        ended = before.ends_sentence and (style.short(before) or not style.full(before, line))
        if style.indented:
            return ended and not style.indents(line)
        return ended and at + 1 < len(self.lines) and style.short(line) and not style.short(self.lines[at + 1])

    def _is_listed(self, at: int) -> bool:
        """Whether the line and one beside it are entries of one list: rows of many names, or times of a day."""
        text, beside = self.lines[at].text, (*self.lines[max(0, at - 1) : at], *self.lines[at + 1 : at + 2])
        return any(both(text) and both(n.text) for n in beside for both in (_names_many, is_timed))

    def _goes_on_full(self, at: int) -> bool:
        """Whether paragraphs are set in, this line is not, and it and the one before are as full as body is."""
        line = self.lines[at]
        full = self.style.reaches(line) and self.style.reaches(self.lines[at - 1])
        return self.style.indented and not self.style.indents(line) and full

    def _next(self) -> TextLine | None:
        return self.after.lines[0] if self.after else None

    def _may_end(self, end: int) -> bool:
        """Whether a paragraph can begin at `end`, behind a line that ended without a sentence's end."""
        if _opens_with_dateline(self.lines[end].text):
            return True
        if self.style.indented:
            return self.style.indents(self.lines[end])
        last = self.lines[end - 1]
        following = self.lines[end]
        running = len(_PAUSE.findall(last.text)) > 1 and last.width > _HALF * self.style.measure
        if running or (_PAUSE.search(last.text) and self.style.may_be_first(last, following)):
            return False
        return self.style.short(last, following) or not self.style.full(last, following)

    def _is_fragment(self, start: int) -> bool:
        """Whether the lines to the block's end are a piece of body that a column's end cut off."""
        *before, last = self.lines[start:]
        if is_doubled(last.text) or are_several_names(last.text):
            return False
        if before and last.ends_sentence and all(self.style.full(n) for n in before):
            return True
        if not self.style.full(last) or self.after is None or self.after.kind is not None:
            return False
        return not _opens(self.after.lines[0]) and (start > 0 or self._goes_on())

    def _jumps_on(self, start: int) -> bool:
        """Whether the lines to the block's end are a paragraph's beginning that goes on where the next line sends."""
        sent = self.after is not None and self.after.kind is TextItemKind.TO
        first = self.lines[start]
        return sent and self.style.indented and self.style.indents(first) and _PAUSE.search(first.text) is not None

    def _goes_on(self) -> bool:
        """Whether the lines behind this block are body that can go on from its full last line."""
        assert self.after is not None
        if not self.style.indented:
            return self.open and self.style.full(self.lines[0])
        if self.style.indents(self.after.lines[0]):
            return False
        paragraph = self.open or self.style.indents(self.lines[0])
        return paragraph or any("，" in n.text or "。" in n.text for n in self.after.lines)

    def _is_unfinished(self, start: int) -> bool:
        """Whether a bracket or a quotation is left open at the block's end, or a paragraph goes on elsewhere."""
        if self._jumps_on(start):
            return True
        text = "".join(reading(n.text) for n in self.lines[start:])
        return any(text.count(opening) > text.count(close) for close, opening in _PAIRS.items())


def _names_many(text: str) -> bool:
    """Whether it names more people than would sign one piece."""
    return len(text.split()) >= _MANY_NAMES and are_several_names(text)


def _may_be_display(line: TextLine) -> bool:
    """Whether nothing in the line's form speaks against its being a headline or a subhead."""
    text = reading(line.text)
    if not 0 < len(text) <= _LONGEST_HEADLINE or _NOT_DISPLAY.search(text) or not any(c.isalnum() for c in text):
        return False
    if _CONTROLS.fullmatch(text):
        return False
    dated = _opens_with_dateline(text) or dateline_of(f"{text}电")
    return not dated and not any(markers_in(text)) and not (line.ends_sentence and "，" in text)


def _opens_with_dateline(text: str) -> bool:
    """Whether the line is the first of a piece of news: 本报讯…, 【本報訊】…."""
    return dateline_of(text.lstrip("【［[")) is not None


def _pairs_open(lines: Sequence[TextLine]) -> bool:
    """Whether the lines open every bracket and quotation that they close, and are no remark in brackets."""
    text = "".join(reading(n.text) for n in lines)
    remark = len(lines) > 1 and _REMARK.fullmatch(text)
    return not remark and all(text.count(close) <= text.count(opening) for close, opening in _PAIRS.items())


def _signature_items(lines: tuple[TextLine, ...]) -> Iterator[TextItem]:
    return (TextItem(TextItemKind.SIGNATURE, (line,)) for line in lines)


def _display_items(lines: tuple[TextLine, ...]) -> Iterator[TextItem]:
    """Display lines as one item, but a page's name over them, names under a headline, and a counted subhead."""
    if len(lines) > 1 and is_page_name(lines[0].text):
        yield TextItem(TextItemKind.DISPLAY, lines[:1])
        lines = lines[1:]
    counted = next((i for i, line in enumerate(lines) if i and is_counted(reading(line.text))), len(lines))
    names = counted - 1 if counted > 1 and _is_name(lines[counted - 1]) else counted
    for part in (lines[:names], lines[names:counted], lines[counted:]):
        if part:
            yield TextItem(TextItemKind.DISPLAY, part)


def _is_name(line: TextLine) -> bool:
    text = reading(line.text)
    return is_names(text) or is_spaced_name(text)
