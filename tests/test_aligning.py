"""A comparison quotes of both texts the paragraphs that rule the same thing."""

import pytest

from assistant.answering.aligning import signs_beside
from assistant.answering.asked_before import signs_of
from assistant.answering.wanted import wanted_by
from assistant.searching.results import Hit
from tests.test_extractive import a_hit, found

VALIDITY = "Les concurrents restent engagés par leurs offres pendant soixante jours."
JURY = "Le jury délibère à huis clos et consigne ses décisions dans un procès-verbal."


def test_the_paragraph_that_says_what_the_other_text_answers_with_is_raised() -> None:
    ours = a_hit("33", f"{JURY}\nLe délai de validité des offres est de trois mois.", 10.0)
    theirs = a_hit("36", VALIDITY, 10.0)
    result = found("Combien de jours les concurrents restent-ils engagés ?", ours, theirs)
    wanted = wanted_by(result.question, result.term_weights)

    alone, beside = signs_of(ours, result).near, signs_beside(ours, [theirs], result, wanted).near

    assert beside[1] > alone.get(1, 0.0)
    assert beside[1] > beside.get(0, 0.0)


@pytest.mark.parametrize("others", [[], [a_hit("1", "Xylophones.", 10.0)]])
def test_nothing_is_raised_beside_nothing(others: list[Hit]) -> None:
    ours = a_hit("33", f"{JURY}\n{VALIDITY}", 10.0)
    result = found("Combien de jours restent-ils engagés ?", ours)
    wanted = wanted_by(result.question, result.term_weights)

    near = signs_beside(ours, others, result, wanted).near

    assert sum(near.values()) == pytest.approx(sum(signs_of(ours, result).near.values()))
