"""Tesseract as the reader of lines: one process a page, over a list of line pictures."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import cv2
import pytesseract

from layout.errors import PageFailed
from layout.page import Line, Page
from layout.sheet import Sheet
from ocr.engine import ReaderInterrupted
from ocr.line.places import placed
from ocr.line.seen import Seen
from ocr.line.transcript import printable, transcribed
from ocr.marks.centred import with_centred_commas
from ocr.marks.dashes import with_dashes
from ocr.pictures.calm import calmed
from ocr.pictures.crop import LinePicture, legible, line_picture, together
from ocr.setup import identity
from ocr.setup.program import brief, missing
from ocr.setup.settings import MAY_BE_EMPTY, SHEET_FOR_DISPLAY, SHEET_OF_PAPER, TESSERACT, Form
from ocr.tesseract.hocr import pages

SECONDS_A_LINE: Final = 2.0
"""Seconds of the timeout for each line; a line takes 0.03 to 0.1 seconds."""

PATIENCE: Final = 10.0
"""Times the timeout that a second try gets after a first one that ran out of time: on a machine where each process
gets a hundredth of a core a page is slow, and not at fault."""

PICTURE: Final = ".bmp"
"""Format of the pictures for Tesseract, the one that it opens fastest: of PGM it fetches every pixel by itself."""

DISPLAY: Final = 1.3
"""Type size in sizes of the body's type above which a line is a headline's: there are few, and they must be right."""

AGAIN: Final = "Run the page again with: banmian run --retry failed"
KILLED: Final = -9
"""Status of a process that Linux ended by signal 9, as it does with the largest one when memory runs out."""

ODD: Final = "Run the page again; if it happens again, report it with the output of: tesseract --version"


class TesseractEngine:
    """Reads with Tesseract's model `lang` (several joined by +), installed on this machine.

    Raises ReaderMissing at once when the program or a model is not there.
    """

    def __init__(self, lang: str = "chi_sim", timeout_s: float | None = None) -> None:
        self._lang, self._timeout = lang, timeout_s
        self.identity: Final = identity.tesseract(lang)

    def read(self, page: Page, sheet: Sheet) -> Page:
        """The page with every line read; raises PageFailed when Tesseract fails or sees nothing at all.

        Raises ReaderInterrupted where it ran out of time twice, or was killed.
        """
        lines = legible(page)
        read = self.read_some(page, sheet, {n.id for n in lines})
        if len(lines) > MAY_BE_EMPTY and not any(n.text for n in read.lines):
            raise PageFailed(
                f"{_name(page)}: Tesseract saw no character in {len(lines)} lines.",
                "Look at the page with `banmian draw`; if it shows text, try another model with --lang",
            )
        return read

    def read_some(self, page: Page, sheet: Sheet, wanted: Collection[str]) -> Page:
        """The page with the lines of these ids read, and all others bare.

        Raises what `read` raises, but for a page of which nothing is seen.
        """
        groups = [g for g in together(legible(page)) if any(n.id in wanted for n in g)]
        if not groups:
            return replace(page, reader=self.identity)
        calm = calmed(sheet, page.type_size)
        pictures = [line_picture(calm, *g, form=_form_of(g[0], page.type_size)) for g in groups]
        seen = self._seen(pictures, _name(page))
        read: dict[str, Line] = {}
        for group, picture, all_seen in zip(groups, pictures, seen, strict=True):
            found = with_dashes(picture, placed(picture, printable(all_seen)))
            for i, line in enumerate(group):
                if line.id in wanted:  # others only share its picture
                    own = [s for s in found if picture.cell(s.x0, s.x1).line == i]
                    read[line.id] = transcribed(line, picture, own, sheet)
        return replace(with_centred_commas(page.with_lines(read)), reader=self.identity)

    def _seen(self, pictures: Sequence[LinePicture], name: str) -> list[list[Seen]]:
        with tempfile.TemporaryDirectory(prefix="banmian-") as folder:
            files = [Path(folder, f"{i:05d}{PICTURE}") for i in range(len(pictures))]
            for file, picture in zip(files, pictures, strict=True):
                cv2.imwrite(str(file), picture.pixels)
            listing = Path(folder, "lines.txt")
            listing.write_text("\n".join(map(str, files)) + "\n", encoding="utf-8")
            told = self._hocr(listing, len(files), name)
        out = pages(told)
        if len(out) != len(pictures):
            raise PageFailed(f"{name}: Tesseract answered for {len(out)} of {len(pictures)} lines.", ODD)
        if not told.rstrip().endswith("</html>"):
            raise PageFailed(f"{name}: Tesseract's answer breaks off in its last line.", ODD)
        return out

    def _hocr(self, listing: Path, count: int, name: str) -> str:
        timeout = self._timeout or 30 + SECONDS_A_LINE * count
        os.environ["OMP_THREAD_LIMIT"] = "1"  # Tesseract's own threads cost twice the time that they save
        try:
            try:
                raw = self._answer(listing, timeout)
            except _TimeIsOver:
                timeout *= PATIENCE
                raw = self._answer(listing, timeout)
            return raw.decode("utf-8")
        except _TimeIsOver as e:
            raise ReaderInterrupted(f"{name}: Tesseract did not finish within {timeout:.0f} seconds.", AGAIN) from e
        except pytesseract.TesseractNotFoundError as e:
            raise missing() from e
        except pytesseract.TesseractError as e:
            failed = ReaderInterrupted if e.status == KILLED else PageFailed
            raise failed(f"{name}: Tesseract {_end(e.status)}: {brief(e.message)}", AGAIN) from e
        except UnicodeDecodeError as e:
            raise PageFailed(f"{name}: Tesseract's answer is no valid UTF-8 ({e.reason}).", AGAIN) from e
        except OSError as e:
            raise PageFailed(f"{name}: Tesseract left no answer: {e}", AGAIN) from e

    def _answer(self, listing: Path, timeout: float) -> bytes:
        """Tesseract's hOCR; raises _TimeIsOver."""
        try:
            return bytes(
                pytesseract.image_to_pdf_or_hocr(str(listing), self._lang, TESSERACT, extension="hocr", timeout=timeout)
            )
        except pytesseract.TesseractError:
            raise
        except RuntimeError as e:  # pytesseract's way of saying that the time is over
            raise _TimeIsOver from e


class _TimeIsOver(Exception):
    """Tesseract was stopped since it took too long."""


def _form_of(line: Line, body: float) -> Form:
    """How a line's picture is made; `body` is the body's type size in pixels of the sheet, as the line's."""
    return SHEET_OF_PAPER if line.size < DISPLAY * body else SHEET_FOR_DISPLAY


def _name(page: Page) -> str:
    return f"{page.source or 'page'}, page {page.number}"


def _end(status: int) -> str:
    """How a process ended."""
    if status == KILLED:
        return "was killed by signal 9, perhaps for want of memory"
    return f"was ended by signal {-status}" if status < 0 else f"stopped with status {status}"
