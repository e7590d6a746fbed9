"""The unit of layout's lengths: thresholds are given in em, multiples of the size of the body type."""

from typing import Final

EM: Final = 20.0
"""Size of the body type in a normalized picture, in pixels: enough to tell strokes from dust, and no more."""
