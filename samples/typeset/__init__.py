"""A typesetter for newspaper pages with exact truth: `typeset` a described issue, or draw a `random_issue`."""

from samples.typeset.chance import STYLE_NAMES, random_damage, random_issue, random_plan
from samples.typeset.press import IssuePlan, PagePlan, PrintedIssue, typeset
from samples.typeset.scanner import LEVELS, ScanDamage

__all__ = [
    "LEVELS",
    "STYLE_NAMES",
    "IssuePlan",
    "PagePlan",
    "PrintedIssue",
    "ScanDamage",
    "random_damage",
    "random_issue",
    "random_plan",
    "typeset",
]
