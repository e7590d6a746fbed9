"""Pictures of scans for the browser: a pyramid of tiles, made once when a page is first looked at, and crops of it.

DIR/review/tiles/KEY/page.json   width, height, levels; written last, when all tiles are there
DIR/review/tiles/KEY/Z/X-Y.jpg   512 by 512 pixels; Z 0 is the whole page on few tiles, the last level the scan
DIR/review/tiles/KEY/small.jpg   the page as a thumbnail
"""

from __future__ import annotations

import math
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import msgspec
import numpy as np
import numpy.typing as npt

from banmian.store.entries import PageEntry
from banmian.store.remote import at_hand
from banmian.store.stage_keys import key
from banmian.store.storage import make_folder, write_whole
from layout.errors import PageFailed
from layout.geometry import Box
from layout.input.scan import Scan, open_scan

_COLOUR_AXES: Final = 3
"""Number of axes of a picture in colour: height, width, channels."""
TILE: Final = 512
"""Pixels of a tile's side."""

_SMALL: Final = 320
"""Pixels of a thumbnail's longer side."""

_JPEG: Final = (cv2.IMWRITE_JPEG_QUALITY, 82)
_AROUND: Final = (197, 211, 217)
"""What lies around the page in the browser, BGR."""

_AT_ONCE: Final = 2
"""Number of scans that are in memory at a time: each may want hundreds of megabytes."""

Picture = npt.NDArray[np.uint8]
"""Shape (height, width) grey or (height, width, 3) BGR, 0 to 255."""


@dataclass(frozen=True, slots=True)
class Pyramid:
    """The tiles of a page; level 0 shows it smallest, each next level twice as large, the last as scanned.

    `finest` is the work on the tiles of the last level while it goes on: they are half of the work, and the page can be
    looked at before.
    """

    folder: Path
    width: int
    height: int
    levels: int
    finest: Future[None] | None = None

    def tile(self, level: int, x: int, y: int) -> Path | None:
        """The file of a tile, None where the page has none; waits for one of the last level that is being made."""
        if self.finest is not None and level == self.levels - 1:
            self.finest.result()
        path = self.folder / str(level) / f"{x}-{y}.jpg"
        return path if 0 <= level < self.levels and x >= 0 and y >= 0 and path.is_file() else None

    def crop(self, box: Box) -> Picture:
        """The part of the scan within the box, grey; what lies outside of the page is white."""
        return self.crops([box])[0]

    def crops(self, boxes: Sequence[Box]) -> list[Picture]:
        """The same of several boxes; each tile is read once."""
        page = Box(0, 0, self.width, self.height)
        outs = [_white(box) for box in boxes]
        parts: dict[tuple[int, int], list[int]] = {}
        for n, box in enumerate(boxes):
            for x in range(max(0, box.x0) // TILE, max(0, box.x1 - 1) // TILE + 1):
                for y in range(max(0, box.y0) // TILE, max(0, box.y1 - 1) // TILE + 1):
                    parts.setdefault((x, y), []).append(n)
        for (x, y), numbers in parts.items():
            path = self.tile(self.levels - 1, x, y)
            if path is not None:
                placed = _read(path), x * TILE, y * TILE
                for n in numbers:
                    _lay(outs[n], boxes[n], page, placed)
        return outs


class Tiles:
    """The tiles of a workspace's pages."""

    def __init__(self, root: Path) -> None:
        self._root = root / "review" / "tiles"
        self._locks: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()
        self._in_memory = threading.Semaphore(_AT_ONCE)
        self._cutters = ThreadPoolExecutor(_AT_ONCE, "tiles")
        self._begun: dict[str, Pyramid] = {}

    def of(self, entry: PageEntry) -> Pyramid:
        """The page's tiles, made where there are none yet; raises PageFailed for a scan that cannot be opened."""
        name = _name(entry)
        with self._guard:
            lock = self._locks.setdefault(name, threading.Lock())
        with lock:
            folder = self._root / name
            if (folder / "page.json").is_file():
                self._begun.pop(name, None)
                data = (folder / "page.json").read_bytes()
                return Pyramid(folder, *msgspec.json.decode(data, type=tuple[int, int, int]))
            begun = self._begun.get(name)
            if begun is None or begun.finest is None or begun.finest.done():  # one that is done and has no file failed
                begun = self._begun[name] = self._make(folder, entry)
            return begun

    def _make(self, folder: Path, entry: PageEntry) -> Pyramid:
        """The page's tiles but for those of the last level, which are cut beside what follows."""
        self._in_memory.acquire()
        try:
            scan = open_scan(at_hand(entry.path, entry.address), entry.frame)
            levels = list(_levels(_coloured(scan)))
            _lay_out(folder, levels)
            told = scan.width, scan.height, len(levels)
            finest = self._cutters.submit(_finish, folder, levels[0], told)
        except BaseException:
            self._in_memory.release()
            raise
        finest.add_done_callback(lambda _: self._in_memory.release())
        return Pyramid(folder, *told, finest)

    def crops(self, entry: PageEntry, boxes: Sequence[Box]) -> list[Picture]:
        """Parts of the scan, grey; of a page that nobody has looked at from the scan itself, which makes no tiles."""
        name = _name(entry)
        if name in self._begun or (self._root / name / "page.json").is_file():
            return self.of(entry).crops(boxes)
        with self._in_memory:
            gray = open_scan(at_hand(entry.path, entry.address), entry.frame).gray
        page = Box(0, 0, gray.shape[1], gray.shape[0])
        outs = [_white(box) for box in boxes]
        for out, box in zip(outs, boxes, strict=True):
            _lay(out, box, page, (gray, 0, 0))
        return outs

    def small(self, entry: PageEntry) -> Path:
        """The page's thumbnail."""
        return self.of(entry).folder / "small.jpg"


def jpeg(picture: Picture, quality: int = 82) -> bytes:
    """The picture as JPEG."""
    return _encoded(".jpg", picture, (cv2.IMWRITE_JPEG_QUALITY, quality))


def png(picture: Picture) -> bytes:
    """The picture as PNG."""
    return _encoded(".png", picture, (cv2.IMWRITE_PNG_COMPRESSION, 3))


def _encoded(form: str, picture: Picture, settings: tuple[int, ...]) -> bytes:
    done, data = cv2.imencode(form, picture, settings)
    if not done:
        raise PageFailed("A picture of the scan could not be made.")
    return data.tobytes()


def _name(entry: PageEntry) -> str:
    """Tiles belong to a scan's bytes as they are known by size and time: another scan gets other tiles."""
    try:
        stat = at_hand(entry.path, entry.address).stat()
    except OSError as e:
        raise PageFailed(f"{entry.shown} cannot be opened: {e.strerror}.", "Put the scan back where it was.") from e
    return key(entry.path, entry.frame, stat.st_size, stat.st_mtime_ns)


def _lay_out(folder: Path, levels: Sequence[Picture]) -> None:
    """The folder with the thumbnail and the tiles of all levels but the first of these, which is the finest."""
    make_folder(folder.parent)
    part = Path(tempfile.mkdtemp(prefix=".part.", dir=folder.parent))
    try:
        for number, level in enumerate(reversed(levels[1:])):
            _cut(part / str(number), level)
        _write(part / "small.jpg", _fitted(levels[-1], _SMALL))
        shutil.rmtree(folder, ignore_errors=True)  # what a server left that was ended in the midst of it
        os.replace(part, folder)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def _finish(folder: Path, picture: Picture, told: tuple[int, int, int]) -> None:
    """The tiles of the last level, and what tells that all are there."""
    try:
        _cut(folder / str(told[2] - 1), picture)
        write_whole(folder / "page.json", msgspec.json.encode(told))
    except OSError as e:
        raise PageFailed(f"The tiles in {folder} could not be written: {e.strerror}.", "Make room on the disk.") from e


def _coloured(scan: Scan) -> Picture:
    """The scan with its colour laid under its grey, which alone has the full resolution."""
    if scan.color is None:
        return scan.gray
    size = (scan.width, scan.height)
    wide = cv2.resize(scan.color, size, interpolation=cv2.INTER_LINEAR) if scan.color_step > 1 else scan.color
    if wide.shape[:2] != scan.gray.shape:
        wide = cv2.resize(wide, size, interpolation=cv2.INTER_LINEAR)
    if scan.color_step <= 1:
        return np.asarray(wide, dtype=np.uint8)
    tinted = cv2.cvtColor(wide, cv2.COLOR_BGR2YCrCb)
    tinted[:, :, 0] = scan.gray
    return np.asarray(cv2.cvtColor(tinted, cv2.COLOR_YCrCb2BGR), dtype=np.uint8)


def _levels(picture: Picture) -> Iterator[Picture]:
    """The picture, then halves of it, until one fits on a tile."""
    yield picture
    while max(picture.shape[:2]) > TILE:
        height, width = (math.ceil(n / 2) for n in picture.shape[:2])
        picture = np.asarray(cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA), dtype=np.uint8)
        yield picture


def _cut(folder: Path, picture: Picture) -> None:
    folder.mkdir()
    for y in range(0, picture.shape[0], TILE):
        for x in range(0, picture.shape[1], TILE):
            _write(folder / f"{x // TILE}-{y // TILE}.jpg", _whole(picture[y : y + TILE, x : x + TILE]))


def _read(path: Path) -> Picture:
    tile = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_GRAYSCALE)
    if tile is None:
        raise PageFailed(f"The tile {path} is damaged.", f"Delete the folder {path.parent.parent}; it is made again.")
    return np.asarray(tile, dtype=np.uint8)


