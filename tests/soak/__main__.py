"""`make soak`: the long trials, one line of a table each (`SOAK="--only kills"` chooses)."""

from __future__ import annotations

import importlib
import importlib.util
import sys
import time
from collections.abc import Callable

import click

from tests.soak import cost, kills, mutations, steady, trouble
from tests.soak.table import HEAD, Row

TRIALS: dict[str, Callable[[], Row]] = {
    "kills": kills.main,
    "ill": trouble.ill_behaved,
    "mutations": mutations.main,
    "full": trouble.full_disk,
    "read-only": trouble.read_only,
    "permission": trouble.no_permission,
    "flat": steady.flat,
    "bookkeeping": steady.bookkeeping,
    "busy": cost.busy,
    "overhead": cost.overhead,
    "cluster": cost.cluster,
    "determinism": cost.determinism,
}
OTHERS = ("review", "desk", "proofread", "archive", "search", "turned", "clean")
"""Rooms that bring a long trial of their own: tests/soak/NAME.py with a main() that prints its lines."""


@click.command()
@click.option("--only", multiple=True, type=click.Choice([*TRIALS, *OTHERS]), help="A trial; may be given again.")
def main(only: tuple[str, ...]) -> None:
    """Runs the trials, and says of each what was found and whether that holds."""
    click.echo(HEAD)
    holds = True
    for name, trial in TRIALS.items():
        if not only or name in only:
            begun = time.monotonic()
            row = trial()
            holds &= row.holds
            click.echo(str(row))
            click.echo(f"{name}: {time.monotonic() - begun:.0f} s", err=True)
    for name in OTHERS:
        module = f"tests.soak.{name}"
        if (not only or name in only) and importlib.util.find_spec(module) is not None:
            importlib.import_module(module).main()
    sys.exit(0 if holds else 1)


if __name__ == "__main__":
    main()
