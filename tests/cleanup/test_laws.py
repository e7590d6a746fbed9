"""The laws of clean-up, each as a property."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cleanup.article import Article, article_from_json, article_to_json
from cleanup.clean import PASSES, clean, found, run_pass
from cleanup.edits.clean_text import Change, CleanText
from cleanup.edits.edit import Edit, Pass
from cleanup.edits.ledger import EMPTY, Ledger, Standing, resolve
from cleanup.edits.raw_text import RawText
from tests.cleanup.dumps import issue_of
from tests.cleanup.texts import SOMEONE, articles, pages, raws, raws_with_ledgers, stacked


def replayed(raw: RawText, ledger: Ledger) -> str:
    """The clean text by the plainest means: edits in force are put in from the last to the first."""
    text = raw.text
    for start, end, edit in reversed(resolve(raw, ledger).applied):
        assert text[start:end] == edit.before
        text = text[:start] + edit.after + text[end:]
    return text


@given(raws_with_ledgers())
def test_the_raw_text_is_never_changed(pair: tuple[RawText, Ledger]) -> None:
    """Whatever the ledger holds, the evidence reads as it was recognized."""
    raw, ledger = pair
    before = raw.text
    CleanText(raw, ledger)
    assert raw.text == before


@given(raws())
def test_an_empty_ledger_gives_back_the_raw_text(raw: RawText) -> None:
    """Without edits the clean text is the raw text."""
    assert CleanText(raw, EMPTY).text == raw.text


@given(raws_with_ledgers())
def test_replay_gives_the_clean_text_exactly(pair: tuple[RawText, Ledger]) -> None:
    """Raw text and ledger alone determine the clean text, by a second way of computing it."""
    assert CleanText(*pair).text == replayed(*pair)


@given(raws_with_ledgers(), st.randoms())
def test_the_order_of_the_entries_decides_nothing(pair: tuple[RawText, Ledger], random: st.Random) -> None:
    """A ledger whose entries are shuffled gives the same clean text and names the same conflicts."""
    raw, ledger = pair
    entries = list(ledger.entries)
    random.shuffle(entries)
    one, other = CleanText(raw, ledger), CleanText(raw, Ledger(tuple(entries)))
    assert one.text == other.text
    assert one.resolution == other.resolution


@given(raws_with_ledgers(), st.data())
def test_an_edit_is_refused_alone(pair: tuple[RawText, Ledger], data: st.DataObject) -> None:
    """To refuse an edit takes out that edit, and of the others none."""
    raw, ledger = pair
    assume(ledger.entries)
    one = data.draw(st.sampled_from(ledger.entries)).edit
    before = {edit.id for _, _, edit in resolve(raw, ledger).applied}
    after = {edit.id for _, _, edit in resolve(raw, ledger.refused(one.id, SOMEONE)).applied}
    assert one.id not in after
    assert before - {one.id} <= after


@given(raws_with_ledgers(), st.data())
def test_a_decision_is_undone_alone(pair: tuple[RawText, Ledger], data: st.DataObject) -> None:
    """To undo a decision leaves the text as it was before that decision, and the decision on the record."""
    raw, ledger = pair
    assume(ledger.entries)
    one = data.draw(st.sampled_from(ledger.entries)).edit
    decided = data.draw(st.sampled_from([ledger.refused, ledger.accepted]))(one.id, SOMEONE)
    undone = decided.undone(one.id, SOMEONE)
    assert CleanText(raw, undone).text == CleanText(raw, ledger).text
    assert len(undone[one.id].decisions) == len(ledger[one.id].decisions) + 1


@given(raws_with_ledgers())
def test_edits_in_force_do_not_touch_and_the_others_are_named(pair: tuple[RawText, Ledger]) -> None:
    """Every accepted edit either is in force or is the loser of an overlap with a winner that is accepted too."""
    raw, ledger = pair
    resolution = resolve(raw, ledger)
    ends = [0, *(end for _, end, _ in resolution.applied)]
    assert all(start >= end for (start, _, _), end in zip(resolution.applied, ends, strict=False))
    accepted = {entry.edit.id for entry in ledger if entry.accepted}
    in_force = {edit.id for _, _, edit in resolution.applied}
    losers = {overlap.loser.id for overlap in resolution.overlaps}
    assert in_force | losers == accepted
    assert not in_force & losers
    assert {overlap.winner.id for overlap in resolution.overlaps} <= accepted


@given(raws_with_ledgers())
def test_every_character_comes_from_the_scan_or_from_a_named_edit(pair: tuple[RawText, Ledger]) -> None:
    """Nothing is invented: each clean character is one of the raw text, in its order, or one that an edit put there."""
    raw, ledger = pair
    clean = CleanText(raw, ledger)
    last = -1
    for at, char in enumerate(clean.text):
        origin = clean.origin(at)
        if isinstance(origin, Edit):
            assert char in origin.after
            assert ledger[origin.id].accepted
        else:
            assert raw.text[origin] == char
            assert origin > last
            last = origin


@given(raws_with_ledgers())
def test_the_segments_cover_the_raw_text(pair: tuple[RawText, Ledger]) -> None:
    """No raw character is lost but by an edit: the segments lie end to end, from the first character to the last."""
    raw, ledger = pair
    at = 0
    for segment in CleanText(raw, ledger).segments:
        assert segment.start == at
        assert segment.edit is not None or segment.text == raw.text[segment.start : segment.end]
        at = segment.end
    assert at == len(raw)


@given(raws_with_ledgers(), st.data())
def test_positions_survive_other_edits(pair: tuple[RawText, Ledger], data: st.DataObject) -> None:
    """A raw character that no edit touches is found again in the clean text, wherever it has moved to."""
    raw, ledger = pair
    clean = CleanText(raw, ledger)
    at = data.draw(st.integers(0, len(raw) - 1))
    if all(not start <= at < end for start, end, _ in clean.resolution.applied):
        assert clean.text[clean.clean_offset(at)] == raw.text[at]
        assert clean.raw_offset(clean.clean_offset(at)) == at


@given(stacked())
def test_edits_that_passes_find_one_upon_the_other_never_conflict(pair: tuple[RawText, Ledger]) -> None:
    """An edit made on a text with earlier edits names those that it contains; nothing is left to chance."""
    raw, ledger = pair
    assert CleanText(raw, ledger).resolution.conflicts == ()


@given(stacked(), st.data())
def test_a_change_of_the_clean_text_comes_out_as_it_was_asked_for(
    pair: tuple[RawText, Ledger], data: st.DataObject
) -> None:
    """A change in clean coordinates, carried to the raw text, replaces those clean characters and no others."""
    raw, ledger = pair
    text = CleanText(raw, ledger)
    start = data.draw(st.integers(0, len(text.text)))
    end = data.draw(st.integers(start, len(text.text)))
    after = data.draw(st.text("山水，a ", max_size=4))
    edit = text.edit(Change(start, end, after, "Made up.", 1.0), Pass.PERSON)
    wanted = text.text[:start] + after + text.text[end:]
    if edit is not None and edit.id not in ledger:
        assert CleanText(raw, ledger.written(edit, SOMEONE)).text == wanted


@given(stacked(), st.data())
def test_what_was_superseded_comes_back(pair: tuple[RawText, Ledger], data: st.DataObject) -> None:
    """When the edit above is refused, the text is the one on which it was found."""
    raw, ledger = pair
    above = ledger.entries[-1].edit if ledger.entries else None
    assume(above is not None)
    assert above is not None
    below = Ledger(ledger.entries[:-1])
    assert CleanText(raw, ledger.refused(above.id, SOMEONE)).text == CleanText(raw, below).text


@pytest.mark.parametrize("name", PASSES)
@given(articles())
def test_a_pass_proposes_nothing_on_its_own_output(name: Pass, article: Article) -> None:
    """Once a pass has run, it has nothing more to say."""
    assert found(run_pass(article, name), name) == ()


@given(articles())
def test_clean_proposes_nothing_on_its_own_output(article: Article) -> None:
    """An article that was cleaned is clean: the same passes, run again, leave its ledger as it is."""
    once = clean(article)
    assert clean(once).ledger == once.ledger


@given(articles())
def test_passes_never_conflict(article: Article) -> None:
    """Whatever the passes find, their accepted edits lie beside or in each other, and replay gives the text."""
    cleaned = clean(article)
    assert cleaned.clean.resolution.conflicts == ()
    assert cleaned.clean.text == replayed(cleaned.raw, cleaned.ledger)


@given(articles(), st.data())
def test_a_refused_find_stays_refused(article: Article, data: st.DataObject) -> None:
    """A pass that finds a refused edit again does not bring it back."""
    cleaned = clean(article)
    assume(cleaned.ledger.entries)
    one = data.draw(st.sampled_from(cleaned.ledger.entries)).edit.id
    again = clean(cleaned.with_ledger(cleaned.ledger.refused(one, SOMEONE)))
    assert again.ledger[one].standing is Standing.REFUSED


@given(articles())
def test_an_article_is_written_and_read_without_loss(article: Article) -> None:
    """JSON there and back is the same article: lines, roles, ledger, decisions."""
    cleaned = clean(article)
    for entry in cleaned.ledger.entries[:2]:
        cleaned = cleaned.with_ledger(cleaned.ledger.refused(entry.edit.id, SOMEONE).undone(entry.edit.id, SOMEONE))
    again = article_from_json(article_to_json(cleaned))
    assert again == cleaned
    assert again.record() == cleaned.record()


@given(pages)
def test_every_line_of_a_text_is_in_one_article_and_replay_gives_all_of_them(text: str) -> None:
    """From a raw text to its articles no line is lost or doubled, and each article is its raw lines and its ledger."""
    issue = issue_of(text)
    told = [s.line.text for article in issue.articles for s in article.lines]
    blank = " \t　\u00a0\u2002\u2003\u2009\ufeff\r\v"
    assert sorted(told) == sorted(n for page in text.split("\f") for n in page.split("\n") if n.strip(blank))
    for article in issue.articles:
        assert article.clean.text == replayed(article.raw, article.ledger)
        assert clean(article).ledger == article.ledger


@given(pages)
def test_no_character_of_an_article_is_invented(text: str) -> None:
    """Each clean character is one of the raw lines, or stands in the edit that put it there, which says why."""
    for article in issue_of(text).articles:
        for at, char in enumerate(article.clean.text):
            origin = article.clean.origin(at)
            if isinstance(origin, Edit):
                assert char in origin.after
                assert origin.reason
            else:
                assert article.raw.text[origin] == char
