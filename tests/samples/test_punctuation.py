"""The lines that marks are taken from, and what the shipped network tells of them."""

from __future__ import annotations

import numpy as np

from ocr.marks.shapes import HEIGHT, NOTHING, SHAPES, WIDTH, shape_network
from samples.punctuation import HELD_OUT, drawn_examples, examples


def test_the_network_tells_marks_of_lines_it_was_not_fitted_on() -> None:
    """Of all damages together; a prior of each shape is no part of its answer."""
    pictures, shapes = drawn_examples(HELD_OUT, 4)
    told = shape_network()(pictures.reshape(-1, HEIGHT, WIDTH)).argmax(axis=1)
    marks = shapes != SHAPES.index(NOTHING)
    assert marks.sum() > 100
    assert (told == shapes)[marks].mean() > 0.85


def test_a_draw_is_its_seeds() -> None:
    """Place by place; each with one of the shapes."""
    once, again = (list(examples(HELD_OUT)) for _ in range(2))
    assert [s for _, s in once] == [s for _, s in again]
    assert {s for _, s in once} <= set(SHAPES)
    assert all(np.array_equal(a, b) for (a, _), (b, _) in zip(once, again, strict=True))
