"""Who is on a commission, and what limits a rule: quoted with it."""

import pytest

from assistant.answering.article_paragraphs import read_article
from assistant.answering.companions import cut_lists
from assistant.answering.extractive import extract
from assistant.answering.quotations import best_quotes
from assistant.answering.weighing import Signs
from tests.test_extractive import a_hit, found
from tests.test_quotations import FILLER, all_quoted, an_article, wanting


@pytest.mark.parametrize(
    "question", ["Qui compose la commission ?", "Quelle est la composition de la commission ?"]
)
def test_who_a_commission_is_made_of_asks_for_a_list(question: str) -> None:
    text = "La commission comprend :\n– le président ;\n– deux membres.\nElle se réunit."

    [quote] = all_quoted(an_article(text), question, room=400)

    assert quote == "La commission comprend :\n– le président ;\n– deux membres."


def test_an_exception_that_opens_a_list_is_quoted_with_all_of_it() -> None:
    rule = "Le délai de publicité est de vingt et un jours au moins."
    items = "\n".join(f"– les marchés de la catégorie {name} ;" for name in "abcd")
    text = f"{rule}\nToutefois, il est porté à quarante jours pour :\n{items}\n{FILLER}"

    [quote] = all_quoted(an_article(text), "Quel est le délai de publicité ?", room=300)

    assert quote == f"{rule}\nToutefois, il est porté à quarante jours pour :\n{items}"


@pytest.mark.parametrize(
    "limit",
    [
        "Les dispositions du présent article ne s’appliquent pas aux études.",
        "5 – Le présent article ne s'applique pas aux études.",
    ],
)
def test_where_the_article_does_not_apply_is_quoted_with_its_rule(limit: str) -> None:
    rule = "Une offre est jugée excessive au-delà de vingt pour cent de l’estimation."
    text = f"{rule}\n{FILLER}\n{FILLER}\n{limit}"

    quotes = all_quoted(an_article(text), "Quand une offre est-elle excessive ?", room=300)

    assert quotes == [rule, limit]


def test_the_exception_is_quoted_with_the_rule_that_answers() -> None:
    rule = "Le délai de publicité des avis est de vingt et un jours."
    exception = "Toutefois, il est porté à quarante jours pour les marchés les plus grands."
    article = an_article(f"{FILLER}\n{rule}\n{exception}\n{FILLER}")

    assert all_quoted(article, "délai de publicité des avis", room=400) == [f"{rule}\n{exception}"]


ITEMS = tuple(f"– la pièce {number} ; {FILLER}" for number in ("un", "deux", "trois", "quatre"))
LIST = "\n".join(["Le dossier comprend :", *ITEMS, "Il est fermé."])


@pytest.mark.parametrize(
    ("quoted", "cut"),
    [
        ([(0, len(LIST))], set()),
        ([(0, LIST.index("– la pièce trois"))], {0}),
        ([(0, 21), (LIST.index("– la pièce trois"), len(LIST))], {1}),
        ([(LIST.index("Il est fermé"), len(LIST))], set()),
        ([(LIST.index("– la pièce trois"), len(LIST))], set()),
    ],
    ids=["whole", "its beginning", "two quotations of it", "what follows it", "its end"],
)
def test_a_list_that_is_opened_and_not_quoted_whole_is_said_to_be_cut(
    quoted: list[tuple[int, int]], cut: set[int]
) -> None:
    assert cut_lists(read_article(LIST), quoted) == cut


def test_an_answer_says_where_a_list_is_cut() -> None:
    hit = a_hit("5", LIST, 10.0)

    sentences, citations = extract(found("La pièce deux est-elle demandée ?", hit))

    assert citations[-1].quote in LIST
    assert sentences[-1].sentence.endswith(" » (liste citée en partie)")


def test_the_delay_that_a_quotation_only_speaks_of_is_quoted_before_it() -> None:
    delay = "L’approbation est notifiée dans un délai de soixante jours."
    answer = "Si elle ne l’est pas dans ledit délai, l’attributaire est libéré de son engagement."
    article = an_article(f"{delay}\n{FILLER}\n{answer}\n{FILLER}")

    question = "Combien de temps l’attributaire reste-t-il tenu par son engagement ?"
    assert all_quoted(article, question, room=200) == [delay, answer]


def test_the_rate_that_is_asked_for_is_quoted_though_other_words_answer_better() -> None:
    rule = "Une préférence est accordée aux offres des concurrents installés au Maroc."
    rate = "L’offre des autres concurrents est majorée de quinze pour cent (15%)."
    limit = (
        "Les dispositions du présent article ne s’appliquent pas au-delà de trente (30%) pour cent."
    )
    text = f"{rule}\n{FILLER}\n{FILLER}\n{rate}\n{FILLER}\n{limit}"
    question = "Quel taux de préférence est accordé aux concurrents installés au Maroc ?"
    points_at_the_rule = Signs(None, {0: 2.0})

    spans = best_quotes(an_article(text), wanting(question), room=300, signs=points_at_the_rule)

    assert [text[slice(*span)] for span in spans] == [rule, rate, limit]


def test_a_day_may_be_counted_by_its_rank() -> None:
    delay = "L’attributaire est informé au plus tard le troisième jour suivant la séance."
    others = "Dans le même délai, les concurrents éliminés reçoivent une lettre motivée."
    article = an_article(f"{delay}\n{FILLER}\n{others}\n{FILLER}")

    question = "Sous combien de jours les concurrents éliminés reçoivent-ils une lettre ?"
    assert all_quoted(article, question, room=200) == [delay, others]
