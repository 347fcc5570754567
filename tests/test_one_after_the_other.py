"""Several people and one model: who is answered when, who stops, who leaves, what ends."""

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from llama_index.core.llms import ChatMessage

from assistant.answer_records import Stage, Waiting
from assistant.answering.causal_lm import CausalLM
from assistant.errors import ModelBusy
from tests.loaded_llama import ENDLESS, text_comes, text_of, told, wait_until_nothing_is_written
from tests.tiny_llama import QUESTION, save_tiny_llama


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_tiny_llama(tmp_path_factory.mktemp("tiny-llama"))


@pytest.fixture(scope="module")
def llm(folder: Path) -> CausalLM:
    return CausalLM(str(folder), bits=4, max_new_tokens=40)


@pytest.fixture
def own_llm(folder: Path) -> CausalLM:
    """One that a test may break."""
    return CausalLM(str(folder), bits=16, max_new_tokens=40)


def test_closing_the_stream_stops_the_model(llm: CausalLM) -> None:
    stream = told(llm, **ENDLESS).stream_chat(QUESTION)
    text_comes(stream)

    stream.close()

    assert wait_until_nothing_is_written(llm)


def test_a_stream_that_nobody_reads_starts_nothing(llm: CausalLM) -> None:
    told(llm, **ENDLESS).stream_chat(QUESTION).close()

    assert not llm._engine.line.length


def test_a_program_that_ends_while_the_model_writes_ends_well(folder: Path) -> None:
    code = (
        "import sys; from assistant.answering.causal_lm import CausalLM;"
        "llm = CausalLM(sys.argv[1], bits=16, max_new_tokens=4000, decoding='plain');"
        "stream = llm.stream_complete('Quels délais ?'); next(stream)"
    )

    assert subprocess.run([sys.executable, "-c", code, str(folder)], check=False).returncode == 0


def test_writing_ends_at_the_deadline(llm: CausalLM) -> None:
    report = told(llm, **ENDLESS, deadline_seconds=0.2).chat(QUESTION).raw

    assert report["finish_reason"] == "deadline"
    assert 0 < report["usage"]["completion_tokens"] < 2000


def test_a_reader_who_never_comes_back_blocks_nobody(llm: CausalLM) -> None:
    forgotten = told(llm, **ENDLESS, deadline_seconds=0.2).stream_chat(QUESTION)
    next(forgotten)

    answer = told(llm, wait_seconds=5).chat(QUESTION)

    assert text_of(answer) != ""


def test_who_waits_knows_the_place_and_is_served_in_order(llm: CausalLM) -> None:
    first = told(llm, **ENDLESS).stream_chat(QUESTION)
    text_comes(first)
    second, third = (llm.stream_chat(QUESTION) for _ in range(2))

    assert [next(second).raw, next(third).raw] == [
        Waiting(Stage.QUEUED, ahead=1),
        Waiting(Stage.QUEUED, ahead=2),
    ]
    first.close()
    text_comes(second)
    text_comes(third)
    second.close()
    third.close()
    assert wait_until_nothing_is_written(llm)


def test_waiting_for_one_s_turn_has_an_end(llm: CausalLM) -> None:
    first = told(llm, **ENDLESS).stream_chat(QUESTION)
    text_comes(first)

    with pytest.raises(ModelBusy, match="d’autres personnes"):
        told(llm, wait_seconds=0.1).chat(QUESTION)

    first.close()
    assert wait_until_nothing_is_written(llm)


def test_a_full_line_says_what_to_do(llm: CausalLM) -> None:
    first = told(llm, **ENDLESS).stream_chat(QUESTION)
    text_comes(first)
    second = llm.stream_chat(QUESTION)
    next(second)

    with pytest.raises(ModelBusy, match=r"est pleine\. Reposez la vôtre"):
        told(llm, places=1).chat(QUESTION)

    second.close()
    first.close()
    assert wait_until_nothing_is_written(llm)


def test_an_answer_that_is_written_again_waits_for_nobody_but_who_is_served(
    llm: CausalLM,
) -> None:
    first = told(llm, **ENDLESS).stream_chat(QUESTION)
    text_comes(first)
    second = llm.stream_chat(QUESTION)
    next(second)

    again = told(llm, places=0).stream_chat(QUESTION, again=True)

    assert next(again).raw == Waiting(Stage.QUEUED, ahead=1)
    for stream in (again, second, first):
        stream.close()
    assert wait_until_nothing_is_written(llm)


def test_who_leaves_while_waiting_gives_the_place_up(llm: CausalLM) -> None:
    first = told(llm, **ENDLESS).stream_chat(QUESTION)
    text_comes(first)
    second = told(llm, **ENDLESS).stream_chat(QUESTION)
    next(second)

    second.close()

    assert llm._engine.line.length == 1
    first.close()
    assert wait_until_nothing_is_written(llm)


def test_fifty_people_at_once_all_get_the_answers_they_get_alone(llm: CausalLM) -> None:
    brief = told(llm, max_new_tokens=8)
    questions = [[ChatMessage(role="user", content=f"Que dit l’article {n} ?")] for n in range(50)]
    alone = [text_of(brief.chat(question)) for question in questions]

    with ThreadPoolExecutor(max_workers=50) as people:
        together = list(people.map(lambda question: text_of(brief.chat(question)), questions))

    assert together == alone
    assert len(set(alone)) > 25


def test_a_pass_through_the_model_is_stopped_in_its_middle(own_llm: CausalLM) -> None:
    layers: list[int] = []
    slow = own_llm._engine.model.model.layers

    def wait_in_the_first_layer(*_: Any) -> None:
        layers.append(1)
        time.sleep(0.5)

    for layer in slow:
        layer.register_forward_pre_hook(wait_in_the_first_layer, prepend=True)
    stream = own_llm.stream_chat(QUESTION)
    assert next(stream).raw == Waiting(Stage.READING)

    stream.close()

    assert wait_until_nothing_is_written(own_llm)
    assert len(layers) == 1
