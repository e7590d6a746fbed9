"""Dumps of many kinds drawn by chance, with their truth: what PDF programs, readers and people do to a page's text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from statistics import fmean
from typing import Any, Final

from banmian.evaluate import OutputArticle, Score, score
from cleanup.article import Article
from samples.typeset.faces import SONG
from samples.typeset.grammar import Writer
from samples.typeset.setting import SettingStyle, atoms, take_line
from samples.typeset.story import Para
from tests.cleanup.dumps import articles_of

HALF: Final = SettingStyle(SONG)
BYLINES: Final = (
    "□{paper}全媒体记者 {a} {b}",
    "□本报记者 {a}",
    "本报记者 {a} {b}",
    "■本报记者 {a} 通讯员 {b}",
    "◎记者 {a} 文/图",
    "文/{a} 图/{b}",
    "本报记者 {a}/文 {b}/图",
    "本报通讯员 {a}",
    "□{a} {b}",
    "{a} {b}",
    "记者{a} 通讯员{b}报道",
    "据本报驻{city}记者 {a}",
)
FROM: Final = (
    "（上接{n}版）",
    "（上接第{n}版）",
    "(上接{n}版)",
    "[上接{n}版]",
    "【上接第{h}版】",
    "（上接A{n}版）",
    "（上接第A0{n}版）",
    "（紧接第{h}版）",
    "▲（上接{n}版）",
    "〔上接第{n}版〕",
    "（ 上接 {n} 版 ）",
    "上接{h}版",
    "（上接头版）",
)
TO: Final = ("（下转{n}版）", "（下转第{h}版）", "(下转第{n}版)", "[下转A{n}版]", "（转{n}版）", "（下转第A0{n}版）▼")
FOLIOS: Final = (
    "2024年4月3日 星期三 第{n}版",
    "{n} 要闻 2024.4.3 星期三",
    "{paper} 2024年4月3日 第{n}版 责任编辑：{a} 美编：{b}",
    "第{h}版",
    "A{n}",
)
NOISE: Final = ("~", "|", ".", "' ,", "—", "_", "·", "3", "»", "^ '", "i")
NUMBERS: Final = ("{n}", "- {n} -", "·{n}·", "— {n} —", "第{n}页")
HANZI: Final = "〇一二三四五六七八九"
WIDE: Final = {ord(c): ord(c) + 0xFEE0 for c in "0123456789"}
NARROW: Final = str.maketrans("，：；？！（）", ",:;?!()")


@dataclass(frozen=True, slots=True)
class Wild:
    """What one dump is like; chances are 0 to 1."""

    rng: Random
    writer: Writer
    width: tuple[int, int]
    indent: str
    title_after: bool
    byline_after_title: bool
    doubled: float
    part_doubled: float
    spaced: float
    breaks: float
    gap: int
    """Blank lines at a column's break."""
    feeds: bool
    """Columns are parted by form feeds."""
    tidy: bool
    """No line begins with a mark, and no number is cut."""
    every: bool
    """A blank line behind every line."""
    trail: str
    captions: float
    adverts: float
    noise: float
    numbers: float
    long_dash: bool
    narrow_marks: bool
    wide_digits: bool
    ending: str
    bom: bool
    folio: bool
    signed: float
    apart: bool
    """Subheads stand between blank lines."""
    loud: bool
    """Headlines have their characters twice."""


def wild(seed: int) -> Wild:
    """What the dump of this seed is like: most are damaged in a few ways, each by chance."""
    rng = Random(f"wild {seed}")

    def now_and_then(chance: float) -> bool:
        return rng.random() < chance

    low = rng.choice((8, 10, 12, 14, 17, 22, 30))
    return Wild(
        rng=rng,
        writer=Writer(f"wild {seed}", "hant" if now_and_then(0.15) else "hans"),
        width=(low, rng.choice((low, low, low + 4, low + 12))),
        indent=rng.choice(("  ", "　　", "　　", "    ", "", "\t", "　")),
        title_after=now_and_then(0.4),
        byline_after_title=now_and_then(0.8),
        doubled=rng.choice((0, 0, 0.5, 1)),
        part_doubled=rng.choice((0, 0, 0.5)),
        spaced=rng.choice((0, 0.02, 0.06)),
        breaks=rng.choice((0, 0.04, 0.1)),
        gap=rng.choice((1, 1, 1, 2, 3)),
        feeds=now_and_then(0.08),
        tidy=now_and_then(0.6),
        every=now_and_then(0.08),
        trail=rng.choice(("", "", "", " ", "　", "\t")),
        captions=rng.choice((0, 0, 0.4)),
        adverts=rng.choice((0, 0, 0.3)),
        noise=rng.choice((0, 0, 0, 0.3)),
        numbers=rng.choice((0, 0, 0, 0.3)),
        long_dash=now_and_then(0.5),
        narrow_marks=now_and_then(0.1),
        wide_digits=now_and_then(0.1),
        ending="\r\n" if now_and_then(0.15) else "\n",
        bom=now_and_then(0.1),
        folio=now_and_then(0.3),
        signed=rng.choice((1, 1, 1, 0.6, 0)),
        apart=now_and_then(0.5),
        loud=now_and_then(0.15),
    )


