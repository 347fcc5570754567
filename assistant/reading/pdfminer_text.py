"""PDF bytes → raw pages through pdfminer.six: slow, in pure Python, and hard to bring down.

It reads the pages on which PDFium ends its process (`pdfium_text`), in the child process too.
"""

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LAParams, LTChar, LTContainer, LTItem, LTTextLine
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, PDFStream, dict_value

from assistant.reading.raw_pages import DRAW_NOTHING, Fragment, RawPage, is_on_page

# Fragments are joined again by `layout`, which knows the columns; what must not happen here is
# that one fragment crosses the gutter (15 points in the 2013 text, one and a half characters), or
# that a letter-spaced word falls apart ("p er t in e n ce", article 13 of the 2023 text).
# A form drawn on the page (`all_texts`) carries the whole text of many imposed or stamped files.
_LAYOUT = LAParams(char_margin=1.3, word_margin=0.16, boxes_flow=None, all_texts=True)

_NO_CHARACTER = re.compile(  # a bad font table gives some
    rf"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff{''.join(map(chr, sorted(DRAW_NOTHING)))}]"
)


def read_raw_pages(data: bytes, numbers: Sequence[int]) -> Iterator[RawPage]:
    """Give the pages of these 1-based numbers. An owner-encrypted file opens like any other."""
    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=_LAYOUT)
    interpreter = PDFPageInterpreter(resources, device)
    document = PDFDocument(PDFParser(io.BytesIO(data)))
    for number, page in enumerate(PDFPage.create_pages(document), start=1):
        if number not in numbers:
            continue
        if not _may_show_text(page):
            page.contents = []
        interpreter.process_page(page)
        layout = device.get_result()
        width, height = layout.width, layout.height
        fragments = (_fragment(line, height) for line in _text_lines(layout))
        shown = tuple(f for f in fragments if is_on_page(f.box, width, height))
        yield RawPage(number, width, height, shown)


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
