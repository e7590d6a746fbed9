"""Every character that the truth of a page names was printed: it has ink, and a centre."""

from __future__ import annotations

import numpy as np
import pytest

from samples.typeset import faces
from samples.typeset.chance import STYLE_NAMES, random_issue, random_plan
from samples.typeset.faces import SPARE, Face, glyph
from samples.typeset.press import printed_sheets
from samples.typeset.story import own_stories

FACES = {name: face for name, face in vars(faces).items() if isinstance(face, Face)}
ABSENT = "愼顚爲"
"""Characters that the Arphic fonts do not have."""
BLANK = "℃"
"""A character that WenQuanYi Micro Hei has, but draws without ink."""


def printed_characters() -> str:
    """What is set most: the samples' stories, and the marks, figures and signs of news prose."""
    stories = "".join(p.text for s in own_stories() for p in s.paras)
    signs = "0123456789%‰℃㎡·—…“”‘’《》（）、，。：；！？■□◎▲" + ABSENT
    return "".join(sorted({c for c in stories + signs if not c.isspace()}))


@pytest.mark.parametrize("name", FACES)
def test_each_face_prints_each_character(name: str) -> None:
    """No face leaves a square white: what it lacks it borrows."""
    assert [c for c in printed_characters() if not glyph(FACES[name], 24, c).mask.any()] == []


@pytest.mark.parametrize(
    ("face", "char"), [(faces.MICRO_HEI, BLANK), *((f, c) for f in (faces.MING, faces.KAI_TW) for c in ABSENT)]
)
def test_a_character_that_a_face_lacks_is_borrowed(face: Face, char: str) -> None:
    """It is printed as the spare face has it, in the cut of the face that borrows it, and not as an empty box."""
    np.testing.assert_array_equal(glyph(face, 40, char).mask, glyph(SPARE, 40, char).mask)
    assert glyph(face.cut(0.7), 40, char).mask.shape == glyph(SPARE.cut(0.7), 40, char).mask.shape


def test_a_character_that_a_face_has_is_its_own() -> None:
    """Nothing is borrowed without need."""
    assert not np.array_equal(glyph(faces.KAI, 40, "永").mask, glyph(SPARE, 40, "永").mask)


@pytest.mark.parametrize("style", STYLE_NAMES)
@pytest.mark.parametrize("seed", range(60, 63))
def test_each_character_of_a_line_has_a_centre(seed: int, style: str) -> None:
    """A printed line has as many centres as characters that are no white space, each within the scan."""
    for page in random_issue(seed, 1, "clean", small=True, style=style).pages:
        lines = page.truth.lines
        assert [n.text for n in lines if len("".join(n.text.split())) != len(n.centres)] == []
        points = np.array([c for n in lines for c in n.centres])
        assert ((points >= 0) & (points <= (page.truth.width, page.truth.height))).all()


def test_an_issue_set_in_a_face_with_a_blank_character_keeps_its_centres() -> None:
    """The body of this issue is set in a face that has no ink for one of its characters."""
    sheets = printed_sheets(random_plan(770111, 2))
    assert any(BLANK in n.text for _, truth in sheets for n in truth.lines)
    for _, truth in sheets:
        assert all(len("".join(n.text.split())) == len(n.centres) for n in truth.lines)
