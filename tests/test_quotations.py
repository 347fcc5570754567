import pytest

from assistant.answering.article_paragraphs import read_article
from assistant.answering.companions import completed
from assistant.answering.quotations import best_quote, best_quotes
from assistant.answering.wanted import Wanted, quantity_asked, wanted_by
from assistant.answering.weighing import Signs
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


FILLER = "Les dispositions qui précèdent sont applicables dans les conditions prévues. " * 4


def all_quoted(article: Article, question: str, *, room: int, whole: int = 0) -> list[str]:
    spans = best_quotes(article, wanting(question), room=room, whole=whole)
    return [article.text[slice(*span)] for span in spans]


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


def test_two_paragraphs_that_answer_are_quoted_apart_in_their_order() -> None:
    first, second = "Le jury délibère à huis clos.", "Le jury délibère en présence de ses membres."
    article = an_article(f"{first}\n{FILLER}\n{second}")

    assert all_quoted(article, "délibération du jury", room=200) == [first, second]


def test_quotes_that_nearly_touch_are_quoted_as_one() -> None:
    text = "Le jury délibère à huis clos.\nIl fait beau.\nLe jury délibère en présence de tous."

    assert all_quoted(an_article(text), "délibération du jury", room=80) == [text]


def test_no_more_is_quoted_than_there_is_room_for() -> None:
    first = "Le jury délibère à huis clos et rend compte de sa délibération."
    article = an_article(f"{first}\n{FILLER}\nLe jury délibère en présence de ses membres.")

    assert all_quoted(article, "délibération du jury", room=80) == [first]


def test_a_paragraph_that_says_much_less_is_not_quoted_for_the_room_that_is_left() -> None:
    answer = "Le cautionnement provisoire est restitué à l’attributaire du marché."
    article = an_article(f"{answer}\n{FILLER}\nLe marché est clos.")

    question = "restitution du cautionnement provisoire de l’attributaire du marché"
    assert all_quoted(article, question, room=900) == [answer]


def test_a_short_article_is_quoted_whole() -> None:
    article = an_article("Les plis sont ouverts en public.\nLe jury délibère à huis clos.")

    assert all_quoted(article, "jury", room=900, whole=900) == [article.text]


def test_a_definition_is_preferred_to_what_mentions_the_word() -> None:
    definition = "2 – titulaire : l’attributaire auquel l’approbation a été notifiée."
    article = an_article(
        f"On entend par :\n1 – prestation : ce que doit le titulaire ;\n{definition}\n"
        f"{FILLER}\nLe titulaire peut être le titulaire de plusieurs marchés."
    )

    assert definition in (quoted(article, "titulaire") or "")


def test_an_item_is_found_by_the_words_of_the_sentence_that_opens_its_list() -> None:
    text = (
        f"Pour les communes, le dossier comprend :\n– le plan ;\n– la note de calcul.\n{FILLER}\n"
        "Pour les régions, le dossier comprend :\n– la carte ;\n– la note de calcul."
    )

    quote = quoted(an_article(text), "note de calcul des régions")

    assert quote == "Pour les régions, le dossier comprend :\n– la carte ;\n– la note de calcul."


def test_a_list_goes_on_after_a_paragraph_inside_one_of_its_items() -> None:
    text = (
        "L’avis dit :\na) l’objet ;\nb) la visite ;\nSi elle est reportée, il le dit ;\nc) le prix."
    )

    opening, *_ = read_article(text).texts

    assert opening == "L’avis dit :"
    assert read_article(text).items(0) == [1, 2, 3, 4]


def test_the_paragraphs_of_an_article_are_all_its_text() -> None:
    text = "Premier alinéa :\n– un ;\n– deux.\n"

    paragraphs = read_article(text)

    assert "\n".join(paragraphs.texts) == text.rstrip()
    assert [text[slice(*span)] for span in paragraphs.spans] == list(paragraphs.texts)


@pytest.mark.parametrize("duration", ["vingt et un jours", "un mois", "une année", "10 jours"])
def test_a_duration_is_known_however_it_is_written(duration: str) -> None:
    pattern = quantity_asked("Quel est le délai ?")

    assert pattern is not None
    assert pattern.search(duration)


