"""Measures of an output against a gold file: articles, headlines, paragraphs, breaks, numbers, characters.

`folding` says what does not count, `alignment` finds one text in another, `records` reads the files. Each other module
holds one family of measures. `MEASURES` describes every measure in one sentence.
"""

from __future__ import annotations

from banmian.evaluate.alignment import pairs
from banmian.evaluate.articles import Score, bag_f1, score
from banmian.evaluate.folding import folded
from banmian.evaluate.keyed import KeyedScore, score_keyed
from banmian.evaluate.meaning import MEASURES
from banmian.evaluate.output import OutputScore, TextScore, score_output, score_text
from banmian.evaluate.records import Gold, OutputArticle, read_forms, read_gold, read_output, read_text, whole_articles

__all__ = [
    "MEASURES",
    "Gold",
    "KeyedScore",
    "OutputArticle",
    "OutputScore",
    "Score",
    "TextScore",
    "bag_f1",
    "folded",
    "pairs",
    "read_forms",
    "read_gold",
    "read_output",
    "read_text",
    "score",
    "score_keyed",
    "score_output",
    "score_text",
    "whole_articles",
]
