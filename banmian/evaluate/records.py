"""Gold files and outputs as records, and the functions that read them from files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from banmian.evaluate.folding import folded
from layout.errors import InputUnusable

_ARTICLES: Final = frozenset({"article", "text", None})
"""Kinds of pieces that count as articles; adverts, notices, tables, captions and furniture do not."""


class Note(msgspec.Struct, frozen=True):
    """A text with other keys beside it: a caption with its box, an advert of a gold file."""

    text: str | None = None


class OutputArticle(msgspec.Struct, frozen=True):
    """An article of a gold file or a piece of an output; only the keys that are scored."""

    title: str | None = None
    byline: str | list[str] | None = None
    paragraphs: str | list[str] | None = None
    pages: list[int | str] | None = None
    kind: str | None = "article"
    partial: bool = False
    kicker: str | list[str] | None = None
    subtitle: str | list[str] | None = None
    standfirst: str | list[str] | None = None
    label: str | list[str] | None = None
    captions: list[str | Note] | None = None
    item: str | int | None = None
    """The number of a keyed article in its transcription; a gold file with such numbers was keyed."""

    @property
    def texts(self) -> list[str]:
        """The paragraphs as printed."""
        if self.paragraphs is None:
            return []
        return [self.paragraphs] if isinstance(self.paragraphs, str) else self.paragraphs

    @property
    def body(self) -> str:
        """The folded paragraphs, joined."""
        return folded("".join(self.texts))

    @property
    def spans(self) -> int:
        """The number of pages it stands on."""
        return len({str(p) for p in self.pages or []})

    @property
    def is_article(self) -> bool:
        return self.kind in _ARTICLES

    def everything(self) -> Iterator[str]:
        """Yield every text that is not empty, folded: parts of the headline, byline, paragraphs, captions."""
        for field in (self.kicker, self.title, self.subtitle, self.byline, self.standfirst, self.label):
            yield from (folded(t) for t in (field if isinstance(field, list) else [field]) if folded(t))
        for text in [*self.texts, *(self.captions or [])]:
            plain = folded(text if isinstance(text, str) else text.text)
            if plain:
                yield plain


class PrintedPage(msgspec.Struct, frozen=True):
    """A page of a gold file: what is printed there beside the articles."""

    others: list[str | Note] | None = None
    folio: str | None = None


class Gold(msgspec.Struct, frozen=True):
    """A gold file; its other keys are not read."""

    articles: list[OutputArticle]
    others: list[str | Note] | None = None
    pages: list[PrintedPage | int | str] | None = None

    @property
    def is_complete(self) -> bool:
        """Whether it transcribes everything printed: each article whole, and the texts of no article too."""
        return bool(self.others or self.pages) and not any(a.partial for a in self.articles)

    @property
    def is_keyed(self) -> bool:
        """Whether its articles carry the numbers of a keyed transcription."""
        return any(a.item is not None for a in self.articles)

    def beside_articles(self) -> list[str]:
        """Return the folded texts that belong to no article: masthead, folio, adverts, imprint."""
        pages = [p for p in self.pages or [] if isinstance(p, PrintedPage)]
        others = [*(self.others or []), *(o for p in pages for o in [*(p.others or []), p.folio or ""])]
        return [folded(o if isinstance(o, str) else o.text) for o in others]


def whole_articles(gold: Sequence[OutputArticle]) -> list[OutputArticle]:
    """Return the articles that the gold file transcribes whole."""
    return [g for g in gold if not g.partial and g.texts]


def read_gold(path: Path) -> Gold:
    """Read a gold file: a list of articles, or an object that has them under `articles`."""
    data = _read(path)
    try:
        if data.lstrip()[:1] == b"[":
            return Gold(msgspec.json.decode(data, type=list[OutputArticle]))
        return msgspec.json.decode(data, type=Gold)
    except (msgspec.DecodeError, UnicodeDecodeError) as e:
        raise InputUnusable(
            f"{path} is no gold file: {e}", 'Expected: {"articles": [{"title": …, "paragraphs": […]}]}'
        ) from e


def read_output(path: Path) -> list[OutputArticle]:
    """Read the pieces of an output, one JSON object a line, of every kind."""
    pieces = []
    for number, line in enumerate(_read(path).splitlines(), start=1):
        if not line.strip():
            continue
        try:
            pieces.append(msgspec.json.decode(line, type=OutputArticle))
        except (msgspec.DecodeError, UnicodeDecodeError) as e:
            remedy = "Make it with: banmian export WORKSPACE --to jsonl --out FILE; for plain text, add --text"
            raise InputUnusable(f"{path}, line {number}: this is no article: {e}", remedy) from e
    return pieces


def read_text(path: Path) -> str:
    """Read the plain text of any program."""
    return _read(path).decode("utf-8", "replace")


def read_forms(path: Path) -> Mapping[int, str]:
    """Read a table of variant forms: a form, a tab, the character it is folded to; other columns are not read."""
    table: dict[int, str] = {}
    for line in read_text(path).splitlines():
        form, _, rest = line.partition("\t")
        plain = rest.split("\t")[0]
        if len(form) == 1 and len(plain) == 1:
            table[ord(form)] = plain
    return table


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as e:
        raise InputUnusable(f"{path} cannot be read: {e.strerror}", "Check its name and its permissions.") from e
