"""Reading again: a part of a scan is laid out and read by a worker of its own, while the desk goes on.

The worker is one process that stays with its engine loaded; another engine or language takes its place. One that does
not answer in time, or ends, is put away, and the next question gets a new one.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Empty, Queue
from typing import Final

import cv2
import msgspec
import numpy as np
import numpy.typing as npt

from banmian.review.tiles import Picture
from layout.analyze import analyze
from layout.errors import BanmianError, PageFailed
from layout.geometry import Box, Projection
from layout.input.scan import Scan, open_scan
from layout.page import Direction, Glyph, Line, Page, Region, RegionKind
from layout.sheet import Sheet
from ocr.engine import Engine

SECONDS: Final = 90.0
"""How long a part of a page may take to be read, the engine's loading with it."""

ENGINES: Final = ("both", "ppocr", "tesseract")

_DARK: Final = 110
"""Grey below which the middle of a line's picture is dark ground, with light type on it."""

_FLAT: Final = 1.6
"""How much wider than high a part without found lines is to be read as one level line."""


class ScanPart(msgspec.Struct, frozen=True):
    """A part of a scan to read: a grey picture as PNG, where its corner lies on the scan, whether it is one line."""

    picture: str
    x: int
    y: int
    single: bool
    direction: Direction | None = None


class WholePage(msgspec.Struct, frozen=True):
    """A whole scan to lay out and to read: its file and the picture in it, its number, how far its print is turned.

    `turned` is in degrees clockwise: a page that was scanned upside down has 180, one that leans to the right 1.5.
    """

    scan: str
    frame: int
    number: int
    turned: float = 0.0


class _Question(msgspec.Struct, frozen=True):
    part: ScanPart | None = None
    page: WholePage | None = None


class ReadingAnswer(msgspec.Struct, frozen=True):
    """What was read, or what went wrong."""

    lines: list[Line] = []
    page: Page | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class ReaderChoice:
    """An engine and a language, by the names that `banmian run` takes."""

    engine: str
    lang: str


