"""For all tests: how many examples a property is tried on, by no clock, and no language model unless a test asks.

A clock says how busy the machine is and nothing of the code. `make soak` tries each property on many more. Results
differ with a model that speaks, and tests hold on machines with one and without.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

import pytest
from hypothesis import settings

from ocr.setup.language_model import NONE, SETTING

os.environ[SETTING] = NONE

HERE: Final = Path(__file__).resolve().parent

settings.register_profile("unhurried", deadline=None, max_examples=40)
settings.register_profile("long", deadline=None, max_examples=400)
settings.load_profile("unhurried")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files beside this one build wheels and run whole sessions: they begin first, so that no worker ends last."""
    items.sort(key=lambda item: item.path.parent != HERE)
