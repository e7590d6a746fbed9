"""PP-OCRv6 as the reader of lines: its tiny model reads every line, its small one looks again where that doubts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from layout.errors import PageFailed
from layout.page import Direction, Line, Page
from layout.sheet import Sheet
from ocr.characters.script import LATIN_ENDS, is_latin, likelihood
from ocr.engine import Begun
from ocr.headlines.display import is_cut_poorly, legibility, most_supported
from ocr.headlines.display import is_in_doubt as is_in_doubt_as_display
from ocr.line.large import is_display
from ocr.line.places import set_apart
from ocr.line.seen import Seen
from ocr.line.transcript import printable, transcribed
from ocr.marks.blots import without_blots
from ocr.marks.brackets import with_brackets
from ocr.marks.centred import with_centred_commas
from ocr.marks.colons import with_colons
from ocr.marks.compared import PrintedMark, printed_marks, with_marks_compared
from ocr.marks.dashes import with_dashes, with_upright_dashes
from ocr.marks.ornaments import is_ornament
from ocr.marks.quotes import with_quotes
from ocr.marks.raised import with_raised_marks
from ocr.marks.shapes import ToldMarks
from ocr.marks.solids import with_solids
from ocr.marks.widths import with_widths_told
from ocr.numbers.again import Question, carried, confirmed, leaves_room, stay_the_same
from ocr.numbers.runs import Span
from ocr.pictures.calm import calmed
from ocr.pictures.crop import legible
from ocr.pictures.views import Views
from ocr.ppocr.disputed import decided
from ocr.ppocr.network import Network, NetworkFailed
from ocr.ppocr.second_look import looked_again, vouched
from ocr.ppocr.turned import is_in_doubt, is_incomplete, merged, set_level, turned_strip, with_more
from ocr.setup import identity
from ocr.setup.language_model import language_model_for
from ocr.setup.settings import (
    DOUBT,
    DOUBT_OF_BACKED,
    FLATTENED,
    MAY_BE_EMPTY,
    PITCH,
    SHORT_DISPLAY,
    SMALL_TYPE,
    STRETCHES,
    SURE,
    SURE_OF_DISPLAY,
    WITNESS,
    strip_for,
)
from ocr.setup.weights import installed, models_for
from ocr.words.addresses import with_addresses
from ocr.words.dictionary import dictionary
from ocr.words.spaces import with_spaces
from ocr.words.stray import without_stray_marks
from ocr.words.vote import backed, speaks_against, with_words


@dataclass(frozen=True, slots=True)
class FirstLook:
    """What the networks see of a line before another reader is heard."""

    views: Views
    seen: Sequence[Seen]
    display: bool

    @property
    def line(self) -> Line:
        """The line that is looked at."""
        return self.views.line


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A line as it is read, and the marks in it that can be compared with others of the page."""

    line: Line
    marks: Sequence[PrintedMark] = ()


