"""`python -m samples.typeset` makes samples/ again; `... random SEED FOLDER` draws an issue by chance."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from samples.typeset.chance import STYLE_NAMES, random_issue
from samples.typeset.front.photo import FOLDER_VARIABLE
from samples.typeset.works import SAMPLES, make


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m samples.typeset", description=__doc__)
    commands = parser.add_subparsers(dest="command")
    again = commands.add_parser("samples", help="make everything in samples/ again (the default)")
    again.add_argument("--folder", type=Path, default=SAMPLES)
    drawn = commands.add_parser("random", help="draw an issue by chance")
    drawn.add_argument("seed", type=int)
    drawn.add_argument("folder", type=Path)
    drawn.add_argument("--pages", type=int, default=1)
    drawn.add_argument("--level", help="clean, office, poor, skewed, coarse, fine, turned, upside_down, one_bit")
    drawn.add_argument("--style", choices=STYLE_NAMES, default="modern")
    drawn.add_argument("--photos", type=Path, help="a folder of photographs to print on front pages, for training")
    drawn.add_argument("--small", action="store_true", help="sheets of some 6 megapixels")
    chosen = parser.parse_args(arguments)
    if chosen.command == "random":
        if chosen.photos is not None:
            os.environ[FOLDER_VARIABLE] = str(chosen.photos)
        issue = random_issue(chosen.seed, chosen.pages, chosen.level, small=chosen.small, style=chosen.style)
        files = issue.write(chosen.folder)
    else:
        files = make(getattr(chosen, "folder", SAMPLES))
    for file in files:
        print(file, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
