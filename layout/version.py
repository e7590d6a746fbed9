"""The declared version of layout's results."""

from typing import Final

LAYOUT_VERSION: Final = 4
"""Version of the results, a count. Pages are laid out and read anew where it has grown, and not for any other
change of this room, so raise it with every change of what is written; tests/golden finds such changes."""