class PPOCREngine:
    """Reads with PP-OCRv6 on onnxruntime, one thread. Models named by `lang` (several joined by +) must be covered.

    Raises ReaderMissing at once when the extra `ppocr` is not installed or a file of its weights is not whole.
    """

    def __init__(self, lang: str = "chi_sim") -> None:
        self.identity: Final = identity.ppocr(lang)
        models = models_for(lang)
        self._lang = lang
        self._first = models[0]
        self._words = dictionary(lang)
        self._model = language_model_for(lang)
        self._networks = tuple(Network(installed(m), likelihood(lang)) for m in models)
        self._figures = (
            self._networks[models.index(WITNESS)]
            if WITNESS in models
            else Network(installed(WITNESS), likelihood(lang))
        )

    def alphabet(self) -> frozenset[str]:
        """Every character that one of its models can say."""
        return frozenset[str]().union(*(n.alphabet for n in self._networks))

    def read(self, page: Page, sheet: Sheet) -> Page:
        """The page with every line read; raises PageFailed when the network fails, or sees nothing at all."""
        return self._begun(page, sheet, lambda look: look).ended(page)

    def read_beside(self, page: Page, sheet: Sheet, other: Page) -> Page:
        """The page with every line read, and looked at again where `other`, as another reader read it, differs."""
        return self._begun(page, sheet, lambda _: None).ended(other)

    def begun(self, page: Page, sheet: Sheet) -> Begun:
        """The page with the lines read that leave no doubt; raises PageFailed when the network fails."""
        return self._begun(page, sheet, self._settled)

    def _begun(self, page: Page, sheet: Sheet, settled: Callable[[FirstLook], FirstLook | None]) -> BegunPage:
        """The page with each line looked at, and those read that stand alone: `settled` gives each as it stands."""
        calm = calmed(sheet, page.type_size)
        read: dict[str, ToldLine] = {}
        doubted: dict[str, FirstLook] = {}
        with failing(page):
            for line in legible(page):
                look = self._look(line, calm, display=is_display(line, page))
                if (sure := settled(look)) is not None:
                    read[line.id] = self.told(sure)
                else:
                    doubted[line.id] = look
        return BegunPage(self, page, read, doubted)

    def read_line(self, line: Line, sheet: Sheet, beside: str = "", *, display: bool = False) -> Line:
        """The line with its text and glyphs; `beside` is what another reader saw of it.

        A level `display` line is read in several views where there is a doubt; of a vertical one the turned view tells
        as much.
        """
        return self.told(self._look(line, sheet, display=display), beside).line

    def _look(self, line: Line, sheet: Sheet, *, display: bool) -> FirstLook:
        networks = self._networks_for(line)
        if line.direction is Direction.HORIZONTAL:
            views = self._views(line, sheet)
            return FirstLook(views, self._seen_level(views, networks, running=not display), display)
        return FirstLook(*self._seen_down(line, sheet, networks, display=display), display)

    def _settled(self, look: FirstLook) -> FirstLook | None:
        """The line where it is read well enough without another reader, as far as words tell; else None.

        Each of its characters is sure by itself, by the word that it makes or as another network sees it too, no word
        speaks for another character, and its numbers come out the same in a wider view. Words in a Latin script want
        the other reader's spaces; of ornaments the other reader knows less. In vertical display type it sees what
        PP-OCR does not; in vertical text without figures, of 134 such lines, it changed no character.
        """
        line, seen = look.line, backed(look.seen, self._words)
        upright = line.direction is Direction.VERTICAL_RL
        if is_latin(self._lang) or len(seen) < (SHORT_DISPLAY if look.display else 1):
            return None
        if upright and (look.display or any(s.char.isdigit() for s in seen)):
            return None
        if any(_is_word(a.char + b.char) for a, b in pairwise(seen)):
            return None
        if speaks_against(seen, self._words):
            return None
        seen = self._vouched(look, seen)
        if not _are_sure(seen, SURE_OF_DISPLAY if look.display else SURE):
            return None
        same = upright or line.size < SMALL_TYPE or stay_the_same(seen, look.views, self._witness)
        return replace(look, seen=seen) if same else None

    def _vouched(self, look: FirstLook, seen: list[Seen]) -> list[Seen]:
        """What was seen of a level line of running text, with what is nearly sure shown to the best of the models."""
        networks = self._networks_for(look.line)
        if look.display or len(networks) == 1 or look.line.direction is Direction.VERTICAL_RL:
            return seen
        return vouched(look.views.usual, seen, networks[-1]) if _are_sure(seen, DOUBT) else seen

    def told(self, look: FirstLook, beside: str = "") -> ToldLine:
        """The line that was looked at, with its text and glyphs; `beside` is what another reader saw of it."""
        line, views, seen, display = look.line, look.views, list(look.seen), look.display
        picture, networks = views.usual, self._networks_for(line)
        if len(networks) > 1 and beside:
            seen = decided(seen, beside, views, self._again)
        level = line.direction is Direction.HORIZONTAL
        if level and display and is_in_doubt_as_display(backed(seen, self._words)):
            seen = without_blots(picture, set_apart(picture, self._seen_in_more_views(views, seen)), line.size)
        seen = with_words(seen, self._words, beside, self._model if level else None)
        if line.direction is Direction.VERTICAL_RL:
            seen = with_raised_marks(with_upright_dashes(with_brackets(picture, seen)))
        elif is_latin(self._lang):
            seen = with_spaces(picture, seen, self._words)
        else:
            seen = with_quotes(picture, seen, beside)
            seen = with_colons(picture, seen) if display else seen
        question = Question(self._wanted(seen, look), beside, self._witness)
        seen = set_apart(picture, confirmed(seen, views, self._again, question))
        if level:
            seen = with_addresses(with_solids(picture, with_widths_told(picture, seen)))
        seen = with_dashes(picture, seen)
        compared = level and not display and not is_latin(self._lang)
        return ToldLine(transcribed(line, picture, seen, views.sheet), printed_marks(picture, seen) if compared else ())

    def _seen_down(
        self, line: Line, sheet: Sheet, networks: Sequence[Network], *, display: bool
    ) -> tuple[Views, list[Seen]]:
        """A vertical line's views, and what is seen in the turned one and in that of glyphs set level.

        Running text is read turned, display type, which may be flattened, set level; in doubt the other view is read.
        """
        if display:
            views, seen = self._seen_as_display(line, sheet, networks)
            if is_in_doubt(line, seen):
                seen = merged(seen, self._seen_turned(views))
        else:
            views = self._views(line, sheet, PITCH)
            seen = self._seen_turned(views)
            if is_in_doubt(line, seen) or is_incomplete(views.usual, seen):
                again = self._seen(views, self._networks[-1:])
                seen = with_more(merged(seen, again), again) if seen else again
        return views, set_apart(views.usual, seen)

    def _seen_turned(self, views: Views) -> list[Seen]:
        strip = turned_strip(views.sheet, views.line, views.form)
        return set_level(printable(self._networks[-1].characters(strip)), strip, views)

    def _seen_as_display(self, line: Line, sheet: Sheet, networks: Sequence[Network]) -> tuple[Views, list[Seen]]:
        """The views of a vertical line, cut as square type or as flattened type, whichever is more legible."""
        views = self._views(line, sheet)
        seen = self._seen(views, networks)
        if is_cut_poorly(views.usual, seen):
            flat = Views(sheet, line, views.form, FLATTENED)
            again = self._seen(flat, networks)
            if legibility(flat.usual, again) > legibility(views.usual, seen):
                return flat, again
        return views, seen

    def _views(self, line: Line, sheet: Sheet, pitch: float = 1.0) -> Views:
        level = line.direction is Direction.HORIZONTAL
        return Views(sheet, line, strip_for(self._lang, self._first, line.size, level=level), pitch)

    def _networks_for(self, line: Line) -> Sequence[Network]:
        """The networks that read a line, in this order: the best alone where its type is small."""
        return self._networks[-1:] if line.size < SMALL_TYPE else self._networks

    def _seen_level(self, views: Views, networks: Sequence[Network], *, running: bool) -> list[Seen]:
        """What the networks see of a level line, its marks told by shape before the others look and afterwards."""
        picture, size = views.usual, views.line.size
        seen = without_blots(picture, self._seen(views, networks[:1]), size)
        if is_latin(self._lang):
            return without_blots(picture, self._seen_again(views, seen, networks[1:]), size)
        marks = ToldMarks.of(picture, seen, running=running)
        shaped = marks.with_shapes()
        again = self._seen_again(views, shaped, networks[1:])
        again = without_blots(picture, marks.with_second_look(shaped, again), size)
        return without_stray_marks(picture, again, self._words)

    def _seen(self, views: Views, networks: Sequence[Network]) -> list[Seen]:
        """What the networks see in the usual view, the first of all, the others of what leaves a doubt."""
        seen = set_apart(views.usual, printable(networks[0].characters(views.usual.pixels)))
        return self._seen_again(views, seen, networks[1:])

    def _seen_again(self, views: Views, seen: list[Seen], networks: Sequence[Network]) -> list[Seen]:
        """What was seen, with what leaves a doubt as these networks see it."""
        for network in networks:
            seen = looked_again(views.usual, backed(seen, self._words, DOUBT_OF_BACKED), network)
        return seen

    def _seen_in_more_views(self, views: Views, seen: Sequence[Seen]) -> list[Seen]:
        """What a level display line shows in as many views as it takes until nothing contradicts or is in doubt."""
        readings, told = [seen], list(seen)
        for stretch in STRETCHES:
            readings.append(self._again(views, stretch, 0, views.usual.pixels.shape[1]))
            told = most_supported(readings)
            if not is_in_doubt_as_display(told):
                break
        return told

    def _again(self, views: Views, stretch: float, left: int, right: int) -> list[Seen]:
        """What the best of the models sees on a part of a line, at another stretch."""
        found = self._networks[-1].characters(views.strip(stretch, left, right))
        return carried(found, left, views.scale(stretch))

    def _witness(self, views: Views, stretch: float, left: int, right: int) -> list[Seen]:
        """What the witness of numbers sees there."""
        found = self._figures.characters(views.strip(stretch, left, right))
        return carried(found, left, views.scale(stretch))

    def _wanted(self, seen: Sequence[Seen], look: FirstLook) -> Callable[[Span], bool]:
        """Which runs of figures are read again: those not all SURE, and those with room for another figure.

        In small type and in display type, of which there is little, all are.
        """
        if look.line.size < SMALL_TYPE or look.display:
            return lambda _: True
        em = look.views.usual.height * look.views.usual.stretch
        return lambda run: any(s.confidence < SURE for s in seen[slice(*run)]) or leaves_room(seen, run, em)


