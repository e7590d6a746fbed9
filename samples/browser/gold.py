"""The gold record of a page that a browser set: its articles and what is printed beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Any, Final

from samples.browser.roles import PARAGRAPHS
from samples.browser.truth import TextNode

_BETWEEN_HANZI: Final = re.compile(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")


def gold(runs: Sequence[TextNode], image: str, language: str) -> dict[str, Any]:
    """The record as `banmian evaluate` takes it; `language` is what `--lang` is told for the page."""
    articles: dict[str, dict[str, Any]] = {}
    others: list[dict[str, str]] = []
    for _, element in groupby(runs, key=lambda r: r.element):
        parts = list(element)
        run, text = parts[0], _BETWEEN_HANZI.sub("", " ".join("".join(p.text for p in parts).split()))
        if run.role is None or run.article is None:
            others.append({"kind": run.other or "advert", "text": text})
            continue
        article = articles.setdefault(run.article, _empty(run.article))
        _add(article, run, text)
    return {"image": image, "page": 1, "lang": language, "articles": list(articles.values()), "others": others}


def _empty(name: str) -> dict[str, Any]:
    return {
        "id": name,
        **dict.fromkeys(("kicker", "title", "subtitle", "byline", "dateline")),
        "paragraphs": [],
        "subheads": [],
        "captions": [],
        "pages": [1],
    }


def _add(article: dict[str, Any], run: TextNode, text: str) -> None:
    if run.role in PARAGRAPHS:
        if run.join and article["paragraphs"]:
            article["paragraphs"][-1] += text
            return
        article["paragraphs"].append(text)
        if run.role == "subhead":
            article["subheads"].append(text)
    elif run.role in ("caption", "credit"):
        article["captions"].append(text)
    elif run.role in article:
        before = article[run.role]
        article[run.role] = text if before is None else before + (" " if run.role == "byline" else "") + text
