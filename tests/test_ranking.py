"""Rankings put together by hand."""

import pytest

from assistant.records import Passage, RankedPassage
from assistant.searching.ranking import Weights, favour_nearest, fuse_by_rank


def ranking(*passages: str) -> list[RankedPassage]:
    """Passages "36a" and "36b" are of article 36; the first scores most."""
    return [
        RankedPassage(
            Passage(name, "d", "2-22-431", name.rstrip("abc"), "", (), name, 0, 1), 50.0 - place
        )
        for place, name in enumerate(passages)
    ]


def test_two_rankings_are_fused_by_reciprocal_rank_of_their_articles() -> None:
    """By hand, k = 60: 2 is 2nd and 1st, 1 is 1st and 3rd, 4 is 2nd, 3 is 3rd."""
    words, vectors = ranking("1a", "1b", "2a", "3a"), ranking("2b", "4a", "1c")

    fused = fuse_by_rank(words, vectors, Weights(rank=60, vectors=1))

    assert [c.passage.id for c in fused] == ["2a", "1a", "4a", "3a"]
    assert [c.score for c in fused] == pytest.approx(
        [1 / 62 + 1 / 61, 1 / 61 + 1 / 63, 1 / 62, 1 / 63]
    )


def test_a_small_k_lets_the_firsts_count_more() -> None:
    """By hand: 1 is 1st and 6th, 2 is 3rd and 3rd."""
    words, vectors = ranking("1a", "8a", "2a"), ranking("3a", "4a", "2b", "5a", "6a", "1b")

    firsts = [
        fuse_by_rank(words, vectors, Weights(rank=k, vectors=1))[0].passage.article for k in (1, 60)
    ]

    assert firsts == ["1", "2"]


def test_what_vectors_find_alone_comes_after_what_words_find_first() -> None:
    """By hand, as search is: 1 has 1 / 2, 2 has 1 / 3, 4 has 0.25 / 2."""
    fused = fuse_by_rank(ranking("1a", "2a"), ranking("4a", "3a"), Weights())

    assert [c.passage.article for c in fused] == ["1", "2", "4", "3"]
    assert fused[2].score == pytest.approx(0.125)


def test_where_nothing_is_found_by_vectors_the_ranking_is_that_by_words() -> None:
    words = ranking("1a", "1b", "2a")

    assert fuse_by_rank(words, [], Weights()) == words


def test_what_is_found_by_vectors_alone_is_ranked_too() -> None:
    fused = fuse_by_rank([], ranking("1a", "2a"), Weights())

    assert [c.passage.id for c in fused] == ["1a", "2a"]


def test_an_article_is_raised_by_how_near_its_nearest_question_is() -> None:
    """By hand: 1 has 50 + 0.1 × 50 = 55, 2 has 49 + 0.9 × 50 = 94, 3 has no question: 48."""
    nearest = {("d", "1"): 0.1, ("d", "2"): 0.9}

    raised = favour_nearest(ranking("1a", "2a", "3a"), nearest, Weights(nearest=1))

    assert [(c.passage.article, c.score) for c in raised] == [("2", 94.0), ("1", 55.0), ("3", 48.0)]


def test_a_ranking_without_questions_stays_as_it_is() -> None:
    assert favour_nearest(ranking("1a", "2a"), {}, Weights()) == ranking("1a", "2a")
    assert favour_nearest([], {("d", "1"): 1.0}, Weights()) == []
