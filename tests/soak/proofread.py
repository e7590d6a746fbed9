"""A scripted proofreader: takes pages from what Banmian read to their truth at the desk, in a real browser.

    python -m tests.soak.proofread                          the first pages of the samples
    python -m tests.soak.proofread WORK GOLD [options]      a copy of a workspace of one issue, and its gold file

What is counted are actions: a key, a click, a drag, a choice; what is typed into a field is not. The proofreader knows
the truth from the gold file, looks at the page as the desk serves it, and does everything with mouse and keyboard.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import click
from playwright.sync_api import Page as Tab

from banmian.archive.export import ExportRequest, export
from banmian.archive.formats import ExportOptions, Format
from banmian.evaluate.folding import folded
from banmian.evaluate.records import read_output
from banmian.store.storage import write_whole
from banmian.store.workspace import Workspace
from cleanup.article import issue_to_json
from cleanup.assemble import assemble
from layout.geometry import Box
from layout.page import LostText, Page, page_from_json, page_to_json
from tests.banmian.review.serving import Server, chromium, entered, opened, serving, settled, until
from tests.soak.repairs import (
    Cut,
    Delete,
    Key,
    LineNow,
    Merge,
    Move,
    Passage,
    PieceNow,
    Recast,
    Repair,
    Replacement,
    expected,
    next_repair,
    places,
    read_truth,
    replacements,
    wanted_text,
)
from tests.soak.table import Row

SAMPLES: Final = Path(__file__).parents[2] / "samples"
MARGIN: Final = 3
"""Pixels of the scan by which a person draws a box larger than the print."""
MOST: Final = 400
"""Repairs and suspects of one sort on a page after which the proofreader gives up: something comes back each time."""
READING_SECONDS: Final = 120
"""Seconds that a reader may take for a part that was drawn, while other programs run."""
SHOWN: Final = """(() => {
  const text = document.getElementById('text'), buttons = [...document.querySelectorAll('#candidates button')];
  const offered = buttons.map(b => b.lastChild.textContent.trim());
  return [text.dataset.article, Number(text.dataset.start), Number(text.dataset.end), offered];
})()"""
"""The place in work: its article, where it begins and ends in UTF-16 units, and the candidates."""
SUSPECTS: Final = "document.querySelectorAll('[data-suspect].on').length"
AT: Final = """([article, at]) => {
  const home = document.querySelector(`article[data-article="${CSS.escape(article)}"]`);
  const spans = [...home.querySelectorAll('[data-at]')].filter(s => !s.classList.contains('e'));
  const within = s => Number(s.dataset.at) <= at && at < Number(s.dataset.at) + s.textContent.length;
  const span = spans.filter(within).at(-1);
  if (!span) return null;
  const node = span.firstChild, n = at - Number(span.dataset.at), range = document.createRange();
  range.setStart(node, n);
  range.setEnd(node, Math.min(node.length, n + 1));
  const list = document.getElementById('articles'), seen = list.getBoundingClientRect();
  const found = range.getBoundingClientRect();
  if (found.top < seen.top + 20 || found.bottom > seen.bottom - 20)
    list.scrollTop += (found.top + found.bottom - seen.top - seen.bottom) / 2;
  const b = range.getBoundingClientRect();
  return [b.left, b.top, b.right, b.bottom, getComputedStyle(span).writingMode];
}"""
"""Brings a character of an article into sight; tells its edges in the window, and how the text runs."""
LINE_AT: Final = """(name) => {
  const s = [...document.querySelectorAll(name)].find(s => s.textContent.trim() && !s.classList.contains('e'));
  return s && [s.closest('article').dataset.article, Number(s.dataset.at) + s.textContent.search(/\\S/)];
}"""
"""The article and the offset of the first character of a line that is seen."""
SCAN_AT: Final = """([tile, top]) => {
  const img = document.querySelector('#scan img.leaflet-tile-loaded'), b = img.getBoundingClientRect();
  const [z, x, y] = img.src.match(/(\\d+)\\/(\\d+)\\/(\\d+)\\.jpg/).slice(1).map(Number);
  const side = tile * 2 ** (top - z), scale = b.width / side;
  return [b.left - x * side * scale, b.top - y * side * scale, scale];
}"""
"""Where the scan's origin stands in the window, and the window's pixels a pixel of the scan: by one of its tiles."""


@dataclass
class Diary:
    """What the proofreader did: actions by their sort, and what it met on the way."""

    actions: Counter[str] = field(default_factory=Counter)
    typed: int = 0
    told: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.actions.values())

    def __str__(self) -> str:
        sorts = ", ".join(f"{n} {sort}" for sort, n in self.actions.most_common())
        return f"{self.total} actions ({sorts}) and {self.typed} characters typed"


class Proofreader:
    """Somebody at the desk who knows what is printed: `truth` are the texts of the page, `lost` where text was lost."""

    def __init__(self, tab: Tab, server: Server, truth: Sequence[Passage], lost: Sequence[Box] = ()) -> None:
        self.tab, self.server, self.truth, self.lost = tab, server, truth, list(lost)
        self.diary = Diary()
        self.sort = ""

    # What a person sees

    def view(self) -> dict[str, Any]:
        """The page as the desk shows it."""
        settled(self.tab)
        found: dict[str, Any] = self.tab.evaluate("fetch('/api/page/1/1').then(r => r.json())")
        return found

    def pieces(self) -> list[PieceNow]:
        return pieces_of(self.view())

    # Actions

    def act(self, sort: str | None = None) -> None:
        self.diary.actions[sort or self.sort] += 1

    def key(self, key: str) -> None:
        self.act()
        self.tab.keyboard.press(key)
        settled(self.tab)

    def type(self, text: str) -> None:
        self.diary.typed += len(text)
        if text:
            self.tab.keyboard.insert_text(text)
        else:
            self.key("Delete")

    def choose(self, name: str, value: str) -> None:
        """Chooses in a dialog where it is not chosen yet; `name` is what the field is called in words.json."""
        field_ = self.tab.locator(f"dialog[open] select[aria-label={self.word(name)!r}]")
        if field_.input_value() != value:
            self.act()
            field_.select_option(value)

    def apply(self, name: str) -> None:
        self.act()
        self.tab.locator(f"dialog[open] button[aria-label^={self.word(name)!r}]").first.click()
        settled(self.tab)

    def word(self, key: str) -> str:
        told: str = self.tab.evaluate("(key) => JSON.parse(document.body.dataset.words)[key]", key)
        return told

    def edges(self, article: str, at: int) -> tuple[float, float, float, float, str]:
        found = self.tab.evaluate(AT, [article, at])
        assert found is not None, f"no character at {at} of {article} can be seen"
        return tuple(found)

    def point(self, article: str, at: int, *, shift: bool = False) -> None:
        """Clicks on a character; `at` in UTF-16 units, as the page counts."""
        left, top, right, bottom, _ = self.edges(article, at)
        self.act()
        if shift:
            self.tab.keyboard.down("Shift")
        self.tab.mouse.click((left + right) / 2, (top + bottom) / 2)
        if shift:
            self.tab.keyboard.up("Shift")
        settled(self.tab)

    def select(self, article: str, start: int, end: int) -> None:
        """Drags over characters of one paragraph."""
        self.edges(article, end - 1)
        first, last = self.edges(article, start), self.edges(article, end - 1)
        self.act()
        if last[4] == "vertical-rl":
            self.drag(((first[0] + first[2]) / 2, first[1] + 1), ((last[0] + last[2]) / 2, last[3] - 1))
        else:
            self.drag((first[0] + 1, (first[1] + first[3]) / 2), (last[2] - 1, (last[1] + last[3]) / 2))

    # The work

    def work(self) -> Diary:
        """All of it, in the order in which a person does it: what is lost, the make-up, suspects, the rest, done."""
        for step in (self.look_at_lost, self.draw_missing, self.make_up, self.suspects, self.text, self.finish):
            step()
        return self.diary

    def look_at_lost(self) -> None:
        """Each place that layout told of: text that belongs to an article is read and put in, all else is no text."""
        self.sort = "lost text"
        for _ in range(MOST):
            view = self.view()
            places_ = [p for p in view["lost"] if p["state"] == "open"]
            if not places_:
                return
            self.key("l")
            box = self.tab.evaluate("JSON.parse(document.activeElement.closest('#lost li').dataset.box)")
            wanted = [b for b in self.lost if _meet(b, Box(*box))]
            if not wanted:
                self.key("x")
                continue
            self.key("n")
            self.put_in(wanted[0])
        self.diary.told.append("places of lost text come back")

    def draw_missing(self) -> None:
        """What layout has lost without telling is drawn where it is printed."""
        self.sort = "drawing"
        for box in list(self.lost):
            self.bring_into_sight(box)
            self.key("n")
            until(self.tab, "document.getElementById('scan').classList.contains('drawing')")
            corners = [self.on_scan(x, y) for x, y in ((box.x0, box.y0), (box.x1, box.y1))]
            self.act()
            self.drag(corners[0], corners[1])
            self.put_in(box)

    def bring_into_sight(self, box: Box) -> None:
        """Drags the scan until a box lies within its window, above the words that are shown while one draws."""
        for _ in range(MOST):
            scan = self.tab.locator("#scan").bounding_box()
            assert scan is not None
            (left, top), (right, bottom) = self.on_scan(box.x0, box.y0), self.on_scan(box.x1, box.y1)
            low, high = scan["y"] + 8, scan["y"] + scan["height"] - 60
            near, far = scan["x"] + 8, scan["x"] + scan["width"] - 8
            if low <= top and bottom <= high and near <= left and right <= far:
                return
            by = ((near + far) / 2 - (left + right) / 2, (low + high) / 2 - (top + bottom) / 2)
            reach = [max(-m, min(m, d)) for d, m in zip(by, ((far - near) * 0.45, (high - low) * 0.45), strict=True)]
            middle = ((near + far) / 2, (low + high) / 2)
            self.act()
            self.drag(middle, (middle[0] + reach[0], middle[1] + reach[1]))
            self.tab.wait_for_timeout(300)
        raise AssertionError(f"{box} cannot be brought into sight")

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self.tab.mouse.move(*start)
        self.tab.mouse.down()
        self.tab.mouse.move(*end, steps=6)
        self.tab.mouse.up()
        settled(self.tab)

    def on_scan(self, x: float, y: float) -> tuple[float, float]:
        """Where a pixel of the scan stands in the window."""
        until(self.tab, "document.querySelector('#scan img.leaflet-tile-loaded') !== null")
        size = self.tab.evaluate("fetch('/tiles/1/1.json').then(r => r.json())")
        left, top, scale = self.tab.evaluate(SCAN_AT, [size["tile"], size["levels"] - 1])
        return left + x * scale, top + y * scale

    def put_in(self, box: Box) -> None:
        """The dialog of a drawn part: waits for its reading, chooses its role and place, and puts it in."""
        self.tab.wait_for_selector("dialog[open] textarea")
        reading = self.word("reading_now")
        until(self.tab, f"document.querySelector('dialog [role=status]').textContent !== {reading!r}", READING_SECONDS)
        read = self.tab.input_value("dialog textarea").split("\n")
        self.diary.told.append(f"drawn and read: {' / '.join(read)}")
        lines = tuple(LineNow(1, f"n{n}", "body", "", text) for n, text in enumerate(read))
        found = places([PieceNow("", lines)], self.truth)
        first = next((found[n.key] for n in lines if n.key in found), None)
        assert first is not None, f"what was read is printed nowhere: {read}"
        passage = self.truth[first.passage]
        self.choose("do_role", passage.role)
        self.choose_place(passage.article, (first.passage, first.start))
        self.lost.remove(box)
        self.key("Control+Enter")
        settled(self.tab)

    def choose_place(self, article: int, key: tuple[int, int]) -> None:
        """The offered place that is next to it in print; where none is, the one that was chosen first."""
        pieces = self.pieces()
        found = places(pieces, self.truth)
        beside = self.tab.locator(f"dialog[open] select[aria-label={self.word('draw_where')!r}] option")
        words = {side: self.word(f"where_{side}") for side in ("before", "behind")}
        ranked: list[tuple[bool, int, int, str]] = []
        for option in beside.all():
            for line in (n for p in pieces for n in p.lines if n.key in found):
                place, beginning = found[line.key], line.text.strip()[:20]
                if self.truth[place.passage].article == article and (
                    side := side_of(option.inner_text(), beginning, words)
                ):
                    wrong = ((place.passage, place.start) < key) != (side == "behind")
                    away = abs(place.passage - key[0]), abs(place.start - key[1])
                    ranked.append((wrong, *away, option.get_attribute("value") or ""))
        if ranked:
            self.choose("draw_where", min(ranked)[-1])

    def make_up(self) -> None:
        """Every repair of the make-up, the next one by the page as it then is."""
        self.sort = "make-up"
        for _ in range(MOST):
            pieces = self.pieces()
            repair = next_repair(pieces, self.truth)
            if repair is None:
                return
            self.diary.told.append(told(repair, pieces))
            before = self.diary.total
            self.repair(repair, pieces)
            self.diary.told[-1] += f": {self.diary.total - before} actions"
        self.diary.told.append("repairs of the make-up come back")

    def repair(self, repair: Repair, pieces: Sequence[PieceNow]) -> None:
        """One repair in the dialog of the make-up."""
        if isinstance(repair, Merge):
            self.at_line(pieces, first_line(pieces, repair.piece))
            self.open_make_up()
            self.choose("do_merge", repair.other)
            self.apply("do_merge")
        elif isinstance(repair, Cut):
            self.at_line(pieces, repair.line)
            self.open_make_up()
            self.apply("do_cut")
        else:
            self.about(pieces, repair.lines)
            if isinstance(repair, Recast):
                self.choose("do_role", repair.role)
                self.apply("do_role")
            elif isinstance(repair, Delete):
                self.apply("do_drop")
            elif isinstance(repair, Move):
                self.choose("do_move", repair.to or "")
                self.choose("do_before", "" if repair.before is None else _json(repair.before))
                self.apply("do_move")

    def about(self, pieces: Sequence[PieceNow], lines: Sequence[Key]) -> None:
        """Opens the make-up for some lines: a line, a block or a piece as a whole; else they are marked one by one."""
        home = next(p for p in pieces if any(n.key == lines[0] for n in p.lines))
        block = next(n.block for n in home.lines if n.key == lines[0])
        within = [n.key for n in home.lines if n.block == block and n.page == lines[0][0]]
        scope = {"block": within, "article": [n.key for n in home.lines]}
        name = "line" if len(lines) == 1 else next((s for s, keys in scope.items() if keys == list(lines)), None)
        if name is not None:
            self.at_line(pieces, lines[0])
        else:
            for line in lines:
                self.at_line(pieces, line, shift=True)
        self.open_make_up()
        self.choose("scope", name or "marked")

    def open_make_up(self) -> None:
        self.key("t")
        self.tab.wait_for_selector("dialog[open]")

    def at_line(self, pieces: Sequence[PieceNow], line: Key, *, shift: bool = False) -> None:
        """Clicks on the first character of a line."""
        found = self.tab.evaluate(LINE_AT, f'[data-page="{line[0]}"][data-line="{line[1]}"]')
        assert found, f"line {line} cannot be seen in the text"
        self.point(found[0], found[1], shift=shift)

    def suspects(self) -> None:
        """From suspect to suspect, but for those of page heads: right, a candidate, or typed."""
        self.sort = "suspects"
        seen: set[tuple[Any, ...]] = set()
        for _ in range(MOST):
            settled(self.tab)
            left = self.tab.evaluate(SUSPECTS)
            if left == 0:
                return
            article, start, end, offered = self.tab.evaluate(SHOWN)
            view = next((a for a in self.view()["articles"] if a["id"] == article), None)
            if view is None or (article, start, end, view["text"], left, *offered) in seen:
                self.diary.told.append(f"a suspect comes back: {article} {start}-{end}")
                return
            if any(s["late"] and s["start"] == points(view["text"], start) for s in view["suspects"]):
                return  # page heads come last, and are left as they are
            seen.add((article, start, end, view["text"], left, *offered))
            self.decide(view, points(view["text"], start), points(view["text"], end), offered)
        self.diary.told.append("suspects come back")

    def decide(self, view: Mapping[str, Any], start: int, end: int, offered: Sequence[str]) -> None:
        """The suspect in work: what the truth has in its place is accepted, chosen or typed."""
        text, now = str(view["text"]), str(view["text"])[start:end]
        right = self.right(view["id"], text, start, end)
        proposed = next((s for s in view["suspects"] if (s["start"], s["end"]) == (start, end) and s["edits"]), None)
        edit = view["edits"].get(proposed["edits"][0]) if proposed else None
        if edit is not None and not edit["applied"]:
            self.propose(edit, now, right)
        elif right is None or folded(right) == folded(now) or (start == end and edit and right not in edit["before"]):
            self.key("a")
        elif edit is not None and folded(right) == folded(edit["before"]):
            self.key("r")
        elif folded(right) in [folded(o) for o in offered]:
            self.key(str([folded(o) for o in offered].index(folded(right)) + 1))
        else:
            self.key("e")
            self.type(right)
            self.key("Enter")

    def propose(self, edit: Mapping[str, Any], now: str, right: str | None) -> None:
        """A change that is only proposed."""
        if right is None or folded(right) == folded(now):
            self.key("r")
        elif folded(right) == folded(edit["after"]):
            self.key("a")
        else:
            self.key("e")
            self.type(right)
            self.key("Enter")

    def right(self, piece: str, text: str, start: int, end: int) -> str | None:
        """What is printed in the place of a stretch of clean text; None where the truth does not tell."""
        article = self.article_of(piece)
        if article is not None:
            return expected(text, wanted_text(self.truth, article), start, end)
        pieces = self.pieces()
        found = places(pieces, self.truth)
        lines = next(p for p in pieces if p.id == piece).lines
        beside = dict.fromkeys(found[n.key].passage for n in lines if n.key in found)
        return expected(text, "\n".join(self.truth[n].text for n in beside), start, end) if beside else None

    def article_of(self, piece: str) -> int | None:
        pieces = self.pieces()
        found = places(pieces, self.truth)
        lines = next(p for p in pieces if p.id == piece).lines
        shares = Counter(self.truth[found[n.key].passage].article for n in lines if n.key in found)
        return next((a for a, _ in shares.most_common() if a >= 0), None)

    def text(self) -> None:
        """What no suspect told of: characters are selected and typed over, paragraphs begun and joined."""
        self.sort = "text"
        seen: set[tuple[Any, ...]] = set()
        for _ in range(MOST):
            change = self.next_change()
            if change is None:
                return
            piece, text, (start, end, given) = change
            if change in seen:
                break
            seen.add(change)
            around = f"{text[max(0, start - 6) : start]}[{text[start:end]} → {given}]{text[end : end + 6]}"
            self.diary.told.append(f"text: {around}".replace("\n", "⏎"))
            self.change(piece, text, Replacement(start, end, given))
        self.diary.told.append("changes of the text come back")

    def next_change(self) -> tuple[str, str, Replacement] | None:
        view = self.view()
        pieces = pieces_of(view)
        homes = {self.article_of(p.id): p for p in pieces}
        for article, piece in sorted((a, p) for a, p in homes.items() if a is not None):
            wanted = wanted_text(self.truth, article)
            text = shown_text(view, piece.id)
            for one in replacements(text, wanted):
                return piece.id, text, one
        return None

    def change(self, piece: str, text: str, change: Replacement) -> None:
        start, end = units(text, change.start), units(text, change.end)
        if change.text == "\n":
            self.point(piece, start)
            self.key("b")
        elif change.start == change.end:
            begins = not start or text[change.start - 1] == "\n"
            self.point(piece, start if begins else start - 1)
            self.key("i" if begins else "I")
            self.type(change.text)
            self.key("Enter")
        elif not change.text and not text[change.start : change.end].strip():
            self.point(piece, max(0, start - 1))
            self.key("B")
        else:
            self.select(piece, start, end)
            self.type(change.text)
            self.key("Enter")

    def finish(self) -> None:
        """The page is done."""
        self.sort = "done"
        self.act()
        self.tab.keyboard.press("d")
        self.tab.wait_for_url(f"{self.server.base}/")


def pieces_of(view: Mapping[str, Any]) -> list[PieceNow]:
    """The pieces of a page as its server tells them, with those of their lines of which something is seen."""
    found = []
    for article in view["articles"]:
        runs = [run for row in article["rows"] for run in row["runs"]]
        seen = {(page, line) for text, _, page, line, *_ in runs if text.strip()}
        lines = tuple(
            LineNow(page, name, role, region or "", view["lines"][name]["text"])
            for page, name, role, region in article["lines"]
            if page == view["number"] and (page, name) in seen
        )
        found.append(PieceNow(article["id"], lines, article["text"]))
    return found


def shown_text(view: Mapping[str, Any], piece: str) -> str:
    return str(next(a["text"] for a in view["articles"] if a["id"] == piece))


def first_line(pieces: Sequence[PieceNow], piece: str) -> Key:
    return next(p.lines[0].key for p in pieces if p.id == piece)


def told(repair: Repair, pieces: Sequence[PieceNow]) -> str:
    """A repair in words."""
    texts = {n.key: n.text for p in pieces for n in p.lines}
    lines = getattr(repair, "lines", ())
    about = " / ".join(texts[n] for n in lines[:3]) + (" …" if len(lines) > 3 else "")
    if isinstance(repair, Recast):
        return f"{about} is {repair.role}"
    if isinstance(repair, Cut):
        return f"cut at {texts[repair.line]}"
    return f"{type(repair).__name__.lower()} {about}"


def side_of(offered: str, line: str, words: Mapping[str, str]) -> str | None:
    """The side, `before` or `behind`, of a line on which an offered place lies; None where it is beside another line.

    `words` are what the desk calls a place on either side, with {text} for the line.
    """
    return next((side for side, word in words.items() if offered == word.replace("{text}", line)), None)


def units(text: str, at: int) -> int:
    """A code point's offset as the browser counts, in UTF-16 units."""
    return len(text[:at].encode("utf-16-le")) // 2


