"""`banmian export` and `banmian check`: the articles as files that archives keep, and a look at such files.

Thin, as all commands are: what does the work is imported by the command that needs it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from banmian.archive.formats import BAGGED, ExportOptions, Format
from banmian.cli_types import WorkspacePlace
from banmian.language import counted, said, told
from banmian.machine_output import write_utf8
from layout.errors import UsageError

if TYPE_CHECKING:
    from banmian.archive.export import Exported, ExportRequest

_FORMATS: Final = [f.value for f in Format]
_BAGGABLE: Final = [f.value for f in Format if not f.declaration.is_bag]
_WITH_LEDGER: Final = {f.value for f in Format if f.declaration.takes_ledger or f.declaration.is_bag}


@click.command()
@click.argument("workspace", type=WorkspacePlace())
@click.option("--to", required=True, type=click.Choice(_FORMATS), help="jsonl: a file; others: a folder.")
@click.option(
    "--with",
    "bagged",
    multiple=True,
    type=click.Choice(_BAGGABLE),
    help="What a bag holds beside the scans; give it once for each. Default: text, jsonl, page and mets (with ALTO).",
)
@click.option("--ledger", "with_ledger", is_flag=True, help="With jsonl: also the raw lines and every edit.")
@click.option("--issue", "issues", multiple=True, metavar="NAME", help="An issue. Default: all.")
@click.option("--article", "articles", multiple=True, metavar="ID", help="An article, as jsonl has it, or ISSUE/ID.")
@click.option(
    "--state",
    type=click.Choice(["done", "validated"]),
    help="Only pages that were marked so in the review; validated: by a second person.",
)
@click.option(
    "--out", required=True, type=click.Path(path_type=Path, allow_dash=True), help="Where to; - is the screen."
)
@click.option("--replace", is_flag=True, help="Put it in the place of an export that lies there.")
def export(workspace: Path, **told: Any) -> None:
    """Write the articles in a format that archives keep.

    Without a choice everything goes out that was read. An article goes out with all its pages or not at all; formats
    that hold pages hold them whole. A file is replaced, a folder only with --replace, and only in one step.
    """
    from banmian.archive.export import export as take_out
    from banmian.store.workspace import Workspace

    order = _order(told)
    if order.form.format is Format.JSONL:
        write_utf8()
    with Workspace.open(workspace) as opened:
        exported = take_out(opened, order)
    for line in _told(exported, order, workspace):
        click.echo(line, err=True)
    sys.exit(1 if exported.failed or exported.left_out else 0)


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
def check(path: Path) -> None:
    """Validate exported files."""
    from banmian.archive.check import check as findings_in

    findings = findings_in(path)
    for finding in findings:
        click.echo(said("{}: {}: {}", finding.path, said(finding.fault.value), told(finding.told)))
    sys.exit(1 if findings else 0)


def _order(told: dict[str, Any]) -> ExportRequest:
    from banmian.archive.export import ExportRequest
    from banmian.archive.selection import Selection

    if told["with_ledger"] and told["to"] not in _WITH_LEDGER:
        raise UsageError("--ledger goes with jsonl only, by itself or in a bag.", "Write: --to jsonl --ledger")
    if told["bagged"] and not Format(told["to"]).declaration.is_bag:
        raise UsageError("--with tells what goes into a bag.", "Write: --to bagit --with FORMAT")
    form = ExportOptions(Format(told["to"]), [Format(f) for f in told["bagged"]] or BAGGED, told["with_ledger"])
    state = told["state"]
    selection = Selection(told["issues"], told["articles"], done=state == "done", validated=state == "validated")
    return ExportRequest(form, told["out"], selection, replace=told["replace"])


def _told(exported: Exported, order: ExportRequest, workspace: Path) -> Iterator[str]:
    from banmian.piece_counts import pieces_told
    from banmian.store.display_path import quoted

    out = said("standard output") if str(order.out) == "-" else order.out
    place = quoted(workspace)
    yield said("{} of {}: {}", pieces_told(exported.pieces), counted(exported.issues, "issue"), out)
    if exported.waiting:
        waiting = pieces_told(exported.waiting)
        yield said("{} left out: the review is not done with all of their pages.", waiting)
    for name in exported.left_out:
        yield said("{} is left out: it is not finished. See: banmian status {}", name, place)
    if exported.failed:
        yield said("{} failed and not in it. See: banmian status {}", counted(exported.failed, "page"), place)
