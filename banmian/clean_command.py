"""`banmian clean` and `banmian diff`: raw newspaper text in, articles out, and every change with its reason.

Thin, as all commands are: what does the work is imported by the command that needs it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from banmian.cli_types import WITHOUT
from banmian.machine_output import write_utf8
from layout.errors import UsageError

if TYPE_CHECKING:
    from cleanup.article import Article, Issue

_FILE: Final = click.Path(path_type=Path)
_FILES: Final = click.Path(path_type=Path, allow_dash=True)
_HTML: Final = click.option(
    "--html", "page", type=_FILE, metavar="FILE", help="Write the diff as a page for the browser."
)


@click.command()
@click.argument("files", nargs=-1, type=_FILES, metavar="[FILE|-]...")
@click.option(
    "--to",
    type=click.Choice(["text", "jsonl", "diff"]),
    default="text",
    show_default=True,
    help="Plain text, one article a line as JSON, or every change with its reason.",
)
@click.option("--ledger", "with_ledger", is_flag=True, help="With jsonl: also the raw lines and every edit.")
@WITHOUT
@_HTML
def clean(files: tuple[Path, ...], to: str, page: Path | None, without: tuple[str, ...], *, with_ledger: bool) -> None:
    """Turn raw newspaper text into articles.

    \b
      banmian clean page.txt
      tesseract page.jpg - --psm 3 -l chi_sim | banmian clean --to diff

    Text from OCR or from a PDF is read from FILE, or from standard input, in UTF-8, GB18030 or Big5. Several files are
    the pages of one issue, in their order, and articles that jump between them are joined. A form feed ends a page.
    Written are articles as plain text, as JSON lines, or as a diff that shows each change and its reason.
    """
    from dataclasses import replace

    from banmian.archive.text.jsonl import lines
    from banmian.clean import clean_files, cleaned, no_text, raw_files, texts
    from banmian.diff.wording import jump_told
    from cleanup.edits.pass_registry import passes_named

    if with_ledger and to != "jsonl":
        raise UsageError("--ledger goes with jsonl only.", "Write: banmian clean --to jsonl --ledger FILE")
    off = passes_named(without)
    shown = page is not None or to == "diff"
    issue = clean_files(files, off) if shown else raw_files(files)
    if page is not None:
        _write_page(page, [(issue, issue.articles)])
    if to == "jsonl":
        write_utf8()
    if to == "diff" and page is None:
        _show([(issue, issue.articles)])
    elif to != "diff":
        articles = issue.articles if shown else cleaned(issue, off)
        sys.stdout.writelines(texts(articles) if to == "text" else lines(articles, with_ledger=with_ledger))
    if not issue.articles:
        click.echo(f"banmian: {no_text(files)}", err=True)
    pieces = {a.id: (a,) for a in issue.articles}
    for jump in issue.waiting:
        click.echo(f"banmian: {jump_told(replace(issue, articles=pieces.get(jump.article, ())), jump)}", err=True)


@click.command()
@click.argument("workspace", type=click.Path(path_type=Path, file_okay=False))
@click.argument("article", required=False)
@_HTML
def diff(workspace: Path, article: str | None, page: Path | None) -> None:
    """Show what was changed in the articles of a workspace, and why.

    ARTICLE is an article's id as jsonl has it (p1-03), or ISSUE/ID where the workspace holds several issues.
    """
    from banmian.decisions.decided import decided_issue
    from banmian.store.display_path import quoted, shown
    from banmian.store.tasks import State
    from banmian.store.workspace import Workspace

    with Workspace.open(workspace) as opened:
        issues = [decided_issue(e) for e in opened.issues() if e.state is State.DONE]
    chosen = [(i, found) for i in issues if (found := _chosen(i, article))]
    if not chosen:
        see = f"See what is there: banmian status {quoted(workspace)}"
        if article:
            raise UsageError(f"{shown(workspace)} holds no article {article}.", see)
        raise UsageError(f"{shown(workspace)} holds no finished issue.", see)
    if page is not None:
        _write_page(page, chosen)
    else:
        _show(chosen)


def _chosen(issue: Issue, article: str | None) -> tuple[Article, ...]:
    return tuple(a for a in issue.articles if article is None or article in (a.id, f"{issue.name}/{a.id}"))


def _write_page(path: Path, chosen: Sequence[tuple[Issue, tuple[Article, ...]]]) -> None:
    from banmian.diff.page import html
    from banmian.store.storage import write_whole

    write_whole(path.absolute(), html(chosen).encode())


def _show(chosen: Sequence[tuple[Issue, tuple[Article, ...]]]) -> None:
    from rich.console import Console

    from banmian.diff.terminal import show

    show(chosen, Console(file=sys.stdout, highlight=False, soft_wrap=not sys.stdout.isatty()))
