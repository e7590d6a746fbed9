"""The declared version of the readings."""

from typing import Final

OCR_VERSION: Final = 5
"""Version of the results, a count. Pages are read anew where it has grown, and not for any other
change of this room, so raise it with every change of what is written; tests/golden finds such changes."""
