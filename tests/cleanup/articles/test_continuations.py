"""（上接…） over a headline belongs to the text of that headline."""

from __future__ import annotations

from layout.page import RegionKind
from tests.cleanup.articles.pages import Sheet, lines, prose

K = RegionKind


def test_a_marker_over_a_headline_goes_with_its_text() -> None:
    """The headline under it is none of the subheads of the text above, though it is set as those are."""
    sheet = Sheet()
    sheet.add(K.HEADLINE, ["老渡口添了新木船"], (3, 3), 1, size=2.4)
    body = [line for n in range(3) for line in lines(f"{prose(44, 9 * n)}。")]
    sheet.add(K.BODY, body, (3, 8), 1)
    sheet.add(K.BODY, ["（上接第2版）"], (3.4, 36.5), 2, size=0.9)
    sheet.add(K.SUBHEAD, ["种稻人家有余粮"], (3, 38.2), 2, size=1.3)
    sheet.add(K.BODY, [line for n in range(2) for line in lines(f"{prose(50, 60 + 9 * n)}。")], (3, 41), 2)
    first, second = sheet.articles
    assert (first.title, second.title) == ("老渡口添了新木船", "种稻人家有余粮")
    assert second.continued_from == "2"
    assert not any("上接" in p for a in (first, second) for p in a.paragraphs)
