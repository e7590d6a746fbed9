"""The pass that joins what the column's edge parted: wrapped lines become paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import groupby, islice, pairwise, zip_longest
from typing import Final

from cleanup.article import Article, ArticleKind, Role
from cleanup.edits.clean_text import Change
from cleanup.edits.edit import CELL_BREAK, LINE_BREAK, Pass
from cleanup.forms.source_line import is_source_line
from cleanup.language.characters import SPACE, cells, ends_sentence, is_word
from cleanup.language.hyphens import hyphens_in
from cleanup.lines.clean_lines import LineView, line_views, line_views_now_and_before
from cleanup.lines.filling import Filled, begins_of, fill_a_measure
from cleanup.lines.line_geometry import MeasuredLine, measured
from cleanup.lines.paragraphs import APART, Verdict, body_verdicts, opens_item
from cleanup.lines.plain_line import TextLine
from cleanup.lines.rows import gap_in_row
from cleanup.lines.wrapping import Wrapping, wrapping_of
from cleanup.passes.rules.line_join_rules import Joint, joint_in_headline, joint_in_text, joint_of_names
from cleanup.plaintext.printed_lines import may_be_parted, printed_lines
from ocr.setup.language_model import language_model

_DISPLAY: Final = frozenset({Role.KICKER, Role.TITLE, Role.SUBTITLE, Role.SUBHEAD})
_SPACES: Final = "".join(SPACE)
_HUNG: Final = Verdict(True, 0.97, "No line begins with such a mark: an extractor set it apart.")
_LONGEST_HEADLINE: Final = 40.0
"""Length in ems of a subhead over several lines, at most; longer ones are two."""
_CELL: Final = "The cells of one row of a table."
_PIECE: Final = "The pieces of one cell of a table."
_ROW_SURETY: Final = 0.9
"""Confidence that lines on one level of a table are of one row."""
_WITHIN_CELL: Final = 0.4
"""White between two pieces of one cell, in their height, below; between two cells of a row there is more."""
_LEAD: Final = "White space before a line is layout; it is not text."
_ENTRY: Final = re.compile(r"([ \t]*)(?:[-*+•]|[0-9]{1,3}[.)])[ \t]+\S")
"""An entry of a list, with the white before it."""
_PARAGRAPH: Final = re.compile(r"　　?[^ 　]|[ \t]*[0-9]")
"""The beginning of a line that is set in as paragraphs are, or by a number that is one digit shorter."""
_PLAIN_DEPTHS: Final = 2
"""Depths of lines in prose: at the margin, and set in as a paragraph is."""
_LINE: Final = 60
"""Width in half ems from which on a line that is set in is a paragraph, however it ends."""
_QUESTION: Final = 0.4
"""Confidence of a join below the bar: a person answers."""
_AS_WRITTEN: Final = "But nothing in the text shows that a column broke its lines."


def line_join(article: Article) -> Iterator[Change]:
    """Changes that take out the line breaks that only the column's width made, and the white space around them.

    Mends 城市间的竞 / 争 → 城市间的竞争, over a column break, a blank line or a picture too; numbers cut at the edge
    (19 / 71年), Latin words (a space, or the hyphen goes). Where paragraphs are set in, the indent ends a paragraph,
    and is taken out; where none is, a sentence that ends in a short line does. Keeps its hands off subheads, verse,
    lists, rows of a table, and breaks after a heading that it does not know. In a text whose lines are as they were
    written it only asks, and keeps the indents where they have several depths, as those of code. Of a table on a scan
    it sets the cells of a row on one line, with a tab between.
    """
    if article.kind is ArticleKind.TABLE:
        yield from _rows_of_cells(article)
    if article.kind in {ArticleKind.TABLE, ArticleKind.FURNITURE}:
        return
    nested = article.as_written and _is_nested(article)
    for change in _found(article):
        joins = LINE_BREAK in article.clean.text[change.start : change.end]
        if not (nested and change.reason == _LEAD):
            yield _asked(change) if article.as_written and joins else change


def _rows_of_cells(article: Article) -> Iterator[Change]:
    """The break between two cells that stand side by side becomes a tab; that between two pieces of one cell goes."""
    for a, b in pairwise(line_views(article)):
        gap = gap_in_row(a.source.line, b.source.line) if a.source.page == b.source.page else None
        if not a.broken or gap is None:
            continue
        start, end = a.start + len(a.text.rstrip(_SPACES)), a.end + len(LINE_BREAK)
        if gap < _WITHIN_CELL:
            yield Change(start, end, "", _PIECE, _ROW_SURETY)
        else:
            yield Change(start, end, CELL_BREAK, _CELL, _ROW_SURETY)


def _is_nested(article: Article) -> bool:
    """Whether the white before its lines is of the text: it has several depths, or sets in what are no paragraphs."""
    texts = [n.line.text for n in article.lines if n.role is Role.BODY and n.line.text.strip()]
    depths = {text[: len(text) - len(text.lstrip(" \t"))] for text in texts}
    entries = {m[1] == "" for t in texts if (m := _ENTRY.match(t))}
    set_in = [text.rstrip(_SPACES) for text in texts if text[0] in SPACE]
    no_paragraphs = sum(not (ends_sentence(t) or cells(t) > _LINE or _PARAGRAPH.match(t)) for t in set_in)
    return len(depths) > _PLAIN_DEPTHS or {True, False} <= entries or 2 * no_paragraphs > len(set_in)


def _asked(change: Change) -> Change:
    return replace(change, reason=f"{change.reason} {_AS_WRITTEN}", confidence=min(change.confidence, _QUESTION))


def _found(article: Article) -> Iterator[Change]:
    now, before = line_views_now_and_before(article, Pass.LINE_JOIN)
    lines = [replace(n, view=now[n.view.index]) for n in measured(before)]
    groups = _printed(lines)
    in_text = partial(joint_in_text, hyphens=hyphens_in(LINE_BREAK.join(n.text for n in lines)))
    wholes = _wholes(before, groups) if len(groups) < len(lines) else lines
    body = _body(wholes, as_written=article.as_written)
    for role, members in groupby(zip(wholes, groups, strict=True), key=lambda pair: pair[0].view.role):
        run = list(members)
        whole = [n for n, _ in run]
        verdicts = body(whole) if role is Role.BODY else list(_verdicts(role, whole))
        parted = _within_groups([group for _, group in run], verdicts)
        yield from _run([n for _, group in run for n in group], parted, _joints(role, len(run)) or in_text)


def _joints(role: Role, lines: int) -> Callable[[str, str], Joint] | None:
    """How so many lines of a role are put together, where not as running text is."""
    if role is Role.BYLINE:
        return joint_of_names
    if role not in _DISPLAY:
        return None
    return partial(joint_in_headline, model=language_model() if lines > 1 else None)


def _body(lines: Sequence[MeasuredLine], *, as_written: bool) -> Callable[[Sequence[MeasuredLine]], Sequence[Verdict]]:
    """What gives the verdicts for the lines of the body, run by run in their order."""
    bodies = [n for n in lines if n.view.role is Role.BODY]
    dump = not as_written and not any(n.on_scan for n in bodies)
    ways = wrapping_of(bodies, broken=dump)
    begins = _begins(lines, wrapped=any(way.wrapped for way in ways)) if dump else None
    return partial(_of_body, iter(ways), None if begins is None else iter(begins))


def _of_body(
    wrapping: Iterator[Wrapping], begins: Iterator[bool] | None, lines: Sequence[MeasuredLine]
) -> Sequence[Verdict]:
    """Verdicts for the next lines of the body, of which the two tell one by one how they were set."""
    told = list(islice(begins, len(lines))) if begins else None
    return body_verdicts(lines, list(islice(wrapping, len(lines))), told)


def _wholes(before: Sequence[LineView], groups: Sequence[Sequence[MeasuredLine]]) -> list[MeasuredLine]:
    """The lines as they were printed, one for each group."""
    as_one = measured([_whole(before, group) for group in groups])
    return [replace(n, new_block=group[0].new_block) for n, group in zip(as_one, groups, strict=True)]


def _begins(lines: Sequence[MeasuredLine], *, wrapped: bool) -> list[bool] | None:
    """For each line of the body whether a paragraph begins with it; the body may be interrupted by other lines.

    None where the lines neither are known to be `wrapped` nor fill a measure.
    """
    filled = [
        Filled(
            n.text,
            round(2 * (n.indent + n.width)),
            round(2 * n.indent),
            gap=n.new_block,
            listed=opens_item(n.text),
            fresh=before is None or before.view.role is not Role.BODY or is_source_line(before.text),
        )
        for before, n in zip([None, *lines], lines, strict=False)
        if n.view.role is Role.BODY
    ]
    cut = [is_word(a.text[-1]) and b.indent <= a.indent and not b.listed for a, b in pairwise(filled)]
    return begins_of(filled) if wrapped or fill_a_measure(filled, [*cut, False]) else None


def _printed(lines: Sequence[MeasuredLine]) -> list[list[MeasuredLine]]:
    """The lines, those together that were printed as one: an extractor set a mark on a line of its own."""
    groups: list[list[MeasuredLine]] = []
    for _, members in groupby(lines, key=lambda n: (n.view.role, n.on_scan)):
        run = list(members)
        if run[0].on_scan or run[0].view.role is not Role.BODY or not may_be_parted([n.text for n in run]):
            groups += [[n] for n in run]
        else:
            texts = [TextLine(at, " " * round(2 * n.indent) + n.text, int(n.new_block)) for at, n in enumerate(run)]
            groups += [[run[part.number] for part in whole.printed] for whole in printed_lines(texts)]
    return groups


def _whole(views: Sequence[LineView], group: Sequence[MeasuredLine]) -> LineView:
    """The first line of a group with the text of all."""
    first = views[group[0].view.index]
    text = first.text.rstrip(_SPACES) + "".join(n.text for n in group[1:])
    return replace(first, text=text) if len(group) > 1 else first


def _within_groups(groups: Sequence[Sequence[MeasuredLine]], verdicts: Sequence[Verdict]) -> list[Verdict]:
    """A verdict for every two lines, from those for every two groups; lines of one group belong together."""
    found: list[Verdict] = []
    for group, verdict in zip_longest(groups, verdicts):
        found += [_HUNG] * (len(group) - 1)
        if verdict is not None:
            found.append(verdict)
    return found


def _run(
    lines: Sequence[MeasuredLine], verdicts: Sequence[Verdict], joint_of: Callable[[str, str], Joint]
) -> Iterator[Change]:
    """Changes for consecutive lines of one role; a verdict for every two."""
    yield from _without_lead(lines[0])
    for (a, b), verdict in zip(pairwise(lines), verdicts, strict=True):
        if verdict.join:
            yield from _joined(a, b, verdict, joint_of)
        else:
            yield from _without_trail(a)
        yield from _without_lead(b)
    yield from _without_trail(lines[-1])


def _verdicts(role: Role, lines: Sequence[MeasuredLine]) -> Iterator[Verdict]:
    """Verdicts for a headline, a byline or a caption; other roles' lines stay apart."""
    width = lines[0].width
    for a, b in pairwise(lines):
        verdict = _verdict(role, a, b)
        if role is Role.SUBHEAD and width + b.width > _LONGEST_HEADLINE:
            verdict = APART
        width = width + b.width if verdict.join else b.width
        yield verdict


