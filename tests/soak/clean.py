"""Clean-up at length: dumps of every kind, clean texts that must stay as they are, and long texts in a time that grows
no faster than they do."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lxml import html

from banmian.evaluate import Score
from cleanup.article import Article
from cleanup.assemble import assemble
from cleanup.edits.edit import LINE_BREAK
from cleanup.language.characters import SPACE
from cleanup.plaintext.pages import pages_of_text
from samples.typeset.dump import random_dump
from samples.typeset.story import own_stories
from tests.cleanup.wild_dumps import scored, shares, wild
from tests.soak.table import HEAD, Row

_SEEDS: Final = range(50_000, 50_400)
_LENGTHS: Final = (1_000_000, 5_000_000)
_SHARE: Final = Path("/usr/share")
_PACKAGES: Final = (
    ("debian-reference-zh-cn", "debian-reference/*.zh-cn.html"),
    ("debian-reference-zh-tw", "debian-reference/*.zh-tw.html"),
    ("debian-faq-zh-cn", "doc/debian/FAQ/zh-cn/*.html"),
    ("maint-guide-zh-cn", "doc/maint-guide-zh-cn/html/*.html"),
    ("debian-edu-doc-zh-cn", "doc/debian-edu-doc-zh-cn/*.html"),
    ("fortunes-zh: Tang poems", "games/fortunes/tang300"),
    ("fortunes-zh: Song lyrics", "games/fortunes/song100"),
    ("fortunes-zh: classics and sayings", "games/fortunes/chinese"),
)
"""Clean Chinese text in Debian's packages, by the files that hold it; what is not installed is passed over."""
_COLOUR: Final = re.compile(r"\x1b\[[0-9;]*m")
_HANZI: Final = re.compile("[一-鿿]")


def main() -> None:
    """Prints a line for each kind of dump, each clean text and the long ones."""
    for row in (*_dumps(), *_clean_texts(), _long()):
        print(row, flush=True)


# --- dumps ------------------------------------------------------------------------------------------------------------


def _dumps() -> Iterator[Row]:
    """All dumps, and of these the ones whose paragraphs kept their indents."""
    scores = {seed: scored(seed) for seed in _SEEDS}
    yield _row("dumps of every kind", list(scores.values()))
    yield _row("dumps with indents", [s for seed, s in scores.items() if wild(seed).indent])


def _row(name: str, scores: list[Score]) -> Row:
    recovered, error, title = shares(scores)
    said = f"{len(scores)}: recovered {recovered:.3f}, body error {100 * error:.2f} %, title {title:.3f}"
    return Row(name, said, holds=recovered >= 0.97 and error <= 0.003 and title >= 0.97)


# --- clean texts ------------------------------------------------------------------------------------------------------


def _clean_texts() -> Iterator[Row]:
    stories = "\n\n".join(f"{s.title}\n" + "\n".join(p.text for p in s.paras) for s in own_stories())
    yield _untouched("the samples' stories", stories)
    for package, pattern in _PACKAGES:
        files = sorted(_SHARE.glob(pattern))
        if files:
            yield _untouched(package, LINE_BREAK.join(_lines(files)))


def _lines(files: list[Path]) -> Iterator[str]:
    for file in files:
        if file.suffix == ".html":
            yield from _paragraphs(file)
        else:
            yield from _COLOUR.sub("", file.read_text("utf-8")).replace("%\n", "\n").split(LINE_BREAK)


def _paragraphs(file: Path) -> Iterator[str]:
    """The text of headings, paragraphs and items, each a line, where it is mostly Chinese."""
    for element in html.parse(str(file)).getroot().iter("h1", "h2", "h3", "h4", "p", "li"):
        text = " ".join(element.text_content().split())
        nested = element.tag == "li" and element.find(".//p") is not None
        if not nested and len(_HANZI.findall(text)) >= 0.3 * len(text) > 0:
            yield text


def _untouched(name: str, text: str) -> Row:
    """How many accepted edits change a clean text by more than the white space around a line."""
    issue = assemble("clean", pages_of_text(text))
    wrong = sum(_changes(a) for a in issue.articles)
    length = len("".join(text.split()))
    said = f"{length} characters: {wrong} wrong edits, {1e4 * wrong / length:.2f} in 10,000"
    return Row(f"left alone: {name}", said, holds=1e4 * wrong <= length)


def _changes(article: Article) -> int:
    count = 0
    for start, end, edit in article.clean.resolution.applied:
        at_edge = (
            article.raw.text[start - 1 : start] in ("", LINE_BREAK) or article.raw.text[end : end + 1] == LINE_BREAK
        )
        count += not (at_edge and not edit.after and set(edit.before) <= SPACE)
    return count


# --- long texts -------------------------------------------------------------------------------------------------------


def _long() -> Row:
    """Five times the text takes about five times as long."""
    pages = "\f".join(random_dump(seed)[0] for seed in range(400))
    spent = [_seconds((pages * (1 + length // len(pages)))[:length]) for length in _LENGTHS]
    speed = 60 * _LENGTHS[-1] / spent[-1] / 1e6
    growth = spent[1] / spent[0]
    said = f"{speed:.1f} million characters a minute on one core; five times the text takes {growth:.1f} times as long"
    return Row("clean, long texts", said, holds=speed >= 1 and growth < 7)


def _seconds(text: str) -> float:
    begun = time.process_time()
    assemble("long", pages_of_text(text))
    return time.process_time() - begun


if __name__ == "__main__":
    print(HEAD)
    main()
