"""What programs read on standard output: UTF-8, whatever the locale."""

from __future__ import annotations

import io
import sys


def write_utf8() -> None:
    """Makes standard output UTF-8; to be called before anything is written that a program reads, such as JSON.

    Text for people is in the encoding of their terminal.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors=sys.stdout.errors)
