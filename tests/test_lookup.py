"""An article asked for by its number, in the forms in which people write it."""

import pytest

from assistant.searching.lookup import ArticleAsked, article_asked
from assistant.wiring import Services

DECREES = ("2-22-431", "2-12-349")
FORMS = {
    "2-22-431": (
        "Que dit l’article {} du décret de 2023 ?",
        "art. {} décret 2-22-431",
        "Art {}",
        "l'art.{} du nouveau décret",
        "ARTICLE 0{}",
        "donne-moi le texte de l'artcle {}",
        "article {} of the 2023 decree",
        "المادة {} من مرسوم 2023",
    ),
    "2-12-349": (
        "Que dit l’article {} du décret de 2013 ?",
        "art. {} décret 2-12-349",
        "article n° {} de l'ancien décret",
        "décret 2013 art {}",
        "l’aticle {} du décret n° 2.12.349",
        "what does article {} of decree 2-12-349 say?",
        "المادة {} من المرسوم رقم 2-12-349",
    ),
}
BARE_FORMS = ("{}", "article {} :", "art-{}", "artilce{}", "article n°0{}", "le {}e article")


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("Article premier", "1"),
        ("art. 4 bis du décret", "4 bis"),
        ("24e article", "24"),
        ("article vingt-quatre", "24"),
        ("Que dit l’article cent soixante-dix ?", "170"),
        ("المادة 36", "36"),
        ("what does article 36 say?", "36"),
        ("l’article 169 du décret n° 2-22-431", "169"),
        ("article 36 decret 2-12-349", "36"),
        ("article I", "1"),
        ("article XXX", "30"),
        ("article un du décret", "1"),
        ("article un", "1"),
        ("article deux", "2"),
        ("l’article trentième", "30"),
        ("article no. 30", "30"),
        ("article (30)", "30"),
        ("article « 30 »", "30"),
        ("articl 30", "30"),
        ("l'article 30 ci-dessus", "30"),
        ("L’ARTICLE CI-DESSUS, article 30", "30"),
        ("article thirty", "30"),
        ("section 30 of the decree", "30"),
        ("المادة الأولى", "1"),
        ("المادة الثلاثون", "30"),
        ("المادة السبعون بعد المائة", "170"),
        ("المادة 4 مكرر", "4 bis"),
        ("المادة رقم ٣٠", "30"),
    ],
)
def test_an_article_is_named_in_many_ways(question: str, number: str) -> None:
    assert article_asked(question, among=DECREES) == ArticleAsked(number)


@pytest.mark.parametrize(
    "question",
    [
        "Que prévoient les articles 12 et 13 ?",
        "L’article 12 renvoie-t-il à l’article 13 ?",
        "Quels articles de presse ?",
        "Que dit l’article 5 de la loi n° 69-00 ?",
        "Que dit l’article 30 du code de commerce ?",
        "Que dit l’article 12 du CCAG ?",
        "les 30 jours de l'article",
        "30 marchés",
        "un article de 30 pages",
        "fourniture de 30 articles",
        "article : 30 jours pour répondre",
        "fourniture d’un article neuf",
        "article par article",
        "article un peu long",
    ],
)
def test_several_articles_or_one_of_another_text_are_no_look_up(question: str) -> None:
    assert article_asked(question, among=DECREES) is None


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("art 24 al. 2", "alinéa 2"),
        ("Que dit l’article 24 al. 2 du décret de 2023 ?", "alinéa 2"),
        ("Que dit l’article 24, alinéa 2, du nouveau décret ?", "alinéa 2"),
        ("article 24, paragraphe 2, b) du décret de 2013", "paragraphe 2, b"),
        ("Que dit l’alinéa 3 de l’article 24 ?", "alinéa 3"),
        ("article 24, paragraphe 2, b)", "paragraphe 2, b"),
        ("art. 24-2", "paragraphe 2"),
        ("24-2", "paragraphe 2"),
        ("24.2", "paragraphe 2"),
        ("24§2", "paragraphe 2"),
        ("article 24-2-b", "paragraphe 2, b"),
        ("article 24, I, A, 2, a)", "paragraphe I, A, 2, a"),
        ("3ème alinéa de l'article 24", "alinéa 3"),
        ("2° alinéa de l’article 24", "alinéa 2"),
        ("alinéa deux de l’article 24", "alinéa 2"),
        ("dernier alinéa de l’article 24", "alinéa dernier"),
        ("second paragraph of article 24", "alinéa 2"),
        ("الفقرة الثانية من المادة 24", "alinéa 2"),
    ],
)
def test_a_place_in_an_article_is_named(question: str, place: str) -> None:
    assert article_asked(question) == ArticleAsked("24", place)


