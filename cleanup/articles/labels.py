"""What each line of print is: the most likely label, neighbours in a region taken together.

The chances of the labels come from boosted trees on level pages, from a table of weighted cues on vertical ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import groupby, pairwise
from statistics import median
from typing import Final

import numpy as np

from cleanup.articles.cues import BOLD, MARKS, Cues, line_cues
from cleanup.articles.frame import ReadingFrame
from cleanup.articles.label_chances import Floats, label_trees
from cleanup.articles.line_measures import line_measures
from cleanup.articles.placed import PlacedLine, Rect
from cleanup.articles.surroundings import Surroundings
from cleanup.articles.weights import Weights, likeness, scored, weights
from cleanup.forms.byline import dateline_of, is_names, may_be_byline
from cleanup.forms.caption import closes_caption, opens_caption
from cleanup.forms.folio import read_folio
from cleanup.forms.headline import opens_with_dash
from cleanup.forms.jump_marker import is_from_marker, markers_in
from cleanup.forms.section_names import is_standing
from cleanup.language.characters import PAUSES, SENTENCE_ENDS, ends_sentence, is_hanzi
from layout.page import RegionKind


class Label(StrEnum):
    """What a line of print is on its page."""

    HEAD = "head"  # kicker, title or subtitle
    SUBHEAD = "subhead"
    BYLINE = "byline"
    BODY = "body"  # leads too
    CAPTION = "caption"
    FURNITURE = "furniture"  # folio, masthead, imprint
    ADVERT = "advert"
    TABLE = "table"  # lists and figures too
    COLUMN = "column"  # the name of a column beside a headline
    TEASER = "teaser"  # sends the reader to another page


LABELS: Final = tuple(Label)
_LAYOUTS: Final = {
    RegionKind.HEADLINE: Label.HEAD,
    RegionKind.SUBHEAD: Label.SUBHEAD,
    RegionKind.BYLINE: Label.BYLINE,
    RegionKind.CAPTION: Label.CAPTION,
    RegionKind.FOLIO: Label.FURNITURE,
    RegionKind.MASTHEAD: Label.FURNITURE,
    RegionKind.ADVERT: Label.ADVERT,
    RegionKind.TABLE: Label.TABLE,
}
"""What layout's kinds are called here; all others are body."""
_SCANT: Final = 10
"""Lines below which a page has too little text to compare."""
_NEWSPAPER: Final = re.compile("[㐀-鿿]{2,8}[报報刊]")
"""A newspaper's name; layout alone tells its masthead from a headline that ends so."""
_PAGE_HEADS: Final = frozenset({RegionKind.FOLIO, RegionKind.MASTHEAD})
_MOST: Final = 3
"""Lines of a headline in body type at most."""
_LONGEST: Final = 36
"""Characters of such a headline at most."""
_SET_IN: Final = 1.0
"""Ems from the beginning of the next line from which a line is set in."""
_NEXT: Final = 0.9
"""Ems of white between two lines of one paragraph, at most."""
_NAME: Final = 4
"""Characters of one name at most."""
_OPEN_BRACKETS: Final = frozenset("（(【〔［")
_CLOSE_BRACKETS: Final = frozenset("）)】〕］")
_WORD: Final = 2
"""Characters of a name, and of a line that is no scrap, at least."""
_SHORT: Final = 0.75
"""Share of its column's width that a line of names takes at most."""
_CLOSE: Final = 2.5
"""Ems of white between a byline and its headline or text, at most."""
_MISTAKEN_TEXT: Final = frozenset({Label.ADVERT, Label.CAPTION})
"""What a short text is taken for."""
_MISTAKEN: Final = frozenset({Label.TABLE, Label.ADVERT, Label.COLUMN})
"""What small names alone are taken for."""
_FAR: Final = 6.0
"""Ems of white from which a picture is too far for a caption."""
_BEYOND: Final = 3.0
"""Ems by which a line over several columns reaches beyond the column that it was found in, at least."""
_LEAST_WEIGHT: Final = 0.1
"""Weight below which that of a line is not known."""
_LARGER: Final = 1.12
"""Size, relative to the body's, from which such a line is set in larger type."""
_WHITE: Final = 1.0
"""Ems of white over a headline that parts it from the text above, at least."""
_SET_OFF: Final = frozenset({Label.HEAD, Label.CAPTION, Label.ADVERT, Label.TABLE})
"""What the first line of a column's text is taken for."""
_SET_LARGER: Final = 1.2
"""Size, relative to the body's, from which a short line is set larger than text: few characters are measured badly."""
_INDENT: Final = 2.0
"""Ems by which a paragraph's first line is set in."""
_AT_EDGE: Final = 0.4
"""Ems by which lines at one edge, or at one distance, differ at most."""
_SAME_TYPE: Final = 0.1
"""Share by which the sizes of lines in one type differ at most."""
_NEIGHBOURS: Final = 0.7
"""Weight of the neighbour's label; below 1, since the cues tell of the neighbours too."""
_SUBHEADS: Final = 0.6
"""Log-odds by which subheads are likelier on printed pages than on those that the trees were fitted on."""
_NEIGHBOURS_KNOWN: Final = 0.3
"""The same where the chances of the neighbours' labels are known already."""


