"""Cross-references: the wordings of decrees, and what they point at."""

import pytest

from assistant.reading.references import find_references

OWN = "2-22-431"
HERE = "30"  # the article the wordings stand in

Target = tuple[str, str | None, str | None, str | None]
"""The mention, then the instrument, the article and the paragraph."""


def targets(text: str) -> list[Target]:
    found = find_references(text, instrument=OWN, article=HERE)
    return [(text[r.start : r.end], r.instrument, r.article, r.paragraph) for r in found]


def own(mention: str, article: str, paragraph: str | None = None) -> Target:
    return (mention, OWN, article, paragraph)


ARTICLES: dict[str, list[Target]] = {
    "dans les conditions prévues à l’article 163 ci-dessus": [own("163", "163")],
    "à l'article premier du présent décret": [own("premier", "1")],
    "l’article 1er ci–dessous": [own("1er", "1")],
    "AUX ARTICLES 5 ET 7 CI-APRÈS": [own("5", "5"), own("7", "7")],
    "au sens de l’article 4 bis, les prix": [own("4 bis", "4 bis")],
    "articles 45, 65 et 83 du présent décret": [
        *(own("45", "45"), own("65", "65"), own("83", "83"))
    ],
    "aux articles 36, 38,39 et 40": [
        *(own("36", "36"), own("38", "38"), own("39", "39"), own("40", "40"))
    ],
    "les articles 145 à 148 du présent décret": [
        *(own("145", "145"), own("145", "146"), own("145", "147"), own("148", "148"))
    ],
    "les art. 5 et 6": [own("5", "5"), own("6", "6")],
    "l’article\u00a0  12 ci –dessus": [own("12", "12")],
    "au présent article et aux articles 6 et 7 ci-dessous": [own("6", "6"), own("7", "7")],
    "les articles 56 et 57 du présent décret, conformément à l’article 55 du même décret": [
        *(own("56", "56"), own("57", "57"), own("55", "55"))
    ],
    "le chapitre VI à l’exception de ses articles 138 et 139": [
        *(own("138", "138"), own("139", "139"))
    ],
    "l’article 12 du chapitre II ;": [own("12", "12")],
    "aux articles 12 et 13, 15 jours avant la séance": [own("12", "12"), own("13", "13")],
}
INSTRUMENTS: dict[str, list[Target]] = {
    "l’article 12 de la loi n° 69–00 relative au contrôle": [("12", "69-00", "12", None)],
    "l’article 68 de la loi organique susvisée n° 111-14": [("68", "111-14", "68", None)],
    "la loi n° 69-00, promulguée par le dahir n° 1-03-195 du 16 ramadan": [
        ("69-00", "69-00", None, None),
        ("1-03-195", "1-03-195", None, None),
    ],
    "Vu la loi n° 130-13 relative à la loi de finances, promulguée par le dahir n° 1-15-62, "
    "notamment son article 68 ;": [
        ("130-13", "130-13", None, None),
        ("1-15-62", "1-15-62", None, None),
        ("68", "130-13", "68", None),
    ],
    "le décret n º 2 -12 - 349 précité": [("2 -12 - 349", "2-12-349", None, None)],
    "Conformément au DÉCRET N°2.12.349": [("2.12.349", "2-12-349", None, None)],
    "l’article 24 du décret 2-12-349 précité": [("24", "2-12-349", "24", None)],
    "l’article 19 du décret n° n° 2-12-349": [("19", "2-12-349", "19", None)],
    "par le dahir portant loi n° 1-72-184 du 27 juillet": [("1-72-184", "1-72-184", None, None)],
    "l’arrêté du ministre de l’économie, des finances et de la réforme n° 3535-13": [
        ("3535-13", "3535-13", None, None)
    ],
    "les lois organiques n° 111-14, 112-14 et n° 113-14": [
        ("111-14", "111-14", None, None),
        ("112-14", "112-14", None, None),
        ("113-14", "113-14", None, None),
    ],
    "le décret n° 2-12-349, puis l’article 12 du décret précité": [
        ("2-12-349", "2-12-349", None, None),
        ("12", "2-12-349", "12", None),
    ],
    "la loi n° 69-00, le décret n° 2-12-349 et l’article 7 de ladite loi": [
        ("69-00", "69-00", None, None),
        ("2-12-349", "2-12-349", None, None),
        ("7", "69-00", "7", None),
    ],
    "l’article 5 et les articles 7 et 9 de la loi n° 69-00": [
        ("5", "69-00", "5", None),
        ("7", "69-00", "7", None),
        ("9", "69-00", "9", None),
    ],
    "l’article 5 ci-dessus et l’article 7 de la loi n° 69-00": [
        own("5", "5"),
        ("7", "69-00", "7", None),
    ],
    "Vu la Constitution, notamment ses articles 72 et 90 ;": [
        ("72", None, "72", None),
        ("90", None, "90", None),
    ],
    "l’article 145 du code général des impôts": [("145", None, "145", None)],
    "l’article 12 du décret précité": [("12", None, "12", None)],
}
PARAGRAPHS: dict[str, list[Target]] = {
    "alinéa 3 du paragraphe 1 de l’article 7": [own("7", "7", "paragraphe 1, alinéa 3")],
    "au b) du paragraphe 2 de l’article 24": [own("24", "24", "paragraphe 2, b")],
    "au premier alinéa de l’article 5": [own("5", "5", "alinéa 1")],
    "alinéa premier de l’article 5": [own("5", "5", "alinéa 1")],
    "au 1er alinéa de l’article 5": [own("5", "5", "alinéa 1")],
    "au dernier alinéa de l’article 5": [own("5", "5", "alinéa dernier")],
    "au quatrième tiret du paragraphe 4 de l’article 5": [own("5", "5", "paragraphe 4, tiret 4")],
    "l’article 18, paragraphe 3, alinéa 2 du présent décret": [
        own("18", "18", "paragraphe 3, alinéa 2")
    ],
    "l’article 18 paragraphe 3 du décret n° 2.12.349": [("18", "2-12-349", "18", "paragraphe 3")],
    "alinéa. 2, paragraphe 1 de l'article. 16 et paragraphe 3 de l'article. 17, du Décret "
    "n° 2-12-349": [
        ("16", "2-12-349", "16", "paragraphe 1, alinéa 2"),
        ("17", "2-12-349", "17", "paragraphe 3"),
    ],
    "aux paragraphes 1 et 2 de l’article 7": [
        *(own("1", "7", "paragraphe 1"), own("2", "7", "paragraphe 2"))
    ],
    "aux paragraphes 3 à 5 de l’article 22": [
        own("3", "22", "paragraphe 3"),
        own("3", "22", "paragraphe 4"),
        own("5", "22", "paragraphe 5"),
    ],
    "des paragraphes 2 et 4 et de l’alinéa b) du paragraphe 13 de l’article 39": [
        own("2", "39", "paragraphe 2"),
        own("4", "39", "paragraphe 4"),
        own("b", "39", "paragraphe 13, b"),
    ],
    "à l’alinéa 1 du A du I) et à l’alinéa 1 du II) de l’article 28": [
        *(own("1", "28", "paragraphe I, A, alinéa 1"), own("1", "28", "paragraphe II, alinéa 1"))
    ],
    "du 1 du A et du B du II) de l’article 53": [
        *(own("1", "53", "paragraphe II, A, 1"), own("B", "53", "paragraphe II, B"))
    ],
    "au II) A) a), B) et C) de l’article 50": [
        own("II) A) a", "50", "paragraphe II, A, a"),
        own("B", "50", "paragraphe II, B"),
        own("C", "50", "paragraphe II, C"),
    ],
    "au paragraphe « b » de l’article 87": [own("87", "87", "paragraphe b")],
    "au 2° du I de l’article 5": [own("5", "5", "paragraphe I, 2")],
    "le paragraphe 2 de l’article 6 de la loi n° 69-00": [("6", "69-00", "6", "paragraphe 2")],
}
SAME_ARTICLE: dict[str, list[Target]] = {
    "au paragraphe 3 ci-dessus": [own("3", HERE, "paragraphe 3")],
    "au paragraphe (3) ci–dessus": [own("3", HERE, "paragraphe 3")],
    "au paragraphe I-A-2) du présent article": [own("I-A-2", HERE, "paragraphe I, A, 2")],
    "à l’alinéa premier ci-dessus": [own("premier", HERE, "alinéa 1")],
    "prévues aux a) et b) ci– dessus": [
        own("a", HERE, "paragraphe a"),
        own("b", HERE, "paragraphe b"),
    ],
    "visés au 1 à 3 ci–après": [
        own("1", HERE, "paragraphe 1"),
        own("1", HERE, "paragraphe 2"),
        own("3", HERE, "paragraphe 3"),
    ],
    "les décisions prévues aux a), b) et c) doivent être motivées": [
        *(
            own("a", HERE, "paragraphe a"),
            own("b", HERE, "paragraphe b"),
            own("c", HERE, "paragraphe c"),
        )
    ],
    "aux premier et deuxième paragraphes du présent article": [
        own("premier", HERE, "paragraphe 1"),
        own("deuxième", HERE, "paragraphe 2"),
    ],
    "l’article 39, dans le cas prévu au c) du paragraphe 13 du même article": [
        own("39", "39"),
        own("c", "39", "paragraphe 13, c"),
    ],
    "l’article 64 du présent décret, à l’exception du paragraphe 2 de cet article": [
        own("64", "64"),
        own("2", "64", "paragraphe 2"),
    ],
}
ANNEXES: dict[str, list[Target]] = {
    "l’annexe n° 2 du présent décret": [own("2", "annexe-2")],
    "à l’annexe 1, en ANNEXE II.": [own("1", "annexe-1"), own("II", "annexe-II")],
    "prévues au A) de l’annexe n° 2 du présent décret et au B) de la même annexe.": [
        own("2", "annexe-2", "paragraphe A"),
        own("B", "annexe-2", "paragraphe B"),
    ],
}
WORDINGS = ARTICLES | INSTRUMENTS | PARAGRAPHS | SAME_ARTICLE | ANNEXES


