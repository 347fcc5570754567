"""Which text a file contains, where an administrator corrected what was read in it.

A correction belongs to the file's name and to what was read: the same file uploaded again, or a
newer one of that name that is misread alike, gets it too; another text never does.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.errors import ChangedMeanwhile
from assistant.records import Instrument
from assistant.storage.tables import DocumentRow, IdentityRow


def corrected(session: Session, file_name: str, read: Instrument) -> Instrument:
    """Give the text of a file: as an administrator corrected it, else as it was read."""
    row = session.get(IdentityRow, (file_name, read.number))
    return Instrument(row.number, row.title) if row else read


def read_in(session: Session, document: DocumentRow) -> Instrument:
    """Give the text as it was read in the file of a document."""
    row = _correction(session, document)
    if row is None:
        return Instrument(document.instrument, document.title)
    return Instrument(row.read_number, row.read_title)


def correct(
    session: Session, document: DocumentRow, wanted: Instrument, *, seen: Instrument
) -> None:
    """Keep the text of a document, and forget the correction where it is what was read.

    Raises:
        ChangedMeanwhile: the document is no longer of the text that was `seen`.
    """
    if Instrument(document.instrument, document.title) != seen:
        now = f"{document.title} (numéro {document.instrument})"
        raise ChangedMeanwhile(f"Le fichier {document.file_name}", now)
    read = read_in(session, document)
    if row := _correction(session, document):
        session.delete(row)
        session.flush()
    if wanted != read:
        session.add(
            IdentityRow(
                file_name=document.file_name,
                read_number=read.number,
                read_title=read.title,
                number=wanted.number,
                title=wanted.title,
            )
        )
    document.instrument, document.title = wanted.number, wanted.title


def _correction(session: Session, document: DocumentRow) -> IdentityRow | None:
    query = select(IdentityRow).where(
        IdentityRow.file_name == document.file_name, IdentityRow.number == document.instrument
    )
    return session.scalars(query).first()