def labels_of(frame: ReadingFrame, around: Sequence[Surroundings]) -> tuple[Label, ...]:
    """The label of each line, in the order of the frame's lines."""
    if is_scant(frame):
        return tuple(_LAYOUTS.get(n.region.kind, Label.BODY) for n in frame.lines)
    table = weights(vertical=frame.vertical)
    labels = likeliest_labels(frame, log_chances(frame, line_cues(frame, around), around, table), table)
    labels = _as_layout_and_text_tell(frame, labels)
    if not frame.vertical:
        labels = _with_texts_of_headlines(frame, with_text_far_from_pictures(frame, labels))
        labels = _with_leads(frame, around, labels)
        labels = _with_text_for_bylines(frame, around, labels)
        labels = with_plain_type(frame, around, with_first_lines_of_columns(frame, labels))
        labels = with_names_over_texts(frame, around, labels)
    return _with_signed_heads(frame, around, labels)


def is_scant(frame: ReadingFrame) -> bool:
    """Whether a page has so little text that the cues, which compare its lines, tell nothing: layout's word stands."""
    return len(frame.lines) < _SCANT


def _as_layout_and_text_tell(frame: ReadingFrame, labels: Sequence[Label]) -> tuple[Label, ...]:
    """The labels; what layout and the text both hold for a page's head or a caption is one, whatever its chances.

    And so is running text what says that it comes from another page.
    """
    captions = {
        name
        for name, lines in frame.by_region.items()
        if lines[0].region.kind is RegionKind.CAPTION
        and (opens_caption(lines[0].text) or closes_caption(lines[-1].text))
    }
    out = []
    for n, label in zip(frame.lines, labels, strict=True):
        if n.region.kind in _PAGE_HEADS and _tells_page(n.text):
            out.append(Label.FURNITURE)
        elif n.region.id in captions:
            out.append(Label.CAPTION)
        else:
            out.append(Label.BODY if _comes_from_elsewhere(n.text) else label)
    return tuple(out)


def with_text_far_from_pictures(frame: ReadingFrame, labels: Sequence[Label]) -> tuple[Label, ...]:
    """The labels; a sentence that passes for a caption, far from every picture and not worded as one, is text.

    Where no picture was found, one was missed.
    """
    if not frame.pictures:
        return tuple(labels)
    text = {
        name
        for name, lines in frame.by_region.items()
        if _tells_of_no_picture(lines) and not _is_near_picture(frame, Rect.around([n.rect for n in lines]))
    }
    told = zip(frame.lines, labels, strict=True)
    return tuple(Label.BODY if own is Label.CAPTION and n.region.id in text else own for n, own in told)


def _tells_of_no_picture(lines: Sequence[PlacedLine]) -> bool:
    """Whether lines end a sentence and neither begin nor end as the caption of a picture does."""
    text = "".join(n.text for n in lines)
    return len(lines) > 1 and ends_sentence(text) and not opens_caption(text) and not closes_caption(text)


