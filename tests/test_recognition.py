"""Pages without text are recognised, once, in place; pages with text never are."""

import io
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from PIL import Image, ImageDraw
from pypdf import PdfReader, PdfWriter

from assistant.errors import UnreadableDocument
from assistant.reading.reading import Step, read_pdf, unnoticed
from assistant.records import Article, Reading
from assistant.wiring import Services

from .conftest import ROOT
from .scans import need_tesseract, path_without_tesseract, pictures_of, scan_of

KILLED_WHILE_RECOGNISING = """
import os, signal, sys
from pathlib import Path
from assistant.reading.reading import read_pdf, Step

def on_page(done, total, step=Step.READING):
    if step == Step.RECOGNISING and done == 2:
        os.kill(os.getpid(), signal.SIGKILL)

path = Path(sys.argv[1])
read_pdf(path.name, path.read_bytes(), max_pages=250, max_megabytes=50,
         on_page=on_page, kept_in=Path(sys.argv[2]))
"""


class Counter:
    """Notes how many pages were recognised, of how many, each time."""

    def __init__(self) -> None:
        self.told: list[tuple[int, int]] = []

    def __call__(self, done: int, total: int, step: Step = Step.READING, /) -> None:
        if step == Step.RECOGNISING:
            self.told.append((done, total))


def read(data: bytes, **options: object) -> Reading:
    given = {"max_pages": 250, "max_megabytes": 50, **options}
    return read_pdf("scan.pdf", data, **given)  # type: ignore[arg-type]


def numbers(reading: Reading) -> list[str]:
    return [article.number for article in reading.articles]


def words(articles: Iterator[Article] | tuple[Article, ...]) -> list[str]:
    return " ".join(article.text for article in articles).split()


@pytest.fixture(scope="module")
def specimen(specimens: list[Path]) -> bytes:
    return specimens[-1].read_bytes()


@pytest.fixture(scope="module")
def pictures(specimen: bytes) -> list[Image.Image]:
    need_tesseract()
    return pictures_of(specimen, range(1, 6), dpi=200)


@pytest.fixture(scope="module")
def scan(pictures: list[Image.Image]) -> bytes:
    return scan_of(pictures, dpi=200)


@pytest.fixture(scope="module")
def scan_read(scan: bytes) -> Reading:
    return read(scan)


def test_the_articles_of_a_scan_are_those_of_the_text(specimen: bytes, scan_read: Reading) -> None:
    assert numbers(scan_read) == numbers(read(specimen))
    assert scan_read.ocr_pages == (1, 2, 3, 4, 5)


def test_nearly_every_word_of_a_scan_is_the_printed_one(
    specimen: bytes, scan_read: Reading
) -> None:
    printed, found = words(read(specimen).articles), words(scan_read.articles)

    assert len(set(printed) & set(found)) > 0.9 * len(set(printed))


def test_every_recognised_line_has_a_confidence_and_no_printed_one(
    specimen: bytes, scan_read: Reading
) -> None:
    recognised = [span.confidence for article in scan_read.articles for span in article.spans]
    printed = [span.confidence for article in read(specimen).articles for span in article.spans]

    assert all(sure is not None and 0.0 <= sure <= 1.0 for sure in recognised)
    assert median(sure for sure in recognised if sure is not None) > 0.9
    assert set(printed) == {None}


def test_a_warning_names_the_pages_that_were_recognised(scan_read: Reading) -> None:
    assert "Pages lues par reconnaissance de caractères\xa0: 1 à 5." in scan_read.warnings[0]


def test_good_pages_are_never_recognised(specimens: list[Path]) -> None:
    counter = Counter()

    readings = [read(path.read_bytes(), on_page=counter) for path in specimens]

    assert counter.told == []
    assert [reading.ocr_pages for reading in readings] == [(), ()]


def test_only_the_pages_that_need_it_are_recognised(specimen: bytes, scan: bytes) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(specimen)))
    writer.insert_page(PdfReader(io.BytesIO(scan)).pages[2], 2)
    del writer.pages[3]
    target = io.BytesIO()
    writer.write(target)
    counter = Counter()

    reading = read(target.getvalue(), on_page=counter)

    assert reading.ocr_pages == (3,)
    assert counter.told == [(0, 1), (1, 1)]
    assert numbers(reading) == numbers(read(specimen))


