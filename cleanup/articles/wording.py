"""What the words of a text tell of its kind: how often those of a report, an offer, a notice or a masthead come in it.

The classes are short lists of words that the newspapers of all Chinese-speaking places print, in both scripts. What
each class counts for is learned with the labels (`samples.labels`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
_FEWEST: Final = 20
"""Characters by which the frequency in a shorter text is taken."""


def _any_of(words: str) -> re.Pattern[str]:
    """One of the words, the longest first."""
    return re.compile("|".join(re.escape(w) for w in sorted(set(words.split()), key=lambda w: (-len(w), w))))


CLASSES: Final = {
    "prose": re.compile("[的了是在和他她它我你们們这這那说說着过過就也都不没沒与與为為而但被把让讓对對从從将將因之其]"),
    "report": _any_of(
        """
        记者 記者 本报讯 本報訊 本报记者 本報記者 报道 報道 報導 日前 近日 昨日 昨天 昨晚 今日 今天 据悉
        據悉 据了解 據了解 获悉 獲悉 据介绍 介绍说 介紹說 表示 指出 透露 认为 認為 强调 強調 负责人 負責人
        说道 告诉 告訴 介绍 介紹 说： 說： 称： 稱： 发言人 發言人 有关部门 有關部門 警方 市民 居民 村民
        群众 群眾 今年 去年 目前 开展 開展 举行 舉行 召开 召開
        """
    ),
    "offer": _any_of(
        """
        电话 電話 热线 熱線 地址 地点： 優惠 优惠 特价 特價 促销 促銷 诚聘 誠聘 招聘 招生 招租 招商 出售
        出租 面议 面議 免费 免費 会员 會員 联系人 聯絡人 联系 聯繫 咨询 諮詢 查询 查詢 订购 訂購 专卖 專賣
        隆重 开业 開業 酬宾 酬賓 预约 預約 网址 網址 微信 二维码 扫码 掃碼 欢迎 歡迎 光临 光臨 惠顾 惠顧
        有限公司 总代理 總代理 邮编 郵編 传真 傳真 手机 手機 洽 购 購 折 起价 起價 现房 現房 楼盘 樓盤
        均价 热销 熱銷 赠送 贈送 送货 送貨 专线 專線 批发 批發 零售 疗效 療效 主治 祖传 祖傳 根治 药房
        藥房 门诊 門診 月薪 待遇 包食宿 学历 學歷 應徵 应聘 報名 报名 www http .com .cn Tel TEL 代办 代辦
        搬家 搬屋 疏通 回收 维修 維修 律師 律师 贷款 貸款 保险 保險 旅行社 团费 團費
        """
    ),
    "notice": _any_of(
        """
        启事 啟事 啓事 公告 声明 聲明 遗失 遺失 作废 作廢 兹 茲 谨启 謹啟 敬启 敬啟 谨定 謹定 敬告 通告
        通知 更正 致歉 征稿 徵稿 来稿 來稿 投稿 订阅 訂閱 订户 訂戶 邮购 郵購 稿酬 稿费 稿費 文责自负
        文責自負 讣告 訃告 訃聞 讣闻 享年 享寿 享壽 哀告 治丧 治喪 追思 公祭 假座 议程 議程 招标 招標 投标
        投標 拍卖 拍賣 注销 註銷 债权 債權 公示 道歉 鸣谢 鳴謝 致谢 致謝 恭贺 恭賀 祝贺 祝賀 贺 賀 寻人
        尋人 寻物 尋物 征婚 徵婚 转让 轉讓 特此 此启 此啟 谨此 謹此 如有 逾期 敬请 敬請 敬邀 敬约 广告
        廣告 刊登
        """
    ),
    "index": _any_of(
        """
        详见 詳見 见第 見第 版 导读 導讀 目录 目錄 今日 A1 A2 A3 A4 A5 A6 B1 B2 B3 C1 第二版 第三版 第四版
        二版 三版 四版
        """
    ),
    "imprint": _any_of(
        """
        编辑 編輯 责编 責編 责任编辑 責任編輯 美编 美編 校对 校對 版式 值班 总编 總編 社长 社長 社址
        邮政编码 国内统一 國內統一 刊号 刊號 印刷 零售 定价 定價 代号 代號 期 总第 总编辑 發行 发行 出版
        星期 农历 農曆 主办 主辦 主管
        """
    ),
    "amount": re.compile(
        "[0-9０-９一二三四五六七八九十百千万萬]+(?:元|点|點|吨|噸|人|件|场|場|名|個|个|度|℃|%|％|克|斤|亩|畝|米|公里)"
    ),
    "time of day": re.compile("[0-2]?[0-9][:：][0-5][0-9]"),
    "telephone": re.compile("[0-9]{3,4}[-－—)）]?[0-9]{4,8}|[0-9]{7,}"),
    "quotation": re.compile("[“”「」『』]"),
    "writer": re.compile("[我俺吾咱]"),
    "person": re.compile("[他她]"),
}
"""Each class of words by what finds them."""


def amounts(texts: Sequence[str]) -> Floats:
    """How many words of each class each text holds, shape (texts, classes)."""
    return np.array(
        [[len(words.findall(text)) for words in CLASSES.values()] for text in texts], dtype=np.float64
    ).reshape(len(texts), len(CLASSES))


def wording(text: str) -> Floats:
    """Number of words of each class in a text, their number to a hundred characters, and its length."""
    (found,) = amounts([text])
    return np.concatenate([found, 100 * found / max(_FEWEST, len(text)), [len(text)]])


WORDING: Final = (*(f"number, {c}" for c in CLASSES), *(f"share, {c}" for c in CLASSES), "characters")
"""What `wording` tells, in its order."""
