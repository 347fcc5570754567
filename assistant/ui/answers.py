"""An answer on screen, from its JSON: the same for who asked and for who rates."""

import html
from collections.abc import Mapping
from datetime import date
from typing import Any

import streamlit as st

from assistant.answer_records import Outcome
from assistant.answering.contract import reviewed_by
from assistant.answering.models import EXTRACTIVE
from assistant.searching.instruments import is_specimen
from assistant.searching.word_marks import asked_stems, find_words
from assistant.typesetting import Marked
from assistant.ui.badges import status_badge
from assistant.ui.cited_page import Asked
from assistant.ui.session import services
from assistant.ui.sources import show_sources
from assistant.ui.text import day, escape, to_html, typeset

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
    if answer.get("review"):  # the answers of before do not say
        st.badge(
            f"Réponse relue par {escape(reviewed_by(answer))}",
            icon=":material/verified:",
            color="green",
        )
    if answer["outcome"] == Outcome.ANSWERED:
        _show_answer_text(answer)
    else:
        st.warning(escape(answer["answer"]), icon=":material/search_off:")
    _show_removed(answer["sentences"])
    if answer["citations"]:
        show_sources(answer["citations"], _asked(answer), key=key)
    if any(is_specimen(citation["instrument"]) for citation in answer["citations"]):
        st.caption(typeset(FICTION))
    is_written = answer["outcome"] == Outcome.ANSWERED and not answer.get("review")
    if is_written and answer["model"]:  # who rates is not told
        st.caption(_writer(answer))
    if answer.get("cached"):  # the answers of before the cache do not say
        st.caption(f"Réponse en cache, rédigée le {day(answer['written_at'])}.")


def _asked(answer: Mapping[str, Any]) -> Asked:
    launched = answer["regime"]["launched"]
    return Asked(answer["question"], date.fromisoformat(launched) if launched else None)


def _show_answer_text(answer: Mapping[str, Any]) -> None:
    """Show what was answered; in the law's own sentences the words of the question are marked."""
    text = answer["answer"]
    words = []
    if answer["model"] == EXTRACTIVE:
        stems = asked_stems(answer["question"], services().lexicon.lexicon())
        quoted = _quoted(text, answer["citations"])
        words = [
            Marked(start, end, '<mark class="mot">')
            for start, end in find_words(text, stems)
            if any(first <= start and end <= last for first, last in quoted)
        ]
    st.html(f'<div class="texte">{to_html(text, inside=[words])}</div>')


def _quoted(text: str, citations: list[dict[str, Any]]) -> list[tuple[int, int]]:
    """Give the spans of an answer that are the law's own words."""
    spans, position = [], 0
    for citation in citations:
        start = text.find(citation["quote"], position)
        if start >= 0:
            position = start + len(citation["quote"])
            spans.append((start, position))
    return spans


def _show_regime(regime: Mapping[str, Any]) -> None:
    """Say which text was applied, why, and whether it is in force."""
    several = isinstance(regime["instrument"], list)
    badge = status_badge(regime["status"], otherwise="Comparaison" if several else "")
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
    seconds = answer["seconds"]["total"]
    total = f"{seconds:.1f}\u00a0s".replace(".", ",") if seconds >= 0.1 else "moins de 0,1\u00a0s"
    if answer["model"] == EXTRACTIVE:
        return f"Réponse extraite des textes, mot pour mot · {total}"
    model = escape(answer["model"])
    return f"Réponse rédigée par {model}, chaque phrase étant rapprochée des textes · {total}"