def points(text: str, at: int) -> int:
    """The same the other way."""
    return len(text.encode("utf-16-le")[: 2 * at].decode("utf-16-le"))


def _json(key: Key) -> str:
    return f'[{key[0]},"{key[1]}"]'


def _meet(one: Box, other: Box) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1


# Text is lost


def lose(work: Path, blocks: Sequence[str], *, told: bool) -> list[Box]:
    """Takes the lines of some blocks out of the page that was read, as if layout had not found them: where they are.

    `told` says that layout knows that it lost something there. The articles are made anew of what is left.
    """
    path = next(work.glob("issues/*/pages/0001/page.json"))
    page = page_from_json(path.read_bytes(), str(path))
    left, lost = without(page, blocks)
    if told:
        left = replace(left, lost=(*left.lost, *lost))
    write_whole(path, page_to_json(left))
    issue = path.parents[2]
    write_whole(issue / "issue.json", issue_to_json(assemble(issue.name, [left])))
    return [_grown(n.box) for n in lost]


def without(page: Page, blocks: Sequence[str]) -> tuple[Page, tuple[LostText, ...]]:
    """The page without some blocks, and these as layout tells of lost text."""
    gone = [r for r in page.regions if r.id in blocks]
    assert len(gone) == len(blocks), f"there are no such blocks: {sorted(set(blocks) - {r.id for r in gone})}"
    lost = tuple(LostText(r.polygon, sum(len(n.text) for n in r.lines)) for r in gone)
    return replace(page, regions=tuple(r for r in page.regions if r not in gone)), lost


