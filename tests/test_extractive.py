"""Which articles an extractive answer quotes."""

from dataclasses import replace
from datetime import date

from assistant.answering.extractive import extract
from assistant.records import (
    Article,
    Document,
    Instrument,
    PageNumbers,
    PrintedSpan,
    RankedPassage,
    Regime,
)
from assistant.searching.instruments import shipped_instruments
from assistant.searching.lexical import encode_questions
from assistant.searching.passages import whole_passage
from assistant.searching.relevance import CERTAIN
from assistant.searching.results import Hit, SearchResult

NUMBER = "2-22-431"
DECREE = Document("d", "d.pdf", Instrument(NUMBER, f"Décret n° {NUMBER}"), 1, 3, 0, 3, (), "")
FILLER = "Les dispositions qui précèdent sont applicables dans les conditions prévues. " * 20


def a_hit(number: str, text: str, score: float) -> Hit:
    span = PrintedSpan(0, len(text), 1, (0.0, 0.0, 1.0, 1.0))
    article = Article(number, f"ART. {number}", (), text, (PageNumbers(1, 1, 1),), (), (span,))
    return Hit(RankedPassage(whole_passage(article, "d", NUMBER), score), article, DECREE)


def found(question: str, *hits: Hit) -> SearchResult:
    [stems], _ = encode_questions([question])
    regime = Regime((NUMBER,), None, "", date(2024, 1, 1))
    weights = dict.fromkeys(stems, 1.0)
    return SearchResult(
        question=question,
        regime=regime,
        hits=hits,
        indexed=True,
        searched=(DECREE,),
        relevance=CERTAIN,
        asked=None,
        ranges=(),
        elsewhere=False,
        term_weights=weights,
        seconds=0.0,
        today=date(2024, 1, 1),
        instruments=shipped_instruments(),
    )


def cited(result: SearchResult) -> list[str]:
    return [citation.article for citation in extract(result)[1]]


JURY = a_hit("5", "Le jury comprend trois membres.", 10.0)
OTHER = a_hit("6", "Le jury délibère.", 8.0)


def test_an_article_that_says_much_less_is_not_cited() -> None:
    assert cited(found("Qui est au jury ?", JURY, OTHER)) == ["5"]


def test_an_article_nearly_as_good_is_cited_too() -> None:
    near = replace(OTHER, ranked=replace(OTHER.ranked, score=9.0))

    assert cited(found("Qui est au jury ?", JURY, near)) == ["5", "6"]


def test_the_article_that_the_best_one_only_points_at_is_cited_after_it() -> None:
    pointing = a_hit("9", "Le jury est celui de l’article 6 du présent décret.", 10.0)

    assert cited(found("Qui est au jury ?", pointing, JURY, OTHER)) == ["9", "6", "5"]


def test_two_quotes_of_an_article_are_two_sentences_that_name_it_once() -> None:
    long = a_hit("5", f"Le jury délibère.\n{FILLER}\nLe jury comprend trois membres.", 10.0)

    sentences, citations = extract(found("Que fait le jury ?", long))

    assert [citation.quote for citation in citations] == [
        "Le jury délibère.",
        "Le jury comprend trois membres.",
    ]
    assert sentences[0].sentence.startswith("D’après l’article 5 du décret")
    assert sentences[1].sentence == "« Le jury comprend trois membres. »"
    assert [sentence.labels for sentence in sentences] == [(1,), (2,)]


def test_the_article_that_gives_the_delay_is_quoted_after_the_one_that_points_at_it() -> None:
    pointing = a_hit(
        "9", "L’appel est annulé après le délai de validité de l’article 6 du présent décret.", 10.0
    )
    giving = a_hit("6", "Le délai de validité des offres est de soixante jours.", 2.0)

    assert cited(found("Quel délai de validité avant l’annulation ?", pointing, giving)) == [
        "9",
        "6",
    ]


def test_the_other_text_of_a_comparison_is_introduced_as_a_source_of_its_own() -> None:
    older = Document("o", "o.pdf", Instrument("2-12-349", "Décret n° 2-12-349"), 1, 3, 0, 3, (), "")
    other = a_hit("4", "Le jury comprend cinq membres.", 10.0)
    result = found("Qui est au jury ?", JURY, replace(other, document=older))
    both = replace(result.regime, instruments=(NUMBER, "2-12-349"))

    sentences, _ = extract(replace(result, regime=both))

    assert [sentence.sentence.partition(" : ")[0] for sentence in sentences] == [
        f"D’après l’article 5 du décret n° {NUMBER}",
        "Et d’après l’article 4 du décret n° 2-12-349",
    ]
