"""What a command is given as a place: a path, file:// and a path, or an address such as s3://bucket/folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import click

from cleanup.pass_registry import ORDER


class WorkspacePlace(click.ParamType[Path]):
    """A workspace's folder; for one at an address, the folder of this machine that stands for it."""

    name = "workspace"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        from banmian.store.remote import mirror_of, placed  # noqa: PLC0415 - so that --help answers at once

        place = placed(str(value))
        return place if isinstance(place, Path) else mirror_of(place)


class InputPlace(click.ParamType[Path | str]):
    """A path, or the text of an address."""

    name = "input"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path | str:
        from banmian.store.remote import local_path, placed  # noqa: PLC0415

        place = placed(str(value))
        return place if isinstance(place, Path) else local_path(place) or place


WITHOUT: Final = click.option(
    "--without",
    multiple=True,
    type=click.Choice([p.value for p in ORDER]),
    help="A pass of clean-up that does not run; give it once for each.",
)
"""The switch that clean and run share."""
