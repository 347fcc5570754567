"""How an article is cited in a letter or a note: only with what was read, nothing worked out."""

from assistant.answering.citations import in_one_calendar, of_instrument, place_label
from assistant.records import PageNumbers
from assistant.searching.catalogue import Origin
from assistant.typesetting import write_day


def cite_in_full(number: str, origin: Origin, page: PageNumbers, place: str | None = None) -> str:
    """Write "article 36 du décret n° … du 8 mars 2023 …, BO n° 7184 du 6 avril 2023, p. 934".

    `page` is the one that carries what is cited, `place` where that stands in its article. Of the
    Bulletin officiel only what the file itself says is written; of a file that is no copy of it,
    the page of the PDF.
    """
    title = in_one_calendar(origin.instrument.title)
    name = f"{place_label(number, place)} {of_instrument(title)}"
    return ", ".join([name, *_published(origin, page)])


def _published(origin: Origin, page: PageNumbers) -> list[str]:
    if page.bo is None:
        return [f"page {page.pdf} du fichier PDF"]
    if origin.bulletin is None:
        return [f"Bulletin officiel, p. {page.bo}"]
    issue = origin.bulletin
    return [f"BO n° {issue.number} du {write_day(issue.day)}", f"p. {page.bo}"]
