"""Which configuration is better: paired differences of scores, and preferences."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt

from assistant.evaluating.campaign_records import Preference
from assistant.evaluating.rated import CampaignRatings, RatedItem, Rating
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
_DIGITS = 9  # of a sum of differences: what is the same on paper is the same here
_FEW = "Il faut au moins deux questions auxquelles les deux configurations ont répondu."


def differences_of(gathered: CampaignRatings) -> list[Difference]:
    """Compare each two configurations on the questions that both answered, for each criterion."""
    means = _question_means(gathered)
    criteria = [criterion.key for criterion in gathered.criteria]
    return [
        one
        for first, second in combinations(means, 2)
        for one in _differences(first, second, criteria, means[first] - means[second])
    ]


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


def _question_means(gathered: CampaignRatings) -> dict[str, Floats]:
    """Give configuration → mean scores, questions × criteria; NaN: it has no such score.

    All configurations have the same questions, in the same order.
    """
    rated = [gathered.items[rating.item_id] for rating in gathered.ratings]
    asked = {one: place for place, one in enumerate(sorted({item.asked for item in rated}))}
    names = sorted({item.configuration for item in rated if not item.is_comparison})
    of_question = np.array([asked[item.asked] for item in rated], dtype=np.int64)
    of_configuration = np.array([item.configuration for item in rated], dtype=object)
    return {
        name: _means(of_question[rows], gathered.scores[rows], len(asked))
        for name in names
        if len(rows := np.flatnonzero(of_configuration == name))
    }


def _means(questions: npt.NDArray[np.int64], scores: Floats, count: int) -> Floats:
    """Give the mean scores of each question: from ratings × criteria to questions × criteria."""
    given = np.isfinite(scores)
    sums, counts = np.zeros((count, scores.shape[1])), np.zeros((count, scores.shape[1]))
    np.add.at(sums, questions, np.where(given, scores, 0))
    np.add.at(counts, questions, given)
    with np.errstate(invalid="ignore"):
        return np.asarray(sums / counts)


def _differences(
    first: str, second: str, criteria: Sequence[str], apart: Floats
) -> Iterable[Difference]:
    """Describe differences, questions × criteria; NaN where one of the two has no score."""
    for criterion, values, p_value in zip(criteria, apart.T, _permuted(apart), strict=True):
        found = values[np.isfinite(values)]
        refused = NotMeasurable(_FEW) if len(found) < 2 else None
        mean = refused or _mean(found)
        yield Difference(criterion, first, second, len(found), mean, refused or p_value)


def _mean(values: Floats) -> Figure:
    distinct, weights = resample(values)
    return Figure(float(values.mean()), interval_of(weights @ distinct / len(values)))


def _permuted(apart: Floats) -> list[Figure]:
    """Test that means of pairs are 0: under it each difference could have the other sign.

    The criteria are tested at once, with the same signs for all criteria of a question. A question
    without a difference has no sign, and changes nothing: so one that was not rated is a 0.
    """
    from scipy.stats import permutation_test

    values = np.nan_to_num(apart)
    values = values[values.any(axis=1)]
    if len(values) < 2:  # with one sign alone, the other is as far from 0
        return [Figure(1.0) for _ in apart.T]

    def sums(signs: Floats, axis: int) -> Floats:
        return np.round(np.tensordot(signs, values, axes=(axis, 0)), _DIGITS)

    fitting = max(_FEWEST_PERMUTATIONS, _MOST_DRAWN // len(values))
    found = permutation_test(
        (np.ones(len(values)),),  # it gives each question a sign, and `sums` its differences
        sums,
        permutation_type="samples",
        vectorized=True,
        n_resamples=min(_PERMUTATIONS, fitting),
        batch=1_000,
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
