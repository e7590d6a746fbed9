"""Bylines, datelines and credits: the forms in which a Chinese newspaper names who wrote, shot or edited a piece."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from cleanup.forms.section_names import is_standing
from cleanup.language.surnames import reads_as_names

_SURNAMES: Final = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞"
    "熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓"
    "郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁"
    "仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦"
    "雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东殴沃利"
    "蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖仝佟郄佘付岳闫代逯邸战冼麦揭"
    "趙錢孫鄭馮陳衛蔣韓楊許呂張嚴華魏謝鄒喻竇雲蘇魯韋馬鳳俞鮑費賀湯羅畢鄔樂時傅齊顧黃蕭紀項閻龐賈婁顏鍾駱萬盧莫經繆應單諸鄧"
    "聞應蘭寧連東興純祿濟畢強關婁錫鞏車岳紅遊覃迟苑隋牟栗粟谌郗鄢亓帅庹矫龔陸榮儲靳葉劉賴喬龍黎溫閔談簡饒曾關財譚貢勞習聶廖歐莊衞岡區"
)
_DOUBLE_SURNAMES: Final = (
    "欧阳|歐陽|上官|司马|司馬|诸葛|諸葛|司徒|皇甫|夏侯|东方|尉迟|慕容|令狐|端木|公孙|公孫|长孙|宇文|轩辕"
)
_NAME: Final = rf"(?:(?:{_DOUBLE_SURNAMES})[一-鿿]{{1,2}}|[{_SURNAMES}][一-鿿]{{1,2}})"
_GAP: Final = r"[ \t　、，,/／·•]"
_SPACED_NAME: Final = rf"(?:{_NAME}|[{_SURNAMES}][ 　]{{1,2}}[一-鿿](?![一-鿿]))"

_ROLE: Final = (
    "(?:记者|記者|通讯员|通訊員|实习生|實習生|报道员|報道員|特约撰稿人?|撰稿人?|评论员|評論員|特派员|編輯|编译|編譯|专栏作家|作者|撰文|采写|採訪|整理"
    "|摄影报道|摄影|攝影)"
)
_PAPER: Final = (
    "[一-鿿]{0,12}?(?:本报|本報|本刊|本台|报社|報社|日报|日報|晚报|晚報|早报|早報|晨报|晨報|商报|商報|都市报|青年报|农民报|工人报|时报|時報|新闻社|新聞社"
    "|新华社|新華社|中新社)"
)
_BULLET: Final = r"[□■◆◇●○◎▲△★☆▪◾◽口]"
_RANK: Final = "(?:全媒体|融媒体|首席|特约|見習|见习|实习|高级|资深)"
_ATTRIBUTED: Final = rf"(?:{_PAPER}[一-鿿]{{0,10}}?|{_RANK}{{0,2}}){_ROLE}"

_MARK: Final = re.compile(rf"^{_BULLET}{{1,2}}[ 　]*")
_BOTH: Final = re.compile(r"[ 　]?(?:[文图圖摄攝][/／][文图圖摄攝]|[/／]?(?:文|图|圖|摄|攝|报道|報道))$")
_WITH_ROLE: Final = re.compile(rf"^{_BULLET}?[ 　]*{_ATTRIBUTED}{_GAP}*(?P<who>[^。；！？]*)$")
_REPORTS: Final = re.compile(
    rf"^(?:{_SPACED_NAME}{_GAP}*){{1,4}}[“”‘’'\"·.]?"
    r"(?:报道|報道|報導|摄影报道|攝影報道|攝影報導|摄|攝|撰|文|图|圖|/文|/图|文/图|文并图|编译)"
    r"(?:[/／ ][\w.+-]+@[\w.-]+)?$"
)
_OFFICES_REPORT: Final = re.compile(
    rf"^(?:{_ATTRIBUTED}[ 　:：]?(?:{_SPACED_NAME}{_GAP}*){{1,3}}){{1,3}}"
    r"[ 　]?(?:(?:摄影|攝影|综合|綜合)?(?:报道|報道|報導)|[专專](?:访|訪|电|電|稿)|特(?:写|寫|稿)|文/图|摄|攝)?$"
)
_ANY_NAME: Final = "[一-鿿]{2,4}"
"""A name of whatever surname, where an office stands before it."""
_PLACES: Final = "(?:[一-鿿]{2,12}(?:[、 　]|$)){1,3}"
_OF_PAPER: Final = rf"(?:[一-鿿]{{0,4}}?(?:{_PAPER}|周末|周刊|週刊)[一-鿿]{{0,10}}?|特派|{_RANK}{{1,2}})"
_WRITER: Final = "(?:记者|記者|通讯员|通訊員)"
_OFFICE_AND_NAME: Final = re.compile(
    rf"^(?:{_OF_PAPER}?{_WRITER}[ 　:：]?(?P<who>{_ANY_NAME}?)[ 　]?"
    rf"(?:摄影报道|攝影報導|[发發]自(?:{_PLACES})?|[/／][一-鿿]{{2,8}}(?:报道|報道|報導))"
    rf"|{_OF_PAPER}{_WRITER}[ 　:：](?P<name>[一-鿿]{{2,3}}))$"
)
"""A reporter with one name of whatever surname, set apart, or with the place of the report: 本报记者甲某某发自某地."""
_OFFICE_RUN_ON: Final = re.compile(rf"^{_OF_PAPER}{_WRITER}(?P<name>[一-鿿]{{2,3}})$")
_NO_NAMES: Final = re.compile(
    "获悉|獲悉|采访|採訪|发现|發現|看到|走访|走訪|走进|走進|注意|了解|表示|介绍|介紹|现场|現場|手记|手記|观察|觀察"
    "|调查|調查|来信|來信|独家|獨家|[昨今][日天]|专访|專訪|[从從第在就把被将將站]"
)
"""What often follows an office in running text or in a heading."""
_CREDITED: Final = re.compile(
    rf"^(?:{_SPACED_NAME}[ 　]?[/／][ 　]?(?:文|图|圖|摄|攝|撰文|摄影|攝影|绘|繪)[ 　]*){{1,4}}$"
)
_SHARED: Final = re.compile("[ 　]*(?:报道|報道|报导|報導|撰文|采写|採訪|摄影|攝影|绘图|繪圖|制图|製圖)[ 　]*")
"""The share that a writer had in a piece, behind the name: 甲某 报道 乙某 摄影."""
_NAME_LONG: Final = re.compile(r"^[一-鿿]{2,3}(?:[ 　、]+[一-鿿]{2,3}){0,3}$")
_RUN_TOGETHER: Final = re.compile(rf"^{_NAME}{{2,3}}$")
_IN_BRACKETS: Final = re.compile(r"[（(【\[](?P<inner>[^（）()【】\[\]]+)[）)】\]]")
_BRACKETED: Final = re.compile(r"^[【\[](?P<inner>[^【】\[\]]+)[】\]]$")
_NO_NAME: Final = re.compile("[的了是在他她它们這这那着吗呢吧我你不]")
"""Characters of the plainest words: no personal name is likely to hold them."""
_CLAUSES: Final = re.compile("[，,。：:；;？?！!“”《》…]")
"""Marks that part the clauses of a heading; between names stand others."""
_SHARE: Final = re.compile(
    r"^(?:本报|本報|本刊|新华社|新華社)|报道|報道|报导|報導|摄影|攝影|撰文|供稿|图片|圖片|文字|编译|編譯|整理|解答|执笔|執筆|[·・]"
    r"|(?:[著译譯辑輯]|敬上|谨启|謹啟|教授|研究员|研究員|院士|博士|主任)$|^[［（(〔\[].{1,3}[］）)〕\]]"
)
"""The newspaper whose people wrote a piece, and what the share of each in it is called."""
_SHORT_NAME: Final = 2
"""Characters of the shortest names, many of which are words as well."""
_COUNTS: Final = re.compile("[得个個件一二三四五六七八九十百千万萬亿億元角年月日]")
"""Characters of counts and sums, which are surnames as well."""
_SLASHED: Final = re.compile(r"^(?:文|图|圖|摄影|攝影|撰文|制图|統籌|统筹|出品)[/／:：].{2,40}$")
_NAMES: Final = re.compile(rf"^(?:{_SPACED_NAME}{_GAP}*){{1,6}}$")
_SPACED_PAIR: Final = re.compile("[一-鿿][ 　]{1,2}[一-鿿]")
_ROLE_ALONE: Final = re.compile(rf"^{_BULLET}?[ 　]*{_ATTRIBUTED}[ 　:：]*$")
_ENGLISH: Final = re.compile(r"^(?:By|BY) (?:[A-Z][\w.’'-]* ?){1,4}(?:(?:and|&) (?:[A-Z][\w.’'-]* ?){1,4})?$")
_ROLE_APART: Final = re.compile(r"(?:[记記][ 　]者|[通][ 　]?[讯訊][ 　]员|[评評][ 　]?[论論][ 　][员員])(?=[ 　])")
_NAME_APART: Final = re.compile(r"(?P<role>[者员員])[ 　]+(?P<name>[一-鿿][ 　][一-鿿][ 　][一-鿿])$")
_EMAIL: Final = re.compile(r"^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$", re.ASCII)

_CLOSING: Final = re.compile(
    r"^[（(【\[][^（）()【】。]{0,30}?"
    r"(?:综合报道|綜合報道|記者|记者|通讯员|通訊員|(?:据|據)[^（）]{1,12}(?:电|電|报道|報道)|責任編輯|责任编辑)"
    r"[^（）()。]{0,30}[）)】\]]$"
)
_EDITORS: Final = re.compile(
    r"^(?:本版|责任|責任|值班|执行|見習|实习|美术|视觉|版式|图片|文字)?(?:责编|責編|编辑|編輯|主编|主編|校对|校對|美编|版式|组版|排版|制图|值班主任|检校|审读|终审|统筹)"
    r"[ 　:：/／].{1,60}$"
)

_AGENCY: Final = (
    "(?:据|據)?(?:本报|本報|本刊|本台|新华社|新華社|中新社|中新网|中央社|法新社|路透社|美联社|合众社|共同社|塔斯社"
    "|[一-鿿]{2,4}(?:日报|晚报|早报|通讯社))"
)
_DAY: Final = (
    r"(?:[\dOoIl|!\[\]丨]{1,2}月)?[\dOoIl|!\[\]丨]{1,2}日|[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
)
_REPORTER: Final = (
    r"(?:[ 　]?[（(《〈][ 　]?(?:本报|本報)?[一-鿿]{0,6}?(?:记者|記者|通讯员|[一-鿿]{2,4})[^（）()。]{0,30}[）)》〉])"
)
_DATELINE: Final = re.compile(
    rf"^(?P<dateline>{_AGENCY}[ 　]?"
    rf"(?:[一-鿿]{{0,10}}?(?:{_DAY})(?:专电|專電|电|電|讯|訊)"
    r"|[一-鿿]{0,8}?(?<!通)(?:讯|訊)(?!员|員)"
    r"|[一-鿿]{0,8}?(?:专电|專電|电|電)(?=[ 　（(]|记者|記者))"
    rf"{_REPORTER}?)"
)

_INNER: Final = r"[^【】〔〕［］\[\]（）()。]"
_REPORTED: Final = re.compile(
    r"(?:[【〔［\[（(][ 　]?(?:"
    rf"(?:本報|本报|本刊|綜合|综合){_INNER}{{0,16}}?(?:訊|讯|報導|报导|報道|报道|電|电)"
    rf"|(?:據|据)?[一-鿿]{{2,8}}?社[一-鿿]{{1,10}}?(?:{_DAY})?(?:專電|专电|電|电|訊|讯)"
    rf"|(?:記者|记者){_INNER}{{2,16}}(?:報導|报导|報道|报道|電|电)"
    rf")|[【〔［\[][ 　]?(?:本報|本报)?(?:記者|记者|特派員|特派员){_INNER}{{2,24}})[ 　]?[】〕］\]）)]"
)
"""Words in brackets that open a report: 【本報訊】, 〔記者某某／某地報導〕, （某社某地4月2日电）."""


@dataclass(frozen=True, slots=True)
class BylineParams:
    """Bounds of a byline and of names, in characters."""

    longest: int = 48
    """Length of a byline, at most."""
    longest_name: int = 4
    """Length of one name, at most; a longer row of characters is looked at as several names."""
    names: range = range(2, 25)
    """Lengths of a line of names."""
    one_of_several: range = range(2, 5)
    """Lengths of each of several names set apart."""


P: Final = BylineParams()
_WRITERS_LINES: Final = (_OFFICES_REPORT, _REPORTS, _SLASHED, _CREDITED, _EMAIL, _ENGLISH)
"""Forms of a line that names the writers and nothing else."""


def is_byline(text: str) -> bool:
    """Whether a line of its own names the writers: □本报记者 甲某, 本报记者 甲某 乙某, 文/甲某 图/乙某, 甲某 报道."""
    line = _with_letters_together(text.strip(" \t　"))
    if not line or len(line) > P.longest or line[-1] in "。；，：":
        return False
    if bracketed := _BRACKETED.match(line):
        return is_byline(bracketed["inner"])
    if marked := _MARK.match(line):
        line = line[marked.end() :]
        if _names_after_mark(line):
            return True
    if not line or dateline_of(line):
        return False
    forms = any(form.match(line) for form in _WRITERS_LINES)
    return forms or _names_with_role(line) or _office_and_name(line) or _names_with_shares(line)


def _names_with_shares(line: str) -> bool:
    """Whether a line is writers, none of them twice, each with the share in the piece: 甲某 报道 乙某 摄影."""
    *names, rest = _SHARED.split(line)
    return not rest and 1 < len(names) == len(set(names)) and all(map(is_names, names))


def may_be_byline(text: str) -> bool:
    """Whether a printed line names the writers, or may: 本报记者甲某某 with a surname that is not known.

    In plain text, where nothing else tells a byline, such a line may as well be a heading: 本报记者站揭牌.
    """
    found = _OFFICE_RUN_ON.match(text.strip(" \t　"))
    return is_byline(text) or (found is not None and not _NO_NAME.search(found[1]) and not _NO_NAMES.search(found[1]))


def _names_with_role(line: str) -> bool:
    """Whether a line is a role with names: 本报记者 甲某 乙某."""
    found = _WITH_ROLE.match(line)
    who = found["who"].strip(" 　:：/／") if found else None
    return who is not None and (not who or is_names(who) or _are_name_long(line, who) or _several_roles(line, who))


def _office_and_name(line: str) -> bool:
    """Whether a line is an office with one name of whatever surname: 本报记者甲某某发自某地, 記者甲某／某地報導."""
    found = _OFFICE_AND_NAME.match(line)
    who = (found["who"] or found["name"]) if found else None
    return who is not None and not _NO_NAME.search(who) and not _NO_NAMES.search(who)


def _with_letters_together(line: str) -> str:
    """The line with an office and a name of three pulled apart closed: 记 者 甲某, 本报记者 甲 某 某."""
    if " " not in line and "　" not in line:
        return line
    closed = _ROLE_APART.sub(lambda found: "".join(found[0].split()), line, count=1)
    return _NAME_APART.sub(lambda found: f"{found['role']} {''.join(found['name'].split())}", closed)


def _names_after_mark(line: str) -> bool:
    """Whether names follow the □, of whatever surnames, perhaps with 文/图: a list's items have such marks too."""
    who = _BOTH.sub("", line).strip(" 　")
    run_together = _RUN_TOGETHER.match(who) and not is_standing(who)
    return is_names(who) or bool((_NAME_LONG.match(who) or run_together) and not _NO_NAME.search(who))


