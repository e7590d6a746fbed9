"""The more frequent Chinese surnames, for telling a list of names from a sentence pulled apart."""

from __future__ import annotations

import re
from typing import Final

SURNAMES: Final = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
    "張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭葉蘇呂盧譚陸賈韋鄒龍賀顧龔萬錢嚴湯"
    "常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包"
)
_DOUBLE: Final = (
    "欧阳|歐陽|上官|司马|司馬|诸葛|諸葛|司徒|皇甫|夏侯|东方|東方|尉迟|慕容|令狐|端木|公孙|公孫|长孙|宇文|轩辕"
)
_NAMES: Final = re.compile(f"(?:(?:(?:{_DOUBLE})|[{SURNAMES}]).{{1,2}})+")
_LONGEST: Final = 24
"""Number of hanzi of a row of names, at most: a longer row can be cut into surnames and given names by chance."""


def reads_as_names(hanzi: str) -> bool:
    """Whether the hanzi can be cut, from first to last, into names of two to four characters."""
    return len(hanzi) <= _LONGEST and _NAMES.fullmatch(hanzi) is not None
