"""An answer while it is written: what there is to wait for, the text as it comes, the end."""

import time
from collections.abc import Generator
from contextlib import closing
from typing import TYPE_CHECKING

import streamlit as st

from assistant.answer_records import Answer, Stage, Waiting
from assistant.ui.answers import show_text
from assistant.ui.text import count

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

_STAGES = {
    Stage.LOADING: "Chargement du modèle, à la première question seulement\u00a0: il peut prendre "
    "quelques minutes.",
    Stage.READING: "Le modèle lit les passages trouvés.",
    Stage.AGAIN: "La réponse est rédigée une seconde fois.",
}
_SEARCHING = "Recherche dans les textes."
_UNCHECKED = "Réponse en cours de rédaction, pas encore vérifiée."
_INTERRUPTED = "Réponse interrompue, non vérifiée et non conservée. Posez de nouveau la question."
_BETWEEN = 0.1  # seconds between two showings of the text


def watch_writing(events: Generator[str | Waiting | Answer, None, None]) -> Answer:
    """Show an answer while it is written, until it is there, checked.

    Something is written on the screen several times a second: Streamlit notices there, and nowhere
    else, that the person has stopped the answer or left. The model is then stopped, too.
    """
    place, text, shown_at = st.empty(), "", 0.0
    with closing(events), st.spinner("Préparation de la réponse…"):
        _show(place, _SEARCHING, text)
        for event in events:
            if isinstance(event, Answer):
                place.empty()
                return event
            text = _text_after(text, event)
            if time.monotonic() >= shown_at + _BETWEEN:
                _show(place, _UNCHECKED if text else _said(event), text)
                shown_at = time.monotonic()
    raise AssertionError("no answer came")


def _text_after(text: str, event: str | Waiting) -> str:
    if isinstance(event, str):
        return text + event
    return "" if event.stage is Stage.AGAIN else text


def _said(event: str | Waiting) -> str:
    """Say what is waited for."""
    if isinstance(event, str):
        return _UNCHECKED
    if event.stage is Stage.QUEUED:
        passes = "passe" if event.ahead == 1 else "passent"
        return f"{count(event.ahead, 'question')} {passes} avant la vôtre."
    return _STAGES[event.stage]


def _show(place: "DeltaGenerator", said: str, text: str) -> None:
    """Show what came so far, under two lines of which the style sheet shows one.

    A script that was stopped writes nothing more: the line that says so is there already.
    """
    with place.container():
        st.html(f'<p class="en-cours">{said}</p><p class="interrompue">{_INTERRUPTED}</p>')
        show_text(text)
