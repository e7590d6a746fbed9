"""The trial on drawn issues: a row for each issue, a column for each measure, the same figures as the score."""

from __future__ import annotations

import pytest

from samples import trial
from samples.trial import MEASURES, tried
from samples.typeset.chance import STYLE_NAMES, random_issue


def test_the_table_has_a_column_for_each_measure(capsys: pytest.CaptureFixture[str]) -> None:
    """Two faultless issues fill two rows and a row of means; the breaks are those of the score."""
    assert trial.main(["800", "802", "--pages", "1", "--level", "clean", "--small", "--faultless"]) == 0
    heads, first, second, means = (line.split() for line in capsys.readouterr().out.splitlines())
    assert heads == ["seed", "gold", "out", *MEASURES, "lost", "CPU", "s"]
    assert (first[0], second[0], means[0]) == ("800", "801", "mean")
    score = tried(random_issue(800, 1, "clean", small=True), 800, faultless=True).score
    told = dict(zip(heads[3:], first[3:], strict=False))
    assert (float(told["torn"]), float(told["run_on"])) == pytest.approx((score.torn, score.run_on), abs=0.001)


@pytest.mark.parametrize("style", STYLE_NAMES)
def test_each_style_can_be_asked_for(style: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The command takes every style of the typesetter."""
    arguments = ["3", "4", "--pages", "1", "--level", "clean", "--small", "--faultless", "--style", style]
    assert trial.main(arguments) == 0
    assert capsys.readouterr().out.splitlines()[1].split()[0] == "3"


def test_a_style_that_is_not_offered_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    """Another style ends the command with those that can be chosen."""
    with pytest.raises(SystemExit):
        trial.main(["3", "4", "--style", "baroque"])
    told = capsys.readouterr().err
    assert all(style in told for style in STYLE_NAMES)


@pytest.mark.parametrize("of_a_browser", [["--browser", "sports"], ["3", "4", "--style", "browser"]])
def test_pages_that_a_browser_sets_are_never_tried_without_layout(
    of_a_browser: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """What a faultless layout makes of them is not known; a table of zeros would say that nothing was found."""
    with pytest.raises(SystemExit):
        trial.main([*of_a_browser, "--faultless"])
    assert "--faultless is for drawn issues" in capsys.readouterr().err
