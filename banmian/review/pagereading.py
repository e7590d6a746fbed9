"""Whole pages read anew beside the work: begun by a person, done by a worker, looked at as a proposal, taken or not."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from banmian.decisions.actions.reread_page import Reread
from banmian.decisions.asked import Name
from banmian.decisions.decision import Wanted
from banmian.decisions.record import Request
from banmian.review.deciding import Answer, Deciding
from banmian.review.rereading import ENGINES, ReaderChoice, ReadingWorker, WholePage
from banmian.review.shelf import Shelf
from banmian.store.entries import PageEntry
from banmian.store.remote import at_hand
from layout.errors import BanmianError
from layout.page import Page

SECONDS: Final = 1800.0
"""How long a whole page may take to be laid out and read, as in a run."""

_SHOWN: Final = 60
"""Lines of either reading that are shown side by side."""


class PageAsking(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A page to be read anew, with which reader, and by how many degrees its print is turned clockwise."""

    engine: str
    lang: Annotated[str, Meta(max_length=60, pattern="^[a-z_+A-Z]+$")]
    turned: Annotated[float, Meta(ge=-360, le=360)] = 0.0


class PageTaking(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The reading of this number is to take the place of what there is."""

    job: int
    ticket: Name


@dataclass(slots=True)
class PageJob:
    """A reading that goes on (no page and no fault yet), is ready, or has failed."""

    number: int
    asking: PageAsking
    person: str
    page: Page | None = None
    fault: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def state(self) -> str:
        return "failed" if self.fault else "reading" if self.page is None else "ready"


class PageReadings:
    """The readings of whole pages, one at a time at work, the last of each page kept until it is taken or given up."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._worker = ReadingWorker(SECONDS)
        self._lock = threading.Lock()
        self._jobs: dict[tuple[int, int], PageJob] = {}
        self._last = 0

    def begin(self, issue: int, entry: PageEntry, asking: PageAsking, person: str) -> Answer:
        """Begins a reading; 422 for an engine that there is not, 409 while one of this page goes on."""
        if asking.engine not in ENGINES:
            return Answer({"why": "no_json"}, 422)
        key = issue, entry.number
        with self._lock:
            known = self._jobs.get(key)
            if known is not None and known.state == "reading":
                return Answer({"why": "reading_goes_on"}, 409)
            self._last += 1
            job = self._jobs[key] = PageJob(self._last, asking, person)
        threading.Thread(target=self._read, args=(entry, job), daemon=True).start()
        return Answer({"job": job.number})

    def _read(self, entry: PageEntry, job: PageJob) -> None:
        asking = job.asking
        try:
            scan = at_hand(entry.path, entry.address)
            whole = WholePage(str(scan), entry.frame, entry.number, asking.turned)
            job.page = self._worker.read_page(ReaderChoice(asking.engine, asking.lang), whole)
        except (BanmianError, OSError):
            job.fault = "not_read_page"

    def told(self, issue: int, entry: PageEntry) -> dict[str, Any]:
        """The page's reading for the eye: how it compares with what there is, and both texts; empty without one."""
        job = self._jobs.get((issue, entry.number))
        if job is None:
            return {}
        told: dict[str, Any] = {"job": job.number, "state": job.state, "person": job.person, "fault": job.fault}
        told |= {"engine": job.asking.engine, "lang": job.asking.lang, "turned": job.asking.turned}
        if job.page is not None:
            now = self._shelf.page(entry, self._shelf.issue(issue))
            told |= {"new": _summary(job.page), "now": _summary(now or Page(entry.number))}
        return told

    def drop(self, issue: int, entry: PageEntry) -> None:
        """Gives a reading up that is not going on."""
        with self._lock:
            job = self._jobs.get((issue, entry.number))
            if job is not None and job.state != "reading":
                del self._jobs[issue, entry.number]

    def take(self, deciding: Deciding, issue: int, entry: PageEntry, taking: PageTaking) -> Answer:
        """Puts the reading in the place of what there is, as a decision; twice sent it is done once."""
        held = self._shelf.issue(issue)
        job = self._jobs.get((issue, entry.number))
        if known := self._shelf.record.of_ticket(taking.ticket):
            return Answer({"decisions": [d.id for d in known]})
        if held is None or job is None or job.page is None or job.number != taking.job:
            return Answer({"why": "no_such_reading"}, 422)
        now = self._shelf.page(entry)
        page = job.page if now is None else replace(job.page, source=now.source, frame=now.frame, dpi=now.dpi)
        wanted = Wanted(held.entry.name, "", Reread(page, job.asking.turned))
        made = self._shelf.record.add([wanted], Request(deciding.person, taking.ticket, {}))
        self.drop(issue, entry)
        return Answer({"decisions": [d.id for d in made], "articles": [], "structural": True, "last": made[-1].id})

    def close(self) -> None:
        self._worker.close()


def _summary(page: Page) -> dict[str, Any]:
    """What a reading came to: lines, characters, wrong ones that are to be expected, and its first lines."""
    lines = list(page.lines)
    glyphs = [g for n in lines for g in n.glyphs]
    return {
        "lines": len(lines),
        "characters": sum(len("".join(n.text.split())) for n in lines),
        "wrong": round(sum(1 - g.confidence for g in glyphs)),
        "text": [n.text.strip() for n in lines if n.text.strip()][:_SHOWN],
    }
