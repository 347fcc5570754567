"""Misread article numbers are repaired from their neighbours, and from nothing else."""

import pytest

from assistant.reading.headings import parse_article
from assistant.reading.misreadings import looks_misread, repair_numbers


def repaired(*texts: str) -> dict[int, str]:
    certain = {i: heading for i, text in enumerate(texts) if (heading := parse_article(text))}
    ranks = sorted(certain.items())
    rising = {i: h for i, h in ranks if all(h.rank < other.rank for j, other in ranks if j > i)}
    return repair_numbers(texts, rising)


@pytest.mark.parametrize("text", ["ART. l0. — Objet", "ART. 1O. – Objet", "ART, 10. — Objet"])
def test_a_misread_number_is_the_one_its_neighbours_leave(text: str) -> None:
    assert looks_misread(text)
    assert repaired("ART. 9. – Avant", text, "ART. 11. – Après") == {1: "10"}


@pytest.mark.parametrize(
    "texts",
    [
        ("ART. 9. – Avant", "ART. lO. — Objet", "ART. 10. – Après"),  # no room
        ("ART. 9. – Avant", "ART. l0. — Un", "ART. 1O. — Deux", "ART. 11. – Après"),  # which?
        ("ART. 9. – Avant", "ART. S7. — Objet", "ART. 11. – Après"),  # too far from 10
    ],
    ids=["no room", "two claims", "unlike"],
)
def test_without_evidence_nothing_is_repaired(texts: tuple[str, ...]) -> None:
    assert repaired(*texts) == {}


def test_a_reference_at_the_start_of_a_line_is_not_misread() -> None:
    assert not looks_misread("article l0 ci-dessus")
