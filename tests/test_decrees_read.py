"""The real decrees, read: every article, under its heading, on its page, with every word."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTItem
from pypdf import PdfReader

from assistant.reading.extraction import count_pages
from assistant.reading.extraction import extract_pages as extract_raw_pages
from assistant.reading.layout import lay_out
from assistant.reading.structure import body_pages
from assistant.records import Article, Reading

from .conftest import DECREE_2013, DECREE_2023

BODY = range(6, 94)  # 1-based pages of the 2023 decree after its cover and its contents


def fold(text: str | None) -> str:
    """Fold what the two sources print differently: spaces, dashes and apostrophes."""
    plain = re.sub(r"[-–—‐\u00ad]", "-", (text or "").replace("’", "'"))
    return "".join(plain.split()).lower()


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def letters(text: str) -> Counter[str]:
    return Counter(character for character in fold(text) if character.isalpha())


def without_furniture(page_text: str) -> str:
    """Leave out the first two lines: the running header, and the number at the foot."""
    header, number, text = page_text.split("\n", 2)
    assert "BULLETIN OFFICIEL" in header
    assert number.strip().isdigit()
    return text


def kept_words(reading: Reading) -> Counter[str]:
    """Count the words of every article, heading and, once each, division."""
    divisions = {a.path[: depth + 1] for a in reading.articles for depth in range(len(a.path))}
    kept = words(" ".join(path[-1] for path in divisions))
    for article in reading.articles:
        kept += words(f"{article.heading} {article.text}")
    return kept


def numbered(reading: Reading) -> list[Article]:
    return [article for article in reading.articles if article.is_numbered]


@pytest.fixture(scope="module")
def expected_2023(shared_data: Path) -> list[dict[str, Any]]:
    path = (shared_data / DECREE_2023).with_name("articles.json")
    articles: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))["articles"]
    return articles


def test_the_2023_decree_names_itself(decree_2023: Reading) -> None:
    assert decree_2023.instrument.number == "2-22-431"
    assert decree_2023.instrument.title == (
        "Décret n° 2-22-431 du 15 chaabane 1444 (8 mars 2023) relatif aux marchés publics"
    )


def test_the_2023_decree_has_93_pages_and_nothing_to_warn_of(decree_2023: Reading) -> None:
    assert (decree_2023.page_count, decree_2023.warnings) == (93, ())


def test_the_2023_decree_has_its_preamble_170_articles_in_order_and_4_annexes(
    decree_2023: Reading,
) -> None:
    assert [article.number for article in decree_2023.articles] == [
        "preambule",
        *(str(number) for number in range(1, 171)),
        *(f"annexe-{number}" for number in range(1, 5)),
    ]


def test_the_headings_are_the_printed_ones(
    decree_2023: Reading, expected_2023: list[dict[str, Any]]
) -> None:
    different = [
        (article.heading, expected["heading_line"], expected["title"])
        for article, expected in zip(numbered(decree_2023), expected_2023, strict=True)
        if not fold(article.heading).startswith(fold(expected["heading_line"]))
        or not fold(article.heading).endswith(fold(expected["title"]))
    ]

    assert different == []


def test_each_article_starts_on_its_page_under_its_three_numbers(
    decree_2023: Reading, expected_2023: list[dict[str, Any]]
) -> None:
    starts = [
        (a.number, a.pages[0].pdf, a.pages[0].printed, a.pages[0].bo) for a in numbered(decree_2023)
    ]

    assert starts == [
        (str(e["num"]), e["pdf_page"], e["printed_page"], e["bo_page"]) for e in expected_2023
    ]


def test_each_article_ends_on_its_page(
    decree_2023: Reading, expected_2023: list[dict[str, Any]]
) -> None:
    ends = [(a.number, a.pages[-1].pdf) for a in numbered(decree_2023)]

    assert ends == [(str(e["num"]), e["pdf_page_end"]) for e in expected_2023]


def test_each_article_stands_under_its_chapter_section_and_sub_section(
    decree_2023: Reading, expected_2023: list[dict[str, Any]]
) -> None:
    paths = [[fold(division) for division in a.path] for a in numbered(decree_2023)]

    assert paths == [
        [fold(e[level]) for level in ("chapitre", "section", "sous_section") if e[level]]
        for e in expected_2023
    ]


def test_the_words_of_each_article_are_in_the_order_of_the_text(
    decree_2023: Reading, expected_2023: list[dict[str, Any]]
) -> None:
    def grams(text: str) -> Counter[tuple[str, ...]]:
        tokens = re.findall(r"\w+", text.lower())
        return Counter(zip(*(tokens[n:] for n in range(5)), strict=False))

    lost = [
        article.number
        for article, expected in zip(numbered(decree_2023), expected_2023, strict=True)
        if (grams(expected["text"]) - grams(article.text)).total() > 0
    ]

    assert lost == []


def test_no_word_of_the_2023_decree_is_lost(shared_data: Path, decree_2023: Reading) -> None:
    by_page = (shared_data / DECREE_2023).with_name("text-by-page.txt").read_text("utf-8")
    pages = re.split(r"--- PAGE \d+ ---", by_page)[1:]
    printed = words(" ".join(pages[page - 1] for page in BODY))

    lost = printed - kept_words(decree_2023)

    assert lost.total() <= 0.005 * printed.total()


def test_no_word_that_another_program_reads_is_lost(
    shared_data: Path, decree_2023: Reading
) -> None:
    pages = PdfReader(shared_data / DECREE_2023).pages
    sample = BODY[::5]  # all of them take this program as long as the whole reading
    printed = words(" ".join(without_furniture(pages[page - 1].extract_text()) for page in sample))

    lost = printed - kept_words(decree_2023)

    assert lost.total() <= 0.005 * printed.total()


def test_the_lines_said_to_stand_on_a_page_are_those_another_program_reads_on_it(
    shared_data: Path, decree_2023: Reading
) -> None:
    page = 57
    printed = PdfReader(shared_data / DECREE_2023).pages[page - 1].extract_text()

    held = "".join(
        [a.text[s.start : s.end] for a in decree_2023.articles for s in a.spans if s.page == page]
        + [a.heading for a in decree_2023.articles if a.heading_boxes and a.page == page]
    )

    assert letters(held) == letters(without_furniture(printed))


@pytest.mark.parametrize("furniture", ["Nº 7184", "15 ramadan 1444 (6-4-2023)"])
def test_no_article_holds_a_running_header(decree_2023: Reading, furniture: str) -> None:
    holding = [a.number for a in numbered(decree_2023) if fold(furniture) in fold(a.text)]

    assert holding == []


def test_no_article_holds_a_page_number(decree_2023: Reading) -> None:
    alone = [
        (article.number, line)
        for article in decree_2023.articles
        for line in article.text.splitlines()
        if re.fullmatch(r"\d{1,4}", line.strip())
    ]

    assert alone == []


def test_the_spans_of_an_article_cover_its_text(decree_2023: Reading) -> None:
    uncovered = []
    for article in decree_2023.articles:
        held = list(article.text)
        for span in article.spans:
            held[span.start : span.end] = " " * (span.end - span.start)
        if "".join(held).strip():
            uncovered.append(article.number)

    assert uncovered == []


def test_the_spans_of_an_article_follow_each_other(decree_2023: Reading) -> None:
    for article in decree_2023.articles:
        starts = [span.start for span in article.spans]
        assert starts == sorted(set(starts)), article.number


def test_every_box_lies_inside_its_page(decree_2023: Reading) -> None:
    width, height = 596.0, 843.0  # A4, in points
    outside = [
        box
        for article in decree_2023.articles
        for box in (*article.heading_boxes, *article.boxes(0, len(article.text)))
        if not (0 <= box[1] < box[3] <= width and 0 <= box[2] < box[4] <= height)
    ]

    assert outside == []


@pytest.mark.parametrize("page", [20, 63, 90], ids=["two columns", "a section", "an annexe"])
def test_a_box_encloses_the_words_printed_there(
    shared_data: Path, decree_2023: Reading, page: int
) -> None:
    characters = characters_of(shared_data / DECREE_2023, page)
    spans = [(a, s) for a in decree_2023.articles for s in a.spans if s.page == page]

    different = []
    for article, span in spans:
        x0, y0, x1, y1 = span.box
        inside = [c for c in characters if x0 <= c[1] <= x1 and y0 <= c[2] <= y1]
        printed = fold("".join(c[0] for c in sorted(inside, key=lambda c: c[1])))
        text = fold(article.text[span.start : span.end])
        if printed.removesuffix("-") != text.removesuffix("-"):
            different.append((article.number, text, printed))

    assert spans
    assert different == []


def characters_of(path: Path, page: int) -> list[tuple[str, float, float]]:
    """Give each character with the middle of its box, from the top left, as pdfminer draws it."""
    [layout] = extract_pages(path, page_numbers=[page - 1], laparams=None)

    def characters(item: LTItem) -> list[LTChar]:
        if isinstance(item, LTChar):
            return [item]
        return [c for child in item for c in characters(child)] if hasattr(item, "__iter__") else []

    return [
        (c.get_text(), (c.x0 + c.x1) / 2, layout.height - (c.y0 + c.y1) / 2)
        for c in characters(layout)
    ]


def test_the_owner_s_restrictions_do_not_keep_a_decree_from_being_read(shared_data: Path) -> None:
    path = (shared_data / DECREE_2023).with_name("encrypted-owner-only.pdf")

    assert count_pages(path.name, path.read_bytes()) == 93


def test_every_word_of_a_body_page_stands_in_an_article(
    shared_data: Path, decree_2013: Reading
) -> None:
    path = shared_data / DECREE_2013
    raw = extract_raw_pages(path.name, path.read_bytes(), 49, lambda _done, _total: None)
    body = words(" ".join(line.text for page in body_pages(lay_out(raw)) for line in page.lines))

    lost = body - kept_words(decree_2013)

    assert lost.total() <= 0.005 * body.total()
