"""The help of the commands in Chinese, from `locale/help.zh.json`: by command, and by command and option."""

from __future__ import annotations

import gettext
from collections.abc import Iterator

import click

from banmian.language import LOCALE, read_texts


def chinese_help() -> dict[str, str]:
    """The texts by `command` and `command --option`; the program itself has no name here."""
    return read_texts("help.zh.json")


def helped(program: click.Group) -> Iterator[tuple[str, click.Command | click.Option]]:
    """Everything that has a help text, by the key under which its Chinese stands."""
    yield "", program
    yield from _options("", program)
    for name, command in program.commands.items():
        yield name, command
        yield from _options(f"{name} ", command)


def _options(before: str, command: click.Command) -> Iterator[tuple[str, click.Option]]:
    for option in command.params:
        if isinstance(option, click.Option):
            yield f"{before}{next(o for o in option.opts if o.startswith('--'))}", option


def speak_chinese(program: click.Group) -> None:
    """Puts the Chinese texts in the place of the English ones, those of click itself too."""
    gettext.bindtextdomain("messages", LOCALE)
    texts = chinese_help()
    for key, thing in helped(program):
        thing.help = texts.get(key, thing.help)
