"""The lexicon on the screen, run by Streamlit's own test runner."""

import pytest
from streamlit.testing.v1 import AppTest

from assistant.ui.session import services as shared

from .opened_app import app, click, data_dir, empty_app, shown

__all__ = ["app", "data_dir", "empty_app"]

LEXICON = "../../pages/lexique.py"


@pytest.fixture
def lexicon(app: AppTest) -> AppTest:
    return app.switch_page(LEXICON).run()


def add_to_lexicon(app: AppTest, said: str, law: str) -> AppTest:
    app.text_input[0].set_value(said)
    app.text_input[1].set_value(law)
    return click(app, "Ajouter au lexique")


def search_lexicon(app: AppTest, text: str) -> AppTest:
    return app.text_input(key="lexicon-search").set_value(text).run()


def test_an_expression_that_is_added_is_shown_and_counts_in_questions(lexicon: AppTest) -> None:
    add_to_lexicon(lexicon, "papier bleu", "bon de commande ; plafond")

    assert "« papier bleu » est au lexique" in lexicon.success[0].value.replace("\u00a0", " ")
    assert not lexicon.warning
    assert "**papier bleu** → bon de commande ; plafond" in shown(lexicon)
    assert shared().lexicon.lexicon().expand("papiers bleus") == ["bon de commande", "plafond"]


def test_an_expression_whose_law_words_no_text_uses_is_kept_with_a_warning(
    lexicon: AppTest,
) -> None:
    add_to_lexicon(lexicon, "papier bleu", "hippopotame")

    assert "« hippopotame »" in lexicon.warning[0].value.replace("\u00a0", " ")
    assert shared().lexicon.lexicon().expand("papier bleu") == ["hippopotame"]


@pytest.mark.parametrize(
    ("said", "law", "sentence"),
    [
        ("", "bon de commande", "L’expression est vide"),
        ("papier bleu", " ; ", "Les mots du texte manquent"),
        ("papier bleu " * 20, "bon de commande", "plus que les 100 admis"),
    ],
)
def test_an_expression_that_cannot_be_kept_is_refused_in_a_sentence(
    lexicon: AppTest, said: str, law: str, sentence: str
) -> None:
    add_to_lexicon(lexicon, said, law)

    assert sentence in shown(lexicon)
    assert not lexicon.success


def test_an_expression_that_was_added_can_be_deleted(lexicon: AppTest) -> None:
    add_to_lexicon(lexicon, "papier bleu", "bon de commande")

    click(search_lexicon(lexicon, "PAPIER BLEU"), "Supprimer")

    assert "Aucune expression du lexique" in lexicon.info[0].value
    assert shared().lexicon.lexicon().expand("papier bleu") == []


def test_an_expression_that_is_switched_off_no_longer_counts(lexicon: AppTest) -> None:
    search_lexicon(lexicon, "garantie de soumission")

    lexicon.toggle[0].set_value(False).run()

    assert lexicon.toggle[0].value is False
    found = shared().lexicon.lexicon().expand("garantie de soumission")
    assert "cautionnement provisoire" not in found


def test_the_lexicon_is_not_shown_whole(lexicon: AppTest) -> None:
    assert len(lexicon.toggle) == 30
    assert "les 30 premières sont montrées" in shown(lexicon)
