"""metadata.toml: the issue's word counts before the batch's, and both before the print's."""

from __future__ import annotations

from pathlib import Path

import pytest

from banmian.archive.content.metadata import Metadata, metadata_of
from cleanup.article import Issue
from layout.errors import InputUnusable

PRINTED = Issue("一", newspaper="澄州晚报", date="2019-11-06")


def test_the_issue_before_the_batch_before_the_print(tmp_path: Path) -> None:
    """Key by key: what is nearer counts, and what nobody tells stays unknown."""
    issue = tmp_path / "issue"
    issue.mkdir()
    (tmp_path / "metadata.toml").write_text('publisher = "晚报社"\nnewspaper = "澄州晚報"\nplace = "澄州"\n')
    (issue / "metadata.toml").write_text('place = "云门"\n')
    told = metadata_of(PRINTED, [issue, tmp_path])
    assert told == Metadata(newspaper="澄州晚報", date="2019-11-06", publisher="晚报社", place="云门")
    assert metadata_of(PRINTED, []) == Metadata(newspaper="澄州晚报", date="2019-11-06")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b'paper = "x"', "paper is not known"),
        (b"date = 2019-11-06", "date is .*, which is no text"),
        (b"issn =", "cannot be read"),
        (b'newspaper = "\xff"', "cannot be read"),
    ],
)
def test_what_is_wrong_is_told_by_file_and_key(tmp_path: Path, text: bytes, told: str) -> None:
    """An archivist learns which file, which key, and what may stand there."""
    (tmp_path / "metadata.toml").write_bytes(text)
    with pytest.raises(InputUnusable, match=told) as e:
        metadata_of(PRINTED, [tmp_path])
    assert str(tmp_path / "metadata.toml") in str(e.value)
    assert e.value.remedy
