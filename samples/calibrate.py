"""`python -m samples.calibrate`: fits ocr/confidence/trust.json on typeset pages, and says how well it holds on others.

Issues are drawn by chance and set in some faces; in their text a share of the hanzi is exchanged for any others of
GB 2312, as names and places bring them. A third of them are poor scans; some pages are set by a browser. They are read
as a run reads them: PP-OCR alone where it is in no doubt, else both readers. The truth is known, and for each kind of
place the weights are those that make what was right likeliest (logistic regression). The report is of issues that were
set in other faces, with other damage, and that had no part in the fit.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from random import Random
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein
from scipy.optimize import minimize

from layout.analyze import analyze
from layout.input.scan import open_scan
from layout.page import Direction, Line, Page
from layout.sheet import Sheet
from ocr.both.reader import certain_runs
from ocr.characters.alike import folded
from ocr.choose import readers_of_both
from ocr.confidence.around import VERTICAL, LineSurroundings
from ocr.confidence.pairs import Pairs
from ocr.confidence.trust import Chances, Kind, Readers, Table, kind_of, voices_alone, voices_at
from ocr.line.collate import Place, collated
from ocr.ppocr.reader import PPOCREngine
from ocr.setup.identity import TRUST
from ocr.tesseract.reader import TesseractEngine
from ocr.words.dictionary import dictionary
from samples.browser.copies import random_copies
from samples.oracle import Oracle
from samples.smalltype import SmallTypeDamage, prose, sentence, sheet_of
from samples.typeset import faces
from samples.typeset.chance import random_damage, random_issue, random_plan
from samples.typeset.piece import TextOverflowError
from samples.typeset.press import IssuePlan, typeset
from samples.typeset.truth import PageTruth

FIT: Final = tuple(range(5000, 5040))
HELD_OUT: Final = tuple(range(6000, 6016))
FIGURES: Final = "figures"
"""Instead of a damage: a sheet of lines with numbers in type of 9 to 12 pixels."""
SMALL: Final = "small"
"""Instead of a damage: a sheet of lines of prose in type of 7.5 to 11 pixels."""
SIMPLIFIED, TRADITIONAL = "chi_sim", "chi_tra"
BROWSER: Final = "browser"
"""Instead of a damage: a page that a browser sets, as a poor scan or as a JPEG of low quality."""
OLD: Final = "old"
"""Instead of a damage: an old page in registers, of which the vertical lines are read."""
OLD_FIT: Final = tuple(range(7000, 7008))
OLD_HELD_OUT: Final = tuple(range(7100, 7103))
"""The seeds of the old pages that the weights of vertical lines are fitted on, and of those held out."""
OLD_PAGE_LINES: Final = 90
"""Lines that are read of an old page."""
FIT_LEVELS: Final = ("poor", SMALL, "office", "poor", FIGURES, BROWSER, "coarse", SMALL)
HELD_OUT_LEVELS: Final = ("poor", SMALL, "office", BROWSER, FIGURES, "one_bit", "poor", SMALL)
BROWSER_LEVELS: Final = ("poor", "jpeg", "poor")
"""The damage of pages that a browser sets, by their seeds."""
HELD_OUT_FACES: Final = (faces.KAI, faces.HEI, faces.MICRO_HEI)
"""The body is set in these only where the fit is tried."""
FIT_FACES: Final = (faces.SONG, faces.MING)

SHEET_LINES: Final = 60
"""Lines of a sheet of small type."""
PAGE_LINES: Final = 100
"""Lines that are read of a page, one after the other from a line drawn by chance: many pages teach more than long
ones."""
STRANGERS: Final = 0.03
"""Share of the hanzi that are exchanged; a third of them for hanzi of the second level."""
RESTRAINT: Final = 1.0
"""Weight of the squares of the weights in the fit."""
CERTAIN: Final = 0.99
"""Chance from which a character is called certain: it is right, and nothing is lost behind it."""
OUT_OF_PLACE: Final = 0.4
"""A line of which so much is wrong was cut by layout where it should not be; it tells nothing about readers."""

Matrix = npt.NDArray[np.float64]
Weights = dict[str, dict[str, dict[str, float]]]
"""The counts by kind, by reading (first, other), by voice."""


@dataclass(frozen=True, slots=True)
class Example:
    """A place: what speaks there, and which reading was right."""

    kind: Kind
    voices: Mapping[str, float]
    first: bool
    other: bool
    lost: int = 0
    """Printed characters behind it, up to the next one, that the reading has not."""
    sole: bool = False
    """Whether it stands in a line about which a run asks no other reader."""


def issue(seed: int, fit_faces: Sequence[faces.Face]) -> IssuePlan:
    """An issue of one page, its body in one of these faces, with strangers in its text."""
    plan, rng = random_plan(seed), Random(f"strangers {seed}")
    face = rng.choice(list(fit_faces))
    pages = []
    for page in plan.pages:
        pieces = []
        for piece in page.pieces:
            paras = tuple(replace(p, text=_with_strangers(p.text, rng)) for p in piece.story.paras)
            story = replace(piece.story, paras=paras)
            pieces.append(replace(piece, story=story, body=replace(piece.body, face=face)))
        pages.append(replace(page, pieces=tuple(pieces)))
    return replace(plan, pages=tuple(pages))


def _with_strangers(text: str, rng: Random) -> str:
    return "".join(_stranger(rng) if "一" <= c <= "鿿" and rng.random() < STRANGERS else c for c in text)


def _stranger(rng: Random) -> str:
    while True:
        row = rng.randint(0xD8, 0xF7) if rng.random() < 1 / 3 else rng.randint(0xB0, 0xD7)
        char = bytes((row, rng.randint(0xA1, 0xFE))).decode("gb2312", "ignore")
        if char:
            return char


@dataclass(frozen=True, slots=True)
class Job:
    """A page to be read: the seed it is drawn by, its damage, the faces that its body may have."""

    seed: int
    level: str
    faces: Sequence[faces.Face]
    kept: Path | None = None
    """The folder in which readings are kept."""


@dataclass(frozen=True, slots=True)
class ReadingRun:
    """How pages are read: so many at a time, and the folder in which readings are kept, so that a run can go on."""

    jobs: int = 1
    kept: Path | None = None


class TaughtPage(msgspec.Struct, frozen=True):
    """A page as it is read by PP-OCR `alone`, by PP-OCR `beside` the other reader, and by that `other` one; its truth.

    In a run the other reader is asked about the lines of these ids alone that are `doubted`. `lost` are the characters
    that the truth has in no line.
    """

    alone: Page
    beside: Page
    other: Page
    doubted: frozenset[str]
    truth: Page
    lost: frozenset[str] = frozenset()
    lang: str = SIMPLIFIED


def readings(job: Job) -> list[TaughtPage]:
    """The pages of a job as they are read, each with its truth."""
    if job.level in {FIGURES, SMALL}:
        return [_sheet(job)]
    out = []
    with tempfile.TemporaryDirectory() as folder:
        for file, truth in _scans(job, Path(folder)):
            lang = TRADITIONAL if job.level == OLD or _is_traditional(truth) else SIMPLIFIED
            page, sheet = analyze(open_scan(file), truth.number)
            oracle = Oracle(truth)
            some = _vertical_lines(page) if job.level == OLD else page
            some = _some_lines(some, Random(f"lines {job.seed}"), OLD_PAGE_LINES if job.level == OLD else PAGE_LINES)
            found = _read(some, sheet, oracle.read(some, sheet), lang)
            out.append(msgspec.structs.replace(found, lost=frozenset(map(folded, oracle.lost(page, sheet)))))
    return out


def _scans(job: Job, folder: Path) -> list[tuple[Path, PageTruth]]:
    """The scans of a job, written into the folder, each with its truth."""
    if job.level == BROWSER:
        (copy,) = random_copies("browser_full", [job.seed], BROWSER_LEVELS[job.seed % len(BROWSER_LEVELS)])
        return [(copy.write(folder), copy.truth)]
    if job.level == OLD:
        printed = random_issue(job.seed, style="register", small=True)
    else:
        printed = typeset(issue(job.seed, job.faces), random_damage(job.seed, job.level), job.seed)
    files = [f for f in printed.write(folder) if f.suffix != ".json"]
    return [(file, scanned.truth) for file, scanned in zip(files, printed.pages, strict=True)]


def _is_traditional(truth: PageTruth) -> bool:
    """Whether more of the printed characters are in Big5 alone than in GB 2312 alone."""
    text = "".join(n.text for n in truth.lines)
    simplified, traditional = (
        {c for c in text if c.encode(own, "ignore") and not c.encode(other, "ignore")}
        for own, other in (("gb2312", "big5"), ("big5", "gb2312"))
    )
    return len(traditional) > len(simplified)


def _some_lines(page: Page, rng: Random, count: int) -> Page:
    """The page with so many of its lines."""
    ids = [n.id for n in page.lines]
    start = rng.randrange(max(1, len(ids)))
    kept = frozenset((ids + ids)[start : start + count])
    return _with_lines_that(page, lambda n: n.id in kept)


def _vertical_lines(page: Page) -> Page:
    return _with_lines_that(page, lambda n: n.direction is Direction.VERTICAL_RL)


def _with_lines_that(page: Page, stay: Callable[[Line], bool]) -> Page:
    regions = (replace(r, lines=tuple(n for n in r.lines if stay(n))) for r in page.regions)
    return replace(page, regions=tuple(regions))


def _read(page: Page, sheet: Sheet, truth: Page, lang: str) -> TaughtPage:
    """The page as it is read."""
    theirs = TesseractEngine(lang).read(page, sheet)
    begun = PPOCREngine(lang).begun(page, sheet)
    return TaughtPage(begun.ended(page), begun.ended(theirs), theirs, begun.doubted, truth, lang=lang)


def _sheet(job: Job) -> TaughtPage:
    """A sheet of small type, as each reader reads it, and its truth."""
    rng = Random(f"{job.level} {job.seed}")
    face = rng.choice(list(job.faces))
    if job.level == FIGURES:
        texts = [sentence(rng) for _ in range(SHEET_LINES)]
        page, sheet = sheet_of(texts, rng.uniform(9, 12), face, rng)
    else:
        texts = [_with_strangers(t, rng) for t in prose(rng, SHEET_LINES)]
        page, sheet = sheet_of(texts, rng.uniform(7.5, 11), face, rng, SmallTypeDamage.coarse(rng))
    truth = {n.id: replace(n, text=text) for n, text in zip(page.lines, texts, strict=True)}
    return _read(page, sheet, page.with_lines(truth), SIMPLIFIED)


def taught(read: TaughtPage) -> Iterator[Example]:
    """What the readings of a page teach, given its truth.

    A character too many that is one of the lost teaches nothing: it stands at the edge of its line, and the truth's
    middle of it outside.
    """
    sayable = Readers(*(r.alphabet() for r in readers_of_both(read.lang)))
    words = dictionary(read.lang)
    lines = zip(read.alone.lines, read.beside.lines, read.other.lines, read.truth.lines, strict=True)
    placed = [n for n in lines if n[0].text and n[1].text and _in_place(n[0], n[-1])]
    laid = [(collated(b.glyphs, o.glyphs), b, true) for _, b, o, true in placed if b.id in read.doubted]
    sure = ["".join(g.char for g in alone.glyphs) for alone, *_ in placed if alone.id not in read.doubted]
    pairs = Pairs(chain(sure, (run for places, *_ in laid for run in certain_runs(places))))
    for alone, _, other, true in placed:
        own = _alone(Kind.FIRST_ALONE, LineSurroundings.of(alone, words), alone, true, read.lost)
        yield from (replace(e, sole=alone.id not in read.doubted) for e in own)
        yield from _alone(Kind.OTHER_ALONE, LineSurroundings.of(other, words), other, true, read.lost)
    for places, line, true in laid:
        around = LineSurroundings.of(line, words)
        voices = [voices_at(places, at, sayable, pairs, around) for at in range(len(places))]
        yield from _of_both(list(zip(places, voices, strict=True)), line, true, read.lost)


def _of_both(
    heard: Sequence[tuple[Place, Mapping[str, float]]], line: Line, true: Line, lost: frozenset[str]
) -> Iterator[Example]:
    """What the places of a line teach that both readers read, each with what speaks there."""
    right, text = _right(line, true), "".join(p.glyph.char for p, _ in heard)
    lost_behind = _lost(line, true)
    doubtful = _too_many(line, true, lost)
    best = _away(text, true.text)
    for at, (place, voices) in enumerate(heard):
        if at in doubtful:
            continue
        other_right = right[at]
        if not place.agrees:
            other_right = _away(text[:at] + place.text + text[at + 1 :], true.text) < best
        exchanged = other_right and len(place.text) == 1 and not place.agrees
        whole = right[at] and not exchanged and not lost_behind[at]
        yield Example(kind_of(place), voices, whole, other_right, lost_behind[at])


def _too_many(line: Line, true: Line, lost: frozenset[str]) -> set[int]:
    steps = Levenshtein.opcodes([folded(g.char) for g in line.glyphs], _keys(true.text))
    more = (n for s in steps if s.tag == "delete" for n in range(s.src_start, s.src_end))
    return {n for n in more if folded(line.glyphs[n].char) in lost}


def _alone(kind: Kind, around: LineSurroundings, line: Line, true: Line, lost: frozenset[str]) -> Iterator[Example]:
    doubtful = _too_many(line, true, lost)
    behind = _lost(line, true)
    for at, (glyph, right) in enumerate(zip(line.glyphs, _right(line, true), strict=True)):
        if at in doubtful:
            continue
        voices = voices_alone(glyph.char, glyph.confidence, around, at)
        yield Example(kind, voices, right and not behind[at], False, behind[at])


def _in_place(line: Line, true: Line) -> bool:
    return bool(true.text) and _away(line.text, true.text) <= OUT_OF_PLACE * len(true.text)


def _keys(text: str) -> list[str]:
    return [folded(c) for c in text if not c.isspace()]


def _away(text: str, true: str) -> int:
    return Levenshtein.distance(_keys(text), _keys(true))


def _right(line: Line, true: Line) -> list[bool]:
    right = [False] * len(line.glyphs)
    for step in Levenshtein.opcodes([folded(g.char) for g in line.glyphs], _keys(true.text)):
        if step.tag == "equal":
            right[step.src_start : step.src_end] = [True] * (step.src_end - step.src_start)
    return right


def _lost(line: Line, true: Line) -> list[int]:
    """For each glyph how many printed characters behind it were lost; those in front of all count with the first."""
    lost = [0] * len(line.glyphs)
    for step in Levenshtein.opcodes([folded(g.char) for g in line.glyphs], _keys(true.text)):
        more = (step.dest_end - step.dest_start) - (step.src_end - step.src_start)
        if lost and more > 0:
            lost[max(0, step.src_end - 1)] += more
    return lost


def fitted(found: Sequence[Example], below: Weights | None = None) -> Weights:
    """The weights of each kind, by the names of its voices.

    With the weights `below`, those of vertical lines on top of them: no other weight moves.
    """
    out: Weights = {}
    for kind in Kind:
        here = [e for e in found if e.kind is kind]
        voices = sorted({n for e in here for n, v in e.voices.items() if v})
        names = [n for n in voices if below is None or n.startswith(f"{VERTICAL}_")]
        x = _matrix(here, names)
        sides: dict[str, dict[str, float]] = {}
        for side in ("first", "other"):
            y = np.array([getattr(e, side) for e in here], dtype=float)
            under = {n: w for n, w in below[kind.value][side].items() if n not in names} if below else {}
            given = _matrix(here, list(under)) @ np.array(list(under.values()))
            skipped = side == "other" and kind in {Kind.AGREE, Kind.FIRST_ALONE, Kind.OTHER_ALONE}
            sides[side] = {} if skipped else under | dict(zip(names, _logistic_fit(x, y, names, given), strict=True))
        out[kind.value] = sides
    return out


def _matrix(examples: Sequence[Example], names: Sequence[str]) -> Matrix:
    """A row for each example, a column for each voice."""
    return np.array([[e.voices.get(n, 0.0) for n in names] for e in examples]).reshape(len(examples), len(names))


def _logistic_fit(x: Matrix, y: Matrix, names: Sequence[str], given: Matrix) -> list[float]:
    """The weights that make `y` likeliest where log odds of `given` are given."""
    held = np.array([0.0 if n == "one" else RESTRAINT for n in names])

    def loss(w: Matrix) -> tuple[float, Matrix]:
        z = x @ w + given
        p = 1 / (1 + np.exp(-z))
        return float(np.logaddexp(0, z).sum() - y @ z + held @ w**2 / 2), x.T @ (p - y) + held * w

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B")
    return [round(float(w), 4) for w in found.x]


def report(found: Sequence[Example], table: Table) -> Iterator[str]:
    """How the table does on examples: calibration, choice, and suspects."""
    yield f"{'kind':<12} {'places':>7} {'first right':>11} {'said':>7} {'other right':>11} {'said':>7}"
    for kind in Kind:
        here = [(e, table.chances(kind, e.voices)) for e in found if e.kind is kind]
        if here:
            means = [np.mean(v) for v in zip(*((e.first, c.first, e.other, c.other) for e, c in here), strict=True)]
            yield f"{kind:<12} {len(here):>7} {means[0]:>11.4f} {means[1]:>7.4f} {means[2]:>11.4f} {means[3]:>7.4f}"
    alone = {Kind.FIRST_ALONE, Kind.OTHER_ALONE}
    weighed = [(e, *_chosen(e, table.chances(e.kind, e.voices))) for e in found if e.sole or e.kind not in alone]
    chosen = [(chance, right) for _, chance, right in weighed]
    silent = sum(e.lost for e, chance, _ in weighed if chance >= CERTAIN)
    wrong = sum(not right for _, right in chosen)
    sure = [right for chance, right in chosen if chance >= CERTAIN]
    suspects = sorted(chosen)[: round(0.03 * len(chosen))]
    single = sum(not e.first for e in found if e.kind is Kind.FIRST_ALONE)
    yield f"{len(chosen)} characters, {wrong} wrong; PP-OCR alone {single}"
    yield f"at .99 and above: {len(sure)}, of them right {np.mean(sure):.5f}"
    yield f"lost behind those: {silent}, in 10,000 {1e4 * silent / max(1, len(sure)):.2f}"
    yield f"of the wrong ones within the 3 % most suspect: {sum(not r for _, r in suspects) / max(1, wrong):.3f}"


def _chosen(example: Example, chances: Chances) -> tuple[float, bool]:
    if example.kind not in {Kind.AGREE, Kind.FIRST_ALONE} and chances.other >= 0.5:
        return chances.other, example.other
    return chances.first, example.first


def _kept_readings(job: Job) -> list[TaughtPage]:
    """The readings of a page, from its file where they are kept; none where its text finds no room in its face."""
    file = None if job.kept is None else job.kept / f"{job.seed}-{job.level}.json"
    if file is not None and file.exists():
        return msgspec.json.decode(file.read_bytes(), type=list[TaughtPage])
    try:
        found = readings(job)
    except TextOverflowError:
        found = []
    if file is not None:
        file.write_bytes(msgspec.json.encode(found))
    return found


def _examples(job: Job) -> list[Example]:
    return [e for reading in _kept_readings(job) for e in taught(reading)]


def gathered(
    seeds: Sequence[int], levels: Sequence[str], chosen: Sequence[faces.Face], with_: ReadingRun
) -> list[Example]:
    """The examples of many pages."""
    work = [Job(seed, levels[n % len(levels)], chosen, with_.kept) for n, seed in enumerate(seeds)]
    if with_.jobs == 1:
        return [e for job in work for e in _examples(job)]
    with multiprocessing.get_context("spawn").Pool(with_.jobs) as pool:
        return [e for found in pool.imap(_examples, work) for e in found]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m samples.calibrate", description=__doc__)
    parser.add_argument("--jobs", type=int, default=1, help="pages at a time")
    parser.add_argument("--keep", type=Path, help="folder for the readings: a run that was stopped goes on from there")
    parser.add_argument("--vertical", action="store_true", help="fit the weights of vertical lines anew, and no other")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "ocr" / "confidence" / TRUST)
    chosen = parser.parse_args(arguments)
    if chosen.keep is not None:
        chosen.keep.mkdir(parents=True, exist_ok=True)
    how = ReadingRun(chosen.jobs, chosen.keep)
    if chosen.vertical:
        level = json.loads(chosen.out.read_text(encoding="utf-8"))
    else:
        fit = gathered(FIT, FIT_LEVELS, FIT_FACES, how)
        level = fitted(fit)
        print("fitted on", _counted(fit))
    old = gathered(OLD_FIT, (OLD,), FIT_FACES, how)
    print("and on", _counted(old), "of vertical lines")
    weights = json.dumps(fitted(old, level), indent=1, sort_keys=True) + "\n"
    chosen.out.write_text(weights, encoding="utf-8")
    tried = [(OLD_HELD_OUT, (OLD,))] if chosen.vertical else [(HELD_OUT, HELD_OUT_LEVELS), (OLD_HELD_OUT, (OLD,))]
    for seeds, levels in tried:
        for line in report(gathered(seeds, levels, HELD_OUT_FACES, how), Table.of(weights.encode())):
            print(line)
    return 0


def _counted(examples: Sequence[Example]) -> dict[str, int]:
    return dict(Counter(e.kind.value for e in examples))


if __name__ == "__main__":
    sys.exit(main())
