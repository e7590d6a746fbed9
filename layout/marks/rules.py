"""Printed rules and frames."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import cv2
import numpy as np

from layout.components import HEIGHT, WIDTH, Pieces, Stats, boxes, boxes_of, components, labelled
from layout.geometry import Box
from layout.ink import Mask, closed, grown, level_runs, mask_of, opened, transposed
from layout.params import EM


@dataclass(frozen=True, slots=True)
class RuleParams:
    """Bounds of a printed rule; lengths in em of the body type where nothing else is said."""

    thickest: float = 0.55
    """Thickness of a rule, at most; what is thicker is a band or a picture."""
    shortest: float = 3.2
    """Length of a rule, at least; strokes of body type are shorter, those of display type do not stand alone."""
    leaning: float = 0.8
    """Height of the box of a rule, at most: a long one may lean a little."""
    slender: float = 12.0
    """Length of a rule in heights of its box, at least."""
    speckle: float = 0.15
    """Gap within a run that speckle makes, at most."""
    broken: float = 0.4
    """Gap between runs of one rule, at most."""
    double: float = 8.0
    """Length of a run that is taken off before its neighbour is asked, at least: strokes of a glyph are shorter."""
    edge: float = 0.6
    """Distance from a panel's edge within which a rule is that edge."""
    edge_share: float = 0.9
    """Share of the rule that lies within that distance, at least."""
    rim: float = 0.1
    """Margin about a rule that counts as its ink."""
    part: float = 0.15
    """Distance across between two pieces of one broken rule, at most."""
    piece_level: float = 0.5
    """Overlap across of a rule and a thin piece that goes on with it, as a share of the thinner, at least."""
    thinnest: float = 0.25
    """Thickness of a thin piece that may go on with a rule, at most; thicker ones may be strokes."""
    sliver: float = 0.6
    """Length of such a piece, at least."""
    sliver_slender: float = 4.0
    """The same in its thicknesses."""
    corner: float = 0.4
    """Distance between two rules that meet at a frame's corner, at most."""
    narrowest_frame: float = 2.0
    """Width and height of a frame, at least."""


@dataclass(frozen=True, slots=True)
class DottedParams:
    """Bounds of a rule of dots or short dashes; lengths in em of the body type where nothing else is said."""

    thickest: float = 0.3
    """Thickness of a dot or dash, at most."""
    longest: float = 1.1
    """Length of a dot or dash, and of the white between two, at most."""
    shortest: float = 7.0
    """Length of the whole rule, at least."""
    height: float = 0.35
    """Height of the whole rule, at most: dots of a screen stand in several rows."""
    fewest: int = 8
    """Steps from dot to dot, at least."""
    even: float = 0.25
    """Standard deviation of the steps in their mean, at most: specks are strewn at random."""
    step: float = 1.6
    """Mean step, at most."""
    screen: float = 1.5
    """Distance to other such rows beside it, at most, where they are rows of a screened picture."""
    screen_share: float = 0.5
    """Share of the shorter row that stands beside the other, at least."""
    screen_rows: int = 2
    """Number of such rows, at least."""


@dataclass(frozen=True, slots=True)
class StrokeParams:
    """Bounds by which strokes of display type are no rules; lengths in em of the body type if nothing else is said."""

    glyph: float = 1.5
    """Extent of a component, at least, that may be a glyph or a stroke of display type."""
    near: tuple[float, float] = (0.1, 0.3)
    """Distance from a rule's edge of the strip, from and to, in which ink crowds it."""
    end: float = 1.0
    """Part of either end that is not asked, at most: there a frame's other sides meet it."""
    free: float = 0.12
    """Share of the length along which the freer side is crowded, under which the rule stands alone."""
    crowded: tuple[float, float] = (0.2, 0.75)
    """The same of the other side, for a short rule and for a long one, which may close a box that is set tight."""
    long: float = 8.0
    """Length from which on a rule is a long one."""
    upright: float = 10.0
    """Length of an upright stroke of a huge glyph (州), at most."""
    beside: float = 1.6
    """Distance of another stroke beside it, at most."""
    beside_width: float = 0.15
    """Width of that other stroke, at least."""
    beside_level: float = 0.4
    """Share of the stroke's length that the other one stands beside, at least."""
    beside_height: float = 1.6
    """Height of that other stroke in that of the first, at most."""
    inner: float = 5.0
    """Length of the longest stroke within a glyph (衰), or of that with the stroke beside it (十一), at most."""
    square: float = 1.4
    """Extent of that glyph in the stroke's length, at most."""
    across: float = 0.8
    """Share of the glyph's width or height that the stroke runs through, at least."""
    height: float = 0.4
    """Extent of that glyph in the stroke's length, at least."""
    dash: float = 12.0
    """Length of a dash (——) in a headline, at most."""
    dash_reach: float = 0.9
    """Distance from the dash's end within which display type stands, at most."""
    dash_window: float = 1.5
    """Half the height of the window in which that type is looked for."""
    dash_type: float = 1.3
    """Height of that type, at least."""
    dash_full: float = 0.5
    """Share of that height with ink, at least."""
    dash_border: tuple[float, float] = (4.0, 0.9)
    """Half the height of a strip in which a border runs by the end, and share of it with ink, at least."""


