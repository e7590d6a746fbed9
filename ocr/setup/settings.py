"""How readers are asked to read: all that tells one reading from another besides programs, models and weights."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from ocr.characters.script import is_latin
from ocr.setup.weights import Model


@dataclass(frozen=True, slots=True)
class Form:
    """How a reader wants its pictures.

    `height` is what a line's crop is brought to, in pixels, and `stretch` its length in relation to that. `above` and
    `beside` are the white kept around the ink, in type sizes; `border_y` and `border_x` the paper added around the
    scaled crop, in pixels. `closes_white` says that wide white between hanzi is closed up.
    """

    height: int
    above: float
    beside: float
    border_y: int = 0
    border_x: int = 0
    closes_white: bool = False
    stretch: float = 1.0


SHEET_OF_PAPER: Final = Form(32, 2 / 38, 6 / 38, 7, 14, closes_white=True, stretch=0.8)
"""The picture of a line for Tesseract: the height that its networks for Chinese scale to anyway, and paper on all
sides. Cut strokes, or shown neighbours, double the errors. Type a fifth narrower costs a fifth less; it errs in 1.1 of
a hundred characters where it erred in 0.9, which is not felt where PP-OCR reads beside it. From three tenths on errors
double."""

SHEET_FOR_DISPLAY: Final = replace(SHEET_OF_PAPER, stretch=0.9)
"""The picture of one of the few lines in large type for Tesseract: they are read as well as at full width."""

STRIP: Final = Form(48, 2 / 38, 3 / 38, stretch=0.8)
"""The picture of a line for PP-OCR: the height of its networks, and hardly more than the ink; with neighbours in sight
it loses the line. Type a fifth narrower costs a fifth less, and is read no worse."""

STRIPS: Final = {Model.TINY: STRIP, Model.SMALL: replace(STRIP, stretch=0.7)}
"""The picture of a line by the model that reads every line: the small one errs no more in still narrower type."""

LEVEL_STRIPS: Final = {Model.TINY: replace(STRIP, stretch=0.7), Model.SMALL: replace(STRIP, stretch=0.65)}
"""The same for a level line of SMALL_TYPE and more. Of 19,400 characters of eight drawn pages in type of 29 to 37 px 61
were wrong so, and 69 in STRIPS; the networks took a tenth less. In still narrower type numbers begin to suffer."""

LATIN_STRETCH: Final = 1.2
"""Stretch of a line in a Latin script for PP-OCR: the spaces between words are lost in narrower type."""

TESSERACT: Final = "--oem 1 --psm 7 -c preserve_interword_spaces=1 -c hocr_char_boxes=1 -c tessedit_do_invert=0"
"""Tesseract's options: LSTM only; each picture one line; characters with boxes; no second try in negative, layout has
seen to that."""

MAY_BE_EMPTY: Final = 2
"""Number of lines of a page, at most, in which a reader may see no character at all: they may be specks. On a page of
more lines a reader that sees nothing has failed."""

DOUBT: Final = 0.9
"""Confidence of a character below which PP-OCR's small model reads it again, at four times the cost. At 0.95 it would
read twice as many again, and hardly any of them would change."""
DOUBT_OF_BACKED: Final = 0.6
"""The same of a hanzi that makes a word, where no other likely one would. On drawn pages, mostly poor scans, all 71
such hanzi between this and 0.8 were right, and below it one of 23 was not."""
SURE: Final = 0.97
"""Confidence of each of a line's characters from which Tesseract does not read the line too. Of 13,000 characters of
real pages in such lines Tesseract mends one, and reading them costs four times what reading the others does."""
FEW: Final = 2
"""Number of stretches of a line, at most, with characters from DOUBT to SURE that are shown to the small model instead
of the line to Tesseract: three cost as much as that."""
BACKED: Final = 0.99
"""Confidence of a character in slight doubt that makes a word where the next likeliest makes none: what is held sure,
and less than certain."""
SURE_OF_DISPLAY: Final = 0.98
"""The same for a line in display type: of 40 such lines of ten pages with their characters this sure all were right."""
SHORT_DISPLAY: Final = 4
"""Number of characters of a display line, at least, for which its confidences are believed: pictures and ornaments are
read as a letter or two."""
AROUND: Final = 2
"""Number of characters on either side of a doubtful one that are shown again with it. With one the second look costs a
third less, and leaves a fifth more lines in doubt, which the other reader has to read too."""
OF_NEIGHBOUR: Final = 0.9
"""Confidence, at most, of such a neighbour that was sure and that the second look sees otherwise: either is right as
often as the other. That is not DOUBT, but no longer SURE either, so that Tesseract reads the line too."""
SMALL_TYPE: Final = 16.0
"""Type size in pixels of the scan below which figures run into each other: their numbers are read again, and the small
model reads every line. On pages of 8 to 9 px type the tiny model, the doubtful characters read again by the small one,
errs half as often again as the small one alone."""

WITNESS: Final = Model.TINY
"""The model that is shown a number which only the other reader sees otherwise: it reads the figures of any language."""

AT_FIRST: Final = 1.0
"""Stretch of the view in which a run is read again. In type narrower by a fifth, as lines are read otherwise, a figure
of half an em has two frames of the network, too few to tell 00 from 0."""

TO_DECIDE: Final = 1.4
"""Stretch of the view that decides where the first two differ: three and a half frames for a figure."""

STRETCHES: Final = (1.1, 0.55, 1.5)
"""Stretches of the further views of a line, one after the other: condensed type is set at its square in the wider ones,
flattened type in the narrow one. The first of them settles half of the lines."""

TURNED_STRETCH: Final = 0.6
"""Stretch of a vertical line that is turned by a quarter. On drawn pages of old print the turned view errs in fewer
characters than glyphs set level do, most of all where film has run them together; but it passes over marks."""

PITCH: Final = 0.9
"""Distance of the glyphs of a vertical line of running text, in type sizes, at first: a line's width is that of its
widest glyph and the blur about it, and with too wide a pitch two glyphs come into one cell."""

FLATTENED: Final = 0.65
"""Distance of the glyphs of a flattened vertical line, in type sizes: a line is as wide as its type size, and flattened
display type is 0.5 to 0.75 of its width high."""


def strip_for(lang: str, model: Model, size: float, *, level: bool) -> Form:
    """How PP-OCR wants a line of a language that this model reads first; its type `size` is in pixels of the scan."""
    if is_latin(lang):
        return replace(STRIP, stretch=LATIN_STRETCH)
    if size < SMALL_TYPE:
        return STRIPS[Model.SMALL]
    return LEVEL_STRIPS[model] if level else STRIPS[model]
