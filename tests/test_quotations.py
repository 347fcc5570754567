import pytest

from assistant.answering.quotations import Wanted, best_quote, quantity_asked, wanted_by
from assistant.records import Article, PageNumbers, PrintedSpan
from assistant.searching.lexical import encode_questions


def an_article(text: str, heading: str = "ART. 9. – Objet") -> Article:
    span = PrintedSpan(0, len(text), 1, (0.0, 0.0, 1.0, 1.0))
    return Article("9", heading, (), text, (PageNumbers(1, 1, 1),), (), (span,))


def wanting(question: str) -> Wanted:
    [stems], _ = encode_questions([question])
    return wanted_by(question, dict.fromkeys(stems, 1.0))


def quoted(article: Article, question: str) -> str | None:
    span = best_quote(article, wanting(question))
    return span and article.text[slice(*span)]


def test_the_paragraph_with_the_words_is_quoted() -> None:
    article = an_article("Les plis sont ouverts en public.\nLe jury délibère à huis clos.")

    assert quoted(article, "délibération du jury") == "Le jury délibère à huis clos."


def test_a_list_is_quoted_whole_with_what_opens_it() -> None:
    text = "Autre chose.\nLe dossier comprend :\n– le plan ;\n– le devis.\nFin."

    assert quoted(an_article(text), "que comprend le dossier ?") == (
        "Le dossier comprend :\n– le plan ;\n– le devis."
    )


def test_a_list_is_quoted_to_its_end_beyond_the_passage_that_was_found() -> None:
    text = "Le dossier comprend :\n– le plan ;\n– le devis."

    span = best_quote(an_article(text), wanting("dossier"), within=(0, 24))

    assert span == (0, len(text))


def test_an_item_is_quoted_from_the_sentence_that_opens_its_list() -> None:
    text = "Le dossier comprend :\n– le plan ;\n– le devis estimatif.\nFin."

    quote = quoted(an_article(text), "devis estimatif")

    assert quote == "Le dossier comprend :\n– le plan ;\n– le devis estimatif."


def test_the_quantity_asked_for_is_preferred() -> None:
    wanted = "Les offres restent valables un délai de soixante jours."
    article = an_article(f"Le délai de validité des offres est prorogé.\n{wanted}")

    assert quoted(article, "délai de validité des offres") == wanted


def test_an_exception_is_quoted_with_its_rule() -> None:
    rule = "Le délai est de vingt jours."
    exception = "Toutefois, il est porté à quarante jours pour les travaux."

    assert quoted(an_article(f"{rule}\n{exception}"), "travaux") == f"{rule}\n{exception}"


def test_a_title_inside_an_article_is_not_quoted_for_its_text() -> None:
    rule = "L’offre est anormalement basse quand son prix est inférieur de 25 %."
    article = an_article(f"B. Offre anormalement basse :\n1 – Offre basse :\n{rule}")

    assert rule in (quoted(article, "offre anormalement basse") or "")


def test_a_long_paragraph_is_quoted_by_its_best_sentences() -> None:
    filler = "Le marché est conclu dans les formes prévues par le présent texte. " * 20
    article = an_article(f"{filler}La caution du soumissionnaire est libérée. {filler}")

    quote = quoted(article, "caution du soumissionnaire")

    assert quote is not None
    assert "La caution du soumissionnaire est libérée." in quote
    assert len(quote) <= 700


def test_nothing_is_quoted_of_an_article_without_the_words() -> None:
    assert quoted(an_article("Les plis sont ouverts."), "honoraires") is None


def test_an_empty_article_gives_no_quotation() -> None:
    assert quoted(an_article(""), "honoraires") is None


@pytest.mark.parametrize(
    ("question", "gives"),
    [
        ("Quel est le plafond ?", "cinq cent mille (500.000) dirhams"),
        ("Quel taux ?", "trente pour cent"),
        ("Sous quel délai ?", "quarante-huit heures"),
        ("Combien de membres ?", "trois membres"),
    ],
)
def test_a_question_tells_which_quantity_it_wants(question: str, gives: str) -> None:
    pattern = quantity_asked(question)

    assert pattern is not None
    assert pattern.search(gives)


def test_a_question_that_asks_for_no_quantity_prefers_none() -> None:
    assert quantity_asked("Qui préside la commission ?") is None
