"""Newspaper pages with a text layer, printed by Chromium from HTML of our own, and what their articles say."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pikepdf
from playwright.sync_api import sync_playwright

HAIR: Final = 0.3
"""Points between two impressions of one text."""

_STYLE: Final = """
@page { size: 1180px 760px; margin: 0 }
body { margin: 0; width: 1180px; height: 756px; position: relative; font: 13.4px/18px "Noto Serif CJK SC" }
section { position: absolute }
p { margin: 0; text-indent: 2em; text-align: justify; orphans: 1; widows: 1 }
h1, h2, h4, h5 { margin: 0; text-align: center; font-family: "Noto Sans CJK SC"; line-height: 1.3 }
h4, h5 { font-weight: normal }
.text { column-gap: 18px; column-fill: auto }
.byline { text-align: center; text-indent: 0 }
.upright { writing-mode: vertical-rl }
.rule { position: absolute; background: #000; height: 1px }
"""


@dataclass(frozen=True)
class Piece:
    """An article as it is printed: its headline parts, its byline and its paragraphs, each a line of its text."""

    head: tuple[str, ...]
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The article as `export --to text` writes it, white space apart."""
        return "\n".join((*self.head, *self.paragraphs))


FERRY: Final = Piece(
    ("在水务工作现场会上提出", "把最后一里水渠修到田头", "——三个村庄的人谈浇地", "本报记者 白露 任舟"),
    (
        "天刚蒙蒙亮，渠边已经有了锄头碰石头的响声。守闸的老陆把闸板提起一掌宽，水顺着新修的渠底往东走，走得不急，"
        "却一刻不停，先到的是最低的那块秧田。",
        "去年冬天，三个村的人合起来出工，把淤了多年的旧渠清了一遍，又在拐弯的地方砌上石头，免得春天的水把土埂一"
        "口一口咬塌。",
        "账是这样算的：从前一亩地浇一遍要等四天，如今只要一天半，省下来的工夫，够把坡上的红薯也翻一遍了，"
        "秋后的收成也多了，匀出来的几天正好把塌了半边的猪圈垒好，再把院墙补一补，连灶台都换了新砖。",
        "村里的女人们说得更干脆，夜里不用再提着马灯去守水，孩子睡得安稳，大人第二天下地也有力气，这比什么都强得多。",
        "镇上的水管员每个月走一趟，把各段的水量抄下来，贴在祠堂的外墙上，谁家多用了，谁家让了水，一看就明白。",
        "往后的打算也定了，等秋收过去，再往西接两里，让山脚下那片旱地，也能在插秧的时节喝上头一道水。",
    ),
)
LANTERNS: Final = Piece(
    ("给旧街留一盏灯", "温一帆"),
    (
        "巷子里的路灯换了新的，亮是亮了，可是老住户总觉得少了什么，想来想去，是少了那一圈昏黄的光。",
        "修灯的师傅听了，没有说话，第二天带来几个旧灯罩，擦干净了装上去，夜里一开，墙上的影子又回来了。",
        "有人说这是小题大做，可一条街的脾气，往往就藏在这些小处，大处人人看得见，小处要有人肯弯下腰。",
    ),
)
BRIDGE: Final = Piece(
    ("下河湾新桥合龙", "全长三百二十米"),
    (
        "本报青崖九月三日电（记者顾明）昨天上午十点，下河湾新桥最后一段梁板落到桥墩上，两岸的人隔着水面鼓起掌来。",
        "新桥通车以后，从河东到县医院的路程，由四十分钟减到十二分钟，赶集的人也不用再等渡船。",
    ),
)


def _text(piece: Piece) -> str:
    return "".join(f"<p>{p}</p>" for p in piece.paragraphs)


FRONT: Final = f"""
<section style="left:40px;top:40px;width:1100px">
<h4 style="font-size:16px">{FERRY.head[0]}</h4><h1 style="font-size:46px">{FERRY.head[1]}</h1>
<h5 style="font-size:18px">{FERRY.head[2]}</h5><p class="byline" style="margin:4px 0 8px">{FERRY.head[3]}</p>
<div class="text" style="column-count:4;height:109px">{_text(FERRY)}</div></section>
<div class="rule" style="left:40px;top:370px;width:1100px"></div>
<section class="upright" style="left:40px;top:400px;height:330px">
<h2 style="font-size:34px">{LANTERNS.head[0]}</h2></section>
<section style="left:110px;top:400px;width:480px"><p class="byline" style="margin-bottom:8px">{LANTERNS.head[1]}</p>
<div class="text" style="column-count:2;height:91px">{_text(LANTERNS)}</div></section>
<section style="left:640px;top:400px;width:500px"><h2 style="font-size:28px">{BRIDGE.head[0]}</h2>
<h5 style="font-size:16px;margin-bottom:10px">{BRIDGE.head[1]}</h5>
<div class="text" style="column-count:2;height:73px">{_text(BRIDGE)}</div></section>
"""

TAIL_PIECE: Final = Piece((FERRY.head[1], FERRY.head[3]), FERRY.paragraphs)
TAIL: Final = f"""
<section style="left:40px;top:40px;width:760px"><h1 style="font-size:40px;text-align:left">{FERRY.head[1]}</h1>
<p class="byline" style="margin:10px 0">{FERRY.head[3]}</p>
<div class="text" style="column-count:2;column-gap:60px;height:235px">{_text(FERRY)}</div></section>
"""


def printed(*bodies: str) -> list[bytes]:
    """Each HTML body as a PDF of one page; in a thread of its own, since the caller's may run a loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(_printed, bodies).result()


def _printed(bodies: Sequence[str]) -> list[bytes]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        out = []
        for body in bodies:
            page.set_content(f"<meta charset='utf-8'><style>{_STYLE}</style>{body}")
            page.evaluate("document.fonts.ready.then(() => 0)")
            out.append(page.pdf(prefer_css_page_size=True, print_background=True))
        browser.close()
        return out


def again(data: bytes, times: int) -> bytes:
    """The page with everything on it drawn so many times, a hair apart."""

    def change(pdf: pikepdf.Pdf) -> None:
        content = pdf.pages[0].Contents.read_bytes()
        moved = (b"q 1 0 0 1 %.2f 0 cm\n%s\nQ\n" % (n * HAIR, content) for n in range(times))
        pdf.pages[0].Contents = pikepdf.Stream(pdf, b"".join(moved))

    return _changed(data, change)


def turned(data: bytes, degrees: int) -> bytes:
    """The page turned by the PDF, clockwise."""

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Rotate = degrees

    return _changed(data, change)


def cropped(data: bytes) -> bytes:
    """The page as the part of a larger sheet that its crop box shows."""

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        left, low, right, high = (float(v) for v in page.MediaBox)
        page.CropBox = [left, low, right, high]
        page.MediaBox = [left - 60, low - 85, right + 31, high + 20]

    return _changed(data, change)


def _changed(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(out)
    return out.getvalue()


def saved(folder: Path, pages: dict[str, bytes]) -> None:
    """One PDF in a folder of its own for each name: a batch."""
    for name, data in pages.items():
        (folder / name).mkdir(parents=True)
        (folder / name / f"{name}.pdf").write_bytes(data)