def _grown(box: Box) -> Box:
    """A box as a person draws it, a little around the print."""
    return Box(max(0, box.x0 - MARGIN), max(0, box.y0 - MARGIN), box.x1 + MARGIN, box.y1 + MARGIN)


# What came of it


def differences(work: Path, truth: Sequence[Passage], folder: Path) -> list[str]:
    """What an export of the articles has otherwise than the truth, in words; nothing is the truth."""
    out = folder / "out.jsonl"
    with Workspace.open(work) as workspace:
        export(workspace, ExportRequest(ExportOptions(Format.JSONL), out))
    rows = [r for r in read_output(out) if r.kind == "article"]
    found: list[str] = []
    for article in sorted({p.article for p in truth if p.article >= 0}):
        mine = [p for p in truth if p.article == article]
        title = "".join(folded(p.text) for p in mine if p.role == "title")
        row = next((r for r in rows if folded(r.title) == title), None)
        if row is None:
            found.append(f"no article {title}")
            continue
        body = [folded(p.text) for p in mine if p.role in ("body", "subhead")]
        if [folded(t) for t in row.texts] != body:
            found += [f"{title}: {t} is not printed" for t in row.texts if folded(t) not in body]
            found += [f"{title}: {t} is missing" for t in body if t not in [folded(o) for o in row.texts]]
            found.append(f"{title}: paragraphs differ")
        for role in ("kicker", "subtitle", "byline"):
            want = "".join(folded(p.text) for p in mine if p.role == role)
            have = getattr(row, role)
            if folded("".join(have) if isinstance(have, list) else have) != want:
                found.append(f"{title}: {role} is {have!r}")
        captions = sorted(folded(p.text) for p in mine if p.role == "caption")
        have_ = sorted(folded(c if isinstance(c, str) else c.text) for c in row.captions or [])
        if "".join(have_) != "".join(captions):
            found.append(f"{title}: captions are {have_}")
    titles = {"".join(folded(p.text) for p in truth if p.role == "title" and p.article == a) for a in range(len(truth))}
    return found + [f"article {r.title} is not printed" for r in rows if folded(r.title) not in titles]