def test_this_paragraph_is_the_one_in_which_the_reference_stands() -> None:
    text = "1 – Le jury délibère.\n2 – Il se retire.\nIl vote comme au premier alinéa du présent "

    [(mention, *_, place)] = targets(f"{text}paragraphe.")

    assert (mention, place) == ("premier", "paragraphe 2, alinéa 1")


@pytest.mark.parametrize(("text", "expected"), WORDINGS.items(), ids=WORDINGS)
def test_a_wording_gives_its_targets(text: str, expected: list[Target]) -> None:
    assert targets(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Le présent décret fixe les conditions prévues au présent article ci-après.",
        "un arrêté du ministre chargé des finances, le code de commerce et le décret précité",
        "la loi de finances, promulguée par un dahir, et les décrets pris pour son application",
        "l’article, le paragraphe et la ligne budgétaire",
        "imputée sur l’article 10, paragraphe 20, ligne 30 du budget",
        "un article, un ensemble d’articles de sport, 12 articles de bureau",
        "l’indication des articles des cahiers des prescriptions communes",
        "cinq cent mille (500.000) dirhams, le 20 mars 2013 (art et culture)",
        "Décret n° 2-22-431 du 15 chaabane 1444 (8 mars 2023) relatif aux marchés publics",
        "l’appel d’offres n° 2/2019/DG, le marché n° 12-2019, le Bulletin officiel n° 7176",
        "une note de cent (100) points à l’offre, du point de vue du A, 2 points 4",
        "a) de l’équipement ;\nb) des fournitures ;\nI) les travaux ;\n1 – les services",
        "prévu à l’alinéa précédent, l’alinéa a pour objet, l’alinéa 2 de l’article suivant",
        "au premier jour du sixième mois, à titre de dernier recours, le 2 du mois",
    ],
    ids=lambda text: text[:40],
)
def test_what_refers_to_nothing_gives_nothing(text: str) -> None:
    assert targets(text) == []


def test_offsets_are_those_of_the_text_with_its_invisible_characters() -> None:
    text = "l’ali\u00adne\u0301a 3 de l’ar\u00adticle\u00a0163 du pre\u0301sent de\u0301cret"

    assert targets(text) == [own("163", "163", "alinéa 3")]


def test_a_range_beyond_reason_keeps_only_its_bounds() -> None:
    assert targets("les articles 1 à 9999") == [own("1", "1"), own("9999", "9999")]
