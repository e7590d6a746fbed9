"""What a reader is called before it is loaded."""

from __future__ import annotations

import subprocess
import sys

import pytest

from layout.errors import UsageError
from ocr.choose import engine_named
from ocr.setup.engine_registry import EngineName
from ocr.setup.identity import default_name, identity_of

HEAVY = ("numpy", "cv2", "onnxruntime", "pytesseract", "pypdfium2")


@pytest.mark.parametrize("lang", ["chi_sim", "chi_tra", "chi_sim+eng"])
@pytest.mark.parametrize("name", [e.value for e in EngineName])
def test_the_identity_is_the_engines_own(name: str, lang: str) -> None:
    """The run's coordinator and its workers agree, to the letter, on who reads."""
    assert identity_of(name, lang) == engine_named(name, lang).identity


def test_a_name_that_no_reader_has() -> None:
    """The coordinator refuses it as a worker would."""
    with pytest.raises(UsageError, match="no reader called") as caught:
        identity_of("abbyy")
    assert all(name in caught.value.remedy for name in EngineName)


def test_a_coordinator_loads_no_reader() -> None:
    """A run is ordered, and its readers' identities are known, without a library that reads or looks at pictures."""
    code = (
        "import sys, banmian.batch.run; from ocr.setup.identity import identity_of; "
        f"identity_of({default_name()!r}); print(*(set({HEAVY!r}) & sys.modules.keys()))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == []
