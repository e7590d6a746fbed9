"""Addresses in lower case have no capital I: an upright stroke is l there."""

from __future__ import annotations

import pytest

from ocr.line.seen import Seen
from ocr.words.addresses import with_addresses


def read(text: str) -> list[Seen]:
    return [Seen(char, 10 * n, 0, 10 * n + 8, 20, 0.95) for n, char in enumerate(text)]


@pytest.mark.parametrize(
    ("seen", "printed"),
    [
        ("电邮Iinxi@Ianriver.cn", "电邮linxi@lanriver.cn"),
        ("网址www.Ianriver.com.cn/", "网址www.lanriver.com.cn/"),
        ("linxi@lanriver.cn", "linxi@lanriver.cn"),
        ("Info@Lanriver.cn", "Info@Lanriver.cn"),  # other capitals
        ("IBM公司与In-One合作", "IBM公司与In-One合作"),  # no address
    ],
)
def test_a_capital_i_in_an_address_is_an_l(seen: str, printed: str) -> None:
    assert "".join(s.char for s in with_addresses(read(seen))) == printed


def test_it_is_a_question_for_the_reviewer() -> None:
    """With what the reader saw; the letters beside it stay as sure as they were."""
    first, second, *_ = with_addresses(read("Iinxi@lanriver.cn"))
    assert (first.char, first.other, first.confidence < 0.8) == ("l", "I", True)
    assert second.confidence == 0.95
