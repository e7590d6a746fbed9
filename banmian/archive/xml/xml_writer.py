"""XML written element by element, for pages, which hold glyphs by the ten thousand: half the time of a tree."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from io import BytesIO
from typing import Any, Final

from lxml import etree

from banmian.archive.content.xml_text import xml_text

_NONE: Final[Mapping[str, str]] = {}


class XmlTemplate:
    """An element that comes by the ten thousand in one shape: lxml writes it once, and then its blanks are filled.

    Blanks are those of `%`, in the order in which they stand in the markup. It is given without a namespace, and gets
    that of the document.
    """

    def __init__(self, element: etree._Element) -> None:
        for leaf in element.iter():
            if not len(leaf):
                leaf.text = leaf.text or ""  # a pair of tags, as a pen writes it
        self._markup = etree.tostring(element, encoding="unicode")

    def filled(self, rows: Iterable[tuple[float | str, ...]]) -> bytes:
        """The elements of these values; texts among them are plain (see `is_plain`)."""
        return "".join(map(self._markup.__mod__, rows)).encode()


class XmlWriter:
    """Writes elements of one namespace, in UTF-8; attributes as they are given, so that they want `xml_text`.

    `others` are namespaces that attributes are from, by their prefixes.
    """

    def __init__(
        self, namespace: str, others: Mapping[str | None, str] | None = None, doctype: str | None = None
    ) -> None:
        self._q, self._doctype = f"{{{namespace}}}", doctype
        self._nsmap = {None: namespace, **(others or {})}
        self._out = BytesIO()
        self._xml: Any = None  # lxml has no name for what xmlfile gives

    @contextlib.contextmanager
    def root(self, name: str, attributes: Mapping[str, str]) -> Iterator[BytesIO]:
        """The whole document; what it is written to is full when the context is left."""
        with etree.xmlfile(self._out, encoding="UTF-8") as self._xml:
            self._xml.write_declaration()
            if self._doctype:
                self._xml.write_doctype(self._doctype)
            with self._xml.element(self._q + name, attributes, nsmap=self._nsmap):
                yield self._out

    def within(self, name: str, attributes: Mapping[str, str] = _NONE) -> AbstractContextManager[None]:
        """An element; what is written in the context stands in it."""
        element: AbstractContextManager[None] = self._xml.element(self._q + name, attributes)
        return element

    def empty(self, name: str, attributes: Mapping[str, str] = _NONE) -> None:
        """An element without content."""
        with self._xml.element(self._q + name, attributes):
            pass

    def text(self, name: str, text: str, attributes: Mapping[str, str] = _NONE) -> None:
        """An element that holds the text, or what XML can carry of it."""
        with self._xml.element(self._q + name, attributes):
            self._xml.write(xml_text(text))

    def write(self, text: str) -> None:
        """Text, or what XML can carry of it."""
        self._xml.write(xml_text(text))

    def put(self, element: etree._Element) -> None:
        """An element that was made elsewhere, without a namespace."""
        self._xml.write(element)

    def fill(self, stencil: XmlTemplate, rows: Iterable[tuple[float | str, ...]]) -> None:
        """An element of the stencil for each of these values."""
        self._xml.flush()
        self._out.write(stencil.filled(rows))
