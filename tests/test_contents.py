"""The table of contents, and the references read backwards."""

from assistant.searching.citing import citing_articles
from assistant.searching.contents import Entry, chapters_of, sections_of
from assistant.wiring import Services


def test_the_table_of_the_decree_has_its_chapters_and_every_article_once(
    decree_services: Services,
) -> None:
    library = decree_services.library
    document, articles = library.articles("2-22-431")

    chapters = chapters_of(library.entries_of(document.id))

    assert [chapter.title for chapter in chapters[1:-1]] == [
        *dict.fromkeys(a.path[0] for a in articles if a.path)
    ]
    assert (chapters[0].title, chapters[-1].title) == ("Préambule", "Annexes")
    numbers = [e.number for c in chapters for _, s in sections_of(c.entries) for e in s]
    assert numbers == [article.number for article in articles]


def test_a_text_without_chapters_is_listed_by_fifty() -> None:
    entries = [Entry(str(n), f"Article {n}", ()) for n in range(1, 121)]

    chapters = chapters_of(entries)

    assert [(c.title, c.first, c.last) for c in chapters] == [
        ("Articles", "1", "50"),
        ("Articles", "51", "100"),
        ("Articles", "101", "120"),
    ]


def test_an_article_knows_which_others_refer_to_it(decree_services: Services) -> None:
    _, articles = decree_services.library.articles("2-22-431")

    citing = citing_articles(articles, "2-22-431")

    assert citing["36"] == ("24", "48", "63", "80", "92", "143")
    assert "36" not in citing["36"]
