"""Small networks are fitted by gradient descent: Adam (Kingma and Ba, 2015), its rate falling as a cosine does."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Descent:
    """How long, in which portions and how fast: examples of a `batch`, the `rate` of the first round."""

    rounds: int
    batch: int
    rate: float

    def fitted(
        self,
        weights: Mapping[str, Array],
        examples: int,
        slopes: Callable[[dict[str, Array], npt.NDArray[np.intp]], Mapping[str, npt.NDArray[np.floating]]],
        rng: np.random.Generator,
    ) -> dict[str, Array]:
        """The weights after all rounds; `slopes` gives the gradient of each at the examples of a portion."""
        out = dict(weights)
        mean = {k: np.zeros_like(v) for k, v in out.items()}
        spread = {k: np.zeros_like(v) for k, v in out.items()}
        step = 0
        for round_ in range(self.rounds):
            rate = self.rate * 0.5 * (1 + np.cos(np.pi * round_ / self.rounds))
            for at in np.array_split(rng.permutation(examples), max(1, examples // self.batch)):
                step += 1
                for k, slope in slopes(out, at).items():
                    mean[k] = 0.9 * mean[k] + 0.1 * slope
                    spread[k] = 0.999 * spread[k] + 0.001 * slope**2
                    here = mean[k] / (1 - 0.9**step) / (np.sqrt(spread[k] / (1 - 0.999**step)) + 1e-8)
                    out[k] = (out[k] - rate * here).astype(np.float32)
        return out