def _whole(picture: Picture) -> Picture:
    """The tile filled up to its full size as the desk around the page is: browsers draw every tile alike."""
    height, width = picture.shape[:2]
    if (height, width) == (TILE, TILE):
        return picture
    edges = (0, TILE - height, 0, TILE - width)
    if picture.ndim != _COLOUR_AXES:
        picture = np.asarray(cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR), dtype=np.uint8)
    return np.asarray(cv2.copyMakeBorder(picture, *edges, cv2.BORDER_CONSTANT, value=_AROUND), dtype=np.uint8)


def _write(path: Path, picture: Picture) -> None:
    path.write_bytes(_encoded(".jpg", picture, _JPEG))


def _fitted(picture: Picture, longest: int) -> Picture:
    share = min(1.0, longest / max(picture.shape[:2]))
    size = tuple(max(1, round(n * share)) for n in picture.shape[1::-1])
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _white(box: Box) -> Picture:
    return np.full((max(1, box.height), max(1, box.width)), 255, dtype=np.uint8)


def _lay(out: Picture, box: Box, page: Box, placed: tuple[Picture, int, int]) -> None:
    """Lays what a tile, placed by its left top corner, has of the box and of the page."""
    tile, x, y = placed
    here = Box(x, y, x + tile.shape[1], y + tile.shape[0]) & box & page
    if here.width > 0 and here.height > 0:
        part = tile[here.y0 - y : here.y1 - y, here.x0 - x : here.x1 - x]
        out[here.y0 - box.y0 : here.y1 - box.y0, here.x0 - box.x0 : here.x1 - box.x0] = part
