"""What the review keeps beside decisions: counts of pages, changes of metadata, glyphs looked through, sessions."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from banmian.decisions.database import ReviewDatabase, iso, iso_now

SESSION_HOURS: Final = 24
"""How long after entering a reviewer gets in again without a new address."""


@dataclass(frozen=True, slots=True)
class CheckedGlyphs:
    """Glyphs of a character that were looked through: all of an issue, of all pages (no issue), or one at its place."""

    issue: str
    char: str
    place: str
    glyphs: int
    """How many there were."""
    person: str = ""


@dataclass(frozen=True, slots=True)
class MetadataChange:
    """A value of a metadata.toml as it was and as a person made it; empty where there is none. ISO 8601, UTC."""

    file: str
    key: str
    before: str
    after: str
    person: str
    time: str


class CountTable:
    """What was counted of each page, which can always be counted again."""

    def __init__(self, database: ReviewDatabase) -> None:
        self._database = database

    def all(self) -> dict[tuple[str, int], tuple[str, str]]:
        """What was counted of each page: what it was made from, and the counts as JSON."""
        rows = self._database.all("SELECT issue, page, made_from, counts FROM review_count")
        return {(issue, page): (made_from, counts) for issue, page, made_from, counts in rows}

    def keep(self, issue: str, made_from: str, counts: Mapping[int, str]) -> None:
        """Keeps the counts of an issue's pages, as JSON."""
        rows = [(issue, page, made_from, text) for page, text in counts.items()]
        with self._database.changing():
            self._database.run_all("INSERT OR REPLACE INTO review_count VALUES (?, ?, ?, ?)", rows)


class MetadataTable:
    """Every change of metadata at the desk."""

    def __init__(self, database: ReviewDatabase) -> None:
        self._database = database

    def note(self, changes: Sequence[MetadataChange]) -> None:
        """Notes changes of metadata, at this time; they are on the disk when this returns."""
        time = iso_now()
        rows = [(c.file, c.key, c.before, c.after, c.person, time) for c in changes]
        sql = "INSERT INTO review_metadata (file, key, before, after, person, time) VALUES (?, ?, ?, ?, ?, ?)"
        with self._database.changing():
            self._database.run_all(sql, rows)

    def all(self) -> list[MetadataChange]:
        """Every change of metadata, the last first."""
        sql = "SELECT file, key, before, after, person, time FROM review_metadata ORDER BY id DESC"
        return [MetadataChange(*row) for row in self._database.all(sql)]


class CheckedTable:
    """Glyphs that were looked through."""

    def __init__(self, database: ReviewDatabase) -> None:
        self._database = database

    def mark(self, marks: Sequence[CheckedGlyphs], person: str, *, checked: bool) -> None:
        """Notes that a person has looked these through, or takes that back; it is on the disk when this returns."""
        time = iso_now()
        with self._database.changing():
            for m in marks:
                sql = "DELETE FROM review_checked WHERE issue = ? AND char = ? AND place = ?"
                self._database.run(sql, m.issue, m.char, m.place)
                if checked:
                    row = (m.issue, m.char, m.place, m.glyphs, person, time)
                    self._database.run("INSERT INTO review_checked VALUES (?, ?, ?, ?, ?, ?)", *row)

    def all(self) -> list[CheckedGlyphs]:
        """All that was looked through."""
        rows = self._database.all("SELECT issue, char, place, glyphs, person FROM review_checked")
        return [CheckedGlyphs(*row) for row in rows]


class SessionTable:
    """Who has entered, and the secret by which pages know this workspace."""

    def __init__(self, database: ReviewDatabase) -> None:
        self._database = database

    def secret(self) -> bytes:
        """The workspace's secret, made when it is first asked for."""
        with self._database.changing():
            rows = self._database.all("SELECT secret FROM review_secret")
            if not rows:
                rows = [(secrets.token_bytes(32),)]
                self._database.run("INSERT INTO review_secret VALUES (?)", *rows[0])
        return bytes(rows[0][0])

    def drop(self, digest: str) -> None:
        """Forgets who entered."""
        with self._database.changing():
            self._database.run("DELETE FROM review_session WHERE digest = ?", digest)

    def keep(self, digest: str, person: str) -> None:
        """Notes who entered; what is older than a day is forgotten."""
        now = datetime.now(UTC)
        with self._database.changing():
            self._database.run("DELETE FROM review_session WHERE time < ?", iso(now - timedelta(hours=SESSION_HOURS)))
            self._database.run("INSERT OR REPLACE INTO review_session VALUES (?, ?, ?)", digest, person, iso(now))

    def all(self) -> dict[str, str]:
        """The name of each session that goes on, by its digest."""
        since = iso(datetime.now(UTC) - timedelta(hours=SESSION_HOURS))
        return dict(self._database.all("SELECT digest, person FROM review_session WHERE time >= ?", since))
