"""What a picture may claim to be."""

from __future__ import annotations

from typing import Final

MAX_PIXELS: Final = 400_000_000
"""The most pixels that a picture may claim. A 600 dpi broadsheet has 130 to 250 million; a bomb claims more."""

MAX_SIDE: Final = 32_000
"""The longest side in pixels; OpenCV's warps address a picture with 15 bits."""
