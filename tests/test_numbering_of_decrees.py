"""Where paragraphs stand in the articles of the real decrees."""

import pytest

from assistant.reading.numbering import paragraph_at, paragraph_span
from assistant.records import Reading


@pytest.mark.parametrize("name", ["decree_2023", "decree_2013"])
def test_every_place_of_a_decree_leads_back_to_its_paragraph(
    name: str, request: pytest.FixtureRequest
) -> None:
    decree: Reading = request.getfixturevalue(name)
    lost = []
    for article in decree.articles:
        position = 0
        for paragraph in article.text.split("\n"):
            place = paragraph_at(article.text, position)
            span = paragraph_span(article.text, place) if place else (position, position + 1)
            if span is None or not span[0] <= position < span[1]:
                lost.append((article.number, place))
            position += len(paragraph) + 1

    assert lost == []


@pytest.mark.parametrize(
    ("name", "article", "words", "place"),
    [
        ("decree_2023", "4", "Le maître d’ouvrage est tenu de publier", "paragraphe 7, alinéa 3"),
        ("decree_2023", "4", "les marchés de location avec option", "paragraphe 14, b, tiret 3"),
        ("decree_2023", "7", "Le maximum des prestations ne", "paragraphe 1, alinéa 3"),
        ("decree_2023", "7", "Les taux de dix pour cent", "paragraphe 5, alinéa 2"),
        ("decree_2023", "12", "établit un règlement de cons", "paragraphe II, A, tiret 2"),
        ("decree_2023", "12", "Il arrête les clauses", "paragraphe II, B, 2, alinéa 2"),
        ("decree_2023", "19", "A l’exception des prestations", "alinéa 1"),
        ("decree_2023", "19", "Le concours met en compétition", "paragraphe II"),
        ("decree_2023", "21", "la ou les langues", "alinéa 3, tiret 5"),
        ("decree_2023", "23", "Si le jour prévu pour la réunion", "paragraphe I, 1, i, alinéa 2"),
        ("decree_2023", "23", "Ces seuils peuvent être modif", "paragraphe I, 2, alinéa 5"),
        ("decree_2023", "23", "La lettre circulaire précitée", "paragraphe II, alinéa 3"),
        ("decree_2023", "24", "si l’attributaire refuse de signer", "paragraphe 2, tiret 3"),
        ("decree_2023", "27", "les personnes en liquidation", "alinéa 2, tiret 1"),
        ("decree_2023", "28", "un extrait des statuts", "paragraphe I, A, 1, a, tiret 2, tiret 2"),
        ("decree_2023", "28", "5 – Les concurrents non installés", "paragraphe I, B, 5"),
        ("decree_2023", "36", "les concurrents qui n’ont pas donné", "paragraphe b"),
        ("decree_2023", "38", "le responsable des achats", "paragraphe 3, tiret 4"),
        (
            "decree_2023",
            "38",
            "La composition de la commission d’appel d’offres prévue",
            "paragraphe 4",
        ),
        ("decree_2023", "43", "fournit des justifications non conv", "paragraphe II, 9, B, f"),
        ("decree_2023", "47", "Aucun concurrent ne peut prétendre", "alinéa 5"),
        ("decree_2023", "55", "La composition de la commission", None),
        ("decree_2013", "6", "Le maximum des prestations ne peut", "paragraphe 1, alinéa 4"),
        ("decree_2013", "13", "le délai d'exécution ou la date", "paragraphe B, g"),
        ("decree_2013", "20", "Lorsque le marché est alloti", "paragraphe I, 2, alinéa 6"),
        ("decree_2013", "36", "2 – Le président de la commission ouvre", None),
        ("decree_2013", "128", "en cas de réclamation fondée", "paragraphe 1, alinéa 3, b"),
        ("decree_2013", "156", "Le maître d'ouvrage est tenu, au début", "alinéa 3"),
    ],
)
def test_places_checked_by_eye_in_the_decrees(
    name: str, article: str, words: str, place: str | None, request: pytest.FixtureRequest
) -> None:
    decree: Reading = request.getfixturevalue(name)
    [found] = [a for a in decree.articles if a.number == article]

    assert paragraph_at(found.text, found.text.index(words)) == place


@pytest.mark.parametrize(
    ("name", "article", "place", "words"),
    [  # the first seven as the decrees themselves refer to them
        (
            "decree_2023",
            "5",
            "alinéa 8",
            "Dans les deux cas prévus à l’alinéa ci-dessus, le maître",
        ),
        ("decree_2023", "148", "alinéa 3", "– publier, au début de chaque année budgétaire"),
        ("decree_2023", "89", "paragraphe II, alinéa 7", "7 – Les prestations revêtant un carac"),
        ("decree_2023", "28", "paragraphe I, A, alinéa 1", "1 – Pour chaque concurrent"),
        ("decree_2023", "28", "paragraphe I, A, alinéa 2", "2 – Pour le concurrent auquel il est"),
        ("decree_2013", "86", "paragraphe II, alinéa 5", "5 – Les prestations urgentes"),
        ("decree_2013", "24", "alinéa dernier", "Ne sont pas admises à participer"),
        ("decree_2023", "24", "alinéa 1", "1 - Lorsque le maître d’ouvrage exige"),
        ("decree_2023", "24", "alinéa 2", "Le montant du cautionnement provisoire doit"),
        ("decree_2023", "24", "alinéa dernier", "Dans le cas où le cahier des prescriptions"),
        ("decree_2023", "94", "paragraphe 3, alinéa dernier", "Le recours à la consultation"),
        ("decree_2023", "151", "paragraphe 4", "Les sous–traitants doivent satisfaire"),
    ],
)
def test_an_alinea_is_found_where_the_decrees_and_their_readers_count_it(
    name: str, article: str, place: str, words: str, request: pytest.FixtureRequest
) -> None:
    decree: Reading = request.getfixturevalue(name)
    [found] = [a for a in decree.articles if a.number == article]

    span = paragraph_span(found.text, place)

    assert span is not None
    assert found.text[slice(*span)].startswith(words)
