"""The diff as one page for the browser: before beside after, every change with its reason, nothing from elsewhere."""

from __future__ import annotations

from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from importlib.resources import files
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from banmian.diff.rows import Row, RowText, conflicts, rows_of, waiting
from banmian.diff.wording import (
    COLOURS,
    Reason,
    after_told,
    changes_told,
    conflict_told,
    contained,
    headline_behind,
    is_routine,
    jump_told,
    kind_told,
    mends,
    name,
    pages_told,
    place,
    places,
    reasons,
    role_told,
    visible,
)
from banmian.language import said, told
from cleanup.article import Article, Issue
from cleanup.edits.edit import Edit, Pass

_Chosen = tuple[Issue, tuple[Article, ...]]

_HOW: Final = (
    "Left stands the text as it was recognized, which is never changed, with the number of each line; right stands the "
    "clean text. Point at a change, or move to it with the tab key, for its reason; below each piece all its changes "
    "are listed."
)


def html(issues: Iterable[_Chosen]) -> str:
    """The whole page as HTML 5: style and script are within it, and nothing is fetched."""
    chosen = list(issues)
    root = Element("html", lang="zh")
    title = "、".join(issue.name for issue, _ in chosen) or "Banmian"
    _head(root, title)
    body = SubElement(root, "body")
    counts = Counter(e.by for _, articles in chosen for a in articles for *_, e in a.clean.resolution.applied)
    _header(body, title, chosen, counts)
    main = SubElement(body, "main")
    _filter(main, counts)
    for issue, articles in chosen:
        for article in articles:
            _article(main, issue, article)
    SubElement(body, "div", id="why", role="status")
    SubElement(body, "script").text = _file("page.js")
    return "<!doctype html>\n" + tostring(root, encoding="unicode", method="html") + "\n"


def _policy() -> str:
    """Nothing is fetched, and no script runs but the page's own, which is known by its digest."""
    digest = b64encode(sha256(_file("page.js").encode()).digest()).decode()
    return f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"


def _file(file: str) -> str:
    return files("banmian.diff").joinpath(file).read_text("utf-8")