P, DOTTED, STROKE = RuleParams(), DottedParams(), StrokeParams()


@dataclass(frozen=True, slots=True)
class Rule:
    """A printed line, in pixels of the picture it was found in."""

    box: Box

    @property
    def horizontal(self) -> bool:
        return self.box.width >= self.box.height


@dataclass(frozen=True, slots=True)
class Rules:
    """What was found, and the mask of their ink, shape of the page's, 255 where a rule is."""

    rules: tuple[Rule, ...]
    frames: tuple[Box, ...]
    mask: Mask


def find_rules(ink: Mask, panels: Sequence[Box] = ()) -> Rules:
    """Rules and the frames that they close, in pixels of `ink`; `em` is the body's type size.

    What runs along the edge of one of the `panels` is that edge, and no rule.
    """
    inked = labelled(ink)
    dotted, dots = _dotted(ink, inked)
    found = inked[1][1:]
    if dots.any():
        ink = cv2.bitwise_and(ink, cv2.bitwise_not(dots)).astype(np.uint8, copy=False)
        found = components(ink)
    flat = _runs(ink)
    turned = transposed(ink)
    tall = _runs(turned)
    level, lying = _without_pair(ink, flat), _without_pair(turned, tall)
    pieces = [Rule(b) for b in _boxes(flat) if _alone(level, b)]
    pieces += [Rule(b.turned) for b in _boxes(tall) if _alone(lying, b)]
    large = boxes_of(found[np.maximum(found[:, WIDTH], found[:, HEIGHT]) > STROKE.glyph * EM])
    pieces = [r for r in pieces if not (_is_of_type(r, large) or _is_dash(ink, r) or _is_edge_of(r, panels))]
    flat_rules, upright_rules = [r for r in pieces if r.horizontal], [r for r in pieces if not r.horizontal]
    small = _slivers(found)
    rules = [*_linked(_with_ends(flat_rules, small)), *_linked(_with_ends(upright_rules, small))]
    rules += dotted
    return Rules(tuple(rules), _frames(rules), _with_rules(dots, rules))


def _with_rules(dots: Mask, rules: Sequence[Rule]) -> Mask:
    """The mask with the rules, and what is right beside them, painted into it."""
    mask = dots.copy()
    slack = max(2, round(P.rim * EM))
    for r in rules:
        b = r.box.grown(0, slack) if r.horizontal else r.box.grown(slack, 0)
        mask[max(0, b.y0) : b.y1, max(0, b.x0) : b.x1] = 255
    return mask


def _dotted(ink: Mask, pieces: Pieces) -> tuple[list[Rule], Mask]:
    """Rules made of dots or short dashes, and the mask of their ink."""
    labels, stats = pieces
    wide, high, p = stats[:, WIDTH], stats[:, HEIGHT], DOTTED
    few = (np.maximum(wide, high) < p.longest * EM) & (np.minimum(wide, high) < p.thickest * EM)
    few[0] = False
    small = mask_of(few)[labels]
    rules: list[Rule] = []
    mask = np.zeros_like(ink)
    for turned in (False, True):
        picture = transposed(small) if turned else small
        print_ = transposed(ink) if turned else ink
        long = level_runs(closed(picture, p.longest * EM, 1), p.shortest * EM)
        for b in boxes(long):
            # Specks between two rows set close are in a row by chance, and have type on both sides.
            if b.height < p.height * EM and _strewn(picture, b) and _alone(print_, b):
                rules.append(Rule(b.turned if turned else b))
                g = (b.turned if turned else b).grown(2)
                mask[max(0, g.y0) : g.y1, max(0, g.x0) : g.x1] = 255
    return [r for r in rules if not _in_screen(r, rules)], cv2.bitwise_and(mask, small).astype(np.uint8, copy=False)


def _in_screen(rule: Rule, rules: Sequence[Rule]) -> bool:
    """Whether the dots are a row of a screened picture's: others run beside it, close on each other."""
    a = rule.box if rule.horizontal else rule.box.turned
    beside = (o.box if o.horizontal else o.box.turned for o in rules if o.horizontal == rule.horizontal)
    near = [b for b in beside if 0 < abs(b.y0 - a.y0) < DOTTED.screen * EM]
    level = [b for b in near if a.overlap_x(b) > DOTTED.screen_share * min(a.width, b.width)]
    return len(level) >= DOTTED.screen_rows