def test_a_title_far_above_what_is_quoted_is_not_quoted() -> None:
    rule = "2 – Le délai de publicité est de vingt jours."
    article = an_article(f"I) Appel d’offres ouvert :\n1 – {FILLER}\n{rule}")

    assert all_quoted(article, "délai de publicité", room=400) == [rule]


def test_the_list_that_is_asked_for_is_quoted_before_what_speaks_of_it() -> None:
    listed = "Les missions sont :\n– le suivi ;\n– la réception."
    article = an_article(f"{listed}\n{FILLER}\nLes missions confiées au délégué sont exécutées.")

    assert all_quoted(article, "Quelles missions ?", room=60)[0] == listed


def test_a_list_that_is_asked_for_is_known_by_its_items_too() -> None:
    item = f"– son nom : {FILLER * 2}"
    mentions = f"La déclaration du concurrent indique :\n{item}\n{item}"
    pledges = "La déclaration dit que le concurrent :\n– atteste ses droits ;\n– atteste son nom."
    article = an_article(f"{mentions}\n{FILLER}\n{pledges}")

    question = "Quels droits le concurrent atteste-t-il dans la déclaration ?"
    assert all_quoted(article, question, room=400) == [pledges]


def test_of_a_list_too_long_to_be_quoted_its_own_items_are() -> None:
    steps = [f"{letter}. Étape {letter} :\n1 – {FILLER * 4}\n2 – {FILLER * 4}" for letter in "ABC"]
    article = an_article("La procédure du dialogue a trois étapes :\n" + "\n".join(steps))

    quotes = all_quoted(article, "Quelles sont les étapes de la procédure du dialogue ?", room=800)

    assert quotes[0].startswith("La procédure du dialogue a trois étapes :\nA. Étape A :")
    assert [quote[:10] for quote in quotes[1:]] == ["B. Étape B", "C. Étape C"]


def test_an_item_far_down_its_list_is_quoted_after_the_sentence_that_opens_it() -> None:
    items = "\n".join(f"{letter}) {FILLER}" for letter in "abcde")
    article = an_article(f"Le jury écarte :\n{items}\nf) le projet anonyme.\nFin.")

    assert all_quoted(article, "projet anonyme", room=800) == [
        "Le jury écarte :",
        "f) le projet anonyme.",
    ]


def test_what_runs_on_beside_a_quotation_is_quoted_for_less() -> None:
    rule = "Le président reporte la séance en cas d’absence d’un membre obligatoire."
    beside = "En cas d’absence d’un membre lors de la nouvelle séance, elle se tient."
    far = "L’absence d’un membre à la séance est notée."
    article = an_article(f"{FILLER}\n{rule}\n{beside}\n{FILLER}\n{FILLER}\n{far}")

    question = "Que fait le président en cas d’absence d’un membre obligatoire à la séance ?"
    assert all_quoted(article, question, room=900) == [f"{rule}\n{beside}"]


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Quand la caution est-elle rendue ?", True),
        ("Jusqu’à quand puis-je déposer ?", True),
        ("Comment note-t-on une offre quand il s’agit d’études ?", False),
    ],
)
def test_when_asks_for_a_time_only_where_it_asks(question: str, asks: bool) -> None:
    assert (quantity_asked(question) is not None) == asks


def test_a_title_is_not_quoted_without_anything_of_what_it_names() -> None:
    """Question keys may point at it: it says where the answer stands, and says nothing."""
    items = f"- aménagement des espaces verts ; {FILLER}\nII) Fournitures\n- achat d’animaux ;"
    article = an_article(f"I) Travaux\n{items}")

    spans = best_quotes(article, wanting("achat"), room=300, signs=Signs(None, {0: 1.6, 3: 0.9}))

    assert [article.text[slice(*span)] for span in spans] == ["- achat d’animaux ;"]


def test_what_ends_a_list_does_not_stand_for_its_items() -> None:
    """A quotation that ends on a colon is read on, also where the end of its list is quoted."""
    paragraphs = read_article(
        "I) Chacun adresse une requête lorsqu’il :\na) constate un vice ;\nb) conteste un motif.\n"
        "Dans le cas prévu au b) ci-dessus, la requête est introduite sous cinq jours."
    )

    assert completed(paragraphs, {0, 3}) == {0, 1, 3}
    assert completed(paragraphs, {0, 2}) == {0, 2}
