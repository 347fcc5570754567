"""The version of what is searched: documents, lexicon, dates of force, questions as keys.

An answer is given again only for the version that it was written for.
"""

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from assistant.storage.tables import CachedAnswerRow, CorpusRow


def corpus_version(session: Session) -> int:
    """Give the number of changes so far."""
    return session.scalars(select(CorpusRow.version)).one()


def note_corpus_change(session: Session) -> None:
    """Say that a search may now find something else: no answer of before is given again.

    It belongs into the unit of work that makes the change, so that neither is there without the
    other.
    """
    session.execute(update(CorpusRow).values(version=CorpusRow.version + 1))
    session.execute(delete(CachedAnswerRow))
