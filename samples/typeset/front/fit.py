"""Text written to fit: paragraphs, subheads, bylines and markers until the columns are full."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from samples.typeset.flow import LineSlot
from samples.typeset.front.house import IssueDesk
from samples.typeset.front.pour import PourItem, SlotStream
from samples.typeset.setting import SettingStyle, single_line
from samples.typeset.story import sentences
from samples.typeset.truth import PieceKind

SUBHEAD_SHARE: Final = 0.3
"""Chance of a subhead after each two paragraphs."""
INTERRUPT_SHARE: Final = 0.22
"""Chance that a subhead stands inside a sentence."""


@dataclass(frozen=True, slots=True)
class Text:
    """What text is wanted."""

    subhead: str
    byline_form: str = ""
    byline: str = ""
    jump: int | None = None
    """The page on which the article goes on."""
    first: int = 0
    """The number of the first paragraph."""
    opening: str = ""
    """The first paragraph, its first character already printed as a drop capital."""
    came_from: tuple[int, int] | None = None
    sign: str = ""
    """A mark that opens the text, such as ▲."""
    subheads: float = SUBHEAD_SHARE


@dataclass
class FittedText:
    """What was set."""

    paragraphs: dict[int, str] = field(default_factory=dict)
    subheads: dict[int, str] = field(default_factory=dict)
    interrupting: list[str] = field(default_factory=list)
    byline: bool = False
    goes_to: int | None = None


@dataclass
class _Filler:
    stream: SlotStream
    desk: IssueDesk
    text: Text
    done: FittedText
    number: int
    since: int = 0
    """Paragraphs since the last subhead."""
    held: LineSlot | None = None
    """The last line, kept for a marker."""

    def try_item(self, item: PourItem) -> bool:
        """Set an item whole, or nothing of it."""
        shot = self.stream.snapshot()
        if self.stream.put(item):
            self.stream.restore(shot)
            return False
        return True

    def subhead(self) -> bool:
        """A subhead with at least one line of text below it."""
        text = self.desk.writer.pick("subheads")
        form = self.text.subhead
        if not self.try_item(PourItem(text, PieceKind.SUBHEAD, form=form, paragraph=self.number)):
            return False
        self.done.subheads[self.number] = text
        self.number += 1
        self.since = 0
        return True

    def paragraph(self, text: str, run_in: int = 0, *, broken: bool = False) -> bool:
        item = PourItem(text, PieceKind.BODY, run_in, broken, paragraph=self.number)
        if not self.try_item(item):
            return False
        self.number += 1
        self.since += 1
        return True

    def interrupted(self, text: str) -> bool:
        """A paragraph with a subhead between two lines of one of its sentences."""
        stream = self.stream
        shot, runs = stream.snapshot(), len(stream.runs)
        if stream.put(PourItem(text, paragraph=self.number)) or len(stream.runs) - runs < 5:
            stream.restore(shot)
            return False
        lines = ["".join(s.char for s in r.spots) for r in stream.runs[runs:]]
        stream.restore(shot)
        cut = next((k for k in range(2, len(lines) - 1) if lines[k - 1][-1] not in "。！？”」："), None)
        if cut is None:
            return False
        head = "".join(lines[:cut])
        title = self.desk.writer.pick("subheads")
        parts = (
            PourItem(head, paragraph=self.number, flush=True),
            PourItem(title, PieceKind.SUBHEAD, form=self.text.subhead, paragraph=self.number + 1),
            PourItem(text[len(head) :], paragraph=self.number + 2, broken=True),
        )
        if any(stream.put(p) for p in parts):
            stream.restore(shot)
            return False
        self.done.subheads[self.number + 1] = title
        self.done.interrupting.append(title)
        self.number, self.since = self.number + 3, 1
        return True

    def shortened(self, text: str, run_in: int) -> bool:
        """The paragraph's first sentences, as many as fit, or its first clauses."""
        cut = sentences(text)
        texts = ["".join(cut[:n]) for n in range(len(cut) - 1, 0, -1)]
        texts += [cut[0][:n] + "。" for n in range(len(cut[0]) - 1, 5, -1) if cut[0][n] == "，"]
        return any(self.paragraph(t, run_in) for t in texts if _closed(t))


