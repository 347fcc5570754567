"""The lexicon as administrators keep it: the assistant's file, and their changes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from assistant.errors import InvalidExpression
from assistant.searching.arabic import has_arabic
from assistant.searching.lexicon import Lexicon, LexiconEntry, load_lexicon
from assistant.storage.corpus import note_corpus_change
from assistant.storage.database import Database
from assistant.storage.tables import LexiconRow

MOST_CHARACTERS = 100
"""Of an expression, and of one phrase of the law."""
MOST_PHRASES = 10
"""Of the law, for one expression."""


@dataclass(frozen=True, slots=True)
class ListedEntry:
    """An entry as administrators see it."""

    entry: LexiconEntry
    enabled: bool
    is_own: bool  # added here, so it can be deleted; the others can only be switched off


@dataclass(frozen=True, slots=True)
class _Change:
    """A row of the table."""

    identity: str
    said: str
    law: tuple[str, ...]
    enabled: bool


class LexiconStore:
    """Merges the file and the table; safe for several people at once.

    The table is read at each call, so that what one process changes another finds.
    """

    def __init__(self, database: Database, shipped: Lexicon | None = None) -> None:
        """Keep changes in `database`; `shipped` is the assistant's own file if not given."""
        self._database = database
        self._shipped = shipped or load_lexicon()
        self._merged: tuple[tuple[_Change, ...], Lexicon] | None = None

    def lexicon(self) -> Lexicon:
        """Give the entries that are switched on, ready to be found in questions."""
        changes = self._changes()
        if self._merged is None or self._merged[0] != changes:
            listed = _merge(self._shipped, changes)
            self._merged = (changes, Lexicon(tuple(e.entry for e in listed if e.enabled)))
        return self._merged[1]

    def listed(self) -> list[ListedEntry]:
        """Give every entry: those added here first, then the file's, each in its order."""
        return _merge(self._shipped, self._changes())

    def add(self, said: str, law: Sequence[str]) -> None:
        """Keep an expression; it takes the place of the one that is written alike, if any.

        Written in Arabic it is Arabic, in capitals alone an abbreviation found in capitals only.

        Raises:
            InvalidExpression: it is empty or too long, or has no law phrase or too many.
        """
        said, phrases = _checked(said, law)
        row = LexiconRow(identity=_identity(said), said=said, law=phrases, enabled=True)
        with self._database.session() as session:
            session.merge(row)
            note_corpus_change(session)

    def switch(self, said: str, *, enabled: bool) -> None:
        """Switch an expression on or off, whether it was added here or came with the assistant."""
        identity = _identity(said)
        with self._database.session() as session:
            note_corpus_change(session)
            row = session.get(LexiconRow, identity)
            if row and (row.law or not enabled):
                row.enabled = enabled
            elif row:
                session.delete(row)  # the file's entry counts again
            elif not enabled:
                session.add(LexiconRow(identity=identity, said=said, law=[], enabled=False))

    def remove(self, said: str) -> None:
        """Delete what was added here; the file's entry of that writing, if any, counts again."""
        with self._database.session() as session:
            row = session.get(LexiconRow, _identity(said))
            if row:
                session.delete(row)
                note_corpus_change(session)

    def _changes(self) -> tuple[_Change, ...]:
        query = select(LexiconRow).order_by(LexiconRow.identity)
        with self._database.reading() as session:
            rows = session.scalars(query)
            return tuple(_Change(r.identity, r.said, tuple(r.law), r.enabled) for r in rows)


def _merge(shipped: Lexicon, changes: Sequence[_Change]) -> list[ListedEntry]:
    """Put what was added before the file's entries, less those it replaces."""
    by_identity = {change.identity: change for change in changes}
    own = [ListedEntry(_own_entry(c), c.enabled, is_own=True) for c in changes if c.law]
    kept = []
    for entry in shipped.entries:
        change = by_identity.get(entry.identity)
        if change is None or not change.law:
            kept.append(ListedEntry(entry, change is None or change.enabled, is_own=False))
    return own + kept


def _own_entry(change: _Change) -> LexiconEntry:
    entry = LexiconEntry(change.said, change.law)
    if has_arabic(change.said):
        return replace(entry, language="ar", kind="translation")
    if change.said.isupper() and " " not in change.said:
        return replace(entry, kind="abbreviation", capitals=True)
    return entry


def _checked(said: str, law: Sequence[str]) -> tuple[str, list[str]]:
    said = " ".join(said.split())
    phrases = list(dict.fromkeys(" ".join(p.split()) for p in law if _identity(p)))
    if not _identity(said):
        raise InvalidExpression(
            "L’expression est vide. Écrivez ce que disent les personnes, par exemple : "
            "« garantie de soumission »."
        )
    if not phrases:
        raise InvalidExpression(
            f"Les mots du texte manquent pour « {said[:MOST_CHARACTERS]} ». Écrivez ce que dit "
            "le texte, par exemple : « cautionnement provisoire »."
        )
    if len(phrases) > MOST_PHRASES:
        raise InvalidExpression(
            f"L’expression « {said[:MOST_CHARACTERS]} » renvoie à {len(phrases)} formules, plus "
            f"que les {MOST_PHRASES} admises. Ne gardez que les plus précises."
        )
    if longest := max(
        (t for t in (said, *phrases) if len(t) > MOST_CHARACTERS), default="", key=len
    ):
        raise InvalidExpression(
            f"« {longest[:40]}… » compte {len(longest)} caractères, plus que les "
            f"{MOST_CHARACTERS} admis. Abrégez."
        )
    return said, phrases


def _identity(said: str) -> str:
    return LexiconEntry(said, ()).identity
