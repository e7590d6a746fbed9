"""Commas that were read as another mark all over a text: as straight quotes, or, their tails lost, as points."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from cleanup.characters import HANZI, SPACE
from cleanup.quotes import Turned

_S: Final = "".join(SPACE)
_HANZI: Final = re.compile(f"[{HANZI}]")
_QUOTED: Final = re.compile(f"(?<=[{HANZI}」』）])[{_S}]*(?P<mark>')[{_S}]*(?=[{HANZI}0-9A-Z「『（])")
_FOREIGN: Final = (
    "阿埃艾安奥巴贝本比彼宾伯博布查茨达戴德迪丁杜顿多恩尔法菲费弗福盖格古哈汉赫霍基吉加杰金卡凯柯科克肯库拉莱兰朗劳勒雷里理利莉林"
    "隆卢鲁路罗洛马麦曼梅米蒙莫姆穆纳内尼努诺帕佩皮普奇乔琼萨塞桑沙施史什斯丝苏索塔泰坦汤特提图托瓦威韦维温沃乌西希谢辛雅亚扬耶叶伊因尤约扎"
    "詹珍爾蘭馬納亞羅維萊盧魯貝達費蓋漢傑凱萬麥諾喬瓊薩湯圖韋溫烏謝約龍"
)
"""What foreign names are written with: a point between two of these is a name's."""
_POINTED: Final = re.compile(
    f"(?<=[{HANZI}”」』）》])(?<![一二三四五六七八九十])[{_S}]*"
    f"(?!(?<=[{_FOREIGN}])[．.][{_FOREIGN}])(?P<mark>[．.])[{_S}]*(?=[{HANZI}“「『（《])"
)
_FEWEST_QUOTES: Final = 2
_LONG: Final = 60
"""Hanzi; a shorter text can do without a comma."""
_FEWEST_POINTS: Final = 3
_OFTEN: Final = 0.04
"""Of all commas, those that were read as points: one that was is a speck, or the dot in a name."""
_ENDS: Final = 0.5
"""So many sentences for a point end with 。 in a text that does not end them with points."""


@dataclass(frozen=True)
class Misreading:
    """As what commas are read, when a text gives reason to think so, and how that is told."""

    mark: re.Pattern[str]
    is_in: Callable[[str], bool]
    reason: str

    def turned(self, text: str) -> Iterator[Turned]:
        """The marks of a paragraph that are commas, in a text whose commas were read so."""
        for found in self.mark.finditer(text):
            yield Turned(found.start("mark"), "，", self.reason, 0.85, settled=True)


def _as_quotes(text: str) -> bool:
    """Whether a text of some length has no comma at all, but straight quotes where commas would be."""
    return "，" not in text and len(_QUOTED.findall(text)) >= _FEWEST_QUOTES and len(_HANZI.findall(text)) >= _LONG


def _as_points(text: str) -> bool:
    """Whether points stand between words of Chinese, in a text that ends its sentences with 。.

    So thin type comes out of a scan in two tones; a text whose full stop is ． has no 。.
    """
    points = len(_POINTED.findall(text))
    return points >= max(_FEWEST_POINTS, _OFTEN * text.count("，")) and text.count("。") >= _ENDS * points


_MISREADINGS: Final = (
    Misreading(_QUOTED, _as_quotes, "The text has no commas: this one was read as a quote."),
    Misreading(_POINTED, _as_points, "The text ends its sentences with 。: this point is a comma that lost its tail."),
)


def misreadings(text: str) -> tuple[Misreading, ...]:
    """The ways in which a text's commas were misread."""
    return tuple(m for m in _MISREADINGS if m.is_in(text))
