"""Which documents a question is searched in, and which of them are ranked together."""

from collections.abc import Iterable, Sequence

from assistant.records import Document, Regime
from assistant.searching.instruments import family_in_use, known_instruments


def governed_documents(
    documents: Iterable[Document], regime: Regime, within: str | None
) -> Iterable[Document]:
    """Give the documents to search: the governing ones, and those no regime is known for.

    An arrêté or a règlement de consultation without known dates is not left out, unless the text
    that governs is missing beside another of its family: it would answer in its place. The
    specimen is left out as soon as real law is indexed.
    """
    known = {instrument.number for instrument in known_instruments()}
    indexed = {document.instrument.number for document in documents}
    governed = indexed & set(regime.instruments)
    family = {instrument.number for instrument in family_in_use(indexed)}
    misleading = within or len(regime.instruments) > 1 or (not governed and indexed & family)
    for document in documents:
        number = document.instrument.number
        if number in governed or (not misleading and number not in known):
            yield document


def ranked_together(searched: Sequence[Document], regime: Regime) -> list[list[Document]]:
    """Give the documents to rank together: each text of a comparison by itself, else all."""
    if len(regime.instruments) < 2:
        return [list(searched)] if searched else []
    return [
        side
        for number in regime.instruments
        if (side := [d for d in searched if d.instrument.number == number])
    ]


def texts_of_law(documents: Sequence[Document]) -> Sequence[Document]:
    """Give the texts whose articles are asked for by number: the known ones, else all."""
    known = {instrument.number for instrument in known_instruments()}
    return [d for d in documents if d.instrument.number in known] or documents
