"""Character forms that a font or an encoding puts in place of the plain character: radicals and the like.

A PDF's font may name the glyph of 人 as the radical ⼈, or 「 as its form for vertical lines. Every form here stands
for one plain character, so a text that is folded keeps its length and its offsets.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_KANGXI: Final = range(0x2F00, 0x2FD6)
_SUPPLEMENT: Final = range(0x2E80, 0x2EF4)
_COMPATIBILITY: Final = (*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA1E))
_VERTICAL: Final = (*range(0xFE10, 0xFE1A), *range(0xFE30, 0xFE45), 0xFE47, 0xFE48)

_OF_SUPPLEMENT: Final = (
    "⺁厂 ⺄乙 ⺅亻 ⺆冂 ⺇几 ⺈刀 ⺉刂 ⺊卜 ⺋卩 ⺌小 ⺍小 ⺎兀 ⺏尣 ⺐尣 ⺑尢 ⺒巳 ⺓幺 ⺔彑 "
    "⺕彐 ⺖忄 ⺗心 ⺘扌 ⺙攴 ⺚旡 ⺛旡 ⺜日 ⺝月 ⺞歹 ⺠民 ⺡氵 ⺢氺 ⺣灬 ⺤爪 ⺥爪 ⺦丬 ⺧牛 "
    "⺨犭 ⺩王 ⺪疋 ⺫目 ⺬示 ⺭礻 ⺮竹 ⺯糸 ⺰纟 ⺱网 ⺲罒 ⺳网 ⺴网 ⺵网 ⺶羊 ⺷羊 ⺸羊 ⺹老 "
    "⺺聿 ⺻聿 ⺼肉 ⺽臼 ⺾艹 ⺿艹 ⻀艹 ⻁虎 ⻂衤 ⻃覀 ⻄西 ⻅见 ⻆角 ⻇角 ⻈讠 ⻉贝 ⻊足 ⻋车 "
    "⻌辶 ⻍辶 ⻎辶 ⻏阝 ⻐钅 ⻑長 ⻒镸 ⻓长 ⻔门 ⻕阜 ⻖阝 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 "
    "⻞食 ⻟飠 ⻠饣 ⻡首 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻫斉 ⻬齐 ⻭歯 ⻮齿 ⻯竜 "
    "⻰龙 ⻱龜 ⻲亀 "
)
"""Radicals of the supplement, each before the character that it stands for; Unicode maps few of them."""


def _table() -> dict[int, str]:
    codes = (*_KANGXI, *_SUPPLEMENT, *_COMPATIBILITY)
    told = {code: unicodedata.normalize("NFKC", chr(code)) for code in codes}
    found = {code: plain for code, plain in told.items() if len(plain) == 1 and plain != chr(code)}
    found |= {ord(pair[0]): pair[1] for pair in _OF_SUPPLEMENT.split()}
    return found | _vertical()


def _vertical() -> dict[int, str]:
    """Marks cut for vertical lines, as the marks that Chinese text is written with."""
    wide = {
        ",": "，",
        ":": "：",
        ";": "；",
        "!": "！",
        "?": "？",
        "(": "（",
        ")": "）",
        "{": "｛",
        "}": "｝",
        "_": "＿",
    }
    wide |= {"[": "［", "]": "］", "—": "—", "–": "–"}
    told = {code: unicodedata.normalize("NFKC", chr(code)) for code in _VERTICAL}
    return {code: wide.get(plain, plain) for code, plain in told.items() if len(plain) == 1}


PLAIN: Final = _table()
"""The plain character of each form, by code point."""
FORM: Final = re.compile("[\u2e80-\u2fd5\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe44\ufe47\ufe48\U0002f800-\U0002fa1d]")
"""What may be such a form; some of the range are plain characters."""


def plain_forms(text: str) -> str:
    """The text with every form as its plain character; as long as before."""
    return text.translate(PLAIN) if FORM.search(text) else text
