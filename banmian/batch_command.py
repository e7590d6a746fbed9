"""The commands of a batch: run, status and verify."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from banmian.cli_types import WITHOUT, InputPlace, WorkspacePlace
from banmian.language import counted, error_text, language, said
from banmian.machine_output import write_utf8
from ocr.setup.engine_registry import EngineName

if TYPE_CHECKING:
    from banmian.batch.limits import Limits
    from banmian.batch.run import Order, Result
    from banmian.store.workspace import Workspace

STAGES: Final = ("layout", "reading", "clean-up")


_ENGINES: Final = " or ".join(", ".join(EngineName).rsplit(", ", 1))


@click.command()
@click.argument("inputs", nargs=-1, required=True, type=InputPlace(), metavar="INPUT...")
@click.option(
    "--workspace", "-w", required=True, type=WorkspacePlace(), help="Where the work is kept; made if missing."
)
@click.option("--engine", help=f"The reader: {_ENGINES}. Default: {EngineName.BOTH} where both are installed.")
@click.option(
    "--lang",
    default="auto",
    show_default=True,
    help="Tesseract's model: chi_sim, chi_tra, eng, chi_tra+eng ...; auto finds it on each page.",
)
@click.option("--jobs", type=click.IntRange(min=1), help="Pages at a time. Default: the number of cores.")
@click.option("--dask", metavar="ADDRESS", help="Do the pages on a Dask cluster: tcp://HOST:PORT, or local.")
@click.option("--retry", type=click.Choice(["failed"]), help="Try the pages again that failed before.")
@click.option("--redo", type=click.Choice(STAGES), help="Do a stage, and those after it, anew on every page.")
@click.option("--page-seconds", type=click.FloatRange(min=1), default=1800, show_default=True, help="Seconds a page.")
@click.option(
    "--reader-seconds", type=click.FloatRange(min=1), default=900, show_default=True, help="Seconds its reader."
)
@click.option(
    "--page-memory", type=click.FloatRange(min=0.3), default=3, show_default=True, help="GB of memory a page."
)
@click.option("--max-pixels", type=click.IntRange(min=1), default=400, show_default=True, help="Millions for a page.")
@click.option("--keep-free", type=click.FloatRange(min=0), help="Stop when the disk has fewer GB left than these.")
@WITHOUT
@click.option("--draw", "with_drawings", is_flag=True, help="Leave a drawing of what layout saw beside each page.")
@click.option("--json", "as_json", is_flag=True, help="Tell all that happens as JSON, an object a line.")
def run(inputs: tuple[Path | str, ...], workspace: Path, *, as_json: bool, **choices: Any) -> None:
    """Turn scans into articles.

    INPUT is a scan (TIFF, JPEG, PNG, JPEG 2000, PDF) or a folder. A folder of scans is one issue, its pages in natural
    order; a folder of folders is a batch of issues. Scans named one by one are one issue with the others from the same
    folder. A second run with the same inputs goes on where the first stopped, and does nothing twice. INPUT and the
    workspace may also be addresses: s3://bucket/folder.
    """
    from banmian.batch.events import Events
    from banmian.batch.progress import ProgressDisplay
    from banmian.batch.run import run as carry_out
    from banmian.store.display_path import quoted
    from banmian.store.remote import name_of

    order = _order(inputs, workspace, choices)
    if as_json:
        write_utf8()
        events = Events()
        result = carry_out(order, events)
        events.end(result.tally)
    else:
        with ProgressDisplay(workspace=quoted(name_of(order.workspace))) as display:
            result = carry_out(order, display)
    _say_result(result, order, quiet=as_json)


def _order(inputs: tuple[Path | str, ...], workspace: Path, choices: dict[str, Any]) -> Order:
    from banmian.batch.machine import cores
    from banmian.batch.reading import Reading
    from banmian.batch.run import Order
    from banmian.store.rerun import Rerun, RunStage
    from cleanup.edits.pass_registry import passes_named
    from ocr.setup.identity import default_name

    without = tuple(sorted(passes_named(choices["without"])))
    engine = choices["engine"] or default_name(choices["lang"])
    reading = Reading(engine, choices["lang"], choices["with_drawings"], without)
    again = Rerun(choices["retry"] is not None, RunStage(choices["redo"]) if choices["redo"] else None)
    jobs = choices["jobs"] or cores()
    return Order(inputs, workspace, reading, jobs, again, _limits(choices), choices["dask"])


def _limits(choices: dict[str, Any]) -> Limits:
    from dataclasses import replace

    from banmian.batch.limits import GB, Limits

    limits = Limits(choices["page_seconds"], choices["reader_seconds"], int(choices["page_memory"] * GB))
    kept = choices["keep_free"]
    return replace(limits, pixels=choices["max_pixels"] * 10**6, keep_free=None if kept is None else int(kept * GB))


def _say_result(result: Result, order: Order, *, quiet: bool) -> None:
    from banmian.cli_output import run_summary

    for problem in (*result.found.problems, *result.found.notices):
        click.echo(f"banmian: {error_text(problem, language())}", err=True)
    for folder in result.found.empty:
        click.echo(said("{} holds no scans, and was passed over.", folder), err=True)
    if not quiet:
        click.echo(run_summary(result, order.workspace, order.reading.recorded))
    sys.exit(0 if result.whole else 1)


@click.command()
@click.argument("workspace", type=WorkspacePlace())
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON; with --watch one line each time.")
@click.option("--watch", "watched", is_flag=True, help="Print the status again and again until the run ends.")
@click.option(
    "--every",
    type=click.FloatRange(min=0.1),
    default=5,
    show_default=True,
    help="Seconds between two.",
)
def status(workspace: Path, *, as_json: bool, watched: bool, every: float) -> None:
    """Show how far the work is, and what failed and why."""
    from banmian.batch.watch import watch
    from banmian.cli_output import status_json, status_text
    from banmian.store.workspace import Workspace

    if as_json:
        write_utf8()
    if watched:
        for look in watch(workspace, every):
            click.echo(look.json() if as_json else look.text())
        return
    with Workspace.open(workspace, results=False) as opened:
        click.echo(status_json(opened) if as_json else status_text(opened))


@click.command()
@click.argument("workspace", type=WorkspacePlace())
@click.option("--json", "as_json", is_flag=True, help="Print each finding as a JSON object, one a line.")
def verify(workspace: Path, *, as_json: bool) -> None:
    """Compare scans and results with their recorded checksums."""
    from banmian.store.workspace import Workspace

    if as_json:
        write_utf8()
    with Workspace.open(workspace, results=False) as opened:
        sys.exit(_audited(opened, as_json=as_json))


def _audited(workspace: Workspace, *, as_json: bool) -> int:
    """Tells the findings, and gives the exit code."""
    import msgspec

    from banmian.batch.verify import Audit
    from banmian.errors import FixityBroken

    workspace.check_record()
    audit, found = Audit(workspace), 0
    for finding in audit.findings():
        found += 1
        line = said("{} {}: {}", said(finding.change.value), said(finding.kind), finding.path)
        click.echo(msgspec.json.encode(finding).decode() if as_json else line)
    counts = counted(audit.scans, "scan"), counted(audit.outputs, "output"), counted(found, "difference")
    click.echo(said("{} and {} compared, {}.", *counts), err=as_json)
    return FixityBroken.exit_code if found else 0