class ReadingWorker:
    """The process that reads. Safe to use from several threads, one at a time at work.

    `seconds` is how long one answer may take.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._answers: Queue[bytes] = Queue()
        self._reader: ReaderChoice | None = None

    @property
    def process(self) -> int | None:
        """The number of the process that reads; None where there is none."""
        return None if self._process is None else self._process.pid

    def read(self, reader: ReaderChoice, picture: Picture, corner: tuple[int, int], part: ScanPart) -> list[Line]:
        """The lines of the part with their text, on the scan; raises PageFailed where it cannot be read."""
        with self._lock, tempfile.TemporaryDirectory(prefix="banmian-reading-") as folder:
            path = Path(folder) / "part.png"
            cv2.imwrite(str(path), picture)
            self._hire(reader)
            told = msgspec.structs.replace(part, picture=str(path), x=corner[0], y=corner[1])
            return self._asked(_Question(part=told)).lines

    def read_page(self, reader: ReaderChoice, whole: WholePage) -> Page:
        """The page laid out and read anew, on the scan as it is; raises PageFailed where it cannot be read."""
        with self._lock:
            self._hire(reader)
            page = self._asked(_Question(page=whole)).page
        if page is None:
            raise PageFailed("The page could not be read.", "Try another engine.")
        return page

    def prepare(self, reader: ReaderChoice) -> None:
        """Has a process with this reader loaded, so that the next question is answered sooner; not while one reads."""
        if self._lock.acquire(blocking=False):
            try:
                self._hire(reader)
            finally:
                self._lock.release()

    def _hire(self, reader: ReaderChoice) -> None:
        if self._process is not None and self._process.poll() is None and self._reader == reader:
            return
        self._dismiss()
        command = [sys.executable, "-m", "banmian.review.rereading", reader.engine, reader.lang]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._reader, self._answers = reader, Queue()
        threading.Thread(target=_listen, args=(self._process, self._answers), daemon=True).start()

    def _asked(self, question: _Question) -> ReadingAnswer:
        assert self._process is not None
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(msgspec.json.encode(question) + b"\n")
            self._process.stdin.flush()
            data = self._answers.get(timeout=self._seconds)
        except (OSError, Empty):
            data = b""
        if not data:
            self._dismiss()
            raise PageFailed("The part could not be read.", "Try another engine, or a smaller part.")
        answer = msgspec.json.decode(data, type=ReadingAnswer)
        if answer.fault:
            raise PageFailed(answer.fault)
        return answer

    def _dismiss(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for stream in (self._process.stdin, self._process.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):
                        stream.close()
        self._process = None

    def close(self) -> None:
        with self._lock:
            self._dismiss()


def _listen(process: subprocess.Popen[bytes], answers: Queue[bytes]) -> None:
    assert process.stdout is not None
    with contextlib.suppress(ValueError):  # the stream was closed under it
        for line in process.stdout:
            answers.put(line)
    answers.put(b"")


def laid(picture: Picture, part: ScanPart) -> tuple[Page, Sheet]:
    """The lines of a part of a page: those that layout finds in it, or else all of it as one line."""
    scan = Scan(picture, None, 1, None, "part", 0)
    if not part.single:
        with contextlib.suppress(PageFailed):
            page, sheet = analyze(scan, 1)
            if any(True for _ in page.lines):
                return page, sheet
    width, height = scan.width, scan.height
    direction = part.direction or (Direction.HORIZONTAL if width * _FLAT > height else Direction.VERTICAL_RL)
    corners = ((0.0, 0.0), (float(width), 0.0), (float(width), float(height)), (0.0, float(height)))
    size = float(height if direction is Direction.HORIZONTAL else width)
    dark = float(np.median(picture)) < _DARK
    line = Line("l1", corners, direction=direction, size=size, white_on_dark=dark)
    region = Region("r1", RegionKind.BODY, corners, (line,), direction, article=1)
    page = Page(1, "part", 0, width, height, sheet_width=width, sheet_height=height, type_size=size, regions=(region,))
    return page, Sheet(picture, page.to_scan)


def on_page(line: Line, x: int, y: int) -> Line:
    """A line of a part, where it lies on the whole scan."""
    assert line.polygon is not None
    glyphs = tuple(replace(g, box=None if g.box is None else _moved(g.box, x, y)) for g in line.glyphs)
    return replace(line, polygon=tuple((px + x, py + y) for px, py in line.polygon), glyphs=_known(glyphs))


def _known(glyphs: tuple[Glyph, ...]) -> tuple[Glyph, ...]:
    return glyphs if all(g.box is not None for g in glyphs) else ()


def _moved(box: Box, x: int, y: int) -> Box:
    return Box(box.x0 + x, box.y0 + y, box.x1 + x, box.y1 + y)


def upright(picture: Picture, turned: float) -> tuple[Picture, npt.NDArray[np.float64]]:
    """The picture turned back so that its print stands upright, and what carries its pixels to the scan, (3, 3)."""
    quarters = round(turned / 90)
    picture, move = _by_quarters(picture, quarters % 4)
    skew = turned - 90 * quarters
    if not skew:
        return picture, move
    height, width = picture.shape[:2]
    turn = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1.0), (0, 0, 1)])
    corners = turn @ np.asarray([(0, width, width, 0), (0, 0, height, height), (1, 1, 1, 1)], dtype=np.float64)
    low, high = corners[:2].min(axis=1), corners[:2].max(axis=1)
    turn[:2, 2] -= low
    size = tuple(int(np.ceil(n)) for n in high - low)
    out = cv2.warpAffine(picture, turn[:2], size, flags=cv2.INTER_CUBIC, borderValue=255)
    return np.asarray(out, dtype=np.uint8), move @ np.linalg.inv(turn)


def _by_quarters(picture: Picture, quarters: int) -> tuple[Picture, npt.NDArray[np.float64]]:
    """The picture turned anticlockwise by quarters of a turn, and what carries its pixels to the first one."""
    height, width = picture.shape[:2]
    moves = {
        0: ((1, 0, 0), (0, 1, 0)),
        1: ((0, -1, width), (1, 0, 0)),
        2: ((-1, 0, width), (0, -1, height)),
        3: ((0, 1, 0), (-1, 0, height)),
    }
    move = np.asarray((*moves[quarters], (0, 0, 1)), dtype=np.float64)
    return np.ascontiguousarray(np.rot90(picture, quarters)), move


def on_scan(page: Page, move: npt.NDArray[np.float64], scan: Scan) -> Page:
    """A page of a turned picture, with every place on the scan."""
    carry = Projection.of_array(move)

    def glyph(g: Glyph) -> Glyph:
        return g if g.box is None else replace(g, box=Box.around(carry(g.box.corners)))

    def line(n: Line) -> Line:
        polygon = None if n.polygon is None else carry(n.polygon)
        return replace(n, polygon=polygon, glyphs=tuple(map(glyph, n.glyphs)))

    def region(r: Region) -> Region:
        polygon = None if r.polygon is None else carry(r.polygon)
        return replace(r, polygon=polygon, lines=tuple(map(line, r.lines)))

    return replace(
        page,
        width=scan.width,
        height=scan.height,
        to_scan=Projection.of_array(move @ page.to_scan.as_array(), page.to_scan.bend),
        regions=tuple(map(region, page.regions)),
        lost=tuple(replace(t, polygon=carry(t.polygon)) for t in page.lost),
    )


def _read_whole(engine: Engine, whole: WholePage) -> Page:
    scan = open_scan(Path(whole.scan), whole.frame)
    if not whole.turned:
        return engine.read(*analyze(scan, whole.number))
    picture, move = upright(scan.gray, whole.turned)
    turned = Scan(picture, None, 1, scan.dpi, scan.source, scan.frame)
    return on_scan(engine.read(*analyze(turned, whole.number)), move, scan)


def _read_part(engine: Engine, part: ScanPart) -> list[Line]:
    picture = np.asarray(cv2.imread(part.picture, cv2.IMREAD_GRAYSCALE), dtype=np.uint8)
    page = engine.read(*laid(picture, part))
    return [on_page(n, part.x, part.y) for n in page.lines if n.text.strip() and n.polygon is not None]


def _loaded(reader: ReaderChoice) -> Engine:
    """The engine, its models in memory: it has read a blank line."""
    from ocr.choose import engine_named  # noqa: PLC0415

    engine = engine_named(reader.engine, reader.lang)
    blank = np.full((40, 120), 255, dtype=np.uint8)
    engine.read(*laid(blank, ScanPart("", 0, 0, single=True)))
    return engine


def _answered(engine: Engine, question: _Question) -> ReadingAnswer:
    lines = [] if question.part is None else _read_part(engine, question.part)
    return ReadingAnswer(lines, None if question.page is None else _read_whole(engine, question.page))


def main() -> None:
    """Reads parts and pages, one a line of the input, until the input ends; the engine is loaded before the first."""
    cv2.setNumThreads(1)
    engine: Engine | None = None
    fault = ""
    try:
        engine = _loaded(ReaderChoice(*sys.argv[1:3]))
    except BanmianError as e:
        fault = e.met
    for line in sys.stdin.buffer:
        question = msgspec.json.decode(line, type=_Question)
        try:
            answer = ReadingAnswer(fault=fault) if engine is None else _answered(engine, question)
        except BanmianError as e:
            answer = ReadingAnswer(fault=e.met)
        sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
