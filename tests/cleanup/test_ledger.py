"""The ledger by example: standings, conflicts, errors, and how an edit found on other edits is written."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cleanup.article import Article, Field, Role, SourceLine, article_from_json, article_to_json
from cleanup.clean import clean
from cleanup.edits.clean_text import Change, CleanText
from cleanup.edits.edit import Edit, EditKind, Pass, Span
from cleanup.edits.ledger import EMPTY, EditDecision, Ledger, Signature, Standing, resolve
from cleanup.edits.raw_text import LedgerMismatch, RawText
from layout.errors import WorkspaceUnusable
from layout.page import Line

SOMEONE = Signature("档案员", "2026-01-05T08:00:00Z")
ANOTHER = Signature("复核员", "2026-01-06T08:00:00Z")


def raw_of(*lines: str) -> RawText:
    return RawText((1, f"l{i}", text) for i, text in enumerate(lines))


def edit_at(raw: RawText, start: int, end: int, after: str, confidence: float = 0.9) -> Edit:
    return Edit(raw.places(start, end), raw.text[start:end], after, Pass.PUNCTUATION, "Made up.", confidence)


def test_below_the_bar_an_edit_is_only_proposed() -> None:
    """A pass's find is accepted from the bar on; below it the text stays as it is."""
    raw = raw_of("山里,有水")
    sure, unsure = edit_at(raw, 2, 3, "，", 0.8), edit_at(raw, 2, 3, "。", 0.79)
    assert CleanText(raw, EMPTY.recording([sure])).text == "山里，有水\n"
    assert CleanText(raw, EMPTY.recording([unsure])).text == "山里,有水\n"
    assert EMPTY.recording([unsure])[unsure.id].standing is Standing.PROPOSED


def test_a_person_brings_a_proposal_into_force() -> None:
    """What waits below the bar applies once a person accepts it, and the record says who and when."""
    raw = raw_of("山里,有水")
    unsure = edit_at(raw, 2, 3, "，", 0.3)
    ledger = EMPTY.recording([unsure]).accepted(unsure.id, SOMEONE)
    assert CleanText(raw, ledger).text == "山里，有水\n"
    assert ledger[unsure.id].decision == EditDecision(Standing.ACCEPTED, SOMEONE)


def test_undo_goes_back_one_decision_at_a_time_and_keeps_the_record() -> None:
    """Accepted by rule, refused, undone: by rule again, and the refusal is still to be read, with who took it back."""
    raw = raw_of("山里,有水")
    one = edit_at(raw, 2, 3, "，")
    ledger = EMPTY.recording([one]).refused(one.id, SOMEONE).undone(one.id, ANOTHER)
    assert ledger[one.id].standing is Standing.BY_RULE
    assert ledger[one.id].decisions[-1] == EditDecision(Standing.REFUSED, SOMEONE, ANOTHER)
    assert ledger.undone(one.id, ANOTHER)[one.id].standing is Standing.PROPOSED


def test_an_undo_of_nothing_changes_nothing() -> None:
    """A proposal about which nothing was decided has nothing to take back."""
    raw = raw_of("山里,有水")
    one = edit_at(raw, 2, 3, "，", 0.1)
    ledger = EMPTY.recording([one])
    assert ledger.undone(one.id, SOMEONE) == ledger


def test_a_find_that_comes_again_is_not_written_twice() -> None:
    """The same place, texts and pass make the same edit, and its decision stands."""
    raw = raw_of("山里,有水")
    ledger = EMPTY.recording([edit_at(raw, 2, 3, "，")])
    refused = ledger.refused(ledger.entries[0].edit.id, SOMEONE)
    assert refused.recording([edit_at(raw, 2, 3, "，", 0.99)]) is refused


