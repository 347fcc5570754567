"""The dossier of an answer: what stands in it, read back from each kind of file."""

import hashlib
import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pypdf
import pytest
from sqlalchemy import update

from assistant.answering.citations import REREAD
from assistant.dossiers.as_html import dossier_html
from assistant.dossiers.as_json import dossier_json
from assistant.dossiers.as_pdf import dossier_pdf
from assistant.dossiers.records import Dossier
from assistant.errors import UnknownAnswer
from assistant.storage.tables import ArticleRow
from assistant.wiring import Services, open_services

from .conftest import make_settings
from .injections import FILE_NAME, MARKUP, VISIBLE

CEILING = "Quel est le plafond des bons de commande ?"
OUR_TAGS = {
    *("html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "p", "mark"),
    *("table", "tr", "th", "td", "code", "figure", "img", "figcaption"),
}
WHO = "Amina <b>B.</b> أمينة"


def dossier_of(services: Services, question: str) -> Dossier:
    return make(services, services.answering.ask(question).id or "", question)


def make(services: Services, answer_id: str, typed: str) -> Dossier:
    return services.dossiers.make(
        answer_id,
        typed=typed,
        made_by=WHO,
        made_at=datetime(2026, 11, 27, 9, 12, tzinfo=UTC),
        known=services.instruments.instruments(),
    )


def words(text: str) -> str:
    """A text without the white space that lines and typography put in it."""
    return re.sub(r"\s", "", text)


@pytest.fixture(scope="module")
def specimen(specimens: list[Path]) -> Path:
    return specimens[1]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, specimen: Path) -> Iterator[Services]:
    """The specimen, once for the tests that only ask."""
    opened = open_services(make_settings(tmp_path_factory.mktemp("dossiers")))
    opened.library.ingest(specimen.name, specimen.read_bytes())
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def dossier(served: Services) -> Dossier:
    return dossier_of(served, CEILING)


def test_a_pdf_read_back_has_the_question_the_quotation_the_page_and_the_hash(
    dossier: Dossier, specimen: Path
) -> None:
    read = pypdf.PdfReader(io.BytesIO(dossier_pdf(dossier)))

    text = words(" ".join(page.extract_text() for page in read.pages))
    citation = dossier.answer.citations[0]
    digest = hashlib.sha256(specimen.read_bytes()).hexdigest()
    for expected in (
        CEILING,
        dossier.answer.regime.basis,
        "Article 7 – Bons de commande",
        citation.quote,
        f"p. {citation.bo_page}",
        f"Page {citation.page} du PDF",
        digest,
        "Amina <b>B.</b>",
        "extractive",
        dossier.version,
    ):
        assert words(expected) in text, expected
    assert sum(len(page.images) for page in read.pages) == len(dossier.sources[0].pages) == 1


def test_an_arabic_question_is_written_in_its_letters(served: Services) -> None:
    question = "ما هو سقف سندات الطلب؟"

    read = pypdf.PdfReader(io.BytesIO(dossier_pdf(dossier_of(served, question))))

    assert words(question) in words(read.pages[0].extract_text())


def test_the_json_gives_the_answer_and_the_articles_it_quotes(
    dossier: Dossier, specimen: Path
) -> None:
    read = json.loads(dossier_json(dossier))

    [source] = [s for s in read["sources"] if s["title"].startswith("Article 7")]
    for quotation in source["quotations"]:
        start = quotation["start"]
        assert (
            source["article"]["text"][start : start + len(quotation["text"])] == (quotation["text"])
        )
    assert read["answer"]["question"] == CEILING
    assert source["sha256"] == hashlib.sha256(specimen.read_bytes()).hexdigest()
    assert source["pages"][0]["png"].startswith("iVBORw0KGgo")


class _Page(HTMLParser):
    """What a browser would do with a page: its tags, and what they would fetch."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.fetched: list[str] = []
        self.handlers: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.fetched += [v or "" for k, v in attrs if k in ("src", "href", "action", "data")]
        self.handlers += [k for k, _ in attrs if k.startswith("on")]


def test_hostile_text_is_written_literally_and_nothing_is_fetched(services: Services) -> None:
    services.library.ingest(FILE_NAME, VISIBLE.pdf())

    written = dossier_html(dossier_of(services, f"{VISIBLE.question(0)} {MARKUP[5]}"))

    page = _Page(written)
    assert page.tags <= OUR_TAGS
    assert page.handlers == []
    assert all(address.startswith("data:image/png;base64,") for address in page.fetched)
    assert "Amina &lt;b&gt;B.&lt;/b&gt;" in written


def test_the_quotation_is_marked_in_the_article(dossier: Dossier) -> None:
    written = dossier_html(dossier)

    [first, *_] = re.findall(r"<mark>(.*?)</mark>", written)
    assert words(first) in words(dossier.answer.citations[0].quote)


def test_of_a_deleted_document_the_quotation_stays(services: Services, specimen: Path) -> None:
    services.library.ingest(specimen.name, specimen.read_bytes())
    answer = services.answering.ask(CEILING)
    services.library.remove(services.library.documents()[0].id)

    dossier = make(services, answer.id or "", CEILING)

    written = dossier_html(dossier)
    assert "Le document a été supprimé depuis" in written
    assert words(answer.citations[0].quote[:60]) in words(written)
    assert dossier_pdf(dossier).startswith(b"%PDF")


@pytest.mark.parametrize(
    "change", [{"text": "Un texte relu autrement. " + ArticleRow.text}, {"number": "7 bis"}]
)
def test_of_an_article_that_was_read_anew_the_quotation_stays_as_it_was(
    services: Services, specimen: Path, change: dict[str, Any]
) -> None:
    services.library.ingest(specimen.name, specimen.read_bytes())
    answer = services.answering.ask(CEILING)
    cited = answer.citations[0]
    with services.database.session() as session:
        session.execute(update(ArticleRow).where(ArticleRow.number == cited.article).values(change))
    services.library._article.cache_clear()

    dossier = make(services, answer.id or "", CEILING)

    [source, *_] = dossier.sources
    assert (source.article, source.is_reread, len(source.pages)) == (None, True, 1)
    written = dossier_html(dossier)
    assert words(REREAD) in words(written)
    assert "supprimé depuis" not in written
    assert words(cited.quote[:60]) in words(written)
    assert "<mark>" not in written
    assert dossier_pdf(dossier).startswith(b"%PDF")
    assert json.loads(dossier_json(dossier))["sources"][0]["reread"]


def test_an_answer_that_is_not_kept_has_no_dossier(services: Services) -> None:
    with pytest.raises(UnknownAnswer):
        make(services, "0" * 32, "")
