"""Answers that a model writes: what is cited, what is taken out, what is refused."""

from pathlib import Path

import pytest

from assistant.answer_records import Answer, FindingKind, Outcome
from assistant.answering.answering import Answering, Writer
from assistant.answering.models import load_model, model_name
from assistant.storage.tables import AnswerRow
from assistant.wiring import Services

from .conftest import make_settings
from .scripted_llm import ScriptedLLM
from .tiny_llama import save_tiny_llama

CEILING = "Quel est le plafond des bons de commande ?"
TRUE = "Les bons de commande sont admis dans la limite de 85.000 dirhams [1]."


def answering(services: Services, llm: ScriptedLLM) -> Answering:
    writer = Writer("scripted", llm)
    return Answering(services.search, services.history, lambda: writer, contact="")


def ask(services: Services, script: str) -> Answer:
    return answering(services, ScriptedLLM(script=script)).ask(CEILING)


def test_a_label_becomes_a_citation_that_the_program_writes(specimen_services: Services) -> None:
    answer = ask(specimen_services, TRUE)

    assert answer.outcome is Outcome.ANSWERED
    assert [(c.label, c.instrument, c.article) for c in answer.citations] == [(1, "9-20-202", "7")]
    assert "85.000" in answer.citations[0].quote


def test_a_citation_that_is_not_there_is_not_invented(specimen_services: Services) -> None:
    answer = ask(specimen_services, f"{TRUE} Les bons de commande sont toujours admis [42].")

    assert [citation.label for citation in answer.citations] == [1]
    assert "toujours" not in answer.text
    assert FindingKind.UNKNOWN_LABEL in {f.kind for f in answer.sentences[1].findings}


def test_a_changed_amount_is_shown_struck_and_not_said(specimen_services: Services) -> None:
    answer = ask(specimen_services, TRUE.replace("85.000", "95.000"))

    assert answer.outcome is Outcome.NOT_FOUND
    assert "95.000" not in answer.text
    assert {f.kind for f in answer.sentences[0].findings} == {FindingKind.FIGURE_NOT_IN_SOURCE}


def test_an_answer_in_english_is_refused(specimen_services: Services) -> None:
    answer = ask(specimen_services, "Purchase orders are allowed up to 85.000 dirhams [1].")

    assert answer.outcome is Outcome.NOT_FOUND


ENGLISH = "Purchase orders are allowed up to 85.000 dirhams [1]."


def test_a_model_that_answers_in_english_is_asked_once_more(specimen_services: Services) -> None:
    llm = ScriptedLLM(script=ENGLISH, then=TRUE)

    answer = answering(specimen_services, llm).ask(CEILING)

    assert answer.outcome is Outcome.ANSWERED
    assert llm.asked[-1].endswith("sans un mot d’une autre langue.")
    assert (answer.draft or "").startswith(ENGLISH), "what was written first is not kept"


def test_a_model_that_insists_on_english_is_asked_no_third_time(
    specimen_services: Services,
) -> None:
    llm = ScriptedLLM(script=ENGLISH)

    answer = answering(specimen_services, llm).ask(CEILING)

    assert answer.outcome is Outcome.NOT_FOUND
    assert len(llm.asked) == 2


def test_an_answer_in_french_is_asked_for_once(specimen_services: Services) -> None:
    llm = ScriptedLLM(script=TRUE)

    answering(specimen_services, llm).ask(CEILING)

    assert len(llm.asked) == 1


def test_a_model_that_finds_nothing_is_believed(specimen_services: Services) -> None:
    assert ask(specimen_services, "AUCUNE RÉPONSE").outcome is Outcome.NOT_FOUND


def test_an_answer_that_only_mentions_a_refusal_is_not_one(specimen_services: Services) -> None:
    answer = ask(specimen_services, f"{TRUE} Aucune réponse du concurrent ne vaut accord [1].")

    assert answer.outcome is Outcome.ANSWERED


def test_what_a_model_was_asked_and_wrote_is_kept(specimen_services: Services) -> None:
    answer = ask(specimen_services, TRUE.replace("85.000", "95.000"))

    with specimen_services.database.session() as session:
        context = session.get_one(AnswerRow, answer.id).context
    assert "95.000" in context["draft"]
    assert "quatre-vingt-cinq mille" in context["prompt"]
    assert len(context["documents"]) == 1


def test_labels_are_numbered_again_in_the_order_they_are_used(specimen_services: Services) -> None:
    probe = ScriptedLLM(script="AUCUNE RÉPONSE")
    answering(specimen_services, probe).ask(CEILING)
    shown = probe.asked[-1].split("[2]\n<<<\n")[1].split("\n", 1)[1]
    words = " ".join(shown.split(">>>")[0].split()[:9]).rstrip(",;:.")

    answer = ask(specimen_services, f"{words} [2]. {TRUE}")

    assert [citation.label for citation in answer.citations] == [1, 2]
    assert answer.text.endswith("dirhams [2].")


def test_the_model_is_shown_numbered_passages_as_quoted_material(
    specimen_services: Services,
) -> None:
    llm = ScriptedLLM(script=TRUE)

    answering(specimen_services, llm).ask(CEILING)

    assert "[1]\n<<<\narticle 7, Décret n° 9-20-202" in llm.asked[-1]
    assert "quatre-vingt-cinq mille (85.000) dirhams" in llm.asked[-1]


def test_a_prompt_keeps_to_the_context_with_whole_passages(specimen_services: Services) -> None:
    llm = ScriptedLLM(script=TRUE, context=512 + 500)

    answering(specimen_services, llm).ask(CEILING)

    prompt = llm.asked[-1]
    assert len(prompt.split()) <= 500
    assert prompt.count("<<<") == prompt.count(">>>") >= 1


def test_what_is_refused_before_is_not_asked(specimen_services: Services) -> None:
    def load() -> Writer:
        raise AssertionError("the model was loaded for nothing")

    services = specimen_services
    answer = Answering(services.search, services.history, load, contact="").ask("Il pleut à Fès ?")

    assert answer.outcome is Outcome.NOT_FOUND


def test_the_text_comes_while_it_is_written_and_the_answer_last(
    specimen_services: Services,
) -> None:
    events = list(answering(specimen_services, ScriptedLLM(script=TRUE)).stream(CEILING))

    *deltas, answer = events
    assert "".join(map(str, deltas)).strip() == TRUE
    assert isinstance(answer, Answer)
    assert answer.seconds.first_token is not None


@pytest.fixture(scope="module")
def tiny_llama(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny_llama(tmp_path_factory.mktemp("tiny"), max_position_embeddings=4096)


def test_nonsense_of_a_really_quantized_llama_is_streamed_checked_and_refused(
    specimen_services: Services, tiny_llama: Path
) -> None:
    settings = make_settings(Path("unused"), model=str(tiny_llama))
    llm = load_model(settings)
    services = specimen_services
    writer = Writer(model_name(settings, llm), llm)

    events = list(
        Answering(services.search, services.history, lambda: writer, contact="").stream(CEILING)
    )

    *deltas, answer = events
    assert deltas, "nothing was streamed"
    assert isinstance(answer, Answer)
    assert answer.model.endswith("(4 bits)")
    assert (answer.outcome, answer.citations) == (Outcome.NOT_FOUND, ())
    assert all(not sentence.is_kept for sentence in answer.sentences)
