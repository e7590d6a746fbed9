"""A network of PP-OCR on onnxruntime: a strip in, the characters on it out."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from layout.errors import ReaderMissing
from layout.sheet import Gray
from ocr.line.seen import Seen
from ocr.ppocr.ctc import ZEROS, Frames, decoded
from ocr.setup.weights import AGAIN, INSTALL, ModelFiles

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

FULL_WIDTH: Final = {chr(narrow + 0xFEE0): chr(narrow) for narrow in range(0x21, 0x7F)}
"""The full-width form of each ASCII character."""

NARROWEST: Final = 16
"""Pixels; a strip is no shorter: the networks halve a picture's width several times."""
FRAME: Final = 8
"""Pixels of a strip for a frame of the networks' answer. Of a last frame of which less than five are there the networks
say nothing, and a comma may stand in it."""

FELT: Final = 1e-5
"""Probability that a frame loses to the script, at least, for which the others of its classes are made likelier: less
is not told in confidences, which have four digits."""


class NetworkFailed(Exception):
    """The runtime could not carry out the network."""


@dataclass(frozen=True)
class Network:
    """A model that reads one strip at a time; its weights are opened with the first.

    `script` says how likely a character is in the script that is read, beside one of its own; 0 is never said.
    """

    weights: ModelFiles
    script: Callable[[str], float] | None = None

    @cached_property
    def _session(self) -> InferenceSession:
        try:
            import onnxruntime  # noqa: PLC0415 - an extra, and slow to load
        except ImportError as e:
            raise ReaderMissing(f"The reader PP-OCR cannot be loaded: {_brief(e)}", INSTALL) from e
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 4  # its warnings are for who trains networks
        try:
            return onnxruntime.InferenceSession(
                self.weights.read_network(), options, providers=["CPUExecutionProvider"]
            )
        except _runtime_errors() as e:
            raise ReaderMissing(f"PP-OCR's file {self.weights.network} cannot be loaded: {_brief(e)}", AGAIN) from e

    @cached_property
    def alphabet(self) -> tuple[str, ...]:
        """What its classes stand for, first the blank."""
        return self.weights.read_alphabet()

    @cached_property
    def _twins(self) -> dict[int, int]:
        """The classes that print alike but for their width, each with its other: ， and , in small type, ： and :."""
        of = {char: at for at, char in enumerate(self.alphabet)}
        pairs = {of[c]: of[narrow] for c, narrow in FULL_WIDTH.items() if c in of and narrow in of}
        return pairs | {narrow: at for at, narrow in pairs.items()}

    @cached_property
    def _zeros(self) -> list[int]:
        """The classes of the zero in hanzi."""
        return [at for at, char in enumerate(self.alphabet) if char in ZEROS]

    @cached_property
    def _prior(self) -> npt.NDArray[np.float32] | None:
        """How likely each class is in the script; None where nothing is known of it."""
        if self.script is None:
            return None
        return np.array([self.script(c) if c else 1.0 for c in self.alphabet], dtype=np.float32)

    @cached_property
    def _foreign(self) -> npt.NDArray[np.intp]:
        """The classes that the script never has."""
        return np.flatnonzero(self._prior == 0) if self._prior is not None else np.array([], dtype=np.intp)

    @cached_property
    def _unlikely(self) -> npt.NDArray[np.intp]:
        """The classes that are less likely in the script than its own, and not foreign to it."""
        prior = self._prior
        return np.flatnonzero((prior > 0) & (prior < 1)) if prior is not None else np.array([], dtype=np.intp)

    def characters(self, strip: Gray) -> list[Seen]:
        """What stands on a strip of STRIP's height, with places along it; raises NetworkFailed."""
        frames = self._frames(strip)
        return decoded(frames, self.alphabet, FRAME * len(frames), self._twins, self._zeros)

    def _frames(self, strip: Gray) -> Frames:
        """What the network says of each frame, the last one filled up with paper."""
        count = math.ceil(strip.shape[1] / FRAME)
        missing = max(NARROWEST, FRAME * count) - strip.shape[1]
        wide = np.pad(strip, ((0, 0), (0, missing)), mode="edge")
        name = self._session.get_inputs()[0].name
        try:
            answer: Any = self._session.run(None, {name: _as_input(wide)})[0]
        except _runtime_errors() as e:
            raise NetworkFailed(_brief(e)) from e
        frames: Frames = np.asarray(answer, dtype=np.float32)[0]
        if frames.shape[1] != len(self.alphabet):
            raise ReaderMissing(
                f"PP-OCR's file {self.weights.network} knows {frames.shape[1]} characters, and its list "
                f"{len(self.alphabet)}.",
                AGAIN,
            )
        return self._in_script(frames[:count])

    def _in_script(self, frames: Frames) -> Frames:
        """The frames, changed in place, as likely as the script makes each class.

        Only few classes are touched, and few frames: a pass over all takes as long as a twentieth of the network.
        """
        prior, unlikely = self._prior, self._unlikely
        if prior is None:
            return frames
        if len(unlikely):
            held = frames[:, unlikely]
            less = held * prior[unlikely]
            gone = frames[:, self._foreign].sum(axis=1) + (held - less).sum(axis=1)
            frames[:, unlikely] = less
        frames[:, self._foreign] = 0
        if len(unlikely):
            rows = np.flatnonzero(gone > FELT)
            left = frames[rows].sum(axis=1, keepdims=True)
            frames[rows] /= np.maximum(left, np.finfo(np.float32).tiny)
        return frames


def _as_input(strip: Gray) -> npt.NDArray[np.float32]:
    """Shape (1, 3, height, width), -1 black to 1 white, as the networks were trained."""
    level = strip.astype(np.float32) / 127.5 - 1.0
    return np.ascontiguousarray(np.broadcast_to(level, (1, 3, *level.shape)))


def _runtime_errors() -> tuple[type[Exception], ...]:
    """What onnxruntime raises: classes of its own without a common one, and those of Python for want of memory."""
    from onnxruntime.capi import onnxruntime_pybind11_state as state  # noqa: PLC0415

    own = (c for c in vars(state).values() if isinstance(c, type) and issubclass(c, Exception))
    return (*own, RuntimeError, MemoryError)


def _brief(error: Exception) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__
