"""Captions: how a newspaper's text beside a picture gives itself away."""

from __future__ import annotations

import re
from typing import Final

from cleanup.forms.byline import is_names

_POINTING: Final = re.compile(
    r"^[▲▼△▽◀▶←→↑↓■●]?[ 　]*"
    r"(?:(?:上|下|左|右|本|题|題|大|小|资料|資料)[图圖]|图[一二三四五六七八九十\d]{0,2}|圖)"
    r"(?:[①②③④⑤]|（[^（）]{1,6}）)?[ 　]*(?:为|為|[：:是])"
)
_SHOT: Final = re.compile(r"[ 　]*(?:摄|攝|摄影|攝影|供图|供圖|制图)[ 　]*(?P<close>[)）]?)[ 　]*$")
_BEFORE_NAME: Final = re.compile(r"[ 　。！？，（(]|记者|記者|通讯员|通訊員")
_STOCK: Final = re.compile(r"[（(][^（）()，。、；]{0,8}(?:图片|圖片|照片|图|圖|提供)[)）][ 　]*$")
_AGENCY: Final = re.compile(r"(?:^|[。！？）)”])[ 　]*(?:新华社|新華社|中新社)[ 　]*[发發][ 　]*$")
_NAME_LENGTHS: Final = range(2, 11)
"""Numbers of characters of a photographer's name: foreign names are long."""
_ARROW: Final = re.compile(r"^[▲▼△▽◀▶◁▷][ 　]*[一-鿿A-Za-z]")


def opens_caption(text: str) -> bool:
    """Whether a line begins a caption: 图为…, 右图：…, ▲…."""
    return points_at_picture(text) or bool(_ARROW.match(text.strip(" \t　")))


def points_at_picture(text: str) -> bool:
    """Whether a line says of which picture it speaks: 图为…, ▲右图：…."""
    return ("图" in text or "圖" in text) and _POINTING.match(text.strip(" \t　")) is not None


def closes_caption(text: str) -> bool:
    """Whether a line ends as a caption does: …甲某摄, …（甲某 摄）, 新华社记者 甲某 摄, （资料图片）, 新华社发."""
    line = text.strip(" \t　")
    shot = _SHOT.search(line)
    if shot is None:
        return bool(_STOCK.search(line) or _AGENCY.search(line))
    name = _BEFORE_NAME.split(line[: shot.start()])[-1]
    return len(name) in _NAME_LENGTHS and (is_names(name) or "·" in name or bool(shot["close"]))
