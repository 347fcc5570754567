"""What people say is found in their questions, and gives words that the decrees really use."""

import re
from collections import Counter

import pytest

from assistant.records import Reading
from assistant.searching.expressions import fold, forms_of, read_words
from assistant.searching.lexicon import Lexicon, LexiconEntry, load_lexicon

GUARANTEE = LexiconEntry("caution de soumission", ("cautionnement provisoire",))
SURETY = LexiconEntry("caution", ("caution personnelle et solidaire",))
ORDER = LexiconEntry("OS", ("ordre de service",), kind="abbreviation", capitals=True)
TENDER = LexiconEntry("AO", ("appel d’offres",), kind="abbreviation")
OPEN_TENDER = LexiconEntry("AOO", ("appel d’offres ouvert",), kind="abbreviation")
SPECIFICATIONS = LexiconEntry("CCAG-T", ("clauses administratives",), kind="abbreviation")
CONSULTANT = LexiconEntry("consultant", ("marchés d’études",))
LOW = LexiconEntry("offre trop basse", ("offre anormalement basse",))
BOND = LexiconEntry("bid bond", ("cautionnement provisoire",), "en", "translation")
PENALTY = LexiconEntry("penalty", ("pénalités",), "en", "translation")
ORDER_FORM = LexiconEntry("سند الطلب", ("bons de commande",), "ar", "translation")
DIRECT = LexiconEntry("marché négocié directement", ("procédure négociée",))
SITE = LexiconEntry("maître d'œuvre", ("architecte",))

FRENCH = (GUARANTEE, SURETY, CONSULTANT, LOW, SITE, DIRECT)
SMALL = Lexicon((*FRENCH, ORDER, TENDER, OPEN_TENDER, SPECIFICATIONS, BOND, PENALTY, ORDER_FORM))


def stems(text: str) -> str:
    """The stems of a text in order, between spaces: a phrase is a part of it or is not."""
    return f" {' '.join(form for _, form in forms_of(read_words(text))['fr'])} "


@pytest.mark.parametrize(
    ("question", "law"),
    [
        ("Quelle CAUTION DE SOUMISSION déposer ?", ["cautionnement provisoire"]),
        ("Les cautions de soumission sont-elles rendues ?", ["cautionnement provisoire"]),
        ("La caution est-elle rendue ?", ["caution personnelle et solidaire"]),
        ("Que dit le CCAG-T ?", ["clauses administratives"]),
        ("Que dit le ccag t ?", ["clauses administratives"]),
        ("Délai d’un A.O.O. et d'un ao", ["appel d’offres ouvert", "appel d’offres"]),
        ("Combien d'AOs par an ?", ["appel d’offres"]),
        ("Qui signe l’OS ?", ["ordre de service"]),
        ("Qui signe l’o.s. ?", ["ordre de service"]),
        ("Les offres de prix trop basses, et l’offre trop basse", ["offre anormalement basse"]),
        ("Un maître d’oeuvre", ["architecte"]),
        ("Des marchés négociés directement", ["procédure négociée"]),
        ("Which bid bonds and penalties apply?", ["cautionnement provisoire", "pénalités"]),
        ("ما هو سقف سندات الطلب؟", ["bons de commande"]),
        ("الأداء بسند طلب", ["bons de commande"]),
        ("Quel est le délai ?", []),
        ("", []),
    ],
)
def test_an_expression_gives_the_words_of_the_law(question: str, law: list[str]) -> None:
    assert SMALL.expand(question) == law


@pytest.mark.parametrize(
    "question",
    [
        "Combien d’os ?",  # in capitals only
        "SELON LES REGLES, QUI SIGNE UN OS",  # all is in capitals: they say nothing
        "La consultation architecturale",  # one word is not found by its stem
        "Cautionnements versés",
        "L’article 24 alinéa 2 dit 500.000 dirhams",
    ],
)
def test_what_only_looks_like_an_expression_gives_nothing(question: str) -> None:
    assert SMALL.expand(question) == []


def test_what_the_question_says_already_is_not_added() -> None:
    question = "La caution de soumission est-elle le cautionnement provisoire ?"

    assert SMALL.expand(question) == []


def test_expressions_with_the_same_words_are_joined() -> None:
    twice = Lexicon((SURETY, LexiconEntry("cautions", ("cautionnement définitif",))))

    assert twice.expand("caution") == [
        "caution personnelle et solidaire",
        "cautionnement définitif",
    ]


def test_no_expression_is_found_in_an_empty_lexicon() -> None:
    assert Lexicon(()).expand("Quelle caution ?") == []


def test_every_expression_of_the_file_is_found_in_itself() -> None:
    lexicon = load_lexicon()

    lost = [
        entry.said
        for entry in lexicon.entries
        if not {p for m in lexicon.matches(entry.said) for p in m.law} & set(entry.law)
    ]

    assert lost == []


def test_no_expression_of_the_file_is_there_twice() -> None:
    counted = Counter((e.language, e.identity) for e in load_lexicon().entries)

    assert [said for said, times in counted.items() if times > 1] == []


def test_the_file_has_the_expressions_of_three_languages() -> None:
    languages = Counter(entry.language for entry in load_lexicon().entries)

    assert languages["fr"] >= 300
    assert min(languages["en"], languages["ar"]) >= 120


def test_an_arabic_expression_is_written_in_arabic_and_no_other_is() -> None:
    wrong = [
        entry.said
        for entry in load_lexicon().entries
        if (entry.language == "ar") != bool(re.search("[\u0621-\u064a]", entry.said))
    ]

    assert wrong == []


def test_every_law_word_of_the_file_stands_in_a_decree(
    decree_2023: Reading, decree_2013: Reading
) -> None:
    articles = (*decree_2023.articles, *decree_2013.articles)
    law = "|".join(stems(text) for a in articles for text in (*a.path, a.heading, a.text))

    phrases = {phrase for entry in load_lexicon().entries for phrase in entry.law}

    assert sorted(phrase for phrase in phrases if stems(phrase) not in law) == []


def test_one_english_word_is_no_common_french_word_of_the_decrees(
    decree_2023: Reading, decree_2013: Reading
) -> None:
    """A French question would be read as an English one."""
    articles = (*decree_2023.articles, *decree_2013.articles)
    used = Counter(word for a in articles for word in set(fold(a.text).split()))

    singles = {e.identity for e in load_lexicon().entries if e.language == "en"}

    assert sorted(word for word in singles if used[word] > 5) == []
