"""A real Llama of two layers, really quantized, on the processor (see `tiny_llama`)."""

import json
import shutil
import time
from pathlib import Path
from typing import Any

import pytest
import torch
from llama_index.core.llms import ChatMessage

from assistant.answering.causal_lm import CausalLM
from assistant.answering.chat_template import ChatTemplate
from assistant.answering.decoding import Decoding
from assistant.errors import ModelUnavailable, OutOfMemory
from tests.loaded_llama import text_of, told
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


# Writing


def test_counted_tokens_are_those_the_model_reads(llm: CausalLM) -> None:
    answer = llm.chat(QUESTION)

    assert answer.raw["usage"]["prompt_tokens"] == llm.count_tokens(QUESTION)


def test_streamed_deltas_joined_are_the_answer(llm: CausalLM) -> None:
    deltas = [response.delta or "" for response in llm.stream_chat(QUESTION)]

    assert len(deltas) > 5
    assert "".join(deltas) == text_of(llm.chat(QUESTION)) != ""


def test_streamed_text_is_what_the_tokens_say(own_llm: CausalLM) -> None:
    model, tokenizer = own_llm._engine.model, own_llm._engine.tokenizer
    prompt = torch.tensor([ChatTemplate(tokenizer).encode(QUESTION)])
    generate: Any = model.generate
    tokens = generate(prompt, attention_mask=torch.ones_like(prompt), max_new_tokens=40)[0]

    expected = tokenizer.decode(tokens[prompt.shape[1] :], skip_special_tokens=True)
    assert text_of(own_llm.chat(QUESTION)) == expected


def test_guessing_from_the_prompt_changes_the_speed_and_not_the_answer(own_llm: CausalLM) -> None:
    passes: list[int] = []
    own_llm._engine.model.register_forward_hook(lambda *_: passes.append(1))
    plain = told(own_llm, decoding=Decoding.PLAIN, max_new_tokens=200).chat(QUESTION)
    plain_passes = len(passes)

    guessed = told(own_llm, decoding=Decoding.LOOKUP, max_new_tokens=200).chat(QUESTION)

    assert text_of(guessed) == text_of(plain)
    assert len(passes) - plain_passes < plain_passes == 200


def test_compiled_passes_write_the_same_answers_one_after_the_other(
    llm: CausalLM, folder: Path
) -> None:
    """On a processor, with the backend that needs no compiler: one graph, and no break in it."""
    torch._dynamo.utils.counters.clear()
    compiled = CausalLM(
        str(folder), decoding="compiled", compile_backend="eager", max_new_tokens=40
    )
    questions = [QUESTION, [ChatMessage(role="user", content="Court ?")], QUESTION]

    answers = [text_of(compiled.chat(question)) for question in questions]

    assert answers == [text_of(llm.chat(question)) for question in questions]
    counted = torch._dynamo.utils.counters
    assert (counted["stats"]["unique_graphs"], dict(counted["graph_break"])) == (1, {})


def test_a_model_that_cannot_be_compiled_says_what_to_do(folder: Path) -> None:
    with pytest.raises(ModelUnavailable, match="ASSISTANT_MODEL_DECODING=lookup"):
        CausalLM(str(folder), decoding="compiled", compile_backend="no such backend")


def test_completions_are_answers_to_one_message(llm: CausalLM) -> None:
    answer = text_of(llm.chat([ChatMessage(role="user", content="Quels délais ?")]))

    assert llm.complete("Quels délais ?").text == answer
    assert "".join(r.delta or "" for r in llm.stream_complete("Quels délais ?")) == answer


def test_the_way_of_writing_that_a_model_ships_with_is_ignored(
    own_llm: CausalLM, tmp_path: Path
) -> None:
    opinionated = shutil.copytree(own_llm.model_name, tmp_path / "opinionated")
    shipped = {"do_sample": True, "temperature": 5.0, "repetition_penalty": 1.8, "max_length": 30}
    (opinionated / "generation_config.json").write_text(json.dumps(shipped))

    answer = CausalLM(str(opinionated), bits=16, max_new_tokens=40).chat(QUESTION)

    assert text_of(answer) == text_of(own_llm.chat(QUESTION))


def test_an_answer_that_the_model_ends_is_reported_as_finished(
    own_llm: CausalLM, tmp_path: Path
) -> None:
    written = own_llm._engine.tokenizer.encode(text_of(own_llm.chat(QUESTION)))
    ending = shutil.copytree(own_llm.model_name, tmp_path / "ending")
    (ending / "generation_config.json").write_text(json.dumps({"eos_token_id": [2, written[5]]}))

    report = CausalLM(str(ending), bits=16, max_new_tokens=40).chat(QUESTION).raw

    assert report["finish_reason"] == "stop"
    assert report["usage"]["completion_tokens"] < 40


# Limits


def test_a_prompt_longer_than_the_context_is_refused(llm: CausalLM) -> None:
    short_sighted = told(llm, context_window=llm.count_tokens(QUESTION))

    with pytest.raises(ModelUnavailable, match="jetons"):
        short_sighted.chat(QUESTION)


def test_prompt_and_answer_share_the_context(llm: CausalLM) -> None:
    report = told(llm, context_window=llm.count_tokens(QUESTION) + 7).chat(QUESTION).raw

    assert report["usage"]["completion_tokens"] == 7
    assert report["finish_reason"] == "length"


def test_the_context_is_the_model_s_and_can_only_be_shortened(folder: Path) -> None:
    windows = [
        CausalLM(str(folder), bits=16, context_window=asked).metadata.context_window
        for asked in (None, 1000, 9999)
    ]

    assert windows == [4096, 1000, 4096]


# Failures


def test_a_failure_while_writing_reaches_the_reader_as_itself(own_llm: CausalLM) -> None:
    own_llm._engine.model.lm_head = torch.nn.Linear(3, 3)

    with pytest.raises(RuntimeError, match="shapes"):
        list(own_llm.stream_chat(QUESTION))


def test_a_failure_after_some_text_reaches_the_reader(own_llm: CausalLM) -> None:
    passes: list[int] = []

    def fail_at_the_ninth_pass(*_: Any) -> None:
        passes.append(1)
        if len(passes) == 9:
            raise ValueError("ninth pass")

    own_llm._engine.model.register_forward_pre_hook(fail_at_the_ninth_pass)
    stream = told(own_llm, decoding=Decoding.PLAIN).stream_chat(QUESTION)

    assert next(stream).delta
    with pytest.raises(ValueError, match="ninth pass"):
        list(stream)


def test_lack_of_memory_while_writing_says_what_to_do(own_llm: CausalLM) -> None:
    def run_out(*_: Any) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory")

    own_llm._engine.model.register_forward_pre_hook(run_out)

    with pytest.raises(OutOfMemory, match="Posez une question plus courte"):
        own_llm.chat(QUESTION)


def test_a_failure_leaves_the_model_free_for_the_next_question(own_llm: CausalLM) -> None:
    head = own_llm._engine.model.lm_head
    own_llm._engine.model.lm_head = torch.nn.Linear(3, 3)
    with pytest.raises(RuntimeError):
        own_llm.chat(QUESTION)
    own_llm._engine.model.lm_head = head

    started = time.monotonic()
    assert text_of(told(own_llm, wait_seconds=5).chat(QUESTION)) != ""
    assert time.monotonic() - started < 5
