"""Bytes become text, or are refused with their offset and what to do."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanup.plaintext.decode import decode, encoding_of
from layout.errors import InputUnusable
from samples.typeset.story import own_stories

SIMPLIFIED = "\n".join(p.text for s in own_stories() for p in s.paras)
TRADITIONAL = "\n".join(p.text for s in own_stories("hant") for p in s.paras)
FEWEST = 10
"""Characters from which on an encoding without a mark is told surely."""


OTHER_ENDS = "\u2028\u2029\x85\v"
"""Line ends of page layout and word processors."""


def slices(text: str) -> st.SearchStrategy[str]:
    starts = st.integers(0, len(text) - FEWEST)
    return starts.flatmap(lambda at: st.integers(FEWEST, 400).map(lambda n: text[at : at + n]))


@given(st.text())
def test_any_utf_8_comes_back_as_it_was(text: str) -> None:
    """What was written as UTF-8 is read as it was, but for line ends, unless it is full of control characters."""
    plain = text.lstrip("\ufeff").replace("\x00", "")
    if not any(c < " " or c in OTHER_ENDS for c in plain):
        assert decode(plain.encode(), "it") == plain


@given(slices(SIMPLIFIED), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]))
def test_simplified_text_is_read_in_every_encoding_of_its_archives(text: str, encoding: str) -> None:
    """A few lines of simplified Chinese are enough to tell the encoding."""
    assert decode(text.encode(encoding), "it") == text


@given(slices(TRADITIONAL), st.sampled_from(["utf-8", "utf-16", "big5", "gb18030"]))
def test_traditional_text_is_read_in_every_encoding_of_its_archives(text: str, encoding: str) -> None:
    """A few lines of traditional Chinese are enough, Big5 and GB18030 among them."""
    plain = text.encode(encoding, "ignore").decode(encoding)
    assert decode(plain.encode(encoding), "it") == plain


@given(st.lists(st.sampled_from(["晨", "\r\n", "\r", "\n"])))
def test_line_ends_of_any_system_are_one(parts: list[str]) -> None:
    """Windows' and old Macs' line ends become line breaks."""
    joined = "".join(parts)
    assert decode(joined.encode(), "it") == joined.replace("\r\n", "\n").replace("\r", "\n")


@pytest.mark.parametrize("end", OTHER_ENDS)
def test_other_line_ends_count_where_there_are_none_of_a_system(end: str) -> None:
    """Page layout ends lines with U+2028; beside line breaks it is a character within a line."""
    lines = SIMPLIFIED.split("\n")[:3]
    assert decode((end.join(lines) + "\n").encode(), "it") == "\n".join(lines) + "\n"
    mixed = f"{lines[0]}{end}{lines[1]}\n{lines[2]}"
    assert decode(mixed.encode(), "it") == mixed


@pytest.mark.parametrize(
    ("data", "told"),
    [
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "zero byte at offset 8", id="png"),
        pytest.param(b"\xff\xd8\xff\xe0" * 30, "byte 0 is 0xff", id="jpeg-without-zeros"),
        pytest.param("晨报".encode() + b"\xff", "byte 6 is 0xff", id="utf-8-with-a-broken-byte"),
        pytest.param(b"\x01\x02\x03\x04abc", "control characters", id="control-characters"),
    ],
)
def test_what_is_no_text_is_refused_with_its_place(data: bytes, told: str) -> None:
    """The error names the input, says where it is no text, and how to go on."""
    with pytest.raises(InputUnusable, match=told) as caught:
        decode(data, "scans/p1.bin")
    assert "scans/p1.bin" in caught.value.met
    assert "banmian run" in caught.value.remedy


def test_an_empty_file_is_an_empty_text() -> None:
    """Nothing is read as nothing."""
    assert decode(b"", "it") == ""
    assert decode(codecs.BOM_UTF8, "it") == ""


def test_the_encoding_of_a_long_text_is_told_from_its_beginning() -> None:
    """A text longer than the sample is cut behind a line, and read whole."""
    text = SIMPLIFIED * (200_000 // len(SIMPLIFIED))
    assert encoding_of(text.encode("gb18030"), "it") == "gb18030"
    assert decode(text.encode("gb18030"), "it") == text
