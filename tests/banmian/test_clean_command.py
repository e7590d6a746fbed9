"""`banmian clean` and the diff, as an archivist meets them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given

from banmian.clean import cleaned, raw_files
from banmian.diff.page import html
from banmian.diff.rows import JOINT, rows_of
from banmian.diff.wording import COLOURS, MENDS, ROLES, TERMINAL, places
from cleanup.article import Article, Role, article_from_json
from cleanup.clean import clean
from cleanup.edits.edit import LINE_BREAK, Edit, Pass, Span
from samples.typeset.story import own_stories
from tests.cleanup.dumps import STORIES, body_lines, issue_of, text_of
from tests.cleanup.texts import articles

FIRST, SECOND = STORIES[0], STORIES[1]
DOUBLED = "".join(c * 2 for c in FIRST.title.replace(" ", ""))
DUMP = text_of(
    [[str(s.printed_byline), "", *body_lines(s), "", t] for s, t in ((FIRST, DOUBLED), (SECOND, SECOND.title))]
)


def banmian(
    *arguments: str | Path, cwd: Path, stdin: bytes = b"", **variables: str
) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "banmian", *map(str, arguments)]
    environment = {**os.environ, "PYTHONUTF8": "1", "COLUMNS": "80", **variables}
    return subprocess.run(command, cwd=cwd, input=stdin, capture_output=True, check=False, env=environment)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a dump in three encodings, and a binary file."""
    folder = tmp_path_factory.mktemp("raw")
    (folder / "dump.txt").write_text(DUMP, "utf-8")
    (folder / "dump-sig.txt").write_text(DUMP, "utf-8-sig")
    (folder / "dump-gb.txt").write_text(DUMP, "gb18030")
    (folder / "scan.tif").write_bytes(b"II*\x00\x08\x00\x00\x00")
    return folder


def records(ended: subprocess.CompletedProcess[bytes]) -> list[dict[str, object]]:
    assert ended.returncode == 0, ended.stderr.decode()
    return [json.loads(line) for line in ended.stdout.decode().splitlines()]


@pytest.mark.parametrize("name", ["dump.txt", "dump-sig.txt", "dump-gb.txt"])
def test_a_dump_of_any_encoding_becomes_the_same_articles(folder: Path, name: str) -> None:
    """UTF-8 with and without a mark and GB18030 give the same records, but for the issue's name."""
    plain, other = (records(banmian("clean", n, "--to", "jsonl", cwd=folder)) for n in ("dump.txt", name))
    assert [{**r, "issue": ""} for r in other] == [{**r, "issue": ""} for r in plain]
    assert [r["title"] for r in plain] == [FIRST.title.replace(" ", ""), SECOND.title]


def test_a_pipe_is_read_and_written(folder: Path) -> None:
    """Without a file standard input is read, text goes to standard output, and nothing else does."""
    ended = banmian("clean", cwd=folder, stdin=DUMP.encode())
    assert ended.returncode == 0
    assert ended.stdout.decode() == banmian("clean", "-", cwd=folder, stdin=DUMP.encode()).stdout.decode()
    assert SECOND.paras[0].text in ended.stdout.decode()
    assert ended.stderr == b""


@pytest.mark.parametrize(("encoding", "written"), [("ascii", "utf-8"), ("latin-1", "utf-8"), ("gbk", "gb18030")])
def test_output_of_any_encoding_holds_all_of_the_text(folder: Path, encoding: str, written: str) -> None:
    """Where the terminal's encoding has no hanzi the text is written in UTF-8, and GBK is widened: nothing is lost."""
    stdin = DUMP.replace("。", "。\U00020bb7", 1).encode()
    plain = banmian("clean", cwd=folder, stdin=stdin).stdout.decode()
    ended = banmian("clean", cwd=folder, stdin=stdin, PYTHONIOENCODING=encoding)
    assert ended.returncode == 0
    assert ended.stdout.decode(written) == plain


