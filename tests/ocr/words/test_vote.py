"""Words decide between characters that a reader holds possible, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.line.seen import Seen
from ocr.setup.settings import BACKED
from ocr.words.vote import MOST_SURE, backed, speaks_against, with_words


class Told(frozenset[str]):
    """Words, and the characters that they have."""

    def knows(self, char: str) -> bool:
        return any(char in word for word in self)


WORDS = Told({"渡口", "渔船", "修理", "码头", "船坞", "波浪"})


def seen(text: str, **doubts: tuple[float, dict[str, float]]) -> list[Seen]:
    """The characters of a text; of each named one its confidence and its rivals with their probabilities."""
    out = []
    for n, char in enumerate(text):
        confidence, rivals = doubts.get(char, (0.99, {}))
        out.append(Seen(char, 9 * n, 0, 9 * n + 8, 8, confidence, rivals=tuple(rivals.items())))
    return out


def text_of(characters: list[Seen]) -> str:
    return "".join(s.char for s in characters)


def test_a_word_decides_a_doubt() -> None:
    """A rival that makes a word with its sure neighbour takes the place, and the reader's own stays on the record."""
    found = with_words(seen("在波口修理渔船", 波=(0.6, {"渡": 0.1, "披": 0.2})), WORDS)
    assert text_of(found) == "在渡口修理渔船"
    assert found[1].other == "波"
    assert found[1].confidence <= MOST_SURE


def test_two_doubts_decide_each_other() -> None:
    """Where both characters of a word are in doubt, the pair that is a word is taken."""
    doubts = {"鱼": (0.5, {"渔": 0.3}), "般": (0.7, {"船": 0.1})}
    assert text_of(with_words(seen("岸边停着三只鱼般", **doubts), WORDS)) == "岸边停着三只渔船"


@pytest.mark.parametrize(
    ("text", "doubts", "beside"),
    [
        ("在波口修理渔船", {"波": (0.89, {"渡": 0.0002})}, ""),  # the reader is far surer than a word counts
        ("在波口修理渔船", {"波": (0.6, {"渡": 0.1})}, "在波口修理渔船"),  # another reader sees it too
        ("在波，口修理渔船", {"波": (0.6, {"渡": 0.1})}, ""),  # no word goes over a mark
        ("在渔船坞修理", {"渔": (0.5, {"鱼": 0.3})}, ""),  # it is in a word already
        ("波口", {"波": (0.6, {"渡": 0.1}), "口": (0.8, {"日": 0.1})}, ""),  # a line of doubts cannot be read
    ],
)
def test_what_stays(text: str, doubts: dict[str, tuple[float, dict[str, float]]], beside: str) -> None:
    """Words are no reason against what is seen well, twice, or in a line that cannot be read."""
    characters = seen(text, **doubts)
    assert with_words(characters, WORDS, beside) == characters


class Sentences:
    """A language model that knows one phrase, 10,000 times likelier than any other text of its length."""

    identity = "sentences"

    def log_probability(self, text: str, /) -> float:
        return -len(text) + 4.0 * ("修好了木船" in text)


def test_a_sentence_decides_where_no_word_speaks() -> None:
    """The reader's own stays on the record, and what was decided so is a suspect."""
    characters = seen("他们修妤了木船", 妤=(0.7, {"好": 0.1, "奸": 0.1}))
    assert text_of(with_words(characters, WORDS)) == "他们修妤了木船"
    found = with_words(characters, WORDS, model=Sentences())
    assert text_of(found) == "他们修好了木船"
    assert found[3].other == "妤"
    assert found[3].confidence <= MOST_SURE


@pytest.mark.parametrize(
    ("text", "doubt", "beside"),
    [
        ("他们修妤了木船", (0.97, {"好": 0.001}), ""),  # the reader is far surer than a sentence counts
        ("他们修妤了木船", (0.7, {"奸": 0.1}), ""),  # no reader holds the other character possible
        ("他们修妤了木船", (0.7, {"好": 0.1}), "他们修妤了木船"),  # another reader sees it too
        ("他们，妤，木船", (0.7, {"好": 0.1}), ""),  # nothing beside it tells
    ],
)
def test_a_sentence_is_no_reason_against_what_is_seen(
    text: str, doubt: tuple[float, dict[str, float]], beside: str
) -> None:
    characters = seen(text, 妤=doubt)
    assert with_words(characters, WORDS, beside, Sentences()) == characters


