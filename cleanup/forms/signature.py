"""Signatures: who wrote, from where and when, set to the right under the last sentence of a letter or an essay."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from cleanup.forms.byline import is_names
from cleanup.lines.plain_line import TextLine, reading
from cleanup.lines.text_measure import Setting

_RUNNING: Final = re.compile("[，。；：！？]|^[一二三四五六七八九十]+、|^第.{1,3}[章节節条條]")
_BRACKETED: Final = re.compile(r"[（(](?P<who>[^（）()，。；：！？]{2,16})[)）]")
_SPACE: Final = re.compile("[ 　]+")


@dataclass(frozen=True, slots=True)
class SignatureParams:
    """Bounds of a signature below a text."""

    deep: int = 8
    """Distance in half ems behind the margin from which a line is set in deeper than a paragraph."""
    flush: float = 1.25
    """Ratio of the white left of a line to the white right of it, above which the line is set to the right."""
    longest: int = 24
    """Number of characters of a line, at most."""
    most: int = 4
    """Number of lines of one signature, at most."""


P: Final = SignatureParams()


def signature_end(lines: Sequence[TextLine], start: int, style: Setting) -> int:
    """The index behind the lines of a signature that begins at `start`, right under a line that ends a sentence; else
    `start`."""
    if not start or not lines[start - 1].ends_sentence:
        return start
    end = start
    while (
        end < min(len(lines), start + P.most)
        and not lines[end].gap
        and _is_of_signature(lines[end], style, begun=end > start)
    ):
        end += 1
    return end


def is_set_deep(line: TextLine) -> bool:
    """Whether the line is set in deeper than a paragraph, as those of a signature are."""
    return line.indent >= P.deep


def names_writer(text: str) -> bool:
    """Whether a signature ends with a name: 安平市 甲某某, （山东 甲某某）."""
    bare = _BRACKETED.sub(r"\g<who>", reading(text))
    return is_names(bare) or is_names(_SPACE.split(bare)[-1])


def _is_of_signature(line: TextLine, style: Setting, *, begun: bool) -> bool:
    """Whether the line is set to the right; where a signature has `begun`, deep is far enough."""
    text = reading(line.text)
    left = line.indent - style.margin
    if left < P.deep or len(text) > P.longest or _RUNNING.search(text):
        return False
    if begun:
        return True
    flush = left > P.flush * max(0, style.measure - line.width)
    return flush or (_BRACKETED.fullmatch(text) is not None and names_writer(text))