def _are_name_long(line: str, who: str) -> bool:
    """Whether what follows a role is set apart like names, whatever their surnames: 记者 某某 某某某."""
    return line[-len(who) - 1] in " 　" and bool(_NAME_LONG.match(who)) and not _NO_NAME.search(who)


def _several_roles(line: str, who: str) -> bool:
    """Whether what follows a role is further roles, with names or without: 甲某 通讯员 乙某, 甲某 文/图, 本报评论员."""
    rest = re.sub(rf"{_ATTRIBUTED}|[文图圖摄攝][/／]?|[/／]", " ", who).strip(" 　")
    return rest != who and (not rest or is_names(rest) or _are_name_long(line.replace(who, rest), rest))


def is_names(text: str) -> bool:
    """Whether a short line is nothing but Chinese personal names, set apart or run together."""
    line = text.strip(" \t　（）()")
    if len(line) not in P.names or not _NAMES.match(line) or _NO_NAME.search(line) or is_standing(line):
        return False
    if line[-1] in "，,、":
        return False
    return len(line) <= P.longest_name or len(re.split(_GAP, line)) > 1 or reads_as_names(line)


def may_name_writers(text: str) -> bool:
    """Whether a line that stands where bylines do may be one: it has the form of one, or begins or ends with a name.

    Such a line may say where somebody is from, 青山县甲某, or what he is. A few hanzi may be a pen name, and what
    stands in brackets signs a text as often as not; a longer line of hanzi without a name is a heading.
    """
    line = "".join(text.split())
    short = sum("一" <= c <= "鿿" for c in line) <= P.longest_name
    if short or _IN_BRACKETS.fullmatch(line) or _BOTH.search(line) or may_be_byline(line) or is_names(line):
        return True
    if _SHARE.search(line) or re.match(_NAME, line):
        return True
    return not _CLAUSES.search(line) and (_named(line[-3:]) or _named(line[-2:]))


