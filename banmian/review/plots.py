"""Small plots as SVG, made of elements and not of strings: bars, and found against expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

_WIDTH: Final = 520
"""Width of a chart, in CSS pixels: half a page of the report, so that two are side by side."""
_ROW: Final = 26
"""Height of a bar with its margin, in CSS pixels."""
_LABEL: Final = 130
"""Width of the column of names, in CSS pixels."""
_COLOURS: Final = ("#7c2d20", "#3b6ea5", "#8a8172", "#0b6567", "#b0731c")


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a plot: its name, and its parts, which stand behind one another."""

    name: str
    parts: tuple[float, ...]
    told: str


def bars(rows: Sequence[Bar], title: str) -> str:
    """Rows of bars, the longest over the full width."""
    most = max((sum(r.parts) for r in rows), default=0.0) or 1.0
    svg = _svg(_ROW * max(1, len(rows)) + 4, title)
    for n, row in enumerate(rows):
        y = n * _ROW
        _text(svg, _LABEL - 8, y + 17, row.name, "end")
        x = float(_LABEL)
        for part, colour in zip(row.parts, _COLOURS, strict=False):
            width = part / most * (_WIDTH - _LABEL - 90)
            box = {"x": f"{x:.1f}", "y": str(y + 4), "width": f"{width:.1f}", "height": "16", "fill": colour}
            SubElement(svg, "rect", box)
            x += width
        _text(svg, x + 6, y + 17, row.told, "start")
    return tostring(svg, encoding="unicode")


@dataclass(frozen=True, slots=True)
class Dot:
    """A point of a calibration: expected and found share (0 to 1), and how many it stands for."""

    expected: float
    found: float
    count: int


def calibration(dots: Sequence[Dot], title: str) -> str:
    """Found against expected, with the line on which both are equal; a larger dot stands for more."""
    side, left, top = 250, 62, 16
    svg = _svg(side + 66, title, left + side + 24)
    box = {"x": str(left), "y": str(top), "width": str(side), "height": str(side), "fill": "none", "stroke": "#b3aa98"}
    SubElement(svg, "rect", box)
    line = {"x1": str(left), "y1": str(top + side), "x2": str(left + side), "y2": str(top), "stroke": "#b3aa98"}
    SubElement(svg, "line", {**line, "stroke-dasharray": "4 4"})
    _text(svg, left + side / 2, top + side + 40, "置信度 confidence", "middle")
    found = _text(svg, 0, 0, "读对 found right", "middle")
    found.set("transform", f"translate(16 {top + side / 2}) rotate(-90)")
    for tick in (0.0, 0.5, 1.0):
        _text(svg, left + tick * side, top + side + 16, f"{tick:.1f}", "middle")
        _text(svg, left - 6, top + side - tick * side + 4, f"{tick:.1f}", "end")
    for dot in dots:
        place = {"cx": f"{left + dot.expected * side:.1f}", "cy": f"{top + side - dot.found * side:.1f}"}
        radius = min(14.0, 3 + dot.count**0.5 / 2)
        circle = SubElement(svg, "circle", {**place, "r": f"{radius:.1f}", "fill": _COLOURS[0], "fill-opacity": "0.7"})
        SubElement(circle, "title").text = f"{dot.expected:.2f} → {dot.found:.2f} ({dot.count})"
    return tostring(svg, encoding="unicode")


def _svg(height: int, title: str, width: int = _WIDTH) -> Element:
    size = {"viewBox": f"0 0 {width} {height}", "width": str(width), "height": str(height), "role": "img"}
    svg = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", **size})
    SubElement(svg, "title").text = title
    return svg


def _text(svg: Element, x: float, y: float, text: str, anchor: str) -> Element:
    element = SubElement(svg, "text", {"x": f"{x:.1f}", "y": f"{y:.1f}", "text-anchor": anchor, "font-size": "13"})
    element.text = text
    return element
