"""What is doubtful in the articles of a file, said so that a person can look at the pages."""

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from assistant.reading.doubts import left_out_warnings
from assistant.reading.headings import begins_heading
from assistant.reading.paragraphs import split_paragraphs
from assistant.reading.structure import body_pages
from assistant.reading.texts import TextPart, split_texts
from assistant.records import Article, Page


def structure_warnings(pages: Sequence[Page], articles: Sequence[Article]) -> list[str]:
    """Say what is doubtful in the articles that were read in these pages."""
    texts = split_texts(split_paragraphs(body_pages(pages), is_heading=begins_heading))
    doubts = [warning for text in texts for warning in left_out_warnings(text.paragraphs)]
    return _several_texts(texts) + sequence_warnings(articles) + doubts


def sequence_warnings(articles: Sequence[Article]) -> list[str]:
    """Say which article numbers are missing, for a person to look at the pages concerned."""
    numbered = [article for article in articles if article.is_numbered]
    texts = groupby(numbered, key=lambda article: article.number.partition(" (")[2])
    return [warning for _, text in texts for warning in _missing(list(text))]


def _missing(numbered: Sequence[Article]) -> Iterator[str]:
    if _rank(numbered[0]) > 1:
        yield (
            f"Le premier article trouvé est l’article {numbered[0].number} "
            f"(page {numbered[0].page}) : le début manque peut-être."
        )
    for before, after in pairwise(numbered):
        first, last = _rank(before) + 1, _rank(after) - 1
        if first > last:
            continue
        missing = (
            f"l’article {first} n’a pas été reconnu"
            if first == last
            else f"les articles {first} à {last} n’ont pas été reconnus"
        )
        yield (
            f"Entre les articles {before.number} et {after.number} "
            f"(pages {before.page} à {after.page}), {missing} : vérifiez ces pages."
        )


def _rank(article: Article) -> int:
    return int(article.number.split()[0])


def _several_texts(texts: Sequence[TextPart]) -> list[str]:
    if len(texts) == 1:
        return []
    names = " ; ".join(text.name for text in texts)
    return [
        f"Ce fichier contient {len(texts)} textes ({names}) : chaque article y est cité avec le "
        "sien, sans ses dates d’application. Ajoutez plutôt chaque texte dans un fichier à part."
    ]
