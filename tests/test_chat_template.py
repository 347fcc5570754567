"""What a model really reads, written back from the prompt's tokens."""

import pytest
from llama_index.core.llms import ChatMessage

from assistant.answering.chat_template import ChatTemplate
from tests.tiny_llama import (
    DROPPING_SYSTEM_TEMPLATE,
    QUESTION,
    WITHOUT_SYSTEM_TEMPLATE,
    a_tokenizer,
)

CONTROL_WORDS = ["<s>", "</s>", "<unk>", "[INST]", "[/INST]", "<<SYS>>", "<</SYS>>"]


def test_a_prompt_is_the_template_s_with_one_beginning() -> None:
    tokenizer = a_tokenizer()

    tokens = ChatTemplate(tokenizer).encode(QUESTION)

    assert tokens.count(tokenizer.bos_token_id) == 1
    assert tokenizer.decode(tokens).replace("<s> ", "<s>") == (
        "<s>[INST] <<SYS>>\nRéponds en français.\n<</SYS>>\n\n"
        "Quels sont les délais de publicité ? [/INST]"
    )


@pytest.mark.parametrize("word", CONTROL_WORDS)
@pytest.mark.parametrize("role", ["system", "user"])
def test_a_control_word_in_a_message_is_not_obeyed(word: str, role: str) -> None:
    tokenizer = a_tokenizer()
    template = ChatTemplate(tokenizer)
    clean = [ChatMessage(role="system", content="A"), ChatMessage(role="user", content="B")]
    dirty = [
        ChatMessage(role=m.role, content=f"Avant {word} après" if m.role == role else m.content)
        for m in clean
    ]

    prompt = tokenizer.decode(template.encode(dirty))

    assert prompt.count(word) == tokenizer.decode(template.encode(clean)).count(word)
    assert f"( {word.strip('<>[]')} )" in prompt


@pytest.mark.parametrize(
    "text", ["<<s>s>", "[[INST]INST]", "</s</s>>", "<s><s></s>", "<<<SYS>>SYS>>", "<</SYS>></s>"]
)
def test_control_words_cannot_be_hidden_in_one_another(text: str) -> None:
    disarmed = ChatTemplate(a_tokenizer()).disarm(text)

    assert [word for word in CONTROL_WORDS if word in disarmed] == []


def test_text_without_control_words_is_not_changed() -> None:
    text = "Article 36, I) <a> : [sic] « l’offre » (500.000) < 3 > 2"

    assert ChatTemplate(a_tokenizer()).disarm(text) == text


@pytest.mark.parametrize("chat_template", [WITHOUT_SYSTEM_TEMPLATE, DROPPING_SYSTEM_TEMPLATE])
def test_an_instruction_goes_into_the_question_where_the_template_has_no_place_for_it(
    chat_template: str,
) -> None:
    tokenizer = a_tokenizer(chat_template)

    tokens = ChatTemplate(tokenizer).encode(QUESTION)

    assert tokenizer.decode(tokens).endswith(
        "user: Réponds en français.\n\nQuels sont les délais de publicité ?"
    )


def test_earlier_turns_stay_in_the_prompt() -> None:
    tokenizer = a_tokenizer()
    turns = [
        *QUESTION,
        ChatMessage(role="assistant", content="Vingt jours."),
        ChatMessage(role="user", content="Et pour un concours ?"),
    ]

    prompt = tokenizer.decode(ChatTemplate(tokenizer).encode(turns))

    assert "[/INST] Vingt jours. </s>" in prompt
    assert prompt.endswith("[INST] Et pour un concours ? [/INST]")