def _is_near_picture(frame: ReadingFrame, rect: Rect) -> bool:
    return any(p.overlap_x(rect) > -_FAR and p.overlap_y(rect) > -_FAR for p in frame.pictures)


def _with_texts_of_headlines(frame: ReadingFrame, labels: Sequence[Label]) -> tuple[Label, ...]:
    """The labels; sentences that are all the text with a headline in its tile are running text, as of a photo story."""
    tiles: dict[int, list[int]] = {}
    for i, n in enumerate(frame.lines):
        if n.region.article is not None:
            tiles.setdefault(n.region.article, []).append(i)
    out = list(labels)
    for places in tiles.values():
        held = {labels[i] for i in places}
        if Label.HEAD not in held or Label.BODY in held:
            continue
        for i in places:
            n = frame.lines[i]
            if labels[i] in _MISTAKEN_TEXT and _tells_sentences(frame.by_region[n.region.id]):
                out[i] = Label.BODY
    return tuple(out)


def _with_leads(frame: ReadingFrame, around: Sequence[Surroundings], labels: Sequence[Label]) -> tuple[Label, ...]:
    """The labels; sentences between a headline and the text of one tile, close to both, are that text's lead.

    On a ground of its own, in large or bold type, a lead passes for an advert.
    """
    out = list(labels)
    for places in _places_by_region(frame):
        first, last = around[places[0]], around[places[-1]]
        if any(out[i] not in _MISTAKEN_TEXT for i in places) or first.above is None or last.below is None:
            continue
        ends = frame.lines[first.above], frame.lines[last.below]
        own = [frame.lines[i] for i in places]
        between = out[first.above] is Label.HEAD and out[last.below] is Label.BODY
        one_tile = len({n.region.article for n in (*ends, own[0])}) == 1
        if between and one_tile and max(first.gap_above, last.gap_below) < _CLOSE and _tells_sentences(own):
            for i in places:
                out[i] = Label.BODY
    return tuple(out)


def _with_text_for_bylines(
    frame: ReadingFrame, around: Sequence[Surroundings], labels: Sequence[Label]
) -> tuple[Label, ...]:
    """The labels; what is told for a byline but names nobody, amid running text, is text where it looks like it.

    In bold it is a subhead; set in over the next line, close to it, it is the first line of a paragraph; right under
    text, from edge to edge of its column or set in as paragraphs are, it is more of that text.
    """
    told = zip(frame.lines, around, labels, strict=True)
    return tuple(_signs_or_goes_on(frame, near, n, labels) if own is Label.BYLINE else own for n, near, own in told)


def _signs_or_goes_on(frame: ReadingFrame, near: Surroundings, line: PlacedLine, labels: Sequence[Label]) -> Label:
    """What a line that is told for a byline is, by its words and by the text around it."""
    first_half = _first_half(near, line)
    if first_half is not None:
        return labels[first_half]
    if may_be_byline(line.text) or is_names(line.text) or dateline_of(line.text) is not None:
        return Label.BYLINE
    if _goes_on(frame, near, line, labels):
        return Label.BODY
    if near.below is None or labels[near.below] is not Label.BODY or len(line.text) <= _NAME:
        return Label.BYLINE
    under = frame.lines[near.below]
    close = under.region.id == line.region.id and near.gap_below < _NEXT
    if close and line.rect.x0 - under.rect.x0 > _SET_IN:
        return Label.BODY
    in_text = near.above is not None and labels[near.above] is Label.BODY
    return Label.SUBHEAD if line.weight > BOLD and in_text else Label.BYLINE


def _first_half(near: Surroundings, line: PlacedLine) -> int | None:
    """The place of the line close above one that closes a bracket which it did not open; None for any other."""
    if near.above is None or near.gap_above >= _NEXT:
        return None
    depth = 0
    for char in line.text:
        depth += (char in _OPEN_BRACKETS) - (char in _CLOSE_BRACKETS)
        if depth < 0:
            return near.above
    return None


