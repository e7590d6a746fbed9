"""A confident line that was checked against its picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from banmian.decisions.action import DeskKey, ReviewAction, Subject, Wish
from banmian.decisions.actions.type_text import TypeText, Written
from banmian.decisions.asked import Key, Text, printable
from banmian.decisions.decision import ArticleText, Decision, Ground, TextBody
from banmian.decisions.difference import differences, graphemes
from cleanup.lines.glyph_places import glyphs_of
from layout.declaration import Words

if TYPE_CHECKING:
    from banmian.decisions.asked import Asked
    from banmian.decisions.decision import Wanted


class Sampled(TextBody, frozen=True, tag="sampled"):
    """A confident line that was checked: how many of its characters were wrong, and what its reader expected."""

    ground: Ground
    characters: int
    errors: int
    expected: float

    def grounds(self) -> tuple[Ground, ...]:
        """The line."""
        return (self.ground,)

    def tell(self, article: ArticleText, decision: Decision) -> None:
        """Takes the line as sampled."""
        if decision.undone is None:
            article.sample(self.ground)


class SampleLine(Wish, frozen=True, forbid_unknown_fields=True, tag="sample"):
    """A sampled line is `text`; where it reads otherwise it is corrected."""

    line: Key
    text: Text

    def wanted(self, asked: Asked) -> list[Wanted]:
        """The verdict, behind the correction where there is one."""
        source, now, text = asked.source(self.line), asked.line_text(self.line), printable(self.text)
        wrong = sum(max(d.end - d.start, len(graphemes(d.after))) for d in differences(now.text, text))
        expected = sum(1 - g.confidence for g in glyphs_of(source.line) if g is not None)
        verdict = asked.want(Sampled(Ground.of(source), len(graphemes(now.text)), wrong, round(expected, 4)))
        if text == now.text:
            return [verdict]
        (corrected,) = TypeText(now.start, now.end, now.text, text).wanted(asked)
        assert isinstance(corrected.body, Written)
        # The verdict tells of the line's other readings, of which each is to count once.
        return [asked.want(Written(corrected.body.edits, corrected.body.refused)), verdict]

    def stands(self, then: Asked, now: Asked) -> bool | None:
        """Whether the line reads as it did."""
        return then.line_text(self.line).text == now.line_text(self.line).text


ACTION = ReviewAction(
    name="sample",
    wish=SampleLine,
    body=Sampled,
    did=Words("sampled a line", "抽查"),
    keys=(DeskKey("sample", "s", Words("next sampled line", "下一抽查行"), Subject.TEXT, 50),),
)
