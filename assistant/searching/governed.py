"""Which documents a question is searched in, and which of them are ranked together."""

from collections.abc import Iterable, Sequence

from assistant.records import Document, Regime
from assistant.searching.dates import Period
from assistant.searching.instruments import Instruments


def governed_documents(
    documents: Iterable[Document],
    regime: Regime,
    within: str | None,
    instruments: Instruments,
    period: Period,
) -> Iterable[Document]:
    """Give the documents to search: the governing ones, and those that stand beside them.

    An arrêté or a règlement de consultation without known dates is not left out, unless the text
    that governs is missing beside another of its family: it would answer in its place. One whose
    dates are known must be in force in the `period`. The specimen is left out as soon as real law
    is indexed.
    """
    indexed = {document.instrument.number for document in documents}
    governed = indexed & set(regime.instruments)
    family = {instrument.number for instrument in instruments.family_in_use(indexed)}
    misleading = within or len(regime.instruments) > 1 or (not governed and indexed & family)
    for document in documents:
        known = instruments.find(document.instrument.number)
        is_beside = known is None or (not known.family and known.is_in_force_between(*period))
        if document.instrument.number in governed or (not misleading and is_beside):
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