def _goes_on(frame: ReadingFrame, near: Surroundings, line: PlacedLine, labels: Sequence[Label]) -> bool:
    """Whether a line right under running text of its region is set as that text is, and fills its column."""
    if near.above is None or labels[near.above] is not Label.BODY or near.gap_above > _NEXT:
        return False
    column = frame.by_region[line.region.id]
    above = frame.lines[near.above]
    if above.region.id != line.region.id or len(column) <= _MOST or not _is_in_type(line, above.size, above.weight):
        return False
    left, right = min(n.rect.x0 for n in column), max(n.rect.x1 for n in column)
    inset = line.rect.x0 - left
    return right - line.rect.x1 < _AT_EDGE and (inset < _AT_EDGE or abs(inset - _INDENT) < _AT_EDGE)


def _is_in_type(line: PlacedLine, size: float, weight: float) -> bool:
    """Whether a line is set in type of a size, neither far bolder nor lighter than a weight."""
    light, heavy = sorted((line.weight, weight))
    return abs(line.size - size) < _SAME_TYPE * size and heavy < _LARGER * max(light, _LEAST_WEIGHT)


def with_first_lines_of_columns(frame: ReadingFrame, labels: Sequence[Label]) -> tuple[Label, ...]:
    """The labels; a line over the text of its region is of that text where nothing in its print sets it off.

    It is set in the same type, at the same distance and from the left edge of the text; it either reaches the right
    edge, or is followed by the first line of a paragraph, as the last line of the one before is. Names are no text.
    """
    out = list(labels)
    for places in _places_by_region(frame):
        first, *rest = (frame.lines[i] for i in places)
        told = out[places[0]]
        if told not in _SET_OFF or len(rest) < _MOST or any(out[i] is not Label.BODY for i in places[1:]):
            continue
        if is_names(first.text) or may_be_byline(first.text) or not _is_set_like(first, rest):
            continue
        if _fits_text(first, rest, is_head=told is Label.HEAD):
            out[places[0]] = Label.BODY
    return tuple(out)


def _fits_text(first: PlacedLine, rest: Sequence[PlacedLine], *, is_head: bool) -> bool:
    """Whether a line fills the column of the lines under it, or may be the last of a paragraph that ends there."""
    left, right = min(n.rect.x0 for n in rest), max(n.rect.x1 for n in rest)
    full = right - first.rect.x1 < _SET_IN and MARKS.search(first.text) is not None
    tail = is_head and rest[0].rect.x0 - left > _SET_IN
    return abs(first.rect.x0 - left) < _AT_EDGE and (full or tail)


def with_plain_type(frame: ReadingFrame, around: Sequence[Surroundings], labels: Sequence[Label]) -> tuple[Label, ...]:
    """The labels; what is taken for a headline though it is set as the text is, neither larger nor bolder, put right.

    Right under （上接…） alone it is the text that goes on there; two or three hanzi right over a text sign it.
    """
    out = list(labels)
    for i, (n, near) in enumerate(zip(frame.lines, around, strict=True)):
        if labels[i] is not Label.HEAD or n.size >= _SET_LARGER or n.weight > BOLD or n.crosses:
            continue
        if near.above is not None and near.gap_above < _CLOSE and is_from_marker(frame.lines[near.above].text):
            out[i] = out[near.above] = Label.BODY
        text = "".join(n.text.split())
        over_text = near.below is not None and labels[near.below] is Label.BODY and near.gap_below < _NEXT
        if over_text and _WORD <= len(text) < _NAME and all(map(is_hanzi, text)) and not is_standing(text):
            out[i] = Label.BYLINE
    return tuple(out)


def with_names_over_texts(
    frame: ReadingFrame, around: Sequence[Surroundings], labels: Sequence[Label]
) -> tuple[Label, ...]:
    """The labels; names over a text that are taken for a caption sign it, where no picture is near."""
    told = zip(frame.lines, around, labels, strict=True)
    return tuple(
        Label.BYLINE if own is Label.CAPTION and _signs_over_text(frame, near, n, labels) else own
        for n, near, own in told
    )


