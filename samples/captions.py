"""`python -m samples.captions FOLDER [FOLDER ...]`: fits cleanup/articles/caption_weights.json.

The folders hold pages and truth as `samples.articles draw` keeps them; those of the typesetter have too few kinds of
pictures to teach much, those made by hand count. What a picture goes with is told among the articles as they are found.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from cleanup.articles.assembly import assembly
from cleanup.articles.blocks import text_blocks
from cleanup.articles.captions import FILE, CaptionedPage, Illustration, Story, own_cues
from cleanup.articles.credited_captions import with_credited_captions
from cleanup.articles.display import with_subheads
from cleanup.articles.labels import Label, is_scant, labels_of
from cleanup.articles.relations import Relations
from samples.articles import Sample, issue_samples
from samples.choices import Choices, choice_weights

OUT: Final = Path(__file__).parents[1] / "cleanup" / "articles" / FILE
KNOWN: Final[Mapping[str, float]] = {
    "amid it": 1.5,
    "nearest": 0.5,
    "one piece by the tiles": 1.0,
    "two pieces by the tiles": -0.5,
    "another frame": -1.0,
    "shared words": 1.5,
    "a level rule between": -1.0,
    "an upright rule between": -1.0,
    "away 3-6": -0.7,
    "away 6-": -1.5,
}
"""The log-odds that weights are drawn to."""
_STIFF: Final = 1.0
"""The weight by which they are: there are about a hundred illustrations."""


def choices(found: Iterable[Sample]) -> Choices:
    """For each illustration whose captions the truth knows what it may go with, and what it goes with."""
    made = Choices()
    for sample in found:
        page = captioned(sample)
        parts = {n.line.id: t.part for n, t in zip(sample.frame.lines, sample.printed, strict=True) if t is not None}
        for one in page.illustrations:
            _choose(made, page, one, parts)
    return made


def captioned(sample: Sample) -> CaptionedPage:
    """The page's captions and stories, as clean-up finds them."""
    frame, around = sample.frame, sample.around
    labels = with_credited_captions(frame, labels_of(frame, around))
    relations = Relations(frame, with_subheads(frame, text_blocks(frame, around, labels)))
    told = assembly(relations)
    stories = [Story(tuple(p.heads), tuple(p.stream)) for p in told.pieces if p.heads or p.stream]
    return CaptionedPage(relations, stories, [b for b in relations.blocks if told.labels[b.id] is Label.CAPTION])


def _choose(made: Choices, page: CaptionedPage, one: Illustration, parts: Mapping[str, int | None]) -> None:
    own = _part(page, one.captions, parts)
    if own is None:
        return
    rows = {n: made.row(page.story_cues(one, n)) for n in page.within_reach(one)}
    alone = made.row(own_cues(one))
    true = [n for n, s in enumerate(page.stories) if _part(page, s.ids, parts) == own]
    if not true:
        made.choose([*rows.values(), alone], alone)
    elif reached := [n for n in true if n in rows]:
        largest = max(reached, key=lambda n: sum(len(page.relations.blocks[i].text) for i in page.stories[n].ids))
        made.choose([*(row for n, row in rows.items() if n == largest or n not in true), alone], rows[largest])


def _part(page: CaptionedPage, ids: Sequence[int], parts: Mapping[str, int | None]) -> int | None:
    """The part of the truth that most of the text of some blocks is of."""
    count: Counter[int] = Counter()
    for i in ids:
        for n in page.relations.blocks[i].lines:
            part = parts.get(n.line.id)
            if part is not None:
                count[part] += len(n.text)
    return count.most_common(1)[0][0] if count else None


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m samples.captions", description=__doc__)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=OUT)
    chosen = parser.parse_args(arguments)
    issues = (issue for folder in chosen.folders for issue in sorted(f for f in folder.iterdir() if f.is_dir()))
    pages = (sample for issue in issues for sample in issue_samples(issue))
    made = choices(s for s in pages if not s.frame.vertical and not is_scant(s.frame))
    table = choice_weights(made, KNOWN, _STIFF)
    chosen.out.write_bytes(msgspec.json.format(msgspec.json.encode(table, order="sorted"), indent=1) + b"\n")
    print(f"{len(made.options)} illustrations", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
