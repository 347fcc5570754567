"""Who is on a commission, and what limits a rule: quoted with it."""

import pytest

from tests.test_quotations import FILLER, all_quoted, an_article


@pytest.mark.parametrize(
    "question", ["Qui compose la commission ?", "Quelle est la composition de la commission ?"]
)
def test_who_a_commission_is_made_of_asks_for_a_list(question: str) -> None:
    text = "La commission comprend :\n– le président ;\n– deux membres.\nElle se réunit."

    [quote] = all_quoted(an_article(text), question, room=400)

    assert quote == "La commission comprend :\n– le président ;\n– deux membres."


def test_an_exception_that_opens_a_list_is_quoted_with_all_of_it() -> None:
    rule = "Le délai de publicité est de vingt et un jours au moins."
    items = "\n".join(f"– les marchés de la catégorie {name} ;" for name in "abcd")
    text = f"{rule}\nToutefois, il est porté à quarante jours pour :\n{items}\n{FILLER}"

    [quote] = all_quoted(an_article(text), "Quel est le délai de publicité ?", room=300)

    assert quote == f"{rule}\nToutefois, il est porté à quarante jours pour :\n{items}"


@pytest.mark.parametrize(
    "limit",
    [
        "Les dispositions du présent article ne s’appliquent pas aux études.",
        "5 – Le présent article ne s'applique pas aux études.",
    ],
)
def test_where_the_article_does_not_apply_is_quoted_with_its_rule(limit: str) -> None:
    rule = "Une offre est jugée excessive au-delà de vingt pour cent de l’estimation."
    text = f"{rule}\n{FILLER}\n{FILLER}\n{limit}"

    quotes = all_quoted(an_article(text), "Quand une offre est-elle excessive ?", room=300)

    assert quotes == [rule, limit]


def test_the_exception_is_quoted_with_the_rule_that_answers() -> None:
    rule = "Le délai de publicité des avis est de vingt et un jours."
    exception = "Toutefois, il est porté à quarante jours pour les marchés les plus grands."
    article = an_article(f"{FILLER}\n{rule}\n{exception}\n{FILLER}")

    assert all_quoted(article, "délai de publicité des avis", room=400) == [f"{rule}\n{exception}"]