@pytest.mark.parametrize("encoding", ["gbk", "big5", "shift_jis", "ascii"])
def test_json_lines_are_utf8_whatever_the_locale(folder: Path, encoding: str) -> None:
    """Programs read them: `check`, and whoever else knows that they are UTF-8."""
    stdin = DUMP.replace("。", "。\U00020bb7", 1).encode()
    plain = banmian("clean", "--to", "jsonl", cwd=folder, stdin=stdin)
    assert "\U00020bb7" in plain.stdout.decode()
    assert banmian("clean", "--to", "jsonl", cwd=folder, stdin=stdin, PYTHONIOENCODING=encoding).stdout == plain.stdout


def test_a_reader_that_has_had_enough_ends_it_quietly(folder: Path) -> None:
    """Who takes the first article and goes hears no complaint, however much text is left."""
    (folder / "long.txt").write_text(DUMP * 60, "utf-8")
    command = [sys.executable, "-m", "banmian", "clean", "long.txt", "--to", "jsonl"]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        assert json.loads(run.stdout.readline())["id"] == "p1-01"
        run.stdout.close()
        assert b"Traceback" not in run.stderr.read()
    assert run.returncode in (0, 141)


def test_the_first_article_is_there_before_the_last_is_cleaned(folder: Path) -> None:
    """Articles are cleaned one by one, as they are asked for."""
    issue = raw_files([folder / "dump.txt"])
    first = next(cleaned(issue))
    assert first.ledger
    assert not any(article.ledger for article in issue.articles)


def test_the_ledger_goes_with_the_articles(folder: Path) -> None:
    """With --ledger a record holds raw lines and edits enough to make the article again."""
    made = issue_of(DUMP).articles[0]
    record = records(banmian("clean", "dump.txt", "--to", "jsonl", "--ledger", cwd=folder))[0]
    held = {"id": made.id, "lines": record["lines"], "ledger": record["ledger"]}
    again = article_from_json(json.dumps({"schema": 1, "article": held}).encode())
    assert list(again.paragraphs) == record["paragraphs"]
    assert again.ledger == made.ledger


def test_several_files_are_the_pages_of_an_issue(folder: Path) -> None:
    """A jump from the first file to the second is joined; an end that waits is told on stderr, with its reason."""
    lines = [n for n in body_lines(FIRST) if n]
    (folder / "p1.txt").write_text("\n".join([FIRST.title, "", *lines[:9], "（下转第2版）"]), "utf-8")
    rest = ["（上接第1版）", *lines[9:], "", SECOND.title, "", *body_lines(SECOND), "（下转第7版）"]
    (folder / "p2.txt").write_text("\n".join([FIRST.title, "", *rest]), "utf-8")
    ended = banmian("clean", "p1.txt", "p2.txt", "--to", "jsonl", cwd=folder)
    assert [r["pages"] for r in records(ended)] == [[1, 2], [2]]
    assert "下转 7 waits, for page 7 is not in this issue" in ended.stderr.decode()


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["scan.tif"], 3, "scan.tif is not text that can be cleaned"),
        (["missing.txt"], 3, "missing.txt cannot be read"),
        (["."], 3, "is a folder"),
        (["dump.txt", "--ledger"], 2, "--ledger goes with jsonl only"),
        (["dump.txt", "--to", "pdf"], 2, "'pdf' is not one of"),
    ],
)
def test_what_cannot_be_cleaned_is_told_with_its_remedy(
    folder: Path, arguments: list[str], code: int, told: str
) -> None:
    """Each wrong input has its exit code and a message that names it, and writes nothing."""
    ended = banmian("clean", *arguments, cwd=folder)
    assert (ended.returncode, ended.stdout) == (code, b"")
    assert told in ended.stderr.decode()


def test_the_terminal_diff_tells_every_reason(folder: Path) -> None:
    """Each change in force is shown in place or counted, under its pass and its reason; a pipe gets no colour."""
    shown = banmian("clean", "dump.txt", "--to", "diff", cwd=folder).stdout.decode()
    applied = [e for a in issue_of(DUMP).articles for *_, e in a.clean.resolution.applied]
    assert {e.reason for e in applied} <= set(re.findall(r"×\d+  (.*)", shown))
    assert sum(int(n) for n in re.findall(r"×(\d+)  ", shown)) == len(applied)
    assert "the headline stands behind its text" in shown
    assert "\x1b" not in shown


