"""Pictures of scans: tiles that are there before the finest of them, crops, and lines too long for their picture."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np
import pytest

from banmian.review import tiles
from banmian.review.linepicture import straight
from banmian.review.tiles import Picture, Pyramid, Tiles
from banmian.store.entries import PageEntry
from banmian.store.workspace import Workspace
from layout.errors import PageFailed
from layout.geometry import Box
from tests.banmian.review.workspaces import EM, LEFT, Told, Trial, made
from tests.banmian.review.workspaces import page as laid

LINES = (Told("　　渡口的灯一盏一盏亮起来，船工把缆绳收好，岸上的人还在挥手，直到看不清谁的脸。"),)
SIZE = (1900, 1300)
LAST = 2
"""The finest level of a scan of SIZE: 512 pixels twice doubled hold it."""


@pytest.fixture
def trial(tmp_path: Path) -> Trial:
    return made(tmp_path, {"报": [LINES]}, size=SIZE)


def page_of(trial: Trial) -> PageEntry:
    with Workspace.open(trial.work) as workspace:
        return next(iter(workspace.pages(next(iter(workspace.issues())).id)))


def scan_of(trial: Trial) -> Picture:
    picture = cv2.imread(str(trial.root / "scans" / "报" / "p1.png"), cv2.IMREAD_GRAYSCALE)
    assert picture is not None
    return np.asarray(picture, dtype=np.uint8)


def test_a_page_is_shown_before_its_finest_tiles_are_cut(trial: Trial, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its size, its thumbnail and the small levels are there at once; a tile of the last level waits for itself."""
    may, cut = threading.Event(), tiles._cut

    def held(folder: Path, picture: Picture) -> None:
        if folder.name == str(LAST):
            assert may.wait(60)
        cut(folder, picture)

    monkeypatch.setattr(tiles, "_cut", held)
    store, entry = Tiles(trial.work), page_of(trial)
    pyramid = store.of(entry)
    assert (pyramid.width, pyramid.height, pyramid.levels) == (*SIZE, LAST + 1)
    assert store.small(entry).is_file()
    assert pyramid.tile(0, 0, 0) is not None
    with ThreadPoolExecutor(2) as apart:
        waiting = apart.submit(pyramid.tile, LAST, 3, 2)
        crop = apart.submit(store.crops, entry, [Box(LEFT, 70, LEFT + 40 * EM, 150)])
        assert store.of(entry) is pyramid
        assert not waiting.done()
        may.set()
        assert waiting.result(60) is not None
        whole = scan_of(trial)[70:150, LEFT : LEFT + 40 * EM]
        assert np.abs(crop.result(60)[0].astype(int) - whole).mean() < 3
    assert store.of(entry).finest is None


def test_tiles_that_a_killed_server_left_half_are_made_anew(trial: Trial) -> None:
    """The file that is written last is not there: nothing of the rest is believed."""
    entry = page_of(trial)
    first = Tiles(trial.work).of(entry)
    assert first.tile(LAST, 0, 0) is not None
    (first.folder / "page.json").unlink()
    (first.folder / str(LAST) / "0-0.jpg").write_bytes(b"")
    again = Tiles(trial.work).of(entry)
    path = again.tile(LAST, 0, 0)
    assert path is not None
    assert path.stat().st_size > 0


def test_tiles_that_cannot_be_written_are_an_error_until_they_can(
    trial: Trial, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk is told to whoever asks for such a tile; the next question tries again."""
    cut = tiles._cut

    def full(folder: Path, picture: Picture) -> None:
        if folder.name == str(LAST):
            raise OSError(28, "No space left on device")
        cut(folder, picture)

    store, entry = Tiles(trial.work), page_of(trial)
    with monkeypatch.context() as disk:
        disk.setattr(tiles, "_cut", full)
        with pytest.raises(PageFailed, match="No space left"):
            store.of(entry).tile(LAST, 0, 0)
    assert store.of(entry).tile(LAST, 0, 0) is not None


def test_a_line_too_long_for_its_picture_is_shown_whole_and_smaller() -> None:
    """Its end is in the picture, where a shorter line has it."""
    line = laid(1, (Told("渡" * 250),)).regions[0].lines[0]
    assert line.box is not None

    class Ends(Pyramid):
        def crop(self, box: Box) -> Picture:
            """White, with black on the last character of the line."""
            picture = np.full((box.height, box.width), 255, dtype=np.uint8)
            x = line.box.x1 - box.x0 if line.box else 0
            picture[:, x - EM : x] = 0
            return picture

    picture = straight(Ends(Path(), 0, 0, 1), line)
    dark = np.nonzero((picture < 128).any(axis=0))[0]
    assert picture.shape[1] == 6000
    assert picture.shape[0] < 192
    assert len(dark) == pytest.approx(6000 / 250, abs=2)
    assert dark[-1] < 5995
