"""`banmian review` and `banmian report`: decide about a batch in the browser, and say how good it is."""

from __future__ import annotations

from pathlib import Path

import click

from banmian.cli_types import WorkspacePlace
from banmian.language import counted, listed, said


@click.command()
@click.argument("workspace", type=WorkspacePlace())
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    help="Default: this workspace's usual port, or a free one.",
)
@click.option("--name", "names", multiple=True, help="Another name of --host in browsers' addresses; may be repeated.")
@click.option("--public-url", default="", help="The https address at which a reverse proxy shows it; with a password.")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
def review(  # noqa: PLR0913 - one option each
    workspace: Path, host: str, port: int, names: tuple[str, ...], public_url: str, *, no_browser: bool
) -> None:
    """Review the articles in the browser, beside the scans.

    The address that is printed can be opened once; whoever has entered need not do so again for a day, even where
    the server was started anew. For reviewers on other machines give --host an address of this one and set
    BANMIAN_PASSWORD; let such a server be reached through https only: name the address of the reverse proxy with
    --public-url. docs/review.md shows an nginx.
    """
    from banmian.review.launch import Address, password
    from banmian.review.launch import review as serve

    address = Address(host, port, password(), names, public_url)
    serve(workspace, address, click.echo, opens=not no_browser)


@click.command()
@click.argument("workspace", type=WorkspacePlace())
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The file to write.")
def report(workspace: Path, out: Path) -> None:
    """Write the quality report of a batch as one page of HTML."""
    from banmian.piece_counts import pieces_told
    from banmian.review.report import write_report
    from banmian.store.workspace import Workspace

    with Workspace.open(workspace) as opened:
        quality = write_report(opened, out)
    left = counted(quality.suspects, "suspect"), counted(quality.sampled.lines, "sampled line")
    counts = counted(quality.issues, "issue"), pieces_told(quality.pieces), *left
    click.echo(said("{}: {}", listed(counts), out), err=True)
