"""What tests share: the data beside the checkout, and services on folders of their own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.reading.article_documents import article_documents
from assistant.reading.reader import LawReader
from assistant.reading.reading import read_pdf
from assistant.records import Reading
from assistant.searching.passage_nodes import PassageParser
from assistant.settings import Settings
from assistant.wiring import Services, open_services

from .open_library import OpenLibrary, open_library_of

ROOT = Path(__file__).parents[1]
DECREE_2023 = "decret-2-22-431/decret-2-22-431-fr.pdf"
DECREE_2013 = "decret-2-12-349/decret-2-12-349-fr-traduction.pdf"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real decrees are not beside this checkout (../shared/data)")
    return folder


@pytest.fixture(scope="session")
def specimens() -> list[Path]:
    return sorted((ROOT / "documents").glob("specimen-*.pdf"))


@pytest.fixture(scope="session")
def specimen(specimens: list[Path]) -> Path:
    return specimens[-1]


@pytest.fixture(scope="session")
def specimen_passages(specimen: Path) -> int:
    """How many passages the specimen has."""
    reading = LawReader().read(specimen.name, specimen.read_bytes())
    documents = article_documents(reading, document_id="specimen")
    return len(PassageParser().get_nodes_from_documents(documents))


@pytest.fixture(autouse=True)
def one_desk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody signs in, in the tests that are not about accounts."""
    monkeypatch.setenv("ASSISTANT_ACCOUNTS", "off")


def make_settings(folder: Path, **changes: object) -> Settings:
    """Settings that read neither the environment nor a `.env` file."""
    given = {"data_dir": folder, "model": "extractive", "accounts": False, **changes}
    return Settings.model_validate(Settings.model_construct().model_dump() | given)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    opened = open_services(make_settings(tmp_path / "data"))
    yield opened
    opened.close()


@pytest.fixture
def specimen_services(services: Services, specimens: list[Path]) -> Services:
    for path in specimens:
        services.library.ingest(path.name, path.read_bytes())
    return services


@pytest.fixture(scope="session")
def decree_2023(shared_data: Path) -> Reading:
    path = shared_data / DECREE_2023
    return read_pdf(path.name, path.read_bytes(), max_pages=250, max_megabytes=50)


@pytest.fixture(scope="session")
def decree_2013(shared_data: Path) -> Reading:
    path = shared_data / DECREE_2013
    return read_pdf(path.name, path.read_bytes(), max_pages=250, max_megabytes=50)


@pytest.fixture(scope="session")
def decree_services(
    shared_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Services]:
    """Both real decrees indexed, once for all tests: they must not change it."""
    opened = open_services(make_settings(tmp_path_factory.mktemp("decrees")))
    for name in (DECREE_2023, DECREE_2013):
        path = shared_data / name
        report = opened.library.ingest(path.name, path.read_bytes())
        assert report.status == "indexed", report.error
    yield opened
    opened.close()


@pytest.fixture
def reopen(tmp_path: Path) -> Iterator[Callable[..., OpenLibrary]]:
    """Open the library of one folder again and again, as restarts do."""
    opened: list[OpenLibrary] = []

    def open_again(reader: LawReader | None = None, **options: object) -> OpenLibrary:
        while opened:
            opened.pop().close()
        opened.append(open_library_of(tmp_path, reader, **options))  # type: ignore[arg-type]
        return opened[0]

    yield open_again
    while opened:
        opened.pop().close()
