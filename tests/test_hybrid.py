"""Dense vectors beside the words, with a real encoder made here: two layers, random weights."""

from pathlib import Path

import pytest
from tokenizers import Tokenizer, models, pre_tokenizers, trainers
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from assistant.errors import ModelUnavailable
from assistant.wiring import open_services

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
