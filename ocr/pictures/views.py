"""A line's picture in several widths: what one view blurs into its neighbour stands apart in another."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np

from layout.page import Line
from layout.sheet import Gray, Sheet
from ocr.pictures.crop import LinePicture, line_picture
from ocr.setup.settings import Form

NARROWEST: Final = 8
"""Minimum width of a strip, in pixels: the networks halve a picture's width several times."""


@dataclass(frozen=True)
class Views:
    """One line of a sheet in a reader's form, at any stretch; each picture is made once."""

    sheet: Sheet
    line: Line
    form: Form
    pitch: float = 1.0
    """Distance of the glyphs of a vertical line, in type sizes: less than 1 in flattened type."""
    _made: dict[float, LinePicture] = field(default_factory=dict)

    @property
    def usual(self) -> LinePicture:
        """The picture in the form's own stretch; all places in a line are pixels of it."""
        return self.at(self.form.stretch)

    def at(self, stretch: float) -> LinePicture:
        """The line's picture at another stretch."""
        if stretch not in self._made:
            self._made[stretch] = line_picture(
                self.sheet, self.line, form=replace(self.form, stretch=stretch), pitch=self.pitch
            )
        return self._made[stretch]

    def scale(self, stretch: float) -> float:
        """Pixels of the view at `stretch` for one pixel of the usual one."""
        return float(self.at(stretch).pixels.shape[1] / self.usual.pixels.shape[1])

    def strip(self, stretch: float, left: int, right: int) -> Gray:
        """The columns from `left` to `right`, in pixels of the usual view, as the view at `stretch` shows them."""
        pixels, scale = self.at(stretch).pixels, self.scale(stretch)
        start = min(round(left * scale), pixels.shape[1] - 1)
        return np.ascontiguousarray(pixels[:, start : max(round(right * scale), start + NARROWEST)])