def test_a_persons_edit_wins_over_a_rules_and_the_conflict_is_named() -> None:
    """Two edits that overlap by chance: the person's applies, the other is named, and comes back when it is undone."""
    raw = raw_of("山里,有水")
    by_rule, by_person = edit_at(raw, 1, 4, "中，有"), edit_at(raw, 3, 5, "无水", 0.5)
    ledger = EMPTY.recording([by_rule]).written(by_person, SOMEONE)
    text = CleanText(raw, ledger)
    assert text.text == "山里,无水\n"
    assert [(o.winner, o.loser) for o in text.resolution.conflicts] == [(by_person, by_rule)]
    assert CleanText(raw, ledger.undone(by_person.id, SOMEONE)).text == "山中，有水\n"


def test_an_edit_over_earlier_edits_contains_and_names_them() -> None:
    """A dash cut by a line's end: the join is found first, the dash over it, and each can still be refused."""
    raw = raw_of("旧账——", "—《日记》")
    join = CleanText(raw, EMPTY).edit(Change(4, 5, "", "The line goes on.", 0.9), Pass.LINE_JOIN)
    assert join is not None
    ledger = EMPTY.recording([join])
    dash = CleanText(raw, ledger).edit(Change(2, 5, "——", "Too long.", 0.9), Pass.PUNCTUATION)
    assert dash is not None
    assert (dash.before, dash.after, dash.supersedes) == ("——\n—", "——", (join.id,))
    both = ledger.recording([dash])
    assert CleanText(raw, both).text == "旧账——《日记》\n"
    assert CleanText(raw, both).resolution.conflicts == ()
    assert CleanText(raw, both.refused(dash.id, SOMEONE)).text == "旧账———《日记》\n"
    assert CleanText(raw, both.refused(join.id, SOMEONE)).text == "旧账——《日记》\n"


def test_the_rest_of_an_earlier_edits_work_is_kept() -> None:
    """A change within what an earlier edit put there takes the whole of it along."""
    raw = raw_of("山山水水画画")
    single = CleanText(raw, EMPTY).edit(Change(0, 6, "山水画", "Doubled.", 0.9), Pass.DOUBLED_GLYPHS)
    assert single is not None
    ledger = EMPTY.recording([single])
    other = CleanText(raw, ledger).edit(Change(1, 2, "川", "Misread.", 1.0), Pass.PERSON)
    assert other is not None
    assert (other.before, other.after) == ("山山水水画画", "山川画")
    assert CleanText(raw, ledger.written(other, SOMEONE)).text == "山川画\n"


def test_a_change_back_to_the_raw_text_is_no_edit() -> None:
    """What would only bring back the evidence is a refusal of the edit that changed it, and not an edit."""
    raw = raw_of("山里,有水")
    ledger = EMPTY.recording([edit_at(raw, 2, 3, "，")])
    assert CleanText(raw, ledger).edit(Change(2, 3, ",", "Back.", 1.0), Pass.PERSON) is None


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("", "水", EditKind.INSERTION),
        ("水", "", EditKind.DELETION),
        ("水", "氷", EditKind.SUBSTITUTION),
        ("水\n", "水", EditKind.JOIN),
        ("\n", " ", EditKind.JOIN),
        ("水", "水\n", EditKind.SPLIT),
    ],
)
def test_an_edit_tells_its_kind(before: str, after: str, kind: EditKind) -> None:
    """The kind follows from the texts; a line break is what makes a join or a split."""
    assert Edit((Span(1, "l0", 0, len(before)),), before, after, Pass.PERSON, "Made up.", 1.0).kind is kind


def test_an_edit_that_changes_nothing_is_refused() -> None:
    """Before and after are never the same."""
    with pytest.raises(ValueError, match="changes something"):
        Edit((Span(1, "l0", 0, 1),), "水", "水", Pass.PERSON, "Made up.", 1.0)