def _strewn(small: Mask, b: Box) -> bool:
    """Whether the pieces along the run are many, evenly spaced, and all that is there."""
    row = (small[b.y0 : b.y1, b.x0 : b.x1] > 0).any(axis=0).astype(np.int8)
    starts = np.flatnonzero(np.diff(np.concatenate(([0], row))) == 1)
    steps = np.diff(starts)
    if len(steps) < DOTTED.fewest:
        return False
    mean = float(np.mean(steps))
    return float(np.std(steps)) < DOTTED.even * mean and mean < DOTTED.step * EM


def _runs(ink: Mask) -> Mask:
    """Ink in horizontal runs too long for type and too thin for a band; speckle may interrupt a run."""
    joined = closed(ink, max(2, P.speckle * EM), 1)
    long = level_runs(grown(joined, 1, 3), P.shortest * EM)
    thick = opened(long, 1, P.thickest * EM + 2)
    return cv2.bitwise_and(cv2.bitwise_and(long, joined), cv2.bitwise_not(grown(thick, 1, 3))).astype(
        np.uint8, copy=False
    )


def _boxes(runs: Mask) -> list[Box]:
    """Boxes of the runs that are long and thin enough; a long one may lean a little."""
    near = closed(runs, P.broken * EM, 3)
    return [
        b for b in boxes(near) if b.width >= max(P.shortest * EM, P.slender * b.height) and b.height <= P.leaning * EM
    ]


def _without_pair(ink: Mask, runs: Mask) -> Mask:
    """The ink without its longest runs: the lines of a double rule do not crowd each other, those of a glyph do."""
    long = level_runs(closed(runs, P.broken * EM, 1), P.double * EM)
    return cv2.bitwise_and(ink, cv2.bitwise_not(grown(long, 1, 3))).astype(np.uint8, copy=False)