def put_whole_sentences(stream: SlotStream, item: PourItem) -> bool:
    """Set as many of a text's first sentences as fit; whether any did."""
    cut = sentences(item.text)
    for n in range(len(cut), 0, -1):
        shot = stream.snapshot()
        if not stream.put(replace(item, text="".join(cut[:n]))):
            return True
        stream.restore(shot)
    return False


def _closed(text: str) -> bool:
    """Whether quotation marks and brackets that open also close."""
    return all(text.count(a) == text.count(b) for a, b in ("“”", "「」", "（）", "《》", "『』", "【】"))


def fill(stream: SlotStream, desk: IssueDesk, text: Text) -> FittedText:
    """Set text until the stream is full."""
    work = _Filler(stream, desk, text, FittedText(), text.first)
    if text.jump is not None and len(stream.room) > 12:
        work.held = stream.room[-1]
        work.stream.room = stream.room[:-1]
    _opening(work)
    while not stream.full:
        more = _one_more(work)
        if not more:
            break
    if text.jump is not None and len(stream.room) > 11:
        _jump(work)
    else:
        _finish(work)
    work.done.paragraphs = stream.printed()
    if text.opening and work.text.first in work.done.paragraphs:
        first = work.text.first
        work.done.paragraphs[first] = text.opening[0] + work.done.paragraphs[first]
    _without_loose_subhead(work)
    return work.done


def _without_loose_subhead(work: _Filler) -> None:
    """Take a subhead off that no text follows."""
    last = max(work.done.paragraphs, default=None)
    if last is None or last not in work.done.subheads:
        return
    del work.done.paragraphs[last], work.done.subheads[last]
    kept = [r for r in work.stream.runs if r.paragraph != last]
    low = min((r.v for r in work.stream.runs if r.paragraph == last), default=0.0)
    column = next((r.column for r in work.stream.runs if r.paragraph == last), -1)
    u = next((r.u for r in work.stream.runs if r.paragraph == last), 0.0)
    far = work.stream.body.pitch * 2.5
    work.stream.runs = kept
    work.stream.drawn = [
        d
        for d in work.stream.drawn
        if column < 0 or not (abs(d.rect.v0 - low) < far and d.rect.u0 - 9 <= u <= d.rect.u1)
    ]


def _opening(work: _Filler) -> None:
    text, stream = work.text, work.stream
    if text.came_from is not None:
        marker = work.desk.writer.said("from_markers", n=text.came_from[1])
        own_line = work.desk.chance(0.5)
        if own_line:
            work.try_item(PourItem(marker, PieceKind.MARKER, align="left"))
        rest = work.desk.writer.short_paragraph(80)
        cut = next((n for n in range(8, len(rest)) if rest[n] not in "，。、：；！？”」』》）%.0123456789"), 0)
        if own_line:
            work.paragraph(rest[cut:], broken=True)
        else:
            _run_in_marker(work, marker, rest[cut:])
    elif text.byline and text.byline_form in ("ruled", "plain", "over", "under", "right"):
        align = "right" if text.byline_form == "right" else "left"
        item = PourItem(text.byline, PieceKind.BYLINE, form=text.byline_form, align=align)
        work.done.byline = work.try_item(item)
    elif text.byline and text.byline_form == "head":
        work.done.byline = True
    if text.opening:
        done = work.try_item(PourItem(text.opening[1:], broken=True, paragraph=work.number))
        if not done:
            for end in range(len(text.opening) - 1, 12, -1):
                if text.opening[end] == "，" and work.try_item(
                    PourItem(text.opening[1:end] + "。", broken=True, paragraph=work.number)
                ):
                    break
        work.number += 1
        work.since += 1
    elif not stream.full:
        para = work.desk.writer.paragraph_of(opening=text.came_from is None)
        sign = "" if para.text[0] in "▲△○" else text.sign
        para = replace(para, text=sign + para.text, run_in=para.run_in + len(sign) * bool(para.run_in))
        if not work.paragraph(para.text, para.run_in):
            work.shortened(para.text, para.run_in)


