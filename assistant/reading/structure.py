"""Paragraphs → articles: the preamble, the articles under their chapters, the annexes."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby

from assistant.reading.doubts import article_headings
from assistant.reading.headings import (
    begins_heading,
    is_contents_page,
    parse_annexe,
    parse_article,
    parse_division,
    parse_model,
)
from assistant.reading.misreadings import looks_misread, repair_numbers
from assistant.reading.paragraphs import (
    Paragraph,
    PlacedLine,
    cuts_words,
    document_words,
    join_lines,
    split_paragraphs,
)
from assistant.reading.sections import begins_section, find_sections
from assistant.reading.texts import TextPart, split_texts
from assistant.records import PREAMBLE, Article, Page, PageNumbers, PrintedSpan

_BEGINS = re.compile(r"[A-ZÀ-ÖØ-Þ–•-]")  # a sentence, or an item of a list
_SHORT = 80  # characters of a title on a line of its own
_LONGEST_HEADING = 250  # characters; beyond, or when it ends like a sentence, it is text


_Join = Callable[[Sequence[str]], list[str]]


@dataclass(slots=True)
class _Draft:
    """An article being read."""

    number: str
    path: tuple[str, ...]
    heading: str = ""
    heading_lines: tuple[PlacedLine, ...] = ()
    paragraphs: list[list[tuple[PlacedLine, str]]] = field(default_factory=list)


def read_articles(pages: Sequence[Page]) -> tuple[Article, ...]:
    """Give the preamble, the articles and the annexes, in the order of the document.

    Tables of contents, and the cover that stands before one, are left out. A document without
    articles is given by its numbered sections, "section-2.1", or else by pages, "page-1"…
    """
    body = body_pages(pages)
    numbers = {page.numbers.pdf: page.numbers for page in pages}
    lines = [line.text for page in body for line in page.lines]
    words = document_words(lines)
    join = partial(join_lines, words=words, hyphenated=cuts_words(lines, words))
    paragraphs = split_paragraphs(body, is_heading=_begins_heading)
    drafts = [draft for text in split_texts(paragraphs) for draft in _draft_text(text)]
    if not any(draft.number[0].isdigit() for draft in drafts):
        drafts = _draft_sections(body) or _draft_pages(paragraphs)
    return tuple(_finish(draft, numbers, join) for draft in drafts)


def body_pages(pages: Sequence[Page]) -> list[Page]:
    """Leave out the tables of contents, and everything before one that opens the document."""
    contents = [index for index, page in enumerate(pages) if is_contents_page(page)]
    opening = [index for index in contents if index < len(pages) / 3]
    start = max(opening, default=-1) + 1
    return [page for index, page in enumerate(pages) if index >= start and index not in contents]


def _draft_text(text: TextPart) -> list[_Draft]:
    drafts = [
        draft for draft in _draft_articles(text.paragraphs) if draft.heading or draft.paragraphs
    ]
    for draft in drafts:
        draft.number = text.label(draft.number)
    return drafts


def _draft_articles(paragraphs: Sequence[Paragraph]) -> Iterator[_Draft]:
    accepted = _accepted_articles(paragraphs)
    draft = _Draft(PREAMBLE, ())
    last_article = max(accepted, default=len(paragraphs))
    divisions: dict[int, str] = {}
    annexes: list[str] = []
    untitled: int | None = None  # rank of a division whose title is the next paragraph
    for index, paragraph in enumerate(paragraphs):
        division = parse_division(paragraph.text)
        if index in accepted:
            yield draft
            path = tuple(divisions[rank] for rank in sorted(divisions))
            draft = _open_article(accepted[index], path, paragraph)
        elif annexe := parse_annexe(_heading_text(paragraph)) or (
            parse_model(_heading_text(paragraph)) if index > last_article else None
        ):
            kind = "modele" if annexe.is_model else "annexe"
            count = sum(number.startswith(kind) for number in annexes)
            number = f"{kind}-{annexe.number or count + 1}"
            if number in annexes:  # numbers name articles: no two are the same
                number = f"{number}-{len(annexes) + 1}"
            yield draft
            annexes.append(number)
            draft = _open_annexe(number, paragraph)
        elif division and not annexes:
            divisions = {r: title for r, title in divisions.items() if r < division.rank}
            divisions[division.rank] = paragraph.text if division.title else division.label
        elif untitled is not None:
            divisions[untitled] += f" : {paragraph.text}"
        else:
            draft.paragraphs.append([(line, line.text) for line in paragraph.lines])
        untitled = division.rank if division and not annexes and not division.title else None
    yield draft


def _begins_heading(text: str) -> bool:
    return begins_heading(text) or looks_misread(text)


def _accepted_articles(paragraphs: Sequence[Paragraph]) -> dict[int, str]:
    """Give the numbers of the articles, by the index of the paragraph that opens each."""
    certain = dict(article_headings(paragraphs)[0])
    # Of printed text nothing is repaired: it says what it says.
    recognised = [p.text if p.lines[0].line.confidence is not None else "" for p in paragraphs]
    repaired = repair_numbers(recognised, certain) if any(recognised) else {}
    return {index: heading.number for index, heading in certain.items()} | repaired


def _open_article(number: str, path: tuple[str, ...], paragraph: Paragraph) -> _Draft:
    """Open an article; in some texts its first sentence follows the number on the same line."""
    text = paragraph.text
    heading = parse_article(text)
    title = heading.title if heading else ""
    if len(text) <= _LONGEST_HEADING and not re.search(r"[.;:,]$", title):
        return _Draft(number, path, text, paragraph.lines)
    first, *others = paragraph.lines
    label_end = first.text.find(title[:20]) if title else -1
    if label_end < 0:
        return _Draft(number, path, first.text, (first,), [[(line, line.text) for line in others]])
    text_lines = [(first, first.text[label_end:]), *((line, line.text) for line in others)]
    label = first.text[:label_end].strip()
    return _Draft(number, path, label, (first,), [text_lines])


def _heading_text(paragraph: Paragraph) -> str:
    return " ".join(line.text for line in _split_heading(paragraph)[0])


def _open_annexe(number: str, paragraph: Paragraph) -> _Draft:
    """Open an annexe; its first text may be printed close under its heading."""
    lines, rest = _split_heading(paragraph)
    heading = parse_annexe(lines[0].text)
    if rest and len(lines) == 1 and heading and not heading.title and len(rest[0].text) < _SHORT:
        lines, rest = (*lines, rest[0]), rest[1:]  # "ANNEXE" alone, then its title
    text = [[(line, line.text) for line in rest]] if rest else []
    return _Draft(number, (), " ".join(line.text for line in lines), lines, text)


def _draft_sections(body: Sequence[Page]) -> list[_Draft]:
    """Give a document by the sections of its outline, none if it has no outline."""
    paragraphs = split_paragraphs(body, is_heading=begins_section)
    sections = {section.index: section for section in find_sections(paragraphs)}
    if not sections:
        return []
    drafts = [_Draft(PREAMBLE, ())]
    path: dict[int, str] = {}  # level → heading
    for index, paragraph in enumerate(paragraphs):
        if section := sections.get(index):
            level = len(section.key)
            path = {depth: heading for depth, heading in path.items() if depth < level}
            number = f"section-{section.label.lower()}"
            above = tuple(path[depth] for depth in sorted(path))
            lines, rest = _split_heading(paragraph)
            path[level] = " ".join(line.text for line in lines)
            drafts.append(_Draft(number, above, path[level], lines))
            drafts[-1].paragraphs += [[(line, line.text) for line in rest]] if rest else []
        else:
            drafts[-1].paragraphs.append([(line, line.text) for line in paragraph.lines])
    following = [*(draft.path for draft in drafts[1:]), ()]
    # A heading with nothing of its own stands in the path of the sections under it.
    return [
        draft
        for draft, below in zip(drafts, following, strict=True)
        if draft.paragraphs or (draft.heading and draft.heading not in below)
    ]


def _split_heading(
    paragraph: Paragraph,
) -> tuple[tuple[PlacedLine, ...], tuple[PlacedLine, ...]]:
    """Part a heading from a first sentence printed close under it: that begins with a capital."""
    lines = paragraph.lines
    end = next((n for n, line in enumerate(lines) if n and _BEGINS.match(line.text)), len(lines))
    if paragraph.text.isupper():
        end = len(lines)
    return lines[:end], lines[end:]


def _draft_pages(paragraphs: Sequence[Paragraph]) -> list[_Draft]:
    """Give a document that has no articles page by page, paragraphs cut where the page ends."""
    drafts: dict[int, _Draft] = {}
    for paragraph in paragraphs:
        for page, lines in groupby(paragraph.lines, key=lambda line: line.page):
            draft = drafts.setdefault(page, _Draft(f"page-{page}", (), f"Page {page}"))
            draft.paragraphs.append([(line, line.text) for line in lines])
    return list(drafts.values())


def _finish(draft: _Draft, numbers: dict[int, PageNumbers], join: _Join) -> Article:
    """Join the lines of an article and note where each printed line stands in its text."""
    text = ""
    spans: list[PrintedSpan] = []
    for paragraph in filter(None, draft.paragraphs):
        text += "\n" if text else ""
        pieces = join([piece for _, piece in paragraph])
        for (line, _), piece in zip(paragraph, pieces, strict=True):
            start, text = len(text), text + piece
            spans.append(_span(line, start, len(text.rstrip())))
    pages = sorted({line.page for line in draft.heading_lines} | {span.page for span in spans})
    return Article(
        number=draft.number,
        heading=draft.heading,
        path=draft.path,
        text=text,
        pages=tuple(numbers[page] for page in pages),
        heading_boxes=tuple(line.page_box for line in draft.heading_lines),
        spans=tuple(spans),
    )


def _span(line: PlacedLine, start: int, end: int) -> PrintedSpan:
    return PrintedSpan(start, end, line.page, line.box, line.line.confidence)
