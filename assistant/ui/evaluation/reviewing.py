"""Adjudication: what raters disagree on, their marks side by side, and the reviewer's decision."""

import html
from collections.abc import Iterator, Sequence

import streamlit as st

from assistant.accounts.records import Person
from assistant.evaluating.adjudication import Case, Disputed
from assistant.evaluating.campaign_records import (
    ArticleRef,
    CitationVerdict,
    Marks,
    Preference,
    SentenceVerdict,
)
from assistant.ui.evaluation.marks_form import Given, Marking, ask_marks
from assistant.ui.evaluation.rated import show_guidelines, show_rated, two_places
from assistant.ui.session import attempt, explain_errors, services
from assistant.ui.text import count, typeset

_ITEM = "review-item"
_MOVED = "review-moved"
_HANDLED = "review-handled"  # (times, why the last one was refused)
_ACTIONS = (("submit", "Trancher"), ("next", "Suivante"), ("previous", "Précédente"))
_KEYS = (
    ("Entrée", "trancher, depuis le bouton où mène la dernière note"),
    ("Ctrl + Entrée", "trancher, d’où que ce soit"),
    ("S, P", "réponse suivante, précédente"),
)
VERDICTS = {
    SentenceVerdict.GOOD: "bonne",
    SentenceVerdict.TO_IMPROVE: "à améliorer",
    SentenceVerdict.WRONG: "fausse",
    CitationVerdict.RIGHT: "juste",
    CitationVerdict.BESIDE: "à côté",
    CitationVerdict.MISSING: "manquante",
    Preference.FIRST: "réponse 1",
    Preference.SECOND: "réponse 2",
    Preference.TIE: "égalité",
}


def review_campaigns(person: Person) -> None:
    """Show the disputed answers of a reviewer's campaigns, and the one to decide."""
    campaigns = services().evaluation.campaigns.of_reviewer(person.id)
    plans = {campaign.id: campaign.plan for campaign in campaigns}
    with st.container(horizontal=True, key="review-choices"):
        chosen = st.selectbox(
            "Campagne", list(plans), format_func=lambda one: plans[one].name, key="review-campaign"
        )
        assert chosen is not None  # this tab is there for reviewers alone
        queue = services().evaluation.adjudication.queue(chosen, person.id)
        item = _choose(queue)
    undecided = sum(not one.is_decided for one in queue)
    st.caption(f"{count(undecided, 'désaccord')} à trancher sur {len(queue)}.")
    show_guidelines(plans[chosen].guidelines)
    if item is None:
        st.success("Aucun désaccord n’est à trancher.", icon=":material/check:")
        return
    case = services().evaluation.adjudication.case(item, person.id)
    read, form = two_places(case.kind)
    with form:
        _ask(case, person, [one.item_id for one in queue])
    with read:
        _show_ratings(case)
        show_rated(case.question, case.answers, key=f"case-{case.item_id}")


def _choose(queue: Sequence[Disputed]) -> int | None:
    """Give the item on the screen, or else the first one that is to be decided."""
    known = {one.item_id: one for one in queue}
    if st.session_state.get(_ITEM) not in known:
        first = next((one.item_id for one in queue if not one.is_decided), None)
        st.session_state[_ITEM] = first
    chosen: int | None = st.selectbox(
        "Désaccord",
        list(known),
        format_func=lambda item: _line(known[item]),
        key=_ITEM,
        placeholder="Revoir une décision",
    )
    return chosen


def _line(one: Disputed) -> str:
    state = "tranché" if one.is_decided else "à trancher"
    return f"{state} · écart {one.disagreement:.0%} · {one.question}".replace("%", "\u00a0%")


