"""Standing heads: the names of pages (版名) and of columns (栏目) that a newspaper prints day after day."""

from __future__ import annotations

import re
from typing import Final

from cleanup.language.characters import SPACE

_SPACES: Final = re.compile(f"[{''.join(SPACE)}]+")
PAGE_NAMES: Final = (
    "(?:今日)?(?:要闻|要聞|综合|綜合|国内|國內|国际|國際|时事|時事|时政|時政|本地|本市|地方|社会|社會|民生|经济|經濟|财经|財經|证券|證券|文化|文体|文體"
    "|教育|科技|卫生|衛生|健康|体育|體育|娱乐|娛樂|评论|評論|言论|言論|理论|理論|港闻|港聞|两岸|兩岸|世界|农村|農村|法制|法治|军事|軍事|旅游|旅遊)"
    "(?:新闻|新聞|要闻|要聞|时事|時事|生活|天地|周刊|週刊)?"
    "|(?:文艺|文藝|文学|文學)?副刊|文艺|文藝|读者来信|讀者來信|来信|來信|来论|來論|专题|專題|特刊"
)
"""A regular expression of what pages are called, 版 left out."""
_PAGE: Final = re.compile(f"(?:{PAGE_NAMES})(?:[专專]?版)?|[专專]版")
_COLUMN: Final = re.compile(
    "简讯|簡訊|简报|簡報|简介|簡介|通知|通告|通报|通報|公告|启事|啟事|更正|常识|常識|花絮|史话|史話|万象|萬象|方圆|广角|廣角|广场|廣場|金融|"
    "通讯|通訊|时评|時評|文摘|文苑|文萃|文史|游记|遊記|项目|項目|关注|關注|聚焦|连载|連載|连线|連線|车市|車市|房市|房产|房產|余音|餘音"
)
"""Names of columns that begin like surnames, or stand pulled apart as names do."""
_BRIEFS: Final = re.compile(
    "[一-鿿]{0,4}(?:短讯|短訊|快讯|快訊|简讯|簡訊|要讯|要訊|短波)|一句[话話]新[闻聞]"
    "|(?:今日|本市|国内|國內|国际|國際|环球|環球|世界|体坛|體壇|政坛|政壇|文坛|文壇|新闻|新聞|要闻|要聞|校园|校園|地方)?"
    "(?:速递|速遞|快递|快遞|快拍|点滴|點滴|一瞥|速览|速覽|集锦|集錦|扫描|掃描)"
)
"""Names of columns of briefs."""


_NOTICE: Final = re.compile(
    "(?:启事|啟事|通知|通告|公告|讣告|訃告|声明|聲明|更正|名单|名單|天气预报|天氣預報)(?:[（(][^（）()]{1,6}[）)])?$"
)


def is_notice(text: str) -> bool:
    """Whether a headline's last word says that the piece is a notice, a piece of its own: 征文启事, 停电通知."""
    return _NOTICE.search(_SPACES.sub("", text)) is not None


def is_page_name(text: str) -> bool:
    """Whether the text is no more than what a page calls itself: 要闻, 国际新闻, 副刊."""
    return _PAGE.fullmatch(_SPACES.sub("", text)) is not None


def is_standing(text: str) -> bool:
    """Whether the text is no more than the name of a page or of a column: 副刊, 简 讯, 启 事."""
    name = _SPACES.sub("", text)
    return is_page_name(text) or any(form.fullmatch(name) for form in (_COLUMN, _BRIEFS))