@cache
def wild_dump(seed: int, pieces: int = 5) -> tuple[str, list[dict[str, Any]]]:
    """The raw text and its truth, a record a piece in order."""
    kind = wild(seed)
    records, blocks = [], [_filled(kind, kind.rng.choice(FOLIOS)), ""] if kind.folio else []
    for at in range(pieces):
        record, lines = _piece(kind, first=at == 0, last=at == pieces - 1)
        records.append(record)
        blocks += lines
        if kind.rng.random() < kind.adverts:
            blocks += ["", *kind.writer.advert(), ""]
    if kind.folio and kind.rng.random() < 0.3:
        blocks += ["", f"责编：{kind.writer.name()} 版式：{kind.writer.name()}"]
    return _worn(kind, blocks), records


def _worn(kind: Wild, lines: Sequence[str]) -> str:
    text = "\n".join(n + kind.trail if n and n != "\f" else n for n in lines) + "\n"
    text = text.replace("——", "———") if kind.long_dash else text
    text = text.translate(NARROW) if kind.narrow_marks else text
    text = text.translate(WIDE) if kind.wide_digits else text
    text = text.replace("\n", "\n\n") if kind.every else text
    text = text.replace("\n\f\n", "\n\f")
    return ("\ufeff" if kind.bom else "") + text.replace("\n", kind.ending)


def _filled(kind: Wild, form: str) -> str:
    n = kind.rng.randint(1, 4)
    name = kind.writer.name
    slots = {"n": n, "h": HANZI[n], "a": name(), "b": name(), "paper": "岚江日报", "city": "雁城市"}
    return form.format(**slots)


# --- pieces -----------------------------------------------------------------------------------------------------------


def _piece(kind: Wild, *, first: bool, last: bool) -> tuple[dict[str, Any], list[str]]:
    rng, writer = kind.rng, kind.writer
    paras = writer.body(rng.randint(180, 700), rng.choice((0, 0.2)))
    comes_from = not first and rng.random() < 0.15
    goes_to = not comes_from and not last and rng.random() < 0.1
    body = list(_body(kind, paras))
    record: dict[str, Any] = {"title": None, "subtitle": None, "byline": None, "continued": comes_from}
    record["paragraphs"] = [p.text for p in paras]
    if comes_from:
        marker = _filled(kind, rng.choice(FROM))
        run_in = rng.random() < 0.3 and "上接" in marker and marker[0] in "（([【"
        return record, ["", marker + body[0].lstrip(), *body[1:]] if run_in else ["", marker, *body]
    if goes_to:
        body += [_filled(kind, rng.choice(TO))]
    return record, _with_head(kind, record, body)


def _with_head(kind: Wild, record: dict[str, Any], body: list[str]) -> list[str]:
    rng, writer = kind.rng, kind.writer
    record["title"] = writer.title(6, 22)
    head = _title_lines(kind, record["title"])
    if rng.random() < 0.3:
        record["subtitle"] = writer.pick("subtitles")
        head.append("——" + record["subtitle"].lstrip("—"))
    byline = _byline(kind, record)
    if kind.title_after:
        return ["", *byline, *body, "", *head, ""]
    return ["", *head, "", *byline, *body] if kind.byline_after_title else ["", *byline, *head, "", *body]


def _byline(kind: Wild, record: dict[str, Any]) -> list[str]:
    rng = kind.rng
    if rng.random() >= kind.signed:
        return []
    a, b = kind.writer.name(), kind.writer.name()
    form = rng.choice(BYLINES)
    printed = form.format(a=a, b=b, paper="岚江日报社", city="雁城")
    record["byline"] = a
    if "{a} {b}" in form and "记者" in form and rng.random() < 0.3:
        office, _, names = printed.partition(" ")
        return [office, "", f"        {names}", ""]
    return [rng.choice(("", " ", "    ")) + printed, ""]


def _title_lines(kind: Wild, title: str) -> list[str]:
    rng = kind.rng
    if rng.random() < 0.1:
        title = " ".join(title.replace(" ", ""))
        return [title]
    halves = [title]
    if len(title) > 9 and rng.random() < 0.3:
        cut = title.index(" ") if " " in title else len(title) // 2
        halves = [title[:cut], title[cut:].strip()]
    if kind.loud:
        halves = [_twice(h) for h in halves]
    return halves


def _twice(text: str) -> str:
    return "".join(c if c == " " else c * 2 for c in text)


