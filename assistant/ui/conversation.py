"""The questions and answers of one person's session."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import streamlit as st

from assistant.answering.cache_use import CacheUse
from assistant.answering.contract import answer_json
from assistant.errors import InvalidQuestion
from assistant.ui.answers import show_answer, show_text
from assistant.ui.session import explain_errors, say_error, services
from assistant.ui.text import escape
from assistant.ui.writing import watch_writing

_OLDEST_LAUNCH = date(1998, 1, 1)
_ALL_TEXTS = ""
_LONGEST_SHOWN = 300  # characters


@dataclass(frozen=True, slots=True)
class Scope:
    """What a question is asked about."""

    within: str | None
    launched: date | None


@dataclass(slots=True)
class Turn:
    """A question with what came of it; neither answer nor error when it was interrupted."""

    question: str
    scope: Scope
    answer: dict[str, Any] | None = None
    answer_id: str | None = None
    error: str | None = None


def turns() -> list[Turn]:
    """Give the turns of this session, oldest first."""
    kept: list[Turn] = st.session_state.setdefault("turns", [])
    return kept


def choose_scope() -> Scope:
    """Let the person say when the procedure was launched, and which text to search."""
    names = {
        d.instrument.number: d.instrument.short_name
        for d in services().library.searched_documents()
    }
    with st.container(horizontal=True):
        launched = st.date_input(
            "Date de lancement de la procédure",
            value=None,
            min_value=_OLDEST_LAUNCH,
            max_value=date.today() + timedelta(days=3 * 365),
            format="DD/MM/YYYY",
            key="launched",
            persist_state="session",
            help="Elle décide du décret qui s’applique. Sans date\u00a0: le texte en vigueur.",
            width=280,
        )
        within = st.selectbox(
            "Texte",
            [_ALL_TEXTS, *names],
            format_func=lambda number: names.get(number, "Tous les textes"),
            key="within",
            persist_state="session",
            width=400,
        )
    return Scope(within or None, launched)


def ask_question() -> str | None:
    """Show the box where questions are typed; a refused question comes back into it."""
    if draft := st.session_state.pop("draft", None):
        st.session_state["question"] = draft
    return st.chat_input("Votre question", key="question", submit_mode="stop")


def show_turns() -> Turn | None:
    """Show what was asked and answered; gives the turn that is to be written again, if any."""
    again = None
    for number, turn in enumerate(turns()):
        _show_question(turn.question if turn.answer else _shortened(turn.question))
        with st.chat_message("assistant", avatar=":material/gavel:"), explain_errors():
            if turn.answer:
                show_answer(turn.answer, key=f"source-{number}")
                if _offer_rewriting(turn):
                    again = turn
                _ask_thumb(turn.answer_id)
            elif turn.error:
                st.error(escape(turn.error), icon=":material/error:")
            else:
                st.caption("La réponse a été interrompue. Posez de nouveau la question.")
    return again


def answer(question: str, scope: Scope, *, refresh: bool = False) -> None:
    """Answer a question, while the person watches, and keep the turn.

    `refresh`: not from the cache, but in the place of what it holds.
    """
    turn = Turn(question, scope)
    turns().append(turn)
    _show_question(_shortened(question))
    with st.chat_message("assistant", avatar=":material/gavel:"):
        try:
            written = watch_writing(
                services().answering.stream(
                    question,
                    within=scope.within,
                    launched=scope.launched,
                    cache=CacheUse.REFRESH if refresh else CacheUse.NORMAL,
                )
            )
            turn.answer, turn.answer_id = answer_json(written), written.id
        except Exception as error:  # noqa: BLE001 - the turn keeps the sentence
            turn.error = say_error(error)
            if isinstance(error, InvalidQuestion):
                st.session_state["draft"] = question
    st.rerun()


def _shortened(question: str) -> str:
    """Cut a question that was not answered; it stands whole in the box again."""
    return question if len(question) <= _LONGEST_SHOWN else f"{question[:_LONGEST_SHOWN]}…"


def _show_question(question: str) -> None:
    with st.chat_message("user", avatar=":material/person:"):
        show_text(question)


def _offer_rewriting(turn: Turn) -> bool:
    """Offer to have an answer of the cache written again; whether that was asked."""
    return bool(turn.answer and turn.answer["cached"]) and st.button(
        "Rédiger à nouveau", key=f"again-{turn.answer_id}", icon=":material/refresh:"
    )


def _ask_thumb(answer_id: str | None) -> None:
    """Let the reader say whether an answer helped, and keep it."""
    if answer_id is None:
        return
    key = f"thumb-{answer_id}"

    def keep() -> None:
        value = st.session_state[key]
        thumb = None if value is None else 1 if value else -1
        with explain_errors():
            services().history.set_thumb(answer_id, thumb)

    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption("Cette réponse vous aide-t-elle\u00a0?", width="content")
        st.feedback("thumbs", key=key, on_change=keep, persist_state="session")
