"""Which paragraphs of an article its question keys point at, and what that says of a question."""

from dataclasses import replace

import pytest

from assistant.answering.asked_before import nearness
from assistant.answering.key_places import paragraphs_at
from assistant.answering.pointed_passages import point_passages
from assistant.answering.quotations import best_quotes
from assistant.answering.wanted import wanted_by
from assistant.answering.weighing import Signs
from assistant.records import Reading
from assistant.searching.lexical import encode_questions
from assistant.searching.passages import cut_passages
from assistant.wiring import Services
from scripts.place_keys import read_positions, write_places

TEXT = """Le dossier comprend :
a) l’acte d’engagement ;
b) le plan ;
c) le plan de charge ;
d) le devis.
Le pli indique :
– le nom ;
– l’objet.
L’enveloppe indique :
– le nom ;
– la date."""


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("Le pli indique", [5]),
        ("le PLI, indiqué", [5]),
        ("b) le plan", [2]),
        ("c) le plan", [3]),
        ("– le nom", [6]),
        ("– le nom [2]", [9]),
        ("a) l'acte … c) le plan", [1, 2, 3]),
        ("L’enveloppe indique … – la date", [8, 9, 10]),
        ("– le nom [3]", []),
        ("Le pli ind", []),
        ("Le pli indique … Le dossier", []),
        ("e) l’avis", []),
        ("", []),
    ],
)
def test_a_place_is_known_by_its_first_words(place: str, found: list[int]) -> None:
    assert paragraphs_at(TEXT, [place]) == found


def test_places_are_given_in_their_order_each_once() -> None:
    assert paragraphs_at(TEXT, ["d) le devis", "a) l’acte … d) le devis"]) == [4, 1, 2, 3]


@pytest.mark.parametrize(
    "positions", [[0], [3], [6], [9], [6, 9], [9, 6], [1, 2, 3], [5, 6, 7, 0], list(range(11)), []]
)
def test_a_place_that_is_written_is_found_again(positions: list[int]) -> None:
    assert paragraphs_at(TEXT, write_places(TEXT, positions)) == positions


def test_the_first_words_are_written_where_no_other_paragraph_has_them() -> None:
    assert write_places("Le jury se réunit à huis clos.\nIl délibère.", [0]) == [
        "Le jury se réunit à"
    ]


def test_positions_are_read_in_their_order_each_once() -> None:
    assert read_positions("4,0-2,1") == [4, 0, 1, 2]


def nearest(reading: Reading, number: str, question: str) -> str:
    article = next(a for a in reading.articles if a.number == number)
    near = nearness(question, stems(question), article, reading.instrument.number)
    best = max(near, key=lambda index: near[index])
    return article.text.split("\n")[best]


def stems(question: str) -> dict[int, float]:
    [found], _ = encode_questions([question])
    return dict.fromkeys(found, 1.0)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("Mon offre m’engage pendant combien de temps ?", "soixante jours"),
        ("How many days does my bid stay binding?", "soixante jours"),
        ("كم يوما يبقى المتنافس ملزما بعرضه؟", "soixante jours"),
        ("L’acheteur veut prolonger, suis-je obligé de dire oui ?", "prorogation"),
    ],
    ids=["fr", "en", "ar", "another paragraph"],
)
def test_a_question_in_other_words_leads_to_the_paragraph_that_answers(
    decree_2023: Reading, question: str, says: str
) -> None:
    assert says in nearest(decree_2023, "36", question)


def test_an_article_whose_questions_nobody_placed_has_no_near_one(decree_2023: Reading) -> None:
    article = next(a for a in decree_2023.articles if a.number == "36")

    assert not nearness("Combien de temps ?", stems("Combien de temps ?"), article, "9-99-999")


def test_what_was_asked_before_is_quoted_though_it_has_none_of_the_words(
    decree_2023: Reading,
) -> None:
    article = next(a for a in decree_2023.articles if a.number == "36")
    [place] = paragraphs_at(article.text, ["b) les concurrents qui n’ont"])

    spans = best_quotes(article, wanted_by("Qui ?", {}), room=600, signs=Signs(near={place: 0.8}))

    assert any("b) les concurrents qui n’ont" in article.text[slice(*span)] for span in spans)


def test_a_model_is_shown_the_passage_that_the_questions_point_into(
    decree_services: Services,
) -> None:
    result = decree_services.search.search("Qui de la Trésorerie siège pour un marché de l’Etat ?")
    hit = next(hit for hit in result.hits if hit.article.number == "38")
    *_, last = cut_passages(hit.article, hit.document.id, hit.document.instrument.number)
    elsewhere = replace(hit, ranked=replace(hit.ranked, passage=last))

    [pointed] = point_passages(replace(result, hits=(elsewhere,))).hits

    passage = pointed.ranked.passage
    assert "un représentant de la Trésorerie Générale du Royaume" in passage.text
    assert "un représentant de la Trésorerie Générale du Royaume" not in last.text
    assert passage.text == hit.article.text[passage.start : passage.end]


def test_the_place_that_a_question_names_is_shown_to_a_model_as_it_is(
    decree_services: Services,
) -> None:
    result = decree_services.search.search("Que dit le paragraphe 2 de l’article 24 ?")

    assert point_passages(result).hits[0] == result.hits[0]
