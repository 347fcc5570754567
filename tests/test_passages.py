"""Articles → passages: cut at paragraph ends, joined back exactly, found by their heading."""

from pathlib import Path

import pytest
from llama_index.core.schema import BaseNode, MetadataMode

from assistant.reading.article_documents import LawDocuments, article_documents
from assistant.records import Article, Instrument, PageNumbers, Reading
from assistant.searching.passage_nodes import PassageParser, passage_of
from assistant.searching.passages import cut_text

SENTENCE = "Le maître d’ouvrage publie l’avis au portail. "


def an_article(number: str, text: str) -> Article:
    return Article(
        number=number,
        heading=f"ART. {number}. – Délais",
        path=("Chapitre II : Procédures", "Section première. – Appel d’offres"),
        text=text,
        pages=(PageNumbers(3, 2, 902),),
        heading_boxes=(),
        spans=(),
    )


def a_reading(*articles: Article) -> Reading:
    return Reading(Instrument("2-22-431", "Décret n° 2-22-431"), 1, articles, ())


def nodes_of(reading: Reading, document_id: str = "d1") -> list[BaseNode]:
    documents = article_documents(reading, document_id=document_id)
    return PassageParser().get_nodes_from_documents(documents)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Court.",
        "Un alinéa.\n" * 40,
        SENTENCE * 90,
        "sans-point " * 900,
        "\n\nDes lignes vides.\n\n\nEncore.\n",
        f"Avant.\n{SENTENCE * 90}\nAprès.",
    ],
    ids=["empty", "short", "paragraphs", "long paragraph", "no sentence", "blank lines", "between"],
)
def test_passages_join_back_to_the_article(text: str) -> None:
    spans = cut_text(text, max_characters=300)

    assert "".join(text[start:end] for start, end in spans) == text
    assert [start for start, _ in spans] == [0, *(end for _, end in spans[:-1])]


def test_the_articles_of_both_decrees_join_back(decree_2023: Reading, decree_2013: Reading) -> None:
    for article in (*decree_2023.articles, *decree_2013.articles):
        joined = "".join(article.text[start:end] for start, end in cut_text(article.text))
        assert joined == article.text, article.number


def test_paragraphs_are_gathered_up_to_the_longest_passage() -> None:
    text = "".join(f"Alinéa {n} de quarante caractères environ.\n" for n in range(10))

    spans = cut_text(text, max_characters=100)

    assert all(end - start <= 100 for start, end in spans)
    assert len(spans) == 5


def test_a_passage_ends_where_a_paragraph_ends() -> None:
    text = "Premier alinéa assez long.\nDeuxième alinéa assez long.\nTroisième."

    spans = cut_text(text, max_characters=40)

    assert [text[start:end] for start, end in spans] == [
        "Premier alinéa assez long.\n",
        "Deuxième alinéa assez long.\nTroisième.",
    ]


def test_a_paragraph_longer_than_a_passage_stands_alone_and_whole() -> None:
    long = "Cet alinéa compte plus de quarante caractères en tout."
    text = f"Court.\n{long}\nCourt."

    spans = cut_text(text, max_characters=40)

    assert [text[start:end] for start, end in spans] == ["Court.\n", f"{long}\n", "Court."]


def test_an_overlong_paragraph_is_cut_at_the_ends_of_sentences() -> None:
    text = (SENTENCE * 12).strip()

    spans = cut_text(text, max_characters=100)

    assert len(spans) > 2
    assert all(text[start:end].rstrip().endswith(".") for start, end in spans)
    assert all(end - start <= 200 for start, end in spans)


def test_the_reader_gives_llama_index_one_document_an_article(specimens: list[Path]) -> None:
    documents = LawDocuments().load_data(specimens[-1])

    numbers = [document.metadata["article"] for document in documents]
    assert numbers == ["preambule", *map(str, range(1, 19)), "annexe-1"]
    assert {document.metadata["instrument"] for document in documents} == {"9-20-202"}


def test_the_identifiers_of_passages_follow_from_the_document() -> None:
    reading = a_reading(an_article("1", "Un alinéa.\n" * 400), an_article("2", "Court."))

    first, second = nodes_of(reading), nodes_of(reading)

    assert [node.node_id for node in first] == [node.node_id for node in second]


def test_no_two_passages_share_an_identifier(decree_2023: Reading, decree_2013: Reading) -> None:
    nodes = [*nodes_of(decree_2023, "2023"), *nodes_of(decree_2013, "2013")]

    assert len({node.node_id for node in nodes}) == len(nodes)


def test_the_same_article_of_two_documents_has_two_identifiers() -> None:
    reading = a_reading(an_article("1", "Court."))

    [one], [other] = nodes_of(reading, "d1"), nodes_of(reading, "d2")

    assert one.node_id != other.node_id


def test_heading_and_path_are_encoded_with_every_passage() -> None:
    nodes = nodes_of(a_reading(an_article("23", "Un alinéa.\n" * 400)))

    assert len(nodes) > 1
    for node in nodes:
        assert node.get_content(MetadataMode.EMBED).startswith(
            "Chapitre II : Procédures – Section première. – Appel d’offres – ART. 23. – Délais\n"
        )


def test_a_node_gives_its_passage_back() -> None:
    article = an_article("23", "Un alinéa.\n" * 400)

    passages = [passage_of(node) for node in nodes_of(a_reading(article))]

    assert "".join(p.text for p in passages) == article.text
    assert all(p.text == article.text[p.start : p.end] for p in passages)
    assert {(p.document_id, p.instrument, p.article, p.heading, p.path) for p in passages} == {
        ("d1", "2-22-431", "23", article.heading, article.path)
    }
