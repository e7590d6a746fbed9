"""PREMIS 3.0: what was done with the files of an issue, and by whom.

The files themselves, with sizes and sums, stand in METS, and events name them by their ids there: a premis:object tells
its kind by xsi:type, and METS that holds one is not valid for a validator that has the schema of METS alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Final

from lxml import etree

from banmian.archive.content.provenance import PassWork, PersonWork
from banmian.archive.xml.elements import Elements
from banmian.diff.wording import MENDS

NAMESPACE: Final = "http://www.loc.gov/premis/v3"
_P: Final = Elements(NAMESPACE, {"premis": NAMESPACE})
_LOCAL: Final = "local"
_METS_FILE: Final = "METS file ID"


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file: its id in METS, the name that it came with, its media type, its size in bytes and its sha512."""

    id: str
    name: str
    media_type: str
    size: int
    sha512: str


@dataclass(frozen=True, slots=True)
class Agent:
    """Who did something: `kind` is software or person."""

    id: str
    name: str
    kind: str = "software"
    version: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What was done, when (UTC), by whom, from which files to which others."""

    id: str
    kind: str
    time: str
    told: str
    agents: tuple[Agent, ...]
    sources: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingEvent:
    """What read the pages, with its version and settings, the scans that it read and the files that hold the text."""

    reader: str
    scans: tuple[str, ...]
    texts: tuple[str, ...]


BANMIAN: Final = Agent("banmian", "Banmian", version=version("banmian"))


def capture(made: str, scans: Sequence[KeptFile]) -> Event:
    """The scans were taken in, and their sums made: when the run began that read them."""
    told = "the scans were taken in and their sha512 was made"
    return Event("capture", "capture", made, told, (BANMIAN,), outcomes=tuple(s.id for s in scans))


def recognition(at: int, made: str, reading: ReadingEvent) -> Event:
    """The pages were laid out and read."""
    agent = Agent(f"reader.{at}", reading.reader)
    told = f"columns, blocks and lines were found, and read by: {reading.reader}"
    return Event(f"recognition.{at}", "recognition", made, told, (BANMIAN, agent), reading.scans, reading.texts)


def clean_up(made: str, work: PassWork, texts: tuple[str, ...]) -> Event:
    """A pass mended the text."""
    agent = Agent(f"pass.{work.by.value}", f"Banmian, {work.by.value}", version=BANMIAN.version)
    told = f"{MENDS[work.by]}: {work.edits} edits are in force"
    return Event(f"cleanup.{work.by.value}", "clean-up", made, told, (agent,), outcomes=texts)


def review(at: int, work: PersonWork, texts: tuple[str, ...]) -> Event:
    """A person decided about edits, or wrote some."""
    agent = Agent(f"person.{at}", work.person, "person")
    told = f"{work.decisions} decisions about edits stand, made from {work.first} to {work.last}"
    return Event(f"review.{at}", "review", work.last, told, (agent,), outcomes=texts)


def agents_of(events: Sequence[Event]) -> Iterator[Agent]:
    """Every agent of the events, once."""
    return iter({agent.id: agent for event in events for agent in event.agents}.values())


def event_xml(event: Event) -> etree._Element:
    """The event, with links to its agents and files."""
    root = _P.event(
        _P.eventIdentifier(_P.eventIdentifierType(_LOCAL), _P.eventIdentifierValue(event.id)),
        _P.eventType(event.kind),
        _P.eventDateTime(event.time),
        _P.eventDetailInformation(_P.eventDetail(event.told)),
        version="3.0",
    )
    for agent in event.agents:
        kind, value = _P.linkingAgentIdentifierType(_LOCAL), _P.linkingAgentIdentifierValue(agent.id)
        root.append(_P.linkingAgentIdentifier(kind, value))
    for role, files in (("source", event.sources), ("outcome", event.outcomes)):
        for file in files:
            kind, value = _P.linkingObjectIdentifierType(_METS_FILE), _P.linkingObjectIdentifierValue(file)
            root.append(_P.linkingObjectIdentifier(kind, value, _P.linkingObjectRole(role)))
    return root


def agent_xml(agent: Agent) -> etree._Element:
    """The agent."""
    root = _P.agent(
        _P.agentIdentifier(_P.agentIdentifierType(_LOCAL), _P.agentIdentifierValue(agent.id)),
        _P.agentName(agent.name),
        _P.agentType(agent.kind),
        version="3.0",
    )
    if agent.version:
        root.append(_P.agentVersion(agent.version))
    return root