@pytest.mark.parametrize(
    ("places", "before"),
    [
        ((Span(1, "l0", 0, 1),), "氷"),
        ((Span(1, "l9", 0, 1),), "山"),
        ((Span(1, "l0", 4, 7),), "有水"),
        ((Span(1, "l0", 0, 1), Span(1, "l1", 0, 1)), "山天"),
    ],
)
def test_a_ledger_of_another_text_is_refused_by_name(places: tuple[Span, ...], before: str) -> None:
    """Other characters, a line that is not there, one that is shorter, places with a gap: the error names the edit."""
    stray = Edit(places, before, "", Pass.PERSON, "Made up.", 1.0)
    with pytest.raises(LedgerMismatch, match=stray.id if len(places) == 2 or before == "氷" else "l"):
        resolve(raw_of("山里,有水", "天亮"), EMPTY.recording([stray]))


def test_a_decision_of_a_person_bears_a_signature() -> None:
    """A refusal without a name is no record."""
    with pytest.raises(ValueError, match="person"):
        EditDecision(Standing.REFUSED)


def test_line_ids_are_unique_on_a_page() -> None:
    """Two lines of one name would make places ambiguous."""
    with pytest.raises(ValueError, match="stands twice"):
        RawText([(1, "l0", "山"), (1, "l0", "水")])


def test_an_edit_stands_once_in_a_ledger() -> None:
    """A ledger put together by hand is held to the same rule."""
    entry = EMPTY.recording([edit_at(raw_of("山里,有水"), 2, 3, "，")]).entries[0]
    with pytest.raises(ValueError, match="twice"):
        Ledger((entry, entry))


def article_of(*lines: tuple[str, Role]) -> Article:
    return Article("a1", lines=tuple(SourceLine(1, Line(f"l{i}", text=t), r) for i, (t, r) in enumerate(lines)))


@pytest.mark.parametrize(
    "data", [b'{"schema":2,"article":{}}', b'{"schema":1', b"\xff", b"{}", b'{"schema":1,"article":3}']
)
def test_a_foreign_or_damaged_article_is_refused_with_its_name(data: bytes) -> None:
    """Another version, a torn file, no JSON at all: the error says which file and what to do."""
    with pytest.raises(WorkspaceUnusable, match=r"articles/a1\.json"):
        article_from_json(data, "articles/a1.json")


def test_the_record_has_the_contracts_keys_in_order() -> None:
    """One line of jsonl holds what other programs call for, in the order in which it is documented."""
    article = article_of(
        ("一渠清水", Role.TITLE), ("天亮了。", Role.BODY), ("水从哪里来", Role.SUBHEAD), ("人来了。", Role.BODY)
    )
    record = article.record()
    assert list(record) == [
        "id", "issue", "date", "kind", "pages", "kicker", "title", "subtitle", "byline", "dateline", "paragraphs",
        "subheads", "captions", "continued_from", "continued_to", "regions", "confidence", "edits",
    ]  # fmt: skip
    assert record["paragraphs"] == ["天亮了。", "水从哪里来", "人来了。"]
    assert record["subheads"] == ["水从哪里来"]
    assert article_from_json(article_to_json(article)) == article


def test_an_article_without_lines_is_an_empty_record() -> None:
    """Nothing in, nothing out: no pass stumbles over an article without text."""
    record = clean(Article("a1")).record()
    assert (record["title"], record["paragraphs"], record["edits"]) == (None, [], 0)


def test_a_field_is_a_part_of_a_line_and_the_line_keeps_its_text() -> None:
    """A byline within the body's first line is told apart, and the paragraph reads as it was printed."""
    article = replace(
        article_of(("本报讯（记者 周小山）天亮了。", Role.BODY)),
        fields=(Field(Role.BYLINE, (Span(1, "l0", 7, 10),)), Field(Role.DATELINE, (Span(1, "l0", 0, 3),))),
        continued_from="2",
        continued_to="A3",
    )
    record = article.record()
    assert (record["byline"], record["dateline"]) == ("周小山", "本报讯")
    assert record["paragraphs"] == ["本报讯（记者 周小山）天亮了。"]
    assert (record["continued_from"], record["continued_to"]) == (2, "A3")