@pytest.mark.parametrize("turn", [1.5, -2.0, 90.0, 180.0], ids=str)
def test_a_turned_scan_is_read_and_its_boxes_lie_where_its_lines_do(
    pictures: list[Image.Image], turn: float
) -> None:
    level = pictures[2]
    turned = level.rotate(turn, expand=turn >= 90, fillcolor=255)

    straight = read(scan_of([level], dpi=200))
    reading = read(scan_of([turned], dpi=200))

    assert numbers(reading) == numbers(straight)
    picture = turned.resize((turned.width * 72 // 200, turned.height * 72 // 200))
    for span in reading.articles[-1].spans:
        assert picture.crop(tuple(round(v) for v in span.box)).getextrema()[0] < 128  # type: ignore[arg-type,operator]


def test_a_killed_reading_goes_on_where_it_was(scan: bytes, tmp_path: Path) -> None:
    path, kept = tmp_path / "scan.pdf", tmp_path / "ocr"
    path.write_bytes(scan)
    child = subprocess.run(
        [sys.executable, "-c", KILLED_WHILE_RECOGNISING, str(path), str(kept)],
        cwd=ROOT,
        check=False,
    )
    assert child.returncode == -signal.SIGKILL
    done = len(list(kept.glob("*/*/*.json")))
    counter = Counter()

    reading = read(scan, on_page=counter, kept_in=kept)

    assert done >= 2
    assert counter.told == [(number, 5) for number in range(done, 6)]
    assert reading.ocr_pages == (1, 2, 3, 4, 5)
    assert list(kept.rglob("*.partial")) == []


def test_a_spoilt_kept_page_is_recognised_again(scan: bytes, tmp_path: Path) -> None:
    read(scan, kept_in=tmp_path)
    [first] = tmp_path.glob("*/*/1.json")
    first.write_text(first.read_text("utf-8")[:100], "utf-8")
    counter = Counter()

    read(scan, on_page=counter, kept_in=tmp_path)

    assert counter.told == [(4, 5), (5, 5)]
    assert json.loads(first.read_text("utf-8"))["number"] == 1


def test_once_published_nothing_is_kept_of_a_scan(services: Services, scan: bytes) -> None:
    report = services.library.ingest("scan.pdf", scan, unnoticed)

    assert report.status == "indexed"
    assert report.document is not None
    assert report.document.ocr_page_count == 5
    assert list((services.settings.data_dir / "ocr").iterdir()) == []


def test_without_tesseract_a_scan_is_refused_with_what_installs_it(
    scan: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", path_without_tesseract())

    with pytest.raises(UnreadableDocument, match="apt-get install tesseract-ocr tesseract-ocr-fra"):
        read(scan)


def test_without_tesseract_the_pages_that_need_it_are_named(
    specimen: bytes, scan: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(specimen)))
    writer.add_page(PdfReader(io.BytesIO(scan)).pages[0])
    target = io.BytesIO()
    writer.write(target)
    monkeypatch.setenv("PATH", path_without_tesseract())

    reading = read(target.getvalue())

    assert reading.ocr_pages == ()
    assert any("lisible\xa0: 6." in w and "make system" in w for w in reading.warnings)


def test_a_picture_without_text_is_told_and_not_indexed(specimen: bytes) -> None:
    need_tesseract()
    picture = Image.new("L", (1000, 1400), 255)
    draw = ImageDraw.Draw(picture)
    for step in range(0, 1400, 14):
        draw.line((0, step, 1000, 1400 - step), fill=0)

    with pytest.raises(UnreadableDocument, match="aucun texte français"):
        read(scan_of([picture]))


TWO_LAWS = [
    *(f"{number} (dahir n° 1-83-229, loi n° 3-82)" for number in (1, 2, 3)),
    *(f"{number} (dahir n° 1-83-230, loi n° 12-81)" for number in (1, 2)),
]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("decret-2-22-431/vector-outlines-p6-17.pdf", [str(n) for n in range(1, 22)]),
        ("other-pdfs/loi_12-81_absence_irreguliere_fr.pdf", TWO_LAWS),
        ("other-pdfs/avis-2025-scan.pdf", []),
    ],
)
def test_the_articles_of_real_scans_are_found(
    shared_data: Path, name: str, expected: list[str]
) -> None:
    need_tesseract()

    reading = read((shared_data / name).read_bytes())

    assert [a.number for a in reading.articles if a.is_numbered] == expected
    assert len(reading.ocr_pages) == reading.page_count