@pytest.mark.parametrize("instrument", DECREES)
def test_every_article_is_found_by_its_number_in_every_form(
    decree_services: Services, instrument: str
) -> None:
    _, articles = decree_services.library.articles(instrument)
    numbers = [article.number for article in articles if article.is_numbered]

    def found(question: str) -> list[tuple[str, str]]:
        hits = decree_services.search.search(question).hits
        return [(hit.document.instrument.number, hit.article.number) for hit in hits]

    wrong = [
        form.format(number)
        for number in numbers
        for form in FORMS[instrument]
        if found(form.format(number)) != [(instrument, number)]
    ]

    assert len(numbers) == {"2-22-431": 170, "2-12-349": 173}[instrument]
    assert wrong == []


def test_every_number_is_read_where_no_decree_is_named() -> None:
    wrong = [
        (form.format(number), asked)
        for number in range(1, 174)
        for form in BARE_FORMS
        if (asked := article_asked(form.format(number))) != ArticleAsked(str(number))
    ]

    assert wrong == []


def test_where_no_decree_is_named_the_one_in_force_today_answers_and_says_so(
    decree_services: Services,
) -> None:
    answer = decree_services.answering.ask("article 30")

    assert [c.instrument for c in answer.citations] == ["2-22-431"]
    assert "du décret n° 2-22-431" in answer.text
    assert answer.regime.basis.startswith("Sans date de lancement indiquée, texte en vigueur")


def test_the_whole_of_a_short_article_is_quoted(decree_services: Services) -> None:
    [citation] = decree_services.answering.ask("Donne-moi le texte de l’article 35").citations
    [article] = [a for a in decree_services.library.articles("2-22-431")[1] if a.number == "35"]

    assert citation.quote == article.text


@pytest.mark.parametrize(
    ("question", "number"),
    [("article 10000", "10000"), ("article 0", "0"), ("article -3", "-3"), ("art. 4 bis", "4 bis")],
)
def test_a_number_that_no_article_has_is_refused_with_those_that_do(
    decree_services: Services, question: str, number: str
) -> None:
    answer = decree_services.answering.ask(question)

    assert answer.citations == ()
    assert f"n’a pas d’article {number}\u00a0: ses articles vont de 1 à 170." in answer.text


def test_an_article_that_does_not_exist_is_refused_with_those_that_do(
    decree_services: Services,
) -> None:
    answer = decree_services.answering.ask("Que dit l’article 245 ?")

    assert answer.citations == ()
    assert "n’a pas d’article 245\u00a0: ses articles vont de 1 à 170." in answer.text


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("décret 2-22-431 article 36", "36"),
        ("Que dit le décret 2-12-349 article 20 ?", "20"),
        ("lot 3 article 24", "24"),
        ("Chapitre 2 article 24", "24"),
        ("المادة ٢٤", "24"),
        ("Que dit l'article 036 ?", "36"),
    ],
)
def test_a_number_that_stands_before_is_not_the_articles(question: str, number: str) -> None:
    assert article_asked(question, among=DECREES) == ArticleAsked(number)


@pytest.mark.parametrize(
    "question",
    [
        "Code de commerce, article 12",
        "CCAG-Travaux, article 15",
        "Selon l'arrêté 20-14, article 8, que faire ?",
        "Que dit l’article 5 de la loi n° 69-00 ?",
        "Code pénal art. 248",
        "art 30 CGI",
        "art. 30 loi 54-05",
        "l'article 30 du DOC",
        "article 30 de la Constitution",
        "article 30 du CCAG-T",
        "article 30 of the labour code",
        "article 30 of law 69-00",
        "المادة 30 من القانون رقم 69-00",
        "المادة 30 من مدونة الشغل",
        "المادة 30 من الدستور",
    ],
)
def test_an_article_of_another_text_is_refused(decree_services: Services, question: str) -> None:
    answer = decree_services.answering.ask(question)

    assert article_asked(question, among=DECREES) is None
    assert answer.citations == ()
    assert "Cet article est celui d’un autre texte" in answer.text


@pytest.mark.parametrize("question", ["Que dit la section 2 du chapitre 3 ?", "Section III"])
def test_a_section_is_no_article(question: str) -> None:
    assert article_asked(question, among=DECREES) is None


def test_a_place_that_is_not_found_is_said_not_to_be(decree_services: Services) -> None:
    answer = decree_services.answering.ask("article 36, paragraphe 9")

    assert "Je n’ai pas reconnu cette subdivision (paragraphe 9)" in answer.text


def test_an_alinea_counted_through_numbered_paragraphs_is_said_to_be(
    decree_services: Services,
) -> None:
    answer = decree_services.answering.ask("article 24, alinéa 2")

    assert answer.citations[0].quote.startswith("Le montant du cautionnement provisoire doit être")
    assert answer.citations[0].paragraph == "paragraphe 1, alinéa 2"
    assert "L’alinéa 2 est compté ici ligne à ligne, depuis le début de l’article" in answer.text
    assert "demandez «\u00a0article 24, paragraphe 2\u00a0»" in answer.text