@st.fragment
def _ask(case: Case, person: Person, order: Sequence[int]) -> None:
    if st.session_state.pop(_MOVED, False):
        st.rerun()
    handled, refusal = st.session_state.get(_HANDLED, (0, ""))
    marking = Marking(
        item_id=case.item_id,
        kind=case.kind,
        answers=case.answers,
        criteria=case.criteria,
        marks=case.decision or _agreed([marks for _, marks in case.ratings]),
        state="Déjà tranché" if case.decision else "À trancher",
        actions=_ACTIONS,
        keys=_KEYS,
        saves=False,
        is_open=True,
        refusal=refusal,
        handled=handled,
    )
    with explain_errors():
        ask_marks(
            marking,
            key=f"decision-{case.item_id}",
            on_step=lambda _: None,
            on_action=lambda kind, given: _act(kind, given, person, order),
        )


def _agreed(ratings: Sequence[Marks]) -> Marks:
    """Give the scores that all raters gave: a decision begins with them."""
    [first, *others] = ratings
    scores = first.scores.items()
    return Marks(
        scores={key: s for key, s in scores if all(o.scores.get(key) == s for o in others)}
    )


def _act(kind: str, given: Given, person: Person, order: Sequence[int]) -> None:
    why = ""
    if kind == "submit":
        decide = services().evaluation.adjudication.decide
        why = attempt(lambda: decide(given.item_id, person.id, given.marks))
    times, _ = st.session_state.get(_HANDLED, (0, ""))
    st.session_state[_HANDLED] = (times + 1, why)
    if not why:
        st.session_state[_MOVED] = True
        st.session_state[_ITEM] = _after(kind, given.item_id, order)


def _after(kind: str, item: int, order: Sequence[int]) -> int | None:
    """Give the item before or behind; after a decision the first that is to be decided."""
    if kind == "submit":
        return None
    place = order.index(item) + (1 if kind == "next" else -1)
    return order[min(max(place, 0), len(order) - 1)]


def _show_ratings(case: Case) -> None:
    """Show the marks of the raters, a column each: they have letters, and no name."""
    letters = "".join(f'<th scope="col">{letter}</th>' for letter, _ in case.ratings)
    lines = "".join(_rows(case))
    st.html(
        '<div class="journal avis" role="region" aria-label="Notes des relecteurs" tabindex="0">'
        "<table><caption>Notes des relecteurs</caption>"
        f"<thead><tr><td></td>{letters}</tr></thead><tbody>{lines}</tbody></table></div>"
    )


def _rows(case: Case) -> Iterator[str]:
    ratings = [marks for _, marks in case.ratings]
    for criterion in case.criteria:
        yield _row(criterion.name, [str(m.scores.get(criterion.key, "–")) for m in ratings])
    preferences = [VERDICTS[m.preference] if m.preference else "" for m in ratings]
    yield _row("Préférence", preferences)
    for place in sorted({place for marks in ratings for place in marks.sentences}):
        verdicts = [marks.sentences.get(place) for marks in ratings]
        yield _row(f"Phrase {place + 1}", [VERDICTS[v] if v else "" for v in verdicts])
    for label in sorted({label for marks in ratings for label in marks.citations}):
        cited = [marks.citations.get(label) for marks in ratings]
        yield _row(_citation_name(label), [VERDICTS[v] if v else "" for v in cited])
    yield _row("Articles justes", [_articles(m.right_articles) for m in ratings])
    yield _row("Réponse corrigée", [marks.corrected_answer for marks in ratings])
    yield _row("Commentaire", [marks.comment for marks in ratings])


def _row(name: str, cells: Sequence[str]) -> str:
    """Write a line, emphasised where raters differ; nothing where nobody said anything."""
    if not any(cells):
        return ""
    differs = ' class="ecart"' if len(set(cells)) > 1 else ""
    written = "".join(f"<td>{html.escape(typeset(cell))}</td>" for cell in cells)
    return f'<tr{differs}><th scope="row">{html.escape(name)}</th>{written}</tr>'


def _citation_name(label: str) -> str:
    if label.startswith("sentence-"):
        return f"Phrase {int(label.removeprefix('sentence-')) + 1}, citation"
    return f"Citation [{label}]"


def _articles(articles: Sequence[ArticleRef]) -> str:
    return ", ".join(f"article {one.number} ({one.instrument})" for one in articles)