def _head(root: Element, title: str) -> None:
    head = SubElement(root, "head")
    SubElement(head, "meta", charset="utf-8")
    SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": _policy()})
    SubElement(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    SubElement(head, "title").text = said("{}: what was changed", title)
    colours = [f".p-{p} {{ --c: {colour}; }}" for p, colour in COLOURS.items()]
    off = "color: inherit; background: none; text-decoration: none; outline: none"
    hidden = [f"body.no-{p} .e.p-{p} {{ {off}; }} body.no-{p} .after .e.p-{p}:empty {{ display: none; }}" for p in Pass]
    SubElement(head, "style").text = "\n".join([_file("page.css"), *colours, *hidden])


def _header(body: Element, title: str, chosen: Sequence[_Chosen], counts: Counter[Pass]) -> None:
    header = SubElement(body, "header")
    SubElement(header, "h1").text = title
    articles = sum(len(a) for _, a in chosen)
    _told(header, said("{} pieces, {} changes.", articles, counts.total()) + " " + said(_HOW))
    nav = SubElement(header, "nav")
    for issue, some in chosen:
        for article in some:
            link = SubElement(nav, "a", href=f"#{_anchor(issue, article)}")
            link.text = f"{name(article)} "
            SubElement(link, "small").text = f"{kind_told(article)}, {len(article.clean.resolution.applied)}"
        for jump in issue.waiting:
            if jump.article in {a.id for a in some}:
                SubElement(header, "p", {"class": "waits"}).text = jump_told(issue, jump)


def _told(parent: Element, text: str) -> None:
    SubElement(parent, "p", {"class": "told"}).text = text


def _filter(main: Element, counts: Counter[Pass]) -> None:
    bar = SubElement(main, "div", {"class": "filter"})
    for name_ in Pass:
        if not counts[name_]:
            continue
        label = SubElement(bar, "label", {"class": f"p-{name_}", "title": mends(name_)})
        SubElement(label, "input", {"type": "checkbox", "checked": "checked", "data-pass": name_.value})
        SubElement(label, "span", {"class": "swatch"}).tail = f"{name_}: {mends(name_)} ({counts[name_]})"
    label = SubElement(bar, "label")
    SubElement(label, "input", type="checkbox", id="only").tail = " " + said("only what was changed")


def _anchor(issue: Issue, article: Article) -> str:
    return f"{issue.name}/{article.id}"


def _article(main: Element, issue: Issue, article: Article) -> None:
    section = SubElement(main, "article", id=_anchor(issue, article))
    SubElement(section, "h2").text = name(article)
    _told(section, _facts(article))
    rows = list(rows_of(article))
    table = SubElement(section, "table")
    columns = SubElement(table, "colgroup")
    for kind in ("role", "before", "after"):
        SubElement(columns, "col", {"class": kind})
    heads = SubElement(SubElement(table, "thead"), "tr")
    for text in ("", said("as recognized"), said("clean")):
        SubElement(heads, "th").text = text
    body = SubElement(table, "tbody")
    for row in rows:
        _row(body, row, len(article.pages))
    _changes(section, article, rows)


def _facts(article: Article) -> str:
    facts = [article.id, kind_told(article), pages_told(article)]
    facts += [said("byline {}", article.byline)] if article.byline else []
    facts += [said("dateline {}", article.dateline)] if article.dateline else []
    facts += [said("continues from page {}", article.continued_from)] if article.continued_from else []
    facts += [said("goes on, on page {}", article.continued_to)] if article.continued_to else []
    facts += [behind] if (behind := headline_behind(article)) else []
    return " · ".join([*facts, changes_told(article)])


def _row(body: Element, row: Row, pages: int) -> None:
    """One row; its raw lines are numbered, with their page where the article runs over several."""
    gone = not any(p.text.strip() for p in row.after)
    shown = SubElement(body, "tr", {"class": f"{row.role}{' empty' if gone else ''}"})
    SubElement(shown, "td", {"class": "role"}).text = role_told(row.role)
    before = SubElement(shown, "td", {"class": "before"})
    for printed in row.before:
        line = printed.line.removeprefix("l")
        number = f"{printed.page}:{line}" if pages > 1 else line
        _pieces(SubElement(before, "span", {"class": "n", "data-n": number}), printed.pieces)
    after = SubElement(shown, "td", {"class": "after"})
    _pieces(after, row.after)
    if gone:
        SubElement(after, "span").text = said("taken out of the text")


def _before(edit: Edit) -> str:
    return visible(edit.before) or said("nothing")


def _pieces(parent: Element, pieces: Iterable[RowText]) -> None:
    for piece in pieces:
        SubElement(parent, "span", {} if piece.edit is None else _marked(piece.edit)).text = piece.text


def _marked(edit: Edit) -> dict[str, str]:
    change = f"{edit.by}: {told(edit.reason)} {_before(edit)} → {after_told(edit)}"
    kind = " routine" if is_routine(edit) else "" if edit.after else " gone"
    return {
        "class": f"e p-{edit.by}{kind}",
        "data-pass": edit.by.value,
        "data-id": edit.id,
        "title": said("{} (confidence {})", change, f"{edit.confidence:.2f}"),
        "tabindex": "0",
    }


def _changes(section: Element, article: Article, rows: Sequence[Row]) -> None:
    edits = tuple(dict.fromkeys(e for row in rows for e in row.edits))
    for text in _open_questions(article):
        SubElement(section, "p", {"class": "waits"}).text = text
    if not edits:
        _told(section, said("Nothing was changed."))
        return
    details = SubElement(section, "details")
    SubElement(details, "summary").text = said("All {} changes and their reasons", len(edits))
    for reason in reasons(edits):
        _reason(details, article, reason)


def _open_questions(article: Article) -> Iterator[str]:
    for entry in waiting(article):
        e = entry.edit
        change = f"{visible(e.before)} → {after_told(e)}"
        yield said("Waits for a person, {}: {}. {}: {}", place(e), change, e.by, told(e.reason))
    for winner, loser in conflicts(article):
        yield conflict_told(winner, loser)


def _reason(details: Element, article: Article, reason: Reason) -> None:
    heading = SubElement(details, "h3", {"class": f"p-{reason.by}"})
    SubElement(heading, "b").text = f"{reason.by} "
    heading[0].tail = f"{told(reason.reason)} ×{len(reason.edits)}"
    if reason.is_routine:
        SubElement(details, "div", {"class": "where"}).text = places(reason.edits)
        return
    list_ = SubElement(details, "ul")
    for edit in reason.edits:
        item = SubElement(list_, "li")
        SubElement(item, "span", {"class": "where"}).text = f"{place(edit)}: "
        item[0].tail = f"{_before(edit)} → {after_told(edit)}"
        for below in contained(article, edit):
            SubElement(item, "div", {"class": "where"}).text = said("with {}: {}", below.by, told(below.reason))
