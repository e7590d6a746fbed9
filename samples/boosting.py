"""Boosted trees of scikit-learn as the arrays that `layout.boosted_trees` reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np


def classifier(**settings: float) -> Any:
    """A classifier of boosted trees that is not fitted yet; the same settings and rows make the same trees."""
    from sklearn.ensemble import HistGradientBoostingClassifier  # noqa: PLC0415 - only the fit needs it

    return HistGradientBoostingClassifier(**settings, random_state=0)


def flat(models: Sequence[Any], option: int = 0) -> dict[str, np.ndarray]:
    """The trees of several fitted models, their mean, for one of the options: a leaf is its own child."""
    trees = [round_[option].nodes for model in models for round_ in model._predictors]
    starts = np.cumsum([0, *(len(t) for t in trees[:-1])])
    nodes = np.concatenate(trees)
    offset = np.repeat(starts, [len(t) for t in trees])
    leaf, own = nodes["is_leaf"].astype(bool), np.arange(len(nodes))
    baseline = float(np.mean([m._baseline_prediction.ravel()[option] for m in models]))
    return {
        "feature": np.where(leaf, 0, nodes["feature_idx"]).astype(np.int32),
        "threshold": np.where(leaf, 0.0, nodes["num_threshold"]),
        "left": np.where(leaf, own, nodes["left"] + offset).astype(np.int32),
        "right": np.where(leaf, own, nodes["right"] + offset).astype(np.int32),
        "value": np.where(leaf, nodes["value"], 0.0) / len(models),
        "roots": starts.astype(np.int32),
        "scalars": np.array([baseline, int(nodes["depth"].max())]),
    }
