"""Paragraphs → the preamble, the articles under their chapters, the annexes."""

from assistant.reading.structure import body_pages, read_articles

from .typed_pages import a_page, an_article, by_number

OPENING = ("Décret relatif aux marchés", "publics")


def test_the_text_before_the_first_article_is_kept_as_the_preamble() -> None:
    articles = by_number(a_page(OPENING, ("ARTICLE PREMIER. – Objet",), ("Le présent", "décret.")))

    assert list(articles) == ["preambule", "1"]
    assert articles["preambule"].text == "Décret relatif aux marchés publics"


def test_a_document_that_opens_with_its_first_article_has_no_preamble() -> None:
    assert list(by_number(a_page(("ARTICLE PREMIER. – Objet",), ("Le présent", "décret.")))) == [
        "1"
    ]


def test_an_article_stands_under_its_chapter_section_and_sub_section() -> None:
    articles = by_number(
        a_page(
            ("Chapitre premier : Dispositions",),
            ("ARTICLE PREMIER. – Objet",),
            ("Le présent", "décret."),
            ("Chapitre II : Procédures",),
            ("Section première. – Appel d’offres",),
            ("Sous-section II. – Règles",),
            ("ART. 2. – Principes",),
            ("L’appel", "d’offres."),
            ("Section II. – Concours",),
            ("ART. 3. – Concours",),
            ("Le concours", "porte sur…"),
        )
    )

    assert articles["1"].path == ("Chapitre premier : Dispositions",)
    assert articles["2"].path == (
        "Chapitre II : Procédures",
        "Section première. – Appel d’offres",
        "Sous-section II. – Règles",
    )
    assert articles["3"].path == ("Chapitre II : Procédures", "Section II. – Concours")


def test_a_title_printed_under_its_chapter_is_part_of_it() -> None:
    articles = by_number(
        a_page(("TITRE II",), ("DES MARCHES",), ("ARTICLE PREMIER. – Objet",), ("Le", "décret."))
    )

    assert articles["1"].path == ("TITRE II : DES MARCHES",)


def test_a_reference_at_the_start_of_a_line_opens_no_article() -> None:
    articles = by_number(
        a_page(
            ("ARTICLE PREMIER. – Objet",),
            ("conformément aux dispositions de l’", "article 163 ci-dessus."),
            ("ART. 2. – Suite",),
            ("Texte", "suivant."),
        )
    )

    assert list(articles) == ["1", "2"]
    assert "article 163 ci-dessus." in articles["1"].text


def test_a_quoted_heading_out_of_sequence_opens_no_article() -> None:
    articles = by_number(
        a_page(
            ("ARTICLE PREMIER. – Objet",),
            ("L’article suivant est", "remplacé :"),
            ("Article 57. – Cautionnement",),
            ("ART. 2. – Suite",),
            ("Texte", "suivant."),
        )
    )

    assert list(articles) == ["1", "2"]
    assert "Article 57. – Cautionnement" in articles["1"].text


def test_annexes_are_numbered_and_stand_under_no_chapter() -> None:
    articles = by_number(
        a_page(
            ("Chapitre premier : Dispositions",),
            ("ARTICLE PREMIER. – Objet",),
            ("Le présent", "décret."),
            ("Annexe n° 1 : Liste des travaux",),
            ("– entretien", "– nettoyage"),
            ("ANNEXE",),
            ("– location", "– achat"),
        )
    )

    assert list(articles) == ["1", "annexe-1", "annexe-2"]
    assert articles["annexe-1"].path == ()


def test_two_annexes_of_one_number_are_told_apart() -> None:
    articles = read_articles(
        [
            a_page(
                ("ARTICLE PREMIER. – Objet",),
                ("Le présent", "décret."),
                ("ANNEXE",),
                ("– entretien", "– nettoyage"),
                ("Annexe n° 1 : Modèle",),
                ("Je soussigné", "déclare"),
            )
        ]
    )

    assert [a.number for a in articles] == ["1", "annexe-1", "annexe-1-2"]