def _signs_over_text(frame: ReadingFrame, near: Surroundings, line: PlacedLine, labels: Sequence[Label]) -> bool:
    """Whether a line is names, alone in its region over running text, and far from every picture."""
    over_text = near.below is not None and labels[near.below] is Label.BODY and near.gap_below < _CLOSE
    if not over_text or len(frame.by_region[line.region.id]) > 1 or not is_names(line.text):
        return False
    grown = Rect(line.rect.x0 - _CLOSE, line.rect.y0 - _CLOSE, line.rect.x1 + _CLOSE, line.rect.y1 + _CLOSE)
    return not any(p.overlap_x(grown) > 0 and p.overlap_y(grown) > 0 for p in frame.pictures)


def _places_by_region(frame: ReadingFrame) -> Iterable[Sequence[int]]:
    """For each region the places of its lines in the frame's lines."""
    runs: dict[str, list[int]] = {}
    for i, n in enumerate(frame.lines):
        runs.setdefault(n.region.id, []).append(i)
    return runs.values()


def _is_set_like(first: PlacedLine, rest: Sequence[PlacedLine]) -> bool:
    """Whether a line is set in the type of the lines under it, and no farther from them than they are apart."""
    gaps = [b.rect.y0 - a.rect.y1 for a, b in pairwise(rest)]
    close = rest[0].rect.y0 - first.rect.y1 < median(gaps) + _AT_EDGE
    return _is_in_type(first, median(n.size for n in rest), median(n.weight for n in rest)) and close


def _tells_sentences(lines: Sequence[PlacedLine]) -> bool:
    """Whether layout held a region for text, and it is a text of whole sentences that no picture's caption begins."""
    text = "".join(n.text for n in lines)
    plain = lines[0].region.kind is RegionKind.BODY and not opens_caption(text) and not closes_caption(text)
    return plain and len(text) > _LONGEST and ends_sentence(text) and MARKS.search(text[:-1]) is not None


def _comes_from_elsewhere(text: str) -> bool:
    """Whether a line opens with 上接 and goes on with running text."""
    first = next(iter(markers_in(text)), None)
    return first is not None and first.jump.value == "from" and first.start == 0 and MARKS.search(text) is not None


def _tells_page(text: str) -> bool:
    """Whether a line tells a date, a page number or a newspaper's name and is no sentence.

    A misread figure in it makes no difference.
    """
    if _NEWSPAPER.fullmatch("".join(text.split())):
        return True
    told = read_folio([text])
    return bool(told.date or told.edition) and len(text) <= _LONGEST and not ends_sentence(text)


def _with_signed_heads(
    frame: ReadingFrame, around: Sequence[Surroundings], labels: Sequence[Label]
) -> tuple[Label, ...]:
    """The labels; names that head a column are a byline, and what stands right over a byline or a dateline a headline.

    Such a headline is set in type of the body's size or little larger, as those of briefs are, and is no prose.
    """
    out = list(labels)
    for places in _places_by_region(frame):
        if len(places) == 1 and _is_between(frame, around, out, places[0]):
            out[places[0]] = Label.BYLINE
        if _names_writers(frame.lines[places[0]], around[places[0]], out[places[0]]):
            out[places[0]] = Label.BYLINE
        first = places[0]
        if out[first] is Label.BODY and len(places) > _MOST and _stands_out(frame, places):
            out[first] = Label.HEAD
        signed = next((n for n, i in enumerate(places[: _MOST + 1]) if _signs(frame.lines[i], out[i])), 0)
        head = places[:signed]
        bare = all(out[i] is Label.BODY and _is_bare(frame.lines[i].text) for i in head)
        if head and bare and _is_headline(frame, around[head[0]], head):
            for i in head:
                out[i] = Label.HEAD
    return tuple(out)


def _is_headline(frame: ReadingFrame, around: Surroundings, head: Sequence[int]) -> bool:
    """Whether the lines at some places are short enough for a headline, and no text runs on into the first of them."""
    above = around.above
    free = above is None or around.gap_above > _WHITE or ends_sentence(frame.lines[above].text)
    return free and sum(len(frame.lines[i].text) for i in head) <= _LONGEST


