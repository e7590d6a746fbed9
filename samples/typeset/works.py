"""Everything that lies in samples/: which issue with which damage, and the dump."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from samples.typeset import issues
from samples.typeset.dump import Scrap, Wear, dump, dump_json
from samples.typeset.pdf import issue_pdf
from samples.typeset.press import IssuePlan, PrintedIssue, typeset
from samples.typeset.scanner import LEVELS, ScanDamage

LAYERED: Final = "chengzhou-evening.pdf"
"""The evening paper as its own PDF, with its text."""
SAMPLES: Final = Path(__file__).parent.parent
OFFICE: Final = replace(LEVELS["office"], noise=5, quality=58, dirt=14)
POOR: Final = replace(LEVELS["poor"], noise=18, quality=42, dirt=90)


@dataclass(frozen=True)
class Work:
    """An issue to be made: its folder, its description, what the scanner does, the seed."""

    folder: str
    plan: IssuePlan
    damage: ScanDamage
    seed: int

    def printed(self) -> PrintedIssue:
        return typeset(self.plan, self.damage, self.seed)


def works() -> tuple[Work, ...]:
    """The issues of samples/."""
    return (
        Work("chengzhou-evening", issues.evening(), OFFICE, 7),
        Work("qingya-daily", issues.daily(), POOR, 8),
    )


def sample_dump() -> tuple[str, str]:
    """The raw text dump of samples/ and its truth as JSON."""
    told = issues.told
    halves = told("县剧团")
    rest = replace(halves, paras=halves.paras[3:]).numbered()
    boat = told("他们把课堂")
    end = replace(boat, paras=boat.paras[2:]).numbered()
    scraps = [
        Scrap(told("潮起岚江")), Scrap(told("小小螺丝钉")), Scrap(rest, 2), Scrap(told("雨花塘")),
        Scrap(told("“零差错”")), Scrap(end, 1), Scrap(told("书香进了大山")),
    ]  # fmt: skip
    text, records = dump(scraps, Wear(), 5, "本版编辑：罗思齐 美编：白露 校对：田野")
    return text, dump_json(records)


def make(folder: Path = SAMPLES) -> list[Path]:
    """Make everything again below `folder`; the files written come back."""
    written = []
    for work in works():
        written += work.printed().write(folder / work.folder)
    layered = folder / LAYERED
    layered.write_bytes(issue_pdf(issues.evening()))
    written.append(layered)
    text, truth = sample_dump()
    for name, content in (("dump.txt", text), ("dump.json", truth)):
        (folder / name).write_text(content, encoding="utf-8")
        written.append(folder / name)
    return written
