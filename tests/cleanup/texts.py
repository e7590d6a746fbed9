"""Strategies for raw text, edits and ledgers: hanzi of all planes, combining marks, empty lines, spaces, damage."""

from __future__ import annotations

from hypothesis import strategies as st

from cleanup.article import Article, Role, SourceLine
from cleanup.edits.clean_text import Change, CleanText
from cleanup.edits.edit import Edit, Pass
from cleanup.edits.ledger import EMPTY, Ledger, Signature
from cleanup.edits.raw_text import RawText
from layout.geometry import Box
from layout.page import Glyph, Line

ALPHABET = (
    "山水人家春风一二三的了在是说，。、：；！？“”‘’（）《》—… 　aBcé1209-𠮷𡃁𪚥e\u0301か\u3099〇々.,:!?\"'()"
    "版上接下转第\u200d\ufe0f\u200b\u00ad"
)
"""Hanzi outside the BMP, combining marks, the empty joiner and its like, marks of both widths, the words of markers."""

texts = st.text(ALPHABET, max_size=14)
phrases = st.sampled_from(
    [
        "春风吹进山村，",
        "家家户户忙春耕。",
        "增增强强发发展展",
        "推 动 山 乡 发 展",
        "（上接2版）",
        "下转第四版",
        "（上接第",
        "三版）",
        "　　清晨六点",
        "他说：“好！”",
        "王 刚  李 明",
        "长度3",
        ".6米———",
        "Power Po",
        "wer-",
        "于2024年 ，",
        "𠮷野家的e\u0301",
        "👩\u200d🌾与👨\u200d👩\u200d👧的春天",
        "𡃁𡃁𪚥𪚥春春",
        "□本报记者 𠮷𡃁",
        "电话：8880000",
        "",
    ]
)
lines = st.lists(st.one_of(texts, phrases), min_size=1, max_size=8)
SOMEONE = Signature("档案员", "2026-01-05T08:00:00Z")


@st.composite
def raws(draw: st.DrawFn) -> RawText:
    """The raw text of a few lines on one or two pages."""
    told = draw(lines)
    turn = draw(st.integers(0, len(told)))
    return RawText((1 if i < turn else 2, f"l{i}", text) for i, text in enumerate(told))


@st.composite
def edits_on(draw: st.DrawFn, raw: RawText) -> Edit:
    """Any edit of the raw text, over line breaks too, with the empty `after` among the likely ones."""
    start = draw(st.integers(0, len(raw)))
    end = draw(st.integers(start, min(len(raw), start + 9)))
    before = raw.text[start:end]
    after = draw(st.one_of(st.just(""), texts).filter(lambda t: t != before)) if before else draw(texts.filter(bool))
    confidence = draw(st.floats(0, 1))
    return Edit(raw.places(start, end), before, after, draw(st.sampled_from(Pass)), "Made up.", confidence)


@st.composite
def ledgers_on(draw: st.DrawFn, raw: RawText) -> Ledger:
    """A ledger with edits that may touch each other and whose standings are of every kind."""
    ledger = EMPTY
    for edit in draw(st.lists(edits_on(raw), max_size=7)):
        match draw(st.integers(0, 3)):
            case 0:
                ledger = ledger.written(edit, SOMEONE)
            case 1:
                ledger = ledger.recording([edit]).accepted(edit.id, SOMEONE)
            case 2:
                ledger = ledger.recording([edit]).refused(edit.id, SOMEONE)
            case _:
                ledger = ledger.recording([edit])
    return ledger


@st.composite
def raws_with_ledgers(draw: st.DrawFn) -> tuple[RawText, Ledger]:
    raw = draw(raws())
    return raw, draw(ledgers_on(raw))


@st.composite
def stacked(draw: st.DrawFn) -> tuple[RawText, Ledger]:
    """A ledger in which every edit was found on the text that the ones before it had made, as passes find theirs."""
    raw, ledger = draw(raws()), EMPTY
    for _ in range(draw(st.integers(1, 5))):
        text = CleanText(raw, ledger)
        start = draw(st.integers(0, len(text.text)))
        end = draw(st.integers(start, min(len(text.text), start + 6)))
        edit = text.edit(
            Change(start, end, draw(texts), "Made up.", draw(st.floats(0.8, 1))), draw(st.sampled_from(Pass))
        )
        if edit is not None:
            ledger = ledger.recording([edit])
    return raw, ledger


@st.composite
def plain_articles(draw: st.DrawFn) -> Article:
    """An article without boxes whose lines have roles and damage."""
    told = draw(lines)
    roles = draw(st.lists(st.sampled_from(Role), min_size=len(told), max_size=len(told)))
    regions = draw(st.lists(st.sampled_from(["r1", "r2"]), min_size=len(told), max_size=len(told)))
    rows = zip(told, roles, regions, strict=True)
    return Article(
        "a1",
        lines=tuple(SourceLine(1, Line(f"l{i}", text=t), role, region) for i, (t, role, region) in enumerate(rows)),
        as_written=draw(st.booleans()),
    )


@st.composite
def printed_lines(draw: st.DrawFn, at: int) -> Line:
    """A line on a scan: glyphs side by side, some where the one before stands, some set in or wide apart."""
    text, x, y = draw(st.one_of(texts, phrases)), draw(st.sampled_from([0, 0, 0, 80, 240])), 50 * at
    glyphs: list[Glyph] = []
    for char in text:
        if not char.isspace():
            x = max(0, x + draw(st.sampled_from([0, 0, 0, 0, -40, -36, 20])))
            glyphs.append(Glyph(char, Box(x, y, x + 38, y + 40), 0.9))
        x += 40 if ord(char) > 0x2E80 else 20
    begin = min((g.box.x0 for g in glyphs if g.box), default=0)
    return Line(f"l{at}", Box(begin, y, max(x, begin + 1), y + 40).corners, text, tuple(glyphs))


@st.composite
def printed_articles(draw: st.DrawFn) -> Article:
    """An article from a scan, mostly body, over one or two regions."""
    count = draw(st.integers(1, 8))
    turn = draw(st.integers(0, count))
    roles = st.sampled_from([Role.BODY, Role.BODY, Role.BODY, Role.TITLE, Role.SUBHEAD, Role.CAPTION])
    return Article(
        "a1",
        lines=tuple(
            SourceLine(1, draw(printed_lines(i)), draw(roles), "r1" if i < turn else "r2") for i in range(count)
        ),
    )


pages = st.lists(
    st.lists(st.one_of(phrases, phrases, texts), min_size=1, max_size=12).map("\n".join), min_size=1, max_size=3
).map("\f".join)
"""Raw texts of a few pages: some of them make sense, some lines are blank, none is tidy."""


def articles() -> st.SearchStrategy[Article]:
    return st.one_of(plain_articles(), printed_articles())
