"""The words of a question in what answers it, and words looked for in a text."""

import pytest

from assistant.searching.lexicon import load_lexicon
from assistant.searching.text_search import search_text
from assistant.searching.word_marks import asked_stems, find_words, typed_stems
from assistant.wiring import Services

VALIDITY = "Les concurrents restent engagés par leurs offres pendant un délai de soixante jours."


def marked(question: str, text: str) -> list[str]:
    stems = asked_stems(question, load_lexicon())
    return [text[start:end] for start, end in find_words(text, stems)]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Pendant combien de jours un concurrent est-il engagé par son offre ?", 5),
        ("How long are bids valid?", 2),  # "offres", "délai": what the law calls it
        ("ما هي مدة صلاحية العروض؟", 2),
        ("Quelle est la capitale du Japon ?", 0),
    ],
)
def test_the_words_of_a_question_are_marked_in_their_forms(question: str, words: int) -> None:
    assert len(marked(question, VALIDITY)) == words


def test_an_everyday_word_marks_what_the_law_calls_it() -> None:
    found = marked("Quelle caution pour soumissionner ?", "Le cautionnement provisoire est exigé.")

    assert "cautionnement" in found


def test_a_word_after_an_apostrophe_is_found_and_no_part_of_a_word() -> None:
    text = "L’offre, l'offre ; l’offrant offrira."

    stems = frozenset(typed_stems("offres"))

    assert [text[a:b] for a, b in find_words(text, stems)] == ["offre", "offre"]


def test_words_are_found_in_every_article_that_has_them_all(decree_services: Services) -> None:
    _, articles = decree_services.library.articles("2-22-431")

    found = search_text(articles, "délais de validité")

    assert {"36", "63", "80"} <= {one.article.number for one in found}
    numbers = [a.number for a in articles]
    assert [numbers.index(one.article.number) for one in found] == sorted(
        numbers.index(one.article.number) for one in found
    )
    for one in found:
        extract = one.article.text[slice(*one.extract)]
        assert "\n" not in extract
        assert find_words(extract, frozenset(typed_stems("délai validité")))
    assert sum(one.count for one in found if one.article.number == "36") == 11


def test_an_extract_is_taken_where_all_the_words_stand(decree_services: Services) -> None:
    _, articles = decree_services.library.articles("2-22-431")

    [found] = [
        one
        for one in search_text(articles, "offre anormalement basse")
        if one.article.number == "144"  # whose first "offres" stands in the title of a part
    ]

    assert "anormalement basse" in found.article.text[slice(*found.extract)]


@pytest.mark.parametrize("words", ["", "le des", "hippopotame", "délai hippopotame"])
def test_words_that_say_nothing_or_stand_nowhere_find_nothing(
    decree_services: Services, words: str
) -> None:
    _, articles = decree_services.library.articles("2-22-431")

    assert search_text(articles, words) == []
