"""Reduplication as the language has it: 家家户户, 高高兴兴, 天天, 想想. What doubles by itself is no damage."""

from __future__ import annotations

from typing import Final

_AABB: Final = (
    "寻寻觅觅 凄凄惨惨 凄凄切切 安安稳稳 白白胖胖 本本分分 别别扭扭 病病歪歪 畅畅快快 吵吵闹闹 沉沉稳稳 "
    "诚诚恳恳 匆匆忙忙 从从容容 凑凑合合 粗粗壮壮 打打闹闹 大大方方 大大咧咧 大大小小 点点滴滴 地地道道 "
    "颠颠簸簸 跌跌撞撞 断断续续 反反复复 方方面面 方方正正 纷纷扬扬 风风光光 风风火火 风风雨雨 浮浮沉沉 "
    "干干净净 高高低低 高高兴兴 高高大大 疙疙瘩瘩 恭恭敬敬 勾勾搭搭 鼓鼓囊囊 规规矩矩 鬼鬼祟祟 含含糊糊 "
    "憨憨厚厚 和和美美 和和气气 红红火火 轰轰烈烈 花花绿绿 欢欢喜喜 恍恍惚惚 浑浑噩噩 活活泼泼 家家户户 "
    "坚坚实实 简简单单 健健康康 结结巴巴 结结实实 紧紧张张 仔仔细细 进进出出 开开心心 坎坎坷坷 客客气气 "
    "空空荡荡 哭哭啼啼 快快乐乐 宽宽敞敞 拉拉扯扯 来来往往 来来去去 老老实实 老老少少 冷冷清清 冷冷落落 "
    "里里外外 利利索索 零零碎碎 零零散散 零零星星 笼笼统统 庸庸碌碌 忙忙碌碌 马马虎虎 满满当当 慢慢腾腾 "
    "毛毛糙糙 密密麻麻 密密层层 明明白白 模模糊糊 磨磨蹭蹭 男男女女 年年岁岁 年年月月 岁岁年年 暖暖和和 "
    "蓬蓬勃勃 平平安安 平平常常 平平淡淡 平平静静 平平稳稳 平平整整 婆婆妈妈 朴朴素素 普普通通 起起伏伏 "
    "起起落落 千千万万 前前后后 亲亲热热 清清白白 清清楚楚 清清爽爽 轻轻松松 曲曲折折 热热闹闹 日日夜夜 "
    "三三两两 闪闪烁烁 上上下下 实实在在 世世代代 时时刻刻 是是非非 舒舒服服 疏疏落落 顺顺当当 顺顺利利 "
    "说说笑笑 松松散散 松松垮垮 踏踏实实 堂堂正正 挑挑拣拣 甜甜蜜蜜 痛痛快快 偷偷摸摸 吞吞吐吐 完完全全 "
    "完完整整 弯弯曲曲 歪歪扭扭 歪歪斜斜 唯唯诺诺 温温和和 文文静静 稳稳当当 稳稳妥妥 窝窝囊囊 稀稀拉拉 "
    "稀稀落落 熙熙攘攘 嘻嘻哈哈 细细密密 细细致致 星星点点 形形色色 兴兴旺旺 修修补补 羞羞答答 虚虚实实 "
    "严严实实 洋洋洒洒 摇摇摆摆 摇摇晃晃 隐隐约约 影影绰绰 永永远远 游游荡荡 圆圆满满 郁郁葱葱 原原本本 "
    "长长久久 长长短短 真真假假 真真切切 真真正正 整整齐齐 正正经经 正正当当 支支吾吾 指指点点 壮壮实实 "
    "子子孙孙 字字句句 祖祖辈辈 口口声声 蹦蹦跳跳 唱唱跳跳 吃吃喝喝 出出进进 分分合合 分分秒秒 缝缝补补 "
    "哼哼唧唧 叽叽喳喳 叮叮当当 滴滴答答 哗哗啦啦 轰轰隆隆 叽叽咕咕 噼噼啪啪 乒乒乓乓 淅淅沥沥 窸窸窣窣 "
    "兢兢业业 沸沸扬扬 浩浩荡荡 战战兢兢 孜孜矻矻 忠忠实实 村村寨寨 山山水水 花花草草 枝枝叶叶 瓶瓶罐罐 "
    "坑坑洼洼 沟沟坎坎 条条框框 条条块块 丝丝缕缕 层层叠叠 重重叠叠 生生世世 朝朝暮暮 卿卿我我 恩恩怨怨 "
    "沟沟壑壑 汤汤水水 针针线线 平平仄仄 头头尾尾 心心念念 营营役役 林林总总 莺莺燕燕 暮暮朝朝 絮絮叨叨 "
    "唠唠叨叨 骂骂咧咧 颤颤巍巍 慌慌张张 急急忙忙 悠悠荡荡 踉踉跄跄 躲躲闪闪 遮遮掩掩 病病恹恹 服服帖帖 "
    "妥妥当当 妥妥帖帖 白白净净 矮矮胖胖 高高瘦瘦 胖胖乎乎 瘦瘦小小 吹吹打打 敲敲打打 洗洗涮涮 涂涂改改 "
    "写写画画 拼拼凑凑 修修改改 走走停停 停停走走 走走看看 看看停停 兜兜转转 忙忙乱乱 团团圆圆 和和睦睦 "
    "双双对对 对对双双 圈圈点点 磕磕绊绊 磕磕碰碰 勤勤恳恳 勤勤俭俭 辛辛苦苦 诚诚实实 认认真真 扎扎实实 "
    "切切实实 确确实实 明明朗朗 彻彻底底 多多少少 好好坏坏 远远近近 深深浅浅 厚厚实实 密密实实 密密匝匝 "
)
"""Words of two doubled hanzi."""

