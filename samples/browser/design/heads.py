"""What stands over a text on a full page: headlines, kickers, subtitles, bylines, column labels."""

from __future__ import annotations

from html import escape
from typing import Final

from samples.browser.design.html import TITLE, UPRIGHT, box, element, photograph
from samples.browser.design.paper import FullPaper

_DARK: Final = ("#1c2b3a", "#222", "#7a1018", "#333")


def broken(paper: FullPaper, title: str, lines: int) -> str:
    """The title as HTML on so many lines, parted at a white space where there is one."""
    if lines == 2 and title.count(" ") == 1:
        first, second = title.split(" ")
        if len(first) >= 4 and paper.chance(0.4):
            return f'<span style="font-size:.62em">{escape(first)}</span><br>{escape(second)}'
        return f"{escape(first)}<br>{escape(second)}"
    each = -(-len(title) // max(1, lines))
    return "<br>".join(escape(title[n : n + each].strip()) for n in range(0, len(title), each))


def heading(paper: FullPaper, wide: float, size: float, *, signed: bool = True) -> str:
    """A level headline in `wide` CSS pixels, in type of about `size`, with what belongs to it."""
    rng, em, write, manner = paper.rng, paper.em, paper.write, paper.manner
    dark = paper.chance(manner.reversed)
    wide -= 16 if dark else 0
    per = max(3, int(wide * 0.97 / size))
    lines = 1 if per >= 16 else rng.choice((1, 1, 2)) if per >= 8 else 2
    lines = lines if per >= 6 else 3
    longest = min(26, per * lines)
    title = write.title(max(3, min(longest - 6, longest // 2)), longest)
    lines = max(1, min(lines, -(-len(title) // 3)))
    each = max(len(t) for t in title.split(" ")) if lines == 2 and title.count(" ") == 1 else -(-len(title) // lines)
    size = max(1.0 * em, min(size * 1.25, wide * 0.97 / each))
    align = manner.align if paper.chance(0.8) else rng.choice(("left", "center", "right"))
    alone = lines == 1 and align == "center" and len(title) < 9
    spread = (wide * 0.97 - len(title) * size) / len(title) if alone else 0
    spaced = f";letter-spacing:{min(spread, 0.7 * size):.1f}px" if spread > 2 and paper.chance(0.3) else ""
    colour = "#fff" if dark else manner.accent if paper.chance(0.2) else "#111"
    looks = f"{paper.head_face()};font-size:{size:.1f}px;color:{colour};text-align:{align};white-space:nowrap{spaced}"
    head = element("h1", looks, broken(paper, title, lines), role="title", kind=TITLE)
    small = min(max(1.05 * em, size * rng.uniform(0.42, 0.6)), 2.2 * em)
    kicker = _kicker(paper, small, align, wide) if paper.chance(0.25) else ""
    deck = _deck(paper, small, align, wide) if paper.chance(0.3) else ""
    if kicker and wide > 30 * em and lines == 1 and paper.chance(0.4):
        mark = element("span", f"{manner.small_face};font-size:{em * 1.3:.1f}px;line-height:1.2;max-width:7em;"
                       "border-right:2px solid #111;padding-right:6px", escape(write.said("kickers")[:12]),
                       role="kicker")  # fmt: skip
        whole = box("display:flex;gap:8px;align-items:center", mark, head)
        if size * len(title) > wide - 12 * em:
            whole = kicker + head
        kicker = ""
    else:
        whole = kicker + head
    ground = f"background:{rng.choice(_DARK)};padding:4px 8px;color:#fff" if dark else ""
    sign = byline(paper) if signed and manner.sign_place == "under" else ""
    gap = rng.choice((1, 3, 6))
    return box(f"padding-bottom:{gap}px", box(ground, whole, deck), sign)


def _kicker(paper: FullPaper, size: float, align: str, wide: float) -> str:
    text = paper.write.said("kickers")
    size = max(paper.em, min(size, wide / max(1, len(text))))
    style = f"{paper.manner.small_face};font-size:{size:.1f}px;text-align:{align}"
    return element("h2", style, escape(text), role="kicker", kind=TITLE)


def _deck(paper: FullPaper, size: float, align: str, wide: float) -> str:
    """A subtitle under the whole headline, or at the right of the second half."""
    text = paper.write.said("subtitles")
    dash = text.startswith("—")
    align = "right" if dash and paper.chance(0.6) else align
    size = max(paper.em, min(size, wide / len(text)))
    style = f"{paper.manner.small_face};font-size:{size:.1f}px;text-align:{align};line-height:1.3"
    return element("h3", style, escape(text), role="subtitle", kind=TITLE)


def beside(paper: FullPaper, wide: float, above: str = "") -> tuple[str, str]:
    """A headline of two to four short lines beside its text, in a block under what is `above`; its width is CSS."""
    rng, em, write = paper.rng, paper.em, paper.write
    size = em * rng.uniform(1.4, 2.6)
    lines = rng.choice((2, 2, 3, 4))
    per = max(3, min(7, int(0.42 * wide / size)))
    title = write.title(max(4, (lines - 1) * per), lines * per).replace(" ", "")
    per = -(-len(title) // lines)
    width = min(0.45 * wide, per * size + 1.2 * em)
    size = min(size, (width - 1.2 * em) / per)
    dark = paper.chance(max(0.25, paper.manner.reversed))
    looks = f"{paper.head_face()};font-size:{size:.1f}px;line-height:1.25;white-space:nowrap"
    words = "<br>".join(escape(title[n : n + per]) for n in range(0, len(title), per))
    head = element("h1", looks, words, role="title")
    deck = sign = ""
    if paper.chance(0.3):
        style = f"{paper.manner.small_face};font-size:{1.05 * em:.1f}px;line-height:1.3"
        deck = element("h3", style, escape(write.said("subtitles")), role="subtitle")
    if paper.manner.sign_place == "under":
        sign = byline(paper)
    ground = f"background:{rng.choice(_DARK)};color:#fff;padding:.5em" if dark else "padding:.2em 0"
    place, align = rng.choice(("flex-start", "flex-start", "center")), rng.choice(("left", "left", "center"))
    inner = above + box(ground, head, deck, sign)
    return f"{width + (em if dark else 0):.0f}px", box(
        f"height:100%;display:flex;flex-direction:column;justify-content:{place};text-align:{align}",
        inner,
    )


def upright(paper: FullPaper, high: float) -> tuple[str, str]:
    """A headline that is set from top to bottom: the width as CSS, and the headline."""
    rng, em, write = paper.rng, paper.em, paper.write
    size = min(em * rng.uniform(1.5, 3.0), high / 6)
    most = max(4, int(high * 0.9 / size))
    lines = 2 if most < 7 and paper.chance(0.5) else 1
    title = write.title(3, most * lines)
    size = min(size, high * 0.95 / -(-len(title) // lines))
    dark = paper.chance(max(0.15, paper.manner.reversed))
    colour = "#fff" if dark else "#111"
    looks = f"{paper.head_face()};font-size:{size:.1f}px;color:{colour}"
    parts = [element("h1", looks, broken(paper, title, lines), role="title", kind=UPRIGHT)]
    if paper.chance(0.35):
        small = min(max(em, 0.55 * size), 1.5 * em)
        text = write.said(rng.choice(("subtitles", "kickers")))
        if len(text) * small < high * 0.9:
            role = "subtitle" if text.startswith("—") or paper.chance(0.5) else "kicker"
            style = f"{paper.manner.small_face};font-size:{small:.1f}px"
            parts.insert(0 if role == "kicker" else 1, element("h3", style, escape(text), role=role, kind=UPRIGHT))
    if paper.manner.sign_place == "under" and paper.chance(0.5):
        style = f"{paper.manner.sign_looks};border:none;padding-top:{rng.choice((0, 2, 4))}em"
        parts.append(element("div", style, escape(paper.sign(paper.manner.signs[0])), role="byline", kind=UPRIGHT))
    ground = f"background:{rng.choice(_DARK)};padding:6px 3px" if dark else ""
    rule = rng.choice(("", "", "border-left:1px solid #555;border-right:1px solid #555;padding:0 2px"))
    side = "flex-start" if paper.chance(0.7) else "center"
    return "max-content", box(
        f"height:100%;display:flex;align-items:{side}",
        box(f"display:flex;flex-direction:row-reverse;align-items:flex-start;max-height:100%;{ground};{rule}", *parts),
    )


def byline(paper: FullPaper, **marks: str) -> str:
    """A byline that stands alone: a name, names on two lines, or a name over a post."""
    manner = paper.manner
    text = escape(paper.sign(manner.signs[0 if paper.chance(0.75) else 1]))
    if "　" in text and paper.chance(0.25):
        text = text.replace("　", "<br>", 1)
    elif paper.chance(0.06):
        text += f'<br><span style="font-size:.85em">{escape(paper.write.filled("{office}{job}"))}</span>'
    return element("div", f"font-size:{paper.em:.1f}px;{manner.sign_looks}", text, role="byline", **marks)


def label(paper: FullPaper, *, large: bool = False, words: str | None = None) -> str:
    """The name of a column, in the manner of the paper."""
    rng, em, accent, kind = paper.rng, paper.em, paper.manner.accent, paper.manner.label
    text = escape(words or paper.write.said(rng.choice(("columns", "columns", "labels"))))
    size = em * (rng.choice((1.6, 2.0, 2.6)) if large else rng.choice((1.05, 1.2, 1.4)))
    around = {
        "bar": f"background:{accent};color:#fff;padding:1px 10px",
        "plain": f"border-bottom:2px solid {accent}",
        "box": "border:1px solid #111;padding:1px 8px",
        "rules": "border-top:1px solid #111;border-bottom:1px solid #111;padding:1px 4px",
        "large": f"border-top:4px solid {accent};padding:2px 0",
        "latin": "border-bottom:1px solid #555",
        "dark": "background:#222;color:#fff;padding:2px 6px",
    }[kind]
    width = "display:block" if large and kind != "box" else "display:inline-block"
    latin = ""
    if kind == "latin" and text.isascii() is False and " " not in text:
        latin = f' <span style="font-size:.6em">{rng.choice(paper.write.patterns["latin"])}</span>'
    align = rng.choice(("left", "center")) if large else "left"
    style = f"{width};{paper.manner.head_faces[1]};font-size:{size:.1f}px;line-height:1.25;text-align:{align};{around}"
    return element("div", style, text + latin, other="label")


def columnist(paper: FullPaper) -> str:
    """The head of a column: a portrait beside the column's name, the writer's name and post."""
    em, write = paper.em, paper.write
    size = em * paper.rng.choice((3.0, 4.0, 5.0))
    image = photograph(f"portrait-{paper.rng.randrange(10**6)}", size)
    name = element("div", f"{paper.manner.small_face};font-size:{em * 1.15:.1f}px", write.name(), role="byline")
    post = element("div", f"font-size:{em * 0.85:.1f}px", escape(write.filled("{office}{job}")), role="byline")
    words = [label(paper), name, post if paper.chance(0.6) else ""]
    rule = "border-bottom:1px solid #333;padding-bottom:3px;margin-bottom:3px"
    return box(f"display:flex;gap:8px;align-items:center;{rule}", box(f"flex:0 0 {size:.0f}px", image), box("", *words))
