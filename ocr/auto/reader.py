"""The reader that finds each page's language by itself, and then reads it with the models for that language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from layout.errors import BanmianError, PageFailed, ReaderMissing
from layout.page import Line, Page, Region, RegionKind
from layout.sheet import Sheet
from ocr.auto.language import language_of, sampled
from ocr.engine import Engine
from ocr.line.transcript import printable
from ocr.pictures.views import Views
from ocr.ppocr.network import Network, NetworkFailed
from ocr.setup.identity import READABLE
from ocr.setup.settings import STRIPS
from ocr.setup.weights import Model, installed

CHARACTERS: Final = 10
"""Ems of a line that are looked at."""

Look = Callable[[Page, Sheet], str | None]
"""A function that finds a page's language, or None where it cannot."""


@dataclass(frozen=True)
class AutoEngine:
    """Finds the language of each page from a few lines, and has it read by the engine for that language.

    A page that has its language already is read in that one.
    """

    identity: str
    engine_for: Callable[[str], Engine]
    look: Look
    _engines: dict[str, Engine] = field(default_factory=dict)

    def read(self, page: Page, sheet: Sheet) -> Page:
        """The page read, with its language; raises PageFailed where no model for that language is installed."""
        lang = self._language(page, sheet)
        try:
            if lang not in self._engines:
                self._engines[lang] = self.engine_for(lang)
            read = self._engines[lang].read(page, sheet)
        except ReaderMissing as e:
            name = f"{page.source or 'page'}, page {page.number}"
            raise PageFailed(f"{name}: it is printed in {lang}, which cannot be read here: {e.met}", e.remedy) from e
        return replace(read, language=lang)

    def _language(self, page: Page, sheet: Sheet) -> str:
        if page.language is not None:
            return page.language
        typed = language_of(["".join(g.char for g in sheet.typed)]) if sheet.typed else None
        return typed or self.look(page, sheet) or READABLE[0]


@dataclass(frozen=True)
class SmallModelLook:
    """Finds a page's language with PP-OCR's small model, which knows all the scripts."""

    @cached_property
    def _network(self) -> Network:
        return Network(installed(Model.SMALL))

    def __call__(self, page: Page, sheet: Sheet) -> str | None:
        return language_of(self._texts(sampled(page), sheet))

    def _texts(self, lines: Sequence[Line], sheet: Sheet) -> Iterator[str]:
        form = STRIPS[Model.SMALL]
        for line in lines:
            pixels = Views(sheet, line, form).usual.pixels[:, : round(CHARACTERS * form.height * form.stretch)]
            try:
                yield "".join(s.char for s in printable(self._network.characters(pixels)))
            except NetworkFailed:
                return  # what it has seen until then must do; the reading itself will say what is wrong


@dataclass(frozen=True)
class EngineLook:
    """Finds a page's language with an engine that reads several languages at a time."""

    engine: Engine

    def __call__(self, page: Page, sheet: Sheet) -> str | None:
        region = Region("sample", RegionKind.BODY, lines=tuple(sampled(page)))
        try:
            read = self.engine.read(replace(page, regions=(region,)), sheet)
        except BanmianError:
            return None  # the reading itself will say what is wrong
        return language_of(n.text for n in read.lines)
