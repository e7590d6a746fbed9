"""The second look decides what was in doubt, and takes nothing else away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest

from layout.sheet import Gray
from ocr.line.seen import Seen
from ocr.pictures.crop import LinePicture
from ocr.pictures.views import Views
from ocr.ppocr.second_look import looked_again, vouched
from ocr.setup.settings import DOUBT, OF_NEIGHBOUR, STRIP, SURE
from tests.ocr.prints import set_lines

PRINTED = "刊社●邮发代号"
LOW = 0.6
NEARLY = 0.94
"""Between DOUBT and SURE."""


@dataclass
class Told:
    """A network that sees this text on every strip."""

    text: str
    sure: float = 0.99
    asked: int = 0

    def characters(self, strip: Gray) -> list[Seen]:
        self.asked += 1
        step = strip.shape[1] // (len(self.text) + 1)
        return [Seen(c, n * step, 0, (n + 1) * step, 1, self.sure) for n, c in enumerate(self.text)]


def shown(doubted: str, low: float, first: str = PRINTED, sure: float = 0.98) -> tuple[LinePicture, list[Seen]]:
    printed = set_lines(first)
    (line,) = printed.page.lines
    picture = Views(printed.sheet, line, STRIP).usual
    step = picture.pixels.shape[1] // len(first)
    seen = [Seen(c, n * step, 0, (n + 1) * step, 1, low if c in doubted else sure) for n, c in enumerate(first)]
    return picture, seen


def look(doubted: str, network: Any, first: str = PRINTED, sure: float = 0.98) -> Sequence[Seen]:
    picture, seen = shown(doubted, LOW, first, sure)
    return looked_again(picture, seen, network)


def text(seen: Sequence[Seen]) -> str:
    return "".join(s.char for s in seen)


def test_what_leaves_no_doubt_is_not_looked_at_again() -> None:
    """The better network costs four times as much."""
    network = Told("")
    assert text(look("", network)) == PRINTED
    assert network.asked == 0


@pytest.mark.parametrize(
    ("doubted", "again", "told"),
    [
        ("邮", "社●郎发代", "刊社●郎发代号"),  # in doubt, and seen otherwise
        ("邮", "社●发代", "刊社●发代号"),  # in doubt, and not seen
        ("邮", "社●邮政发代", "刊社●邮政发代号"),  # more beside it
        ("●", "刊社邮发", PRINTED),  # an ornament that is passed over
        ("邮", "●邮发", PRINTED),  # a neighbour at the strip's edge that is not seen
        ("邮", "杜社●邮发代弓", PRINTED),  # scraps at its edges
        ("", "", PRINTED),
    ],
)
def test_the_second_look_decides_what_is_in_doubt(doubted: str, again: str, told: str) -> None:
    """And that alone: its neighbours stay, and so do ornaments, which networks pass over."""
    assert text(look(doubted, Told(again))) == told


@pytest.mark.parametrize(
    ("first", "again", "told"),
    [("有十-一家店", "有十一家店", "有十一家店"), ("说到-家店", "说到家店", "说到-家店")],
)
def test_a_bar_that_is_told_twice_is_one(first: str, again: str, told: str) -> None:
    """一 is no dash because the first look saw a hyphen beside it; a dash that the second look passes over stays."""
    assert text(look("-一", Told(again), first=first)) == told


@pytest.mark.parametrize(("again", "told", "other"), [(0.97, "发", "友"), (0.99, "友", "发")])
def test_of_a_neighbour_that_is_seen_otherwise_the_surer_reading_stays(again: float, told: str, other: str) -> None:
    """It is sure no longer, and the other reading is on its record."""
    found = {s.char: s for s in look("邮", Told("社●邮友代", again), sure=0.98)}
    assert other not in found
    assert DOUBT <= found[told].confidence == OF_NEIGHBOUR < SURE
    assert found[told].other == other


def test_what_both_looks_see_is_as_sure_as_the_surer_of_them() -> None:
    """A cut neighbour loses nothing, and gains what the better network adds."""
    found = {s.char: s for s in look("邮", Told("社●邮发代", 0.995), sure=0.98)}
    assert found["代"].confidence == found["邮"].confidence == 0.995
    assert {s.confidence for s in look("邮", Told("社●邮发代", 0.95), sure=0.98) if s.char in "社代"} == {0.98}


@pytest.mark.parametrize(
    ("again", "sure", "confidence"),
    [("社●邮发代", 0.99, SURE), ("社●郎发代", 0.99, NEARLY), ("社●发代", 0.99, NEARLY), ("社●邮发代", 0.8, NEARLY)],
    ids=["seen too", "seen otherwise", "not seen", "in doubt"],
)
def test_what_is_nearly_sure_is_sure_where_the_better_network_sees_it_too(
    again: str, sure: float, confidence: float
) -> None:
    """Nothing else of the line changes."""
    picture, seen = shown("邮", NEARLY)
    told = vouched(picture, seen, Told(again, sure))
    assert text(told) == PRINTED
    assert [s.confidence for s in told] == [confidence if s.char == "邮" else 0.98 for s in seen]


def test_a_line_with_much_to_vouch_for_is_left_to_the_other_reader() -> None:
    """Neither is one shown again in which a character has another reading already."""
    line = "刊社邮发代号三千里外有人家"
    for doubted, other, asked in (("刊", None, 1), ("刊三家", None, 0), ("刊", "刋", 0)):
        network = Told("刊社邮")
        picture, seen = shown(doubted, NEARLY, line)
        seen[0] = replace(seen[0], other=other)
        vouched(picture, seen, network)
        assert network.asked == asked