@dataclass(frozen=True)
class Proof:
    """What it took to bring a page to its truth, and what its export has otherwise than the truth after that."""

    name: str
    before: int
    diary: Diary
    left: Sequence[str]

    @property
    def row(self) -> Row:
        """The row of a table."""
        found = f"{self.before} differences before, {len(self.left)} after {self.diary}"
        return Row(f"{self.name} proofread at the desk", found, not self.left)


def proofread(work: Path, truth: Sequence[Passage], blocks: Sequence[str] = (), *, told: bool = False) -> Proof:
    """Takes a page of a workspace, which is changed, to its truth, after some of its blocks were lost."""
    boxes = lose(work, blocks, told=told) if blocks else []
    before = differences(work, truth, work.parent)
    with serving(work) as server, chromium() as browser:
        tab = opened(entered(browser, server), server)
        diary = Proofreader(tab, server, truth, boxes).work()
        assert tab.errors == [], tab.errors  # type: ignore[attr-defined]
    return Proof(work.name, len(before), diary, differences(work, truth, work.parent))


def main() -> int:
    """Proofreads the first page of each sample, of which a block of text was lost: the differences left in all."""
    left = 0
    for issue in ("chengzhou-evening", "qingya-daily"):
        with tempfile.TemporaryDirectory(prefix="banmian-proof-") as name:
            work = Path(name) / issue
            sample = SAMPLES / issue
            subprocess.run([sys.executable, "-m", "banmian", "run", sample / "page1.jpg", "-w", work], check=True)
            proof = proofread(work, read_truth(sample / "gold.json"), [longest_block(work)])
            click.echo(str(proof.row))
            left += len(proof.left)
    return left