@dataclass(frozen=True, slots=True)
class BegunPage:
    """A page that PP-OCR has looked at: lines that are `read`, and those in doubt, by their ids."""

    engine: PPOCREngine
    page: Page
    read: Mapping[str, ToldLine]
    looks: Mapping[str, FirstLook]

    @property
    def doubted(self) -> frozenset[str]:
        """The ids of the lines in doubt."""
        return frozenset(self.looks)

    def ended(self, other: Page) -> Page:
        """The page with every line read, those in doubt beside what `other` shows of them.

        Raises PageFailed when the network fails, or has seen nothing at all.
        """
        theirs = {n.id: "".join(g.char for g in n.glyphs) for n in other.lines}
        with failing(self.page):
            told = {i: self.engine.told(look, theirs.get(i, "")) for i, look in self.looks.items()}
        both = {**self.read, **told}
        read = {i: n.line for i, n in both.items()}
        if len(read) > MAY_BE_EMPTY and not any(n.text for n in read.values()):
            raise PageFailed(
                f"{_name(self.page)}: PP-OCR saw no character in {len(read)} lines.",
                "Look at the page with `banmian draw`; if it shows text, read it with: --engine tesseract",
            )
        page = with_marks_compared(self.page.with_lines(read), {i: n.marks for i, n in both.items()})
        return replace(with_centred_commas(page), reader=self.engine.identity)


@contextmanager
def failing(page: Page) -> Iterator[None]:
    """Says of a network that fails on which page it did: PageFailed."""
    try:
        yield
    except NetworkFailed as e:
        raise PageFailed(
            f"{_name(page)}: PP-OCR failed: {e}",
            "Run the page again with: banmian run --retry failed; or read it with: --engine tesseract",
        ) from e


def _are_sure(seen: Sequence[Seen], least: float) -> bool:
    """Whether each character that is no ornament is at least so sure."""
    return all(s.confidence >= least or is_ornament(s.char) for s in seen)


def _is_word(text: str) -> bool:
    """Whether all characters are Latin letters."""
    return all(c.isalpha() and ord(c) < LATIN_ENDS for c in text)


def _name(page: Page) -> str:
    return f"{page.source or 'page'}, page {page.number}"