def _run_in_marker(work: _Filler, marker: str, rest: str) -> None:
    """The marker 上接 in the first line, before the rest of the sentence."""
    runs = work.stream.runs
    item = PourItem(marker + rest, PieceKind.BODY, len(marker), broken=True, paragraph=work.number)
    shot = work.stream.snapshot()
    if not work.try_item(item) or len(runs[0].spots) <= len(marker):
        work.stream.restore(shot)
        work.try_item(PourItem(marker, PieceKind.MARKER, align="left"))
        work.paragraph(rest, broken=True)
        return
    first, left = runs[0], len(marker)
    runs[0:1] = [
        replace(first, spots=first.spots[:left], kind=PieceKind.MARKER, paragraph=None),
        replace(first, spots=first.spots[left:]),
    ]
    work.number += 1
    work.since += 1


def _one_more(work: _Filler) -> bool:
    """The next paragraph, perhaps below a subhead; False where no more fits."""
    desk = work.desk
    if work.since >= 2 and desk.chance(work.text.subheads) and len(work.stream.room) - work.stream.next > 9:
        if desk.chance(INTERRUPT_SHARE) and work.stream.marks is None:
            work.interrupted(desk.writer.paragraph_of().text)
        else:
            work.subhead()
    para = desk.writer.paragraph_of()
    if work.paragraph(para.text, para.run_in):
        return True
    if work.text.jump is not None:
        work.stream.put(PourItem(para.text, PieceKind.BODY, para.run_in, paragraph=work.number))
        work.number += 1
        return False
    if work.shortened(para.text, para.run_in):
        return False
    return False


def _finish(work: _Filler) -> None:
    """Short sentences into the lines that are left, then a closing credit or a name."""
    for _ in range(14):
        left = len(work.stream.room) - work.stream.next
        if left <= 0:
            break
        text = work.desk.writer.pick("middles")
        if not work.paragraph(text):
            work.shortened(text, 0)
    _closing(work)


def _closing(work: _Filler) -> None:
    """A name or a credit at the end: on the last line where it has room, or on a line of its own."""
    text, stream = work.text, work.stream
    if text.byline and text.byline_form == "end":
        work.done.byline = _at_line_end(work, text.byline) or work.try_item(
            PourItem(text.byline, PieceKind.BYLINE, align="right")
        )
    elif not work.done.byline and work.desk.chance(0.35) and stream.runs:
        _credit_in_text(work)


def _credit_in_text(work: _Filler) -> None:
    """（本报…电） behind the last sentence, part of its paragraph, where the last line has room."""
    credit = work.desk.writer.said("closings")
    last = work.stream.runs[-1]
    if last.kind is not PieceKind.BODY or not credit.startswith("（"):
        return
    slot = work.stream.room[work.stream.next - 1]
    body = work.stream.body
    end = last.u + (last.spots[-1].at + 1) * body.size
    line = single_line(credit, SettingStyle(body.face))
    if end + line.measure * body.size > slot.u + slot.width:
        return
    shift = last.spots[-1].at + 1.0
    more = tuple(replace(s, at=s.at + shift) for s in line.spots)
    work.stream.runs[-1] = replace(last, spots=last.spots + more)


def _at_line_end(work: _Filler, name: str) -> bool:
    """The name in bold at the right end of the last line."""
    stream = work.stream
    if not stream.runs or not stream.next:
        return False
    last, slot, body = stream.runs[-1], stream.room[stream.next - 1], stream.body
    face = body.run_in or body.face
    line = single_line(name, SettingStyle(face))
    u = slot.u + slot.width - line.measure * body.size
    if u < last.u + (last.spots[-1].at + 2) * body.size:
        return False
    look = replace(last.look, face=face, size=body.size)
    stream.runs.append(replace(last, spots=line.spots, u=u, look=look, kind=PieceKind.BYLINE, paragraph=None))
    return True


def _jump(work: _Filler) -> None:
    """The marker 下转 in the last line of the last column."""
    stream = work.stream
    if not stream.full or work.held is None:
        _finish(work)
        return
    stream.room = [*stream.room, work.held]
    marker = work.desk.writer.said("to_markers", n=work.text.jump)
    face = stream.body.run_in if work.desk.chance(0.5) else None
    if work.try_item(PourItem(marker, PieceKind.MARKER, align="right", face=face)):
        work.done.goes_to = work.text.jump