class _Page(HTMLParser):
    """What a page fetches, and the text of its cells by class."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.fetched: list[str] = []
        self.before: list[str] = []
        self.ids: set[str] = set()
        self.in_line = 0
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        self.fetched += [f"{tag} {k}={v}" for k, v in attrs if k in {"src", "srcset", "data"}]
        self.fetched += [f"{tag} {held['href']}"] if not str(held.get("href") or "#").startswith("#") else []
        self.ids |= {str(held["data-id"])} if "data-id" in held else set()
        if tag == "span" and (self.in_line or held.get("class") == "n"):
            if not self.in_line:
                self.before.append("")
            self.in_line += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "span" and self.in_line:
            self.in_line -= 1

    def handle_data(self, data: str) -> None:
        if self.in_line:
            self.before[-1] += data


def test_the_page_is_whole_and_fetches_nothing(folder: Path) -> None:
    """The HTML diff shows every raw line and marks every change in force, and names nothing outside of itself."""
    ended = banmian("clean", "dump.txt", "--to", "diff", "--html", "diff.html", cwd=folder)
    assert (ended.returncode, ended.stdout) == (0, b"")
    source = (folder / "diff.html").read_text("utf-8")
    issue = issue_of(DUMP)
    page = _Page(source)
    assert page.fetched == []
    assert not re.search(r"https?:|@import|url\(", source)
    raw = [s.line.text for a in issue.articles for s in a.lines]
    assert [line.replace(JOINT, "") for line in page.before] == raw
    assert page.ids == {e.id for a in issue.articles for *_, e in a.clean.resolution.applied}


def test_markup_in_the_text_stays_text() -> None:
    """A newspaper that prints tags gets them shown, not obeyed."""
    issue = issue_of("<script>alert(1)</script>\n\n　　“<b>&amp;”是什么意思？记者昨日")
    source = html([(issue, issue.articles)])
    assert source.count("<script>") == 1
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in source


@given(articles())
def test_rows_hold_all_of_both_texts(article: Article) -> None:
    """The rows' left sides are the raw text, their right sides the clean text, each character once."""
    cleaned = clean(article)
    rows = list(rows_of(cleaned))
    before = "".join(p.text for r in rows for line in r.before for p in line.pieces)
    after = "".join(p.text for r in rows for p in r.after)
    assert before.replace(JOINT, "") == cleaned.raw.text.replace(LINE_BREAK, "").replace(JOINT, "")
    assert after == cleaned.clean.text.replace(LINE_BREAK, "")
    assert {e for r in rows for e in r.edits} == {e for *_, e in cleaned.clean.resolution.applied}


def test_every_pass_and_role_has_its_words_and_colours() -> None:
    """A pass or a role that is added without words for the diff is caught here."""
    assert set(MENDS) == set(COLOURS) == set(TERMINAL) == set(Pass)
    assert set(ROLES) == set(Role)
    assert len(set(COLOURS.values())) == len(COLOURS)


def test_lines_that_follow_one_another_are_listed_as_ranges() -> None:
    """Places read as a person would write them; regions of scans keep their ids."""

    def edit(page: int, line: str) -> Edit:
        return Edit((Span(page, line, 0, 1),), "a", "", Pass.PUNCTUATION, "A reason.", 1.0)

    numbered = [edit(1, "l3"), edit(1, "l4"), edit(1, "l5"), edit(1, "l9"), edit(2, "l1")]
    assert places(numbered) == "page 1, lines 3–5, 9; page 2, line 1"
    assert places([edit(1, "r2.3"), edit(1, "r2.4")]) == "page 1, r2.3, r2.4"


def test_traditional_text_in_big5_is_read(tmp_path: Path) -> None:
    """A Big5 file of traditional text comes out as it was written."""
    story = next(s for s in own_stories("hant") if len(s.paras) > 3)
    lines = [story.title, "", *body_lines(story)]
    text = "\n".join(lines).encode("big5", "ignore")
    (tmp_path / "p.txt").write_bytes(text)
    (first, *_) = records(banmian("clean", "p.txt", "--to", "jsonl", cwd=tmp_path))
    assert str(first["title"]).replace(" ", "") == story.title.replace(" ", "")
