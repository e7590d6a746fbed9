"""PP-OCRv6 as the reader of lines: its tiny model reads every line, its small one those that leave a doubt."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Final

from layout.errors import PageFailed, UsageError
from layout.page import Line, Page
from layout.sheet import Sheet
from ocr.crop import STRIP, LinePicture, line_picture
from ocr.dashes import with_dashes
from ocr.hocr import Seen
from ocr.network import Network, NetworkFailed, runtime_version
from ocr.places import set_apart
from ocr.transcript import printable, transcribed
from ocr.weights import Model, installed

LANGUAGES: Final = {"chi_sim": Model.TINY, "eng": Model.TINY, "chi_tra": Model.SMALL, "jpn": Model.SMALL}
"""What its characters cover, by Tesseract's names, and the model to begin with: the tiny one lacks the traditional."""

DOUBT: Final = 0.9
"""A line with a character below it is read again by the small model, at five times the cost."""


class PPOCREngine:
    """Reads with PP-OCRv6 on onnxruntime, one thread. Models named by `lang` (several joined by +) must be covered.

    Raises ReaderMissing at once when the extra `ppocr` is not installed or a file of its weights is not whole.
    """

    def __init__(self, lang: str = "chi_sim") -> None:
        first = {_first_model(name) for name in lang.split("+")}
        order = (Model.SMALL,) if Model.SMALL in first else (Model.TINY, Model.SMALL)
        self._runtime = runtime_version()
        self._networks = tuple(Network(installed(m)) for m in order)

    @cached_property
    def identity(self) -> str:
        """The weights with their digests, the runtime and the settings, in one line."""
        weights = " ".join(n.weights.identity for n in self._networks)
        return f"ppocr {weights} onnxruntime-{self._runtime} doubt {DOUBT}"

    def alphabet(self) -> frozenset[str]:
        """Every character that one of its models can say."""
        return frozenset[str]().union(*(n.alphabet for n in self._networks))

    def read(self, page: Page, sheet: Sheet) -> Page:
        """The page with every line read; raises PageFailed when the network fails, or sees nothing at all."""
        lines = [n for n in page.lines if n.polygon is not None]
        try:
            read = [self.read_line(line, sheet) for line in lines]
        except NetworkFailed as e:
            raise PageFailed(
                f"{_name(page)}: PP-OCR failed: {e}",
                "Run the page again with: banmian run --retry failed; or read it with: --engine tesseract",
            ) from e
        if len(lines) > 2 and not any(n.text for n in read):
            raise PageFailed(
                f"{_name(page)}: PP-OCR saw no character in {len(lines)} lines.",
                "Look at the page with `banmian draw`; if it shows text, read it with: --engine tesseract",
            )
        return replace(page.with_lines({n.id: n for n in read}), reader=self.identity)

    def read_line(self, line: Line, sheet: Sheet) -> Line:
        """The line with its text and glyphs."""
        picture = line_picture(sheet, line, form=STRIP)
        seen = with_dashes(picture, set_apart(picture, self._seen(picture)))
        return transcribed(line, picture, seen, sheet)

    def _seen(self, picture: LinePicture) -> list[Seen]:
        """What the first model sees, or, where that leaves a doubt, what the last one does."""
        seen: list[Seen] = []
        for network in self._networks:
            seen = printable(network.characters(picture.pixels))
            if seen and min(s.confidence for s in seen) >= DOUBT:
                break
        return seen


def _first_model(lang: str) -> Model:
    if lang not in LANGUAGES:
        raise UsageError(
            f"PP-OCR is not known to read {lang!r}.",
            f"Read it with --engine tesseract, or choose among: {', '.join(LANGUAGES)}",
        )
    return LANGUAGES[lang]


def _name(page: Page) -> str:
    return f"{page.source or 'page'}, page {page.number}"
