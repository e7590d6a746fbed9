"""The commands. Thin: each reads its arguments, calls one function, shows the result.

Modules are imported by the command that needs them, so that `--help` and `doctor` answer at once, and `doctor` even
where a library cannot be loaded.
"""

from __future__ import annotations

import codecs
import io
import os
import sys
from pathlib import Path
from typing import Any, Final

import click

from banmian.archive.command import check, export
from banmian.archive.formats import Format
from banmian.batch_command import run, status, verify
from banmian.clean_command import clean, diff
from banmian.cli_types import WorkspacePlace
from banmian.errors import StorageFailed
from banmian.language import ZH, error_text, language, translated
from banmian.machine_output import write_utf8
from banmian.review.command import report, review
from banmian.search.command import search
from cleanup.edits.pass_registry import Pass
from layout.declaration import DeclarationWrong, check_declarations
from layout.errors import BanmianError, ReaderMissing, UsageError
from ocr.setup.engine_registry import EngineName

INTERRUPTED: Final = 130
"""The exit code after Ctrl-C, as shells have it."""

_HELP: Final = """
\b
  banmian run samples/chengzhou-evening --workspace work
  banmian export work --to jsonl --out articles.jsonl

Scanned newspaper pages become coherent articles. The first command reads the scans of a folder and makes articles
of them; given again, it goes on where it stopped. The second writes the articles to a file, one a line.

\b
Exit codes: 0 all done; 1 some pages failed, the rest is done; 2 wrong usage; 3 no scan was found or the input
cannot be opened; 4 the workspace cannot be used; 5 a reader or its model is missing; 6 the disk is full or
cannot be written; 7 verify found a difference; 8 the Dask cluster cannot be reached; 9 this installation is
damaged; 130 stopped with Ctrl-C.
"""

_KEYED: Final = (
    "Score keyed text of an old page instead: hanzi and letters alone, variant forms folded by the table FORMS "
    "(a form, a tab, its character on each line)."
)
_WIDTHS: Final = (50, 108)
"""Columns of a help text at least and at most; a longer line is tiring to read."""
_CHINESE: Final = frozenset({"gb2312", "gbk"})
"""Encodings of mainland China that hold a part of the hanzi."""
_WORKSPACE: Final = WorkspacePlace()
_FOLDER: Final = click.Path(path_type=Path, file_okay=False)
_FILE: Final = click.Path(path_type=Path)


class _Commands(click.Group):
    """Gives every error of the family its message and its exit code, in this one place, in the locale's language."""

    def main(self, *arguments: Any, **settings: Any) -> Any:
        try:
            check_declarations("export format", Format)
            check_declarations("engine", EngineName)
            check_declarations("pass", Pass)
        except DeclarationWrong as e:
            _tell(f"banmian: {error_text(e, language())}")
            sys.exit(e.exit_code)
        if language() == ZH:
            from banmian.help_text import speak_chinese

            speak_chinese(self)
        return super().main(*arguments, **settings)

    def make_context(self, *arguments: Any, **settings: Any) -> click.Context:
        return super().make_context(*arguments, **settings, terminal_width=_help_width())

    def invoke(self, ctx: click.Context) -> Any:
        _make_able(sys.stdout)
        try:
            return super().invoke(ctx)
        except ReaderMissing as e:
            more = translated("All that is missing here, and how to get it: banmian doctor", language())
            _tell(f"banmian: {error_text(e, language())}\n  {more}")
            ctx.exit(e.exit_code)
        except BanmianError as e:
            _tell(f"banmian: {error_text(e, language())}")
            ctx.exit(e.exit_code)
        except KeyboardInterrupt:
            _tell(translated("Stopped. The same command goes on from here.", language()))
            ctx.exit(INTERRUPTED)
        except BrokenPipeError:  # whoever read our output has had enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except OSError as e:
            from banmian.store.storage import storage_failed

            _tell(f"banmian: {error_text(storage_failed(Path(e.filename or 'a file'), e), language())}")
            ctx.exit(StorageFailed.exit_code)


def _make_able(stream: object) -> None:
    """Set the encoding of a stream so that it takes every character of the results as text for people.

    An encoding without hanzi becomes UTF-8, GBK its superset GB18030; another of hanzi writes what it lacks as \\uXXXX.
    """
    if not isinstance(stream, io.TextIOWrapper) or (name := codecs.lookup(stream.encoding).name).startswith("utf"):
        return
    if name in _CHINESE:
        stream.reconfigure(encoding="gb18030")
    elif "版".encode(name, "ignore"):
        stream.reconfigure(errors="backslashreplace")
    else:
        stream.reconfigure(encoding="utf-8")


