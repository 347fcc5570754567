"""Extractive answers: quoted, cited, refused."""

import json
import re
from datetime import date
from itertools import zip_longest
from pathlib import Path

import pytest

from assistant.answer_records import Answer, Citation, Outcome
from assistant.answering.citations import of_instrument, place_label
from assistant.answering.contract import answer_json
from assistant.answering.language import is_french
from assistant.errors import InvalidQuestion
from assistant.evaluating.answers import evaluate_answers
from assistant.evaluating.questions import Question, read_questions
from assistant.records import Status
from assistant.wiring import Services

from .conftest import DECREE_2013, ROOT, make_settings

CEILING = "Quel est le plafond des bons de commande ?"


def test_nothing_indexed_is_said_and_is_not_an_answer(services: Services) -> None:
    answer = services.answering.ask(CEILING)

    assert (answer.outcome, answer.citations) == (Outcome.NO_DOCUMENTS, ())
    assert "Documents" in answer.text


def test_an_answer_names_the_article_and_the_decree(specimen_services: Services) -> None:
    answer = specimen_services.answering.ask(CEILING)

    assert answer.outcome is Outcome.ANSWERED
    assert "article 7 du décret n° 9-20-202" in answer.text


def test_the_launch_date_chooses_the_decree_that_answers(specimen_services: Services) -> None:
    answer = specimen_services.answering.ask(CEILING, launched=date(2019, 5, 1))

    assert {c.instrument for c in answer.citations} == {"9-10-101"}
    assert answer.regime.status is Status.TRANSITIONAL


def test_a_quote_is_an_exact_piece_of_the_stored_article(specimen_services: Services) -> None:
    answer = specimen_services.answering.ask(CEILING)

    for citation in answer.citations:
        article = specimen_services.library.article(citation.document_id, citation.article)
        assert citation.quote in article.text


def test_a_citation_has_its_three_pages_and_its_boxes(specimen_services: Services) -> None:
    [citation, *_] = specimen_services.answering.ask(CEILING).citations

    assert (citation.page, citation.printed_page, citation.bo_page) == (3, 2, 3512)
    assert citation.boxes
    assert all(box[0] == 3 for box in citation.boxes)


def test_what_the_texts_do_not_say_is_refused(specimen_services: Services) -> None:
    answer = specimen_services.answering.ask("Quelle est la capitale du Japon ?")

    assert (answer.outcome, answer.citations) == (Outcome.NOT_FOUND, ())


def test_a_refusal_names_the_contact(tmp_path: Path, specimens: list[Path]) -> None:
    from assistant.wiring import open_services

    services = open_services(make_settings(tmp_path, contact="marches@exemple.ma"))
    services.library.ingest(specimens[0].name, specimens[0].read_bytes())

    answer = services.answering.ask("Quelle est la capitale du Japon ?")
    services.close()

    assert answer.contact == "marches@exemple.ma"
    assert "marches@exemple.ma" in answer.text


def test_a_text_that_governs_and_is_not_there_is_named(
    services: Services, specimens: list[Path]
) -> None:
    new_decree = next(path for path in specimens if "9-20-202" in path.name)
    services.library.ingest(new_decree.name, new_decree.read_bytes())

    answer = services.answering.ask(CEILING, launched=date(2019, 5, 1))

    assert answer.outcome is Outcome.NOT_FOUND
    assert "9-10-101" in answer.text


def test_a_comparison_quotes_both_texts(specimen_services: Services) -> None:
    answer = specimen_services.answering.ask(
        "Le plafond des bons de commande a-t-il changé avec le nouveau décret ?"
    )

    assert [(c.instrument, c.article) for c in answer.citations] == [
        ("9-10-101", "6"),
        ("9-20-202", "7"),
    ]


def test_a_comparison_says_which_text_is_not_there(
    services: Services, specimens: list[Path]
) -> None:
    new_decree = next(path for path in specimens if "9-20-202" in path.name)
    services.library.ingest(new_decree.name, new_decree.read_bytes())

    answer = services.answering.ask(
        "Le plafond des bons de commande a-t-il changé avec le nouveau décret ?"
    )

    assert "9-10-101" in answer.text.split("[1]")[0]


def test_an_article_asked_for_by_its_number_is_shown(specimen_services: Services) -> None:
    answer = specimen_services.answering.ask("Que dit l’article 7 ?")

    assert [citation.article for citation in answer.citations] == ["7"]


def test_a_document_without_dates_does_not_answer_in_place_of_the_law(
    services: Services, specimens: list[Path], shared_data: Path
) -> None:
    new_decree = next(path for path in specimens if "9-20-202" in path.name)
    other = shared_data / "other-pdfs/rc_2019_dg_cartes_geochimiques_maroc.pdf"
    law = shared_data / DECREE_2013
    for path in (new_decree, other, law):
        services.library.ingest(path.name, path.read_bytes())

    answer = services.answering.ask("Quel est le délai de validité des offres ?")

    assert (answer.outcome, answer.citations) == (Outcome.NOT_FOUND, ())
    assert "2-22-431" in answer.text


@pytest.mark.parametrize(
    ("name", "phrase"),
    [
        ("Décret n° 2-22-431", "du décret n° 2-22-431"),
        ("Arrêté n° 754-24", "de l’arrêté n° 754-24"),
        ("Loi n° 69-00", "de la loi n° 69-00"),
        ("rc_2019_cartes", "du document «\u00a0rc_2019_cartes\u00a0»"),
    ],
)
def test_an_instrument_is_named_in_correct_french(name: str, phrase: str) -> None:
    assert of_instrument(name) == phrase


