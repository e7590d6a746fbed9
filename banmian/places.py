"""What a command is given as a place: a path, file:// and a path, or an address such as s3://bucket/folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click


class WorkspacePlace(click.ParamType[Path]):
    """A workspace's folder; for one at an address, the folder of this machine that stands for it."""

    name = "workspace"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        from banmian.batch.remote import mirror_of, placed  # noqa: PLC0415 - so that --help answers at once

        place = placed(str(value))
        return place if isinstance(place, Path) else mirror_of(place)


class InputPlace(click.ParamType[Path | str]):
    """A path, or the text of an address."""

    name = "input"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path | str:
        from banmian.batch.remote import local_path, placed  # noqa: PLC0415

        place = placed(str(value))
        return place if isinstance(place, Path) else local_path(place) or place
