"""A source, opened: the quotation in its article, its printed page, and the ways on from it."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from assistant.searching.instruments import KnownInstrument
from assistant.storage.tables import ArticleRow
from assistant.ui.badges import status_line
from assistant.ui.session import services as shared

from .conftest import ROOT
from .opened_app import shown

CEILING = "Quel est le plafond des bons de commande ?"


@pytest.fixture(scope="module")
def specimen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The specimen is indexed once for all these tests."""
    path = ROOT / "documents" / "specimen-decret-9-20-202.pdf"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSISTANT_DATA_DIR", str(tmp_path_factory.mktemp("cited")))
        patch.setenv("ASSISTANT_MODEL", "extractive")
        patch.setenv("ASSISTANT_ACCOUNTS", "off")
        shared().library.ingest(path.name, path.read_bytes())
        yield path
        shared.close()


@pytest.fixture
def asked(specimen: Path) -> AppTest:
    """A question that was asked of it, in a browser of its own."""
    app = AppTest.from_file(str(ROOT / "assistant/ui/shell.py"), default_timeout=30).run()
    return app.chat_input[0].set_value(CEILING).run()


def open_source(app: AppTest) -> str:
    """Open the first source; gives the HTML of its article."""
    key = re.sub(r"^\$\$ID-\w+-", "", app.expander[0].proto.id)
    app.session_state[key] = True
    app.run()
    assert not app.exception
    return next(str(e.value) for e in app.expander[0].get("html"))


def test_an_open_source_shows_the_quotation_with_the_words_asked_for_and_its_page(
    asked: AppTest,
) -> None:
    article = open_source(asked)

    quote = re.search(r"<mark>(.*?)</mark>(?!<mark)", article, re.DOTALL)
    assert quote
    assert '<mark class="mot">bon</mark>' in article
    assert "page du Bulletin officiel" in article
    assert "En vigueur" in asked.expander[0].markdown[0].value
    assert len(asked.image) == 1


def test_its_references_open_on_the_reading_page(asked: AppTest) -> None:
    article = open_source(asked)

    addresses = re.findall(r'href="([^"]*)"', article)
    assert all(re.fullmatch(r"lire\?instrument=9-20-202&amp;article=\w+.*", a) for a in addresses)


def test_a_source_leads_to_the_articles_around_it_and_to_the_whole_text(asked: AppTest) -> None:
    open_source(asked)

    links = {link.proto.label: link.proto.query_string for link in asked.get("page_link")}
    assert links["Lire dans le texte"].startswith("instrument=9-20-202&article=7")
    assert links["Article 6"] == "instrument=9-20-202&article=6"
    assert links["Article 8"] == "instrument=9-20-202&article=8"


def test_a_source_of_a_deleted_document_keeps_its_quotation(asked: AppTest, specimen: Path) -> None:
    shared().library.remove(shared().library.searched_document("9-20-202").id)
    try:
        article = open_source(asked)
    finally:
        shared().library.ingest(specimen.name, specimen.read_bytes())

    assert "Ce document a été supprimé depuis" in shown(asked)
    assert "85.000" in article


def test_a_source_that_was_read_anew_keeps_its_quotation_and_its_page(
    asked: AppTest, specimen: Path
) -> None:
    with shared().database.session() as session:
        reread = "Un texte relu autrement. " + ArticleRow.text
        session.execute(update(ArticleRow).where(ArticleRow.number == "7").values(text=reread))
    shared().library._article.cache_clear()
    try:
        article = open_source(asked)
    finally:
        shared().library.remove(shared().library.searched_document("9-20-202").id)
        shared().library.ingest(specimen.name, specimen.read_bytes())

    assert "a été relu depuis cette réponse" in shown(asked)
    assert "supprimé" not in shown(asked)
    assert "relu autrement" not in article
    assert "85.000" in article
    assert len(asked.image) == 1


REPEALED = KnownInstrument(
    *("2-12-349", "décret", "marchés publics", date(2014, 1, 1), date(2023, 8, 31), "art. 173")
)


@pytest.mark.parametrize(
    ("launched", "line"),
    [
        (None, ":red-badge[Abrogé] le 01/09/2023."),
        (
            date(2022, 5, 16),
            ":orange-badge[Transitoire] Abrogé le 01/09/2023. "
            "Il régit encore la procédure lancée le 16/05/2022.",
        ),
        (date(2024, 5, 16), ":red-badge[Abrogé] le 01/09/2023."),
    ],
    ids=["asked for itself", "launched under it", "launched after it"],
)
def test_the_status_of_a_repealed_text_depends_on_the_launch(
    launched: date | None, line: str
) -> None:
    assert status_line(REPEALED, launched).replace("\\", "").replace("\u00a0", " ") == line


def test_under_an_answer_its_dossier_is_offered_and_made_once_it_is_opened(
    asked: AppTest,
) -> None:
    turn = re.findall(r"source-(\d+)-1$", asked.expander[0].proto.id)[0]
    assert "Télécharger en PDF" not in [b.label for b in asked.get("download_button")]

    asked.session_state[f"dossier-{turn}"] = True
    asked.run()

    labels = [button.label for button in asked.get("download_button")]
    assert [label for label in labels if "PDF" in label] == ["Télécharger en PDF"]
    assert not asked.error
