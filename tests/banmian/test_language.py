"""What metadata.toml tells of a scan's language goes before what would be found."""

from __future__ import annotations

from pathlib import Path

import pytest

from banmian.batch.language import language_told, named


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("zh-Hant", "chi_tra"),
        ("zh-Hant-CN", "chi_tra"),
        ("zh-TW", "chi_tra"),
        ("zh-Hans-HK", "chi_sim"),
        ("zh", "chi_sim"),
        ("zh_CN", "chi_sim"),
        ("ja", "jpn"),
        ("EN-gb", "eng"),
        ("mn", None),
        ("", None),
    ],
)
def test_a_tag_names_a_model(tag: str, name: str | None) -> None:
    """By its script, or else its region."""
    assert named(tag) == name


def test_the_issue_goes_before_its_batch(tmp_path: Path) -> None:
    """Each scan has its own folder's word, then the folder's above; a damaged file tells nothing."""
    issue = tmp_path / "1939-04-26"
    issue.mkdir()
    scan = issue / "page1.png"
    assert language_told(scan) is None
    (tmp_path / "metadata.toml").write_text('language = "zh-Hant"\n', encoding="utf-8")
    assert language_told(scan) == "chi_tra"
    (issue / "metadata.toml").write_text('newspaper = "澄州晚报"\nlanguage = "ja"\n', encoding="utf-8")
    assert language_told(scan) == "jpn"
    (issue / "metadata.toml").write_text("language = ", encoding="utf-8")
    assert language_told(scan) == "chi_tra"
