"""Adverts: how a small one gives itself away by its words, where its frame did not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_CONTACT: Final = re.compile(
    r"地\s*址|電\s*話|电\s*话|热\s*线|熱\s*線|联系人|聯絡|手机|传真|網址|网址|微信|邮编|www\."
    r"|(?<!\d)\d{3,4}[-—]?\d{7,8}(?!\d)"
)
_OFFER: Final = re.compile(
    "酬宾|酬賓|优惠|優惠|特价|特價|展销|展銷|促销|招聘|招生|诚聘|誠聘|转让|轉讓|开业|開業|热销|咨询|諮詢|垂询|光临|光臨|欢迎|歡迎|启事|啟事"
)
_NUMBER: Final = re.compile(
    r"(?:电\s*话|電\s*話|热\s*线|熱\s*線|手机|手機|传真|傳真|QQ|微信)[ 　]*[:：]?[ 　]*[0-9０-９][0-9０-９-]{5,}"
)
_RUNNING: Final = re.compile("[。，；！？]")
_NOTICE: Final = re.compile(
    "遺失|作廢|聲明|啟事|啓事|鳴謝|敬謝|法律顧問|律師|招租|召租|吉屋|從廉|招頂|出讓|廉讓|招請|招聘|聘請|徵求|招生"
    "|請洽|面洽|接洽|面議|有意者|請至|惠顧|賜顧|駕臨|光臨|函索|開映|上映|放映|日夜|大戲院|照相館|印書館|事務所|診所"
    "|門診|接診|診治|主治|服之|立效|見效|靈效|良藥|經售|代售|經銷|總發行|出品|監製|承印|定期不誤|大減價|減價|廉價"
    "|價廉|物美|每瓶|每盒|每冊|每打|實售|出書|送禮|佳品|地址|電話"
)
"""Words of the notices and adverts of old newspapers; any of them stands in news too."""
_OF_NEWS: Final = re.compile(
    "聲明|律師|法律顧問|電話|地址|事務所|診所|門診|招生|徵求|聘請|出品|減價|上映|放映|大戲院|駕臨|光臨|主治"
)
"""Words among them that short news is full of: several of these alone tell no notice."""


@dataclass(frozen=True, slots=True)
class SmallAdParams:
    """Bounds of an advert that is recognized by its words."""

    lines: int = 2
    """Number of lines of a small advert, at least."""
    line: int = 28
    """Number of characters of one of its lines, at most: running text is set wider."""
    longest: int = 160
    """Number of characters of a piece, at most; a longer one is read as what layout took it for."""
    signs: int = 2
    """Number of contacts and offers in it, at least: one stands in news too."""
    apart: float = 16.0
    """Characters for each word of notices in a text that is one or several, at most."""


P: Final = SmallAdParams()


def is_advert(texts: Sequence[str]) -> bool:
    """Whether a short piece without a single sentence tells where to call or what is on offer."""
    text = "".join(texts)
    if not text or len(text) > P.longest or "。" in text:
        return False
    return len(_CONTACT.findall(text)) + len(_OFFER.findall(text)) >= P.signs


def is_small_ad(texts: Sequence[str]) -> bool:
    """Whether lines that stand together, each short, are an advert: a number to call is enough, or two offers."""
    if max(map(len, texts)) > P.line or len(texts) < P.lines:
        return False
    return is_advert(texts) or (_NUMBER.search("".join(texts)) is not None and not _RUNNING.search("".join(texts)))


def is_notice(text: str) -> bool:
    """Whether a text of an old newspaper is a notice, an advert, or several one after the other, by its words."""
    signs = _NOTICE.findall(text)
    told = set(signs)
    stands_out = any(not _OF_NEWS.fullmatch(word) for word in told)
    return len(told) >= P.signs and stands_out and len(text) <= P.apart * len(signs)
