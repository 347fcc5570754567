"""Dates of force as administrators keep them: the assistant's file, and what they say of a text."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.errors import ChangedMeanwhile
from assistant.searching.instruments import (
    PROCUREMENT,
    Instruments,
    KnownInstrument,
    shipped_instruments,
)
from assistant.storage.corpus import note_corpus_change
from assistant.storage.database import Database
from assistant.storage.tables import ForceRow, now

UNCHANGED = ""
"""The revision of an instrument of which no administrator said anything."""


@dataclass(frozen=True, slots=True)
class KeptForce:
    """What is known of the force of one instrument, as an administrator opens it."""

    known: KnownInstrument | None
    revision: str  # to be given back with a change

    @property
    def is_own(self) -> bool:
        """Whether an administrator said it; else it comes with the assistant."""
        return self.revision != UNCHANGED


class InstrumentStore:
    """Merges the file and the table; safe for several people at once.

    The table is read at each call, so that what one process changes another finds. A change names
    the revision that was seen: what somebody else changed since is not overwritten unseen.
    """

    def __init__(self, database: Database, shipped: Instruments | None = None) -> None:
        """Keep changes in `database`; `shipped` is the assistant's own file if not given."""
        self._database = database
        self._shipped = shipped or shipped_instruments()

    def instruments(self) -> Instruments:
        """Give every instrument whose dates are known, those of a family oldest first."""
        with self._database.reading() as session:
            changed = [_known(row) for row in session.scalars(select(ForceRow))]
        numbers = {known.number for known in changed}
        kept = [known for known in self._shipped.known if known.number not in numbers]
        return Instruments(tuple(sorted([*kept, *changed], key=_order)))

    def kept(self, number: str) -> KeptForce:
        """Give what is known of one instrument."""
        with self._database.reading() as session:
            return self._kept(session, number)

    def is_shipped(self, number: str) -> bool:
        """Whether the assistant comes with dates for it: its family is then given."""
        return self._shipped.find(number) is not None

    def require(self, number: str, seen: str) -> None:
        """Check that an instrument is still what was seen.

        Raises:
            ChangedMeanwhile: it is not.
        """
        with self._database.reading() as session:
            self._require(session, number, seen)

    def save(self, known: KnownInstrument, *, seen: str) -> None:
        """Keep what an administrator says; `seen` is the revision it was opened at.

        Raises:
            ChangedMeanwhile: it is no longer what was seen.
        """
        with self._database.session() as session:
            self._require(session, known.number, seen)
            note_corpus_change(session)
            session.merge(
                ForceRow(
                    number=known.number,
                    name=known.name,
                    family=known.family,
                    in_force_from=known.start,
                    repealed_from=known.repealed_from,
                    repealed_by=known.repealed_by,
                    transition=known.transition,
                    source=known.source,
                    revision=uuid.uuid4().hex,
                    changed_at=now(),
                )
            )

    def reset(self, number: str, *, seen: str) -> None:
        """Forget what administrators said: what comes with the assistant, if anything, counts.

        Raises:
            ChangedMeanwhile: it is no longer what was seen.
        """
        with self._database.session() as session:
            self._require(session, number, seen)
            note_corpus_change(session)
            if row := session.get(ForceRow, number):
                session.delete(row)

    def _require(self, session: Session, number: str, seen: str) -> None:
        kept = self._kept(session, number)
        if kept.revision == seen:
            return
        says = kept.known.force_on(date.today()) if kept.known else "sans date connue"
        source = f" (source : {kept.known.source})" if kept.known else ""
        raise ChangedMeanwhile(f"Le texte {number}", says + source)

    def _kept(self, session: Session, number: str) -> KeptForce:
        row = session.get(ForceRow, number)
        if row is None:
            return KeptForce(self._shipped.find(number), UNCHANGED)
        return KeptForce(_known(row), row.revision)


def doubts_about(instruments: Instruments) -> list[str]:
    """Say where two decrees govern one day, or none does between two of them."""
    family = [known for known in instruments.known if known.family == PROCUREMENT]
    return list(_doubts(family))


def _doubts(family: Sequence[KnownInstrument]) -> Iterable[str]:
    for before, after in pairwise(family):
        if before.end is None or before.end >= after.start:
            yield (
                f"À partir du {after.start:%d/%m/%Y}, deux textes régissent les procédures : "
                f"{before.name} et {after.name}. Le plus récent est appliqué."
            )
        elif before.end + timedelta(days=1) < after.start:
            yield (
                f"Entre le {before.end:%d/%m/%Y} et le {after.start:%d/%m/%Y}, aucun texte ne "
                f"régit les procédures : {before.name} a pris fin, {after.name} n’a pas commencé."
            )


def _order(known: KnownInstrument) -> tuple[str, date, str]:
    return known.family, known.start, known.number


def _known(row: ForceRow) -> KnownInstrument:
    return KnownInstrument(
        number=row.number,
        name=row.name,
        family=row.family,
        start=row.in_force_from,
        end=row.repealed_from and row.repealed_from - timedelta(days=1),
        source=row.source,
        repealed_by=row.repealed_by,
        transition=row.transition,
    )