def is_label_long(text: str) -> bool:
    """Whether a line is as short as a name, in no brackets, and no likely name, as a column's label is.

    Two hanzi are a name where the surname is frequent, three where it is any. A line that names an office is no label.
    """
    line = "".join(text.split())
    named = reads_as_names(line) or (len(line) > _SHORT_NAME and is_names(line))
    return len(line) <= P.longest_name and not (named or _IN_BRACKETS.search(line) or may_be_byline(line))


def _named(part: str) -> bool:
    """Whether a few hanzi have the form of a personal name, and hold none of the plainest words."""
    return re.fullmatch(_NAME, part) is not None and _NO_NAME.search(part) is None and _COUNTS.search(part) is None


def is_spaced_name(text: str) -> bool:
    """Whether a line is two hanzi set apart as those of a short name are, of whatever surname: 朝 某."""
    line = text.strip(" \t　")
    return _SPACED_PAIR.fullmatch(line) is not None and not is_standing(line)


def are_several_names(text: str) -> bool:
    """Whether a line holds two names or more, set apart: 甲某 乙某某."""
    return is_names(text) and len(text.split()) > 1 and all(len(t) in P.one_of_several for t in text.split())


def awaits_names(text: str) -> bool:
    """Whether a byline breaks off behind the office, its names to follow on the next line: □某报全媒体记者."""
    return bool(_ROLE_ALONE.match(text.strip(" \t　")))


