"""The vote of the dictionary: of the hanzi that a reader holds possible, those that make words with what is beside."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product, takewhile
from typing import Final

from layout.page import Glyph
from ocr.characters.script import is_hanzi
from ocr.line.collate import collated
from ocr.line.seen import Seen
from ocr.setup.language_model import LanguageModel
from ocr.setup.settings import BACKED, DOUBT
from ocr.words.dictionary import KnownWords, Vocabulary

WORD: Final = 3.0
"""Log odds that a word speaks with. On drawn lines of 7.5 to 10.5 px type 2.5 to 4 mend the same characters; from 4 on
words begin to outvote characters that are seen well."""
LONGEST: Final = 3
"""Number of characters of a word, at most: longer ones are phrases and names, and mostly made of shorter words."""
LEGIBLE: Final = 0.5
"""Share of a line's characters, at least, that leave no doubt: of a line that cannot be read, words make sentences that
nobody printed."""
MOST_SURE: Final = 0.75
"""Confidence, at most, of a character that a word decided: below what a reviewer looks at."""

LIKELY: Final = 0.01
"""Probability of another character, at least, that a word is asked about."""

SENTENCE: Final = 0.5
"""Part of the log odds that counts of what a language model says of the hanzi around a character."""
SENTENCE_GAIN: Final = 3.0
"""Base-10 logarithm of the factor by which a sentence must be likelier with another character to be heard at all."""
SENTENCE_ODDS: Final = 1.0
"""Base-10 logarithm of the odds for another character, all told, from which it is taken. On two pages of 10-pixel type
it changed 13 characters, and mended all 8 of them that are known; with all of the log odds counted some are broken."""
AROUND: Final = 5
"""Number of hanzi on either side that a language model looks at; a trigram looks no further than two words."""

Options = Sequence[tuple[str, float]]
"""The characters possible at a place with the logarithms of their probabilities, the reader's own first."""


def with_words(
    seen: Sequence[Seen], words: Vocabulary, beside: str = "", model: LanguageModel | None = None
) -> list[Seen]:
    """The characters of a line, those in doubt as they make words, with the reader's own choice on their record.

    One that stays though the next likeliest makes a word, and it makes none, is a suspect: 收人 for 收入.

    `beside` is what another reader saw of the line: a character that it sees too is in no doubt, and neither is one
    that views of a headline have voted on. Nothing is said against a character that is nearly sure and that no word
    could have: a rare one, or one of the other script. A language model, where there is one, then says which of the
    characters make a sentence.
    """
    out = list(seen)
    settled = not any(s.rivals or s.next for s in seen)
    if settled or sum(not s.rivals for s in seen) < LEGIBLE * len(seen):
        return out
    agreed = _agreed(seen, beside)
    options = [_options(s, words, settled=agreed[at]) for at, s in enumerate(seen)]
    for start, end in _runs_of_hanzi(seen):
        own = options[start:end]
        if all(len(o) == 1 for o in own):
            continue
        for at, char in enumerate(_likeliest(own, words), start=start):
            if char != seen[at].char:
                out[at] = replace(seen[at], char=char, confidence=_sure(options[at], char), other=seen[at].char)
            elif len(options[at]) > 1 and _fits_better(seen, at, words):
                out[at] = replace(seen[at], confidence=min(MOST_SURE, seen[at].confidence), other=seen[at].next)
    return out if model is None else _with_sentences(seen, out, agreed, model)


def _with_sentences(
    seen: Sequence[Seen], chosen: Sequence[Seen], agreed: Sequence[bool], model: LanguageModel
) -> list[Seen]:
    """The characters chosen by words; where a sentence is far likelier with another possible one, that is taken."""
    out = list(chosen)
    for at, one in enumerate(seen):
        voted = one.other is not None and not one.rivals
        if agreed[at] or voted or not is_hanzi(out[at].char):
            continue
        around = _hanzi_around([s.char for s in out], at)
        if any(around) and (better := _likelier(one, out[at].char, around, model)) is not None:
            out[at] = replace(out[at], char=better, confidence=MOST_SURE, other=out[at].char)
    return out


def _likelier(one: Seen, own: str, around: tuple[str, str], model: LanguageModel) -> str | None:
    """Another hanzi that the reader held possible and that makes the sentence far likelier; None without one."""
    possible = {c: p for c, p in ((one.next, 1 - one.confidence), *one.rivals, (one.char, one.confidence)) if c}
    others = [c for c in possible if c != own and is_hanzi(c)]
    if not others:
        return None
    before, behind = around
    as_is, sure = model.log_probability(before + own + behind), _log(possible.get(own, one.confidence))
    best, most = None, SENTENCE_ODDS
    for char in others:
        gain = model.log_probability(before + char + behind) - as_is
        odds = SENTENCE * gain + (_log(possible[char]) - sure) / math.log(10)
        if gain >= SENTENCE_GAIN and odds > most:
            best, most = char, odds
    return best


