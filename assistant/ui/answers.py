"""An answer on screen, from its JSON: the same for who asked and for who rates."""

import html
from collections.abc import Mapping
from typing import Any

import streamlit as st

from assistant.answer_records import Outcome
from assistant.answering.models import EXTRACTIVE
from assistant.records import Status
from assistant.searching.instruments import is_specimen
from assistant.ui.sources import show_sources
from assistant.ui.text import day, escape, to_html, typeset

_STATUS = {
    Status.IN_FORCE: ("En vigueur", "green"),
    Status.TRANSITIONAL: ("Transitoire", "orange"),
    Status.REPEALED: ("Abrogé", "red"),
}
FICTION = (
    "Le spécimen est **fictif** : deux décrets inventés pour essayer l’assistant, "
    "sans aucune valeur juridique."
)


def show_text(text: str) -> None:
    """Show a text that others wrote, literally."""
    if text.strip():
        st.html(f'<div class="texte">{to_html(text)}</div>')


def show_answer(answer: Mapping[str, Any], *, key: str) -> None:
    """Show an answer with its regime, its sources and the doubts about it."""
    if answer["regime"]["instrument"] and answer["outcome"] != Outcome.NO_DOCUMENTS:
        _show_regime(answer["regime"])
    if answer["outcome"] == Outcome.ANSWERED:
        show_text(answer["answer"])
    else:
        st.warning(escape(answer["answer"]), icon=":material/search_off:")
    _show_removed(answer["sentences"])
    if answer["citations"]:
        show_sources(answer["citations"], key=key)
    if any(is_specimen(citation["instrument"]) for citation in answer["citations"]):
        st.caption(typeset(FICTION))
    if answer["outcome"] == Outcome.ANSWERED:
        st.caption(_writer(answer))
    if answer.get("cached"):  # the answers of before the cache do not say
        st.caption(f"Réponse en cache, rédigée le {day(answer['written_at'])}.")


def _show_regime(regime: Mapping[str, Any]) -> None:
    """Say which text was applied, why, and whether it is in force."""
    several = isinstance(regime["instrument"], list)
    label, color = _STATUS.get(regime["status"], ("Comparaison" if several else "", "blue"))
    badge = f":{color}-badge[{label}] " if label else ""
    st.markdown(f"{badge}{escape(regime['basis'])}")


def _show_removed(sentences: list[dict[str, Any]]) -> None:
    """Show what was taken out of the answer, and the doubts about what was kept."""
    lines = []
    for sentence in sentences:
        findings = sentence["findings"]
        if not findings:
            continue
        taken_out = any(finding["serious"] for finding in findings)
        style = ' class="retire"' if taken_out else ""
        lines.append(f"<p{style}>{html.escape(typeset(sentence['sentence']))}</p>")
        reasons = " ".join(finding["message"] for finding in findings)
        verdict = "Phrase retirée" if taken_out else "À vérifier"
        lines.append(f'<p class="motif">{verdict}\u00a0: {html.escape(typeset(reasons))}</p>')
    if lines:
        with st.expander("Phrases vérifiées et écartées", icon=":material/rule:"):
            st.html(f'<div class="texte">{"".join(lines)}</div>')


def _writer(answer: Mapping[str, Any]) -> str:
    """Say who wrote the answer, and in how long."""
    total = f"{answer['seconds']['total']:.1f}".replace(".", ",")
    if answer["model"] == EXTRACTIVE:
        return f"Réponse extraite des textes, mot pour mot · {total}\u00a0s"
    model = escape(answer["model"])
    return (
        f"Réponse rédigée par {model}, chaque phrase étant rapprochée des textes · {total}\u00a0s"
    )
