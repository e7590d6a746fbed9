"""`python -m samples.segmentation draw|photos|collages|train|export|show`: makes the weights of layout's segmentation."""

from __future__ import annotations

import argparse
from pathlib import Path

DATA = Path("build/segmentation")


def main() -> None:
    """Run one step of the training."""
    parser = argparse.ArgumentParser(prog="python -m samples.segmentation", description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of training data and weights (%(default)s)")
    steps = parser.add_subparsers(dest="step", required=True)
    train = steps.add_parser("train", help="train the network")
    train.add_argument("name", help="name of the run; its weights go to NAME.pt")
    train.add_argument("--steps", type=int, default=3500)
    train.add_argument("--seed", type=int, default=0)
    train.add_argument("--rate", type=float, default=3e-3, help="highest learning rate")
    train.add_argument("--start", help="name of the run whose weights this one goes on from")
    asked = parser.parse_args()
    if asked.step == "train":
        train_network(asked)


def train_network(asked: argparse.Namespace) -> None:
    """Train one run."""
    from samples.segmentation.train import Run, train

    data: Path = asked.data
    train(
        Run(
            data / "pages",
            data / "collages",
            data / "photos",
            data / f"{asked.name}.pt",
            asked.steps,
            asked.seed,
            data / f"{asked.start}.pt" if asked.start else None,
            rate=asked.rate,
        )
    )


if __name__ == "__main__":
    main()