def _subhead(kind: Wild, text: str) -> list[str]:
    rng = kind.rng
    halves = [text]
    if len(text) > 9 and "，" in text:
        cut = text.index("，") + 1
        halves = [text[:cut], text[cut:]]
    if rng.random() < kind.doubled:
        if rng.random() < kind.part_doubled and len(halves[0]) > 6:
            cut = len(halves[0]) - rng.randint(1, 2)
            halves[0] = _twice(halves[0][:cut]) + halves[0][cut:]
            halves[1:] = [_twice(h) for h in halves[1:]]
        else:
            halves = [_twice(h) for h in halves]
    gap = [""] if kind.apart else []
    return [*gap, *(kind.indent + h for h in halves), *gap]


# --- bodies -----------------------------------------------------------------------------------------------------------


def _body(kind: Wild, paras: Sequence[Para]) -> Iterator[str]:
    width = kind.rng.randint(*kind.width)
    since = 0
    for para in paras:
        if para.subhead:
            yield from _subhead(kind, para.text)
            continue
        lines = _wrapped(kind, para.text, width)
        for at, line in enumerate(lines):
            full = at + 1 < len(lines)
            since += 1
            yield _spread(kind, line) if full else line
            if full and since > 4 and kind.rng.random() < kind.breaks:
                yield from _break(kind)
                since = 0
                if kind.rng.random() < 0.3:
                    width = kind.rng.randint(*kind.width)
                    rest = "".join(n.strip() for n in lines[at + 1 :])
                    yield from _wrapped(kind, rest, width, indent="")
                    break


def _spread(kind: Wild, line: str) -> str:
    if kind.rng.random() >= kind.spaced:
        return line
    bare = line.strip()
    return line[: len(line) - len(line.lstrip())] + " ".join(bare)


def _wrapped(kind: Wild, text: str, width: int, indent: str | None = None) -> list[str]:
    indent = kind.indent if indent is None else indent
    taken: Callable[[str, int], int] = _tidily if kind.tidy else _bluntly
    out, rest, room = [], text, width - 2 * bool(indent)
    while rest:
        end = taken(rest, room)
        out.append((indent if not out else "") + rest[:end])
        rest, room = rest[end:].lstrip(), width
    return out


def _tidily(text: str, room: int) -> int:
    parts = atoms(text[: 3 * room], HALF)
    return sum(len(a.text) for a in parts[: take_line(parts, 0, room)])


def _bluntly(text: str, room: int) -> int:
    width, at = 0.0, 0
    while at < len(text) and width < room:
        width += 0.5 if text[at].isascii() else 1
        at += 1
    return max(1, at)


def _break(kind: Wild) -> Iterator[str]:
    rng = kind.rng
    yield from ["\f"] if kind.feeds else [""] * kind.gap
    if rng.random() < kind.noise:
        yield from (rng.choice(NOISE), "")
    if rng.random() < kind.numbers:
        yield from (_filled(kind, rng.choice(NUMBERS)), "")
    if rng.random() < kind.captions:
        yield from (_caption(kind), "")


def _caption(kind: Wild) -> str:
    if kind.rng.random() < 0.7:
        return kind.writer.pick("captions")
    return f"工人们在赶制{kind.writer.filled('{product}')}。（{kind.writer.name()} 摄）"


# --- what came back ---------------------------------------------------------------------------------------------------


Wear = Callable[[str], str]
"""What a program does to a whole dump."""


def as_drawn(text: str) -> str:
    return text


def without_blank_lines(text: str) -> str:
    """The dump as a program writes it that sets no blank line and no form feed."""
    lines = text.replace("\f", "\n").split("\n")
    return "\n".join(line for line in lines if line.strip("\ufeff\r \t　")) + "\n"


def without_white(text: str) -> str:
    """The dump as a program writes it that keeps no white space around a line either."""
    return "\n".join(line.strip("\r \t　") for line in without_blank_lines(text).split("\n"))


@cache
def articles_found(seed: int, wear: Wear = as_drawn) -> tuple[Article, ...]:
    """The articles that come out of the dump."""
    return tuple(articles_of(wear(wild_dump(seed)[0])))


def scored(seed: int, wear: Wear = as_drawn) -> Score:
    """What became of the dump's pieces, each against the article that is most like it."""
    pieces = [OutputArticle(r["title"], r["byline"], r["paragraphs"]) for r in wild_dump(seed)[1]]
    return score(pieces, [OutputArticle(a.title, a.byline, list(a.paragraphs)) for a in articles_found(seed, wear)])


def shares(scores: Sequence[Score]) -> tuple[float, float, float]:
    """Over all dumps: the share of pieces recovered, the error of the bodies, the share of headlines that are right."""
    return (
        fmean(s.recovered or 0.0 for s in scores),
        fmean(s.body_cer for s in scores),
        fmean(s.title for s in scores if s.title is not None),
    )
