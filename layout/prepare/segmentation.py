"""Segmentation: what each pixel of a page shows, told by a small trained network.

The network works on the page at a body type size of 8 pixels. It runs in onnxruntime where that is installed, else in
OpenCV's DNN module; both give the same result to a hundredth. samples/segmentation holds the program that trains it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from layout.geometry import Box
from layout.ink import Gray, mask_of

WEIGHTS: Final = "segmentation.onnx"
"""File name of the network, in the package `layout`."""
NETWORK_EM: Final = 8.0
"""Size of the body type in the network's picture, in pixels."""
SCALE: Final = 0.4
"""Size of the network's picture relative to layout's: body type of 8 px instead of 20 px, enough to see lines."""
STEP: Final = 16
"""Pixels of the network's coarsest cell: the sides of a tile are multiples of it."""
MARGIN: Final = 80
"""Pixels of a tile, at an inner edge, whose labels are dropped: the network sees about that far around a pixel."""
TILE: Final = 500_000
"""Largest number of pixels of a tile: the network then needs about 150 MB."""
STRIP: Final = 32
"""Rows of blocks whose logits become probabilities at a time: that needs little memory."""

HALF: Final = 127
"""Probability times 255 above which something is likelier than not."""

PAPER, BODY, DISPLAY, PICTURE, RULE, TABLE_LINE = range(6)
"""Classes of `Segmentation.label`."""
CLASSES: Final = 6
"""Number of classes of the network's first head."""
HEADS: Final = 3
"""Number of its other outputs, each a probability of its own."""

Logits = npt.NDArray[np.float32]
"""Shape (4 * (CLASSES + HEADS), rows, columns): the logits of blocks of 2 by 2 pixels."""
Backend = Callable[[Gray], Logits]
"""Runs the network on a tile whose sides are multiples of STEP."""


@dataclass(frozen=True, slots=True)
class Segmentation:
    """What the pixels of a page show. Every array has the page's shape times `scale` and type uint8.

    `label` is a class; all others are probabilities times 255. `reversed` and `vertical` mean something only where
    there is text. `core` is the middle half of each text line: its connected components are the lines.
    """

    label: Gray
    text: Gray
    """Body text."""
    display: Gray
    picture: Gray
    rule: Gray
    """Rules and frames."""
    table: Gray
    """Table lines."""
    reversed: Gray
    """Light text on a dark ground."""
    vertical: Gray
    """The text line runs from top to bottom."""
    core: Gray
    scale: float = SCALE

    @property
    def is_text(self) -> Gray:
        """255 where body or display text is, 0 elsewhere."""
        return text_of(self.label)

    @property
    def is_reversed(self) -> Gray:
        """255 where light text on a dark ground is, 0 elsewhere."""
        return mask_of((self.is_text > 0) & (self.reversed > HALF))

    def text_share(self, box: Box) -> float:
        """Mean probability of body or display text, 0 to 1, over a box of the picture at body type 20 px."""
        k = self.scale
        part = np.s_[int(box.y0 * k) : round(box.y1 * k + 0.5), int(box.x0 * k) : round(box.x1 * k + 0.5)]
        own = self.text[part].astype(np.float32) + self.display[part]
        return float(own.mean()) / 255 if own.size else 0.0

    def copied(self, *names: str) -> Segmentation:
        """The same with the planes of those names copied, all where none is named: they may be changed then."""
        return replace(self, **{n: getattr(self, n).copy() for n in names}) if names else self._each(np.copy)

    def resized(self, shape: tuple[int, ...]) -> Segmentation:
        """The segmentation enlarged to `shape` (height, width)."""

        def enlarged(plane: Gray) -> Gray:
            size = (shape[1], shape[0])
            return cv2.resize(plane, size, interpolation=cv2.INTER_NEAREST).astype(np.uint8, copy=False)

        return self._each(enlarged)

    def reduced(self, times: int) -> Segmentation:
        """The segmentation at a `times` smaller size: probabilities are averaged, of labels one in `times` is taken."""
        labels = np.ascontiguousarray(self.label[::times, ::times])
        size = (labels.shape[1], labels.shape[0])

        def averaged(plane: Gray) -> Gray:
            return cv2.resize(plane, size, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)

        return replace(self._each(averaged), label=labels)

    def part(self, box: Box) -> Segmentation:
        """The segmentation of a part of the picture; `box` in pixels of the picture at body type 20 px."""
        k = self.scale
        h, w = (round(v * k) for v in (box.height, box.width))
        y, x = round(box.y0 * k), round(box.x0 * k)

        def cut(plane: Gray) -> Gray:
            return np.ascontiguousarray(plane[y : y + h, x : x + w])

        return self._each(cut)

    def turned(self) -> Segmentation:
        """The segmentation of the picture turned by 90 degrees counterclockwise: vertical lines become horizontal."""

        turned = self._each(lambda plane: np.ascontiguousarray(np.rot90(plane)))
        return replace(turned, vertical=(255 - turned.vertical).astype(np.uint8))

    def _each(self, change: Callable[[Gray], Gray]) -> Segmentation:
        """The same change made to every plane."""
        return Segmentation(
            change(self.label),
            change(self.text),
            change(self.display),
            change(self.picture),
            change(self.rule),
            change(self.table),
            change(self.reversed),
            change(self.vertical),
            change(self.core),
            self.scale,
        )


