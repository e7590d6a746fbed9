"""`python -m tests.golden record`: records what each stage makes of the golden pages, after its version has grown."""

from __future__ import annotations

import click
import msgspec

from tests.golden.stages import LANGUAGES, RECORD, ROOT, STAGES, Recorded, recorded


@click.group()
def main() -> None:
    """Golden results of the stages."""


@main.command()
@click.option("--same-version", is_flag=True, help="Also where a result changed and its version did not.")
def record(*, same_version: bool) -> None:
    """Record what each stage makes of the golden pages; refuses a change under a version that was recorded before."""
    before, after = recorded(), dict[str, Recorded]()
    for stage in STAGES:
        made = {name: stage.make(name) for name in sorted(LANGUAGES)}
        for name, result in made.items():
            at = f"{stage.room}/{name}"
            old, after[at] = before.get(at), stage.recorded(name, result)
            if old is not None and old.key == after[at].key and old != after[at] and not same_version:
                raise click.ClickException(f"{at}: {stage.advice}\nWhere no release has that version: --same-version")
        if stage.file is not None:
            for name, result in made.items():
                stage.file(name).write_bytes(result)
        RECORD.write_bytes(msgspec.json.format(msgspec.json.encode({**before, **after}), indent=1) + b"\n")
    click.echo(f"Recorded {len(after)} results. Commit {RECORD.parent.relative_to(ROOT)}.")


if __name__ == "__main__":
    main(prog_name="python -m tests.golden")
