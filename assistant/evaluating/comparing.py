"""Which configuration is better: paired differences of scores, and preferences."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from statistics import fmean

import numpy as np

from assistant.evaluating.campaign_records import Preference
from assistant.evaluating.rated import Asked, CampaignRatings, RatedItem, Rating
from assistant.evaluating.resampling import Floats, interval_of, resample
from assistant.evaluating.result_records import (
    Difference,
    Duel,
    Figure,
    Measure,
    NotMeasurable,
    Strength,
)

_PERMUTATIONS = 9_999
_MOST_DRAWN = 2_000_000  # signs: of thousands of questions fewer permutations are drawn
_FEWEST_PERMUTATIONS = 999
_STRENGTH_RESAMPLES = 200
_SEED = 20261127
_FEW = "Il faut au moins deux questions auxquelles les deux configurations ont répondu."


def differences_of(gathered: CampaignRatings) -> list[Difference]:
    """Compare each two configurations on the questions that both answered, for each criterion."""
    means = _question_means(gathered)
    criteria = [criterion.key for criterion in gathered.criteria]
    pairs = combinations(sorted({configuration for configuration, _ in means}), 2)
    return [one for pair in pairs for one in _differences(*pair, criteria, means)]


def duels_of(gathered: CampaignRatings) -> list[Duel]:
    """Count how often each of two configurations was preferred to the other."""
    by_pair: dict[tuple[str, str], list[Counter[Preference]]] = defaultdict(list)
    for item, ratings in _compared(gathered):
        by_pair[_pair(item)].append(Counter(_preferences(item, ratings)))
    return [_duel(*pair, items) for pair, items in sorted(by_pair.items())]


def strengths_of(gathered: CampaignRatings) -> list[Strength]:
    """Order more than two configurations by the preferences among them; else give none.

    Bradley and Terry, "Rank analysis of incomplete block designs", 1952, fitted by `choix`; a tie
    counts half for each. The intervals are those of a bootstrap over items.
    """
    compared = list(_compared(gathered))
    names = sorted({name for item, _ in compared for name in _pair(item)})
    if len(names) < 3:
        return []
    rows = np.array([_wins(item, ratings, names) for item, ratings in compared])
    found = _fit(rows.sum(axis=0), len(names))
    if found is None:
        refused = NotMeasurable(
            "Une configuration a gagné, ou perdu, toutes ses comparaisons avec les autres."
        )
        return [Strength(name, refused) for name in names]
    distinct, weights = resample(rows, resamples=_STRENGTH_RESAMPLES)
    fitted = [_fit(once @ distinct, len(names)) for once in weights]
    nothing = np.full(len(names), np.nan)
    drawn = np.array([nothing if one is None else one for one in fitted])
    strengths = [
        Strength(name, Figure(float(found[place]), interval_of(drawn[:, place])))
        for place, name in enumerate(names)
    ]
    return sorted(strengths, key=_by_strength)


def _by_strength(one: Strength) -> float:
    return -one.strength.value if isinstance(one.strength, Figure) else 0.0


def _question_means(gathered: CampaignRatings) -> Mapping[tuple[str, str], Mapping[Asked, float]]:
    """Give (configuration, criterion) → question → mean score."""
    found: dict[tuple[str, str], dict[Asked, list[int]]] = defaultdict(lambda: defaultdict(list))
    for rating in gathered.ratings:
        item = gathered.items[rating.item_id]
        for criterion, score in rating.scores.items():
            found[item.configuration, criterion][item.asked].append(score)
    return {
        key: {question: fmean(scores) for question, scores in questions.items()}
        for key, questions in found.items()
    }


def _differences(
    first: str,
    second: str,
    criteria: Sequence[str],
    means: Mapping[tuple[str, str], Mapping[Asked, float]],
) -> Iterable[Difference]:
    apart = [
        {
            question: mean - theirs[question]
            for question, mean in means.get((first, criterion), {}).items()
            if question in (theirs := means.get((second, criterion), {}))
        }
        for criterion in criteria
    ]
    for criterion, found, p_value in zip(criteria, apart, _permuted(apart), strict=True):
        refused = NotMeasurable(_FEW) if len(found) < 2 else None
        mean = refused or _mean(np.array(list(found.values())))
        yield Difference(criterion, first, second, len(found), mean, refused or p_value)


def _mean(values: Floats) -> Figure:
    rows, weights = resample(values[:, None])
    interval = interval_of((weights @ rows)[:, 0] / len(values))
    return Figure(float(values.mean()), interval)


def _permuted(apart: Sequence[Mapping[Asked, float]]) -> list[Figure]:
    """Test that means of pairs are 0: under it each difference could have the other sign.

    The criteria are tested at once, with the same signs for all criteria of a question. A question
    without a difference has no sign, and changes nothing: so one that was not rated is a 0.
    """
    from scipy.stats import permutation_test

    questions = sorted({question for found in apart for question, value in found.items() if value})
    if not questions:
        return [Figure(1.0) for _ in apart]
    values = np.array([[found.get(question, 0.0) for question in questions] for found in apart])
    fitting = max(_FEWEST_PERMUTATIONS, _MOST_DRAWN // len(questions))
    found = permutation_test(
        (values,),
        lambda signed, axis: np.mean(signed, axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=min(_PERMUTATIONS, fitting),
        batch=250,
        axis=-1,
        rng=np.random.default_rng(_SEED),
    )
    return [Figure(float(p_value)) for p_value in found.pvalue]


def _compared(gathered: CampaignRatings) -> Iterable[tuple[RatedItem, Sequence[Rating]]]:
    for item_id, ratings in gathered.by_item.items():
        item = gathered.items[item_id]
        if item.is_comparison and item.configuration != item.other_configuration:
            yield item, ratings


def _pair(item: RatedItem) -> tuple[str, str]:
    """Name the two configurations of a comparison, in one order for all its items."""
    assert item.other_configuration
    first, second = sorted((item.configuration, item.other_configuration))
    return first, second


def _preferences(item: RatedItem, ratings: Iterable[Rating]) -> Iterable[Preference]:
    """Give the preferences in the order of `_pair`."""
    turn = {Preference.FIRST: Preference.SECOND, Preference.SECOND: Preference.FIRST}
    is_turned = item.configuration != _pair(item)[0]
    for rating in ratings:
        if rating.preference:
            yield turn.get(rating.preference, Preference.TIE) if is_turned else rating.preference


def _duel(first: str, second: str, items: Sequence[Counter[Preference]]) -> Duel:
    total = sum(items, Counter())
    leads = [one[Preference.FIRST] - one[Preference.SECOND] for one in items]
    return Duel(
        first,
        second,
        first_wins=total[Preference.FIRST],
        second_wins=total[Preference.SECOND],
        ties=total[Preference.TIE],
        p_value=_sign_test(sum(lead > 0 for lead in leads), sum(lead < 0 for lead in leads)),
    )


def _sign_test(won: int, lost: int) -> Measure:
    from scipy.stats import binomtest

    if not won + lost:
        return NotMeasurable("Aucune comparaison n’a de vainqueur.")
    return Figure(float(binomtest(won, won + lost).pvalue))


def _wins(item: RatedItem, ratings: Iterable[Rating], names: Sequence[str]) -> Floats:
    """Give a flat matrix: how often the configuration of each row beat that of each column."""
    won = np.zeros((len(names), len(names)))
    first, second = (names.index(name) for name in _pair(item))
    for preference in _preferences(item, ratings):
        won[first, second] += {Preference.FIRST: 1.0, Preference.TIE: 0.5}.get(preference, 0.0)
        won[second, first] += {Preference.SECOND: 1.0, Preference.TIE: 0.5}.get(preference, 0.0)
    return won.ravel()


def _fit(wins: Floats, count: int) -> Floats | None:
    """Fit the strengths; None where the preferences do not bound them."""
    import choix
    from scipy.sparse.csgraph import connected_components

    matrix = wins.reshape(count, count)
    parts, _ = connected_components(matrix > 0, directed=True, connection="strong")
    if parts > 1:
        return None
    return np.asarray(choix.ilsr_pairwise_dense(matrix))
