"""Headings that were left out of the sequence of articles, and are worth a look.

A number that stands twice, or out of order, is a misprint, a second text in the file, or a part
of it read in the wrong order. A quotation of another text, and a list of contents, are none of
these: nothing is said of them.
"""

import re
from collections.abc import Sequence

from assistant.reading.headings import ArticleHeading, longest_sequence, parse_article
from assistant.reading.paragraphs import Paragraph

_LONGEST_HEADING = 200  # characters
_SECOND_TEXT = 3  # numbers that stand twice: no misprint, a second text
_AMENDS = re.compile(
    r"\b(?:modifi|remplac|compl[ée]t|abrog|rédig|ajout|insér|libell)[ée]+e?s?\b|\bcomme suit\b"
)

_Numbered = tuple[int, ArticleHeading]
"""A paragraph's index, and the heading it is."""


def article_headings(paragraphs: Sequence[Paragraph]) -> tuple[list[_Numbered], list[_Numbered]]:
    """Give the headings that are read as articles, then those that fit in no sequence."""
    found = [
        (index, heading)
        for index, paragraph in enumerate(paragraphs)
        if (heading := parse_article(paragraph.text))
    ]
    kept = longest_sequence([heading for _, heading in found])
    return (
        [numbered for position, numbered in enumerate(found) if position in kept],
        [numbered for position, numbered in enumerate(found) if position not in kept],
    )


def left_out_warnings(paragraphs: Sequence[Paragraph]) -> list[str]:
    """Say which article numbers stand twice or out of order, and on which pages to look."""
    kept, left_out = article_headings(paragraphs)
    pages = {heading.number: paragraphs[index].page for index, heading in kept}
    others = {index for index, _ in left_out}
    warnings = []
    doubled = []
    for index, heading in left_out:
        before = [numbered for numbered in kept if numbered[0] < index]
        listed = {index - 1, index + 1} & others
        if listed or not _has_form(paragraphs[index]):
            continue
        holder_index = before[-1][0] if before else 0
        if not _is_quoted(paragraphs[holder_index : index + 1]):
            page = paragraphs[index].page
            doubled += [page] if heading.number in pages else []
            warnings.append(_warning(heading.number, page, pages.get(heading.number), before))
    return warnings if len(doubled) < _SECOND_TEXT else [_second_text(doubled)]


def _second_text(pages: Sequence[int]) -> str:
    return (
        f"La numérotation des articles recommence (pages {min(pages)} à {max(pages)}) : ce "
        "fichier contient sans doute deux textes, que l’assistant mêle. Séparez-les, puis "
        "ajoutez chacun de son côté."
    )


def _warning(number: str, page: int, known_page: int | None, before: Sequence[_Numbered]) -> str:
    holder = f"l’article {before[-1][1].number}" if before else "le préambule"
    joined = f"ce qui le suit est rangé dans {holder}"
    if known_page is None:
        return (
            f"L’article {number} (page {page}) n’est pas à sa place dans la suite des numéros, "
            f"après {holder} : {joined}. Vérifiez cette page."
        )
    pages = f"pages {known_page} et {page}" if page != known_page else f"page {page}"
    return (
        f"Le numéro d’article {number} se trouve deux fois ({pages}) : {joined} pour celui de la "
        f"page {page}. Vérifiez ces pages, et que le fichier ne contient pas deux textes."
    )


def _has_form(paragraph: Paragraph) -> bool:
    """Whether it is printed like a heading: bold, or alone and no sentence."""
    text = paragraph.text
    bold = all(line.line.bold for line in paragraph.lines)
    return len(text) <= _LONGEST_HEADING and (bold or not re.search(r"[.;,]$", text))


def _is_quoted(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether the last paragraph is quoted in an article, whose heading is the first one."""
    text = " ".join(paragraph.text for paragraph in paragraphs[:-1])
    open_quotation = text.count("«") > text.count("»") or text.count("“") > text.count("”")
    announced = (p.text for p in paragraphs[:-1] if re.search(r":\s*[«“\"]?$", p.text))
    return open_quotation or any(_AMENDS.search(sentence) for sentence in announced)
