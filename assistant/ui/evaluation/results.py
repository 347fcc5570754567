"""The page of results: what a campaign says, drawn and in tables, and its files."""

from collections.abc import Callable, Sequence

import streamlit as st

from assistant.accounts.records import Permission, Person
from assistant.evaluating.campaign_records import Campaign, CampaignState
from assistant.evaluating.charts import number
from assistant.evaluating.report_tables import (
    agreement_table,
    difference_table,
    drift_table,
    duel_table,
    group_table,
    pair_table,
    strength_table,
    table,
    trend_table,
)
from assistant.evaluating.result_records import CampaignResults, Figure, Group, TrendPoint
from assistant.ui.answers import show_text
from assistant.ui.evaluation.campaigns import STATES
from assistant.ui.evaluation.charts import (
    draw_distributions,
    draw_drift,
    draw_duels,
    draw_means,
    draw_trend,
)
from assistant.ui.evaluation.exports import offer_files
from assistant.ui.evaluation.following import spent
from assistant.ui.evaluation.style import show_table, use_style
from assistant.ui.rating import SCALES
from assistant.ui.session import explain_errors, services
from assistant.ui.text import escape

_SHOWN = "results-campaign"
_FREE = 0  # in place of a campaign


def show_results(person: Person) -> None:
    """Show what a campaign says; who rates in one sees it once it is closed."""
    use_style()
    names = {one.id: f"{one.plan.name} · {STATES[one.state]}" for one in _seen_by(person)}
    if _sees_free_ratings(person):
        names[_FREE] = "Notation libre, hors campagne"
    if not names:
        st.info(
            "Aucun résultat à voir. Ceux d’une campagne où vous notez sont montrés une fois "
            "qu’elle est close."
        )
        return
    chosen = st.selectbox("Campagne", list(names), format_func=names.__getitem__, key=_SHOWN)
    with explain_errors():
        if chosen == _FREE:
            _show_free_ratings()
        else:
            _show(services().evaluation.results.of_campaign(chosen, person_id=person.id), person)


def _seen_by(person: Person) -> list[Campaign]:
    """Give the campaigns whose results this person may see, or is told why not."""
    begun = [
        one for one in services().evaluation.campaigns.all() if one.state is not CampaignState.DRAFT
    ]
    if person.role.allows(Permission.ADMINISTER):
        return begun
    return [
        one
        for one in begun
        if one.state is CampaignState.CLOSED
        and person.id in (*one.plan.raters, *one.plan.reviewers)
    ]


def _sees_free_ratings(person: Person) -> bool:
    """Whether there are some, and this person may see them: they name the models."""
    if not person.role.allows(Permission.ADMINISTER) or not services().ratings.are_there():
        return False
    return services().evaluation.campaigns.blind_in(person.id) is None


def _show_free_ratings() -> None:
    found = services().ratings.results()
    names = {key: scale.name for key, scale in SCALES.items()}
    with st.container(horizontal=True, key="results-summary"):
        st.metric("Notes", found.all.ratings, width="content")
        st.metric("Réponses", found.all.items, width="content")
        st.metric("Relecteurs", found.annotators, width="content")
    draw_means(names, found.by_model)
    show_table(group_table("Toutes les réponses", names, found.all))
    if len(found.by_model) > 1:
        for group in found.by_model:
            show_table(group_table(group.label, names, group))
    st.caption(
        "Ces notes, dont les plus anciennes portent un nom saisi et non un compte, ne font partie "
        "d’aucune campagne. Elles s’exportent sous «\u00a0Notation libre\u00a0», page Évaluation."
    )


def _show(results: CampaignResults, person: Person) -> None:
    _show_summary(results)
    sections: dict[str, Callable[[CampaignResults], None]] = {}
    if results.all.ratings:
        sections["Notes"] = _show_scores
        sections["Par groupe"] = _show_groups
    if results.differences or results.duels:
        sections["Configurations"] = _show_comparisons
    sections["Accord"] = _show_agreement
    if results.worst:
        sections["À revoir"] = _show_worst
    sections["Évolution"] = lambda found: _show_trend(found, person)
    sections["Exports"] = lambda found: offer_files(found, person, lambda: _trend_for(person))
    tabs = st.tabs(list(sections), on_change="rerun", key=f"results-{results.campaign.id}")
    for tab, show in zip(tabs, sections.values(), strict=True):
        if tab.open:
            with tab, explain_errors():
                show(results)


