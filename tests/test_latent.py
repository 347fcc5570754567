"""Vectors of words: near are those that are said of the same paragraphs, in three languages."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from assistant.searching.latent import LatentSpace, latent_space
from assistant.searching.lexical import StemLanguage, language_of, stems_of
from assistant.searching.question_keys import load_keys
from scripts.fit_latent import fit


def likeness(one: tuple[str, StemLanguage], other: tuple[str, StemLanguage]) -> float:
    first, second = (
        latent_space().vector(stems_of(text, language), language) for text, language in (one, other)
    )
    return float(first @ second)


@pytest.mark.parametrize(
    ("said", "language", "law"),
    [
        ("boîte", "french", "entreprise"),
        ("bid bond", "english", "cautionnement provisoire"),
        ("how long is the bid binding", "english", "délai de validité des offres"),
        ("الضمان المؤقت", "arabic", "cautionnement provisoire"),
    ],
)
def test_what_means_the_same_is_nearer_than_what_does_not(
    said: str, language: StemLanguage, law: str
) -> None:
    assert likeness((said, language), (law, "french")) > 0.3
    assert likeness((said, language), ("jury du concours", "french")) < 0.2


def test_a_text_without_a_known_word_has_no_direction() -> None:
    assert not latent_space().vector(stems_of("xylophone", "french"), "french").any()


def test_nearly_every_question_key_has_a_direction() -> None:
    """A file made from other keys would not know their words: run `scripts.fit_latent` again."""
    keys = [key for keys in load_keys("2-22-431").values() for key in keys]

    known = [
        latent_space().vector(stems_of(key.question, language), language).any()
        for key in keys
        for language in (language_of(key.language),)
    ]

    assert np.mean(known) > 0.99


def test_words_of_the_same_paragraphs_are_near_and_survive_being_kept(tmp_path: Path) -> None:
    one, two, three = (("french", stem) for stem in (1, 2, 3))
    documents = [Counter([one, two])] * 4 + [Counter([three])] * 4

    fit(documents).save(tmp_path / "space.npz")

    space = LatentSpace.load(tmp_path / "space.npz")
    first, second, other = (space.vector([stem], language) for language, stem in (one, two, three))
    assert float(first @ second) == pytest.approx(1.0, abs=0.02)
    assert float(first @ other) == pytest.approx(0.0, abs=0.02)
