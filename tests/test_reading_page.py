"""The page to read the law: what its address names, and what its controls make of it."""

import re
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

from assistant.ui.session import services as shared

from .conftest import ROOT

NUMBER = "9-20-202"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The specimen, once for all these tests: they change nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ASSISTANT_DATA_DIR", str(tmp_path_factory.mktemp("read")))
        patch.setenv("ASSISTANT_MODEL", "extractive")
        patch.setenv("ASSISTANT_ACCOUNTS", "off")
        for path in sorted((ROOT / "documents").glob("specimen-*.pdf")):
            shared().library.ingest(path.name, path.read_bytes())
        yield
        shared.close()


def read(**address: str) -> AppTest:
    """Open the page at an address."""
    app = AppTest.from_file(str(ROOT / "assistant/ui/shell.py"), default_timeout=30)
    app.switch_page("../../pages/lire.py")
    for name, value in address.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def shown(app: AppTest) -> str:
    """Everything that can be read on the page, as it is written."""
    kinds = ("title", "header", "markdown", "caption", "html", "error", "warning", "info")
    texts = [str(element.value) for kind in kinds for element in app.get(kind)]
    return "\n".join(texts).replace("\u00a0", " ").replace("\\", "")


def links(app: AppTest) -> dict[str, str]:
    return {link.proto.label: link.proto.query_string for link in app.get("page_link")}


@pytest.mark.usefixtures("served")
class TestReading:
    def test_without_an_address_the_texts_are_listed_that_in_force_first(self) -> None:
        app = read()

        assert [*links(app).values()] == ["instrument=9-20-202", "instrument=9-10-101"]
        assert shown(app).index("En vigueur") < shown(app).index("Abrogé")

    def test_the_table_of_a_text_shows_its_chapters_and_no_article_yet(self) -> None:
        app = read(instrument=NUMBER)

        assert "Chapitre premier" in app.expander[1].label
        assert links(app) == {}

    def test_an_open_chapter_leads_to_its_articles(self) -> None:
        app = read(instrument=NUMBER)

        document = shared().library.searched_document(NUMBER)
        app.session_state[f"chapitre-{document.id}-2"] = True
        app.run()

        assert links(app)["Lire d’un seul tenant"] == f"instrument={NUMBER}&chapitre=2"
        assert f"instrument={NUMBER}&article=2" in links(app).values()

    def test_an_address_opens_an_article_with_the_ones_around_it(self) -> None:
        app = read(instrument=NUMBER, article="7")

        assert "<h3>Article 7 – Bons de commande</h3>" in shown(app)
        assert links(app)["Article 6"] == f"instrument={NUMBER}&article=6"
        assert links(app)["Article 8"] == f"instrument={NUMBER}&article=8"

    def test_the_citation_and_the_address_are_there_to_be_copied(self) -> None:
        app = read(instrument=NUMBER, article="7")
        document = shared().library.searched_document(NUMBER)

        app.session_state[f"citer-{document.id}-7"] = True
        app.run()

        citation, address = [code.value for code in app.code]
        assert citation.startswith("article 7 du décret n° 9-20-202 du 31 mars 2020")
        assert citation.endswith("BO n° 9901 du 27 avril 2020, p. 3512")
        assert address.endswith(f"lire?instrument={NUMBER}&article=7")

    def test_an_address_can_name_a_place_in_the_article(self) -> None:
        app = read(instrument=NUMBER, article="2", endroit="paragraphe b")

        [marked] = re.findall("<mark>(.*?)</mark>", shown(app))
        assert marked.startswith("b) la régie communale des eaux")

    def test_references_are_links_within_the_text_and_both_ways(self) -> None:
        there = read(instrument=NUMBER, article="2")
        back = read(instrument=NUMBER, article="1")

        assert 'href="lire?instrument=9-20-202&amp;article=1"' in shown(there)
        assert 'href="lire?instrument=9-20-202&amp;article=2"' in shown(back)

    def test_a_chapter_is_read_in_one_piece(self) -> None:
        app = read(instrument=NUMBER, chapitre="2")

        [whole] = [e.value for e in app.get("html") if 'class="texte lecture"' in str(e.value)]
        assert re.findall("<h[45]><a[^>]*>(Article [^<]*) –", whole) == [
            "Article premier",
            "Article 2",
            "Article 3",
            "Article 4",
        ]

    def test_words_looked_for_are_counted_marked_and_lead_on(self) -> None:
        app = read(instrument=NUMBER, mots="bon de commande")

        assert re.search(r"\*\*\d+ articles\*\*, \d+ occurrences", shown(app))
        assert "<mark>bon</mark>" in shown(app)
        found = next(query for label, query in links(app).items() if "Article 7" in label)
        assert found == f"instrument={NUMBER}&article=7&mots=bon+de+commande"

    def test_words_stay_marked_in_the_article_and_lead_back(self) -> None:
        app = read(instrument=NUMBER, article="7", mots="bon de commande")

        assert '<mark class="mot">' in shown(app)
        assert f"instrument={NUMBER}&mots=bon+de+commande" in links(app).values()

    @pytest.mark.parametrize(
        ("typed", "address"),
        [
            ("7", {"article": "7"}),
            ("art. 2 al. 1", {"article": "2", "endroit": "alinéa 1"}),
            ("annexe 1", {"article": "annexe-1"}),
        ],
    )
    def test_a_number_that_is_typed_opens_its_article(
        self, typed: str, address: dict[str, str]
    ) -> None:
        app = read(instrument=NUMBER)

        app.text_input(key="law-article").set_value(typed).run()

        assert app.query_params == {"instrument": NUMBER, **address}

    def test_what_is_typed_and_is_no_article_is_said_to_be_none(self) -> None:
        app = read(instrument=NUMBER)

        app.text_input(key="law-article").set_value("bonjour <b>").run()

        assert "« bonjour <b> » ne désigne pas un article" in shown(app)

    @pytest.mark.parametrize(
        ("address", "sentence"),
        [
            ({"instrument": "2-99-999"}, "Le texte « 2-99-999 » n’est pas indexé."),
            ({"instrument": NUMBER, "article": "999"}, "Ce texte n’a pas d’article « 999 »."),
            ({"instrument": NUMBER, "chapitre": "99"}, "Ce texte n’a pas de chapitre « 99 »."),
        ],
    )
    def test_what_is_not_there_is_said_in_a_sentence_over_what_is(
        self, address: dict[str, str], sentence: str
    ) -> None:
        app = read(**address)

        assert sentence in shown(app)
        assert app.expander or links(app)

    def test_a_place_that_is_not_there_shows_the_whole_article(self) -> None:
        app = read(instrument=NUMBER, article="7", endroit="alinéa 99")

        assert "Cet article n’a pas de « alinéa 99 »" in shown(app)
        assert "<h3>Article 7" in shown(app)

    def test_nothing_of_an_address_comes_alive(self) -> None:
        evil = "<img src=x onerror=alert(1)>"
        for address in (
            {"instrument": evil},
            {"instrument": NUMBER, "article": evil},
            {"instrument": NUMBER, "article": "7", "endroit": evil, "mots": evil},
            {"instrument": NUMBER, "mots": evil},
        ):
            app = read(**address)
            written = [str(e.value) for e in app.get("html")]
            assert not any("<img" in text for text in written)

    def test_the_printed_pages_are_drawn_when_they_are_asked_for(self) -> None:
        app = read(instrument=NUMBER, article="7")
        assert not app.image

        app.toggle(key="law-printed").set_value(True).run()

        assert app.image
