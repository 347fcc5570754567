"""Broken, encrypted, cyclic and bomb files: each is read or refused, and harms nothing."""

import re
import resource
from pathlib import Path

import pytest

from assistant.errors import UnreadableDocument
from assistant.reading.reading import read_pdf
from assistant.records import Reading

from .conftest import ROOT

FILES = sorted((ROOT.parent / "shared" / "data" / "hostile-pdfs").glob("*.pdf"))
BOMBS = ["made__double-flate-1GiB.pdf", "made__xform.pdf", "made__300000-page-refs.pdf"]


def read_or_refuse(path: Path) -> Reading | str:
    try:
        return read_pdf(path.name, path.read_bytes(), max_pages=250, max_megabytes=50)
    except UnreadableDocument as refusal:
        return str(refusal)


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_hostile_file_is_read_or_refused_in_a_sentence(path: Path) -> None:
    outcome = read_or_refuse(path)

    if isinstance(outcome, Reading):
        assert any(article.text for article in outcome.articles)
    else:  # the file, the cause, the remedy
        assert re.fullmatch(rf"«\s{re.escape(path.name)}\s»\s: [^.]+\. .+\.", outcome)


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_takes_no_memory_in_the_process_that_answers(shared_data: Path, name: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    read_or_refuse(shared_data / "hostile-pdfs" / name)

    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 100_000  # kilobytes


@pytest.mark.parametrize(
    ("name", "cause"),
    [
        ("encrypted-user-password-is-secret.pdf", "protégé par un mot de passe"),
        ("truncated-60pct.pdf", "tronqué"),
    ],
)
def test_a_spoiled_decree_is_refused_for_what_is_wrong_with_it(
    shared_data: Path, name: str, cause: str
) -> None:
    outcome = read_or_refuse(shared_data / "decret-2-22-431" / name)

    assert isinstance(outcome, str)
    assert cause in outcome
