"""Files that cannot be read: each is refused with a sentence to act on, and nothing is lost."""

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DictionaryObject, NameObject

from assistant.errors import UnreadableDocument
from assistant.reading.reading import read_pdf
from assistant.wiring import Services, open_services

from .conftest import make_settings

QUESTION = "Quel est le délai de validité des offres ?"


def written(writer: PdfWriter) -> bytes:
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def empty(_: bytes) -> bytes:
    return b""


def another_format(_: bytes) -> bytes:
    return b"PK\x03\x04 word/document.xml"


def protected(specimen: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(specimen)))
    writer.encrypt(user_password="secret", algorithm="AES-256")
    return written(writer)


def truncated(specimen: bytes) -> bytes:
    return specimen[: 6 * len(specimen) // 10]


def without_pages(_: bytes) -> bytes:
    return written(PdfWriter())


def without_text(_: bytes) -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)  # nothing to read, and no ink
    return written(writer)


def of_300_pages(_: bytes) -> bytes:
    writer = PdfWriter()
    for _number in range(300):
        writer.add_blank_page(width=595, height=842)
    return written(writer)


def oversized(specimen: bytes) -> bytes:
    return specimen + bytes(3_000_000)


BAD_FILES = [
    (empty, "le fichier est vide", "Téléchargez-le"),
    (another_format, "ce n’est pas un fichier PDF", "enregistrez-le au format PDF"),
    (protected, "protégé par un mot de passe", "une copie sans mot de passe"),
    (truncated, "le fichier est tronqué", "Téléchargez-le à nouveau"),
    (without_pages, "ne contient aucune page", "Vérifiez-le"),
    (without_text, "ne portent pas de texte", "Vérifiez le fichier"),
    (of_300_pages, "compte 300 pages, plus que les 250 admises", "Découpez-le"),
    (oversized, "pèse 3 Mo, plus que les 2 Mo admis", "Découpez-le"),
]
every_bad_file = pytest.mark.parametrize(
    ("spoil", "cause", "remedy"), BAD_FILES, ids=[case[0].__name__ for case in BAD_FILES]
)


@pytest.fixture(scope="module")
def specimen(specimens: list[Path]) -> bytes:
    return specimens[-1].read_bytes()  # the one in force


@pytest.fixture(scope="module")
def filled(specimen: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    folder = tmp_path_factory.mktemp("bad")
    opened = open_services(make_settings(folder, max_file_megabytes=2))
    opened.library.ingest("specimen.pdf", specimen)
    yield opened
    opened.close()


@every_bad_file
def test_the_refusal_names_the_file_the_cause_and_the_remedy(
    filled: Services, specimen: bytes, spoil: Callable[[bytes], bytes], cause: str, remedy: str
) -> None:
    report = filled.library.ingest("règlement n° 3.pdf", spoil(specimen))

    assert report.status == "failed"
    sentence = " ".join((report.error or "").split())
    assert sentence.startswith("« règlement n° 3.pdf »")
    assert cause in sentence
    assert remedy in sentence


@every_bad_file
def test_after_a_refusal_the_library_is_what_it_was_and_answers(
    filled: Services, specimen: bytes, spoil: Callable[[bytes], bytes], cause: str, remedy: str
) -> None:
    before = (filled.library.documents(), filled.indexes.passages.count())

    filled.library.ingest("mauvais.pdf", spoil(specimen))

    assert (filled.library.documents(), filled.indexes.passages.count()) == before
    assert filled.search.search(QUESTION).hits


def test_a_file_of_exactly_the_longest_length_is_not_refused_for_it(specimen: bytes) -> None:
    pages = len(PdfReader(io.BytesIO(specimen)).pages)

    reading = read_pdf("exact.pdf", specimen, max_pages=pages, max_megabytes=1)

    assert reading.page_count == pages


def test_a_file_that_only_restricts_its_owner_is_read(specimen: bytes) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(specimen)))
    writer.encrypt(user_password="", owner_password="propriétaire", algorithm="AES-256")

    reading = read_pdf("restreint.pdf", written(writer), max_pages=250, max_megabytes=2)

    assert reading.numbered_articles > 0


def test_a_blank_page_among_others_is_not_worth_a_warning(specimen: bytes) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(specimen)))
    writer.add_blank_page(width=595, height=842)

    reading = read_pdf("page blanche.pdf", written(writer), max_pages=250, max_megabytes=2)

    assert reading.warnings == read_pdf("a", specimen, max_pages=250, max_megabytes=2).warnings
    assert reading.ocr_pages == ()


def test_a_page_that_takes_too_much_memory_ends_its_own_process_only(shared_data: Path) -> None:
    bomb = PdfWriter(clone_from=shared_data / "hostile-pdfs" / "made__double-flate-1GiB.pdf")
    fonts = DictionaryObject({NameObject("/F"): DictionaryObject()})
    bomb.pages[0][NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})

    with pytest.raises(UnreadableDocument, match="limites de temps et de mémoire"):
        read_pdf("bombe.pdf", written(bomb), max_pages=250, max_megabytes=50)