def _is_between(frame: ReadingFrame, around: Sequence[Surroundings], labels: Sequence[Label], at: int) -> bool:
    """Whether a line alone is names and stands between a headline and a text, close to one of them."""
    text, near = frame.lines[at].text, around[at]
    if labels[at] not in _MISTAKEN or not (is_names(text) or is_names("".join(text.split()))):
        return False
    over = near.above is not None and labels[near.above] is Label.HEAD and near.gap_above < _CLOSE
    under = near.below is not None and labels[near.below] is Label.BODY and near.gap_below < _CLOSE
    return over or under


def _stands_out(frame: ReadingFrame, places: Sequence[int]) -> bool:
    """Whether the first line of a text reaches beyond the column, as a subtitle over several columns does.

    It opens with a dash, or reaches far beyond or is set in larger type, and holds no mark of running text, however its
    dash was read.
    """
    line, rest = frame.lines[places[0]], [frame.lines[i].rect for i in places[1:]]
    beyond = max(min(r.x0 for r in rest) - line.rect.x0, line.rect.x1 - max(r.x1 for r in rest))
    plain = (beyond > 2 * _BEYOND or line.size > _LARGER) and _is_bare(line.text)
    return beyond > _BEYOND and (opens_with_dash(line.text) or plain)


def _names_writers(line: PlacedLine, around: Surroundings, label: Label) -> bool:
    """Whether the first line of a region is nothing but names, and short of its column's width."""
    short = line.rect.width < _SHORT * (around.right - around.left)
    return label is Label.BODY and short and (is_names(line.text) or is_names("".join(line.text.split())))


def _signs(line: PlacedLine, label: Label) -> bool:
    return label is Label.BYLINE or (label is Label.BODY and dateline_of(line.text) is not None)


def _is_bare(text: str) -> bool:
    """Whether a line holds none of the marks of running text, and more than a scrap."""
    return len(text) > _WORD and not set(text) & (PAUSES - {"、", "：", ":"} | SENTENCE_ENDS - {"！", "？", "!", "?"})


def log_chances(frame: ReadingFrame, cues: Sequence[Cues], around: Sequence[Surroundings], table: Weights) -> Floats:
    """The logarithms of the labels' chances, shape (lines, labels), by the lines' cues.

    On a level page the measures of the lines speak too; on a vertical one the table weighs the cues.
    """
    if not frame.lines:
        return np.zeros((0, len(LABELS)))
    if not frame.vertical:
        chances = label_trees().log_chances(line_measures(frame, around), cues)
        chances[:, LABELS.index(Label.SUBHEAD)] += _SUBHEADS
        return chances
    scores = np.array([[scored(table.labels[label], own) for label in LABELS] for own in cues])
    return np.asarray(scores - np.logaddexp.reduce(scores, axis=1)[:, None])


def likeliest_labels(frame: ReadingFrame, chances: Floats, table: Weights) -> tuple[Label, ...]:
    """The likeliest labels, by the logarithms of their chances and by which follow which in a region (Viterbi)."""
    weight = _NEIGHBOURS if frame.vertical else _NEIGHBOURS_KNOWN
    passing = {
        name: weight * np.array([[rows[a][b] for b in LABELS] for a in LABELS])
        for name, rows in table.neighbours.items()
    }
    out: list[Label] = []
    for _, places in groupby(range(len(chances)), key=lambda i: frame.lines[i].region.id):
        run = list(places)
        steps = [passing[likeness(frame.lines[a], frame.lines[b])] for a, b in pairwise(run)]
        out += _likeliest(chances[run], steps)
    return tuple(out)


def _likeliest(chances: Floats, steps: Sequence[Floats]) -> list[Label]:
    """The likeliest labels of a region's lines; a step holds what each label adds to each for the line behind."""
    best, back = chances[0], []
    for row, passing in zip(chances[1:], steps, strict=True):
        through = best[:, None] + passing
        back.append(through.argmax(axis=0))
        best = through.max(axis=0) + row
    at = int(best.argmax())
    path = [at]
    for step in reversed(back):
        at = int(step[at])
        path.append(at)
    return [LABELS[i] for i in reversed(path)]
