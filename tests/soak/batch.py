"""A batch in a process of its own, with a command's exit codes: `python -m tests.soak.batch ROOT WORK JOBS`."""

from __future__ import annotations

import sys
from pathlib import Path

from layout.errors import BanmianError
from tests.banmian.doubles import Batch


def main() -> None:
    root, work, jobs = sys.argv[1:]
    try:
        Batch(Path(root), int(jobs), workspace=Path(work)).run()
    except BanmianError as e:
        sys.stderr.write(f"{e}\n")
        sys.exit(e.exit_code)


if __name__ == "__main__":
    main()
