"""One sentence for each measure, as the commands print it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MEASURES: Final[Mapping[str, str]] = {
    "articles": "number of gold articles that are transcribed whole",
    "out": "number of articles in the output",
    "spurious": "output articles that no gold article is paired with",
    "body_cer": "edits over gold characters of all bodies; a missing article counts whole",
    "recovered": "share of gold articles with a body CER of at most .08: whole, and nothing else mixed in",
    "article_f1": "F1 of recovered articles: spurious ones cost precision; none where a gold article is partial",
    "title": "share of headlines with a likeness of at least .90",
    "byline": "share of bylines that the output's byline holds",
    "jump": "share of articles over several pages that came back as one whole article",
    "para": "share of printed paragraphs found whole (distance at most .08) in the running text",
    "para_cer": "mean CER of the printed paragraphs",
    "char_f1": "F1 of the characters in common, without regard to their order",
    "breaks": "F1 of the paragraph breaks, in articles with a body CER of at most .30",
    "torn": "breaks that are not printed, per 100 printed paragraphs",
    "run_on": "printed breaks that are lost, per 100 printed paragraphs",
    "found": "share of printed characters that stand anywhere in the output, pieces of every kind",
    "junk": "share of output characters printed nowhere; none where the gold does not hold everything printed",
    "numbers": "share of numbers as printed, in printed paragraphs that were found",
    "numbers_total": "number of numbers that were compared",
    "whole": "share of keyed articles of 40 characters and more with an output article within .15 of their length",
    "cer": "distance of each keyed body from its best place in the output, over its length",
}
