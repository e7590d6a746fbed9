"""Elements of one namespace, built from typed values; what XML cannot write never gets into them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Protocol

from lxml import etree

from banmian.archive.content.xml_text import xml_text

Content = str | etree._Element | Mapping[str, str]
"""Text, a child, or attributes whose names are no Python names."""


_NONE: Final[Mapping[str | None, str]] = {}


class Make(Protocol):
    """Makes an element of what it gets: texts and children in their order, and attributes."""

    def __call__(self, *content: Content, **attributes: str) -> etree._Element: ...


class Elements:
    """`E.title("x", type="main")` is the element title of the namespace; every text goes through `xml_text`.

    Without a namespace they are for a `Stencil`.
    """

    def __init__(self, namespace: str = "", nsmap: Mapping[str | None, str] = _NONE) -> None:
        self._q: Final = f"{{{namespace}}}" if namespace else ""
        self._nsmap: dict[Any, str] = dict(nsmap)

    def __getattr__(self, name: str) -> Make:
        tag, nsmap = self._q + name, self._nsmap

        def make(*content: Content, **attributes: str) -> etree._Element:
            element = etree.Element(tag, nsmap=nsmap)
            for part in content:
                add(element, part)
            for key, value in attributes.items():
                element.set(key, xml_text(value))
            return element

        self.__dict__[name] = make  # for the next one of this name
        return make


def add(element: etree._Element, content: Content) -> None:
    """Puts a text, a child or attributes into the element, behind what is there."""
    if isinstance(content, str):
        _add_text(element, xml_text(content))
    elif isinstance(content, etree._Element):
        element.append(content)
    else:
        for name, value in content.items():
            element.set(name, xml_text(value))


def _add_text(element: etree._Element, text: str) -> None:
    if not text:
        return
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