_AA: Final = frozenset(
    "天年月日夜岁代世辈人家户村处时刻回次个件条种桩样张片朵棵滴点层阵声句字步节块颗双对排行队缕丝页道场段门"
    "常往渐慢刚仅偏纷默暗悄偷白明常每略稍缓徐频连屡恰独苦切牢紧满深浅轻重高低大小多少远近长短早晚好快静细厚薄"
    "圆方直弯红绿蓝黄黑白青亮香甜酸辣冷热暖凉干湿软硬胖瘦美乐滚团堂洋茫蒙漫沉冉袅翩涓潺滔汩脉郁葱欣勃津彬"
    "看想试说谈听走读写问找笑玩坐躺歇逛尝闻摸数算查比练学讲聊唱跳跑转动敲拍挥招摇点谢抱等让帮改品议评猜瞧望"
    "爸妈爷奶哥弟姐妹叔伯婶姑姨舅公婆宝娃星猩狒蝈蛐囡太饽蛛"
    "哈呵嘿嘻嗯啊哇呀喔哦哎唉咚咣当叮咔嚓啪砰轰隆哗啦沙呼嗡吱喳汪喵咩哞咕呱"
    "区寥莘芸侃铮娓侃源楚斤津孜耿谆济历累比久莫念拳勤勉跃惶惴忡恹郁栩奄戚凄惨觅寻"
)
"""Hanzi that the language doubles alone: 天天, 常常, 看看, 爸爸, and names for sounds."""


def is_natural(pairs: str, *, unknown: int) -> bool:
    """Whether a row of doubled hanzi, given once each (家户 for 家家户户), is such as the language makes itself.

    It is cut into words of the form AABB and AA; at most `unknown` words of the form AABB may be such as are in no
    list, for any two verbs or adjectives can double.
    """
    best: list[int | None] = [0, *([None] * len(pairs))]
    for end in range(1, len(pairs) + 1):
        ways = [_cost(best[end - 1], pairs[end - 1] in _AA, 9)]
        if end > 1:
            ways.append(_cost(best[end - 2], pairs[end - 2 : end] in _KNOWN, 1))
        known = [w for w in ways if w is not None]
        best[end] = min(known, default=None)
    last = best[-1]
    return last is not None and last <= unknown


def _cost(before: int | None, known: bool, otherwise: int) -> int | None:
    return None if before is None else before + (0 if known else otherwise)


_KNOWN: Final = frozenset(word[0] + word[2] for word in _AABB.split())
