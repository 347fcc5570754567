"""The cache of answers: the same question is written once, another one never given its answer."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from assistant.answer_records import Answer, Outcome, Review
from assistant.answering.answer_cache import AnswerCache
from assistant.answering.answering import Answering, Writer
from assistant.answering.cache_use import CacheUse
from assistant.answering.contract import answer_json, read_answer
from assistant.answering.question_form import QuestionForm, read_form
from assistant.searching.lexicon import load_lexicon
from assistant.storage.corpus import note_corpus_change
from assistant.storage.tables import AnswerRow, CachedAnswerRow
from assistant.wiring import Services

from .conftest import ROOT
from .scripted_llm import ScriptedLLM

CEILING = "Quel est le plafond des bons de commande ?"
TRUE = "Les bons de commande sont admis dans la limite de 85.000 dirhams [1]."
LEAST_SHARE = 0.4


def rows_of(name: str) -> list[dict[str, str]]:
    lines = (ROOT / "tests" / "questions" / name).read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def form(question: str) -> QuestionForm:
    return read_form(question, load_lexicon())


def kept(services: Services) -> int:
    with services.database.session() as session:
        return session.scalar(select(func.count()).select_from(CachedAnswerRow)) or 0


def answering(
    services: Services, script: str, *, name: str = "scripted", most: int = 100
) -> Answering:
    cache = AnswerCache(services.database, services.lexicon.lexicon, contact="", most=most)
    writer = Writer(name, ScriptedLLM(script=script))
    return Answering(services.search, services.history, lambda: writer, contact="", cache=cache)


@pytest.mark.parametrize("name", ["cache-pairs.jsonl", "cache-pairs-2.jsonl"])
def test_no_question_has_the_form_of_one_that_asks_another_thing(name: str) -> None:
    pairs = rows_of(name)

    assert [p for p in pairs if form(p["question"]).is_form_of(form(p["other"]))] == []


def test_a_question_asked_in_other_words_has_the_same_form_often_enough() -> None:
    pairs = rows_of("cache-paraphrases.jsonl")

    same = [p for p in pairs if form(p["question"]).is_form_of(form(p["paraphrase"]))]
    assert len(same) >= LEAST_SHARE * len(pairs)


def test_the_same_question_again_is_answered_from_the_cache(specimen_services: Services) -> None:
    first = specimen_services.answering.ask(CEILING)

    again = specimen_services.answering.ask("quel est le plafond des BONS DE COMMANDE")

    assert (first.cached, again.cached, again.original) == (False, True, first.id)
    assert (again.text, again.citations, again.sentences) == (
        *(first.text, first.citations, first.sentences),
    )
    assert (again.question, again.id != first.id) == (
        "quel est le plafond des BONS DE COMMANDE",
        True,
    )


def test_an_answer_can_be_read_back_from_its_json(specimen_services: Services) -> None:
    first, again = (
        specimen_services.answering.ask(CEILING, launched=date(2019, 5, 1)) for _ in range(2)
    )
    reviewed = replace(again, review=Review("Amina B.", "2026-11-20T09:00:00+00:00"))
    assert again.written_at

    for answer in (first, again, reviewed):
        content = answer_json(answer)
        assert answer_json(read_answer(json.loads(json.dumps(content)))) == content
        assert read_answer(content).citations == answer.citations


def test_an_answer_of_the_cache_is_a_row_of_its_own_to_rate(specimen_services: Services) -> None:
    first = specimen_services.answering.ask(CEILING)
    again = specimen_services.answering.ask(CEILING)

    with specimen_services.database.session() as session:
        row = session.get_one(AnswerRow, again.id)
        assert row.content["cached"] is True
        assert row.context["original"] == first.id


@pytest.mark.parametrize(
    ("within", "launched"), [("9-10-101", None), (None, date(2019, 5, 1))], ids=["text", "date"]
)
def test_another_regime_is_another_answer(
    specimen_services: Services, within: str | None, launched: date | None
) -> None:
    specimen_services.answering.ask(CEILING)

    answer = specimen_services.answering.ask(CEILING, within=within, launched=launched)

    assert answer.cached is False


def test_two_dates_of_one_regime_share_an_answer_under_their_own_dates(
    specimen_services: Services,
) -> None:
    specimen_services.answering.ask(CEILING, launched=date(2019, 5, 1))

    answer = specimen_services.answering.ask(CEILING, launched=date(2019, 6, 2))

    assert (answer.cached, answer.regime.launched) == (True, date(2019, 6, 2))


def remove_one(services: Services) -> None:
    services.library.remove(services.library.documents()[0].id)


def add_to_lexicon(services: Services) -> None:
    services.lexicon.add("papier bleu", ["bon de commande"])


def switch_off(services: Services) -> None:
    services.lexicon.switch("garantie de soumission", enabled=False)


def change_dates(services: Services) -> None:
    with services.database.session() as session:
        note_corpus_change(session)


@pytest.mark.parametrize("change", [remove_one, add_to_lexicon, switch_off, change_dates])
def test_nothing_of_before_a_change_of_what_is_searched_is_given_again(
    specimen_services: Services, change: Callable[[Services], None]
) -> None:
    specimen_services.answering.ask(CEILING, within="9-10-101")

    change(specimen_services)

    assert kept(specimen_services) == 0
    assert specimen_services.answering.ask(CEILING, within="9-10-101").cached is False


def test_a_document_that_is_added_empties_the_cache(
    services: Services, specimens: list[Path]
) -> None:
    services.library.ingest(specimens[1].name, specimens[1].read_bytes())
    services.answering.ask(CEILING)

    services.library.ingest(specimens[0].name, specimens[0].read_bytes())

    assert services.answering.ask(CEILING).cached is False


def test_a_file_that_is_there_already_leaves_the_cache_alone(
    specimen_services: Services, specimens: list[Path]
) -> None:
    specimen_services.answering.ask(CEILING)

    specimen_services.library.ingest("copie.pdf", specimens[0].read_bytes())

    assert specimen_services.answering.ask(CEILING).cached is True


def test_an_answer_written_while_the_corpus_changed_is_not_given_again(
    specimen_services: Services,
) -> None:
    events = answering(specimen_services, TRUE).stream(CEILING)
    next(events)
    add_to_lexicon(specimen_services)
    assert isinstance(list(events)[-1], Answer)

    assert kept(specimen_services) == 0


def test_a_model_writes_the_same_answer_once(specimen_services: Services) -> None:
    first = answering(specimen_services, TRUE).ask(CEILING)

    again = answering(specimen_services, "AUCUNE RÉPONSE").ask(CEILING)

    assert (again.cached, again.text, again.outcome) == (True, first.text, Outcome.ANSWERED)


def test_another_model_is_another_writer(specimen_services: Services) -> None:
    answering(specimen_services, TRUE).ask(CEILING)

    assert answering(specimen_services, TRUE, name="other").ask(CEILING).cached is False


def test_a_refusal_of_a_model_is_given_again(specimen_services: Services) -> None:
    answering(specimen_services, "AUCUNE RÉPONSE").ask(CEILING)

    again = answering(specimen_services, TRUE).ask(CEILING)

    assert (again.cached, again.outcome) == (True, Outcome.NOT_FOUND)


@pytest.mark.parametrize(
    "script", [TRUE.replace("85.000", "95.000"), ""], ids=["taken apart", "nothing"]
)
def test_what_may_be_written_better_the_next_time_is_not_kept(
    specimen_services: Services, script: str
) -> None:
    answering(specimen_services, script).ask(CEILING)

    assert kept(specimen_services) == 0


def test_an_answer_that_is_interrupted_is_not_kept(specimen_services: Services) -> None:
    events = answering(specimen_services, TRUE).stream(CEILING)
    next(events)
    events.close()  # type: ignore[attr-defined]

    assert kept(specimen_services) == 0


def test_an_answer_written_again_takes_the_place_of_the_one_before(
    specimen_services: Services,
) -> None:
    answering(specimen_services, TRUE).ask(CEILING)
    longer = TRUE.replace("sont admis", "sont admis toutes taxes comprises")
    fresh = answering(specimen_services, longer).ask(CEILING, cache=CacheUse.REFRESH)

    again = answering(specimen_services, TRUE).ask(CEILING)

    assert (fresh.cached, kept(specimen_services)) == (False, 1)
    assert again.original == fresh.id


def test_without_the_cache_nothing_is_taken_from_it_or_kept(specimen_services: Services) -> None:
    specimen_services.answering.ask(CEILING)

    answer = specimen_services.answering.ask(CEILING, cache=CacheUse.NONE)

    assert (answer.cached, kept(specimen_services)) == (False, 1)


def test_the_oldest_answers_go_first(specimen_services: Services) -> None:
    few = answering(specimen_services, "AUCUNE RÉPONSE", most=2)
    questions = [CEILING, f"Pourquoi {CEILING}", f"Comment {CEILING}"]
    for question in questions:
        few.ask(question)

    assert kept(specimen_services) == 2
    assert few.ask(questions[0]).cached is False


def test_two_people_who_ask_the_same_at_once_are_both_answered(
    specimen_services: Services,
) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(specimen_services.answering.ask, [CEILING] * 16))

    assert len({answer.id for answer in answers}) == 16
    assert len({answer.text for answer in answers}) == 1
    assert kept(specimen_services) == 1


@pytest.mark.parametrize("name", ["cache-pairs.jsonl", "cache-pairs-2.jsonl"])
def test_no_question_on_the_decrees_is_answered_by_the_answer_to_another(
    decree_services: Services, name: str
) -> None:
    ask = decree_services.answering.ask
    for pair in rows_of(name):
        ask(pair["question"])
        asked = ask(pair["other"])
        with decree_services.database.session() as session:
            original = asked.original and session.get_one(AnswerRow, asked.original).question

        assert original != pair["question"]


def test_a_form_keeps_what_an_accent_tells_apart() -> None:
    typed = [form(q) for q in ("Qui paye ?", "Qui payé ?", "QUI PAYE ?")]

    assert typed[0].text == typed[1].text
    assert not replace(typed[0], stressed=frozenset()).is_form_of(typed[1])
    assert typed[2].is_form_of(typed[1])
