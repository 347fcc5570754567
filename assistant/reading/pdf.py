"""PDF bytes → raw pages: fragments of text with their boxes, through pdfminer.six.

One of the two files that know a PDF library (the other is `preflight`). Nothing here decides what
a line means or in which order it is read.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LAParams, LTChar, LTContainer, LTItem, LTTextLine
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, PDFStream, dict_value

from assistant.records import Box

# Fragments are joined again by `layout`, which knows the columns; what must not happen here is
# that one fragment crosses the gutter (15 points in the 2013 text, one and a half characters), or
# that a letter-spaced word falls apart ("p er t in e n ce", article 13 of the 2023 text).
# A form drawn on the page (`all_texts`) carries the whole text of many imposed or stamped files.
_LAYOUT = LAParams(char_margin=1.3, word_margin=0.16, boxes_flow=None, all_texts=True)

_NO_CHARACTER = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")  # a bad font table gives some


@dataclass(frozen=True, slots=True)
class Fragment:
    """A run of characters that the file draws on one baseline."""

    text: str  # as the text layer gives it, white space included
    box: Box
    bold: bool  # most of its characters are
    confidence: float | None = None  # 0 to 1, of a recognised line; None: the file's own text


@dataclass(frozen=True, slots=True)
class RawPage:
    """What one page draws, in no particular order."""

    number: int  # 1-based
    width: float
    height: float
    fragments: tuple[Fragment, ...]
    turn: float = 0.0  # degrees anticlockwise by which a scan was turned to make its lines level

    @property
    def text(self) -> str:
        """Its fragments, one on a line, in the order they are drawn."""
        return "\n".join(fragment.text.strip() for fragment in self.fragments)


def read_raw_pages(data: bytes, *, first: int = 0, step: int = 1) -> Iterator[RawPage]:
    """Give every `step`-th page from the 0-based `first` on.

    An owner-encrypted file opens like any other.
    """
    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=_LAYOUT)
    interpreter = PDFPageInterpreter(resources, device)
    document = PDFDocument(PDFParser(io.BytesIO(data)))
    pages = islice(enumerate(PDFPage.create_pages(document), start=1), first, None, step)
    for number, page in pages:
        if not _may_show_text(page):
            page.contents = []
        interpreter.process_page(page)
        layout = device.get_result()
        fragments = tuple(_fragment(line, layout.height) for line in _text_lines(layout))
        yield RawPage(number, layout.width, layout.height, fragments)


def _may_show_text(page: PDFPage) -> bool:
    """Whether the page, or a form drawn on it, has a font: without one, it shows no text.

    A page of outlines takes many seconds to interpret, and says nothing in the end.
    """
    waiting: list[Any] = [page.resources]
    seen: set[int] = set()
    while waiting:
        resources = dict_value(waiting.pop())
        if dict_value(resources.get("Font", {})):
            return True
        for drawn in dict_value(resources.get("XObject", {})).values():
            if isinstance(drawn, PDFObjRef) and drawn.objid not in seen:
                seen.add(drawn.objid)
                stream = drawn.resolve()
                waiting += [stream.get("Resources", {})] if isinstance(stream, PDFStream) else []
    return False


def _text_lines(item: LTItem) -> Iterator[LTTextLine]:
    if isinstance(item, LTTextLine):
        if item.get_text().strip():
            yield item
    elif isinstance(item, LTContainer):
        for child in item:
            yield from _text_lines(child)


def _fragment(line: LTTextLine, page_height: float) -> Fragment:
    """Turn pdfminer's line into ours: origin at the top left, box around ink, not spaces."""
    inked = [c for c in line if isinstance(c, LTChar) and c.get_text().strip()]
    box = (
        min(c.x0 for c in inked),
        page_height - max(c.y1 for c in inked),
        max(c.x1 for c in inked),
        page_height - min(c.y0 for c in inked),
    )
    bold = sum("bold" in c.fontname.lower() for c in inked)
    return Fragment(_NO_CHARACTER.sub("", line.get_text()), box, bold=2 * bold > len(inked))
