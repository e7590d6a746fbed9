"""Tesseract's hOCR: the characters of each page with their boxes and confidences."""

from __future__ import annotations

import html
import re

from ocr.line.seen import Seen

_PIECE = re.compile(
    r"<div class='ocr_page'|(<span class='ocrx_word')"
    r"|<span class='ocrx_cinfo' title='x_bboxes (-?\d+) (-?\d+) (-?\d+) (-?\d+); x_conf ([-+.\de]+)'>(.*?)</span>"
)


def pages(hocr: str) -> list[list[Seen]]:
    """The characters of each page, as written with `hocr_char_boxes=1` (Tesseract 4.1 and later)."""
    out: list[list[Seen]] = []
    begins = False
    for m in _PIECE.finditer(hocr):
        if m.group(1) is not None:
            begins = True
        elif m.group(7) is None:
            out.append([])
            begins = False
        elif out:
            char = html.unescape(m.group(7))
            x0, y0, x1, y1 = (int(v) for v in m.group(2, 3, 4, 5))
            confidence = min(1.0, max(0.0, float(m.group(6)) / 100))
            out[-1].append(Seen(char, x0, y0, x1, y1, confidence, spaced=begins and bool(out[-1])))
            begins = False
    return out