def _verdict(role: Role, a: MeasuredLine, b: MeasuredLine) -> Verdict:
    listed = opens_item(b.text) and (opens_item(a.text) or a.text[-1] in "：:")
    if role in _DISPLAY and not listed and not ends_sentence(a.text) and not b.text.startswith("—"):
        return Verdict(True, 0.9, "The headline goes on in the next line.")
    if role is Role.BYLINE:
        return Verdict(True, 0.9, "The byline goes on in the next line.")
    if role is Role.CAPTION and not b.new_block and not ends_sentence(a.text):
        return Verdict(True, 0.9, "The caption goes on in the next line.")
    return APART


def _joined(
    a: MeasuredLine, b: MeasuredLine, verdict: Verdict, joint_of: Callable[[str, str], Joint]
) -> Iterator[Change]:
    """The break behind `a` with its white space becomes what parts the words; blank lines up to `b` go."""
    if not a.view.broken:
        return
    joint = joint_of(a.text, b.text)
    end = a.view.end + len(LINE_BREAK)
    start = a.view.end - a.trail - joint.taken
    yield Change(start, end, joint.put, verdict.reason + joint.reason, verdict.surety)
    for length in b.blanks_before:
        yield Change(end, end + length, "", "A blank line within a sentence.", verdict.surety)
        end += length


def _without_lead(line: MeasuredLine) -> Iterator[Change]:
    start = line.view.start
    if line.lead:
        yield Change(start, start + line.lead, "", _LEAD, 0.98)


def _without_trail(line: MeasuredLine) -> Iterator[Change]:
    end = line.view.end
    if line.trail:
        yield Change(end - line.trail, end, "", "White space behind a line is not printed.", 0.98)
