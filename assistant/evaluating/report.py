"""The results of a campaign as one HTML file: nothing outside of it, nothing that runs."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape

from assistant.evaluating.charts import distribution_chart, means_chart, number
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
from assistant.evaluating.result_records import (
    CampaignResults,
    Duel,
    Figure,
    Group,
    TrendPoint,
)
from assistant.typesetting import typeset

_STATES = {"draft": "en préparation", "open": "ouverte : chiffres provisoires", "closed": "close"}

_STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff;
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1, h2, h3 { line-height: 1.25; } h2 { margin-top: 2.5rem; border-bottom: 1px solid #d9d3c3; }
div { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; }
caption { text-align: left; font-weight: 600; padding: .25rem 0; }
th, td { padding: .3rem .6rem; border-bottom: 1px solid #e8e4da; text-align: right; }
th:first-child, td:first-child, .text { text-align: left; }
svg { max-width: 100%; height: auto; } svg text { font: 13px system-ui, sans-serif; }
article { border-left: 4px solid #b3392c; padding: .1rem 0 .1rem 1rem; margin: 1.2rem 0; }
pre { white-space: pre-wrap; font: inherit; } .note { color: #5a5a5a; font-size: .9rem; }
"""


def report_html(results: CampaignResults, trend: Sequence[TrendPoint] = ()) -> str:
    """Write the report of a campaign, in French.

    What people wrote is escaped. Figures that cannot be measured say why.
    """
    title = typeset(f"Évaluation : {results.campaign.plan.name}")
    parts = [*_head(results), *_scores(results), *_comparisons(results), *_agreement(results)]
    parts += [*_worst(results), *_trend(trend, results), *_guidelines(results)]
    return (
        '<!doctype html><html lang="fr"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1>{typeset(''.join(parts))}</main></body></html>\n"
    )


def _head(results: CampaignResults) -> Iterable[str]:
    campaign = results.campaign
    opened, closed = campaign.opened_at, campaign.closed_at
    rows = [
        ("État", _STATES[campaign.state.value]),
        ("Ouverte le", f"{opened:%d/%m/%Y}" if opened else "–"),
        ("Close le", f"{closed:%d/%m/%Y}" if closed else "–"),
        ("Réponses de la campagne", str(campaign.item_count)),
        ("Notes envoyées", str(results.all.ratings)),
        ("Comparaisons envoyées", str(sum(map(_rated, results.duels)))),
        ("Notes écartées", str(results.discarded)),
        ("Décisions d’un réviseur", str(results.decisions)),
        ("Relecteurs", ", ".join(results.raters.values()) or "–"),
        ("Durée médiane d’une note", _seconds(results)),
    ]
    yield table("La campagne", ("", ""), rows)
    for source in campaign.sources:
        yield f'<p class="note">{escape(source)}</p>'


def _rated(duel: Duel) -> int:
    return duel.first_wins + duel.second_wins + duel.ties


def _seconds(results: CampaignResults) -> str:
    found = results.seconds_median
    return f"{number(found.value, 0)} s" if isinstance(found, Figure) else "–"


def _scores(results: CampaignResults) -> Iterable[str]:
    if not results.all.ratings:
        return
    names = _names(results)
    yield "<h2>Notes</h2>"
    yield distribution_chart(list(names.values()), results.all.scores)
    yield means_chart([(names[one.criterion], one) for one in results.all.scores])
    yield group_table("Toutes les réponses", names, results.all)
    groups: Mapping[str, Sequence[Group]] = {
        "Par configuration": results.by_configuration,
        "Par genre de question": results.by_kind,
        "Par texte": results.by_instrument,
    }
    for title, found in groups.items():
        if len(found) > 1:
            yield f"<h3>{title}</h3>"
            for group in found:
                yield group_table(group.label, names, group)


def _comparisons(results: CampaignResults) -> Iterable[str]:
    if results.differences:
        yield "<h2>Différences entre configurations</h2>"
        yield difference_table(_names(results), results.differences)
        yield (
            '<p class="note">Différences question par question ; valeur p du test de permutation '
            "par paires, bilatéral.</p>"
        )
    if results.duels:
        yield "<h2>Préférences à l’aveugle</h2>"
        yield duel_table(results.duels)
        yield '<p class="note">Valeur p du test des signes sur les réponses, égalités à part.</p>'
    if results.strengths:
        yield strength_table(results.strengths)
        yield '<p class="note">Modèle de Bradley et Terry ; échelle logarithmique, moyenne 0.</p>'


def _agreement(results: CampaignResults) -> Iterable[str]:
    names = _names(results)
    yield "<h2>Accord entre relecteurs</h2>"
    yield agreement_table(names, results.agreement.criteria)
    yield (
        '<p class="note">Entre crochets : intervalle à 95 % (bootstrap sur les réponses). Alpha et '
        "AC2 valent 1 pour un accord parfait, 0 pour celui du hasard ; quand presque toutes les "
        "notes sont les mêmes, alpha s’effondre et AC2 non : lisez les deux avec l’accord "
        "brut.</p>"
    )
    if results.agreement.pairs:
        yield pair_table(results.raters, results.agreement.pairs)
    if results.drift:
        yield drift_table(results.raters, results.drift)


def _worst(results: CampaignResults) -> Iterable[str]:
    if not results.worst:
        return
    yield "<h2>Les réponses les moins bien notées</h2>"
    for one in results.worst:
        comments = "".join(f"<li>{escape(comment)}</li>" for comment in one.comments)
        yield (
            f"<article><h3>{escape(one.question)}</h3><pre>{escape(one.answer)}</pre>"
            f"<p>Moyenne {number(one.mean, 2)} · {escape(one.configuration)}</p>"
            + (f"<ul>{comments}</ul>" if comments else "")
            + "</article>"
        )


def _trend(trend: Sequence[TrendPoint], results: CampaignResults) -> Iterable[str]:
    if trend:
        yield "<h2>D’une version à l’autre</h2>"
        yield trend_table(_names(results), trend)


def _guidelines(results: CampaignResults) -> Iterable[str]:
    yield "<h2>Consignes et critères</h2>"
    if results.campaign.plan.guidelines:
        yield f"<pre>{escape(results.campaign.plan.guidelines)}</pre>"
    rows = [(c.name, *c.anchors) for c in results.criteria]
    yield table("Ce que signifie chaque note", ("Critère", "1", "2", "3", "4", "5"), rows)


def _names(results: CampaignResults) -> dict[str, str]:
    return {criterion.key: criterion.name for criterion in results.criteria}