def test_what_views_of_a_headline_voted_on_stays() -> None:
    characters = [
        replace(s, other="女", next="好") if s.char == "妤" else s for s in seen("他们修妤了木船", 妤=(0.6, {}))
    ]
    assert text_of(with_words(characters, WORDS, model=Sentences())) == "他们修妤了木船"


@pytest.mark.parametrize(
    ("text", "next_one", "against"),
    [
        ("在波口修理", "渡", True),
        ("在渡口修理", "波", False),  # it is in a word as it is
        ("在波口修理", "破", False),  # neither is a word
        ("在波，口修理", "渡", False),  # no word goes over a mark
        ("在波口修理", "", False),  # nothing else is likely
    ],
)
def test_words_speak_against_a_sure_character(text: str, next_one: str, against: bool) -> None:
    """Where the next likeliest one would make a word, and it makes none."""
    characters = seen(text)
    characters[1] = replace(characters[1], next=next_one)
    assert speaks_against(characters, WORDS) is against


@pytest.mark.parametrize(
    ("confidence", "beside", "text", "other"),
    [
        (0.92, "", "在渡口修理", "波"),  # it takes the place
        (0.97, "", "在波口修理", "渡"),  # it is on the record of a suspect
        (0.97, "在液口修理", "在波口修理", "渡"),  # the other reader sees neither
        (0.92, "在波口修理", "在波口修理", None),  # the other reader sees the same
    ],
)
def test_the_next_likeliest_that_makes_a_word_is_heard(
    confidence: float, beside: str, text: str, other: str | None
) -> None:
    """In place of a character that is nearly sure and makes none, or beside it."""
    characters = seen("在波口修理")
    characters[1] = replace(characters[1], next="渡", confidence=confidence)
    found = with_words(characters, WORDS, beside)
    assert text_of(found) == text
    assert found[1].other == other
    assert found[1].confidence <= MOST_SURE or other is None


def test_no_word_speaks_against_a_character_that_none_could_have() -> None:
    """The words of one script say nothing of the other's characters, nor of rare ones in names."""
    characters = seen("在洧口修理")
    characters[1] = replace(characters[1], next="渡", confidence=0.92)
    assert with_words(characters, WORDS) == characters


@pytest.mark.parametrize(
    ("text", "next_one", "confidence", "sure"),
    [
        ("渡口边", "曰", 0.93, BACKED),  # a word, and none with the next likeliest
        ("渡口边", "日", 0.93, 0.93),  # 渡日 would be one too
        ("波口边", "曰", 0.93, 0.93),  # no word
        ("渡口边", "", 0.93, 0.93),  # nothing is known of the next likeliest
        ("渡口边", "曰", 0.995, 0.995),  # surer than a word makes it
    ],
)
def test_a_word_backs_a_character_in_slight_doubt(text: str, next_one: str, confidence: float, sure: float) -> None:
    """Where the next likeliest one would make none; no other character moves."""
    characters = seen(text)
    characters[1] = replace(characters[1], next=next_one, confidence=confidence)
    found = backed(characters, WORDS | {"渡日"})
    assert found == [characters[0], replace(characters[1], confidence=sure), characters[2]]


@pytest.mark.parametrize(
    ("confidence", "rivals", "sure"),
    [
        (0.85, {"曰": 0.1}, BACKED),
        (0.85, {"曰": 0.1, "日": 0.02}, 0.85),  # 渡日 would be a word too
        (0.85, {"曰": 0.1, "日": 0.002}, BACKED),  # which is not likely enough
        (0.75, {"曰": 0.1}, 0.75),  # too much in doubt
    ],
)
def test_words_weigh_the_likely_rivals_of_a_doubtful_character(
    confidence: float, rivals: dict[str, float], sure: float
) -> None:
    """A word backs it where no likely rival makes one."""
    characters = seen("渡口边", 口=(confidence, rivals))
    assert [s.confidence for s in backed(characters, WORDS | {"渡日"}, 0.8)] == [0.99, sure, 0.99]


@given(st.lists(st.tuples(st.sampled_from("渡波口日渔鱼，3"), st.floats(0.1, 1.0)), max_size=12))
def test_only_a_rival_takes_a_place(drawn: list[tuple[str, float]]) -> None:
    """No character comes or goes, none that is sure changes, and what is put in was held possible."""
    rivals = (("渡", 0.05), ("口", 0.04), ("船", 0.01))
    line = [Seen(c, 0, 0, 1, 1, p, rivals=() if p >= 0.9 else rivals) for c, p in drawn]
    for before, after in zip(line, with_words(line, WORDS), strict=True):
        assert after == before or (before.rivals and after.char in dict(before.rivals) and after.other == before.char)