def _help_width() -> int:
    """Columns of a help text: two less than the terminal has.

    The terminal is asked here because click asks it through `shutil`, which loads three compressors.
    """
    try:
        columns = int(os.environ.get("COLUMNS") or os.get_terminal_size().columns)
    except (ValueError, OSError):  # no terminal
        columns = 80
    return min(max(columns - 2, _WIDTHS[0]), _WIDTHS[1])


def _tell(text: str) -> None:
    """Talk goes to stderr."""
    click.echo(text, err=True)


@click.group(cls=_Commands, help=_HELP, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="banmian", message="%(prog)s %(version)s")
def main() -> None:
    pass


main.add_command(clean)
main.add_command(diff)
main.add_command(run)
main.add_command(check)
main.add_command(export)
main.add_command(report)
main.add_command(review)
main.add_command(search)
main.add_command(status)
main.add_command(verify)


@main.command()
@click.argument("workspace", type=_WORKSPACE)
@click.option("--out", type=_FOLDER, help="A folder for the drawings. Default: each page's own folder.")
@click.option(
    "--step",
    type=click.Choice(["marks", "lines", "blocks", "articles"]),
    default="articles",
    show_default=True,
    help="The result to draw: pictures, rules and type; text lines; regions; regions in order with their articles.",
)
@click.option("--decisions", is_flag=True, help="Also say why two blocks are, or are not, of one article.")
def draw(workspace: Path, out: Path | None, step: str, *, decisions: bool) -> None:
    """Draw marks, lines, blocks or articles on each page."""
    from banmian.draw import drawn
    from banmian.store.workspace import Workspace
    from layout.draw import DrawStep

    with Workspace.open(workspace) as opened:
        for drawing in drawn(opened, out, DrawStep(step)):
            click.echo(drawing.told(decisions=decisions))


@main.command()
@click.argument("gold", type=_FILE)
@click.argument("output", type=_FILE)
@click.option("--text", "is_text", is_flag=True, help="OUTPUT is the plain text of any program, not articles.")
@click.option("--keyed", "forms", type=_FILE, metavar="FORMS", help=_KEYED)
@click.option("--json", "as_json", is_flag=True, help="Print one line of JSON.")
def evaluate(gold: Path, output: Path, *, is_text: bool, forms: Path | None, as_json: bool) -> None:
    """Score OUTPUT, articles as jsonl, against a GOLD file.

    Each measure is printed with its value and what it is. White space, character width, the length of dashes and
    the shape of quotes do not count; wrong characters and wrong marks do. A gold article that is transcribed only in
    part (partial), or has no paragraphs, is left out of the measures of articles, and article_f1 has no value then.
    junk has none where a gold article is partial, or where the gold file does not hold what is printed beside the
    articles (others, or pages).

    \b
    The main measures:
      article_f1    articles that came back whole, with nothing else mixed in
      title         headlines that are right
      byline        bylines that are right
      para          printed paragraphs found whole
      breaks        paragraph breaks; torn: added ones, run_on: lost ones, per 100 paragraphs
      found, junk   printed characters that are found, output characters that are printed nowhere
      numbers       numbers that are as printed
    """
    from banmian import evaluate as evaluation
    from banmian.cli_output import score_json, score_text

    if is_text and forms is not None:
        raise UsageError("--text and --keyed exclude each other.", "Give one of them.")
    truth = evaluation.read_gold(gold)
    if is_text:
        score: Any = evaluation.score_text(truth.articles, evaluation.read_text(output))
    elif forms is not None:
        pieces = evaluation.read_output(output)
        score = evaluation.score_keyed(truth.articles, pieces, evaluation.read_forms(forms))
    else:
        score = evaluation.score_output(truth, evaluation.read_output(output))
    if as_json:
        write_utf8()
    click.echo(score_json(score) if as_json else score_text(score))


@main.command()
def doctor() -> None:
    """Report what is installed, what is missing, and how to get it."""
    from banmian import doctor as medicine
    from banmian.cli_output import doctor_text

    findings = medicine.examine()
    click.echo(doctor_text(findings))
    sys.exit(0 if medicine.is_fit(findings) else 5)