def longest_block(work: Path) -> str:
    """The block of the page with the most text."""
    path = next(work.glob("issues/*/pages/0001/page.json"))
    page = page_from_json(path.read_bytes(), str(path))
    return max(page.regions, key=lambda r: sum(len(n.text) for n in r.lines)).id


@click.command()
@click.argument("work", type=click.Path(path_type=Path, exists=True), required=False)
@click.argument("gold", type=click.Path(path_type=Path, exists=True), required=False)
@click.option("--lose", "blocks", multiple=True, help="The id of a block that layout loses; may be given again.")
@click.option("--told", is_flag=True, help="Layout tells of what it lost.")
def command(work: Path | None, gold: Path | None, blocks: tuple[str, ...], *, told: bool) -> None:
    """Proofreads a copy of WORK, an issue of one page, by GOLD; without them the first pages of the samples.

    The exit code is 1 where a difference is left.
    """
    if work is None or gold is None:
        sys.exit(bool(main()))
    with tempfile.TemporaryDirectory(prefix="banmian-proof-") as name:
        proof = proofread(shutil.copytree(work, Path(name) / work.name), read_truth(gold), blocks, told=told)
    for line in (*proof.diary.told, *(f"left: {n}" for n in proof.left), proof.row):
        click.echo(str(line))
    sys.exit(bool(proof.left))


if __name__ == "__main__":
    command()
