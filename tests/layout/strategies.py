"""Strategies for boxes, lines, regions and whole pages, hostile ones among them."""

from __future__ import annotations

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from layout.geometry import Box, Polygon, Projection
from layout.lines.detected_line import DetectedLine
from layout.page import Direction, Glyph, JoinReason, Line, Page, Region, RegionKind

patient = settings(suppress_health_check=[HealthCheck.too_slow])
"""A busy machine is no reason to fail."""

TEXT = '山水一二，。“”（）—… 　a1-𠮷𡃁𪚥e\u0301か\u3099〇々㐀䶵龦\u2ffb󠄀葛\U000e0100"\\\u2028\u0000'
"""Hanzi of the extension planes, variation selectors, combining marks, what JSON escapes."""

texts = st.text(TEXT, max_size=8)
names = st.text("rlf0123456789", min_size=1, max_size=6)
reals = st.floats(-1e6, 1e6)
shares = st.floats(0, 1)
directions = st.sampled_from(Direction)


@st.composite
def boxes(draw: st.DrawFn, side: int = 900, most: int = 300) -> Box:
    """A box of at least one pixel within a square of `side`."""
    x, y = draw(st.integers(0, side)), draw(st.integers(0, side))
    return Box(x, y, x + draw(st.integers(1, most)), y + draw(st.integers(1, most)))


@st.composite
def text_lines(draw: st.DrawFn) -> DetectedLine:
    """A line of any shape and size, as a page of dust would give."""
    box = draw(boxes(most=200))
    return DetectedLine(box, draw(st.floats(4, 90)), draw(st.floats(0.5, 9)), draw(directions), draw(st.booleans()))


@st.composite
def columns(draw: st.DrawFn) -> list[DetectedLine]:
    """Lines of a few columns of type, their ends ragged."""
    size, out = 20.0, []
    for n in range(draw(st.integers(1, 3))):
        for row in range(draw(st.integers(0, 9))):
            y = 40 + 28 * row + draw(st.integers(-3, 3))
            left, right = draw(st.sampled_from((0, 40))), draw(st.integers(60, 240))
            out.append(DetectedLine(Box(30 + 280 * n + left, y, 30 + 280 * n + right, y + 20), size, 2.0))
    return out


polygons: st.SearchStrategy[Polygon | None] = st.none() | st.lists(st.tuples(reals, reals), min_size=4, max_size=6).map(
    tuple
)
glyphs = st.builds(
    Glyph,
    st.text(TEXT, min_size=1, max_size=2),
    st.none() | boxes(),
    shares,
    st.none() | texts,
    st.none() | shares,
)
lines = st.builds(
    Line, names, polygons, texts, st.lists(glyphs, max_size=3).map(tuple), directions, reals, st.booleans()
)
regions = st.builds(
    Region,
    names,
    st.sampled_from(RegionKind),
    polygons,
    st.lists(lines, max_size=3).map(tuple),
    directions,
    st.none() | st.integers(0, 99),
    st.none() | names,
)
decisions = st.builds(JoinReason, names, names, st.booleans(), reals, texts)
projections = st.tuples(*[reals] * 9).map(Projection)
pages = st.builds(
    Page,
    number=st.integers(1, 400),
    source=texts,
    frame=st.integers(0, 99),
    width=st.integers(0, 30_000),
    height=st.integers(0, 30_000),
    dpi=st.none() | st.floats(30, 5_000),
    skew=reals,
    to_scan=projections,
    sheet_width=st.integers(0, 30_000),
    sheet_height=st.integers(0, 30_000),
    type_size=reals,
    regions=st.lists(regions, max_size=3).map(tuple),
    decisions=st.lists(decisions, max_size=2).map(tuple),
    uncovered=shares,
    reader=st.none() | texts,
    warnings=st.lists(texts, max_size=2).map(tuple),
    failure=st.none() | texts,
)
