"""A typesetter for newspaper pages with exact truth: `typeset` a described issue, or draw a `random_issue`."""

from samples.typeset.chance import random_damage, random_issue, random_plan
from samples.typeset.press import IssuePlan, PagePlan, Printed, typeset
from samples.typeset.scanner import LEVELS, Damage

__all__ = [
    "LEVELS",
    "Damage",
    "IssuePlan",
    "PagePlan",
    "Printed",
    "random_damage",
    "random_issue",
    "random_plan",
    "typeset",
]
