"""`python -m samples.browser OUT [NAME …]`: prints the pages of `pages/`, and writes NAME.png and NAME.json to OUT."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from samples.browser.printing import PAGES, browser_pages


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m samples.browser", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--pages", type=Path, default=PAGES)
    chosen = parser.parse_args(arguments)
    chosen.out.mkdir(parents=True, exist_ok=True)
    for page in browser_pages(chosen.pages, chosen.names):
        page.image.save(chosen.out / f"{page.name}.png")
        record = json.dumps(page.gold, ensure_ascii=False, indent=1)
        (chosen.out / f"{page.name}.json").write_text(record, encoding="utf-8")
        print(page.name, file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
