"""Which instrument a document contains: its number, date and title, found in its text."""

import re
import unicodedata
from collections.abc import Sequence
from pathlib import PurePath

from assistant.reading.headings import begins_heading, is_contents_page
from assistant.reading.paragraphs import Paragraph, split_paragraphs
from assistant.records import Instrument, Page

_KINDS = (
    r"d[ée]cret(?:-loi)?|arr[êe]té(?:\s+conjoint)?|loi(?:\s+organique)?|dahir|circulaire|décision"
)
TITLE = re.compile(
    rf"(?P<kind>{_KINDS})\b(?P<author>[^°º;.]{{0,120}}?)\s*n\s?[°º]\s*"
    r"(?P<number>\d+(?:\s?[-–.]\s?\d+){1,3})(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
"""The title of an instrument, from its kind on."""
_PAGES_SEARCHED = 8  # a cover, a table of contents, and the first page of the text
_LONGEST_TITLE = 400  # characters
_LONGEST_SLUG = 200  # characters: what a number may have


def identify(pages: Sequence[Page], file_name: str) -> Instrument:
    """Find the instrument's number and full title; a file that names none is its own instrument.

    The title that opens the text is preferred to the cover's, which is often in capitals.
    """
    for paragraph in _candidates(pages[:_PAGES_SEARCHED]):
        found = TITLE.match(paragraph.text)
        if found and len(paragraph.text) <= _LONGEST_TITLE:
            number = re.sub(r"\s*[-–.]\s*", "-", found["number"])
            return Instrument(number, paragraph.text.rstrip(" .;:"))
    return instrument_of_file(file_name)


def instrument_of_file(file_name: str) -> Instrument:
    """Give what is known by its file name alone: it names no instrument, or holds several."""
    stem = PurePath(file_name).stem
    return Instrument(_slug(stem), stem)


def _candidates(pages: Sequence[Page]) -> list[Paragraph]:
    text = [page for page in pages if not is_contents_page(page)]
    paragraphs = [  # page by page: a title never runs over to the next
        p for page in text for p in split_paragraphs([page], is_heading=begins_heading)
    ]
    opening = [p for p in paragraphs if TITLE.match(p.text)]
    return sorted(opening, key=lambda p: (p.text.isupper(), not p.text.lower().count("relati")))


def _slug(name: str) -> str:
    letters = (c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", "-", "".join(letters).lower()).strip("-")[:_LONGEST_SLUG] or "document"
