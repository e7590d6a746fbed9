"""Hanzi that foreign names are written with, and the points between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

FOREIGN: Final = frozenset(
    "阿埃艾安奥巴贝本比彼宾伯博布查茨达戴德迪丁杜顿多恩尔法菲费芬弗福盖格古哈汉赫霍基吉加杰金卡凯柯科克肯库拉莱兰朗劳勒雷里理利莉林"
    "隆卢鲁路罗洛马麦曼梅米蒙莫姆穆纳内尼努诺帕佩皮普奇乔琼萨塞桑沙施史什斯丝苏索塔泰坦汤特提图托瓦威韦维温沃乌西希谢辛雅亚扬耶叶伊因尤约扎"
    "詹珍爾蘭馬納亞羅維萊盧魯貝達費蓋漢傑凱萬麥諾喬瓊薩湯圖韋溫烏謝約龍奧賓倫頓儂勞"
)
"""Hanzi of both scripts; many of them are everyday hanzi too, so that one alone tells nothing."""
POINTS: Final = frozenset("·•・‧∙⋅･")
"""Points that part the names of a foreigner, as readers see them."""
NAME: Final = 3
"""Hanzi of foreign names among the four nearest to a point, at least, for which it is a name's."""


def is_in_name(text: Sequence[str], at: int) -> bool:
    """Whether a character stands in a foreign name, as the hanzi beside it tell."""
    if not (at > 0 and text[at - 1] in FOREIGN and at + 1 < len(text) and text[at + 1] in FOREIGN):
        return False
    near = [*text[max(0, at - 2) : at], *text[at + 1 : at + 3]]
    return sum(c in FOREIGN or c in POINTS for c in near) >= NAME