def test_a_first_sentence_on_the_line_of_the_number_is_text_and_not_heading() -> None:
    articles = by_number(
        a_page(("Art : 13 - Le fonctionnaire est tenu", "de respecter l’autorité de l’Etat."))
    )

    assert articles["13"].heading == "Art : 13 -"
    assert articles["13"].text.startswith("Le fonctionnaire est tenu de respecter")


def test_a_document_without_articles_is_given_by_its_pages() -> None:
    articles = by_number(
        a_page(("Lot 2 : charpente", "et couverture"), number=1),
        a_page(("Les bois sont", "traités."), number=2),
    )

    assert {number: a.text for number, a in articles.items()} == {
        "page-1": "Lot 2 : charpente et couverture",
        "page-2": "Les bois sont traités.",
    }


def test_the_table_of_contents_and_the_cover_before_it_are_left_out() -> None:
    contents = a_page(
        *((f"ART. {n}. – Objet {n}",) for n in range(1, 6)),
        number=2,
    )
    pages = [
        a_page(("COUVERTURE",), number=1),
        contents,
        *(
            a_page((f"ART. {n - 2}. – Objet",), ("Texte de", "page."), number=n)
            for n in range(3, 8)
        ),
    ]

    assert [page.numbers.pdf for page in body_pages(pages)] == [3, 4, 5, 6, 7]


def test_an_article_over_two_pages_knows_both_and_where_each_line_stands() -> None:
    articles = by_number(
        a_page(OPENING, ("ARTICLE PREMIER. – Objet",), ("Le maître", "d’ouvrage"), number=1),
        a_page(("publie l’avis.",), number=2),
    )
    article = articles["1"]

    assert [numbers.bo for numbers in article.pages] == [901, 902]
    position = article.text.index("publie")
    assert article.page_at(position).pdf == 2
    assert [box[0] for box in article.boxes(position, position + 6)] == [2]


def test_each_line_of_an_article_is_found_again_in_its_text() -> None:
    articles = by_number(
        a_page(
            ("ARTICLE PREMIER. – Objet",), ("La procé-", "dure est écrite."), ("Une procédure.",)
        )
    )
    article = articles["1"]

    assert article.text == "La procédure est écrite.\nUne procédure."
    assert [article.text[s.start : s.end] for s in article.spans] == [
        "La procé",
        "dure est écrite.",
        "Une procédure.",
    ]


def test_the_first_text_of_an_annexe_stands_outside_its_heading() -> None:
    annexe = by_number(
        a_page(
            *an_article(1),
            ("Annexe n° 1 : Liste des travaux", "admis", "Les travaux sont admis.", "Suite."),
        )
    )["annexe-1"]

    assert annexe.heading == "Annexe n° 1 : Liste des travaux admis"
    assert annexe.text == "Les travaux sont admis. Suite."


def test_the_title_under_the_word_annexe_is_part_of_the_heading() -> None:
    annexe = by_number(a_page(*an_article(1), ("ANNEXE", "Liste des travaux", "– entretien")))

    assert annexe["annexe-1"].heading == "ANNEXE Liste des travaux"


def test_a_form_after_the_last_article_is_not_part_of_it() -> None:
    articles = by_number(
        a_page(
            *an_article(1),
            *an_article(2),
            ("MODELE D’ACTE D’ENGAGEMENT",),
            ("Je soussigné", "m’engage."),
        )
    )

    assert list(articles) == ["1", "2", "modele-1"]
    assert articles["2"].text == "Texte de l’article."


def test_a_form_named_between_two_articles_opens_nothing() -> None:
    articles = by_number(
        a_page(*an_article(1), ("MODELE D’ACTE D’ENGAGEMENT",), *an_article(2), *an_article(3))
    )

    assert list(articles) == ["1", "2", "3"]