def text_of(label: Gray) -> Gray:
    """255 where a label is body or display text, 0 elsewhere; of the label's shape."""
    return mask_of((label == BODY) | (label == DISPLAY))


def segment_small(small: Gray, backend: Backend | None = None) -> Segmentation:
    """The segmentation of a page whose body type is 8 px."""
    run = backend or default_backend()
    h, w = small.shape
    padded = _padded(small)
    planes = np.zeros((1 + CLASSES - 1 + HEADS, h, w), np.uint8)
    for y0, y1, keep_rows in tiles(padded.shape[0], padded.shape[1]):
        for x0, x1, keep_columns in tiles(padded.shape[1], y1 - y0):
            found = _planes(run(np.ascontiguousarray(padded[y0:y1, x0:x1])))
            rows, columns = slice(keep_rows[0], min(keep_rows[1], h)), slice(keep_columns[0], min(keep_columns[1], w))
            planes[:, rows, columns] = found[
                :, rows.start - y0 : rows.stop - y0, columns.start - x0 : columns.stop - x0
            ]
    return Segmentation(*planes)


def tiles(length: int, other: int) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """Overlapping parts of a side, so that a part times the `other` side is a tile: start, end, what is kept of it."""
    most = max(4 * MARGIN, TILE // max(1, min(other, 2 * int(TILE**0.5))) // STEP * STEP)
    if length <= most:
        yield 0, length, (0, length)
        return
    count = -(-(length - 2 * MARGIN) // (most - 2 * MARGIN))
    cuts = [round(length * n / count / STEP) * STEP for n in range(count)] + [length]
    for a, b in pairwise(cuts):
        yield max(0, a - MARGIN), min(length, b + MARGIN), (a, b)


@cache
def default_backend() -> Backend:
    """The backend: onnxruntime where it is installed, else OpenCV; loaded once a process."""
    try:
        return onnxruntime_backend()
    except ImportError:
        return opencv_backend()


def onnxruntime_backend() -> Backend:
    """The network in onnxruntime, on one thread; raises ImportError where that is not installed."""
    import onnxruntime  # noqa: PLC0415  the package is optional

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(network_bytes(), options, providers=["CPUExecutionProvider"])

    def run(tile: Gray) -> Logits:
        (out,) = session.run(None, {"gray": tile[None, None].astype(np.float32)})
        return np.asarray(out[0], np.float32)

    return run


def opencv_backend() -> Backend:
    """The network in OpenCV's DNN module."""
    network = cv2.dnn.readNetFromONNX(np.frombuffer(network_bytes(), np.uint8))

    def run(tile: Gray) -> Logits:
        network.setInput(tile[None, None].astype(np.float32))
        return np.asarray(network.forward()[0], np.float32)

    return run


def network_bytes() -> bytes:
    """The network's file."""
    return files("layout").joinpath(WEIGHTS).read_bytes()


def _padded(small: Gray) -> Gray:
    """The picture with sides that are multiples of STEP, its edge repeated."""
    down, right = (-n % STEP for n in small.shape)
    return cv2.copyMakeBorder(small, 0, down, 0, right, cv2.BORDER_REPLICATE).astype(np.uint8, copy=False)


def _planes(logits: Logits) -> npt.NDArray[np.uint8]:
    """Label and probabilities in the order of Segmentation's fields, shape (9, height, width)."""
    _, rows, columns = logits.shape
    out = np.empty((CLASSES + HEADS, rows, 2, columns, 2), np.uint8)
    for top in range(0, rows, STRIP):
        part = logits[:, top : top + STRIP]
        blocks = part.reshape(CLASSES + HEADS, 2, 2, *part.shape[1:]).transpose(0, 3, 1, 4, 2)
        classes = blocks[:CLASSES]
        powers = np.exp(classes - classes.max(axis=0))
        powers *= 255 / powers.sum(axis=0)
        heads = 255 / (1 + np.exp(-np.clip(blocks[CLASSES:], -30, 30)))
        here = out[:, top : top + STRIP]
        here[0] = classes.argmax(axis=0)
        here[1:CLASSES] = np.rint(powers[1:])
        here[CLASSES:] = np.rint(heads)
    return out.reshape(CLASSES + HEADS, 2 * rows, 2 * columns)
