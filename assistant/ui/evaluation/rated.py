"""What is rated, beside the form: question, answers with their sources, guidelines."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import streamlit as st

from assistant.evaluating.campaign_records import TaskKind
from assistant.ui.answers import show_answer, show_text
from assistant.ui.evaluation.marks_form import Answer
from assistant.ui.text import typeset

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator


def two_places(kind: TaskKind) -> tuple["DeltaGenerator", "DeltaGenerator"]:
    """Give where what is rated stands, and where the form: beside it, or under two answers."""
    with st.container(key="rated"):
        if kind is TaskKind.COMPARISON:
            return st.container(), st.container(key="comparaison")
        read, form = st.columns([3, 2], gap="medium")
        return read, form.container(key="notation")


def show_guidelines(guidelines: str) -> None:
    """Show what the administrator wrote for the raters; a picture would come from elsewhere."""
    if guidelines.strip():
        with st.expander("Consignes", icon=":material/info:", key="guidelines"):
            st.markdown(typeset(guidelines).replace("![", "!\\["))


def show_rated(question: str, answers: Sequence[Answer], *, key: str) -> None:
    """Show the question and its answer, or two side by side."""
    with st.container(border=True):
        st.caption("Question")
        show_text(question)
    if len(answers) == 1:
        with st.container(border=True):
            st.caption("Réponse")
            _show_opened(answers[0], key=key)
        return
    for number, (column, answer) in enumerate(
        zip(st.columns(len(answers)), answers, strict=True), start=1
    ):
        with column, st.container(border=True):
            st.caption(f"Réponse {number}")
            show_answer(answer, key=f"{key}-{number}")


def _show_opened(answer: Answer, *, key: str) -> None:
    """Show an answer with its first source opened: whoever rates reads it."""
    if answer["citations"]:
        st.session_state.setdefault(f"{key}-{answer['citations'][0]['label']}", True)
    show_answer(answer, key=key)
