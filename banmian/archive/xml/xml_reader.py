"""What our own readers ask of XML: a missing element or attribute is named, instead of failing somewhere after."""

from __future__ import annotations

from lxml import etree

from layout.errors import InputUnusable

_REMEDY = "Only files that Banmian exported are read back; export it anew."


def parsed(data: bytes) -> etree._Element:
    """The root; nothing is fetched, no entity is followed."""
    try:
        return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError as e:
        raise InputUnusable(f"This is no XML: {e}", _REMEDY) from e


def child(element: etree._Element, path: str) -> etree._Element:
    found = element.find(path)
    if found is None:
        raise InputUnusable(f"{element.tag} on line {element.sourceline} has no {path}.", _REMEDY)
    return found


def attribute(element: etree._Element, name: str) -> str:
    value = element.get(name)
    if value is None:
        raise InputUnusable(f"{element.tag} on line {element.sourceline} has no {name}.", _REMEDY)
    return value