def is_email(text: str) -> bool:
    return bool(_EMAIL.match(text.strip(" \t　")))


def is_closing_credit(text: str) -> bool:
    """Whether a line of its own in brackets says at the end where a piece comes from: （本报记者综合报道）."""
    return bool(_CLOSING.match(text.strip(" \t　")))


_STAMPED: Final = re.compile("[0-9]{1,2}[:：][0-9]{2}$")
"""The hour at the end of a line that says who wrote in a chat."""


def is_editors_line(text: str) -> bool:
    """Whether a line names those who made the page: 责编：甲某 版式：乙某, （责任编辑：甲某）."""
    line = text.strip(" \t　")
    inner = _IN_BRACKETS.fullmatch(line)
    return bool(_EDITORS.match(inner["inner"] if inner else line)) and _STAMPED.search(line) is None


def dateline_of(text: str) -> str | None:
    """The dateline that a first paragraph opens with: 本报讯（记者 甲某）, 新华社某地4月2日电; None without one."""
    found = _DATELINE.match(text.strip(" \t　"))
    return found["dateline"] if found else None


def opens_report(text: str) -> bool:
    """Whether a paragraph opens as the first of a report: with a dateline, or with its like in brackets."""
    return dateline_of(text) is not None or _REPORTED.match(text.strip(" \t　")) is not None