def _alone(ink: Mask, b: Box) -> bool:
    """Whether little ink lies just above and just below: much does around a stroke of display type.

    The ends are left out, where a frame's other sides meet it; one side may be crowded (a box set tight), not both.
    """
    p = STROKE
    inset = min(round(p.end * EM), b.width // 4)
    near, far = max(1, round(p.near[0] * EM)), max(3, round(p.near[1] * EM))
    above = ink[max(0, b.y0 - far) : max(0, b.y0 - near), b.x0 + inset : b.x1 - inset]
    below = ink[b.y1 + near : b.y1 + far, b.x0 + inset : b.x1 - inset]
    crowds = [float((side > 0).any(axis=0).mean()) if side.size else 0.0 for side in (above, below)]
    return min(crowds) < p.free and max(crowds) < p.crowded[b.width > p.long * EM]


def _is_stroke(r: Rule, large: Sequence[Box]) -> bool:
    """Whether a short upright piece is a stroke of a huge glyph (州): another stroke as long stands close beside it."""
    b, p = r.box, STROKE
    if r.horizontal or b.height > p.upright * EM:
        return False
    beside = (c for c in large if 0 < max(c.x0 - b.x1, b.x0 - c.x1) < p.beside * EM and c.width > p.beside_width * EM)
    return any(c.overlap_y(b) > p.beside_level * b.height and c.height < p.beside_height * b.height for c in beside)


def _in_glyph(rule: Box, large: Sequence[Box]) -> bool:
    """Whether the piece is the longest stroke of a glyph (衰), or that with the stroke beside it (十一).

    A glyph is as high as it is wide, and the piece runs through it from side to side.
    """
    length, p = max(rule.width, rule.height), STROKE
    square = (c for c in large if max(c.width, c.height) < min(p.square * length, 2 * min(c.width, c.height)))
    across = (((rule & c).width / c.width, (rule & c).height / c.height, c) for c in square if (rule & c).area > 0)
    return length < p.inner * EM and any(
        max(w, h) > p.across and max(c.width, c.height) > p.height * length for w, h, c in across
    )


def _is_edge(r: Box, panel: Box) -> bool:
    near = panel.grown(round(P.edge * EM))
    return (r & near).area > P.edge_share * r.area and (r & near).width > 0


def _is_dash(ink: Mask, r: Rule) -> bool:
    """Whether the piece is a dash or a long stroke (——, 一) in a headline: display type stands close at one end.

    A border that runs by there is no type: short rules between articles often end at one.
    """
    b, m = (r.box, ink) if r.horizontal else (r.box.turned, ink.T)
    p = STROKE
    if b.width > p.dash * EM:
        return False
    y0, y1 = max(0, round(b.centre[1] - p.dash_window * EM)), round(b.centre[1] + p.dash_window * EM)
    reach = round(p.dash_reach * EM)
    border, full = round(p.dash_border[0] * EM), p.dash_border[1]
    for x0, x1 in ((b.x0 - reach, b.x0 - 1), (b.x1 + 1, b.x1 + reach)):
        strip = m[max(0, round(b.centre[1]) - border) : round(b.centre[1]) + border, max(0, x0) : max(0, x1)]
        if strip.size and float((strip > 0).any(axis=1).mean()) >= full:
            continue
        rows = np.flatnonzero((m[y0:y1, max(0, x0) : max(0, x1)] > 0).any(axis=1))
        if not len(rows):
            continue
        height = rows[-1] - rows[0]
        if height > p.dash_type * EM and float(len(rows)) > p.dash_full * height:
            return True
    return False


def _slivers(pieces: Stats) -> list[Rule]:
    """Thin pieces too short to be rules by themselves."""
    wide, high = pieces[:, WIDTH], pieces[:, HEIGHT]
    long, least = np.maximum(wide, high), np.minimum(wide, high)
    thin = (least < P.thinnest * EM) & (long > P.sliver * EM) & (long > P.sliver_slender * least)
    return [Rule(b) for b in boxes_of(pieces[thin])]


def _with_ends(rules: list[Rule], slivers: list[Rule]) -> list[Rule]:
    """The rules of one direction, and the slivers that go on where one ends: it was broken."""
    if not rules:
        return rules
    out, left = list(rules), [s for s in slivers if s.horizontal == rules[0].horizontal]
    grew = True
    while grew:
        near = [s for s in left if any(_goes_on(o.box, s.box, level=s.horizontal) for o in out)]
        out, left, grew = [*out, *near], [s for s in left if s not in near], bool(near)
    return out


def _goes_on(rule: Box, piece: Box, *, level: bool) -> bool:
    """Whether the piece lies in the rule's line, no more than an em behind its end."""
    a, b = (rule, piece) if level else (rule.turned, piece.turned)
    return -EM < a.overlap_x(b) <= 0 and a.overlap_y(b) > P.piece_level * min(a.height, b.height)


def _linked(rules: list[Rule]) -> list[Rule]:
    """Pieces of one broken rule joined: in one line, no more than an em apart."""
    out: list[Rule] = []
    for r in sorted(rules, key=lambda r: (r.box.x0, r.box.y0)):
        for i, o in enumerate(out):
            a, b = (o.box, r.box) if r.horizontal else (o.box.turned, r.box.turned)
            if a.overlap_x(b) > -EM and a.overlap_y(b) > -P.part * EM and (a | b).height <= P.thickest * EM:
                out[i] = Rule(o.box | r.box)
                break
        else:
            out.append(r)
    return out


def _is_of_type(rule: Rule, large: Sequence[Box]) -> bool:
    """Whether a rule is a stroke of large type, or in it."""
    return _is_stroke(rule, large) or _in_glyph(rule.box, large)


def _is_edge_of(rule: Rule, panels: Sequence[Box]) -> bool:
    return any(_is_edge(rule.box, p) for p in panels)


def _frames(rules: list[Rule]) -> tuple[Box, ...]:
    """Boxes closed by four rules that meet at the corners; a side may run on as a neighbour's rule."""
    flat = [r.box for r in rules if r.horizontal]
    upright = [r.box for r in rules if not r.horizontal]
    slack = round(P.corner * EM)
    found: list[Box] = []
    for left, right in combinations(sorted(upright, key=lambda v: v.x0), 2):
        inner = Box(left.x0, max(left.y0, right.y0), right.x1, min(left.y1, right.y1))
        if min(inner.width, inner.height) < P.narrowest_frame * EM:
            continue
        across = [h for h in flat if h.x0 <= left.x1 + slack and h.x1 >= right.x0 - slack]
        found += _closed_by(across, inner, slack)
    return _distinct(found)


def _closed_by(across: Sequence[Box], inner: Box, slack: int) -> list[Box]:
    """The frame around what two upright rules enclose, where level ones close it above and below; else nothing."""
    top = min((h.y0 for h in across if abs(h.y0 - inner.y0) <= slack), default=None)
    low = max((h.y1 for h in across if abs(h.y1 - inner.y1) <= slack), default=None)
    return [] if top is None or low is None else [Box(inner.x0, top, inner.x1, low)]


def _distinct(found: Sequence[Box]) -> tuple[Box, ...]:
    """The frames, each once, from above to below."""
    unique = [f for i, f in enumerate(found) if not any(same_frame(f, o, EM) for o in found[:i])]
    return tuple(sorted(unique, key=lambda f: (f.y0, f.x0)))


def same_frame(a: Box, b: Box, reach: float) -> bool:
    """Whether two frames lie one on the other, no side further than `reach` from its like: the two of a double one."""
    return all(abs(p - q) < reach for p, q in ((a.x0, b.x0), (a.y0, b.y0), (a.x1, b.x1), (a.y1, b.y1)))
