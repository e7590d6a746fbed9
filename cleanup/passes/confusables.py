"""The pass that asks about hanzi that readers take for one another: 己经 → 已经, 未尾 → 末尾. It accepts nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from cleanup.article import Article, Block, Role
from cleanup.edits.clean_text import Change
from cleanup.lines.glyph_places import glyphs_of

SURETY: Final = 0.5
"""Confidence of a proposal, below every bar: the pass asks, a person answers."""
DOUBTED: Final = 0.7
"""Confidence where the readers themselves doubted the character, or saw different ones; below the bar still."""
_DOUBT: Final = 0.98
"""Confidence of a character below which its reader doubted it."""

_WORDS: Final[Mapping[str, str]] = {
    "己": "自己 知己 己见 利己 克己 舍己 异己 己任 己方 律己 己所不欲 己亥 己丑 己卯 己巳 己未 己酉 身不由己 "
    "人己 损己 爱己 为己",
    "已": "已经 早已 业已 而已 已有 已在 已是 已成 已被 已将 已达 已于 已建 已完 不得已 已故 已知 已婚 已向 "
    "已为 已从 已由 迫不得已 已然 均已 都已 也已 就已 现已 已超 已连 已开 已投 已实 已形 已发 已取 已进 "
    "已基 已全 久已",
    "巳": "巳时 乙巳 己巳 辛巳 癸巳 丁巳",
    "未": "未来 未必 未能 未曾 从未 尚未 未经 并未 未成年 未婚 未知 未免 未有 仍未 未见 前所未有 未雨绸缪 未卜 "
    "未时 未遂 未央 未完 未到 未按 未及 未达 还未 未满 未尝 乙未 丁未 己未 辛未 癸未",
    "末": "末尾 周末 期末 年末 月末 岁末 始末 末日 末期 末代 末端 粉末 末梢 本末 末了 末班 末年 季末 世纪末 "
    "舍本逐末 末位 末路 细枝末节",
    "日": "今日 昨日 明日 近日 日前 日本 节日 生日 日报 假日 日子 日常 即日 当日 次日 平日 每日 往日 烈日 日光 "
    "日夜 终日 日益 日期 日程 落日 日均 日内 日产 抗日 日军 多日 连日 同日 工作日 日日",
    "曰": "子曰 诗曰 书曰 名曰 或曰 孔子曰 谓曰 答曰 问曰 叹曰 美其名曰 歌曰 经曰",
    "士": "战士 人士 博士 硕士 学士 院士 护士 女士 男士 士兵 士气 烈士 骑士 勇士 巴士 瑞士 绅士 卫士 壮士 道士 "
    "武士 士官 士卒 将士",
    "土": "土地 国土 泥土 领土 土壤 黄土 水土 土豆 土木 乡土 热土 沃土 本土 土特产 风土 土家 尘土 出土 混凝土 "
    "土方 故土 动土 破土",
    "干": "干部 干净 若干 干事 干预 干活 干扰 树干 骨干 干旱 干燥 饼干 才干 能干 苦干 实干 干警 干涉 干杯 主干 "
    "干线 干劲 公干",
    "千": "千万 千米 千克 千瓦 千里 千年 几千 数千 上千 千家 成千 千古 千百 千秋 千方百计 千辛万苦 大千 一千 "
    "两千 三千 五千",
    "人": "人民 工人 个人 人员 人们 人口 人类 人大 人士 人才 别人 主人 老人 本人 军人 人家 人物 人生 人群 人均 "
    "法人 负责人 农人 引人 人选 令人 惊人 动人 迷人 感人 诱人 喜人 行人 客人 亲人 男人 女人 众人 好人 "
    "病人 商人 诗人 敌人 人间 人力 人心 人气",
    "入": "进入 加入 深入 收入 投入 入口 入学 出入 入门 入选 列入 纳入 入场 入围 引入 输入 陷入 入户 入库 介入 "
    "融入 注入 入伍 入党",
}
"""Words that the hanzi stands in, of our own choosing; each set below is known by them."""
_SETS: Final = ("己已巳", "未末", "日曰", "士土", "干千", "人入")


def confusables(article: Article) -> Iterator[Change]:
    """Questions about a hanzi that makes a word only as another one that looks like it.

    Mends nothing by itself: 己 in 己经, where 已经 is a word and 己经 is none, is proposed, with the words as evidence.
    Keeps its hands off a hanzi that stands in any word of its own, off names, and off what no list knows.
    """
    for block in article.blocks:
        if block.role is not Role.FURNITURE:
            yield from _in_block(article, block)


def _in_block(article: Article, block: Block) -> Iterator[Change]:
    text = article.clean.text[block.start : block.end]
    for at, char in enumerate(text):
        likes = _alike().get(char)
        if likes is None or _word_at(text, at, char) is not None:
            continue
        found = [(other, word) for other in likes if (word := _word_at(text, at, other)) is not None]
        if len(found) == 1:
            (other, word) = found[0]
            place = block.start + at
            surety = DOUBTED if _was_doubted(article, place) else SURETY
            yield Change(place, place + 1, other, _reason(_stands(text, at, (word, other)), word), surety)


def _reason(stands: str, word: str) -> str:
    return f"{stands} is no word and {word} is one; the two look alike, to a reader and in print."


def _stands(text: str, at: int, meant: tuple[str, str]) -> str:
    """What stands where the word would be that has the other hanzi at the place."""
    word, other = meant
    start = at - word.index(other)
    return text[start : start + len(word)]


@cache
def _alike() -> dict[str, str]:
    return {char: "".join(c for c in group if c != char) for group in _SETS for char in group}


@cache
def _words(char: str) -> tuple[tuple[str, int], ...]:
    """The words of a hanzi, the longest first, each with its place in them."""
    words = sorted(set(_WORDS[char].split()), key=lambda w: (-len(w), w))
    return tuple((w, i) for w in words for i, c in enumerate(w) if c == char)


def _word_at(text: str, at: int, char: str) -> str | None:
    """A word of `char` that the text around the place makes with it; None where there is none."""
    for word, inside in _words(char):
        start = at - inside
        if start >= 0 and text[start:at] + char + text[at + 1 : start + len(word)] == word:
            return word
    return None


def _was_doubted(article: Article, place: int) -> bool:
    """Whether the readers doubted the character, or saw different ones; False where nobody knows."""
    origin = article.clean.origin(place)
    if not isinstance(origin, int):
        return True
    index = article.raw.line_at(origin)
    glyphs = glyphs_of(article.lines[index].line)
    glyph = glyphs[origin - article.raw.starts[index]]
    if glyph is None:
        return False
    return glyph.confidence < _DOUBT or (glyph.other is not None and glyph.other != glyph.char)
