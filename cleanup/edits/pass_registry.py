"""The passes, each declared once: clean-up, switches, words, colours, documentation and tests read these declarations.

A new pass is a module in `cleanup/passes` with a function of the pass's name, and one declaration here. The passes run
in the order in which they stand here: characters before lines, lines before the marks that need a whole sentence.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Final

from layout.declaration import NO_WORDS, Declaration, DeclaredEnum, Words
from layout.errors import UsageError

ACCEPT_FROM: Final = 0.8
"""The confidence, 0 to 1, from which an edit of a pass is accepted by rule; below it waits for a person."""


class PassDeclaration(Declaration):
    """Who makes edits.

    `module` has a function of the pass's name that takes an Article and yields Changes. `label` is what the interface
    calls the pass, `mends` the damage that it repairs. From `accept_from` (confidence, 0 to 1) on its edits are
    accepted by rule. `colour` (#rrggbb) is that of its changes on white paper, `terminal` that on a terminal.
    """

    label: Words = NO_WORDS
    mends: Words = NO_WORDS
    colour: str = ""
    terminal: str = ""
    accept_from: float = ACCEPT_FROM


class Pass(DeclaredEnum):
    """Who makes edits: the passes in the order in which they run, and then people."""

    declaration: PassDeclaration

    SECOND_READER = PassDeclaration(
        name="second_reader",
        module="cleanup.passes.second_reader",
        label=Words("second reader", "双引擎比对"),
        mends=Words("what the second reader saw", "第二引擎的识读"),
        colour="#0f7173",
        terminal="cyan",
        accept_from=0.5,  # the likelier of two readings is in the clean text
    )
    CHARACTER_FORMS = PassDeclaration(
        name="character_forms",
        module="cleanup.passes.character_forms",
        label=Words("character forms", "字形编码"),
        mends=Words("other forms of a character", "同一字的不同编码"),
        colour="#4f5b66",
        terminal="bright_blue",
    )
    DOUBLED_GLYPHS = PassDeclaration(
        name="doubled_glyphs",
        module="cleanup.passes.doubled_glyphs",
        label=Words("doubled glyphs", "重影字"),
        mends=Words("characters printed or read twice", "印了或读了两遍的字"),
        colour="#a3402f",
        terminal="red",
    )
    LETTER_SPACING = PassDeclaration(
        name="letter_spacing",
        module="cleanup.passes.letter_spacing",
        label=Words("letter spacing", "字间空格"),
        mends=Words("characters pulled apart", "拉开的字距"),
        colour="#7a5c00",
        terminal="yellow",
    )
    CONTINUATION = PassDeclaration(
        name="continuation",
        module="cleanup.passes.continuation",
        label=Words("jump markers", "转版标记"),
        mends=Words("markers of a jump", "转版标记"),
        colour="#7b4a91",
        terminal="magenta",
    )
    LINE_JOIN = PassDeclaration(
        name="line_join",
        module="cleanup.passes.line_join",
        label=Words("lines joined", "断行接合"),
        mends=Words("lines that the column's edge broke; a row's cells", "栏宽断开的行；表格同一行的单元格"),
        colour="#3b6ea5",
        terminal="blue",
        accept_from=0.5,  # a break that is left says that a paragraph ends: the likelier counts
    )
    PUNCTUATION = PassDeclaration(
        name="punctuation",
        module="cleanup.passes.punctuation",
        label=Words("punctuation", "标点"),
        mends=Words("marks", "标点"),
        colour="#5b6b2f",
        terminal="green",
    )
    CONFUSABLES = PassDeclaration(
        name="confusables",
        module="cleanup.passes.confusables",
        label=Words("look-alikes", "形近字"),
        mends=Words("look-alike characters", "形近字"),
        colour="#b0531c",
        terminal="bright_red",
    )
    PERSON = PassDeclaration(
        name="person",
        module="cleanup.edits.ledger",  # a person's edits are made there, by `Ledger.written`
        label=Words("by hand", "人工"),
        mends=Words("written by a person", "人工改动"),
        colour="#1d1d1d",
        terminal="bright_white",
    )


ORDER: Final = tuple(p for p in Pass if p is not Pass.PERSON)
"""The passes as they run."""


def passes_named(names: Iterable[str]) -> frozenset[Pass]:
    """The passes of these names; raises UsageError for a name that is none."""
    known = {p.value: p for p in ORDER}
    for name in names:
        if name not in known:
            raise UsageError(f"There is no pass called {name!r}.", f"Choose among: {', '.join(known)}")
    return frozenset(known[name] for name in names)


def passes_without(without: Collection[Pass]) -> tuple[Pass, ...]:
    """The passes that run when some are switched off."""
    return tuple(p for p in ORDER if p not in without)
