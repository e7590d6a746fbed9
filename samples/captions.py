"""`python -m samples.captions draw FOLDER` and `… fit FOLDER`: the weights of captions (caption_weights.json).

They are fitted on the pages made by hand, as printed: those of the typesetter have too few kinds of pictures to teach
much. What a picture goes with is told among the articles as they are found.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec

from cleanup.articles.assembly import assembly
from cleanup.articles.blocks import text_blocks
from cleanup.articles.captions import FILE, CaptionedPage, Illustration, PrintedStory, own_cues
from cleanup.articles.credited_captions import with_credited_captions
from cleanup.articles.display import with_subheads
from cleanup.articles.labels import Label, is_scant, labels_of
from cleanup.articles.relations import Relations
from samples.articles import Sample, draw_page, samples
from samples.browser.copies import PRINT, handmade_copies
from samples.browser.printing import PAGES
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
KEPT_FOR_TRIALS: Final = frozenset(
    {
        "campus_fortnightly_2014",
        "classified_news_2001",
        "county_tight_1994",
        "economic_weekly_2011",
        "evening_steps_1997",
        "flood_photostory_2008",
        "front_ferry_cutouts_2023",
        "front_lake_cutout_2023",
        "hongkong_company_news",
        "hongkong_layers_2013",
        "letterpress_tower_1986",
        "letters_answers_2012",
        "lift_vote_singapore_2007",
        "made_business_chart_2012",
        "made_county_party_1987",
        "made_evening_cutout_2006",
        "made_health_answers_2003",
        "made_hk_free_2014",
        "made_letters_hk_1991",
        "made_malaysia_adverts_2005",
        "made_national_editorial_1999",
        "made_rural_serial_1994",
        "made_singapore_feature_2017",
        "made_sports_tables_2009",
        "made_taiwan_verticals_1996",
        "malaysia_towns_1999",
        "metro_cover_2007",
        "national_communique_1992",
        "opinion_two_sides_2015",
        "party_eyebox_1988",
        "press_commentary_2013",
        "press_county_1988",
        "press_evening_2005",
        "press_guangzhou_2011",
        "press_hongkong_local_2009",
        "press_hongkong_market_2015",
        "press_letters_2001",
        "press_malaysia_2003",
        "press_national_2014",
        "press_page4_1996",
        "press_railway_1999",
        "press_science_weekly_2008",
        "press_sports_2010",
        "press_taiwan_politics_2012",
        "province_inside_2003",
        "sports_derby_2012",
        "sports_wraps_2004",
        "taiwan_life_2016",
        "taiwan_mixed_1998",
        "textile_trade_2004",
        "weekend_supplement_2003",
        "world_page_2019",
    }
)
"""Pages that no weight and no tree is fitted on."""
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
    stories = [PrintedStory(tuple(p.heads), tuple(p.stream)) for p in told.pieces if p.heads or p.stream]
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


def draw(folder: Path) -> Iterator[str]:
    """Prints the pages made by hand, but those that are kept for trials, and keeps them as the oracle read them."""
    names = sorted({f.stem for f in PAGES.glob("*.html")} - KEPT_FOR_TRIALS)
    yield from (draw_page(folder, copy) for copy in handmade_copies(names, [PRINT]))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m samples.captions", description=__doc__)
    tasks = parser.add_subparsers(dest="task", required=True)
    tasks.add_parser("draw", help="draw the pages, and keep them").add_argument("folder", type=Path)
    fit = tasks.add_parser("fit", help="fit the weights on the pages that were kept")
    fit.add_argument("folder", type=Path)
    fit.add_argument("--out", type=Path, default=OUT)
    chosen = parser.parse_args(arguments)
    if chosen.task == "draw":
        for name in draw(chosen.folder):
            print(name, file=sys.stderr)
        return 0
    made = choices(s for s in samples(chosen.folder) if not s.frame.vertical and not is_scant(s.frame))
    table = choice_weights(made, KNOWN, _STIFF)
    chosen.out.write_bytes(msgspec.json.format(msgspec.json.encode(table, order="sorted"), indent=1) + b"\n")
    print(f"{len(made.options)} illustrations", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