def _hanzi_around(chars: Sequence[str], at: int) -> tuple[str, str]:
    """The runs of hanzi right before and behind a place, no longer than AROUND."""
    before = "".join(takewhile(is_hanzi, reversed(chars[max(0, at - AROUND) : at])))[::-1]
    return before, "".join(takewhile(is_hanzi, chars[at + 1 : at + 1 + AROUND]))


def speaks_against(seen: Sequence[Seen], words: KnownWords) -> bool:
    """Whether a character that makes no word with those beside it would make one if it were the next likeliest.

    A reader may be sure and wrong: 币生 for 师生.
    """
    return any(s.next and _fits_better(seen, at, words) for at, s in enumerate(seen))


def backed(seen: Sequence[Seen], words: KnownWords, least: float = DOUBT) -> list[Seen]:
    """The characters; one in slight doubt that makes a word, where no other likely one would, is BACKED sure.

    Readers doubt the same everyday characters again and again, 入 beside 人, 党, 治: 深入 and 政治 are words. A
    character below `least` stays in doubt.
    """

    def is_backed(at: int) -> bool:
        one = seen[at]
        others = [c for c, p in one.rivals if p >= LIKELY] or [one.next]
        told = one.confidence >= DOUBT or all(map(is_hanzi, others))  # words tell nothing of bars and marks
        in_word = told and all(others) and _is_in_word(seen, at, one.char, words)
        return in_word and not any(_is_in_word(seen, at, c, words) for c in others)

    return [
        replace(s, confidence=BACKED) if least <= s.confidence < BACKED and is_backed(n) else s
        for n, s in enumerate(seen)
    ]


def _fits_better(seen: Sequence[Seen], at: int, words: KnownWords) -> bool:
    return _is_in_word(seen, at, seen[at].next, words) and not _is_in_word(seen, at, seen[at].char, words)


def _is_in_word(seen: Sequence[Seen], at: int, char: str, words: KnownWords) -> bool:
    """Whether a hanzi at this place makes a word with those beside it."""
    around = [s.char for s in seen[max(0, at - LONGEST + 1) : at + LONGEST]]
    place = min(at, LONGEST - 1)
    text = "".join((*around[:place], char, *around[place + 1 :]))
    spans = ((a, b) for a in range(place + 1) for b in range(max(a + 2, place + 1), a + LONGEST + 1))
    return is_hanzi(char) and any(text[a:b] in words for a, b in spans if b <= len(text))


def _agreed(seen: Sequence[Seen], beside: str) -> list[bool]:
    """For each character whether the other reader sees it too."""
    glyphs = ([Glyph(s.char, None, s.confidence) for s in seen], [Glyph(c, None, 1.0) for c in beside])
    return [place.agrees for place in collated(*glyphs)]


def _options(seen: Seen, words: Vocabulary, *, settled: bool) -> Options:
    own = (seen.char, _log(seen.confidence))
    if settled or not (seen.rivals or (seen.other is None and words.knows(seen.char))):
        return [own]
    rivals = seen.rivals or ((seen.next, 1 - seen.confidence),)
    return [own, *((c, _log(p)) for c, p in rivals if is_hanzi(c) and c != seen.char)]


def _log(probability: float) -> float:
    return math.log(max(probability, 1e-6))


def _runs_of_hanzi(seen: Sequence[Seen]) -> Iterator[tuple[int, int]]:
    """Where hanzi follow each other: words do not go over marks and figures."""
    start = 0
    for at in range(len(seen) + 1):
        if at == len(seen) or not is_hanzi(seen[at].char):
            if at - start > 1:
                yield start, at
            start = at + 1


def _likeliest(options: Sequence[Options], words: KnownWords) -> str:
    """The likeliest text of a run: each character as likely as the reader has it, each word worth WORD.

    The best text up to each place is found from the best ones before it (dynamic programming); of equal ones the
    reader's own stays.
    """
    best = [(0.0, "")]
    for end in range(1, len(options) + 1):
        found = [_with(best[end - 1], (o,), 0.0) for o in options[end - 1]]
        for start in range(max(0, end - LONGEST), end - 1):
            known = (w for w in product(*options[start:end]) if "".join(c for c, _ in w) in words)
            found += [_with(best[start], w, WORD) for w in known]
        best.append(max(found, key=lambda f: f[0]))
    return best[-1][1]


def _with(before: tuple[float, str], chosen: Sequence[tuple[str, float]], reward: float) -> tuple[float, str]:
    return before[0] + sum(p for _, p in chosen) + reward, before[1] + "".join(c for c, _ in chosen)


def _sure(options: Options, char: str) -> float:
    """How sure a character is that a word speaks for, beside all others."""
    odds = {c: math.exp(p + WORD * (c == char)) for c, p in options}
    return min(MOST_SURE, odds[char] / sum(odds.values()))
