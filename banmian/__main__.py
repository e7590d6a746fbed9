"""`python -m banmian` is the command `banmian`."""

import sys

_NEEDED = (3, 11)
"""The oldest Python that can load Banmian."""

if sys.version_info < _NEEDED:
    sys.exit(f"Banmian needs Python 3.11 or later, and this is {sys.version.split()[0]}: run it with python3.11.")

from banmian.cli import main  # noqa: E402 - an older Python cannot load it

if __name__ == "__main__":
    main(prog_name="banmian")
