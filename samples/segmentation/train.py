"""The training program: crops, loss, optimizer, snapshots."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from samples.segmentation.augment import Sampler
from samples.segmentation.labels import BODY, CLASS, CORE, DISPLAY, REVERSED, UNKNOWN, VERTICAL
from samples.segmentation.model import CLASSES, UNet

BATCH: Final = 4
"""Crops that one thread takes in a step."""
RATE: Final = 3e-3
"""Highest learning rate."""
WARM: Final = 100
"""Steps over which the learning rate rises."""
DECAY: Final = 1e-4
"""Weight decay."""
KEEP: Final = 0.998
"""Share of the averaged weights that a step keeps; the average is what is saved."""
WEIGHTS: Final = (0.7, 1.0, 1.6, 1.0, 2.0, 2.0)
"""Weight of each class in the loss: rare classes count more."""
HEAD_WEIGHT: Final = 0.5
"""Weight of the heads for reversed and vertical text in the loss, relative to the classes."""
REVERSED_WEIGHT: Final = 6.0
"""Weight of reversed text in the loss of its head: one text pixel in twenty is reversed."""
GAP: Final = 2.0
"""Weight, in the loss of the core, of text pixels outside it: they part adjacent lines."""
LOOK: Final = 100
"""Steps after which the folders are read again and the loss is printed."""
SNAPSHOT: Final = 250
"""Steps after which the averaged weights are saved."""


@dataclass(frozen=True, slots=True)
class TrainingRun:
    """One training run."""

    pages: Path
    collages: Path
    photos: Path
    out: Path
    steps: int
    seed: int = 0
    start: Path | None = None
    """Weights from which the run goes on."""
    threads: int = 2
    rate: float = RATE


def train(run: TrainingRun) -> None:
    """Train and save the averaged weights to `run.out`."""
    torch.set_num_threads(1)
    torch.manual_seed(run.seed)
    network = UNet()
    if run.start is not None:
        network.load_state_dict(torch.load(run.start, weights_only=True))
    average = deepcopy(network).eval()
    workers = [_Worker(network, run, n) for n in range(run.threads)]
    optimizer = torch.optim.AdamW(network.parameters(), run.rate, weight_decay=DECAY)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda n: rate(n, run.steps))
    began, losses = time.time(), []
    with ThreadPoolExecutor(run.threads) as pool:
        for step in range(1, run.steps + 1):
            losses += list(pool.map(_Worker.step, workers))
            collect(network, [w.network for w in workers])
            torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimizer.step()
            schedule.step()
            averaged(average, network, min(KEEP, step / (step + 20)))
            if step % LOOK == 0:
                for worker in workers:
                    worker.sampler.look()
                loss, seen = np.mean(losses[-LOOK:]), workers[0].sampler
                print(
                    f"step {step} loss {loss:.4f} {time.time() - began:.0f} s, "
                    f"{len(seen.pages)} pages, {len(seen.collages)} collages",
                    flush=True,
                )
            if step % SNAPSHOT == 0 or step == run.steps:
                part = run.out.with_suffix(".part")
                torch.save(average.state_dict(), part)
                part.rename(run.out)


class _Worker:
    """One thread's copy of the network, which shares the weights, and its crops."""

    def __init__(self, network: UNet, run: TrainingRun, number: int) -> None:
        self.network = deepcopy(network)
        for mine, common in zip(self.network.parameters(), network.parameters(), strict=True):
            mine.data = common.data
        self.sampler = Sampler(run.pages, run.collages, run.photos, 1000 * run.seed + number)

    def step(self) -> float:
        """The gradients of one batch; its loss."""
        gray, label = self.sampler.batch(BATCH)
        self.network.zero_grad()
        loss = loss_of(self.network(torch.from_numpy(gray)[:, None].float() / 255), label)
        loss.backward()  # type: ignore[no-untyped-call]
        return float(loss.detach())


def collect(network: UNet, copies: list[UNet]) -> None:
    """Give the network the mean of the copies' gradients and of their statistics."""
    for common, *parts in zip(network.parameters(), *(c.parameters() for c in copies), strict=True):
        common.grad = torch.stack([p.grad for p in parts if p.grad is not None]).mean(0)
    for common, *parts in zip(network.buffers(), *(c.buffers() for c in copies), strict=True):
        common.copy_(torch.stack(parts).to(torch.float64).mean(0).to(common.dtype))


def rate(step: int, steps: int) -> float:
    """Share of the highest learning rate: a rise, then half a cosine down to a hundredth."""
    if step < WARM:
        return (step + 1) / WARM
    return float(0.01 + 0.99 * 0.5 * (1 + np.cos(np.pi * (step - WARM) / max(1, steps - WARM))))


def averaged(average: UNet, network: UNet, keep: float) -> None:
    """Move the averaged weights and statistics towards the network's."""
    with torch.no_grad():
        for a, b in zip(average.state_dict().values(), network.state_dict().values(), strict=True):
            if a.dtype.is_floating_point:
                a.lerp_(b, 1 - keep)
            else:
                a.copy_(b)


def loss_of(logits: Tensor, label: npt.NDArray[np.uint8]) -> Tensor:
    """Cross entropy of the classes, and of the heads where they mean something."""
    kind = torch.from_numpy((label & CLASS).astype(np.int64))
    known = torch.from_numpy(((label & UNKNOWN) == 0).astype(np.float32))
    weight = torch.tensor(WEIGHTS)[kind] * known
    classes = functional.cross_entropy(logits[:, :CLASSES], kind, reduction="none")
    total = (classes * weight).sum() / weight.sum().clamp(min=1)
    text = ((kind == BODY) | (kind == DISPLAY)).float() * known
    for head, (bit, share) in enumerate(((REVERSED, REVERSED_WEIGHT), (VERTICAL, 1.0))):
        truth = torch.from_numpy(((label & bit) > 0).astype(np.float32))
        error = functional.binary_cross_entropy_with_logits(logits[:, CLASSES + head], truth, reduction="none")
        counted = text * (1 + (share - 1) * truth)
        total = total + HEAD_WEIGHT * (error * counted).sum() / counted.sum().clamp(min=1)
    return total + core_loss(logits[:, CLASSES + 2], label, text, known)


def core_loss(logits: Tensor, label: npt.NDArray[np.uint8], text: Tensor, known: Tensor) -> Tensor:
    """Cross entropy and Dice loss of the lines' cores."""
    truth = torch.from_numpy(((label & CORE) > 0).astype(np.float32))
    weight = (1 + (GAP - 1) * text) * known
    error = functional.binary_cross_entropy_with_logits(logits, truth, reduction="none")
    guess = torch.sigmoid(logits) * known
    dice = 1 - (2 * (guess * truth).sum() + 1) / (guess.sum() + (truth * known).sum() + 1)
    return (error * weight).sum() / weight.sum().clamp(min=1) + 0.3 * dice
