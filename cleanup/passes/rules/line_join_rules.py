"""What stands where a line break was taken out: nothing, a space, or one hyphen less."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from cleanup.language.characters import PAUSES, SENTENCE_ENDS, is_hanzi, is_latin
from cleanup.language.hyphens import Hyphens
from ocr.setup.language_model import LanguageModel, seam_gain

_LAST_WORD: Final = re.compile(r"(?<![A-Za-zÀ-ɏ])[A-Za-zÀ-ɏ]+$")
_FIRST_WORD: Final = re.compile(r"[A-Za-zÀ-ɏ]+")
_LINK: Final = "(?:and|by|for|in|of|on|the|to)"
_LINK_BEFORE: Final = re.compile(rf"[a-z]-{_LINK}-$")
_LINK_BEHIND: Final = re.compile(rf"{_LINK}-[a-z]")
"""A small word between hyphens, as in state-of-the-art: both belong to the compound."""
_ADDRESS: Final = re.compile(r"(?:https?://|www\.)[!-~]*$|[!-~]*/[!-~]*/[!-~]*$|[\w.+-]+@[\w.-]*$", re.ASCII)
_LOCAL: Final = re.compile(r"(?<![A-Za-z\s])[a-z0-9._+-]+$", re.ASCII)
_MAIL: Final = re.compile(r"[\w.+-]+@\w", re.ASCII)
_REST_OF_ADDRESS: Final = re.compile(r"[\w./?&=%#~+-]", re.ASCII)
_SMALL_WORD: Final = re.compile(
    "a[lmnst]?|by|d[eiou]|e[lnstu]|go|he|i[fnst]?|l[aeo]|m[aersy]|n[eo]|o[fhknr]|pm|s[eiotu]|t[eou]|u[nps]|vs|we|be"
)
"""English words of one or two letters, and those of other languages that names hold."""


@dataclass(frozen=True, slots=True)
class JoinRuleParams:
    """Bounds of what a break between two lines parts, in characters."""

    acronym: int = 3
    """Length of a run of capitals that is a part of an acronym, at most."""
    half: int = 4
    """Length of each half of a headline, at least, between which a space is put: 百舸争流 / 奋楫扬帆."""
    torn: float = 1.0
    """Gain of the language model, as a base-10 logarithm, from which on a break in a headline is within a phrase."""
    rest: int = 2
    """Length of the rest of a word that stands alone on the next line, at most."""
    beside: int = 12
    """Number of characters on each side of a break that show of which script the text is."""
    before_hyphen: int = 2
    """Number of letters before a hyphen that divides a word, at least."""


P: Final = JoinRuleParams()


@dataclass(frozen=True, slots=True)
class Joint:
    """`put` is set between two lines, `taken` characters of the first are dropped; `reason` adds to the join's."""

    put: str = ""
    taken: int = 0
    reason: str = ""


_OPENING: Final = frozenset("“‘(„«‚\"'[$£€")
_CLOSING: Final = frozenset(".!?”’)»“\"'],;:%")
"""Marks before the first word of a line of Latin text, and behind its last."""
_UNTOLD: Final = Hyphens()
_NOTHING: Final = Joint()
_REST: Final = Joint(reason=" The letters only end the word.")
_ADDRESS_GOES_ON: Final = Joint(reason=" No address holds a space.")
_SPACE: Final = Joint(put=" ", reason=" A space parts the two words.")


def _ends_with_hyphen(text: str) -> bool:
    """Whether a hyphen behind two Latin letters ends a line."""
    return text[-1] in "-\u00ad\u2010" and len(text) > P.before_hyphen and is_latin(text[-2]) and is_latin(text[-3])


def _at_hyphen(a: str, b: str, hyphens: Hyphens) -> Joint:
    """The joint of two lines of which the first ends with a hyphen and the second goes on with a small letter."""
    halves = _LAST_WORD.search(a[:-1]), _FIRST_WORD.match(b)
    linked = _LINK_BEFORE.search(a) or _LINK_BEHIND.match(b)
    if linked or (halves[0] and halves[1] and hyphens.belongs(halves[0][0], halves[1][0])):
        return Joint(reason=" The hyphen belongs to the word.")
    return Joint(taken=1, reason=" The hyphen only divided the word.")