@pytest.mark.parametrize(
    ("number", "paragraph", "label"),
    [
        ("24", "paragraphe 2, b", "article 24, paragraphe 2, b)"),
        ("28", "paragraphe I, A, 2", "article 28, paragraphe I, A, 2"),
        ("1", "alinéa 3, tiret 2", "article premier, alinéa 3, tiret 2"),
        ("annexe-2", "paragraphe A", "annexe n° 2, paragraphe A"),
        ("36", None, "article 36"),
        ("section-2.3", None, "section 2.3"),
        ("section-ii", None, "section II"),
    ],
)
def test_a_place_is_written_as_people_write_it(
    number: str, paragraph: str | None, label: str
) -> None:
    assert place_label(number, paragraph) == label


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("Que doit indiquer le b) de l’avis d’achat des bons de commande ?", "paragraphe 4"),
        ("Qui fixe la liste des pièces justificatives d’un bon de commande ?", "paragraphe"),
    ],
)
def test_a_citation_says_which_paragraph_it_quotes(
    decree_services: Services, question: str, place: str
) -> None:
    citations = decree_services.answering.ask(question).citations

    assert any(citation.paragraph.startswith(place) for citation in citations if citation.paragraph)


def test_a_removed_document_no_longer_answers(specimen_services: Services) -> None:
    for document in specimen_services.library.documents():
        specimen_services.library.remove(document.id)

    answer = specimen_services.answering.ask(CEILING)

    assert answer.outcome is Outcome.NO_DOCUMENTS


@pytest.mark.parametrize("question", ["", "  \n", "?!", "a" * 5000], ids=["", "blank", "?", "long"])
def test_a_question_that_cannot_be_searched_is_refused(services: Services, question: str) -> None:
    with pytest.raises(InvalidQuestion, match="question"):
        services.answering.ask(question)


def test_an_answer_is_kept_with_what_produced_it(specimen_services: Services) -> None:
    answer = specimen_services.answering.ask(CEILING)

    [(_, kept_id, content)] = specimen_services.history.latest(10)

    assert kept_id == answer.id
    assert content == answer_json(answer)


def test_an_answer_is_json(specimen_services: Services) -> None:
    row = answer_json(specimen_services.answering.ask(CEILING))

    assert json.loads(json.dumps(row)) == row
    assert (row["language"], row["model"], row["cached"]) == ("fr", "extractive", False)


def ask(services: Services, question: Question) -> Answer:
    return services.answering.ask(question.text, launched=question.launched)


def test_the_dev_questions_are_answered_in_french_with_exact_quotes(
    decree_services: Services, shared_data: Path
) -> None:
    for question in read_questions(shared_data / "questions/dev-2023.jsonl"):
        answer = ask(decree_services, question)

        assert is_french(answer.text), answer.text
        for citation in answer.citations:
            article = decree_services.library.article(citation.document_id, citation.article)
            assert citation.quote in article.text
        for citation, after in zip_longest(answer.citations, answer.citations[1:]):
            assert is_announced(citation, after), citation.quote


def test_four_in_five_dev_questions_have_their_evidence_quoted_in_few_words(
    decree_services: Services, shared_data: Path
) -> None:
    files = [shared_data / f"questions/dev-{year}.jsonl" for year in (2023, 2013)]
    questions = [question for path in files for question in read_questions(path)]

    figures = evaluate_answers(decree_services.answering, decree_services.library, questions)

    assert figures["evidence"] >= 0.8
    assert figures["characters_p50"] <= 900
    assert figures["quotes_exact"] == 1.0


def is_announced(citation: Citation, after: Citation | None) -> bool:
    """Whether a quotation that ends on a colon is a title, or the next one goes on with it."""
    goes_on = after is not None and after.article == citation.article
    title = re.fullmatch(r"[A-Z]\. .{0,60}:", citation.quote)
    return goes_on or title is not None or not citation.quote.endswith(":")


def test_nine_in_ten_questions_out_of_scope_are_refused(
    decree_services: Services, shared_data: Path
) -> None:
    files = [
        shared_data / "questions/dev-2023.jsonl",
        ROOT / "tests/questions/out-of-scope.jsonl",
    ]
    questions = [question for file in files for question in read_questions(file)]
    outside = [question for question in questions if question.kind == "out_of_scope"]

    outcomes = [ask(decree_services, question).outcome for question in outside]

    assert outcomes.count(Outcome.NOT_FOUND) >= 0.9 * len(outside)


def test_nearly_every_dev_answer_cites_a_right_article(
    decree_services: Services, shared_data: Path
) -> None:
    answered = right = 0
    for question in read_questions(shared_data / "questions/dev-2023.jsonl"):
        answer = ask(decree_services, question)
        if answer.outcome is Outcome.ANSWERED:
            answered += 1
            right += any(
                c.article in question.articles and c.instrument == question.instrument
                for c in answer.citations
            )

    assert answered >= 35
    assert right >= 0.75 * answered


@pytest.mark.parametrize(
    ("question", "article", "words"),
    [
        ("Quel est le délai de validité des offres ?", "36", "soixante jours"),
        ("Jusqu’à quel montant peut-on passer par bons de commande ?", "91", "500.000"),
        ("Quels sont les principes des marchés publics ?", "1", "la transparence"),
    ],
)
def test_the_quote_holds_the_answer(
    decree_services: Services, question: str, article: str, words: str
) -> None:
    answer = decree_services.answering.ask(question)

    assert answer.citations[0].article == article
    assert words in answer.citations[0].quote
