"""Rows ⇄ records of documents and articles."""

from datetime import datetime

from assistant.records import (
    Article,
    Bulletin,
    Document,
    Instrument,
    PageNumbers,
    PrintedSpan,
    Reading,
)
from assistant.storage.tables import ArticleRow, DocumentRow


def document_row(
    reading: Reading, *, document_id: str, file_name: str, sha256: str, index_version: str
) -> DocumentRow:
    """Give the rows of a file that was read, not yet published."""
    return DocumentRow(
        id=document_id,
        file_name=file_name,
        sha256=sha256,
        instrument=reading.instrument.number,
        title=reading.instrument.title,
        page_count=reading.page_count,
        passage_count=0,
        warnings=list(reading.warnings),
        ocr_pages=list(reading.ocr_pages),
        bulletin_number=reading.bulletin and reading.bulletin.number,
        bulletin_day=reading.bulletin and reading.bulletin.day,
        index_version=index_version,
        articles=[_article_row(a, position) for position, a in enumerate(reading.articles)],
    )


def _article_row(article: Article, position: int) -> ArticleRow:
    return ArticleRow(
        position=position,
        number=article.number,
        heading=article.heading,
        path=list(article.path),
        text=article.text,
        pages=[[p.pdf, p.printed, p.bo] for p in article.pages],
        heading_boxes=[list(box) for box in article.heading_boxes],
        spans=[_span_row(span) for span in article.spans],
    )


def _span_row(span: PrintedSpan) -> list[float]:
    """Give seven numbers, and an eighth for a line that was recognised."""
    sure = [] if span.confidence is None else [span.confidence]
    return [span.start, span.end, span.page, *span.box, *sure]


def article_of(row: ArticleRow) -> Article:
    """Give back the article of a row, exactly as it was read."""
    return Article(
        number=row.number,
        heading=row.heading,
        path=tuple(row.path),
        text=row.text,
        pages=tuple(PageNumbers(*page) for page in row.pages),
        heading_boxes=tuple(
            (int(page), x0, y0, x1, y1) for page, x0, y0, x1, y1 in row.heading_boxes
        ),
        spans=tuple(
            PrintedSpan(start, end, page, (x0, y0, x1, y1), *confidence)
            for start, end, page, x0, y0, x1, y1, *confidence in row.spans
        ),
    )


def document_of(row: DocumentRow, *, article_count: int, annexe_count: int) -> Document:
    """Give the record of a published document."""
    return Document(
        id=row.id,
        file_name=row.file_name,
        instrument=Instrument(row.instrument, row.title),
        page_count=row.page_count,
        article_count=article_count,
        annexe_count=annexe_count,
        passage_count=row.passage_count,
        warnings=tuple(row.warnings),
        indexed_at=_iso(row.published_at),
        ocr_page_count=len(row.ocr_pages),
    )


def reading_of(row: DocumentRow) -> Reading:
    """Give back what was read, to index it anew without the file."""
    return Reading(
        instrument=Instrument(row.instrument, row.title),
        page_count=row.page_count,
        articles=tuple(article_of(article) for article in row.articles),
        warnings=tuple(row.warnings),
        ocr_pages=tuple(row.ocr_pages),
        bulletin=bulletin_of(row),
    )


def bulletin_of(row: DocumentRow) -> Bulletin | None:
    """Give the issue of the Bulletin officiel that a document reproduces, where it is known."""
    if row.bulletin_number is None or row.bulletin_day is None:
        return None
    return Bulletin(row.bulletin_number, row.bulletin_day)


def _iso(moment: datetime | None) -> str:
    return moment.isoformat(timespec="seconds") if moment else ""