def joint_in_text(a: str, b: str, hyphens: Hyphens = _UNTOLD) -> Joint:
    """The joint of two lines of running text.

    Nothing between hanzi, marks and digits (19 / 71年). Between two Latin words a space; a hyphen that only divided
    one goes (inter- / national), one that belongs to it stays (forty- / one);
    two short runs of capitals are one acronym (G / DP), and one or two small letters that are no word end the
    one before (Pow / er). Nothing within an address, and its hyphens stay.
    """
    last, first = a[-1], b[0]
    if _parts_address(a, b):
        return _ADDRESS_GOES_ON
    if _ends_with_hyphen(a) and first.islower() and is_latin(first):
        return _at_hyphen(a, b, hyphens)
    if not (is_latin(last) and is_latin(first)):
        return _SPACE if _are_words_apart(a, b) else _NOTHING
    words = _LAST_WORD.search(a), _FIRST_WORD.match(b)
    if words[1] is not None and _is_rest(words[1][0], b):
        return _REST
    acronym = all(w is not None and w[0].isupper() and len(w[0]) <= P.acronym for w in words)
    return _NOTHING if acronym else _SPACE


def _are_words_apart(a: str, b: str) -> bool:
    """Whether two words of Latin text are parted at the break, one of them with a mark or of digits."""
    last, first = a[-1], b[0]
    if last in ",;:" and is_latin(first):
        return True
    if any(map(is_hanzi, a[-P.beside :] + b[: P.beside])) or not any(map(is_latin, a[-P.beside :])):
        return False
    opened = first in _OPENING and b[1:2].isalnum()
    closed = last in _CLOSING or (last.isalnum() and last.isascii()) or is_latin(last)
    return closed and (opened or first.isalnum()) and not (last in "." and first.islower())


def _parts_address(a: str, b: str) -> bool:
    """Whether the break is within the address of a page or of a mailbox."""
    if not _REST_OF_ADDRESS.match(b):
        return False
    return _ADDRESS.search(a) is not None or (_MAIL.match(b) is not None and _LOCAL.search(a) is not None)


def _is_rest(word: str, line: str) -> bool:
    """Whether the one or two small letters that the line begins with are no word: the rest of one that was cut."""
    return word.islower() and len(word) <= P.rest and not _SMALL_WORD.fullmatch(word) and line[len(word) :][:1] != "."


def joint_in_headline(a: str, b: str, model: LanguageModel | None = None) -> Joint:
    """The joint of two lines of a headline: a space between two halves of one measure (百舸争流 / 奋楫扬帆).

    Between others too, as between the name of a series and the headline, where the model finds no phrase torn.
    """
    if min(len(a), len(b)) < P.half or set(a) & (PAUSES | SENTENCE_ENDS):
        return joint_in_text(a, b)
    gain = None if model is None or _measure(a) == _measure(b) else seam_gain(model, a, b)
    if _measure(a) == _measure(b) or (gain is not None and gain < P.torn and _are_closed(a, b)):
        return Joint(put=" ", reason=" A space parts the headline's two halves.")
    return joint_in_text(a, b)


def _are_closed(a: str, b: str) -> bool:
    """Whether hanzi stand on both sides of the break, and no bracket or quotation is open at it."""
    open_ = any(
        a.count(opening) > a.count(close) for close, opening in zip("）”’》」』】", "（“‘《「『【", strict=True)
    )
    return is_hanzi(a[-1]) and is_hanzi(b[0]) and not open_


def joint_of_names(a: str, b: str) -> Joint:
    """The joint of two lines of a byline: names are parted by a space."""
    return Joint(put=" ", reason=" A space parts the names.")


def _measure(line: str) -> str:
    """The line's pattern of hanzi and other characters."""
    return "".join("字" if is_hanzi(c) else c for c in line)