def _show_summary(results: CampaignResults) -> None:
    compared = sum(d.first_wins + d.second_wins + d.ties for d in results.duels)
    seconds = results.seconds_median
    figures = [
        ("Notes envoyées", str(results.all.ratings)),
        ("Comparaisons", str(compared)),
        ("Réponses", str(results.campaign.item_count)),
        ("Relecteurs", str(len(results.raters))),
        ("Décisions", str(results.decisions)),
        ("Écartées", str(results.discarded)),
        ("Durée médiane", spent(seconds.value) if isinstance(seconds, Figure) else "–"),
    ]
    with st.container(horizontal=True, key="results-summary"):
        for name, value in figures:
            if value != "0":
                st.metric(name, value, width="content")
    if results.campaign.state is CampaignState.OPEN:
        st.caption("La campagne est ouverte\u00a0: ces chiffres sont provisoires.")


def _show_scores(results: CampaignResults) -> None:
    names = _names(results)
    draw_means(names, [results.all])
    draw_distributions(names, results.all.scores)
    show_table(group_table("Toutes les réponses", names, results.all))


def _show_groups(results: CampaignResults) -> None:
    ways: dict[str, Sequence[Group]] = {
        "Par configuration": results.by_configuration,
        "Par genre de question": results.by_kind,
        "Par texte": results.by_instrument,
    }
    way = st.segmented_control(
        "Grouper", list(ways), default="Par configuration", key="results-groups", required=True
    )
    names = _names(results)
    draw_means(names, ways[way])
    for group in ways[way]:
        show_table(group_table(group.label, names, group))


def _show_comparisons(results: CampaignResults) -> None:
    if results.duels:
        st.subheader("Préférences à l’aveugle")
        draw_duels(results.duels)
        show_table(duel_table(results.duels))
        st.caption("Valeur p du test des signes sur les réponses, égalités à part.")
    if results.strengths:
        show_table(strength_table(results.strengths))
        st.caption("Modèle de Bradley et Terry\u00a0; échelle logarithmique, moyenne 0.")
    if results.differences:
        st.subheader("Différences de notes, question par question")
        show_table(difference_table(_names(results), results.differences))
        st.caption("Valeur p du test de permutation par paires, bilatéral.")


def _show_agreement(results: CampaignResults) -> None:
    names, found = _names(results), results.agreement
    show_table(agreement_table(names, found.criteria))
    st.caption(
        "Entre crochets\u00a0: intervalle à 95\u00a0% (bootstrap sur les réponses). Alpha et AC2 "
        "valent 1 pour un accord parfait, 0 pour celui du hasard\u00a0; quand presque toutes les "
        "notes sont les mêmes, alpha s’effondre et AC2 non\u00a0: lisez les deux avec l’accord "
        "brut."
    )
    if found.pairs:
        show_table(pair_table(results.raters, found.pairs))
    if found.criteria and results.all.ratings:
        show_table(_marginals_table(results))
    if results.drift:
        st.subheader("Dérive des relecteurs")
        draw_drift(results.raters, results.drift)
        show_table(drift_table(results.raters, results.drift))
        st.caption("Au-dessus de 0\u00a0: plus généreux que les autres sur les mêmes réponses.")


def _marginals_table(results: CampaignResults) -> str:
    """Write how often each rater gave each score, on all criteria together."""
    *_, together = results.agreement.criteria
    rows = [
        (results.raters[person], *map(str, counts)) for person, counts in together.marginals.items()
    ]
    header = ("Relecteur", "1", "2", "3", "4", "5")
    return table("Notes données par chacun, tous critères ensemble", header, rows)


def _show_worst(results: CampaignResults) -> None:
    st.caption("Les dix réponses les moins bien notées, en moyenne de tous les critères.")
    for one in results.worst:
        label = f"{number(one.mean, 2)} · {one.question}"
        with st.expander(escape(label), key=f"worst-{one.item_id}"):
            show_text(one.answer)
            st.caption(escape(one.configuration))
            for comment in one.comments:
                st.markdown(f"> {escape(comment)}")


def _show_trend(results: CampaignResults, person: Person) -> None:
    points = _trend_for(person)
    if not points:
        st.info("Aucune campagne n’a encore de notes.")
        return
    names = _names(results)
    criterion = st.selectbox(
        "Critère", list(names), format_func=names.__getitem__, key="results-criterion"
    )
    draw_trend(criterion, points)
    show_table(trend_table(names, points))


def _trend_for(person: Person) -> list[TrendPoint]:
    """Give the points of the campaigns that this person may see."""
    seen = {campaign.id for campaign in _seen_by(person)}
    points = services().evaluation.results.trend(person_id=person.id)
    return [point for point in points if point.campaign_id in seen]


def _names(results: CampaignResults) -> dict[str, str]:
    return {criterion.key: criterion.name for criterion in results.criteria}
