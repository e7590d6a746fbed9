"""Where a sentence could go on in several places, a language model's word decides, and the reasons say so."""

from __future__ import annotations

import pytest

from banmian.language import decision_told
from cleanup.articles import regroup
from cleanup.articles.blocks import text_blocks
from cleanup.articles.cues import step
from cleanup.articles.frame import reading_frame
from cleanup.articles.labels import labels_of
from cleanup.articles.relations import Relations
from cleanup.articles.successors import SEAM, P, pair_cues
from cleanup.articles.surroundings import surroundings
from cleanup.articles.weights import weights
from cleanup.lines import paragraphs as line_paragraphs
from layout.page import JoinReason, Page, RegionKind
from ocr.setup.language_model import LanguageModel
from tests.cleanup.articles.pages import Sheet, lines, prose

K = RegionKind


class Told:
    """A model of one phrase, which is far likelier than all else."""

    identity = "told"

    def __init__(self, phrase: str) -> None:
        self.phrase = phrase

    def log_probability(self, text: str, /) -> float:
        return -len(text) + 3.5 * (self.phrase in text)


def two_ways() -> tuple[Sheet, str]:
    """A column whose sentence is open, and two texts on its right, a rule between; with the column's last two hanzi."""
    sheet = Sheet()
    sheet.add(K.HEADLINE, ["老渡口迎来了新客人"], (2, 2), 1, size=2.6)
    rows = lines(prose(94))
    sheet.add(K.BODY, rows, (2, 18), 1)
    upper = lines(f"有人带着{prose(60, 40)}。", indent=0)
    sheet.add(K.BODY, upper, (16, 6), 1)
    low = 6 + 1.5 * len(upper)
    sheet.mark(K.RULE, (16, low + 1.2, 28, low + 1.3))
    sheet.add(K.BODY, lines(f"河水记得{prose(60, 70)}。", indent=0), (16, low + 3), 1)
    return sheet, rows[-1][-2:]


def joined(page: Page) -> list[JoinReason]:
    """The texts that were found to go on the first column."""
    return [d for d in page.decisions if d.joined and d.first == "r2"]


@pytest.mark.parametrize(("phrase", "second"), [(None, "r3"), ("有人", "r3"), ("河水", "r5")])
def test_a_model_tells_where_a_sentence_goes_on(
    phrase: str | None, second: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a word of the model the nearer text follows; with one the text that the sentence reads on in."""
    sheet, end = two_ways()
    model = None if phrase is None else Told(end + phrase)
    monkeypatch.setattr(regroup, "language_model", lambda: model)
    (found,) = joined(regroup.regrouped(sheet.page))
    assert found.second == second


def seam_of(model: LanguageModel | None, *, second: str, indent: int = 0) -> list[str]:
    """What is said of the seam between an open column and a second text."""
    sheet = Sheet()
    sheet.add(K.BODY, lines(prose(94)), (2, 6), 1)
    sheet.add(K.BODY, lines(second, indent=indent), (16, 6), 1)
    frame = reading_frame(sheet.page)
    around = surroundings(frame)
    relations = Relations(frame, text_blocks(frame, around, labels_of(frame, around)), model)
    a, b = relations.stream
    return [name for name in pair_cues(relations, a, b) if name.startswith(SEAM)]


def test_a_seam_is_told_where_a_sentence_is_open_and_hanzi_follow_without_indent() -> None:
    end = lines(prose(94))[-1][-2:]
    text = f"河水记得{prose(60, 70)}。"
    assert seam_of(Told(f"{end}河水"), second=text) == [f"{SEAM} by 3-4"]
    assert seam_of(None, second=text) == []
    assert seam_of(Told(f"{end}河水"), second=text, indent=2) == []
    assert seam_of(Told(f"{end}河水"), second=f"“{text}”") == []


def test_every_class_of_gain_has_a_weight_and_words_in_both_languages(monkeypatch: pytest.MonkeyPatch) -> None:
    """The greater the gain, the more it counts; no cue is told by its bare name."""
    classes = [f"{SEAM} by {step(gain, P.gains)}" for gain in (P.gains[0] - 1, *P.gains)]
    table = weights(vertical=False).successors
    known = [table[name] for name in classes]
    assert known == sorted(known)
    assert known[0] < 0 < known[-1]
    assert not any(name.startswith(SEAM) for name in weights(vertical=True).successors)
    sheet, end = two_ways()
    model = Told(f"{end}河水")
    monkeypatch.setattr(regroup, "language_model", lambda: model)
    (found,) = joined(regroup.regrouped(sheet.page))
    assert "a language model finds that the sentence reads on in the second (gain 3 to 4)" in found.reason
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "语言模型认为后者接上了这句话（增益 3 至 4）" in decision_told(found.reason)


class Sure(Told):
    """A model that has no doubt."""

    def log_probability(self, text: str, /) -> float:
        return -len(text) + 5.0 * (self.phrase in text)


@pytest.mark.parametrize(("voice", "paragraphs"), [(None, 2), (Told, 2), (Sure, 1)])
def test_an_indent_ends_no_sentence_that_surely_goes_on(
    voice: type[Told] | None, paragraphs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Beside a picture a line is set in within a sentence; a model that is not sure joins nothing."""
    sheet = Sheet()
    sheet.add(K.HEADLINE, ["老渡口迎来了新客人"], (2, 2), 1, size=2.6)
    rows = lines(f"{prose(82)}。")
    first = lines(prose(94))
    sheet.add(K.BODY, [*first, *lines(f"河水记得{prose(50, 70)}。"), *rows], (2, 6), 1)
    model = None if voice is None else voice(f"{first[-1][-2:]}河水")
    monkeypatch.setattr(line_paragraphs, "language_model", lambda: model)
    (article,) = sheet.articles
    assert len(article.paragraphs) == paragraphs + 1
