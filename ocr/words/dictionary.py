"""The words that a model of Tesseract knows, looked up in its own file: no other dictionary has to be installed."""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, Protocol

import numpy as np
import numpy.typing as npt

from ocr.setup.tessdata import Models, models, word_graphs

_HEAD: Final = struct.Struct("<hii")
"""What a graph begins with: a number that marks it, the number of letters, the number of edges."""
_MARK: Final = 42
"""The number that marks a graph (kDawgMagicNumber in Tesseract's dawg.h)."""
_LAST: Final = 1
"""The flag of the last edge of a node."""
_ENDS: Final = 4
"""The flag of an edge that ends a word."""
_FLAGS: Final = 3
"""Number of flags, in bits between an edge's letter and its next node."""


class KnownWords(Protocol):
    """What knows whether a text is a word."""

    def __contains__(self, word: str, /) -> bool: ...


class Vocabulary(KnownWords, Protocol):
    """What also knows which characters its words can have."""

    def knows(self, char: str, /) -> bool:
        """Whether words could have this character."""
        ...


Edges = npt.NDArray[np.uint64]
"""Shape (edges,): the edges of a graph, node after node; a node's number is that of its first edge."""


@dataclass(frozen=True)
class WordGraph:
    """A graph of words as Tesseract writes it (SquishedDawg): a word is a path of letters from node 0."""

    edges: Edges
    codes: dict[str, int]
    bits: int
    """Bits of a letter."""
    _nodes: dict[int, dict[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, data: bytes, letters: Sequence[str]) -> WordGraph | None:
        """The graph in a part of a model's file; None where it is damaged."""
        try:
            mark, count, edges = _HEAD.unpack_from(data)
            found = np.frombuffer(data, dtype="<u8", count=edges, offset=_HEAD.size)
        except (struct.error, ValueError):
            return None
        if mark != _MARK or count <= 0:
            return None
        return cls(found, {letter: n for n, letter in enumerate(letters)}, math.ceil(math.log2(count + 1)))

    def __contains__(self, word: str, /) -> bool:
        """Whether it is a word."""
        node, edge = 0, 0
        for at, char in enumerate(word):
            found = self._node(node).get(self.codes.get(char, -1)) if at == 0 or node else None
            if found is None:
                return False
            edge = found
            node = edge >> (self.bits + _FLAGS)
        return bool(edge >> self.bits & _ENDS)

    def knows(self, char: str, /) -> bool:
        """Whether it has a letter for this character."""
        return char in self.codes

    def _node(self, at: int) -> dict[int, int]:
        """The edges of a node by their letters."""
        if at not in self._nodes:
            found: dict[int, int] = {}
            for number in range(at, len(self.edges)):
                edge = int(self.edges[number])
                found[edge & ((1 << self.bits) - 1)] = edge
                if edge >> self.bits & _LAST:
                    break
            self._nodes[at] = found
        return self._nodes[at]


@dataclass(frozen=True, slots=True)
class Dictionary:
    """The words of one or several models; empty where none of them is installed."""

    graphs: tuple[WordGraph, ...] = ()

    def __contains__(self, word: str, /) -> bool:
        """Whether one of the models knows the word."""
        return any(word in graph for graph in self.graphs)

    def knows(self, char: str, /) -> bool:
        """Whether one of the models has this character."""
        return any(graph.knows(char) for graph in self.graphs)


def dictionary(lang: str) -> Dictionary:
    """The words of the models in `lang`, several joined by +, as they are installed now."""
    return _dictionary(models(lang))


@lru_cache(maxsize=16)
def _dictionary(files: Models) -> Dictionary:
    found = (WordGraph.of(data, letters) for data, letters in word_graphs(files))
    return Dictionary(tuple(graph for graph in found if graph is not None))
